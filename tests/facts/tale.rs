//! A run as lines to assert on.

use lifeboat::checks::{CheckId, Judgement, Verdict};
use lifeboat::drill::{Drill, Outcome, Record};
use lifeboat::measures::{Clock, ClockKind, Line};
use lifeboat::model::fact::{Fact, Subject, What};
use lifeboat::model::fleet::RecordKind;
use lifeboat::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StepIx};
use lifeboat::scenario::{Reader, Scenario};

/// A region outage that outlasts everything but the retirement of the old connector.
pub(crate) const A_DAY: &str =
    "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]\n";

/// A scenario of one connector, with three GitHub orgs and nothing more said.
pub(crate) fn three_orgs(rest: &str) -> Tale {
    tale(&format!(
        "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 3 }} }} }}\n{rest}"
    ))
}

/// Reads a scenario without its head, and runs it.
pub(crate) fn tale(body: &str) -> Tale {
    let scenario = read(body);
    let outcome = Drill::new(&scenario.plan).run_recording(Record::Everything);
    told(scenario, outcome)
}

/// What came of a scenario whose every fact was recorded.
pub(crate) fn told(scenario: Scenario, outcome: Outcome) -> Tale {
    assert!(outcome.balance.is_ok(), "{:?}", outcome.balance);
    let lines = Lines(&scenario, &outcome).all();
    Tale {
        scenario,
        outcome,
        lines,
    }
}

pub(crate) fn read(body: &str) -> Scenario {
    let text = format!("scenario: v1\ntitle: A test\n{body}");
    Reader::default()
        .read_text("test.yaml", text.as_str())
        .unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}

/// What the reader says of a scenario that is not valid.
pub(crate) fn refused(body: &str) -> String {
    let text = format!("scenario: v1\ntitle: A test\n{body}");
    match Reader::default().read_text("test.yaml", text) {
        Ok(_) => panic!("it is taken as valid:\n{body}"),
        Err(found) => found.render(Default::default()),
    }
}

pub(crate) struct Tale {
    pub(crate) scenario: Scenario,
    pub(crate) outcome: Outcome,
    lines: Vec<(String, String)>,
}

impl Tale {
    /// The whole run, for a message.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<String> = self
            .lines
            .iter()
            .map(|it| format!("{} {}", it.0, it.1))
            .collect();
        lines.join("\n")
    }

    /// When it happened, each time.
    pub(crate) fn when(&self, what: &str) -> Vec<&str> {
        let found = self.lines.iter().filter(|it| it.1 == what);
        found.map(|it| it.0.as_str()).collect()
    }

    /// What happened that begins so, with its instants.
    pub(crate) fn all(&self, begins: &str) -> Vec<String> {
        let found = self.lines.iter().filter(|it| it.1.starts_with(begins));
        found.map(|it| format!("{} {}", it.0, it.1)).collect()
    }

    /// It happened at these instants, and at no other.
    #[track_caller]
    pub(crate) fn has(&self, what: &str, at: &[&str]) {
        assert_eq!(self.when(what), at, "{what}\n{}", self.text());
    }

    /// These things happened at their only instants: `T+5h26m released …`.
    #[track_caller]
    pub(crate) fn shows(&self, lines: &[&str]) {
        for line in lines {
            let (at, what) = line.split_once(' ').expect("an instant and what happened");
            self.has(what, &[at]);
        }
    }

    /// Nothing happened that begins so.
    #[track_caller]
    pub(crate) fn lacks(&self, begins: &str) {
        assert_eq!(self.all(begins), Vec::<String>::new(), "{}", self.text());
    }

    pub(crate) fn judgement(&self, check: CheckId) -> &Judgement {
        let found = self.outcome.judgements.iter().find(|it| it.check == check);
        found.expect("the check is on")
    }

    #[track_caller]
    pub(crate) fn verdict(&self, check: CheckId, verdict: Verdict) {
        let judgement = self.judgement(check);
        assert_eq!(judgement.verdict, verdict, "{judgement:?}\n{}", self.text());
    }

    /// How many records of a kind ended in a line of the ledger.
    pub(crate) fn records(&self, line: Line, kind: RecordKind) -> u64 {
        self.outcome.measures.ledger.get(line, kind)
    }

    /// The fleet's clock: `5h28m`, `running`, `idle`.
    pub(crate) fn clock(&self, kind: ClockKind) -> String {
        match self.outcome.measures.clocks.get(kind) {
            Clock::Idle => "idle".to_owned(),
            Clock::Running => "running".to_owned(),
            Clock::Stopped(after) => after.to_string(),
        }
    }

    pub(crate) fn org(&self, name: &str) -> OrgIx {
        let fleet = &self.scenario.plan.fleet;
        let mut all = (0..fleet.orgs().len()).map(OrgIx::from);
        all.find(|&it| fleet.org_name(it) == name)
            .unwrap_or_else(|| panic!("no org {name}"))
    }

    /// Who owns an org at the end.
    pub(crate) fn owner(&self, org: &str) -> String {
        let owner = self.outcome.world.org(self.org(org)).owner;
        Lines(&self.scenario, &self.outcome).connector(owner)
    }

    /// Where a connector of the fleet, or a replacement, is.
    pub(crate) fn region(&self, connector: usize) -> &'static str {
        let region = self.outcome.world.connectors[connector].region;
        self.scenario.plan.fleet.catalogue().region(region).name
    }
}

