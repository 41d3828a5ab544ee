//! Hunts, end to end.

mod course;
mod found;
mod procedure;
mod small;

use std::num::NonZeroUsize;

use super::*;
use crate::checks::CheckId;
use crate::scenario::Reader;
use crate::scenario::document::Document;

const FLEET: &str = "scenario: v1
title: Hunted
fleet:
  connectors:
    ado: { region: westeurope, scm: azure-devops, orgs: 3 }
    payments: { region: westeurope, scm: github, orgs: 3 }
    web: { region: eastus, scm: gitlab, orgs: 2 }
";

fn document(more: &str) -> Document {
    let text = format!("{FLEET}{more}");
    Reader::default()
        .document_text("hunted.yaml", &text)
        .unwrap_or_else(|it| panic!("{text}{}", it.render(Default::default())))
}

fn prey(more: &str) -> Prey {
    Prey::new(&Reader::default(), &document(more), "hunted.yaml")
        .unwrap_or_else(|it| panic!("{more}{}", it.render(Default::default())))
}

fn usual(prey: &Prey, strategy: Strategy, runs: u64, jobs: usize) -> Hunt<'_> {
    Hunt {
        prey,
        strategy,
        seed: 7,
        budget: Budget::Runs(runs),
        jobs: NonZeroUsize::new(jobs).unwrap(),
        ways: 2,
        progress: &|_| true,
        stop: &|_| false,
    }
}

fn hunted(prey: &Prey, strategy: Strategy, runs: u64, jobs: usize) -> Hunted {
    hunt(&usual(prey, strategy, runs, jobs), &Reader::default())
}
