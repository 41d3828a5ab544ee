//! The regions that the support page lists, a month after the seed.

use super::Availability::Supported;
use super::{Catalogue, Region, region};

/// The support page's list of 2023-11-11: nine regions, all supported (L-4).
pub static SUPPORT_PAGE: Catalogue = Catalogue {
    date: "2023-11-11",
    cites: "L-4",
    regions: &[
        region!(
            "australiaeast",
            "Australia East",
            "Australia",
            "Sydney",
            Supported,
            [
                "eastasia",
                "centralus",
                "eastus",
                "canadacentral",
                "swedencentral",
                "westeurope",
                "uksouth",
                "northeurope"
            ]
        ),
        region!(
            "canadacentral",
            "Canada Central",
            "Canada",
            "Toronto",
            Supported,
            [
                "eastus",
                "centralus",
                "northeurope",
                "uksouth",
                "westeurope",
                "swedencentral",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "centralus",
            "Central US",
            "United States",
            "Des Moines",
            Supported,
            [
                "canadacentral",
                "eastus",
                "northeurope",
                "uksouth",
                "westeurope",
                "swedencentral",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "eastasia",
            "East Asia",
            "Asia Pacific",
            "Hong Kong",
            Supported,
            [
                "australiaeast",
                "swedencentral",
                "westeurope",
                "uksouth",
                "northeurope",
                "centralus",
                "canadacentral",
                "eastus"
            ]
        ),
        region!(
            "eastus",
            "East US",
            "United States",
            "Boydton, Virginia",
            Supported,
            [
                "canadacentral",
                "centralus",
                "northeurope",
                "uksouth",
                "westeurope",
                "swedencentral",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "northeurope",
            "North Europe",
            "Europe",
            "Dublin",
            Supported,
            [
                "uksouth",
                "westeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "swedencentral",
            "Sweden Central",
            "Sweden",
            "Gävle",
            Supported,
            [
                "westeurope",
                "uksouth",
                "northeurope",
                "canadacentral",
                "eastus",
                "centralus",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "uksouth",
            "UK South",
            "United Kingdom",
            "London",
            Supported,
            [
                "westeurope",
                "northeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "westeurope",
            "West Europe",
            "Europe",
            "Amsterdam",
            Supported,
            [
                "uksouth",
                "northeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "eastasia",
                "australiaeast"
            ]
        ),
    ],
};
