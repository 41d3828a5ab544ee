//! Faults out of dice, within the limits of a scenario's chaos.

use super::dice::Dice;
use super::prey::Prey;
use crate::chance::{CountDist, DurationDist, EntityKey, Probability};
use crate::faults::{ArmedSlip, Chaos, Fault, FaultKind, Hit, Kind};
use crate::model::command::{Actor, ConnectorRef, RegionRef};
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StepIx, entity_key};
use crate::model::ranges::RangeSet;
use crate::procedure::Slip;
use crate::time::{Duration, Factor, Instant};

/// Ids of drawn faults, made once: draws are keyed by them.
#[derive(Clone, Debug)]
pub(super) struct Slots(Vec<(Box<str>, EntityKey)>);

impl Slots {
    /// Ids that no fault of the timeline has.
    pub(super) fn new(prey: &Prey) -> Self {
        let mut word = String::from("hunted");
        while prey.base.iter().any(|it| it.id.starts_with(&word)) {
            word.push('-');
        }
        let one = |number: u32| {
            let id = format!("{word}-{number}");
            let key = entity_key("fault", &id);
            (id.into(), key)
        };
        Self((1..=Chaos::MOST).map(one).collect())
    }

    /// Gives a fault the id of its place in the run.
    pub(super) fn name(&self, fault: &mut Fault, place: usize) {
        let (id, key) = &self.0[place % self.0.len()];
        (fault.id, fault.key) = (id.clone(), *key);
    }

    /// The place in the run that gave a fault its id; none for one of the timeline.
    pub(super) fn place(&self, fault: &Fault) -> Option<usize> {
        self.0.iter().position(|it| it.1 == fault.key)
    }
}

/// How bad, and when: narrower than the chaos where a swarm wants it so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strength {
    pub(super) from: Instant,
    pub(super) to: Instant,
    pub(super) lasts: (Duration, Duration),
}

impl Strength {
    /// All that the chaos allows.
    pub(super) fn whole(chaos: &Chaos) -> Self {
        Self {
            from: chaos.from,
            to: chaos.to,
            lasts: chaos.lasts,
        }
    }
}

/// Draws one fault of a kind; nothing where there is nothing for it to hit.
pub(super) fn fault(
    prey: &Prey,
    dice: &mut Dice,
    kind: Kind,
    strength: &Strength,
) -> Option<Fault> {
    let mut drawing = Drawing {
        prey,
        chaos: &prey.plan.chaos,
        dice,
        strength,
    };
    let at = drawing.at();
    let does = drawing.kind(kind.doc().name)?;
    let lasts = has_end(&does).then(|| drawing.lasts().into());
    Some(Fault {
        key: EntityKey(0),
        id: "".into(),
        at,
        chance: Probability::ALWAYS,
        lasts,
        kind: does,
    })
}

/// Whether a fault has a `lasts` at all.
pub(super) fn has_end(kind: &FaultKind) -> bool {
    !matches!(
        kind,
        FaultKind::RegionFlap { .. }
            | FaultKind::OrgCreated(..)
            | FaultKind::OrgRenamed(_)
            | FaultKind::OrgDeleted(_)
            | FaultKind::SupportSurge(_)
            | FaultKind::TicketPartial(..)
            | FaultKind::Slip(_)
    )
}

struct Drawing<'a> {
    prey: &'a Prey,
    chaos: &'a Chaos,
    dice: &'a mut Dice,
    strength: &'a Strength,
}

