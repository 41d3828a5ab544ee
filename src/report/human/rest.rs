//! The timeline, the loss ledger, the assumptions, and warnings about the file.

use crate::measures::{Ledger, Line, Party};
use crate::model::fleet::RecordKind;
use crate::report::entry::{FACTS_MAX, Ran};
use crate::report::text::{Ink, Page, Table, counted, thousands};
use crate::report::timeline::{self, Row};
use crate::scenario::syntax::RenderStyle;
use crate::scenario::{Assumption, Origin};

/// How wide the names beside the timeline are, with what is around them.
const NAMES: usize = timeline::NAME_MAX + 4;

/// How many assumptions of one origin are named where the list is brief.
const BRIEF: usize = 4;

pub(super) fn timeline(page: &mut Page, ran: &Ran) {
    if ran.outcome.facts == 0 {
        return;
    }
    let Some(drawn) = timeline::timeline(ran, page.width().saturating_sub(NAMES)) else {
        if ran.outcome.facts > FACTS_MAX {
            page.gap();
            let most = thousands(FACTS_MAX);
            page.paragraph(
                0,
                2,
                &format!("No timeline: the run has more than {most} facts."),
            );
        }
        return;
    };
    page.heading(&format!("Timeline: one column is {}", drawn.column));
    let mut axis = String::new();
    for (column, label) in &drawn.axis {
        let used = axis.chars().count();
        axis.push_str(&" ".repeat(column.saturating_sub(used)));
        axis.push_str(label);
    }
    page.line(&page.paint(Ink::Dim, &format!("{:NAMES$}{axis}", "")));
    for Row { name, cells } in drawn
        .regions
        .iter()
        .chain(&drawn.connectors)
        .chain(&drawn.orgs)
    {
        page.line(&format!("  {name:<width$}  {cells}", width = NAMES - 4));
    }
    page.paragraph(
        2,
        0,
        &legend(&[&drawn.regions, &drawn.connectors, &drawn.orgs]),
    );
}

/// The signs that were used, and no others.
fn legend(all: &[&Vec<Row>]) -> String {
    let used = |sign: char| {
        all.iter()
            .any(|rows| rows.iter().any(|row| row.cells.contains(sign)))
    };
    let signs = timeline::LEGEND.iter().filter(|it| it.0.chars().any(used));
    let named = |sign: &str| {
        if sign.chars().count() > 1 {
            "0-9".to_owned()
        } else {
            sign.to_owned()
        }
    };
    signs
        .map(|(sign, words)| format!("{} {words}", named(sign)))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The most faults that are named for having struck nothing.
const UNSTRUCK_MAX: usize = 5;

/// Faults whose moment never came: whoever wrote them thinks that they were drilled.
pub(super) fn unstruck(page: &mut Page, ran: &Ran) {
    let faults = &ran.scenario.plan.faults;
    let idle = &ran.outcome.unstruck;
    let named = idle.iter().filter_map(|&it| faults.get(it as usize));
    let mut names: Vec<String> = named
        .take(UNSTRUCK_MAX)
        .map(|it| it.id.to_string())
        .collect();
    if names.is_empty() {
        return;
    }
    if idle.len() > UNSTRUCK_MAX {
        names.push(format!(
            "{} more",
            thousands((idle.len() - UNSTRUCK_MAX) as u64)
        ));
    }
    page.gap();
    let text = format!(
        "Struck nothing, since the moment that they wait for never came: {}.",
        names.join(", ")
    );
    let text = page.paint(Ink::Odd, &text);
    page.paragraph(2, 0, &text);
}

pub(super) fn ledger(page: &mut Page, ran: &Ran) {
    let ledger = &ran.outcome.measures.ledger;
    let kinds: Vec<RecordKind> = RecordKind::ALL
        .into_iter()
        .filter(|it| ledger.at_outage[it.ix()] > 0)
        .collect();
    if kinds.is_empty() {
        return;
    }
    page.heading("Where every record ended");
    // In a very large fleet the numbers need the room.
    let spacious = table(ledger, &kinds, thousands).lines(2);
    let fits = spacious.iter().all(|it| it.chars().count() <= page.width());
    let plain = || table(ledger, &kinds, |it| it.to_string()).lines(1);
    for line in if fits { spacious } else { plain() } {
        page.line(&line);
    }
    for line in Line::ALL
        .into_iter()
        .filter(|it| !matches!(it, Line::Kept | Line::Recreated))
    {
        if ledger.total(line) > 0 {
            page.paragraph(2, 2, &responsible(ran, ledger, line));
        }
    }
}

fn table(ledger: &Ledger, kinds: &[RecordKind], number: fn(u64) -> String) -> Table {
    let mut table = Table::default();
    let mut row = |name: &str, cells: Vec<String>| {
        table.row(std::iter::once(name.to_owned()).chain(cells).collect());
    };
    let head = kinds.iter().map(|it| short(*it).to_owned());
    row("", head.chain(["total".to_owned()]).collect());
    for line in Line::ALL.into_iter().filter(|&it| ledger.total(it) > 0) {
        let counts = kinds.iter().map(|&kind| number(ledger.get(line, kind)));
        row(
            line.name(),
            counts.chain([number(ledger.total(line))]).collect(),
        );
    }
    let counts = kinds.iter().map(|it| number(ledger.at_outage[it.ix()]));
    let total = number(ledger.at_outage.iter().sum());
    row("at the outage", counts.chain([total]).collect());
    table
}

/// Who was responsible for a line (F-4), and for a delay also which step waited.
fn responsible(ran: &Ran, ledger: &Ledger, line: Line) -> String {
    let parties: Vec<String> = Party::ALL
        .into_iter()
        .filter(|&it| ledger.by(line, it) > 0)
        .map(|it| format!("{} ({})", thousands(ledger.by(line, it)), party(it)))
        .collect();
    let mut text = format!("{}: {}", line.name(), parties.join(", "));
    if line == Line::LostToDelay {
        let steps = ran
            .scenario
            .plan
            .procedure
            .steps
            .iter()
            .zip(&ledger.delay_by_step);
        let waited = steps
            .filter(|it| *it.1 > 0)
            .map(|it| format!("{} behind {}", thousands(*it.1), it.0.name));
        let waited: Vec<String> = waited.collect();
        if !waited.is_empty() {
            text.push_str(&format!("; {}", waited.join(", ")));
        }
    }
    text + "."
}

const fn party(party: Party) -> &'static str {
    match party {
        Party::Nobody => "nobody's doing",
        Party::Documented => "the service's published limits, F-14",
        Party::Customer => "the customer",
        Party::Microsoft => "Microsoft",
    }
}

