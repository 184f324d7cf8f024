//! Scopes: which houses and exhibitions a card opens, and the place where a gate stands.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::CardDay;

/// The number of a scope, as it stands in the card code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScopeId(u16);

/// What a product opens.
///
/// A house in it opens all gates of the house, those of its exhibitions too. An exhibition in it
/// opens the gates of that exhibition while it runs, and nothing else of its house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Keys of houses.
    pub houses: Vec<String>,
    /// Exhibitions with their dates.
    pub exhibitions: Vec<Exhibition>,
}

/// An exhibition that a scope opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibition {
    /// The key of the exhibition.
    pub key: String,
    /// The key of its house.
    pub house: String,
    /// The first day, local to the house; open when absent.
    pub from: Option<NaiveDate>,
    /// The last day, inclusive; open when absent.
    pub until: Option<NaiveDate>,
}

/// Where a gate stands: in a house, or at one of its exhibitions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The key of the house.
    pub house: String,
    /// The key of the exhibition, if the gate leads into one.
    pub exhibition: Option<String>,
}

/// All scopes a gate knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeMap<ScopeId, Scope>);

/// What a scope means at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// It opens between these days, inclusive.
    Opens { from: CardDay, until: CardDay },
    /// It opens nothing in this house.
    OtherHouse,
    /// It opens something in this house, but not this gate.
    OtherExhibition,
}

impl ScopeId {
    /// The scope with this number.
    pub const fn new(id: u16) -> Self {
        Self(id)
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Scopes {
    /// What the scope means at the place. A scope that is not known opens nothing.
    pub(crate) fn opening(&self, id: ScopeId, place: &Place) -> Opening {
        let Some(scope) = self.0.get(&id) else {
            return Opening::OtherHouse;
        };
        if scope.houses.contains(&place.house) {
            return Opening::Opens { from: CardDay::FIRST, until: CardDay::LAST };
        }
        let mut here = scope.exhibitions.iter().filter(|e| e.house == place.house).peekable();
        if here.peek().is_none() {
            return Opening::OtherHouse;
        }
        match here.find(|exhibition| Some(&exhibition.key) == place.exhibition.as_ref()) {
            Some(exhibition) => Opening::Opens {
                from: exhibition.from.map_or(CardDay::FIRST, CardDay::clamped_from_date),
                until: exhibition.until.map_or(CardDay::LAST, CardDay::clamped_from_date),
            },
            None => Opening::OtherExhibition,
        }
    }
}

impl FromIterator<(ScopeId, Scope)> for Scopes {
    fn from_iter<I: IntoIterator<Item = (ScopeId, Scope)>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(house: &str, exhibition: Option<&str>) -> Place {
        Place { house: house.into(), exhibition: exhibition.map(Into::into) }
    }

    #[test]
    fn a_house_opens_all_of_it_and_an_exhibition_only_itself() {
        let date = |text: &str| Some(text.parse().expect("a date"));
        let scopes: Scopes = [(
            ScopeId::new(1),
            Scope {
                houses: vec!["castle".into()],
                exhibitions: vec![Exhibition {
                    key: "gold".into(),
                    house: "museum".into(),
                    from: date("2020-01-11"),
                    until: date("2020-01-21"),
                }],
            },
        )]
        .into_iter()
        .collect();
        let opens = |from, until| Opening::Opens { from: CardDay::new(from), until: CardDay::new(until) };
        for (house, exhibition, expected) in [
            ("castle", None, opens(0, u16::MAX)),
            ("castle", Some("knights"), opens(0, u16::MAX)),
            ("museum", Some("gold"), opens(10, 20)),
            ("museum", Some("silver"), Opening::OtherExhibition),
            ("museum", None, Opening::OtherExhibition),
            ("zoo", None, Opening::OtherHouse),
            ("zoo", Some("gold"), Opening::OtherHouse),
        ] {
            let found = scopes.opening(ScopeId::new(1), &place(house, exhibition));
            assert_eq!(found, expected, "{house} {exhibition:?}");
        }
        assert_eq!(scopes.opening(ScopeId::new(2), &place("castle", None)), Opening::OtherHouse);
    }
}
