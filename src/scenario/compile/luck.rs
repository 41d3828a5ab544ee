//! `luck`: choices laid down, with everybody that they name found.

use super::roster::Roster;
use super::say::Say;
use crate::chance::{Base, Choice, Domain, EntityKey, Luck, Purpose, Site};
use crate::faults::Fault;
use crate::model::evolve::created_key;
use crate::model::ids::entity_key;
use crate::procedure::{Graph, Slip, Takes};
use crate::scenario::choice_names::{Turn, Written};
use crate::scenario::codes;
use crate::scenario::queue::SupportQueue;
use crate::scenario::staff::Teams;
use crate::scenario::syntax::{View, quoted};

/// The luck of a file.
pub(super) fn luck(
    tree: View<'_>,
    roster: &Roster<'_>,
    graph: Option<&Graph>,
    (faults, queue, teams): (&[Fault], &SupportQueue, &Teams),
    say: &mut Say<'_>,
) -> Luck {
    let Some(written) = tree.get("luck") else {
        return Luck::default();
    };
    let base = written.get("base").map_or("", View::text);
    let mut luck = Luck {
        base: Base::ALL
            .into_iter()
            .find(|it| it.name() == base)
            .unwrap_or_default(),
        ..Luck::default()
    };
    let mut reading = Reading {
        roster,
        graph,
        faults,
        queue,
        teams,
        say,
    };
    for view in written.get("choices").into_iter().flat_map(View::items) {
        let Some((site, choice)) = reading.choice(view) else {
            continue;
        };
        if luck.choices.insert(site, choice).is_some() {
            let message = "this is decided twice";
            reading
                .say
                .error(&codes::SAID_TWICE, view.span(), message, "here again");
        }
    }
    luck
}

struct Reading<'a, 'r, 's> {
    roster: &'a Roster<'r>,
    graph: Option<&'a Graph>,
    faults: &'a [Fault],
    queue: &'a SupportQueue,
    teams: &'a Teams,
    say: &'a mut Say<'s>,
}

