"""The reference drill in SimPy.

Repeats the drill for about `--seconds` and prints one line of JSON: how many drills in how many
seconds, and what each came to.

A connector's recovery is a process, and so is each worker of the new connector, which takes one
org at a time. Orgs become ready in id order, so a worker waits for them in that order, each by an
event of its own. Annotations, which wait for nobody, are timeouts with a callback. (That is the
fastest of what was tried: a process for each org and a `Resource` for each worker, or workers fed
by a `Store`, schedule more events for the same drill.) Time is whole milliseconds.
"""

import argparse
import json
import platform
import sys
import time
from bisect import bisect_right

try:
    import simpy
except ImportError as missing:
    print(f"{missing}: python3 -m pip install -r requirements.txt", file=sys.stderr)
    sys.exit(69)  # something needed is unavailable; nothing is wrong with the drill

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Detect, decide, copy the resource ID, create the connector, authorize it, open the ticket, triage.
BEFORE_RELEASE = (
    15 * MINUTE,
    30 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    10 * MINUTE,
    10 * MINUTE,
    4 * HOUR,
)
RELEASE = MINUTE
ANNOTATIONS = 2 * MINUTE
PROMOTE = 5 * MINUTE
DELETE = 5 * MINUTE
REGION_BACK = 48 * HOUR
ALERT_WINDOW_S = 7 * DAY // SECOND
PROJECTS_PER_HOUR = 100
RECORDS_PER_HOUR = 10_000

PROJECTS = 10
RECOMMENDATIONS = 20
GRAPH_ENTITIES = 20
OLDEST_ALERT_S = 21 * DAY // SECOND
SEED = 48

FLEET_S = (10, 10, 50)
FLEET_S_FINISHED_MS = 48 * HOUR + 10 * MINUTE
# The last org of a connector is discovered at 6 h 26 m; the fullest has 21 alerts to recreate.
FLEET_S_RECREATED_MS = 386 * MINUTE + (21 + 20 + 20) * 360


