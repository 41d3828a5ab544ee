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

mod drafts;

use crate::scenario::defects::DEFECTS;
pub use drafts::{
    ConnectorDraft, FaultDraft, FleetDraft, KINDS, ProcedureDraft, REGIONS, SCMS, ScenarioDraft,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

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
