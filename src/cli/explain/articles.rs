//! What each name stands for.

use super::Article;
use crate::checks::{CheckId, Kind};
use crate::cli::facts::{fact, source};
use crate::cli::list::{command_says, measure_says};
use crate::cli::words::WORDS;
use crate::faults::FAULTS;
use crate::measures::Quantity;
use crate::model::catalogue::{Availability, Catalogue};
use crate::model::fact::FactKind;
use crate::procedure::{Issue, Slip};
use crate::scenario::SCENARIO;
use crate::scenario::codes::CODES;
use crate::scenario::defects::{DEFECTS, Defect, Mechanism};
use crate::scenario::expect::Measure;
use crate::scenario::syntax::{Listed, listing};

/// Everything that a name stands for: some stand for more than one thing.
pub(super) fn articles(id: &str) -> Vec<Article> {
    let mut found: Vec<Article> = Vec::new();
    found.extend(CheckId::from_slug(id).map(check));
    found.extend(
        Measure::ALL
            .into_iter()
            .find(|it| it.name() == id)
            .map(measure),
    );
    if found.is_empty() {
        found.extend(Quantity::from_name(id).map(quantity));
    }
    found.extend(FAULTS.iter().find(|it| it.name == id).map(fault));
    found.extend(Slip::from_name(id).map(slip));
    found.extend(Defect::find(id).map(defect));
    found.extend(Issue::from_name(id).map(command));
    found.extend(region(id));
    found.extend(fact(id).map(|it| {
        Article::new("fact", it.id)
            .part("", it.says)
            .part("From", source(it.id))
    }));
    found.extend(CODES.find(id).map(|it| {
        Article::new("error", format!("{} {}", it.code, it.slug))
            .part("", it.title)
            .part("Why, and what to do", it.explain)
            .part("Example", format!("\n{}", it.example))
    }));
    found.extend(
        WORDS
            .iter()
            .find(|it| it.0 == id)
            .map(|it| Article::new("word", it.0).part("", it.1)),
    );
    if found.is_empty() {
        found.extend(keys(id));
    }
    found
}

fn check(check: CheckId) -> Article {
    let doc = check.doc();
    let deadline = match (doc.kind, doc.within) {
        (Kind::Eventually, Some(within)) => format!(
            "{within} from {}. A scenario may say `within`.",
            doc.counts_from
        ),
        (Kind::Eventually, None) => "The end of the run. Where that comes within a week of the \
             outage's start and nothing is lost yet, the run was too short to say."
            .to_owned(),
        _ => String::new(),
    };
    let listens: Vec<&str> = FactKind::ALL
        .iter()
        .filter(|&&it| check.listens().has(it))
        .map(|it| it.name())
        .collect();
    let caught: Vec<&str> = DEFECTS
        .iter()
        .filter(|it| it.caught_by.contains(&check))
        .map(|it| it.name)
        .collect();
    let off = if doc.on {
        ""
    } else {
        " It is off unless a scenario expects it."
    };
    Article::new("check", doc.slug)
        .part("", format!("{}{off}", doc.statement))
        .part("When", format!("{}.", doc.kind.name()))
        .part("Deadline", deadline)
        .part("Vacuous", doc.vacuous)
        .part("How it fails", doc.fails_when)
        .part("Planted bugs that it catches", caught.join(", "))
        .part("Reads", listens.join(", "))
        .part("Facts behind it", cited(doc.cites.iter().copied()))
        .part(
            "Example",
            format!("\nexpect:\n  {}: {{ require: true }}", doc.slug),
        )
}

fn measure(measure: Measure) -> Article {
    let bound = match (measure.is_clock(), measure.is_loss()) {
        (true, _) => "{ within: 72h }",
        (_, true) => "{ max: 0 }",
        _ => "{ max: 12h }",
    };
    Article::new("measure", measure.name())
        .part("", measure_says(measure))
        .part(
            "Example",
            format!("\nexpect:\n  {}: {bound}", measure.name()),
        )
}

fn quantity(quantity: Quantity) -> Article {
    let limit = if quantity.is_time() {
        "p95: 72h"
    } else {
        "p95: 0"
    };
    let name = quantity.name();
    Article::new("quantity", name)
        .part("", quantity.says())
        .part("Counted by", "`lifeboat sample`, of every run.")
        .part(
            "Example",
            format!("\nobjectives:\n  mine: {{ measure: {name}, {limit} }}"),
        )
}

