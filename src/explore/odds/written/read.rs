//! Reads the file of a part.

use super::lines::{
    Came, CheckLine, ChecksLine, EarlyLine, EndLine, HeaderLine, LooksLine, ObjectiveLine,
    QuantityLine, RunsLine, SpentLine, SubjectLine,
};
use super::{DIGITS, FORMAT};
use crate::chance::Probability;
use crate::checks::CheckId;
use crate::explore::odds::part::{Apart, Header, Part};
use crate::explore::odds::sampled::{Early, Said, Sampled, Tally};
use crate::explore::odds::spent::{Spent, Split};
use crate::measures::{ClockKind, Quantity};
use crate::scenario::codes;
use crate::scenario::objective::{Objective, Subject};
use crate::scenario::syntax::{Diagnostic, Source, Span};
use crate::statistics::{Level, Looks, Value};
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Reads the file of a part.
///
/// # Errors
/// What is wrong with it, and at which line.
pub fn read(source: &Source) -> Result<Part, Diagnostic> {
    let mut lines = Lines {
        source,
        at: 0,
        sum: 0,
        number: 0,
        last: Span::default(),
    };
    let header = header(&mut lines)?;
    let runs: RunsLine = lines.next("its runs")?;
    let runs_at = lines.last;
    let mut part = Part::none(header);
    for (start, end) in runs.runs {
        let apart = part.ranges.last().is_none_or(|it| it.end < start);
        if start >= end || !apart {
            return Err(lines.wrong("its runs are out of order"));
        }
        part.ranges.push(start..end);
    }
    part.rows_bytes = runs.rows_bytes;
    let runs = part.ranges.iter().map(|it| it.end - it.start).sum();
    part.sampled = sampled(&mut lines, &part.header, runs)?;
    let end: EndLine = lines.next("its end")?;
    if end.lines != lines.number {
        return Err(lines.wrong("lines are missing"));
    }
    if lines.at < source.text().len() {
        let span = Span::between(lines.at, source.text().len());
        return Err(damaged(source, span, "something stands behind its end"));
    }
    if !part.sampled.is_possible() {
        return Err(damaged(
            source,
            runs_at,
            "its sums are of more runs than it has",
        ));
    }
    Ok(part)
}

fn header(lines: &mut Lines<'_>) -> Result<Header, Diagnostic> {
    let line: HeaderLine = lines.next("its header")?;
    if line.format != FORMAT {
        let message = format!(
            "this build reads parts of format {FORMAT}, and this is {}",
            line.format
        );
        let it = Diagnostic::new(&codes::PART_OTHER, lines.source, message);
        return Err(it.label(lines.last, "another format"));
    }
    let hex = |text: &str| u64::from_str_radix(text, 16);
    let (Ok(meaning), Ok(seed)) = (hex(&line.scenario), hex(&line.seed)) else {
        return Err(lines.wrong("its scenario and its seed are hexadecimal numbers"));
    };
    let objectives: Option<Vec<Objective>> = line.objectives.iter().map(objective).collect();
    let Some(objectives) = objectives else {
        return Err(lines.wrong("it has an objective that this version does not know"));
    };
    Ok(Header {
        version: line.lifeboat,
        meaning,
        seed,
        objectives,
        looks: match line.looks {
            LooksLine::Once => Looks::Once,
            LooksLine::Always => Looks::Always,
        },
        path: line.path,
        id: line.id,
        title: line.title,
    })
}

fn objective(line: &ObjectiveLine) -> Option<Objective> {
    let level = |ppm| Level::new(Probability::from_ppm(ppm)?);
    Some(Objective {
        name: line.name.as_str().into(),
        subject: match &line.subject {
            SubjectLine::Quantity { name, most } => {
                Subject::Quantity(Quantity::from_name(name)?, *most)
            }
            SubjectLine::Check(slug) => Subject::Check(CheckId::from_slug(slug)?),
            SubjectLine::Checks => Subject::Checks,
        },
        share: level(line.share_ppm)?,
        confidence: level(line.confidence_ppm)?,
    })
}

