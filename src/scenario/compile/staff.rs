//! `teams`: sizes first, since faults ask for them; hours once the end is known.

use super::say::Say;
use crate::model::ids::entity_key;
use crate::scenario::codes;
use crate::scenario::staff::{Absence, Away, HandOver, Shift, Team, Teams};
use crate::scenario::syntax::{Span, View, quoted};
use crate::time::{Calendar, Dates, Duration, Hours, Instant, StartInstant};

/// Without an end, teams' hours are laid out for at least so long.
const HORIZON: Duration = Duration::from_days(400);

/// The teams without their hours.
pub(super) fn sizes(tree: View<'_>, say: &mut Say<'_>) -> Teams {
    let written = tree.get("teams");
    let mut team = |name: &str| {
        written
            .and_then(|it| it.get(name))
            .map_or_else(Team::default, |view| sized(name, view, say))
    };
    Teams {
        operators: team("operators"),
        support: team("support"),
        platform: team("platform"),
    }
}

fn sized(name: &str, view: View<'_>, say: &mut Say<'_>) -> Team {
    let mut team = Team {
        size: size(view),
        ..Team::default()
    };
    absences(name, None, team.size, view, &mut team.absences, say);
    if let Some(shifts) = view.get("shifts") {
        for key in ["size", "hours"] {
            if let Some(span) = view.key_span(key) {
                let message = "`shifts` says how many there are, and when";
                say.error(
                    &codes::SAID_TWICE,
                    span,
                    message,
                    "leave this out, or `shifts`",
                );
            }
        }
        let mut rows: Vec<(&str, View<'_>)> = shifts
            .entries()
            .map(|it| (it.0.value.as_str(), it.1))
            .collect();
        rows.sort_by_key(|it| it.0);
        for (at, (shift, view)) in rows.into_iter().enumerate() {
            let size = size(view).unwrap_or(1);
            let whose = format!("{name}/{shift}");
            let place = Some(at as u32);
            absences(&whose, place, Some(size), view, &mut team.absences, say);
            team.shifts.push(Shift {
                name: shift.into(),
                size,
                hours: Calendar::always(),
            });
        }
        let all = team.shifts.iter().map(|it| it.size);
        team.size = Some(all.fold(0, u32::saturating_add));
        if let Some(span) = view.key_span("absent") {
            let message = "each of the `shifts` says who is away";
            say.error(&codes::SAID_TWICE, span, message, "say it of a shift");
        }
    }
    if let Some(written) = view.get("hand-over") {
        team.hand_over = match written.text() {
            "none" => HandOver::None,
            "waits" => HandOver::Waits,
            _ => written.parse().map_or(HandOver::None, HandOver::Takes),
        };
        if team.shifts.len() < 2 {
            let span = view.key_span("hand-over").unwrap_or(view.span());
            let message = format!("the team {} has nobody to hand over to", quoted(name));
            let it = say.about(&codes::HAND_OVER_ALONE, span, message, "to which shift?");
            say.push(it.help("say which `shifts` there are, two or more"));
        }
    }
    team
}

fn size(view: View<'_>) -> Option<u32> {
    u32::try_from(view.get("size")?.whole()).ok()
}

/// Who is away, held against how many there are.
fn absences(
    whose: &str,
    shift: Option<u32>,
    size: Option<u32>,
    view: View<'_>,
    into: &mut Vec<Absence>,
    say: &mut Say<'_>,
) {
    let first = into.len();
    for item in view.get("absent").into_iter().flat_map(View::items) {
        let Some(size) = size else {
            if shift.is_none() && view.get("shifts").is_some() {
                return;
            }
            let message = format!(
                "the team {} has no size, so some of it being away changes nothing",
                quoted(whose)
            );
            say.error(
                &codes::ABSENT_OF_UNLIMITED,
                item.span(),
                message,
                "of how many?",
            );
            return;
        };
        let Some(absence) = absence(whose, shift, size, item, say) else {
            continue;
        };
        let away = |it: &Absence| match it.who {
            Away::Count(count)
                if it.from <= absence.from && it.to.is_none_or(|to| to > absence.from) =>
            {
                u64::from(count)
            }
            _ => 0,
        };
        let besides: u64 = into[first..].iter().map(away).sum();
        if let Away::Count(count) = absence.who
            && besides + u64::from(count) > size.into()
        {
            let message = format!(
                "{} of {size} people of {} are away at {}",
                besides + u64::from(count),
                quoted(whose),
                absence.from
            );
            say.error(
                &codes::MORE_ABSENT_THAN_THERE,
                item.span(),
                message,
                "more than there are",
            );
        }
        into.push(absence);
    }
    into[first..].sort_by(|a, b| (a.from, a.to, &a.name).cmp(&(b.from, b.to, &b.name)));
}

fn absence(
    whose: &str,
    shift: Option<u32>,
    size: u32,
    view: View<'_>,
    say: &mut Say<'_>,
) -> Option<Absence> {
    let instant = |key: &str| view.get(key).and_then(View::parse::<Instant>);
    let (from, to) = (instant("from").unwrap_or_default(), instant("to"));
    if let Some(span) = view
        .key_span("to")
        .filter(|_| to.is_some_and(|to| to <= from))
    {
        let message = "they are back before they leave";
        let label = format!("not after {from}");
        say.error(&codes::SPAN_EMPTY, span, message, label);
    }
    let count = view
        .get("count")
        .and_then(|it| u32::try_from(it.whole()).ok());
    let who = match (count, view.get("chance")) {
        (Some(count), None) => Away::Count(count),
        (None, Some(chance)) => Away::Each(size, chance.parse()?),
        (Some(_), Some(_)) => {
            let span = view.key_span("chance").unwrap_or(view.span());
            let message = "`count` says how many are away: `chance` cannot stand beside it";
            say.error(
                &codes::SAID_TWICE,
                span,
                message,
                "leave this out, or `count`",
            );
            return None;
        }
        (None, None) => {
            let message = "somebody is away: `count` says how many, or `chance` how likely each is";
            let it = say.about(&codes::SAID_NEVER, view.span(), message, "how many?");
            say.push(it.help("an example: `absent: [{ count: 1, to: T+2d }]`"));
            return None;
        }
    };
    let name = format!("{whose}@{from}");
    Some(Absence {
        key: entity_key("team", &name),
        name: name.into(),
        shift,
        who,
        from,
        to,
    })
}

/// Lays out the hours of the teams, up to the end or far enough.
pub(super) fn hours(
    tree: View<'_>,
    teams: &mut Teams,
    starts: Option<StartInstant>,
    until: Option<Instant>,
    last_end: Instant,
    say: &mut Say<'_>,
) {
    let to = until.unwrap_or_else(|| {
        let after = last_end.saturating_add(Duration::from_days(15));
        after.max(Instant::ZERO + HORIZON)
    });
    let rows = [
        ("operators", &mut teams.operators),
        ("support", &mut teams.support),
        ("platform", &mut teams.platform),
    ];
    for (name, team) in rows {
        let Some(view) = tree.get("teams").and_then(|it| it.get(name)) else {
            continue;
        };
        let mut laying = Laying {
            name,
            starts,
            to,
            holidays: holidays(name, view, say),
            say,
        };
        laying.lay(view, team);
    }
}

/// The days on which nobody works, each named once.
fn holidays(name: &str, view: View<'_>, say: &mut Say<'_>) -> Vec<Dates> {
    let mut days: Vec<Dates> = Vec::new();
    for item in view.get("holidays").into_iter().flat_map(View::items) {
        let Some(dates) = item.parse::<Dates>() else {
            continue;
        };
        if let Some(other) = days.iter().find(|it| it.overlaps(&dates)) {
            let message = format!("{} is named already, in {other}", quoted(item.text()));
            say.error(&codes::HOLIDAY_TWICE, item.span(), message, "here again");
        }
        days.push(dates);
    }
    let keeps_hours = view.get("hours").is_some() || view.get("shifts").is_some();
    if let Some(span) = view.key_span("holidays").filter(|_| !keeps_hours) {
        let message = format!(
            "the team {} works around the clock, so nobody says where its days begin",
            quoted(name)
        );
        let it = say.about(
            &codes::HOLIDAYS_WITHOUT_HOURS,
            span,
            message,
            "in which zone?",
        );
        say.push(it.help("add `hours: \"Mon-Sun 00:00-24:00 Europe/Berlin\"`"));
    }
    days
}

struct Laying<'a, 's> {
    name: &'a str,
    starts: Option<StartInstant>,
    to: Instant,
    holidays: Vec<Dates>,
    say: &'a mut Say<'s>,
}

impl Laying<'_, '_> {
    fn lay(&mut self, view: View<'_>, team: &mut Team) {
        if let Some(written) = view.get("hours")
            && let Some(hours) = self.compile(written)
        {
            team.hours = hours;
        }
        let shifts = view.get("shifts");
        for shift in &mut team.shifts {
            let written = shifts.and_then(|it| it.get(&shift.name)?.get("hours"));
            if let Some(hours) = written.and_then(|it| self.compile(it)) {
                shift.hours = hours;
            }
        }
        if !team.shifts.is_empty() {
            let spans = team.shifts.iter().filter_map(|it| it.hours.spans());
            team.hours = Calendar::from_spans(spans.flatten());
        }
    }

    fn compile(&mut self, written: View<'_>) -> Option<Calendar> {
        let Some(starts) = self.starts else {
            self.without_start(written.span());
            return None;
        };
        let hours: Hours = written.parse()?;
        Some(hours.compile_without(starts, Instant::ZERO, self.to, &self.holidays))
    }

    fn without_start(&mut self, span: Span) {
        let message = format!(
            "the team {} keeps hours, and nothing says when T+0 is",
            quoted(self.name)
        );
        let it = self
            .say
            .about(&codes::HOURS_WITHOUT_STARTS, span, message, "on which day?");
        self.say
            .push(it.help("add `starts: 2024-07-18T21:40Z` at the top of the file"));
    }
}
