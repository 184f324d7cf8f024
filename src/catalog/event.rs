//! Events: calendar entries of a house or exhibition.

use crate::kernel::UtcMs;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

/// A calendar entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The key.
    pub key: Slug,
    /// Its name per language.
    pub names: Localized,
    /// The house where it is.
    pub house: Slug,
    /// The exhibition it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibition: Option<Slug>,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: UtcMs,
    /// The most tickets that may be sold for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Its own price list; absent: `regular`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<Slug>,
    /// Free labels, for the scopes of offers.
    #[serde(default)]
    pub labels: Vec<String>,
}
