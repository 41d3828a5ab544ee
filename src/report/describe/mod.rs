//! Each fact in one plain sentence, and in plain fields.

mod rarer;

use super::names::Names;
use crate::model::fact::What;
use crate::model::ids::{ConnectorIx, OrgIx};

/// A fact in one plain sentence with names, without its instant.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one arm a fact: a table reads best in one piece"
)]
pub fn describe(names: &Names<'_>, what: &What) -> String {
    let org = |it| names.org(it);
    let con = |it| names.connector(it);
    match *what {
        What::OrgOrphaned { org: o, connector } => {
            format!(
                "Org {} is orphaned: its owner {} does not work",
                org(o),
                con(connector)
            )
        }
        What::OrgCovered { org: o, connector } => {
            format!(
                "Org {} has a working owner again: {}",
                org(o),
                con(connector)
            )
        }
        What::OrgReleased {
            org: o,
            connector,
            ticket,
        } => {
            format!(
                "Support released org {} from {} under {}",
                org(o),
                con(connector),
                names.ticket(ticket)
            )
        }
        What::ReleaseMoot { org: o, ticket } => {
            format!(
                "Support found nothing to release for org {} under {}",
                org(o),
                names.ticket(ticket)
            )
        }
        What::OrgClaimed { org: o, connector } => {
            format!("{} claimed org {}", con(connector), org(o))
        }
        What::EntitiesAppeared { org: o, connector } => {
            format!(
                "The projects and repos of org {} appeared in {}",
                org(o),
                con(connector)
            )
        }
        What::AnnotationsRecreated { org: o, connector } => {
            format!(
                "The annotations of org {} were configured again in {}",
                org(o),
                con(connector)
            )
        }
        What::RecordsRecreated {
            org: o,
            connector,
            kind,
            from,
            to,
        } => {
            let (count, kind) = (to.saturating_sub(from), kind.name());
            format!(
                "{count} {kind} of org {} were recreated in {}",
                org(o),
                con(connector)
            )
        }
        What::RecreationCrashed { org: o, connector } => {
            format!(
                "The recreation of org {} in {} crashed",
                org(o),
                con(connector)
            )
        }
        What::Promoted { org: o, connector } => {
            format!(
                "{} was made the primary connector of org {}",
                con(connector),
                org(o)
            )
        }
        What::OrgUnowned { org: o, connector } => {
            format!(
                "Org {} has no owner any more: {} was deleted, not released",
                org(o),
                con(connector)
            )
        }
        What::OrgCreated { org: o, connector } => {
            format!(
                "Org {} appeared at its SCM, within reach of {}",
                org(o),
                con(connector)
            )
        }
        What::OrgRenamed { org: o } => format!("Org {} got another name at its SCM", org(o)),
        What::OrgDeleted { org: o } => format!("Org {} was deleted at its SCM", org(o)),
        What::GrantChanged {
            connector,
            org: o,
            granted,
        } => {
            let now = if granted {
                "reaches"
            } else {
                "no longer reaches"
            };
            format!("The account of {} {now} org {}", con(connector), org(o))
        }
        What::OrgListed {
            connector,
            org: o,
            listed,
        } => {
            let now = if listed { "lists" } else { "no longer lists" };
            format!("{} {now} org {}", con(connector), org(o))
        }
        _ => of_connector(names, what),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm a fact: a table reads best in one piece"
)]
fn of_connector(names: &Names<'_>, what: &What) -> String {
    let con = |it| names.connector(it);
    match *what {
        What::PartialOutage {
            connector,
            begins: true,
            ..
        } => {
            format!(
                "Connector {} was hit, though its region is not",
                con(connector)
            )
        }
        What::PartialOutage {
            connector,
            begins: false,
            ..
        } => {
            format!("The partial outage of connector {} ended", con(connector))
        }
        What::ConnectorDown { connector } => format!("Connector {} went down", con(connector)),
        What::ConnectorUp { connector } => format!("Connector {} came back", con(connector)),
        What::ConfigLost { connector } => {
            format!(
                "Connector {} lost its tokens, auto-discovery and annotations",
                con(connector)
            )
        }
        What::TokenRevoked {
            connector, begins, ..
        } => {
            format!(
                "The tokens of {} {}",
                con(connector),
                either(begins, "stopped working", "work again")
            )
        }
        What::AuthorizerAbsent { connector, begins } => {
            let now = either(
                begins,
                "Nobody can authorise for",
                "Somebody can authorise again for",
            );
            format!("{now} {}", con(connector))
        }
        What::DiscoveryStalled { connector, begins } => {
            format!(
                "Discovery of {} {}",
                con(connector),
                either(begins, "stands still", "goes on")
            )
        }
        What::ConnectorCreated {
            connector,
            recovery,
            as_target,
            ..
        } => {
            let which = either(as_target, "Connector", "A second connector,");
            let end = either(as_target, "", ", beside the target");
            format!(
                "{which} {} was created for {}{end}",
                con(connector),
                names.lost(recovery)
            )
        }
        What::ConnectorAuthorized { connector } => {
            format!("Connector {} was authorised", con(connector))
        }
        What::ConsentWithdrawn { connector } => {
            format!("Connector {} gave its tokens up", con(connector))
        }
        What::AutoDiscoverySet { connector, on } => {
            let now = if on { "on" } else { "off" };
            format!("Auto-discovery of {} was turned {now}", con(connector))
        }
        What::ConnectorAdopted {
            connector,
            recovery,
        } => {
            format!(
                "Connector {} was adopted to take over from {}",
                con(connector),
                names.lost(recovery)
            )
        }
        What::AdoptionRefused { org, recovery } => {
            let lost = names.lost(recovery);
            format!(
                "Org {} of {lost} may not be adopted: the account does not reach it",
                names.org(org)
            )
        }
        What::ConnectorDeleted { connector } => format!("Connector {} was deleted", con(connector)),
        What::Refused {
            connector,
            org,
            reason,
        } => {
            format!(
                "The platform refused{}: {}",
                about(names, connector, org),
                reason.words()
            )
        }
        _ => rarer::of_procedure(names, what),
    }
}

/// For whom, if for anybody.
fn about(names: &Names<'_>, connector: ConnectorIx, org: OrgIx) -> String {
    match (connector.get(), org.get()) {
        (Some(connector), Some(org)) => format!(
            " for org {} in {}",
            names.org(org),
            names.connector(connector)
        ),
        (Some(connector), None) => format!(" for {}", names.connector(connector)),
        (None, Some(org)) => format!(" for org {}", names.org(org)),
        (None, None) => String::new(),
    }
}

const fn either(first: bool, yes: &'static str, no: &'static str) -> &'static str {
    if first { yes } else { no }
}
