//! For people.

use super::Told;
use crate::explore::slack::{Answer, Break, Party, Slack};
use crate::model::ids::OrgIx;
use crate::report::seed_text;
use crate::report::text::{Ink, Page, Table, brief, brief_at, counted, cut};
use crate::scenario::syntax::RenderStyle;
use crate::time::Instant;

/// How many groups of orgs are shown to people who did not ask for all of them.
const GROUPS: usize = 12;

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
