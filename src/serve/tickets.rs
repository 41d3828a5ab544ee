//! Support tickets: the one way to have orgs released (F-9, D-11).
//!
//! A ticket is a text for people. What it asks for is read as support would: of the
//! Resource IDs in its title and description the first is the old connector's, the
//! second the new one's; a line `orgs: a, b` names orgs, without one it is all of them.

use super::bodies::{Asked, Communication, Page, Resource, Ticket, TicketAsked};
use super::calls::Call;
use super::desk::{Desk, MADE_MAX};
use super::errors::Fault;
use super::exchange::Answer;
use super::operations::dated;
use super::paging::page;
use crate::cloud::{ResourceId, TicketRequest, TicketView};
use crate::model::world::TicketState;
use std::borrow::Cow;

/// The longest title and description, in characters.
const TEXT_MAX: usize = 20_000;

/// What a client wrote.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    subscription: String,
    title: String,
    description: String,
    severity: String,
}

/// What a ticket's text asks for.
fn read(name: &str, text: &str) -> TicketRequest {
    let edge = |it: char| !it.is_alphanumeric();
    let found: Vec<&str> = text
        .split(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '<' | '>' | ',' | ';'))
        .filter_map(|word| {
            let at = word.to_ascii_lowercase().find("/subscriptions/")?;
            Some(word[at..].trim_end_matches(edge))
        })
        .collect();
    let orgs = text.lines().find_map(|line| {
        let (before, names) = line.split_once(':')?;
        before.trim().eq_ignore_ascii_case("orgs").then_some(names)
    });
    let name_of = |it: &str| it.trim().trim_end_matches('.').to_owned();
    let orgs = orgs.map(|it| it.split(',').map(name_of).filter(|it| !it.is_empty()));
    let all = |it: &Vec<String>| it.len() == 1 && it[0].eq_ignore_ascii_case("all");
    let orgs: Vec<String> = orgs.map(Iterator::collect).unwrap_or_default();
    TicketRequest {
        name: name.to_owned(),
        old: found.first().map_or(String::new(), |it| (*it).to_owned()),
        new: found.get(1).and_then(|it| it.parse::<ResourceId>().ok()),
        orgs: if all(&orgs) { Vec::new() } else { orgs },
    }
}

impl Desk<'_> {
    fn ticket_shown<'s>(&'s self, it: &'s TicketView) -> Option<Resource<'s, Ticket<'s>>> {
        let paper = self.papers.get(it.ticket.ix())?;
        Some(Resource {
            id: format!(
                "/subscriptions/{}/providers/Microsoft.Support/supportTickets/{}",
                paper.subscription, it.name
            ),
            name: Cow::Borrowed(&it.name),
            kind: "Microsoft.Support/supportTickets",
            properties: Ticket {
                support_ticket_id: format!("{:016}", it.ticket.ix() + 1),
                title: &paper.title,
                description: &paper.description,
                severity: &paper.severity,
                status: match it.state {
                    TicketState::Open | TicketState::Lost | TicketState::Triaged => "Open",
                    TicketState::Rejected | TicketState::Closed => "Closed",
                },
                created_date: dated(it.opened),
            },
        })
    }

    fn ticket_meant(&self, call: &Call<'_>) -> Result<TicketView, Fault> {
        let subscription = self.subscription(call)?;
        let unknown = || {
            let says = format!("The support ticket '{}' was not found.", call.name(1));
            Fault::arm(404, "ResourceNotFound", says)
        };
        let it = self.cloud.ticket(call.name(1)).map_err(|_| unknown())?;
        let paper = self.papers.get(it.ticket.ix()).ok_or_else(unknown)?;
        (paper.subscription == subscription)
            .then_some(it)
            .ok_or_else(unknown)
    }

    /// What support has written so far.
    fn letters(&self, it: &TicketView) -> Vec<String> {
        let mut letters = Vec::new();
        match it.state {
            TicketState::Open | TicketState::Lost => return letters,
            TicketState::Rejected => {
                letters.push("We found no connector of the Resource ID in this request.".into());
                return letters;
            }
            TicketState::Triaged | TicketState::Closed => {
                letters.push(format!("We are releasing {} orgs.", it.covers));
            }
        }
        if it.released > 0 {
            letters.push(format!("Released: {} of {} orgs.", it.released, it.covers));
        }
        if it.primary > 0 {
            let (primary, covers) = (it.primary, it.covers);
            letters.push(format!(
                "The new connector is primary for {primary} of {covers} orgs."
            ));
        }
        letters
    }
}

