//! Who is in a run: the scenario's own faults, joined by those that are thrown.

use super::draw::Slots;
use super::prey::Prey;
use super::strategy::Input;
use crate::chance::Luck;
use crate::drill::Drill;
use crate::faults::Fault;

/// The timeline's own faults, which those of a run join and part from again: none of
/// them is copied, and no memory asked for.
pub(super) struct Lineup {
    base: Vec<Fault>,
    joined: Vec<Fault>,
}

impl Lineup {
    pub(super) fn of(prey: &Prey) -> Self {
        Self {
            base: prey.base.clone(),
            joined: Vec::new(),
        }
    }

    /// The faults of a run, which leave `drawn`.
    pub(super) fn join(&mut self, drawn: &mut Vec<Fault>) -> &[Fault] {
        self.joined.append(&mut self.base);
        self.joined.append(drawn);
        in_order_of_ids(&mut self.joined);
        &self.joined
    }

    /// Gives them back, in the order in which they were drawn.
    pub(super) fn part(&mut self, slots: &Slots, drawn: &mut Vec<Fault>) {
        for fault in self.joined.drain(..) {
            match slots.place(&fault) {
                Some(_) => drawn.push(fault),
                None => self.base.push(fault),
            }
        }
        drawn.sort_by_key(|it| slots.place(it));
    }
}

/// The drill of an input.
pub(super) fn drill<'p>(prey: &'p Prey, input: &Input) -> Drill<'p> {
    let luck: &Luck = &prey.plan.luck;
    Drill::with(&prey.plan, faults(prey, input), luck.source(input.luck))
}

/// The faults of a run.
pub(super) fn faults(prey: &Prey, input: &Input) -> Vec<Fault> {
    let mut all: Vec<Fault> = prey.base.iter().chain(&input.faults).cloned().collect();
    in_order_of_ids(&mut all);
    all
}

/// As a scenario's are: at one instant that is the order in which they strike.
fn in_order_of_ids(faults: &mut [Fault]) {
    faults.sort_by(|a, b| a.id.cmp(&b.id));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::strategy::{Corpus, Strategy};
    use crate::scenario::Reader;

    const TEXT: &str = "
scenario: v1
title: Two faults of its own
fleet: { connectors: { a: { region: westeurope, scm: github, orgs: 2 } } }
timeline:
  - { at: T+0, id: zebra, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+1h, id: anton, fault: { region-outage: { region: northeurope, lasts: 2h } } }
chaos: { at-most: 16 }
";

    #[test]
    fn faults_join_in_the_order_of_ids_and_part_as_they_were_drawn() {
        let reader = Reader::default();
        let document = reader.document_text("a.yaml", TEXT).expect("it is valid");
        let prey = Prey::new(&reader, &document, "a.yaml").expect("it can be hunted");
        let slots = Slots::new(&prey);
        let mut lineup = Lineup::of(&prey);
        let mut most = 0;
        for run in 1..200 {
            let corpus = Corpus::default();
            let input = Input::of(Strategy::Random, &prey, &slots, &corpus, 3, run);
            let mut drawn = input.faults.clone();
            assert_eq!(lineup.join(&mut drawn), faults(&prey, &input));
            assert!(drawn.is_empty());
            lineup.part(&slots, &mut drawn);
            assert_eq!(drawn, input.faults);
            most = most.max(drawn.len());
        }
        // The tenth stands before the second, by its id.
        assert!(most >= 10);
    }
}
