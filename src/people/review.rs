//! Whether somebody in the museum has looked at a portrait, and why another one is wanted.

use serde::{Deserialize, Serialize};

/// Where a portrait stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Review {
    /// It may be printed.
    #[default]
    Accepted,
    /// Somebody has to look at it before it is printed.
    Waiting,
    /// Another one is wanted.
    Refused(Shortcoming),
}

impl Review {
    /// The word for where it stands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Waiting => "waiting",
            Self::Refused(_) => "refused",
        }
    }

    /// Why another one is wanted, if it is.
    pub const fn shortcoming(self) -> Option<Shortcoming> {
        match self {
            Self::Refused(shortcoming) => Some(shortcoming),
            Self::Accepted | Self::Waiting => None,
        }
    }

    /// Where a portrait stands by its stored words; nothing when they are none.
    pub fn of(word: &str, reason: Option<&str>) -> Option<Self> {
        match (word, reason) {
            ("accepted", None) => Some(Self::Accepted),
            ("waiting", None) => Some(Self::Waiting),
            ("refused", Some(reason)) => Shortcoming::of(reason).map(Self::Refused),
            _ => None,
        }
    }
}

/// Why a portrait cannot stand on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shortcoming {
    /// The face is small, or partly outside.
    FaceTooSmall,
    /// The face is covered, by dark glasses for instance, or turned away.
    FaceCovered,
    /// It is too dark, or too bright.
    BadLight,
    /// It is blurred.
    Blurred,
    /// More than one person is in it.
    SeveralPeople,
    /// It shows no person, or a picture of a picture.
    NoPortrait,
}

impl Shortcoming {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::FaceTooSmall, Self::FaceCovered, Self::BadLight, Self::Blurred, Self::SeveralPeople, Self::NoPortrait];

    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FaceTooSmall => "face_too_small",
            Self::FaceCovered => "face_covered",
            Self::BadLight => "bad_light",
            Self::Blurred => "blurred",
            Self::SeveralPeople => "several_people",
            Self::NoPortrait => "no_portrait",
        }
    }

    /// The shortcoming of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shortcoming| shortcoming.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back_and_nothing_else() {
        let refused = Shortcoming::ALL.into_iter().map(Review::Refused);
        for review in [Review::Accepted, Review::Waiting].into_iter().chain(refused) {
            let reason = review.shortcoming().map(Shortcoming::as_str);
            assert_eq!(Review::of(review.as_str(), reason), Some(review));
        }
        for (word, reason) in [("refused", None), ("waiting", Some("blurred")), ("refused", Some("ugly")), ("", None)] {
            assert_eq!(Review::of(word, reason), None, "{word} {reason:?}");
        }
    }
}
