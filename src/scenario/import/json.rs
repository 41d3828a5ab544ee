//! JSON that knows where it stands, and is taken apart only where it is looked at.
//!
//! The library checks a whole text once, without keeping anything of it. What is read
//! after that are slices of the text, so a large export takes no more memory than its
//! text, and every value knows its place.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Error};

/// A value of a text that was found to be JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'t>(&'t str);

/// What kind of value it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Null,
    Text,
    List,
    Map,
    /// A number, or a truth value.
    Other,
}

/// Text that no character stands for, such as half of a pair.
#[derive(Debug)]
pub(super) struct Broken;

/// The values that stand one behind the other in a text; the last may be an error.
pub(super) fn values(text: &str) -> impl Iterator<Item = Result<Json<'_>, Error>> {
    let values = Deserializer::from_str(text).into_iter::<&RawValue>();
    values.map(|it| it.map(|raw| Json(raw.get())))
}

impl<'t> Json<'t> {
    /// Where in the text it begins, in bytes; the text is the one that it was read from.
    pub(super) fn offset_in(self, text: &str) -> usize {
        let offset = (self.0.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        offset.min(text.len())
    }

    pub(super) fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'n') => Kind::Null,
            Some(b'"') => Kind::Text,
            Some(b'[') => Kind::List,
            Some(b'{') => Kind::Map,
            _ => Kind::Other,
        }
    }

    /// As it is written.
    pub(super) fn written(self) -> &'t str {
        self.0
    }

    /// The text of a text.
    pub(super) fn text(self) -> Result<Option<String>, Broken> {
        if self.kind() != Kind::Text {
            return Ok(None);
        }
        serde_json::from_str(self.0).map(Some).map_err(|_| Broken)
    }

    /// The number, if it is a whole one.
    pub(super) fn whole(self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The items of a list, with their places; nothing for another kind.
    pub(super) fn items(self, mut each: impl FnMut(usize, Json<'t>)) {
        if self.kind() != Kind::List {
            return;
        }
        let mut at = 0;
        let each = |raw: &'t RawValue| {
            each(at, Json(raw.get()));
            at += 1;
        };
        // It was found to be JSON before, so the items cannot fail.
        let _ = Deserializer::from_str(self.0).deserialize_seq(Items(each));
    }

    /// The entries of a map, in order; nothing for another kind.
    pub(super) fn entries(self, each: impl FnMut(&str, Json<'t>)) -> Result<(), Broken> {
        if self.kind() != Kind::Map {
            return Ok(());
        }
        let read = Deserializer::from_str(self.0).deserialize_map(Entries(each));
        read.map_err(|_| Broken)
    }
}

struct Items<F>(F);

impl<'t, F: FnMut(&'t RawValue)> Visitor<'t> for Items<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(raw) = items.next_element::<&'t RawValue>()? {
            (self.0)(raw);
        }
        Ok(())
    }
}

struct Entries<F>(F);

impl<'t, F: FnMut(&str, Json<'t>)> Visitor<'t> for Entries<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut entries: A) -> Result<(), A::Error> {
        while let Some((key, raw)) = entries.next_entry::<&'t RawValue, &'t RawValue>()? {
            let key: String = serde_json::from_str(key.get()).map_err(A::Error::custom)?;
            (self.0)(&key, Json(raw.get()));
        }
        Ok(())
    }
}
