//! The critical path: the parts sum to the clock, to the millisecond.

use super::{A, Lab, hours, mins};
use crate::measures::{Cause, ClockKind, Path, critical_path};
use crate::model::fact::Subject;
use crate::model::ids::{OrgIx, TicketIx};
use crate::procedure::Issue;
use crate::time::{Duration, Instant};

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
    lab.look(|scene| critical_path(scene, &lab.facts, OrgIx(0), clock, from, to))
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
                    critical_path(scene, &lab.facts[..steps], OrgIx(0), clock, from, to)
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
