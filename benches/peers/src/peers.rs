//! Those who take part from within this process.

mod lifeboat;
mod nexosim;
mod tokio;

pub use self::lifeboat::Lifeboat;
pub use self::nexosim::NeXosim;
pub use self::tokio::Tokio;

use crate::Peer;
use crate::fleet::Fleet;

/// Every one of them, in the order of the table. The first is what the others are compared with.
pub fn all(fleet: &Fleet) -> Vec<Box<dyn Peer>> {
    vec![
        Box::new(Lifeboat::new(fleet)),
        Box::new(NeXosim::new(fleet.clone())),
        Box::new(Tokio::new(fleet.clone())),
    ]
}
