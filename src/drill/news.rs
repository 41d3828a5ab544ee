//! What is new: a command becomes facts, they count, and what follows from them
//! follows, until nothing more does.

use super::run::Run;
use super::state::make_room;
use crate::model::command::{Actor, Command};
use crate::model::decide::decide;
use crate::model::evolve::evolve;
use crate::model::fact::{Fact, FactKind, Reason, What};

impl Run<'_> {
    /// Submits a command and lets its facts count; why it was refused, if it was.
    ///
    /// Inlined, because who calls it knows which command it is, and little is left
    /// of deciding then.
    #[inline(always)]
    pub(super) fn order(&mut self, by: Actor, command: &Command) -> Option<Reason> {
        let from = self.news.len();
        let now = self.state.now;
        decide(
            &self.setting,
            &self.state.world,
            now,
            by,
            command,
            &mut self.news,
        );
        self.count_news(from)
    }

    /// Lets the facts of one command count, once all of them are decided.
    #[inline(never)]
    fn count_news(&mut self, from: usize) -> Option<Reason> {
        let mut news = std::mem::take(&mut self.news);
        let mut refused = None;
        let mut matters = self.heard < from;
        for fact in &news[from..] {
            matters |= self.count(fact);
            if let What::Refused { reason, .. } = fact.what {
                refused = Some(reason);
            }
        }
        if !matters {
            news.truncate(from);
        }
        self.news = news;
        refused
    }

    /// A fact that only tells what people did or met: steps finished or refused,
    /// slips, who is there. It counts, changes nothing in the world, and nobody
    /// needs to react.
    #[inline]
    pub(super) fn note(&mut self, by: Actor, what: What) {
        debug_assert!(
            matches!(
                what,
                What::StepFinished { .. }
                    | What::StepRefused { .. }
                    | What::Slipped { .. }
                    | What::StaffChanged { .. }
                    | What::SupportSurge { .. }
                    | What::OthersWrite { .. }
                    | What::ShiftEnded { .. }
                    | What::ScmBudget { .. }
                    | What::TicketQueued { .. }
            ),
            "what changes the world is decided, not noted: {what:?}"
        );
        let at = self.state.now;
        self.count(&Fact { at, by, what });
    }

    /// A finished step: what there is most of.
    #[inline]
    pub(super) fn note_finished(&mut self, by: Actor, what: What) {
        let at = self.state.now;
        self.count_as::<{ FactKind::StepFinished as u8 }>(&Fact { at, by, what });
    }

    /// Lets a fact count: in the world, then with those who read it. What a run has
    /// many of is asked once for its kind, and each kind has a copy of all that
    /// reads it in which nobody asks again. Whether anybody reacts to it.
    #[inline]
    fn count(&mut self, fact: &Fact) -> bool {
        macro_rules! by_kind {
            ($($kind:ident)*) => {
                match fact.what {
                    $(What::$kind { .. } => {
                        self.count_as::<{ FactKind::$kind as u8 }>(fact);
                        const { Self::REACTS_TO.has(FactKind::$kind) }
                    })*
                    _ => self.count_rare(fact),
                }
            };
        }
        by_kind! {
            StepFinished OrgReleased OrgClaimed EntitiesAppeared AnnotationsRecreated
            RecordsRecreated Promoted
        }
    }

    fn count_rare(&mut self, fact: &Fact) -> bool {
        self.apply(fact);
        // New connectors and tickets have their workers before anybody reacts.
        match fact.what {
            What::ConnectorCreated { .. } => {
                let connectors = self.state.world.connectors.len();
                make_room(&mut self.state.plants, connectors);
            }
            What::TicketOpened { .. } => {
                make_room(&mut self.state.desks, self.state.world.tickets.len());
            }
            _ => {}
        }
        Self::REACTS_TO.has(fact.what.kind())
    }

    fn count_as<const KIND: u8>(&mut self, fact: &Fact) {
        if fact.what.kind() as u8 == KIND {
            self.apply(fact);
        }
    }

    #[inline(always)]
    fn apply(&mut self, fact: &Fact) {
        evolve(&self.setting, &mut self.state.world, fact);
        self.sight
            .observe(self.plan, &self.setting, &self.state.world, fact);
    }

    /// Reacts to what happened, and to what follows from it, until nothing more
    /// follows at this instant.
    #[inline]
    pub(super) fn drain(&mut self) {
        if !self.news.is_empty() {
            self.react_to_news();
        }
    }

    fn react_to_news(&mut self) {
        loop {
            while let Some(&fact) = self.news.get(self.heard) {
                self.heard += 1;
                if Self::REACTS_TO.has(fact.what.kind()) {
                    self.react(&fact);
                }
            }
            self.news.clear();
            self.heard = 0;
            if self.state.adrift.is_empty() {
                return;
            }
            self.pick_up_adrift();
        }
    }
}
