//! `objectives`: what is promised of many runs.

use super::kinds::{NAME, PROBABILITY};
use super::quantities::{COUNT_SHAPE, DURATION_SHAPE};
use crate::checks::CheckId;
use crate::measures::{ClockKind, Quantity};
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

static CLOCKS: [Variant; ClockKind::ALL.len()] = {
    let mut all = [Variant::new("", ""); ClockKind::ALL.len()];
    let mut at = 0;
    while at < all.len() {
        let kind = ClockKind::ALL[at];
        all[at] = Variant::new(kind.name(), Quantity::DOCS[kind as usize].1);
        at += 1;
    }
    all
};

static MEASURES: [Variant; Quantity::COUNT] = {
    let mut all = [Variant::new("", ""); Quantity::COUNT];
    let mut at = 0;
    while at < all.len() {
        let (name, says) = Quantity::DOCS[at];
        all[at] = Variant::new(name, says);
        at += 1;
    }
    all
};

static CHECKS: [Variant; CheckId::COUNT] = {
    let mut all = [Variant::new("", ""); CheckId::COUNT];
    let mut at = 0;
    while at < all.len() {
        let doc = CheckId::ALL[at].doc();
        all[at] = Variant::new(doc.slug, doc.statement);
        at += 1;
    }
    all
};

static WHICH_CHECKS: &[Variant] = &[Variant::new(
    "all",
    "Every check that is on and is not known to fail.",
)];

const LIMIT: Shape = Shape::Shared(&SharedShape {
    name: "objective-limit",
    doc: "A duration for a time, a whole number for things.",
    shape: &Shape::AnyOf(&[DURATION_SHAPE, COUNT_SHAPE]),
});

/// Keys of an objective that say what it is about.
pub(in crate::scenario) const SUBJECTS: [&str; 6] =
    ["clock", "measure", "alerts", "records", "check", "checks"];

/// Keys of an objective that say a limit.
pub(in crate::scenario) const LIMITS: [&str; 5] = ["p50", "p90", "p95", "p99", "most"];

/// One objective.
const OBJECTIVE: Shape = Shape::Shared(&SharedShape {
    name: "objective",
    doc: "What has to be so, in what share of all runs, and how sure one wants to be.",
    shape: &Shape::Map(&[
        Field::optional(
            "clock",
            Shape::OneOf(&CLOCKS),
            "Which clock has to stop within a limit.",
        ),
        Field::optional(
            "measure",
            Shape::OneOf(&MEASURES),
            "What has to stay within a limit, a clock among others.",
        )
        .such_as("blind-time"),
        Field::optional(
            "alerts",
            COUNT_SHAPE,
            "At most so many alerts are lost beyond what F-14 announces.",
        )
        .such_as("0"),
        Field::optional(
            "records",
            COUNT_SHAPE,
            "At most so many records of any kind are lost beyond what F-14 announces.",
        )
        .such_as("0"),
        Field::optional("check", Shape::OneOf(&CHECKS), "Which check has to hold.")
            .such_as("old-connector-retired"),
        Field::optional(
            "checks",
            Shape::OneOf(WHICH_CHECKS),
            "All checks have to hold.",
        ),
        Field::optional("p50", LIMIT, "The limit, which half of the runs keep.").such_as("12h"),
        Field::optional("p90", LIMIT, "The limit, which 90% of the runs keep.").such_as("48h"),
        Field::optional("p95", LIMIT, "The limit, which 95% of the runs keep.").such_as("72h"),
        Field::optional("p99", LIMIT, "The limit, which 99% of the runs keep.").such_as("6d"),
        Field::optional(
            "most",
            LIMIT,
            "The limit, which the `share` of the runs keeps.",
        )
        .such_as("72h"),
        Field::optional(
            "share",
            Shape::Text(&PROBABILITY),
            "In what share of all runs, at least.",
        )
        .such_as("99%"),
        Field::optional(
            "confidence",
            Shape::Text(&PROBABILITY),
            "How sure the answer has to be, whichever it is.",
        )
        .or("`95%`"),
    ]),
});

/// `objectives`.
pub(super) const OBJECTIVES: Shape = Shape::map_of(&NAME, &OBJECTIVE);
