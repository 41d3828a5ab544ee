//! What holds whatever a file says.

use proptest::prelude::*;

use super::*;

/// Words that scenarios are made of, so that nonsense looks like one.
const WORDS: &[&str] = &[
    "scenario",
    "v1",
    "title",
    "fleet",
    "connectors",
    "a",
    "b",
    "region",
    "eastus",
    "scm",
    "github",
    "orgs",
    "12",
    "timeline",
    "at",
    "T+0",
    "fault",
    "region-outage",
    "lasts",
    "26h",
    "procedure",
    "steps",
    "decide",
    "takes",
    "target",
    "adopt",
    "remove",
    "expect",
    "settled",
    "within",
    "9d",
    "until",
    "2d",
    "teams",
    "support",
    "hours",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "  ",
    "- ",
    "uniform",
    "min",
    "max",
    "1",
    "~",
    "use",
    "seed",
    "\"",
    "grants",
];

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = read(&text);
    }

    #[test]
    fn nothing_that_looks_like_a_scenario_does(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let _ = read(&words.join(" "));
    }

    #[test]
    fn nor_a_scenario_with_a_piece_cut_out_or_put_elsewhere(
        from in 0..examples::FULL.len(), len in 0usize..80, to in 0..examples::FULL.len(),
    ) {
        let text = examples::FULL.replace("use: [fleets/contoso.yaml]", "");
        let cut: String = text.chars().skip(from).take(len).collect();
        let mut rest: Vec<char> = text.chars().take(from).chain(text.chars().skip(from + len)).collect();
        let _ = read(&rest.iter().collect::<String>());
        let at = to.min(rest.len());
        rest.splice(at..at, cut.chars());
        let _ = read(&rest.into_iter().collect::<String>());
    }

    #[test]
    fn what_is_wrong_is_told_the_same_each_time(words in prop::collection::vec(prop::sample::select(WORDS), 0..30)) {
        let text = format!("{HEAD}{}", words.join(" "));
        prop_assert_eq!(complaints(&text), complaints(&text));
    }
}
