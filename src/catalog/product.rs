//! Products: what is sold.

use super::object::{Finding, Kind, Object, Reference};
use super::validity::Validity;
use crate::kernel::localized::{Descriptions, Localized};
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The kinds of product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// An annual ticket, or any other season ticket: personal, with a card.
    AnnualTicket,
    /// A paid right to one annual ticket, exchanged at the counter or by the holder.
    AnnualTicketVoucher,
    /// Entry on one day or to one event.
    DayTicket,
}

/// Where something is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The shop on the web.
    Online,
    /// A desk in a house.
    BoxOffice,
    /// Orders by phone and special orders.
    BackOffice,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 3] = [Self::Online, Self::BoxOffice, Self::BackOffice];

    /// The word for the channel in the API, the database and pricing scenarios.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::BoxOffice => "box_office",
            Self::BackOffice => "back_office",
        }
    }
}

/// A part of the personalization that a product may demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalField {
    /// The portrait.
    Photo,
    /// The given name.
    GivenName,
    /// The family name; one name part is always enough.
    FamilyName,
    /// The birth date.
    BirthDate,
    /// The postal address. An address is needed for delivery by mail in any case.
    Address,
}

/// A way from the museum to the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryWay {
    /// By post.
    Mail,
    /// Laid ready in a house.
    Pickup,
    /// Issued at the counter.
    Counter,
}

impl DeliveryWay {
    /// The word for the way in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Pickup => "pickup",
            Self::Counter => "counter",
        }
    }
}

/// What happens when a card comes again within the re-entry window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReentryPolicy {
    /// Admit, and tell the person at the gate.
    #[default]
    Attention,
    /// Refuse.
    Refuse,
}

/// Which portraits of visitors somebody in the museum looks at before their cards are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoReview {
    /// None: what passes the checks is printed.
    #[default]
    Never,
    /// Those about which the checks have found something.
    Doubtful,
    /// All.
    Always,
}

impl PhotoReview {
    /// Whether somebody looks at a visitor's portrait.
    pub const fn wants(self, has_findings: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Doubtful => has_findings,
            Self::Always => true,
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde wants it")]
    const fn is_never(&self) -> bool {
        matches!(self, Self::Never)
    }
}

/// Another VAT rate from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VatChange {
    /// The first day on which it counts.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The rate in per cent.
    #[schema(pattern = r"^\d{1,2}(\.\d{1,2})?$")]
    pub rate: String,
}

/// What is sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The key.
    pub key: Slug,
    /// What it is.
    pub kind: ProductKind,
    /// Its name per language.
    pub names: Localized,
    /// What it opens. Needed for annual tickets. A day ticket without a scope opens the house that it is sold for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Slug>,
    /// For vouchers: the annual ticket that it is exchanged for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_for: Option<Slug>,
    /// How many annual tickets one sold ticket carries: more than 1 for family products.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 20)]
    pub annual_tickets: u8,
    /// When an annual ticket begins and how long it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// What the personalization must have.
    #[serde(default = "usual_fields")]
    pub required_fields: Vec<PersonalField>,
    /// Which portraits of visitors somebody looks at before their cards are printed. What staff take needs no second look.
    #[serde(default, skip_serializing_if = "PhotoReview::is_never")]
    pub photo_review: PhotoReview,
    /// Where it is sold; empty: everywhere.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The VAT that the price includes, in per cent, for instance `7`.
    #[schema(pattern = r"^\d{1,2}(\.\d{1,2})?$")]
    pub vat_rate: String,
    /// Rates that count later: of those that began, the last one instead of `vat_rate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vat_changes: Vec<VatChange>,
    /// What visitors read about it, per language.
    #[serde(default, skip_serializing_if = "Descriptions::is_empty")]
    pub descriptions: Descriptions,
    /// The first day on which it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub on_sale_from: Option<NaiveDate>,
    /// The last day on which it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub on_sale_until: Option<NaiveDate>,
    /// How many companions the card admits beside its holder.
    #[serde(default)]
    #[schema(maximum = 7)]
    pub companions: u8,
    /// How long after an admission another one in the same house counts as re-entry, in seconds.
    #[serde(default = "ten_minutes")]
    pub reentry_secs: u32,
    /// What happens then.
    #[serde(default)]
    pub reentry_policy: ReentryPolicy,
    /// Whether cards are printed and admitted while the order waits for its payment.
    #[serde(default)]
    pub allow_unpaid: bool,
    /// For vouchers: how many months after the sale one can be exchanged. Absent: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher_valid_months: Option<u32>,
    /// The layout of its cards. Absent: the agreed layout that applies to the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// The most tickets of the product that may ever be sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_total: Option<u32>,
    /// How its cards come to their holders; empty: every way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivery_ways: Vec<DeliveryWay>,
    /// Whether it is no longer sold.
    #[serde(default)]
    pub archived: bool,
}

impl Product {
    /// Whether it is sold on the channel at all.
    pub fn sold_on(&self, channel: Channel) -> bool {
        !self.archived && (self.channels.is_empty() || self.channels.contains(&channel))
    }

    /// Whether it is sold on a day: not before its window, not behind it.
    pub fn is_on_sale(&self, day: NaiveDate) -> bool {
        self.on_sale_from.is_none_or(|from| from <= day) && self.on_sale_until.is_none_or(|until| day <= until)
    }

