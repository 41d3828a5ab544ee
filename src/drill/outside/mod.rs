//! The customer's side from outside: a team's own recovery does what the written
//! procedure's people would have done, in whatever order it likes.
//!
//! In a drill [by hand](super::Drill::by_hand), a step of the operators whose needs
//! are met waits until somebody outside does what it says, or has done so before.
//! What it only thinks about (`decide`), or looks at (`copy-resource-id`), takes no time
//! of its own. Steps that the
//! platform offers nobody a call for (D-11) are done by the procedure. Slips of
//! people stay armed: who drives the run makes mistakes of their own.

mod tickets;

pub use tickets::Asking;

use super::run::Run;
use crate::model::command::{Actor, Command};
use crate::model::decide::decide;
use crate::model::fact::{Reason, Subject, What};
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::model::world::Life;
use crate::procedure::{Choice, Issue, Phase, Progress, When, bits};
use crate::time::Instant;

/// What a connector onboards (D-9); what is left out stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Whether it onboards all that its account reaches.
    pub auto_discovery: Option<bool>,
    /// The orgs that it lists; ignored by the platform while auto-discovery is on.
    pub listed: Option<RangeSet>,
}

impl Settings {
    /// Everything that its account reaches.
    #[must_use]
    pub const fn everything() -> Self {
        Self {
            auto_discovery: Some(true),
            listed: None,
        }
    }
}

