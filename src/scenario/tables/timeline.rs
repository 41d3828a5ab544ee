//! `timeline`: what goes wrong, and when.

use super::fleet::{ORG_NAMES, SCMS};
use super::kinds::{FACTOR, ID, INSTANT, NAME, PROBABILITY, REGION, STEP};
use super::quantities::{COUNT, SPAN};
use crate::faults::FAULTS;
use crate::model::command::Actor;
use crate::scenario::syntax::{Alternative, Field, Shape, SharedShape, Variant};

/// The teams that a file may name.
pub(super) static TEAMS: &[Variant] = &[
    Variant::new(Actor::Operator.name(), "The customer's people."),
    Variant::new(
        Actor::Support.name(),
        "Microsoft's support, which answers tickets.",
    ),
    Variant::new(Actor::Platform.name(), "The service itself."),
];

const NAMED: Shape = Shape::Text(&NAME);
const NAMED_REGION: Shape = Shape::Text(&REGION);
const NAMED_STEP: Shape = Shape::Text(&STEP);
const SHARE: Shape = Shape::Text(&PROBABILITY);

const LASTS: Field = Field::optional("lasts", SPAN, "How long it lasts.").or("for good");
const STEP_OF: Field =
    Field::optional("step", NAMED_STEP, "On which step.").or("the first that it fits");
const OF: Field = Field::required("connector", NAMED, "In the recovery of which connector.");

static TARGET_OF: &[Alternative] = &[Alternative::new(
    "target-of",
    NAMED,
    "Where the running recovery of this connector is going.",
)];

const REGION_OR_TARGET: Shape = Shape::Shared(&SharedShape {
    name: "region-or-target",
    doc: "A region, or the one to which a connector is being recovered.",
    shape: &Shape::AnyOf(&[NAMED_REGION, Shape::Choice(TARGET_OF)]),
});
const CONNECTOR_OR_TARGET: Shape = Shape::Shared(&SharedShape {
    name: "connector-or-target",
    doc: "A connector, or the one that takes over from it.",
    shape: &Shape::AnyOf(&[NAMED, Shape::Choice(TARGET_OF)]),
});

/// What the catalogue of faults says of one: there is one text for both.
const fn says(name: &str) -> &'static str {
    let mut at = 0;
    while at < FAULTS.len() {
        if same(FAULTS[at].name.as_bytes(), name.as_bytes()) {
            return FAULTS[at].says;
        }
        at += 1;
    }
    panic!("a fault of the table is not in the catalogue")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    if a.len() != b.len() {
        return false;
    }
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

macro_rules! faults {
    ($($name:literal: [$($field:expr),* $(,)?];)*) => {
        &[$(Alternative::new($name, Shape::Map(&[$($field),*]), const { says($name) }),)*]
    };
}

