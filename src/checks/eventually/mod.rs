//! Checks that have to hold by a deadline, or by the end of the run.

mod late;
mod orphans;
mod restored;
mod retired;
mod settled;

pub(super) use late::LateOrgsCovered;
pub(super) use orphans::NoOrphanedOrgs;
pub(super) use restored::{
    AlertsRestored, AlertsRestoredInTime, AnnotationsRestored, ConfigurationRestored,
    GraphRestored, RecommendationsRestored,
};
pub(super) use retired::OldConnectorRetired;
pub(super) use settled::Settled;

use super::jury::{Jury, Miss};
use super::{Case, Check, CheckId, Judgement, Verdict, Who};
use crate::model::fact::{FactKind, FactKinds};
