//! Every check there is: its name, its statement, where it comes from, what puts it
//! to the test, and how it can fail. `lifeboat explain` prints this.

use super::roster;
use crate::model::fact::FactKinds;
use crate::time::Duration;

/// When a check has to be met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// At every fact.
    Always,
    /// By a deadline, or by the end of the run.
    Eventually,
    /// When all is over.
    WholeRun,
}

impl Kind {
    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Eventually => "eventually",
            Self::WholeRun => "over the whole run",
        }
    }
}

/// What there is to know about a check.
#[derive(Clone, Copy, Debug)]
pub struct CheckDoc {
    /// The name in scenario files and output.
    pub slug: &'static str,
    /// What has to hold, in one sentence.
    pub statement: &'static str,
    /// The facts of the seed and the vendor's documentation behind it.
    pub cites: &'static [&'static str],
    /// When it has to be met.
    pub kind: Kind,
    /// Its default deadline.
    pub within: Option<Duration>,
    /// From when the deadline counts.
    pub counts_from: &'static str,
    /// Whether it is on unless a scenario says otherwise.
    pub on: bool,
    /// What is said when nothing put it to the test, and so which fact would have.
    pub vacuous: &'static str,
    /// What happened to a subject that violated it: a predicate.
    pub breach: &'static str,
    /// A way to see it fail.
    pub fails_when: &'static str,
}

macro_rules! catalogue {
    ($($name:ident $slug:literal $kind:ident [$($cite:literal),*] $(within $within:literal days from $from:literal)? $(, $off:ident)?;
        $statement:literal;
        vacuous: $vacuous:literal;
        breach: $breach:literal;
        fails when: $fails:literal;)*) => {
        /// A check.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum CheckId {
            $(#[doc = $statement] $name,)*
        }

        impl CheckId {
            /// How many there are.
            pub const COUNT: usize = [$(Self::$name),*].len();

            /// Every check, in the order of output.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$name),*];

            /// What there is to know about it.
            #[must_use]
            pub const fn doc(self) -> &'static CheckDoc {
                match self {
                    $(Self::$name => const { &CheckDoc {
                        slug: $slug,
                        statement: $statement,
                        cites: &[$($cite),*],
                        kind: Kind::$kind,
                        within: first_of(&[$(Duration::from_days($within))?]),
                        counts_from: concat!("" $(, $from)?),
                        on: concat!("" $(, stringify!($off))?).is_empty(),
                        vacuous: concat!("Not put to the test: ", $vacuous, "."),
                        breach: $breach,
                        fails_when: $fails,
                    } },)*
                }
            }
        }
    };
}

const fn first_of(durations: &[Duration]) -> Option<Duration> {
    if durations.is_empty() {
        None
    } else {
        Some(durations[0])
    }
}

impl CheckId {
    /// The name in scenario files and output.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        self.doc().slug
    }

    /// The check of a name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.slug() == slug)
    }

    /// The kinds of fact that it reads while the run is under way.
    #[must_use]
    pub const fn listens(self) -> FactKinds {
        roster::listens(self)
    }
}

