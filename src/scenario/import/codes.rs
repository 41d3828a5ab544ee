//! The codes of exports: what a team can hand over that no fleet comes out of.

use crate::scenario::syntax::CodeDoc;
use crate::scenario::syntax::codes::code_table;

code_table! {
    /// Exports: `LB0401` to `LB0499`.
    EXPORTS {
        NOT_JSON = "LB0401" "not-json", "The export is not JSON.",
            "Exports are JSON, as the API answers and as `az … --output json` prints. Tables, YAML, tab-separated \
            values and CSV lose what an import needs. An export that was cut off on its way is no JSON either.",
            "az security security-connector list --output table     # --output json";
        NOT_AN_EXPORT = "LB0402" "not-an-export", "This is JSON, and no export.",
            "An export is an answer of Resource Graph (with `data`), a list of the API (with `value`), what `az` \
            prints (a list), or a single resource with its `id`. An answer that says what went wrong is none: ask \
            again.",
            "{ \"error\": { \"code\": \"AuthorizationFailed\" } }";
        ROW_UNREADABLE = "LB0403" "row-unreadable", "A row says nothing that can be used.",
            "A row is a map, its `id` is a Resource ID (L-6) and says what the row is of, and what it says is of the \
            kind that the API gives. A query has to keep `id` among its columns.",
            "resources | project name, location        # project id, name, location";
        REGION_NOT_SAID = "LB0404" "region-not-said", "A row does not say in which region a connector is.",
            "A fleet cannot be drilled without it. The API says it in every connector, as `location`; a query has to \
            keep that column (`location`, or `region`).",
            "resources | project id                    # project id, location";
        REGION_NOT_OFFERED = "LB0405" "region-not-offered", "No connector can stand in this region.",
            "The regions are those of the catalogues (F-1, F-2, L-4), by the control plane's name or by the name that \
            people use. `lifeboat list regions` shows them. A region that was only announced holds no connector.",
            "{ \"location\": \"West Europe\" }           # westeurope";
        SCM_NOT_SAID = "LB0406" "scm-not-said", "No export says of which kind a connector is.",
            "The kind of SCM (D-1) is in a connector's `environmentName`, and in the Resource IDs of its orgs. The \
            query of the article (L-2) leaves it out: export the connector's orgs as well, or a query that keeps it.",
            "… | project id, location, environmentName = properties.environmentName";
        ROWS_DISAGREE = "LB0407" "rows-disagree", "Two rows say different things about one resource.",
            "The same resource may be exported twice, but not with two regions, two states or two settings: which one \
            holds would be a guess. Mostly one of the exports is old. Take it away.",
            "lifeboat import monday.json friday.json   # moved in between";
        CONNECTOR_NOT_EXPORTED = "LB0408" "connector-not-exported", "Something belongs to a connector that no export has.",
            "Orgs, projects, repos and configurations say by their Resource ID to which connector they belong, and \
            not where that is. Export the connector too: `az security security-connector list`.",
            "lifeboat import orgs.json                 # and connectors.json";
        OWNED_TWICE = "LB0409" "owned-twice", "Two connectors own one org.",
            "D-2: an org is onboarded once in a tenant. If two exports say so, they were made at different times, or \
            of different tenants: rows of Resource Graph say of which, lists of the API do not.",
            "lifeboat import before.json after.json    # the org was moved in between";
        NOTHING_TO_IMPORT = "LB0410" "nothing-to-import", "No export has a connector of Defender for DevOps.",
            "Connectors have the type `microsoft.security/securityconnectors` and are of Azure DevOps, GitHub or \
            GitLab. Those of clouds (AWS, GCP) have the same type, and hold no orgs.",
            "az graph query -q \"resources | limit 100\"  # the first hundred of whatever there is";
        FLEET_TOO_LARGE = "LB0411" "fleet-too-large", "The fleet does not fit one file.",
            "A scenario reads files up to a limit. Import by region or by subscription, into one file each, and name \
            all of them under `use`.",
            "use: [fleets/europe.yaml, fleets/americas.yaml]";
        EXPORT_INCOMPLETE = "LB0420" "export-incomplete", "An export is not complete.",
            "It has a link or a token for a next page that no export is, or says itself that rows were left out. What \
            is missing is missing from the fleet. `az graph query` gives 100 rows unless told otherwise.",
            "az graph query --first 1000 --skip-token …";
        ORGS_NOT_EXPORTED = "LB0421" "orgs-not-exported", "No export has the orgs of a connector.",
            "It is taken to have none, so a drill has nothing to lose there. If that is not so, export them: \
            `az security security-connector devops azuredevopsorg list`, `githubowner list` or `gitlabgroup list`.",
            "orgs: 0                                   # none were exported";
        SECRET_IN_EXPORT = "LB0422" "secret-in-export", "There is a secret in an export.",
            "A configuration of an export has an authorisation code. The API never gives one back, so somebody wrote \
            it there. It is left out of the fleet; the export still has it. Take it away.",
            "{ \"properties\": { \"authorization\": { \"code\": \"…\" } } }";
    }
}
