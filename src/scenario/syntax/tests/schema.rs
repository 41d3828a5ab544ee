//! The schema, and that it agrees with what is checked.

use super::*;

fn schema() -> serde_json::Value {
    json_schema(&DRILL, "A drill", "https://example.org/drill.json")
}

#[test]
fn the_schema_is_one_and_says_what_there_is() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema), "{schema:#}");
    assert_eq!(schema["required"], json!(["title", "connectors"]));
    assert_eq!(schema["additionalProperties"], json!(false));
    assert_eq!(
        schema["properties"]["lasts"]["$ref"],
        json!("#/$defs/spread")
    );
    assert_eq!(
        schema["properties"]["lasts"]["description"],
        json!("How long the region is away. Default: `26h`.")
    );
    let inside = &schema["$defs"]["spread"]["anyOf"][1]["properties"]["twice"]["$ref"];
    assert_eq!(inside, &json!("#/$defs/spread"), "a shape may hold itself");
}

/// What may stand, or not, in a connector.
const INSIDE: &[&str] = &[
    "",
    ", auto: true",
    ", auto: yes",
    ", auto: 'true'",
    ", orgs: 3",
    ", orgs: -1",
    ", orgs: 1001",
    ", orgs: '3'",
    ", orgs: none",
    ", orgs: nobody",
    ", orgs: [a, b]",
    ", orgs: [A]",
    ", orgs: {a: {}}",
    ", orgs: {A: {}}",
    ", orgs: {a: {b: 1}}",
    ", orgs: 1.5",
    ", factor: 1.5",
    ", factor: 2",
    ", factor: '2'",
    ", factor: x",
    ", extra: 1",
    ", auto: ~",
    ", auto:",
    ", orgs: {a: }",
];

/// What may stand, or not, after the connectors.
const AFTER: &[&str] = &[
    "lasts: 4h",
    "lasts: 4",
    "lasts: 4x",
    "lasts: ''",
    "lasts: {uniform: {min: 1h, max: 2h}}",
    "lasts: {uniform: {min: 1h}}",
    "lasts: {uniform: {min: 1h, max: 2h}, empirical: [1h]}",
    "lasts: {}",
    "lasts: {empirical: []}",
    "lasts: {empirical: [1h, 1h, 1h, 1h]}",
    "lasts: {twice: {twice: 1h}}",
    "lasts: {twice: {twice: 1}}",
    "lasts: [4h]",
    "tags: []",
    "tags: [no]",
    "tags: [\"no\"]",
    "tags: [1]",
    "tags: x",
    "tags: {}",
    "tgas: []",
];

/// Whole files.
const WHOLE: &[&str] = &[
    "title: T",
    "connectors: {}",
    "title: 1\nconnectors: {}",
    "title: ' '\nconnectors: {}",
    "title: T\nconnectors: {}",
    "title: T\nconnectors: []",
    "just text",
    "[]",
    "{}",
    "title: T\nconnectors: { a: { region: r } }",
    "title: T\nconnectors: { a: { region: r, scm: svn } }",
];

#[test]
fn schema_and_checks_agree() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema");
    let base = "title: T\nconnectors:\n  a: { region: r, scm: github";
    let inside = INSIDE.iter().map(|rest| format!("{base}{rest} }}\n"));
    let after = AFTER.iter().map(|line| format!("{base} }}\n{line}\n"));
    let whole = WHOLE.iter().map(|text| (*text).to_owned());
    let mut verdicts = [0, 0];
    for text in inside.chain(after).chain(whole) {
        let (node, found) = checked(&text);
        let (json, said) = (to_json(&node), found.render(RenderStyle::default()));
        assert_eq!(
            validator.is_valid(&json),
            found.is_empty(),
            "{text}{json}\n{said}"
        );
        verdicts[usize::from(found.is_empty())] += 1;
    }
    let [refused, accepted] = verdicts;
    assert!(
        accepted > 12 && refused > 25,
        "{accepted} accepted, {refused} refused"
    );
}
