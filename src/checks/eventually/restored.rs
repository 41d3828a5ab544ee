//! What an org had before the outage, it has again (F-5, F-10, F-13, F-14).
//!
//! A check with a deadline looks at how things stand at that instant, or at the end
//! of the run if that comes first: what was won back too late fails, and so does
//! what was won back early and is lost again by then; what is lost again after the
//! deadline is another outage's business.

use super::*;
use crate::measures::{Condition, Line, Spell};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Instant;

macro_rules! restored {
    ($($(#[$doc:meta])* $name:ident: $condition:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        pub(in crate::checks) struct $name;

        impl Check for $name {
            const ID: CheckId = CheckId::$name;
            const LISTENS: FactKinds = FactKinds::of(&[]);

            fn judge(&self, case: &Case<'_>) -> Judgement {
                by_deadline(case, Self::ID, Condition::$condition)
            }
        }
    )*};
}

restored! {
    /// F-13: within one week of the outage's start.
    AlertsRestoredInTime: Alerts;
    /// F-13.
    RecommendationsRestored: Recommendations;
    /// F-13.
    GraphRestored: Graph;
    /// F-10.
    AnnotationsRestored: Annotations;
    /// F-5.
    ConfigurationRestored: Settings;
}

fn by_deadline(case: &Case<'_>, check: CheckId, condition: Condition) -> Judgement {
    let mut jury = Jury::new(check);
    let mut past = Past::default();
    for (at, row) in case.measures.connectors().iter().enumerate() {
        let progress = row.progress(condition);
        let Some(hit_at) = row.hit_at.filter(|_| progress.tested + progress.gone > 0) else {
            continue;
        };
        let deadline = case.limits.deadline(check, hit_at);
        match progress.latest {
            // The usual end: all of them in time, and no org need be looked at.
            Some(latest) if progress.unmet == 0 && progress.gone == 0 && latest <= deadline => {
                jury.hold(progress.tested, latest, deadline);
            }
            _ => {
                let due = Due {
                    connector: ConnectorIx::from(at),
                    condition,
                    hit_at,
                    deadline,
                };
                due.org_by_org(case, &mut jury, &mut past);
            }
        }
    }
    jury.judge(case)
}

/// What the orgs of one connector have to have back, and by when.
struct Due {
    connector: ConnectorIx,
    condition: Condition,
    hit_at: Instant,
    deadline: Instant,
}

impl Due {
    fn org_by_org(&self, case: &Case<'_>, jury: &mut Jury, past: &mut Past) {
        let looked_at = self.deadline.min(case.end);
        let no_way = case.excuses_connector(self.connector, self.hit_at, self.deadline);
        for org in case.scene.setting.fleet.connectors()[self.connector.ix()]
            .owns
            .iter()
            .map(OrgIx)
        {
            if !case.watch.was_broken(org, self.condition) {
                continue;
            }
            let since = case.watch.since(org, self.condition);
            let stood = since.filter(|&it| it <= looked_at);
            if let Some(met_at) =
                stood.or_else(|| past.standing(case, org, self.condition, looked_at))
            {
                jury.hold(1, met_at, self.deadline);
                continue;
            }
            let gone = case
                .watch
                .org_deleted_at(org)
                .is_some_and(|at| at <= self.deadline);
            let verdict = Jury::verdict(gone || no_way, self.deadline, case.end);
            jury.miss(Miss {
                verdict,
                who: Who::Org(org),
                since: (FactKind::ConnectorDown, self.hit_at),
                deadline: self.deadline,
                met_at: since,
            });
        }
    }
}

/// What was won back and lost again, in the order of the orgs; sorted when it is
/// first asked.
#[derive(Default)]
struct Past(Option<Vec<Spell>>);

impl Past {
    /// Since when a condition was true at an instant, though it is not any more.
    fn standing(
        &mut self,
        case: &Case<'_>,
        org: OrgIx,
        condition: Condition,
        at: Instant,
    ) -> Option<Instant> {
        let sorted = self.0.get_or_insert_with(|| {
            let mut spells = case.watch.past().to_vec();
            spells.sort_by_key(|it| (it.org, it.condition, it.since));
            spells
        });
        let from = sorted.partition_point(|it| (it.org, it.condition) < (org, condition));
        let own = sorted[from..]
            .iter()
            .take_while(|it| (it.org, it.condition) == (org, condition));
        own.filter(|it| it.since <= at && at < it.until)
            .map(|it| it.since)
            .next()
    }
}

/// F-13, F-14. Due by the end of the run, so it has no deadline and no margin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct AlertsRestored;

impl Check for AlertsRestored {
    const ID: CheckId = CheckId::AlertsRestored;
    const LISTENS: FactKinds = FactKinds::of(&[]);

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut jury = Jury::new(Self::ID);
        for (at, row) in case.measures.connectors().iter().enumerate() {
            let progress = row.progress(Condition::Alerts);
            let Some(hit_at) = row.hit_at else { continue };
            if progress.unmet == 0 && progress.gone == 0 {
                jury.hold_at_end(progress.tested);
            } else {
                by_the_end(case, &mut jury, ConnectorIx::from(at), hit_at);
            }
        }
        jury.judge(case)
    }
}

fn by_the_end(case: &Case<'_>, jury: &mut Jury, connector: ConnectorIx, hit_at: Instant) {
    let no_way = case.excuses_connector(connector, hit_at, case.end);
    // What is still on its way is not lost while its week lasts.
    let in_time = case.limits.deadline(CheckId::AlertsRestoredInTime, hit_at);
    for org in case.scene.setting.fleet.connectors()[connector.ix()]
        .owns
        .iter()
        .map(OrgIx)
    {
        if !case.watch.was_broken(org, Condition::Alerts) {
            continue;
        }
        if case.watch.since(org, Condition::Alerts).is_some() {
            jury.hold_at_end(1);
            continue;
        }
        let alerts = |line| {
            case.watch
                .explain(&case.scene, org)
                .map_or(0, |it| it.get(line, RecordKind::Alert))
        };
        let lost = alerts(Line::LostToDelay) + alerts(Line::LostUndocumented) > 0;
        let verdict = if case.watch.org_deleted_at(org).is_some() || no_way {
            Verdict::Excused
        } else if !lost && case.end < in_time {
            Verdict::Inconclusive
        } else {
            Verdict::Violated
        };
        let since = (FactKind::ConnectorDown, hit_at);
        let deadline = if verdict == Verdict::Inconclusive {
            in_time
        } else {
            case.end
        };
        jury.miss(Miss {
            verdict,
            who: Who::Org(org),
            since,
            deadline,
            met_at: None,
        });
    }
}