def takes(amount, per_hour):
    """Milliseconds for so much work at such a rate, rounded up."""
    return -(-amount * HOUR // per_hour)


def split_mix_64(state):
    """An endless stream of random 64-bit integers."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


class FleetOrg:
    """An org as it stands at T+0."""

    __slots__ = ("alert_ages_s", "graph_entities", "projects", "recommendations")

    def __init__(self, alert_ages_s):
        self.projects = PROJECTS
        self.alert_ages_s = alert_ages_s
        self.recommendations = RECOMMENDATIONS
        self.graph_entities = GRAPH_ENTITIES

    def to_recreate(self):
        """How many records of each kind, in the order of recreation."""
        in_window = bisect_right(self.alert_ages_s, ALERT_WINDOW_S)
        return (in_window, self.recommendations, self.graph_entities)


def draw_fleet(connectors, orgs, alerts):
    """The fleet, the same as the Rust peers': orgs by connector."""
    random = split_mix_64(SEED)

    def ages():
        return sorted((next(random) * OLDEST_ALERT_S) >> 64 for _ in range(alerts))

    return [[FleetOrg(ages()) for _ in range(orgs)] for _ in range(connectors)]


class Org:
    """An org's state."""

    __slots__ = ("annotated", "appeared", "owner", "primary", "recreated")

    def __init__(self):
        self.owner = "old"
        self.primary = "old"
        self.appeared = False
        self.annotated = False
        self.recreated = [0, 0, 0]


class Recovery:
    """One connector's recovery."""

    __slots__ = (
        "annotations",
        "appeared",
        "claimed",
        "deleted_ms",
        "facts",
        "orgs",
        "recreated_ms",
    )

    def __init__(self, env, orgs):
        self.orgs = [Org() for _ in range(orgs)]
        self.facts = orgs  # orphaned
        self.claimed = [env.event() for _ in range(orgs)]
        self.appeared = [env.event() for _ in range(orgs)]
        self.annotations = []
        self.recreated_ms = 0
        self.deleted_ms = None


def recover(env, fleet_orgs, recovery, region_back):
    """From the loss of the region to the deletion of the old connector."""
    timeout = env.timeout
    for step in BEFORE_RELEASE:
        yield timeout(step)
        recovery.facts += 1

    env.process(discover(env, fleet_orgs, recovery))
    recreation = env.process(recreate(env, fleet_orgs, recovery))
    for org, claimed in zip(recovery.orgs, recovery.claimed):
        yield timeout(RELEASE)
        org.owner = "new"  # at the instant of its release
        recovery.facts += 2  # released, claimed
        claimed.succeed()
    yield recreation
    for annotation in recovery.annotations:
        yield annotation

    yield region_back
    yield timeout(PROMOTE)
    recovery.facts += 1
    for org in recovery.orgs:
        org.primary = "new"
        recovery.facts += 1
    yield timeout(DELETE)
    recovery.facts += 1
    recovery.deleted_ms = env.now


def discover(env, fleet_orgs, recovery):
    """The new connector's discovery: one org at a time."""
    timeout = env.timeout
    events = zip(recovery.claimed, recovery.appeared)
    for of, org, (claimed, appeared) in zip(fleet_orgs, recovery.orgs, events):
        yield claimed
        yield timeout(takes(of.projects, PROJECTS_PER_HOUR))
        org.appeared = True
        recovery.facts += 1
        annotation = timeout(ANNOTATIONS)
        annotation.callbacks.append(annotate(org, recovery))
        recovery.annotations.append(annotation)
        appeared.succeed()


def annotate(org, recovery):
    """What happens when an org's annotations are back."""

    def annotated(_event):
        org.annotated = True
        recovery.facts += 1

    return annotated


def recreate(env, fleet_orgs, recovery):
    """The new connector's recreation of records: one org at a time."""
    timeout = env.timeout
    for of, org, appeared in zip(fleet_orgs, recovery.orgs, recovery.appeared):
        yield appeared
        for kind, count in enumerate(of.to_recreate()):
            yield timeout(takes(count, RECORDS_PER_HOUR))
            org.recreated[kind] = count
            recovery.facts += 1
        recovery.recreated_ms = env.now


def drill(fleet):
    """The whole drill: each connector's recovery at its end."""
    env = simpy.Environment()
    region_back = env.timeout(REGION_BACK)
    recoveries = []
    for fleet_orgs in fleet:
        recovery = Recovery(env, len(fleet_orgs))
        recoveries.append(recovery)
        env.process(recover(env, fleet_orgs, recovery, region_back))
    env.run()
    return recoveries


def summary(fleet, recoveries):
    """Facts, the last deletion and the last record, after asserting that all came to its end."""
    for fleet_orgs, recovery in zip(fleet, recoveries):
        for of, org in zip(fleet_orgs, recovery.orgs):
            assert org.owner == org.primary == "new"
            assert org.appeared and org.annotated
            assert tuple(org.recreated) == of.to_recreate()
    return (
        sum(recovery.facts for recovery in recoveries),
        max(recovery.deleted_ms for recovery in recoveries),
        max(recovery.recreated_ms for recovery in recoveries),
    )


def measure(fleet, budget):
    """Drills until the budget, in seconds, is used up. Making and checking are not in the time."""
    expected = summary(fleet, drill(fleet))
    drills, seconds = 0, 0.0
    while drills == 0 or seconds < budget:
        start = time.perf_counter()
        recoveries = drill(fleet)
        seconds += time.perf_counter() - start
        drills += 1
        assert summary(fleet, recoveries) == expected
    return drills, seconds, expected


def main():
    """Reads the arguments, prints the result."""
    parser = argparse.ArgumentParser(description="The reference drill in SimPy.")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--connectors", type=int, default=FLEET_S[0])
    parser.add_argument("--orgs", type=int, default=FLEET_S[1])
    parser.add_argument("--alerts", type=int, default=FLEET_S[2])
    args = parser.parse_args()

    size = (args.connectors, args.orgs, args.alerts)
    drills, seconds, (facts, finished_ms, recreated_ms) = measure(draw_fleet(*size), args.seconds)
    if size == FLEET_S:
        assert (finished_ms, recreated_ms) == (FLEET_S_FINISHED_MS, FLEET_S_RECREATED_MS)
    result = {
        "version": f"{simpy.__version__}, Python {platform.python_version()}",
        "drills": drills,
        "seconds": seconds,
        "facts": facts,
        "finished_ms": finished_ms,
        "recreated_ms": recreated_ms,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
