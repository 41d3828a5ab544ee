//! The fleet: made once, outside the timing, and the same for every peer.

use serde::{Deserialize, Serialize};

use crate::times::ALERT_WINDOW_S;

const PROJECTS: u32 = 10;
const RECOMMENDATIONS: u32 = 20;
const GRAPH_ENTITIES: u32 = 20;
const OLDEST_ALERT_S: u64 = 21 * 24 * 3_600;
const SEED: u64 = 48;

/// How large a fleet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Connectors, all in the region that is lost.
    pub connectors: usize,
    /// Orgs of each connector.
    pub orgs: usize,
    /// Alerts of each org.
    pub alerts: usize,
}

/// `fleet-s`.
pub const FLEET_S: Size = Size {
    connectors: 10,
    orgs: 10,
    alerts: 50,
};

/// An org as it stands at T+0, with annotations and owned by its connector.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Org {
    /// Projects to discover.
    pub projects: u32,
    /// The ages of its alerts at T+0 in whole seconds, youngest first.
    pub alert_ages_s: Vec<u32>,
    /// Recommendations to recreate.
    pub recommendations: u32,
    /// Graph entities to recreate.
    pub graph_entities: u32,
}

impl Org {
    /// How many alerts were inside the window when the outage began, at T+0.
    pub fn alerts_in_window(&self) -> u32 {
        self.alert_ages_s
            .partition_point(|&age| age <= ALERT_WINDOW_S) as u32
    }

    /// How many records there are to recreate of each kind, in the order of recreation.
    pub fn to_recreate(&self) -> [u32; 3] {
        [
            self.alerts_in_window(),
            self.recommendations,
            self.graph_entities,
        ]
    }
}

/// Connectors in id order, each with its orgs in id order.
#[derive(Clone, Debug)]
pub struct Fleet {
    /// Orgs by connector.
    pub connectors: Vec<Vec<Org>>,
}

impl Fleet {
    /// Draws a fleet. `simpy/drill.py` draws the same.
    pub fn drawn(size: Size) -> Self {
        let mut random = SplitMix64(SEED);
        let mut org = || {
            let mut alert_ages_s: Vec<u32> = (0..size.alerts)
                .map(|_| random.below(OLDEST_ALERT_S) as u32)
                .collect();
            alert_ages_s.sort_unstable();
            Org {
                projects: PROJECTS,
                alert_ages_s,
                recommendations: RECOMMENDATIONS,
                graph_entities: GRAPH_ENTITIES,
            }
        };
        let connectors = (0..size.connectors)
            .map(|_| (0..size.orgs).map(|_| org()).collect())
            .collect();
        Self { connectors }
    }

    /// All orgs, connector by connector.
    pub fn orgs(&self) -> impl Iterator<Item = &Org> {
        self.connectors.iter().flatten()
    }
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}
