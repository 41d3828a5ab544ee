//! `support-queue`: everybody else's tickets, and the place of ours among them.

use super::kinds::{INSTANT, NAME};
use super::procedure::SOURCE_SAYS;
use super::quantities::{COUNT, SPAN};
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

const CLASS: Shape = Shape::Whole { min: 1, max: 5 };

static PLACES: &[Variant] = &[
    Variant::new("back", "It joins the end of its class, as a new ticket."),
    Variant::new(
        "kept",
        "It has the place that the rejected one had in the queue.",
    ),
];

const SOURCE: Field = Field::optional("source", Shape::Word, SOURCE_SAYS);

const TAKES: Field = Field::optional("takes", SPAN, "How long one takes to read.")
    .or("as long as one of ours takes in triage");

static STREAM: SharedShape = SharedShape {
    name: "stream",
    doc: "Tickets of others that come at their own pace.",
    shape: &Shape::Map(&[
        Field::required(
            "every",
            SPAN,
            "The time from one to the next; `exponential` for many independent customers.",
        )
        .such_as("{ exponential: { mean: 10m } }"),
        TAKES,
        Field::optional("priority", CLASS, "Their class.").or("`3`"),
        Field::optional("from", Shape::Text(&INSTANT), "From when they come.").or("`T+0`"),
        Field::optional("to", Shape::Text(&INSTANT), "Until when they come.")
            .or("the end of the run"),
        SOURCE,
    ]),
};

/// `support-queue`.
pub(super) const SUPPORT_QUEUE: Shape = Shape::Map(&[
    Field::optional(
        "priority",
        CLASS,
        "The class of our tickets: 1 is taken first, 5 last, within a class whoever came first.",
    )
    .or("`3`"),
    Field::optional(
        "rework",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "place",
                        Shape::OneOf(PLACES),
                        "Where the ticket stands that is opened for a rejected one.",
                    )
                    .or("`back`"),
                    Field::optional("priority", CLASS, "Its class.").or("that of our tickets"),
                ]
            },
        ),
        "What becomes of a ticket that was rejected, once it is put right (F-9).",
    )
    .or("it is a new ticket"),
    Field::optional(
        "others",
        Shape::map_of(&NAME, const { &Shape::Shared(&STREAM) }),
        "Everybody else's tickets, day in, day out. Support needs a size.",
    )
    .or("none")
    .such_as("{ usual: { every: { exponential: { mean: 10m } }, takes: { exponential: { mean: 20m } } } }"),
    Field::optional(
        "region-lost",
        Shape::Map(
            const {
                &[
                    Field::required("tickets", COUNT, "How many; at most 1,000,000 in a run."),
                    Field::optional("after", SPAN, "How long after the loss each of them comes.")
                        .or("`0s`: all at once"),
                    TAKES,
                    Field::optional("priority", CLASS, "Their class.").or("`3`"),
                    SOURCE,
                ]
            },
        ),
        "Everybody's ticket when a whole region is lost. Support needs a size.",
    )
    .or("nobody notices")
    .such_as("{ tickets: 120, after: { uniform: { min: 0s, max: 4h } } }"),
]);
