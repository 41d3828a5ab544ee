//! Facts about recoveries, tickets, and what is around them.

use super::{Names, either};
use crate::model::fact::What;
use crate::time::Factor;

#[expect(
    clippy::too_many_lines,
    reason = "one arm a fact: a table reads best in one piece"
)]
pub(super) fn of_procedure(names: &Names<'_>, what: &What) -> String {
    match *what {
        What::RecoveryStarted { connector, .. } => {
            format!(
                "The outage was detected: the recovery of {} began",
                names.connector(connector)
            )
        }
        What::OrgStoodDown { org, recovery } => {
            format!(
                "Org {} was left to {}, which came back in time",
                names.org(org),
                names.lost(recovery)
            )
        }
        What::RecoveryStoodDown { recovery } => {
            format!(
                "The recovery of {} stood down: it came back in time",
                names.lost(recovery)
            )
        }
        What::StepFinished {
            recovery,
            step,
            subject,
            ..
        } => {
            format!(
                "Step {} for {} is finished",
                names.step(step),
                names.subject(recovery, subject)
            )
        }
        What::StepRefused {
            recovery,
            step,
            subject,
            reason,
        } => {
            let subject = names.subject(recovery, subject);
            format!(
                "Step {} for {subject} was refused: {}",
                names.step(step),
                reason.words()
            )
        }
        What::Slipped {
            recovery,
            step,
            slip,
        } => {
            let slip = crate::procedure::Slip::from_number(slip).map_or("unknown", |it| it.name());
            format!(
                "A slip on step {} for {}: {slip}",
                names.step(step),
                names.lost(recovery)
            )
        }
        What::ResourceIdCopied {
            recovery,
            names: copied,
        } => {
            let lost = names.lost(recovery);
            match copied.get() {
                Some(it) => format!(
                    "The Resource ID of {} was copied for {lost}",
                    names.connector(it)
                ),
                None => format!("A Resource ID that names nothing was copied for {lost}"),
            }
        }
        What::TicketOpened {
            ticket,
            names: named,
            all,
            ..
        } => {
            let asks = either(all, "all orgs", "the named orgs");
            let of = named
                .get()
                .map_or("a connector that does not exist".to_owned(), |it| {
                    names.connector(it)
                });
            format!(
                "{} asks to release {asks} of {of}",
                capital(&names.ticket(ticket))
            )
        }
        What::TicketCovers { ticket, org } => {
            format!(
                "{} asks for org {}",
                capital(&names.ticket(ticket)),
                names.org(org)
            )
        }
        What::TicketOmits { ticket, org } => {
            format!(
                "{} leaves out org {}",
                capital(&names.ticket(ticket)),
                names.org(org)
            )
        }
        What::TicketQueued { ticket, ahead: 0 } => {
            format!(
                "Nobody stands before {} in the support queue",
                names.ticket(ticket)
            )
        }
        What::TicketQueued { ticket, ahead } => format!(
            "{} joined the support queue behind {ahead} others",
            capital(&names.ticket(ticket))
        ),
        What::TicketTriaged { ticket } => format!("Support understood {}", names.ticket(ticket)),
        What::TicketRejected { ticket } => {
            format!(
                "Support rejected {}: its Resource ID names no connector",
                names.ticket(ticket)
            )
        }
        What::TicketLost { ticket, lost } => {
            format!(
                "{} {}",
                capital(&names.ticket(ticket)),
                either(lost, "was lost", "was found again")
            )
        }
        What::TicketMisrouted { ticket } => {
            format!(
                "{} went to the wrong people",
                capital(&names.ticket(ticket))
            )
        }
        What::TicketClosed { ticket } => format!("{} was closed", capital(&names.ticket(ticket))),
        What::Verified { recovery, org } => match org.get() {
            Some(org) => format!(
                "The target for org {} was looked at and found fit",
                names.org(org)
            ),
            None => format!(
                "The target for {} was looked at and found fit",
                names.lost(recovery)
            ),
        },
        _ => of_surroundings(names, what),
    }
}

fn of_surroundings(names: &Names<'_>, what: &What) -> String {
    let speed = |factor: Factor, what: String| match factor == Factor::ONE {
        true => format!("{what} is at full speed again"),
        false => format!("{what} is {factor} times as slow"),
    };
    match *what {
        What::RegionDown { region, .. } => format!("Region {} went down", names.region(region)),
        What::RegionUp { region, .. } => format!("Region {} came back", names.region(region)),
        What::OutageEnded { region, .. } => format!(
            "One outage of region {} ended, and another holds it down",
            names.region(region)
        ),
        What::RegionSlowed { region, factor, .. } => {
            speed(factor, format!("Work in {}", names.region(region)))
        }
        What::RegionFull { region, full } => {
            let now = either(full, "takes no new connector", "takes new connectors again");
            format!("Region {} {now}", names.region(region))
        }
        What::ScmOutage { scm, begins } => {
            format!(
                "The SCM {} {}",
                scm.name(),
                either(begins, "went down", "came back")
            )
        }
        What::ScmThrottled { scm, factor, .. } => {
            speed(factor, format!("Discovery at {}", scm.name()))
        }
        What::InventoryUnavailable { begins } => {
            format!(
                "The inventory {}",
                either(begins, "does not answer", "answers again")
            )
        }
        What::InventoryStale {
            shows,
            begins: true,
        } => match shows.get() {
            Some(it) => format!(
                "The inventory shows {} for every connector",
                names.connector(it)
            ),
            None => "The inventory shows a Resource ID that names nothing".to_owned(),
        },
        What::InventoryStale { begins: false, .. } => {
            "The inventory shows the right thing again".to_owned()
        }
        What::FaultMissed { strike } => {
            format!("Fault {} found nothing to strike", names.strike(strike))
        }
        _ => of_queues(names, what),
    }
}

/// People, and whatever else they or the platform wait for.
fn of_queues(names: &Names<'_>, what: &What) -> String {
    match *what {
        What::SupportSurge { tickets } => {
            format!("{tickets} tickets of others joined the support queue")
        }
        What::ScmBudget {
            scm,
            connector,
            spent,
        } => {
            let whose = connector
                .get()
                .map_or(String::new(), |it| format!(" of {}", names.connector(it)));
            let what = if spent {
                "is spent: discovery stands until the reset"
            } else {
                "is full again"
            };
            format!("The request budget{whose} at {} {what}", scm.name())
        }
        What::OthersWrite { region, tickets } => format!(
            "{} is lost to others too: they open {tickets} tickets",
            names.region(region)
        ),
        What::ShiftEnded {
            team,
            unfinished,
            waits,
        } => format!(
            "A shift of team {} ended: {} {}",
            team.name(),
            counted_work(unfinished),
            match (waits, unfinished) {
                (true, 1) => "waits for those who began it",
                (true, _) => "wait for those who began them",
                (false, 1) => "is passed on",
                (false, _) => "are passed on",
            }
        ),
        What::StaffChanged {
            team,
            present: u32::MAX,
        } => format!("Team {} is there without limit", team.name()),
        What::StaffChanged { team, present } => {
            format!("Team {} has {present} people there now", team.name())
        }
        _ => what.kind().name().to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn counted_work(pieces: u32) -> String {
    if pieces == 1 {
        "1 piece of work".to_owned()
    } else {
        format!("{pieces} pieces of work")
    }
}
