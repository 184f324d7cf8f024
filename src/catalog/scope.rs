//! Scopes: what a product opens.

use super::object::{Finding, Kind, Object, Reference, checked_name, each_once};
use super::{Exhibition, House};
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

/// A set of houses and exhibitions. A house in it opens the whole house with its exhibitions; an exhibition in it opens that
/// exhibition alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The key.
    pub key: Slug,
    /// The id that stands in card codes, 1 to 65535. Absent on creation: the next free one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 65535)]
    pub id: Option<u16>,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// The houses it opens.
    #[serde(default)]
    pub houses: Vec<Slug>,
    /// The single exhibitions it opens.
    #[serde(default)]
    pub exhibitions: Vec<Slug>,
}

impl Scope {
    /// The scope that is made with a house: it opens that house, and bears its key and name.
    pub fn of_house(house: &House) -> Self {
        Self {
            key: house.key.clone(),
            id: None,
            name: house.name.clone(),
            houses: vec![house.key.clone()],
            exhibitions: Vec::new(),
        }
    }

    /// The list in which something is missing that the scope opened before.
    pub(super) fn opens_less_than(&self, before: &Self, exhibitions: &[Exhibition]) -> Option<&'static str> {
        if before.houses.iter().any(|house| !self.houses.contains(house)) {
            return Some("houses");
        }
        let house_of = |key: &Slug| exhibitions.iter().find(|known| known.key == *key).map(|known| &known.house);
        let opens = |key: &Slug| {
            self.exhibitions.contains(key) || house_of(key).is_some_and(|house| self.houses.contains(house))
        };
        (!before.exhibitions.iter().all(opens)).then_some("exhibitions")
    }

    /// What speaks against it as the scope of the house that bears its key.
    pub fn finding_as_of_house(&self) -> Option<Finding> {
        (self.houses != [self.key.clone()] || !self.exhibitions.is_empty())
            .then(|| Finding::fixed("houses", "the scope that was made with a house opens that house and nothing else"))
    }
}

impl Object for Scope {
    const KIND: Kind = Kind::Scope;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.name = checked_name(&self.name)?;
        if self.id == Some(0) {
            return Err(Finding::value("id", "the id of a scope is 1 to 65535"));
        }
        each_once("houses", &self.houses)?;
        each_once("exhibitions", &self.exhibitions)?;
        if self.houses.is_empty() && self.exhibitions.is_empty() {
            return Err(Finding::value("houses", "a scope opens at least one house or exhibition"));
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        let houses = Reference::list("houses", Kind::House, &self.houses);
        houses.chain(Reference::list("exhibitions", Kind::Exhibition, &self.exhibitions)).collect()
    }

    fn changed_against(&self, before: &Self) -> Option<Finding> {
        (self.id.is_some() && self.id != before.id)
            .then(|| Finding::fixed("id", "the id stands in card codes and never changes"))
    }
}
