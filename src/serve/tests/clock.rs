//! What moves the clock, and what does not.

use super::*;

#[test]
fn the_clock_moves_for_those_who_wait_and_not_for_those_who_work() {
    let list = format!(
        "{SUBSCRIPTION}/providers/Microsoft.Security/securityConnectors\
         ?api-version=2023-10-01-preview"
    );
    served(DAY, Mode::Polled, |client| {
        client.get(&list);
        client.get(&devops("spare", "/default"));
        client.get("/subscriptions?api-version=2022-12-01");
        client.get("/subscriptions?api-version=2022-12-01");
        assert_eq!(client.now(), "T+0");
        // Two who wait side by side wait once.
        client.get(&list);
        client.get(&devops("spare", "/default"));
        assert_eq!(client.now(), "T+15m");
        // A change in between: what is read next is what came of it.
        let tagged = client.ask("PATCH", &root("spare"), json!({ "tags": { "a": "b" } }));
        assert_eq!(tagged.status, 200);
        client.get(&list);
        assert_eq!(client.now(), "T+15m");
    });
    served(DAY, Mode::Manual, |client| {
        client.get(&list);
        client.get(&list);
        assert_eq!(client.now(), "T+0");
        let to = client.ask("POST", "/lifeboat/clock", json!({ "to": "T+2d" }));
        assert_eq!(json_of(&to)["now"], "T+2d");
        let back = client.ask("POST", "/lifeboat/clock", json!({ "to": "T+1d" }));
        assert_eq!(code(&back), (409, "ClockDoesNotGoBack".into()));
        client.ask("POST", "/lifeboat/clock", json!({ "advance": "90d" }));
        assert_eq!(code(&client.get(&list)), (410, "RunEnded".into()));
        assert!(!client.desk.is_over());
        client.ask("POST", "/lifeboat/end", Value::Null);
        assert!(client.desk.is_over());
    });
    served(DAY, Mode::Real(3_600), |client| {
        client.desk.real_time(2_000);
        client.get(&list);
        client.get(&list);
        assert_eq!(client.now(), "T+2h");
    });
}

#[test]
fn what_is_due_at_an_instant_goes_before_what_is_asked_at_it() {
    let text = DAY.to_owned()
        + "procedure:
  steps:
    triage-ticket: { takes: 0s }
";
    served(&text, Mode::Manual, |client| {
        let asked = client.ask("PUT", &ticket("CASE"), asks_for("boards"));
        assert_eq!(asked.status, 202);
        let letters = ticket("CASE").replace('?', "/communications?");
        let answer = client.get(&letters);
        assert!(answer.body.contains("releasing 3 orgs"), "{answer:?}");
        assert_eq!(client.now(), "T+0");
    });
}

#[test]
fn waits_are_told_in_milliseconds_or_in_whole_seconds() {
    let told = |whole_seconds: bool, mode: Mode, wait: &str| {
        let mut clock = Clock::new(mode);
        clock.whole_seconds = whole_seconds;
        let mut answer = Answer::empty(429).waiting(wait.parse().expect("a duration"));
        clock.tell(&mut answer);
        let header = |name| answer.header(name).unwrap_or("").to_owned();
        [
            header("retry-after"),
            header("retry-after-ms"),
            header("x-ms-retry-after-ms"),
        ]
    };
    // A week takes a second, and nothing takes no time: a 0 counts as no word at all.
    assert_eq!(told(false, Mode::Polled, "7d"), ["1", "", ""]);
    assert_eq!(told(false, Mode::Polled, "84h"), ["", "500", "500"]);
    assert_eq!(told(false, Mode::Polled, "0s"), ["", "1", "1"]);
    assert_eq!(told(true, Mode::Polled, "84h"), ["1", "", ""]);
    assert_eq!(told(false, Mode::Real(60), "30s"), ["", "500", "500"]);
    assert_eq!(told(false, Mode::Manual, "30s"), ["1", "", ""]);
}

#[test]
fn the_clock_is_moved_from_a_shell() {
    served(DAY, Mode::Manual, |client| {
        let mut request = Request::of("POST", "/lifeboat/clock", r#"{"advance":"1h"}"#);
        // As curl has it.
        request.content_type = Some("application/x-www-form-urlencoded".to_owned());
        assert_eq!(client.desk.answer(&request).status, 200);
        assert_eq!(client.now(), "T+1h");
    });
}