    /// Whether its cards come to their holders in this way.
    pub fn comes_by(&self, way: &str) -> bool {
        self.delivery_ways.is_empty() || self.delivery_ways.iter().any(|known| known.as_str() == way)
    }

    /// The VAT rate that counts on a day.
    pub fn vat_rate_on(&self, day: NaiveDate) -> &str {
        let begun = self.vat_changes.iter().filter(|change| change.from <= day);
        begun.max_by_key(|change| change.from).map_or(self.vat_rate.as_str(), |change| change.rate.as_str())
    }

    /// What is wrong with the product in itself: the path and a sentence.
    pub fn finding(&self) -> Option<(&'static str, &'static str)> {
        let annual = self.kind == ProductKind::AnnualTicket;
        if annual && self.scope.is_none() {
            return Some(("scope", "an annual ticket needs a scope: what does it open?"));
        }
        if annual != self.validity.is_some() {
            return Some(("validity", "an annual ticket, and nothing else, has a validity"));
        }
        if (self.kind == ProductKind::AnnualTicketVoucher) != self.exchange_for.is_some() {
            return Some(("exchange_for", "a voucher, and nothing else, names what it is exchanged for"));
        }
        if !(1..=20).contains(&self.annual_tickets) || (!annual && self.annual_tickets != 1) {
            return Some(("annual_tickets", "1 to 20 annual tickets per ticket, and 1 for all other kinds"));
        }
        if self.voucher_valid_months.is_some() && self.kind != ProductKind::AnnualTicketVoucher {
            return Some(("voucher_valid_months", "only a voucher can be exchanged for a number of months"));
        }
        if self.voucher_valid_months.is_some_and(|months| !(1..=120).contains(&months)) {
            return Some(("voucher_valid_months", "a voucher can be exchanged for 1 to 120 months"));
        }
        if self.reentry_secs > 86_400 {
            return Some(("reentry_secs", "re-entry counts for at most a day"));
        }
        if self.companions > 7 {
            return Some(("companions", "a card admits at most 7 companions"));
        }
        if !is_rate(&self.vat_rate) {
            return Some(("vat_rate", "a rate is a percentage such as 7 or 19.5"));
        }
        let is_later =
            |place: usize| self.vat_changes[..place].iter().all(|one| one.from != self.vat_changes[place].from);
        if !self.vat_changes.iter().enumerate().all(|(place, change)| is_rate(&change.rate) && is_later(place)) {
            return Some((
                "vat_changes",
                "each change of the rate has a day of its own and a percentage such as 7 or 19.5",
            ));
        }
        if self.on_sale_from.zip(self.on_sale_until).is_some_and(|(from, until)| until < from) {
            return Some(("on_sale_until", "the last day of sale lies before the first"));
        }
        self.validity.as_ref().and_then(Validity::finding)
    }
}

impl Object for Product {
    const KIND: Kind = Kind::Product;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(self) -> Result<Self, Finding> {
        match self.finding() {
            Some((path, message)) => Err(Finding::value(path, message)),
            None => Ok(self),
        }
    }

    fn references(&self) -> Vec<Reference> {
        let scope = self.scope.iter().map(|key| Reference::new("scope", Kind::Scope, key));
        let exchange_for = self.exchange_for.iter().map(|key| Reference::new("exchange_for", Kind::Product, key));
        scope.chain(exchange_for).collect()
    }

    fn changed_against(&self, before: &Self) -> Option<Finding> {
        (self.kind != before.kind).then(|| Finding::fixed("kind", "a product stays of its kind"))
    }
}

fn is_rate(text: &str) -> bool {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 2) && digits(cents, 2)
}

const fn one() -> u8 {
    1
}

const fn ten_minutes() -> u32 {
    600
}

fn usual_fields() -> Vec<PersonalField> {
    vec![PersonalField::Photo, PersonalField::GivenName, PersonalField::FamilyName]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_windows_have_their_days() {
        let product: Product = serde_json::from_str(
            r#"{"key": "day", "kind": "day_ticket", "names": {"en": "Day"}, "vat_rate": "7", "on_sale_from": "2026-07-01",
            "on_sale_until": "2026-12-31", "vat_changes": [{"from": "2027-01-01", "rate": "9"}, {"from": "2026-08-01", "rate": "5"}]}"#,
        )
        .unwrap();
        assert_eq!(product.finding(), None);
        for (day, rate, sold) in [
            ("2026-06-30", "7", false),
            ("2026-07-01", "7", true),
            ("2026-08-01", "5", true),
            ("2026-12-31", "5", true),
            ("2027-01-01", "9", false),
        ] {
            let day = day.parse().unwrap();
            assert_eq!((product.vat_rate_on(day), product.is_on_sale(day)), (rate, sold), "{day}");
        }
        let twice = Product { vat_changes: vec![product.vat_changes[0].clone(); 2], ..product.clone() };
        assert_eq!(twice.finding().unwrap().0, "vat_changes");
        let backwards = Product { on_sale_until: "2026-06-30".parse().ok(), ..product };
        assert_eq!(backwards.finding().unwrap().0, "on_sale_until");
    }
}
