//! The codes of meaning: what a file that is well written can still get wrong.

use super::import::codes::EXPORTS;
use super::syntax::codes::code_table;
use super::syntax::{Catalogue, CodeDoc, codes as syntax};

code_table! {
    /// Meaning: `LB0301` to `LB0399`.
    MEANING {
        UNKNOWN_VERSION = "LB0301" "unknown-version", "This build does not read this version of the format.",
            "The first line of a scenario names the version of the format. A version that is not known is \
            not guessed at. Use a build that reads it, or write the file in a version that this build reads.",
            "scenario: v2                 # this build reads v1";
        USE_OUTSIDE = "LB0302" "use-outside", "A used piece lies outside of the scenarios.",
            "`use` takes relative paths that stay inside the folder of the scenarios, symbolic links \
            followed, so that a folder can be moved and reviewed as a whole.",
            "use: [../../secrets.yaml]";
        USE_CIRCLE = "LB0303" "use-circle", "Pieces use each other in a circle.",
            "A piece that uses itself, at once or through others, has no meaning. Take what both need into \
            a third piece.",
            "use: [fleets/contoso.yaml]   # and that file uses this one";
        USE_TOO_MANY = "LB0304" "use-too-many", "Too many pieces are used.",
            "A scenario may stand on 256 pieces, and they may be twice as long, all together, as one file may be.",
            "use: [a.yaml, b.yaml]";
        UNKNOWN_REGION = "LB0310" "unknown-region", "The catalogue has no such region.",
            "Regions are those of the scenario's `catalogue`, by the control plane's name: `westeurope`. \
            `lifeboat list regions` shows them.",
            "region: west-europe          # westeurope";
        REGION_COMING_SOON = "LB0311" "region-coming-soon", "The region is only announced.",
            "F-2: a region that is listed as coming soon holds no connector and cannot be a target. A slip \
            may try one, and the defect `creates-in-unsupported-region` allows it.",
            "region: canadacentral        # in the catalogue of 2023-10-09";
        UNKNOWN_CONNECTOR = "LB0312" "unknown-connector", "The fleet has no such connector.",
            "Faults, targets and selectors name connectors of `fleet.connectors`.",
            "fault: { ticket-lost: { connector: paymnts } }";
        UNKNOWN_ORG = "LB0313" "unknown-org", "The fleet has no such org.",
            "Orgs are those under the fleet's connectors, and those that the timeline creates. Counted orgs \
            are called after their connector: `payments-01`.",
            "fault: { org-deleted: { org: payments-1 } }    # payments-01";
        AMBIGUOUS_ORG = "LB0314" "ambiguous-org", "More than one org has this name.",
            "Orgs of different kinds of SCM, or of different tenants, may share a name. Say which one is meant \
            by its `id`.",
            "grants: [contoso]            # contoso at GitHub, or at Azure DevOps?";
        ORG_TWICE = "LB0315" "org-twice", "An org is onboarded twice.",
            "D-2: only one instance of an org can be onboarded in a tenant. Give the org to one connector; \
            another one that reaches it says so under `grants`.",
            "spare: { grants: [contoso], orgs: 0 }";
        DUPLICATE_ID = "LB0316" "duplicate-id", "An id is given twice.",
            "An `id` is what chance and results are keyed by; without one, the name is. Give one of them \
            another `id`.",
            "contoso: { id: contoso-github }";
        TOO_MANY_ORGS = "LB0317" "too-many-orgs", "There are more orgs than this program lays out.",
            "The limit keeps a slip of the keyboard from filling the machine. It can be raised: see the message.",
            "orgs: 100000000";
        TOO_MANY_ALERTS = "LB0318" "too-many-alerts", "There are more alerts than this program lays out.",
            "Each alert takes four bytes. The limit keeps a slip of the keyboard from filling the machine. It \
            can be raised: see the message.",
            "alerts: 1000000000";
        NO_ANNOTATIONS = "LB0319" "no-annotations", "Orgs of this kind have no annotations.",
            "D-6: annotation configuration exists for Azure DevOps alone.",
            "orgs: { contoso: { annotations: true } }      # at GitHub";
        OTHER_SCM = "LB0320" "other-scm", "The two do not belong together.",
            "A connector reaches orgs of its own kind of SCM and its own tenant only (D-1, D-2). An adopted one \
            has to fit a connector that may be lost.",
            "target: [{ adopt: spare }]   # spare is at GitHub, the rest at Azure DevOps";
        SAID_TWICE = "LB0321" "said-twice", "Two keys say the same thing.",
            "Keys that stand for each other cannot both be given: which one counts would be a guess.",
            "alerts: { count: 2, ages: [1d, 2d] }";
        SAID_NEVER = "LB0322" "said-never", "One of several keys is wanted.",
            "The place needs one of several keys, or a key that goes with another.",
            "fault: { partial-outage: { lasts: 4h } }      # connectors, or share and region";
        DISTRIBUTION = "LB0330" "distribution", "The numbers of a distribution contradict each other.",
            "`min`, `mode` and `max` ascend; `p50` is above zero and at most `p95`; a mean is above zero.",
            "lasts: { uniform: { min: 6h, max: 4h } }";
        UNBOUNDED = "LB0331" "unbounded", "The count has no bound, or too high a one.",
            "What is drawn here makes work, so it needs an upper bound: use `uniform`, `pert` or `empirical`.",
            "times: { exponential: { mean: 3 } }";
        TOO_MANY_STRIKES = "LB0332" "too-many-strikes", "The timeline strikes too often.",
            "Every connector that a fault hits, every flap of a region and every ticket of a surge is a strike. A \
            run takes a million of them, so that a few lines cannot fill the machine.",
            "fault: { region-flap: { region: eastus, times: 10000, down: 1m, up: 1m } }    # a hundred times";
        TOO_MANY_STRUCK = "LB0333" "too-many-struck", "The timeline hits too many orgs too often.",
            "An outage of a region makes work for every org that the region can hold by then, and a flap makes it \
            again and again: a few lines could take hours. The limit is on the product. It can be raised: see \
            the message.",
            "fault: { region-flap: { region: eastus, times: 10000, down: 1m, up: 1m } }    # with 2,000 orgs";
        HOURS_WITHOUT_STARTS = "LB0340" "hours-without-starts", "A team keeps hours, and T+0 has no date.",
            "Working hours are on the world's clock. Say when T+0 is with `starts`.",
            "starts: 2024-07-18T21:40Z";
        SURGE_WITHOUT_SIZE = "LB0341" "surge-without-size", "Support has no size, so a surge does nothing.",
            "Everybody else's tickets delay ours only if support is short of people. Give it a size.",
            "teams: { support: { size: 5 } }";
        ABSENT_OF_UNLIMITED = "LB0342" "absent-of-unlimited", "Some people of a team without limit are away.",
            "A team without a size is never short of people, whoever is away. Give it a size, or leave `count` \
            out: then all of them are away.",
            "teams: { operators: { size: 2 } }";
        SPAN_EMPTY = "LB0343" "span-empty", "It ends before it begins.",
            "A span of time needs an end that comes after its beginning.",
            "others: { usual: { every: 10m, from: T+2h, to: T+1h } }";
        HOLIDAYS_WITHOUT_HOURS = "LB0344" "holidays-without-hours", "A team has holidays and keeps no hours.",
            "A holiday begins and ends by the clocks of a time zone, and it is the team's hours that name one. Who \
            works around the clock but for holidays says `Mon-Sun 00:00-24:00` and a zone.",
            "teams: { operators: { size: 2, holidays: [2024-12-25] } }";
        HOLIDAY_TWICE = "LB0345" "holiday-twice", "A day is named twice among the holidays.",
            "Spans of dates include both ends. One that overlaps another is mostly a slip: a wrong year, or an end \
            that is one day too late.",
            "holidays: [2024-12-24..2024-12-26, 2024-12-25]";
        MORE_ABSENT_THAN_THERE = "LB0346" "more-absent-than-there", "More people are away than there are.",
            "Absences that overlap add up. A team, or a shift, of which everybody is away says so with as many as \
            there are.",
            "operators: { size: 2, absent: [{ count: 1 }, { count: 2, from: T+1d }] }";
        HAND_OVER_ALONE = "LB0347" "hand-over-alone", "There is nobody to hand over to.",
            "Work is handed over from one shift to another. A team without shifts, or with only one, goes on with \
            its own work the next day.",
            "operators: { size: 2, hand-over: 20m }";
        UNKNOWN_PROCEDURE = "LB0350" "unknown-procedure", "No built-in procedure has this name.",
            "`base` names a built-in procedure with its version. Your own is written under `steps` with \
            `from-scratch: true`, mostly in a piece of its own.",
            "base: single-region-dr@2023-10-09";
        UNKNOWN_STEP = "LB0351" "unknown-step", "The procedure has no such step.",
            "Steps are those of the base and those under `add`, without those under `remove`.",
            "steps: { open-tickets: { takes: 10m } }       # open-ticket";
        STEP_EXISTS = "LB0352" "step-exists", "The step is there already, or its name means something else.",
            "A step of the base is changed under `steps`. `region-recovered` and `all-finished` are no names for \
            steps.",
            "add: { decide: { takes: 1h } }    # steps: { decide: { takes: 1h } }";
        STEP_CIRCLE = "LB0353" "step-circle", "Steps wait for each other.",
            "No step of a circle can ever begin. Take one need away.",
            "steps: { decide: { needs: [promote] } }";
        STEP_UNREACHABLE = "LB0354" "step-unreachable", "The step can never begin.",
            "It waits for something that never comes: a ticket that no step opens, above all.",
            "remove: [open-ticket]        # and triage-ticket stays";
        STEP_FOR = "LB0355" "step-for", "The step is done for the wrong thing.",
            "Each command is done for a connector, for a ticket or for an org; `verify` and `nothing` may be done \
            for anything. A step for a ticket cannot wait for one for an org.",
            "open-ticket: { for-each: org }";
        SLIP_MISFIT = "LB0356" "slip-misfit", "The slip cannot happen on this step.",
            "Each slip fits some commands: a wrong region the creation of a connector, a forgotten org the opening \
            of a ticket.",
            "decide: { can-fail: { wrong-region: 5% } }";
        TAKES_MISFIT = "LB0357" "takes-misfit", "The step cannot take that.",
            "`discover` takes a rate for each kind of SCM and `recreate-records` a rate; every other step takes a \
            duration.",
            "decide: { takes: { rate: 100/h } }";
        TOO_MANY_STEPS = "LB0358" "too-many-steps", "The procedure has too many steps.",
            "A procedure has 1 to 32 steps.",
            "procedure: { from-scratch: true, steps: {} }";
        STEP_MISFIT = "LB0359" "step-misfit", "This key means nothing for this step.",
            "`orgs` belongs to the step that opens a ticket.",
            "decide: { orgs: [contoso] }";
        TARGET_NEVER = "LB0360" "target-never", "The target is never tried.",
            "`automatic` and `stay-in-geography` take whatever can be had: what stands behind them is never tried.",
            "target: [automatic, northeurope]";
        TARGET_DOWN = "LB0361" "target-down", "The timeline takes the target down for the whole run.",
            "A target that is down from T+0 to the end can never be taken. Name another, or say that the outage ends.",
            "target: [westeurope]         # and westeurope is lost for good at T+0";
        PROCEDURE_NAME_TAKEN = "LB0362" "procedure-name-taken", "A procedure of your own has the name of a built-in one.",
            "Results name the procedure. Give your own an `id` of its own, so that nobody takes one for the other.",
            "procedure: { id: my-runbook@1, from-scratch: true, steps: {} }";
        UNKNOWN_FAULT = "LB0380" "unknown-fault", "The timeline has no such fault.",
            "A choice of luck names a fault by its id: the one that it is given, or else kind, subject and instant.",
            "of: fault/region-outage:westeurope@T+0";
        LUCK_MISFIT = "LB0381" "luck-misfit", "The choice does not fit what is decided.",
            "Steps are decided about connectors and orgs, faults about themselves; a time comes to a duration, a \
            slip to yes or no, a rank or a count to a number.",
            "{ of: fault/storm, what: fault-lasts, is: true }      # is: 6h";
        LUCK_NEAREST = "LB0382" "luck-nearest", "The value cannot come up.",
            "What is decided has bounds: a step that always takes 4h takes 4h whatever luck says. The nearest value \
            that can come up is taken, and this is a warning.",
            "{ of: connector/payments, what: step-time, step: decide, is: 2d }   # decide takes 30m";
        CHAOS_NEVER = "LB0385" "chaos-never", "Nothing can ever strike.",
            "A hunt under this `chaos` would throw nothing, or not what it says, and look as if all were well: no kind \
            of fault is left, none at all is allowed in a run, the window is never open, or what is named in one place \
            is ruled out in another.",
            "chaos: { at-most: 0 }";
        FINDING_VERSION = "LB0390" "finding-version", "The finding is of another version of this program.",
            "A release may change what a seed means, so a finding is replayed by the version that found it. A hunt \
            runs it all the same, as a scenario like any other, and keeps what still fails.",
            "lifeboat: 0.0.9";
        PART_DAMAGED = "LB0391" "part-damaged", "The part of a sample is damaged.",
            "A part is written whole or not at all, with a checksum at each line. One that was changed, or cut off on \
            its way, is not used, not even where it is whole: sample its runs again.",
            "lifeboat merge one.part two.part     # two.part was copied in half";
        PART_OTHER = "LB0392" "part-other", "The part is of another sample.",
            "Parts are put together if they are of one scenario (whatever its file is called and however it is \
            written), one seed and one version of this program, and if none of their runs is in two of them.",
            "lifeboat merge monday.part tuesday.part     # the scenario was changed in between";
        DEADLINE_AFTER_END = "LB0370" "deadline-after-end", "The deadline lies after the end of the run.",
            "The run would end before anybody could say whether it was met. Let the run be longer (`until`), or set \
            an earlier deadline. (A default deadline after the end is no error: its check is inconclusive.)",
            "until: 2d\nexpect: { settled: { within: 5d } }";
        OBJECTIVE_NEVER = "LB0371" "objective-never", "No number of runs can settle the objective.",
            "Runs show that something is nearly always so, never that it always is; and they make an answer nearly \
            certain, never certain. So `share` and `confidence` lie above 0% and below 100%. A check that is off is \
            never judged, so runs say nothing of it either.",
            "objectives: { rto: { clock: protection, most: 72h, share: 100% } }     # share: 99.9%";
        OBJECTIVE_MISFIT = "LB0372" "objective-misfit", "The limit does not fit what is measured.",
            "A time has a duration for its limit, a number of records or orgs a whole number.",
            "objectives: { sight: { measure: blind-time, p95: 12 } }     # 12h";
    }
}

/// Every code that a scenario file, or an export, can have.
pub static CODES: Catalogue =
    Catalogue::new(&[syntax::FILES, syntax::YAML, syntax::SHAPE, MEANING, EXPORTS]);
