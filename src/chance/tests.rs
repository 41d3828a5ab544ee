//! The sources: what they promise, and what a seed means.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{
    Chance, Choice, Dist, Domain, EntityKey, Overrides, ParseProbabilityError, Probability,
    Purpose, Recording, Replay, Seeded, Simplest, Site,
};

fn site(entity: u64, purpose: Purpose, ordinal: u64) -> Site {
    Site {
        entity: EntityKey(entity),
        purpose,
        ordinal,
    }
}

fn probability(text: &str) -> Probability {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Pinned: a change here changes every run of every seed.
#[test]
fn a_seed_means_what_it_meant() {
    let sites = [
        site(0, Purpose::StepTime, 0),
        site(0x0123_4567_89AB_CDEF, Purpose::StepTime, 0),
        site(0x0123_4567_89AB_CDEF, Purpose::StepTime, 1),
        site(0x0123_4567_89AB_CDEF, Purpose::FlapUp, u64::MAX),
    ];
    let bits = |seed| sites.map(|site| Seeded::new(seed).bits(site));
    assert_eq!(
        bits(0),
        [
            0xBE08_CCE7_5CF1_194B,
            0xE7A9_112A_8FC8_F050,
            0x696B_FCB1_090C_0DA0,
            0xFD19_41B0_1101_1749
        ]
    );
    assert_eq!(
        bits(1),
        [
            0xD8C8_C190_A198_9932,
            0xFD21_A377_EEC8_1562,
            0x2B6B_E30B_657B_A968,
            0xC65F_2C8E_43BC_CF01
        ]
    );
    assert_eq!(
        bits(20_231_009),
        [
            0x0F9A_D281_991E_2069,
            0x5E3A_DE4E_F856_03AD,
            0x4A10_146E_7166_9646,
            0x96A9_D290_EC4F_59CE
        ]
    );
}

/// Every bit of seed, entity and ordinal moves about half of the bits.
#[test]
fn every_bit_matters() {
    let mut input = Seeded::new(99);
    let mut next = |ordinal| {
        let bits = input.bits(site(1, Purpose::StepTime, ordinal));
        input = Seeded::new(bits);
        bits
    };
    let samples: Vec<[u64; 3]> = (0..500).map(|n| [next(n), next(n), next(n)]).collect();
    let bits = |[seed, entity, ordinal]: [u64; 3]| {
        Seeded::new(seed).bits(site(entity, Purpose::StepFails, ordinal))
    };
    for part in 0..3 {
        for bit in 0..64 {
            let mut moved = [0_u32; 64];
            for sample in &samples {
                let mut other = *sample;
                other[part] ^= 1 << bit;
                let difference = bits(*sample) ^ bits(other);
                for (place, count) in moved.iter_mut().enumerate() {
                    *count += (difference >> place & 1) as u32;
                }
            }
            // 250 expected; eight standard deviations are 89.
            assert!(
                moved.iter().all(|count| (161..=339).contains(count)),
                "bit {bit} of part {part}: {moved:?}"
            );
        }
    }
}

#[test]
fn sites_do_not_meet() {
    let seeded = Seeded::new(0);
    let mut seen = BTreeSet::new();
    for entity in 0..50 {
        for purpose in Purpose::ALL {
            for ordinal in 0..100 {
                assert!(seen.insert(seeded.bits(site(entity, *purpose, ordinal))));
            }
        }
    }
}

#[test]
fn purposes_keep_their_numbers() {
    let numbers: Vec<u16> = Purpose::ALL
        .iter()
        .map(|purpose| purpose.number())
        .collect();
    assert_eq!(numbers, (1..=21).collect::<Vec<u16>>());
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::from_name(purpose.name()), Some(*purpose));
        assert_eq!(Purpose::from_number(purpose.number()), Some(*purpose));
    }
    assert_eq!(Purpose::from_name("StepTime"), None);
    assert_eq!(Purpose::from_number(0), None);
    assert_eq!(
        site(255, Purpose::AlertAge, 3).to_string(),
        "alert-age of 00000000000000ff #3"
    );
}

