//! Holding nodes against shapes, and reading those that fit.

use super::*;

const GOOD: &str =
    "title: West Europe\nconnectors:\n  payments: { region: westeurope, scm: github }\n";

/// The complaints about one more line.
fn with(line: &str) -> Vec<String> {
    complaints(&format!("{GOOD}{line}\n"))
}

/// The complaints about a connector.
fn connector(rest: &str) -> Vec<String> {
    complaints(&format!(
        "title: T\nconnectors:\n  a: {{ region: r, scm: github, {rest} }}\n"
    ))
}

#[test]
fn the_codes_are_documented_and_their_own() {
    assert_eq!(CODES.faults(), Vec::<String>::new());
    assert_eq!(CODES.find("lb0201"), Some(&codes::UNKNOWN_KEY));
    assert_eq!(CODES.find("LB9999"), None);
}

#[test]
fn what_fits_is_read_without_a_word() {
    let text = "title: \"no\"\nconnectors:\n  a: { region: r, scm: github, auto: true, orgs: 12, factor: 1.5 }\n  \
                b: { region: r, scm: github, orgs: [x, y] }\n  c: { region: r, scm: github, orgs: all }\n\
                lasts: { twice: { uniform: { min: 1h, max: 2h } } }\ntags: []\n";
    let (node, found) = checked(text);
    assert!(found.is_empty(), "{}", found.render(RenderStyle::default()));
    let top = View::of(&node);
    assert_eq!(top.get("title").map(View::text), Some("no"));
    let connectors: Vec<_> = top.get("connectors").expect("given").entries().collect();
    let (name, first) = connectors[0];
    assert_eq!(
        (name.value.as_str(), first.get("auto").map(View::bool)),
        ("a", Some(true))
    );
    assert_eq!(first.get("orgs").map(View::whole), Some(12));
    assert_eq!(first.get("factor").and_then(View::parse::<f64>), Some(1.5));
    assert_eq!(
        connectors[1].1.get("orgs").map(|orgs| orgs.items().len()),
        Some(2)
    );
    let (twice, inner) = top.get("lasts").expect("given").choice();
    assert_eq!((twice, inner.choice().0), ("twice", "uniform"));
    assert!(top.get("huh").is_none() && top.key_span("tags").is_some());
}

#[test]
fn everything_is_said_at_once_and_in_order() {
    let text = "titel: x\nconnectors:\n  A: { region: r, region: q, scm: gitlab, auto: yes }\n  b: [1]\nlasts: 5\ntags: { a: 1 }\n";
    assert_eq!(
        complaints(text),
        [
            "1:1 LB0201",
            "3:3 LB0206",
            "3:19 LB0202",
            "3:35 LB0207",
            "3:49 LB0204",
            "4:3 LB0204",
            "5:8 LB0206",
            "6:1 LB0204",
        ]
    );
}

#[test]
fn a_word_is_not_what_others_read_as_something_else() {
    for plain in [
        "no", "Yes", "on", "8", "08", "1e3", "1_000", "0x1f", "-3", ".5", ".inf",
    ] {
        let text = format!("title: {plain}\nconnectors: {{}}\n");
        assert_eq!(complaints(&text), ["1:8 LB0210"], "{plain}");
        assert!(
            complaints(&format!("title: '{plain}'\nconnectors: {{}}\n")).is_empty(),
            "{plain}"
        );
    }
    for word in [
        "nothing",
        "12:30",
        "1.2.3",
        "v1",
        "2024-07-18T21:40Z",
        "e3",
        "_1",
        "one",
    ] {
        assert!(
            complaints(&format!("title: {word}\nconnectors: {{}}\n")).is_empty(),
            "{word}"
        );
    }
}

#[test]
fn nothing_is_not_the_default() {
    for nothing in ["", "~", "null", "''", "\"  \""] {
        let found = complaints(&format!("title: {nothing}\nconnectors: {{}}\n"));
        assert_eq!(found.len(), 1, "{nothing}: {found:?}");
        assert!(found[0].ends_with("LB0209"), "{nothing}: {found:?}");
    }
    assert_eq!(with("lasts:"), ["4:1 LB0209"]);
    assert_eq!(with("tags:"), ["4:1 LB0209"]);
}

