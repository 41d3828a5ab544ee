//! What a file of levers may say.

use crate::scenario::syntax::{Alternative, Field, Shape, SharedShape, Variant};
use crate::scenario::tables::{NAMES, PROBABILITY, REGION, STEP};

/// The version of the file's format.
pub(super) const FORMAT: &str = "v1";

/// The most that a lever may cost.
const COST_MAX: i64 = 1_000_000_000_000;

static FORMATS: &[Variant] = &[Variant::new(FORMAT, "The version of the format.")];

static TEAMS: &[Variant] = &[
    Variant::new("operators", "The customer's people."),
    Variant::new("support", "Microsoft's support."),
    Variant::new("platform", "The service itself."),
];

const TEAM: Field = Field::required("team", Shape::OneOf(TEAMS), "Which team.");

static CHANGE: SharedShape = SharedShape {
    name: "change",
    doc: "One change to a scenario.",
    shape: &Shape::Choice(&[
        Alternative::new(
            "set",
            Shape::Map(&[
                Field::required(
                    "at",
                    Shape::Word,
                    "Where: keys of the scenario file, joined by dots.",
                )
                .such_as("parameters.recoveries"),
                Field::required(
                    "to",
                    Shape::AnyOf(&[
                        Shape::Whole {
                            min: i64::MIN,
                            max: i64::MAX,
                        },
                        Shape::Word,
                    ]),
                    "What is to stand there.",
                )
                .such_as("parallel"),
            ]),
            "Puts a word, a number or a duration at a place of the file.",
        ),
        Alternative::new(
            "remove",
            Shape::Word,
            "Takes out what stands at a place of the file: its keys, joined by dots.",
        ),
        Alternative::new(
            "add-people",
            Shape::Map(&[
                TEAM,
                Field::required(
                    "count",
                    Shape::Whole {
                        min: 1,
                        max: 10_000,
                    },
                    "How many more.",
                ),
            ]),
            "Makes a team larger. One without a size is never short of people, so that it does not apply.",
        ),
        Alternative::new(
            "around-the-clock",
            Shape::Map(&[TEAM]),
            "Takes a team's hours away. One that keeps none works around the clock already.",
        ),
        Alternative::new(
            "spare-connector",
            Shape::Map(&[
                Field::optional("region", Shape::Text(&REGION), "Where it stands.")
                    .or("the nearest fallback in which no connector stands"),
            ]),
            "For every kind of SCM and tenant, a connector that reaches all orgs of the fleet, ready to be adopted (F-7).",
        ),
        Alternative::new(
            "speed-up",
            Shape::Map(&[
                Field::required("step", Shape::Text(&STEP), "Which step of the procedure."),
                Field::required(
                    "to",
                    Shape::Text(&PROBABILITY),
                    "To which share of its time.",
                )
                .such_as("50%"),
            ]),
            "Makes a step faster: every number of its time or distribution is cut to that share; a rate rises.",
        ),
    ]),
};

static LEVER: SharedShape = SharedShape {
    name: "lever",
    doc: "A change that a team could make, and what it costs.",
    shape: &Shape::Map(&[
        Field::required("title", Shape::Word, "What is done, in a line."),
        Field::required(
            "cost",
            Shape::Whole {
                min: 0,
                max: COST_MAX,
            },
            "What it costs, a whole number of the file's units.",
        ),
        Field::required(
            "changes",
            Shape::ListOf {
                item: &Shape::Shared(&CHANGE),
                min: 1,
                max: 32,
            },
            "What it changes, one after another.",
        ),
        Field::optional("source", Shape::Word, "Where the cost comes from.").or("nothing said"),
    ]),
};

/// A file of levers.
pub(super) static LEVERS: Shape = Shape::Map(&[
    Field::required(
        "levers",
        Shape::OneOf(FORMATS),
        "The version of the format.",
    ),
    Field::required("unit", Shape::Word, "What a cost counts.").such_as("person-days a year"),
    Field::required(
        "list",
        Shape::MapOf {
            key: &NAMES,
            value: &Shape::Shared(&LEVER),
            min: 1,
            max: 64,
        },
        "The levers, each under its name.",
    ),
]);
