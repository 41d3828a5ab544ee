//! The laws of sampling.

use super::*;
use crate::checks::CheckId;
use crate::drill::Drill;
use crate::measures::{ClockKind, Quantity};
use crate::scenario::{Plan, Reader, Scenario};
use proptest::prelude::*;
use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Everything drawn that can be: what orgs hold, how long things take, whether a fault
/// strikes at all.
const DRAWN: &str = "
scenario: v1
title: Much is uncertain
fleet:
  defaults: { alerts: { count: { uniform: { min: 0, max: 9 } }, age: { uniform: { min: 0d, max: 9d } } } }
  connectors:
    payments: { region: westeurope, scm: github, orgs: 3 }
    billing:
      region: uksouth
      scm: azure-devops
      orgs:
        contoso: { projects: { uniform: { min: 1, max: 200 } }, alerts: { ages: [1d, 6d, 8d] } }
        fabrikam: { alerts: 4, recommendations: { uniform: { min: 0, max: 5 } } }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: { pert: { min: 2h, mode: 1d, max: 9d } } } }
  - at: T+1h
    chance: 40%
    fault: { region-outage: { region: uksouth, lasts: { exponential: { mean: 20h } } } }
  - at: T+2h
    chance: 20%
    fault: { ticket-lost: { connector: payments } }
procedure: { steps: { release-ownership: { takes: { lognormal: { p50: 4h, p95: 4d } } } } }
expect: { settled: { known-failure: tickets get lost } }
";

fn read(seed: Option<u64>) -> Scenario {
    let reader = Reader {
        seed,
        ..Reader::default()
    };
    let read = reader.read_text("drawn.yaml", DRAWN);
    read.unwrap_or_else(|it| panic!("{}", it.render(Default::default())))
}

fn jobs(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("some")
}

fn sampled(plan: &Plan, runs: Range<u64>, threads: usize, pace: &dyn Pace) -> Sampled {
    let sample_of = Sample {
        plan,
        seed: 7,
        runs,
        jobs: jobs(threads),
        rows: false,
    };
    sample(&sample_of, pace).expect("every ledger balances")
}

/// Rounds of so many runs; stops after some.
struct Rounds {
    each: NonZeroU64,
    left: AtomicU64,
    seen: Mutex<Vec<u64>>,
}

impl Rounds {
    fn new(each: u64, left: u64) -> Self {
        Self {
            each: NonZeroU64::new(each).expect("some"),
            left: left.into(),
            seen: Mutex::default(),
        }
    }
}

impl Pace for Rounds {
    fn next(&self, round: &Round<'_>) -> Go {
        let mut seen = self.seen.lock().expect("nobody panics");
        seen.extend(round.rows.iter().map(|it| it.run));
        if self.left.fetch_sub(1, Ordering::Relaxed) == 0 {
            return Go::Stop;
        }
        Go::On(self.each)
    }
}

#[test]
fn a_row_is_the_run_of_its_seed() {
    let scenario = read(None);
    let mut series = Series::new(&scenario.plan);
    let mut apart = 0;
    for run in 0..40 {
        let seed = seed_of(9, run);
        let row = series.row(run, seed).expect("it balances");
        let with_path = series.row_with_path(run, seed).expect("it balances");
        let alone = read(Some(seed));
        let outcome = Drill::new(&alone.plan).run();
        for quantity in Quantity::ALL {
            assert_eq!(
                row.value(quantity),
                quantity.read(&outcome.measures),
                "{quantity:?}"
            );
        }
        for it in &outcome.judgements {
            assert_eq!(row.verdict(it.check), Some(it.verdict));
        }
        let hash = series.run(seed, Default::default(), |_, rig| rig.outcome().trace_hash);
        assert_eq!(hash, outcome.trace_hash);
        let spent = with_path.spent.as_deref().expect("it was looked at");
        assert_eq!(
            Row {
                spent: None,
                ..with_path.clone()
            },
            row
        );
        for kind in ClockKind::ALL {
            let clock = outcome.measures.clocks.get(kind).stopped();
            let length = clock.map_or(0, |it| it.as_millis());
            assert_eq!(spent.clock(kind).total_ms(), length, "{kind:?}");
        }
        apart += u64::from(outcome.trace_hash != Drill::new(&scenario.plan).run().trace_hash);
    }
    assert!(apart > 30, "luck makes a difference");
}

