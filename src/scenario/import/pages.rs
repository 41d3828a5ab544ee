//! What an export is, told by its shape: which rows it has, and whether that is all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes;
use super::fields::{Fields, known};
use super::harvest::{Harvest, Place};
use super::json::{Json, Kind, values};
use crate::scenario::syntax::Source;

/// How deep lists of lists are looked into, as a tool that gathers pages leaves them.
const DEEPEST: usize = 4;

/// Whether what was handed over is everything that was asked for.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// By how many records there are in all: the rows of answers that do not have them all.
    by_total: BTreeMap<u64, BTreeSet<u64>>,
    /// Answers that do not say how many there are, and that there are more.
    cut: u64,
    /// By what is listed: lists that name a next one, and lists that end.
    lists: BTreeMap<String, (u64, u64)>,
}

impl Answers {
    /// What is missing, in words; empty if nothing is.
    pub(super) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (total, rows) in &self.by_total {
            let rows = rows.len();
            if (rows as u64) < *total {
                missing.push(format!(
                    "{rows} of {total} rows of an answer of Resource Graph"
                ));
            }
        }
        if self.cut > 0 {
            missing.push("an answer of Resource Graph says that there are more rows".to_owned());
        }
        let open = self
            .lists
            .values()
            .filter(|it| it.0 > 0 && it.1 == 0)
            .count();
        if open > 0 {
            let lists = if open == 1 { "a list goes" } else { "lists go" };
            missing.push(format!("{lists} on behind a `nextLink`"));
        }
        missing
    }
}

/// Reads an export into a harvest.
pub(super) fn read(source: &Source, harvest: &mut Harvest) {
    harvest.counts.exports += 1;
    let mut reading = Reading {
        source,
        file: source.name().into(),
        harvest,
    };
    let mut any = false;
    for value in values(source.text()) {
        any = true;
        match value {
            Ok(value) => reading.value(value, "", 0),
            Err(error) => return reading.not_json(&error),
        }
    }
    if !any {
        let place = reading.place_of_offset(0, "");
        reading.not_an_export(&place, "there is nothing in the export", None);
    }
}

/// An export on its way into a harvest.
pub(super) struct Reading<'t, 'h> {
    pub(super) source: &'t Source,
    file: Arc<str>,
    pub(super) harvest: &'h mut Harvest,
}