/// Every fault, with what it takes.
pub(in crate::scenario) static FAULT_KINDS: &[Alternative] = faults! {
    "region-outage": [
        Field::required("region", Shape::AnyOf(&[REGION_OR_TARGET, Shape::ListOf { item: &REGION_OR_TARGET, min: 1, max: 64 }]), "Which region goes down, or which, one after another.").such_as("westeurope"),
        LASTS,
        Field::optional("stagger", SPAN, "How long after the one before each goes down.").or("all at once"),
        Field::optional("returns", Shape::Map(&[
            Field::required("after", SPAN, "How long after the recovery."),
            Field::required("lasts", SPAN, "For how long."),
        ]), "The outage comes back once.").or("it does not"),
    ];
    "region-degraded": [
        Field::required("region", NAMED_REGION, "Which region."),
        Field::required("factor", Shape::Number(&FACTOR), "How many times as slow."),
        LASTS,
    ];
    "region-flap": [
        Field::required("region", REGION_OR_TARGET, "Which region."),
        Field::required("times", COUNT, "How often it goes down; at most 10,000 times."),
        Field::required("down", SPAN, "How long it is down each time."),
        Field::required("up", SPAN, "How long it is up in between."),
    ];
    "partial-outage": [
        Field::optional("connectors", Shape::ListOf { item: &CONNECTOR_OR_TARGET, min: 1, max: usize::MAX }, "Which connectors."),
        Field::optional("share", SHARE, "Instead: which share of the connectors of `region`, drawn."),
        Field::optional("region", NAMED_REGION, "With `share`: of which region."),
        LASTS,
    ];
    "region-full": [Field::required("region", NAMED_REGION, "Which region."), LASTS];
    "inventory-unavailable": [LASTS];
    "inventory-stale": [
        Field::optional("shows", NAMED, "The connector whose Resource ID is shown.").or("one that names no connector"),
        LASTS,
    ];
    "scm-outage": [Field::required("scm", Shape::OneOf(SCMS), "Which kind of SCM."), LASTS];
    "scm-throttled": [
        Field::required("scm", Shape::OneOf(SCMS), "Which kind of SCM."),
        Field::required("factor", Shape::Number(&FACTOR), "How many times as slow."),
        LASTS,
    ];
    "token-revoked": [Field::required("connector", CONNECTOR_OR_TARGET, "Whose tokens."), LASTS];
    "permission-lost": [
        Field::required("connector", NAMED, "Whose account."),
        Field::required("orgs", ORG_NAMES, "Which orgs it no longer reaches."),
        LASTS,
    ];
    "authorizer-absent": [
        Field::optional("connectors", Shape::ListOf { item: &NAMED, min: 1, max: usize::MAX }, "For which connectors nobody can authorise.").or("all"),
        LASTS,
    ];
    "org-created": [
        Field::required("org", NAMED, "The new org's name."),
        Field::optional("id", Shape::Text(&ID), "What it keeps when it is renamed.").or("its name"),
        Field::required("connector", NAMED, "Whose account reaches it."),
    ];
    "org-renamed": [
        Field::required("org", NAMED, "Which org."),
        Field::required("to", NAMED, "Its new name."),
    ];
    "org-deleted": [Field::required("org", NAMED, "Which org.")];
    "support-surge": [Field::required("tickets", COUNT, "How many tickets of others stand before ours; at most 1,000,000.")];
    "ticket-lost": [OF, LASTS];
    "ticket-misrouted": [OF, Field::required("lasts", SPAN, "How long it waits there.")];
    "ticket-partial": [OF, Field::required("releases", SHARE, "Which share of the orgs is released, rounded up.")];
    "recreation-crash": [
        OF,
        Field::optional("org", NAMED, "Whose recreation.").or("the next one"),
        Field::required("at", SHARE, "After which share of its records."),
        LASTS,
    ];
    "discovery-stall": [
        Field::optional("connectors", Shape::ListOf { item: &NAMED, min: 1, max: usize::MAX }, "Of which connectors, or of those that take over from them.").or("all"),
        LASTS,
    ];
    "operator-absent": [
        Field::optional("team", Shape::OneOf(TEAMS), "Of which team.").or("`operators`"),
        Field::optional("count", Shape::Whole { min: 1, max: 1_000_000 }, "How many people.").or("all of them"),
        LASTS,
    ];
    "wrong-resource-id": [OF, STEP_OF, Field::optional("names", NAMED, "The connector that it names instead.").or("none")];
    "org-forgotten": [OF, STEP_OF, Field::optional("orgs", Shape::ListOf { item: &NAMED, min: 1, max: usize::MAX }, "Which orgs.").or("one, drawn")];
    "wrong-region": [OF, STEP_OF, Field::optional("region", NAMED_REGION, "Where instead; a region that is only announced is allowed here.").or("one that is announced, drawn")];
    "step-skipped": [OF, Field::required("step", NAMED_STEP, "Which step.")];
    "step-repeated": [OF, Field::required("step", NAMED_STEP, "Which step.")];
    "deleted-early": [OF, Field::optional("step", NAMED_STEP, "At the end of which step.").or("at once")];
    "second-connector": [OF, STEP_OF, Field::optional("region", NAMED_REGION, "Where.").or("where the target is")];
};

static EVENT: SharedShape = SharedShape {
    name: "event",
    doc: "Something that goes wrong.",
    shape: &Shape::Map(&[
        Field::required("at", Shape::Text(&INSTANT), "When it strikes."),
        Field::required(
            "fault",
            Shape::Choice(FAULT_KINDS),
            "What happens: one fault.",
        )
        .such_as("{ region-outage: { region: westeurope, lasts: 26h } }"),
        Field::optional(
            "chance",
            Shape::Text(&PROBABILITY),
            "How likely it is to strike at all.",
        )
        .or("`100%`"),
        Field::optional(
            "id",
            Shape::Text(&ID),
            "What chance is keyed by, so that it may change and keep its luck.",
        )
        .or("kind, subject and instant: `region-outage:westeurope@T+0`"),
    ]),
};

/// `timeline`.
pub(super) const TIMELINE: Shape = Shape::list_of(const { &Shape::Shared(&EVENT) });
