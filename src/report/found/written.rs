//! A finding as a file, or as a test.

use super::Story;
use super::words::{also, free, inevitable, shrunk};
use crate::explore::Finding;
use crate::report::seed_text;
use std::fmt::Write as _;

/// A finding as a scenario file, with a comment that tells what happens.
#[must_use]
pub fn file_text(finding: &Finding, story: Option<&Story>, seed: u64) -> String {
    let mut text = format!(
        "# Found by `lifeboat hunt`: {}, run {} of hunt {}.\n",
        finding.strategy.name(),
        finding.run,
        seed_text(seed)
    );
    if let Some(story) = story {
        let _ = writeln!(text, "# {}", story.message());
        if !finding.also.is_empty() {
            let _ = writeln!(text, "# {}", also(finding));
        }
        for it in &story.told {
            let _ = writeln!(text, "#   {:<12} {}", it.at.to_string(), it.text);
        }
    }
    for line in [shrunk(finding), free(finding), inevitable(finding, story)] {
        if !line.is_empty() {
            let _ = writeln!(text, "# {line}");
        }
    }
    text + &finding.document.to_yaml()
}

/// A finding as a test in Rust.
#[must_use]
pub fn rust_test(finding: &Finding, story: Option<&Story>, seed: u64) -> String {
    let name = finding.id.replace('-', "_");
    let text = file_text(finding, story, seed);
    format!(
        "#[test]\nfn {name}() {{\n    let text = r####\"{text}\"####;\n    \
         let scenario = lifeboat::scenario::Reader::default()\n        \
         .read_text(\"{id}.yaml\", text)\n        .expect(\"the scenario is valid\");\n    \
         let outcome = lifeboat::drill::Drill::new(&scenario.plan).run();\n    \
         let check = outcome.judgements.iter().find(|it| it.check.slug() == \"{check}\");\n    \
         let verdict = check.map(|it| it.verdict.name());\n    \
         assert_ne!(verdict, Some(\"violated\"), \"{{check:?}}\");\n}}\n",
        id = finding.id,
        check = finding.cause.check.slug(),
    )
}
