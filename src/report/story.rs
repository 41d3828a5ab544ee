//! What a recorded run tells beyond its verdict: where the time of each clock
//! went, and the facts that led to a judgement.

use super::describe::describe;
use super::entry::Ran;
use crate::checks::{CheckId, Judgement, Verdict, Who};
use crate::measures::{Clock, ClockKind, Path, Scene, Watch, critical_path};
use crate::model::evolve::evolve;
use crate::model::fact::{Fact, FactKind, What};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::model::world::World;
use crate::time::Instant;

/// How many facts explain a judgement.
const TOLD_MAX: usize = 10;

/// The slowest org of a clock, and where its time went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlowOrg {
    /// Which org.
    pub org: OrgIx,
    /// When its connector's outage began.
    pub from: Instant,
    /// The clock, split.
    pub path: Path,
}

/// A fact that led to a judgement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// When.
    pub at: Instant,
    /// One sentence.
    pub text: String,
}

/// For each clock, in the order of [`ClockKind::ALL`], the slowest org and where
/// its time went; nothing for a clock that never started or never stopped, or for
/// a run whose facts were not recorded.
#[must_use]
pub fn slowest(ran: &Ran) -> [Option<SlowOrg>; 4] {
    if !ran.is_recorded() {
        return [const { None }; 4];
    }
    let (plan, facts) = (&ran.scenario.plan, &ran.outcome.recorded);
    let setting = plan.setting();
    let mut world = World::at_rest(&plan.fleet);
    let procedure = &plan.procedure;
    let mut watch = Watch::new(&Scene {
        setting: &setting,
        procedure,
        world: &world,
    });
    for fact in facts {
        evolve(&setting, &mut world, fact);
        watch.observe(
            &Scene {
                setting: &setting,
                procedure,
                world: &world,
            },
            fact,
        );
    }
    let scene = Scene {
        setting: &setting,
        procedure,
        world: &world,
    };
    let worst = worst_orgs(&watch, &scene);
    let steps: Vec<Fact> = facts
        .iter()
        .filter(|it| {
            matches!(
                it.what.kind(),
                FactKind::StepFinished | FactKind::StepRefused
            )
        })
        .copied()
        .collect();
    let hours = |by| &plan.teams.of(by).hours;
    ClockKind::ALL.map(|kind| {
        let (org, clock) = worst[kind as usize]?;
        let after = clock.stopped()?;
        let from = watch.hit_at(&scene, org)?;
        let path = critical_path(&scene, &hours, &steps, org, kind, (from, from + after));
        Some(SlowOrg { org, from, path })
    })
}

/// For each clock the first org whose own is the largest.
fn worst_orgs(watch: &Watch, scene: &Scene<'_>) -> [Option<(OrgIx, Clock)>; 4] {
    let mut worst: [Option<(OrgIx, Clock)>; 4] = [None; 4];
    for org in (0..scene.world.orgs.len()).map(OrgIx::from) {
        let Some(clocks) = watch.clocks_of(scene, org) else {
            continue;
        };
        for kind in ClockKind::ALL {
            let clock = clocks.get(kind);
            if worst[kind as usize].is_none_or(|it| clock > it.1) {
                worst[kind as usize] = Some((org, clock));
            }
        }
    }
    worst
}

