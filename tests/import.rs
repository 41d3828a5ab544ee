//! `import`: a fleet out of exports, whatever shape they have; what is wrong with them, and
//! what never comes over.

use assert_cmd::Command;
use lifeboat::scenario::import::{Exports, Imported};
use lifeboat::scenario::syntax::{RenderStyle, Source};
use lifeboat::scenario::{Reader, Scenario};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

mod exports {
    pub(crate) mod drafted;
}
use exports::drafted;
use proptest::prelude::*;

/// The exports of one whole fleet.
const WHOLE: [&str; 8] = [
    "graph.json",
    "configurations.json",
    "azuredevopsorgs.json",
    "githubowners.json",
    "githubowners-available.json",
    "gitlabgroups.json",
    "projects.json",
    "repos.json",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap_or_else(|it| panic!("{name}: {it}"))
}

/// What texts come to, without a command around it.
fn import<'a>(neutral: bool, texts: impl IntoIterator<Item = &'a str>) -> Imported {
    let mut exports = Exports::new(neutral);
    for (at, text) in texts.into_iter().enumerate() {
        exports.read(&Source::new(format!("{at}.json"), text));
    }
    exports.fleet()
}

/// A scenario that uses a fleet, and does nothing with it.
fn read(fleet: &str) -> Scenario {
    let text = format!("{fleet}title: Imported\n");
    let read = Reader::default().read_text("imported.yaml", &text);
    read.unwrap_or_else(|it| panic!("{text}\n{}", it.render(Default::default())))
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// Everything that is said besides the fleet.
fn said(imported: &Imported) -> String {
    let style = RenderStyle::default();
    let all = imported.complaints.iter().chain(&imported.remarks);
    all.fold(String::new(), |text, it| text + &it.render(style))
}

#[test]
fn a_whole_fleet() {
    let texts = WHOLE.map(text);
    let imported = import(false, texts.iter().map(String::as_str));
    assert_eq!(said(&imported), "");
    assert!(read(&imported.text).warnings.is_empty());
    insta::assert_snapshot!(imported.text);
}

#[test]
fn a_whole_fleet_without_names() {
    let texts = WHOLE.map(text);
    let imported = import(true, texts.iter().map(String::as_str));
    assert!(read(&imported.text).warnings.is_empty());
    insta::assert_snapshot!(imported.text);
}

#[test]
fn every_shape_of_connectors_says_the_same() {
    let [graph, list, printed] = ["graph.json", "connectors-api.json", "connectors-az.json"]
        .map(|it| import(false, [&*text(it)]).text);
    assert_eq!(without_comments(&graph), without_comments(&list));
    assert_eq!(without_comments(&graph), without_comments(&printed));
    let table = import(false, [&*text("graph-table.json")]).text;
    let wanted = without_comments(&graph);
    let wanted = &wanted[..wanted
        .find("    platform-gitlab")
        .expect("the third connector")];
    assert_eq!(without_comments(&table), wanted);
}

#[test]
fn the_query_of_the_article_is_enough_where_orgs_say_of_which_kind_they_are() {
    let article = text("graph-article.json");
    let alone = import(false, [&*article]);
    assert_eq!(alone.complaints.len(), 2);
    assert!(
        alone.complaints.iter().all(|it| it.code() == "LB0406"),
        "{}",
        said(&alone)
    );
    let orgs = [text("azuredevopsorgs.json"), text("githubowners.json")];
    let imported = import(false, [&*article, &orgs[0], &orgs[1]]);
    assert_eq!(said(&imported), "");
    let scenario = read(&imported.text);
    assert_eq!(
        (
            scenario.plan.fleet.connectors().len(),
            scenario.plan.fleet.orgs().len()
        ),
        (2, 5)
    );
}

/// A row of a connector, as a query with few columns gives it.
fn connector(name: &str, region: &str, scm: &str) -> String {
    format!(
        r#"{{ "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Security/securityConnectors/{name}", "location": "{region}", "environmentName": "{scm}" }}"#
    )
}

fn below(name: &str, rest: &str, more: &str) -> String {
    format!(
        r#"{{ "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Security/securityConnectors/{name}/devops/default{rest}", "properties": {{ {more} }} }}"#
    )
}

#[test]
fn the_catalogue_is_one_in_which_every_region_is_offered() {
    let both = format!(
        "[{}, {}]",
        connector("a", "West Europe", "GitHub"),
        connector("b", "East Asia", "GitLab")
    );
    let text = import(false, [&*both]).text;
    assert!(
        text.contains("\ncatalogue: 2023-11-11\n") && text.contains("region: eastasia"),
        "{text}"
    );
    read(&text);
    assert!(
        !import(false, [&*connector("a", "westeurope", "GitHub")])
            .text
            .contains("catalogue")
    );
}

#[test]
fn an_org_is_whose_its_connector_onboarded_it() {
    let texts = [
        format!(
            "[{},{}]",
            connector("a", "eastus", "AzureDevOps"),
            connector("b", "eastus", "AzureDevOps")
        ),
        format!(
            "[{},{},{},{}]",
            below(
                "a",
                "/azureDevOpsOrgs/one",
                r#""onboardingState": "Onboarded""#
            ),
            below(
                "a",
                "/azureDevOpsOrgs/two",
                r#""onboardingState": "OnboardedByOtherConnector""#
            ),
            below(
                "a",
                "/azureDevOpsOrgs/far",
                r#""onboardingState": "OnboardedByOtherConnector""#
            ),
            below(
                "a",
                "/azureDevOpsOrgs/new",
                r#""onboardingState": "NotOnboarded""#
            ),
        ),
        below(
            "b",
            "/azureDevOpsOrgs/Two/projects/p",
            r#""actionableRemediation": { "state": "Enabled" }"#,
        ),
        below(
            "b",
            "/azureDevOpsOrgs/Two/projects/q",
            r#""onboardingState": "NotOnboarded""#,
        ),
    ];
    let text = import(false, texts.iter().map(String::as_str)).text;
    assert!(
        text.contains(
            "Left out: 1 org that another connector onboarded, 1 org that nobody onboarded.\n"
        ),
        "{text}"
    );
    let fleet = read(&text).plan.fleet;
    let owned: Vec<_> = fleet
        .connectors()
        .iter()
        .map(|it| (it.owns.len(), it.grants.len()))
        .collect();
    assert_eq!(owned, [(1, 2), (1, 1)]);
    // A project says whose its org is, and so do its annotations; one that nobody onboarded
    // is none of its projects.
    assert!(
        text.contains("Two: { id: azure-devops/two, projects: 1, annotations: true }"),
        "{text}"
    );
}

#[test]
fn a_list_counts_as_far_as_the_service_reads_it() {
    let connectors = connector("a", "eastus", "GitHub");
    let with = |auto: &str| {
        let list = format!(r#""autoDiscovery": "{auto}", "topLevelInventoryList": ["one", "two"]"#);
        import(false, [&*connectors, &below("a", "", &list)]).text
    };
    // D-9: ignored while auto-discovery is on.
    assert!(
        with("Enabled").contains("auto-discovery: true\n      orgs: 0"),
        "{}",
        with("Enabled")
    );
    let off = with("Disabled");
    assert!(
        off.contains("auto-discovery: false") && off.contains("listed: [one, two]"),
        "{off}"
    );
    assert!(
        off.contains("# assumed: the listed orgs are the onboarded ones: a"),
        "{off}"
    );
    assert_eq!(read(&off).plan.fleet.orgs().len(), 2);
    assert!(!with("NotApplicable").contains("auto-discovery: "));
}

#[test]
fn tenants_are_told_apart_where_there_are_several() {
    let of = |tenant: &str, name: &str| {
        let row = connector(name, "eastus", "GitHub");
        row.replace(
            "{ \"id\"",
            &format!("{{ \"tenantId\": \"{tenant}\", \"id\""),
        )
    };
    let orgs = format!(
        "[{},{}]",
        below("a", "/gitHubOwners/contoso", ""),
        below("b", "/gitHubOwners/contoso", "")
    );
    let one = import(
        false,
        [&*format!("[{},{}]", of("t1", "a"), of("t1", "b")), &orgs],
    );
    assert_eq!(one.complaints.len(), 1, "D-2: once in a tenant");
    assert!(!one.text.contains("tenant"));
    let two = import(
        false,
        [&*format!("[{},{}]", of("t1", "a"), of("t2", "b")), &orgs],
    );
    assert_eq!(said(&two), "");
    assert!(two.text.contains("tenant: t2"), "{}", two.text);
    assert_eq!(read(&two.text).plan.fleet.orgs().len(), 2);
}

#[test]
fn names_that_the_format_does_not_take_are_changed_and_ids_are_not() {
    let texts = [
        format!(
            "[{},{}]",
            connector("-rot-grün", "eastus", "GitHub"),
            connector("rot-gr(n", "eastus", "GitHub")
        ),
        format!("[{}]", below("-rot-grün", "/gitHubOwners/no", "")),
        below("rot-gr(n", "/gitHubOwners/1e3", ""),
    ];
    let imported = import(false, texts.iter().map(String::as_str));
    assert_eq!(said(&imported), "");
    let text = imported.text;
    for part in [
        "    rot-gr-n:\n",
        "    rot-gr-n-2:\n",
        "/-rot-grün\n",
        "/rot-gr(n",
        "no",
        "1e3",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    read(&text);
}

#[test]
fn rows_may_spell_one_name_in_different_ways() {
    let connectors = [
        connector("Pay", "eastus", "Github"),
        connector("pay", "East US", "GitHub"),
    ];
    let orgs = [
        below("PAY", "/gitHubOwners/contoso", ""),
        below("pay", "/githubowners/Contoso/repos/r", ""),
        below("pay", "/githubowners/CONTOSO/repos/R", ""),
    ];
    let all: Vec<&str> = connectors.iter().chain(&orgs).map(String::as_str).collect();
    let imported = import(false, all.iter().copied());
    assert_eq!(said(&imported), "");
    let part = "CONTOSO: { id: github/contoso, repos: 1 }";
    assert!(imported.text.contains(part), "{}", imported.text);
    let backwards = import(false, all.iter().rev().copied());
    assert_eq!(backwards.text, imported.text);
}

/// What is asked for in pages is all there, or said not to be.
#[test]
fn what_is_missing_is_said_on_top_and_beside() {
    let row = |name| connector(name, "eastus", "GitHub");
    let page = |total: u32, rows: &[String]| {
        format!(
            r#"{{ "totalRecords": {total}, "count": {}, "data": [{}] }}"#,
            rows.len(),
            rows.join(",")
        )
    };
    let (first, second) = (page(3, &[row("a"), row("b")]), page(3, &[row("c")]));
    let part = import(false, [&*first]);
    assert!(
        said(&part).contains("LB0420") && part.text.contains("# incomplete: 2 of 3 rows"),
        "{}",
        part.text
    );
    assert!(!said(&import(false, [&*first, &second])).contains("LB0420"));
    // Neither the same page again nor another answer makes up for it.
    let other = page(3, &["d", "e", "f"].map(row));
    for more in [&first, &other] {
        assert!(said(&import(false, [&*first, more])).contains("LB0420"));
    }
    let list = |next: &str, name| format!(r#"{{ "value": [{}], "nextLink": {next} }}"#, row(name));
    let (first, last) = (list("\"https://next.example\"", "a"), list("null", "b"));
    assert!(said(&import(false, [&*first])).contains("nextLink"));
    assert!(!said(&import(false, [&*first, &last])).contains("LB0420"));
    for more in [
        r#""resultTruncated": "true""#,
        r#""$skipToken": "x""#,
        r#""skip_token": "x""#,
    ] {
        let cut = format!("{{ {more}, \"data\": [{}] }}", row("a"));
        assert!(said(&import(false, [&*cut])).contains("LB0420"), "{more}");
    }
}

/// Secrets, people, tags and trial dates never come over: not even in a message about the
/// very line that they stand in.
#[test]
fn nothing_that_is_nobodys_business_comes_over() {
    let secrets = [
        "S3CR3T-CODE",
        "mara@contoso.example",
        "CC-4711",
        "0000-SUB",
        "deadbeef-token",
    ];
    let [code, person, tag, subscription, token] = secrets;
    let noise = format!(
        r#""tags": {{ "{tag}": "{tag}" }}, "systemData": {{ "createdBy": "{person}" }}, "createdBy": "{person}", "accessToken": "{token}", "subscriptionId": "{subscription}""#
    );
    let with = |row: String| row.replacen('{', &format!("{{ {noise}, "), 1);
    let code = format!(r#""authorization": {{ "code": "{code}" }}, "autoDiscovery": "Enabled""#);
    let texts = [
        with(connector("a", "eastus", "GitHub")),
        with(below("a", "", &code)),
        with(connector("b", "mars", "GitHub")),
        with(below("a", "/gitHubOwners/o", "\"onboardingState\": 3")),
    ];
    // All in one line, as a program would write it.
    let one = format!("[{}]", texts.join(","));
    let imported = import(false, [&*one]);
    let all = imported.text.clone() + &said(&imported);
    assert!(
        all.contains("LB0405") && all.contains("LB0403") && all.contains("LB0422"),
        "{all}"
    );
    for secret in secrets {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    let empty = below("a", "", r#""authorization": { "code": "" }"#);
    let imported = import(false, [&*connector("a", "eastus", "GitHub"), &empty]);
    assert!(
        !said(&imported).contains("LB0422"),
        "the API gives an empty one back"
    );
}

/// What a bad export is told.
fn face(texts: &[&str]) -> String {
    let imported = import(false, texts.iter().copied());
    let mut face = String::new();
    for (at, text) in texts.iter().enumerate() {
        let shown: String = text.chars().take(400).collect();
        let _ = writeln!(face, "--- {at}.json\n{shown}");
    }
    let _ = write!(
        face,
        "--- said{}\n{}",
        if imported.fatal { ", fatal" } else { "" },
        said(&imported)
    );
    face
}

macro_rules! faces {
    ($($name:ident: $texts:expr;)*) => {
        $(#[test]
        fn $name() {
            let texts: Vec<String> = $texts.into_iter().map(|it| it.to_string()).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            insta::assert_snapshot!(face(&texts));
        })*
    };
}

faces! {
    nothing: [""];
    a_table_of_az: ["Name      Location\n--------  ----------\ncontoso   westeurope\n"];
    cut_off: [&connector("a", "eastus", "GitHub")[..60]];
    not_a_number: ["[{ \"count\": NaN }]"];
    an_answer_that_failed: [r#"{ "error": { "code": "AuthorizationFailed", "message": "mara@contoso.example may not" } }"#];
    a_failure_of_the_connectors_own: [r#"{ "statusCode": 500, "errorMessage": "no", "errorCorrelation": "x" }"#];
    something_else: [r#"{ "scenario": "v1" }"#];
    a_word: ["\"westeurope\""];
    rows_that_are_none: ["[1, {}, { \"id\": 7 }, { \"id\": \"contoso\" }, { \"id\": null }]"];
    a_region_of_nobody: [connector("a", "westeurop", "GitHub")];
    a_region_to_come: [connector("a", "West US", "GitHub")];
    no_region: [connector("a", "", "GitHub")];
    nobodys_orgs: [below("a", "/gitHubOwners/contoso", "")];
    an_org_of_another_kind: [connector("a", "eastus", "GitHub"), below("a", "/gitLabGroups/contoso", "")];
    moved_in_between: [connector("a", "eastus", "GitHub"), connector("A", "uksouth", "GitHub")];
    owned_by_two: [
        format!("[{},{}]", connector("a", "eastus", "GitHub"), connector("b", "eastus", "GitHub")),
        format!("[{},{}]", below("a", "/gitHubOwners/contoso", ""), below("b", "/gitHubOwners/Contoso", "")),
    ];
    clouds_alone: [connector("a", "eu-west-1", "AWS")];
    a_cloud_in_between: [connector("a", "eastus", "GitHub"), connector("a", "eastus", "AWS")];
    a_key_twice: [r#"[{ "id": "/subscriptions/s", "Id": "/subscriptions/t" }]"#];
    half_a_character: [r#"[{ "id": "\ud800" }]"#];
    a_table_without_rows: [r#"{ "data": { "columns": [] } }"#];
}

fn lifeboat(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("lifeboat").expect("the command is built");
    command
        .current_dir(folder)
        .env_clear()
        .env("NO_COLOR", "1")
        .arg("import");
    command
}

#[test]
fn a_fleet_is_written_whole_and_used() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for name in WHOLE {
        fs::write(folder.path().join(name), text(name)).expect("a file can be written");
    }
    let ended = lifeboat(folder.path())
        .args(WHOLE)
        .args(["-o", "fleet.yaml"])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(
        (ended.status.code(), &*told),
        (Some(0), "wrote fleet.yaml: 4 connectors and 6 orgs\n")
    );
    assert!(ended.stdout.is_empty());
    let scenario = "scenario: v1\ntitle: Used\nuse: [fleet.yaml]\n";
    fs::write(folder.path().join("used.yaml"), scenario).expect("a file can be written");
    let used = Reader::default().read(folder.path().join("used.yaml"));
    let used = used.unwrap_or_else(|it| panic!("{}", it.render(Default::default())));
    assert_eq!((used.plan.fleet.orgs().len(), used.warnings.len()), (6, 0));
    // What stands there may have been edited since.
    let again = lifeboat(folder.path())
        .args(WHOLE)
        .args(["-o", "fleet.yaml"])
        .output()
        .expect("it runs");
    assert_eq!(again.status.code(), Some(2));
}

#[test]
fn standard_input_is_an_export_too() {
    let mut command = lifeboat(&folder());
    let ended = command
        .args(["-", "githubowners.json", "-q"])
        .write_stdin(text("graph.json"));
    let ended = ended.output().expect("it runs");
    assert_eq!(ended.status.code(), Some(0));
    let fleet = String::from_utf8(ended.stdout).expect("UTF-8");
    assert_eq!(read(&fleet).plan.fleet.orgs().len(), 3);
}

#[test]
fn what_cannot_be_used_is_left_out_only_if_that_is_wanted() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let rows = format!(
        "[{},{}]",
        connector("a", "eastus", "GitHub"),
        connector("b", "mars", "GitHub")
    );
    fs::write(folder.path().join("rows.json"), rows).expect("a file can be written");
    let ended = lifeboat(folder.path())
        .args(["rows.json", "-o", "fleet.yaml"])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(3));
    assert!(
        told.contains("rows.json:1, row /1") && told.contains("--skip-unusable"),
        "{told}"
    );
    assert!(!folder.path().join("fleet.yaml").exists());
    let ended = lifeboat(folder.path())
        .args(["rows.json", "--skip-unusable"])
        .output()
        .expect("it runs");
    let fleet = String::from_utf8(ended.stdout).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(0));
    assert!(
        fleet.contains("# Left out: 1 connector that cannot be used."),
        "{fleet}"
    );
    assert!(String::from_utf8_lossy(&ended.stderr).contains("LB0405"));
    // Nothing is left to be left out here.
    fs::write(folder.path().join("rows.json"), "nothing").expect("a file can be written");
    let ended = lifeboat(folder.path())
        .args(["rows.json", "--skip-unusable"])
        .output()
        .expect("it runs");
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(3), 0));
}

#[test]
fn files_that_cannot_be_read_are_told_without_a_piece_of_them() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let large = fs::File::create(folder.path().join("large.json")).expect("a file can be made");
    large
        .set_len(Exports::LIMITS.file_bytes + 1)
        .expect("it can be made long");
    fs::write(
        folder.path().join("utf16.json"),
        b"\xff\xfes\0e\0c\0r\0e\0t\0",
    )
    .expect("a file can be written");
    for (name, code) in [
        ("large.json", "LB0004"),
        ("utf16.json", "LB0005"),
        ("none.json", "LB0001"),
        (".", "LB0002"),
    ] {
        let ended = lifeboat(folder.path()).arg(name).output().expect("it runs");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(3), "{name}");
        assert!(
            told.contains(code) && !told.contains("s\0e") && !told.contains('┬'),
            "{told}"
        );
    }
}

#[test]
fn depth_and_length_are_no_trouble() {
    let deep = "[".repeat(1_000_000);
    assert!(import(false, [&*deep]).fatal);
    let closed = deep.clone() + &"]".repeat(1_000_000);
    assert!(!import(false, [&*closed]).complaints.is_empty());
    let maps = "{\"data\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    assert!(import(false, [&*maps]).fatal);
    let long = format!("[{}]", vec!["0"; 1_000_000].join(","));
    let imported = import(false, [&*long]);
    assert_eq!((imported.complaints.len(), imported.omitted), (50, 999_950));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// What comes out says what went in, in whatever shape and order that was.
    #[test]
    fn what_is_imported_is_what_was_exported(draft in drafted::fleets()) {
        let imported = import(false, draft.exports.iter().map(String::as_str));
        prop_assert_eq!(said(&imported), "");
        let scenario = read(&imported.text);
        prop_assert_eq!(drafted::seen(&scenario), draft.wanted());
        let mut backwards = draft.exports.clone();
        backwards.reverse();
        let again = import(false, backwards.iter().map(String::as_str));
        prop_assert_eq!(&again.text, &imported.text);
        // What is exported twice is there once.
        let twice = draft.exports.iter().chain(&draft.exports);
        let twice = import(false, twice.map(String::as_str));
        prop_assert_eq!(said(&twice), "");
        prop_assert_eq!(without_comments(&twice.text), without_comments(&imported.text));
    }

    /// Without names it is the same fleet, and no name is left anywhere.
    #[test]
    fn without_names_it_is_the_same_fleet_and_nobody_knows_whose(draft in drafted::fleets(), bad in 0..4usize) {
        let mut exports = draft.exports.clone();
        exports.push(draft.bad_export(bad));
        let imported = import(true, exports.iter().map(String::as_str));
        prop_assert!(!imported.complaints.is_empty());
        let all = (imported.text.clone() + &said(&imported)).to_lowercase();
        for name in draft.names() {
            prop_assert!(!all.contains(&name.to_lowercase()), "{} is in\n{}", name, all);
        }
        let mut named = draft.wanted();
        let mut neutral = drafted::seen(&read(&imported.text));
        for it in named.iter_mut().chain(&mut neutral) {
            it.forget_names();
        }
        named.sort();
        neutral.sort();
        prop_assert_eq!(neutral, named);
    }

    /// Not even the alphabet of the names is left: other names, the same file.
    #[test]
    fn other_names_give_the_same_file_without_names(draft in drafted::fleets()) {
        let other = draft.renamed();
        let [one, other] = [&draft.exports, &other].map(|it| import(true, it.iter().map(String::as_str)).text);
        prop_assert_eq!(one, other);
    }

    /// Whatever the bytes are, they are an export or are told what is wrong with them.
    #[test]
    fn whatever_it_is_it_is_told(cut in 0..4_000usize, put in "[\\[\\]{}\",:0-9a-z\\\\ ]{0,12}", which in 0..WHOLE.len()) {
        let whole = text(WHOLE[which]);
        let at = (cut % whole.len().max(1)).min(whole.len());
        let mut text = whole.clone();
        if text.is_char_boundary(at) {
            text.insert_str(at, &put);
        }
        for text in [&*text, text.get(..at).unwrap_or_default()] {
            let imported = import(false, [text]);
            let nothing = imported.text.contains("connectors: {}");
            prop_assert!(!nothing || !imported.complaints.is_empty(), "{}", text);
            if !nothing {
                read(&imported.text);
            }
        }
    }
}
