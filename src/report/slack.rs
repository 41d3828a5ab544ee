//! How late is too late: for people, and for machines.

use super::exit::Exit;
use super::machine;
use super::seed_text;
use super::text::{Ink, Page, Table, brief, brief_at, counted, cut};
use crate::explore::slack::{Answer, Break, Party, Slack};
use crate::model::ids::OrgIx;
use crate::scenario::Scenario;
use crate::scenario::syntax::RenderStyle;
use crate::time::Instant;
use serde::Serialize;

/// How many groups of orgs are shown to people who did not ask for all of them.
const GROUPS: usize = 12;

/// What is told of a scenario: how late each party may begin.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The answers, for one party or for both.
    pub slacks: &'a [Slack],
    /// Whether every group of orgs is shown.
    pub full: bool,
}

/// How the command ends: with 1 where it is too late already for somebody, with 5 where
/// the run is too short to say.
#[must_use]
pub fn exit(slacks: &[Slack]) -> Exit {
    let answers = slacks.iter().flat_map(|it| &it.orgs);
    answers.fold(Exit::Success, |exit, it| match it.1 {
        Answer::TooLate { by, .. } if by.unsettled => exit.worse(Exit::Inconclusive),
        Answer::TooLate { .. } => exit.worse(Exit::Failure),
        Answer::Until { .. } | Answer::Never => exit,
    })
}

/// Orgs that have the same answer, and begin at the same instant today.
struct Group {
    answer: Answer,
    today: Option<Instant>,
    orgs: Vec<OrgIx>,
}

/// The orgs by answer: whoever may wait least comes first.
fn groups(slack: &Slack) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut order: Vec<usize> = (0..slack.orgs.len()).collect();
    let key = |at: usize| (rank(slack.orgs[at].1), slack.today[at], at);
    order.sort_by_key(|&at| key(at));
    for at in order {
        let ((org, answer), today) = (slack.orgs[at], slack.today[at]);
        match groups.last_mut() {
            Some(last) if (last.answer, last.today) == (answer, today) => last.orgs.push(org),
            _ => groups.push(Group {
                answer,
                today,
                orgs: vec![org],
            }),
        }
    }
    groups
}

/// Worst first.
fn rank(answer: Answer) -> (u8, u64, Option<Break>) {
    match answer {
        Answer::TooLate { by, .. } => (0, 0, Some(by)),
        Answer::Until { kept, by, .. } => (1, kept.as_millis(), Some(by)),
        Answer::Never => (2, 0, None),
    }
}

/// For people.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let scenario = told.scenario;
    page.entry(0, scenario.path(), &scenario.title);
    for slack in told.slacks {
        party(&mut page, told, slack);
    }
    page.gap();
    page.paragraph(0, 0, &footing(told));
    page.finish()
}

fn party(page: &mut Page, told: &Told<'_>, slack: &Slack) {
    page.heading(match slack.party {
        Party::Customer => "The customer: how late detection may begin, from the outage on",
        Party::Support => "Support: how late triage may begin, from the opened ticket on",
    });
    if !slack.begins {
        page.paragraph(
            2,
            0,
            "Nothing can be put off: the procedure has no such step.",
        );
        return;
    }
    if slack.orgs.is_empty() {
        page.paragraph(2, 0, "No org is hit: there is nothing to be late for.");
        return;
    }
    let groups = groups(slack);
    page.paragraph(2, 0, &summary(page, told, &groups));
    page.gap();
    table(page, told, &groups);
    for group in &groups {
        if let Some(text) = again(told, group) {
            let text = page.paint(Ink::Odd, &text);
            page.paragraph(2, 2, &text);
        }
    }
}

/// The answer in a sentence.
fn summary(page: &Page, told: &Told<'_>, groups: &[Group]) -> String {
    let first = &groups[0];
    let orgs = who(told, &first.orgs, 40);
    match first.answer {
        Answer::TooLate { by, .. } if by.unsettled => page.paint(
            Ink::Odd,
            &format!(
                "The run ends before anybody can say: {} is not met for {orgs}. \
                 Let it be longer (`until`).",
                by.promise.name()
            ),
        ),
        Answer::TooLate { by, .. } => page.paint(
            Ink::Bad,
            &format!(
                "Too late already: as things are, {} breaks for {orgs}.",
                by.promise.name()
            ),
        ),
        Answer::Until { kept, by, .. } => format!(
            "The slack today is {}: begun later than that, {} {} for {orgs}.",
            brief(kept),
            by.promise.name(),
            breaks(by)
        ),
        Answer::Never => "However late it begins within the run, every promise is kept.".to_owned(),
    }
}

