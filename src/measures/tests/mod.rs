//! Small runs, played by hand: commands go through the model's own `decide` and
//! `evolve`, so the facts are those of a real run.

mod balance;
mod lab;
mod paths;
mod pieces;
mod watching;

pub(crate) use lab::{A, B, Lab, Reader, Stage, days, hours, mins};
