//! Somebody outside: a control plane, and short words for what is asked of it.

use crate::tale::{Tale, read, told};
use lifeboat::cloud::{Cloud, OperationIx, Options, Progress, Refusal, TicketRequest};
use lifeboat::drill::{Drill, Record, Settings};
use lifeboat::model::command::Actor;
use lifeboat::model::fact::What;
use lifeboat::model::ids::{ConnectorIx, TicketIx};
use lifeboat::time::{Duration, Instant};

/// Two connectors that are lost for a day, and one elsewhere that reaches their orgs.
pub(crate) const TWO_LOST: &str = "
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 3 }
    tables: { region: westeurope, scm: github, orgs: 2 }
    spare:
      region: uksouth
      scm: github
      orgs: 1
      grants: [payments-01, payments-02, payments-03, tables-01, tables-02]
    boards: { region: uksouth, scm: azure-devops, orgs: 1 }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
";

/// One connector that is lost for so long, and whose target may be lost as well.
pub(crate) fn one_lost(rest: &str) -> String {
    format!(
        "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 3 }} }} }}\n{rest}"
    )
}

pub(crate) struct Hand<'d>(pub(crate) Cloud<'d>);

/// Drills a scenario by hand; what the platform promises, it keeps at once.
pub(crate) fn by_hand(body: &str, recover: impl FnOnce(&mut Hand<'_>)) -> Tale {
    taking(Duration::ZERO, body, recover)
}

/// The same, where what the platform promises takes its time.
pub(crate) fn taking(
    operation_time: Duration,
    body: &str,
    recover: impl FnOnce(&mut Hand<'_>),
) -> Tale {
    let scenario = read(body);
    let outcome = {
        let drill = Drill::new(&scenario.plan).by_hand();
        let options = Options { operation_time };
        let mut hand = Hand(Cloud::new(&drill, Record::Everything, options));
        recover(&mut hand);
        hand.0.finish()
    };
    told(scenario, outcome)
}

impl Hand<'_> {
    pub(crate) fn at(&mut self, at: &str) {
        self.0.advance_to(instant(at));
    }

    pub(crate) fn connector(&self, name: &str) -> ConnectorIx {
        let found = self.0.ids().iter().rposition(|it| &*it.name == name);
        ConnectorIx::from(found.expect("a connector of that name"))
    }

    #[track_caller]
    pub(crate) fn create(&mut self, old: ConnectorIx, name: &str, region: &str) -> ConnectorIx {
        let new = self.0.replacement(old, name, region);
        self.0.create(new).expect("it can be created")
    }

    #[track_caller]
    pub(crate) fn consent(&mut self, connector: ConnectorIx) -> OperationIx {
        let everything = Settings::everything();
        let asked = self.0.configure(connector, everything, true);
        asked.expect("it can be asked for")
    }

    pub(crate) fn progress(&self, operation: OperationIx) -> Progress {
        self.0.operation(operation).expect("it was begun").progress
    }

    /// A ticket for all that a connector owns.
    #[track_caller]
    pub(crate) fn ask(&mut self, name: &str, old: ConnectorIx) -> TicketIx {
        let asks = TicketRequest::release_all(name, self.0.id(old));
        self.0.open_ticket(asks).expect("it can be opened")
    }

    /// The same, told which connector is to take the orgs.
    pub(crate) fn ask_for(
        &mut self,
        name: &str,
        old: ConnectorIx,
        new: ConnectorIx,
    ) -> Result<TicketIx, Refusal> {
        let mut asks = TicketRequest::release_all(name, self.0.id(old));
        asks.new = Some(self.0.id(new).clone());
        self.0.open_ticket(asks)
    }

    /// Everything up to the ticket, at one instant: the replacement.
    #[track_caller]
    pub(crate) fn replace(&mut self, name: &str, region: &str) -> ConnectorIx {
        let old = self.connector(name);
        let new = self.create(old, &format!("{name}-new"), region);
        self.consent(new);
        self.ask(&format!("CASE {name}"), old);
        new
    }

    pub(crate) fn owns(&self, connector: ConnectorIx) -> Vec<&str> {
        let fleet = &self.0.plan().fleet;
        let owned = self.0.world().connector(connector).owns.iter();
        owned
            .map(|it| fleet.org_name(lifeboat::model::ids::OrgIx(it)))
            .collect()
    }
}

pub(crate) fn instant(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// A step as it was finished: by whom, when its needs were met, when somebody set about
/// it, and when it was done.
pub(crate) fn finished(tale: &Tale, step: &str) -> Vec<(Actor, [String; 3])> {
    let procedure = &tale.scenario.plan.procedure;
    let of = |fact: &lifeboat::model::fact::Fact| match fact.what {
        What::StepFinished {
            step: it,
            ready,
            began,
            ..
        } if &*procedure.step(it).name == step => {
            Some((fact.by, [ready, began, fact.at].map(|it| it.to_string())))
        }
        _ => None,
    };
    tale.outcome.recorded.iter().filter_map(of).collect()
}
