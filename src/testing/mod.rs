//! For tests: strategies that make scenarios, and folders of them as tests.

#[cfg(feature = "testing")]
pub mod folder;
#[cfg(feature = "strategies")]
mod people;
#[cfg(feature = "strategies")]
pub mod strategies;

#[cfg(feature = "testing")]
pub use folder::{Failure, check_file, run_folder, scenarios};
