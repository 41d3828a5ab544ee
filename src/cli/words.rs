//! Words of the output, for `explain`.

/// What a word of the output means.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("held", "A check that was put to the test and holds."),
    (
        "violated",
        "A check that does not hold: the result says when, for whom, and which facts led there.",
    ),
    (
        "inconclusive",
        "A check that is not met yet and whose deadline is after the end of the run. Let the run be longer (`until`). Exit code 5.",
    ),
    (
        "excused",
        "A check that could not have been met: the faults left no way, whatever anybody did. Said aloud; it passes unless the scenario says `require: true`.",
    ),
    (
        "vacuous",
        "A check that nothing put to the test: the fact that would have never occurred. Never counted as held; it passes unless the scenario says `require: true`.",
    ),
    (
        "known-failure",
        "A check that the scenario declares as failing, with a reason. It passes while it fails, and fails as soon as it does not: then take the declaration away.",
    ),
    (
        "unexpected-pass",
        "A known failure that does not fail any more. Exit code 1, so that nobody keeps a stale declaration.",
    ),
    (
        "never",
        "Of a time, in a sample: it was not over when the run ended. It counts as longer than every number.",
    ),
    (
        "part",
        "Some runs of a sample as a file: what `lifeboat sample --checkpoint` writes, `--resume` goes on from and `lifeboat merge` puts together.",
    ),
    (
        "orphaned",
        "An org that exists at its SCM and has no working owner: nothing new in it would be seen.",
    ),
    (
        "working",
        "A connector that has its configuration, is authorised, and is under no outage. A slow one works.",
    ),
    (
        "blind-time",
        "How long an org was orphaned, summed over the run.",
    ),
    (
        "ownership",
        "The clock from an org's outage until it has a working owner again.",
    ),
    (
        "protection",
        "The clock from an org's outage until its recommendations, graph entities and recent alerts are back.",
    ),
    (
        "configuration",
        "The clock from an org's outage until a working owner's grants and auto-discovery cover it, and its annotations are back.",
    ),
    (
        "full",
        "The clock from an org's outage until everything is back, the new connector is primary and the old one is gone.",
    ),
    (
        "kept",
        "Records that stayed where they were: their connector never lost its configuration.",
    ),
    (
        "recreated",
        "Records that the platform recreated in another connector (F-13).",
    ),
    (
        "lost-as-documented",
        "Records that F-14 says are not recreated.",
    ),
    (
        "lost-to-delay",
        "Alerts that were inside the window when the outage began, and outside when the platform counted: a step took too long.",
    ),
    (
        "lost-undocumented",
        "Records that were destroyed, though nothing in F-14 says that they are.",
    ),
    (
        "duplicated",
        "Records that came to have two homes, or came twice into one.",
    ),
    (
        "gone-with-its-org",
        "Records of an org that was deleted at its SCM.",
    ),
    ("pending", "Records that were not back when the run ended."),
    (
        "margin",
        "How far from its limit the nearest miss was: the deadline minus the instant when it was met. Negative for too late; none where something was never met, or where there is no deadline.",
    ),
    (
        "lever",
        "A named change to a scenario, with what it costs: `lifeboat new mine --kind levers` writes a list to edit, `lifeboat plan --levers` pulls them.",
    ),
    (
        "worth",
        "In a comparison: how many times wider the interval of the mean difference would be if each plan had run as often on luck of its own. `exact` where the difference never varies.",
    ),
    (
        "rescued",
        "In a plan: runs whose clock stops with a lever alone, less those whose clock stops without it alone.",
    ),
    (
        "abroad",
        "In a plan: orgs whose owner stands in another geography when the run ends (D-14).",
    ),
    (
        "slack",
        "How much later than today people may begin and still keep every promise: `lifeboat slack` says it for each org, for the customer and for support.",
    ),
    (
        "seed",
        "A scenario's luck. The same scenario, seed and version give the same run, to the bit.",
    ),
    (
        "trace-hash",
        "The hash of every fact of a run: two runs with the same one are the same.",
    ),
    (
        "oracle",
        "Whether hunting finds what it is for: `lifeboat oracle` hunts every planted bug in one common fleet. A bug is found by a run that violates a check which the clean fleet keeps under the same faults and luck. Exit code 1 if one is missed.",
    ),
];
