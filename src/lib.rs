//! Fire drills for the loss of a cloud region.
//!
//! Lifeboat simulates the cross-region disaster recovery of Microsoft Defender for
//! DevOps, as its vendor published it: connectors in Azure regions own Azure
//! DevOps, GitHub and GitLab orgs; when a region is lost, so is its connectors'
//! configuration, and the customer and Microsoft each have steps to do. A scenario
//! file names a fleet and an outage. A drill runs the recovery procedure against
//! them, deterministically, and says who is orphaned, for how long, what is lost,
//! and which promise breaks.
//!
//! The seed says why: the best remedy is a plan that is well defined and *tested*
//! (F-15).
//!
//! # One whole example
//! ```
//! use lifeboat::checks::{CheckId, Verdict};
//! use lifeboat::drill::Drill;
//! use lifeboat::scenario::Reader;
//!
//! let text = "
//! scenario: v1
//! title: West Europe is lost for a day
//! fleet:
//!   connectors:
//!     payments: { region: westeurope, scm: azure-devops, orgs: 12 }
//! timeline:
//!   - at: T+0
//!     fault: { region-outage: { region: westeurope, lasts: 26h } }
//! ";
//! let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
//! let outcome = Drill::new(&scenario.plan).run();
//!
//! // Twelve orgs had nobody to watch them …
//! assert_eq!(outcome.measures.orphaned_peak, 12);
//! // … every one has a working owner again within the week …
//! let orphans = outcome.judgements.iter().find(|it| it.check == CheckId::NoOrphanedOrgs);
//! assert_eq!(orphans.map(|it| it.verdict), Some(Verdict::Held));
//! // … and every record is accounted for.
//! assert!(outcome.balance.is_ok());
//! ```
//!
//! # How it is built
//! 1. *Commands in, facts out.* [`model::decide`] turns a command into facts,
//!    [`model::evolve`] applies a fact, and nothing else changes state. Checks,
//!    measures, traces and reports read the one stream of facts.
//! 2. *Chance comes through one door.* Whatever could have gone otherwise asks a
//!    [`chance::Chance`] source, by entity and purpose: adding one org leaves every
//!    other org's luck as it was.
//! 3. *Time is one clock, and the engine is passive.* [`drill::Run`] says what is
//!    next and is moved on; it owns no loop. An idle week costs nothing.
//! 4. *A scenario is data, and so is everything in it*: fleet, timeline, procedure,
//!    parameters, the platform's rules, expectations.
//!
//! The rooms, each using only those above it:
//!
//! | room | what is in it |
//! | --- | --- |
//! | [`time`] | instants, durations, rates, calendars |
//! | [`chance`] | the door: sites, domains, sources |
//! | [`statistics`] | what many runs say: shares, percentiles, objectives |
//! | [`model`] | what the seed says: fleet, world, commands, facts, rules |
//! | [`procedure`] | who does what, in which order |
//! | [`faults`] | what fate can do |
//! | [`measures`] | clocks, the loss ledger, the critical path |
//! | [`checks`] | what must hold, and the five verdicts |
//! | [`scenario`] | the file: reading, diagnostics, schema; compiles to a plan |
//! | [`drill`] | the engine: a plan in, an outcome out |
//! | [`cloud`] | the control plane, for a recovery that is a team's own code |
//! | `serve` | the same over HTTP, for a recovery in any language |
//! | [`explore`] | many drills: hunting, shrinking, replaying, sampling |
//! | [`report`] | one outcome, many faces |
//! | `runbook` | a team's own recovery code, in process |
//! | `testing` | folders of scenarios as tests; strategies for property tests |
//! | `cli` | the command |
//!
//! # What is fact and what is assumed
//! `F-n` cites the seed, published 2023-10-09; `L-n` its later versions; `D-n` the
//! vendor's other pages; `I-n` published incidents; `U-n` what nobody published.
//! `lifeboat explain F-9` says what each is. A time or rate under `U-n` is an
//! assumption, and a report says so wherever it rests on one.

pub mod chance;
pub mod checks;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cloud;
pub mod drill;
pub mod explore;
pub mod faults;
pub mod measures;
pub mod model;
pub mod procedure;
pub mod report;
#[cfg(feature = "runbook")]
pub mod runbook;
pub mod scenario;
#[cfg(feature = "serve")]
pub mod serve;
pub mod statistics;
#[cfg(any(feature = "testing", feature = "strategies"))]
pub mod testing;
pub mod time;
