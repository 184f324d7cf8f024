//! Price lists.

use crate::kernel::Cents;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

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
