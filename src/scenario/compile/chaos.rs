//! `chaos`: what may happen, and whether anything can.

use super::contradictions::{self, OF_ORGS, OF_REGIONS};
use super::roster::Roster;
use super::say::Say;
use crate::chance::Probability;
use crate::faults::{Chaos, Class, FAULTS, FaultDoc, Kind};
use crate::model::catalogue::Availability;
use crate::model::ids::{ConnectorIx, RegionIx};
use crate::scenario::codes;
use crate::scenario::staff::Teams;
use crate::scenario::syntax::{Span, View};
use crate::time::{Duration, Factor, Instant};

/// How many fallbacks of each connector's region may be hit where nothing is said:
/// the target of a recovery, and the one after it.
const FALLBACKS: usize = 2;

/// The chaos of a file.
pub(super) fn chaos(
    tree: View<'_>,
    roster: &Roster<'_>,
    teams: &Teams,
    until: Option<Instant>,
    say: &mut Say<'_>,
) -> Chaos {
    let written = tree.get("chaos");
    let get = |key: &str| written.and_then(|it| it.get(key));
    let span = tree.key_span("chaos").unwrap_or_default();
    let (from, to) = window(written, until, say);
    let connectors = connectors(get("connectors"), roster, say);
    let regions = regions(get("regions"), roster, say);
    let factor = |thousandths| Factor::from_thousandths(thousandths).expect("it is in range");
    let share = |ppm| Probability::from_ppm(ppm).expect("it is at most one");
    let chaos = Chaos {
        kinds: kinds(written, roster, teams, &regions, &connectors),
        at_most: get("at-most").map_or(Chaos::AT_MOST, |it| it.whole() as u32),
        from,
        to,
        lasts: range(get("lasts"), Chaos::LASTS, |it| it.parse(), say),
        factor: range(
            get("factor"),
            (factor(2_000), factor(10_000)),
            |it| it.parse(),
            say,
        ),
        tickets: range(
            get("tickets"),
            Chaos::TICKETS,
            |it| u64::try_from(it.whole()).ok(),
            say,
        ),
        share: range(
            get("share"),
            (share(100_000), share(900_000)),
            |it| it.parse(),
            say,
        ),
        regions,
        connectors,
    };
    if let Some(written) = written {
        reject_never(written, &chaos, span, say);
        if !chaos.kinds.is_empty() {
            contradictions::reject(written, &chaos, say);
        }
    }
    chaos
}

fn window(
    written: Option<View<'_>>,
    until: Option<Instant>,
    say: &mut Say<'_>,
) -> (Instant, Instant) {
    let get = |key: &str| written.and_then(|it| it.get(key));
    let at = |key: &str| get(key).and_then(View::parse::<Instant>);
    let from = at("from").unwrap_or(Instant::ZERO);
    let usual = from.saturating_add(Chaos::TO.since(Instant::ZERO));
    let to = at("to").unwrap_or_else(|| until.map_or(usual, |it| usual.min(it)));
    let late = until.is_some_and(|until| from > until);
    let place = get("from")
        .or(get("to"))
        .map_or_else(Span::default, View::span);
    if late {
        let until = until.unwrap_or_default();
        let message =
            format!("nothing can strike: the run ends at {until}, and the window opens at {from}");
        never(
            place,
            message,
            "after the end",
            "let it open earlier, or let the run be longer (`until`)",
            say,
        );
    } else if from > to {
        let message = format!("nothing can strike: the window opens at {from} and closes at {to}");
        never(
            place,
            message,
            "closes before it opens",
            "let `from` come before `to`",
            say,
        );
    }
    (from, to)
}

