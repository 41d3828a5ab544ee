//! From text to nodes.

use super::*;

fn tree(text: &str) -> (Source, Node) {
    let source = Source::new("x.yaml", text);
    let node = parse(&source, &Limits::default()).unwrap_or_else(|found| {
        panic!("{text:?}: {}", found.render(RenderStyle::default()));
    });
    (source, node)
}

/// The code of the one complaint about a text, and its place.
fn refused(text: &str) -> String {
    let source = Source::new("x.yaml", text);
    let found = parse(&source, &Limits::default()).expect_err(text);
    let all: Vec<String> = found
        .records()
        .map(|one| format!("{}:{} {}", one.line, one.column, one.name))
        .collect();
    all.join(", ")
}

#[test]
fn scalars_keep_their_text_and_their_quotes() {
    let (_, node) = tree(
        "a: no\nb: 08\nc: 1e3\nd: 1_000\ne: 0x1F\nf: 'no'\ng: \"é\\n\"\nh: |\n  x\n  y\ni: foo\n  bar\nj: 1.50\nk: # a >\n  up\n",
    );
    let shown: Vec<String> = node
        .entries()
        .iter()
        .map(|entry| {
            let scalar = entry.value.scalar().expect("a scalar");
            format!("{:?} {:?}", scalar.text, scalar.style)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "\"no\" Plain",
            "\"08\" Plain",
            "\"1e3\" Plain",
            "\"1_000\" Plain",
            "\"0x1F\" Plain",
            "\"no\" Quoted",
            "\"é\\n\" Quoted",
            "\"x\\ny\\n\" Quoted",
            "\"foo bar\" Plain",
            "\"1.50\" Plain",
            "\"up\" Plain",
        ]
    );
}

#[test]
fn spans_are_bytes_whatever_the_characters() {
    for text in [
        "é: {ß: [日, 'ö'], x: 1}\nz: ü\n",
        "é: {ß: [日, 'ö'], x: 1}\r\nz: ü\r\n",
    ] {
        let (source, node) = tree(text);
        let entries = node.entries();
        assert_eq!(source.slice(entries[0].key.span), "é");
        assert_eq!(source.slice(entries[0].value.span), "{ß: [日, 'ö'], x: 1}");
        let inner = &entries[0].value.entries()[0].value;
        assert_eq!(source.slice(inner.span), "[日, 'ö']");
        assert_eq!(source.slice(inner.items()[1].span), "'ö'");
        assert_eq!(source.slice(entries[1].value.span), "ü");
    }
}

#[test]
fn a_map_or_list_reaches_to_its_end() {
    let (source, node) = tree("a:\n  b: 1\n  c: [ 1, # ] not yet\n   2, ]\nd: { e: { } , f: }\n");
    assert_eq!(
        source.slice(node.entries()[0].value.span),
        "b: 1\n  c: [ 1, # ] not yet\n   2, ]"
    );
    assert_eq!(
        source.slice(node.entries()[1].value.span),
        "{ e: { } , f: }"
    );
}

#[test]
fn an_alias_stands_for_what_it_names() {
    let (source, node) = tree("a: &x [1, 2]\nb: [*x, 3, *x ]\nc: {d: *x}\n");
    assert_eq!(source.slice(node.entries()[1].value.span), "[*x, 3, *x ]");
    assert_eq!(source.slice(node.entries()[2].value.span), "{d: *x}");
    let unfolded = &node.entries()[1].value.items()[2];
    assert_eq!(source.slice(unfolded.span), "[1, 2]");
    assert_eq!(unfolded.items().len(), 2);
}

#[test]
fn duplicate_keys_are_kept_for_the_report() {
    assert_eq!(tree("a: 1\na: 2\na: 3\n").1.entries().len(), 3);
}

