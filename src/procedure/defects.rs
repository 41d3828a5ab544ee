//! Procedures that are wrong: named changes of a written procedure, made before it
//! is compiled. Each touches only steps that are there.

use super::graph::{Issue, Need, Procedure, Step, Target};
use crate::model::catalogue::{Availability, Catalogue, Region};
use crate::model::command::TicketScope;
use crate::model::ids::{RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::Parameters;

/// What a procedure that is wrong is made from.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The procedure as it is written.
    pub procedure: &'a mut Procedure,
    /// The parameters that say how recoveries go together.
    pub parameters: &'a mut Parameters,
    /// The orgs of the fleet at T+0.
    pub orgs: &'a RangeSet,
    /// The regions that there are.
    pub catalogue: &'static Catalogue,
}

macro_rules! rewrites {
    ($($(#[$doc:meta])* $name:ident $slug:literal: $says:literal => $how:expr;)*) => {
        /// A way to get a procedure wrong.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Rewrite { $($(#[$doc])* $name,)* }

        impl Rewrite {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name of the defect.
            #[must_use]
            pub const fn defect(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// What is wrong, in one sentence.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)* }
            }

            /// Makes the procedure wrong.
            pub fn apply(self, draft: &mut Draft<'_>) {
                let how: fn(&mut Draft<'_>) = match self { $(Self::$name => $how,)* };
                how(draft);
            }
        }
    };
}

rewrites! {
    /// The step of F-10 is missing.
    SkipAnnotations "skips-the-annotations": "The procedure has no step that recreates annotations."
        => |it| it.procedure.remove(Issue::RecreateAnnotations);
    /// D-7 is missing.
    SkipAuthorization "skips-the-authorisation": "The procedure has no step that authorises the new connector."
        => |it| it.procedure.remove(Issue::Authorize);
    /// The wait for F-10's entities is missing.
    SkipDiscovery "skips-the-discovery": "The procedure does not wait for entities to appear at the new connector."
        => |it| it.procedure.remove(Issue::Discover);
    /// F-13 is missing.
    SkipRecreation "skips-the-recreation": "The procedure does not wait for records to be recreated, and nobody recreates them."
        => |it| it.procedure.remove(Issue::RecreateRecords);
    /// The first half of F-12 is missing.
    SkipPromotion "skips-the-promotion": "The procedure does not make the new connector primary."
        => |it| it.procedure.remove(Issue::Promote);
    /// The second half of F-12 is missing.
    SkipDeletion "skips-the-deletion": "The procedure does not delete the old connector."
        => |it| it.procedure.remove(Issue::DeleteConnector);
    /// F-10 the other way round.
    AnnotateEarly "annotates-before-discovery": "Annotations are recreated as soon as an org is released."
        => |it| it.procedure.wait_for(Issue::RecreateAnnotations, &[Issue::ReleaseOwnership]);
    /// F-12 before its time.
    DeleteInOutage "deletes-before-recovery": "The old connector is deleted as soon as the ticket is opened."
        => |it| it.procedure.wait_for(Issue::DeleteConnector, &[Issue::OpenTicket]);
    /// F-12 to half the letter.
    DeleteOnRecovery "deletes-when-the-region-is-back": "The old connector is deleted as soon as its region is back, whatever is unfinished."
        => |it| it.procedure.set_needs(Issue::DeleteConnector, vec![Need::RegionRecovered]);
    /// F-12 the other way round.
    DeleteBeforePromotion "deletes-before-promotion": "The old connector is deleted, and then the new one is promoted."
        => |it| it.procedure.move_behind(Issue::Promote, Issue::DeleteConnector);
    /// L-2 too early.
    PromoteEarly "promotes-before-recreation": "The new connector is promoted once it is authorised, and the old one deleted once its region is back."
        => promote_early;
    /// F-9 too early.
    TicketBeforeAuthorization "opens-the-ticket-before-authorising": "The ticket is opened while the new connector is not authorised yet."
        => |it| it.procedure.wait_for(Issue::OpenTicket, &[Issue::CreateConnector, Issue::AdoptConnector]);
    /// F-8 too late.
    CopyAfterTicket "copies-the-id-after-the-ticket": "The Resource ID is looked up once the ticket is opened."
        => |it| it.procedure.move_behind(Issue::CopyResourceId, Issue::OpenTicket);
    /// F-9 from a list that is out of date.
    ListBeforehand "lists-the-orgs-beforehand": "The ticket names the orgs that there were at T+0."
        => list_beforehand;
    /// A refusal leads nowhere.
    NeverGoBack "never-goes-back": "No refused step leads back to an earlier one."
        => |it| it.procedure.steps.iter_mut().for_each(|step| step.on_refused = None);
    /// A refusal ends it.
    GiveUp "gives-up-after-one-refusal": "Nobody tries a refused step again."
        => |it| it.procedure.steps.iter_mut().for_each(|step| step.retries = 0);
    /// F-3, one at a time.
    Serial "recovers-one-after-another": "Each recovery waits for the one before it."
        => |it| it.parameters.serial_recoveries = true;
    /// F-6 too late.
    WaitForRegion "decides-when-the-region-is-back": "Nothing is done until the lost region is back."
        => |it| it.procedure.add_need(Issue::Nothing, Need::RegionRecovered);
    /// F-5 forgotten.
    AuthorizeLost "authorises-the-lost-connector": "The lost connector is authorised again, and no new one is created."
        => |it| [Issue::CreateConnector, Issue::AdoptConnector].into_iter().for_each(|issue| it.procedure.remove(issue));
    /// F-2 forgotten.
    TargetAnnounced "targets-an-announced-region": "The new connector is to be in a region that is only announced."
        => |it| first_target(it, announced(it.catalogue));
    /// D-14 forgotten: the region that is far from all others.
    TargetFar "targets-the-far-end": "The new connector is to be in Australia East, wherever the old one was."
        => |it| first_target(it, it.catalogue.find("australiaeast"));
    /// D-14 forgotten.
    LeaveGeography "leaves-the-geography": "Where the target is to stay in the geography, any region does."
        => leave_geography;
}

impl Procedure {
    fn step_mut(&mut self, issue: Issue) -> Option<&mut Step> {
        let step = self.doing(issue)?;
        Some(&mut self.steps[step.ix()])
    }

    fn remove(&mut self, issue: Issue) {
        if let Some(step) = self.step_mut(issue) {
            step.removed = true;
        }
    }

    fn set_needs(&mut self, issue: Issue, needs: Vec<Need>) {
        if let Some(step) = self.step_mut(issue) {
            step.needs = needs;
        }
    }

    fn add_need(&mut self, issue: Issue, need: Need) {
        if let Some(step) = self.step_mut(issue) {
            step.needs.push(need);
        }
    }

    /// A step waits for these only, if any of them is there.
    fn wait_for(&mut self, issue: Issue, others: &[Issue]) {
        let needs: Vec<Need> = others
            .iter()
            .filter_map(|&it| self.doing(it).map(Need::Step))
            .collect();
        if !needs.is_empty() {
            self.set_needs(issue, needs);
        }
    }

    /// A step is done right behind another: that one, and whatever waited for the
    /// step, waits for what the step waited for.
    fn move_behind(&mut self, issue: Issue, other: Issue) {
        let (Some(moved), Some(other)) = (self.doing(issue), self.doing(other)) else {
            return;
        };
        let before = std::mem::replace(&mut self.steps[moved.ix()].needs, vec![Need::Step(other)]);
        for step in &mut self.steps {
            bridge(&mut step.needs, moved, &before);
        }
    }
}

/// Replaces a need for a step by what that step itself needs.
fn bridge(needs: &mut Vec<Need>, gone: StepIx, instead: &[Need]) {
    if let Some(at) = needs.iter().position(|it| *it == Need::Step(gone)) {
        needs.remove(at);
        let more: Vec<Need> = instead
            .iter()
            .copied()
            .filter(|it| !needs.contains(it))
            .collect();
        needs.extend(more);
    }
}

fn promote_early(draft: &mut Draft<'_>) {
    let procedure = &mut *draft.procedure;
    let establishing = [Issue::Authorize, Issue::AdoptConnector];
    procedure.wait_for(Issue::Promote, &establishing);
    procedure.wait_for(Issue::DeleteConnector, &[Issue::Promote]);
    procedure.add_need(Issue::DeleteConnector, Need::RegionRecovered);
}

fn list_beforehand(draft: &mut Draft<'_>) {
    let orgs = draft.orgs.clone();
    for step in &mut draft.procedure.steps {
        if step.issue == Issue::OpenTicket && step.scope == TicketScope::All {
            step.scope = TicketScope::Only(orgs.clone());
        }
    }
}

fn announced(catalogue: &'static Catalogue) -> Option<RegionIx> {
    let soon = |it: &Region| it.availability == Availability::ComingSoon;
    catalogue.regions.iter().position(soon).map(RegionIx::from)
}

fn first_target(draft: &mut Draft<'_>, region: Option<RegionIx>) {
    if let Some(region) = region {
        draft.procedure.target.insert(0, Target::Region(region));
    }
}

fn leave_geography(draft: &mut Draft<'_>) {
    for target in &mut draft.procedure.target {
        if *target == Target::StayInGeography {
            *target = Target::Automatic;
        }
    }
}
