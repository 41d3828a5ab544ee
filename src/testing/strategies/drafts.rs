//! Drafts of scenarios, and the files that they are written as.

use crate::scenario::defects::DEFECTS;
use crate::scenario::{Reader, Scenario};
use std::fmt::Write as _;

/// The regions that connectors of a drafted fleet may be in: those of the seed.
pub const REGIONS: [&str; 7] = [
    "australiaeast",
    "centralus",
    "eastus",
    "northeurope",
    "swedencentral",
    "uksouth",
    "westeurope",
];

/// The kinds of SCM.
pub const SCMS: [&str; 3] = ["azure-devops", "github", "gitlab"];

/// A connector of a drafted fleet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConnectorDraft {
    /// Its name; also its id, unless one stands.
    pub name: String,
    /// Its id, if it is not the name.
    pub id: Option<String>,
    /// Its place in [`REGIONS`].
    pub region: usize,
    /// Its place in [`SCMS`].
    pub scm: usize,
    /// How many orgs it holds.
    pub orgs: u8,
    /// Whether it onboards all that its account reaches.
    pub auto_discovery: bool,
}

/// A drafted fleet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FleetDraft {
    /// Its connectors.
    pub connectors: Vec<ConnectorDraft>,
    /// Projects, repos, alerts and other records of every org.
    pub per_org: [u8; 4],
}

/// One entry of a drafted timeline. The numbers pick, by remainder, from what
/// the fleet has, so that a smaller fleet still has a valid timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultDraft {
    /// When, in minutes.
    pub at_m: u16,
    /// Its place in [`KINDS`].
    pub kind: usize,
    /// Which connector.
    pub connector: usize,
    /// Which org of the connector, or region, or other connector.
    pub other: usize,
    /// How long it lasts, in minutes; for good at 0, where that can be.
    pub lasts_m: u16,
    /// How bad: a factor, a count, or a share in percent.
    pub size: u8,
}

/// The kinds of fault that a drafted timeline draws from: every one.
pub const KINDS: [&str; 29] = [
    "region-outage",
    "region-degraded",
    "region-flap",
    "partial-outage",
    "region-full",
    "inventory-unavailable",
    "inventory-stale",
    "scm-outage",
    "scm-throttled",
    "token-revoked",
    "permission-lost",
    "authorizer-absent",
    "org-created",
    "org-renamed",
    "org-deleted",
    "support-surge",
    "ticket-lost",
    "ticket-misrouted",
    "ticket-partial",
    "recreation-crash",
    "discovery-stall",
    "operator-absent",
    "wrong-resource-id",
    "org-forgotten",
    "wrong-region",
    "step-skipped",
    "step-repeated",
    "deleted-early",
    "second-connector",
];

/// A drafted procedure: one of the built-in ones, and parameters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProcedureDraft {
    /// The older version or the newer.
    pub newer: bool,
    /// One bit a parameter that is not at its default.
    pub parameters: u16,
    /// Minutes that support takes to read a ticket.
    pub triage_m: u16,
    /// How many operators there are; no limit at 0.
    pub operators: u8,
    /// How many people support has; no limit at 0, and then nothing may flood it.
    pub support: u8,
    /// One bit a thing that is said of the support queue.
    pub queue: u8,
    /// One bit a thing that is said of shifts, absences and limits.
    pub rota: u8,
}

/// A drafted scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioDraft {
    /// The fleet.
    pub fleet: FleetDraft,
    /// The timeline.
    pub timeline: Vec<FaultDraft>,
    /// The procedure.
    pub procedure: ProcedureDraft,
    /// What is wrong on purpose, by place in [`DEFECTS`].
    pub defects: Vec<usize>,
    /// The seed.
    pub seed: u32,
}

impl ScenarioDraft {
    /// The scenario file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!(
            "scenario: v1\ntitle: drafted\nseed: {}\nstarts: 2023-10-09T06:00Z\nuntil: 30d\n",
            self.seed
        );
        self.fleet.write(&mut text);
        self.procedure.write(&mut text);
        let entries: Vec<String> = self
            .timeline
            .iter()
            .enumerate()
            .filter_map(|(at, it)| it.text(&self.fleet, at))
            .collect();
        if !entries.is_empty() {
            text.push_str("timeline:\n");
            text.extend(entries);
        }
        if !self.defects.is_empty() {
            let names: Vec<&str> = self.defects.iter().map(|&it| DEFECTS[it].name).collect();
            let _ = writeln!(text, "defects: [{}]", names.join(", "));
        }
        text
    }

    /// The scenario, read back.
    ///
    /// # Panics
    /// If the reader does not take it: a drafted scenario is valid.
    #[must_use]
    pub fn read(&self) -> Scenario {
        let text = self.text();
        match Reader::default().read_text("drafted.yaml", &text) {
            Ok(scenario) => scenario,
            Err(found) => panic!(
                "a drafted scenario is valid:\n{text}\n{}",
                found.render(Default::default())
            ),
        }
    }
}

