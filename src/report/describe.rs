//! Each fact in one plain sentence, and in plain fields.

use super::names::Names;
use crate::model::fact::What;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Factor;

/// A fact in one plain sentence with names, without its instant.
#[must_use]
pub fn describe(names: &Names<'_>, what: &What) -> String {
    let org = |it| names.org(it);
    let con = |it| names.connector(it);
    match *what {
        What::OrgOrphaned { org: o, connector } => {
            format!("Org {} is orphaned: its owner {} does not work", org(o), con(connector))
        }
        What::OrgCovered { org: o, connector } => {
            format!("Org {} has a working owner again: {}", org(o), con(connector))
        }
        What::OrgReleased { org: o, connector, ticket } => {
            format!("Support released org {} from {} under {}", org(o), con(connector), names.ticket(ticket))
        }
        What::ReleaseMoot { org: o, ticket } => {
            format!("Support found nothing to release for org {} under {}", org(o), names.ticket(ticket))
        }
        What::OrgClaimed { org: o, connector } => format!("{} claimed org {}", con(connector), org(o)),
        What::EntitiesAppeared { org: o, connector } => {
            format!("The projects and repos of org {} appeared in {}", org(o), con(connector))
        }
        What::AnnotationsRecreated { org: o, connector } => {
            format!("The annotations of org {} were configured again in {}", org(o), con(connector))
        }
        What::RecordsRecreated { org: o, connector, kind, from, to } => {
            let (count, kind) = (to.saturating_sub(from), kind.name());
            format!("{count} {kind} of org {} were recreated in {}", org(o), con(connector))
        }
        What::RecreationCrashed { org: o, connector } => {
            format!("The recreation of org {} in {} crashed", org(o), con(connector))
        }
        What::Promoted { org: o, connector } => {
            format!("{} was made the primary connector of org {}", con(connector), org(o))
        }
        What::OrgUnowned { org: o, connector } => {
            format!("Org {} has no owner any more: {} was deleted, not released", org(o), con(connector))
        }
        What::OrgCreated { org: o, connector } => {
            format!("Org {} appeared at its SCM, within reach of {}", org(o), con(connector))
        }
        What::OrgRenamed { org: o } => format!("Org {} got another name at its SCM", org(o)),
        What::OrgDeleted { org: o } => format!("Org {} was deleted at its SCM", org(o)),
        What::GrantChanged { connector, org: o, granted } => {
            let now = if granted { "reaches" } else { "no longer reaches" };
            format!("The account of {} {now} org {}", con(connector), org(o))
        }
        _ => of_connector(names, what),
    }
}

fn of_connector(names: &Names<'_>, what: &What) -> String {
    let con = |it| names.connector(it);
    match *what {
        What::PartialOutage { connector, begins: true, .. } => {
            format!("Connector {} was hit, though its region is not", con(connector))
        }
        What::PartialOutage { connector, begins: false, .. } => {
            format!("The partial outage of connector {} ended", con(connector))
        }
        What::ConnectorDown { connector } => format!("Connector {} went down", con(connector)),
        What::ConnectorUp { connector } => format!("Connector {} came back", con(connector)),
        What::ConfigLost { connector } => {
            format!("Connector {} lost its tokens, auto-discovery and annotations", con(connector))
        }
        What::TokenRevoked { connector, begins, .. } => {
            format!("The tokens of {} {}", con(connector), either(begins, "stopped working", "work again"))
        }
        What::AuthorizerAbsent { connector, begins } => {
            let now = either(begins, "Nobody can authorise for", "Somebody can authorise again for");
            format!("{now} {}", con(connector))
        }
        What::DiscoveryStalled { connector, begins } => {
            format!("Discovery of {} {}", con(connector), either(begins, "stands still", "goes on"))
        }
        What::ConnectorCreated { connector, recovery, as_target, .. } => {
            let which = either(as_target, "Connector", "A second connector,");
            let end = either(as_target, "", ", beside the target");
            format!("{which} {} was created for {}{end}", con(connector), names.lost(recovery))
        }
        What::ConnectorAuthorized { connector } => format!("Connector {} was authorised", con(connector)),
        What::ConnectorAdopted { connector, recovery } => {
            format!("Connector {} was adopted to take over from {}", con(connector), names.lost(recovery))
        }
        What::AdoptionRefused { org, recovery } => {
            let lost = names.lost(recovery);
            format!("Org {} of {lost} may not be adopted: the account does not reach it", names.org(org))
        }
        What::ConnectorDeleted { connector } => format!("Connector {} was deleted", con(connector)),
        What::Refused { connector, org, reason } => {
            format!("The platform refused{}: {}", about(names, connector, org), reason.words())
        }
        _ => of_procedure(names, what),
    }
}

