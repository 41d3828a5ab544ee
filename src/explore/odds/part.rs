//! A part of a sample: what was run, of which runs, and what they came to.

use super::meaning::meaning;
use super::sampled::Sampled;
use crate::scenario::Scenario;
use crate::scenario::objective::Objective;
use crate::statistics::Looks;
use std::ops::Range;

/// What a part is of. Parts of which anything but the names differs are not of one
/// sample.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// The version of this program.
    pub version: String,
    /// The [meaning] of the scenario.
    pub meaning: u64,
    /// The seed of the sample.
    pub seed: u64,
    /// What is promised, by name.
    pub objectives: Vec<Objective>,
    /// Whether the number of runs was laid down beforehand.
    pub looks: Looks,
    /// The scenario's file.
    pub path: String,
    /// What it is called.
    pub id: String,
    /// What is drilled.
    pub title: String,
}

/// Some runs of a sample.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is of.
    pub header: Header,
    /// The numbers of the runs, in their order; none touches the next.
    pub ranges: Vec<Range<u64>>,
    /// What they came to.
    pub sampled: Sampled,
    /// How long the file of their rows is, where one is written beside.
    pub rows_bytes: Option<u64>,
}

/// Why two parts are not put together.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Apart {
    /// They are not of one sample.
    #[error("{what} is {theirs}, and that of the others is {ours}")]
    Other {
        /// In what they differ.
        what: &'static str,
        /// That of the first parts.
        ours: String,
        /// That of this one.
        theirs: String,
    },
    /// Some runs are in both.
    #[error("the runs {} to {} are in another part already", .0.start, .0.end - 1)]
    Twice(Range<u64>),
}

impl Header {
    /// The header of a sample of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: u64, looks: Looks) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            meaning: meaning(&scenario.plan),
            seed,
            objectives: scenario.plan.objectives.clone(),
            looks,
            path: scenario.path().to_owned(),
            id: scenario.id.to_string(),
            title: scenario.title.to_string(),
        }
    }

    /// Whether parts of the two may be put together.
    ///
    /// # Errors
    /// In what they differ: this one is 'ours'.
    pub fn fits(&self, other: &Self) -> Result<(), Apart> {
        let hex = |number: u64| format!("{number:#x}");
        let looks = |it: &Self| match it.looks {
            Looks::Once => "laid down beforehand".to_owned(),
            Looks::Always => "looked at until it was enough".to_owned(),
        };
        let differ = |what, ours: String, theirs: String| {
            (ours != theirs).then_some(Apart::Other { what, ours, theirs })
        };
        let found = differ(
            "its version of lifeboat",
            self.version.clone(),
            other.version.clone(),
        )
        .or_else(|| {
            let (ours, theirs) = (hex(self.meaning), hex(other.meaning));
            differ("the meaning of its scenario", ours, theirs)
        })
        .or_else(|| differ("its seed", hex(self.seed), hex(other.seed)))
        .or_else(|| differ("its number of runs", looks(self), looks(other)));
        found.map_or(Ok(()), Err)
    }
}

impl Part {
    /// A part without runs.
    #[must_use]
    pub fn none(header: Header) -> Self {
        let sampled = Sampled::none(header.objectives.len());
        Self {
            header,
            ranges: Vec::new(),
            sampled,
            rows_bytes: None,
        }
    }

    /// Adds runs of the same sample.
    ///
    /// # Errors
    /// Runs that are in it already: then nothing is added.
    pub fn add(&mut self, runs: Range<u64>, sampled: &Sampled) -> Result<(), Apart> {
        self.add_ranges(std::slice::from_ref(&runs))?;
        self.sampled.merge(sampled);
        Ok(())
    }

    /// Puts another part to it. Whatever the order of the parts, what comes of it is
    /// the same.
    ///
    /// # Errors
    /// Another sample, or runs that are in both: then nothing is added.
    pub fn merge(&mut self, other: &Self) -> Result<(), Apart> {
        self.header.fits(&other.header)?;
        self.add_ranges(&other.ranges)?;
        self.sampled.merge(&other.sampled);
        self.rows_bytes = None;
        let (ours, theirs) = (&mut self.header, &other.header);
        let names = |it: &Header| (it.path.clone(), it.id.clone(), it.title.clone());
        if names(theirs) < names(ours) {
            (ours.path, ours.id, ours.title) = names(theirs);
        }
        Ok(())
    }

    fn add_ranges(&mut self, more: &[Range<u64>]) -> Result<(), Apart> {
        let mut all = self.ranges.clone();
        all.extend(more.iter().filter(|it| !it.is_empty()).cloned());
        all.sort_unstable_by_key(|it| (it.start, it.end));
        let mut joined: Vec<Range<u64>> = Vec::with_capacity(all.len());
        for range in all {
            match joined.last_mut() {
                Some(last) if range.start < last.end => {
                    return Err(Apart::Twice(range.start..range.end.min(last.end)));
                }
                Some(last) if range.start == last.end => last.end = range.end,
                _ => joined.push(range),
            }
        }
        self.ranges = joined;
        Ok(())
    }
}
