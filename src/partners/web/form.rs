//! The fields of an institution.

use crate::catalog::object::Finding;
use crate::kernel::address::Address;
use crate::partners::InstitutionData;
use crate::web::pages::{FormErrors, Language, Visitor, postal};
use serde::Deserialize;

/// The fields as they are typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct InstitutionForm {
    pub(super) once: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) contact: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) language: String,
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) country: String,
    pub(super) invoice_days: String,
    pub(super) offers: String,
    pub(super) notes: String,
}

impl InstitutionForm {
    pub(super) fn of(data: &InstitutionData) -> Self {
        let address = data.address.as_ref();
        Self {
            once: String::new(),
            key: data.key.to_string(),
            name: data.name.clone(),
            contact: data.contact.clone(),
            email: data.email.clone(),
            phone: data.phone.clone(),
            language: data.language.clone(),
            street: address.map(|address| address.lines.join(", ")).unwrap_or_default(),
            postal_code: address.map(|address| address.postal_code.clone()).unwrap_or_default(),
            city: address.map(|address| address.city.clone()).unwrap_or_default(),
            country: address.map_or_else(|| "DE".to_owned(), |address| address.country.clone()),
            invoice_days: data.invoice_days.map(|days| days.to_string()).unwrap_or_default(),
            offers: data.offers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            notes: data.notes.clone(),
        }
    }

    /// What the fields say; what cannot be read goes into `errors`.
    pub(super) fn read(&self, visitor: &Visitor, errors: &mut FormErrors) -> Option<InstitutionData> {
        let key = self.key.trim().parse().ok();
        if key.is_none() {
            errors.add("key", visitor.t("partner-key-wrong"));
        }
        let days = self.invoice_days.trim();
        let invoice_days = if days.is_empty() { None } else { days.parse().ok() };
        if invoice_days.is_none() && !days.is_empty() {
            errors.add("invoice_days", visitor.t("partner-days-wrong"));
        }
        let words = self.offers.split([' ', ',', ';']).filter(|word| !word.is_empty());
        let offers: Result<Vec<_>, _> = words.map(str::parse).collect();
        if offers.is_err() {
            errors.add("offers", visitor.t("partner-offers-wrong"));
        }
        let has_address = [&self.street, &self.postal_code, &self.city].iter().any(|text| !text.trim().is_empty());
        let address = has_address.then(|| Address {
            lines: vec![self.street.clone()],
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.trim().to_uppercase(),
        });
        let address = match address.map(Address::checked).transpose() {
            Ok(address) => address,
            Err(refusal) => {
                let (field, sentence) = postal::wrong_part(&refusal, visitor.words);
                errors.add(field, sentence);
                None
            }
        };
        let data = InstitutionData {
            key: key?,
            name: self.name.clone(),
            contact: self.contact.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            language: self.language.parse().unwrap_or(Language::De).to_string(),
            address,
            invoice_days,
            offers: offers.ok()?,
            notes: self.notes.clone(),
        };
        match data.checked() {
            Ok(data) => Some(data).filter(|_| errors.is_empty()),
            Err(finding) => {
                add(visitor, errors, &finding);
                None
            }
        }
    }
}

fn add(visitor: &Visitor, errors: &mut FormErrors, finding: &Finding) {
    let (field, key) = match finding.path.split('[').next().unwrap_or_default() {
        "name" => ("name", "partner-name-wrong"),
        "email" => ("email", "buyer-email-wrong"),
        "contact" => ("contact", "address-too-long"),
        "phone" => ("phone", "address-too-long"),
        "invoice_days" => ("invoice_days", "partner-days-wrong"),
        "offers" => ("offers", "partner-offers-wrong"),
        _ => ("notes", "address-too-long"),
    };
    errors.add(field, visitor.t(key));
}
