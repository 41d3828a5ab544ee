//! How diagnostics read: at 80 columns, without colour.

use insta::assert_snapshot;

use super::*;

fn rendered(text: &str) -> String {
    let source = Source::new("drills/west.yaml", text);
    let mut found = Diagnostics::new();
    match parse(&source, &Limits::default()) {
        Ok(node) => validate(&node, &DRILL, &source, &mut found),
        Err(errors) => found = errors,
    }
    found.render(RenderStyle::default())
}

#[test]
fn a_misspelt_key() {
    assert_snapshot!(rendered("title: T\nconectors:\n  a: 1\n"));
}

#[test]
fn a_duplicate_key() {
    assert_snapshot!(rendered("title: T\nconnectors: {}\ntitle: U\n"));
}

#[test]
fn a_missing_key_in_a_nested_map() {
    assert_snapshot!(rendered(
        "title: T\nconnectors:\n  payments:\n    region: westeurope\n"
    ));
}

#[test]
fn a_word_that_needs_quotes() {
    assert_snapshot!(rendered("title: no\nconnectors: {}\n"));
}

#[test]
fn a_duration_that_is_none() {
    assert_snapshot!(rendered("title: T\nconnectors: {}\nlasts: 4 hours\n"));
}

#[test]
fn a_list_where_a_map_is_wanted() {
    assert_snapshot!(rendered("title: T\nconnectors:\n  - a\n  - b\n"));
}

#[test]
fn a_choice_of_two() {
    let text = "title: T\nconnectors: {}\nlasts: { twice: 1h, empirical: [1h] }\n";
    assert_snapshot!(rendered(text));
}

#[test]
fn a_number_out_of_range_and_a_word_that_is_near() {
    let text = "title: T\nconnectors:\n  a: { region: r, scm: azuredevops, orgs: 5000 }\n";
    assert_snapshot!(rendered(text));
}

#[test]
fn something_that_fits_none_of_many() {
    let text = "title: T\nconnectors:\n  a: { region: r, scm: svn, orgs: everything }\n";
    assert_snapshot!(rendered(text));
}

#[test]
fn a_syntax_error_behind_other_scripts() {
    assert_snapshot!(rendered("title: 日本 é\nconnectors: [\"ü\"\n"));
}

#[test]
fn a_file_that_is_missing() {
    let found = Source::read("no/such.yaml", &Limits::default()).expect_err("missing");
    assert_snapshot!(found.render(RenderStyle::default()));
}

#[test]
fn ascii_is_ascii() {
    let source = Source::new("x.yaml", "title: T\n");
    let style = RenderStyle {
        unicode: false,
        ..RenderStyle::default()
    };
    let found = Diagnostic::new(&codes::UNKNOWN_KEY, &source, "there is no key `title` here")
        .label(Span::new(0, 5), "not a key of this map")
        .help("this map has no keys");
    assert!(found.render(style).is_ascii());
    let color = found.render(RenderStyle {
        color: true,
        ..style
    });
    assert!(color.contains("\u{1b}["));
}

#[test]
fn a_file_cannot_command_the_terminal() {
    let text = rendered("title: T\nconnectors: {}\n\"\\u001b[2J\": 1\n\"a\u{202e}b\": 2\n");
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
}

#[test]
fn a_very_long_line_is_shown_in_part() {
    let many: String = (0..20_000)
        .map(|number| format!("k{number}: 1, "))
        .collect();
    let source = Source::new("x.yaml", format!("{{ {many} }}"));
    let node = parse(&source, &Limits::default()).expect("YAML");
    let mut found = Diagnostics::new();
    validate(&node, &DRILL, &source, &mut found);
    let text = found.render(RenderStyle::default());
    assert!(text.len() < 400_000, "{}", text.len());
    let repeated = rendered(&format!(
        "{{ title: T, {} title: U, connectors: {{}} }}",
        " ".repeat(50_000)
    ));
    assert!(
        repeated.len() < 3_000 && repeated.contains("here first: line 1, column 3"),
        "{repeated}"
    );
}

