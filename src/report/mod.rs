//! One outcome, many faces.
//!
//! [`drill`] runs a scenario and [`assess`]es what came of it; an [`Entry`] is that,
//! or why there is nothing to assess. Every face is written from entries alone:
//! for people ([`human`]), as JSON ([`json`]), as a trace ([`jsonl`]), for CI
//! (JUnit, GitHub). None of them changes, draws or times anything: the same
//! entries give the same bytes.

mod assess;
mod bounds;
pub mod compare;
mod describe;
pub mod drawn;
mod entry;
mod exit;
pub mod find;
pub mod found;
pub mod github;
pub mod human;
pub mod json;
pub mod jsonl;
#[cfg(feature = "cli")]
pub mod junit;
mod machine;
pub mod mutants;
mod names;
pub mod odds;
pub mod oracle;
pub mod planned;
pub mod slack;
mod story;
mod text;
mod timeline;
pub mod why;

pub use assess::{Assessed, ScenarioVerdict, Standing, assess};
pub use bounds::{BoundResult, Reading};
pub use describe::describe;
pub use entry::{
    Broken, Entry, Explain, FACTS_MAX, Ran, drill, drill_file, drill_unless, seed_text, shell_word,
};
pub use exit::Exit;
pub use machine::Head;
pub use names::Names;
pub use story::{SlowOrg, Told, led_to, slowest};
