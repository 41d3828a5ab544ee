//! What the verbs take that run one scenario many times.

use clap::ValueEnum;
use std::path::PathBuf;

/// `sample`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Sample {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// How many runs; at most so many where one of `--until-…` is given.
    #[arg(long, default_value = "10000", value_name = "N",
        value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000))]
    pub(in crate::cli) runs: u64,
    /// Stop as soon as every objective of the scenario passes or fails.
    #[arg(long)]
    pub(in crate::cli) until_settled: bool,
    /// Stop as soon as the 95th percentile of every clock is known to within this part
    /// of itself, as in `5%`.
    #[arg(long, value_name = "PART", value_parser = sharpness)]
    pub(in crate::cli) until_sharp: Option<crate::chance::Probability>,
    /// Only the M-th of N equal parts of the runs, as in `1/4`. Needs `--checkpoint`.
    #[arg(long, value_name = "M/N", requires = "checkpoint",
        conflicts_with_all = ["until_settled", "until_sharp"])]
    pub(in crate::cli) partition: Option<Partition>,
    /// Keep what is done in this file, whole at any moment: to go on from, or to merge.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) checkpoint: Option<PathBuf>,
    /// Go on from what is in the checkpoint, if it is there.
    #[arg(long, requires = "checkpoint")]
    pub(in crate::cli) resume: bool,
    /// Write a row a run into this file, in their order.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) csv: Option<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Every quantity and every check, also where there is nothing to see.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// Draw each quantity that varies: its histogram, its distribution function, or both.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "both")]
    pub(in crate::cli) draw: Option<Draw>,
}

fn sharpness(text: &str) -> Result<crate::chance::Probability, String> {
    let part: crate::chance::Probability = text.parse().map_err(|error| format!("{error}"))?;
    Some(part)
        .filter(|it| it.as_ppm() > 0)
        .ok_or_else(|| "no number of runs makes it known to the millisecond".to_owned())
}

/// What is drawn of a quantity.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Draw {
    /// Where the runs lie.
    Histogram,
    /// What share of them stays at or below a value.
    Ecdf,
    /// Both.
    Both,
}

impl From<Option<Draw>> for crate::report::odds::Draw {
    fn from(it: Option<Draw>) -> Self {
        match it {
            None => Self::Nothing,
            Some(Draw::Histogram) => Self::Histogram,
            Some(Draw::Ecdf) => Self::Ecdf,
            Some(Draw::Both) => Self::Both,
        }
    }
}

/// One of some equal parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) struct Partition {
    part: u64,
    of: u64,
}

impl Partition {
    /// Its share of so many runs: the parts follow each other, and leave nothing out.
    pub(in crate::cli) fn of(self, runs: u64) -> std::ops::Range<u64> {
        let end = |part: u64| (u128::from(runs) * u128::from(part) / u128::from(self.of)) as u64;
        end(self.part - 1)..end(self.part)
    }
}

impl std::str::FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(part, of)| {
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (1 <= part && part <= of).then_some(Self { part, of })
        });
        parsed.ok_or_else(|| "expected as in 1/4, 2/4, 3/4, 4/4".to_owned())
    }
}

/// `merge`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Merge {
    /// Checkpoints of one sample.
    #[arg(required = true, value_name = "PART")]
    pub(in crate::cli) parts: Vec<PathBuf>,
    /// Write what they are together into this file, as a part.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Every quantity and every check, also where there is nothing to see.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// Draw each quantity that varies: its histogram, its distribution function, or both.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "both")]
    pub(in crate::cli) draw: Option<Draw>,
}

/// `compare`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Compare {
    /// Two scenario files or more: all others are held against the first, on its seed.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How many runs of each.
    #[arg(long, default_value = "1000", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) runs: u64,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// `plan`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Plan {
    /// The scenario file: its fleet, teams, procedure and parameters.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// How many runs of each outage, and of each lever in each outage of one region.
    #[arg(long, default_value = "200", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) runs: u64,
    /// How long each outage lasts; by default as long as the first outage of the
    /// scenario's timeline.
    #[arg(long, value_name = "TIME", value_parser = super::duration)]
    pub(in crate::cli) lasts: Option<crate::time::Duration>,
    /// Only outages that this region is part of, in detail.
    #[arg(long, value_name = "REGION")]
    pub(in crate::cli) region: Option<String>,
    /// Every outage in detail.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// What could be changed, and what it costs: a file of levers. Those of the program
    /// are written by `lifeboat new --kind levers`.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) levers: Option<PathBuf>,
    /// What levers are to make less: a quantity, as `lifeboat sample` names them.
    #[arg(long, default_value = "clocks.protection", value_name = "QUANTITY")]
    pub(in crate::cli) by: String,
    /// How many levers are pulled one on top of the other.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(in crate::cli) steps: usize,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// `why`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Why {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// What hangs on it: a quantity, as `lifeboat sample` names them.
    #[arg(long, default_value = "clocks.protection", value_name = "QUANTITY")]
    pub(in crate::cli) of: String,
    /// How many runs of the scenario, and of each change of it.
    #[arg(long, default_value = "200", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) runs: u64,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// `slack`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Slack {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// Only for this party; by default for both.
    #[arg(long, value_name = "WHO")]
    pub(in crate::cli) party: Option<Party>,
    /// How sharp the answer is: every delay tried is a multiple of this.
    #[arg(long, default_value = "1m", value_name = "TIME")]
    pub(in crate::cli) resolution: crate::time::Duration,
    /// How many delays are tried to begin with, evenly spread over the run; by default as
    /// many as suit the fleet, 512 at most.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(in crate::cli) looks: Option<u64>,
    /// The most runs for each party.
    #[arg(long, default_value = "20000", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) runs_max: u64,
    /// Every group of orgs, however many there are.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// Who begins later.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Party {
    /// The customer, with detection.
    Customer,
    /// Microsoft's support, with the triage of a ticket.
    Support,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_follow_each_other_and_leave_nothing_out() {
        for runs in [0, 1, 7, 10_000, u64::MAX] {
            for of in [1, 2, 3, 7, 100] {
                let parts = (1..=of).map(|it| format!("{it}/{of}").parse::<Partition>().unwrap());
                let end = parts.fold(0, |from, it| {
                    assert_eq!(it.of(runs).start, from);
                    it.of(runs).end
                });
                assert_eq!(end, runs);
            }
        }
        for bad in ["0/2", "3/2", "1", "a/b", "1/0", ""] {
            assert!(bad.parse::<Partition>().is_err(), "{bad}");
        }
    }
}
