//! How a card comes to its holder.

use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

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

/// The ways to a holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To be posted.
    Mail,
    /// To be laid ready in a house.
    Pickup,
    /// To be issued at the counter.
    Counter,
}

impl Way {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Pickup, Self::Counter];

    /// The word for the way in the API and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Pickup => "pickup",
            Self::Counter => "counter",
        }
    }

    /// The way of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

impl FromStr for Way {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::of(word).ok_or_else(|| format!("{word:?} is no way to a holder"))
    }
}

impl Delivery {
    /// The way of a delivery. Where nobody chose, a card is issued at the counter.
    pub fn way_of(delivery: Option<&Self>) -> Way {
        match delivery {
            Some(Self::Mail {}) => Way::Mail,
            Some(Self::Pickup { .. }) => Way::Pickup,
            Some(Self::Counter {}) | None => Way::Counter,
        }
    }

    /// The way of this delivery.
    pub fn way(&self) -> Way {
        Self::way_of(Some(self))
    }

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
    fn ways_have_the_words_of_the_kinds() {
        for (json, way) in [
            (r#"{"kind":"mail"}"#, Way::Mail),
            (r#"{"kind":"pickup","house":"schloss"}"#, Way::Pickup),
            (r#"{"kind":"counter"}"#, Way::Counter),
        ] {
            let delivery: Delivery = serde_json::from_str(json).unwrap();
            assert_eq!(Delivery::way_of(Some(&delivery)), way);
            assert!(json.contains(way.as_str()) && Way::of(way.as_str()) == Some(way));
        }
        assert_eq!(Delivery::way_of(None), Way::Counter);
        assert_eq!(Way::of("pigeon"), None);
    }

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
