//! `parameters`.

use super::kinds::DURATION;
use super::procedure::SOURCE_SAYS;
use crate::model::rules::Anchor;
use crate::scenario::syntax::{Field, Shape, Variant};

const SOURCE: Field = Field::optional("source", Shape::Word, SOURCE_SAYS);

/// A word, alone or with its source.
macro_rules! sourced {
    ($words:expr) => {
        Shape::AnyOf(
            const {
                &[
                    Shape::OneOf($words),
                    Shape::Map(
                        const {
                            &[
                                Field::required("value", Shape::OneOf($words), "The value."),
                                SOURCE,
                            ]
                        },
                    ),
                ]
            },
        )
    };
}

static ANCHORS: &[Variant] = &[
    Variant::new(
        Anchor::OutageStart.name(),
        "The first outage of the connector that held the org at T+0.",
    ),
    Variant::new(
        Anchor::ConnectorCreated.name(),
        "The creation, or adoption, of the connector that recreates.",
    ),
    Variant::new(
        Anchor::TicketOpened.name(),
        "The opening of the ticket that released the org.",
    ),
    Variant::new(Anchor::OrgReleased.name(), "The release of the org."),
    Variant::new(
        Anchor::Recreation.name(),
        "The start of that org's recreation.",
    ),
];
static EDGES: &[Variant] = &[
    Variant::new(
        "inclusive",
        "An alert exactly as old as the window is inside: 'more than one week old' is lost (F-14).",
    ),
    Variant::new(
        "exclusive",
        "An alert exactly as old as the window is outside.",
    ),
];
static PROMOTIONS: &[Variant] = &[
    Variant::new(
        "as-the-procedure-says",
        "When what its step needs is finished (F-12, L-2).",
    ),
    Variant::new(
        "on-establishment",
        "As soon as the new connector is established.",
    ),
];
static GRANULARITIES: &[Variant] = &[
    Variant::new(
        "per-org",
        "Each org is released when its own minute is over.",
    ),
    Variant::new(
        "whole-ticket",
        "All orgs of a ticket are released together at the end.",
    ),
];
static ORDERS: &[Variant] = &[
    Variant::new(
        "parallel",
        "Every affected connector is recovered at once (F-3).",
    ),
    Variant::new("serial", "One after another, by connector id."),
];
static RETIRES: &[Variant] = &[
    Variant::new(
        "as-the-procedure-says",
        "When everything before it is finished.",
    ),
    Variant::new(
        "region-up",
        "When the old region is up again, whatever is unfinished: the seed to the letter.",
    ),
];
static RECREATIONS: &[Variant] = &[
    Variant::new(
        "visible",
        "The org is owned and its entities have appeared.",
    ),
    Variant::new(
        "established",
        "The new connector is established (F-13 to the letter).",
    ),
];
static SWITCH: &[Variant] = &[
    Variant::new("off", "Off."),
    Variant::new("on", "On, as the vendor has had it since 2024-01-12 (D-6)."),
];
static LOOKUPS: &[Variant] = &[
    Variant::new("looked-up", "Looked up when they are needed (L-6)."),
    Variant::new("saved", "Saved beforehand: no look-up is needed."),
];

/// `parameters`.
pub(super) const PARAMETERS: Shape = Shape::Map(&[
    Field::optional(
        "alert-window",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "length",
                        Shape::Text(&DURATION),
                        "How old an alert may be to be recreated (F-14).",
                    )
                    .or("`7d`"),
                    Field::optional(
                        "anchor",
                        Shape::OneOf(ANCHORS),
                        "From which instant its age is counted (U-3).",
                    )
                    .or("`outage-start`"),
                    Field::optional(
                        "edge",
                        Shape::OneOf(EDGES),
                        "Whether an alert of exactly that age is inside.",
                    )
                    .or("`inclusive`"),
                    SOURCE,
                ]
            },
        ),
        "Which alerts the platform recreates (F-14).",
    ),
    Field::optional(
        "promotion",
        sourced!(PROMOTIONS),
        "When the new connector becomes primary (F-12).",
    )
    .or("`as-the-procedure-says`"),
    Field::optional(
        "release",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "granularity",
                        Shape::OneOf(GRANULARITIES),
                        "How the orgs of a ticket are let go.",
                    )
                    .or("`per-org`"),
                    SOURCE,
                ]
            },
        ),
        "How support releases orgs (F-9).",
    ),
    Field::optional(
        "config-loss",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "after",
                        Shape::Text(&DURATION),
                        "How long a connector has to be down.",
                    )
                    .or("`0s`: at once"),
                    SOURCE,
                ]
            },
        ),
        "When a connector that is down loses its configuration (F-5).",
    ),
    Field::optional(
        "recoveries",
        sourced!(ORDERS),
        "Whether recoveries wait for each other (F-3).",
    )
    .or("`parallel`"),
    Field::optional(
        "retire",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "needs",
                        Shape::OneOf(RETIRES),
                        "What promotion and deletion wait for.",
                    )
                    .or("`as-the-procedure-says`"),
                    SOURCE,
                ]
            },
        ),
        "When the old connector's part ends (F-12).",
    ),
    Field::optional(
        "recreation",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "needs",
                        Shape::OneOf(RECREATIONS),
                        "What recreation waits for.",
                    )
                    .or("`visible`"),
                    SOURCE,
                ]
            },
        ),
        "When records are recreated (F-13).",
    ),
    Field::optional(
        "annotations",
        Shape::Map(
            const {
                &[
                    Field::optional(
                        "default-after-onboarding",
                        Shape::OneOf(SWITCH),
                        "Whether a newly onboarded org has annotations by default (D-6).",
                    )
                    .or("`off`"),
                    SOURCE,
                ]
            },
        ),
        "What a newly onboarded org falls to (F-10).",
    ),
    Field::optional(
        "resource-ids",
        sourced!(LOOKUPS),
        "Whether the Resource IDs were saved before they were needed (F-8).",
    )
    .or("`looked-up`"),
]);
