//! What decides the runs of a plan, as a number: parts of one sample are of one plan.

use crate::model::ids::OrgIx;
use crate::model::stock::Stock;
use crate::scenario::Plan;
use std::fmt::{self, Write};
use xxhash_rust::xxh3::Xxh3Default;

/// A hash of everything that decides the runs of a plan and what is counted of them:
/// not of comments, titles, the order of a file, or the seed. The same in every
/// process of one version of this program.
#[must_use]
pub fn meaning(plan: &Plan) -> u64 {
    let mut hash = Hashed(Xxh3Default::new());
    write_meaning(plan, &mut hash).expect("hashing never fails");
    hash.0.digest()
}

fn write_meaning(plan: &Plan, hash: &mut Hashed) -> fmt::Result {
    let fleet = &plan.fleet;
    writeln!(hash, "{} {:?}", fleet.catalogue().date, fleet.connectors())?;
    let mut last: Option<&Stock> = None;
    for (at, org) in fleet.orgs().iter().enumerate() {
        let stock = fleet.stock(OrgIx::from(at));
        let name = fleet.org_name(OrgIx::from(at));
        let place = (org.connector, org.tenant, org.scm, org.annotated);
        writeln!(hash, "{name:?} {:?} {place:?}", org.key)?;
        if stock != last {
            writeln!(hash, "{stock:?}")?;
            last = stock;
        }
    }
    writeln!(hash, "{:?} {:?}", plan.parameters, plan.rules)?;
    writeln!(hash, "{:?} {:?}", plan.procedure, plan.teams)?;
    writeln!(hash, "{:?}", plan.faults)?;
    writeln!(hash, "{:?} {:?}", plan.until, plan.luck)?;
    for (check, it) in plan.expect.iter() {
        let known = it.known_failure.is_some();
        writeln!(hash, "{} {} {:?} {known}", check.slug(), it.on, it.within)?;
    }
    writeln!(hash, "{:?}", plan.objectives)
}

struct Hashed(Xxh3Default);

impl Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
