//! Tests of the grammar, by topic, over one small shape that has a bit of everything.

use serde_json::{Map, Number, json};

use super::*;

mod files;
mod properties;
mod rendered;
mod schema;
mod shapes;
mod trees;

static CODES: Catalogue = Catalogue::new(&[codes::FILES, codes::YAML, codes::SHAPE]);

fn is_duration(text: &str) -> Result<(), String> {
    let digits = text.trim_end_matches(['w', 'd', 'h', 'm', 's']);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("it does not begin with a whole number".into());
    }
    if text.len() == digits.len() + 1 {
        Ok(())
    } else {
        Err("its unit is missing".into())
    }
}

fn is_name(text: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match text.chars().find(|c| !good(*c)) {
        _ if text.is_empty() => Err("it is empty".into()),
        Some(c) => Err(format!("{c:?} may not be in a name")),
        None => Ok(()),
    }
}

fn is_factor(text: &str) -> Result<(), String> {
    let good = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if good {
        Ok(())
    } else {
        Err("it is not a decimal number".into())
    }
}

static DURATION: TextKind = TextKind {
    name: "a duration",
    doc: "A whole number with `w`, `d`, `h`, `m` or `s`.",
    pattern: "[0-9]+[wdhms]",
    parse: is_duration,
    example: "4h",
};
static NAME: TextKind = TextKind {
    name: "a name",
    doc: "Small letters, digits and dashes.",
    pattern: "[a-z0-9-]+",
    parse: is_name,
    example: "contoso",
};
static FACTOR: TextKind = TextKind {
    name: "a factor",
    doc: "How many times as long it takes.",
    pattern: "",
    parse: is_factor,
    example: "1.5",
};

/// Fixed, or random: the usual case for `AnyOf`.
static SPREAD: SharedShape = SharedShape {
    name: "spread",
    doc: "A duration, fixed or drawn.",
    shape: &Shape::AnyOf(&[Shape::Text(&DURATION), Shape::Choice(DISTRIBUTIONS)]),
};
static DISTRIBUTIONS: &[Alternative] = &[
    Alternative::new(
        "uniform",
        Shape::Map(BOUNDS),
        "Anything between two bounds.",
    ),
    Alternative::new(
        "empirical",
        Shape::ListOf {
            item: &Shape::Text(&DURATION),
            min: 1,
            max: 3,
        },
        "One of these.",
    ),
    Alternative::new(
        "twice",
        Shape::Shared(&SPREAD),
        "Two draws, one after the other.",
    ),
];
static BOUNDS: &[Field] = &[
    Field::required("min", Shape::Text(&DURATION), "The least."),
    Field::required("max", Shape::Text(&DURATION), "The most."),
];
static SCM: &[Variant] = &[
    Variant::new("github", "GitHub."),
    Variant::new("azure-devops", "Azure DevOps."),
];
static CONNECTOR: SharedShape = SharedShape {
    name: "connector",
    doc: "A connector and its orgs.",
    shape: &Shape::Map(&[
        Field::required("region", Shape::Word, "The region it lives in."),
        Field::required("scm", Shape::OneOf(SCM), "What it connects to."),
        Field::optional("auto", Shape::Bool, "Whether it finds orgs by itself.").or("`false`"),
        Field::optional("orgs", Shape::AnyOf(ORGS), "How many orgs, or which.").or("`1`"),
        Field::optional("factor", Shape::Number(&FACTOR), "How slow it is.").or("`1`"),
    ]),
};
static ORGS: &[Shape] = &[
    Shape::count(1_000),
    Shape::OneOf(&[
        Variant::new("none", "No org."),
        Variant::new("all", "Every org."),
    ]),
    Shape::ListOf {
        item: &Shape::Text(&NAME),
        min: 0,
        max: usize::MAX,
    },
    Shape::map_of(&NAME, &Shape::Map(&[])),
];
static DRILL: Shape = Shape::Map(&[
    Field::required("title", Shape::Word, "What is drilled.").such_as("West Europe is lost"),
    Field::required(
        "connectors",
        Shape::map_of(&NAME, &Shape::Shared(&CONNECTOR)),
        "By name.",
    ),
    Field::optional(
        "lasts",
        Shape::Shared(&SPREAD),
        "How long the region is away.",
    )
    .or("`26h`"),
    Field::optional("tags", Shape::list_of(&Shape::Text(&NAME)), "To select by.").or("`[]`"),
]);

/// The node and what was found, for a text that is YAML.
fn checked(text: &str) -> (Node, Diagnostics) {
    let source = Source::new("drill.yaml", text);
    let node = parse(&source, &Limits::default()).expect("YAML");
    let mut found = Diagnostics::new();
    validate(&node, &DRILL, &source, &mut found);
    (node, found)
}

/// `line:column code` of everything that is wrong with a text, in order.
fn complaints(text: &str) -> Vec<String> {
    let source = Source::new("drill.yaml", text);
    let found = match parse(&source, &Limits::default()) {
        Ok(_) => checked(text).1,
        Err(found) => found,
    };
    found
        .records()
        .map(|one| format!("{}:{} {}", one.line, one.column, one.code))
        .collect()
}

/// The tree as other readers of YAML see it, YAML 1.1 and 1.2 taken together.
fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => json!(null),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => {
            let one = |entry: &Entry| (entry.key.value.clone(), to_json(&entry.value));
            serde_json::Value::Object(entries.iter().map(one).collect::<Map<_, _>>())
        }
        Value::Scalar(scalar) => match scalars::guess(scalar) {
            scalars::Guess::Text => json!(scalar.text),
            // Readers disagree about all but these two: such a value is nothing in particular.
            scalars::Guess::Bool => scalar
                .text
                .parse()
                .map_or(json!(null), |bool: bool| json!(bool)),
            scalars::Guess::Number => scalar
                .text
                .parse::<i64>()
                .map_or_else(
                    |_| scalar.text.parse::<f64>().ok().and_then(Number::from_f64),
                    |n| Some(n.into()),
                )
                .map_or(json!(null), serde_json::Value::Number),
        },
    }
}
