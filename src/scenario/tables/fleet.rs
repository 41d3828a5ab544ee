//! `fleet`: connectors and their orgs.

use super::kinds::{ID, NAME, REGION};
use super::quantities::{COUNT, DURATION_SHAPE, SPAN};
use crate::model::fleet::Scm;
use crate::scenario::syntax::{Field, Shape, SharedShape, Variant};

/// The kinds of SCM (D-1).
pub(super) static SCMS: &[Variant] = &[
    Variant::new(
        Scm::AzureDevOps.name(),
        "Azure DevOps: an org holds projects, which hold repos.",
    ),
    Variant::new(Scm::GitHub.name(), "GitHub: an owner holds repos."),
    Variant::new(Scm::GitLab.name(), "GitLab: a group holds projects."),
];

/// Names of orgs.
pub(super) const ORG_NAMES: Shape = Shape::list_of(const { &Shape::Text(&NAME) });

/// The keys of an org; those of `fleet.defaults` come first, without `id`.
macro_rules! org_fields {
    ($($more:expr,)*) => {
        &[
            Field::optional("projects", COUNT, "How many projects it holds: what discovery goes through for Azure DevOps and GitLab (D-3).").or("`10`"),
            Field::optional("repos", COUNT, "How many repos it holds: what discovery goes through for GitHub.").or("`50`"),
            Field::optional("annotations", Shape::Bool, "Whether it had pull-request annotations before the outage (F-10). Azure DevOps only (D-6).").or("`true` where the kind of SCM has them"),
            Field::optional("alerts", ALERTS, "Its open alerts: how many, or also how old, or the ages themselves.").or("`50`, with ages uniform from `0d` to `21d`"),
            Field::optional("recommendations", COUNT, "How many recommendations there are.").or("`20`"),
            Field::optional("graph-entities", COUNT, "How many entities of the security graph there are.").or("`20`"),
            Field::optional("container-mappings", COUNT, "How many container mappings from earlier runs there are. Never recreated (F-14).").or("`20`"),
            Field::optional("iac-mappings", COUNT, "How many infrastructure-as-code mappings there are. Never recreated (F-14).").or("`20`"),
            $($more,)*
        ]
    };
}

const ALERTS: Shape = Shape::Shared(&SharedShape {
    name: "alerts",
    doc: "Alerts: a count, or a count and ages.",
    shape: &Shape::AnyOf(&[
        COUNT,
        Shape::Map(&[
            Field::optional("count", COUNT, "How many.").or("`50`"),
            Field::optional(
                "age",
                SPAN,
                "How old each is at T+0, in whole seconds; drawn ages are rounded down.",
            )
            .or("uniform from `0d` to `21d`"),
            Field::optional(
                "ages",
                Shape::list_of(const { &DURATION_SHAPE }),
                "The ages themselves, instead of `count` and `age`.",
            )
            .such_as("[1d, 6d23h]"),
        ]),
    ]),
});

static ORG: SharedShape = SharedShape {
    name: "org",
    doc: "An org and what its connector holds about it.",
    shape: &Shape::Map(org_fields![
        Field::optional(
            "id",
            Shape::Text(&ID),
            "What it keeps when it is renamed; chance is keyed by it."
        )
        .or("its name"),
    ]),
};

static CONNECTOR: SharedShape = SharedShape {
    name: "connector",
    doc: "A connector at T+0, healthy, with the orgs that it owns.",
    shape: &Shape::Map(&[
        Field::required("region", Shape::Text(&REGION), "Where it is (F-1)."),
        Field::required("scm", Shape::OneOf(SCMS), "What kind of orgs it holds (D-1)."),
        Field::required(
            "orgs",
            Shape::AnyOf(const { &[Shape::count(u32::MAX as i64), Shape::map_of(&NAME, const { &Shape::Shared(&ORG) })] }),
            "Its orgs: how many, or which. Counted ones are named after it: `payments-01`, `payments-02`.",
        )
        .such_as("12"),
        Field::optional("id", Shape::Text(&ID), "What it keeps when it is renamed; chance is keyed by it.").or("its name"),
        Field::optional("tenant", Shape::Text(&NAME), "Whose it is: an org may be onboarded once in a tenant (D-2).").or("one for all"),
        Field::optional("auto-discovery", Shape::Bool, "Whether it onboards every org that its account reaches (D-9).").or("`true`"),
        Field::optional("grants", ORG_NAMES, "Orgs that its account reaches besides its own (D-7): it may adopt those.").or("its own orgs alone"),
        Field::optional("listed", ORG_NAMES, "The orgs that it onboards while auto-discovery is off (D-9).").or("its own orgs"),
    ]),
};

/// `fleet`.
pub(super) const FLEET: Shape = Shape::Map(&[
    Field::required(
        "connectors",
        Shape::map_of(&NAME, const { &Shape::Shared(&CONNECTOR) }),
        "The connectors, by name.",
    )
    .such_as("{ payments: { region: westeurope, scm: github, orgs: 12 } }"),
    Field::optional(
        "defaults",
        Shape::Map(const { org_fields![] }),
        "What holds for every org that does not say otherwise.",
    ),
]);
