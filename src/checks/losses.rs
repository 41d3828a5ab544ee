//! Over the whole run: nothing is lost but what the seed says is lost.

use super::Check;
use super::case::{Case, Detail};
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
            missed: Vec::new(),
            margin_ms: None,
            message: Cow::Borrowed(doc.statement),
            led_by: None,
        };
        if !case.watch.any_hit() {
            (judgement.verdict, judgement.subjects) = (Verdict::Vacuous, 0);
            judgement.message = Cow::Borrowed(doc.vacuous);
        } else if records > 0 {
            let orgs = losers(case);
            let mut few = Few::NONE;
            orgs.iter().for_each(|&org| few.add(Who::Org(org)));
            // What destroys records is a deletion.
            let deletions = case.scene.world.connectors.len();
            let first = (0..deletions)
                .filter_map(|at| case.watch.deleted_at(at.into()))
                .min();
            judgement.verdict = Verdict::Violated;
            judgement.at = first;
            judgement.led_by = first.map(|at| (FactKind::ConnectorDeleted, at));
            let count = orgs.len() as u64;
            judgement.subjects = count;
            judgement.message = match case.detail {
                Detail::Numbers => Cow::Borrowed(""),
                _ => Cow::Owned(format!(
                    "{} {}, {records} in all{}.",
                    few.first(&case.scene),
                    doc.breach,
                    few.others(&case.scene, count)
                )),
            };
            judgement.who = few.list(case);
            if case.detail == Detail::Everybody {
                let missed = orgs.into_iter().map(|it| (Verdict::Violated, Who::Org(it)));
                judgement.missed = missed.collect();
            }
        }
        judgement
    }
}

/// The orgs that lost something; read one by one only once there is a loss.
fn losers(case: &Case<'_>) -> Vec<OrgIx> {
    let lost = |&org: &OrgIx| {
        let booked = case.watch.explain(&case.scene, org);
        booked.is_some_and(|it| it.total(Line::LostUndocumented) > 0)
    };
    let orgs = 0..case.scene.world.orgs.len();
    orgs.map(OrgIx::from).filter(lost).collect()
}
