//! How a card comes to its holder.

use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

/// How a card comes to its holder. Where nobody chose, it is issued at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// By post to the holder's address.
    Mail {},
    /// Laid ready in a house.
    Pickup {
        /// The key of the house.
        house: Slug,
    },
    /// Issued at the counter.
    Counter {},
}

impl Delivery {
    /// The house in which the card is laid ready.
    pub fn pickup_house(&self) -> Option<&Slug> {
        match self {
            Self::Pickup { house } => Some(house),
            Self::Mail {} | Self::Counter {} => None,
        }
    }

    /// Whether it needs a postal address.
    pub fn needs_address(&self) -> bool {
        matches!(self, Self::Mail {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_exactly_its_own_keys() {
        for (json, fits) in [
            (r#"{"kind":"mail"}"#, true),
            (r#"{"kind":"pickup","house":"schloss"}"#, true),
            (r#"{"kind":"counter"}"#, true),
            (r#"{"kind":"pickup"}"#, false),
            (r#"{"kind":"mail","house":"schloss"}"#, false),
            (r#"{"kind":"pickup","house":"schloss","shelf":"A"}"#, false),
            (r#"{"kind":"pickup","house":"Das Schloss"}"#, false),
            (r#"{"kind":"pigeon"}"#, false),
        ] {
            let parsed = serde_json::from_str::<Delivery>(json);
            assert_eq!(parsed.is_ok(), fits, "{json}");
            if let Ok(delivery) = parsed {
                assert_eq!(serde_json::to_string(&delivery).unwrap(), json);
            }
        }
    }
}
