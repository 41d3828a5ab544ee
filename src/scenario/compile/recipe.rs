//! What an org holds, as the file says or leaves out.

use super::roster::Roster;
use super::say::Say;
use crate::chance::{CountDist, DurationDist, Seeded};
use crate::model::fleet::{RecordKind, Scm};
use crate::model::ids::OrgIx;
use crate::model::stock::{self, Stock, alerts_drawn};
use crate::scenario::codes;
use crate::scenario::loaded::{Assumption, Origin};
use crate::scenario::syntax::View;
use crate::time::Duration;

/// What is said of one org, or of all.
#[derive(Default)]
pub(super) struct Recipe {
    projects: Option<CountDist>,
    repos: Option<CountDist>,
    pub(super) annotations: Option<bool>,
    /// By kind; alerts among them.
    records: [Option<CountDist>; 5],
    age: Option<DurationDist>,
    ages: Option<Vec<u32>>,
}

impl Recipe {
    /// What is written of an org.
    pub(super) fn read(written: Option<View<'_>>, say: &mut Say<'_>) -> Self {
        let mut recipe = Self::default();
        let Some(view) = written.filter(|it| it.entries().len() > 0) else {
            return recipe;
        };
        recipe.projects = view.get("projects").map(|it| say.count_dist(it));
        recipe.repos = view.get("repos").map(|it| say.count_dist(it));
        recipe.annotations = view.get("annotations").map(View::bool);
        for kind in RecordKind::ALL
            .into_iter()
            .filter(|&it| it != RecordKind::Alert)
        {
            recipe.records[kind.ix()] = view.get(kind.name()).map(|it| say.count_dist(it));
        }
        if let Some(alerts) = view.get("alerts") {
            recipe.read_alerts(alerts, say);
        }
        recipe
    }

    fn read_alerts(&mut self, view: View<'_>, say: &mut Say<'_>) {
        let detailed = ["count", "age", "ages"]
            .iter()
            .any(|it| view.get(it).is_some());
        if view.is_scalar() || (!detailed && view.entries().len() > 0) {
            self.records[RecordKind::Alert.ix()] = Some(say.count_dist(view));
            return;
        }
        self.records[RecordKind::Alert.ix()] = view.get("count").map(|it| say.count_dist(it));
        self.age = view.get("age").map(|it| say.span_dist(it));
        let Some(ages) = view.get("ages") else { return };
        let second = |it: View<'_>| it.parse::<Duration>().unwrap_or_default().as_secs() as u32;
        self.ages = Some(ages.items().map(second).collect());
        if let Some(other) = ["count", "age"].iter().find_map(|it| view.key_span(it)) {
            let message = "`ages` says how many alerts there are and how old: `count` and `age` cannot stand beside it";
            say.error(
                &codes::SAID_TWICE,
                other,
                message,
                "leave this out, or `ages`",
            );
        }
    }
}

/// An org's alerts.
pub(super) enum Ages<'a> {
    /// So many, of such ages.
    Drawn(&'a CountDist, &'a DurationDist),
    /// These, in seconds.
    Given(&'a [u32]),
}

impl Ages<'_> {
    /// How many there are.
    pub(super) fn count(&self, chance: Seeded, roster: &Roster<'_>, org: OrgIx) -> u32 {
        match self {
            Self::Given(ages) => ages.len() as u32,
            Self::Drawn(count, _) => match count.certain() {
                Some(count) => u32::try_from(count).unwrap_or(u32::MAX - 1),
                None => alerts_drawn(chance, roster.org_key(org), count),
            },
        }
    }
}

/// What holds for orgs that do not say: the file's defaults, then the model's.
pub(super) struct Usual {
    own: Recipe,
    few: CountDist,
    projects: CountDist,
    fifty: CountDist,
    age: DurationDist,
    /// Which defaults some org fell back to.
    used: Used,
}

#[derive(Default)]
struct Used {
    projects: bool,
    repos: bool,
    annotations: bool,
    records: [bool; 5],
    age: bool,
}

impl Usual {
    pub(super) fn new(defaults: Option<View<'_>>, say: &mut Say<'_>) -> Self {
        let age = DurationDist::uniform(Duration::ZERO, Duration::from_days(21));
        Self {
            own: Recipe::read(defaults, say),
            few: CountDist::fixed(20),
            projects: CountDist::fixed(10),
            fifty: CountDist::fixed(50),
            age: age.unwrap_or_else(|_| DurationDist::fixed(Duration::ZERO)),
            used: Used::default(),
        }
    }

    pub(super) fn projects<'a>(&'a self, org: &'a Recipe) -> &'a CountDist {
        org.projects
            .as_ref()
            .or(self.own.projects.as_ref())
            .unwrap_or(&self.projects)
    }

