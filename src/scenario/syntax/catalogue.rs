//! What each code means, in words for somebody who has just met it.

/// The documentation of one code, as `lifeboat explain` shows it.
///
/// A [`Diagnostic`](super::Diagnostic) is made from one of these: a code without an explanation
/// cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeDoc {
    /// The stable code: `LB` and four digits. Never given to anything else.
    pub code: &'static str,
    /// The stable name: a few words with dashes.
    pub slug: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// What it is, why it is an error, and what to do.
    pub explain: &'static str,
    /// A piece of a file that has it, and mostly how it reads when mended.
    pub example: &'static str,
}

/// Codes of several owners, seen as one.
///
/// Whoever reports something owns a table of codes; the catalogue of a program is the list of
/// those tables. The ranges: `LB00` files, `LB01` YAML, `LB02` shape, `LB03` meaning,
/// `LB04` exports.
///
/// ```
/// # use lifeboat::scenario::syntax::{Catalogue, codes};
/// static CODES: Catalogue = Catalogue::new(&[codes::FILES, codes::YAML, codes::SHAPE]);
/// assert_eq!(CODES.find("LB0201").map(|doc| doc.slug), Some("unknown-key"));
/// assert_eq!(CODES.find("unknown-key").map(|doc| doc.code), Some("LB0201"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    tables: &'static [&'static [&'static CodeDoc]],
}

impl Catalogue {
    /// A catalogue out of tables.
    #[must_use]
    pub const fn new(tables: &'static [&'static [&'static CodeDoc]]) -> Self {
        Self { tables }
    }

    /// Every code, table by table.
    pub fn iter(&self) -> impl Iterator<Item = &'static CodeDoc> {
        self.tables.iter().flat_map(|table| table.iter().copied())
    }

    /// The code with this name: `LB0201` in any case, or its slug.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static CodeDoc> {
        self.iter()
            .find(|doc| doc.code.eq_ignore_ascii_case(name) || doc.slug == name)
    }

    /// Names that are taken twice, and codes or slugs that are not written as they should be:
    /// for the test that every owner of a table has.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for doc in self.iter() {
            let digits = doc.code.strip_prefix("LB").unwrap_or_default();
            if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                faults.push(format!("{} is not LB and four digits", doc.code));
            }
            if !doc
                .slug
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            {
                faults.push(format!("{} is not a slug", doc.slug));
            }
            for name in [doc.code, doc.slug] {
                if !seen.insert(name) {
                    faults.push(format!("{name} is taken twice"));
                }
            }
            if [doc.title, doc.explain, doc.example]
                .iter()
                .any(|text| text.trim().is_empty())
            {
                faults.push(format!(
                    "{} lacks a title, an explanation or an example",
                    doc.code
                ));
            }
        }
        faults
    }
}
