//! Houses, exhibitions and price categories.

use crate::kernel::address::Address;
use crate::kernel::localized::Localized;
use crate::kernel::period;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What a gate does with a card that its holder does not have in hand yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotCollected {
    /// Admit, and tell the person at the gate.
    #[default]
    Attention,
    /// Refuse.
    Refuse,
}

/// A museum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// The key.
    pub key: Slug,
    /// The name, as it stands on cards.
    #[schema(max_length = 200)]
    pub name: String,
    /// IANA zone, for instance `Europe/Berlin`.
    pub time_zone: String,
    /// ISO 3166 code of two capital letters.
    pub country: String,
    /// Where cards are picked up and sent back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What the gates of the house do with a card that is not in hand yet.
    #[serde(default)]
    pub not_collected: NotCollected,
}

impl House {
    /// The zone. It was checked when the house was saved.
    pub fn zone(&self) -> Tz {
        period::zone(&self.time_zone).unwrap_or(Tz::UTC)
    }
}

/// A part of a house with its own dates. No dates: always open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Exhibition {
    /// The key.
    pub key: Slug,
    /// The house it belongs to.
    pub house: Slug,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// First day, local to the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<NaiveDate>,
    /// Last day, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<NaiveDate>,
}

/// A price category: adult, reduced, child, companion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The key.
    pub key: Slug,
    /// Its name per language.
    pub names: Localized,
    /// Free labels, for the scopes of offers.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Whether the gate asks for a proof, as for reduced prices.
    #[serde(default)]
    pub check_proof: bool,
    /// Categories of which one ticket must be in the same order, for companions.
    #[serde(default)]
    pub requires: Vec<Slug>,
}
