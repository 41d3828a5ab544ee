//! `teams`: people, their hours, shifts and holidays, and who is away.

use super::kinds::{DATES, DURATION, HOURS, INSTANT, NAME, PROBABILITY};
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

const PEOPLE: Shape = Shape::Whole {
    min: 1,
    max: 1_000_000,
};

static HAND_OVERS: &[Variant] = &[
    Variant::new("none", "Whoever is there next goes on, and loses no time."),
    Variant::new("waits", "It waits for the shift that began it."),
];

static ABSENCE: SharedShape = SharedShape {
    name: "absence",
    doc: "Some people are away.",
    shape: &Shape::Map(&[
        Field::optional("count", PEOPLE, "How many."),
        Field::optional(
            "chance",
            Shape::Text(&PROBABILITY),
            "Instead: each of them with this chance, drawn once.",
        ),
        Field::optional("from", Shape::Text(&INSTANT), "From when.").or("`T+0`"),
        Field::optional("to", Shape::Text(&INSTANT), "Until when.").or("for good"),
    ]),
};

const ABSENT: Field = Field::optional(
    "absent",
    Shape::list_of(const { &Shape::Shared(&ABSENCE) }),
    "Who is away, and when.",
)
.or("`[]`")
.such_as("[{ count: 1, to: T+2d }]");

static SHIFT: SharedShape = SharedShape {
    name: "shift",
    doc: "People who keep the same hours.",
    shape: &Shape::Map(&[
        Field::required("hours", Shape::Text(&HOURS), "When they are there."),
        Field::required("size", PEOPLE, "How many."),
        ABSENT,
    ]),
};

static TEAM: SharedShape = SharedShape {
    name: "team",
    doc: "People who do steps.",
    shape: &Shape::Map(&[
        Field::optional("size", PEOPLE, "How many can work at once.").or("no limit"),
        Field::optional(
            "hours",
            Shape::Text(&HOURS),
            "When they work; work pauses outside. Needs `starts`.",
        )
        .or("around the clock"),
        Field::optional(
            "holidays",
            Shape::list_of(const { &Shape::Text(&DATES) }),
            "Dates, by the clocks of the hours, on which no shift begins.",
        )
        .or("`[]`"),
        Field::optional(
            "shifts",
            Shape::MapOf {
                key: &NAME,
                value: const { &Shape::Shared(&SHIFT) },
                min: 1,
                max: 64,
            },
            "Instead of `size` and `hours`: several groups with their own.",
        )
        .or("everybody keeps the same hours")
        .such_as("{ early: { hours: \"Mon-Fri 06:00-14:00 Europe/Berlin\", size: 2 } }"),
        Field::optional(
            "hand-over",
            Shape::AnyOf(&[Shape::OneOf(HAND_OVERS), Shape::Text(&DURATION)]),
            "What becomes of work that is under way when a shift ends: `none`, `waits`, or how much longer it takes whoever goes on with it.",
        )
        .or("`none`")
        .such_as("20m"),
        ABSENT,
    ]),
};

/// `teams`.
pub(super) const TEAM_SHAPES: Shape = Shape::Map(&[
    Field::optional("operators", Shape::Shared(&TEAM), "The customer's people."),
    Field::optional("support", Shape::Shared(&TEAM), "Microsoft's support."),
    Field::optional("platform", Shape::Shared(&TEAM), "The service itself."),
]);