/// The facts that led to a judgement: about its first subject, and what that one
/// depends on, up to the instant of the judgement. The telling ones first where
/// there are too many, and then those nearest to that instant.
#[must_use]
pub fn led_to(ran: &Ran, judgement: &Judgement) -> Vec<Told> {
    if !ran.is_recorded() || matches!(judgement.verdict, Verdict::Held | Verdict::Vacuous) {
        return Vec::new();
    }
    let Some(&first) = judgement.who.first() else {
        return Vec::new();
    };
    let circle = Circle::of(&ran.outcome.world, ran, first);
    let until = judgement.at.unwrap_or(ran.outcome.end);
    let facts = &ran.outcome.recorded;
    let before = facts.partition_point(|it| it.at <= until);
    let mut found: Vec<(u8, usize)> = facts[..before]
        .iter()
        .enumerate()
        .filter(|it| circle.concerns(&it.1.what))
        .map(|(place, fact)| (weight(fact, judgement), place))
        .filter(|it| it.0 > 0)
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(*it));
    found.truncate(TOLD_MAX);
    found.sort_by_key(|it| it.1);
    let names = ran.names();
    let told = found.into_iter().map(|(_, place)| &facts[place]);
    let mut told: Vec<Told> = told
        .map(|it| Told {
            at: it.at,
            text: describe(&names, &it.what),
        })
        .collect();
    told.dedup();
    told
}

/// What an org, or a connector, depends on.
struct Circle {
    orgs: Vec<OrgIx>,
    connectors: Vec<ConnectorIx>,
    recoveries: Vec<RecoveryIx>,
    tickets: Vec<TicketIx>,
}

impl Circle {
    fn of(world: &World, ran: &Ran, who: Who) -> Self {
        let mut circle = Self {
            orgs: Vec::new(),
            connectors: Vec::new(),
            recoveries: Vec::new(),
            tickets: Vec::new(),
        };
        match who {
            Who::Org(org) => {
                circle.orgs.push(org);
                let held_by = ran.scenario.plan.fleet.org(org).connector;
                circle.connectors.extend(
                    [held_by, world.org(org).owner]
                        .into_iter()
                        .filter_map(ConnectorIx::get),
                );
            }
            Who::Connector(connector) => circle.connectors.push(connector),
        }
        for (at, recovery) in world.recoveries.iter().enumerate() {
            let serves = matches!(who, Who::Connector(it) if it == recovery.target);
            if serves || circle.connectors.contains(&recovery.connector) {
                circle.recoveries.push(RecoveryIx::from(at));
                circle.connectors.extend(
                    [recovery.connector, recovery.target]
                        .into_iter()
                        .filter_map(ConnectorIx::get),
                );
            }
        }
        let ours =
            |ticket: &crate::model::world::Ticket| circle.recoveries.contains(&ticket.recovery);
        circle.tickets = world
            .tickets
            .iter()
            .enumerate()
            .filter(|it| ours(it.1))
            .map(|it| TicketIx::from(it.0))
            .collect();
        circle
    }

