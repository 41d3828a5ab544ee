//! Writes the file of a part.

use super::FORMAT;
use super::lines::{
    Came, CheckLine, ChecksLine, EarlyLine, EndLine, HeaderLine, LooksLine, ObjectiveLine,
    QuantityLine, RunsLine, SpentLine, SplitLine, SubjectLine,
};
use crate::checks::CheckId;
use crate::explore::odds::part::{Header, Part};
use crate::explore::odds::spent::Split;
use crate::measures::{ClockKind, Quantity};
use crate::scenario::objective::{Objective, Subject};
use crate::statistics::{Looks, Value};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The text of a part's file.
#[must_use]
pub fn to_text(part: &Part) -> String {
    let mut out = Writer::default();
    out.line(&header_line(&part.header));
    out.line(&RunsLine {
        runs: part.ranges.iter().map(|it| (it.start, it.end)).collect(),
        rows_bytes: part.rows_bytes,
    });
    let sampled = &part.sampled;
    let pair = |it: (Value, u64)| (it.0.into(), it.1);
    for (quantity, tally) in Quantity::ALL.into_iter().zip(&sampled.tallies) {
        out.line(&QuantityLine {
            quantity: quantity.name().to_owned(),
            least: tally.least.map(pair),
            most: tally.most.map(pair),
            spread: tally.spread.clone(),
        });
    }
    for (check, said) in CheckId::ALL.into_iter().zip(&sampled.said) {
        out.line(&CheckLine {
            check: check.slug().to_owned(),
            verdicts: said.verdicts,
            violated_in: said.violated_in,
        });
    }
    out.line(&ChecksLine {
        violated: sampled.violated,
        violated_in: sampled.violated_in,
        objectives: sampled.objectives.clone(),
    });
    let split = |it: &Split| SplitLine {
        clocks: it.clocks,
        by_ms: it.by_ms,
    };
    let clocks = ClockKind::ALL.into_iter().zip(&sampled.spent.clocks);
    out.line(&SpentLine {
        looked_at: sampled.spent.runs,
        spent: clocks
            .map(|it| (it.0.name().to_owned(), split(it.1)))
            .collect(),
    });
    for early in &sampled.early {
        out.line(&EarlyLine {
            run: early.run,
            values: early.values.iter().map(|it| it.map(Came::from)).collect(),
        });
    }
    let lines = out.lines + 1;
    out.line(&EndLine { lines });
    out.text
}

fn header_line(header: &Header) -> HeaderLine {
    let objective = |it: &Objective| ObjectiveLine {
        name: it.name.to_string(),
        subject: match it.subject {
            Subject::Quantity(quantity, most) => SubjectLine::Quantity {
                name: quantity.name().to_owned(),
                most,
            },
            Subject::Check(check) => SubjectLine::Check(check.slug().to_owned()),
            Subject::Checks => SubjectLine::Checks,
        },
        share_ppm: it.share.as_ppm(),
        confidence_ppm: it.confidence.as_ppm(),
    };
    HeaderLine {
        format: FORMAT,
        lifeboat: header.version.clone(),
        scenario: format!("{:016x}", header.meaning),
        seed: format!("{:016x}", header.seed),
        looks: match header.looks {
            Looks::Once => LooksLine::Once,
            Looks::Always => LooksLine::Always,
        },
        path: header.path.clone(),
        id: header.id.clone(),
        title: header.title.clone(),
        objectives: header.objectives.iter().map(objective).collect(),
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    sum: u64,
    lines: u64,
}

impl Writer {
    fn line<T: Serialize>(&mut self, record: &T) {
        let json = serde_json::to_string(record).expect("records hold only what JSON can");
        self.sum = xxh3_64_with_seed(json.as_bytes(), self.sum);
        self.lines += 1;
        self.text.push_str(&format!("{:016x} {json}\n", self.sum));
    }
}