fn of_procedure(names: &Names<'_>, what: &What) -> String {
    match *what {
        What::RecoveryStarted { connector, .. } => {
            format!("The outage was detected: the recovery of {} began", names.connector(connector))
        }
        What::OrgStoodDown { org, recovery } => {
            format!("Org {} was left to {}, which came back in time", names.org(org), names.lost(recovery))
        }
        What::RecoveryStoodDown { recovery } => {
            format!("The recovery of {} stood down: it came back in time", names.lost(recovery))
        }
        What::StepFinished { recovery, step, subject, .. } => {
            format!("Step {} for {} is finished", names.step(step), names.subject(recovery, subject))
        }
        What::StepRefused { recovery, step, subject, reason } => {
            let subject = names.subject(recovery, subject);
            format!("Step {} for {subject} was refused: {}", names.step(step), reason.words())
        }
        What::Slipped { recovery, step, slip } => {
            let slip = crate::procedure::Slip::from_number(slip).map_or("unknown", |it| it.name());
            format!("A slip on step {} for {}: {slip}", names.step(step), names.lost(recovery))
        }
        What::ResourceIdCopied { recovery, names: copied } => {
            let lost = names.lost(recovery);
            match copied.get() {
                Some(it) => format!("The Resource ID of {} was copied for {lost}", names.connector(it)),
                None => format!("A Resource ID that names nothing was copied for {lost}"),
            }
        }
        What::TicketOpened { ticket, names: named, all, .. } => {
            let asks = either(all, "all orgs", "the named orgs");
            let of = named.get().map_or("a connector that does not exist".to_owned(), |it| names.connector(it));
            format!("{} asks to release {asks} of {of}", capital(&names.ticket(ticket)))
        }
        What::TicketCovers { ticket, org } => {
            format!("{} asks for org {}", capital(&names.ticket(ticket)), names.org(org))
        }
        What::TicketOmits { ticket, org } => {
            format!("{} leaves out org {}", capital(&names.ticket(ticket)), names.org(org))
        }
        What::TicketTriaged { ticket } => format!("Support understood {}", names.ticket(ticket)),
        What::TicketRejected { ticket } => {
            format!("Support rejected {}: its Resource ID names no connector", names.ticket(ticket))
        }
        What::TicketLost { ticket, lost } => {
            format!("{} {}", capital(&names.ticket(ticket)), either(lost, "was lost", "was found again"))
        }
        What::TicketMisrouted { ticket } => {
            format!("{} went to the wrong people", capital(&names.ticket(ticket)))
        }
        What::TicketClosed { ticket } => format!("{} was closed", capital(&names.ticket(ticket))),
        What::Verified { recovery, org } => match org.get() {
            Some(org) => format!("The target for org {} was looked at and found fit", names.org(org)),
            None => format!("The target for {} was looked at and found fit", names.lost(recovery)),
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
        What::RegionSlowed { region, factor, .. } => speed(factor, format!("Work in {}", names.region(region))),
        What::RegionFull { region, full } => {
            let now = either(full, "takes no new connector", "takes new connectors again");
            format!("Region {} {now}", names.region(region))
        }
        What::ScmOutage { scm, begins } => {
            format!("The SCM {} {}", scm.name(), either(begins, "went down", "came back"))
        }
        What::ScmThrottled { scm, factor, .. } => speed(factor, format!("Discovery at {}", scm.name())),
        What::InventoryUnavailable { begins } => {
            format!("The inventory {}", either(begins, "does not answer", "answers again"))
        }
        What::InventoryStale { shows, begins: true } => match shows.get() {
            Some(it) => format!("The inventory shows {} for every connector", names.connector(it)),
            None => "The inventory shows a Resource ID that names nothing".to_owned(),
        },
        What::InventoryStale { begins: false, .. } => "The inventory shows the right thing again".to_owned(),
        What::FaultMissed { strike } => format!("Fault {} found nothing to strike", names.strike(strike)),
        What::SupportSurge { tickets } => format!("{tickets} tickets of others joined the support queue"),
        What::StaffChanged { team, present: u32::MAX } => format!("Team {} is there without limit", team.name()),
        What::StaffChanged { team, present } => format!("Team {} has {present} people there now", team.name()),
        _ => what.kind().name().to_owned(),
    }
}

/// For whom, if for anybody.
fn about(names: &Names<'_>, connector: ConnectorIx, org: OrgIx) -> String {
    match (connector.get(), org.get()) {
        (Some(connector), Some(org)) => format!(" for org {} in {}", names.org(org), names.connector(connector)),
        (Some(connector), None) => format!(" for {}", names.connector(connector)),
        (None, Some(org)) => format!(" for org {}", names.org(org)),
        (None, None) => String::new(),
    }
}

const fn either(first: bool, yes: &'static str, no: &'static str) -> &'static str {
    if first { yes } else { no }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
