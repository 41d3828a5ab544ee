//! `chaos`: what may happen when the scenario is hunted.

use super::kinds::{DURATION, FACTOR, INSTANT, NAME, PROBABILITY, REGION};
use crate::faults::{Chaos, FAULTS, Family};
use crate::scenario::syntax::{Field, Shape, Variant};

const FAMILIES: usize = Family::ALL.len();

const fn kinds() -> [Variant; FAMILIES + FAULTS.len()] {
    let mut all = [Variant::new("", ""); FAMILIES + FAULTS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < FAMILIES {
            Variant::new(Family::ALL[at].name(), Family::ALL[at].says())
        } else {
            let doc = &FAULTS[at - FAMILIES];
            Variant::new(doc.name, doc.says)
        };
        at += 1;
    }
    all
}
/// Families of faults, and faults.
static KINDS: [Variant; FAMILIES + FAULTS.len()] = kinds();

const SOME: Shape = Shape::list_of(const { &Shape::OneOf(&KINDS) });

/// From the least to the most.
macro_rules! range {
    ($shape:expr) => {
        Shape::Map(
            const {
                &[
                    Field::required("min", $shape, "The least."),
                    Field::required("max", $shape, "The most."),
                ]
            },
        )
    };
}

/// `chaos`.
pub(super) const CHAOS: Shape = Shape::Map(&[
    Field::optional(
        "allow",
        SOME,
        "Faults, or families of faults, that may happen.",
    )
    .or("all but the slips of people")
    .such_as("[region, ticket-lost]"),
    Field::optional("forbid", SOME, "What may not happen though it is allowed.")
        .or("`[]`")
        .such_as("[org-deleted]"),
    Field::optional("mandatory", SOME, "Swarm: what every run has.").or("`[region-outage]`"),
    Field::optional(
        "suppressing",
        SOME,
        "Swarm: what hides other things, so that few runs have it.",
    )
    .or("`[inventory-unavailable, authorizer-absent, operator-absent]`"),
    Field::optional(
        "at-most",
        Shape::Whole {
            min: 0,
            max: Chaos::MOST as i64,
        },
        "How many faults there are in one run at most, besides those of the timeline.",
    )
    .or("`4`"),
    Field::optional(
        "from",
        Shape::Text(&INSTANT),
        "The first instant at which one may strike.",
    )
    .or("`T+0`"),
    Field::optional("to", Shape::Text(&INSTANT), "The last.").or("`T+2d`, or the end of the run"),
    Field::optional(
        "regions",
        Shape::list_of(const { &Shape::Text(&REGION) }),
        "Which regions may be hit.",
    )
    .or("those in which connectors stand, and their nearest fallbacks"),
    Field::optional(
        "connectors",
        Shape::list_of(const { &Shape::Text(&NAME) }),
        "Which connectors may be hit.",
    )
    .or("all"),
    Field::optional(
        "lasts",
        range!(Shape::Text(&DURATION)),
        "How long a fault lasts.",
    )
    .or("`{ min: 15m, max: 2d }`"),
    Field::optional(
        "factor",
        range!(Shape::Number(&FACTOR)),
        "How many times as slow.",
    )
    .or("`{ min: 2, max: 10 }`"),
    Field::optional(
        "tickets",
        range!(Shape::count(1_000_000)),
        "How many tickets of others a surge brings.",
    )
    .or("`{ min: 1, max: 100 }`"),
    Field::optional(
        "share",
        range!(Shape::Text(&PROBABILITY)),
        "Which share of orgs, records or connectors.",
    )
    .or("`{ min: 10%, max: 90% }`"),
]);
