//! How small a catch can be made.

use super::bench::Checks;
use super::score::Size;
use crate::drill::Drill;
use crate::explore::cause::Cause;
use crate::explore::finding::written;
use crate::explore::prey::Prey;
use crate::explore::shrink::shrunk_while;
use crate::explore::strategy::Input;
use crate::scenario::Reader;
use crate::scenario::document::Document;

/// What a base with a bug in it is called.
pub(super) const NAME: &str = "oracle.yaml";

/// Makes a catch small: the bug has to violate the check, and without the bug the
/// same scenario has to keep it.
pub(super) fn size(reader: &Reader, prey: &Prey, input: &Input, new: Checks) -> Option<Size> {
    let outcome = crate::explore::lineup::drill(prey, input).run();
    let cause = Cause::all(&outcome).find(|it| new.has(it.check))?;
    let holds = |it: &Document| !without_bug(reader, it, cause);
    let shows = |it: &Document| caused(reader, it).contains(&cause) && holds(it);
    let start = written(prey, input, &shows)?;
    let shrunk = shrunk_while(reader, &start, cause, &holds, &|| false);
    let plan = reader.compile(&shrunk.document, NAME).ok()?.plan;
    Some(Size {
        connectors: plan.fleet.connectors().len(),
        orgs: plan.fleet.orgs().len(),
        faults: shrunk.document.len(&["timeline"]),
        tried: shrunk.tried,
    })
}

/// Whether a scenario violates the check without its bug as well.
fn without_bug(reader: &Reader, document: &Document, cause: Cause) -> bool {
    let mut clean = document.clone();
    clean.remove(&["defects"]);
    caused(reader, &clean)
        .iter()
        .any(|it| it.check == cause.check)
}

/// What a scenario violates; nothing if it is not valid.
fn caused(reader: &Reader, document: &Document) -> Vec<Cause> {
    let Ok(scenario) = reader.compile(document, NAME) else {
        return Vec::new();
    };
    Cause::all(&Drill::new(&scenario.plan).run()).collect()
}