impl Drawing<'_> {
    /// Whole minutes; the opening of the window once in four times, since that is
    /// when most other things begin too.
    fn at(&mut self) -> Instant {
        let (from, to) = (self.strength.from, self.strength.to);
        if self.dice.once_in(4) {
            return from;
        }
        let minutes = to.since(from).as_millis() / 60_000;
        from.saturating_add(Duration::from_mins(self.dice.between(0, minutes)))
    }

    fn span(&mut self, min: Duration, max: Duration) -> Duration {
        let millis = self.dice.scaled(min.as_millis(), max.as_millis());
        let whole = millis / 60_000 * 60_000;
        Duration::from_millis(if whole < min.as_millis() {
            millis
        } else {
            whole
        })
    }

    fn lasts(&mut self) -> Duration {
        self.span(self.strength.lasts.0, self.strength.lasts.1)
    }

    fn connector(&mut self) -> Option<ConnectorIx> {
        self.dice.pick(&self.chaos.connectors).copied()
    }

    fn connector_ref(&mut self) -> Option<ConnectorRef> {
        let connector = self.connector()?;
        Some(if self.dice.once_in(4) {
            ConnectorRef::TargetOf(connector)
        } else {
            ConnectorRef::Named(connector)
        })
    }

    /// Where a connector stands, mostly: elsewhere there is less to hit.
    fn region(&mut self) -> Option<RegionIx> {
        if !self.dice.once_in(3)
            && let Some(connector) = self.connector()
        {
            let home = self.prey.plan.fleet.connectors()[connector.ix()].region;
            if self.chaos.regions.contains(&home) {
                return Some(home);
            }
        }
        self.dice.pick(&self.chaos.regions).copied()
    }

    fn region_ref(&mut self) -> Option<RegionRef> {
        if self.dice.once_in(6)
            && let Some(connector) = self.connector()
        {
            return Some(RegionRef::TargetOf(connector));
        }
        self.region().map(RegionRef::Named)
    }

    fn org(&mut self, connector: ConnectorIx) -> Option<OrgIx> {
        let owns = &self.prey.plan.fleet.connectors()[connector.ix()].owns;
        let place = self.dice.between(0, u64::from(owns.len().checked_sub(1)?));
        owns.iter().nth(place as usize).map(OrgIx)
    }

    fn scm(&mut self) -> Option<Scm> {
        let connector = self.connector()?;
        Some(self.prey.plan.fleet.connectors()[connector.ix()].scm)
    }

    fn factor(&mut self) -> Factor {
        let (min, max) = (
            self.chaos.factor.0.as_thousandths(),
            self.chaos.factor.1.as_thousandths(),
        );
        let whole = self.dice.between((min / 1000).into(), (max / 1000).into()) as u32 * 1000;
        Factor::from_thousandths(whole.clamp(min, max)).unwrap_or(self.chaos.factor.0)
    }

    fn share(&mut self) -> Probability {
        let (min, max) = (self.chaos.share.0.as_ppm(), self.chaos.share.1.as_ppm());
        let whole = self
            .dice
            .between((min / 10_000).into(), (max / 10_000).into()) as u32
            * 10_000;
        Probability::from_ppm(whole.clamp(min, max)).unwrap_or(self.chaos.share.0)
    }

    fn kind(&mut self, name: &str) -> Option<FaultKind> {
        if let Some(slip) = Slip::from_name(name) {
            return self.slip(slip);
        }
        Some(match name {
            "region-outage" => self.outage()?,
            "region-degraded" => FaultKind::RegionDegraded(self.region()?, self.factor()),
            "region-flap" => FaultKind::RegionFlap {
                region: self.region_ref()?,
                times: CountDist::fixed(self.dice.between(2, 4)),
                down: DurationDist::fixed(self.lasts()),
                up: DurationDist::fixed(self.lasts()),
            },
            "partial-outage" => self.partial()?,
            "region-full" => FaultKind::RegionFull(self.region()?),
            "inventory-unavailable" => FaultKind::InventoryUnavailable,
            "inventory-stale" => {
                let shows = if self.dice.once_in(2) {
                    self.connector()
                } else {
                    None
                };
                FaultKind::InventoryStale(shows)
            }
            "scm-outage" => FaultKind::ScmOutage(self.scm()?),
            "scm-throttled" => FaultKind::ScmThrottled(self.scm()?, self.factor()),
            "token-revoked" => FaultKind::TokenRevoked(self.connector_ref()?),
            "authorizer-absent" => FaultKind::AuthorizerAbsent(vec![self.connector()?]),
            "support-surge" => {
                let (min, max) = self.chaos.tickets;
                FaultKind::SupportSurge(CountDist::fixed(self.dice.scaled(min, max)))
            }
            "ticket-lost" => FaultKind::TicketLost(self.connector()?),
            "ticket-misrouted" => FaultKind::TicketMisrouted(self.connector()?),
            "ticket-partial" => FaultKind::TicketPartial(self.connector()?, self.share()),
            "discovery-stall" => FaultKind::DiscoveryStall(vec![self.connector()?]),
            "operator-absent" => FaultKind::OperatorAbsent(Actor::Operator, None),
            _ => return self.about_orgs(name),
        })
    }

    fn about_orgs(&mut self, name: &str) -> Option<FaultKind> {
        let connector = self.connector()?;
        Some(match name {
            "permission-lost" => {
                let org = self.org(connector)?;
                FaultKind::PermissionLost(connector, RangeSet::of(org.0..org.0 + 1))
            }
            "org-created" => FaultKind::OrgCreated(self.prey.late[connector.ix()]?, connector),
            "org-renamed" => FaultKind::OrgRenamed(self.org(connector)?),
            "org-deleted" => FaultKind::OrgDeleted(self.org(connector)?),
            "recreation-crash" => {
                let one = self.dice.once_in(2);
                let org = if one { self.org(connector) } else { None };
                FaultKind::RecreationCrash {
                    connector,
                    org: org.unwrap_or(OrgIx::NONE),
                    at: self.share(),
                }
            }
            _ => return None,
        })
    }

    fn outage(&mut self) -> Option<FaultKind> {
        let mut regions = vec![self.region_ref()?];
        let mut stagger = None;
        if self.dice.once_in(4)
            && let Some(second) = self.region().map(RegionRef::Named)
            && second != regions[0]
        {
            regions.push(second);
            stagger = self
                .dice
                .once_in(2)
                .then(|| DurationDist::fixed(self.lasts()));
        }
        let returns = self.dice.once_in(5).then(|| {
            let (after, lasts) = (self.lasts(), self.lasts());
            (DurationDist::fixed(after), DurationDist::fixed(lasts))
        });
        Some(FaultKind::RegionOutage {
            regions,
            stagger,
            returns,
        })
    }

    fn partial(&mut self) -> Option<FaultKind> {
        let one = self.connector_ref()?;
        let mut hit = vec![one];
        if self.dice.once_in(3)
            && let Some(other) = self.connector_ref()
            && other != one
        {
            hit.push(other);
        }
        Some(FaultKind::PartialOutage(Hit::Connectors(hit)))
    }

    fn slip(&mut self, slip: Slip) -> Option<FaultKind> {
        let connector = self.connector()?;
        let steps = &self.prey.plan.procedure.steps;
        let fits = |it: &usize| slip.fits(steps[*it].issue);
        let fitting: Vec<usize> = (0..steps.len()).filter(fits).collect();
        let step = self.dice.pick(&fitting).map(|&it| StepIx(it as u8));
        let free = slip == Slip::DeletedEarly;
        if step.is_none() && !free {
            return None;
        }
        let names = if slip == Slip::WrongResourceId && self.dice.once_in(2) {
            self.connector()
        } else {
            None
        };
        let orgs = if slip == Slip::OrgForgotten {
            self.org(connector)
        } else {
            None
        };
        Some(FaultKind::Slip(ArmedSlip {
            connector,
            step: step.filter(|_| !free || self.dice.once_in(2)),
            slip,
            names: names.unwrap_or(ConnectorIx::NONE),
            region: None,
            orgs: orgs.map_or_else(RangeSet::new, |it| RangeSet::of(it.0..it.0 + 1)),
        }))
    }
}