#[test]
fn what_orgs_hold_is_drawn_again_as_it_would_be_read() {
    let mut fleet = read(None).plan.fleet;
    assert!(fleet.is_drawn());
    for seed in 0..50 {
        let alone = read(Some(seed)).plan.fleet;
        fleet.draw_anew(crate::chance::Seeded::new(seed));
        for org in (0..fleet.orgs().len()).map(crate::model::ids::OrgIx::from) {
            let mut ages = fleet.alert_ages_s(org).to_vec();
            ages.sort_unstable();
            assert_eq!(ages, alone.alert_ages_s(org));
            assert_eq!(fleet.org(org), alone.org(org));
            let window = scenario_window();
            for hours in [0, 30, 200] {
                let at = crate::time::Instant::ZERO + crate::time::Duration::from_hours(hours);
                let inside = |it: &crate::model::fleet::Fleet| it.alerts_inside(org, at, &window);
                assert_eq!(inside(&fleet), inside(&alone));
            }
        }
    }
}

fn scenario_window() -> crate::model::fleet::AlertWindow {
    read(None).plan.parameters.window
}

#[test]
fn runs_have_seeds_of_their_own() {
    let mut seeds: Vec<u64> = (0..10_000).map(|run| seed_of(3, run)).collect();
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!(seeds.len(), 10_000);
    // Part of what a sample means.
    assert_eq!([seed_of(0, 0), seed_of(1, 1)].map(|it| it != 0), [true; 2]);
}

#[test]
fn threads_and_rounds_change_nothing() {
    let scenario = read(None);
    let whole = sampled(&scenario.plan, 0..700, 1, &AtOnce);
    assert_eq!(whole.runs, 700);
    for threads in [2, 3] {
        assert_eq!(sampled(&scenario.plan, 0..700, threads, &AtOnce), whole);
        let rounds = Rounds::new(61, 1_000);
        assert_eq!(sampled(&scenario.plan, 0..700, threads, &rounds), whole);
    }
}

#[test]
fn rows_come_each_once_and_in_order() {
    let scenario = read(None);
    let rounds = Rounds::new(50, 1_000);
    let of = Sample {
        plan: &scenario.plan,
        seed: 7,
        runs: 5..333,
        jobs: jobs(3),
        rows: true,
    };
    sample(&of, &rounds).expect("every ledger balances");
    let seen = rounds.seen.into_inner().expect("nobody panics");
    assert_eq!(seen, (5..333).collect::<Vec<u64>>());
}

#[test]
fn whoever_stops_keeps_all_runs_before_the_next() {
    let scenario = read(None);
    let rounds = Rounds::new(40, 3);
    let part = sampled(&scenario.plan, 0..10_000, 2, &rounds);
    assert_eq!(part, sampled(&scenario.plan, 0..120, 1, &AtOnce));
}

/// Stops in the middle of a round.
struct Impatient {
    asked: AtomicU64,
    next: AtomicU64,
}

impl Pace for Impatient {
    fn next(&self, round: &Round<'_>) -> Go {
        self.next.store(round.next, Ordering::Relaxed);
        Go::On(NonZeroU64::MAX)
    }

    fn stop(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) > 7
    }
}

#[test]
fn a_round_that_is_cut_short_leaves_no_gap() {
    let scenario = read(None);
    for threads in [1, 2, 4] {
        let pace = Impatient {
            asked: 0.into(),
            next: 0.into(),
        };
        let part = sampled(&scenario.plan, 3..100_000, threads, &pace);
        let next = pace.next.into_inner();
        assert!(part.runs > 0 && part.runs < 1_000, "{}", part.runs);
        assert_eq!(part.runs, next - 3);
        assert_eq!(part, sampled(&scenario.plan, 3..next, 1, &AtOnce));
    }
}

