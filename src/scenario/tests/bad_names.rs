//! Names of what is not there, and procedures that cannot be followed.

use super::*;

fn fault(fault: &str) -> String {
    format!("timeline: [{{ at: T+0, fault: {{ {fault} }} }}]\n")
}

fn told(text: &str) -> Vec<String> {
    complaints(&format!("{HEAD}{text}"))
}

#[test]
fn faults_on_what_does_not_exist() {
    let bad: &[(&str, &[&str])] = &[
        ("ticket-lost: { connector: paymnts }", &["4:59 LB0312"]),
        ("org-deleted: { org: payments-1 }", &["4:53 LB0313"]),
        ("permission-lost: { connector: payments, orgs: [nobody, contoso] }", &["4:80 LB0313", "4:88 LB0320"]),
        ("token-revoked: { connector: { target-of: nobody } }", &["4:74 LB0312"]),
        ("region-outage: { region: [eastus, mars, { target-of: nobody }] }", &["4:67 LB0310", "4:86 LB0312"]),
        ("org-created: { org: contoso, connector: ado }", &["4:53 LB0315"]),
        ("step-skipped: { connector: payments, step: autorize }", &["4:76 LB0351"]),
        ("step-skipped: { connector: payments, step: detect }", &["4:76 LB0356"]),
        ("wrong-region: { connector: payments, region: westus }", &[]),
    ];
    for (text, wanted) in bad {
        assert_eq!(told(&fault(text)), *wanted, "{text}");
    }
}

#[test]
fn procedures_that_cannot_be_followed() {
    let bad: &[(&str, &[&str])] = &[
        ("{ base: single-region-dr@2023-10-10 }", &["4:20 LB0350"]),
        ("{ steps: { open-tickets: { takes: 1m } } }", &["4:23 LB0351"]),
        ("{ steps: { decide: { needs: [detekt] } } }", &["4:41 LB0351"]),
        ("{ steps: { decide: { on-refused: nowhere } } }", &["4:45 LB0351"]),
        ("{ steps: { decide: { needs: [promote] } } }", &["4:23 LB0353"]),
        ("{ steps: { open-ticket: { for-each: org } } }", &["4:23 LB0355"]),
        ("{ steps: { triage-ticket: { needs: [open-ticket, discover] }, release-ownership: { needs: [] } } }", &["4:23 LB0355"]),
        ("{ steps: { decide: { can-fail: { wrong-region: 5% } } } }", &["4:45 LB0356"]),
        ("{ steps: { decide: { takes: { rate: 5/h } } } }", &["4:23 LB0357"]),
        ("{ steps: { discover: { takes: 5h } } }", &["4:23 LB0357"]),
        ("{ steps: { decide: { orgs: [contoso] } } }", &["4:33 LB0359"]),
        ("{ steps: { open-ticket: { orgs: [contosso] } } }", &["4:45 LB0313"]),
        ("{ remove: [decde] }", &["4:23 LB0351"]),
        ("{ remove: [open-ticket] }", &["4:1 LB0354"]),
        ("{ add: { decide: { takes: 1m } } }", &["4:21 LB0352"]),
        ("{ add: { all-finished: { takes: 1m } } }", &["4:21 LB0352"]),
        ("{ add: { call: { needs: [detect] } } }", &["4:21 LB0203"]),
        ("{ add: { call: { takes: 1m, before: [nothing] } } }", &["4:49 LB0351"]),
        ("{ from-scratch: true, steps: {} }", &["4:1 LB0358"]),
        ("{ from-scratch: true, base: x, steps: { a: { takes: 1m } } }", &["4:34 LB0321"]),
    ];
    for (text, wanted) in bad {
        assert_eq!(told(&format!("procedure: {text}\n")), *wanted, "{text}");
    }
    let many: String = (0..40).map(|it| format!("s{it}: {{ takes: 1m }}, ")).collect();
    assert_eq!(told(&format!("procedure: {{ from-scratch: true, steps: {{ {many} }} }}\n")), ["4:1 LB0358"]);
}

#[test]
fn targets_that_cannot_be() {
    let bad: &[(&str, &[&str])] = &[
        ("[mars]", &["4:23 LB0310"]),
        ("[westus]", &["4:23 LB0311"]),
        ("[{ region: westus }]", &["4:33 LB0311"]),
        ("[automatic, eastus]", &["4:34 LB0360"]),
        ("[{ adopt: nobody }]", &["4:32 LB0312"]),
        ("[{ adopt: ado }]", &["4:32 LB0320"]),
        ("[stay-in-geography]", &[]),
    ];
    for (text, wanted) in bad {
        assert_eq!(told(&format!("procedure: {{ target: {text} }}\n")), *wanted, "{text}");
    }
    let lost = |fault: &str, until: &str| {
        told(&format!(
            "procedure: {{ target: [eastus] }}\ntimeline: [{{ at: T+0, fault: {{ region-outage: {{ region: eastus{fault} }} }} }}]\n{until}"
        ))
    };
    assert_eq!(lost("", ""), ["4:23 LB0361"]);
    assert_eq!(lost(", lasts: 9d", "until: 9d\n"), ["4:23 LB0361"]);
    assert_eq!(lost(", lasts: 8d", "until: 9d\n"), [""; 0]);
}

#[test]
fn a_defect_lets_connectors_stand_where_none_can() {
    let text = "defects: [creates-in-unsupported-region]\nprocedure: { target: [westus] }\n";
    assert_eq!(told(text), [""; 0]);
    let plan = behind_head(text).plan;
    assert!(!plan.rules.hold(crate::model::rules::Rule::CreateInSupportedRegion));
}
