//! Drafted fleets: what they are, and the exports that a team could make of them.

use lifeboat::model::ids::OrgIx;
use lifeboat::scenario::Scenario;
use proptest::collection::vec;
use proptest::prelude::*;

const SCMS: [(&str, &str, &str); 3] = [
    ("azure-devops", "AzureDevOps", "azureDevOpsOrgs"),
    ("github", "Github", "gitHubOwners"),
    ("gitlab", "GitLab", "gitLabGroups"),
];
const REGIONS: [(&str, &str); 4] = [
    ("westeurope", "West Europe"),
    ("centralus", "centralus"),
    ("eastasia", "East Asia"),
    ("uksouth", "UKSouth"),
];

/// An org of a drafted fleet.
#[derive(Clone, Debug)]
struct DraftOrg {
    name: String,
    /// Projects, or repos at GitHub; nobody exported them at 0.
    units: usize,
    /// Not said, off, on.
    annotations: usize,
}

/// A connector of a drafted fleet.
#[derive(Clone, Debug)]
struct DraftConnector {
    name: String,
    region: usize,
    scm: usize,
    /// Not said, off, on.
    auto: usize,
    orgs: Vec<DraftOrg>,
    /// Whether it reaches the orgs of the others of its kind, too.
    reaches: bool,
}

/// A drafted fleet and its exports.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    connectors: Vec<DraftConnector>,
    /// The subscription, the resource group, the tenant, and who made it all.
    around: [String; 4],
    /// How exports are cut and shaped.
    shape: usize,
    pub(crate) exports: Vec<String>,
}

/// A connector as it is seen in a plan.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Seen {
    name: String,
    region: String,
    scm: &'static str,
    auto: bool,
    /// Name, units, annotated.
    orgs: Vec<(String, u32, bool)>,
    /// How many orgs of others it reaches.
    reaches: usize,
}

impl Seen {
    pub(crate) fn forget_names(&mut self) {
        self.name.clear();
        self.orgs.iter_mut().for_each(|it| it.0.clear());
        self.orgs.sort();
    }
}

/// What a scenario's fleet is, by name.
pub(crate) fn seen(scenario: &Scenario) -> Vec<Seen> {
    let fleet = &scenario.plan.fleet;
    let connectors = fleet.connectors().iter().map(|it| {
        let org = |at: u32| {
            let org = fleet.org(OrgIx(at));
            (
                fleet.org_name(OrgIx(at)).to_owned(),
                org.units,
                org.annotated,
            )
        };
        let mut orgs: Vec<_> = it.owns.iter().map(org).collect();
        orgs.sort();
        Seen {
            name: it.name.to_string(),
            region: fleet.catalogue().region(it.region).name.to_owned(),
            scm: it.scm.name(),
            auto: it.auto_discovery,
            orgs,
            reaches: it.grants.iter().count() - it.owns.iter().count(),
        }
    });
    let mut all: Vec<Seen> = connectors.collect();
    all.sort();
    all
}

/// Names that nothing else has in it, in any order of the alphabet.
fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9]{3}zq[a-z0-9]{4}x"
}

fn org() -> impl Strategy<Value = DraftOrg> {
    (name(), 0..4usize, 0..3usize).prop_map(|(name, units, annotations)| DraftOrg {
        name,
        units,
        annotations,
    })
}

fn connector() -> impl Strategy<Value = DraftConnector> {
    let numbers = (0..REGIONS.len(), 0..SCMS.len(), 0..3usize);
    (name(), numbers, vec(org(), 1..5), any::<bool>()).prop_map(
        |(name, (region, scm, auto), orgs, reaches)| DraftConnector {
            name,
            region,
            scm,
            auto,
            orgs,
            reaches,
        },
    )
}

/// Fleets, each with its exports.
pub(crate) fn fleets() -> impl Strategy<Value = Draft> {
    let around = [
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
        "rg-[a-z]{3}zq[a-z0-9]{4}",
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}",
        "[a-z]{3}zq[a-z]{3}@contoso\\.example",
    ];
    (vec(connector(), 1..5), around, any::<u16>()).prop_map(|(connectors, around, shape)| {
        let mut draft = Draft {
            connectors,
            around,
            shape: shape.into(),
            exports: Vec::new(),
        };
        // However the dice fall, no two of them have one name.
        for (at, it) in draft.connectors.iter_mut().enumerate() {
            it.name += &at.to_string();
            it.orgs
                .iter_mut()
                .enumerate()
                .for_each(|(org, it)| it.name += &format!("{at}{org}"));
        }
        draft.exports = draft.write();
        draft
    })
}

impl Draft {
    /// What is wanted of the plan.
    pub(crate) fn wanted(&self) -> Vec<Seen> {
        let of = |it: &DraftConnector| {
            let org = |org: &DraftOrg| {
                let units = match org.units {
                    0 if it.scm == 1 => 50,
                    0 => 10,
                    units => units as u32,
                };
                (org.name.clone(), units, it.scm == 0 && org.annotations != 1)
            };
            let mut orgs: Vec<_> = it.orgs.iter().map(org).collect();
            orgs.sort();
            Seen {
                name: it.name.clone(),
                region: REGIONS[it.region].0.to_owned(),
                scm: SCMS[it.scm].0,
                auto: it.auto != 1,
                orgs,
                reaches: self.reached(it).count(),
            }
        };
        let mut all: Vec<Seen> = self.connectors.iter().map(of).collect();
        all.sort();
        all
    }

    /// The orgs of others that a connector reaches.
    fn reached<'a>(&'a self, it: &'a DraftConnector) -> impl Iterator<Item = &'a DraftOrg> {
        let others = self
            .connectors
            .iter()
            .filter(|other| it.reaches && other.scm == it.scm && other.name != it.name);
        others.flat_map(|it| &it.orgs)
    }

