//! The JSON result: stable, versioned, with a schema of its own
//! (`lifeboat schema result`, kept in `schemas/result.v1.json`).
//!
//! Times are whole milliseconds, instants from T+0. A clock that never started or
//! never stopped is null. Keys only ever get added within one `format`.

#[cfg(all(test, feature = "cli"))]
mod tests;
mod types;

pub use types::{
    AssumptionJson, BoundJson, CheckResult, ClocksJson, DiagnosticJson, Document, LedBy, LinesJson,
    MeasuresJson, PathJson, PlaceJson, ScenarioResult,
};

use super::assess::ScenarioVerdict;
use super::bounds::Reading;
use super::entry::{Broken, Entry, Ran, seed_text};
use super::exit::Exit;
use super::human::Tally;
use super::story::{led_to, slowest};
use crate::measures::{ClockKind, Clocks, Ledger, Line, Party};
use crate::model::fleet::RecordKind;
use crate::scenario::expect::Limit;
use std::collections::BTreeMap;

/// The version of the JSON result.
pub const FORMAT: u32 = 1;

/// The result of a sweep.
#[must_use]
pub fn document(entries: &[Entry], exit: Exit) -> Document {
    let tally = Tally::of(entries);
    let mut summary: BTreeMap<String, u64> = ScenarioVerdict::ALL
        .into_iter()
        .map(|it| (it.name().to_owned(), tally.get(it)))
        .collect();
    summary.insert("broken".to_owned(), tally.broken);
    Document {
        lifeboat: env!("CARGO_PKG_VERSION").to_owned(),
        format: FORMAT,
        exit_code: exit.code(),
        summary,
        scenarios: entries.iter().map(result).collect(),
    }
}

/// The result of a sweep as text, with a line break at its end.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
#[must_use]
pub fn to_text(document: &Document) -> String {
    serde_json::to_string_pretty(document).expect("the document holds only what JSON can") + "\n"
}

fn result(entry: &Entry) -> ScenarioResult {
    match entry {
        Entry::Ran(ran) => of_run(ran),
        Entry::Invalid { path, diagnostics } => ScenarioResult {
            diagnostics: diagnostics.records().map(|it| diagnostic(&it)).collect(),
            ..not_run(path)
        },
        Entry::Broken(Broken {
            path,
            seed,
            message,
            ..
        }) => ScenarioResult {
            seed: seed.map(seed_text),
            broken: Some(message.clone()),
            ..not_run(path)
        },
    }
}

fn not_run(path: &str) -> ScenarioResult {
    let id = std::path::Path::new(path)
        .file_stem()
        .map_or(path.into(), |it| it.to_string_lossy());
    ScenarioResult {
        id: id.into_owned(),
        path: path.to_owned(),
        title: None,
        seed: None,
        verdict: ScenarioVerdict::Invalid.name().to_owned(),
        trace_hash: None,
        facts: 0,
        end_ms: None,
        checks: Vec::new(),
        bounds: Vec::new(),
        measures: None,
        assumptions: Vec::new(),
        diagnostics: Vec::new(),
        broken: None,
        again: None,
    }
}

fn of_run(ran: &Ran) -> ScenarioResult {
    let (scenario, outcome) = (&ran.scenario, &ran.outcome);
    let assumption = |it: &crate::scenario::Assumption| AssumptionJson {
        name: it.name.to_string(),
        value: it.value.to_string(),
        origin: it.origin.name().to_owned(),
        source: it.source.to_string(),
        changed: it.changed,
    };
    ScenarioResult {
        id: scenario.id.to_string(),
        title: Some(scenario.title.to_string()),
        seed: Some(ran.seed()),
        verdict: ran.assessed.verdict.name().to_owned(),
        trace_hash: Some(format!("{:#018x}", outcome.trace_hash)),
        facts: outcome.facts,
        end_ms: Some(outcome.end.as_millis()),
        checks: (0..outcome.judgements.len())
            .map(|at| check(ran, at))
            .collect(),
        bounds: (0..ran.assessed.bounds.len())
            .map(|at| bound(ran, at))
            .collect(),
        measures: Some(measures(ran)),
        assumptions: scenario.assumptions.iter().map(assumption).collect(),
        diagnostics: scenario
            .warnings
            .records()
            .map(|it| diagnostic(&it))
            .collect(),
        again: Some(ran.again.clone()),
        ..not_run(scenario.path())
    }
}

fn check(ran: &Ran, at: usize) -> CheckResult {
    let judgement = &ran.outcome.judgements[at];
    let (names, doc) = (ran.names(), judgement.check.doc());
    let expected = ran.scenario.plan.expect.check(judgement.check);
    let led_by = led_to(ran, judgement).into_iter();
    CheckResult {
        id: doc.slug.to_owned(),
        verdict: judgement.verdict.name().to_owned(),
        counts_as: ran.assessed.checks[at].name().to_owned(),
        at_ms: judgement.at.map(|it| it.as_millis()),
        subjects: judgement.who.iter().map(|&it| names.who(it)).collect(),
        subject_count: judgement.subjects,
        margin_ms: judgement.margin_ms,
        message: judgement.message.to_string(),
        known_failure: expected.known_failure.as_deref().map(str::to_owned),
        cites: doc.cites.iter().map(|&it| it.to_owned()).collect(),
        led_by: led_by
            .map(|it| LedBy {
                at_ms: it.at.as_millis(),
                text: it.text,
            })
            .collect(),
        place: ran.scenario.places.checks.get(&judgement.check).map(place),
    }
}