/// What is shown of a text with `BAD` in it, by line; and the whole diagnostic.
fn shown(text: &str) -> (Vec<String>, String) {
    let source = Source::new("x.yaml", text);
    let at = text.find("BAD").expect("it is there");
    let whole = Diagnostic::new(&codes::UNKNOWN_KEY, &source, "no")
        .label(Span::new(at, 3), "here")
        .render(RenderStyle::default());
    let lines = whole.lines().filter_map(|line| {
        let (number, text) = line.trim_start().split_once(" │ ")?;
        number.parse::<usize>().ok()?;
        Some(text.to_owned())
    });
    (lines.collect(), whole)
}

#[test]
fn a_long_line_is_cropped_to_what_is_near_the_mark() {
    // Two bytes a letter: a cut never falls inside one.
    for (letter, near) in [("a", 40), ("é", 20)] {
        let pad = letter.repeat(200);
        let (lines, whole) = shown(&format!("one: 1\n{pad}BAD{pad}\ntwo: 2\n"));
        let near = letter.repeat(near);
        assert_eq!(lines, [format!("{near}BAD{near}")], "{whole}");
        assert!(whole.contains("x.yaml:2:201"), "{whole}");
    }
}

#[test]
fn a_line_is_shown_whole_up_to_its_longest_on_either_side() {
    for (before, after, wanted) in [
        (160, 0, (160, 0)),
        (161, 0, (40, 0)),
        (0, 159, (0, 159)),
        (0, 161, (0, 40)),
        (161, 161, (40, 40)),
    ] {
        let (left, right) = ("a".repeat(before), "b".repeat(after));
        let (lines, whole) = shown(&format!("{left}BAD{right}\n"));
        let (left, right) = ("a".repeat(wanted.0), "b".repeat(wanted.1));
        assert_eq!(lines, [format!("{left}BAD{right}")], "{whole}");
    }
}

#[test]
fn a_long_neighbour_is_left_out_and_a_short_one_is_shown() {
    let long = "n".repeat(200);
    assert_eq!(
        shown("one: 1\nBAD\ntwo: 2\n").0,
        ["one: 1", "BAD", "two: 2"]
    );
    assert_eq!(
        shown(&format!("{long}\nBAD\ntwo: 2\n")).0,
        ["BAD", "two: 2"]
    );
    assert_eq!(
        shown(&format!("one: 1\nBAD\n{long}\n")).0,
        ["one: 1", "BAD"]
    );
}

#[test]
fn a_long_piece_is_underlined_in_part() {
    let source = Source::new("x.yaml", "m".repeat(150));
    let text = Diagnostic::new(&codes::UNKNOWN_KEY, &source, "no")
        .label(Span::new(0, 150), "here")
        .render(RenderStyle::default());
    let mark: Vec<&str> = text.lines().filter(|it| it.contains('┬')).collect();
    let columns = |line: &&str| line.chars().filter(|c| matches!(c, '─' | '┬')).count();
    assert_eq!(
        mark.iter().map(columns).collect::<Vec<_>>(),
        [120],
        "{text}"
    );
}

#[test]
fn one_line_for_machines() {
    let (_, found) = checked("title: T\nconnectors: {}\nlsats: 1h\n");
    let record = found.records().next().expect("one");
    assert_eq!(
        record.to_string(),
        "drill.yaml:3:1: error[LB0201]: there is no key `lsats` here: did you mean `lasts`?"
    );
    assert_eq!(
        serde_json::to_value(&record).expect("JSON"),
        json!({
            "severity": "error", "code": "LB0201", "name": "unknown-key", "file": "drill.yaml",
            "line": 3, "column": 1, "end_line": 3, "end_column": 6,
            "message": "there is no key `lsats` here", "detail": "did you mean `lasts`?",
            "help": "valid here: `title`, `connectors`, `lasts` or `tags`",
        })
    );
}

#[test]
fn a_place_in_another_file_is_named() {
    let (here, there) = (
        Source::new("a.yaml", "x: 1\n"),
        Source::new("b.yaml", "\n  x: 2\n"),
    );
    let found = Diagnostic::new(&codes::DUPLICATE_KEY, &here, "twice")
        .label(Span::new(0, 1), "here")
        .elsewhere(&there, Span::new(3, 1), "and here")
        .warning();
    assert_eq!(found.advice(), "and here: b.yaml:2:3");
    assert_eq!(found.record().severity, "warning");
}