impl Run<'_> {
    /// Who does the customer's steps.
    pub(super) const fn customer(&self) -> Actor {
        if self.outside {
            Actor::Outside
        } else {
            Actor::Operator
        }
    }

    /// A step is about to begin: whether it is left to somebody outside, or needs
    /// nobody.
    pub(super) fn left_to_outside(&mut self, place: usize, step: StepIx, subject: Subject) -> bool {
        let node = self.node(step);
        if node.by != Actor::Operator {
            return false;
        }
        let open = self.state.progress[place].choice == Choice::Open;
        let undecided = open && matches!(node.when, When::Creating | When::Adopting);
        if !undecided && !self.applies(place, node, subject) {
            self.mark_done(place, step, subject);
            return true;
        }
        let now = self.state.now;
        match node.issue {
            Issue::Nothing | Issue::Verify | Issue::CopyResourceId => {
                self.finished_outside(place, step, subject, now);
            }
            Issue::CreateConnector
            | Issue::AdoptConnector
            | Issue::Authorize
            | Issue::OpenTicket
            | Issue::RecreateAnnotations
            | Issue::DeleteConnector => {
                let key = (place as u32, step, subject);
                self.state.awaited.insert(key, now);
            }
            _ => return false,
        }
        true
    }

    /// Begins the recovery of a connector, if none is under way that may still be
    /// joined: of a lost one, or of one that stands, as the later article's test has
    /// it (L-2). The recovery that its orgs are in now, which may be that of a target
    /// lost since.
    pub fn recover(&mut self, connector: ConnectorIx, began: Instant) -> RecoveryIx {
        let recovery = self.begun(connector, began);
        self.state.world.goes_on_in(recovery)
    }

    fn begun(&mut self, connector: ConnectorIx, began: Instant) -> RecoveryIx {
        let latest = self.state.plants[connector.ix()].latest;
        let row = latest.map(|at| &self.state.progress[at as usize]);
        let place = match row.map(|it| it.phase) {
            Some(Phase::Queued | Phase::Running) => {
                return row.map_or(RecoveryIx::NONE, |it| it.recovery);
            }
            Some(Phase::Detecting) => latest.unwrap_or_default() as usize,
            Some(Phase::Over) | None => {
                let place = self.state.progress.len();
                self.state.progress.push(Progress::of(connector));
                self.state.plants[connector.ix()].latest = Some(place as u32);
                place
            }
        };
        self.detected(place);
        if let Some(step) = self.plan.procedure.doing(Issue::Detect) {
            self.finished_outside(place, step, Subject::Connector, began);
        }
        self.consider_connector_steps(place);
        self.settle();
        self.state.progress[place].recovery
    }

    /// F-6: creates a connector that is to take over from another, without any
    /// settings of its own yet. The first becomes the target of the recovery; a later
    /// one, while the target stands, does not.
    ///
    /// # Errors
    /// Why the platform refuses: the region is only announced, down or full.
    pub fn create_for(
        &mut self,
        old: ConnectorIx,
        region: RegionIx,
        began: Instant,
    ) -> Result<ConnectorIx, Reason> {
        let recovery = self.recover(old, began);
        let place = self.recovery_place(recovery);
        let target = self.state.world.recovery(recovery).target.get();
        let stands = |it: ConnectorIx| self.state.world.connector(it).life != Life::Deleted;
        let as_target = !target.is_some_and(stands);
        let connector = ConnectorIx::from(self.state.world.connectors.len());
        self.ordered(&Command::CreateConnector {
            recovery,
            region,
            as_target,
        })?;
        // What the old one had, the caller has to bring.
        self.ordered(&Command::Configure {
            connector,
            auto_discovery: Some(false),
            listed: Some(RangeSet::new()),
        })?;
        if as_target {
            self.state.progress[place].choice = Choice::Region(region);
            self.done_outside(place, Issue::CreateConnector, Subject::Connector, began);
            self.choice_is_made(place);
        }
        self.settle();
        Ok(connector)
    }

    /// D-7, D-9: gives a connector settings and, with a person's consent, tokens.
    ///
    /// # Errors
    /// Why the platform refuses; then nothing has changed.
    pub fn configure(
        &mut self,
        connector: ConnectorIx,
        settings: &Settings,
        authorize: bool,
        began: Instant,
    ) -> Result<(), Reason> {
        let consent = Command::Authorize(connector);
        if authorize && let Some(reason) = self.would_refuse(&consent) {
            // The refusal is a fact, and settings come with the consent or not at all.
            let _ = self.ordered(&consent);
            return Err(reason);
        }
        self.ordered(&Command::Configure {
            connector,
            auto_discovery: settings.auto_discovery,
            listed: settings.listed.clone(),
        })?;
        if authorize {
            self.ordered(&consent)?;
            // Those that it was adopted for later need no consent.
            if let Some(&recovery) = self.state.world.connector(connector).serves.first() {
                let place = self.recovery_place(recovery);
                self.done_outside(place, Issue::Authorize, Subject::Connector, began);
            }
            self.needs_no_recovery(connector);
        }
        self.settle();
        Ok(())
    }

    /// A lost connector has its tokens again, and nobody had begun to replace it: when
    /// it is lost once more, that is another outage.
    fn needs_no_recovery(&mut self, connector: ConnectorIx) {
        if let Some(place) = self.state.plants[connector.ix()]
            .latest
            .map(|it| it as usize)
            && self.state.progress[place].phase == Phase::Detecting
        {
            self.cancel_recovery(place);
        }
    }

    /// A connector gives its settings and its tokens up (D-7, D-9).
    ///
    /// # Errors
    /// Why the platform refuses: it is down, or gone. Then nothing has changed.
    pub fn withdraw(&mut self, connector: ConnectorIx) -> Result<(), Reason> {
        self.ordered(&Command::Withdraw(connector))?;
        self.ordered(&Command::Configure {
            connector,
            auto_discovery: Some(false),
            listed: Some(RangeSet::new()),
        })?;
        self.settle();
        Ok(())
    }

    /// F-7: an existing connector is to take over from another.
    ///
    /// # Errors
    /// Why the platform refuses: another kind of SCM or tenant, or it does not work.
    pub fn adopt_for(
        &mut self,
        old: ConnectorIx,
        existing: ConnectorIx,
        began: Instant,
    ) -> Result<(), Reason> {
        let recovery = self.recover(old, began);
        let place = self.recovery_place(recovery);
        self.ordered(&Command::AdoptConnector {
            recovery,
            connector: existing,
        })?;
        self.state.progress[place].choice = Choice::Adopt(existing);
        self.done_outside(place, Issue::AdoptConnector, Subject::Connector, began);
        self.choice_is_made(place);
        self.settle();
        Ok(())
    }

    /// F-10: an org's annotation configuration is set again.
    ///
    /// # Errors
    /// Why the platform refuses: the org's entities have not appeared, or its owner
    /// does not work.
    pub fn annotate(
        &mut self,
        org: OrgIx,
        connector: ConnectorIx,
        began: Instant,
    ) -> Result<(), Reason> {
        self.ordered(&Command::RecreateAnnotations { org, connector })?;
        if let Some(recovery) = self.state.world.org(org).recovery.get() {
            let place = self.recovery_place(recovery);
            self.done_outside(place, Issue::RecreateAnnotations, Subject::Org(org), began);
        }
        self.settle();
        Ok(())
    }

    /// F-12: deletes a connector, early or not: deletion is not release.
    ///
    /// # Errors
    /// Why the platform refuses: it is down, or gone already.
    pub fn delete(&mut self, connector: ConnectorIx, began: Instant) -> Result<(), Reason> {
        self.ordered(&Command::DeleteConnector(connector))?;
        let latest = self.state.plants[connector.ix()].latest;
        if let Some(place) = latest.map(|it| it as usize)
            && self.state.progress[place].recovery.is_some()
        {
            self.done_outside(place, Issue::DeleteConnector, Subject::Connector, began);
        }
        self.settle();
        Ok(())
    }

    fn ordered(&mut self, command: &Command) -> Result<(), Reason> {
        let refusal = self.order(Actor::Outside, command);
        match refusal {
            Some(reason) => {
                self.settle();
                Err(reason)
            }
            None => Ok(()),
        }
    }

    /// Why a command would be refused now, without anything coming of it.
    #[must_use]
    pub fn would_refuse(&self, command: &Command) -> Option<Reason> {
        let mut facts = Vec::new();
        let (now, by) = (self.state.now, Actor::Outside);
        decide(
            &self.setting,
            &self.state.world,
            now,
            by,
            command,
            &mut facts,
        );
        facts.iter().find_map(|fact| match fact.what {
            What::Refused { reason, .. } => Some(reason),
            _ => None,
        })
    }

    /// The first step of the operators that does something and is not finished.
    fn waiting_step(&self, place: usize, issue: Issue, subject: Subject) -> Option<StepIx> {
        let done = match subject {
            Subject::Org(org) => self.state.orgs[org.ix()].done,
            _ => self.state.progress[place].done,
        };
        let steps = (0..self.plan.procedure.steps.len()).map(|at| StepIx(at as u8));
        steps.into_iter().find(|&step| {
            let node = self.node(step);
            node.issue == issue && node.by == Actor::Operator && done & step.bit() == 0
        })
    }

    fn done_outside(&mut self, place: usize, issue: Issue, subject: Subject, began: Instant) {
        if let Some(step) = self.waiting_step(place, issue, subject) {
            self.finished_outside(place, step, subject, began);
        }
    }

    /// A step was done by somebody outside, who set about it at `began`.
    fn finished_outside(&mut self, place: usize, step: StepIx, subject: Subject, began: Instant) {
        let key = (place as u32, step, subject);
        let since = self.state.awaited.remove(&key);
        let ready = since.unwrap_or(began).min(began);
        self.step_finished_by(Actor::Outside, place, step, subject, (ready, began));
    }

    /// A target is chosen: steps that do not apply to it are finished with.
    fn choice_is_made(&mut self, place: usize) {
        let steps = self.plan.procedure.connector_steps;
        for step in bits(steps) {
            let waits = self.state.progress[place].begun & step.bit() != 0;
            let node = self.node(step);
            let depends = matches!(node.when, When::Creating | When::Adopting);
            if waits && depends && !self.applies(place, node, Subject::Connector) {
                self.mark_done(place, step, Subject::Connector);
            }
        }
    }
}