    /// Whether a fact is about the subject itself, or about what it depends on and
    /// no other org.
    fn concerns(&self, what: &What) -> bool {
        let org = |it: OrgIx| !it.is_some() || self.orgs.contains(&it);
        let con = |it: &ConnectorIx| self.connectors.contains(it);
        match what {
            What::OrgOrphaned { org: o, .. }
            | What::OrgCovered { org: o, .. }
            | What::OrgCreated { org: o, .. }
            | What::OrgRenamed { org: o }
            | What::OrgDeleted { org: o }
            | What::OrgStoodDown { org: o, .. }
            | What::AdoptionRefused { org: o, .. }
            | What::OrgReleased { org: o, .. }
            | What::ReleaseMoot { org: o, .. }
            | What::OrgClaimed { org: o, .. }
            | What::EntitiesAppeared { org: o, .. }
            | What::AnnotationsRecreated { org: o, .. }
            | What::RecordsRecreated { org: o, .. }
            | What::RecreationCrashed { org: o, .. }
            | What::Promoted { org: o, .. }
            | What::OrgUnowned { org: o, .. }
            | What::GrantChanged { org: o, .. }
            | What::OrgListed { org: o, .. }
            | What::TicketCovers { org: o, .. }
            | What::TicketOmits { org: o, .. } => self.orgs.contains(o),
            What::PartialOutage { connector, .. }
            | What::ConnectorDown { connector }
            | What::ConnectorUp { connector }
            | What::ConfigLost { connector }
            | What::TokenRevoked { connector, .. }
            | What::AuthorizerAbsent { connector, .. }
            | What::DiscoveryStalled { connector, .. }
            | What::RecoveryStarted { connector, .. }
            | What::ConnectorCreated { connector, .. }
            | What::ConnectorAuthorized { connector }
            | What::ConsentWithdrawn { connector }
            | What::AutoDiscoverySet { connector, .. }
            | What::ConnectorAdopted { connector, .. }
            | What::ConnectorDeleted { connector } => con(connector),
            What::Refused {
                connector, org: o, ..
            } => self.orgs.contains(o) || (!o.is_some() && con(connector)),
            What::RecoveryStoodDown { recovery }
            | What::Slipped { recovery, .. }
            | What::ResourceIdCopied { recovery, .. }
            | What::TicketOpened { recovery, .. } => self.recoveries.contains(recovery),
            What::Verified { recovery, org: o } => org(*o) && self.recoveries.contains(recovery),
            What::StepFinished {
                recovery, subject, ..
            }
            | What::StepRefused {
                recovery, subject, ..
            } => {
                let ours = match subject {
                    crate::model::fact::Subject::Org(o) => self.orgs.contains(o),
                    _ => true,
                };
                ours && self.recoveries.contains(recovery)
            }
            What::TicketTriaged { ticket }
            | What::TicketRejected { ticket }
            | What::TicketQueued { ticket, .. }
            | What::TicketLost { ticket, .. }
            | What::TicketMisrouted { ticket }
            | What::TicketClosed { ticket } => self.tickets.contains(ticket),
            // Regions, SCMs, the inventory, the teams: few, and everybody depends on them.
            _ => true,
        }
    }
}

/// How telling a fact is; zero for what only repeats another one.
fn weight(fact: &Fact, judgement: &Judgement) -> u8 {
    if judgement.led_by == Some((fact.what.kind(), fact.at)) {
        return 4;
    }
    match fact.what.kind() {
        // Where it went wrong, and the milestones that say what it waited for.
        FactKind::StepRefused
        | FactKind::Refused
        | FactKind::Slipped
        | FactKind::TicketRejected
        | FactKind::TicketLost
        | FactKind::TicketMisrouted
        | FactKind::TicketOmits
        | FactKind::TicketOpened
        | FactKind::TicketTriaged
        | FactKind::AdoptionRefused
        | FactKind::RecreationCrashed
        | FactKind::OrgUnowned
        | FactKind::OrgDeleted
        | FactKind::ConnectorDeleted
        | FactKind::ConfigLost
        | FactKind::ConnectorDown
        | FactKind::RecoveryStoodDown
        | FactKind::SupportSurge
        | FactKind::OthersWrite
        | FactKind::TicketQueued
        | FactKind::ConsentWithdrawn
        | FactKind::AutoDiscoverySet
        | FactKind::OrgListed
        | FactKind::GrantChanged => 3,
        // What each of these did is a fact of its own.
        FactKind::StepFinished | FactKind::RegionDown | FactKind::TicketCovers => 0,
        FactKind::RecordsRecreated => recreation_weight(fact, judgement.check),
        FactKind::FaultMissed
        | FactKind::OrgCovered
        | FactKind::Verified
        | FactKind::TicketClosed => 1,
        _ => 2,
    }
}

/// Of recreations those count that a check is about.
fn recreation_weight(fact: &Fact, check: CheckId) -> u8 {
    let What::RecordsRecreated { kind, .. } = fact.what else {
        return 0;
    };
    match (check, kind) {
        (CheckId::AlertsRestored | CheckId::AlertsRestoredInTime, RecordKind::Alert)
        | (CheckId::RecommendationsRestored, RecordKind::Recommendation)
        | (CheckId::GraphRestored, RecordKind::GraphEntity)
        | (CheckId::NoDuplicateRecord | CheckId::NoPhantomRecord, _)
        | (CheckId::OnlyDocumentedLosses, _) => 2,
        _ => 0,
    }
}
