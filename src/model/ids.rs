//! Small integers for identity inside a run; names stand only at the edges.
//!
//! Entities of a fleet are numbered in byte order of their ids, so that the
//! order of the numbers is the order of the ids and file order never matters.

use crate::chance::EntityKey;
use xxhash_rust::xxh3::xxh3_64;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Nobody: the empty place in a dense row.
            pub const NONE: Self = Self(u32::MAX);

            /// The position in the column of its kind.
            #[must_use]
            pub const fn ix(self) -> usize {
                self.0 as usize
            }

            /// Whether it names somebody.
            #[must_use]
            pub const fn is_some(self) -> bool {
                self.0 != u32::MAX
            }

            /// As an `Option`, for pattern matching.
            #[must_use]
            pub const fn get(self) -> Option<Self> {
                if self.is_some() { Some(self) } else { None }
            }
        }

        impl From<usize> for $name {
            fn from(position: usize) -> Self {
                Self(u32::try_from(position).expect("a fleet has fewer than 2^32 - 1 of anything"))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::NONE
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.get() {
                    Some(it) => write!(f, concat!(stringify!($name), "({})"), it.0),
                    None => write!(f, concat!(stringify!($name), "(none)")),
                }
            }
        }
    };
}

index!(
    /// A region of the catalogue.
    RegionIx
);
index!(
    /// A connector: those of the fleet first, then those created during the run.
    ConnectorIx
);
index!(
    /// An org of the fleet, or one that the timeline creates.
    OrgIx
);
index!(
    /// A support ticket, in the order of opening.
    TicketIx
);
index!(
    /// A recovery, in the order of starting.
    RecoveryIx
);
index!(
    /// A tenant.
    TenantIx
);
index!(
    /// One scheduled strike of a fault.
    StrikeIx
);

/// A step of the procedure, by its place in the compiled graph (at most 32).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StepIx(pub u8);

impl StepIx {
    /// The position in the compiled graph.
    #[must_use]
    pub const fn ix(self) -> usize {
        self.0 as usize
    }

    /// The step as a one-bit set.
    #[must_use]
    pub const fn bit(self) -> u32 {
        1 << self.0
    }
}

/// The key of an entity's path, `kind/id`: what draws and hashes are keyed by.
///
/// xxh3-64, seed 0, over the UTF-8 bytes of `kind`, a slash, and `id`.
#[must_use]
pub fn entity_key(kind: &str, id: &str) -> EntityKey {
    let mut path = String::with_capacity(kind.len() + 1 + id.len());
    path.push_str(kind);
    path.push('/');
    path.push_str(id);
    EntityKey(xxh3_64(path.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_pinned_and_tell_kinds_apart() {
        assert_eq!(entity_key("org", "contoso").0, xxh3_64(b"org/contoso"));
        assert_ne!(
            entity_key("org", "contoso"),
            entity_key("connector", "contoso")
        );
    }

    #[test]
    fn nobody_is_not_an_index() {
        assert_eq!(OrgIx::NONE.get(), None);
        assert_eq!(OrgIx::from(3).get(), Some(OrgIx(3)));
    }
}
