//! What a file may say: one static table, from which checking, schema and listings come.

/// The shape of one node.
///
/// Shapes are values in `static` tables. They are `Copy`, and anything larger is behind a
/// reference; what is used in several places, or in itself, is a [`Shape::Shared`].
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any text that is not empty. A plain word that other readers of YAML would take for a truth
    /// value, a number or nothing has to be quoted.
    Word,
    /// Text with a grammar: a duration, a name, a rate.
    Text(&'static TextKind),
    /// A number that is written plainly, whose text has a grammar: `1.5`, `0x2a`.
    Number(&'static TextKind),
    /// `true` or `false`.
    Bool,
    /// A whole number in decimal digits, both bounds allowed.
    Whole {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// One of a few words.
    OneOf(&'static [Variant]),
    /// A map with these keys and no others.
    Map(&'static [Field]),
    /// A map whose keys are the writer's own.
    MapOf {
        /// The grammar of a key.
        key: &'static TextKind,
        /// The shape of every value.
        value: &'static Shape,
        /// The fewest entries.
        min: usize,
        /// The most entries.
        max: usize,
    },
    /// A list.
    ListOf {
        /// The shape of every item.
        item: &'static Shape,
        /// The fewest items.
        min: usize,
        /// The most items.
        max: usize,
    },
    /// A map with exactly one key, which names the alternative: `region-outage: {…}`.
    Choice(&'static [Alternative]),
    /// One of several shapes, told apart by what kind of node stands there, never by trying:
    /// a scalar goes to the first scalar shape that takes it, a list to the only list, a map to
    /// the [`Choice`](Shape::Choice) if its one key names an alternative, else to the map.
    AnyOf(&'static [Shape]),
    /// A shape with a name, used in several places or inside itself.
    Shared(&'static SharedShape),
}

/// Text with a grammar.
#[derive(Debug)]
pub struct TextKind {
    /// What it is called, with its article: `a duration`.
    pub name: &'static str,
    /// What it is and how it is written.
    pub doc: &'static str,
    /// A regular expression (ECMA 262, without anchors: the whole text has to match) for the
    /// schema. Empty: anything. It may allow more than `parse` does, never less.
    pub pattern: &'static str,
    /// Says why a text is none of these.
    pub parse: fn(&str) -> Result<(), String>,
    /// A text that is one.
    pub example: &'static str,
}

/// One of a few words.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// The word.
    pub name: &'static str,
    /// What it stands for.
    pub doc: &'static str,
}

impl Variant {
    /// A word, and what it stands for.
    #[must_use]
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        Self { name, doc }
    }
}

/// One key of a map.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// Whether it has to be there.
    pub required: bool,
    /// What it means, in whole sentences.
    pub doc: &'static str,
    /// What holds where it is not there, in the words of the file or in plain words.
    pub default: Option<&'static str>,
    /// A value to show, where that of the shape does not do.
    pub example: Option<&'static str>,
}

impl Field {
    /// A key that has to be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            required: true,
            doc,
            default: None,
            example: None,
        }
    }

    /// A key that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            required: false,
            doc,
            default: None,
            example: None,
        }
    }

    /// What holds where the key is left out.
    #[must_use]
    pub const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// A value to show.
    #[must_use]
    pub const fn such_as(mut self, example: &'static str) -> Self {
        self.example = Some(example);
        self
    }
}

/// One alternative of a [`Shape::Choice`].
#[derive(Debug, Clone, Copy)]
pub struct Alternative {
    /// The key that names it.
    pub name: &'static str,
    /// The shape of what stands under the key.
    pub shape: Shape,
    /// What it means.
    pub doc: &'static str,
}

impl Alternative {
    /// An alternative: its key, its shape, its meaning.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, doc }
    }
}

/// A shape with a name.
#[derive(Debug)]
pub struct SharedShape {
    /// Its name in the schema's `$defs` and in listings: words with dashes, used once.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The shape. A reference, so that a shape may hold itself.
    pub shape: &'static Shape,
}

impl Shape {
    /// A list of any length.
    #[must_use]
    pub const fn list_of(item: &'static Shape) -> Self {
        Self::ListOf {
            item,
            min: 0,
            max: usize::MAX,
        }
    }

    /// A map of any size, with keys of the writer's own.
    #[must_use]
    pub const fn map_of(key: &'static TextKind, value: &'static Shape) -> Self {
        Self::MapOf {
            key,
            value,
            min: 0,
            max: usize::MAX,
        }
    }

    /// A count: a whole number from 0.
    #[must_use]
    pub const fn count(max: i64) -> Self {
        Self::Whole { min: 0, max }
    }

    /// The shape behind a name; any other shape is itself.
    #[must_use]
    pub fn resolved(&self) -> &Self {
        let mut shape = self;
        while let Self::Shared(shared) = shape {
            shape = shared.shape;
        }
        shape
    }

    /// Whether a scalar may have this shape.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        match self.resolved() {
            Self::AnyOf(shapes) => shapes.iter().any(Self::is_scalar),
            Self::Word
            | Self::Text(_)
            | Self::Number(_)
            | Self::Bool
            | Self::Whole { .. }
            | Self::OneOf(_) => true,
            _ => false,
        }
    }
}