#[test]
fn the_runs_that_are_handed_out_are_those_that_they_are_said_to_be() {
    let scenario = read(None);
    let all = sampled(&scenario.plan, 0..400, 2, &AtOnce);
    let mut series = Series::new(&scenario.plan);
    let rows: Vec<Row> = (0..400)
        .map(|run| series.row(run, seed_of(7, run)).expect("it balances"))
        .collect();
    for quantity in Quantity::ALL {
        let values = || {
            rows.iter()
                .filter_map(|it| Some((it.value(quantity)?, it.run)))
        };
        let tally = all.tally(quantity);
        assert_eq!(tally.least, values().min(), "{quantity:?}");
        let most = values().map(|it| it.0).max();
        let first = values().find(|it| Some(it.0) == most);
        assert_eq!(tally.most, first, "{quantity:?}");
        assert_eq!(tally.spread.count(), values().count() as u64);
    }
    for check in CheckId::ALL {
        let bad = |it: &&Row| it.verdict(check) == Some(crate::checks::Verdict::Violated);
        let first = rows.iter().find(bad).map(|it| it.run);
        assert_eq!(all.said(check).violated_in, first);
        assert_eq!(
            all.said(check).violated().hits,
            rows.iter().filter(bad).count() as u64
        );
    }
    assert_eq!(
        all.violated,
        rows.iter().filter(|it| it.violated).count() as u64
    );
    assert_eq!(all.spent.runs, all.runs, "so few are looked at one and all");
}

#[test]
fn of_many_runs_the_first_are_looked_at_and_then_one_of_some() {
    let looked = |runs: u64| (0..runs).filter(|&it| Spent::looks_at(it)).count() as u64;
    assert_eq!(looked(Spent::FIRST), Spent::FIRST);
    assert_eq!(looked(Spent::FIRST + 64 * 3), Spent::FIRST + 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever the split and the order, the parts are the whole.
    #[test]
    fn parts_merge_to_the_whole(mut cuts in prop::collection::vec(0u64..300, 0..5), swaps in prop::collection::vec(0usize..6, 6)) {
        let scenario = read(None);
        let whole = sampled(&scenario.plan, 0..300, 1, &AtOnce);
        cuts.extend([0, 300]);
        cuts.sort_unstable();
        let mut parts: Vec<Sampled> = cuts
            .windows(2)
            .map(|it| sampled(&scenario.plan, it[0]..it[1], 2, &AtOnce))
            .collect();
        for (at, with) in swaps.into_iter().enumerate() {
            let count = parts.len();
            parts.swap(at % count, with % count);
        }
        // From the left, and from the right: (a + b) + c is a + (b + c).
        let mut left = Sampled::none(0);
        parts.iter().for_each(|it| left.merge(it));
        let mut right = Sampled::none(0);
        for part in parts.iter().rev() {
            let mut sum = part.clone();
            sum.merge(&right);
            right = sum;
        }
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&right, &whole);
    }
}

mod parts {
    use super::*;
    use crate::scenario::codes;
    use crate::scenario::syntax::Source;
    use crate::statistics::Looks;

    fn part(seed: u64, runs: Range<u64>) -> Part {
        let scenario = read(None);
        let mut part = Part::none(Header::of(&scenario, seed, Looks::Once));
        let sample_of = Sample {
            plan: &scenario.plan,
            seed,
            runs: runs.clone(),
            jobs: jobs(1),
            rows: false,
        };
        let sampled = sample(&sample_of, &AtOnce).expect("every ledger balances");
        part.add(runs, &sampled).expect("it is the first");
        part
    }

    fn again(text: &str) -> Result<Part, crate::scenario::syntax::Diagnostic> {
        written::read(&Source::new("a.part", text))
    }

    #[test]
    fn a_part_is_read_as_it_was_written() {
        for runs in [0..1, 7..200] {
            let part = part(7, runs);
            let text = written::to_text(&part);
            let read = again(&text).unwrap_or_else(|it| panic!("{}", it.message()));
            assert_eq!(read, part);
            assert_eq!(written::to_text(&read), text);
        }
    }

