//! Long lists.

use super::*;

#[test]
fn long_lists_come_in_pages() {
    let mut text = "scenario: v1\ntitle: Many\nfleet:\n  connectors:\n".to_owned();
    for at in 0..250 {
        text += &format!("    many-{at}: {{ region: westeurope, scm: github, orgs: 1 }}\n");
    }
    text += "timeline: []\n";
    served(&text, Mode::Manual, |client| {
        let mut target = format!(
            "{SUBSCRIPTION}/providers/Microsoft.Security/securityConnectors\
             ?api-version=2023-10-01-preview"
        );
        let mut names = Vec::new();
        let mut pages = 0;
        loop {
            let page = json_of(&client.get(&target));
            pages += 1;
            assert!(pages < 10, "it does not end: {target}");
            let value = page["value"].as_array().expect("a list");
            names.extend(value.iter().map(|it| it["name"].to_string()));
            let Some(next) = page["nextLink"].as_str() else {
                break;
            };
            target = next
                .strip_prefix("http://127.0.0.1")
                .expect("absolute")
                .into();
        }
        assert_eq!((names.len(), pages), (250, 3));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 250);
    });
}
