//! `expect`: what has to hold.

use super::kinds::DURATION;
use crate::checks::CheckId;
use crate::scenario::expect::Measure;
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

static STATES: &[Variant] = &[
    Variant::new("on", "It is judged."),
    Variant::new("off", "It is not judged."),
];

const WITHIN: Field = Field::optional("within", Shape::Text(&DURATION), "Its deadline.").or("`7d`");
const REQUIRE: Field =
    Field::optional("require", Shape::Bool, "Whether vacuous or excused fails.").or("`false`");
const KNOWN_FAILURE: Field = Field::optional(
    "known-failure",
    Shape::Word,
    "Why it is expected to fail. It passes while it fails, and fails when it starts to hold.",
);

const SAFETY: Shape = Shape::Shared(&SharedShape {
    name: "expect-always",
    doc: "`on`, `off`, or more about it.",
    shape: &Shape::AnyOf(&[Shape::OneOf(STATES), Shape::Map(&[REQUIRE, KNOWN_FAILURE])]),
});
const EVENTUAL: Shape = Shape::Shared(&SharedShape {
    name: "expect-eventually",
    doc: "`on`, `off`, or its deadline and more about it.",
    shape: &Shape::AnyOf(&[
        Shape::OneOf(STATES),
        Shape::Map(&[WITHIN, REQUIRE, KNOWN_FAILURE]),
    ]),
});
const CLOCK: Shape = Shape::Shared(&SharedShape {
    name: "expect-clock",
    doc: "A bound on a clock.",
    shape: &Shape::Map(&[
        Field::required(
            "within",
            Shape::Text(&DURATION),
            "The most that it may show.",
        ),
        REQUIRE,
        KNOWN_FAILURE,
    ]),
});
const TIME: Shape = Shape::Shared(&SharedShape {
    name: "expect-time",
    doc: "A bound on a length of time.",
    shape: &Shape::Map(&[
        Field::required("max", Shape::Text(&DURATION), "The most that there may be."),
        REQUIRE,
        KNOWN_FAILURE,
    ]),
});
const LOSS: Shape = Shape::Shared(&SharedShape {
    name: "expect-loss",
    doc: "A bound on a line of the loss ledger.",
    shape: &Shape::Map(&[
        Field::required(
            "max",
            Shape::count(i64::MAX),
            "The most records that there may be.",
        ),
        REQUIRE,
        KNOWN_FAILURE,
    ]),
});

/// What may be said of each check, in the order of the catalogue.
const fn checks() -> [Field; CheckId::COUNT] {
    let mut all = [Field::optional("", SAFETY, ""); CheckId::COUNT];
    let mut at = 0;
    while at < all.len() {
        let doc = CheckId::ALL[at].doc();
        let shape = if doc.within.is_some() {
            EVENTUAL
        } else {
            SAFETY
        };
        let field = Field::optional(doc.slug, shape, doc.statement);
        all[at] = field.or(if doc.on { "`on`" } else { "`off`" });
        at += 1;
    }
    all
}

/// The measures that may be bound; a test holds them against
/// [`Measure`](crate::scenario::expect::Measure).
const MEASURES: [Field; Measure::ALL.len()] = [
    Field::optional(
        "blind-time",
        TIME,
        "How long an org was orphaned, summed over the run: the worst org.",
    ),
    Field::optional(
        "clocks.ownership",
        CLOCK,
        "From the outage until every org has a working owner.",
    ),
    Field::optional(
        "clocks.protection",
        CLOCK,
        "From the outage until alerts, recommendations and graph entities are back.",
    ),
    Field::optional(
        "clocks.configuration",
        CLOCK,
        "From the outage until grants, auto-discovery and annotations are back.",
    ),
    Field::optional(
        "clocks.full",
        CLOCK,
        "From the outage until everything is back, promoted, and the old connector gone.",
    ),
    Field::optional(
        "losses.lost-to-delay",
        LOSS,
        "Records inside the window at the outage and outside at the anchor.",
    ),
    Field::optional(
        "losses.lost-undocumented",
        LOSS,
        "Records lost that F-14 does not list.",
    ),
    Field::optional(
        "losses.lost-as-documented",
        LOSS,
        "Records lost as F-14 says.",
    ),
    Field::optional("losses.duplicated", LOSS, "Records that came back twice."),
    Field::optional(
        "losses.pending",
        LOSS,
        "Records that were not back when the run ended.",
    ),
];

const fn expectations() -> [Field; CheckId::COUNT + MEASURES.len()] {
    let mut all = [MEASURES[0]; CheckId::COUNT + MEASURES.len()];
    let checks = checks();
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < checks.len() {
            checks[at]
        } else {
            MEASURES[at - checks.len()]
        };
        at += 1;
    }
    all
}

/// `expect`.
pub(in crate::scenario) static EXPECTATIONS: [Field; CheckId::COUNT + MEASURES.len()] =
    expectations();
