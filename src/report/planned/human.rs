//! For people.

use super::Told;
use crate::explore::planning::{Effect, LASTS, Lasts, Lost};
use crate::measures::{ClockKind, Quantity, Records};
use crate::model::ids::RegionIx;
use crate::report::seed_text;
use crate::report::text::{Ink, Page, Table, brief, counted, thousands};
use crate::scenario::document::one_line;
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{Confidence, Level, Value};
use crate::time::Duration;

/// The clocks of the table.
const CLOCKS: [(Quantity, &str); 3] = [
    (Quantity::Clock(ClockKind::Ownership), "owned"),
    (Quantity::Clock(ClockKind::Protection), "protected"),
    (Quantity::Clock(ClockKind::Full), "full"),
];

/// For people.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    page.entry(0, told.scenario.path(), &told.scenario.title);
    page.gap();
    page.paragraph(0, 0, &heading(told));
    outages(&mut page, told);
    if told.details {
        told.planned
            .lost
            .iter()
            .for_each(|it| details(&mut page, told, it));
    }
    levers(&mut page, told);
    steps(&mut page, told);
    page.finish()
}

fn heading(told: &Told<'_>) -> String {
    let lasts = match told.lasts {
        Lasts::For(time) => time.to_string(),
        Lasts::AsWritten(node) => format!("{}, as in its timeline", one_line(node)),
        Lasts::Assumed => format!("{LASTS} (assumed; --lasts says otherwise)"),
    };
    format!(
        "Each outage begins at T+0 and lasts {lasts}; the rest of the timeline is set aside. \
         {} of each, {} in all, seed {}.",
        counted(told.runs, "run"),
        thousands(told.planned.runs),
        seed_text(told.seed)
    )
}

fn names(told: &Told<'_>, regions: &[RegionIx]) -> String {
    let catalogue = told.scenario.plan.fleet.catalogue();
    let names: Vec<&str> = regions
        .iter()
        .map(|&it| catalogue.region(it).name)
        .collect();
    names.join(" + ")
}

fn p95(lost: &Lost, quantity: Quantity) -> String {
    let spread = &lost.sampled.tally(quantity).spread;
    if spread.count() == 0 {
        return "-".to_owned();
    }
    let found = spread.quantile(Level::P95, Confidence::USUAL);
    found.map_or("too few".to_owned(), |it| value(quantity, it.value))
}

fn value(quantity: Quantity, it: Value) -> String {
    match it {
        Value::Never => "never".to_owned(),
        Value::At(ms) if quantity.is_time() => brief(Duration::from_millis(ms)).to_string(),
        Value::At(count) => thousands(count),
    }
}

fn outages(page: &mut Page, told: &Told<'_>) {
    page.heading("What is lost, and the p95 of how long it takes");
    let mut table = Table::default();
    let mut head = vec!["".to_owned(), "con.".to_owned(), "orgs".to_owned()];
    head.extend(CLOCKS.map(|it| it.1.to_owned()));
    head.extend(["lost", "abroad", "bad"].map(str::to_owned));
    table.row(head);
    for lost in &told.planned.lost {
        let mut cells = vec![
            names(told, &lost.regions),
            thousands(lost.connectors),
            thousands(lost.orgs),
        ];
        cells.extend(CLOCKS.map(|it| p95(lost, it.0)));
        cells.push(p95(lost, Quantity::Lost(Records::All)));
        cells.push(mean(lost.moves.orgs_abroad, lost.sampled.runs));
        cells.push(format!(
            "{:.0}%",
            lost.sampled.violating().observed() * 100.0
        ));
        table.row(cells);
    }
    table.lines(1).iter().for_each(|line| page.line(line));
    page.gap();
    page.paragraph(
        2,
        0,
        "Lost: records lost beyond what F-14 announces, p95. Abroad: orgs that end in \
         another geography, in the mean (D-14). Bad: runs that violate a check.",
    );
    page.gap();
    for lost in told.planned.lost.iter().filter(|it| it.regions.len() == 1) {
        page.paragraph(2, 2, &moves(told, lost));
    }
}

/// A count over all runs, as the mean of one.
fn mean(count: u64, runs: u64) -> String {
    let tenths = (count * 10 + runs / 2) / runs.max(1);
    match tenths % 10 {
        0 => thousands(tenths / 10),
        rest => format!("{}.{rest}", thousands(tenths / 10)),
    }
}

/// Where the orgs of an outage go.
fn moves(told: &Told<'_>, lost: &Lost) -> String {
    let catalogue = told.scenario.plan.fleet.catalogue();
    let mut ways: Vec<_> = lost.moves.to.iter().collect();
    ways.sort_by_key(|it| std::cmp::Reverse(*it.1));
    let of = |from: &RegionIx| match lost.regions.len() {
        1 => String::new(),
        _ => format!(" of {}", catalogue.region(*from).name),
    };
    let way = |((from, to), orgs): &(&(RegionIx, Option<RegionIx>), &u64)| {
        let orgs = mean(**orgs, lost.sampled.runs);
        match to {
            Some(to) if to == from => format!("{orgs}{} stay", of(from)),
            Some(to) => format!("{orgs}{} to {}", of(from), catalogue.region(*to).name),
            None => format!("{orgs}{} nowhere", of(from)),
        }
    };
    let ways: Vec<String> = ways.iter().map(way).collect();
    format!("{}: {}.", names(told, &lost.regions), ways.join(", "))
}

