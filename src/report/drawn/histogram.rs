//! A row for each range of values.

use super::axis::Axis;
use super::{Unit, ink, name, percent, percentiles};
use crate::report::text::{Ink, Page};
use crate::statistics::{Share, Spread, Value};

/// The most rows, but for those of what lies beyond.
const ROWS: u64 = 16;

/// Bars grow by eighths of a column.
const EIGHTHS: [char; 8] = ['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

pub(super) struct Row {
    label: String,
    pub(super) runs: u64,
    pub(super) marks: Vec<String>,
    ink: Option<Ink>,
}

pub(super) fn draw(page: &mut Page, spread: &Spread, unit: Unit) {
    let rows = rows(spread, unit);
    if rows.is_empty() {
        page.line("  no run came to a value");
    }
    let label = rows.iter().map(|it| it.label.len()).max().unwrap_or(0);
    let marks: Vec<String> = rows.iter().map(|it| it.marks.join(" ")).collect();
    let mark = marks.iter().map(String::len).max().unwrap_or(0);
    // Two spaces in front and between, and six columns for the share.
    let room = page.width().saturating_sub(label + mark + 14).max(8);
    let most = rows.iter().map(|it| it.runs).max().unwrap_or(0);
    for (row, marks) in rows.iter().zip(&marks) {
        let bar = bar(row.runs, most, room);
        let pad = room - bar.chars().count();
        let bar = row
            .ink
            .map_or_else(|| bar.clone(), |ink| page.paint(ink, &bar));
        let share = percent(Share {
            hits: row.runs,
            of: spread.count(),
        });
        let line = format!(
            "  {:>label$}  {bar}{:pad$}  {share:>6}  {marks}",
            row.label, ""
        );
        page.line(&line);
    }
}

/// From the least to the most, then what lies beyond.
pub(super) fn rows(spread: &Spread, unit: Unit) -> Vec<Row> {
    let mut rows = Vec::new();
    let axis = Axis::of(spread, unit, ROWS);
    if let Some(axis) = axis {
        for step in 0..axis.steps + u64::from(axis.cut) {
            let beyond = if step == axis.steps { "from " } else { "" };
            rows.push(Row {
                label: format!("{beyond}{}", axis.label(step)),
                runs: 0,
                marks: Vec::new(),
                ink: None,
            });
        }
        for (low, _, runs) in spread.buckets() {
            rows[axis.place(low) as usize].runs += runs;
        }
    }
    if spread.never().hits > 0 {
        rows.push(Row {
            label: "never".to_owned(),
            runs: spread.never().hits,
            marks: Vec::new(),
            ink: ink(Value::Never),
        });
    }
    for (level, value) in percentiles(spread) {
        let row = match (value, axis) {
            (Value::At(value), Some(axis)) => rows.get_mut(axis.place(value) as usize),
            _ => rows.last_mut(),
        };
        if let Some(row) = row {
            row.marks.push(name(level));
        }
    }
    rows
}

/// A bar of at most `room` columns; never none for what is not nothing.
fn bar(runs: u64, most: u64, room: usize) -> String {
    if runs == 0 {
        return String::new();
    }
    let eighths = u128::from(runs) * room as u128 * 8 / u128::from(most);
    let eighths = (eighths as usize).max(1);
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(EIGHTHS[eighths % 8]);
    }
    bar
}
