//! What holds for every text, sense or nonsense.

use proptest::prelude::*;

use super::*;

/// Pieces that make YAML of a kind when thrown together.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé日]{1,3}",
        Just(": ".to_owned()),
        Just("\n".to_owned()),
        Just("\n  ".to_owned()),
        Just("- ".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just(", ".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("&a ".to_owned()),
        Just("*a".to_owned()),
        Just("|\n  ".to_owned()),
        Just("#".to_owned()),
        Just("\t".to_owned()),
        Just("\r\n".to_owned()),
        Just("!t ".to_owned()),
        Just("? ".to_owned()),
        Just("1e3".to_owned()),
        Just("no".to_owned()),
        Just("~".to_owned()),
        Just("---\n".to_owned()),
        Just("<<".to_owned()),
        Just("title: ".to_owned()),
        Just("connectors: ".to_owned()),
        Just("lasts: ".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A random tree, written out, and what every scalar in it says.
fn written() -> impl Strategy<Value = serde_json::Value> {
    let leaf = "[a-zé日ß \"'#:,-]{0,6}".prop_map(serde_json::Value::String);
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            prop::collection::btree_map("[a-zé]{1,4}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

fn read_everything(text: &str) {
    let source = Source::new("x.yaml", text);
    let mut found = Diagnostics::new();
    match parse(&source, &Limits::default()) {
        Ok(node) => {
            validate(&node, &DRILL, &source, &mut found);
            in_bounds(&node, &source);
            decode(View::of(&node));
        }
        Err(errors) => found.extend(errors),
    }
    for style in [
        RenderStyle::default(),
        RenderStyle {
            width: 0,
            color: true,
            unicode: false,
        },
    ] {
        assert!(found.is_empty() || !found.render(style).is_empty());
    }
    found
        .records()
        .for_each(|record| assert!(record.line > 0 && record.column > 0));
}

/// A view of anything answers everything.
fn decode(view: View<'_>) {
    let _ = (
        view.text(),
        view.bool(),
        view.whole(),
        view.choice(),
        view.parse::<u8>(),
    );
    let inner = view.items().chain(view.entries().map(|(_, value)| value));
    inner.for_each(decode);
}

fn in_bounds(node: &Node, source: &Source) {
    assert!(
        source
            .text()
            .get(node.span.offset..node.span.end())
            .is_some(),
        "{:?}",
        node.span
    );
    node.items().iter().for_each(|item| in_bounds(item, source));
    for entry in node.entries() {
        assert!(
            source
                .text()
                .get(entry.key.span.offset..entry.key.span.end())
                .is_some()
        );
        in_bounds(&entry.value, source);
    }
}

/// Every span slices to a text that, read alone, is the same value.
fn slices_to_itself(node: &Node, source: &Source) -> Result<(), TestCaseError> {
    if node.value != Value::Null {
        let alone = Source::new("alone.yaml", source.slice(node.span));
        let again = parse(&alone, &Limits::default());
        let again = again.map_err(|_| TestCaseError::fail(format!("{:?}", alone.text())))?;
        prop_assert_eq!(to_json(&again), to_json(node));
    }
    node.items()
        .iter()
        .try_for_each(|item| slices_to_itself(item, source))?;
    node.entries()
        .iter()
        .try_for_each(|entry| slices_to_itself(&entry.value, source))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match Source::from_bytes("x.yaml", bytes, &Limits::default()) {
            Ok(source) => read_everything(source.text()),
            Err(found) => prop_assert!(!found.render(RenderStyle::default()).is_empty()),
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        read_everything(&text);
    }

    #[test]
    fn nothing_like_yaml_makes_it_panic(text in yamlish()) {
        read_everything(&text);
    }

    #[test]
    fn every_span_slices_to_its_own_text(value in written(), crlf: bool) {
        let text = serde_json::to_string_pretty(&value).expect("JSON");
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let source = Source::new("x.yaml", text);
        let node = parse(&source, &Limits::default());
        let node = node.map_err(|found| TestCaseError::fail(found.render(RenderStyle::default())))?;
        prop_assert_eq!(to_json(&node), value);
        slices_to_itself(&node, &source)?;
    }
}