#[test]
fn probabilities_are_read_and_printed() {
    for text in ["0%", "25%", "0.5%", "2.25%", "0.0001%", "99.9999%", "100%"] {
        assert_eq!(probability(text).to_string(), text);
    }
    assert_eq!(probability("2.50%").as_ppm(), 25_000);
    assert_eq!(Probability::from_ppm(1_000_001), None);
    let refused = |text: &str| text.parse::<Probability>().expect_err(text);
    assert_eq!(
        refused("0.25").to_string(),
        "'0.25' has no percent sign: write a probability in per cent, as in 25%"
    );
    for far in ["100.0001%", "101%", "-1%", "99999999999%"] {
        assert!(matches!(
            refused(far),
            ParseProbabilityError::OutOfRange { .. }
        ));
    }
    assert!(matches!(
        refused("1.00001%"),
        ParseProbabilityError::TooFine { .. }
    ));
    for odd in ["%", ".5%", "5.%", "+5%", "5 %", "5%%", "five%", "--1%"] {
        assert!(
            matches!(refused(odd), ParseProbabilityError::NotANumber { .. }),
            "{odd}"
        );
    }
}

#[test]
fn how_often_yes_comes() {
    let seeded = Seeded::new(7);
    let often = |text: &str| {
        let domain = Domain::Bool(probability(text));
        (0..100_000)
            .filter(|n| {
                seeded
                    .decide(site(*n, Purpose::StepFails, 0), &domain)
                    .as_bool()
            })
            .count()
    };
    assert_eq!((often("0%"), often("100%")), (0, 100_000));
    assert!((24_400..=25_600).contains(&often("25%")));
    assert!((390..=610).contains(&often("0.5%")));
}

#[test]
fn the_edges_of_luck() {
    let half = Domain::Bool(probability("50%"));
    assert!(half.at(0).as_bool() && half.at(u64::MAX / 2).as_bool());
    assert!(!half.at(u64::MAX / 2 + 1).as_bool() && !half.at(u64::MAX).as_bool());
    let die = Domain::Int { min: 1, max: 6 };
    assert_eq!((die.at(0).as_u64(), die.at(u64::MAX).as_u64()), (1, 6));
    let all = Domain::Int {
        min: 0,
        max: u64::MAX,
    };
    assert_eq!(all.at(12_345).as_u64(), 12_345);
    assert_eq!(Domain::Int { min: 5, max: 3 }.at(9).as_u64(), 5);
    assert_eq!(Domain::Rank.at(9).as_u64(), 9);
}

