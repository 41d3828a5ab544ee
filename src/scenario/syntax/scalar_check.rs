//! Holds a scalar against the shapes that take scalars.

use super::catalogue::CodeDoc;
use super::codes;
use super::describe::found;
use super::diagnostic::Diagnostic;
use super::node::{Node, Scalar, ScalarStyle};
use super::scalars::{Guess, guess, is_spelled_whole, parse_bool, parse_whole, whole_advice};
use super::shape::{Shape, TextKind};
use super::validate::{Checker, example_of};

/// What is wrong with a scalar.
pub(super) struct Problem {
    doc: &'static CodeDoc,
    /// What follows the found words: `the number 8` + ` is not a duration`.
    says: String,
    help: String,
}

impl Problem {
    fn new(doc: &'static CodeDoc, says: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            doc,
            says: says.into(),
            help: help.into(),
        }
    }
}

impl Checker<'_> {
    /// A scalar where one is wanted.
    pub(super) fn scalar(&mut self, node: &Node, shape: &Shape, scalar: &Scalar) {
        if let Shape::OneOf(variants) = shape.resolved() {
            if !variants.iter().any(|variant| variant.name == scalar.text) {
                self.not_one_of(
                    &scalar.text,
                    node.span,
                    variants.iter().map(|variant| variant.name),
                );
            }
        } else if scalar.text.trim().is_empty() {
            self.empty(node, shape, None);
        } else if let Some(problem) = scalar_problem(shape, scalar) {
            let message = format!("{} {}", found(node), problem.says);
            self.complain(problem.doc, node.span, message, shape, problem.help);
        }
    }

    /// A scalar that is none of several; `of_kind` are those that take scalars at all.
    pub(super) fn no_scalar(
        &mut self,
        node: &Node,
        scalar: &Scalar,
        whole: &Shape,
        of_kind: &[&Shape],
    ) {
        let names = of_kind.iter().filter_map(|shape| match shape.resolved() {
            Shape::OneOf(variants) => Some(variants.iter().map(|variant| variant.name)),
            _ => None,
        });
        let message = format!("{} is none of what is valid here", found(node));
        let Some(near) = super::did_you_mean(&scalar.text, names.flatten()) else {
            return self.complain(
                &codes::BAD_TEXT,
                node.span,
                message,
                whole,
                example_of(whole),
            );
        };
        let diagnostic = Diagnostic::new(&codes::BAD_TEXT, self.source, message)
            .label(node.span, format!("did you mean `{near}`?"))
            .help(format!("expected {}", whole.describe()));
        self.say(diagnostic);
    }
}

/// What is wrong with a scalar for a shape, if anything.
pub(super) fn scalar_problem(shape: &Shape, scalar: &Scalar) -> Option<Problem> {
    if scalar.text.trim().is_empty() {
        return Some(Problem::new(
            &codes::EMPTY,
            "says nothing",
            example_of(shape),
        ));
    }
    match shape.resolved() {
        Shape::Word => unquoted(scalar),
        Shape::Text(kind) => not_parsed(kind, scalar).or_else(|| unquoted(scalar)),
        Shape::Number(kind) => not_plain_number(kind, scalar).or_else(|| not_parsed(kind, scalar)),
        Shape::Bool => not_bool(scalar),
        Shape::Whole { min, max } => not_whole(shape, scalar, *min, *max),
        Shape::OneOf(variants) => (!variants.iter().any(|variant| variant.name == scalar.text))
            .then(|| Problem::new(&codes::NOT_ONE_OF, "is not valid here", example_of(shape))),
        Shape::AnyOf(shapes) => shapes
            .iter()
            .filter(|shape| shape.is_scalar())
            .map(|shape| scalar_problem(shape, scalar))
            .reduce(|first, next| {
                if first.is_none() || next.is_none() {
                    None
                } else {
                    first
                }
            })
            .flatten(),
        _ => Some(Problem::new(
            &codes::WRONG_TYPE,
            "stands where something else is wanted",
            example_of(shape),
        )),
    }
}

/// A text that other readers of YAML would not take for one.
fn unquoted(scalar: &Scalar) -> Option<Problem> {
    let what = match guess(scalar) {
        Guess::Text => return None,
        Guess::Bool => "a truth value",
        Guess::Number => "a number",
    };
    Some(Problem::new(
        &codes::NEEDS_QUOTES,
        format!("would be read as {what}, and a text is wanted"),
        format!("quote it: `{:?}`", scalar.text),
    ))
}

fn not_parsed(kind: &TextKind, scalar: &Scalar) -> Option<Problem> {
    let why = (kind.parse)(&scalar.text).err()?;
    Some(Problem::new(
        &codes::BAD_TEXT,
        format!("is not {}: {why}", kind.name),
        format!("an example: `{}`. {}", kind.example, kind.doc),
    ))
}

fn not_plain_number(kind: &TextKind, scalar: &Scalar) -> Option<Problem> {
    let advice = if scalar.style == ScalarStyle::Quoted {
        "numbers are not quoted".to_owned()
    } else if !is_spelled_whole(&scalar.text)
        && scalar
            .text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'_' | b'+' | b'-'))
    {
        whole_advice(&scalar.text)?.to_owned()
    } else if guess(scalar) != Guess::Number {
        format!("an example: `{}`. {}", kind.example, kind.doc)
    } else {
        return None;
    };
    Some(Problem::new(
        &codes::BAD_NUMBER,
        format!("is not {} as it should be written", kind.name),
        advice,
    ))
}

fn not_bool(scalar: &Scalar) -> Option<Problem> {
    if parse_bool(scalar).is_some() {
        return None;
    }
    let help = match scalar.text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => "write `true`, without quotes and in lower case",
        "false" | "no" | "off" | "n" => "write `false`, without quotes and in lower case",
        _ => "write `true` or `false`",
    };
    Some(Problem::new(
        &codes::WRONG_TYPE,
        "is not a truth value",
        help,
    ))
}

fn not_whole(shape: &Shape, scalar: &Scalar, min: i64, max: i64) -> Option<Problem> {
    let number = parse_whole(&scalar.text);
    match (scalar.style, number) {
        (ScalarStyle::Plain, Some(number)) if (min..=max).contains(&number) => None,
        (ScalarStyle::Plain, Some(number)) => {
            let (problem, bound) = if number < min {
                ("small", min)
            } else {
                ("large", max)
            };
            let word = if number < min { "least" } else { "most" };
            let help = format!("the {word} is {bound}");
            Some(Problem::new(
                &codes::OUT_OF_RANGE,
                format!("is too {problem}"),
                help,
            ))
        }
        (ScalarStyle::Quoted, Some(_)) => Some(Problem::new(
            &codes::BAD_NUMBER,
            "is not a number",
            "remove the quotes",
        )),
        (_, None) => match whole_advice(&scalar.text) {
            Some(advice) => Some(Problem::new(
                &codes::BAD_NUMBER,
                "is not a whole number as it should be written",
                advice,
            )),
            None => Some(Problem::new(
                &codes::WRONG_TYPE,
                "is not a whole number",
                example_of(shape),
            )),
        },
    }
}
