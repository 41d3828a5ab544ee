//! `procedure`: who does what, in which order.

use super::kinds::{DURATION, ID, NAME, PROBABILITY, RATE, REGION, STEP};
use super::quantities::{DURATION_SHAPE, distributions};
use super::timeline::TEAMS;
use crate::model::fleet::Scm;
use crate::procedure::{ForEach, Issue, Slip, When};
use crate::scenario::syntax::{Alternative, Field, Shape, SharedShape, Variant};

static FOR_EACH: &[Variant] = &[
    Variant::new(ForEach::Connector.name(), "Once for the lost connector."),
    Variant::new(
        ForEach::Ticket.name(),
        "Once for each ticket of the recovery.",
    ),
    Variant::new(ForEach::Org.name(), "Once for each org of the recovery."),
];

static WHEN: &[Variant] = &[
    Variant::new(When::Always.name(), "Always."),
    Variant::new(
        When::Creating.name(),
        "When the target is a new connector (F-6).",
    ),
    Variant::new(
        When::Adopting.name(),
        "When the target is an existing connector (F-7).",
    ),
    Variant::new(
        When::HadAnnotations.name(),
        "For orgs that had annotations before (F-10: 'if needed').",
    ),
];

/// What the command of a step does, in a sentence.
const fn command_says(issue: Issue) -> &'static str {
    match issue {
        Issue::Nothing => "Nothing that the platform sees: people look, talk, decide.",
        Issue::Detect => "The outage is noticed: the recovery begins.",
        Issue::CopyResourceId => "The old connector's Resource ID is copied (F-8).",
        Issue::CreateConnector => "A new connector is created in a new region (F-6).",
        Issue::AdoptConnector => "An existing connector is taken (F-7).",
        Issue::Authorize => "A person authorises the new connector (D-7).",
        Issue::OpenTicket => "A ticket asks to release the orgs (F-9).",
        Issue::TriageTicket => "Support reads the ticket (F-9).",
        Issue::ReleaseOwnership => "Support lets an org go (F-9).",
        Issue::Discover => "The platform finds an org's projects and repos (F-10, D-3).",
        Issue::RecreateAnnotations => "An org's annotations are configured again (F-10).",
        Issue::RecreateRecords => {
            "Alerts, recommendations and graph entities are recreated (F-13)."
        }
        Issue::Promote => "The new connector is made primary (F-12).",
        Issue::DeleteConnector => "The old connector is deleted (F-12).",
        Issue::Verify => {
            "Somebody looks whether the target could take the org; refused if it could not."
        }
    }
}

const fn commands() -> [Variant; Issue::ALL.len()] {
    let mut all = [Variant::new("", ""); Issue::ALL.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = Variant::new(Issue::ALL[at].name(), command_says(Issue::ALL[at]));
        at += 1;
    }
    all
}
static COMMANDS: [Variant; Issue::ALL.len()] = commands();

const fn slips() -> [Field; Slip::ALL.len()] {
    let shape = Shape::Text(&PROBABILITY);
    let mut all = [Field::optional("", shape, ""); Slip::ALL.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = Field::optional(Slip::ALL[at].name(), shape, Slip::ALL[at].says());
        at += 1;
    }
    all
}
static SLIPS: [Field; Slip::ALL.len()] = slips();

/// A field for each kind of SCM.
macro_rules! by_scm {
    ($shape:expr) => {
        Shape::Map(
            const {
                &[
                    Field::optional(
                        Scm::AzureDevOps.name(),
                        $shape,
                        "For Azure DevOps: projects.",
                    ),
                    Field::optional(Scm::GitHub.name(), $shape, "For GitHub: repos."),
                    Field::optional(Scm::GitLab.name(), $shape, "For GitLab: projects."),
                ]
            },
        )
    };
}

const RATES: Alternative = Alternative::new(
    "rate",
    Shape::AnyOf(const { &[Shape::Text(&RATE), by_scm!(Shape::Text(&RATE))] }),
    "How fast it goes: records for `recreate-records`; projects or repos for `discover`, by kind of SCM.",
);

/// The distributions of a duration, and rates.
const fn takes() -> [Alternative; 6] {
    let spread: &[Alternative; 5] = distributions!(DURATION_SHAPE);
    let mut all = [RATES; 6];
    let mut at = 0;
    while at < spread.len() {
        all[at] = spread[at];
        at += 1;
    }
    all
}
static TAKES: [Alternative; 6] = takes();

