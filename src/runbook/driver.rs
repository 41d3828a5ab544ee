//! Drives the fleet and a team's code in step, on tokio's paused clock.
//!
//! The runtime has one thread, so what is ready runs in one order. Its clock stands
//! while anything can run, and jumps to the next timer when nothing can: a week of
//! waiting takes no time. Before each call the engine is moved on to the caller's
//! instant, so what was due by then has happened.

use super::ended::{Call, Ended};
use super::simulated::{Job, Simulated, at};
use super::watchdog::Pulse;
use crate::cloud::Cloud;
use crate::time::Instant;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;
use tokio::time;

/// What a team's code may do at one instant before it counts as spinning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Budget {
    /// Calls.
    pub(super) calls: u32,
    /// Turns without a call: a task that only yields.
    pub(super) turns: u32,
}

/// What came of one run of the code.
pub(super) struct Driven {
    pub(super) ended: Ended,
    /// When the code ended.
    pub(super) at: Instant,
    pub(super) calls: Vec<Call>,
}

/// Runs a team's code against a cloud until it ends, or the drill does.
pub(super) async fn drive<F>(
    cloud: &mut Cloud<'_>,
    recover: impl FnOnce(Simulated) -> F,
    budget: Budget,
    pulse: &Pulse,
) -> Driven
where
    F: Future<Output = Option<String>>,
{
    let epoch = time::Instant::now();
    let (sender, mut jobs) = mpsc::unbounded_channel::<Job>();
    let client = Simulated::new(sender, epoch);
    let end = client.when(cloud.until());
    let mut meter = Meter::new(budget, epoch, pulse);
    // A panic before the first turn is one of the code's too.
    let code = catch_unwind(AssertUnwindSafe(|| Box::pin(recover(client))));
    let mut over = std::pin::pin!(time::sleep_until(end));
    let mut calls = Vec::new();
    let ended = match code {
        Err(panic) => Ended::Panicked(words_of(&*panic)),
        Ok(mut code) => loop {
            // What was called for is done first, then the code goes on: one order.
            let turn = std::future::poll_fn(|context| {
                if let Poll::Ready(Some(job)) = jobs.poll_recv(context) {
                    return Poll::Ready(Turn::Call(job));
                }
                meter.turn(code.as_mut(), context).map(Turn::Ended)
            });
            let turn = tokio::select! {
                biased;
                turn = turn => turn,
                () = &mut over => Turn::Ended(Ended::Unfinished),
            };
            match turn {
                Turn::Ended(ended) => break ended,
                Turn::Call(job) => {
                    let now = at(epoch, time::Instant::now());
                    let call = Call {
                        at: now,
                        call: job.call,
                        about: job.about,
                    };
                    let spins = meter.call(&call);
                    calls.push(call);
                    if let Some(spins) = spins {
                        break spins;
                    }
                    cloud.advance_to(now);
                    (job.act)(cloud);
                }
            }
        },
    };
    Driven {
        ended,
        at: at(epoch, time::Instant::now()).min(cloud.until()),
        calls,
    }
}

/// Whose turn it was.
enum Turn {
    Call(Job),
    Ended(Ended),
}

/// Counts what happens at one instant.
struct Meter<'a> {
    budget: Budget,
    epoch: time::Instant,
    pulse: &'a Pulse,
    now: Instant,
    calls: u32,
    turns: u32,
}

impl<'a> Meter<'a> {
    fn new(budget: Budget, epoch: time::Instant, pulse: &'a Pulse) -> Self {
        Self {
            budget,
            epoch,
            pulse,
            now: Instant::ZERO,
            calls: 0,
            turns: 0,
        }
    }

    /// Lets the code go on; a panic in it is its end.
    fn turn<F: Future<Output = Option<String>>>(
        &mut self,
        code: Pin<&mut F>,
        context: &mut Context<'_>,
    ) -> Poll<Ended> {
        let now = at(self.epoch, time::Instant::now());
        if now != self.now {
            (self.now, self.calls, self.turns) = (now, 0, 0);
            self.pulse.beat();
        }
        self.turns += 1;
        if self.turns > self.budget.turns {
            let (at, turns) = (now, self.turns);
            return Poll::Ready(Ended::Yielding { at, turns });
        }
        match catch_unwind(AssertUnwindSafe(|| code.poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(None)) => Poll::Ready(Ended::Returned),
            Ok(Poll::Ready(Some(error))) => Poll::Ready(Ended::Failed(error)),
            Err(panic) => Poll::Ready(Ended::Panicked(words_of(&*panic))),
        }
    }

    /// Counts a call; whether it is one too many at this instant.
    fn call(&mut self, call: &Call) -> Option<Ended> {
        if call.at != self.now {
            (self.now, self.calls, self.turns) = (call.at, 0, 0);
        }
        self.calls += 1;
        self.turns = 0;
        self.pulse.call(call);
        (self.calls > self.budget.calls).then(|| Ended::Spinning {
            call: call.clone(),
            calls: self.calls,
        })
    }
}

/// What a panic said.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}
