//! Where the time went: one org's clock, split along the chain of steps that it
//! waited for.

use super::cause::Cause;
use super::{ClockKind, Scene};
use crate::model::command::Actor;
use crate::model::fact::{Fact, Subject, What};
use crate::model::ids::{OrgIx, RecoveryIx, StepIx};
use crate::procedure::{Issue, Node};
use crate::time::{Calendar, Duration, Instant};

/// A clock, split. The parts sum to it exactly.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Path {
    /// What the time was spent on, in the order of [`Cause::ALL`]; no part is zero.
    pub parts: Vec<(Cause, Duration)>,
    /// The names of the steps on the way, first to last.
    pub via: Vec<String>,
}

impl Path {
    /// The length of the clock.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.parts.iter().fold(Duration::ZERO, |sum, it| sum + it.1)
    }

    /// The time that was spent on one cause.
    #[must_use]
    pub fn part(&self, cause: Cause) -> Duration {
        self.parts
            .iter()
            .find(|it| it.0 == cause)
            .map_or(Duration::ZERO, |it| it.1)
    }
}

/// Splits one org's clock, which ran from `from` to `to`.
///
/// `steps` is the recorded stream in its order; only its `step-finished` and
/// `step-refused` facts are read. `hours` says when an actor's team works. The way is
/// walked backwards: from the last step that the clock waited for, through the wait
/// for whoever did it, to the need that was finished last, and so on. A try that was
/// refused stands on the way of the one that came of it: it counts whole as the work
/// of whoever made it. Work that pauses outside of a team's hours waits for a person
/// meanwhile.
#[must_use]
pub fn critical_path<'a>(
    scene: &Scene<'_>,
    hours: &dyn Fn(Actor) -> &'a Calendar,
    steps: &[Fact],
    org: OrgIx,
    clock: ClockKind,
    (from, to): (Instant, Instant),
) -> Path {
    let chain = Chain {
        scene,
        recoveries: recoveries_of(scene, org),
        org,
    };
    let mut split = Split {
        spent_ms: [0; Cause::COUNT],
        cursor: to,
        from,
    };
    let mut via = Vec::new();
    let last = chain.latest(steps, to, |step| ends(clock, chain.node(step).issue));
    let mut next = last;
    // Whatever came after the last step on the way was no step: the region came
    // back, or one of the platform's regular passes found the org (D-3).
    split.back_to(
        next.map_or(from, |it| it.done.at),
        after(last.map(|it| chain.node(it.done.step))),
    );
    while let Some(Found { place, done }) = next {
        let node = chain.node(done.step);
        via.push(node.name.to_string());
        split.work_back_to(done.began, Cause::of_work(node), hours(node.by));
        let need = chain
            .again(&steps[..place], &done)
            .or_else(|| chain.need_of(&steps[..place], &done));
        let since = need.map_or(from, |it| it.done.at);
        let tried = chain.tried(&steps[..place], &done, since);
        // What was ready before a try of it failed waited for that try.
        let waited_from = tried.map_or(done.ready, |it| it.done.at.max(done.ready));
        split.back_to(waited_from, Cause::of_wait(node));
        if split.is_over() {
            break;
        }
        next = tried
            .or(need)
            .or_else(|| chain.earlier(&steps[..place], &done));
        split.back_to(next.map_or(from, |it| it.done.at), Cause::of_gap(node));
    }
    split.back_to(from, Cause::WaitingForTheRegion);
    via.reverse();
    let parts = Cause::ALL
        .into_iter()
        .zip(split.spent_ms)
        .filter(|it| it.1 > 0);
    Path {
        parts: parts
            .map(|it| (it.0, Duration::from_millis(it.1)))
            .collect(),
        via,
    }
}

/// A finished step, or a try that was refused.
#[derive(Clone, Copy)]
struct Done {
    recovery: RecoveryIx,
    step: StepIx,
    subject: Subject,
    ready: Instant,
    began: Instant,
    at: Instant,
}

impl Done {
    /// A try that was refused. When it began is not told.
    fn refused(fact: &Fact) -> Option<Self> {
        match fact.what {
            What::StepRefused {
                recovery,
                step,
                subject,
                ..
            } => Some(Self {
                recovery,
                step,
                subject,
                ready: fact.at,
                began: fact.at,
                at: fact.at,
            }),
            _ => None,
        }
    }

