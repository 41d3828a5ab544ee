//! What moves the clock, and what clients are told to wait.

use super::exchange::Answer;
use crate::time::{Duration, Instant};
use std::collections::BTreeMap;
use std::fmt;

/// What moves the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Whoever asks again has waited for as long as the last answer told.
    #[default]
    Polled,
    /// Nothing but `POST /lifeboat/clock`.
    Manual,
    /// Real time, so many times as fast. Not reproducible.
    Real(u32),
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Polled => f.write_str("polled"),
            Self::Manual => f.write_str("manual"),
            Self::Real(pace) => write!(f, "real:{pace}"),
        }
    }
}

/// The clock that clients meet.
#[derive(Clone, Debug)]
pub struct Clock {
    /// What moves it.
    pub mode: Mode,
    /// How long whoever reads the same thing twice is taken to have waited in between.
    pub poll_every: Duration,
    /// Whether waits are told in whole seconds alone, for clients that read no
    /// milliseconds.
    pub whole_seconds: bool,
    /// What was told to those who may ask again.
    told: BTreeMap<String, Told>,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    /// When it is worth asking again.
    again: Instant,
    /// How long that was, where the answer was a failure of the gateway.
    backed_off: Duration,
    /// Whether it holds whatever the client does in between.
    promised: bool,
}

/// A week's wait takes a second (in milliseconds of the one for each of the other).
const PACE: u64 = 7 * 24 * 60 * 60;

/// The most questions that are remembered.
const TOLD_MAX: usize = 10_000;

/// What is asked, as one text: paths differ by more than case.
pub(super) fn question(method: &str, path: &str, query: &str) -> String {
    let mut text = String::with_capacity(path.len() + method.len() + query.len() + 20);
    text.push_str(path);
    text.make_ascii_lowercase();
    text.extend(["?", query, " ", method]);
    text
}

impl Clock {
    /// A clock with the usual manners.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            poll_every: Duration::from_mins(15),
            whole_seconds: false,
            told: BTreeMap::new(),
        }
    }

    /// Until when somebody who asks this has waited.
    pub(super) fn waited_until(&self, question: &str) -> Option<Instant> {
        if self.mode != Mode::Polled {
            return None;
        }
        self.told.get(question).map(|it| it.again)
    }

    /// Remembers a wait that was told beforehand, for a question not asked yet.
    pub(super) fn promise(&mut self, question: String, now: Instant, wait: Duration) {
        self.remember(question, now.saturating_add(wait), Duration::ZERO, true);
    }

    /// A read was answered: when it is worth asking again.
    pub(super) fn answered(&mut self, question: String, now: Instant, answer: &mut Answer) {
        let before = self.told.get(&question);
        let promised = before.is_some_and(|it| it.promised);
        let mut backed_off = Duration::ZERO;
        let wait = if answer.status == 502 {
            // As clients do: a second, and twice as long each time.
            let last = before.map_or(Duration::ZERO, |it| it.backed_off);
            let next = last.saturating_mul(2).max(Duration::SECOND);
            backed_off = next.min(self.poll_every);
            answer.wait = Some(backed_off);
            backed_off
        } else {
            answer.wait.unwrap_or(self.poll_every)
        };
        let again = now.saturating_add(wait);
        self.remember(question, again, backed_off, promised);
    }

    fn remember(&mut self, question: String, again: Instant, backed_off: Duration, promised: bool) {
        if self.mode != Mode::Polled {
            return;
        }
        if self.told.len() >= TOLD_MAX {
            self.told.clear();
        }
        let told = Told {
            again,
            backed_off,
            promised,
        };
        self.told.insert(question, told);
    }

    /// Something was changed: who reads afterwards looks at what came of it, and has
    /// not waited.
    pub(super) fn changed(&mut self) {
        self.told.retain(|_, it| it.promised);
    }

    /// Tells the client for how long to wait.
    pub(super) fn tell(&self, answer: &mut Answer) {
        let Some(wait) = answer.wait else { return };
        let real = match self.mode {
            Mode::Polled => wait.as_millis().div_ceil(PACE),
            Mode::Manual => 1_000,
            Mode::Real(pace) => wait.as_millis().div_ceil(u64::from(pace.max(1))),
        };
        // Zero counts as no word at all, and then clients wait for half a minute.
        let real = real.max(1);
        if self.whole_seconds || real >= 1_000 {
            let seconds = real.div_ceil(1_000);
            answer.headers.push(("retry-after", seconds.to_string()));
        } else {
            for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
                answer.headers.push((name, real.to_string()));
            }
        }
    }
}
