//! Steps as they are written: those of a base, changed, added to, removed.

use std::collections::BTreeMap;

use super::roster::Roster;
use super::say::Say;
use crate::chance::Probability;
use crate::model::command::{Actor, TicketScope};
use crate::model::fleet::Scm;
use crate::model::ranges::RangeSet;
use crate::procedure::{ForEach, Issue, Slip, Takes, When};
use crate::scenario::codes;
use crate::scenario::syntax::{Span, View, codes as syntax, quoted, words};
use crate::time::Rate;

/// A name in a file, or in a built-in procedure, which has no place in one.
pub(super) type Named = (String, Option<Span>);

/// Where a step's time comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sources {
    /// One for the whole step.
    pub(super) whole: String,
    /// By kind of SCM, for a rate of discovery.
    pub(super) by_scm: [Option<String>; 3],
    /// Whether the scenario changed the time.
    pub(super) changed: bool,
}

/// A step on its way to the procedure.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    /// Where the file names it.
    pub(super) span: Option<Span>,
    pub(super) by: Actor,
    pub(super) for_each: ForEach,
    pub(super) needs: Vec<Named>,
    pub(super) issue: Issue,
    pub(super) takes: Option<Takes>,
    pub(super) when: When,
    pub(super) can_fail: BTreeMap<Slip, Probability>,
    pub(super) retries: u32,
    pub(super) on_refused: Option<Named>,
    pub(super) scope: TicketScope,
    pub(super) removed: bool,
    pub(super) sources: Sources,
}

/// Who does a command where nothing else is said.
fn usual_actor(issue: Issue) -> Actor {
    match issue {
        Issue::TriageTicket | Issue::ReleaseOwnership => Actor::Support,
        Issue::Discover | Issue::RecreateRecords | Issue::Promote => Actor::Platform,
        _ => Actor::Operator,
    }
}

impl Draft {
    /// A step of which nothing is said yet but its name and its command.
    pub(super) fn new(name: &str, span: Option<Span>, view: View<'_>) -> Self {
        let command = view.get("command").map_or(name, View::text);
        let issue = Issue::from_name(command).unwrap_or(Issue::Nothing);
        Self {
            name: name.to_owned(),
            span,
            by: usual_actor(issue),
            for_each: issue.for_each(),
            needs: Vec::new(),
            issue,
            takes: None,
            when: When::Always,
            can_fail: BTreeMap::new(),
            retries: 0,
            on_refused: None,
            scope: TicketScope::All,
            removed: false,
            sources: Sources::default(),
        }
    }

    /// Lays what is written over what the step is so far. `own` is whether it is
    /// written in the scenario rather than in a built-in procedure.
    pub(super) fn apply(&mut self, view: View<'_>, own: bool, cx: &mut StepContext<'_, '_, '_>) {
        let text = |key: &str| view.get(key).map(View::text);
        let named = |it: View<'_>| (it.text().to_owned(), own.then(|| it.span()));
        if let Some(issue) = text("command").and_then(Issue::from_name) {
            self.issue = issue;
        }
        let actors = [Actor::Operator, Actor::Support, Actor::Platform];
        if let Some(by) = text("by").and_then(|by| actors.into_iter().find(|it| it.name() == by)) {
            self.by = by;
        }
        if let Some(each) =
            text("for-each").and_then(|it| ForEach::ALL.into_iter().find(|each| each.name() == it))
        {
            self.for_each = each;
        }
        if let Some(needs) = view.get("needs") {
            self.needs = needs.items().map(named).collect();
        }
        if let Some(takes) = view.get("takes") {
            self.takes = takes_of(takes, self.takes.as_ref(), cx.say);
            self.sources = Sources {
                changed: own && cx.changes,
                ..Sources::default()
            };
        }
        if let Some(source) = view.get("source") {
            self.sources.whole = source.text().to_owned();
            for scm in Scm::ALL {
                self.sources.by_scm[scm as usize] =
                    source.get(scm.name()).map(|it| it.text().to_owned());
            }
        }
        if let Some(when) =
            text("when").and_then(|it| When::ALL.into_iter().find(|when| when.name() == it))
        {
            self.when = when;
        }
        if let Some(slips) = view.get("can-fail") {
            for (key, chance) in slips.entries() {
                if let Some((slip, chance)) = Slip::from_name(&key.value).zip(chance.parse()) {
                    self.reject_misfit(slip, key.span, cx.say);
                    self.can_fail.insert(slip, chance);
                }
            }
        }
        if let Some(retries) = view.get("retries") {
            self.retries = u32::try_from(retries.whole()).unwrap_or_default();
        }
        if let Some(step) = view.get("on-refused") {
            self.on_refused = Some(named(step));
        }
        if let Some(orgs) = view.get("orgs") {
            self.apply_scope(orgs, view, cx);
        }
    }

