//! The state that a Rust peer keeps of one connector's recovery, and how it must end.

use serde::{Deserialize, Serialize};

use crate::Summary;
use crate::fleet::{self, Fleet};

/// One of the two connectors of a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The one whose region was lost.
    Old,
    /// The one created in its place.
    New,
}

/// An org's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    /// Who owns it.
    pub owner: Option<Side>,
    /// Who is primary.
    pub primary: Side,
    /// Whether its entities have appeared.
    pub appeared: bool,
    /// Whether its annotations were recreated.
    pub annotated: bool,
    /// Records recreated of each kind.
    pub recreated: [u32; 3],
}

impl Org {
    /// As at T+0.
    pub fn healthy() -> Self {
        Self {
            owner: Some(Side::Old),
            primary: Side::Old,
            appeared: false,
            annotated: false,
            recreated: [0; 3],
        }
    }

    fn is_recovered(&self, of: &fleet::Org) -> bool {
        self.owner == Some(Side::New)
            && self.primary == Side::New
            && self.appeared
            && self.annotated
            && self.recreated == of.to_recreate()
    }
}

/// One connector's recovery.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recovery {
    /// Its orgs, in id order.
    pub orgs: Vec<Org>,
    /// Facts stated so far.
    pub facts: u64,
    /// When the last record was recreated.
    pub recreated_ms: u64,
    /// When the old connector was deleted.
    pub deleted_ms: Option<u64>,
}

impl Recovery {
    /// As at T+0.
    pub fn healthy(orgs: usize) -> Self {
        Self {
            orgs: vec![Org::healthy(); orgs],
            ..Self::default()
        }
    }
}

/// Sums recoveries up, in connector order, after asserting that each came to its end.
pub fn summary(fleet: &Fleet, recoveries: &[Recovery]) -> Summary {
    assert_eq!(recoveries.len(), fleet.connectors.len(), "a recovery each");
    let mut summary = Summary {
        facts: 0,
        finished_ms: 0,
        recreated_ms: 0,
    };
    for (recovery, orgs) in recoveries.iter().zip(&fleet.connectors) {
        let deleted = recovery.deleted_ms.expect("the old connector is deleted");
        assert_eq!(recovery.orgs.len(), orgs.len(), "every org is there");
        let mut pairs = recovery.orgs.iter().zip(orgs);
        assert!(
            pairs.all(|(org, of)| org.is_recovered(of)),
            "every org is recovered"
        );
        summary.facts += recovery.facts;
        summary.finished_ms = summary.finished_ms.max(deleted);
        summary.recreated_ms = summary.recreated_ms.max(recovery.recreated_ms);
    }
    summary
}
