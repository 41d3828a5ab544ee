//! What a scenario file may say, table by table. Checking, the JSON Schema and the
//! reference are all made from these.

mod chaos;
mod expect;
mod fleet;
mod kinds;
mod limits;
mod luck;
mod objectives;
mod procedure;
mod quantities;
mod queue;
mod settings;
mod staff;
mod timeline;

use self::kinds::{DURATION, NAME, SEED, START};
use super::defects::DEFECTS;
use super::syntax::{Field, Shape, Variant};
use crate::model::catalogue::{SEED as SEED_CATALOGUE, SUPPORT_PAGE};

#[cfg(test)]
pub(super) use expect::EXPECTATIONS;
pub(super) use kinds::{
    ID, ID_MAX, NAME as NAMES, NAME_MAX, NUMBER, PROBABILITY, REGION, STEP, seed,
};
pub(super) use objectives::{LIMITS, SUBJECTS};
#[cfg(test)]
pub(super) use timeline::FAULT_KINDS;

/// The version of the format that this build reads.
pub const VERSION: &str = "v1";

/// The seed of a scenario that names none.
pub const DEFAULT_SEED: u64 = 20_231_009;

static VERSIONS: &[Variant] = &[Variant::new(VERSION, "The version of the format.")];

static CATALOGUES: &[Variant] = &[
    Variant::new(
        SEED_CATALOGUE.date,
        "Seven regions, and five coming soon (F-1, F-2).",
    ),
    Variant::new(
        SUPPORT_PAGE.date,
        "Nine regions, as the support page has them (L-4).",
    ),
];

const fn defects() -> [Variant; DEFECTS.len()] {
    let mut all = [Variant::new("", ""); DEFECTS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = Variant::new(DEFECTS[at].name, DEFECTS[at].says);
        at += 1;
    }
    all
}
static DEFECT_NAMES: [Variant; DEFECTS.len()] = defects();

/// A scenario file.
pub static SCENARIO: Shape = Shape::Map(&[
    Field::required("scenario", Shape::OneOf(VERSIONS), "The version of the format."),
    Field::required("title", Shape::Word, "What is drilled, in a line.").such_as("West Europe is lost for a day"),
    Field::required("fleet", fleet::FLEET, "The connectors and their orgs at T+0: healthy, and owning what they should.")
        .such_as("{ connectors: { payments: { region: westeurope, scm: github, orgs: 12 } } }"),
    Field::optional("timeline", timeline::TIMELINE, "What goes wrong. Empty is allowed: a fleet at rest.").or("`[]`"),
    Field::optional("id", Shape::Text(&ID), "What the scenario is called in results.").or("the file's name without `.yaml`"),
    Field::optional("starts", Shape::Text(&START), "When T+0 is on the world's clock; needed where teams keep hours.").or("no particular time"),
    Field::optional("owner", Shape::Word, "Who looks after it.").such_as("devsec-reliability"),
    Field::optional("tags", Shape::list_of(&Shape::Text(&NAME)), "To select scenarios by.").or("`[]`"),
    Field::optional("cites", Shape::list_of(&Shape::Word), "What it replays, or rests on.").or("`[]`"),
    Field::optional("use", Shape::ListOf { item: &Shape::Word, min: 0, max: 64 }, "Shared pieces, by path from this file. This file wins where both speak: maps are merged, everything else is replaced.")
        .or("`[]`")
        .such_as("[fleets/contoso.yaml]"),
    Field::optional("teams", staff::TEAM_SHAPES, "Who does the work, and when.").or("nobody is short of people, around the clock"),
    Field::optional("support-queue", queue::SUPPORT_QUEUE, "Who else waits for support, and who goes first.").or("only our tickets, first come first served"),
    Field::optional("scm-limits", limits::SCM_LIMITS, "How many requests discovery may make (D-12).").or("no limit: each connector at its own rate"),
    Field::optional("procedure", procedure::PROCEDURE, "Who does what, in which order.").or("`{ base: single-region-dr@2023-10-09 }`"),
    Field::optional("parameters", settings::PARAMETERS, "The points that the seed leaves open.").or("each has its own"),
    Field::optional("expect", Shape::Map(&expect::EXPECTATIONS), "Deadlines, bounds, and failures that are known. Every check runs unless it is `off`.").or("`{}`"),
    Field::optional("objectives", objectives::OBJECTIVES, "What is promised of many runs: `lifeboat sample`. A run takes no notice of it.")
        .or("`{}`")
        .such_as("{ rto: { clock: protection, p95: 72h } }"),
    Field::optional("defects", Shape::list_of(&Shape::OneOf(&DEFECT_NAMES)), "Bugs that are planted on purpose, in the platform, the procedure, or what people do, so that a check can be seen to fail.").or("`[]`"),
    Field::optional("until", Shape::Text(&DURATION), "How long the run is.").or("`14d` after the last fault ends"),
    Field::optional("seed", Shape::Number(&SEED), "The scenario's luck.").or("`20231009`"),
    Field::optional("luck", luck::LUCK, "Choices laid over the seed, so that a run that was found can be written down.").or("the seed decides everything"),
    Field::optional("chaos", chaos::CHAOS, "What may happen when the scenario is hunted: `lifeboat hunt`. A run takes no notice of it.").or("each has its own"),
    Field::optional("catalogue", Shape::OneOf(CATALOGUES), "Which list of regions holds, by its date.").or("`2023-10-09`"),
]);