fn fault(fault: &crate::faults::FaultDoc) -> Article {
    let path = format!("timeline[].fault.{}", fault.name);
    let takes: Vec<String> = listing(&SCENARIO)
        .iter()
        .filter(|it| {
            it.path
                .strip_prefix(&path)
                .is_some_and(|it| it.starts_with('.') && !it[1..].contains(['.', ' ', '[']))
        })
        .map(|it| {
            let default = it
                .default
                .map_or(String::new(), |it| format!(" Default: {it}."));
            format!(
                "{}: {}{default}",
                it.path.rsplit('.').next().unwrap_or_default(),
                it.doc
            )
        })
        .collect();
    Article::new("fault", fault.name)
        .part("", fault.says)
        .part("Takes", format!("\n{}", takes.join("\n")))
        .part("Facts behind it", cited(fault.cites.split(", ")))
        .part(
            "Example",
            format!(
                "\ntimeline:\n  - at: T+0\n    fault: {{ {} }}",
                fault.example
            ),
        )
}

fn slip(slip: Slip) -> Article {
    let fits: Vec<&str> = Issue::ALL
        .iter()
        .filter(|&&it| slip.fits(it))
        .map(|it| it.name())
        .collect();
    let step = fits.first().copied().unwrap_or_default();
    Article::new("slip", slip.name())
        .part("", slip.says())
        .part("On steps that", fits.join(", "))
        .part(
            "Example",
            format!(
                "\nprocedure:\n  steps:\n    {step}: {{ can-fail: {{ {}: 5% }} }}",
                slip.name()
            ),
        )
}

fn defect(defect: &Defect) -> Article {
    let what_for = match defect.mechanism {
        Mechanism::Suspends(_) => "A rule of the platform, suspended on purpose",
        Mechanism::Rewrites(_) => "A procedure that is wrong on purpose",
        Mechanism::Arms(_) => "What people get wrong, every time",
    };
    let checks: Vec<&str> = defect.caught_by.iter().map(|it| it.slug()).collect();
    Article::new("defect", defect.name)
        .part("", defect.says)
        .part(
            "What for",
            format!("{what_for}, so that a check can be seen to fail."),
        )
        .part("What it takes to be seen", defect.takes)
        .part("Caught by", checks.join(", "))
        .part("Facts behind it", cited(defect.cites.iter().copied()))
        .part(
            "Shown by",
            format!("scenarios/defects/{}.yaml", defect.name),
        )
        .part("Example", format!("\ndefects: [{}]", defect.name))
}

fn command(issue: Issue) -> Article {
    Article::new("command of a step", issue.name())
        .part("", command_says(issue))
        .part("For each", issue.for_each().name())
}

fn region(id: &str) -> Option<Article> {
    let mut article = Article::new("region", id);
    for catalogue in Catalogue::ALL {
        let Some(region) = catalogue.find(id).map(|it| catalogue.region(it)) else {
            continue;
        };
        let state = match region.availability {
            Availability::Supported => "supported",
            Availability::ComingSoon => "only announced, so not usable",
        };
        article = article
            .part(
                "In the catalogue of",
                format!(
                    "{} ({}): {}, {} ({}), {state}.",
                    catalogue.date, catalogue.cites, region.title, region.city, region.geography
                ),
            )
            .part("Fallback, nearest first", region.fallback.join(", "));
    }
    (!article.parts.is_empty()).then_some(article)
}

/// Keys of a scenario file: by their whole path, or by its end.
fn keys(id: &str) -> Vec<Article> {
    let all = listing(&SCENARIO);
    let whole = |it: &&Listed| it.path == id || short(&it.path) == id;
    let ends = |it: &&Listed| it.path.ends_with(&format!(".{id}"));
    let mut found: Vec<&Listed> = all.iter().filter(whole).collect();
    if found.is_empty() {
        found = all.iter().filter(ends).take(5).collect();
    }
    let article = |it: &Listed| {
        let words: Vec<String> = all
            .iter()
            .filter_map(|word| Some((word, word.path.strip_prefix(&format!("{} = ", it.path))?)))
            .map(|(word, name)| format!("{name}: {}", word.doc))
            .collect();
        let kind = if it.path.starts_with("parameters.") {
            "parameter"
        } else {
            "key of a scenario"
        };
        Article::new(kind, it.path.clone())
            .part("", it.doc)
            .part("Takes", format!("{}.", it.expects))
            .part("Words", format!("\n{}", words.join("\n")))
            .part("Default", it.default.unwrap_or_default())
            .part("Example", it.example.clone())
    };
    found.into_iter().map(article).collect()
}

/// A key without what every parameter, or every word, has before it.
pub(super) fn short(path: &str) -> &str {
    path.trim_start_matches("parameters.")
}

fn cited<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let line = |id: &str| match fact(id) {
        Some(it) => format!("{}: {}", it.id, it.says),
        None => id.to_owned(),
    };
    format!("\n{}", ids.map(line).collect::<Vec<_>>().join("\n"))
}
