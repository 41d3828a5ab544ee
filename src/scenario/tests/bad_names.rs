//! Names of what is not there, and procedures that cannot be followed.

use super::*;

/// Everything that is told of a text behind the usual head, at its marks.
#[track_caller]
fn told(text: &str, wanted: &[&str]) {
    told_at_marks(&format!("{HEAD}{text}"), wanted);
}

#[test]
fn faults_on_what_does_not_exist() {
    let bad: &[(&str, &[&str])] = &[
        ("ticket-lost: { connector: ^paymnts }", &["LB0312"]),
        ("org-deleted: { org: ^payments-1 }", &["LB0313"]),
        (
            "permission-lost: { connector: payments, orgs: [^nobody, ^contoso] }",
            &["LB0313", "LB0320"],
        ),
        (
            "token-revoked: { connector: { target-of: ^nobody } }",
            &["LB0312"],
        ),
        (
            "region-outage: { region: [eastus, ^mars, { target-of: ^nobody }] }",
            &["LB0310", "LB0312"],
        ),
        (
            "org-created: { org: ^contoso, connector: ado }",
            &["LB0315"],
        ),
        (
            "step-skipped: { connector: payments, step: ^autorize }",
            &["LB0351"],
        ),
        (
            "step-skipped: { connector: payments, step: ^detect }",
            &["LB0356"],
        ),
        ("wrong-region: { connector: payments, region: westus }", &[]),
    ];
    for (text, wanted) in bad {
        told(
            &format!("timeline: [{{ at: T+0, fault: {{ {text} }} }}]\n"),
            wanted,
        );
    }
}

#[test]
fn procedures_that_cannot_be_followed() {
    let bad: &[(&str, &[&str])] = &[
        ("{ base: ^single-region-dr@2023-10-10 }", &["LB0350"]),
        ("{ steps: { ^open-tickets: { takes: 1m } } }", &["LB0351"]),
        ("{ steps: { decide: { needs: [^detekt] } } }", &["LB0351"]),
        (
            "{ steps: { decide: { on-refused: ^nowhere } } }",
            &["LB0351"],
        ),
        (
            "{ steps: { ^decide: { needs: [authorize] } } }",
            &["LB0353"],
        ),
        (
            "{ steps: { ^open-ticket: { for-each: org } } }",
            &["LB0355"],
        ),
        (
            "{ steps: { ^triage-ticket: { needs: [open-ticket, discover] }, release-ownership: { needs: [] } } }",
            &["LB0355"],
        ),
        (
            "{ steps: { decide: { can-fail: { ^wrong-region: 5% } } } }",
            &["LB0356"],
        ),
        (
            "{ steps: { ^decide: { takes: { rate: 5/h } } } }",
            &["LB0357"],
        ),
        ("{ steps: { ^discover: { takes: 5h } } }", &["LB0357"]),
        ("{ steps: { decide: { ^orgs: [contoso] } } }", &["LB0359"]),
        (
            "{ steps: { open-ticket: { orgs: [^contosso] } } }",
            &["LB0313"],
        ),
        ("{ remove: [^decde] }", &["LB0351"]),
        ("{ add: { ^decide: { takes: 1m } } }", &["LB0352"]),
        ("{ add: { ^all-finished: { takes: 1m } } }", &["LB0352"]),
        ("{ add: { ^call: { needs: [detect] } } }", &["LB0203"]),
        (
            "{ add: { call: { takes: 1m, before: [^nothing] } } }",
            &["LB0351"],
        ),
        (
            "{ from-scratch: true, ^base: x, steps: { a: { takes: 1m } } }",
            &["LB0321"],
        ),
    ];
    for (text, wanted) in bad {
        told(&format!("procedure: {text}\n"), wanted);
    }
    let many: String = (0..40)
        .map(|it| format!("s{it}: {{ takes: 1m }}, "))
        .collect();
    told(
        &format!("^procedure: {{ from-scratch: true, steps: {{ {many} }} }}\n"),
        &["LB0358"],
    );
    told(
        "^procedure: { from-scratch: true, steps: {} }\n",
        &["LB0358"],
    );
    told("^procedure: { remove: [open-ticket] }\n", &["LB0354"]);
}

#[test]
fn targets_that_cannot_be() {
    let bad: &[(&str, &[&str])] = &[
        ("[^mars]", &["LB0310"]),
        ("[^westus]", &["LB0311"]),
        ("[{ region: ^westus }]", &["LB0311"]),
        ("[automatic, ^eastus]", &["LB0360"]),
        ("[{ adopt: ^nobody }]", &["LB0312"]),
        ("[{ adopt: ^ado }]", &["LB0320"]),
        ("[stay-in-geography]", &[]),
    ];
    for (text, wanted) in bad {
        told(&format!("procedure: {{ target: {text} }}\n"), wanted);
    }
    let lost = |target: &str, lasts: &str, wanted: &[&str]| {
        let fault = format!("{{ region-outage: {{ region: eastus{lasts} }} }}");
        told(
            &format!(
                "procedure: {{ target: [{target}] }}\ntimeline: [{{ at: T+0, fault: {fault} }}]\nuntil: 9d\n"
            ),
            wanted,
        );
    };
    lost("^eastus", "", &["LB0361"]);
    lost("^eastus", ", lasts: 9d", &["LB0361"]);
    lost("eastus", ", lasts: 8d", &[]);
}

#[test]
fn a_defect_lets_connectors_stand_where_none_can() {
    let text = "defects: [creates-in-unsupported-region]\nprocedure: { target: [westus] }\n";
    told(text, &[]);
    let plan = behind_head(text).plan;
    assert!(
        !plan
            .rules
            .hold(crate::model::rules::Rule::CreateInSupportedRegion)
    );
}
