"""The reference drill with uncertain times, sampled in SimPy.

Repeats the drill with other luck for about `--seconds` and prints one line of JSON: how many
runs in how many seconds, and for each quantity what every run came to, in order of size. The
processes are those of `drill.py`; see there. Statistics are those of somebody who wants a
table of percentiles: the values are kept and sorted, which is in the time.

Runs can be spread over processes with `--jobs`: each has its own seed, and starting them is
not in the time, which is that of the slowest.
"""

import argparse
import json
import math
import multiprocessing
import platform
import random
import sys
import time

try:
    import simpy
except ImportError as missing:
    print(f"{missing}: python3 -m pip install -r requirements.txt", file=sys.stderr)
    sys.exit(69)  # something needed is unavailable; nothing is wrong with the drill

MINUTE = 60_000
HOUR = 60 * MINUTE

DISCOVER = 6 * MINUTE
RECORD_KINDS = (50 * 360, 20 * 360, 20 * 360)
COPY = 5 * MINUTE
OPEN_TICKET = 10 * MINUTE
PROMOTE = 5 * MINUTE

QUANTITIES = ("ownership", "protection", "configuration", "full", "blind_total")


def pert(draw, least, mode, most):
    """A PERT estimate, in whole milliseconds."""
    at = (mode - least) / (most - least)
    return least + round(draw.betavariate(1 + 4 * at, 5 - 4 * at) * (most - least))


def log_normal(draw, p50, p95):
    """A log-normal time by its median and its 95th percentile."""
    return round(p50 * math.exp(draw.gauss(0, math.log(p95 / p50) / 1.6448536269514722)))


def uniform(draw, least, most):
    """Any time from the least to the most."""
    return draw.randrange(least, most + 1)


def exponential(draw, mean):
    """An exponential time."""
    return round(draw.expovariate(1 / mean))


class Recovery:
    """One connector's recovery, and what it came to."""

    __slots__ = ("annotated", "annotations", "blind", "deleted", "owned", "recreated")

    def __init__(self):
        self.annotations = []
        self.annotated = self.blind = self.deleted = self.owned = self.recreated = 0


def recover(env, draw, recovery, orgs, region_back):
    """From the loss of the region to the deletion of the old connector."""
    timeout = env.timeout
    yield timeout(log_normal(draw, 15 * MINUTE, HOUR))
    yield timeout(pert(draw, 10 * MINUTE, 30 * MINUTE, 4 * HOUR))
    yield timeout(COPY)
    yield timeout(pert(draw, 5 * MINUTE, 15 * MINUTE, HOUR))
    yield timeout(uniform(draw, 5 * MINUTE, 30 * MINUTE))
    yield timeout(OPEN_TICKET)
    yield timeout(pert(draw, HOUR, 4 * HOUR, 20 * HOUR))

    claimed = [env.event() for _ in range(orgs)]
    appeared = [env.event() for _ in range(orgs)]
    env.process(discover(env, draw, recovery, claimed, appeared))
    recreation = env.process(recreate(env, recovery, appeared))
    for event in claimed:
        yield timeout(exponential(draw, MINUTE))
        recovery.blind += env.now
        event.succeed()
    recovery.owned = env.now
    yield recreation
    for annotation in recovery.annotations:
        yield annotation

    yield region_back
    yield timeout(PROMOTE)
    yield timeout(uniform(draw, 5 * MINUTE, 30 * MINUTE))
    recovery.deleted = env.now


def discover(env, draw, recovery, claimed, appeared):
    """The new connector's discovery: one org at a time."""
    timeout = env.timeout

    def annotated(_event):
        recovery.annotated = env.now

    for owned, seen in zip(claimed, appeared):
        yield owned
        yield timeout(DISCOVER)
        annotation = timeout(pert(draw, MINUTE, 2 * MINUTE, 10 * MINUTE))
        annotation.callbacks.append(annotated)
        recovery.annotations.append(annotation)
        seen.succeed()


def recreate(env, recovery, appeared):
    """The new connector's recreation of records: one org at a time."""
    timeout = env.timeout
    for seen in appeared:
        yield seen
        for takes in RECORD_KINDS:
            yield timeout(takes)
    recovery.recreated = env.now


def run(draw, connectors, orgs):
    """One run: what each quantity came to."""
    env = simpy.Environment()
    region_back = env.timeout(uniform(draw, 48 * HOUR, 96 * HOUR))
    recoveries = [Recovery() for _ in range(connectors)]
    for recovery in recoveries:
        env.process(recover(env, draw, recovery, orgs, region_back))
    env.run()
    return (
        max(it.owned for it in recoveries),
        max(it.recreated for it in recoveries),
        max(it.annotated for it in recoveries),
        max(it.deleted for it in recoveries),
        sum(it.blind for it in recoveries),
    )


def sample(seed, budget, connectors, orgs):
    """Runs until the budget, in seconds, is used up."""
    draw = random.Random(seed)
    run(draw, connectors, orgs)
    rows = []
    start = time.perf_counter()
    while not rows or time.perf_counter() - start < budget:
        rows.append(run(draw, connectors, orgs))
    columns = [sorted(column) for column in zip(*rows)]
    return len(rows), time.perf_counter() - start, columns


def main():
    """Reads the arguments, prints the result."""
    parser = argparse.ArgumentParser(description="The reference drill's odds in SimPy.")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--connectors", type=int, default=10)
    parser.add_argument("--orgs", type=int, default=10)
    args = parser.parse_args()

    parts = [
        (args.seed * 1_000 + job, args.seconds, args.connectors, args.orgs)
        for job in range(args.jobs)
    ]
    if args.jobs == 1:
        done = [sample(*parts[0])]
    else:
        with multiprocessing.Pool(args.jobs) as pool:
            done = pool.starmap(sample, parts, chunksize=1)
    columns = (sorted(sum(part, [])) for part in zip(*(it[2] for it in done)))
    result = {
        "version": f"{simpy.__version__}, Python {platform.python_version()}",
        "runs": sum(it[0] for it in done),
        "seconds": max(it[1] for it in done),
        "values": dict(zip(QUANTITIES, columns)),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
