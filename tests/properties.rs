//! Laws that hold for any fleet, any faults, and the built-in procedures.

use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::{Drill, Outcome, Record, Rig};
use lifeboat::model::evolve::evolve;
use lifeboat::model::fact::{Fact, What};
use lifeboat::model::world::World;
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::testing::strategies::{
    self, ConnectorDraft, FaultDraft, KINDS, REGIONS, ScenarioDraft,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What the world's own rules forbid, whatever people and faults do.
const RULES: [CheckId; 7] = [
    CheckId::SingleOwner,
    CheckId::SupportedRegionOnly,
    CheckId::AuthorizedOwner,
    CheckId::ReleaseNeedsTicket,
    CheckId::AnnotationsAfterEntities,
    CheckId::NoPhantomRecord,
    CheckId::OnePrimary,
];

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Each org's own hash, by name.
fn by_name(scenario: &Scenario, outcome: &Outcome) -> BTreeMap<String, u64> {
    let fleet = &scenario.plan.fleet;
    let orgs = fleet.orgs().iter().enumerate().map(|(at, _)| {
        let name = fleet.org_name(lifeboat::model::ids::OrgIx::from(at));
        (format!("org {name}"), outcome.org_hashes[at])
    });
    let connectors = fleet.connectors().iter().zip(&outcome.connector_hashes);
    orgs.chain(connectors.map(|(it, hash)| (format!("connector {}", it.name), *hash)))
        .collect()
}

/// A run's hash as a value, by a hasher that is the same everywhere.
fn hash_of(run: &lifeboat::drill::Run<'_>) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = xxhash_rust::xxh3::Xxh3Default::new();
    run.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_world_never_breaks_its_own_rules(draft in strategies::scenarios()) {
        let scenario = draft.read();
        let outcome = Drill::new(&scenario.plan).run();
        for judgement in &outcome.judgements {
            if RULES.contains(&judgement.check) {
                prop_assert_ne!(judgement.verdict, Verdict::Violated, "{:?}\n{}", judgement, draft.text());
            }
        }
    }

    #[test]
    fn the_ledger_balances_to_the_record(draft in strategies::scenarios()) {
        let scenario = draft.read();
        let outcome = Drill::new(&scenario.plan).run();
        prop_assert!(outcome.balance.is_ok(), "{:?}\n{}", outcome.balance, draft.text());
    }

    #[test]
    fn the_same_seed_gives_the_same_facts(draft in strategies::scenarios()) {
        let scenario = draft.read();
        let again = draft.read();
        let (first, second) = (Drill::new(&scenario.plan), Drill::new(&again.plan));
        prop_assert!(first.verify().is_ok());
        prop_assert_eq!(first.run().trace_hash, second.run().trace_hash);
        // Memory that was used before leaves no mark.
        let mut rig = Rig::new(&scenario.plan);
        let once = rig.run(&first).trace_hash;
        prop_assert_eq!(once, rig.run(&first).trace_hash);
    }

    #[test]
    fn the_facts_alone_give_the_same_world(draft in strategies::scenarios()) {
        let scenario = draft.read();
        let outcome = Drill::new(&scenario.plan).run_recording(Record::Everything);
        let mut world = World::at_rest(&scenario.plan.fleet);
        for fact in &outcome.recorded {
            evolve(&scenario.plan.setting(), &mut world, fact);
        }
        prop_assert_eq!(world, outcome.world);
    }

    #[test]
    fn a_run_is_a_value(draft in strategies::scenarios(), stop_h in 0i64..200) {
        let scenario = draft.read();
        let drill = Drill::new(&scenario.plan);
        let at = lifeboat::time::Instant::from_millis(stop_h * 3_600_000);
        let mut run = drill.start(Record::Nothing);
        run.advance_to(at);
        let mut copy = run.clone();
        prop_assert!(copy == run);
        prop_assert_eq!(hash_of(&copy), hash_of(&run));
        run.advance_to(drill.until());
        copy.advance_to(drill.until());
        prop_assert!(copy == run);
        prop_assert_eq!(copy.trace_hash(), run.trace_hash());
        prop_assert_eq!(run.trace_hash(), drill.run().trace_hash);
    }

    #[test]
    fn a_run_differs_from_what_it_was_before_something_was_done(draft in strategies::scenarios()) {
        let scenario = draft.read();
        let drill = Drill::new(&scenario.plan);
        let mut run = drill.start(Record::Everything);
        while let Some(next) = run.peek().filter(|&it| it <= drill.until()) {
            let before = run.clone();
            run.advance_to(next);
            let news = &run.recorded()[before.recorded().len()..];
            let done = |fact: &Fact| matches!(
                fact.what,
                What::StepFinished { .. } | What::OrgReleased { .. } | What::OrgClaimed { .. }
                    | What::EntitiesAppeared { .. } | What::TicketOpened { .. } | What::ConnectorDown { .. }
            );
            if news.iter().any(done) {
                prop_assert!(before != run, "nothing shows what was done at {}\n{}", next, draft.text());
            }
        }
    }

    #[test]
    fn an_unrelated_connector_changes_nothing_for_the_others(draft in strategies::scenarios()) {
        // Limited teams would be shared, and a serial recovery is a queue.
        let mut draft = ScenarioDraft { timeline: lone(&draft.timeline), ..draft };
        (draft.procedure.operators, draft.procedure.support) = (0, 0);
        draft.procedure.parameters &= !(1 << 3);
        let text = draft.text();
        let one = read(&text);
        let alone = Drill::new(&one.plan).run();
        // A region that nobody is in or came to, and that no fault names: one that is
        // lost with a target is shared with it.
        let catalogue = one.plan.fleet.catalogue();
        let came_to = |region: &str| {
            alone.world.connectors.iter().any(|it| catalogue.region(it.region).name == region)
        };
        let free = REGIONS.iter().find(|region| !text.contains(*region) && !came_to(region));
        prop_assume!(free.is_some());
        let line = format!("\n    zulu: {{ region: {}, scm: gitlab, orgs: 2 }}\nprocedure:", free.unwrap_or(&""));
        let more = text.replace("\nprocedure:", &line);
        let two = read(&more);
        let few = by_name(&one, &alone);
        let many = by_name(&two, &Drill::new(&two.plan).run());
        for (name, hash) in few {
            prop_assert_eq!(Some(&hash), many.get(&name), "{}\n{}", name, more);
        }
    }

    #[test]
    fn the_order_of_the_file_changes_nothing(draft in strategies::scenarios()) {
        let mut lines: Vec<String> = draft.text().lines().map(str::to_owned).collect();
        let connectors: Vec<usize> =
            (0..lines.len()).filter(|&at| lines[at].contains("region: ") && lines[at].contains("auto-discovery")).collect();
        let (first, last) = (connectors[0], connectors[connectors.len() - 1]);
        lines[first..=last].reverse();
        let turned = read(&(lines.join("\n") + "\n"));
        let straight = draft.read();
        prop_assert_eq!(Drill::new(&turned.plan).run().trace_hash, Drill::new(&straight.plan).run().trace_hash);
    }

    #[test]
    fn a_rename_that_keeps_its_id_changes_labels_only(draft in strategies::scenarios()) {
        let named = |prefix: &str| {
            let mut draft = draft.clone();
            // Faults name orgs by what they are called, so only connectors' faults stay.
            draft.timeline.retain(|it| !KINDS[it.kind].contains("org") && KINDS[it.kind] != "permission-lost");
            draft.fleet.connectors = draft.fleet.connectors.iter().map(|it| ConnectorDraft {
                name: format!("{prefix}{}", it.name),
                id: Some(it.name.clone()),
                ..it.clone()
            }).collect();
            draft.read()
        };
        let (one, other) = (named("a-"), named("b-"));
        prop_assert_eq!(Drill::new(&one.plan).run().trace_hash, Drill::new(&other.plan).run().trace_hash);
    }
}

// Planted bugs break the world's rules, and nothing of ours.
proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn planted_bugs_leave_the_ledger_in_balance(draft in strategies::defective_scenarios()) {
        let scenario = draft.read();
        let outcome = Drill::new(&scenario.plan).run();
        prop_assert!(outcome.balance.is_ok(), "{:?}\n{}", outcome.balance, draft.text());
    }

    #[test]
    fn planted_bugs_are_deterministic(draft in strategies::defective_scenarios()) {
        let (scenario, again) = (draft.read(), draft.read());
        let (first, second) = (Drill::new(&scenario.plan), Drill::new(&again.plan));
        prop_assert!(first.verify().is_ok());
        prop_assert_eq!(first.run().trace_hash, second.run().trace_hash);
    }

    #[test]
    fn the_facts_of_planted_bugs_give_the_same_world(draft in strategies::defective_scenarios()) {
        let scenario = draft.read();
        let outcome = Drill::new(&scenario.plan).run_recording(Record::Everything);
        let mut world = World::at_rest(&scenario.plan.fleet);
        for fact in &outcome.recorded {
            evolve(&scenario.plan.setting(), &mut world, fact);
        }
        prop_assert_eq!(world, outcome.world);
    }

    #[test]
    fn the_order_of_planted_bugs_means_nothing(draft in strategies::defective_scenarios()) {
        let mut turned = draft.clone();
        turned.defects.reverse();
        let (one, other) = (draft.read(), turned.read());
        prop_assert_eq!(Drill::new(&one.plan).run().trace_hash, Drill::new(&other.plan).run().trace_hash);
    }
}

/// The faults that strike one connector or its orgs, and not what others share.
fn lone(timeline: &[FaultDraft]) -> Vec<FaultDraft> {
    let shared = ["support-surge", "operator-absent"];
    timeline
        .iter()
        .filter(|it| !shared.contains(&KINDS[it.kind]))
        .cloned()
        .collect()
}

fn read(text: &str) -> Scenario {
    Reader::default()
        .read_text("drafted.yaml", text)
        .unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}
