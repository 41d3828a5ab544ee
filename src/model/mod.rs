//! What the seed says. Pure: a fleet that never changes, apart from a world that
//! is small and copied; commands in, facts out.
//!
//! [`decide::decide`] turns a command into facts, [`evolve::evolve`] applies a
//! fact, and nothing else changes state.

pub mod catalogue;
pub mod command;
pub mod decide;
pub mod evolve;
pub mod fact;
pub mod fleet;
pub mod ids;
mod offer;
mod questions;
pub mod ranges;
pub mod rules;
pub mod stock;
pub mod world;
