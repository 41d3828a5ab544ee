//! From a tree of the right shape to a plan: meaning, checked.

mod assume;
mod chaos;
mod contradictions;
mod defects;
mod drafting;
mod expectations;
mod fault_kinds;
mod fault_parts;
mod faults;
mod fleet;
mod graph;
mod limits;
mod lookup;
mod luck;
mod objectives;
mod procedure;
mod queue;
mod recipe;
mod roster;
mod say;
mod settings;
mod staff;
mod steps;
mod struck;
mod target;

pub use procedure::{BUILT_IN, builtin};

use self::defects::Defects;
use self::fleet::FleetPlan;
use self::roster::Roster;
use self::say::Say;
use super::gather::Gathered;
use super::loaded::{Places, Scenario};
use super::plan::Plan;
use super::reader::Reader;
use super::syntax::{Diagnostics, Source, View};
use super::tables::{DEFAULT_SEED, seed};
use crate::chance::Seeded;
use crate::faults::Fault;
use crate::model::catalogue::{Catalogue, SEED};
use crate::model::rules::Rule;
use crate::time::{Duration, Instant, StartInstant};

/// Compiles what was read.
pub(super) fn scenario(reader: &Reader, gathered: Gathered) -> Result<Scenario, Diagnostics> {
    let Gathered {
        source,
        files,
        tree,
        found,
    } = gathered;
    let tree = View::of(&tree);
    let mut say = Say::new(&files, found);
    let seed = reader.seed.unwrap_or_else(|| seed_of(tree));
    let chance = Seeded::new(seed);
    let defects = Defects::read(tree);
    let catalogue = catalogue(tree);
    let soon_allowed = !defects.rules().hold(Rule::CreateInSupportedRegion);
    let Some(roster) = Roster::read(tree, catalogue, soon_allowed, reader.orgs_max, &mut say)
    else {
        return Err(say.found);
    };
    let fleet = FleetPlan::read(tree, &roster, chance, reader.alerts_max, &mut say);
    let mut assumptions = Vec::new();
    let mut parameters = settings::parameters(tree, &mut assumptions);
    let read = procedure::procedure(tree, &roster, &parameters, &mut say);
    let mut teams = staff::sizes(tree, &mut say);
    assume::all(tree, &read.drafts, &fleet, &teams, &mut assumptions);
    let (graph, most, mut places) = (read.graph.as_ref(), reader.struck_max, Places::default());
    let mut faults;
    (faults, places.faults) = faults::faults(tree, &roster, graph, &teams, most, &mut say);
    let until = settings::until(tree).map(|it| it.0);
    let chaos = chaos::chaos(tree, &roster, &teams, until, &mut say);
    let queue = queue::queue(tree, &teams, &faults, until, &mut say);
    let limits = limits::limits(tree, &mut say);
    let luck = luck::luck(tree, &roster, graph, (&faults, &queue, &teams), &mut say);
    let starts: Option<StartInstant> = tree.get("starts").and_then(View::parse);
    staff::hours(tree, &mut teams, starts, until, last_end(&faults), &mut say);
    let span = (until, first_at(&faults));
    let expect = expectations::expectations(tree, until, span.1, &mut places, &mut say);
    let objectives = objectives::objectives(tree, span, &expect, &mut say);
    target::reject_lost(tree, &faults, until, &roster, &mut say);
    let Some(written) = read.graph.filter(|_| !say.found.has_errors()) else {
        return Err(say.found);
    };
    let procedure = defects.rewrite(&written, read.procedure, &mut parameters, &roster, &mut say);
    let Some(procedure) = procedure else {
        return Err(say.found);
    };
    let fleet = fleet.lay(&roster, chance, &say);
    defects.follow_steps(&written, &procedure, &mut faults, &mut places);
    defects.add_faults(&fleet, &procedure, &say, &mut faults, &mut places);
    let plan = Plan {
        fleet,
        parameters,
        rules: defects.rules(),
        procedure,
        teams,
        queue,
        limits,
        faults,
        expect,
        objectives,
        until,
        seed,
        luck,
        chaos,
    };
    Ok(Scenario {
        starts,
        assumptions,
        places,
        warnings: say.found,
        ..about(tree, source, plan)
    })
}

/// A scenario with what its file says of it in so many words.
fn about(tree: View<'_>, source: Source, plan: Plan) -> Scenario {
    let text = |key: &str| tree.get(key).map(|it| it.text().into());
    let list = |key: &str| -> Vec<Box<str>> {
        let items = tree.get(key).into_iter().flat_map(View::items);
        items.map(|it| it.text().into()).collect()
    };
    Scenario {
        id: text("id").unwrap_or_else(|| stem(&source)),
        title: text("title").unwrap_or_default(),
        starts: None,
        owner: text("owner"),
        tags: list("tags"),
        cites: list("cites"),
        assumptions: Vec::new(),
        places: Places::default(),
        warnings: Diagnostics::new(),
        source,
        plan,
    }
}

fn catalogue(tree: View<'_>) -> &'static Catalogue {
    let written = tree.get("catalogue");
    written
        .and_then(|it| Catalogue::of(it.text()))
        .unwrap_or(&SEED)
}

fn first_at(faults: &[Fault]) -> Instant {
    faults.iter().map(|it| it.at).min().unwrap_or_default()
}

fn seed_of(tree: View<'_>) -> u64 {
    let written = tree.get("seed").and_then(|it| seed(it.text()).ok());
    written.unwrap_or(DEFAULT_SEED)
}

/// When the last fault ends at the latest, where that can be said.
fn last_end(faults: &[Fault]) -> Instant {
    let end = |fault: &Fault| {
        let lasts = fault
            .lasts
            .as_ref()
            .map_or(Duration::ZERO, |it| it.support().1);
        let lasts = if lasts == Duration::MAX {
            Duration::ZERO
        } else {
            lasts
        };
        fault.at.saturating_add(lasts)
    };
    faults.iter().map(end).max().unwrap_or_default()
}

/// The file's name without folders and ending.
fn stem(source: &Source) -> Box<str> {
    let name = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name
        .strip_suffix(".yaml")
        .or(name.strip_suffix(".yml"))
        .unwrap_or(name);
    if stem.is_empty() {
        "scenario".into()
    } else {
        stem.into()
    }
}
