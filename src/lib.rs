//! Fire drills for the loss of a cloud region.
pub mod chance;
pub mod checks;
pub mod drill;
pub mod faults;
pub mod measures;
pub mod model;
pub mod procedure;
pub mod scenario;
#[cfg(any(feature = "testing", feature = "strategies"))]
pub mod testing;
pub mod time;
