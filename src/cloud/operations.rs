//! Operations that are answered with a promise: begun now, done when they are due.

use super::{Cloud, Refusal};
use crate::drill::Settings;
use crate::model::fact::Reason;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Instant;

/// An operation, by its place in the order of beginning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OperationIx(pub u32);

/// How far an operation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// It is under way.
    InProgress,
    /// It is done.
    Succeeded,
    /// The platform refused it.
    Failed(Reason),
}

/// What an operation does when it is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Task {
    /// Settings, and consent where it was given (D-7, D-9).
    Configure {
        connector: ConnectorIx,
        settings: Settings,
        authorize: bool,
    },
    /// A connector's settings and tokens are taken away.
    Deconfigure { connector: ConnectorIx },
    /// An org's annotation configuration (F-10).
    Annotate { connector: ConnectorIx, org: OrgIx },
    /// Nothing more: what was asked for was done at once.
    Nothing,
}

/// An operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operation {
    /// On which connector; nobody for a ticket.
    pub connector: ConnectorIx,
    /// When it was asked for.
    pub began: Instant,
    /// When it is done.
    pub due: Instant,
    /// How far it is.
    pub progress: Progress,
    task: Task,
}

/// All operations of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Operations {
    all: Vec<Operation>,
    /// Those under way: when they are due, and which.
    open: std::collections::BTreeSet<(Instant, OperationIx)>,
}

impl Operations {
    /// When the next is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.open.first().map(|it| it.0)
    }
}

impl Cloud<'_> {
    /// An operation.
    ///
    /// # Errors
    /// `NotFound`, if there is none of that number.
    pub fn operation(&self, operation: OperationIx) -> Result<&Operation, Refusal> {
        let found = self.operations.all.get(operation.0 as usize);
        found.ok_or_else(|| Refusal::NotFound(format!("operation {}", operation.0)))
    }

    /// Begins an operation.
    pub(super) fn begin(&mut self, connector: ConnectorIx, task: Task) -> OperationIx {
        let began = self.now();
        let world = self.run.world();
        let pace = connector.get().map(|it| {
            let region = world.connector(it).region;
            world.regions[region.ix()].slow.factor()
        });
        let takes = self.options.operation_time;
        let takes = pace.map_or(takes, |pace| pace.stretch(takes));
        let due = began.saturating_add(takes);
        let operation = OperationIx(self.operations.all.len() as u32);
        self.operations.all.push(Operation {
            connector,
            began,
            due,
            progress: Progress::InProgress,
            task,
        });
        self.operations.open.insert((due, operation));
        // One that takes no time is done before its promise is given.
        self.complete_due();
        operation
    }

    /// Whether an operation is under way on a connector.
    #[must_use]
    pub fn is_busy(&self, connector: ConnectorIx) -> bool {
        let mut open = self.operations.open.iter();
        open.any(|it| self.operations.all[it.1.0 as usize].connector == connector)
    }

    /// Does what the operations say that are due by now, in the order of beginning.
    pub(super) fn complete_due(&mut self) {
        let now = self.now();
        while let Some(&(due, operation)) = self.operations.open.first() {
            if due > now {
                return;
            }
            self.operations.open.pop_first();
            let it = &self.operations.all[operation.0 as usize];
            let (task, began) = (it.task.clone(), it.began);
            let done = self.carry_out(task, began);
            self.operations.all[operation.0 as usize].progress = match done {
                Ok(()) => Progress::Succeeded,
                Err(reason) => Progress::Failed(reason),
            };
        }
    }

    fn carry_out(&mut self, task: Task, began: Instant) -> Result<(), Reason> {
        match task {
            Task::Configure {
                connector,
                settings,
                authorize,
            } => self
                .run
                .configure(connector, &settings, authorize, began)
                .and_then(|()| self.take_over_listed(connector, &settings, began)),
            Task::Deconfigure { connector } => self.run.withdraw(connector),
            Task::Annotate { connector, org } => self.run.annotate(org, connector, began),
            Task::Nothing => Ok(()),
        }
    }
}
