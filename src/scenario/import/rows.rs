//! What one row says.

use std::collections::BTreeSet;

use super::arm::{self, ArmId, Below, Parsed};
use super::codes;
use super::fields::{Fault, Fields};
use super::harvest::{Connector, Place, Standing, State};
use super::json::Kind;
use super::pages::Reading;
use super::terms::{Region, plain, region_of, scm_of, state_of, switch, top_of};
use crate::model::catalogue::Catalogue;
use crate::model::fleet::Scm;
use crate::scenario::syntax::did_you_mean;
use crate::scenario::tables::ID_MAX;

impl<'t> Reading<'t, '_> {
    /// Takes in a row.
    pub(super) fn row(&mut self, fields: Fields<'t>, place: &Place) {
        let read = fields.flattened();
        let read = read.and_then(|fields| self.told_by_id(&fields, place));
        if let Err(fault) = read {
            self.unreadable(place, &fault.to_string());
        }
    }

    fn told_by_id(&mut self, fields: &Fields<'t>, place: &Place) -> Result<(), Fault> {
        let Some(id) = fields.first_text(&["id", "connectorResourceId"])? else {
            self.unreadable(place, "the row has no `id`");
            return Ok(());
        };
        let id = match arm::parse(&id) {
            Parsed::Ours(id) if id.path.len() <= ID_MAX => id,
            Parsed::Other => {
                self.harvest.counts.others += 1;
                return Ok(());
            }
            Parsed::Ours(_) | Parsed::Broken => {
                self.unreadable(place, "the `id` is no Resource ID");
                return Ok(());
            }
        };
        let counts = &mut self.harvest.counts;
        match id.below {
            Below::Connector => {
                counts.connectors += 1;
                self.connector(&id, fields, place)
            }
            Below::Configuration => {
                counts.configurations += 1;
                self.configuration(&id, fields, place)
            }
            Below::Org(scm, org) => {
                counts.orgs += 1;
                self.org(&id, scm, org, fields, place)
            }
            Below::Project(scm, org, project) => {
                counts.projects += 1;
                self.below_org(&id, (scm, org), (project, None), fields, place)
            }
            Below::Repo(scm, org, project, repo) => {
                counts.repos += 1;
                self.below_org(
                    &id,
                    (scm, org),
                    (project.unwrap_or_default(), Some(repo)),
                    fields,
                    place,
                )
            }
            Below::Other => {
                counts.others += 1;
                Ok(())
            }
        }
    }

    fn connector(
        &mut self,
        id: &ArmId<'_>,
        fields: &Fields<'t>,
        place: &Place,
    ) -> Result<(), Fault> {
        let kind = fields.first_text(&["environmentName", "connectorType"])?;
        let kind = match kind {
            Some(kind) => Some(kind),
            None => {
                let data = fields.map("environmentData")?.text("environmentType")?;
                data.or(fields.text("environmentType")?)
            }
        };
        let scm = kind.as_deref().map(scm_of);
        let written = fields.first_text(&["location", "region"])?;
        // Clouds have regions of their own.
        let written = written.filter(|_| scm != Some(None));
        let tenant = fields.text("tenantId")?.map(|it| it.to_lowercase());
        let connector = self.harvest.connector(id.path, id.connector, place);
        if connector.standing == Standing::Mentioned {
            connector.standing = Standing::Exported;
        }
        let region = match written.as_deref().map(region_of) {
            None => None,
            Some(Region::Offered(region)) => Some(region),
            Some(odd) => {
                connector.standing = Standing::Unusable;
                self.odd_region(&odd, &written.unwrap_or_default(), place);
                return Ok(());
            }
        };
        let said = [
            (
                connector.region.say(region, place),
                "the connector's region",
            ),
            (connector.scm.say(scm, place), "the connector's kind of SCM"),
            (
                connector.tenant.say(tenant, place),
                "the connector's tenant",
            ),
        ];
        self.disagree(said, place);
        Ok(())
    }

    fn odd_region(&mut self, odd: &Region, written: &str, place: &Place) {
        let names = || {
            Catalogue::ALL
                .into_iter()
                .flat_map(|it| it.regions)
                .map(|it| it.name)
        };
        let (what, help) = match odd {
            Region::Announced => (
                "the region was only announced, so no connector can stand in it",
                "look the connector up again".to_owned(),
            ),
            _ => (
                "no catalogue has the region that the connector is in",
                match did_you_mean(&plain(written), names()) {
                    Some(near) if !self.harvest.complaints.neutral => {
                        format!("did you mean `{near}`?")
                    }
                    _ => "`lifeboat list regions` shows those that there are".to_owned(),
                },
            ),
        };
        self.harvest
            .complaints
            .add(&codes::REGION_NOT_OFFERED, place, what, Some(written), help);
    }

    fn configuration(
        &mut self,
        id: &ArmId<'_>,
        fields: &Fields<'t>,
        place: &Place,
    ) -> Result<(), Fault> {
        let auto = fields.text("autoDiscovery")?;
        let auto = auto.and_then(|it| switch(&it));
        let mut listed = None;
        let mut odd = false;
        if let Some(list) = fields.get("topLevelInventoryList") {
            if list.kind() != Kind::List {
                return Err(Fault::Kind("topLevelInventoryList", "a list"));
            }
            let mut names = BTreeSet::new();
            list.items(|_, name| match name.text() {
                Ok(Some(name)) => drop(names.insert(name)),
                _ => odd = true,
            });
            listed = Some(names);
        }
        if odd {
            return Err(Fault::Kind("topLevelInventoryList", "a list of names"));
        }
        let state = fields.text("provisioningState")?;
        let trouble = state.filter(|it| !it.eq_ignore_ascii_case("Succeeded"));
        // Only whether there is one; it is read no further than that.
        let code = fields
            .map("authorization")
            .map(|it| it.get("code").map(|it| it.written().len()));
        if code.is_ok_and(|it| it.is_some_and(|length| length > 2)) && self.harvest.secret.is_none()
        {
            self.harvest.secret = Some(place.clone());
        }
        let connector = self.harvest.connector(id.path, id.connector, place);
        connector.trouble = connector.trouble.take().max(trouble);
        let said = [
            (connector.auto_discovery.say(auto, place), "auto-discovery"),
            (connector.listed.say(listed, place), "the list of orgs"),
        ];
        self.disagree(said, place);
        Ok(())
    }

    fn org(
        &mut self,
        id: &ArmId<'_>,
        scm: Scm,
        name: &str,
        fields: &Fields<'t>,
        place: &Place,
    ) -> Result<(), Fault> {
        let state = fields.text("onboardingState")?;
        let state = state.and_then(|it| state_of(&it));
        let annotations = annotations(scm, fields)?;
        let top = top_of(scm, name);
        let connector = self.harvest.connector(id.path, id.connector, place);
        let org = connector.org(scm, top, place);
        if top.len() < name.len() {
            // A group below another: whatever holds for it, the topmost one is what is onboarded.
            return Ok(());
        }
        let said = [
            (org.state.say(state, place), "whether the org is onboarded"),
            (
                org.annotations.say(annotations, place),
                "the org's annotations",
            ),
        ];
        self.disagree(said, place);
        Ok(())
    }

    /// A project or a repo.
    fn below_org(
        &mut self,
        id: &ArmId<'_>,
        (scm, org): (Scm, &str),
        (project, repo): (&str, Option<&str>),
        fields: &Fields<'t>,
        place: &Place,
    ) -> Result<(), Fault> {
        let state = fields.text("onboardingState")?;
        let annotated = annotations(scm, fields)? == Some(true);
        let connector = self.harvest.connector(id.path, id.connector, place);
        let top = top_of(scm, org);
        let org_below = org[top.len()..].to_lowercase();
        let org = connector.org(scm, top, place);
        if state.and_then(|it| state_of(&it)) == Some(State::NotOnboarded) {
            return Ok(());
        }
        org.annotated_below |= annotated;
        let project = project.to_lowercase();
        match repo {
            None => org.projects.insert(format!("{org_below}/{project}").into()),
            Some(repo) => org
                .repos
                .insert(format!("{project}/{}", repo.to_lowercase()).into()),
        };
        Ok(())
    }

    /// Complains of every two rows that say different things.
    fn disagree<const N: usize>(&mut self, said: [(Result<(), Place>, &str); N], place: &Place) {
        let mut unusable = false;
        for (result, what) in said {
            let Err(there) = result else {
                continue;
            };
            unusable = true;
            let what = format!("this says otherwise about {what}");
            let help = format!("it was said first at {there}; take the older one away");
            self.harvest
                .complaints
                .add(&codes::ROWS_DISAGREE, place, &what, None, help);
        }
        self.harvest.counts.unusable += u64::from(unusable);
    }
}

impl Connector {
    /// The kind of SCM: as it says itself, or as its orgs do.
    pub(super) fn kind(&self) -> Option<Scm> {
        match self.scm.get() {
            Some(said) => *said,
            None => self.orgs.values().next().map(|it| it.scm),
        }
    }
}

/// Whether there are annotations: `None` is what the API says where nobody ever set it.
fn annotations(scm: Scm, fields: &Fields<'_>) -> Result<Option<bool>, Fault> {
    if !scm.has_annotations() {
        return Ok(None);
    }
    let state = fields.map("actionableRemediation")?.text("state")?;
    Ok(state.map(|it| switch(&it) == Some(true)))
}
