//! Sets of small integers as sorted, disjoint ranges.
//!
//! What a connector owns, lists or may reach is nearly always one run of
//! neighbouring orgs, so a set is one range, and asking it costs no more than a
//! comparison however many orgs it holds.

use std::ops::Range;

/// A range of members: from the first to the one after the last.
type Span = (u32, u32);

/// No member.
const NOBODY: Span = (0, 0);

/// A set of `u32`, held as sorted, disjoint, non-touching half-open ranges. The
/// first lies in the set itself, so that a set of one range needs no memory beside.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct RangeSet {
    /// [`NOBODY`] in an empty set.
    first: Span,
    /// The ranges behind the first.
    rest: Vec<Span>,
}

impl Clone for RangeSet {
    fn clone(&self) -> Self {
        Self {
            first: self.first,
            rest: self.rest.clone(),
        }
    }

    /// Reuses the allocation: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        self.first = source.first;
        self.rest.clone_from(&source.rest);
    }
}

impl RangeSet {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            first: NOBODY,
            rest: Vec::new(),
        }
    }

    /// Every member of a half-open range.
    #[must_use]
    pub fn of(range: Range<u32>) -> Self {
        let mut set = Self::new();
        if range.start < range.end {
            set.first = (range.start, range.end);
        }
        set
    }

    /// Whether it has no member.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first == NOBODY
    }

    /// How many members it has.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.spans().map(|(from, to)| to - from).sum()
    }

    /// Whether it holds `member`.
    #[inline]
    #[must_use]
    pub fn contains(&self, member: u32) -> bool {
        let (from, to) = self.first;
        if member < to {
            from <= member
        } else {
            !self.rest.is_empty() && self.place(member).is_ok()
        }
    }

    /// The smallest member at or after `from`.
    #[inline]
    #[must_use]
    pub fn next_from(&self, from: u32) -> Option<u32> {
        if from < self.first.1 {
            return Some(from.max(self.first.0));
        }
        match self.place(from) {
            Ok(_) => Some(from),
            Err(next) => self.rest.get(next).map(|&(start, _)| start),
        }
    }

    /// The smallest member.
    #[inline]
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        (!self.is_empty()).then_some(self.first.0)
    }

    /// Adds a member; whether it was new.
    #[inline]
    pub fn insert(&mut self, member: u32) -> bool {
        if self.is_empty() {
            self.first = (member, member + 1);
            return true;
        }
        // Claims come in id order: the member that extends the only range.
        if self.first.1 == member && self.rest.is_empty() {
            self.first.1 += 1;
            return true;
        }
        self.insert_anywhere(member)
    }

    /// Adds a member to a set that has some.
    fn insert_anywhere(&mut self, member: u32) -> bool {
        let (from, to) = self.first;
        if member < to {
            if from <= member {
                return false;
            }
            if member + 1 == from {
                self.first.0 = member;
            } else {
                self.rest.insert(0, self.first);
                self.first = (member, member + 1);
            }
            return true;
        }
        let Err(next) = self.place(member) else {
            return false;
        };
        let joins_next = self.rest.get(next).is_some_and(|it| it.0 == member + 1);
        let joins_last = self.before(next).1 == member;
        match (joins_last, joins_next) {
            (true, true) => self.before(next).1 = self.rest.remove(next).1,
            (true, false) => self.before(next).1 = member + 1,
            (false, true) => self.rest[next].0 = member,
            (false, false) => self.rest.insert(next, (member, member + 1)),
        }
        true
    }

    /// The range before the one at a place of the rest.
    fn before(&mut self, at: usize) -> &mut Span {
        match at.checked_sub(1) {
            Some(last) => &mut self.rest[last],
            None => &mut self.first,
        }
    }

    /// Takes a member out; whether it was there.
    #[inline]
    pub fn remove(&mut self, member: u32) -> bool {
        let (from, to) = self.first;
        if member < from || member >= to && self.rest.is_empty() {
            return false;
        }
        // Releases come in id order: the first member of the first range.
        if member == from && from + 1 < to {
            self.first.0 += 1;
            return true;
        }
        self.remove_anywhere(member)
    }

    fn remove_anywhere(&mut self, member: u32) -> bool {
        let behind = if member < self.first.1 {
            0
        } else {
            match self.place(member) {
                Ok(at) => at + 1,
                Err(_) => return false,
            }
        };
        let (from, to) = *self.before(behind);
        match (from == member, to == member + 1) {
            (true, true) => self.take_out(behind),
            (true, false) => self.before(behind).0 = member + 1,
            (false, true) => self.before(behind).1 = member,
            (false, false) => {
                self.before(behind).1 = member;
                self.rest.insert(behind, (member + 1, to));
            }
        }
        true
    }

    /// Takes out the range before a place of the rest.
    fn take_out(&mut self, behind: usize) {
        if behind > 0 {
            self.rest.remove(behind - 1);
        } else if self.rest.is_empty() {
            self.first = NOBODY;
        } else {
            self.first = self.rest.remove(0);
        }
    }

    /// Takes everybody out and keeps the room for more.
    pub fn clear(&mut self) {
        self.first = NOBODY;
        self.rest.clear();
    }

    /// Adds every member of `other`.
    pub fn extend(&mut self, other: &Self) {
        if self.is_empty() {
            self.clone_from(other);
        } else {
            for member in other.iter() {
                self.insert(member);
            }
        }
    }

    /// The members, smallest first.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.spans().flat_map(|(from, to)| from..to)
    }

    fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// Of the ranges behind the first: `Ok` with the one that holds `member`, or
    /// `Err` with the one after it.
    fn place(&self, member: u32) -> Result<usize, usize> {
        let next = self.rest.partition_point(|&(_, to)| to <= member);
        match self.rest.get(next) {
            Some(&(from, _)) if from <= member => Ok(next),
            _ => Err(next),
        }
    }
}

impl FromIterator<u32> for RangeSet {
    fn from_iter<I: IntoIterator<Item = u32>>(members: I) -> Self {
        let mut set = Self::new();
        for member in members {
            set.insert(member);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn behaves_like_a_set(steps in prop::collection::vec((any::<bool>(), 0u32..24), 0..80)) {
            let (mut ranges, mut set) = (RangeSet::new(), BTreeSet::new());
            for (add, member) in steps {
                if add {
                    prop_assert_eq!(ranges.insert(member), set.insert(member));
                } else {
                    prop_assert_eq!(ranges.remove(member), set.remove(&member));
                }
                prop_assert_eq!(ranges.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
                prop_assert_eq!(ranges.len() as usize, set.len());
                for probe in 0..25 {
                    prop_assert_eq!(ranges.contains(probe), set.contains(&probe));
                    prop_assert_eq!(ranges.next_from(probe), set.range(probe..).next().copied());
                }
                // One shape for one set: equality of runs depends on it.
                prop_assert_eq!(&ranges, &set.iter().copied().collect::<RangeSet>());
            }
        }
    }
}
