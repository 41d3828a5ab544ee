//! Who exceeds a bound on what each org has of its own. A bound on a loss is one of
//! the whole fleet, and laid to nobody.

use super::outcome::Exceeds;
use crate::checks::{Case, Verdict};
use crate::measures::{Clock, ClockKind};
use crate::model::ids::OrgIx;
use crate::scenario::expect::{Bound, Limit, Measure};
use crate::time::Duration;

/// Names every org that exceeds a bound, or may yet.
pub(super) fn exceeds(case: &Case<'_>, bounds: &[Bound], into: &mut Vec<Exceeds>) {
    for bound in bounds {
        let Limit::Time(most) = bound.most else {
            continue;
        };
        let orgs = (0..case.scene.world.orgs.len()).map(OrgIx::from);
        into.extend(orgs.filter_map(|org| {
            let measure = bound.measure;
            let verdict = match clock_of(measure) {
                Some(kind) => clock(case, org, kind, most),
                None => blind(case, org, most),
            }?;
            Some(Exceeds {
                org,
                measure,
                verdict,
            })
        }));
    }
}

fn clock(case: &Case<'_>, org: OrgIx, kind: ClockKind, most: Duration) -> Option<Verdict> {
    let clock = case.watch.clocks_of(&case.scene, org)?.get(kind);
    let hit_at = case.watch.hit_at(&case.scene, org)?;
    match clock {
        Clock::Idle => None,
        Clock::Stopped(after) => (after > most).then_some(Verdict::Violated),
        Clock::Running if case.end < hit_at + most => Some(Verdict::Inconclusive),
        Clock::Running => Some(Verdict::Violated),
    }
}

fn blind(case: &Case<'_>, org: OrgIx, most: Duration) -> Option<Verdict> {
    if case.watch.blind(org, case.end) > most {
        return Some(Verdict::Violated);
    }
    // It is orphaned still, and goes on being so.
    let open = case.watch.open_loss(org).is_some() && case.scene.world.org(org).exists;
    open.then_some(Verdict::Inconclusive)
}

const fn clock_of(measure: Measure) -> Option<ClockKind> {
    match measure {
        Measure::OwnershipClock => Some(ClockKind::Ownership),
        Measure::ProtectionClock => Some(ClockKind::Protection),
        Measure::ConfigurationClock => Some(ClockKind::Configuration),
        Measure::FullClock => Some(ClockKind::Full),
        _ => None,
    }
}
