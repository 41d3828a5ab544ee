//! `support-queue`: read, and held to what a run can carry.

use super::fault_kinds::STRIKES_MAX;
use super::say::Say;
use crate::chance::DurationDist;
use crate::faults::{Fault, FaultKind};
use crate::model::ids::entity_key;
use crate::scenario::codes;
use crate::scenario::plan::AFTERMATH;
use crate::scenario::queue::{Rework, Rush, Stream, SupportQueue, USUAL_PRIORITY};
use crate::scenario::staff::Teams;
use crate::scenario::syntax::{Span, View};
use crate::time::{Duration, Instant};

/// The support queue of a file.
pub(super) fn queue(
    tree: View<'_>,
    teams: &Teams,
    faults: &[Fault],
    until: Option<Instant>,
    say: &mut Say<'_>,
) -> SupportQueue {
    let end = until.unwrap_or_else(|| super::last_end(faults) + AFTERMATH);
    let queues = Queues {
        teams,
        faults,
        end,
        say,
    };
    queues.read(tree)
}

/// Where the tickets of others and ours meet.
struct Queues<'a, 's> {
    teams: &'a Teams,
    faults: &'a [Fault],
    /// When the run is over, as far as that is known.
    end: Instant,
    say: &'a mut Say<'s>,
}

impl Queues<'_, '_> {
    fn read(mut self, tree: View<'_>) -> SupportQueue {
        let mut queue = SupportQueue::default();
        let Some(written) = tree.get("support-queue") else {
            return queue;
        };
        queue.priority = class(written, USUAL_PRIORITY);
        queue.rework.priority = queue.priority;
        if let Some(rework) = written.get("rework") {
            queue.rework = Rework {
                keeps_place: rework.get("place").is_some_and(|it| it.text() == "kept"),
                priority: class(rework, queue.priority),
            };
        }
        let others = written.get("others").into_iter().flat_map(View::entries);
        for (name, view) in others {
            self.needs_people(name.span);
            queue.others.extend(self.stream(&name.value, view));
        }
        queue.others.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(view) = written.get("region-lost") {
            self.needs_people(written.key_span("region-lost").unwrap_or(view.span()));
            queue.region_lost = self.rush(view);
        }
        queue
    }

    /// Others delay ours only if support is short of people.
    fn needs_people(&mut self, span: Span) {
        if self.teams.support.size.is_some() {
            return;
        }
        let message = "support has no size, so it is never short of people";
        let it = self.say.about(
            &codes::SURGE_WITHOUT_SIZE,
            span,
            message,
            "would do nothing",
        );
        self.say
            .push(it.help("add `teams: { support: { size: 5 } }`"));
    }

    fn stream(&mut self, name: &str, view: View<'_>) -> Option<Stream> {
        let written = view.get("every")?;
        let every = self.say.span_dist(written);
        let instant = |key: &str| view.get(key).and_then(View::parse::<Instant>);
        let (from, to) = (instant("from").unwrap_or_default(), instant("to"));
        if let Some(span) = view.key_span("to").filter(|_| to <= Some(from)) {
            let message = "they stop coming before they begin to";
            self.say.error(
                &codes::SPAN_EMPTY,
                span,
                message,
                format!("not after {from}"),
            );
        }
        let lasts = to.unwrap_or(self.end).since(from);
        self.bounded(&every, lasts, written);
        Some(Stream {
            key: entity_key("others", name),
            name: name.into(),
            every,
            takes: self.takes(view),
            priority: class(view, USUAL_PRIORITY),
            from,
            to,
        })
    }

    /// Each arrival is work for the run, so there must not be too many.
    fn bounded(&mut self, every: &DurationDist, lasts: Duration, written: View<'_>) {
        let typical = every.typical().as_millis();
        let count = lasts.as_millis().checked_div(typical);
        if count.is_some_and(|count| count <= STRIKES_MAX) {
            return;
        }
        let message = format!("there may be more than {STRIKES_MAX} of these");
        let label = format!("one every {} for {lasts}", every.typical());
        let it = self
            .say
            .about(&codes::UNBOUNDED, written.span(), message, label);
        self.say
            .push(it.help("let them come more slowly, or end them with `to`"));
    }

    fn rush(&mut self, view: View<'_>) -> Option<Rush> {
        let written = view.get("tickets")?;
        let tickets = self.say.count_dist(written);
        let most = tickets
            .support()
            .1
            .saturating_mul(losses(self.faults).max(1));
        if most > STRIKES_MAX {
            let message =
                format!("all losses of regions together may bring more than {STRIKES_MAX} tickets");
            let it = self.say.about(
                &codes::UNBOUNDED,
                written.span(),
                message,
                "too many, or without bound",
            );
            self.say
                .push(it.help("use a number, `uniform`, `pert` or `empirical` with a bound"));
            return None;
        }
        let after = view
            .get("after")
            .map_or(DurationDist::fixed(Duration::ZERO), |it| {
                self.say.span_dist(it)
            });
        Some(Rush {
            tickets,
            after,
            takes: self.takes(view),
            priority: class(view, USUAL_PRIORITY),
        })
    }

    fn takes(&mut self, view: View<'_>) -> Option<DurationDist> {
        view.get("takes").map(|it| self.say.span_dist(it))
    }
}

fn class(view: View<'_>, usual: u8) -> u8 {
    let written = view.get("priority").map(View::whole);
    written
        .and_then(|it| u8::try_from(it).ok())
        .unwrap_or(usual)
}

/// How often the timeline may take a whole region down.
fn losses(faults: &[Fault]) -> u64 {
    let of = |fault: &Fault| match &fault.kind {
        FaultKind::RegionOutage {
            regions, returns, ..
        } => regions.len() as u64 * if returns.is_some() { 2 } else { 1 },
        FaultKind::RegionFlap { times, .. } => times.support().1,
        _ => 0,
    };
    faults
        .iter()
        .fold(0, |sum: u64, it| sum.saturating_add(of(it)))
}
