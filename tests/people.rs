//! Where one more person helps, and where nobody whom one could add does: the shipped
//! scenarios that say so, with the number changed and nothing else.

use lifeboat::chance::Seeded;
use lifeboat::drill::{Drill, Outcome};
use lifeboat::measures::Clock;
use lifeboat::scenario::Reader;
use lifeboat::scenario::document::leaf;
use lifeboat::time::Duration;
use std::path::Path;

/// A shipped scenario with so many people in a team, drilled.
fn with(path: &str, team: &str, people: u32) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(path);
    let text = std::fs::read_to_string(&path).expect("the scenario is shipped");
    let reader = Reader::default();
    let mut document = reader
        .document_text("shipped.yaml", &text)
        .expect("a shipped scenario can be read");
    assert!(document.set(&["teams", team, "size"], leaf(people)));
    let scenario = reader
        .compile(&document, "shipped.yaml")
        .expect("it is as valid with another number");
    let plan = &scenario.plan;
    let drill = Drill::with(plan, plan.faults.clone(), Seeded::new(plan.seed));
    drill.run()
}

fn ownership(outcome: &Outcome) -> Duration {
    match outcome.measures.clocks.ownership {
        Clock::Stopped(after) => after,
        clock => panic!("every org is owned again: {clock:?}"),
    }
}

#[test]
fn where_people_are_short_each_of_them_helps() {
    let of = |people| {
        ownership(&with(
            "people/eight-connectors-one-person.yaml",
            "operators",
            people,
        ))
    };
    let times: Vec<Duration> = [1, 2, 4, 8].map(of).to_vec();
    assert!(times.windows(2).all(|it| it[1] < it[0]), "{times:?}");
    // Work of 85 minutes for each of eight connectors: 40 minutes of it on one's own.
    let own = times[0].saturating_sub(times[3]);
    assert_eq!(own, Duration::from_mins(7 * 85), "{times:?}");
    // More people than connectors have nothing to do.
    assert_eq!(of(8), of(9));
}

#[test]
fn where_support_is_short_nobody_of_ours_helps() {
    let ours = |people| with("people/a-crowd-cannot-help.yaml", "operators", people);
    let theirs = |people| with("people/a-crowd-cannot-help.yaml", "support", people);
    let clocks = |outcome: &Outcome| outcome.measures.clocks;
    assert_eq!(clocks(&ours(2)), clocks(&ours(20)));
    assert_eq!(clocks(&ours(20)), clocks(&ours(200)));
    assert!(ownership(&theirs(2)) < ownership(&theirs(1)));
}
