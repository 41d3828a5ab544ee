//! A fleet of two connectors, and a hand that plays its recovery.

use super::pieces::{fleet, procedure};
use crate::measures::{Measures, Scene, Watch};
use crate::model::catalogue::SEED;
use crate::model::command::{Actor, Blow, Command, RegionRef, TicketScope};
use crate::model::decide::decide;
use crate::model::evolve::evolve;
use crate::model::fact::{Fact, Subject, What};
use crate::model::fleet::{Fleet, RecordKind};
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StrikeIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::{Parameters, Rule, Rules, Setting};
use crate::model::world::World;
use crate::procedure::{Graph, Issue};
use crate::time::{Duration, Instant};

/// The connector that is lost: West Europe, three orgs with annotations.
pub(crate) const A: ConnectorIx = ConnectorIx(0);
/// The bystander: Central US, two orgs.
pub(crate) const B: ConnectorIx = ConnectorIx(1);

pub(crate) fn mins(count: u64) -> Instant {
    Instant::ZERO + Duration::from_mins(count)
}

pub(crate) fn hours(count: u64) -> Instant {
    Instant::ZERO + Duration::from_hours(count)
}

pub(crate) fn days(count: u64) -> Instant {
    Instant::ZERO + Duration::from_days(count)
}

/// Who else reads the facts.
pub(crate) trait Reader: Default {
    fn read(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact);
}

impl Reader for () {
    fn read(&mut self, _: &Scene<'_>, _: &Watch, _: &Fact) {}
}

/// A run in the making.
#[derive(Clone)]
pub(crate) struct Stage<R> {
    pub(crate) fleet: Fleet,
    pub(crate) parameters: Parameters,
    pub(crate) rules: Rules,
    pub(crate) graph: Graph,
    pub(crate) world: World,
    pub(crate) watch: Watch,
    pub(crate) facts: Vec<Fact>,
    pub(crate) reader: R,
}

/// A run that only the watch reads.
pub(crate) type Lab = Stage<()>;

impl<R: Reader> Stage<R> {
    /// Orgs 0 to 2 are A's; 3 and 4 are B's; 5 does not exist yet.
    pub(crate) fn new() -> Self {
        Self::with(Parameters::default(), Rules::default())
    }

    pub(crate) fn suspending(rule: Rule) -> Self {
        Self::with(Parameters::default(), Rules::default().without(rule))
    }

    pub(crate) fn with(parameters: Parameters, rules: Rules) -> Self {
        let fleet = fleet();
        let graph = Graph::compile(&procedure(), &parameters).expect("the procedure is sound");
        let world = World::at_rest(&fleet);
        let setting = Setting {
            fleet: &fleet,
            parameters: &parameters,
            rules,
        };
        let watch = Watch::new(&Scene {
            setting: &setting,
            procedure: &graph,
            world: &world,
        });
        Self {
            parameters,
            rules,
            graph,
            world,
            watch,
            facts: Vec::new(),
            reader: R::default(),
            fleet,
        }
    }

    /// Looks at the run as it stands.
    pub(crate) fn look<T>(&self, see: impl FnOnce(&Scene<'_>) -> T) -> T {
        let setting = Setting {
            fleet: &self.fleet,
            parameters: &self.parameters,
            rules: self.rules,
        };
        see(&Scene {
            setting: &setting,
            procedure: &self.graph,
            world: &self.world,
        })
    }

    pub(crate) fn measures(&self, end: Instant) -> Measures {
        self.look(|scene| self.watch.finish(scene, end))
    }

    /// A fact as it is.
    pub(crate) fn say(&mut self, at: Instant, by: Actor, what: What) {
        let fact = Fact { at, by, what };
        let setting = Setting {
            fleet: &self.fleet,
            parameters: &self.parameters,
            rules: self.rules,
        };
        evolve(&setting, &mut self.world, &fact);
        let scene = Scene {
            setting: &setting,
            procedure: &self.graph,
            world: &self.world,
        };
        self.watch.observe(&scene, &fact);
        self.reader.read(&scene, &self.watch, &fact);
        self.facts.push(fact);
    }

    /// A command, and all the facts that it leads to.
    pub(crate) fn command(&mut self, at: Instant, by: Actor, command: &Command) {
        let mut facts = Vec::new();
        let setting = Setting {
            fleet: &self.fleet,
            parameters: &self.parameters,
            rules: self.rules,
        };
        decide(&setting, &self.world, at, by, command, &mut facts);
        for fact in facts {
            self.say(fact.at, fact.by, fact.what);
        }
    }

    /// A region goes down.
    pub(crate) fn lose(&mut self, at: Instant, region: &str) {
        let region = SEED.find(region).expect("it is in the catalogue");
        let blow = Blow::RegionOutage(RegionRef::Named(region));
        let strike = StrikeIx(region.0);
        self.command(at, Actor::Fate, &Command::Strike { strike, blow });
    }

    /// A region comes back.
    pub(crate) fn bring_back(&mut self, at: Instant, region: &str) {
        let region = SEED.find(region).expect("it is in the catalogue");
        let blow = Blow::RegionOutage(RegionRef::Named(region));
        let strike = StrikeIx(region.0);
        self.command(at, Actor::Fate, &Command::Relent { strike, blow });
    }

    /// A step is finished that was ready and begun at given instants.
    pub(crate) fn finish(
        &mut self,
        issue: Issue,
        subject: Subject,
        [ready, began, at]: [Instant; 3],
    ) {
        let step = self.graph.doing(issue).expect("the procedure has it");
        let by = self.graph.step(step).by;
        let recovery = RecoveryIx::from(self.world.recoveries.len() - 1);
        self.say(
            at,
            by,
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                began,
            },
        );
    }

