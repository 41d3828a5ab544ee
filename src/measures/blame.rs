//! Who is to blame when alerts grow too old on the way: the slowest step before the
//! instant from which the platform counts (U-3).

use super::{Scene, Watch};
use crate::model::fact::Subject;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StepIx};
use crate::model::rules::{Anchor, Rule};
use crate::procedure::{Graph, Issue};
use crate::time::Instant;

/// Sets of steps, looked up once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Masks {
    /// Steps that recreate records.
    recreate: u32,
    /// Steps that may have made the alert window move past an alert.
    blamable: u32,
}

impl Masks {
    /// A step can only have cost alerts if it lies on the way to the anchor: what
    /// the anchor's own step needs, however far back, and that step (U-3).
    pub(super) fn of(graph: &Graph, anchor: Anchor) -> Self {
        let doing = |wanted: &dyn Fn(Issue) -> bool| -> u32 {
            graph
                .steps
                .iter()
                .enumerate()
                .filter(|it| wanted(it.1.issue))
                .map(|it| 1u32 << it.0)
                .sum()
        };
        let recreate = doing(&|it| it == Issue::RecreateRecords);
        let reached = match anchor {
            Anchor::OutageStart => 0,
            Anchor::ConnectorCreated => {
                doing(&|it| matches!(it, Issue::CreateConnector | Issue::AdoptConnector))
            }
            Anchor::TicketOpened => doing(&|it| it == Issue::OpenTicket),
            Anchor::OrgReleased => doing(&|it| it == Issue::ReleaseOwnership),
            Anchor::Recreation => recreate,
        };
        let mut blamable = reached;
        loop {
            let needs = crate::procedure::bits(blamable).fold(blamable, |all, step| {
                let it = graph.step(step);
                all | it.needs_connector | it.needs_ticket | it.needs_org
            });
            if needs == blamable {
                break;
            }
            blamable = needs;
        }
        Self {
            recreate,
            blamable: blamable & !recreate,
        }
    }
}

impl Watch {
    #[inline]
    pub(super) fn step_finished(
        &mut self,
        scene: &Scene<'_>,
        at: Instant,
        recovery: RecoveryIx,
        step: StepIx,
        subject: Subject,
        ready: Instant,
    ) {
        let took_ms = at.since(ready).as_millis();
        let blamable = self.masks.blamable & step.bit() != 0;
        let Subject::Org(org) = subject else {
            let row = &mut self.recoveries[recovery.ix()];
            if blamable && took_ms > row.slowest_ms {
                (row.slowest_ms, row.slowest) = (took_ms, step);
            }
            return;
        };
        if blamable {
            let row = &mut self.rows[org.ix()];
            if took_ms > row.slowest_ms {
                (row.slowest_ms, row.slowest) = (took_ms, step);
            }
        } else if self.masks.recreate & step.bit() != 0 {
            self.recreation_finished(scene, org, recovery);
        }
    }

    /// The recreation of an org is over: which alerts it had to bring is known now.
    fn recreation_finished(&mut self, scene: &Scene<'_>, org: OrgIx, recovery: RecoveryIx) {
        let (world, setting) = (scene.world, scene.setting);
        let state = world.org(org);
        // A step that was skipped finishes too, and recreates nothing.
        if state.home == ConnectorIx::NONE || state.home != world.recovery(recovery).target {
            return;
        }
        let row = &mut self.rows[org.ix()];
        if !row.is_hit() {
            return;
        }
        let inside = |anchor: Instant| {
            setting
                .fleet
                .alerts_inside(org, anchor, &setting.parameters.window)
        };
        let inside = match setting.parameters.anchor {
            Anchor::OutageStart => row.in_window,
            Anchor::ConnectorCreated => inside(world.connector(state.home).taken_at),
            Anchor::TicketOpened => state
                .ticket
                .get()
                .map_or(row.in_window, |it| inside(world.ticket(it).opened_at)),
            Anchor::OrgReleased => inside(state.released_at),
            Anchor::Recreation
                if world.records_to_read(setting.fleet, org, RecordKind::Alert) < row.in_window =>
            {
                // It stopped where there was nothing more to read, not at the edge.
                row.in_window
            }
            Anchor::Recreation => {
                let brought = state.recreated[RecordKind::Alert.ix()];
                let left_out = !setting.rules.hold(Rule::CutAtWindow) && brought > 0;
                brought + u32::from(left_out)
            }
        };
        row.cut = inside.min(row.in_window);
        let rest = self.recoveries[recovery.ix()];
        row.blamed = if rest.slowest_ms >= row.slowest_ms {
            rest.slowest
        } else {
            row.slowest
        };
    }
}
