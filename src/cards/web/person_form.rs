//! The form for whose annual ticket it is: what was typed, and what is wrong with it. The holder's page and the desk share it.

use super::dossier::Dossier;
use crate::cards::delivery::Delivery;
use crate::cards::personalize::Personalization;
use crate::catalog::House;
use crate::catalog::product::PersonalField;
use crate::kernel::address::Address;
use crate::kernel::country;
use crate::kernel::text::clean;
use crate::people::{Holder, HolderRefusal};
use crate::web::pages::{FormErrors, Words, postal};
use chrono::NaiveDate;
use serde::Deserialize;

/// Who fills the form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filler {
    /// The holder, at home.
    Holder,
    /// Somebody at the desk, for the holder.
    Clerk,
}

impl Filler {
    /// What a browser may fill in by itself: the holder's own data, and nobody else's.
    pub(super) const fn autocomplete(self, what: &str) -> &str {
        match self {
            Self::Holder => what,
            Self::Clerk => "off",
        }
    }

    /// The key of the question how the card comes to its holder.
    pub(super) const fn delivery_question(self) -> &'static str {
        match self {
            Self::Holder => "delivery",
            Self::Clerk => "desk-delivery",
        }
    }

    /// Whether the counter is on offer: to who stands there, and to who chose it before.
    pub(super) fn offers_counter(self, form: &PersonForm) -> bool {
        self == Self::Clerk || form.delivery == "counter"
    }
}

/// The fields as they were typed, or as they are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) birth_date: String,
    pub(super) starts_on: String,
    pub(super) street: String,
    pub(super) extra: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) country: String,
    /// `mail`, `counter`, or the key of a house after `pickup:`.
    pub(super) delivery: String,
}

/// How much must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// All that the product demands.
    All,
    /// Whatever is there must be right; the rest may come later.
    WhatIsThere,
}

