//! For people.

use super::Told;
use crate::explore::compare::Pairs;
use crate::measures::Quantity;
use crate::report::seed_text;
use crate::report::text::{Ink, Page, Table, brief, counted, thousands};
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{Confidence, Difference, Level, Paired, Share, Value};
use crate::time::Duration;
use std::collections::BTreeMap;

/// How many plans stand side by side in a table of 80 columns.
const ABREAST: usize = 2;

/// What a scenario is called in tables: A, B, C, …
fn letter(place: usize) -> String {
    let letters = ('A'..='Z').nth(place);
    letters.map_or_else(|| format!("#{}", place + 1), |it| it.to_string())
}

/// For people.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    for (place, it) in told.scenarios.iter().enumerate() {
        page.entry(0, &letter(place), &format!("{} ({})", it.title, it.path()));
    }
    page.gap();
    page.paragraph(
        0,
        0,
        &format!(
            "{} of each on the same luck, seed {}. Intervals hold at 95%.",
            counted(told.compared.runs, "run"),
            seed_text(told.seed)
        ),
    );
    alone(&mut page, told);
    for (place, pairs) in told.compared.pairs.iter().enumerate() {
        differences(&mut page, told, place + 1, pairs);
    }
    page.finish()
}

/// Quantities that come to something in some plan: for people the usual ones alone.
fn shown(told: &Told<'_>) -> Vec<Quantity> {
    let usual = |it: &Quantity| {
        let name = it.name();
        it.is_time() || name.starts_with("losses.")
    };
    let something = |it: &Quantity| {
        let most = |at: &crate::explore::odds::Sampled| at.tally(*it).spread.max();
        let most: Vec<_> = told.compared.alone.iter().filter_map(most).collect();
        most.iter().any(|it| *it != Value::At(0))
    };
    let all = Quantity::ALL.into_iter();
    all.filter(usual).filter(something).collect()
}

fn alone(page: &mut Page, told: &Told<'_>) {
    page.heading("Each for itself");
    let places: Vec<usize> = (0..told.scenarios.len()).collect();
    for (turn, few) in places.chunks(ABREAST).enumerate() {
        if turn > 0 {
            page.gap();
        }
        abreast(page, told, few);
    }
}

/// Some plans, side by side.
fn abreast(page: &mut Page, told: &Told<'_>, places: &[usize]) {
    let mut table = Table::default();
    let mut head = vec![String::new()];
    for &place in places {
        head.push(format!("{} p50", letter(place)));
        head.push(format!("{} p95", letter(place)));
    }
    table.row(head);
    for quantity in shown(told) {
        let mut cells = vec![quantity.name().to_owned()];
        for sampled in places.iter().map(|&it| &told.compared.alone[it]) {
            let spread = &sampled.tally(quantity).spread;
            for level in [Level::P50, Level::P95] {
                let found = spread.quantile(level, Confidence::USUAL);
                cells.push(found.map_or("-".to_owned(), |it| value(quantity, it.value)));
            }
        }
        table.row(cells);
    }
    let mut violates = vec!["runs that violate a check".to_owned()];
    for sampled in places.iter().map(|&it| &told.compared.alone[it]) {
        violates.push(share(sampled.violating()));
        violates.push(String::new());
    }
    table.row(violates);
    table.lines(2).iter().for_each(|line| page.line(line));
}

