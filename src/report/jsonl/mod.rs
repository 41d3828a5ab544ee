//! The trace: a fact a line, each scenario between a line that opens it and one
//! that closes it.
//!
//! A line is an object with one key at least: `scenario` (id, path, title, seed),
//! `fact` (its kind, with `at_ms`, `at`, `by`, what it is about, and a sentence as
//! `text`), `end` (verdict, hash, count), or `invalid` and `broken`.

mod line;

use super::entry::{Broken, Entry, Ran, seed_text};
use serde_json::{Value, json};
use std::io::{self, Write};

pub use line::line;

/// Writes the trace of one file.
///
/// # Errors
/// Those of the writer.
pub fn write(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    match entry {
        Entry::Ran(ran) => write_run(ran, out),
        Entry::Invalid { path, diagnostics } => {
            let found: Vec<String> = diagnostics.records().map(|it| it.to_string()).collect();
            writeln!(
                out,
                "{}",
                json!({ "invalid": { "path": path, "diagnostics": found } })
            )
        }
        Entry::Broken(Broken {
            path,
            seed,
            message,
            ..
        }) => {
            let seed = seed.map(seed_text);
            writeln!(
                out,
                "{}",
                json!({ "broken": { "path": path, "seed": seed, "message": message } })
            )
        }
    }
}

fn write_run(ran: &Ran, out: &mut dyn Write) -> io::Result<()> {
    let scenario = &ran.scenario;
    let head = json!({ "scenario": {
        "id": &*scenario.id, "path": scenario.path(), "title": &*scenario.title, "seed": ran.seed(),
    } });
    writeln!(out, "{head}")?;
    let names = ran.names();
    for fact in &ran.outcome.recorded {
        writeln!(out, "{}", Value::Object(line(&names, fact)))?;
    }
    let end = json!({ "end": {
        "id": &*scenario.id,
        "verdict": ran.assessed.verdict.name(),
        "at_ms": ran.outcome.end.as_millis(),
        "at": ran.outcome.end.to_string(),
        "facts": ran.outcome.facts,
        "recorded": ran.outcome.recorded.len(),
        "trace_hash": format!("{:#018x}", ran.outcome.trace_hash),
    } });
    writeln!(out, "{end}")
}