const fn short(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Alert => "alerts",
        RecordKind::Recommendation => "recomm.",
        RecordKind::GraphEntity => "graph",
        RecordKind::ContainerMapping => "container",
        RecordKind::IacMapping => "IaC",
    }
}

pub(super) fn assumptions(page: &mut Page, ran: &Ran, full: bool) {
    let all = &ran.scenario.assumptions;
    if all.is_empty() {
        return;
    }
    page.heading("What this rests on");
    for (origin, words) in [
        (Origin::Assumed, "assumed, since nobody publishes it"),
        (Origin::Vendor, "published by the vendor"),
        (Origin::User, "yours"),
    ] {
        let mut group: Vec<&Assumption> = all.iter().filter(|it| it.origin == origin).collect();
        if group.is_empty() {
            continue;
        }
        let head = format!("{} {words}", group.len());
        if full {
            page.line(&format!("  {head}:"));
            group.iter().for_each(|it| page.paragraph(4, 4, &told(it)));
        } else {
            // What nobody publishes at all (U-…) is what a reader should doubt first.
            group.sort_by_key(|it| !it.source.starts_with("U-"));
            let named: Vec<String> = group.iter().take(BRIEF).map(|it| told(it)).collect();
            let more = group.len().saturating_sub(BRIEF);
            let more = if more > 0 {
                format!(", and {more} more")
            } else {
                String::new()
            };
            page.paragraph(2, 2, &format!("{head}: {}{more}.", named.join(", ")));
        }
    }
    if !full {
        page.line("  All of them: --assumptions.");
    }
}

fn told(it: &Assumption) -> String {
    let source = if it.source.is_empty() {
        String::new()
    } else {
        format!(" ({})", super::clean(&it.source))
    };
    format!("{} {}{source}", it.name, super::clean(&it.value))
}

pub(super) fn warnings(page: &mut Page, ran: &Ran, style: RenderStyle) {
    let warnings = &ran.scenario.warnings;
    if warnings.is_empty() {
        return;
    }
    page.heading(&format!(
        "{} about the file",
        counted(warnings.len() as u64, "warning")
    ));
    for line in warnings.render(style).lines() {
        page.line(line);
    }
}