impl PersonForm {
    /// What is stored.
    pub(super) fn of(dossier: &Dossier) -> Self {
        let ticket = &dossier.ticket;
        let address = ticket.address.as_ref();
        let mut lines = address.map(|address| address.lines.clone()).unwrap_or_default().into_iter();
        let date = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            given_name: ticket.holder.given_name.clone().unwrap_or_default(),
            family_name: ticket.holder.family_name.clone().unwrap_or_default(),
            birth_date: date(ticket.holder.birth_date),
            starts_on: date(ticket.starts_on),
            street: lines.next().unwrap_or_default(),
            extra: lines.collect::<Vec<_>>().join(", "),
            postal_code: address.map(|address| address.postal_code.clone()).unwrap_or_default(),
            city: address.map(|address| address.city.clone()).unwrap_or_default(),
            country: address.map_or_else(|| dossier.home_country(), |address| address.country.clone()),
            delivery: ticket.delivery.as_ref().map(delivery_word).unwrap_or_default(),
        }
    }

    /// The parts to store, or what is wrong with them.
    pub(super) fn checked(
        &self,
        dossier: &Dossier,
        demand: Demand,
        words: Words,
    ) -> Result<Personalization, FormErrors> {
        let mut errors = FormErrors::default();
        let needs = |field| demand == Demand::All && dossier.product.required_fields.contains(&field);
        let needs_name = needs(PersonalField::GivenName) || needs(PersonalField::FamilyName);
        if needs_name && clean(&self.given_name).is_empty() && clean(&self.family_name).is_empty() {
            errors.add("given_name", words.t("name-missing"));
        }
        let birth_date = day(&self.birth_date, "birth_date", &mut errors, words);
        if needs(PersonalField::BirthDate) && self.birth_date.trim().is_empty() {
            errors.add("birth_date", words.t("birth-date-missing"));
        }
        let holder = match Holder::typed(Some(&self.given_name), Some(&self.family_name), birth_date, dossier.today) {
            Ok(holder) => Some(holder),
            Err(refusal) => {
                errors.add(
                    refusal.part(),
                    words.t(match refusal {
                        HolderRefusal::NameTooLong { .. } => "name-too-long",
                        HolderRefusal::BornInFuture => "birth-date-in-the-future",
                        HolderRefusal::BornTooEarly => "birth-date-too-early",
                    }),
                );
                None
            }
        };
        let starts_on = self.checked_start(dossier, &mut errors, words);
        let delivery = self.checked_delivery(dossier, demand, &mut errors, words);
        let by_post = demand == Demand::All && delivery.as_ref().is_some_and(Delivery::needs_address);
        let address = self.checked_address(by_post || needs(PersonalField::Address), &mut errors, words);
        if errors.is_empty() {
            Ok(Personalization { holder, address, delivery, starts_on, seen: None })
        } else {
            Err(errors)
        }
    }

    fn checked_start(&self, dossier: &Dossier, errors: &mut FormErrors, words: Words) -> Option<NaiveDate> {
        let (earliest, latest) = dossier.start_window()?;
        let chosen = day(&self.starts_on, "starts_on", errors, words)?;
        if chosen < earliest || chosen > latest {
            let (earliest, latest) = (words.date(earliest), words.date(latest));
            errors.add("starts_on", words.t2("start-outside", ("earliest", earliest), ("latest", latest)));
            return None;
        }
        Some(chosen)
    }

    fn checked_delivery(
        &self,
        dossier: &Dossier,
        demand: Demand,
        errors: &mut FormErrors,
        words: Words,
    ) -> Option<Delivery> {
        let chosen = match self.delivery.as_str() {
            "mail" => Some(Delivery::Mail {}),
            "counter" => Some(Delivery::Counter {}),
            other => dossier
                .houses
                .iter()
                .find(|house| other.strip_prefix("pickup:") == Some(house.key.as_str()))
                .map(|house| Delivery::Pickup { house: house.key.clone() }),
        };
        let is_needed = demand == Demand::All || !self.delivery.is_empty();
        if chosen.is_none() && is_needed {
            errors.add("delivery", words.t("delivery-missing"));
        }
        chosen
    }

    pub(super) fn checked_address(&self, is_needed: bool, errors: &mut FormErrors, words: Words) -> Option<Address> {
        let parts = [&self.street, &self.extra, &self.postal_code, &self.city];
        if !is_needed && parts.iter().all(|part| clean(part).is_empty()) {
            return None;
        }
        let before = errors.all().len();
        let needs_code = country::needs_postal_code(&self.country);
        for (field, value, missing, is_needed) in [
            ("street", &self.street, "street-missing", true),
            ("postal_code", &self.postal_code, "postal-code-missing", needs_code),
            ("city", &self.city, "city-missing", true),
        ] {
            if is_needed && clean(value).is_empty() {
                errors.add(field, words.t(missing));
            }
        }
        if errors.all().len() > before {
            return None;
        }
        let address = Address {
            lines: vec![self.street.clone(), self.extra.clone()],
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
        };
        match address.checked() {
            Ok(address) => Some(address),
            Err(refusal) => {
                let (field, sentence) = postal::wrong_part(&refusal, words);
                errors.add(field, sentence);
                None
            }
        }
    }

    /// All fields with the keys of their names.
    pub(super) fn fields(&self) -> [(&'static str, &str); 10] {
        [
            ("given-name", &self.given_name),
            ("family-name", &self.family_name),
            ("birth-date", &self.birth_date),
            ("starts-on", &self.starts_on),
            ("street", &self.street),
            ("address-extra", &self.extra),
            ("postal-code", &self.postal_code),
            ("city", &self.city),
            ("country", &self.country),
            ("delivery-way", &self.delivery),
        ]
    }

    /// The countries on offer, with the one that is chosen.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand the visitor's words over by reference")]
    pub(super) fn countries(&self, words: &Words) -> Vec<(String, String)> {
        postal::countries(*words, &self.country)
    }

    /// Whether the card is to be laid ready in this house.
    pub(super) fn is_pickup(&self, house: &House) -> bool {
        self.delivery.strip_prefix("pickup:") == Some(house.key.as_str())
    }

    /// The field of this name.
    pub(super) fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "given_name" => &mut self.given_name,
            "family_name" => &mut self.family_name,
            "birth_date" => &mut self.birth_date,
            "starts_on" => &mut self.starts_on,
            "street" => &mut self.street,
            "extra" => &mut self.extra,
            "postal_code" => &mut self.postal_code,
            "city" => &mut self.city,
            "country" => &mut self.country,
            "delivery" => &mut self.delivery,
            _ => return None,
        })
    }
}

/// A day from a date field; an empty one is none.
fn day(typed: &str, field: &'static str, errors: &mut FormErrors, words: Words) -> Option<NaiveDate> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let parsed = typed.parse().ok();
    if parsed.is_none() {
        errors.add(field, words.t("date-unreadable"));
    }
    parsed
}

fn delivery_word(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Mail {} => "mail".to_owned(),
        Delivery::Pickup { house } => format!("pickup:{house}"),
        Delivery::Counter {} => "counter".to_owned(),
    }
}
