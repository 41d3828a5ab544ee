//! Holds the pages of `docs/` to the program: what they show is read, what they
//! list is compared, and their links lead somewhere.
//!
//! `LIFEBOAT_BLESS=1 cargo test --test docs` writes the generated parts again.

mod facts;
mod found;
mod importing;
mod links;
mod odds;
mod scenario_file;

use lifeboat::scenario::syntax::RenderStyle;
use lifeboat::scenario::{Reader, Scenario};
use std::fs;
use std::path::Path;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn page(name: &str) -> String {
    let path = Path::new(HERE).join("docs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares what stands between two markers of a page, or writes it.
fn hold(name: &str, part: &str, wanted: &str) {
    let text = page(name);
    let (begin, end) = (
        format!("<!-- begin {part}: written by `LIFEBOAT_BLESS=1 cargo test --test docs` -->\n"),
        format!("<!-- end {part} -->"),
    );
    let from = text
        .find(&begin)
        .unwrap_or_else(|| panic!("{name} lacks {begin}"))
        + begin.len();
    let to = from
        + text[from..]
            .find(&end)
            .unwrap_or_else(|| panic!("{name} lacks {end}"));
    if std::env::var_os("LIFEBOAT_BLESS").is_some() {
        let text = format!("{}{wanted}{}", &text[..from], &text[to..]);
        fs::write(Path::new(HERE).join("docs").join(name), text).expect("the page can be written");
        return;
    }
    let differs = text[from..to]
        .lines()
        .zip(wanted.lines())
        .find(|it| it.0 != it.1);
    assert!(
        &text[from..to] == wanted,
        "docs/{name}: {part} is not what the program says, first here: {differs:?}\n\
         `LIFEBOAT_BLESS=1 cargo test --test docs` writes it again."
    );
}

fn read(name: &str, text: &str) -> Scenario {
    Reader::default()
        .read_text(name, text)
        .unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}

/// How a page for people looks in these pages.
const STYLE: RenderStyle = RenderStyle {
    width: 80,
    color: false,
    unicode: true,
};

/// A shipped scenario, under the name that a call from here gives it.
fn shipped(path: &str) -> Scenario {
    let whole = Path::new(HERE).join(path);
    let text = fs::read_to_string(&whole).expect("the scenario is shipped");
    let reader = Reader {
        root: whole.parent().map(Path::to_owned),
        ..Reader::default()
    };
    let read = reader.read_text(path, text);
    read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
}

fn fenced(text: &str) -> String {
    format!("```text\n{text}```\n")
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

/// The fenced blocks of a language in a page.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == format!("```{language}") {
            let block: Vec<&str> = lines.by_ref().take_while(|it| it.trim() != "```").collect();
            found.push(block.join("\n") + "\n");
        }
    }
    found
}
