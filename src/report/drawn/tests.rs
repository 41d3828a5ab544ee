//! What is drawn, looked at.

use super::*;
use crate::chance::{Distribution, Shape};

const H: u64 = Duration::HOUR.as_millis();

/// A thousand values of a distribution, evenly along its luck.
fn of(shape: Shape<u64>) -> Spread {
    let dist = Distribution::new(shape, Duration::MAX.as_millis()).expect("valid");
    let mut spread = Spread::default();
    for run in 0..1_000 {
        spread.record(dist.quantile(u64::MAX / 2_000 * (2 * run + 1)));
    }
    spread
}

fn style(unicode: bool) -> RenderStyle {
    RenderStyle {
        unicode,
        ..RenderStyle::default()
    }
}

fn both(title: &str, spread: &Spread, unit: Unit, unicode: bool) -> String {
    let one = histogram(title, spread, unit, style(unicode));
    let other = ecdf(title, spread, unit, style(unicode));
    let drawn = format!("{one}\n{other}");
    for line in drawn.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    drawn
}

fn estimate() -> Spread {
    of(Shape::Pert {
        min: 26 * H,
        mode: 30 * H,
        max: 75 * H,
    })
}

#[test]
fn an_estimate() {
    insta::assert_snapshot!(both("protection", &estimate(), Unit::Time, true));
}

#[test]
fn some_of_it_never_in_ascii() {
    let mut spread = estimate();
    for _ in 0..80 {
        spread.record_never();
    }
    let drawn = both("protection", &spread, Unit::Time, false);
    assert!(drawn.is_ascii());
    insta::assert_snapshot!(drawn);
}

#[test]
fn a_long_tail_is_cut() {
    let tail = of(Shape::LogNormal {
        p50: 2 * H,
        p95: 60 * H,
    });
    insta::assert_snapshot!(both("blind time", &tail, Unit::Time, true));
}

#[test]
fn counts() {
    let mut losses = Spread::default();
    for run in 0..365_u64 {
        losses.record(if run % 9 == 0 { run % 4 } else { 0 });
    }
    insta::assert_snapshot!(both("alerts lost", &losses, Unit::Count, true));
}

#[test]
fn what_is_always_the_same_or_never() {
    let mut same = Spread::default();
    same.record(26 * H);
    let mut never = Spread::default();
    never.record_never();
    let drawn = [same, never, Spread::default()].map(|it| both("full", &it, Unit::Time, true));
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn rows_hold_every_run_and_labels_are_short() {
    for spread in [
        estimate(),
        of(Shape::Exponential { mean: 1 }),
        of(Shape::Exponential {
            mean: u64::MAX / 50_000_000,
        }),
        of(Shape::Uniform {
            min: 999_999_999_999,
            max: 1_000_000_000_001,
        }),
    ] {
        for unit in [Unit::Time, Unit::Count] {
            both("anything", &spread, unit, true);
            let rows = histogram::rows(&spread, unit);
            assert!(rows.len() <= 17);
            assert_eq!(rows.iter().map(|it| it.runs).sum::<u64>(), 1_000);
            let marks: Vec<String> = rows.into_iter().flat_map(|it| it.marks).collect();
            assert_eq!(marks, ["p50", "p90", "p95", "p99"]);
        }
    }
}

#[test]
fn shares_are_told_for_what_they_are() {
    let told = |hits, of| percent(Share { hits, of });
    assert_eq!(
        [told(0, 9), told(1, 9_999), told(1, 3)],
        ["0.0%", "<0.1%", "33.3%"]
    );
    assert_eq!(
        [told(9_998, 9_999), told(9, 9), told(0, 0)],
        [">99.9%", "100.0%", "0.0%"]
    );
}
