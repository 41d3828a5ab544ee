//! For people: objectives first, then how long and how much, what is violated, where
//! the time goes, and which run to look at.

use super::words::{interval, objective, percent, time, value};
use super::{Draw, Told, judged};
use crate::checks::{CheckId, Verdict};
use crate::explore::odds::{Spent, seed_of};
use crate::measures::{Cause, ClockKind, Line, Quantity, Records};
use crate::report::drawn::{Unit, ecdf, histogram};
use crate::report::entry::{run_again, seed_text};
use crate::report::text::{Ink, Page, Table, counted, thousands};
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{Level, Looks, Percentile, Ruling, Share, Spread, TooFew, Value};

/// How wide the column of a percentile is, and that of an extreme.
const WIDE: usize = 13;
const NARROW: usize = 7;

/// The face of a sample.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    head(&mut page, told);
    objectives(&mut page, told);
    quantities(&mut page, told);
    checks(&mut page, told);
    spent(&mut page, told);
    to_see(&mut page, told);
    page.finish() + &drawn(told, style)
}

/// A drawing or two of each quantity that varies.
fn drawn(told: &Told<'_>, style: RenderStyle) -> String {
    let mut out = String::new();
    let varied = |it: &Quantity| {
        let spread = &told.part.sampled.tally(*it).spread;
        is_shown(told, *it) && spread.min() != spread.max()
    };
    for quantity in Quantity::ALL.into_iter().filter(varied) {
        let spread = &told.part.sampled.tally(quantity).spread;
        let unit = match quantity.is_time() {
            true => Unit::Time,
            false => Unit::Count,
        };
        if matches!(told.draw, Draw::Histogram | Draw::Both) {
            out += "\n";
            out += &histogram(quantity.name(), spread, unit, style);
        }
        if matches!(told.draw, Draw::Ecdf | Draw::Both) {
            out += "\n";
            out += &ecdf(quantity.name(), spread, unit, style);
        }
    }
    out
}

fn head(page: &mut Page, told: &Told<'_>) {
    let header = &told.part.header;
    page.line(&header.title);
    let mut text = format!(
        "{}, seed {}.",
        counted(told.part.sampled.runs, "run"),
        seed_text(header.seed)
    );
    if !told.whole {
        text += " Interrupted: more were asked for.";
    }
    if told.part.ranges.len() > 1 || told.part.ranges.iter().any(|it| it.start > 0) {
        let ranges = told.part.ranges.iter();
        let ranges: Vec<String> = ranges
            .map(|it| format!("{}–{}", it.start, it.end - 1))
            .collect();
        text += &format!(" Only a part: runs {}.", ranges.join(", "));
    }
    page.paragraph(2, 0, &text);
}

fn objectives(page: &mut Page, told: &Told<'_>) {
    let all = judged(told.part);
    if all.is_empty() {
        return;
    }
    page.heading("Objectives");
    for it in all {
        let (ink, word) = match it.ruling {
            Ruling::Pass => (Ink::Good, "PASS"),
            Ruling::Fail => (Ink::Bad, "FAIL"),
            Ruling::Inconclusive { .. } => (Ink::Odd, "INCONCLUSIVE"),
        };
        let word = page.paint(ink, word);
        page.line(&format!("  {word}  {}", it.objective.name));
        let level = it.objective.confidence;
        let mut text = format!("{} ({level} sure). ", objective(it.objective));
        text += &if it.kept.of == 0 {
            "No run put it to the test.".to_owned()
        } else {
            let (hits, of) = (thousands(it.kept.hits), counted(it.kept.of, "run"));
            let observed = percent(it.kept.observed());
            let range = interval(it.kept.interval(it.confidence));
            format!("{hits} of {of} kept it: {observed} ({range}).")
        };
        if let Ruling::Inconclusive { settled_by } = it.ruling {
            text += &match settled_by {
                Some(runs) => format!(
                    " {} would settle it, if that share stayed.",
                    counted(runs, "run")
                ),
                None => " The share is so near to the limit that no number of runs settles it."
                    .to_owned(),
            };
        }
        page.paragraph(4, 0, &text);
    }
}

/// Which quantities are shown where not all are asked for: times, what is orphaned,
/// and losses of which there are any.
fn is_shown(told: &Told<'_>, quantity: Quantity) -> bool {
    let spread = &told.part.sampled.tally(quantity).spread;
    let any = spread.max().is_some_and(|it| it != Value::At(0));
    match quantity {
        _ if told.full => true,
        Quantity::Ended(Records::All, Line::LostAsDocumented) => any,
        Quantity::Lost(Records::All) | Quantity::Ended(Records::All, _) => any,
        Quantity::Lost(_) | Quantity::Ended(..) => false,
        _ => true,
    }
}

