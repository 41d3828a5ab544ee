//! What every face says of a finding.

use super::Story;
use crate::explore::{Finding, LUCKS, Stopped, WhyStopped};
use crate::report::describe;
use crate::report::text::counted;

/// What else the scenario violates.
pub(super) fn also(finding: &Finding) -> String {
    let checks = list(finding.also.iter().map(|it| it.check.slug()));
    format!("The same scenario violates too: {checks}.")
}

pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

pub(super) fn left_out(count: u64) -> String {
    let ways = counted(count, "more way");
    format!(
        "{ways} to fail left out, of causes that have enough already: `--ways` makes more small."
    )
}

pub(super) fn shrunk(finding: &Finding) -> String {
    let why = match finding.shrunk.why {
        WhyStopped::Smallest => "nothing more can be taken out",
        WhyStopped::Bound => "the bound on steps was reached",
        WhyStopped::Asked => "somebody stopped it",
    };
    format!(
        "Made small in {} steps, {} of them kept; {why}.",
        finding.shrunk.tried, finding.shrunk.kept
    )
}

pub(super) fn free(finding: &Finding) -> String {
    let free = finding.shrunk.free.iter();
    let free: Vec<String> = free
        .map(|it| format!("{} ({})", it.path, it.tried.join(", ")))
        .collect();
    match free.is_empty() {
        true => String::new(),
        false => format!(
            "Could be anything, as far as was tried: {}.",
            free.join("; ")
        ),
    }
}

pub(super) fn inevitable(finding: &Finding, story: Option<&Story>) -> String {
    let Some(it) = &finding.inevitable else {
        return String::new();
    };
    let bound = format!(
        "tried: {} other lucks a branch, {} branches",
        LUCKS + 1,
        it.branches
    );
    match (&it.since, story) {
        (Some(fact), Some(story)) => {
            let what = describe(&story.ran.names(), &fact.what);
            format!(
                "Not to be avoided any more since {}: {what} ({bound}).",
                fact.at
            )
        }
        (Some(fact), None) => format!("Not to be avoided any more since {} ({bound}).", fact.at),
        (None, _) => format!("Not to be avoided from the beginning ({bound})."),
    }
}

pub(super) fn stopped(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::Budget => "the budget is used up",
        Stopped::Asked => "its time was up, or somebody stopped it",
        Stopped::CoverageFlat => "coverage stopped growing",
    }
}
