//! Audiences: groups with prices of their own, such as students or members of an association.
//!
//! A price list says what each audience pays. Somebody at a desk sees the proof and chooses the audience for a ticket; online it can be
//! chosen by anybody only where no proof is needed, and by members of its partners, whose membership was proven. A code whose offer
//! names the audience unlocks its prices for everybody who has the code.

use super::object::{Finding, Kind, Object, Reference};
use super::product::Channel;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use serde::{Deserialize, Serialize};

/// The most partners of one audience.
const PARTNERS_MAX: usize = 100;
/// The most characters of a partner's id.
const PARTNER_CHARS_MAX: usize = 200;

/// A group with prices of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// The key.
    pub key: Slug,
    /// Its name per language.
    pub names: Localized,
    /// Whether somebody has to see a proof, at the desk or at the gate.
    #[serde(default = "yes")]
    pub check_proof: bool,
    /// The partners whose members belong to it: a membership that was proven needs no other proof.
    #[serde(default)]
    pub partners: Vec<String>,
}

impl Audience {
    /// Whether its prices can be chosen on a channel, by a customer who belongs to a partner.
    pub fn may_be_chosen(&self, channel: Channel, partner: Option<&str>) -> bool {
        let is_member = partner.is_some_and(|partner| self.partners.iter().any(|known| known == partner));
        channel != Channel::Online || !self.check_proof || is_member
    }
}

impl Object for Audience {
    const KIND: Kind = Kind::Audience;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        if self.partners.len() > PARTNERS_MAX {
            return Err(Finding::value("partners", format!("at most {PARTNERS_MAX} partners")));
        }
        for (index, partner) in self.partners.iter_mut().enumerate() {
            *partner = clean(partner);
            if partner.is_empty() || partner.chars().count() > PARTNER_CHARS_MAX {
                let message = format!("a partner's id has 1 to {PARTNER_CHARS_MAX} characters");
                return Err(Finding::value(format!("partners[{index}]"), message));
            }
        }
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prices_of_an_audience_are_chosen_by_those_who_belong_to_it() {
        let audience = |json: &str| serde_json::from_str::<Audience>(json).unwrap().checked().unwrap();
        let students = audience(r#"{"key": "student", "names": {"en": "Students"}, "partners": [" uni "]}"#);
        let families = audience(r#"{"key": "family", "names": {"en": "Families"}, "check_proof": false}"#);
        for (audience, channel, partner, chosen) in [
            (&students, Channel::Online, None, false),
            (&students, Channel::Online, Some("hotel"), false),
            (&students, Channel::Online, Some("uni"), true),
            (&students, Channel::BoxOffice, None, true),
            (&students, Channel::BackOffice, None, true),
            (&families, Channel::Online, None, true),
        ] {
            assert_eq!(audience.may_be_chosen(channel, partner), chosen, "{} {partner:?}", audience.key);
        }
        let empty = r#"{"key": "student", "names": {"en": "Students"}, "partners": ["uni", " "]}"#;
        assert_eq!(serde_json::from_str::<Audience>(empty).unwrap().checked().unwrap_err().path, "partners[1]");
    }
}
