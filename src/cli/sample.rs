//! `sample`: one scenario, thousands of times.

use super::args::{self, Format};
use super::checkpoint::{self, Rows};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::chance::Probability;
use crate::explore::odds::{self, Go, Header, Pace, Part, Round, written};
use crate::measures::{ClockKind, Quantity};
use crate::report::odds::{Told, document, exit, human, judged, to_text};
use crate::report::{Exit, seed_text};
use crate::scenario::Scenario;
use crate::statistics::{Confidence, Level, Looks, Ruling, Value};
use indicatif::{ProgressBar, ProgressStyle};
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a round is meant to take: so often is progress shown and a checkpoint kept.
const ROUND: Duration = Duration::from_millis(500);

/// How many runs the first round has, when nobody knows how long one takes.
const FIRST: u64 = 32;

pub(super) fn sample(verb: &args::Sample, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("sample", &[Format::Human, Format::Json])?;
    let scenario = sweep::scenario(&verb.path, settings, terminal)?;
    let inputs: Vec<PathBuf> = settings.file.iter().chain([&verb.path]).cloned().collect();
    let target = |it: &PathBuf| Target::new(it, &inputs);
    let to = verb.output.as_ref().or(settings.output.as_ref());
    let to = to.map(target).transpose()?;
    let files = Files {
        kept: verb.checkpoint.as_ref().map(target).transpose()?,
        csv: verb.csv.as_ref().map(target).transpose()?,
    };
    let Came { part, whole, blunt } = run(verb, settings, terminal, &scenario, &files)?;
    let mut ended = exit(&part);
    if let Some(most) = blunt {
        terminal.note(&format!(
            "the runs ended before every clock's p95 was known to within {most} of itself: \
             give it more with --runs"
        ));
        ended = ended.worse(Exit::Inconclusive);
    }
    if !whole {
        terminal.note("interrupted: what was finished follows");
        ended = ended.worse(Exit::Interrupted);
    }
    let told = Told {
        part: &part,
        whole,
        full: verb.full || settings.full,
        draw: verb.draw.into(),
    };
    tell(&told, format, ended, to.as_ref(), terminal)?;
    Ok(ended)
}

/// Writes a result, or prints it.
pub(super) fn tell(
    told: &Told<'_>,
    format: Format,
    exit: Exit,
    to: Option<&Target>,
    terminal: &Terminal,
) -> Result<(), Stop> {
    let text = match format {
        Format::Json => to_text(&document(told, exit)),
        _ => human(told, terminal.style(to.is_some())),
    };
    let Some(file) = to else {
        return output::print(&text);
    };
    file.write(&text)?;
    terminal.note(&format!("wrote {}", file.shown()));
    Ok(())
}

/// What is written while it runs.
struct Files {
    kept: Option<Target>,
    csv: Option<Target>,
}

/// What came of sampling.
struct Came {
    part: Part,
    /// Whether that is all that was asked for.
    whole: bool,
    /// How sharp it was to be, where all runs together are not.
    blunt: Option<Probability>,
}

fn run(
    verb: &args::Sample,
    settings: &Settings,
    terminal: &Terminal,
    scenario: &Scenario,
    files: &Files,
) -> Result<Came, Stop> {
    let until = Until::of(verb, scenario)?;
    let runs = verb.partition.map_or(0..verb.runs, |it| it.of(verb.runs));
    if let Some(file) = &files.kept {
        file.tidy();
    }
    let seed = scenario.plan.seed;
    let fresh = Part::none(Header::of(scenario, seed, until.looks()));
    let base = checkpoint::begin(fresh, &runs, files.kept.as_ref(), verb.resume, terminal)?;
    let from = base.ranges.first().map_or(runs.start, |it| it.end);
    announce(verb, &runs, from, seed, terminal);
    sweep::heed_interrupts(terminal);
    let rows = files.csv.as_ref().map(|it| Rows::open(it, &base));
    let pacer = Pacer {
        runs: &runs,
        from,
        until,
        kept: files.kept.as_ref(),
        bar: bar(&runs, from, until, terminal),
        under_way: Mutex::new(UnderWay {
            base,
            rows: rows.transpose()?,
            asked: None,
            stopped: None,
            enough: false,
            next: from,
        }),
    };
    let to_do = odds::Sample {
        plan: &scenario.plan,
        seed,
        runs: from..runs.end,
        jobs: settings.threads(),
        rows: files.csv.is_some(),
    };
    let sampled = odds::sample(&to_do, &pacer).map_err(|broken| Stop {
        exit: Exit::Internal,
        message: format!("an error of this program: {broken}"),
    })?;
    pacer.bar.finish_and_clear();
    let under_way = pacer.under_way.into_inner().expect("nobody panicked");
    if let Some(stop) = under_way.stopped {
        return Err(stop);
    }
    let mut part = under_way.base;
    add(&mut part, from..under_way.next, &sampled);
    let ended = under_way.next == runs.end;
    let blunt = until.sharp.filter(|&it| ended && !is_sharp(&part, it));
    Ok(Came {
        whole: under_way.enough || ended,
        part,
        blunt,
    })
}

