//! Who buys, and how cards come to their holders: the fields of the box office and the shop, and what is wrong with them.

use super::priced::BasketView;
use super::wish::Pairs;
use crate::cards::Delivery;
use crate::catalog::House;
use crate::kernel::address::Address;
use crate::kernel::country;
use crate::kernel::text::clean;
use crate::sales::order::Buyer;
use crate::web::pages::{FormErrors, Visitor, postal};

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct BuyerForm {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) country: String,
    pub(super) language: String,
    /// `mail`, `counter` or `pickup:HOUSE`.
    pub(super) delivery: String,
}

/// A way to deliver.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) id: String,
    pub(super) text: String,
    pub(super) hint: String,
    pub(super) chosen: bool,
}

impl BuyerForm {
    /// The fields of somebody who bought before.
    pub(super) fn of(buyer: &Buyer, language: &str) -> Self {
        let address = buyer.address.as_ref();
        Self {
            name: buyer.name.clone(),
            email: buyer.email.clone().unwrap_or_default(),
            street: address.map(|address| address.lines.join(", ")).unwrap_or_default(),
            postal_code: address.map(|address| address.postal_code.clone()).unwrap_or_default(),
            city: address.map(|address| address.city.clone()).unwrap_or_default(),
            country: address.map(|address| address.country.clone()).unwrap_or_default(),
            language: language.to_owned(),
            delivery: String::new(),
        }
    }

    /// Reads the fields.
    pub(super) fn read(sent: &Pairs) -> Self {
        let value = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| clean(value));
        let text = |name: &str| value(name).unwrap_or_default();
        Self {
            name: text("name"),
            email: text("email"),
            street: text("street"),
            postal_code: text("postal_code"),
            city: text("city"),
            country: text("country"),
            language: text("language"),
            delivery: text("delivery"),
        }
    }

    /// The fields as names and values, for hidden fields of the next page.
    pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("name", &self.name),
            ("email", &self.email),
            ("street", &self.street),
            ("postal_code", &self.postal_code),
            ("city", &self.city),
            ("country", &self.country),
            ("language", &self.language),
            ("delivery", &self.delivery),
        ]
    }

    /// The buyer; what is wrong goes into `errors`. An address is needed where cards are posted.
    pub(super) fn buyer(&self, visitor: &Visitor, needs_email: bool, errors: &mut FormErrors) -> Option<Buyer> {
        let posted = self.delivery == "mail";
        let has_address = posted || !self.street.is_empty() || !self.city.is_empty() || !self.postal_code.is_empty();
        if self.name.is_empty() {
            errors.add("name", visitor.t("buyer-name-missing"));
        }
        if self.email.is_empty() && needs_email {
            errors.add("email", visitor.t("buyer-email-missing"));
        }
        if has_address && self.street.is_empty() {
            errors.add("street", visitor.t("street-missing"));
        }
        if has_address && self.city.is_empty() {
            errors.add("city", visitor.t("city-missing"));
        }
        let country = self.country.to_uppercase();
        if has_address && self.postal_code.is_empty() && country::needs_postal_code(&country) {
            errors.add("postal_code", visitor.t("postal-code-missing"));
        }
        let address = has_address.then(|| Address {
            lines: vec![self.street.clone()],
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country,
        });
        let language = (self.language.len() == 2).then(|| self.language.clone());
        let email = (!self.email.is_empty()).then(|| self.email.clone());
        if !errors.is_empty() {
            return None;
        }
        let address = match address.map(Address::checked).transpose() {
            Ok(address) => address,
            Err(refusal) => {
                let (field, sentence) = postal::wrong_part(&refusal, visitor.words);
                errors.add(field, sentence);
                return None;
            }
        };
        match (Buyer { name: self.name.clone(), email, language, address }).checked() {
            Ok(buyer) => Some(buyer),
            Err(finding) if finding.path == "buyer.email" => {
                errors.add("email", visitor.t("buyer-email-wrong"));
                None
            }
            Err(_) => {
                errors.add("name", visitor.t("buyer-name-too-long"));
                None
            }
        }
    }

    /// How cards come to their holders.
    pub(super) fn delivery(&self) -> Option<Delivery> {
        match self.delivery.as_str() {
            "mail" => Some(Delivery::Mail {}),
            "counter" => Some(Delivery::Counter {}),
            other => Some(Delivery::Pickup { house: other.strip_prefix("pickup:")?.parse().ok()? }),
        }
    }

    /// The ways on offer; the counter is one only where somebody stands at it.
    pub(super) fn deliveries(
        &self,
        visitor: &Visitor,
        houses: &[House],
        basket: &BasketView,
        at_counter: bool,
    ) -> Vec<Choice> {
        let choice = |value: String, text: String, hint: String| Choice {
            id: format!("delivery-{}", value.replace(':', "-")),
            chosen: self.delivery == value,
            value,
            text,
            hint,
        };
        let mut choices = Vec::new();
        if at_counter && basket.comes_by("counter") {
            choices.push(choice(
                "counter".to_owned(),
                visitor.t("delivery-counter"),
                visitor.t("delivery-counter-hint"),
            ));
        }
        if basket.comes_by("mail") {
            choices.push(choice("mail".to_owned(), visitor.t("delivery-mail"), visitor.t("delivery-mail-hint")));
        }
        choices.extend(houses.iter().filter(|_| basket.comes_by("pickup")).map(|house| {
            let address =
                house.address.as_ref().map(|address| format!("{}, {}", address.lines.join(", "), address.city));
            let text = visitor.words.t1("delivery-pickup", "house", house.name.as_str());
            choice(format!("pickup:{}", house.key), text, address.unwrap_or_default())
        }));
        if !choices.iter().any(|choice| choice.chosen)
            && let Some(first) = choices.first_mut()
        {
            first.chosen = true;
        }
        choices
    }
}