fn bound(ran: &Ran, at: usize) -> BoundJson {
    let (result, bound) = (
        &ran.assessed.bounds[at],
        &ran.scenario.plan.expect.bounds[at],
    );
    BoundJson {
        measure: result.measure.name().to_owned(),
        verdict: result.verdict.name().to_owned(),
        counts_as: result.standing.name().to_owned(),
        most: match result.most {
            Limit::Time(it) => it.as_millis(),
            Limit::Records(it) => it,
        },
        shown: match result.reading {
            Reading::Nothing | Reading::Running => None,
            Reading::Time(it) => Some(it.as_millis()),
            Reading::Records(it) => Some(it),
        },
        at_ms: result.at.map(|it| it.as_millis()),
        margin_ms: result.margin_ms,
        message: result.message.clone(),
        known_failure: bound.known_failure.as_deref().map(str::to_owned),
        place: ran.scenario.places.bounds.get(&result.measure).map(place),
    }
}

fn measures(ran: &Ran) -> MeasuresJson {
    let measures = &ran.outcome.measures;
    let ledger = &measures.ledger;
    let names = ran.names();
    let paths = ClockKind::ALL
        .into_iter()
        .zip(slowest(ran))
        .filter_map(|(kind, slow)| {
            let slow = slow?;
            let path = PathJson {
                org: names.org(slow.org).to_owned(),
                from_ms: slow.from.as_millis(),
                parts_ms: slow
                    .path
                    .parts
                    .iter()
                    .map(|it| (it.0.name().to_owned(), it.1.as_millis()))
                    .collect(),
                via: slow.path.via.clone(),
            };
            Some((kind.name().to_owned(), path))
        });
    let steps = ran
        .scenario
        .plan
        .procedure
        .steps
        .iter()
        .zip(&ledger.delay_by_step);
    MeasuresJson {
        clocks_ms: clocks(&measures.clocks),
        critical_paths: paths.collect(),
        blind_ms_max: measures.blind_max.as_millis(),
        blind_ms_total: measures.blind_ms_total,
        orgs: measures.orgs,
        orphaned_peak: measures.orphaned_peak,
        alerts: lines(ledger, RecordKind::Alert),
        records: RecordKind::ALL
            .into_iter()
            .map(|it| (it.name().to_owned(), lines(ledger, it)))
            .collect(),
        responsible: responsible(ledger),
        lost_to_delay_by_step: steps
            .filter(|it| *it.1 > 0)
            .map(|it| (it.0.name.to_string(), *it.1))
            .collect(),
    }
}

fn clocks(clocks: &Clocks) -> ClocksJson {
    let ms = |kind| clocks.get(kind).stopped().map(|it| it.as_millis());
    ClocksJson {
        ownership: ms(ClockKind::Ownership),
        protection: ms(ClockKind::Protection),
        configuration: ms(ClockKind::Configuration),
        full: ms(ClockKind::Full),
    }
}

fn lines(ledger: &Ledger, kind: RecordKind) -> LinesJson {
    LinesJson {
        at_outage: ledger.at_outage[kind.ix()],
        kept: ledger.get(Line::Kept, kind),
        recreated: ledger.get(Line::Recreated, kind),
        lost_as_documented: ledger.get(Line::LostAsDocumented, kind),
        lost_to_delay: ledger.get(Line::LostToDelay, kind),
        lost_undocumented: ledger.get(Line::LostUndocumented, kind),
        duplicated: ledger.get(Line::Duplicated, kind),
        gone_with_org: ledger.get(Line::GoneWithItsOrg, kind),
        pending: ledger.get(Line::Pending, kind),
    }
}

fn responsible(ledger: &Ledger) -> BTreeMap<String, BTreeMap<String, u64>> {
    let parties = |line| {
        let some = Party::ALL
            .into_iter()
            .map(move |it| (it.name().to_owned(), ledger.by(line, it)));
        some.filter(|it| it.1 > 0).collect()
    };
    let lines = Line::ALL.into_iter().filter(|&it| ledger.total(it) > 0);
    lines.map(|it| (it.key().to_owned(), parties(it))).collect()
}

fn place(place: &crate::scenario::Place) -> PlaceJson {
    PlaceJson {
        file: place.file.to_string(),
        line: place.line as u64,
        column: place.column as u64,
    }
}

fn diagnostic(it: &crate::scenario::syntax::DiagnosticRecord<'_>) -> DiagnosticJson {
    DiagnosticJson {
        severity: it.severity.to_owned(),
        code: it.code.to_owned(),
        name: it.name.to_owned(),
        place: PlaceJson {
            file: it.file.to_owned(),
            line: it.line as u64,
            column: it.column as u64,
        },
        message: it.message.to_owned(),
        detail: it.detail.to_owned(),
        help: it.help.clone(),
    }
}

/// The JSON Schema of the result, with a line break at its end.
///
/// # Panics
/// Never: a schema holds nothing that JSON cannot.
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document>();
    schema.insert(
        "$id".to_owned(),
        "https://lifeboat.dev/schemas/result.v1.json".into(),
    );
    schema.insert(
        "title".to_owned(),
        "The result of lifeboat, format 1".into(),
    );
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}

/// What is wrong with one file, or questionable about it.
#[must_use]
pub fn diagnostics(found: &crate::scenario::syntax::Diagnostics) -> Vec<DiagnosticJson> {
    found.records().map(|it| diagnostic(&it)).collect()
}