    #[test]
    fn the_file_of_all_parts_is_that_of_the_whole() {
        let whole = written::to_text(&part(7, 0..300));
        let parts = [0..40, 40..41, 41..250, 250..300].map(|it| part(7, it));
        for order in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
            let mut all = parts[order[0]].clone();
            for at in &order[1..] {
                all.merge(&parts[*at]).expect("they are of one sample");
            }
            assert!(written::to_text(&all) == whole, "{order:?}");
        }
    }

    #[test]
    fn parts_of_other_samples_are_refused_and_nothing_is_added() {
        let mut one = part(7, 0..20);
        let before = one.clone();
        let mut other_version = part(7, 20..30);
        other_version.header.version = "0.0.9".into();
        let mut other_scenario = part(7, 20..30);
        other_scenario.header.meaning ^= 1;
        for (other, what) in [
            (part(8, 20..30), "its seed is 0x8"),
            (other_version, "its version of lifeboat is 0.0.9"),
            (other_scenario, "the meaning of its scenario is"),
            (part(7, 19..30), "the runs 19 to 19 are in another part"),
            (part(7, 0..20), "the runs 0 to 19"),
        ] {
            let error = one.merge(&other).expect_err(what);
            assert!(error.to_string().contains(what), "{error}");
            assert_eq!(one, before);
        }
    }

    #[test]
    fn what_a_scenario_means_is_in_its_number() {
        let of = |text: &str| {
            let scenario = Reader::default().read_text("a.yaml", text);
            meaning(
                &scenario
                    .unwrap_or_else(|it| panic!("{}", it.render(Default::default())))
                    .plan,
            )
        };
        let whole = of(DRAWN);
        assert_eq!(
            of(&format!(
                "# a comment\n{DRAWN}tags: [a]\nowner: me\nseed: 4\n"
            )),
            whole
        );
        assert_eq!(of(&DRAWN.replace("Much is", "A lot is")), whole);
        for (from, to) in [
            ("4h, p95", "5h, p95"),
            ("chance: 40%", "chance: 41%"),
            ("orgs: 3", "orgs: 4"),
            ("max: 9 }", "max: 8 }"),
            ("region: uksouth\n", "region: eastus\n"),
            ("[1d, 6d, 8d]", "[1d, 6d, 9d]"),
            ("expect:", "until: 40d\nexpect:"),
            (
                "expect:",
                "objectives: { a: { clock: full, p95: 9d } }\nexpect:",
            ),
            ("{ known-failure: tickets get lost }", "{ within: 8d }"),
        ] {
            assert!(DRAWN.contains(from), "{from}");
            assert_ne!(of(&DRAWN.replacen(from, to, 1)), whole, "{from}");
        }
    }

    /// The line of the first label of what is wrong with a text.
    fn line_of(text: &str) -> usize {
        let error = again(text).expect_err("it is damaged");
        assert_eq!(error.code(), codes::PART_DAMAGED.code);
        let span = error.span().expect("it has a place");
        error.source_file().line_col(span).0.line
    }

    #[test]
    fn a_part_that_is_damaged_or_cut_off_says_where() {
        let text = written::to_text(&part(7, 0..30));
        let lines: Vec<&str> = text.lines().collect();
        let joined = |lines: &[&str]| lines.join("\n") + "\n";
        for (at, line) in lines.iter().enumerate() {
            // One digit changed: of the checksum, then of what it is of.
            for place in [3, line.len() - 2] {
                let mut bytes = line.as_bytes().to_vec();
                bytes[place] = if bytes[place] == b'1' { b'2' } else { b'1' };
                let changed = String::from_utf8(bytes).expect("it is ASCII");
                let mut all = lines.clone();
                all[at] = &changed;
                assert_eq!(line_of(&joined(&all)), at + 1);
            }
            // A line missing, and everything from here on.
            let without = [&lines[..at], &lines[at + 1..]].concat();
            let expected = (at + 1).min(without.len());
            assert_eq!(line_of(&joined(&without)), expected);
            if at > 0 {
                assert_eq!(line_of(&joined(&lines[..at])), at);
            }
            let begun = text.find(line).expect("it is there") + line.len() / 2;
            assert_eq!(line_of(&text[..begun]), at + 1);
        }
        assert_eq!(line_of(&format!("{text}{}\n", lines[0])), lines.len() + 1);
        assert_eq!(line_of("scenario: v1\n"), 1);
        assert!(again("").is_err());
    }
}