fn sampled(lines: &mut Lines<'_>, header: &Header, runs: u64) -> Result<Sampled, Diagnostic> {
    let mut sampled = Sampled::none(header.objectives.len());
    sampled.runs = runs;
    let pair = |it: (Came, u64)| (it.0.into(), it.1);
    for quantity in Quantity::ALL {
        let line: QuantityLine = lines.next(quantity.name())?;
        if line.quantity != quantity.name() {
            return Err(lines.wrong(&format!("`{}` should stand here", quantity.name())));
        }
        sampled.tallies[quantity.ix()] = Tally {
            spread: line.spread,
            least: line.least.map(pair),
            most: line.most.map(pair),
        };
    }
    for check in CheckId::ALL {
        let line: CheckLine = lines.next(check.slug())?;
        if line.check != check.slug() {
            return Err(lines.wrong(&format!("`{}` should stand here", check.slug())));
        }
        sampled.said[check as usize] = Said {
            verdicts: line.verdicts,
            violated_in: line.violated_in,
        };
    }
    let line: ChecksLine = lines.next("its checks together")?;
    if line.objectives.len() != header.objectives.len() {
        return Err(lines.wrong("it has another number of objectives than its header"));
    }
    (sampled.violated, sampled.violated_in) = (line.violated, line.violated_in);
    sampled.objectives = line.objectives;
    let line: SpentLine = lines.next("where the time went")?;
    let mut spent = Spent {
        runs: line.looked_at,
        ..Spent::default()
    };
    for kind in ClockKind::ALL {
        let Some(split) = line.spent.get(kind.name()) else {
            return Err(lines.wrong("a clock is missing"));
        };
        spent.clocks[kind as usize] = Split {
            clocks: split.clocks,
            by_ms: split.by_ms,
        };
    }
    sampled.spent = spent;
    for _ in 0..runs.min(Sampled::EARLY as u64) {
        let line: EarlyLine = lines.next("one of its first runs")?;
        if line.values.len() != Quantity::COUNT {
            return Err(lines.wrong("it has another number of values than there are"));
        }
        sampled.early.push(Early {
            run: line.run,
            values: line.values.iter().map(|it| it.map(Value::from)).collect(),
        });
    }
    Ok(sampled)
}

/// A file, line by line.
struct Lines<'a> {
    source: &'a Source,
    at: usize,
    sum: u64,
    number: u64,
    last: Span,
}

impl Lines<'_> {
    fn next<T: DeserializeOwned>(&mut self, what: &str) -> Result<T, Diagnostic> {
        let text = &self.source.text()[self.at..];
        if text.is_empty() {
            let why = format!("it ends before {what}");
            return Err(damaged(self.source, self.last, &why));
        }
        let (line, whole) = match text.split_once('\n') {
            Some((line, _)) => (line, true),
            None => (text, false),
        };
        self.last = Span::new(self.at, line.len());
        self.number += 1;
        if !whole {
            return Err(self.wrong("the file ends in the middle of this line"));
        }
        self.at += line.len() + 1;
        let split = line.split_at_checked(DIGITS);
        let split = split.and_then(|it| Some((it.0, it.1.strip_prefix(' ')?)));
        let Some((sum, json)) = split else {
            return Err(self.wrong("this is no line of a part"));
        };
        self.sum = xxh3_64_with_seed(json.as_bytes(), self.sum);
        if u64::from_str_radix(sum, 16) != Ok(self.sum) {
            return Err(self.wrong(
                "the checksum does not fit: this line was changed, or one before it is missing",
            ));
        }
        serde_json::from_str(json).map_err(|error| self.wrong(&error.to_string()))
    }

    fn wrong(&self, why: &str) -> Diagnostic {
        damaged(self.source, self.last, why)
    }
}

fn damaged(source: &Source, span: Span, why: &str) -> Diagnostic {
    let it = Diagnostic::new(&codes::PART_DAMAGED, source, "this part is damaged");
    it.label(span, why)
        .help("sample these runs again: what a damaged part says is not used")
}

/// Why a part is not put to others, at the line that says so.
#[must_use]
pub fn apart(source: &Source, why: &Apart) -> Diagnostic {
    let (line, label) = match why {
        Apart::Other { .. } => (0, "this is of another sample"),
        Apart::Twice(_) => (1, "these runs"),
    };
    let text = source.text();
    let from: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let len = text[from..].lines().next().map_or(0, str::len);
    let it = Diagnostic::new(&codes::PART_OTHER, source, why.to_string());
    it.label(Span::new(from, len), label)
        .help("nothing was merged: a run counts once, and only among runs of its own sample")
}
