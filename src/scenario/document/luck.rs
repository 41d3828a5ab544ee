//! A choice as an entry of `luck`: the reverse of `compile/luck.rs`.

use super::build::{leaf, map};
use super::{Directory, Document};
use crate::chance::{Base, Choice, EntityKey, Purpose, Site};
use crate::model::evolve::created_key;
use crate::scenario::choice_names::{Turn, Written};
use crate::scenario::plan::Plan;
use crate::scenario::syntax::Node;

/// How many connectors in one line are looked through for a key.
const LINE_MAX: u32 = 64;

/// A decision about nobody that the scenario names: it cannot be written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("nobody in the scenario has the key of {0}")]
pub struct NameError(pub Site);

/// An entity as it is named in a file.
struct Named<'a> {
    kind: &'a str,
    id: &'a str,
    generation: u32,
    fault: Option<&'a str>,
}

impl Document {
    /// Lays down luck: who decides, and the choices that are made otherwise.
    /// Nothing is written of the usual.
    pub fn set_luck(&mut self, base: Base, choices: Vec<Node>) {
        self.remove(&["luck"]);
        if base != Base::Seed {
            self.set(&["luck", "base"], leaf(base.name()));
        }
        for choice in choices {
            self.push(&["luck", "choices"], choice);
        }
    }

    /// A choice as an entry of `luck.choices`.
    ///
    /// # Errors
    /// The site is about nobody that the scenario names.
    pub fn choice(
        directory: &Directory,
        plan: &Plan,
        site: Site,
        choice: Choice,
    ) -> Result<Node, NameError> {
        let named = named(directory, plan, site.entity).ok_or(NameError(site))?;
        let of_step = matches!(site.purpose, Purpose::StepTime | Purpose::StepSlip);
        let turn = if of_step {
            let steps = plan.procedure.steps.iter().map(|it| &*it.name);
            Turn::of(site.ordinal, steps, site.purpose == Purpose::StepSlip)
        } else {
            let nth = u32::try_from(site.ordinal).map_err(|_| NameError(site))?;
            Turn {
                nth,
                ..Turn::default()
            }
        };
        let of = format!("{}/{}", named.kind, named.id);
        let mut entry = vec![
            ("of", super::quoted_leaf(of)),
            ("what", leaf(site.purpose.name())),
        ];
        entry.extend(turn.step.map(|it| ("step", leaf(it))));
        entry.extend(turn.slip.map(|it| ("slip", leaf(it.name()))));
        entry.extend(named.fault.map(|it| ("fault", super::quoted_leaf(it))));
        let generation = named.generation.max(turn.generation.into());
        if generation > 0 {
            entry.push(("generation", leaf(generation)));
        }
        if turn.nth > 0 {
            entry.push(("nth", leaf(turn.nth)));
        }
        entry.push(("is", leaf(Written::of(site.purpose).text(choice))));
        Ok(map(entry))
    }
}

fn named<'a>(directory: &'a Directory, plan: &'a Plan, key: EntityKey) -> Option<Named<'a>> {
    if let Some((kind, id)) = directory.find(key) {
        return Some(Named {
            kind,
            id,
            generation: 0,
            fault: None,
        });
    }
    for connector in plan.fleet.connectors() {
        let Some((kind, id)) = directory.find(connector.key) else {
            continue;
        };
        let line = (1..=LINE_MAX).find(|&it| created_key(connector.key, it) == key);
        if let Some(generation) = line {
            return Some(Named {
                kind,
                id,
                generation,
                fault: None,
            });
        }
        let both = plan
            .faults
            .iter()
            .find(|it| it.key.0 ^ connector.key.0 == key.0);
        if let Some(fault) = both {
            return Some(Named {
                kind,
                id,
                generation: 0,
                fault: Some(&*fault.id),
            });
        }
    }
    None
}
