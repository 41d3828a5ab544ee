//! `lifeboat serve`: the control plane over HTTP, for a recovery in any language.
//!
//! A [`Desk`] stands over a [`Cloud`](crate::cloud::Cloud) and answers one request
//! after another: it knows paths, bodies and the vendor's oddities, and no sockets.
//! Who carries requests to it is a [`Server`], on a runtime of one thread, so that the
//! order of arrival is the order of effect. The same requests in the same order, and
//! the same seed, give the same facts.
//!
//! Paths, verbs, statuses and body shapes are told once, in the table of calls, from
//! which requests are routed and the [OpenAPI document](openapi) is written.
//!
//! ```
//! use lifeboat::cloud::{Cloud, Options};
//! use lifeboat::drill::{Drill, Record};
//! use lifeboat::scenario::Reader;
//! use lifeboat::serve::{Clock, Desk, Mode, Request};
//!
//! let text = "
//! scenario: v1
//! title: West Europe is lost for a day
//! fleet:
//!   connectors:
//!     payments: { region: westeurope, scm: github, orgs: 3 }
//! timeline:
//!   - at: T+0
//!     fault: { region-outage: { region: westeurope, lasts: 26h } }
//! ";
//! let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
//! let drill = Drill::new(&scenario.plan).by_hand();
//! let cloud = Cloud::new(&drill, Record::Nothing, Options::default());
//! let mut desk = Desk::new(cloud, Clock::new(Mode::Polled));
//! let answer = desk.answer(&Request::get("/subscriptions?api-version=2022-12-01"));
//! assert_eq!(answer.status, 200);
//! ```

mod accounts;
mod bodies;
mod calls;
mod clock;
mod connectors;
mod control;
mod desk;
mod devops;
mod document;
mod errors;
mod exchange;
mod graph;
mod kql;
mod objects;
mod operations;
mod orgs;
mod paging;
mod path;
mod records;
mod server;
#[cfg(test)]
mod tests;
mod tickets;
mod tls;
mod units;

pub use clock::{Clock, Mode};
pub use desk::Desk;
pub use document::openapi;
pub use exchange::{Answer, Request};
pub use server::{Bound, Server};
pub use tls::Identity;
