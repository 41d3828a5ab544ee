//! `luck`: choices laid over the seed, or over the simplest.

use super::kinds::{DURATION, ID, NUMBER, SITE, STEP};
use crate::chance::{Base, Purpose};
use crate::procedure::Slip;
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

static BASES: &[Variant] = &[
    Variant::new(Base::Seed.name(), "The seed decides."),
    Variant::new(
        Base::Simplest.name(),
        "The dullest luck: no slip, the usual duration, the least number, the order of the ids.",
    ),
];

static PURPOSES: &[Variant] = &[
    Variant::new(Purpose::StepTime.name(), "How long a step takes."),
    Variant::new(
        Purpose::StepSlip.name(),
        "Whether a slip is made on a step.",
    ),
    Variant::new(
        Purpose::SlipTarget.name(),
        "What a slip hits: a place in a list, or a rank.",
    ),
    Variant::new(Purpose::FaultStrikes.name(), "Whether a fault strikes."),
    Variant::new(Purpose::FaultLasts.name(), "How long a fault lasts."),
    Variant::new(
        Purpose::FaultAt.name(),
        "How long after the one before a region goes down.",
    ),
    Variant::new(Purpose::FaultMagnitude.name(), "How many a fault brings."),
    Variant::new(
        Purpose::FaultShare.name(),
        "The rank of a connector among those that a share may hit.",
    ),
    Variant::new(
        Purpose::SurgeTime.name(),
        "How long a ticket of somebody else takes.",
    ),
    Variant::new(
        Purpose::OthersArrive.name(),
        "How long after the one before a ticket of somebody else comes.",
    ),
    Variant::new(
        Purpose::OthersCount.name(),
        "How many tickets others open when a region is lost.",
    ),
    Variant::new(
        Purpose::OthersAfter.name(),
        "How long after the loss one of them comes.",
    ),
    Variant::new(
        Purpose::Absence.name(),
        "Whether somebody is away: the `nth` of a team or a shift.",
    ),
    Variant::new(Purpose::FlapDown.name(), "How long a region stays down."),
    Variant::new(
        Purpose::FlapUp.name(),
        "How long a region stays up in between.",
    ),
];

const fn slips() -> [Variant; Slip::ALL.len()] {
    let mut all = [Variant::new("", ""); Slip::ALL.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = Variant::new(Slip::ALL[at].name(), Slip::ALL[at].says());
        at += 1;
    }
    all
}
static SLIPS: [Variant; Slip::ALL.len()] = slips();

static CHOICE: SharedShape = SharedShape {
    name: "choice",
    doc: "One decision, and what it comes to.",
    shape: &Shape::Map(&[
        Field::required("of", Shape::Text(&SITE), "About whom: kind and id."),
        Field::required("what", Shape::OneOf(PURPOSES), "What is decided."),
        Field::optional(
            "step",
            Shape::Text(&STEP),
            "On which step. Without one, `step-time` is that of a discovery.",
        ),
        Field::optional("slip", Shape::OneOf(&SLIPS), "Which slip."),
        Field::optional(
            "fault",
            Shape::Text(&ID),
            "With `fault-share`: of which fault.",
        ),
        Field::optional(
            "generation",
            Shape::count(255),
            "In the recovery of which connector of the line: 0 is that of the fleet.",
        )
        .or("`0`"),
        Field::optional(
            "nth",
            Shape::count(u32::MAX as i64),
            "Which of several: tries, tickets, flaps, from 0.",
        )
        .or("`0`"),
        Field::required(
            "is",
            Shape::AnyOf(&[Shape::Bool, Shape::Number(&NUMBER), Shape::Text(&DURATION)]),
            "What it comes to: yes or no, a number, or a duration.",
        )
        .such_as("2d"),
    ]),
};

/// `luck`.
pub(super) const LUCK: Shape = Shape::Map(&[
    Field::optional("base", Shape::OneOf(BASES), "Who decides the rest.").or("`seed`"),
    Field::optional(
        "choices",
        Shape::list_of(const { &Shape::Shared(&CHOICE) }),
        "What is laid down.",
    )
    .or("`[]`")
    .such_as("[{ of: connector/payments, what: step-time, step: triage-ticket, is: 9d }]"),
]);