/// The seed, before the work starts: whoever kills it still has it.
fn announce(verb: &args::Sample, runs: &Range<u64>, from: u64, seed: u64, terminal: &Terminal) {
    let resumed = match from - runs.start {
        0 => String::new(),
        done => format!(", {done} of them done before"),
    };
    terminal.note(&format!(
        "lifeboat {}: sampling {}, runs {} to {}{resumed}, seed {}",
        env!("CARGO_PKG_VERSION"),
        verb.path.display(),
        runs.start,
        runs.end.saturating_sub(1),
        seed_text(seed)
    ));
}

fn add(part: &mut Part, runs: Range<u64>, sampled: &odds::Sampled) {
    let added = part.add(runs, sampled);
    added.expect("runs that go on from a part are not in it");
}

/// When it is enough.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Until {
    settled: bool,
    sharp: Option<Probability>,
}

impl Until {
    fn of(verb: &args::Sample, scenario: &Scenario) -> Result<Self, Stop> {
        if verb.until_settled && scenario.plan.objectives.is_empty() {
            return Err(Stop::usage(
                "--until-settled asks for objectives, and the scenario has none: \
                 see `lifeboat explain objectives`",
            ));
        }
        Ok(Self {
            settled: verb.until_settled,
            sharp: verb.until_sharp,
        })
    }

    const fn any(self) -> bool {
        self.settled || self.sharp.is_some()
    }

    /// Whoever stops when it is enough looks again and again.
    const fn looks(self) -> Looks {
        if self.any() {
            Looks::Always
        } else {
            Looks::Once
        }
    }

    /// After how many runs it is looked at next: the same ones on every machine, so
    /// that it ends in the same place.
    fn next_look(self, done: u64) -> u64 {
        let mut look = 100;
        while look <= done {
            look += (look / 16).max(100);
        }
        look
    }

    fn is_look(self, done: u64) -> bool {
        done > 0 && self.next_look(done - 1) == done
    }

    fn is_enough(self, part: &Part) -> bool {
        let settled = || {
            let mut all = judged(part).into_iter();
            all.all(|it| !matches!(it.ruling, Ruling::Inconclusive { .. }))
        };
        self.any() && (!self.settled || settled()) && self.sharp.is_none_or(|it| is_sharp(part, it))
    }
}

/// Whether the p95 of every clock that was put to the test is known to within this part
/// of itself.
fn is_sharp(part: &Part, most: Probability) -> bool {
    let clocks = ClockKind::ALL.into_iter().map(Quantity::Clock);
    let spreads = clocks.map(|it| &part.sampled.tally(it).spread);
    spreads.filter(|it| it.count() > 0).all(|spread| {
        let found = spread.quantile(Level::P95, Confidence::always(Level::P95));
        found.is_ok_and(|it| match (it.low, it.value, it.high) {
            (Value::At(low), Value::At(value), Value::At(high)) => {
                let reach = u128::from((high - value).max(value - low));
                reach * 1_000_000 <= u128::from(value) * u128::from(most.as_ppm())
            }
            // It never stops, and that is sure.
            (low, ..) => low == Value::Never,
        })
    })
}

