//! Regions: which exist, which may be used, and where one falls back to.
//!
//! Two catalogues, each with its date: the seed's (F-1, F-2) and the support
//! page's of a month later (L-4). Geographies and cities are the vendor's
//! (D-15); the order of fallback is nearest first by great circle, city to
//! city, written out here and recomputed by a test.

mod seed;
mod support_page;

pub use seed::SEED;
pub use support_page::SUPPORT_PAGE;

use super::ids::RegionIx;

/// Whether a region may hold a connector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Availability {
    /// The service is offered there (F-1).
    Supported,
    /// Announced, not usable (F-2).
    ComingSoon,
}

/// A region as the catalogue lists it.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// The control plane's name: `westeurope`.
    pub name: &'static str,
    /// The name that people use: `West Europe`.
    pub title: &'static str,
    /// Where data may have to stay (D-14, D-15).
    pub geography: &'static str,
    /// The nearest city, as published (D-15).
    pub city: &'static str,
    /// Whether a connector may be created there.
    pub availability: Availability,
    /// Every other region of the catalogue, nearest first (D-15).
    pub fallback: &'static [&'static str],
}

/// The regions as they were listed on one day.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The day of the list: `2023-10-09`.
    pub date: &'static str,
    /// The fact that it comes from.
    pub cites: &'static str,
    /// The regions, in byte order of their names.
    pub regions: &'static [Region],
}

impl Catalogue {
    /// Every catalogue, oldest first.
    pub const ALL: [&'static Self; 2] = [&SEED, &SUPPORT_PAGE];

    /// The catalogue of a day.
    #[must_use]
    pub fn of(date: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|it| it.date == date)
    }

    /// A region by its name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<RegionIx> {
        self.regions
            .iter()
            .position(|it| it.name == name)
            .map(RegionIx::from)
    }

    /// What the catalogue says of a region.
    #[must_use]
    pub fn region(&self, region: RegionIx) -> &'static Region {
        &self.regions[region.ix()]
    }

    /// Whether two regions lie in one geography (D-14).
    #[must_use]
    pub fn same_geography(&self, a: RegionIx, b: RegionIx) -> bool {
        self.region(a).geography == self.region(b).geography
    }

    /// The supported regions in the order in which the automatic choice tries
    /// them for a connector that was in `from`: its own geography first, then
    /// the others, nearest first within each (D-14, D-15).
    pub fn candidates(&self, from: RegionIx) -> impl Iterator<Item = RegionIx> + '_ {
        let supported = move |inside: bool| {
            self.region(from)
                .fallback
                .iter()
                .filter_map(|name| self.find(name))
                .filter(|&it| self.region(it).availability == Availability::Supported)
                .filter(move |&it| self.same_geography(from, it) == inside)
        };
        supported(true).chain(supported(false))
    }
}

macro_rules! region {
    ($name:literal, $title:literal, $geography:literal, $city:literal, $availability:expr, [$($fallback:literal),* $(,)?]) => {
        Region { name: $name, title: $title, geography: $geography, city: $city, availability: $availability, fallback: &[$($fallback),*] }
    };
}
use region;

#[cfg(test)]
mod tests {
    use super::Availability::{ComingSoon, Supported};
    use super::*;

    /// Latitude and longitude of the cities of D-15, in degrees.
    const CITIES: [(&str, f64, f64); 12] = [
        ("australiaeast", -33.8688, 151.2093),
        ("canadacentral", 43.6532, -79.3832),
        ("centralus", 41.5868, -93.625),
        ("eastasia", 22.3193, 114.1694),
        ("eastus", 36.6676, -78.3875),
        ("japaneast", 35.6762, 139.6503),
        ("northeurope", 53.3498, -6.2603),
        ("swedencentral", 60.6749, 17.1413),
        ("uksouth", 51.5074, -0.1278),
        ("ukwest", 51.4816, -3.1791),
        ("westeurope", 52.3676, 4.9041),
        ("westus", 37.3382, -121.8863),
    ];

    fn distance_km(a: &str, b: &str) -> f64 {
        let place = |name| {
            let &(_, lat, lon) = CITIES.iter().find(|it| it.0 == name).unwrap();
            (f64::to_radians(lat), f64::to_radians(lon))
        };
        let ((lat_a, lon_a), (lat_b, lon_b)) = (place(a), place(b));
        let half = ((lat_b - lat_a) / 2.0).sin().powi(2)
            + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
        2.0 * 6371.0 * half.sqrt().asin()
    }

    #[test]
    fn fallback_is_every_other_region_nearest_first() {
        for catalogue in Catalogue::ALL {
            for region in catalogue.regions {
                let mut others: Vec<&str> = catalogue
                    .regions
                    .iter()
                    .map(|it| it.name)
                    .filter(|it| *it != region.name)
                    .collect();
                others.sort_by(|a, b| {
                    distance_km(region.name, a).total_cmp(&distance_km(region.name, b))
                });
                assert_eq!(
                    region.fallback, others,
                    "{} of {}",
                    region.name, catalogue.date
                );
            }
            assert!(catalogue.regions.is_sorted_by_key(|it| it.name));
        }
    }

    #[test]
    fn the_seed_lists_seven_regions_and_five_to_come() {
        let names = |wanted| -> Vec<&str> {
            SEED.regions
                .iter()
                .filter(|it| it.availability == wanted)
                .map(|it| it.title)
                .collect()
        };
        // F-1 and F-2, to the letter.
        assert_eq!(
            names(Supported),
            [
                "Australia East",
                "Central US",
                "East US",
                "North Europe",
                "Sweden Central",
                "UK South",
                "West Europe"
            ]
        );
        assert_eq!(
            names(ComingSoon),
            [
                "Canada Central",
                "East Asia",
                "Japan East",
                "UK West",
                "West US"
            ]
        );
    }

    #[test]
    fn the_support_page_lists_nine_and_forgets_three() {
        // L-4.
        assert_eq!(SUPPORT_PAGE.regions.len(), 9);
        assert!(
            SUPPORT_PAGE
                .regions
                .iter()
                .all(|it| it.availability == Supported)
        );
        for never_shipped in ["westus", "ukwest", "japaneast"] {
            assert_eq!(SUPPORT_PAGE.find(never_shipped), None);
        }
    }

    #[test]
    fn the_automatic_choice_stays_in_the_geography_first() {
        let names = |from| -> Vec<&str> {
            let from = SEED.find(from).unwrap();
            SEED.candidates(from)
                .map(|it| SEED.region(it).name)
                .collect()
        };
        // D-14: the two European regions are each other's pair, though London is nearer to Amsterdam.
        assert_eq!(names("westeurope")[..2], ["northeurope", "uksouth"]);
        assert_eq!(names("centralus")[0], "eastus");
        // UK South is alone in its geography, so it must leave it.
        assert_eq!(names("uksouth")[0], "westeurope");
        assert_eq!(names("uksouth").len(), 6);
    }
}
