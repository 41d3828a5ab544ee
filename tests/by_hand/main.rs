//! What somebody outside can do in a drill by hand, call by call, and what becomes of
//! it: the facts, whose recovery they count for, and what is refused.

mod hand;
mod lines;
mod reads;
mod settings;
mod steps;
mod tickets;

#[allow(dead_code, reason = "shared with the tests of facts")]
#[path = "../facts/tale.rs"]
mod tale;
