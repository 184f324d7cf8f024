//! Which report, over which period, and of what.

use super::period::{Period, Step};
use crate::catalog::product::Channel;
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// Redemptions and discounts per offer, or over time.
    Campaigns,
    /// Redemptions and discounts per code.
    Codes,
    /// Each redemption with its order and moment.
    Redemptions,
    /// What staff sold against the rules, and why.
    Overrides,
    /// Codes that were refused.
    Refusals,
    /// Tickets and takings.
    Sales,
    /// Cards in production, and what happened to cards.
    Cards,
    /// Who was admitted.
    Visits,
    /// What each house has of passes that open several.
    Settlement,
}

/// By what a report is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By campaign.
    Offer,
    /// By days, or longer steps.
    Day,
    /// By product.
    Product,
    /// By price category.
    Category,
    /// By channel.
    Channel,
    /// By house.
    House,
    /// By rate of VAT.
    Vat,
}

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The days.
    pub period: Period,
    /// The steps of its time.
    pub step: Option<Step>,
    /// By what it is told; as the report likes where it cannot be told so.
    pub by: Option<By>,
    /// Only what was sold for this house.
    pub house: Option<Slug>,
    /// Only this channel.
    pub channel: Option<Channel>,
    /// Only this offer.
    pub offer: Option<Slug>,
    /// Only this code, as it is stored.
    pub code: Option<String>,
    /// Where a long list goes on.
    pub after: Option<String>,
    /// The most rows of a long list.
    pub rows: u32,
    /// The language of names.
    pub language: String,
}

impl Report {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Campaigns,
        Self::Codes,
        Self::Redemptions,
        Self::Overrides,
        Self::Refusals,
        Self::Sales,
        Self::Cards,
        Self::Visits,
        Self::Settlement,
    ];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Campaigns => "campaigns",
            Self::Codes => "codes",
            Self::Redemptions => "redemptions",
            Self::Overrides => "overrides",
            Self::Refusals => "refusals",
            Self::Sales => "sales",
            Self::Cards => "cards",
            Self::Visits => "visits",
            Self::Settlement => "settlement",
        }
    }

    /// By what it can be told; the first is what it likes best.
    pub const fn ways(self) -> &'static [By] {
        match self {
            Self::Campaigns => &[By::Offer, By::Day],
            Self::Sales => &[By::Product, By::Category, By::Channel, By::House, By::Vat, By::Day],
            Self::Visits => &[By::Day, By::House],
            _ => &[],
        }
    }

    /// Whether it asks for the campaign.
    pub const fn is_of_offers(self) -> bool {
        matches!(self, Self::Campaigns | Self::Codes | Self::Redemptions | Self::Refusals)
    }

    /// Whether it asks for the channel.
    pub const fn is_of_channels(self) -> bool {
        !matches!(self, Self::Cards | Self::Visits | Self::Settlement)
    }
}

impl FromStr for Report {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|report| report.as_str() == text).ok_or(())
    }
}

impl By {
    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Day => "day",
            Self::Product => "product",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::House => "house",
            Self::Vat => "vat",
        }
    }
}

impl Filter {
    /// By what a report is told.
    pub fn way(&self, report: Report) -> Option<By> {
        let ways = report.ways();
        self.by.filter(|by| ways.contains(by)).or_else(|| ways.first().copied())
    }

    pub(super) fn house(&self) -> Option<&str> {
        self.house.as_ref().map(Slug::as_str)
    }

    pub(super) fn channel(&self) -> Option<&'static str> {
        self.channel.map(Channel::as_str)
    }

    pub(super) fn offer(&self) -> Option<&str> {
        self.offer.as_ref().map(Slug::as_str)
    }
}
