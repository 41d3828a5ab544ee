//! What every result for machines is written with: one way to print it, one to say its
//! schema.

use super::seed_text;
use crate::scenario::Scenario;
use serde::Serialize;

/// What every document about one scenario begins with.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Head {
    /// The version of the program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The scenario's `id`, else its file's name without `.yaml`.
    pub id: String,
    /// Its file.
    pub path: String,
    /// The seed whose luck every run had, in hexadecimal.
    pub seed: String,
}

impl Head {
    pub(super) fn of(scenario: &Scenario, seed: u64) -> Self {
        Self {
            lifeboat: env!("CARGO_PKG_VERSION").into(),
            format: 1,
            id: scenario.id.to_string(),
            path: scenario.path().into(),
            seed: seed_text(seed),
        }
    }
}

/// A document as JSON that people can read too.
pub(super) fn pretty(document: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    text.expect("a document of texts and numbers is JSON") + "\n"
}

/// The schema of a document.
#[cfg(feature = "cli")]
pub(super) fn schema<T: schemars::JsonSchema>() -> String {
    format!("{:#}\n", schemars::schema_for!(T).to_value())
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use crate::report::{compare, planned, slack, why};

    #[test]
    fn schemas_are_kept() {
        let all = [
            ("compare", compare::schema_text()),
            ("plan", planned::schema_text()),
            ("slack", slack::schema_text()),
            ("why", why::schema_text()),
        ];
        for (name, text) in all {
            let path = format!("{}/schemas/{name}.v1.json", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("LIFEBOAT_BLESS").is_some() {
                std::fs::write(&path, &text).expect("the schema can be written");
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                kept == text,
                "write it anew: lifeboat schema {name} > schemas/{name}.v1.json"
            );
        }
    }
}
