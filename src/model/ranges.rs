//! Sets of small integers as sorted, disjoint ranges.
//!
//! What a connector owns, lists or may reach is nearly always one run of
//! neighbouring orgs, so a set is one range, and asking it costs no more than a
//! comparison however many orgs it holds.

use std::ops::Range;

/// A set of `u32`, held as sorted, disjoint, non-touching half-open ranges.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct RangeSet {
    ranges: Vec<(u32, u32)>,
}

impl Clone for RangeSet {
    fn clone(&self) -> Self {
        Self {
            ranges: self.ranges.clone(),
        }
    }

    /// Reuses the allocation: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        self.ranges.clone_from(&source.ranges);
    }
}

impl RangeSet {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { ranges: Vec::new() }
    }

    /// Every member of a half-open range.
    #[must_use]
    pub fn of(range: Range<u32>) -> Self {
        let mut set = Self::new();
        if range.start < range.end {
            set.ranges.push((range.start, range.end));
        }
        set
    }

    /// Whether it has no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many members it has.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.ranges.iter().map(|&(from, to)| to - from).sum()
    }

    /// Whether it holds `member`.
    #[must_use]
    pub fn contains(&self, member: u32) -> bool {
        match self.ranges.as_slice() {
            [] => false,
            [(from, to)] => *from <= member && member < *to,
            _ => self.place(member).is_ok(),
        }
    }

    /// The smallest member at or after `from`.
    #[must_use]
    pub fn next_from(&self, from: u32) -> Option<u32> {
        match self.place(from) {
            Ok(_) => Some(from),
            Err(next) => self.ranges.get(next).map(|&(start, _)| start),
        }
    }

    /// The smallest member.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.ranges.first().map(|&(from, _)| from)
    }

    /// Adds a member; whether it was new.
    pub fn insert(&mut self, member: u32) -> bool {
        // Claims come in id order: the member that extends the last range.
        if let Some(last) = self.ranges.last_mut()
            && last.1 == member
        {
            last.1 += 1;
            return true;
        }
        let Err(next) = self.place(member) else {
            return false;
        };
        let joins_next = self.ranges.get(next).is_some_and(|r| r.0 == member + 1);
        let joins_last = next > 0 && self.ranges[next - 1].1 == member;
        match (joins_last, joins_next) {
            (true, true) => {
                self.ranges[next - 1].1 = self.ranges[next].1;
                self.ranges.remove(next);
            }
            (true, false) => self.ranges[next - 1].1 = member + 1,
            (false, true) => self.ranges[next].0 = member,
            (false, false) => self.ranges.insert(next, (member, member + 1)),
        }
        true
    }

    /// Takes a member out; whether it was there.
    pub fn remove(&mut self, member: u32) -> bool {
        let Ok(at) = self.place(member) else {
            return false;
        };
        let (from, to) = self.ranges[at];
        match (from == member, to == member + 1) {
            (true, true) => {
                self.ranges.remove(at);
            }
            (true, false) => self.ranges[at].0 = member + 1,
            (false, true) => self.ranges[at].1 = member,
            (false, false) => {
                self.ranges[at].1 = member;
                self.ranges.insert(at + 1, (member + 1, to));
            }
        }
        true
    }

    /// Takes everybody out and keeps the room for more.
    pub fn clear(&mut self) {
        self.ranges.clear();
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
        self.ranges.iter().flat_map(|&(from, to)| from..to)
    }

    /// `Ok` with the range that holds `member`, or `Err` with the range after it.
    fn place(&self, member: u32) -> Result<usize, usize> {
        let next = self.ranges.partition_point(|&(_, to)| to <= member);
        match self.ranges.get(next) {
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