#[test]
fn a_die_is_fair() {
    let seeded = Seeded::new(3);
    let mut counts = [0_u32; 6];
    for n in 0..60_000 {
        let choice = seeded.decide(
            site(1, Purpose::SlipTarget, n),
            &Domain::Int { min: 0, max: 5 },
        );
        counts[choice.as_u64() as usize] += 1;
    }
    assert!(
        counts.iter().all(|count| (9_500..=10_500).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn simplest_and_telling_points() {
    let points = |domain: Domain<'_>| -> Vec<u64> {
        let points = domain.telling_points();
        assert_eq!(points[0], domain.simplest());
        assert_eq!(
            points[0],
            Simplest.decide(site(1, Purpose::StepTime, 0), &domain)
        );
        points.into_iter().map(Choice::as_u64).collect()
    };
    assert_eq!(points(Domain::Bool(probability("5%"))), [0, 1]);
    assert_eq!(points(Domain::Bool(Probability::NEVER)), [0]);
    assert_eq!(points(Domain::Bool(Probability::ALWAYS)), [1]);
    assert_eq!(points(Domain::Int { min: 2, max: 9 }), [2, 9]);
    assert_eq!(points(Domain::Int { min: 2, max: 2 }), [2]);
    assert_eq!(points(Domain::Rank), [0, u64::MAX]);
    assert_eq!(points(Dist::fixed(7_u64).domain()), [7]);
    assert_eq!(
        points(Dist::pert(1_u64, 4, 9).expect("valid").domain()),
        [4, 1, 9]
    );
    assert_eq!(
        points(Dist::uniform(1_u64, 4).expect("valid").domain()),
        [2, 1, 4]
    );
    let lognormal = Dist::log_normal(100_u64, 1_000).expect("valid");
    assert_eq!(points(lognormal.domain()), [100, 10, 2_596]);
}

#[test]
fn an_override_changes_one_choice() {
    let (here, there) = (site(1, Purpose::StepTime, 0), site(2, Purpose::StepTime, 0));
    let domain = Domain::Int { min: 10, max: 20 };
    let lay = |value| {
        Overrides::new(
            Seeded::new(5),
            BTreeMap::from([(here, Choice::from_u64(value))]),
        )
    };
    assert_eq!(lay(13).decide(here, &domain).as_u64(), 13);
    assert_eq!(lay(99).decide(here, &domain).as_u64(), 20);
    assert_eq!(
        lay(99).decide(here, &Domain::Bool(Probability::NEVER)),
        Choice::NO
    );
    assert_eq!(
        lay(13).decide(there, &domain),
        Seeded::new(5).decide(there, &domain)
    );
}

#[test]
fn a_recording_plays_again_and_tells_where_it_diverges() {
    let recording = Recording::new(Seeded::new(11));
    let domain = Domain::Int { min: 10, max: 20 };
    let sites: Vec<Site> = (0..10).map(|n| site(n, Purpose::StepTime, n)).collect();
    let chosen: Vec<Choice> = sites
        .iter()
        .map(|site| recording.decide(*site, &domain))
        .collect();
    recording.decide(
        site(77, Purpose::StepFails, 0),
        &Domain::Bool(Probability::ALWAYS),
    );
    let choices = recording.into_choices();
    assert_eq!(choices.len(), 10);

    let replay = Replay::new(choices.clone());
    let again: Vec<Choice> = sites
        .iter()
        .map(|site| replay.decide(*site, &domain))
        .collect();
    assert_eq!(again, chosen);
    let fixed = Dist::fixed(4_u64);
    assert_eq!(
        replay
            .decide(site(77, Purpose::StepTime, 0), &fixed.domain())
            .as_u64(),
        4
    );
    assert_eq!(replay.divergence(), None);
    let missing = site(78, Purpose::StepTime, 0);
    assert_eq!(replay.decide(missing, &domain).as_u64(), 10);
    replay.decide(site(79, Purpose::StepTime, 0), &domain);
    assert_eq!(replay.divergence(), Some(missing));

    let narrowed = Replay::new(choices);
    let far = Domain::Int { min: 50, max: 60 };
    assert_eq!(narrowed.decide(sites[3], &far).as_u64(), 50);
    assert_eq!(narrowed.divergence(), Some(sites[3]));
}

#[test]
fn sources_stand_behind_references_and_boxes() {
    let here = site(1, Purpose::StepTime, 0);
    let seeded = Seeded::new(1);
    let boxed: Box<dyn Chance + '_> = Box::new(&seeded);
    let expected = seeded.decide(here, &Domain::Rank);
    assert_eq!(boxed.decide(here, &Domain::Rank), expected);
}

proptest! {
    #[test]
    fn a_printed_probability_reads_back(ppm in 0..=1_000_000_u32) {
        let probability = Probability::from_ppm(ppm).expect("in range");
        prop_assert_eq!(probability.to_string().parse(), Ok(probability));
    }

    #[test]
    fn reading_probabilities_never_panics(text in "\\PC*", near in "[-+.0-9%]{0,12}") {
        let _ = text.parse::<Probability>();
        let _ = near.parse::<Probability>();
    }

    #[test]
    fn more_probable_strikes_wherever_less_probable_did(
        bits in any::<u64>(),
        one in 0..=1_000_000_u32,
        other in 0..=1_000_000_u32,
    ) {
        let strikes = |ppm| {
            Domain::Bool(Probability::from_ppm(ppm).expect("in range")).at(bits).as_bool()
        };
        prop_assert!(!strikes(one.min(other)) || strikes(one.max(other)));
    }

    #[test]
    fn integers_stay_in_range(bits in any::<u64>(), min in any::<u64>(), max in any::<u64>()) {
        let domain = Domain::Int { min, max };
        let choice = domain.at(bits);
        prop_assert!((min..=max.max(min)).contains(&choice.as_u64()));
        prop_assert!(domain.admits(choice));
    }
}
