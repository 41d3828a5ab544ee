//! Many drills on many threads. Results are gathered by place, so the number of
//! threads changes nothing but the time.

use super::Stop;
use super::settings::Settings;
use super::terminal::Terminal;
use crate::report::{Broken, Entry, Exit, Explain, drill_unless, find, seed_text};
use crate::scenario::{Reader, Scenario};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};

/// How often somebody asked to stop.
static ASKED: AtomicU8 = AtomicU8::new(0);

/// Whether somebody asked to stop.
pub(super) fn stopped() -> bool {
    stop()
}

/// Whether somebody asked again.
pub(super) fn insisted() -> bool {
    ASKED.load(Ordering::SeqCst) > 1
}

/// Asked to stop once, by Ctrl-C or by a signal to terminate, what is running ends soon
/// and is kept; asked twice, everything ends at once.
pub(super) fn heed_interrupts(terminal: &Terminal) {
    heed(terminal, 1);
}

/// The same, for a verb that has two things to end: everything ends when it is asked a
/// third time.
pub(super) fn heed_interrupts_twice(terminal: &Terminal) {
    heed(terminal, 2);
}

fn heed(terminal: &Terminal, patience: u8) {
    let asked = ctrlc::set_handler(move || {
        if ASKED.fetch_add(1, Ordering::SeqCst) >= patience {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    });
    if let Err(error) = asked {
        terminal.note(&format!("interrupts end the program at once: {error}"));
    }
}

fn stop() -> bool {
    ASKED.load(Ordering::SeqCst) > 0
}

/// What a sweep is to do.
pub(super) struct Sweep<'a> {
    pub(super) files: &'a [PathBuf],
    pub(super) settings: &'a Settings,
    pub(super) filter: Option<&'a str>,
    pub(super) explain: Explain,
    pub(super) verify: bool,
}

/// What came of it.
pub(super) struct Swept {
    /// In the order of the files.
    pub(super) entries: Vec<Entry>,
    /// Whether it was cut short.
    pub(super) stopped: bool,
}

/// The files under the paths given. A path that cannot be listed is kept, so that
/// reading it says why.
pub(super) fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        let found = find::scenarios(&[path]).unwrap_or_else(|error| vec![error.path]);
        let new: Vec<PathBuf> = found.into_iter().filter(|it| !files.contains(it)).collect();
        files.extend(new);
    }
    files
}

/// A reader for a file, with the project that it lies in as its root.
pub(super) fn reader(path: &Path, settings: &Settings) -> Reader {
    let usual = Reader::default();
    Reader {
        root: find::root_of(path),
        seed: settings.seed,
        orgs_max: settings.orgs_max.unwrap_or(usual.orgs_max),
        alerts_max: settings.alerts_max.unwrap_or(usual.alerts_max),
        struck_max: settings.struck_max.unwrap_or(usual.struck_max),
        ..usual
    }
}

/// Reads a scenario; what is wrong with it is told where it stands.
pub(super) fn scenario(
    path: &Path,
    settings: &Settings,
    terminal: &Terminal,
) -> Result<Scenario, Stop> {
    let read = reader(path, settings).read(path);
    read.map_err(|found| Stop::invalid(&found, terminal))
}

/// What to say of scenarios that have the same id: two results with one name. An id
/// is the file's name unless one is given, so this is no error.
pub(super) fn namesakes<'a>(ids: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut paths: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, path) in ids {
        paths.entry(id).or_default().push(path);
    }
    let twice = paths.into_iter().filter(|it| it.1.len() > 1);
    twice
        .map(|(id, paths)| {
            format!(
                "{} have the same id, {id:?}: only their paths tell their results apart. \
                 Give one of them an `id` of its own",
                paths.join(" and ")
            )
        })
        .collect()
}

impl Sweep<'_> {
    /// Runs the files. Asked to stop once, what is finished is kept, and what is
    /// running ends at its next instant; asked twice, everything ends at once.
    pub(super) fn run(&self, terminal: &Terminal) -> Swept {
        heed_interrupts(terminal);
        let bar = self.bar(terminal);
        let one = |path: &PathBuf| {
            let entry = if stop() {
                None
            } else {
                self.one(path, terminal)
            };
            bar.inc(1);
            entry
        };
        let done: Vec<Option<Option<Entry>>> = match self.pool() {
            Some(pool) => pool.install(|| self.files.par_iter().map(one).collect()),
            None => self.files.iter().map(one).collect(),
        };
        bar.finish_and_clear();
        let ids = done.iter().flatten().flatten().filter_map(|it| match it {
            Entry::Ran(ran) => Some((&*ran.scenario.id, ran.scenario.path())),
            _ => None,
        });
        for text in namesakes(ids) {
            terminal.warn(&text);
        }
        let stopped = done.iter().any(Option::is_none);
        Swept {
            entries: done.into_iter().flatten().flatten().collect(),
            stopped,
        }
    }

    /// Threads, where there is more than one thing to do.
    fn pool(&self) -> Option<rayon::ThreadPool> {
        let jobs = self.settings.jobs.map_or(0, std::num::NonZeroUsize::get);
        if self.files.len() < 2 || jobs == 1 {
            return None;
        }
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build()
            .ok()
    }

    /// One file, if it was selected; nothing at all, if it was stopped on the way. An
    /// error of the program in one does not keep the others from running.
    fn one(&self, path: &PathBuf, terminal: &Terminal) -> Option<Option<Entry>> {
        let run = catch_unwind(AssertUnwindSafe(|| {
            match reader(path, self.settings).read(path) {
                Ok(scenario) if self.selects(&scenario) => {
                    if self.files.len() == 1 {
                        let seed = seed_text(scenario.plan.seed);
                        terminal.note(&format!(
                            "lifeboat {}: seed {seed}",
                            env!("CARGO_PKG_VERSION")
                        ));
                    }
                    drill_unless(scenario, self.explain, self.verify, stop).map(Some)
                }
                Ok(_) => Some(None),
                Err(diagnostics) => {
                    let path = path.display().to_string();
                    // What cannot be read has no id, title or tags: its path stands for them.
                    let selected = self.filter.is_none_or(|it| path.contains(it));
                    Some(selected.then_some(Entry::Invalid { path, diagnostics }))
                }
            }
        }));
        run.unwrap_or_else(|_| {
            Some(Some(Entry::Broken(Broken {
                path: path.display().to_string(),
                seed: self.settings.seed,
                exit: Exit::Internal,
                message: "the program failed: what it said stands above".to_owned(),
            })))
        })
    }

    fn selects(&self, scenario: &Scenario) -> bool {
        let Some(text) = self.filter else { return true };
        [&scenario.id, &scenario.title]
            .into_iter()
            .chain(&scenario.tags)
            .any(|it| it.contains(text))
    }

    fn bar(&self, terminal: &Terminal) -> ProgressBar {
        if self.files.len() < 2 || !terminal.shows_progress() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(self.files.len() as u64);
        let style = ProgressStyle::with_template("{pos}/{len} scenarios {bar:40} {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}