    fn finished(fact: &Fact) -> Option<Self> {
        match fact.what {
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                began,
            } => Some(Self {
                recovery,
                step,
                subject,
                ready,
                began,
                at: fact.at,
            }),
            _ => None,
        }
    }
}

/// A step, and its place in the stream.
#[derive(Clone, Copy)]
struct Found {
    place: usize,
    done: Done,
}

/// The clock, spent from its end to its start.
struct Split {
    spent_ms: [u64; Cause::COUNT],
    cursor: Instant,
    from: Instant,
}

impl Split {
    /// Lays the time from `instant` to where the walk stands to a cause. Walking
    /// only ever goes back, and never past the start, so the parts are exact.
    fn back_to(&mut self, instant: Instant, cause: Cause) {
        let to = instant.max(self.from).min(self.cursor);
        self.spent_ms[cause as usize] += self.cursor.since(to).as_millis();
        self.cursor = to;
    }

    /// The same for work, which pauses outside of hours: then it waits for a person.
    fn work_back_to(&mut self, instant: Instant, cause: Cause, hours: &Calendar) {
        let to = instant.max(self.from).min(self.cursor);
        let whole = self.cursor.since(to);
        let worked_ms = hours.open_between(to, self.cursor).min(whole).as_millis();
        self.spent_ms[cause as usize] += worked_ms;
        self.spent_ms[Cause::WaitingForAPerson as usize] += whole.as_millis() - worked_ms;
        self.cursor = to;
    }

    fn is_over(&self) -> bool {
        self.cursor <= self.from
    }
}

/// The steps that one org can have waited for.
struct Chain<'a> {
    scene: &'a Scene<'a>,
    /// The recoveries that had to do with it, in the order of starting.
    recoveries: Vec<RecoveryIx>,
    org: OrgIx,
}

impl<'a> Chain<'a> {
    fn node(&self, step: StepIx) -> &'a Node {
        self.scene.procedure.step(step)
    }

    /// The last finished step at or before `by` that concerns the org and fits.
    fn latest(&self, steps: &[Fact], by: Instant, fits: impl Fn(StepIx) -> bool) -> Option<Found> {
        last(steps, by, |it| self.concerns(it) && fits(it.step))
    }

    /// The need of a step that was finished last before it was ready.
    fn need_of(&self, before: &[Fact], done: &Done) -> Option<Found> {
        let node = self.node(done.step);
        last(before, done.ready, |it| {
            let same = it.recovery == done.recovery;
            match it.subject {
                Subject::Connector => same && node.needs_connector & it.step.bit() != 0,
                // A step for a ticket needs what was done for the same ticket; one
                // for an org or the connector, what was done for any of ours.
                Subject::Ticket(_) => {
                    let fits =
                        it.subject == done.subject || !matches!(done.subject, Subject::Ticket(_));
                    same && fits && node.needs_ticket & it.step.bit() != 0
                }
                Subject::Org(org) => {
                    let fits =
                        done.subject == Subject::Org(org) || done.subject == Subject::Connector;
                    same && fits && node.needs_org & it.step.bit() != 0
                }
            }
        })
    }

    /// The step that was done again and made this one ready once more: after a ticket
    /// that was rejected, what opens the next one waits for the copying of the ID.
    fn again(&self, before: &[Fact], done: &Done) -> Option<Found> {
        let found = last(before, done.ready, |it| {
            it.at == done.ready && it.recovery == done.recovery && it.subject == Subject::Connector
        })?;
        let same = |it: &Done| it.recovery == done.recovery && it.step == found.done.step;
        last(&before[..found.place], found.done.began, same).map(|_| found)
    }

    /// The last try after `since` that was refused and led to this one: an earlier
    /// one of the same, or of a step that leads here when it is refused. Nothing is
    /// told of its begin, so it counts from when it could begin.
    fn tried(&self, before: &[Fact], done: &Done, since: Instant) -> Option<Found> {
        let leads_here = |it: &Done| {
            let same = it.step == done.step && it.subject == done.subject;
            it.recovery == done.recovery
                && self.concerns(it)
                && (same || self.node(it.step).on_refused == Some(done.step))
        };
        let mut tried = latest(before, done.began, Done::refused, leads_here)
            .filter(|it| it.done.at > since)?;
        let earlier = &before[..tried.place];
        let need = self.need_of(earlier, &tried.done).map(|it| it.done.at);
        let again = latest(earlier, tried.done.at, Done::refused, |it| {
            it.recovery == done.recovery
                && it.step == tried.done.step
                && it.subject == tried.done.subject
        });
        let ready = need.max(again.map(|it| it.done.at)).unwrap_or(since);
        (tried.done.ready, tried.done.began) = (ready, ready);
        Some(tried)
    }

    /// Whether the org can have waited for a step.
    fn concerns(&self, it: &Done) -> bool {
        match it.subject {
            Subject::Org(org) => org == self.org,
            Subject::Ticket(_) | Subject::Connector => self.recoveries.contains(&it.recovery),
        }
    }

    /// What had been done for the org before a recovery began that took it over
    /// from another one.
    fn earlier(&self, before: &[Fact], done: &Done) -> Option<Found> {
        let earlier =
            |it: &Done| it.recovery < done.recovery && self.recoveries.contains(&it.recovery);
        last(before, done.ready, |it| {
            earlier(it)
                && (it.subject == Subject::Org(self.org) || !matches!(it.subject, Subject::Org(_)))
        })
    }
}

