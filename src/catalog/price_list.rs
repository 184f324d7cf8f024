//! Price lists.

use super::object::{Finding, Kind, Object, Reference, checked_labels};
use crate::kernel::Cents;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The key of the price list that counts where nothing else is said.
pub const REGULAR: &str = "regular";

/// The price of a product in a category.
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

impl Object for PriceList {
    const KIND: Kind = Kind::PriceList;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.labels = checked_labels("labels", self.labels)?;
        let mut known = HashSet::with_capacity(self.prices.len());
        for (index, price) in self.prices.iter().enumerate() {
            if !known.insert((&price.product, &price.category)) {
                let message = format!("\"{}\" has a price for \"{}\" already", price.product, price.category);
                return Err(Finding::twice(format!("prices[{index}]"), message));
            }
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        let of_price = |(index, price): (usize, &Price)| {
            [
                Reference::new(format!("prices[{index}].product"), Kind::Product, &price.product),
                Reference::new(format!("prices[{index}].category"), Kind::Category, &price.category),
            ]
        };
        self.prices.iter().enumerate().flat_map(of_price).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_one_price_per_category() {
        let list = r#"{"key": "regular", "names": {"en": "Regular"}, "prices": [
            {"product": "a", "category": "adult", "price": "1.00"}, {"product": "b", "category": "adult", "price": "2.00"},
            {"product": "a", "category": "adult", "price": "3.00"}]}"#;
        let list: PriceList = serde_json::from_str(list).unwrap();
        assert_eq!(list.references()[3].path, "prices[1].category");
        assert_eq!(list.checked().unwrap_err().path, "prices[2]");
    }
}
