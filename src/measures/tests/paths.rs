//! The critical path: the parts sum to the clock, to the millisecond.

use super::{A, Lab, hours, mins};
use crate::measures::{Cause, ClockKind, Path, critical_path};
use crate::model::fact::{Reason, Subject, What};
use crate::model::ids::{OrgIx, RecoveryIx, TicketIx};
use crate::procedure::Issue;
use crate::time::{Calendar, Duration, Instant};

const ORG: Subject = Subject::Org(OrgIx(0));
const TICKET: Subject = Subject::Ticket(TicketIx(0));

/// The seed's way for one org, with a wait in the queue, for a person, for the
/// orgs before it, and for the region.
fn played() -> Lab {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, mins(15), "northeurope");
    lab.facts.clear();
    let connector = Subject::Connector;
    for (issue, subject, times) in [
        (Issue::Detect, connector, [0, 0, 15]),
        (Issue::Nothing, connector, [15, 75, 105]),
        (Issue::CopyResourceId, connector, [105, 105, 110]),
        (Issue::CreateConnector, connector, [110, 110, 125]),
        (Issue::OpenTicket, connector, [125, 125, 135]),
        (Issue::TriageTicket, TICKET, [135, 200, 440]),
        (Issue::ReleaseOwnership, ORG, [440, 443, 444]),
        (Issue::Discover, ORG, [444, 500, 520]),
        (Issue::RecreateAnnotations, ORG, [520, 520, 522]),
        (Issue::RecreateRecords, ORG, [520, 530, 560]),
        (Issue::Promote, connector, [2880, 2880, 2885]),
        (Issue::DeleteConnector, connector, [2885, 2885, 2890]),
    ] {
        lab.finish(issue, subject, times.map(mins));
    }
    lab
}

fn path(lab: &Lab, clock: ClockKind, from: Instant, to: Instant) -> Path {
    path_with(lab, &Calendar::always(), clock, (from, to))
}

fn path_with(lab: &Lab, hours: &Calendar, clock: ClockKind, times: (Instant, Instant)) -> Path {
    let all = |_| hours;
    lab.look(|scene| critical_path(scene, &all, &lab.facts, OrgIx(0), clock, times))
}

fn in_mins(path: &Path) -> Vec<(Cause, u64)> {
    path.parts
        .iter()
        .map(|it| (it.0, it.1.as_millis() / 60_000))
        .collect()
}

#[test]
fn protection_is_split_along_the_way_of_the_org() {
    let lab = played();
    let path = path(&lab, ClockKind::Protection, Instant::ZERO, mins(560));
    assert_eq!(
        in_mins(&path),
        [
            (Cause::Detect, 15),
            (Cause::Decide, 30),
            (Cause::CustomersWork, 5 + 15 + 10),
            (Cause::WaitingForAPerson, 60),
            (Cause::WaitingInTheTicketQueue, 65),
            (Cause::MicrosoftsWork, 240 + 4),
            (Cause::Discovery, 76),
            (Cause::Recreation, 40),
        ]
    );
    assert_eq!(path.total(), Duration::from_mins(560));
    assert_eq!(path.via.first().map(String::as_str), Some("detect"));
    assert_eq!(
        path.via.last().map(String::as_str),
        Some("recreate-records")
    );
}

#[test]
fn the_full_clock_waits_for_the_region() {
    let lab = played();
    let path = path(&lab, ClockKind::Full, Instant::ZERO, mins(2890));
    assert_eq!(
        path.part(Cause::WaitingForTheRegion),
        Duration::from_mins(2880 - 560)
    );
    assert_eq!(path.total(), Duration::from_mins(2890));
}

#[test]
fn ownership_ends_with_the_release() {
    let lab = played();
    let path = path(&lab, ClockKind::Ownership, Instant::ZERO, mins(444));
    assert_eq!(path.part(Cause::Discovery), Duration::ZERO);
    assert_eq!(path.total(), Duration::from_mins(444));
}

#[test]
fn whatever_was_recorded_the_parts_sum_to_the_clock() {
    let always = Calendar::always();
    let lab = played();
    for clock in ClockKind::ALL {
        for (from, to) in [
            (0, 0),
            (0, 1),
            (7, 443),
            (100, 2886),
            (0, 100_000),
            (600, 700),
        ] {
            let (from, to) = (
                Instant::from_millis(from * 60_000),
                Instant::from_millis(to * 60_000),
            );
            for steps in 0..=lab.facts.len() {
                let split = lab.look(|scene| {
                    let (hours, facts) = (|_| &always, &lab.facts[..steps]);
                    critical_path(scene, &hours, facts, OrgIx(0), clock, (from, to))
                });
                assert_eq!(
                    split.total(),
                    to.since(from),
                    "{clock:?} {from} {to} {steps}"
                );
            }
        }
    }
}

#[test]
fn a_try_that_stood_counts_and_the_way_to_it() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, mins(15), "northeurope");
    lab.facts.clear();
    lab.finish(
        Issue::Detect,
        Subject::Connector,
        [mins(0), mins(0), mins(15)],
    );
    lab.finish(
        Issue::OpenTicket,
        Subject::Connector,
        [mins(15), mins(15), mins(25)],
    );
    // The first ticket was rejected: another is opened.
    lab.finish(
        Issue::OpenTicket,
        Subject::Connector,
        [hours(5), hours(5), hours(6)],
    );
    lab.finish(Issue::TriageTicket, TICKET, [hours(6), hours(6), hours(10)]);
    lab.finish(
        Issue::ReleaseOwnership,
        ORG,
        [hours(10), hours(10), hours(11)],
    );
    let path = path(&lab, ClockKind::Ownership, Instant::ZERO, hours(11));
    assert_eq!(
        path.via,
        [
            "detect",
            "open-ticket",
            "triage-ticket",
            "release-ownership"
        ]
    );
    assert_eq!(path.part(Cause::MicrosoftsWork), Duration::from_hours(5));
    assert_eq!(path.total(), Duration::from_hours(11));
}

