//! Every peer ends the drill as worked out by hand, whatever the fleet.

use std::num::NonZeroUsize;
use std::time::Duration;

use lifeboat_peers::fleet::{FLEET_S, Fleet, Size};
use lifeboat_peers::simpy::{Error, SimPy};
use lifeboat_peers::{Peer, Summary, by_hand, odds, peers};

/// Fleets of other shapes: the smallest; no alerts; a queue at the recreation of records; a recovery
/// that outlasts the region's outage; `fleet-s`.
const SIZES: [(usize, usize, usize); 5] = [
    (1, 1, 1),
    (2, 3, 0),
    (3, 20, 4_000),
    (1, 500, 50),
    (10, 10, 50),
];

fn sizes() -> impl Iterator<Item = Size> {
    SIZES.into_iter().map(|(connectors, orgs, alerts)| Size {
        connectors,
        orgs,
        alerts,
    })
}

#[test]
fn fleet_s_by_hand() {
    let minute = 60_000;
    let expected = Summary {
        // Nine facts for each of 100 orgs, nine for each of 10 connectors.
        facts: 990,
        // The region's return, then promotion and deletion.
        finished_ms: 48 * 60 * minute + 10 * minute,
        // 85 minutes of customer's work, 4 hours of triage, a minute to the first release, then ten
        // discoveries of 6 minutes: 386 minutes. The fullest of the last orgs has 21 alerts in the
        // window, and every record takes 360 ms.
        recreated_ms: 386 * minute + (21 + 20 + 20) * 360,
    };
    assert_eq!(by_hand::summary(&Fleet::drawn(FLEET_S)), expected);
}

#[test]
fn peers_agree_drill_after_drill() {
    for size in sizes() {
        let fleet = Fleet::drawn(size);
        let expected = by_hand::summary(&fleet);
        for mut peer in peers::all(&fleet) {
            for _ in 0..3 {
                let summary = peer.drill();
                assert!(
                    summary.agrees_with(&expected),
                    "{} with {size:?}: {summary:?}, by hand {expected:?}",
                    peer.name()
                );
            }
        }
    }
}

#[test]
fn peers_count_the_same_facts() {
    for size in sizes() {
        let fleet = Fleet::drawn(size);
        let expected = by_hand::summary(&fleet);
        assert_eq!(peers::NeXosim::new(fleet.clone()).drill(), expected);
        assert_eq!(peers::Tokio::new(fleet).drill(), expected);
    }
}

#[test]
fn simpy_agrees_where_it_is_installed() {
    for size in sizes() {
        match SimPy::new("python3", size).round(Duration::ZERO) {
            Ok(round) => assert_eq!(round.summary, by_hand::summary(&Fleet::drawn(size))),
            Err(Error::Missing(what)) => eprintln!("simpy is left out: {what}"),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Percentiles whose intervals do not meet would be two models, not one.
#[test]
fn simpy_comes_to_the_same_odds_where_it_is_installed() {
    let jobs = NonZeroUsize::new(2).expect("two");
    let fleet = (3, 4);
    let ours = odds::lifeboat(&odds::scenario(fleet), 1, 4_000, jobs);
    match odds::simpy("python3", fleet, 1, Duration::from_secs(2), 1) {
        Ok(theirs) => assert_eq!(odds::disagreements(&ours, &theirs), Vec::<String>::new()),
        Err(Error::Missing(what)) => eprintln!("simpy is left out: {what}"),
        Err(error) => panic!("{error}"),
    }
    // The test can fail: another fleet has other odds.
    let others = odds::lifeboat(&odds::scenario((5, 4)), 1, 4_000, jobs);
    assert!(!odds::disagreements(&ours, &others).is_empty());
}
