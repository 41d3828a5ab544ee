//! `scm-limits`: how many requests each kind of SCM takes.

use super::kinds::DURATION;
use super::procedure::SOURCE_SAYS;
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

static SHARERS: &[Variant] = &[
    Variant::new(
        "tenant",
        "All connectors of that kind of SCM in a tenant: one person authorised them (D-7).",
    ),
    Variant::new(
        "connector",
        "Nobody: each connector has its own, since somebody else authorised each.",
    ),
];

static LIMIT: SharedShape = SharedShape {
    name: "scm-limit",
    doc: "A budget of requests that is full again at every reset (D-12).",
    shape: &Shape::Map(&[
        Field::required(
            "requests",
            Shape::Whole {
                min: 1,
                max: 1_000_000_000,
            },
            "How many requests there are until the next reset.",
        )
        .such_as("5000"),
        Field::optional(
            "window",
            Shape::Text(&DURATION),
            "From one reset to the next; the first is at T+0.",
        )
        .or("`1h`"),
        Field::optional(
            "per-unit",
            Shape::Whole {
                min: 1,
                max: 1_000_000,
            },
            "How many requests discovery makes for each project, or repo at GitHub.",
        )
        .or("`1`"),
        Field::optional("shared-by", Shape::OneOf(SHARERS), "Who shares it.").or("`tenant`"),
        Field::optional("source", Shape::Word, SOURCE_SAYS),
    ]),
};

const OF: Shape = Shape::Shared(&LIMIT);

/// `scm-limits`.
pub(super) const SCM_LIMITS: Shape = Shape::Map(&[
    Field::optional("azure-devops", OF, "Azure DevOps.").or("no limit"),
    Field::optional("github", OF, "GitHub.").or("no limit"),
    Field::optional("gitlab", OF, "GitLab.").or("no limit"),
]);
