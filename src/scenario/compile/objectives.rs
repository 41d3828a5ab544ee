//! `objectives`.

use super::expectations::reject_late;
use super::say::Say;
use crate::chance::Probability;
use crate::checks::CheckId;
use crate::measures::{Quantity, Records};
use crate::scenario::codes;
use crate::scenario::expect::Expectations;
use crate::scenario::objective::{Objective, Subject};
use crate::scenario::syntax::{CodeDoc, Span, View, quoted};
use crate::scenario::tables::{LIMITS, SUBJECTS};
use crate::statistics::Level;
use crate::time::{Duration, Instant};

/// What a file promises of many runs, by name. `first` is when the first fault may
/// strike: no clock counts from before it.
pub(super) fn objectives(
    tree: View<'_>,
    (until, first): (Option<Instant>, Instant),
    expect: &Expectations,
    say: &mut Say<'_>,
) -> Vec<Objective> {
    let written = tree.get("objectives").into_iter().flat_map(View::entries);
    let mut all: Vec<Objective> = Vec::new();
    for (key, view) in written {
        let one = One {
            name: &key.value,
            span: key.span,
            view,
        };
        let before = say.found.len();
        let subject = one.subject(expect, say);
        let share = one.share(say);
        let confidence = one.level("confidence", Level::P95, say);
        if let Some((_, limit)) = one.limit()
            && subject.is_some_and(is_time)
        {
            reject_late(one.name, Some(limit), until, first, say);
        }
        if let (Some(subject), Some(share), Some(confidence)) = (subject, share, confidence)
            && say.found.len() == before
        {
            all.push(Objective {
                name: one.name.into(),
                subject,
                share,
                confidence,
            });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn is_time(subject: Subject) -> bool {
    matches!(subject, Subject::Quantity(quantity, _) if quantity.is_time())
}

/// An objective as it is written.
struct One<'a> {
    name: &'a str,
    span: Span,
    view: View<'a>,
}

impl<'a> One<'a> {
    /// Where a limit stands, and what it is.
    fn limit(&self) -> Option<(&'static str, View<'a>)> {
        LIMITS
            .into_iter()
            .find_map(|it| Some((it, self.view.get(it)?)))
    }

    /// The one key of several that is written; says so of none and of two.
    fn only(&self, keys: &[&'static str], what: &str, say: &mut Say<'_>) -> Option<&'static str> {
        let mut written = keys.iter().filter(|it| self.view.get(it).is_some());
        let Some(first) = written.next() else {
            let message = format!("the objective {} does not say {what}", quoted(self.name));
            let help = format!("one of: {}", keys.join(", "));
            self.say(
                &codes::SAID_NEVER,
                self.span,
                message,
                "not whole",
                &help,
                say,
            );
            return None;
        };
        for other in written {
            let span = self.view.key_span(other).unwrap_or(self.span);
            let message = format!(
                "{} and {} cannot stand together",
                quoted(first),
                quoted(other)
            );
            self.say(&codes::SAID_TWICE, span, message, "leave one out", "", say);
        }
        Some(first)
    }

    fn subject(&self, expect: &Expectations, say: &mut Say<'_>) -> Option<Subject> {
        let key = self.only(&SUBJECTS, "what it is about", say)?;
        let view = self.view.get(key)?;
        let lost = |of| Subject::Quantity(Quantity::Lost(of), view.whole().unsigned_abs());
        let subject = match key {
            "clock" => {
                let name = format!("clocks.{}", view.text());
                return self.bound(Quantity::from_name(&name)?, say);
            }
            "measure" => return self.bound(Quantity::from_name(view.text())?, say),
            "alerts" => lost(Records::Alerts),
            "records" => lost(Records::All),
            "checks" => Subject::Checks,
            _ => {
                let check = CheckId::from_slug(view.text())?;
                if !expect.check(check).on {
                    let message = format!("{} is off, so no run can say", quoted(view.text()));
                    let help = format!("expect: {{ {}: on }}", view.text());
                    let (doc, label) = (&codes::OBJECTIVE_NEVER, "is never judged");
                    self.say(doc, view.span(), message, label, &help, say);
                }
                Subject::Check(check)
            }
        };
        if let Some((limit, _)) = self.limit() {
            let span = self.view.key_span(limit).unwrap_or(self.span);
            let message = format!("{} takes no limit of its own", quoted(key));
            let (doc, label) = (&codes::SAID_TWICE, "leave it out");
            self.say(doc, span, message, label, "say a `share`", say);
        }
        Some(subject)
    }

    /// A quantity within a limit.
    fn bound(&self, quantity: Quantity, say: &mut Say<'_>) -> Option<Subject> {
        let key = self.only(&LIMITS, "its limit", say)?;
        let limit = self.view.get(key)?;
        let time = limit.parse::<Duration>();
        let most = match (quantity.is_time(), time) {
            (true, Some(time)) => time.as_millis(),
            (false, None) => limit.whole().unsigned_abs(),
            (is_time, _) => {
                let wanted = match is_time {
                    true => "a time: its limit is a duration, as in 72h",
                    false => "a number of things: its limit is a whole number",
                };
                let message = format!("{} is {wanted}", quoted(quantity.name()));
                let (doc, label) = (&codes::OBJECTIVE_MISFIT, "does not fit");
                self.say(doc, limit.span(), message, label, "", say);
                return None;
            }
        };
        Some(Subject::Quantity(quantity, most))
    }

    /// The share of the runs: that of the percentile, else the one that is said.
    fn share(&self, say: &mut Say<'_>) -> Option<Level> {
        let of_limit = self.limit().and_then(|it| match it.0 {
            "p50" => Some(Level::P50),
            "p90" => Some(Level::P90),
            "p95" => Some(Level::P95),
            "p99" => Some(Level::P99),
            _ => None,
        });
        match (of_limit, self.view.key_span("share")) {
            (Some(_), Some(span)) => {
                let message = "a percentile says the share of the runs already".to_owned();
                let help = "say the limit as `most`, or leave `share` out";
                self.say(&codes::SAID_TWICE, span, message, "said twice", help, say);
                None
            }
            (Some(level), None) => Some(level),
            (None, Some(_)) => self.level("share", Level::P95, say),
            (None, None) => {
                let name = quoted(self.name);
                let message =
                    format!("the objective {name} does not say in what share of the runs");
                let (doc, label) = (&codes::SAID_NEVER, "not whole");
                let help = "share: 95%, or a percentile as in p95: 72h";
                self.say(doc, self.span, message, label, help, say);
                None
            }
        }
    }

    /// A part of the runs that some number of runs can show.
    fn level(&self, key: &str, usual: Level, say: &mut Say<'_>) -> Option<Level> {
        let Some(view) = self.view.get(key) else {
            return Some(usual);
        };
        let part = view.parse::<Probability>().unwrap_or_default();
        let level = Level::new(part);
        if level.is_none() {
            let why = match (key, part) {
                ("share", Probability::NEVER) => "it would be kept whatever happens",
                ("share", _) => "however many runs keep it, the next one may not",
                (_, Probability::NEVER) => "any answer would do",
                _ => "however many runs there are, they may all be luck",
            };
            let message = format!("no number of runs can settle {}", quoted(self.name));
            let doc = &codes::OBJECTIVE_NEVER;
            let help = format!("a {key} above 0% and below 100%, as in 99.9%");
            self.say(doc, view.span(), message, why, &help, say);
        }
        level
    }

    fn say(
        &self,
        doc: &'static CodeDoc,
        span: Span,
        message: String,
        label: &str,
        help: &str,
        say: &mut Say<'_>,
    ) {
        let mut it = say.about(doc, span, message, label);
        if !help.is_empty() {
            it = it.help(help);
        }
        say.push(it);
    }
}
