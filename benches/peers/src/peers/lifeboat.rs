//! The drill in lifeboat itself: from a scenario text, with everything on that the others do
//! without: all checks, all measures, the ledger, the trace hash.

use std::fmt::Write as _;

use lifeboat::drill::{Drill, Rig};
use lifeboat::measures::Clock;
use lifeboat::scenario::{Reader, Scenario};

use crate::fleet::Fleet;
use crate::{Peer, Summary};

/// The drill in lifeboat.
pub struct Lifeboat {
    run: Box<dyn FnMut() -> Summary>,
}

impl Lifeboat {
    /// Lays the same fleet down, alert by alert, and prepares one memory for all drills.
    pub fn new(fleet: &Fleet) -> Self {
        let text = text(fleet);
        let mut reader = Reader::default();
        reader.limits.file_bytes = text.len() as u64 + 1;
        reader.limits.nodes = usize::MAX;
        let scenario = reader
            .read_text("peers", text)
            .expect("the reference drill is a valid scenario");
        // One scenario a process, for as long as it lasts.
        let scenario: &'static Scenario = Box::leak(Box::new(scenario));
        let drill: &'static Drill<'static> = Box::leak(Box::new(Drill::new(&scenario.plan)));
        let mut rig = Rig::new(&scenario.plan);
        let run = move || {
            let outcome = rig.run(drill);
            let recreated = outcome.measures.clocks.protection;
            let Clock::Stopped(recreated) = recreated else {
                panic!("the records are back: {recreated:?}")
            };
            Summary {
                facts: outcome.facts,
                finished_ms: outcome.rest.as_millis() as u64,
                recreated_ms: recreated.as_millis(),
            }
        };
        Self { run: Box::new(run) }
    }
}

impl Peer for Lifeboat {
    fn name(&self) -> &str {
        "lifeboat"
    }

    fn drill(&mut self) -> Summary {
        (self.run)()
    }
}

fn text(fleet: &Fleet) -> String {
    let mut text =
        String::from("scenario: v1\ntitle: the reference drill\nfleet:\n  connectors:\n");
    for (at, orgs) in fleet.connectors.iter().enumerate() {
        let _ = writeln!(
            text,
            "    c{at:05}:\n      region: westeurope\n      scm: azure-devops\n      orgs:"
        );
        for (turn, org) in orgs.iter().enumerate() {
            let ages: Vec<String> = org
                .alert_ages_s
                .iter()
                .map(|age| format!("{age}s"))
                .collect();
            let _ = writeln!(
                text,
                "        c{at:05}-{turn:05}: {{ projects: {}, recommendations: {}, graph-entities: {}, alerts: {{ ages: [{}] }} }}",
                org.projects,
                org.recommendations,
                org.graph_entities,
                ages.join(", "),
            );
        }
    }
    text + "timeline:\n  - at: T+0\n    fault: { region-outage: { region: westeurope, lasts: 48h } }\n"
}