    pub(super) fn repos<'a>(&'a self, org: &'a Recipe) -> &'a CountDist {
        org.repos
            .as_ref()
            .or(self.own.repos.as_ref())
            .unwrap_or(&self.fifty)
    }

    pub(super) fn annotations(&self, org: &Recipe) -> bool {
        org.annotations.or(self.own.annotations).unwrap_or(true)
    }

    pub(super) fn records<'a>(&'a self, org: &'a Recipe, kind: RecordKind) -> &'a CountDist {
        let usual = if kind == RecordKind::Alert {
            &self.fifty
        } else {
            &self.few
        };
        let own = self.own.records[kind.ix()].as_ref();
        org.records[kind.ix()].as_ref().or(own).unwrap_or(usual)
    }

    pub(super) fn alerts<'a>(&'a self, org: &'a Recipe) -> Ages<'a> {
        if let Some(ages) = &org.ages {
            return Ages::Given(ages);
        }
        let silent = org.records[RecordKind::Alert.ix()].is_none() && org.age.is_none();
        if let Some(ages) = self.own.ages.as_ref().filter(|_| silent) {
            return Ages::Given(ages);
        }
        let age = org
            .age
            .as_ref()
            .or(self.own.age.as_ref())
            .unwrap_or(&self.age);
        Ages::Drawn(self.records(org, RecordKind::Alert), age)
    }

    /// What discovery goes through: projects, or repos.
    pub(super) fn units<'a>(&'a self, org: &'a Recipe, scm: Scm) -> &'a CountDist {
        match scm {
            Scm::GitHub => self.repos(org),
            Scm::AzureDevOps | Scm::GitLab => self.projects(org),
        }
    }

    /// All that an org holds.
    pub(super) fn stock(&self, org: &Recipe, scm: Scm) -> Stock {
        Stock {
            units: self.units(org, scm).clone(),
            records: RecordKind::ALL.map(|kind| self.records(org, kind).clone()),
            ages: match self.alerts(org) {
                Ages::Given(ages) => stock::Ages::Given(ages.into()),
                Ages::Drawn(_, age) => stock::Ages::Drawn(age.clone()),
            },
        }
    }

    /// Takes note of what an org leaves out.
    pub(super) fn note(&mut self, org: &Recipe, scm: Scm) {
        match scm {
            Scm::GitHub => self.used.repos |= org.repos.is_none(),
            Scm::AzureDevOps | Scm::GitLab => self.used.projects |= org.projects.is_none(),
        }
        self.used.annotations |= scm.has_annotations() && org.annotations.is_none();
        let alert = RecordKind::Alert.ix();
        for kind in 0..5 {
            let given = kind == alert && org.ages.is_some();
            self.used.records[kind] |= org.records[kind].is_none() && !given;
        }
        self.used.age |= org.age.is_none() && org.ages.is_none();
    }

    /// The defaults that were used.
    pub(super) fn assumptions(&self, out: &mut Vec<Assumption>) {
        let mut tell = |used: bool, name: &str, value: String, own: bool| {
            if used {
                out.push(Assumption {
                    name: format!("fleet.defaults.{name}").into(),
                    value: value.into(),
                    origin: if own { Origin::User } else { Origin::Assumed },
                    source: "".into(),
                    changed: own,
                });
            }
        };
        let none = Recipe::default();
        let (own, used) = (&self.own, &self.used);
        tell(
            used.projects,
            "projects",
            self.projects(&none).to_string(),
            own.projects.is_some(),
        );
        tell(
            used.repos,
            "repos",
            self.repos(&none).to_string(),
            own.repos.is_some(),
        );
        let annotations = if self.annotations(&none) {
            "true"
        } else {
            "false"
        };
        tell(
            used.annotations,
            "annotations",
            annotations.into(),
            own.annotations.is_some(),
        );
        if let Some(ages) = &own.ages {
            tell(
                used.records[0],
                "alerts",
                format!("{} of given ages", ages.len()),
                true,
            );
        } else {
            let count = self.records(&none, RecordKind::Alert).to_string();
            tell(
                used.records[0],
                "alerts.count",
                count,
                own.records[0].is_some(),
            );
            let age = own.age.as_ref().unwrap_or(&self.age).to_string();
            tell(used.age, "alerts.age", age, own.age.is_some());
        }
        for kind in RecordKind::ALL.into_iter().skip(1) {
            let value = self.records(&none, kind).to_string();
            tell(
                used.records[kind.ix()],
                kind.name(),
                value,
                own.records[kind.ix()].is_some(),
            );
        }
    }
}