const fn breaks(by: Break) -> &'static str {
    if by.unsettled {
        "is not met when the run ends"
    } else {
        "breaks"
    }
}

fn table(page: &mut Page, told: &Told<'_>, groups: &[Group]) {
    let mut table = Table::default();
    table.row(
        ["slack", "begin by", "orgs", "then breaks"]
            .map(str::to_owned)
            .to_vec(),
    );
    let shown = if told.full || groups.len() <= GROUPS {
        groups.len()
    } else {
        GROUPS - 1
    };
    let hidden = &groups[shown..groups.len().saturating_sub(1).max(shown)];
    let listed = || groups[..shown].iter().chain(groups[shown..].last());
    for group in listed() {
        table.row(cells(group));
    }
    let mut lines = table.lines(2).into_iter();
    page.line(&format!("{}  who", lines.next().unwrap_or_default()));
    for (at, (line, group)) in lines.zip(listed()).enumerate() {
        if at == shown && !hidden.is_empty() {
            let orgs: usize = hidden.iter().map(|it| it.orgs.len()).sum();
            page.line(&format!(
                "  … {} with {} in between: --full shows them",
                counted(orgs as u64, "org"),
                counted(hidden.len() as u64, "edge")
            ));
        }
        let room = page.width().saturating_sub(line.chars().count() + 2);
        page.line(&format!("{line}  {}", who(told, &group.orgs, room)));
    }
}

fn cells(group: &Group) -> Vec<String> {
    let orgs = group.orgs.len().to_string();
    let (slack, by, breaks) = match group.answer {
        Answer::TooLate { by, .. } if by.unsettled => (
            "run too short".to_owned(),
            "-".to_owned(),
            by.promise.name(),
        ),
        Answer::TooLate { by, .. } => ("too late".to_owned(), "-".to_owned(), by.promise.name()),
        Answer::Until { kept, by, .. } => {
            let at = group.today.map(|today| brief_at(today + kept));
            let by_name = by.promise.name();
            (
                brief(kept).to_string(),
                at.unwrap_or("-".to_owned()),
                by_name,
            )
        }
        Answer::Never => ("no end".to_owned(), "-".to_owned(), "nothing"),
    };
    vec![slack, by, orgs, breaks.to_owned()]
}

/// A later start that keeps every promise again.
fn again(told: &Told<'_>, group: &Group) -> Option<String> {
    let (from, again) = match group.answer {
        Answer::TooLate { again, .. } => ("now".to_owned(), again?),
        Answer::Until { broken, again, .. } => (brief(broken).to_string(), again?),
        Answer::Never => return None,
    };
    Some(format!(
        "Later is not always worse for {}: broken from {from} on, every promise is kept \
         again {} late.",
        who(told, &group.orgs, 40),
        brief(again)
    ))
}

/// The first and the last of some orgs.
fn who(told: &Told<'_>, orgs: &[OrgIx], room: usize) -> String {
    let name = |org: OrgIx| told.scenario.plan.fleet.org_name(org);
    match *orgs {
        [] => String::new(),
        [one] => cut(name(one), room),
        [first, last] => cut(&format!("{}, {}", name(first), name(last)), room),
        [first, .., last] => cut(&format!("{} … {}", name(first), name(last)), room),
    }
}

/// How it was found, and what may have gone unseen.
fn footing(told: &Told<'_>) -> String {
    let runs: u64 = told.slacks.iter().map(|it| it.runs).sum();
    let mut text = format!(
        "{} on the luck of seed {}",
        counted(runs, "run"),
        seed_text(told.scenario.plan.seed)
    );
    if let Some(it) = told.slacks.first() {
        text += &format!(", edges to {}", brief(it.resolution));
        text += &format!(
            "; every org was looked at each {} up to {}, and beside its edge.",
            brief(it.every),
            brief(it.longest)
        );
    }
    if told.slacks.iter().any(|it| !it.sharp) {
        text += " The runs ran out: some edges are coarser than that (--format json says \
                 which); allow more with --runs-max.";
    }
    let spared = told.slacks.first().map_or(0, |it| it.spared);
    if spared > 0 {
        text += &format!(" {} never hit.", were(spared));
    }
    text
}

fn were(orgs: u64) -> String {
    let verb = if orgs == 1 { "was" } else { "were" };
    format!("{} {verb}", counted(orgs, "org"))
}

/// How late people may begin, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// The version of the program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The scenario's `id`, else its file's name without `.yaml`.
    pub id: String,
    /// Its file.
    pub path: String,
    /// The seed whose luck every run had, in hexadecimal.
    pub seed: String,
    /// The exit code of the program.
    pub exit_code: u8,
    /// Each party that was asked about.
    pub parties: Vec<PartyJson>,
}