    /// From detection to a ticket that is triaged: the target stands in North Europe.
    pub(crate) fn prepare(&mut self, lost: ConnectorIx, at: Instant, region: &str) {
        let by = Actor::Operator;
        self.command(at, by, &Command::StartRecovery(lost));
        let recovery = RecoveryIx::from(self.world.recoveries.len() - 1);
        self.command(
            at,
            by,
            &Command::CopyResourceId {
                recovery,
                mistaken: None,
            },
        );
        let region = SEED.find(region).expect("it is in the catalogue");
        let created = ConnectorIx::from(self.world.connectors.len());
        self.command(
            at,
            by,
            &Command::CreateConnector {
                recovery,
                region,
                as_target: true,
            },
        );
        self.finish(Issue::CreateConnector, Subject::Connector, [at, at, at]);
        self.command(at, by, &Command::Authorize(created));
        let ticket = TicketIx::from(self.world.tickets.len());
        let forgotten = RangeSet::new();
        self.command(
            at,
            by,
            &Command::OpenTicket {
                recovery,
                names: lost,
                scope: TicketScope::All,
                forgotten,
            },
        );
        self.command(at, Actor::Support, &Command::TriageTicket(ticket));
    }

    /// Releases an org under the last ticket; the target's pass claims it.
    pub(crate) fn release(&mut self, at: Instant, org: OrgIx) {
        let ticket = TicketIx::from(self.world.tickets.len() - 1);
        self.command(
            at,
            Actor::Support,
            &Command::ReleaseOwnership { ticket, org },
        );
        self.finish(
            Issue::ReleaseOwnership,
            Subject::Org(org),
            [Instant::ZERO, at, at],
        );
        let target = self.target();
        self.command(at, Actor::Platform, &Command::Discover(target));
    }

    /// The target of the last recovery.
    pub(crate) fn target(&self) -> ConnectorIx {
        self.world.recoveries.last().expect("one began").target
    }

    /// The org's entities appear, and its annotations are set again.
    pub(crate) fn show(&mut self, at: Instant, org: OrgIx) {
        let connector = self.target();
        self.command(
            at,
            Actor::Platform,
            &Command::ShowEntities { org, connector },
        );
        if self.fleet.org(org).annotated {
            self.command(
                at,
                Actor::Operator,
                &Command::RecreateAnnotations { org, connector },
            );
        }
    }

    /// Records of one kind, from the first, into the target.
    pub(crate) fn recreate(&mut self, at: Instant, org: OrgIx, kind: RecordKind, to: u32) {
        let command = Command::RecreateRecords {
            org,
            connector: self.target(),
            kind,
            from: 0,
            to,
        };
        self.command(at, Actor::Platform, &command);
    }

    /// All that the platform recreates of an org when `alerts` are inside.
    pub(crate) fn recreate_all(&mut self, at: Instant, org: OrgIx, alerts: u32) {
        self.recreate(at, org, RecordKind::Alert, alerts);
        self.recreate(at, org, RecordKind::Recommendation, u32::MAX);
        self.recreate(at, org, RecordKind::GraphEntity, u32::MAX);
        self.finish(Issue::RecreateRecords, Subject::Org(org), [at, at, at]);
    }

    /// Everything for A's orgs but the old connector's end: released and recreated
    /// within a minute an org.
    pub(crate) fn move_over(&mut self, at: Instant) {
        let lost = self
            .world
            .recoveries
            .last()
            .expect("one began")
            .orgs
            .clone();
        for org in lost.iter().map(OrgIx) {
            let alerts = self.watch.in_window(org);
            self.release(at, org);
            self.show(at, org);
            self.recreate_all(at, org, alerts);
        }
        let ticket = TicketIx::from(self.world.tickets.len() - 1);
        self.command(at, Actor::Support, &Command::CloseTicket(ticket));
    }

    /// The target becomes primary and the old connector goes.
    pub(crate) fn retire(&mut self, at: Instant) {
        let recovery = RecoveryIx::from(self.world.recoveries.len() - 1);
        let old = self.world.recovery(recovery).connector;
        self.command(at, Actor::Platform, &Command::Promote(recovery));
        self.finish(Issue::Promote, Subject::Connector, [at, at, at]);
        self.command(at, Actor::Operator, &Command::DeleteConnector(old));
        self.finish(Issue::DeleteConnector, Subject::Connector, [at, at, at]);
    }

    /// West Europe is lost at T+0 and back at T+48h, and all goes well.
    pub(crate) fn whole_recovery() -> Self {
        let mut lab = Self::new();
        lab.lose(Instant::ZERO, "westeurope");
        lab.prepare(A, hours(1), "northeurope");
        lab.move_over(hours(6));
        lab.bring_back(hours(48), "westeurope");
        lab.retire(hours(49));
        lab
    }
}
