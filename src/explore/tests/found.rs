//! What is found, and how it is told apart.

use super::*;

#[test]
fn a_planted_bug_is_found_small_and_shows_itself_again() {
    let prey = prey("defects: [promotes-both]\nchaos: { allow: [region, drift] }\n");
    let found = hunted(&prey, Strategy::Mix, 4_096, 2);
    let finding = found
        .findings
        .iter()
        .find(|it| it.cause.check == CheckId::OnePrimary);
    let finding = finding.unwrap_or_else(|| {
        panic!(
            "{:?}",
            found.findings.iter().map(|it| &it.id).collect::<Vec<_>>()
        )
    });
    let text = finding.document.to_yaml();
    let read = Reader::default().read_text("a.yaml", &text).unwrap();
    assert!(read.warnings.is_empty(), "{text}");
    let replayed = replay(&read.plan, finding.cause.check, finding.trace_hash);
    assert!(replayed.violated && !replayed.diverged(), "{text}");
    assert!(read.plan.fleet.connectors().len() <= 2, "{text}");
    assert!(read.plan.fleet.orgs().len() <= 3, "{text}");
    assert!(read.plan.faults.len() <= 2, "{text}");
    assert_eq!(finding.shrunk.why, WhyStopped::Smallest);
}

#[test]
fn one_scenario_is_one_finding_whatever_it_violates() {
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [lookup, authorizer-absent] }
expect: { no-orphaned-orgs: { within: 6d } }
",
    );
    let found = hunted(&prey, Strategy::Mix, 2_048, 2);
    let mut seen = std::collections::BTreeSet::new();
    let mut most = 0;
    for finding in &found.findings {
        let mut document = finding.document.clone();
        for key in ["title", "id", "expect"] {
            document.remove(&[key]);
        }
        assert!(seen.insert(document.to_yaml()), "{}", document.to_yaml());
        // It violates what it says, read again from its file, and nothing else.
        let text = finding.document.to_yaml();
        let read = Reader::default().read_text("a.yaml", &text).unwrap();
        let outcome = crate::drill::Drill::new(&read.plan).run();
        let mut told = vec![finding.cause];
        told.extend(&finding.also);
        told.sort_unstable();
        let mut shown: Vec<Cause> = Cause::all(&outcome).collect();
        shown.sort_unstable();
        assert_eq!(told, shown, "{text}");
        assert_eq!(outcome.trace_hash, finding.trace_hash);
        most = most.max(finding.also.len());
    }
    assert!(most >= 4, "an orphaned org lacks everything: {most}");
    assert!(found.as_it_stands.is_empty());
}

#[test]
fn ways_that_are_not_made_small_are_counted() {
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]\n",
    );
    let of = |ways| {
        let it = Hunt {
            ways,
            ..usual(&prey, Strategy::Mix, 1_024, 2)
        };
        hunt(&it, &Reader::default())
    };
    let (none, one, all) = (of(0), of(1), of(usize::MAX));
    assert!(none.findings.is_empty() && none.left_out > one.left_out);
    assert!(one.left_out > 0);
    assert!(all.findings.len() > one.findings.len());
    assert_eq!(all.left_out, 0);
}

#[test]
fn what_fails_as_it_stands_is_told_apart_and_first() {
    let prey = prey(
        "procedure: { steps: { triage-ticket: { takes: 9d } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [scm-throttled, ticket-lost, lookup] }
",
    );
    let found = hunted(&prey, Strategy::Mix, 1_024, 2);
    assert!(found.as_it_stands.contains(&CheckId::NoOrphanedOrgs));
    let thrown = |it: &Finding| it.run != 0;
    assert!(!thrown(&found.findings[0]) && found.findings.is_sorted_by_key(thrown));
}

#[test]
fn a_run_is_the_same_written_down() {
    // Many faults at one instant, an org that appears among them: their order counts.
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [org-created, authorizer-absent, region-flap], at-most: 4, from: T+0, to: T+1h }
",
    );
    let slots = crate::explore::draw::Slots::new(&prey);
    let corpus = crate::explore::strategy::Corpus::default();
    let mut late = 0;
    for run in 1..300 {
        let input = Input::of(Strategy::Random, &prey, &slots, &corpus, 7, run);
        let mut document = prey.document.clone();
        for fault in &input.faults {
            let event = Document::event(&prey.directory, &prey.plan, fault);
            document.push(&["timeline"], event);
        }
        document.set(
            &["seed"],
            crate::scenario::document::leaf(format!("{:#x}", input.luck)),
        );
        let written = Reader::default()
            .compile(&document, "written.yaml")
            .unwrap();
        let verdicts = |it: crate::drill::Outcome| -> Vec<_> {
            it.judgements
                .iter()
                .map(|it| (it.check, it.verdict))
                .collect()
        };
        let hunted = verdicts(crate::explore::lineup::drill(&prey, &input).run());
        late += usize::from(
            hunted.contains(&(CheckId::LateOrgsCovered, crate::checks::Verdict::Violated)),
        );
        let again = verdicts(crate::drill::Drill::new(&written.plan).run());
        assert_eq!(hunted, again, "run {run}\n{}", document.to_yaml());
    }
    assert!(late > 0, "an org appears late in some run");
}