#[test]
fn numbers_are_written_in_one_way() {
    for number in [
        "08",
        "1_0",
        "1e2",
        "+1",
        "0x10",
        "1.0",
        "-0",
        "99999999999999999999",
    ] {
        assert_eq!(
            connector(&format!("orgs: {number}")),
            ["3:38 LB0211"],
            "{number}"
        );
    }
    assert_eq!(connector("orgs: 1001"), ["3:38 LB0205"]);
    assert_eq!(connector("orgs: '12'"), ["3:38 LB0206"]);
    assert_eq!(connector("factor: '1.5'"), ["3:40 LB0211"]);
    assert_eq!(connector("factor: 01"), ["3:40 LB0211"]);
    assert_eq!(connector("factor: abc"), ["3:40 LB0211"]);
    assert_eq!(connector("factor: 1e3"), ["3:40 LB0206"]);
    assert!(connector("factor: 2").is_empty());
    for (whole, code) in [
        ("0", "LB0205"),
        ("10", "LB0205"),
        ("08", "LB0211"),
        ("'2'", "LB0211"),
        ("two", "LB0204"),
    ] {
        static SIZE: Shape = Shape::Whole { min: 1, max: 9 };
        let source = Source::new("x", whole);
        let node = parse(&source, &Limits::default()).expect("YAML");
        let mut found = Diagnostics::new();
        validate(&node, &SIZE, &source, &mut found);
        assert_eq!(
            found.iter().map(Diagnostic::code).collect::<Vec<_>>(),
            [code],
            "{whole}"
        );
    }
}

#[test]
fn a_truth_value_is_true_or_false() {
    for other in ["yes", "True", "on", "1", "'true'", "maybe"] {
        assert_eq!(
            connector(&format!("auto: {other}")),
            ["3:38 LB0204"],
            "{other}"
        );
    }
}

#[test]
fn a_choice_has_one_key() {
    assert_eq!(with("lasts: {}"), ["4:1 LB0208"]);
    assert_eq!(
        with("lasts: { empirical: [1h], twice: 1h }"),
        ["4:27 LB0208"]
    );
    assert_eq!(
        with("lasts: { unifrom: { min: 1h } }"),
        ["4:10 LB0203", "4:10 LB0207"]
    );
    assert_eq!(with("lasts: { uniform: { min: 1h } }"), ["4:10 LB0203"]);
    assert_eq!(with("lasts: { empirical: [] }"), ["4:10 LB0212"]);
    assert_eq!(with("lasts: [1h]"), ["4:1 LB0204"]);
}

#[test]
fn a_million_errors_are_counted_and_few_are_kept() {
    let tags: String = (0..5_000).map(|_| "- 1\n").collect();
    let (_, found) = checked(&format!("{GOOD}tags:\n{tags}"));
    assert_eq!(
        (found.len(), found.omitted()),
        (Diagnostics::MOST, 5_000 - Diagnostics::MOST)
    );
    assert_eq!(found.errors(), 5_000);
}

#[test]
fn what_stands_under_an_alias_is_said_once() {
    assert_eq!(
        with("tags: &t [A]\nlasts: { empirical: [&l 1x, *l] }"),
        ["4:11 LB0206", "5:25 LB0206"]
    );
}

#[test]
fn near_names_are_offered_and_far_ones_are_not() {
    assert_eq!(
        did_you_mean("azuredevops", ["github", "azure-devops"]),
        Some("azure-devops")
    );
    assert_eq!(
        did_you_mean("Region_Outage", ["region-outage"]),
        Some("region-outage")
    );
    assert_eq!(did_you_mean("x", ["at", "id"]), None);
    assert_eq!(did_you_mean("orgs", ["grants"]), None);
    assert_eq!(did_you_mean(&"x".repeat(100_000), ["xx"]), None);
}

#[test]
fn the_listing_names_every_key_once() {
    let listed = listing(&DRILL);
    let paths: Vec<&str> = listed.iter().map(|one| one.path.as_str()).collect();
    for path in [
        "title",
        "connectors.*.scm",
        "connectors.*.scm = github",
        "lasts.twice",
        "lasts.uniform.min",
    ] {
        assert_eq!(
            paths.iter().filter(|one| **one == path).count(),
            1,
            "{path} in {paths:?}"
        );
    }
    assert!(
        !paths.iter().any(|path| path.starts_with("lasts.twice.")),
        "listed inside itself"
    );
}
