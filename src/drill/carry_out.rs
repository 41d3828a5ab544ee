//! What a step does when its time is over: the commands that it issues.

use super::run::Run;
use super::work::{Fumble, Line};
use crate::chance::{Domain, Purpose};
use crate::faults::{ArmedSlip, MishapKind};
use crate::model::catalogue::Availability;
use crate::model::command::{Command, TicketScope};
use crate::model::evolve::next_ticket;
use crate::model::fact::{Reason, Subject};
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::model::world::Copied;
use crate::procedure::{Choice, Issue, Node, Slip, TicketProgress};
use crate::time::Instant;

impl Run<'_> {
    /// Somebody will notice the outage.
    pub(super) fn begin_detection(&mut self, place: usize, step: StepIx) {
        self.state.progress[place].begun |= step.bit();
        let now = self.state.now;
        let work = self.step_work(place, step, Subject::Connector, Line::None, now);
        self.hand_over_after(work, self.delays.customer);
    }

    pub(super) fn carry_out(
        &mut self,
        place: usize,
        step: StepIx,
        subject: Subject,
        ready: Instant,
        began: Instant,
        fumble: Option<Fumble>,
    ) {
        let node = self.node(step);
        if node.issue == Issue::Detect {
            self.detected(place);
            self.step_finished(place, step, subject, ready, began);
            self.consider_connector_steps(place);
            return;
        }
        if let Some(it) = fumble {
            self.tell_slip(place, step, it.slip);
            if it.slip == Slip::Fails {
                self.refused(place, step, subject, Reason::Failed);
                return;
            }
        }
        let refusal = self.issue(place, step, subject, fumble);
        if refusal.is_none() && fumble.is_some_and(|it| it.slip == Slip::StepRepeated) {
            // What comes of the second time is nobody's business any more.
            self.issue(place, step, subject, fumble);
        }
        if fumble.is_some_and(|it| it.slip == Slip::DeletedEarly) {
            let lost = self.state.progress[place].lost;
            self.order(node.by, &Command::DeleteConnector(lost));
        }
        match refusal {
            Some(reason) => self.refused(place, step, subject, reason),
            None => {
                self.step_finished(place, step, subject, ready, began);
                self.count_release(node, subject);
            }
        }
    }

    /// A release that was begun before its ticket was read is in no lane, and is one
    /// less to be done under the ticket all the same.
    fn count_release(&mut self, node: &Node, subject: Subject) {
        if let (Issue::ReleaseOwnership, Subject::Org(org)) = (node.issue, subject)
            && let Some(ticket) = self.state.orgs[org.ix()].ticket.get()
        {
            self.released_one(ticket);
        }
    }

    /// Issues the commands of a step; why they were refused, if they were.
    fn issue(
        &mut self,
        place: usize,
        step: StepIx,
        subject: Subject,
        fumble: Option<Fumble>,
    ) -> Option<Reason> {
        let node = self.node(step);
        let it = &self.state.progress[place];
        let (recovery, lost) = (it.recovery, it.lost);
        let target = if self.waits_out() {
            lost
        } else {
            self.state.world.recovery(recovery).target
        };
        let org = match subject {
            Subject::Org(org) => org,
            _ => OrgIx::NONE,
        };
        match node.issue {
            Issue::CopyResourceId => {
                let slips = fumble.is_some_and(|it| it.slip == Slip::WrongResourceId);
                let mistaken =
                    slips.then(|| self.armed(fumble).map_or(ConnectorIx::NONE, |it| it.names));
                self.order(node.by, &Command::CopyResourceId { recovery, mistaken })
            }
            Issue::CreateConnector => self.create(place, node, fumble),
            Issue::AdoptConnector => match self.state.progress[place].choice {
                Choice::Adopt(connector) => self.order(
                    node.by,
                    &Command::AdoptConnector {
                        recovery,
                        connector,
                    },
                ),
                _ => Some(Reason::NoTarget),
            },
            Issue::Authorize => match target.get() {
                Some(connector) => self.order(node.by, &Command::Authorize(connector)),
                None => Some(Reason::NoTarget),
            },
            Issue::OpenTicket => self.open_ticket(place, step, fumble),
            Issue::TriageTicket => self.triage(place, subject),
            Issue::RecreateAnnotations => match target.get() {
                Some(connector) => {
                    self.order(node.by, &Command::RecreateAnnotations { org, connector })
                }
                None => Some(Reason::NoTarget),
            },
            Issue::ReleaseOwnership => {
                let ticket = self.state.orgs[org.ix()].ticket;
                self.order(node.by, &Command::ReleaseOwnership { ticket, org })
            }
            Issue::Promote => self.order(node.by, &Command::Promote(recovery)),
            Issue::DeleteConnector => self.order(node.by, &Command::DeleteConnector(lost)),
            Issue::Verify => self.order(node.by, &Command::Verify { recovery, org }),
            Issue::Nothing | Issue::Detect | Issue::Discover | Issue::RecreateRecords => None,
        }
    }

    /// What an armed slip says.
    fn armed(&self, fumble: Option<Fumble>) -> Option<&ArmedSlip> {
        let event = &self.schedule.events[fumble?.armed? as usize];
        match &event.act {
            crate::faults::Act::Arm(mishap) => match &mishap.kind {
                MishapKind::Slip(slip) => Some(slip),
                _ => None,
            },
            _ => None,
        }
    }

    fn create(&mut self, place: usize, node: &Node, fumble: Option<Fumble>) -> Option<Reason> {
        let recovery = self.state.progress[place].recovery;
        let Choice::Region(mut region) = self.state.progress[place].choice else {
            return Some(Reason::NoTarget);
        };
        let elsewhere = self.armed(fumble).and_then(|it| it.region);
        let slip = fumble.map(|it| it.slip);
        if slip == Some(Slip::WrongRegion) {
            region = elsewhere.unwrap_or_else(|| self.wrong_region(place, region));
            // What is refused, and so left out, is where it was really tried.
            self.state.progress[place].choice = Choice::Region(region);
        }
        let create = Command::CreateConnector {
            recovery,
            region,
            as_target: true,
        };
        if let Some(reason) = self.order(node.by, &create) {
            return Some(reason);
        }
        if slip == Some(Slip::SecondConnector) {
            let second = ConnectorIx::from(self.state.world.connectors.len());
            let region = elsewhere.unwrap_or(region);
            let create = Command::CreateConnector {
                recovery,
                region,
                as_target: false,
            };
            if self.order(node.by, &create).is_none() {
                self.order(node.by, &Command::Authorize(second));
            }
        }
        None
    }

    /// A region that somebody takes by mistake: one that is only announced, or
    /// any other.
    fn wrong_region(&self, place: usize, right: RegionIx) -> RegionIx {
        let all = self.plan.fleet.catalogue().regions;
        let of = |wanted: Availability| -> Vec<RegionIx> {
            let those = (0..all.len()).map(RegionIx::from).filter(|&it| it != right);
            those
                .filter(|it| all[it.ix()].availability == wanted)
                .collect()
        };
        let announced = of(Availability::ComingSoon);
        let wrong = if announced.is_empty() {
            of(Availability::Supported)
        } else {
            announced
        };
        let key = self
            .state
            .world
            .connector(self.state.progress[place].lost)
            .key;
        let domain = Domain::Int {
            min: 0,
            max: wrong.len() as u64 - 1,
        };
        let tries = u64::from(self.state.progress[place].detours);
        wrong[self.decide_at(key, Purpose::SlipTarget, tries, &domain) as usize]
    }

    /// A ticket is opened only if there is something to release.
    pub(super) fn ticket_is_needed(&self, place: usize, node: &Node) -> bool {
        let it = &self.state.progress[place];
        let refused = &self.state.world.recovery(it.recovery).refused;
        let owned = &self.state.world.connector(it.lost).owns;
        owned.iter().any(|org| {
            let asked = match &node.scope {
                TicketScope::All => true,
                TicketScope::Only(orgs) => orgs.contains(org),
            };
            asked && !refused.contains(org)
        })
    }

    fn open_ticket(
        &mut self,
        place: usize,
        step: StepIx,
        fumble: Option<Fumble>,
    ) -> Option<Reason> {
        let node = self.node(step);
        let recovery = self.state.progress[place].recovery;
        let mut names = match self.state.world.recovery(recovery).copied {
            Copied::NotYet => ConnectorIx::NONE,
            Copied::Names(connector) => connector,
        };
        let slip = fumble.map(|it| it.slip);
        if slip == Some(Slip::WrongResourceId) {
            names = self.armed(fumble).map_or(ConnectorIx::NONE, |it| it.names);
        }
        let forgotten = if slip == Some(Slip::OrgForgotten) {
            self.forgotten(place, fumble)
        } else {
            RangeSet::new()
        };
        let ticket = next_ticket(&self.state.world);
        let open = Command::OpenTicket {
            recovery,
            names,
            scope: node.scope.clone(),
            forgotten,
        };
        let refusal = self.order(node.by, &open);
        if refusal.is_none() {
            self.queue_ticket(place, step, ticket);
            let row = TicketProgress {
                ticket,
                opened_by: step,
                done: 0,
                begun: 0,
            };
            self.state.progress[place].tickets.push(row);
            self.meet_ticket_mishaps(place, ticket);
        }
        refusal
    }

    fn forgotten(&self, place: usize, fumble: Option<Fumble>) -> RangeSet {
        if let Some(armed) = self.armed(fumble).filter(|it| !it.orgs.is_empty()) {
            return armed.orgs.clone();
        }
        // Every org draws a rank of its own; the smallest is the forgotten one.
        let lost = self.state.progress[place].lost;
        let rank = |org: &u32| {
            let key = self.plan.fleet.org(OrgIx(*org)).key;
            (
                self.decide_at(key, Purpose::SlipTarget, 0, &Domain::Rank),
                *org,
            )
        };
        self.state
            .world
            .connector(lost)
            .owns
            .iter()
            .min_by_key(rank)
            .into_iter()
            .collect()
    }
}