fn differences(page: &mut Page, told: &Told<'_>, place: usize, pairs: &Pairs) {
    let name = letter(place);
    page.heading(&format!("{name} less A, run by run"));
    let mut table = Table::default();
    let head = ["", "mean", "between", "p5", "p95", "worth"];
    table.row(head.map(str::to_owned).to_vec());
    let mut same = Vec::new();
    let mut open: BTreeMap<[u64; 3], Vec<&str>> = BTreeMap::new();
    for quantity in shown(told) {
        let paired = pairs.of(quantity);
        if paired.same() == paired.count() {
            same.push(quantity.name());
            continue;
        }
        table.row(row(quantity, paired));
        let never = never(paired);
        if never != [0; 3] {
            open.entry(never).or_default().push(quantity.name());
        }
    }
    let lines = table.lines(1);
    if lines.len() > 1 {
        lines.iter().for_each(|line| page.line(line));
    }
    if !same.is_empty() {
        let text = format!("The same in every run: {}.", same.join(", "));
        page.paragraph(2, 2, &text);
    }
    for (never, of) in open {
        let text = page.paint(Ink::Odd, &never_text(&name, never, &of));
        page.paragraph(2, 2, &text);
    }
    let (first, second) = (pairs.only_first_violates, pairs.only_second_violates);
    let text = if first == 0 && second == 0 {
        format!("A and {name} violate checks in the same runs.")
    } else {
        format!(
            "In {} only A violates a check, in {} only {name}.",
            counted(first, "run"),
            thousands(second)
        )
    };
    page.paragraph(2, 2, &text);
    page.paragraph(
        2,
        2,
        "Worth: how many times wider the interval of the mean would be if each had run as \
         often on luck of its own.",
    );
}

fn row(quantity: Quantity, paired: &Paired) -> Vec<String> {
    let dash = || "-".to_owned();
    let signed = |it: f64| difference_text(quantity, libm::round(it) as i64);
    let level = |ppm| crate::chance::Probability::from_ppm(ppm).and_then(Level::new);
    let quantile = |ppm| {
        let found = level(ppm)?;
        paired.quantile(found, Confidence::USUAL).ok()
    };
    let at = |ppm| quantile(ppm).map_or_else(dash, |it| beyond(quantity, it.value));
    let between = paired.mean_interval(Level::P95);
    vec![
        quantity.name().to_owned(),
        paired.mean().map_or_else(dash, signed),
        between.map_or_else(dash, |it| {
            format!("{} to {}", signed(it.low), signed(it.high))
        }),
        at(50_000),
        at(950_000),
        paired
            .worth()
            .map_or("exact".to_owned(), |it| format!("x{it:.1}")),
    ]
}

/// Runs in which one of the two never came to a number: of A alone, of the other alone,
/// of both. They are in no mean.
fn never(paired: &Paired) -> [u64; 3] {
    let (only_first, only_second) = (paired.less().never().hits, paired.more().never().hits);
    [only_first, only_second, paired.neither()]
}

fn never_text(name: &str, [only_first, only_second, both]: [u64; 3], of: &[&str]) -> String {
    format!(
        "Never at an end in {} of A alone, in {} of {name} alone, in {} of both, and left out \
         of the mean: {}.",
        counted(only_first, "run"),
        thousands(only_second),
        thousands(both),
        of.join(", ")
    )
}

/// A value as people read it.
fn value(quantity: Quantity, it: Value) -> String {
    match it {
        Value::Never => "never".to_owned(),
        Value::At(ms) if quantity.is_time() => brief(Duration::from_millis(ms)).to_string(),
        Value::At(count) => thousands(count),
    }
}

fn beyond(quantity: Quantity, it: Difference) -> String {
    match it {
        Difference::By(by) => difference_text(quantity, by),
        Difference::OnlySecond => "ends".to_owned(),
        Difference::OnlyFirst => "never".to_owned(),
    }
}

/// A difference, with its sign; its length in two units, so that five of them and a name
/// stand side by side in 80 columns.
fn difference_text(quantity: Quantity, by: i64) -> String {
    let sign = match by.signum() {
        -1 => "-",
        0 => "",
        _ => "+",
    };
    let by = by.unsigned_abs();
    if !quantity.is_time() {
        return format!("{sign}{}", thousands(by));
    }
    let grain = match by {
        0..1_000 => 1,
        1_000..3_600_000 => 1_000,
        3_600_000..86_400_000 => 60_000,
        _ => 3_600_000,
    };
    format!("{sign}{}", Duration::from_millis(by - by % grain))
}

fn share(it: Share) -> String {
    format!("{:.1}%", it.observed() * 100.0)
}