/// Every quantity of an outage.
fn details(page: &mut Page, told: &Told<'_>, lost: &Lost) {
    page.heading(&format!(
        "{}: {}, {}, {}",
        names(told, &lost.regions),
        counted(lost.connectors, "connector"),
        counted(lost.orgs, "org"),
        counted(lost.records, "record")
    ));
    let mut table = Table::default();
    table.row(
        ["", "p50", "p95", "at 95% between", "worst"]
            .map(str::to_owned)
            .to_vec(),
    );
    for quantity in Quantity::ALL {
        let spread = &lost.sampled.tally(quantity).spread;
        let Some(most) = spread.max().filter(|it| *it != Value::At(0)) else {
            continue;
        };
        let at = |level| spread.quantile(level, Confidence::USUAL).ok();
        let text = |it: Value| value(quantity, it);
        let dash = || "-".to_owned();
        table.row(vec![
            quantity.name().to_owned(),
            at(Level::P50).map_or_else(dash, |it| text(it.value)),
            at(Level::P95).map_or_else(dash, |it| text(it.value)),
            at(Level::P95).map_or_else(dash, |it| format!("{} to {}", text(it.low), text(it.high))),
            text(most),
        ]);
    }
    table.lines(1).iter().for_each(|line| page.line(line));
    page.paragraph(2, 2, &moves(told, lost));
}

fn levers(page: &mut Page, told: &Told<'_>) {
    page.heading(&format!(
        "What would help: {} less, in the mean of the single outages",
        told.by.name()
    ));
    let mut table = Table::default();
    table.row(
        ["", "cost", "gain", "rescued", "worst p95"]
            .map(str::to_owned)
            .to_vec(),
    );
    let mut rest = Vec::new();
    for pulled in &told.planned.levers {
        let lever = &told.levers.list[pulled.lever];
        match &pulled.effect {
            Ok(effect) => table.row(effect_cells(told, &lever.name, lever.cost, effect)),
            Err(why) => rest.push(format!("{}: {}.", lever.name, why.0)),
        }
    }
    let lines = table.lines(2);
    if lines.len() > 1 {
        lines.iter().for_each(|line| page.line(line));
    } else {
        page.paragraph(2, 0, "No lever can be pulled.");
    }
    if !rest.is_empty() {
        page.gap();
        page.paragraph(2, 0, "Cannot be pulled, or would change nothing:");
        rest.iter().for_each(|text| page.paragraph(4, 2, text));
    }
    page.gap();
    page.paragraph(
        2,
        0,
        &format!(
            "Cost: {}. Gain: on the same luck, mean over runs that end with and without it. \
             Rescued: runs that end with it alone, less those that end without it alone. \
             First comes what helps most for its cost.",
            told.levers.unit
        ),
    );
}

fn effect_cells(told: &Told<'_>, name: &str, cost: u64, effect: &Effect) -> Vec<String> {
    let gain = libm::round(effect.gain()) as i64;
    let size = value(told.by, Value::At(gain.unsigned_abs()));
    let gain = match gain.signum() {
        -1 => format!("-{size}"),
        0 => "none".to_owned(),
        _ => size,
    };
    let p95 = effect.worst_p95;
    vec![
        name.to_owned(),
        thousands(cost),
        gain,
        effect.rescued().to_string(),
        p95.map_or("-".to_owned(), |it| value(told.by, it)),
    ]
}

fn steps(page: &mut Page, told: &Told<'_>) {
    if told.planned.steps.is_empty() {
        return;
    }
    page.heading("One on top of the other, the best for its cost first");
    let mut table = Table::default();
    table.row(
        ["", "cost in all", "gain in all", "rescued", "worst p95"]
            .map(str::to_owned)
            .to_vec(),
    );
    let mut first = true;
    for step in &told.planned.steps {
        let lever = &told.levers.list[step.lever];
        let name = if first {
            lever.name.clone()
        } else {
            format!("+ {}", lever.name)
        };
        first = false;
        table.row(effect_cells(told, &name, step.cost, &step.effect));
    }
    table.lines(2).iter().for_each(|line| page.line(line));
    let assumed = |it: &crate::scenario::levers::Lever| it.source == "assumed";
    if told
        .planned
        .steps
        .iter()
        .any(|it| assumed(&told.levers.list[it.lever]))
    {
        page.gap();
        let text = "The costs are assumed: write down your own, and hand them over with --levers.";
        let text = page.paint(Ink::Odd, text);
        page.paragraph(2, 0, &text);
    }
}
