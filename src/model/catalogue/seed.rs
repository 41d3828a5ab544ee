//! The regions that the seed lists.

use super::Availability::{ComingSoon, Supported};
use super::{Catalogue, Region, region};

/// The seed's list: seven regions, and five coming soon (F-1, F-2).
pub static SEED: Catalogue = Catalogue {
    date: "2023-10-09",
    cites: "F-1, F-2",
    regions: &[
        region!(
            "australiaeast",
            "Australia East",
            "Australia",
            "Sydney",
            Supported,
            [
                "eastasia",
                "japaneast",
                "westus",
                "centralus",
                "eastus",
                "canadacentral",
                "swedencentral",
                "westeurope",
                "uksouth",
                "ukwest",
                "northeurope"
            ]
        ),
        region!(
            "canadacentral",
            "Canada Central",
            "Canada",
            "Toronto",
            ComingSoon,
            [
                "eastus",
                "centralus",
                "westus",
                "northeurope",
                "ukwest",
                "uksouth",
                "westeurope",
                "swedencentral",
                "japaneast",
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
                "westus",
                "northeurope",
                "ukwest",
                "uksouth",
                "westeurope",
                "swedencentral",
                "japaneast",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "eastasia",
            "East Asia",
            "Asia Pacific",
            "Hong Kong",
            ComingSoon,
            [
                "japaneast",
                "australiaeast",
                "swedencentral",
                "westeurope",
                "uksouth",
                "ukwest",
                "northeurope",
                "westus",
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
                "westus",
                "northeurope",
                "ukwest",
                "uksouth",
                "westeurope",
                "swedencentral",
                "japaneast",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "japaneast",
            "Japan East",
            "Japan",
            "Tokyo",
            ComingSoon,
            [
                "eastasia",
                "australiaeast",
                "swedencentral",
                "westus",
                "westeurope",
                "uksouth",
                "northeurope",
                "ukwest",
                "centralus",
                "canadacentral",
                "eastus"
            ]
        ),
        region!(
            "northeurope",
            "North Europe",
            "Europe",
            "Dublin",
            Supported,
            [
                "ukwest",
                "uksouth",
                "westeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "westus",
                "japaneast",
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
                "ukwest",
                "northeurope",
                "canadacentral",
                "eastus",
                "centralus",
                "japaneast",
                "eastasia",
                "westus",
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
                "ukwest",
                "westeurope",
                "northeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "westus",
                "japaneast",
                "eastasia",
                "australiaeast"
            ]
        ),
        region!(
            "ukwest",
            "UK West",
            "United Kingdom",
            "Cardiff",
            ComingSoon,
            [
                "uksouth",
                "northeurope",
                "westeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "westus",
                "japaneast",
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
                "ukwest",
                "northeurope",
                "swedencentral",
                "canadacentral",
                "eastus",
                "centralus",
                "westus",
                "eastasia",
                "japaneast",
                "australiaeast"
            ]
        ),
        region!(
            "westus",
            "West US",
            "United States",
            "San Jose area",
            ComingSoon,
            [
                "centralus",
                "canadacentral",
                "eastus",
                "northeurope",
                "japaneast",
                "ukwest",
                "swedencentral",
                "uksouth",
                "westeurope",
                "eastasia",
                "australiaeast"
            ]
        ),
    ],
};