fn quantities(page: &mut Page, told: &Told<'_>) {
    let sure = match told.looks() {
        Looks::Once => "95% sure",
        Looks::Always => "95% sure, however often one looked",
    };
    page.heading(&format!(
        "How long, how many: percentiles, and between what they lie ({sure})"
    ));
    let head = Level::TOLD.map(|it| format!("p{}", it.to_string().trim_end_matches('%')));
    let line = row(&head, ["least".into(), "most".into()]);
    page.line(&line);
    let mut few: Vec<TooFew> = Vec::new();
    for quantity in Quantity::ALL {
        if !is_shown(told, quantity) {
            continue;
        }
        one(page, told, quantity, &mut few);
    }
    few.sort_by_key(|it| (it.level, it.needed));
    few.dedup_by_key(|it| it.level);
    for it in few {
        if let Some(needed) = it.needed {
            let text = format!(
                "- is no number: a percentile at {} takes {}.",
                it.level,
                counted(needed, "run")
            );
            page.paragraph(2, 0, &text);
        }
    }
}

fn row(percentiles: &[String; 4], ends: [String; 2]) -> String {
    let mut line = String::from(" ");
    for it in percentiles {
        line += &format!(" {it:>WIDE$} ");
    }
    for it in ends {
        line += &format!("{it:>NARROW$} ");
    }
    line
}

fn one(page: &mut Page, told: &Told<'_>, quantity: Quantity, few: &mut Vec<TooFew>) {
    let runs = told.part.sampled.runs;
    let spread = &told.part.sampled.tally(quantity).spread;
    let (Some(least), Some(most)) = (spread.min(), spread.max()) else {
        page.line(&format!("  {}: no run put it to the test", quantity.name()));
        return;
    };
    let name = format!("  {}{}", quantity.name(), note(told, spread, runs));
    if least == most {
        let said = if spread.count() == 1 {
            "in one run"
        } else {
            "always"
        };
        page.line(&format!("{name}: {said} {}", value(quantity, least)));
        return;
    }
    page.line(&name);
    let found: [Result<Percentile<Value>, TooFew>; 4] =
        Level::TOLD.map(|it| spread.quantile(it, told.confidence()));
    let values = found.map(|it| it.map_or("-".into(), |it| value(quantity, it.value)));
    let ranges = found.map(|it| {
        it.map_or(String::new(), |it| {
            let [low, high] = [it.low, it.high].map(|it| value(quantity, it));
            if low == high {
                low
            } else {
                format!("{low}–{high}")
            }
        })
    });
    few.extend(found.into_iter().filter_map(Result::err));
    page.line(&row(&values, [least, most].map(|it| value(quantity, it))));
    let ranges = row(&ranges, [String::new(), String::new()]);
    let ranges = page.paint(Ink::Dim, ranges.trim_end());
    page.line(&ranges);
}

/// Of which runs, and how many never came to a number.
fn note(told: &Told<'_>, spread: &Spread, runs: u64) -> String {
    let mut notes = Vec::new();
    if spread.count() < runs {
        notes.push(format!(
            "of {} that put it to the test",
            counted(spread.count(), "run")
        ));
    }
    let never = spread.never();
    if never.hits > 0 && never.hits < never.of {
        let range = interval(never.interval(told.confidence()));
        notes.push(format!("never in {} ({range})", percent(never.observed())));
    }
    match notes.is_empty() {
        true => String::new(),
        false => format!(" ({})", notes.join("; ")),
    }
}