/// How late one party may begin.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PartyJson {
    /// `customer` or `support`.
    pub party: String,
    /// Whether the procedure has a step with which it begins; without one nothing can
    /// be put off.
    pub begins: bool,
    /// Every delay tried is a multiple of this.
    pub resolution_ms: u64,
    /// The longest delay tried.
    pub longest_ms: u64,
    /// How far apart the delays were that were tried whatever came of the others: what
    /// breaks and mends again within less may have gone unseen.
    pub every_ms: u64,
    /// How many runs there were.
    pub runs: u64,
    /// Whether every edge is as sharp as the resolution.
    pub sharp: bool,
    /// How many orgs of the fleet were never hit.
    pub spared: u64,
    /// The smallest slack; null where nothing ever breaks or it is too late already.
    pub slack_ms: Option<u64>,
    /// Every org that was hit, in the order of the fleet.
    pub orgs: Vec<OrgJson>,
}

/// How late is too late for one org.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct OrgJson {
    /// Its name.
    pub org: String,
    /// `slack`, `too-late`, `run-too-short` or `never`.
    pub status: String,
    /// When the party begins today; null where it never does.
    pub today_ms: Option<i64>,
    /// The longest delay that keeps every promise.
    pub slack_ms: Option<u64>,
    /// `today_ms` and `slack_ms` together: the latest instant.
    pub latest_ms: Option<i64>,
    /// The shortest delay that was seen to break one.
    pub broken_ms: Option<u64>,
    /// What breaks then, or is broken already: a check, or a bound on a measure.
    pub breaks: Option<String>,
    /// A longer delay that keeps every promise again; null where none was seen.
    pub again_ms: Option<u64>,
}

/// The document of some answers.
#[must_use]
pub fn document(told: &Told<'_>) -> Document {
    Document {
        lifeboat: env!("CARGO_PKG_VERSION").into(),
        format: 1,
        id: told.scenario.id.to_string(),
        path: told.scenario.path().into(),
        seed: seed_text(told.scenario.plan.seed),
        exit_code: exit(told.slacks).code(),
        parties: told.slacks.iter().map(|it| party_json(told, it)).collect(),
    }
}

fn party_json(told: &Told<'_>, slack: &Slack) -> PartyJson {
    let late = |it: &(OrgIx, Answer)| matches!(it.1, Answer::TooLate { .. });
    let kept = slack.orgs.iter().filter_map(|it| match it.1 {
        Answer::Until { kept, .. } => Some(kept.as_millis()),
        Answer::TooLate { .. } | Answer::Never => None,
    });
    PartyJson {
        party: slack.party.name().into(),
        begins: slack.begins,
        resolution_ms: slack.resolution.as_millis(),
        longest_ms: slack.longest.as_millis(),
        every_ms: slack.every.as_millis(),
        runs: slack.runs,
        sharp: slack.sharp,
        spared: slack.spared,
        slack_ms: kept.min().filter(|_| !slack.orgs.iter().any(late)),
        orgs: slack
            .orgs
            .iter()
            .zip(&slack.today)
            .map(|(&(org, answer), &today)| org_json(told, org, answer, today))
            .collect(),
    }
}

fn org_json(told: &Told<'_>, org: OrgIx, answer: Answer, today: Option<Instant>) -> OrgJson {
    let (status, kept, broken, by, again) = match answer {
        Answer::TooLate { by, again } if by.unsettled => {
            ("run-too-short", None, None, Some(by), again)
        }
        Answer::TooLate { by, again } => ("too-late", None, None, Some(by), again),
        Answer::Until {
            kept,
            broken,
            by,
            again,
        } => ("slack", Some(kept), Some(broken), Some(by), again),
        Answer::Never => ("never", None, None, None, None),
    };
    OrgJson {
        org: told.scenario.plan.fleet.org_name(org).into(),
        status: status.into(),
        today_ms: today.map(Instant::as_millis),
        slack_ms: kept.map(|it| it.as_millis()),
        latest_ms: kept.zip(today).map(|(kept, at)| (at + kept).as_millis()),
        broken_ms: broken.map(|it| it.as_millis()),
        breaks: by.map(|it| it.promise.name().into()),
        again_ms: again.map(|it| it.as_millis()),
    }
}

/// The whole as JSON.
#[must_use]
pub fn json(told: &Told<'_>) -> String {
    machine::pretty(&document(told))
}

/// The schema of [`Document`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}
