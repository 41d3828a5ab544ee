//! Which delays are tried next.

use super::answer::{Answer, Break, Slack};
use super::run::{Told, run};
use super::{Party, Question};
use crate::drill::{Drill, Outcome, Rig};
use crate::explore::pieces::in_order;
use crate::model::ids::OrgIx;
use crate::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// How many delays are tried at a time: in between, somebody may stop it.
const BATCH: usize = 64;

/// How far a search is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tried {
    /// Runs so far.
    pub runs: u64,
    /// Orgs whose edge is not sharp yet.
    pub open: u64,
}

/// A search, with what its runs said: delays are counted in steps of the resolution.
pub(super) struct Search<'a> {
    question: &'a Question<'a>,
    orgs: Vec<OrgIx>,
    today: Vec<Option<Instant>>,
    longest: u64,
    told: BTreeMap<u64, Told>,
    /// What each thread works in.
    rigs: Vec<Rig<'a>>,
}

/// What is known of one org: two steps with no other tried between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Edge {
    Always(Break),
    Between(u64, u64, Break),
    Never,
}

impl<'a> Search<'a> {
    pub(super) fn new(question: &'a Question<'a>) -> Self {
        let plan = question.plan;
        let drill = Drill::new(plan);
        let outcome = drill.run();
        let world = &outcome.world;
        let hit = |org: &OrgIx| {
            let held_by = plan.fleet.org(*org).connector.get();
            held_by.is_some_and(|it| world.connector(it).first_outage.is_some())
        };
        let orgs: Vec<OrgIx> = (0..plan.fleet.orgs().len())
            .map(OrgIx::from)
            .filter(hit)
            .collect();
        let today = orgs
            .iter()
            .map(|&org| begins(question, &outcome, org))
            .collect();
        let run = outcome.end.since(Instant::ZERO).as_millis();
        Self {
            question,
            orgs,
            today,
            longest: run.div_ceil(question.resolution.as_millis()),
            told: BTreeMap::new(),
            rigs: (0..question.jobs.get().min(BATCH))
                .map(|_| Rig::new(plan))
                .collect(),
        }
    }

    pub(super) fn run(mut self) -> Option<Slack> {
        let procedure = &self.question.plan.procedure;
        let begins = procedure.doing(self.question.party.issue()).is_some();
        let mut sharp = true;
        if begins && !self.orgs.is_empty() {
            let looks = self.looks();
            let spread = (0..=looks).map(|it| self.longest * it / looks);
            let mut wanted: BTreeSet<u64> = spread.collect();
            while !wanted.is_empty() && sharp {
                let left = self.question.runs_max.saturating_sub(self.runs());
                sharp = wanted.len() as u64 <= left;
                let affordable: Vec<u64> = wanted.into_iter().take(left as usize).collect();
                for batch in affordable.chunks(BATCH) {
                    self.try_all(batch);
                    if !(self.question.progress)(&self.tried()) {
                        return None;
                    }
                }
                wanted = self.wanted();
            }
        }
        Some(self.slack(begins, sharp))
    }

    /// How many delays are tried to begin with: no two of them alike.
    fn looks(&self) -> u64 {
        self.question.looks.clamp(1, self.longest.max(1))
    }

    fn tried(&self) -> Tried {
        Tried {
            runs: self.runs(),
            open: self.open(),
        }
    }

    fn runs(&self) -> u64 {
        self.told.len() as u64
    }

    fn open(&self) -> u64 {
        let wide = |it: &Edge| matches!(it, Edge::Between(kept, broken, _) if broken - kept > 1);
        self.edges().filter(wide).count() as u64
    }

    /// The middle of every gap; where there is none any more, what lies beside every
    /// edge and was not tried.
    fn wanted(&self) -> BTreeSet<u64> {
        let (mut middles, mut beside) = (BTreeSet::new(), BTreeSet::new());
        for edge in self.edges() {
            if let Edge::Between(kept, broken, _) = edge {
                if broken - kept > 1 {
                    middles.insert(kept + (broken - kept) / 2);
                } else {
                    beside.extend(kept.checked_sub(1));
                    beside.insert((broken + 1).min(self.longest));
                }
            }
        }
        if !middles.is_empty() {
            return middles;
        }
        beside.retain(|it| !self.told.contains_key(it));
        beside
    }

    fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        (0..self.orgs.len() as u32).map(|org| self.edge(org))
    }

    /// The first delay that an org does not survive, and the one tried before it.
    fn edge(&self, org: u32) -> Edge {
        let mut kept = None;
        for (&step, told) in &self.told {
            match (told.of(org), kept) {
                (None, _) => kept = Some(step),
                (Some(by), None) => return Edge::Always(by),
                (Some(by), Some(kept)) => return Edge::Between(kept, step, by),
            }
        }
        Edge::Never
    }

    /// Tries some delays, on as many threads as there are to be.
    fn try_all(&mut self, batch: &[u64]) {
        let (question, orgs) = (self.question, &self.orgs);
        let told = in_order(&mut self.rigs, batch.len(), |rig, at| {
            let by = Duration::from_millis(batch[at] * question.resolution.as_millis());
            run(rig, question, orgs, by)
        });
        self.told.extend(batch.iter().copied().zip(told));
    }

    fn slack(self, begins: bool, sharp: bool) -> Slack {
        let question = self.question;
        let time = |step: u64| Duration::from_millis(step * question.resolution.as_millis());
        let again = |org: u32, from: u64| {
            let kept = self.told.range(from..).find(|it| it.1.of(org).is_none());
            kept.map(|it| time(*it.0))
        };
        let answer = |org: u32| match self.edge(org) {
            Edge::Always(by) => Answer::TooLate {
                by,
                again: again(org, 0),
            },
            Edge::Never => Answer::Never,
            Edge::Between(kept, broken, by) => Answer::Until {
                kept: time(kept),
                broken: time(broken),
                by,
                again: again(org, broken),
            },
        };
        let answers: Vec<(OrgIx, Answer)> = if begins {
            let all = (0..).zip(&self.orgs);
            all.map(|(place, &org)| (org, answer(place))).collect()
        } else {
            Vec::new()
        };
        Slack {
            party: question.party,
            begins,
            resolution: question.resolution,
            longest: time(self.longest),
            every: time(self.longest.div_ceil(self.looks())),
            runs: self.runs(),
            sharp,
            orgs: answers,
            spared: (question.plan.fleet.orgs().len() - self.orgs.len()) as u64,
            today: self.today,
        }
    }
}

/// When a party begins for an org as things are.
fn begins(question: &Question<'_>, outcome: &Outcome, org: OrgIx) -> Option<Instant> {
    let world = &outcome.world;
    match question.party {
        Party::Customer => {
            let held_by = question.plan.fleet.org(org).connector;
            world.connector(held_by).first_outage
        }
        Party::Support => {
            let covers = world.tickets.iter().filter(|it| it.covers.contains(org.0));
            covers.map(|it| it.opened_at).min()
        }
    }
}
