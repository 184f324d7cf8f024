//! Postal addresses.

use super::text::clean;
use serde::{Deserialize, Serialize};

/// A postal address. `lines` hold street, house number and additions; `country` is the ISO 3166 code of two letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street, house number, additions: one to four lines.
    pub lines: Vec<String>,
    /// Postal code; may be empty where a country has none.
    #[serde(default)]
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO 3166-1 code of two capital letters, for instance `DE`.
    pub country: String,
}

impl Address {
    /// The address with its texts cleaned.
    ///
    /// # Errors
    /// The path of the first part that is missing or too long, and what is wrong with it.
    pub fn checked(self) -> Result<Self, (&'static str, &'static str)> {
        let lines: Vec<String> = self.lines.iter().map(|line| clean(line)).filter(|line| !line.is_empty()).collect();
        let address =
            Self { lines, postal_code: clean(&self.postal_code), city: clean(&self.city), country: self.country };
        if address.lines.is_empty()
            || address.lines.len() > 4
            || address.lines.iter().any(|line| line.chars().count() > 100)
        {
            return Err(("lines", "one to four lines of at most 100 characters are needed"));
        }
        if address.city.is_empty() || address.city.chars().count() > 100 {
            return Err(("city", "a town of at most 100 characters is needed"));
        }
        if address.postal_code.chars().count() > 16 {
            return Err(("postal_code", "a postal code has at most 16 characters"));
        }
        if address.country.len() != 2 || !address.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(("country", "a country is its ISO code of two capital letters, for instance DE"));
        }
        Ok(address)
    }
}