const STEPS: Shape = Shape::list_of(const { &Shape::Text(&STEP) });

/// The shape of `source`, here and beside parameters.
pub(super) const SOURCE_SAYS: &str = "Where the value comes from: your own measurement, in words. `vendor: …` for what the vendor publishes, `assumed: …` for what nobody does.";

static STEP_SHAPE: SharedShape = SharedShape {
    name: "step",
    doc: "A step of the procedure.",
    shape: &Shape::Map(&[
        Field::optional("by", Shape::OneOf(TEAMS), "Who does it.")
            .or("who does its command in the built-in procedure"),
        Field::optional("for-each", Shape::OneOf(FOR_EACH), "What it is done for.")
            .or("what its command is done for"),
        Field::optional(
            "needs",
            STEPS,
            "What has to be finished first: steps, `region-recovered`, `all-finished`.",
        )
        .or("nothing"),
        Field::optional(
            "before",
            STEPS,
            "Steps that need this one besides what they say themselves.",
        )
        .or("none"),
        Field::optional(
            "takes",
            Shape::AnyOf(const { &[Shape::Text(&DURATION), Shape::Choice(&TAKES)] }),
            "How long it takes: a duration, fixed or drawn at each try, or a rate.",
        ),
        Field::optional(
            "command",
            Shape::OneOf(&COMMANDS),
            "What it does when its time is over.",
        )
        .or("the command of the step's name, else `nothing`"),
        Field::optional(
            "when",
            Shape::OneOf(WHEN),
            "When it applies; else it counts as finished when its needs are.",
        )
        .or("`always`"),
        Field::optional(
            "can-fail",
            Shape::Map(&SLIPS),
            "What goes wrong on it, and how likely each is.",
        )
        .or("nothing"),
        Field::optional(
            "retries",
            Shape::count(1_000),
            "How often it is tried again after a refusal.",
        )
        .or("`0`"),
        Field::optional(
            "on-refused",
            Shape::Text(&STEP),
            "Where a refusal leads once the retries are used up.",
        )
        .or("nowhere: the step stays unfinished"),
        Field::optional(
            "orgs",
            Shape::ListOf {
                item: const { &Shape::Text(&NAME) },
                min: 1,
                max: usize::MAX,
            },
            "For `open-ticket`: the orgs that the ticket names (F-9).",
        )
        .or("all that the old connector owns"),
        Field::optional(
            "source",
            Shape::AnyOf(const { &[Shape::Word, by_scm!(Shape::Word)] }),
            SOURCE_SAYS,
        ),
    ]),
};

static TARGETS: &[Alternative] = &[
    Alternative::new(
        "region",
        Shape::Text(&REGION),
        "A new connector in this region.",
    ),
    Alternative::new(
        "adopt",
        Shape::Text(&NAME),
        "This existing connector (F-7).",
    ),
];

/// `procedure`.
pub(super) const PROCEDURE: Shape = Shape::Map(&[
    Field::optional("base", Shape::Text(&ID), "The built-in procedure that this one begins with.").or("`single-region-dr@2023-10-09`"),
    Field::optional("from-scratch", Shape::Bool, "Whether `steps` is the whole procedure, and no base is used.").or("`false`"),
    Field::optional("id", Shape::Text(&ID), "Its name and version: `my-runbook@1`.").or("that of the base"),
    Field::optional(
        "target",
        Shape::ListOf {
            item: const { &Shape::AnyOf(&[Shape::Text(&NAME), Shape::Choice(TARGETS)]) },
            min: 1,
            max: 64,
        },
        "Where the orgs are to go, in the order in which it is tried: a region, `{ adopt: connector }`, `automatic`, `stay-in-geography`.",
    )
    .or("`[automatic]`")
    .such_as("[{ adopt: spare }, automatic]"),
    Field::optional("steps", Shape::map_of(&STEP, const { &Shape::Shared(&STEP_SHAPE) }), "Changes to steps of the base; or all steps.").or("none"),
    Field::optional("add", Shape::map_of(&STEP, const { &Shape::Shared(&STEP_SHAPE) }), "Steps that the base does not have.").or("none"),
    Field::optional("remove", STEPS, "Steps that are not done: each counts as finished when its own needs are.").or("none"),
]);
