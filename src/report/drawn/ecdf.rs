//! The share of runs at or below each value.

use super::axis::Axis;
use super::{Unit, name, percentiles};
use crate::report::text::{Ink, Page};
use crate::statistics::{Spread, Value};

/// How many rows are 100%.
const ROWS: usize = 10;

/// The most steps that are named below.
const STEPS: u64 = 6;

/// How wide the names of the shares are.
const MARGIN: usize = 5;

/// Columns grow by eighths of a row.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) fn draw(page: &mut Page, spread: &Spread, unit: Unit) {
    let Some(axis) = Axis::of(spread, unit, STEPS) else {
        page.line("  no run came to a value");
        return;
    };
    let columns = page.width() - MARGIN - 1;
    let heights = heights(spread, &axis, columns);
    for row in 0..ROWS {
        let share = match row % 2 {
            0 => format!("{}%", 100 - 100 * row / ROWS),
            _ => String::new(),
        };
        let above = (ROWS - 1 - row) * 8;
        let fill = |height: &usize| EIGHTHS[height.saturating_sub(above).min(8)];
        let filled: String = heights.iter().map(fill).collect();
        page.line(&format!("{share:>MARGIN$}│{filled}"));
    }
    foot(page, &axis, columns);
    marks(page, spread, &axis, columns);
}

/// For each column the eighths of a row that are filled by the share of runs in it and
/// before it.
fn heights(spread: &Spread, axis: &Axis, columns: usize) -> Vec<usize> {
    let mut heights = vec![0_usize; columns];
    let mut buckets = spread.buckets().peekable();
    let mut runs = 0;
    for (at, height) in heights.iter_mut().enumerate() {
        while let Some((_, _, more)) =
            buckets.next_if(|it| it.0 < axis.end() && column_of(axis, columns, it.0) <= at)
        {
            runs += more;
        }
        let full = u128::from(spread.count());
        *height = (u128::from(runs) * 8 * ROWS as u128 / full) as usize;
    }
    heights
}

/// The column that holds a value: the last for what lies beyond.
fn column_of(axis: &Axis, columns: usize, value: u64) -> usize {
    let span = u128::from(axis.end() - axis.start).max(1);
    let along = u128::from(value - axis.start) * columns as u128 / span;
    (along as usize).min(columns - 1)
}

/// The axis with a tick at each step, and their names below.
fn foot(page: &mut Page, axis: &Axis, columns: usize) {
    let mut line: Vec<char> = vec!['─'; columns];
    let mut labels = String::new();
    for step in 0..axis.steps {
        let column = columns * step as usize / axis.steps as usize;
        line[column] = '┴';
        let (label, used) = (axis.label(step), labels.chars().count());
        if (used == 0 || used < column) && column + label.chars().count() <= columns {
            labels += &format!("{:>1$}{label}", "", column - used);
        }
    }
    let line: String = line.into_iter().collect();
    page.line(&format!("{:>MARGIN$}└{line}", "0%"));
    page.line(&format!("{:>MARGIN$} {labels}", ""));
}

/// A mark below each percentile, an arrow to the right for one beyond the axis; those
/// that would run into each other on lines of their own.
fn marks(page: &mut Page, spread: &Spread, axis: &Axis, columns: usize) {
    let mut lines: Vec<String> = Vec::new();
    for (level, value) in percentiles(spread) {
        let Value::At(value) = value else { continue };
        let column = column_of(axis, columns, value);
        let text = format!("{} {}", name(level), axis.named(value));
        // Left of its place where there is no room to the right.
        let wide = text.chars().count();
        let (from, text) = if value >= axis.end() {
            (columns.saturating_sub(wide + 2), format!("{text} →"))
        } else if column + 2 + wide > columns {
            (column.saturating_sub(wide + 1), format!("{text} ↑"))
        } else {
            (column, format!("↑ {text}"))
        };
        let free = |line: &String| line.is_empty() || line.chars().count() + 1 < from;
        if !lines.last().is_some_and(free) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            let pad = from - line.chars().count();
            *line += &format!("{:pad$}{text}", "");
        }
    }
    for line in lines {
        let line = page.paint(Ink::Heading, &line);
        page.line(&format!("{:MARGIN$} {line}", ""));
    }
}