pub(super) fn list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let subscription = desk.subscription(call)?;
    let of = |it: &TicketView| {
        let paper = desk.papers.get(it.ticket.ix());
        paper.is_some_and(|it| it.subscription == subscription)
    };
    let all = desk.cloud.tickets();
    let shown = all.iter().filter(|it| of(it));
    page(call, shown.filter_map(|it| desk.ticket_shown(it)), |it| it)
}

pub(super) fn get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let it = desk.ticket_meant(call)?;
    Ok(Answer::json(200, &desk.ticket_shown(&it)))
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let asked: Asked<TicketAsked> = call.body()?;
    let asked = asked.properties.unwrap_or_default();
    let subscription = desk.subscription(call)?.to_owned();
    if desk.papers.len() >= MADE_MAX {
        let says = format!("Clients open {MADE_MAX} tickets at most.");
        return Err(Fault::arm(409, "QuotaExceeded", says));
    }
    let title = asked.title.unwrap_or_default();
    let description = asked.description.unwrap_or_default();
    if title.is_empty() || description.is_empty() {
        return Err(Fault::invalid(
            "A ticket has a 'title' and a 'description'.",
        ));
    }
    if title.chars().count().max(description.chars().count()) > TEXT_MAX {
        return Err(Fault::invalid(format!(
            "A ticket's texts have {TEXT_MAX} characters at most."
        )));
    }
    let name = call.name(1).to_owned();
    let request = read(&name, &format!("{title}\n{description}"));
    let opened = desk.cloud.open_ticket(request)?;
    debug_assert_eq!(opened.ix(), desk.papers.len());
    desk.papers.push(Paper {
        subscription,
        title,
        description,
        severity: asked.severity.unwrap_or_else(|| "moderate".to_owned()),
    });
    let operation = desk.cloud.promise();
    let it = desk.cloud.ticket(&name)?;
    let answer = Answer::json(202, &desk.ticket_shown(&it));
    Ok(desk.promise_ticket(call, operation, answer))
}

pub(super) fn communications(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let it = desk.ticket_meant(call)?;
    let letters = desk.letters(&it);
    let path = call.request.path.trim_end_matches('/').to_owned();
    let value = letters.into_iter().enumerate().map(|(at, body)| {
        let name = format!("letter-{}", at + 1);
        Resource {
            id: format!("{path}/{name}"),
            name: name.into(),
            kind: "Microsoft.Support/communications",
            properties: Communication {
                communication_type: "web",
                communication_direction: "outbound",
                sender: "support@example.com",
                subject: &it.name,
                body,
            },
        }
    });
    let next_link = None;
    Ok(Answer::json(
        200,
        &Page {
            value: value.collect(),
            next_link,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_support_reads_it() {
        let id = |name: &str| {
            format!(
                "/subscriptions/1/resourceGroups/g/providers/Microsoft.Security\
                 /securityConnectors/{name}"
            )
        };
        let text = format!(
            "Release\nThe region of {} is lost.\nNew: <{}>.\nOrgs: a, b.",
            id("old"),
            id("new")
        );
        let it = read("CASE", &text);
        assert_eq!(it.old, id("old"));
        assert_eq!(it.new.map(|it| it.to_string()), Some(id("new")));
        assert_eq!(it.orgs, ["a", "b"]);
        let it = read("CASE", &format!("orgs: all\n{}", id("old")));
        assert_eq!((it.orgs.len(), it.new), (0, None));
        assert_eq!(read("CASE", "please help").old, "");
    }
}