fn connectors(
    written: Option<View<'_>>,
    roster: &Roster<'_>,
    say: &mut Say<'_>,
) -> Vec<ConnectorIx> {
    let Some(written) = written else {
        return (0..roster.connectors.len())
            .map(ConnectorIx::from)
            .collect();
    };
    let mut found: Vec<ConnectorIx> = written
        .items()
        .filter_map(|it| roster.connector(it, say))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn regions(written: Option<View<'_>>, roster: &Roster<'_>, say: &mut Say<'_>) -> Vec<RegionIx> {
    let mut found: Vec<RegionIx> = match written {
        Some(written) => written
            .items()
            .filter_map(|it| roster.region(it, say))
            .collect(),
        None => roster
            .connectors
            .iter()
            .flat_map(|it| home_and_fallbacks(roster, it.region))
            .collect(),
    };
    found.sort_unstable();
    found.dedup();
    if let Some(written) = written.filter(|_| !found.is_empty()) {
        let used =
            |it: &RegionIx| roster.catalogue.region(*it).availability == Availability::Supported;
        if !found.iter().any(used) {
            let message = "nothing can strike in regions that are only announced (F-2)";
            never(
                written.span(),
                message.into(),
                "no connector stands in any of them",
                "name a supported region",
                say,
            );
        }
    }
    found
}

fn home_and_fallbacks(roster: &Roster<'_>, home: RegionIx) -> Vec<RegionIx> {
    let row = roster.catalogue.region(home);
    let supported =
        |it: &RegionIx| roster.catalogue.region(*it).availability == Availability::Supported;
    let fallbacks = row
        .fallback
        .iter()
        .filter_map(|it| roster.catalogue.find(it));
    std::iter::once(home)
        .chain(fallbacks.filter(supported).take(FALLBACKS))
        .collect()
}

fn kinds(
    written: Option<View<'_>>,
    roster: &Roster<'_>,
    teams: &Teams,
    regions: &[RegionIx],
    connectors: &[ConnectorIx],
) -> Vec<Kind> {
    let names = |key: &str, doc: &FaultDoc| {
        let list = written.and_then(|it| it.get(key))?;
        Some(list.items().any(|it| contradictions::names(it, doc)))
    };
    let orgs = |it: &ConnectorIx| roster.connectors[it.ix()].count > 0;
    let orgs = connectors.iter().any(orgs);
    let can = |doc: &FaultDoc| match doc.name {
        name if OF_REGIONS.contains(&name) => !regions.is_empty(),
        name if OF_ORGS.contains(&name) => orgs,
        "support-surge" => teams.support.size.is_some(),
        "inventory-unavailable"
        | "inventory-stale"
        | "scm-outage"
        | "scm-throttled"
        | "operator-absent" => true,
        _ => !connectors.is_empty(),
    };
    let kind = |(place, doc): (usize, &FaultDoc)| {
        let allowed = names("allow", doc).unwrap_or_else(|| Chaos::by_default(doc));
        let forbidden = names("forbid", doc).unwrap_or(false);
        let usual = Chaos::usual_class(doc.name);
        let said = |key: &str, class: Class| names(key, doc).unwrap_or(usual == class);
        let class = if said("mandatory", Class::Mandatory) {
            Class::Mandatory
        } else if said("suppressing", Class::Suppressing) {
            Class::Suppressing
        } else {
            Class::Optional
        };
        (allowed && !forbidden && can(doc)).then_some(Kind { place, class })
    };
    FAULTS.iter().enumerate().filter_map(kind).collect()
}

fn range<T: Ord + Copy>(
    written: Option<View<'_>>,
    usual: (T, T),
    one: impl Fn(View<'_>) -> Option<T>,
    say: &mut Say<'_>,
) -> (T, T) {
    let Some(view) = written else { return usual };
    let get = |key: &str| view.get(key).and_then(&one);
    let found = (get("min").unwrap_or(usual.0), get("max").unwrap_or(usual.1));
    if found.0 > found.1 {
        let message = "the least is above the most";
        say.error(
            &codes::DISTRIBUTION,
            view.span(),
            message,
            "`min` is above `max`",
        );
    }
    found
}

/// A section under which nothing ever happens is a slip of the pen.
fn reject_never(written: View<'_>, chaos: &Chaos, span: Span, say: &mut Say<'_>) {
    if let Some(view) = written.get("at-most").filter(|_| chaos.at_most == 0) {
        let message = "nothing can strike: there is at most no fault in a run";
        never(
            view.span(),
            message.into(),
            "nothing to hunt with",
            "allow one at least",
            say,
        );
    }
    if chaos.kinds.is_empty() {
        let keys = ["forbid", "allow", "connectors", "regions"];
        let place = keys
            .iter()
            .find_map(|it| written.get(it))
            .map_or(span, View::span);
        let message = "nothing can strike: no kind of fault is left that could hit anything";
        never(
            place,
            message.into(),
            "leaves nothing",
            "allow more: `lifeboat list faults` names them. A surge needs a support team with a `size`",
            say,
        );
    }
    if let Some(view) = written
        .get("lasts")
        .filter(|_| chaos.lasts.1 == Duration::ZERO)
    {
        let message = "nothing can strike: a fault that lasts no time does nothing";
        never(
            view.span(),
            message.into(),
            "no time at all",
            "let `max` be longer",
            say,
        );
    }
}

fn never(span: Span, message: String, label: &str, help: &str, say: &mut Say<'_>) {
    let it = say.about(&codes::CHAOS_NEVER, span, message, label);
    say.push(it.help(help));
}
