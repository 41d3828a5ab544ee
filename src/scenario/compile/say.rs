//! Saying what is wrong, and reading what may be wrong although its shape is right.

use crate::chance::{CountDist, Dist, DurationDist, Quantity, Shape};
use crate::scenario::codes;
use crate::scenario::files::Files;
use crate::scenario::syntax::{CodeDoc, Diagnostic, Diagnostics, Span, View, did_you_mean, words};
use crate::time::Duration;

/// Beyond this many names nobody is asked whether they meant one of them: it
/// would take longer than the drill.
const NAMES_MAX: usize = 5_000;

/// Where complaints go.
pub(super) struct Say<'a> {
    pub(super) files: &'a Files,
    pub(super) found: Diagnostics,
}

impl<'a> Say<'a> {
    pub(super) fn new(files: &'a Files, found: Diagnostics) -> Self {
        Self { files, found }
    }

    /// A complaint to be finished with [`Say::push`].
    pub(super) fn about(
        &self,
        doc: &'static CodeDoc,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        self.files.diagnose(doc, span, message, label)
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A complaint that needs no more.
    pub(super) fn error(
        &mut self,
        doc: &'static CodeDoc,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        let it = self.about(doc, span, message, label);
        self.push(it);
    }

    /// Whether so much was said that more is not kept.
    pub(super) fn enough(&self) -> bool {
        self.found.len() >= Diagnostics::MOST
    }

    /// Says that a name is none of those there are.
    pub(super) fn unknown<'n>(
        &mut self,
        doc: &'static CodeDoc,
        span: Span,
        message: impl Into<String>,
        written: &str,
        names: impl Iterator<Item = &'n str> + Clone,
    ) {
        if self.enough() {
            let it = self.about(doc, span, message, "not known");
            return self.push(it);
        }
        let near = did_you_mean(written, names.clone().take(NAMES_MAX));
        let label = near.map_or_else(
            || "not known".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let mut it = self.about(doc, span, message, label);
        if names.clone().next().is_some() {
            it = it.help(format!("known here: {}", words(names.take(NAMES_MAX))));
        }
        self.push(it);
    }

    /// A duration, fixed or drawn.
    pub(super) fn span_dist(&mut self, view: View<'_>) -> DurationDist {
        self.dist(view, |it| it.parse().unwrap_or(Duration::ZERO))
    }

    /// A count, fixed or drawn.
    pub(super) fn count_dist(&mut self, view: View<'_>) -> CountDist {
        self.dist(view, |it| u64::try_from(it.whole()).unwrap_or_default())
    }

    fn dist<Q: Quantity>(&mut self, view: View<'_>, one: impl Fn(View<'_>) -> Q) -> Dist<Q> {
        if view.is_scalar() {
            return Dist::fixed(one(view));
        }
        let (name, inner) = view.choice();
        let get = |key: &str| inner.get(key).map_or(Q::from_units(0), &one);
        let shape = match name {
            "uniform" => Shape::Uniform {
                min: get("min"),
                max: get("max"),
            },
            "pert" => Shape::Pert {
                min: get("min"),
                mode: get("mode"),
                max: get("max"),
            },
            "lognormal" => Shape::LogNormal {
                p50: get("p50"),
                p95: get("p95"),
            },
            "exponential" => Shape::Exponential { mean: get("mean") },
            _ => Shape::Empirical(inner.items().map(&one).collect()),
        };
        Dist::new(&shape).unwrap_or_else(|error| {
            let message = format!("these numbers are no `{name}` distribution");
            self.error(
                &codes::DISTRIBUTION,
                view.span(),
                message,
                error.to_string(),
            );
            Dist::fixed(Q::from_units(0))
        })
    }
}
