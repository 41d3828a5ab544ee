//! A real fleet, from what a team can export: answers of Resource Graph, connectors and
//! orgs as the API lists them, and what `az` prints.
//!
//! ```text
//! Source ──pages──▶ rows ──▶ Harvest ──settle──▶ Fleet ──names──▶ Fleet ──write──▶ YAML
//!             json, fields, arm     (by Resource ID)       (as they are, or neutral)
//! ```
//!
//! * [`Exports`] takes in exports in any order; each is told by its shape, and each row by
//!   its Resource ID (L-6).
//! * [`Imported`] is the fleet file, or why there is none: a row that cannot be used is
//!   complained of, never passed over in silence.
//!
//! What no export says (alerts, sizes that were not listed) is left to the defaults, and
//! said on top of the file. What nobody needs is not read at all: tags, who made it and
//! when, authorisation codes.

mod arm;
pub mod codes;
mod complaints;
mod fields;
mod fleet;
mod harvest;
mod json;
mod names;
mod owners;
mod pages;
mod rows;
mod terms;
mod write;

use super::syntax::{Diagnostic, Limits, Source, words};
use fleet::Fleet;
use harvest::Harvest;

/// Exports, as far as they were read.
///
/// ```
/// use lifeboat::scenario::import::Exports;
/// use lifeboat::scenario::syntax::Source;
///
/// let root = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Security/securityConnectors/payments";
/// let connectors = format!(r#"[{{ "id": "{root}", "location": "westeurope", "environmentName": "GitHub" }}]"#);
/// let owners = format!(r#"{{ "value": [{{ "id": "{root}/devops/default/gitHubOwners/contoso" }}] }}"#);
///
/// let mut exports = Exports::new(false);
/// exports.read(&Source::new("connectors.json", connectors));
/// exports.read(&Source::new("owners.json", owners));
/// let imported = exports.fleet();
/// assert!(imported.complaints.is_empty());
/// assert!(imported.text.contains("contoso: { id: github/contoso }"));
/// ```
#[derive(Debug)]
pub struct Exports {
    harvest: Harvest,
}

/// A fleet, and what there is to say about it.
#[derive(Debug)]
pub struct Imported {
    /// The fleet file: a piece that a scenario can `use`. It has what could be used.
    pub text: String,
    /// How large it is, in words.
    pub size: String,
    /// What cannot be used, in the order in which it was met: errors.
    pub complaints: Vec<Diagnostic>,
    /// How many more complaints there were.
    pub omitted: usize,
    /// Whether something was no export at all, or no fleet came out: then leaving rows out
    /// is no help.
    pub fatal: bool,
    /// What should be known all the same: warnings.
    pub remarks: Vec<Diagnostic>,
}

impl Exports {
    /// How much of one export is read: files of exports are longer than people's.
    pub const LIMITS: Limits = Limits {
        file_bytes: 64 * 1024 * 1024,
        depth: 64,
        nodes: usize::MAX,
        aliases: 0,
        unfolded_nodes: 0,
    };

    /// None yet. Neutral ones tell no name: neither in the fleet nor in a message.
    #[must_use]
    pub fn new(neutral: bool) -> Self {
        let mut harvest = Harvest::default();
        harvest.complaints.neutral = neutral;
        Self { harvest }
    }

    /// Takes in an export; its name is what messages call it.
    pub fn read(&mut self, source: &Source) {
        pages::read(source, &mut self.harvest);
    }

    /// The fleet that they come to.
    #[must_use]
    pub fn fleet(mut self) -> Imported {
        let mut complaints = std::mem::take(&mut self.harvest.complaints);
        let mut fleet = fleet::settle(&self.harvest, &mut complaints);
        names::own(&mut fleet);
        if complaints.neutral {
            names::neutral(&mut fleet);
        }
        let missing = self.harvest.answers.missing();
        let text = write::file(&fleet, &self.harvest.counts, &missing);
        if fleet.connectors.is_empty() && complaints.kept.is_empty() {
            let message = "no row is a connector of Azure DevOps, GitHub or GitLab";
            let help = "`az security security-connector list` prints those of a subscription";
            complaints.whole(&codes::NOTHING_TO_IMPORT, message, help);
        }
        let most = Limits::default().file_bytes;
        if text.len() as u64 > most {
            let message = format!(
                "the fleet takes {} bytes, and a scenario reads files of {most}",
                text.len()
            );
            let help = "import by region or by subscription, into a file each, and `use` them all";
            complaints.whole(&codes::FLEET_TOO_LARGE, &message, help);
        }
        Imported {
            remarks: self.remarks(&fleet, &missing),
            size: write::size(&fleet),
            text,
            omitted: complaints.omitted,
            fatal: complaints.fatal,
            complaints: complaints.kept,
        }
    }

    fn remarks(&self, fleet: &Fleet, missing: &[String]) -> Vec<Diagnostic> {
        let nowhere = Source::new("", "");
        let mut remarks = Vec::new();
        for it in missing {
            let message = format!("the exports are not complete: {it}");
            let it = Diagnostic::new(&codes::EXPORT_INCOMPLETE, &nowhere, message);
            remarks.push(it.help("export the other pages too, and hand over all of them at once"));
        }
        let none = fleet
            .connectors
            .iter()
            .filter(|it| it.orgs.is_empty() && !it.orgs_exported);
        let none: Vec<&str> = none.map(|it| &*it.name).collect();
        if !none.is_empty() {
            let message = format!(
                "no export has orgs of {}",
                words(none).replace(" or ", " and ")
            );
            let it = Diagnostic::new(&codes::ORGS_NOT_EXPORTED, &nowhere, message);
            let help = "export their orgs as well; a drill has nothing to lose where there is none";
            remarks.push(it.help(help));
        }
        if let Some(place) = &self.harvest.secret {
            let message = format!("{place}: there is an authorisation code in this configuration");
            let it = Diagnostic::new(&codes::SECRET_IN_EXPORT, &nowhere, message);
            remarks.push(it.help("it is left out of the fleet; take it out of the export too"));
        }
        remarks.into_iter().map(Diagnostic::warning).collect()
    }
}
