//! What can be asked for.

use super::operations::{OperationIx, Task};
use super::{Cloud, Refusal, ResourceId};
use crate::drill::Settings;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::Life;

/// A connector that is to be created (F-6); most often a
/// [replacement](Cloud::replacement).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewConnector {
    /// Its Resource ID.
    pub id: ResourceId,
    /// Its region, by the catalogue's name or title.
    pub region: String,
    /// The connector that it is to take over from.
    pub replaces: Option<ConnectorIx>,
}

impl Cloud<'_> {
    /// What takes over from a connector (F-6): in its resource group, with another name
    /// and in another region.
    #[must_use]
    pub fn replacement(&self, old: ConnectorIx, name: &str, region: &str) -> NewConnector {
        NewConnector {
            id: self.id(old).named(name),
            region: region.to_owned(),
            replaces: Some(old),
        }
    }

    /// Creates a connector, without settings and tokens of its own.
    ///
    /// # Errors
    /// Its name is taken, its region is unknown, announced, down or full, or nobody
    /// says what it takes over from: other connectors are not modelled.
    pub fn create(&mut self, new: NewConnector) -> Result<ConnectorIx, Refusal> {
        let stands = |it: &ConnectorIx| self.run.world().connector(*it).life != Life::Deleted;
        if self.find(&new.id).filter(stands).is_some() {
            let taken = format!("there is a connector {} already", new.id.name);
            return Err(Refusal::Conflict(taken));
        }
        let catalogue = self.plan().fleet.catalogue();
        let plain = new.region.to_lowercase().replace(' ', "");
        let region = catalogue.find(&plain).ok_or_else(|| {
            Refusal::Invalid(format!(
                "there is no region {:?} to create it in",
                new.region
            ))
        })?;
        let old = new.replaces.ok_or_else(|| {
            Refusal::Invalid(format!(
                "connector {} takes over from none of the fleet's: no other is modelled",
                new.id.name
            ))
        })?;
        let began = self.now();
        let connector = self.run.create_for(old, region, began)?;
        debug_assert_eq!(connector.ix(), self.ids.len());
        self.places.insert(new.id.key(), connector);
        self.ids.push(new.id);
        Ok(connector)
    }

    /// The connector that a new one of a hierarchy takes over from: of those of that
    /// line that stand, the latest that is lost, else the latest.
    #[must_use]
    pub fn predecessor(&self, hierarchy: &str) -> Option<ConnectorIx> {
        let same = |it: &ConnectorIx| self.hierarchy(*it).eq_ignore_ascii_case(hierarchy);
        let line: Vec<ConnectorIx> = self.connectors().into_iter().filter(same).collect();
        line.iter()
            .rfind(|&&it| self.is_lost(it))
            .or(line.last())
            .copied()
    }

    /// Sets what a connector onboards and, with a person's consent, gives it tokens
    /// (D-7, D-9). An existing connector that lists orgs of a lost one takes them over
    /// (F-7).
    ///
    /// # Errors
    /// It is gone, its region is down, or another operation is under way on it. What
    /// the platform says later, the operation tells.
    pub fn configure(
        &mut self,
        connector: ConnectorIx,
        settings: Settings,
        authorize: bool,
    ) -> Result<OperationIx, Refusal> {
        self.is_free(connector)?;
        let task = Task::Configure {
            connector,
            settings,
            authorize,
        };
        Ok(self.begin(connector, task))
    }

    /// Takes a connector's settings and tokens away: it works no more, until somebody
    /// consents again. What it onboarded stays its own: this is no release.
    ///
    /// # Errors
    /// As [`configure`](Self::configure); or it has no settings.
    pub fn deconfigure(&mut self, connector: ConnectorIx) -> Result<OperationIx, Refusal> {
        self.is_free(connector)?;
        self.settings(connector)?;
        Ok(self.begin(connector, Task::Deconfigure { connector }))
    }

    /// Sets an org's annotation configuration again (F-10).
    ///
    /// # Errors
    /// The connector is gone or down, or does not know the org. What the platform says
    /// later, the operation tells.
    pub fn annotate(&mut self, connector: ConnectorIx, org: OrgIx) -> Result<OperationIx, Refusal> {
        self.org(connector, org)?;
        Ok(self.begin(connector, Task::Annotate { connector, org }))
    }

    /// An operation of no effect of its own: for what is done at once and answered with
    /// a promise all the same.
    pub fn promise(&mut self) -> OperationIx {
        self.begin(ConnectorIx::NONE, Task::Nothing)
    }

    /// Deletes a connector, early or not (F-12). Deletion is not release.
    ///
    /// # Errors
    /// It is gone, or down.
    pub fn delete(&mut self, connector: ConnectorIx) -> Result<(), Refusal> {
        self.is_free(connector)?;
        let began = self.now();
        Ok(self.run.delete(connector, began)?)
    }

    fn is_free(&self, connector: ConnectorIx) -> Result<(), Refusal> {
        self.answers(connector)?;
        if self.is_busy(connector) {
            let name = &self.ids[connector.ix()].name;
            let busy = format!("an operation is under way on connector {name}");
            return Err(Refusal::Conflict(busy));
        }
        Ok(())
    }
}