/// The latest finished step at or before `by` that fits.
fn last(steps: &[Fact], by: Instant, fits: impl Fn(&Done) -> bool) -> Option<Found> {
    latest(steps, by, Done::finished, fits)
}

/// The latest fact of a kind at or before `by` that fits; of several at one instant
/// the last in the stream.
fn latest(
    steps: &[Fact],
    by: Instant,
    read: fn(&Fact) -> Option<Done>,
    fits: impl Fn(&Done) -> bool,
) -> Option<Found> {
    let found = steps.iter().enumerate().rev().filter(|it| it.1.at <= by);
    found
        .filter_map(|(place, fact)| read(fact).map(|done| Found { place, done }))
        .find(|it| fits(&it.done))
}

/// The recoveries that an org went through: those of the connector that held it at
/// T+0, those that took over from them, and its own.
fn recoveries_of(scene: &Scene<'_>, org: OrgIx) -> Vec<RecoveryIx> {
    let old = scene.setting.fleet.org(org).connector;
    let mut found = Vec::new();
    for (at, it) in scene.world.recoveries.iter().enumerate() {
        let this = RecoveryIx::from(at);
        let follows = |earlier: &RecoveryIx| scene.world.recovery(*earlier).successor == this;
        if it.connector == old || scene.world.org(org).recovery == this || found.iter().any(follows)
        {
            found.push(this);
        }
    }
    found
}

/// Whether a step can make the condition of a clock true.
fn ends(clock: ClockKind, issue: Issue) -> bool {
    use Issue::{
        AdoptConnector, Authorize, DeleteConnector, Discover, Promote, RecreateAnnotations,
    };
    use Issue::{RecreateRecords, ReleaseOwnership};
    match clock {
        ClockKind::Ownership => matches!(issue, ReleaseOwnership | Authorize | AdoptConnector),
        // A connector that comes back, and is authorised again, brings its records with it.
        ClockKind::Protection => matches!(issue, RecreateRecords | Authorize),
        ClockKind::Configuration => {
            matches!(
                issue,
                ReleaseOwnership | Authorize | AdoptConnector | RecreateAnnotations
            )
        }
        ClockKind::Full => {
            matches!(
                issue,
                ReleaseOwnership | Discover | RecreateAnnotations | RecreateRecords | Promote
            ) || matches!(issue, Authorize | AdoptConnector | DeleteConnector)
        }
    }
}

/// What came after the last step on the way.
fn after(last: Option<&Node>) -> Cause {
    match last.map(|it| it.issue) {
        Some(Issue::ReleaseOwnership) => Cause::Discovery,
        Some(Issue::RecreateRecords) => Cause::Recreation,
        _ => Cause::WaitingForTheRegion,
    }
}