impl<'t> Reading<'t, '_> {
    fn value(&mut self, value: Json<'t>, pointer: &str, depth: usize) {
        match value.kind() {
            Kind::List if depth < DEEPEST => {
                let mut rows = 0;
                value.items(|at, item| {
                    rows += 1;
                    self.value(item, &format!("{pointer}/{at}"), depth + 1);
                });
                self.harvest.counts.empty_lists += u64::from(rows == 0);
            }
            Kind::Map => self.map(value, pointer, depth),
            _ if depth == 0 => {
                let place = self.place(value, pointer);
                self.not_an_export(
                    &place,
                    "an export is a list or a map, and this is neither",
                    None,
                );
            }
            _ => self.no_row(value, pointer),
        }
    }

    /// An answer, a list, a single resource, or none of them.
    fn map(&mut self, map: Json<'t>, pointer: &str, depth: usize) {
        let place = self.place(map, pointer);
        let fields = match Fields::of(map) {
            Ok(fields) => fields,
            Err(fault) => return self.unreadable(&place, &fault.to_string()),
        };
        let has = |key: &str| fields.get(key).is_some();
        let is_list = |key: &str| fields.get(key).is_some_and(|it| it.kind() == Kind::List);
        if has("id") || has("connectorResourceId") {
            self.row(fields, &place);
        } else if has("data") {
            self.answer(&fields, pointer);
        } else if is_list("value") {
            self.list(&fields, pointer);
        } else if has("error") || has("errorMessage") {
            let code = fields.map("error").and_then(|it| it.text("code"));
            let code = code.ok().flatten();
            self.not_an_export(
                &place,
                "this is what the API says when something went wrong",
                code.as_deref(),
            );
        } else if depth == 0 {
            self.not_an_export(
                &place,
                "this has neither `data`, nor `value`, nor an `id`",
                None,
            );
        } else {
            self.unreadable(&place, "the row has no `id`");
        }
    }

    /// An answer of Resource Graph.
    fn answer(&mut self, answer: &Fields<'t>, pointer: &str) {
        let mut rows = Vec::new();
        if let Some(data) = answer.get("data") {
            if data.kind() == Kind::List {
                data.items(|at, row| {
                    rows.push(mark(row));
                    self.row_of_answer(row, &format!("{pointer}/data/{at}"));
                });
            } else if let Err(what) = self.table(data, pointer, &mut rows) {
                let place = self.place(data, &format!("{pointer}/data"));
                return self.not_an_export(&place, what, None);
            }
        }
        self.harvest.counts.empty_lists += u64::from(rows.is_empty());
        let answers = &mut self.harvest.answers;
        let says = |key: &str| answer.get(key).map(|it| it.written().trim_matches('"'));
        let more = says("resultTruncated").is_some_and(|it| it.eq_ignore_ascii_case("true"))
            || says("skipToken").is_some_and(|it| !it.is_empty());
        match answer.get("totalRecords").and_then(Json::whole) {
            // Pages of one answer agree on their total; the same page twice is one.
            Some(total) if total > rows.len() as u64 => {
                answers.by_total.entry(total).or_default().extend(rows);
            }
            Some(_) => {}
            None => answers.cut += u64::from(more),
        }
    }

    fn row_of_answer(&mut self, row: Json<'t>, pointer: &str) {
        if row.kind() != Kind::Map {
            return self.no_row(row, pointer);
        }
        let place = self.place(row, pointer);
        match Fields::of(row) {
            Ok(fields) => self.row(fields, &place),
            Err(fault) => self.unreadable(&place, &fault.to_string()),
        }
    }

    /// An answer in the older form: names of columns, and rows without.
    fn table(
        &mut self,
        data: Json<'t>,
        pointer: &str,
        rows: &mut Vec<u64>,
    ) -> Result<(), &'static str> {
        const ODD: &str = "`data` is neither a list of rows nor a table with `columns` and `rows`";
        let table = Fields::of(data).map_err(|_| ODD)?;
        let (Some(columns), Some(body)) = (table.get("columns"), table.get("rows")) else {
            return Err(ODD);
        };
        let mut names = Vec::new();
        columns.items(|_, column| {
            let name = Fields::of(column).and_then(|it| it.text("name"));
            names.push(name.ok().flatten().and_then(|it| known(&it)));
        });
        body.items(|at, row| {
            rows.push(mark(row));
            let pointer = format!("{pointer}/data/rows/{at}");
            if row.kind() != Kind::List {
                return self.no_row(row, &pointer);
            }
            let place = self.place(row, &pointer);
            match Fields::of_row(&names, row) {
                Ok(fields) => self.row(fields, &place),
                Err(fault) => self.unreadable(&place, &fault.to_string()),
            }
        });
        Ok(())
    }

    /// A list of the API.
    fn list(&mut self, list: &Fields<'t>, pointer: &str) {
        let mut first = None;
        let mut rows = 0;
        if let Some(value) = list.get("value") {
            value.items(|at, row| {
                rows += 1;
                if first.is_none() {
                    first = collection(row);
                }
                self.row_of_answer(row, &format!("{pointer}/value/{at}"));
            });
        }
        let more = list.text("nextLink").is_ok_and(|it| it.is_some());
        let of = first.unwrap_or_default();
        let counted = self.harvest.answers.lists.entry(of).or_default();
        if more {
            counted.0 += 1;
        } else {
            counted.1 += 1;
        }
        self.harvest.counts.empty_lists += u64::from(rows == 0);
    }

    pub(super) fn place(&self, value: Json<'t>, pointer: &str) -> Place {
        self.place_of_offset(value.offset_in(self.source.text()), pointer)
    }

    fn place_of_offset(&self, offset: usize, pointer: &str) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: self.source.line_index(offset) + 1,
            pointer: pointer.to_owned(),
        }
    }

    fn not_json(&mut self, error: &serde_json::Error) {
        let place = Place {
            file: Arc::clone(&self.file),
            line: error.line().max(1),
            pointer: String::new(),
        };
        let column = error.column();
        let what = if error.is_eof() {
            "this ends in the middle of a value".to_owned()
        } else {
            // The library says where at the end, and we at the beginning.
            let text = error.to_string();
            let why = text.split(" at line ").next().unwrap_or_default();
            format!("this is not JSON: {why}, at byte {column} of the line")
        };
        let help = "export again with `--output json`";
        self.harvest
            .complaints
            .add(&codes::NOT_JSON, &place, &what, None, help);
        self.harvest.complaints.fatal = true;
    }

    fn not_an_export(&mut self, place: &Place, what: &str, value: Option<&str>) {
        let help = "an export is an answer of Resource Graph, a list of the API, or what `az … --output json` prints";
        self.harvest
            .complaints
            .add(&codes::NOT_AN_EXPORT, place, what, value, help);
        self.harvest.complaints.fatal = true;
    }

    fn no_row(&mut self, value: Json<'t>, pointer: &str) {
        let place = self.place(value, pointer);
        self.unreadable(&place, "a row is a map, and this is none");
    }

    /// Complains of a row that says nothing.
    pub(super) fn unreadable(&mut self, place: &Place, what: &str) {
        self.harvest.counts.unusable += 1;
        let help = "export it again, with its `id`";
        self.harvest
            .complaints
            .add(&codes::ROW_UNREADABLE, place, what, None, help);
    }
}

/// What tells a row from others.
fn mark(row: Json<'_>) -> u64 {
    xxhash_rust::xxh3::xxh3_64(row.written().as_bytes())
}

/// What a row is one of: its Resource ID without the last part.
fn collection(row: Json<'_>) -> Option<String> {
    let id = Fields::of(row).ok()?.text("id").ok()??;
    let (parent, _) = id.rsplit_once('/')?;
    // Connectors are listed by subscription, whatever their resource group is.
    let parts: Vec<&str> = parent.split('/').collect();
    let of = match parts[..] {
        ["", _, subscription, _, _, _, _, _] => subscription,
        _ => parent,
    };
    Some(of.to_lowercase())
}