fn checks(page: &mut Page, told: &Told<'_>) {
    let sampled = &told.part.sampled;
    page.heading("Checks: the share of runs that violates each");
    let short = CheckId::ALL
        .iter()
        .any(|it| sampled.said(*it).count(Verdict::Inconclusive) > 0);
    let row = |name: &str, share: Share, first: Option<u64>, open: u64| {
        let mut cells = vec![
            name.to_owned(),
            percent(share.observed()),
            interval(share.interval(told.confidence())),
            seed(told, first),
        ];
        if short {
            cells.push(if open > 0 {
                thousands(open)
            } else {
                String::new()
            });
        }
        cells
    };
    let mut table = Table::default();
    let mut head = ["check", "violated", "95% sure", "first with --seed"]
        .map(String::from)
        .to_vec();
    head.extend(short.then(|| "too short".to_owned()));
    table.row(head);
    let (mut quiet, mut untested) = (0, 0);
    for check in CheckId::ALL {
        let said = sampled.said(check);
        let (share, open) = (said.violated(), said.count(Verdict::Inconclusive));
        if share.hits == 0 && open == 0 && !told.full {
            let tested = share.of - said.count(Verdict::Vacuous);
            quiet += u64::from(tested > 0);
            untested += u64::from(share.of > 0 && tested == 0);
            continue;
        }
        table.row(row(check.slug(), share, said.violated_in, open));
    }
    let any = "any, not known to fail";
    table.row(row(any, sampled.violating(), sampled.violated_in, 0));
    for line in table.lines(2) {
        page.line(&line);
    }
    if quiet > 0 {
        let none = Share {
            hits: 0,
            of: sampled.runs,
        };
        let most = percent(none.interval(told.confidence()).high);
        let text = format!(
            "{} violated in no run: each in at most {most} of all, 95% sure.",
            counted(quiet, "other check")
        );
        page.paragraph(2, 0, &text);
    }
    if untested > 0 {
        let text = format!("{} put to the test in no run.", counted(untested, "check"));
        page.paragraph(2, 0, &text);
    }
}

/// The seed of a run.
fn seed(told: &Told<'_>, run: Option<u64>) -> String {
    run.map_or(String::new(), |it| {
        seed_text(seed_of(told.part.header.seed, it))
    })
}

fn spent(page: &mut Page, told: &Told<'_>) {
    let spent = &told.part.sampled.spent;
    if spent.clocks.iter().all(|it| it.clocks == 0) {
        return;
    }
    page.heading("Where the time goes, on the way of the org that is last");
    let mut table = Table::default();
    let head = ClockKind::ALL.iter().map(|it| it.name().to_owned());
    table.row(std::iter::once(String::new()).chain(head).collect());
    for cause in Cause::ALL {
        let part = |kind: &ClockKind| {
            let split = spent.clock(*kind);
            let (ms, all) = (split.by_ms[cause as usize], split.total_ms());
            (ms > 0).then(|| percent(ms as f64 / all as f64))
        };
        let parts: Vec<Option<String>> = ClockKind::ALL.iter().map(part).collect();
        if parts.iter().any(Option::is_some) {
            let cells = parts.into_iter().map(Option::unwrap_or_default);
            table.row(
                std::iter::once(cause.name().to_owned())
                    .chain(cells)
                    .collect(),
            );
        }
    }
    let mean = |kind: &ClockKind| {
        let split = spent.clock(*kind);
        split
            .total_ms()
            .checked_div(split.clocks)
            .map_or(String::new(), time)
    };
    let means = ClockKind::ALL.iter().map(mean);
    table.row(
        std::iter::once("on average".to_owned())
            .chain(means)
            .collect(),
    );
    for line in table.lines(2) {
        page.line(&line);
    }
    let runs = told.part.sampled.runs;
    let looked = if spent.runs == runs {
        format!("Over all {}.", counted(runs, "run"))
    } else {
        format!(
            "Looked at in {} of {}: the first {}, then one of {}.",
            thousands(spent.runs),
            counted(runs, "run"),
            thousands(Spent::FIRST),
            Spent::EVERY,
        )
    };
    let text = format!("{looked} Clocks that never stopped are left out.");
    page.paragraph(2, 0, &text);
}

fn to_see(page: &mut Page, told: &Told<'_>) {
    let sampled = &told.part.sampled;
    let mut table = Table::default();
    table.row(["", "usual", "worst"].map(String::from).to_vec());
    let mut worst = None;
    for quantity in Quantity::ALL {
        let tally = sampled.tally(quantity);
        let varies = tally.spread.min() != tally.spread.max();
        if !varies || !is_shown(told, quantity) {
            continue;
        }
        let middle = tally.spread.quantile(Level::P50, told.confidence());
        let usual = middle
            .ok()
            .and_then(|it| sampled.nearest(quantity, it.value));
        if quantity == Quantity::Clock(ClockKind::Full) || worst.is_none() {
            worst = tally.most;
        }
        table.row(vec![
            quantity.name().to_owned(),
            seed(told, usual.map(|it| it.1)),
            seed(told, tally.most.map(|it| it.1)),
        ]);
    }
    let Some(worst) = worst else { return };
    page.heading("Runs to look at: the first of their kind, by seed");
    for line in table.lines(2) {
        page.line(&line);
    }
    let worst = seed_of(told.part.header.seed, worst.1);
    page.line(&format!("  {}", run_again(&told.part.header.path, worst)));
}