impl Reading<'_, '_, '_> {
    fn choice(&mut self, view: View<'_>) -> Option<(Site, Choice)> {
        let of = view.get("of")?;
        let (kind, id) = of.text().split_once('/')?;
        let what = view.get("what")?;
        let purpose = Purpose::from_name(what.text())?;
        let generation = view.get("generation").map_or(0, View::whole) as u8;
        let entity = self.entity(kind, id, generation, of)?;
        let entity = self.of_fault(entity, purpose, view)?;
        if !suits(kind, purpose) {
            let message = format!(
                "{} is not decided about {}",
                quoted(purpose.name()),
                quoted(of.text())
            );
            self.say
                .error(&codes::LUCK_MISFIT, what.span(), message, "does not fit");
            return None;
        }
        let step = view.get("step");
        if let (Some(step), Some(graph)) = (step, self.graph)
            && graph.find(step.text()).is_none()
        {
            let message = format!("the procedure has no step {}", quoted(step.text()));
            let names = graph.steps.iter().map(|it| &*it.name);
            self.say.unknown(
                &codes::UNKNOWN_STEP,
                step.span(),
                message,
                step.text(),
                names,
            );
            return None;
        }
        let turn = Turn {
            step: step.map(View::text),
            generation,
            slip: view.get("slip").and_then(|it| Slip::from_name(it.text())),
            nth: view.get("nth").map_or(0, View::whole) as u32,
        };
        let is = view.get("is")?;
        let kind = Written::of(purpose);
        let Some(choice) = kind.choice(is.text()) else {
            let message = format!("{} comes to {}", quoted(purpose.name()), kind.name());
            let label = format!("expected {}", kind.name());
            self.say
                .error(&codes::LUCK_MISFIT, is.span(), message, label);
            return None;
        };
        let ordinal = turn.ordinal();
        let site = Site {
            entity,
            purpose,
            ordinal,
        };
        self.nearest(&turn, site, choice, is);
        Some((site, choice))
    }

    fn entity(&mut self, kind: &str, id: &str, generation: u8, of: View<'_>) -> Option<EntityKey> {
        let key = entity_key(kind, id);
        let roster = self.roster;
        match kind {
            "connector" => {
                let found = roster.connectors.iter().any(|it| it.id == id);
                if !found {
                    let message = format!("the fleet has no connector {}", quoted(id));
                    let ids = roster.connectors.iter().map(|it| it.id);
                    self.say
                        .unknown(&codes::UNKNOWN_CONNECTOR, of.span(), message, id, ids);
                }
                let made = if generation > 0 {
                    created_key(key, generation.into())
                } else {
                    key
                };
                found.then_some(made)
            }
            "org" => {
                let found = roster.has_org(id);
                if !found {
                    let message = format!("the fleet has no org {}", quoted(id));
                    self.say
                        .error(&codes::UNKNOWN_ORG, of.span(), message, "not known");
                }
                found.then_some(key)
            }
            "others" => {
                let names = self.queue.others.iter().map(|it| &*it.name);
                let found = names.clone().any(|it| it == id);
                if !found {
                    let message = format!("`support-queue` has no others {}", quoted(id));
                    self.say
                        .unknown(&codes::UNKNOWN_FAULT, of.span(), message, id, names);
                }
                found.then_some(key)
            }
            "team" => {
                let absences = self.teams.all().flat_map(|it| &it.absences);
                let names: Vec<&str> = absences.map(|it| &*it.name).collect();
                let names = names.iter().copied();
                let found = names.clone().any(|it| it == id);
                if !found {
                    let message = format!("nobody is absent as {}", quoted(id));
                    self.say
                        .unknown(&codes::UNKNOWN_FAULT, of.span(), message, id, names);
                }
                found.then_some(key)
            }
            "region" => {
                let all = roster.catalogue.regions.iter().map(|it| it.name);
                let found = all.clone().any(|it| it == id);
                if !found {
                    let message = format!("the catalogue has no region {}", quoted(id));
                    self.say
                        .unknown(&codes::UNKNOWN_REGION, of.span(), message, id, all);
                }
                found.then_some(key)
            }
            _ => {
                let found = self.faults.iter().any(|it| it.key == key);
                if !found {
                    let message = format!("the timeline has no fault {}", quoted(id));
                    let ids = self.faults.iter().map(|it| &*it.id);
                    self.say
                        .unknown(&codes::UNKNOWN_FAULT, of.span(), message, id, ids);
                }
                found.then_some(key)
            }
        }
    }

    /// A rank among those that a share may hit is the connector's and the fault's.
    fn of_fault(
        &mut self,
        entity: EntityKey,
        purpose: Purpose,
        view: View<'_>,
    ) -> Option<EntityKey> {
        match (purpose == Purpose::FaultShare, view.get("fault")) {
            (false, None) => Some(entity),
            (true, Some(fault)) => {
                let key = self.entity("fault", fault.text(), 0, fault)?;
                Some(EntityKey(entity.0 ^ key.0))
            }
            (said, _) => {
                let (message, label) = if said {
                    (
                        "`fault-share` needs `fault`: a share of which fault?",
                        "which fault?",
                    )
                } else {
                    ("`fault` belongs to `fault-share` alone", "leave it out")
                };
                self.say
                    .error(&codes::LUCK_MISFIT, view.span(), message, label);
                None
            }
        }
    }

    /// Says so where a value cannot come up: the nearest that can is taken.
    fn nearest(&mut self, turn: &Turn<'_>, site: Site, choice: Choice, is: View<'_>) {
        let step = turn.step.and_then(|it| {
            self.graph?
                .find(it)
                .map(|at| self.graph.map(|it| it.step(at)))
        });
        let fault = self.faults.iter().find(|it| it.key == site.entity);
        let slip = |it: &&(Slip, _)| Some(it.0) == turn.slip;
        let domain = match (site.purpose, step.flatten(), fault) {
            (Purpose::StepTime, Some(step), _) => match &step.takes {
                Takes::Time(dist) => dist.domain(),
                _ => return,
            },
            (Purpose::StepSlip, Some(step), _) => {
                let chance = step.can_fail.iter().find(slip).map(|it| it.1);
                Domain::Bool(chance.unwrap_or(crate::chance::Probability::NEVER))
            }
            (Purpose::FaultStrikes, _, Some(fault)) => Domain::Bool(fault.chance),
            (Purpose::FaultLasts, _, Some(fault)) => match &fault.lasts {
                Some(lasts) => lasts.domain(),
                None => return,
            },
            _ => return,
        };
        let taken = domain.nearest(choice);
        if taken == choice {
            return;
        }
        let kind = Written::of(site.purpose);
        let message = format!("{} cannot come up here", quoted(is.text()));
        let label = format!("taken as `{}`", kind.text(taken));
        let it = self
            .say
            .about(&codes::LUCK_NEAREST, is.span(), message, label);
        self.say.push(it.warning());
    }
}

/// What is decided about whom.
fn suits(kind: &str, purpose: Purpose) -> bool {
    match purpose {
        Purpose::StepTime | Purpose::StepSlip | Purpose::SlipTarget => {
            matches!(kind, "connector" | "org")
        }
        Purpose::FaultShare => kind == "connector",
        Purpose::SurgeTime => matches!(kind, "fault" | "others" | "region"),
        Purpose::OthersArrive => kind == "others",
        Purpose::Absence => kind == "team",
        Purpose::OthersCount | Purpose::OthersAfter => kind == "region",
        _ => kind == "fault",
    }
}
