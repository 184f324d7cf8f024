//! Price lists.

use super::object::{Finding, Kind, Object, Reference, checked_labels};
use crate::kernel::Cents;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// The key of the price list that counts where nothing else is said.
pub const REGULAR: &str = "regular";

/// The price of a product in a category, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The product.
    pub product: Slug,
    /// The category.
    pub category: Slug,
    /// The gross price.
    #[schema(value_type = String, pattern = r"^\d+\.\d\d$", examples("12.00"))]
    pub price: Cents,
    /// The first day of sale at this price. Absent: it always counted. It counts until a later day begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<NaiveDate>,
    /// What audiences pay instead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub audience_prices: BTreeMap<Slug, Cents>,
}

/// Prices per product and category. The list `regular` counts where an event names no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// The key.
    pub key: Slug,
    /// Its name per language.
    pub names: Localized,
    /// Free labels, for the scopes of offers.
    #[serde(default)]
    pub labels: Vec<String>,
    /// The prices.
    #[serde(default)]
    pub prices: Vec<Price>,
}

impl PriceList {
    /// The list with the prices of one day of sale only.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        self.prices = prices_on(self.prices, day);
        self
    }
}

/// The prices that count on a day of sale: for each product and category the one that began last.
pub fn prices_on(prices: Vec<Price>, day: NaiveDate) -> Vec<Price> {
    let mut counting: BTreeMap<(Slug, Slug), Price> = BTreeMap::new();
    for price in prices.into_iter().filter(|price| price.valid_from.is_none_or(|from| from <= day)) {
        let place = (price.product.clone(), price.category.clone());
        if counting.get(&place).is_none_or(|known| known.valid_from <= price.valid_from) {
            counting.insert(place, price);
        }
    }
    counting.into_values().collect()
}

impl Object for PriceList {
    const KIND: Kind = Kind::PriceList;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.labels = checked_labels("labels", self.labels)?;
        let mut known = HashSet::with_capacity(self.prices.len());
        for (index, price) in self.prices.iter().enumerate() {
            if !known.insert((&price.product, &price.category, price.valid_from)) {
                let message = format!("\"{}\" has a price for \"{}\" already", price.product, price.category);
                return Err(Finding::twice(format!("prices[{index}]"), message));
            }
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        let of_price = |(index, price): (usize, &Price)| {
            let audiences = price.audience_prices.keys().map(move |audience| {
                Reference::new(format!("prices[{index}].audience_prices.{audience}"), Kind::Audience, audience)
            });
            let types = [
                Reference::new(format!("prices[{index}].product"), Kind::Product, &price.product),
                Reference::new(format!("prices[{index}].category"), Kind::Category, &price.category),
            ];
            types.into_iter().chain(audiences).collect::<Vec<_>>()
        };
        self.prices.iter().enumerate().flat_map(of_price).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(prices: &str) -> PriceList {
        serde_json::from_str(&format!(r#"{{"key": "regular", "names": {{"en": "Regular"}}, "prices": {prices}}}"#))
            .unwrap()
    }

    #[test]
    fn a_product_has_one_price_per_category() {
        let list = list(
            r#"[{"product": "a", "category": "adult", "price": "1.00"}, {"product": "b", "category": "adult", "price": "2.00"},
            {"product": "a", "category": "adult", "price": "3.00"}]"#,
        );
        assert_eq!(list.references()[3].path, "prices[1].category");
        assert_eq!(list.checked().unwrap_err().path, "prices[2]");
    }

    #[test]
    fn a_price_counts_until_a_later_day_begins() {
        let list = list(
            r#"[{"product": "a", "category": "adult", "price": "3.00", "valid_from": "2027-01-01"},
            {"product": "a", "category": "adult", "price": "1.00"},
            {"product": "a", "category": "adult", "price": "2.00", "valid_from": "2026-07-01"},
            {"product": "a", "category": "child", "price": "0.50", "valid_from": "2026-07-01"}]"#,
        );
        let list = list.checked().unwrap();
        for (day, expected) in [
            ("2026-06-30", &[100][..]),
            ("2026-07-01", &[200, 50]),
            ("2026-12-31", &[200, 50]),
            ("2027-01-01", &[300, 50]),
            ("2040-01-01", &[300, 50]),
        ] {
            let cents: Vec<i64> =
                list.clone().on(day.parse().unwrap()).prices.iter().map(|price| price.price.0).collect();
            assert_eq!(cents, expected, "{day}");
        }
    }

    #[test]
    fn an_audience_of_a_price_is_a_reference() {
        let list =
            list(r#"[{"product": "a", "category": "adult", "price": "3.00", "audience_prices": {"student": "1.00"}}]"#);
        assert_eq!(list.references()[2].path, "prices[0].audience_prices.student");
    }
}
