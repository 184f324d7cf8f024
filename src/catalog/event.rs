//! Events: calendar entries of a house or exhibition.

use super::object::{Finding, Kind, Object, Reference, checked_labels};
use crate::kernel::UtcMs;
use crate::kernel::localized::{Descriptions, Localized};
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
    /// What visitors read about it, per language.
    #[serde(default, skip_serializing_if = "Descriptions::is_empty")]
    pub descriptions: Descriptions,
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

impl Object for Event {
    const KIND: Kind = Kind::Event;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.labels = checked_labels("labels", self.labels)?;
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        let house = Reference::new("house", Kind::House, &self.house);
        let exhibition = self.exhibition.iter().map(|key| Reference::new("exhibition", Kind::Exhibition, key));
        let price_list = self.price_list.iter().map(|key| Reference::new("price_list", Kind::PriceList, key));
        std::iter::once(house).chain(exhibition).chain(price_list).collect()
    }
}