struct Lines<'a>(&'a Scenario, &'a Outcome);

impl Lines<'_> {
    fn all(&self) -> Vec<(String, String)> {
        let facts = self.1.recorded.iter();
        facts
            .filter_map(|it| Some((it.at.to_string(), self.line(it)?)))
            .collect()
    }

    /// `payments`; `payments+1` for the first connector that was created to replace it.
    fn connector(&self, connector: ConnectorIx) -> String {
        if !connector.is_some() {
            return "nobody".to_owned();
        }
        let state = self.1.world.connector(connector);
        let root = &self.0.plan.fleet.connectors()[state.root.ix()].name;
        match state.generation {
            0 => root.to_string(),
            generation => format!("{root}+{generation}"),
        }
    }

    fn org(&self, org: OrgIx) -> &str {
        if org.is_some() {
            self.0.plan.fleet.org_name(org)
        } else {
            "nobody"
        }
    }

    fn lost(&self, recovery: RecoveryIx) -> String {
        self.connector(self.1.world.recovery(recovery).connector)
    }

    fn region(&self, region: lifeboat::model::ids::RegionIx) -> &'static str {
        self.0.plan.fleet.catalogue().region(region).name
    }

    fn step(&self, step: StepIx, subject: Subject, recovery: RecoveryIx) -> String {
        let name = &self.0.plan.procedure.step(step).name;
        match subject {
            Subject::Org(org) => format!("{name} for {}", self.org(org)),
            _ => format!("{name} for {}", self.lost(recovery)),
        }
    }

    fn line(&self, fact: &Fact) -> Option<String> {
        let (org, by) = (|it| self.org(it), |it| self.connector(it));
        Some(match fact.what {
            What::RegionDown { region, .. } => format!("down {}", self.region(region)),
            What::RegionUp { region, .. } => format!("up {}", self.region(region)),
            What::ConfigLost { connector } => format!("configuration lost of {}", by(connector)),
            What::OrgOrphaned { org: it, .. } => format!("orphaned {}", org(it)),
            What::OrgCovered { org: it, connector } => {
                format!("covered {} by {}", org(it), by(connector))
            }
            What::RecoveryStarted { connector, .. } => format!("recovery of {}", by(connector)),
            What::RecoveryStoodDown { recovery } => format!("stood down {}", self.lost(recovery)),
            What::OrgStoodDown { org: it, .. } => format!("left {}", org(it)),
            What::StepFinished {
                recovery,
                step,
                subject,
                ..
            } => format!("finished {}", self.step(step, subject, recovery)),
            What::StepRefused {
                recovery,
                step,
                subject,
                reason,
            } => {
                format!(
                    "refused {}: {}",
                    self.step(step, subject, recovery),
                    reason.words()
                )
            }
            _ => return self.deed(fact),
        })
    }

    fn deed(&self, fact: &Fact) -> Option<String> {
        let (org, by) = (|it| self.org(it), |it| self.connector(it));
        Some(match fact.what {
            What::ResourceIdCopied { names, .. } => format!("copied {}", by(names)),
            What::ConnectorCreated {
                connector, region, ..
            } => format!("created {} in {}", by(connector), self.region(region)),
            What::ConnectorAuthorized { connector } => format!("authorized {}", by(connector)),
            What::ConsentWithdrawn { connector } => format!("withdrew {}", by(connector)),
            What::ConnectorAdopted { connector, .. } => format!("adopted {}", by(connector)),
            What::AdoptionRefused { org: it, .. } => format!("not adopted {}", org(it)),
            What::TicketOpened {
                ticket, names, all, ..
            } => {
                let scope = if all { "all orgs" } else { "some orgs" };
                format!("ticket {} for {scope} of {}", ticket.0, by(names))
            }
            What::TicketCovers { ticket, org: it } => {
                format!("ticket {} names {}", ticket.0, org(it))
            }
            What::TicketTriaged { ticket } => format!("ticket {} understood", ticket.0),
            What::TicketRejected { ticket } => format!("ticket {} rejected", ticket.0),
            What::TicketClosed { ticket } => format!("ticket {} closed", ticket.0),
            What::OrgReleased {
                org: it, connector, ..
            } => format!("released {} from {}", org(it), by(connector)),
            What::ReleaseMoot { org: it, ticket } => format!(
                "nothing to release of {} under ticket {}",
                org(it),
                ticket.0
            ),
            What::OrgClaimed { org: it, connector } => {
                format!("claimed {} by {}", org(it), by(connector))
            }
            What::EntitiesAppeared { org: it, connector } => {
                format!("appeared {} at {}", org(it), by(connector))
            }
            What::AnnotationsRecreated { org: it, .. } => format!("annotated {}", org(it)),
            What::RecordsRecreated {
                org: it,
                connector,
                kind,
                from,
                to,
            } => {
                format!(
                    "recreated {} {} {from}..{to} in {}",
                    org(it),
                    kind.name(),
                    by(connector)
                )
            }
            What::Promoted { org: it, connector } => {
                format!("promoted {} to {}", org(it), by(connector))
            }
            What::OrgUnowned { org: it, .. } => format!("unowned {}", org(it)),
            What::ConnectorDeleted { connector } => format!("deleted {}", by(connector)),
            What::Refused {
                connector,
                org: it,
                reason,
            } => format!("denied {} {}: {}", by(connector), org(it), reason.words()),
            _ => return None,
        })
    }
}
