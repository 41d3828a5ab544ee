//! Over the whole run: nothing is lost but what the seed says is lost.

use super::Check;
use super::case::Case;
use super::catalogue::CheckId;
use super::verdict::{Few, Judgement, Verdict, Who};
use crate::measures::Line;
use crate::model::fact::{FactKind, FactKinds};
use crate::model::ids::OrgIx;
use std::borrow::Cow;

/// F-13, F-14: `lost-undocumented` stays empty. It reads the ledger, no fact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct OnlyDocumentedLosses;

impl Check for OnlyDocumentedLosses {
    const ID: CheckId = CheckId::OnlyDocumentedLosses;
    const LISTENS: FactKinds = FactKinds::of(&[]);

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let doc = Self::ID.doc();
        let records = case.measures.ledger.total(Line::LostUndocumented);
        let mut judgement = Judgement {
            check: Self::ID,
            verdict: Verdict::Held,
            at: None,
            subjects: case.measures.orgs,
            who: Vec::new(),
            margin_ms: None,
            message: Cow::Borrowed(doc.statement),
            led_by: None,
        };
        if !case.watch.any_hit() {
            (judgement.verdict, judgement.subjects) = (Verdict::Vacuous, 0);
            judgement.message = Cow::Borrowed(doc.vacuous);
        } else if records > 0 {
            let (orgs, few) = losers(case);
            // What destroys records is a deletion.
            let deletions = case.scene.world.connectors.len();
            let first = (0..deletions)
                .filter_map(|at| case.watch.deleted_at(at.into()))
                .min();
            judgement.verdict = Verdict::Violated;
            judgement.at = first;
            judgement.led_by = first.map(|at| (FactKind::ConnectorDeleted, at));
            judgement.subjects = orgs;
            judgement.message = Cow::Owned(format!(
                "{} {}, {records} in all{}.",
                few.first(&case.scene),
                doc.breach,
                few.others(&case.scene, orgs)
            ));
            judgement.who = few.list();
        }
        judgement
    }
}

/// The orgs that lost something; read one by one only once there is a loss.
fn losers(case: &Case<'_>) -> (u64, Few) {
    let (mut count, mut few) = (0, Few::NONE);
    for org in (0..case.scene.world.orgs.len()).map(OrgIx::from) {
        let lost = case
            .watch
            .explain(&case.scene, org)
            .map_or(0, |it| it.total(Line::LostUndocumented));
        if lost > 0 {
            count += 1;
            few.add(Who::Org(org));
        }
    }
    (count, few)
}