/// A step that is refused, and led by the procedure to another try.
fn refuse(lab: &mut Lab, issue: Issue, subject: Subject, at: Instant) {
    let step = lab.graph.doing(issue).expect("the procedure has it");
    let (by, recovery) = (lab.graph.step(step).by, RecoveryIx(0));
    let reason = Reason::Unfit;
    lab.say(
        at,
        by,
        What::StepRefused {
            recovery,
            step,
            subject,
            reason,
        },
    );
}

/// What comes before the ticket, up to its 65th minute.
fn begun() -> Lab {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, mins(15), "northeurope");
    lab.facts.clear();
    for (issue, times) in [
        (Issue::Detect, [0, 0, 15]),
        (Issue::Nothing, [15, 15, 45]),
        (Issue::CopyResourceId, [45, 45, 50]),
        (Issue::CreateConnector, [50, 50, 65]),
    ] {
        lab.finish(issue, Subject::Connector, times.map(mins));
    }
    lab
}

/// The first ticket is triaged for four hours and rejected: that was Microsoft's work,
/// and what came before it the customer's, though all of it had to be done again.
#[test]
fn a_try_that_was_refused_is_work_of_whoever_made_it() {
    let mut lab = begun();
    let (connector, second) = (Subject::Connector, Subject::Ticket(TicketIx(1)));
    lab.finish(Issue::OpenTicket, connector, [65, 65, 75].map(mins));
    refuse(&mut lab, Issue::TriageTicket, TICKET, mins(315));
    for (issue, subject, times) in [
        // Two minutes until somebody had time.
        (Issue::CopyResourceId, connector, [315, 317, 322]),
        (Issue::OpenTicket, connector, [322, 322, 332]),
        (Issue::TriageTicket, second, [332, 332, 572]),
        (Issue::ReleaseOwnership, ORG, [572, 572, 573]),
    ] {
        lab.finish(issue, subject, times.map(mins));
    }
    let path = path(&lab, ClockKind::Ownership, Instant::ZERO, mins(573));
    assert_eq!(
        in_mins(&path),
        [
            (Cause::Detect, 15),
            (Cause::Decide, 30),
            (Cause::CustomersWork, 5 + 15 + 10 + 5 + 10),
            (Cause::WaitingForAPerson, 2),
            (Cause::MicrosoftsWork, 240 + 240 + 1),
        ]
    );
}

/// A step that is refused and tried again an hour later: both tries are work, and what
/// lies between them waits for a person.
#[test]
fn tries_of_one_step_are_told_apart_from_the_waits_between_them() {
    let mut lab = begun();
    refuse(&mut lab, Issue::OpenTicket, Subject::Connector, mins(75));
    ticket_from(&mut lab, [135, 135, 145]);
    let path = path(&lab, ClockKind::Ownership, Instant::ZERO, mins(386));
    assert_eq!(
        in_mins(&path),
        [
            (Cause::Detect, 15),
            (Cause::Decide, 30),
            (Cause::CustomersWork, 5 + 15 + 10 + 10),
            (Cause::WaitingForAPerson, 60),
            (Cause::MicrosoftsWork, 241),
        ]
    );
}

/// The ticket is opened, and triaged and done with at once.
fn ticket_from(lab: &mut Lab, opened: [u64; 3]) {
    let end = opened[2];
    lab.finish(Issue::OpenTicket, Subject::Connector, opened.map(mins));
    lab.finish(Issue::TriageTicket, TICKET, [end, end, end + 240].map(mins));
    lab.finish(
        Issue::ReleaseOwnership,
        ORG,
        [end + 240, end + 240, end + 241].map(mins),
    );
}

#[test]
fn a_ticket_that_went_to_the_wrong_people_waits_in_the_queue() {
    let mut lab = begun();
    lab.finish(
        Issue::OpenTicket,
        Subject::Connector,
        [65, 65, 75].map(mins),
    );
    // Found after eight hours, and taken up ten minutes later.
    lab.finish(Issue::TriageTicket, TICKET, [555, 565, 805].map(mins));
    lab.finish(Issue::ReleaseOwnership, ORG, [805, 805, 806].map(mins));
    let path = path(&lab, ClockKind::Ownership, Instant::ZERO, mins(806));
    assert_eq!(
        path.part(Cause::WaitingInTheTicketQueue),
        Duration::from_mins(490)
    );
    assert_eq!(path.part(Cause::WaitingForAPerson), Duration::ZERO);
    assert_eq!(path.part(Cause::MicrosoftsWork), Duration::from_mins(241));
}

/// The step is begun at the end of a day and finished the next morning.
#[test]
fn a_pause_outside_hours_is_no_work() {
    let mut lab = begun();
    ticket_from(&mut lab, [65, 65, 1000]);
    let hours = Calendar::from_spans([(Instant::ZERO, mins(75)), (mins(970), mins(5000))]);
    let times = (Instant::ZERO, mins(1241));
    let split = path_with(&lab, &hours, ClockKind::Ownership, times);
    assert_eq!(
        in_mins(&split),
        [
            (Cause::Detect, 15),
            (Cause::Decide, 30),
            (Cause::CustomersWork, 5 + 15 + 10 + 30),
            (Cause::WaitingForAPerson, 895),
            (Cause::MicrosoftsWork, 241),
        ]
    );
}
