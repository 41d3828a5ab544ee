//! `oracle`: whether hunting finds the bugs that were planted.

use super::args::{self, Format};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop};
use crate::explore::{Oracle, Stage, Trial};
use crate::report::oracle::{Took, human, json};
use crate::report::{Exit, seed_text};
use crate::scenario::defects::{DEFECTS, Defect};
use crate::time::Duration;
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

pub(super) fn oracle(verb: &args::Oracle, settings: &Settings, terminal: &Terminal) -> Ended {
    let filter = verb.filter.as_deref().or(settings.filter.as_deref());
    let bugs = bugs(filter)?;
    if !matches!(settings.format, Format::Human | Format::Json) {
        return Err(Stop::usage("oracle prints --format human or json"));
    }
    let inputs: Vec<PathBuf> = settings.file.iter().cloned().collect();
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let trial = Trial {
        runs: verb.runs.get().into(),
        seeds: verb.seeds.get().into(),
        seed: settings.seed.unwrap_or(1),
        jobs: settings.threads(),
    };
    terminal.note(&format!(
        "lifeboat {}: hunting {} planted bugs, first seed {}",
        env!("CARGO_PKG_VERSION"),
        bugs.len(),
        seed_text(trial.seed)
    ));
    let clocks = Clocks::new(bugs.len() as u64, terminal);
    let watch = |bug, stage| clocks.tell(bug, stage);
    let broken = |found: crate::scenario::syntax::Diagnostics| {
        terminal.show_error(&found.render(terminal.error_style()));
        Stop {
            exit: Exit::Internal,
            message: "a base of the oracle is not valid: an error of this program".into(),
        }
    };
    let oracle = Oracle::new(trial).map_err(broken)?;
    let score = oracle.score(&bugs, &watch).map_err(broken)?;
    let took = clocks.took();
    let text = match settings.format {
        Format::Json => json(&score),
        // Time is for whoever waits: a file says the same every time.
        _ => human(
            &score,
            terminal.style(to.is_some()),
            to.is_none().then_some(&took),
        ),
    };
    output::deliver(to.as_ref(), &text)?;
    Ok(if score.is_good() {
        Exit::Success
    } else {
        Exit::Failure
    })
}

/// The bugs that a filter leaves.
fn bugs(filter: Option<&str>) -> Result<Vec<&'static Defect>, Stop> {
    let wanted = |it: &&Defect| {
        filter.is_none_or(|text| it.name.contains(text) || it.family.name().contains(text))
    };
    let bugs: Vec<&Defect> = DEFECTS.iter().filter(wanted).collect();
    if bugs.is_empty() {
        return Err(Stop {
            exit: Exit::Nothing,
            message: format!(
                "no planted bug has {:?} in its name or family: see lifeboat list defects",
                filter.unwrap_or_default()
            ),
        });
    }
    Ok(bugs)
}

/// The clock of the wall, for each bug; nothing that a run sees.
struct Clocks {
    began: std::time::Instant,
    stages: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    bar: ProgressBar,
}

impl Clocks {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a hunt took; no run sees it"
    )]
    fn new(bugs: u64, terminal: &Terminal) -> Self {
        let bar = if terminal.shows_progress() {
            ProgressBar::new(bugs)
        } else {
            ProgressBar::hidden()
        };
        Self {
            began: std::time::Instant::now(),
            stages: Mutex::default(),
            bar,
        }
    }

    fn now(&self) -> Duration {
        Duration::from_millis(self.began.elapsed().as_millis() as u64)
    }

    fn tell(&self, bug: &'static str, stage: Stage) {
        let now = self.now();
        if let Ok(mut stages) = self.stages.lock() {
            stages.entry(bug).or_default().push(now);
        }
        if stage == Stage::Done {
            self.bar.inc(1);
        }
    }

    /// Of each bug, how long the hunts and the shrinking took.
    fn took(self) -> Took {
        let all = self.now();
        self.bar.finish_and_clear();
        let stages = self.stages.into_inner().unwrap_or_default();
        let since = |later: Duration, sooner: Duration| {
            Duration::from_millis(later.as_millis() - sooner.as_millis())
        };
        let bugs = stages.into_iter().filter_map(|(bug, at)| match at[..] {
            [began, shrinking, done] => {
                Some((bug, (since(shrinking, began), since(done, shrinking))))
            }
            _ => None,
        });
        Took {
            all,
            bugs: bugs.collect(),
        }
    }
}
