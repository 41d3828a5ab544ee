//! The grammar of a scenario file, apart from its meaning: from a path to a tree of
//! positioned nodes that has the declared shape.
//!
//! ```text
//! path ──Source::read──▶ Source ──parse──▶ Node ──validate──▶ View ──▶ (decoding, elsewhere)
//!            │                     │            │  ▲
//!            └────── Diagnostic ◀──┴────────────┘  └── Shape ──▶ JSON Schema, listings
//! ```
//!
//! * A [`Source`] is a file's name and text, read within [`Limits`].
//! * [`parse`] makes [`Node`]s out of it: every one knows its [`Span`]. Scalars stay text here:
//!   what `no`, `08` or `1e3` is gets decided by what the place wants, never by the writer's luck.
//! * A [`Shape`] is one static table. [`validate`] holds a node against it and reports everything
//!   that is wrong at once; [`json_schema`] and [`listing`] are written out of the same table.
//! * A [`View`] reads a node that was found valid, without a way to fail.
//! * A [`Diagnostic`] is one complaint with a stable code; [`Diagnostics`] collects, sorts and
//!   renders them. Every code has a [`CodeDoc`], and a [`Catalogue`] finds it.
//!
//! ```
//! # use lifeboat::scenario::syntax::*;
//! static TEAM: Shape = Shape::Map(&[
//!     Field::required("size", Shape::Whole { min: 1, max: 500 }, "How many people there are."),
//!     Field::optional("hours", Shape::Word, "When they work.").or("around the clock"),
//! ]);
//!
//! let source = Source::new("team.yaml", "size: 3\nhuors: late\n");
//! let node = parse(&source, &Limits::default()).unwrap();
//! let mut found = Diagnostics::new();
//! validate(&node, &TEAM, &source, &mut found);
//! let text = found.render(RenderStyle::default());
//! assert!(text.contains("team.yaml:2:1") && text.contains("did you mean `hours`?"));
//! assert_eq!(View::of(&node).get("size").map(|size| size.whole()), Some(3));
//! ```

mod catalogue;
pub mod codes;
mod describe;
mod diagnostic;
mod json_schema;
mod node;
mod quote;
mod render;
mod scalar_check;
mod scalars;
mod shape;
mod source;
mod validate;
mod view;
mod yaml;
mod yaml_errors;

#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, CodeDoc};
pub use describe::{Listed, listing};
pub use diagnostic::{Diagnostic, Diagnostics, Label, Severity};
pub use json_schema::json_schema;
pub use node::{Entry, Node, Scalar, ScalarStyle, Spanned, Value};
pub(in crate::scenario) use quote::counted;
pub use quote::{did_you_mean, quoted, words};
pub use render::{DiagnosticRecord, RenderStyle};
pub use scalars::parse_whole;
pub use shape::{Alternative, Field, Shape, SharedShape, TextKind, Variant};
pub use source::{Limits, Position, Source, Span};
pub use validate::validate;
pub use view::View;
pub use yaml::parse;
