//! Parameters.

use crate::model::fleet::AlertWindow;
use crate::model::rules::{Anchor, Parameters};
use crate::scenario::loaded::{Assumption, Origin};
use crate::scenario::syntax::{Span, View};
use crate::time::{Duration, Instant};

/// The parameters of a file, each told among the assumptions.
pub(super) fn parameters(tree: View<'_>, out: &mut Vec<Assumption>) -> Parameters {
    let usual = Parameters::default();
    let mut reading = Reading {
        written: tree.get("parameters"),
        out,
    };
    let vendor = |fact| (Origin::Vendor, fact);
    let assumed = |fact| (Origin::Assumed, fact);
    let length = reading.value("alert-window.length", "7d", vendor("F-14"));
    let anchor = reading.value("alert-window.anchor", "outage-start", assumed("U-3"));
    let edge = reading.value("alert-window.edge", "inclusive", vendor("F-14"));
    let promotion = reading.value("promotion", "as-the-procedure-says", assumed("F-12"));
    let release = reading.value("release.granularity", "per-org", assumed("F-9"));
    let loss = reading.value("config-loss.after", "0s", vendor("F-5"));
    let recoveries = reading.value("recoveries", "parallel", assumed("F-3"));
    let retire = reading.value("retire.needs", "as-the-procedure-says", assumed("F-12"));
    let recreation = reading.value("recreation.needs", "visible", assumed("F-13"));
    let annotations = reading.value(
        "annotations.default-after-onboarding",
        "off",
        assumed("F-10"),
    );
    let ids = reading.value("resource-ids", "looked-up", assumed("F-8"));
    Parameters {
        window: AlertWindow {
            length: length.parse().unwrap_or(usual.window.length),
            edge_inside: edge != "exclusive",
        },
        anchor: Anchor::ALL
            .into_iter()
            .find(|it| it.name() == anchor)
            .unwrap_or_default(),
        config_loss_after: loss.parse().unwrap_or(usual.config_loss_after),
        serial_recoveries: recoveries == "serial",
        promotion_on_establishment: promotion == "on-establishment",
        release_whole_ticket: release == "whole-ticket",
        retire_needs_region_only: retire == "region-up",
        recreation_needs_established_only: recreation == "established",
        annotations_on_by_default: annotations == "on",
        resource_ids_saved: ids == "saved",
    }
}

struct Reading<'a, 'o> {
    written: Option<View<'a>>,
    out: &'o mut Vec<Assumption>,
}

impl<'a> Reading<'a, '_> {
    /// A value by its dotted name: a word, `{ value, source }`, or a key of a
    /// group with its `source`.
    fn value(&mut self, name: &str, usual: &'static str, from: (Origin, &str)) -> &'a str {
        let (group, key) = name.split_once('.').unwrap_or((name, "value"));
        let view = self.written.and_then(|it| it.get(group));
        let given = view.and_then(|it| {
            if it.is_scalar() {
                Some(it)
            } else {
                it.get(key)
            }
        });
        let source = view.and_then(|it| it.get("source")).map_or("", View::text);
        let value = given.map_or(usual, View::text);
        let same = value == usual
            || matches!((value.parse::<Duration>(), usual.parse()), (Ok(a), Ok(b)) if a == b);
        let (origin, source) = match given {
            Some(_) if !same || !source.is_empty() => sourced(source),
            _ => (from.0, from.1.to_owned()),
        };
        let changed = !same;
        let value_text = value.into();
        let source = source.into();
        self.out.push(Assumption {
            name: name.into(),
            value: value_text,
            origin,
            source,
            changed,
        });
        value
    }
}

/// Whose value it is, by what its source says.
pub(super) fn sourced(source: &str) -> (Origin, String) {
    for (word, origin) in [("vendor", Origin::Vendor), ("assumed", Origin::Assumed)] {
        if source == word {
            return (origin, String::new());
        }
        if let Some(rest) = source
            .strip_prefix(word)
            .and_then(|it| it.strip_prefix(':'))
        {
            return (origin, rest.trim().to_owned());
        }
    }
    (Origin::User, source.to_owned())
}

/// The end of the run, if the file gives it.
pub(super) fn until(tree: View<'_>) -> Option<(Instant, Span)> {
    let view = tree.get("until")?;
    Some((Instant::ZERO + view.parse::<Duration>()?, view.span()))
}