/// Keeps what is done, shows how far it is, and says how it goes on.
struct Pacer<'a> {
    runs: &'a Range<u64>,
    from: u64,
    until: Until,
    kept: Option<&'a Target>,
    bar: ProgressBar,
    under_way: Mutex<UnderWay>,
}

struct UnderWay {
    /// What the checkpoint held at the beginning.
    base: Part,
    rows: Option<Rows>,
    /// When the round began that is over now, and at which run.
    asked: Option<(Instant, u64)>,
    /// What could not be written.
    stopped: Option<Stop>,
    /// Whether it is as sharp as was asked for.
    enough: bool,
    next: u64,
}

impl Pace for Pacer<'_> {
    fn next(&self, round: &Round<'_>) -> Go {
        let mut it = self.under_way.lock().expect("nobody panicked");
        let news = round.next > it.next;
        it.next = round.next;
        if let Err(stop) = self.keep(&mut it, round, news) {
            it.stopped = Some(stop);
            return Go::Stop;
        }
        self.bar.set_position(round.next - self.runs.start);
        let done = round.next - self.runs.start;
        if self.until.any() && self.until.is_look(done) {
            it.enough = self.until.is_enough(&self.part(&it, round));
        }
        if it.enough {
            return Go::Stop;
        }
        let now = now();
        let mut more = match it.asked {
            Some((began, at)) if round.next > at => {
                let took = now.duration_since(began).as_nanos().max(1);
                let fit = u128::from(round.next - at) * ROUND.as_nanos() / took;
                // One slow or quick round does not decide alone.
                let fit = u64::try_from(fit).unwrap_or(u64::MAX);
                fit.clamp(1, (round.next - at).saturating_mul(8))
            }
            _ => FIRST,
        };
        if self.until.any() {
            more = more.min(self.until.next_look(done) - done);
        }
        it.asked = Some((now, round.next));
        Go::On(NonZeroU64::new(more).unwrap_or(NonZeroU64::MIN))
    }

    fn stop(&self) -> bool {
        sweep::stopped()
    }
}

impl Pacer<'_> {
    fn part(&self, it: &UnderWay, round: &Round<'_>) -> Part {
        let mut part = it.base.clone();
        add(&mut part, self.from..round.next, round.sampled);
        part.rows_bytes = it.rows.as_ref().map(|it| it.bytes);
        part
    }

    /// Rows first: what the checkpoint says of them has to be there.
    fn keep(&self, it: &mut UnderWay, round: &Round<'_>, news: bool) -> Result<(), Stop> {
        if let Some(rows) = &mut it.rows {
            rows.add(round.rows)?;
        }
        match self.kept {
            Some(file) if news || !file.is_there() => {
                file.write(&written::to_text(&self.part(it, round)))
            }
            _ => Ok(()),
        }
    }
}

fn bar(runs: &Range<u64>, from: u64, until: Until, terminal: &Terminal) -> ProgressBar {
    if !terminal.shows_progress() {
        return ProgressBar::hidden();
    }
    let template = match until.any() {
        // Nobody knows when it will be enough.
        true => "{pos} runs, at most {len} {elapsed}",
        false => "{pos}/{len} runs {bar:30} {elapsed}, {eta} left",
    };
    let bar = ProgressBar::new(runs.end - runs.start);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.with_position(from - runs.start)
}

/// The clock of the wall: how long a round takes, and nothing that a run sees.
#[expect(
    clippy::disallowed_methods,
    reason = "how often progress is shown; no run sees it"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_at_the_same_runs_whatever_the_rounds() {
        let until = Until {
            settled: true,
            sharp: None,
        };
        let mut looks = Vec::new();
        let mut done = 0;
        while done < 5_000 {
            done = until.next_look(done);
            assert!(until.is_look(done));
            looks.push(done);
        }
        assert_eq!(looks[..3], [100, 200, 300]);
        let found: Vec<u64> = (1..=done).filter(|it| until.is_look(*it)).collect();
        assert_eq!(found, looks);
    }
}
