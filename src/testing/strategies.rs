//! Strategies for property tests: fleets, timelines, procedures, and whole
//! scenarios made of them.
//!
//! What is generated is a scenario *text*: a failing case is printed as a file
//! that `lifeboat run` takes, and the reader is tested along with the engine.
//!
//! ```
//! use lifeboat::drill::Drill;
//! use lifeboat::testing::strategies;
//! use proptest::prelude::*;
//!
//! proptest!(ProptestConfig::with_cases(4), |(draft in strategies::scenarios())| {
//!     let scenario = draft.read();
//!     prop_assert!(Drill::new(&scenario.plan).run().balance.is_ok());
//! });
//! ```

use crate::scenario::defects::DEFECTS;
use crate::scenario::{Reader, Scenario};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
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

/// Connectors of every kind, in every region, with a few orgs or none.
pub fn connectors(name: String) -> impl Strategy<Value = ConnectorDraft> {
    (
        0..REGIONS.len(),
        0..SCMS.len(),
        0u8..6,
        prop::bool::weighted(0.8),
    )
        .prop_map(move |(region, scm, orgs, auto_discovery)| ConnectorDraft {
            name: name.clone(),
            id: None,
            region,
            scm,
            orgs,
            auto_discovery,
        })
}

/// Fleets of one to four connectors.
pub fn fleets() -> impl Strategy<Value = FleetDraft> {
    let names = ["alpha", "bravo", "charlie", "delta"];
    let connectors = (1usize..=4).prop_flat_map(move |count| {
        names[..count]
            .iter()
            .map(|name| connectors((*name).into()))
            .collect::<Vec<_>>()
    });
    (connectors, [0u8..30, 0u8..60, 0u8..40, 0u8..20]).prop_map(|(connectors, per_org)| {
        FleetDraft {
            connectors,
            per_org,
        }
    })
}

/// Timelines of up to six faults of any kind, in the first days.
pub fn timelines() -> impl Strategy<Value = Vec<FaultDraft>> {
    vec(faults(), 0..6)
}

/// One fault of any kind; lost regions more often than others, since without one
/// nothing else matters.
pub fn faults() -> impl Strategy<Value = FaultDraft> {
    let kind = prop_oneof![2 => Just(0), 1 => Just(3), 4 => 0..KINDS.len()];
    (
        0u16..4320,
        kind,
        0usize..4,
        0usize..12,
        0u16..2880,
        0u8..120,
    )
        .prop_map(|(at_m, kind, connector, other, lasts_m, size)| FaultDraft {
            at_m,
            kind,
            connector,
            other,
            lasts_m,
            size,
        })
}

/// The built-in procedures under any parameters.
pub fn procedures() -> impl Strategy<Value = ProcedureDraft> {
    let queue = prop_oneof![1 => Just(0), 2 => any::<u8>()];
    let rota = prop_oneof![1 => Just(0), 2 => any::<u8>()];
    (
        any::<bool>(),
        any::<u16>(),
        0u16..6000,
        0u8..4,
        1u8..4,
        queue,
        rota,
    )
        .prop_map(
            |(newer, parameters, triage_m, operators, support, queue, rota)| ProcedureDraft {
                newer,
                parameters,
                triage_m,
                operators,
                support,
                queue,
                rota,
            },
        )
}

/// Whole scenarios.
pub fn scenarios() -> impl Strategy<Value = ScenarioDraft> {
    (fleets(), timelines(), procedures(), any::<u32>()).prop_map(
        |(fleet, timeline, procedure, seed)| ScenarioDraft {
            fleet,
            timeline,
            procedure,
            defects: Vec::new(),
            seed,
        },
    )
}

/// Some planted bugs, by place in [`DEFECTS`].
pub fn defects() -> impl Strategy<Value = Vec<usize>> {
    let places: Vec<usize> = (0..DEFECTS.len()).collect();
    subsequence(places, 1..4)
}

/// Whole scenarios with planted bugs in them: the world's rules may break, and the
/// program may not.
pub fn defective_scenarios() -> impl Strategy<Value = ScenarioDraft> {
    (scenarios(), defects()).prop_map(|(draft, defects)| ScenarioDraft { defects, ..draft })
}