    fn apply_scope(&mut self, orgs: View<'_>, view: View<'_>, cx: &mut StepContext<'_, '_, '_>) {
        let mut members: Vec<u32> = orgs
            .items()
            .filter_map(|it| cx.roster.org(it, cx.say))
            .map(|it| it.0)
            .collect();
        members.sort_unstable();
        self.scope = TicketScope::Only(members.into_iter().collect::<RangeSet>());
        if self.issue != Issue::OpenTicket {
            let span = view.key_span("orgs").unwrap_or(orgs.span());
            let message = format!(
                "{} opens no ticket, so it names no orgs",
                quoted(&self.name)
            );
            cx.say
                .error(&codes::STEP_MISFIT, span, message, "only for `open-ticket`");
        }
    }

    fn reject_misfit(&self, slip: Slip, span: Span, say: &mut Say<'_>) {
        if slip.fits(self.issue) {
            return;
        }
        let message = format!(
            "{} cannot happen on {}",
            quoted(slip.name()),
            quoted(&self.name)
        );
        let fitting = Issue::ALL
            .iter()
            .filter(|&&it| slip.fits(it))
            .map(|it| it.name());
        let it = say.about(
            &codes::SLIP_MISFIT,
            span,
            message,
            format!("not on `{}`", self.issue.name()),
        );
        let help = format!("it fits steps whose command is {}", words(fitting));
        say.push(it.help(help));
    }

    /// What is wrong with the step as a whole.
    pub(super) fn check(&self, fallback: Span, say: &mut Say<'_>) {
        let span = self.span.unwrap_or(fallback);
        let free = matches!(self.issue, Issue::Verify | Issue::Nothing);
        if !free && self.for_each != self.issue.for_each() {
            let message = format!(
                "{} cannot be done for each {}",
                quoted(self.issue.name()),
                self.for_each.name()
            );
            let wanted = format!("expected `for-each: {}`", self.issue.for_each().name());
            say.error(&codes::STEP_FOR, span, message, wanted);
        }
        let Some(takes) = &self.takes else {
            let message = format!("`takes` is missing in {}", quoted(&self.name));
            let it = say.about(
                &syntax::MISSING_KEY,
                span,
                message,
                "expected a key `takes` in this step",
            );
            return say.push(it.help("add `takes: 30m`: how long the step takes"));
        };
        let (fits, wanted) = match self.issue {
            Issue::Discover => (
                matches!(takes, Takes::Units(_)),
                "a rate for each kind of SCM",
            ),
            Issue::RecreateRecords => (matches!(takes, Takes::Records(_)), "a rate of records"),
            _ => (matches!(takes, Takes::Time(_)), "a duration"),
        };
        if !fits {
            let message = format!("{} takes {wanted}", quoted(self.issue.name()));
            let help = match self.issue {
                Issue::Discover => {
                    "an example: `{ rate: { azure-devops: 100/h, gitlab: 100/h, github: 1000/h } }`"
                }
                Issue::RecreateRecords => "an example: `{ rate: 10000/h }`",
                _ => "an example: `10m`",
            };
            let it = say.about(
                &codes::TAKES_MISFIT,
                span,
                message,
                format!("expected {wanted}"),
            );
            say.push(it.help(help));
        }
    }
}

/// What reading a step needs.
pub(super) struct StepContext<'a, 'r, 's> {
    pub(super) roster: &'a Roster<'r>,
    pub(super) say: &'a mut Say<'s>,
    /// Whether steps of a base are changed, rather than steps written anew.
    pub(super) changes: bool,
}

/// What stands under `takes`. A rate for some kinds of SCM leaves the others as
/// they were.
fn takes_of(view: View<'_>, before: Option<&Takes>, say: &mut Say<'_>) -> Option<Takes> {
    let ("rate", rate) = view.choice() else {
        return Some(Takes::Time(say.span_dist(view)));
    };
    if rate.is_scalar() {
        let rate = rate.parse::<Rate>()?;
        return Some(match before {
            Some(Takes::Units(_)) => Takes::Units([rate; 3]),
            _ => Takes::Records(rate),
        });
    }
    let mut rates = [None; 3];
    for scm in Scm::ALL {
        let usual = before.and_then(|it| it.units(scm));
        rates[scm as usize] = rate.get(scm.name()).and_then(View::parse).or(usual);
    }
    if let [Some(a), Some(b), Some(c)] = rates {
        return Some(Takes::Units([a, b, c]));
    }
    let missing = Scm::ALL
        .into_iter()
        .filter(|&it| rates[it as usize].is_none());
    let message = format!("the rate of {} is missing", words(missing.map(Scm::name)));
    say.error(
        &syntax::MISSING_KEY,
        rate.span(),
        message,
        "expected a rate for each kind of SCM",
    );
    None
}