catalogue! {
    SingleOwner "single-owner" Always ["D-2"];
        "No org of a tenant is ever owned by two connectors.";
        vacuous: "no connector claimed an org";
        breach: "was claimed while another connector owned it";
        fails when: "A discovery pass claims an owned org: `defects: [claims-owned-orgs]`.";
    SupportedRegionOnly "supported-region-only" Always ["F-1", "F-2"];
        "No connector is created in a region that is not supported, or is down.";
        vacuous: "no connector was created";
        breach: "was created in a region that is not supported or was down";
        fails when: "The slip `wrong-region` meets `defects: [creates-in-unsupported-region]` or `[creates-in-lost-region]`.";
    AuthorizedOwner "authorized-owner" Always ["F-7"];
        "When a connector claims an org, its grants include it.";
        vacuous: "no connector claimed an org";
        breach: "was claimed by a connector whose account does not reach it";
        fails when: "A discovery pass claims what the account cannot reach: `defects: [claims-without-grant]`.";
    IntendedOwner "intended-owner" Always ["F-9"];
        "A released org goes to the target of its recovery.";
        vacuous: "no org of a recovery was claimed after a release";
        breach: "was released and then claimed by another connector than the target";
        fails when: "Another connector whose account reaches the org makes its discovery pass first, such as one that the slip `second-connector` made.";
    ReleaseNeedsTicket "release-needs-ticket" Always ["F-9"];
        "An org is released only under a ticket that names its connector and covers that org.";
        vacuous: "no org was released";
        breach: "was released without a ticket that names its connector and covers it";
        fails when: "Support releases what no ticket covers: `defects: [releases-without-ticket]`.";
    AnnotationsAfterEntities "annotations-after-entities" Always ["F-10"];
        "Annotation configuration is recreated only once the org's entities appeared.";
        vacuous: "no annotation configuration was recreated";
        breach: "had its annotations recreated before its entities appeared";
        fails when: "A procedure annotates too early, and the platform lets it: `defects: [annotates-before-entities]`.";
    NoPhantomRecord "no-phantom-record" Always ["F-13"];
        "Every recreated record existed in the fleet at the outage.";
        vacuous: "no record was recreated";
        breach: "had records recreated that never existed";
        fails when: "Recreation invents a recommendation: `defects: [invents-records]`.";
    NoDuplicateRecord "no-duplicate-record" Always ["F-13"];
        "No record has two homes among connectors that have not lost their configuration, and none is recreated twice into one.";
        vacuous: "no record was recreated";
        breach: "came to have records in two homes, or twice in one";
        fails when: "A crashed recreation starts over: `defects: [restarts-crashed-recreation]`; or the old connector is authorised again after its records were recreated.";
    SafeDelete "safe-delete" Always ["F-12"];
        "An old connector is deleted only after it recovered, its orgs have another primary, and nothing of it is still to be released or recreated.";
        vacuous: "no connector that had an outage was deleted";
        breach: "was deleted before it was safe";
        fails when: "The slip `deleted-early`, or `retire.needs: region-up` with a slow ticket.";
    OnePrimary "one-primary" Always ["F-12"];
        "No org has two primary connectors.";
        vacuous: "no org was promoted";
        breach: "came to have two primary connectors";
        fails when: "Promotion does not demote the old connector: `defects: [promotes-both]`.";
    BystandersUntouched "bystanders-untouched" Always ["F-7"];
        "Connectors and orgs outside the outage, and what an adopted connector already held, are unchanged.";
        vacuous: "no outage began, or it left nobody outside";
        breach: "was changed though it was outside every outage";
        fails when: "The slip `wrong-resource-id` names another connector: support releases that one's orgs.";
    StaysInGeography "stays-in-geography" Always ["D-14"], off;
        "No org is recovered into another geography.";
        vacuous: "no connector was created or adopted";
        breach: "took over from a connector in another geography";
        fails when: "The lost region is alone in its geography, and `target` is not `stay-in-geography`.";
    NoOrphanedOrgs "no-orphaned-orgs" Eventually ["F-6", "F-9"] within 7 days from "each loss";
        "Each time an org loses its working owner it has one again within the deadline.";
        vacuous: "no org lost its working owner";
        breach: "had no working owner again";
        fails when: "A ticket is lost for good, or an org is forgotten in it.";
    LateOrgsCovered "late-orgs-covered" Eventually ["F-5"] within 7 days from "the org's creation";
        "An org created during the recovery, which auto-discovery would have onboarded, is owned by the deadline.";
        vacuous: "no org was created during a recovery that auto-discovery would have onboarded";
        breach: "was created and had no owner";
        fails when: "An org appears, and no connector that works and reaches it makes a pass.";
    AlertsRestored "alerts-restored" Eventually ["F-13", "F-14"];
        "Every alert that was inside the window at its connector's outage start is back by the end.";
        vacuous: "no connector with alerts inside the window had an outage";
        breach: "did not have its recent alerts back";
        fails when: "The window is anchored late and the ticket takes days, or `defects: [forgets-last-alert]`.";
    AlertsRestoredInTime "alerts-restored-in-time" Eventually ["F-13"] within 7 days from "the connector's outage start";
        "Every alert that was inside the window at its connector's outage start is back within one week of that instant.";
        vacuous: "no connector with alerts inside the window had an outage";
        breach: "did not have its recent alerts back";
        fails when: "The recovery as a whole takes longer than a week.";
    RecommendationsRestored "recommendations-restored" Eventually ["F-13"] within 7 days from "the connector's outage start";
        "All recommendations are back.";
        vacuous: "no connector with recommendations had an outage";
        breach: "did not have all its recommendations back";
        fails when: "The old connector is deleted before its records are recreated.";
    GraphRestored "graph-restored" Eventually ["F-13"] within 7 days from "the connector's outage start";
        "All entities of the security graph are back.";
        vacuous: "no connector with graph entities had an outage";
        breach: "did not have all its graph entities back";
        fails when: "The old connector is deleted before its records are recreated.";
    AnnotationsRestored "annotations-restored" Eventually ["F-10"] within 7 days from "the connector's outage start";
        "Every org that had annotations has them again.";
        vacuous: "no org with annotations lost them";
        breach: "did not have its annotations again";
        fails when: "The slip `step-skipped` on `recreate-annotations`.";
    ConfigurationRestored "configuration-restored" Eventually ["F-5"] within 7 days from "the connector's outage start";
        "Grants and auto-discovery cover what they covered.";
        vacuous: "no connector had an outage";
        breach: "was not covered by the grants and auto-discovery of a working owner";
        fails when: "The account loses its reach to an org for good: `permission-lost`.";
    OldConnectorRetired "old-connector-retired" Eventually ["F-12"] within 7 days from "the recovery of the region";
        "Once the old region recovered, the new connector is primary and the old one deleted.";
        vacuous: "no lost connector recovered, or its recovery stood down";
        breach: "was not retired after it recovered";
        fails when: "A step before promotion never ends, such as one behind a lost ticket.";
    Settled "settled" Eventually ["F-9", "F-12"] within 7 days from "the last fault's end";
        "No ticket of ours is open, and no step is unfinished but one that waits for a region still down.";
        vacuous: "no recovery began";
        breach: "had an open ticket or an unfinished step";
        fails when: "A ticket is lost for good, or a step is refused and nothing is tried again.";
    OnlyDocumentedLosses "only-documented-losses" WholeRun ["F-13", "F-14"];
        "Nothing is lost but what the seed says is lost.";
        vacuous: "no connector had an outage";
        breach: "is among the orgs that lost records which F-14 does not list";
        fails when: "The old connector is deleted while it alone holds records that were to be recreated.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_found() {
        for check in CheckId::ALL {
            assert_eq!(CheckId::from_slug(check.slug()), Some(check));
        }
        assert_eq!(CheckId::from_slug("no-such-check"), None);
    }

    #[test]
    fn only_residency_is_off_and_only_eventual_checks_have_deadlines() {
        for check in CheckId::ALL {
            let doc = check.doc();
            assert_eq!(doc.on, check != CheckId::StaysInGeography);
            // `alerts-restored` is due by the end of the run.
            let due = doc.kind == Kind::Eventually && check != CheckId::AlertsRestored;
            assert_eq!(doc.within, due.then_some(Duration::WEEK), "{}", doc.slug);
            assert_eq!(doc.counts_from.is_empty(), !due);
            assert!(doc.statement.ends_with('.') && doc.fails_when.ends_with('.'));
            assert!(!doc.cites.is_empty());
        }
    }
}
