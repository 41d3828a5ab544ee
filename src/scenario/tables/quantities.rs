//! Values that are fixed or drawn.

use super::kinds::DURATION;
use crate::scenario::syntax::{Alternative, Field, Shape, SharedShape};

/// The most of anything that a file may name: far beyond every fleet.
const COUNT_MAX: i64 = 1_000_000_000;

/// How many values an empirical distribution may have.
pub(super) const SEEN_MAX: usize = 10_000;

/// The alternatives of a distribution over a shape.
macro_rules! distributions {
    ($shape:expr) => {
        &[
            Alternative::new(
                "uniform",
                Shape::Map(
                    const {
                        &[
                            Field::required("min", $shape, "The least."),
                            Field::required("max", $shape, "The most."),
                        ]
                    },
                ),
                "Everything between two bounds, equally likely.",
            ),
            Alternative::new(
                "pert",
                Shape::Map(
                    const {
                        &[
                            Field::required("min", $shape, "The least."),
                            Field::required("mode", $shape, "The most likely."),
                            Field::required("max", $shape, "The most."),
                        ]
                    },
                ),
                "An estimate by three points.",
            ),
            Alternative::new(
                "lognormal",
                Shape::Map(
                    const {
                        &[
                            Field::required("p50", $shape, "What half stay below."),
                            Field::required("p95", $shape, "What nineteen in twenty stay below."),
                        ]
                    },
                ),
                "Mostly short, at times very long: what waiting for people looks like.",
            ),
            Alternative::new(
                "exponential",
                Shape::Map(const { &[Field::required("mean", $shape, "The mean.")] }),
                "What happens by itself, at no particular time.",
            ),
            Alternative::new(
                "empirical",
                Shape::ListOf {
                    item: const { &$shape },
                    min: 1,
                    max: $crate::scenario::tables::quantities::SEEN_MAX,
                },
                "Values that were seen, each equally likely.",
            ),
        ]
    };
}
pub(super) use distributions;

pub(super) const DURATION_SHAPE: Shape = Shape::Text(&DURATION);
pub(super) const COUNT_SHAPE: Shape = Shape::count(COUNT_MAX);

/// A duration, fixed or drawn.
pub(super) const SPAN: Shape = Shape::Shared(&SharedShape {
    name: "duration",
    doc: "A duration, or how it is distributed.",
    shape: &Shape::AnyOf(&[
        DURATION_SHAPE,
        Shape::Choice(distributions!(DURATION_SHAPE)),
    ]),
});

/// A count, fixed or drawn.
pub(super) const COUNT: Shape = Shape::Shared(&SharedShape {
    name: "count",
    doc: "A count, or how it is distributed.",
    shape: &Shape::AnyOf(&[COUNT_SHAPE, Shape::Choice(distributions!(COUNT_SHAPE))]),
});