impl FleetDraft {
    fn write(&self, text: &mut String) {
        let [projects, repos, alerts, others] = self.per_org;
        let _ = write!(
            text,
            "fleet:\n  defaults: {{ projects: {projects}, repos: {repos}, alerts: {alerts}, \
             recommendations: {others}, graph-entities: {others} }}\n  connectors:\n"
        );
        for it in &self.connectors {
            let id = it
                .id
                .as_ref()
                .map_or(String::new(), |id| format!("id: {id}, "));
            let _ = writeln!(
                text,
                "    {}: {{ {id}region: {}, scm: {}, orgs: {}, auto-discovery: {} }}",
                it.name, REGIONS[it.region], SCMS[it.scm], it.orgs, it.auto_discovery
            );
        }
    }

    fn org(&self, connector: usize, other: usize) -> Option<String> {
        let it = &self.connectors[connector];
        (it.orgs > 0).then(|| format!("{}-{:02}", it.name, 1 + other % usize::from(it.orgs)))
    }
}

impl FaultDraft {
    /// The entry, or nothing where the fleet has nothing for it to strike.
    fn text(&self, fleet: &FleetDraft, turn: usize) -> Option<String> {
        let at = self.connector % fleet.connectors.len();
        let it = &fleet.connectors[at];
        let name = &it.name;
        let other = &fleet.connectors[self.other % fleet.connectors.len()].name;
        let near = if self.other.is_multiple_of(2) {
            REGIONS[it.region]
        } else {
            REGIONS[self.other % REGIONS.len()]
        };
        let region = if self.other.is_multiple_of(5) {
            format!("{{ target-of: {name} }}")
        } else {
            near.into()
        };
        let (scm, size) = (SCMS[it.scm], self.size.max(1));
        let lasts = if self.lasts_m == 0 {
            String::new()
        } else {
            format!(", lasts: {}m", self.lasts_m)
        };
        let some_time = self.lasts_m.max(1);
        let share = size % 101;
        let org = || fleet.org(at, self.other);
        let inside = match KINDS[self.kind] {
            "region-outage" => format!("region: {region}{lasts}"),
            "region-degraded" => format!("region: {near}, factor: {size}{lasts}"),
            "region-flap" => format!(
                "region: {region}, times: {}, down: {some_time}m, up: {size}m",
                size % 4 + 1
            ),
            "partial-outage" => format!("connectors: [{name}]{lasts}"),
            "region-full" => format!("region: {near}{lasts}"),
            "inventory-unavailable" => format!("lasts: {some_time}m"),
            "inventory-stale" => format!("shows: {other}, lasts: {some_time}m"),
            "scm-outage" => format!("scm: {scm}, lasts: {some_time}m"),
            "scm-throttled" => format!("scm: {scm}, factor: {size}{lasts}"),
            "token-revoked" => format!("connector: {name}{lasts}"),
            "permission-lost" => format!("connector: {name}, orgs: [{}]{lasts}", org()?),
            "authorizer-absent" | "discovery-stall" => format!("connectors: [{name}]{lasts}"),
            "org-created" => format!("org: late-{turn}, connector: {name}"),
            "org-renamed" => format!("org: {}, to: renamed-{turn}", org()?),
            "org-deleted" => format!("org: {}", org()?),
            "support-surge" => format!("tickets: {size}"),
            "ticket-lost" | "ticket-misrouted" => format!("connector: {name}, lasts: {some_time}m"),
            "ticket-partial" => format!("connector: {name}, releases: {share}%"),
            "recreation-crash" => format!("connector: {name}, at: {share}%, lasts: {some_time}m"),
            "operator-absent" => format!("team: operators, lasts: {some_time}m"),
            "wrong-resource-id" => format!("connector: {name}, names: {other}"),
            "org-forgotten" => format!("connector: {name}, orgs: [{}]", org()?),
            "wrong-region" => format!("connector: {name}, region: westus"),
            "step-skipped" => format!("connector: {name}, step: authorize"),
            "step-repeated" => format!("connector: {name}, step: open-ticket"),
            "deleted-early" => format!("connector: {name}"),
            _ => format!("connector: {name}, region: eastus"),
        };
        Some(format!(
            "  - at: T+{}m\n    id: f{turn}\n    fault: {{ {}: {{ {inside} }} }}\n",
            self.at_m, KINDS[self.kind]
        ))
    }
}

impl ProcedureDraft {
    fn write(&self, text: &mut String) {
        let version = if self.newer {
            "2023-11-08"
        } else {
            "2023-10-09"
        };
        let _ = write!(
            text,
            "procedure:\n  base: single-region-dr@{version}\n  steps:\n    triage-ticket: {{ takes: {}m }}\n",
            self.triage_m
        );
        self.write_people(text);
        let anchors = [
            "outage-start",
            "connector-created",
            "ticket-opened",
            "org-released",
            "recreation",
        ];
        let bit = |bit: u16| self.parameters & 1 << bit != 0;
        let _ = writeln!(
            text,
            "parameters:\n  alert-window: {{ anchor: {} }}",
            anchors[usize::from(self.parameters >> 8) % anchors.len()]
        );
        let switches = [
            "promotion: on-establishment",
            "release: { granularity: whole-ticket }",
            "config-loss: { after: 2h }",
            "recoveries: serial",
            "retire: { needs: region-up }",
            "recreation: { needs: established }",
            "annotations: { default-after-onboarding: on }",
            "resource-ids: saved",
        ];
        for (at, line) in switches.iter().enumerate().filter(|it| bit(it.0 as u16)) {
            debug_assert!(at < 8);
            let _ = writeln!(text, "  {line}");
        }
    }
}
