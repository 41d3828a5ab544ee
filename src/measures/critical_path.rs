//! Where the time went: one org's clock, split along the chain of steps that it
//! waited for.

use super::{ClockKind, Scene};
use crate::model::command::Actor;
use crate::model::fact::{Fact, Subject, What};
use crate::model::ids::{OrgIx, RecoveryIx, StepIx};
use crate::procedure::{ForEach, Issue, Node};
use crate::time::{Duration, Instant};

/// What a stretch of a clock was spent on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Cause {
    /// Nobody had noticed yet.
    Detect,
    /// People looked, talked, decided.
    Decide,
    /// The customer's people worked.
    CustomersWork,
    /// A step was ready, and nobody was there to do it.
    WaitingForAPerson,
    /// The ticket stood in the support queue.
    WaitingInTheTicketQueue,
    /// Support or the platform worked.
    MicrosoftsWork,
    /// The platform went through orgs, this one's or those before it.
    Discovery,
    /// The platform recreated records, this org's or those before it.
    Recreation,
    /// The region was down, or there was none to go to.
    WaitingForTheRegion,
}

impl Cause {
    /// How many there are.
    const COUNT: usize = 9;

    /// Every cause, in the order of output.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Detect,
        Self::Decide,
        Self::CustomersWork,
        Self::WaitingForAPerson,
        Self::WaitingInTheTicketQueue,
        Self::MicrosoftsWork,
        Self::Discovery,
        Self::Recreation,
        Self::WaitingForTheRegion,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Decide => "decide",
            Self::CustomersWork => "customer's work",
            Self::WaitingForAPerson => "waiting for a person",
            Self::WaitingInTheTicketQueue => "waiting in the ticket queue",
            Self::MicrosoftsWork => "Microsoft's work",
            Self::Discovery => "discovery",
            Self::Recreation => "recreation",
            Self::WaitingForTheRegion => "waiting for the region",
        }
    }

    /// What the time from a step's begin to its end was.
    fn of_work(node: &Node) -> Self {
        match (node.issue, node.by) {
            (Issue::Detect, _) => Self::Detect,
            (Issue::Discover, _) => Self::Discovery,
            (Issue::RecreateRecords, _) => Self::Recreation,
            (_, Actor::Support | Actor::Platform) => Self::MicrosoftsWork,
            (Issue::Nothing, _) => Self::Decide,
            _ => Self::CustomersWork,
        }
    }

    /// What the time from the end of a step's needs to its begin was.
    fn of_wait(node: &Node) -> Self {
        match (node.issue, node.by) {
            (Issue::Discover, _) => Self::Discovery,
            (Issue::RecreateRecords, _) => Self::Recreation,
            (_, Actor::Support) if node.for_each == ForEach::Ticket => {
                Self::WaitingInTheTicketQueue
            }
            (_, Actor::Support | Actor::Platform) => Self::MicrosoftsWork,
            _ => Self::WaitingForAPerson,
        }
    }

    /// What the time was between the last of a step's needs and the instant when
    /// it was ready.
    fn of_gap(node: &Node) -> Self {
        if node.needs_region || node.issue == Issue::CreateConnector || node.issue == Issue::Detect
        {
            Self::WaitingForTheRegion
        } else {
            Self::WaitingForAPerson
        }
    }
}

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
/// `steps` is the recorded stream in its order; only its `step-finished` facts are
/// read. The way is walked backwards: from the last step that the clock waited for,
/// through the wait for whoever did it, to the need that was finished last, and so
/// on. A step that was done again counts with the try that stood.
#[must_use]
pub fn critical_path(
    scene: &Scene<'_>,
    steps: &[Fact],
    org: OrgIx,
    clock: ClockKind,
    from: Instant,
    to: Instant,
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
        split.back_to(done.began, Cause::of_work(node));
        split.back_to(done.ready, Cause::of_wait(node));
        if split.is_over() {
            break;
        }
        next = chain
            .need_of(&steps[..place], &done)
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

/// A finished step.
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
    fn read(fact: &Fact) -> Option<Self> {
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

/// A finished step, and its place in the stream.
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
        let concerns = |it: &Done| match it.subject {
            Subject::Org(org) => org == self.org,
            Subject::Ticket(_) | Subject::Connector => self.recoveries.contains(&it.recovery),
        };
        last(steps, by, |it| concerns(it) && fits(it.step))
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

/// The latest finished step at or before `by` that fits; of several at one instant
/// the last in the stream.
fn last(steps: &[Fact], by: Instant, fits: impl Fn(&Done) -> bool) -> Option<Found> {
    let found = steps.iter().enumerate().rev().filter(|it| it.1.at <= by);
    found
        .filter_map(|(place, fact)| Done::read(fact).map(|done| Found { place, done }))
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
        ClockKind::Protection => matches!(issue, RecreateRecords),
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
            ) || issue == DeleteConnector
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
