//! For tests: strategies that make scenarios, and folders of them as tests.

#[cfg(feature = "strategies")]
pub mod strategies;
