//! Lifeboat.
pub mod chance;
pub mod model;
pub mod procedure;
pub mod time;