    /// Everything that names somebody.
    pub(crate) fn names(&self) -> Vec<&str> {
        let connectors = self.connectors.iter();
        let all = connectors
            .flat_map(|it| std::iter::once(&it.name).chain(it.orgs.iter().map(|it| &it.name)));
        all.chain(&self.around)
            .map(String::as_str)
            .chain(["p-1-zq", "mara"])
            .collect()
    }

    /// The exports of the same fleet under other names, in another order of the alphabet.
    pub(crate) fn renamed(&self) -> Vec<String> {
        let backwards = |it: &mut String| {
            let turned: String = it
                .chars()
                .map(|c| match c {
                    'a'..='z' => (b'a' + (b'z' - c as u8)) as char,
                    '0'..='9' => (b'0' + (b'9' - c as u8)) as char,
                    c => c,
                })
                .collect();
            *it = turned;
        };
        let mut other = self.clone();
        for it in &mut other.connectors {
            backwards(&mut it.name);
            it.orgs.iter_mut().for_each(|it| backwards(&mut it.name));
        }
        other.around.iter_mut().for_each(backwards);
        other.write()
    }

    fn root(&self, name: &str) -> String {
        let [subscription, group, ..] = &self.around;
        format!(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Security/securityConnectors/{name}"
        )
    }

    fn system_data(&self) -> String {
        format!(
            r#""systemData": {{ "createdBy": "{}" }}, "tags": {{ "owner": "mara" }}"#,
            self.around[3]
        )
    }

    fn write(&self) -> Vec<String> {
        let mut exports = vec![self.connectors_export()];
        let mut orgs = Vec::new();
        for it in &self.connectors {
            let root = self.root(&it.name);
            let collection = SCMS[it.scm].2;
            if it.auto > 0 {
                let auto = ["NotApplicable", "Disabled", "Enabled"][it.auto];
                let list: Vec<String> = it
                    .orgs
                    .iter()
                    .map(|it| format!("\"{}\"", it.name))
                    .collect();
                exports.push(format!(
                    r#"{{ "id": "{root}/devops/default", "properties": {{ "autoDiscovery": "{auto}", "topLevelInventoryList": [{}], "authorization": {{ "code": "" }} }}, {} }}"#,
                    list.join(","),
                    self.system_data()
                ));
            }
            for org in &it.orgs {
                let state = [
                    "",
                    r#", "actionableRemediation": { "state": "Disabled" }"#,
                    r#", "actionableRemediation": { "state": "Enabled" }"#,
                ];
                let state = state[org.annotations];
                orgs.push(format!(
                    r#"{{ "id": "{root}/devops/default/{collection}/{}", "properties": {{ "onboardingState": "Onboarded"{state} }} }}"#,
                    org.name
                ));
                let units = if it.scm == 1 { "repos" } else { "projects" };
                let row = |unit: usize| {
                    format!(
                        r#"{{ "id": "{root}/devops/default/{collection}/{}/{units}/p-{unit}-zq" }}"#,
                        org.name
                    )
                };
                if org.units > 0 {
                    let rows: Vec<String> = (0..org.units).map(row).collect();
                    exports.push(format!(r#"{{ "value": [{}] }}"#, rows.join(",")));
                }
            }
            let reached = self.reached(it).map(|org| {
                format!(
                    r#"{{ "id": "{root}/devops/default/{collection}/{}", "properties": {{ "onboardingState": "OnboardedByOtherConnector" }} }}"#,
                    org.name
                )
            });
            orgs.extend(reached);
        }
        // In one file, one behind the other, or as a list.
        exports.push(match self.shape / 8 % 3 {
            0 => orgs.join("\n"),
            1 => format!("[{}]", orgs.join(",")),
            _ => format!(r#"{{ "value": [{}] }}"#, orgs.join(",")),
        });
        exports
    }

    fn connectors_export(&self) -> String {
        let flat = self.shape.is_multiple_of(2);
        let row = |it: &DraftConnector| {
            let kind = format!(r#""environmentName": "{}""#, SCMS[it.scm].1);
            let kind = if flat {
                kind
            } else {
                format!(r#""properties": {{ {kind} }}"#)
            };
            format!(
                r#"{{ "id": "{}", "name": "{}", "tenantId": "{}", "location": "{}", {kind}, {} }}"#,
                self.root(&it.name),
                it.name,
                self.around[2],
                REGIONS[it.region].1,
                self.system_data()
            )
        };
        let rows: Vec<String> = self.connectors.iter().map(row).collect();
        let rows = rows.join(",");
        match self.shape / 2 % 3 {
            0 => format!("[{rows}]"),
            1 => format!(r#"{{ "value": [{rows}] }}"#),
            _ => format!(
                r#"{{ "totalRecords": {}, "data": [{rows}] }}"#,
                self.connectors.len()
            ),
        }
    }

    /// An export that something is wrong with, and that names somebody.
    pub(crate) fn bad_export(&self, which: usize) -> String {
        let it = &self.connectors[0];
        let (root, org) = (self.root(&it.name), &it.orgs[0].name);
        match which {
            0 => format!(r#"[{{ "id": "{root}0", "location": "{org}" }}, {{ "id": "{org}" }}]"#),
            1 => format!(r#"{{ "id": "{root}0/devops/default/gitHubOwners/{org}" }}"#),
            2 => format!(
                r#"{{ "error": {{ "code": "{org}", "message": "{}" }} }}"#,
                self.around[3]
            ),
            _ => format!(
                r#"[{{ "id": "{root}", "location": "northeurope" }}, "{org}", {{ "{org}": 1 }}, {org}"#
            ),
        }
    }
}
