//! `scm-limits`: read.

use super::say::Say;
use crate::model::fleet::Scm;
use crate::scenario::codes;
use crate::scenario::limits::{ScmLimit, ScmLimits, SharedBy};
use crate::scenario::syntax::View;
use crate::time::Duration;

/// The window of which nothing is said.
pub(super) const WINDOW: Duration = Duration::from_hours(1);

/// The limits of a file.
pub(super) fn limits(tree: View<'_>, say: &mut Say<'_>) -> ScmLimits {
    let mut limits = ScmLimits::default();
    let written = tree.get("scm-limits");
    for scm in Scm::ALL {
        let Some(view) = written.and_then(|it| it.get(scm.name())) else {
            continue;
        };
        let whole = |key: &str, usual: u64| {
            let number = view.get(key).map(View::whole);
            number
                .and_then(|it| u64::try_from(it).ok())
                .unwrap_or(usual)
        };
        let window = view.get("window").and_then(View::parse).unwrap_or(WINDOW);
        if let Some(it) = view.get("window").filter(|_| window.is_zero()) {
            let message = "a budget that is always full is no limit";
            say.error(
                &codes::SPAN_EMPTY,
                it.span(),
                message,
                "leave the limit out",
            );
        }
        let alone = view
            .get("shared-by")
            .is_some_and(|it| it.text() == "connector");
        limits.set(
            scm,
            ScmLimit {
                requests: whole("requests", 1),
                window,
                per_unit: whole("per-unit", 1) as u32,
                shared_by: if alone {
                    SharedBy::Connector
                } else {
                    SharedBy::Tenant
                },
            },
        );
    }
    limits
}
