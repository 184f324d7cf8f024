//! Print data: all that stands on the faces of one card, frozen.

use crate::kernel::ids::CardId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Stands where the name stood.
const NO_NAME: &str = "–";

/// The frozen input of a card's faces. Its hash names it; two print data with the same hash give the same faces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintData {
    /// The card.
    pub card: CardId,
    /// The 14 digits of the card number.
    pub number: String,
    /// The text of the QR code.
    pub code: String,
    /// The holder's given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// The holder's family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// The product's name in the card's language.
    pub product_name: String,
    /// The category's name in the card's language.
    pub category_name: String,
    /// Whether a proof is asked for at the door.
    pub check_proof: bool,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day, inclusive, `YYYY-MM-DD`.
    pub valid_until: String,
    /// The names of the houses that the card opens.
    pub houses: Vec<String>,
    /// The language of the card, two letters.
    pub language: String,
    /// SHA-256 of the portrait, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_sha256: Option<String>,
    /// The layout's id.
    pub layout_id: String,
    /// The layout's version.
    pub layout_version: u32,
    /// SHA-256 of the agreed layout, hexadecimal.
    pub layout_sha256: String,
}

impl PrintData {
    /// The data as they are stored and hashed: JSON in the order of the fields.
    ///
    /// # Errors
    /// Never for data of this type; the JSON library may refuse in general.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The same card without its person; a portrait gives way to a blank figure.
    #[must_use]
    pub fn of_nobody(&self, figure: Option<&[u8]>) -> Self {
        Self {
            given_name: None,
            family_name: Some(NO_NAME.to_owned()),
            birth_date: None,
            photo_sha256: self.photo_sha256.as_ref().and(figure).map(|figure| hex::encode(sha256(figure))),
            ..self.clone()
        }
    }

    /// What the composition takes, with the portrait whose hash the data name.
    pub fn card_data(&self, photo_jpeg: Option<Vec<u8>>) -> card_face::CardData {
        card_face::CardData {
            number: self.number.clone(),
            code: self.code.clone(),
            holder: card_face::Holder {
                given_name: self.given_name.clone(),
                family_name: self.family_name.clone(),
                birth_date: self.birth_date.clone(),
            },
            product_name: self.product_name.clone(),
            category_name: self.category_name.clone(),
            reduced: self.check_proof,
            valid_from: self.valid_from.clone(),
            valid_until: self.valid_until.clone(),
            houses: self.houses.clone(),
            photo_jpeg,
            language: self.language.clone(),
        }
    }
}

/// The hash of print data in their stored form, or of a file.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The key of a file of these print data in the file store.
pub fn file_key(print_data_sha256: &[u8], name: &str) -> String {
    format!("print-data/{}/{name}", hex::encode(print_data_sha256))
}

/// The portrait among the files of print data.
pub const PORTRAIT: &str = "portrait.jpg";

/// A face of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// The one with the name.
    #[default]
    Front,
    /// The one with the codes.
    Back,
}

impl Face {
    /// The face's preview among the files of print data.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Front => "front.png",
            Self::Back => "back.png",
        }
    }
}

/// A card for tests.
#[cfg(test)]
pub(super) fn example() -> PrintData {
    PrintData {
        card: crate::kernel::ids::Id::new(crate::kernel::UtcMs(1), &crate::kernel::random::ChaChaRandom::seeded(1)),
        number: "01234567890123".to_owned(),
        code: "1".repeat(200),
        given_name: Some("Ada".to_owned()),
        family_name: None,
        birth_date: None,
        product_name: "Jahreskarte".to_owned(),
        category_name: "Erwachsene".to_owned(),
        check_proof: false,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Stadtmuseum".to_owned()],
        language: "de".to_owned(),
        photo_sha256: Some(hex::encode(sha256(b"portrait"))),
        layout_id: "mat".to_owned(),
        layout_version: 1,
        layout_sha256: "00".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_reads_back_and_every_change_has_another_hash() {
        let frozen = example();
        let json = frozen.to_json().unwrap();
        assert_eq!(serde_json::from_str::<PrintData>(&json).unwrap(), frozen);
        for changed in [
            PrintData { given_name: Some("Eda".to_owned()), ..example() },
            PrintData { photo_sha256: None, ..example() },
            PrintData { layout_version: 2, ..example() },
            PrintData { valid_until: "2027-11-21".to_owned(), ..example() },
        ] {
            assert_ne!(sha256(changed.to_json().unwrap().as_bytes()), sha256(json.as_bytes()));
        }
    }

    #[test]
    fn files_are_named_by_the_hash() {
        assert_eq!(file_key(&[0xAB, 1], PORTRAIT), "print-data/ab01/portrait.jpg");
    }
}
