//! What the YAML library complains of, in our words and under our codes.

use serde_saphyr::Error;
use serde_saphyr::budget::BudgetBreach;

use super::catalogue::CodeDoc;
use super::codes;
use super::diagnostic::Diagnostic;
use super::quote::{counted, is_unprintable, quoted};
use super::source::{Limits, Source, Span};
use super::yaml::span_of;

/// What to say: the code, the sentence, what stands at the place, and what to do.
struct Said {
    doc: &'static CodeDoc,
    message: String,
    label: &'static str,
    help: &'static str,
}

impl Said {
    fn new(
        doc: &'static CodeDoc,
        message: impl Into<String>,
        label: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            doc,
            message: message.into(),
            label,
            help,
        }
    }
}

/// The diagnostic for an error of the library.
pub(super) fn explain(error: &Error, source: &Source, limits: &Limits) -> Diagnostic {
    let error = innermost(error);
    let span = error.location().map_or_else(
        || Span::new(source.text().len(), 0),
        |location| span_of(&location, source),
    );
    let span = visible(span, source);
    let said = match error {
        Error::Budget { breach, .. } => budget(breach, limits),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. } => bomb(),
        Error::UnknownAnchor { .. } => Said::new(
            &codes::YAML_UNKNOWN_ALIAS,
            "an alias names nothing",
            "nothing was marked with this name before",
            "quote a text that begins with `*`",
        ),
        Error::RecursiveReferencesRequireWeakTypes { .. } => Said::new(
            &codes::YAML_UNKNOWN_ALIAS,
            "an alias stands inside of what it names",
            "this would never end",
            "write out what is meant",
        ),
        Error::MergeKeyNotAllowed { .. } | Error::MergeValueNotMapOrSeqOfMaps { .. } => Said::new(
            &codes::YAML_MERGE_KEY,
            "merge keys are not read",
            "this key",
            "write the entries out, or put what is shared into a file and name it under `use`",
        ),
        Error::MultipleDocuments { .. } => Said::new(
            &codes::YAML_MANY_DOCUMENTS,
            "there is more than one document in this file",
            "the second one begins here",
            "put it into a file of its own",
        ),
        other => scanner(&own_words(other), span, source, limits),
    };
    Diagnostic::new(said.doc, source, said.message)
        .label(span, said.label)
        .help(said.help)
}

/// The error under the wrappers that add places and snippets.
fn innermost(error: &Error) -> &Error {
    match error {
        Error::WithSnippet { error, .. } | Error::AliasError { error, .. } => innermost(error),
        other => other,
    }
}

fn budget(breach: &BudgetBreach, limits: &Limits) -> Said {
    match breach {
        BudgetBreach::Depth { .. } => too_deep(limits),
        BudgetBreach::Aliases { .. }
        | BudgetBreach::Anchors { .. }
        | BudgetBreach::AliasAnchorRatio { .. }
        | BudgetBreach::RecordedAnchorEvents { .. }
        | BudgetBreach::RecordedAnchorBytes { .. } => bomb(),
        BudgetBreach::Documents { .. } => Said::new(
            &codes::YAML_MANY_DOCUMENTS,
            "there is more than one document in this file",
            "another one begins here",
            "put it into a file of its own",
        ),
        _ => Said::new(
            &codes::YAML_TOO_MUCH,
            format!(
                "there is more in this file than {}",
                counted(limits.nodes as u64, "value")
            ),
            "the limit is reached here",
            "describe a large fleet by counts",
        ),
    }
}

fn too_deep(limits: &Limits) -> Said {
    Said::new(
        &codes::YAML_TOO_DEEP,
        format!(
            "maps and lists are nested more than {} deep",
            limits.depth()
        ),
        "one too many",
        "no scenario needs this; is a bracket doubled?",
    )
}

fn bomb() -> Said {
    Said::new(
        &codes::YAML_ALIAS_BOMB,
        "aliases unfold to too much",
        "the limit is reached here",
        "write out what is meant, or use fewer aliases",
    )
}

/// The library's own sentence, without the place, in lower case.
fn own_words(error: &Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_owned()
}

/// The scanner's errors have no kinds: they are told by their words and by what stands there. An
/// unfamiliar one is passed on as it is.
fn scanner(words: &str, span: Span, source: &Source, limits: &Limits) -> Said {
    let here = source
        .text()
        .get(span.offset..)
        .and_then(|rest| rest.chars().next());
    let indented_by_tab = words.contains("tab") || {
        let line = source.line_range(source.line_index(span.offset)).0;
        let before = source.text().get(line..span.offset).unwrap_or_default();
        here == Some('\t') && before.trim().is_empty()
    };
    if words.contains("recursion limit") || words.contains("nesting") || words.contains("too deep")
    {
        too_deep(limits)
    } else if words.contains("unclosed") || words.contains("while scanning a quoted") {
        Said::new(
            &codes::YAML_UNCLOSED,
            "a bracket or a quote is not closed",
            "opened here, or still open here",
            "add what closes it",
        )
    } else if indented_by_tab {
        Said::new(
            &codes::YAML_CHARACTER,
            "a tab may not stand here",
            "a tab, or right behind one",
            "indent with spaces",
        )
    } else if words.contains("mapping values are not allowed") {
        Said::new(
            &codes::YAML_INDENT,
            "a key may not stand here",
            "the key before this colon",
            "indent it like its neighbours; quote a text that holds a colon and a space",
        )
    } else if words.contains("unexpected character") || here.is_some_and(is_unprintable) {
        let what = here.map_or_else(|| "this".to_owned(), |c| quoted(&c.to_string()));
        Said::new(
            &codes::YAML_CHARACTER,
            format!("{what} may not stand here"),
            "this character",
            "quote the text, or remove the character",
        )
    } else if words.contains("block collection")
        || words.contains("block mapping")
        || words.contains("indent")
    {
        Said::new(
            &codes::YAML_INDENT,
            "the indentation does not fit",
            "this begins in another column than its neighbours, or is of another kind",
            "begin the entries of one map, and the items of one list, in the same column",
        )
    } else {
        Said::new(
            &codes::YAML_SYNTAX,
            format!("this is not YAML: {words}"),
            "reading stopped here",
            "check colons, dashes, brackets and quotes before this place",
        )
    }
}

/// At least one character where there is one, so that there is something to underline.
fn visible(span: Span, source: &Source) -> Span {
    let start = source.floor_char(span.offset);
    let next = source.text()[start..]
        .chars()
        .next()
        .filter(|c| !matches!(c, '\n' | '\r'));
    Span::new(start, span.len.max(next.map_or(0, char::len_utf8)))
}
