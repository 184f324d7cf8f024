//! An institution as staff describe it.

use crate::catalog::object::{Finding, each_once};
use crate::customers::customer::is_address;
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::InstitutionId;
use crate::kernel::slug::Slug;
use crate::kernel::text::{clean, clean_lines};
use serde::{Deserialize, Serialize};

/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;
/// The most characters of notes.
const NOTES_CHARS_MAX: usize = 2_000;
/// The most days that an invoice may wait.
const INVOICE_DAYS_MAX: u16 = 365;
/// The most offers whose codes a partner hands out.
const OFFERS_MAX: usize = 50;

/// What staff say of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Institution)]
pub struct InstitutionData {
    /// The key, which offers and audiences name as the partner.
    pub key: Slug,
    /// What it is called.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Whom to ask for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub contact: String,
    /// Where its invoices are mailed.
    #[schema(max_length = 254)]
    pub email: String,
    /// Its telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub phone: String,
    /// The language of letters, two small letters.
    #[schema(pattern = "^[a-z]{2}$")]
    pub language: String,
    /// Where its invoices go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// In how many days it pays; absent: as everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 365)]
    pub invoice_days: Option<u16>,
    /// The offers whose codes it hands out.
    #[serde(default)]
    pub offers: Vec<Slug>,
    /// What staff note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 2000)]
    pub notes: String,
}

/// An institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// The id, as the audit and orders name it.
    pub id: InstitutionId,
    /// What staff say of it.
    pub data: InstitutionData,
    /// The secret of its way to book.
    pub token: String,
    /// When that was made.
    pub token_made_at: UtcMs,
    /// When the institution was made.
    pub created_at: UtcMs,
}

impl InstitutionData {
    /// The same with cleaned texts.
    ///
    /// # Errors
    /// The first part that is not right.
    pub fn checked(mut self) -> Result<Self, Finding> {
        self.name = clean(&self.name);
        self.contact = clean(&self.contact);
        self.email = clean(&self.email);
        self.phone = clean(&self.phone);
        self.notes = clean_lines(&self.notes);
        if self.name.is_empty() {
            return Err(Finding::value("name", "a name is needed"));
        }
        for (path, text) in [("name", &self.name), ("contact", &self.contact), ("phone", &self.phone)] {
            if text.chars().count() > NAME_CHARS_MAX {
                return Err(Finding::value(path, format!("at most {NAME_CHARS_MAX} characters")));
            }
        }
        if self.notes.chars().count() > NOTES_CHARS_MAX {
            return Err(Finding::value("notes", format!("at most {NOTES_CHARS_MAX} characters")));
        }
        if !is_address(&self.email) {
            return Err(Finding::value("email", "this is not an e-mail address"));
        }
        if self.language.len() != 2 || !self.language.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Finding::value("language", "a language has two small letters"));
        }
        if self.invoice_days.is_some_and(|days| days > INVOICE_DAYS_MAX) {
            return Err(Finding::value("invoice_days", format!("at most {INVOICE_DAYS_MAX} days")));
        }
        if self.offers.len() > OFFERS_MAX {
            return Err(Finding::value("offers", format!("at most {OFFERS_MAX} offers")));
        }
        each_once("offers", &self.offers)?;
        let address = self.address.map(Address::checked).transpose();
        self.address = address.map_err(|refusal| Finding::address("address", &refusal))?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_institution_says_what_is_wrong_with_it() {
        let of = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut data = json!({"key": "hotel-adler", "name": " Hotel  Adler ", "email": "desk@adler.example", "language": "de"});
            change(&mut data);
            serde_json::from_value::<InstitutionData>(data).unwrap().checked().map_err(|finding| finding.path)
        };
        assert_eq!(of(&|_| ()).unwrap().name, "Hotel Adler");
        for (field, value) in [
            ("name", json!(" ")),
            ("email", json!("adler")),
            ("language", json!("deutsch")),
            ("invoice_days", json!(366)),
            ("notes", json!("x".repeat(2_001))),
        ] {
            assert_eq!(of(&|data| data[field] = value.clone()), Err(field.to_owned()));
        }
        let twice = of(&|data| data["offers"] = json!(["a", "a"]));
        assert!(twice.is_err_and(|path| path.starts_with("offers")));
    }
}
