//! Checks that have to hold at every fact.

mod annotations;
mod bystanders;
mod creation;
mod ownership;
mod primary;
mod records;
mod release;
mod safe_delete;

pub(super) use annotations::AnnotationsAfterEntities;
pub(super) use bystanders::BystandersUntouched;
pub(super) use creation::{StaysInGeography, SupportedRegionOnly};
pub(super) use ownership::{AuthorizedOwner, IntendedOwner, SingleOwner};
pub(super) use primary::OnePrimary;
pub(super) use records::{NoDuplicateRecord, NoPhantomRecord};
pub(super) use release::ReleaseNeedsTicket;
pub(super) use safe_delete::SafeDelete;

use super::tally::Tally;
use super::{Case, Check, CheckId, Judgement, Who};
use crate::measures::{Scene, Watch};
use crate::model::fact::{Fact, FactKind, FactKinds, What};
