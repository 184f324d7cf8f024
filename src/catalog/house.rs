//! Houses, exhibitions and price categories.

use super::object::{Finding, Kind, Object, Reference, checked_labels, checked_name, each_once};
use crate::kernel::address::Address;
use crate::kernel::localized::Localized;
use crate::kernel::period;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The longest hours of a house, in characters.
const HOURS_CHARS_MAX: usize = 200;

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
    /// When cards can be fetched, as messages say it: `Tue-Sun 10-18`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub pickup_hours: Option<String>,
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

impl Object for House {
    const KIND: Kind = Kind::House;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.name = checked_name(&self.name)?;
        period::zone(&self.time_zone).map_err(|message| Finding::value("time_zone", message))?;
        if self.country.len() != 2 || !self.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Finding::value("country", "a country is its ISO code of two capital letters, for instance DE"));
        }
        self.address =
            self.address.map(Address::checked).transpose().map_err(|refusal| Finding::address("address", &refusal))?;
        self.pickup_hours = self.pickup_hours.map(|hours| clean(&hours)).filter(|hours| !hours.is_empty());
        if self.pickup_hours.as_ref().is_some_and(|hours| hours.chars().count() > HOURS_CHARS_MAX) {
            return Err(Finding::value("pickup_hours", format!("at most {HOURS_CHARS_MAX} characters")));
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }
}

impl Object for Exhibition {
    const KIND: Kind = Kind::Exhibition;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.name = checked_name(&self.name)?;
        if self.valid_from.zip(self.valid_until).is_some_and(|(from, until)| from > until) {
            return Err(Finding::value("valid_until", "the exhibition ends before it begins"));
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::new("house", Kind::House, &self.house)]
    }

    fn changed_against(&self, before: &Self) -> Option<Finding> {
        (self.house != before.house).then(|| Finding::fixed("house", "an exhibition stays in its house"))
    }
}

impl Object for Category {
    const KIND: Kind = Kind::Category;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.labels = checked_labels("labels", self.labels)?;
        each_once("requires", &self.requires)?;
        if let Some(index) = self.requires.iter().position(|key| *key == self.key) {
            return Err(Finding::value(format!("requires[{index}]"), "a category cannot require itself"));
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        Reference::list("requires", Kind::Category, &self.requires).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(change: impl FnOnce(&mut House)) -> Result<House, Finding> {
        let mut house = House {
            key: "schloss".parse().unwrap(),
            name: " Schloss  Sanssouci ".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            country: "DE".to_owned(),
            address: None,
            pickup_hours: None,
            not_collected: NotCollected::Attention,
        };
        change(&mut house);
        house.checked()
    }

    #[test]
    fn a_house_needs_a_name_a_zone_and_a_country() {
        assert_eq!(house(|_| ()).unwrap().name, "Schloss Sanssouci");
        assert_eq!(house(|house| house.name = "\u{200B} ".to_owned()).unwrap_err().path, "name");
        assert_eq!(house(|house| house.time_zone = "Berlin".to_owned()).unwrap_err().path, "time_zone");
        assert_eq!(house(|house| house.country = "de".to_owned()).unwrap_err().path, "country");
        let nowhere =
            Address { lines: vec![], postal_code: String::new(), city: String::new(), country: "DE".to_owned() };
        assert_eq!(house(|house| house.address = Some(nowhere)).unwrap_err().path, "address.lines");
    }

    #[test]
    fn a_category_does_not_require_itself() {
        let category: Category = serde_json::from_str(
            r#"{"key": "companion", "names": {"en": "Companion"}, "requires": ["adult", "companion"]}"#,
        )
        .unwrap();
        assert_eq!(category.checked().unwrap_err().path, "requires[1]");
    }
}
