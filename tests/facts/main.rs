//! Each fact of the seed has a test here, named for it, that fails if the engine
//! forgets the fact; and the rules of the model that no fact names.
//!
//! A test reads a run as lines, one a fact: `T+5h26m released payments-01 from payments`.

mod configuration;
mod customer;
mod late;
mod microsoft;
mod regions;
mod retirement;
mod rules;
mod takeover;
mod tale;