#[test]
fn what_is_not_read_says_why() {
    assert_eq!(refused(""), "1:1 yaml-empty");
    assert_eq!(refused("# nothing\n"), "1:1 yaml-empty");
    assert_eq!(refused("---\na: 1\n---\nb: 2\n"), "4:1 yaml-many-documents");
    assert_eq!(
        refused("a: !!int \"5\"\nb: !foo x\n"),
        "1:10 yaml-tag, 2:9 yaml-tag"
    );
    assert_eq!(refused("a: !!str 5\n"), "1:10 yaml-tag");
    assert_eq!(refused("<<: {a: 1}\n"), "1:1 yaml-merge-key");
    assert_eq!(refused("a: *u\n"), "1:4 yaml-unknown-alias");
    assert_eq!(refused("- &a [*a]\n"), "1:7 yaml-unknown-alias");
    assert_eq!(
        refused("? [a]\n: 1\n? {b: 2}\n: 2\nnull: 3\n"),
        "1:3 yaml-key, 3:3 yaml-key, 5:1 yaml-key"
    );
    assert_eq!(refused("a: [1, 2\n"), "1:4 yaml-unclosed");
    assert_eq!(refused("a: \"x\n"), "1:4 yaml-unclosed");
    assert_eq!(refused("a: b: c\n"), "1:5 yaml-indent");
    assert_eq!(refused("a: 1\n b: 2\n"), "2:3 yaml-indent");
    assert_eq!(refused("- a\nb: 1\n"), "2:1 yaml-indent");
    assert_eq!(refused("x: @foo\n"), "1:4 yaml-character");
    assert_eq!(refused("a: \0\n"), "1:4 yaml-character");
    assert_eq!(refused("é: ü\nß: @\n"), "2:4 yaml-character");
    assert_eq!(refused("a:\n\t- b: 1\n"), "2:2 yaml-character");
}

#[test]
fn bombs_are_refused_soon() {
    let deep = format!("a: {}", "[".repeat(100_000));
    assert!(
        refused(&deep).contains("yaml-too-deep"),
        "{}",
        refused(&deep)
    );
    let block: String = (0..1_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert!(
        refused(&block).contains("yaml-too-deep"),
        "{}",
        refused(&block)
    );
    let dashes = format!("{}x", "- ".repeat(100_000));
    assert!(
        refused(&dashes).contains("yaml-too-deep"),
        "{}",
        refused(&dashes)
    );
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let one = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![one; 10].join(", "));
    }
    assert!(
        refused(&bomb).contains("yaml-alias-bomb"),
        "{}",
        refused(&bomb)
    );
    let chain: String = (1..200)
        .map(|level| format!("a{level}: &a{level} [[[[[[[[*a{}]]]]]]]]\n", level - 1))
        .collect();
    let chain = format!("a0: &a0 1\n{chain}");
    assert!(
        refused(&chain).contains("yaml-too-deep"),
        "{}",
        refused(&chain)
    );
    let many = format!("[{}]", "1,".repeat(1_100_000));
    assert!(
        refused(&many).contains("yaml-too-much"),
        "{}",
        refused(&many)
    );
}

/// Every one of these is quadratic in a careless reader: they have to be read in a moment.
#[test]
fn large_files_are_read_in_time_that_grows_with_their_size() {
    let keys: String = (0..30_000)
        .map(|number| format!("key{number}: [{{a: 1}}, 'x']\n"))
        .collect();
    let lines = format!("title: T\nconnectors:\n{}", "  x: {}\n".repeat(30_000));
    let long = format!("{{ {} }}", "a: 1, ".repeat(60_000));
    let texts = [
        keys,
        lines,
        long,
        "\n".repeat(3_000_000),
        " ".repeat(3_000_000),
        "a".repeat(3_000_000),
    ];
    for text in texts {
        let source = Source::new("x.yaml", text);
        let mut found = Diagnostics::new();
        match parse(&source, &Limits::default()) {
            Ok(node) => validate(&node, &DRILL, &source, &mut found),
            Err(errors) => found = errors,
        }
        assert!(!found.is_empty() && !found.render(RenderStyle::default()).is_empty());
    }
}
