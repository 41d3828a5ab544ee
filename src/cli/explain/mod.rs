//! `explain`: what something is, why, which fact is behind it, and an example.

mod articles;

use super::args::{self, Format};
use super::facts::FACTS;
use super::settings::Settings;
use super::terminal::Terminal;
use super::words::WORDS;
use super::{Ended, Stop, output};
use crate::checks::CheckId;
use crate::faults::FAULTS;
use crate::measures::Quantity;
use crate::model::catalogue::Catalogue;
use crate::procedure::{Issue, Slip};
use crate::report::{Exit, human};
use crate::scenario::codes::CODES;
use crate::scenario::defects::DEFECTS;
use crate::scenario::expect::Measure;
use crate::scenario::syntax::{did_you_mean, listing, quoted};
use crate::scenario::{BUILT_IN, SCENARIO, builtin};
use articles::{articles, short};

/// Something to be said: a kind, a name, paragraphs under headings.
pub(super) struct Article {
    kind: &'static str,
    name: String,
    parts: Vec<(&'static str, String)>,
}

impl Article {
    fn new(kind: &'static str, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            parts: Vec::new(),
        }
    }

    /// Adds a part, unless there is nothing to say.
    fn part(mut self, head: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parts.push((head, text));
        }
        self
    }
}

pub(super) fn explain(verb: &args::Explain, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("explain", &[Format::Human, Format::Json])?;
    let id = verb.id.trim();
    // A built-in procedure is a file to be copied: it is printed as it is.
    let file = builtin(id);
    if let Some(text) = file.filter(|_| format == Format::Human) {
        output::print(text)?;
        return Ok(Exit::Success);
    }
    let whole = file.map(|text| Article::new("procedure", id).part("File", format!("\n{text}")));
    let articles: Vec<Article> = whole.into_iter().chain(articles(id)).collect();
    if articles.is_empty() {
        return Err(Stop::usage(unknown(id)));
    }
    if format == Format::Json {
        output::print(&json(&articles))?;
        return Ok(Exit::Success);
    }
    let style = terminal.style(false);
    let shown: Vec<String> = articles
        .iter()
        .map(|it| human::article(&format!("{} ({})", it.name, it.kind), &it.parts, style))
        .collect();
    output::print(&shown.join("\n"))?;
    Ok(Exit::Success)
}

/// What people read, in plain fields.
fn json(articles: &[Article]) -> String {
    let article = |it: &Article| {
        let parts = it.parts.iter().map(|(head, text)| {
            let lines = text.strip_prefix('\n').unwrap_or(text);
            serde_json::json!({ "head": head, "text": lines })
        });
        let parts: Vec<_> = parts.collect();
        serde_json::json!({ "name": it.name, "kind": it.kind, "parts": parts })
    };
    let articles: Vec<_> = articles.iter().map(article).collect();
    let document = serde_json::json!({
        "lifeboat": env!("CARGO_PKG_VERSION"), "format": crate::report::json::FORMAT,
        "articles": articles,
    });
    format!("{document:#}\n")
}

fn unknown(id: &str) -> String {
    let names = names();
    let meant = did_you_mean(id, names.iter().map(String::as_str));
    let meant = meant.map_or(String::new(), |it| format!(" Did you mean `{it}`?"));
    format!(
        "there is nothing called {} to explain.{meant} `lifeboat list --help` says what there is.",
        quoted(id)
    )
}

/// Every name that can be explained.
fn names() -> Vec<String> {
    let mut names: Vec<String> = CheckId::ALL.iter().map(|it| it.slug().to_owned()).collect();
    names.extend(FAULTS.iter().map(|it| it.name.to_owned()));
    names.extend(Slip::ALL.iter().map(|it| it.name().to_owned()));
    names.extend(DEFECTS.iter().map(|it| it.name.to_owned()));
    names.extend(Issue::ALL.iter().map(|it| it.name().to_owned()));
    names.extend(Measure::ALL.iter().map(|it| it.name().to_owned()));
    names.extend(Quantity::ALL.iter().map(|it| it.name().to_owned()));
    names.extend(
        Catalogue::ALL
            .iter()
            .flat_map(|it| it.regions)
            .map(|it| it.name.to_owned()),
    );
    names.extend(BUILT_IN.iter().map(|it| it.0.to_owned()));
    names.extend(FACTS.iter().map(|it| it.id.to_owned()));
    names.extend(
        CODES
            .iter()
            .flat_map(|it| [it.code.to_owned(), it.slug.to_owned()]),
    );
    names.extend(WORDS.iter().map(|it| it.0.to_owned()));
    names.extend(
        listing(&SCENARIO)
            .iter()
            .map(|it| short(&it.path).to_owned()),
    );
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_listed_can_be_explained() {
        for name in names() {
            let known = builtin(&name).is_some() || !articles(&name).is_empty();
            assert!(known, "{name}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert!(unknown("single-ownr").contains("`single-owner`"));
        assert!(unknown("zzzzzz").contains("lifeboat list"));
        assert!(articles("no-such-thing").is_empty());
    }

    #[test]
    fn parameters_are_found_by_their_own_names() {
        let found = articles("alert-window.anchor");
        assert_eq!(found[0].kind, "parameter");
        assert!(
            found[0]
                .parts
                .iter()
                .any(|it| it.1.contains("outage-start"))
        );
    }
}
