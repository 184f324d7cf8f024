//! Baskets: what somebody wants to buy, as it was asked for and checked in itself.

use crate::catalog::object::Finding;
use crate::catalog::product::Channel;
use crate::kernel::ids::OrderId;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashSet;

/// The most tickets of one order.
pub const TICKETS_MAX: u32 = 1_000;
/// The most lines of one order.
const LINES_MAX: usize = 200;
/// The most codes of one order.
const CODES_MAX: usize = 50;
/// The most characters of an entered code, of a reason, and of a customer's or desk's id.
const TEXT_CHARS_MAX: usize = 200;
/// The most characters of the name of a line.
const LINE_CHARS_MAX: usize = 64;

/// A basket whose parts are right in themselves. Whether they fit the catalog is another question.
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// Where it is sold.
    pub channel: Channel,
    /// Its lines.
    pub items: Vec<Item>,
    /// The codes as they were typed.
    pub codes: Vec<String>,
    /// Who buys, as far as it is proven.
    pub customer: Option<Customer>,
    /// The profile of the desk that sells.
    pub box_office_profile: Option<String>,
    /// Offers that staff use without their codes and minimums.
    pub staff_overrides: Vec<OfferOverride>,
    /// What is held for it already, as its own: nobody else can have it.
    pub hold: Option<OrderId>,
}

/// One line: so many tickets of one product and category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BasketItem)]
pub struct Item {
    /// The name of the line, unique in the basket.
    #[schema(min_length = 1, max_length = 64)]
    pub line: String,
    /// The product.
    pub product: Slug,
    /// The price category.
    pub category: Slug,
    /// The audience whose price is paid; its proof was seen, or none is needed.
    pub audience: Option<Slug>,
    /// The house that the ticket is for. Annual tickets and vouchers ignore it.
    pub house: Option<Slug>,
    /// The event that the ticket is for.
    pub event: Option<Slug>,
    /// The day that a day ticket is for; absent: the day of sale.
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<NaiveDate>,
    /// How many tickets.
    #[schema(minimum = 1, maximum = 1000)]
    pub quantity: u32,
    /// Staff sell the line against its sale rules.
    pub staff_override: Option<LineOverride>,
}

/// Why staff sell a line against its sale rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineOverride {
    /// The reason.
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
}

/// An offer that staff use without its code and minimums.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferOverride {
    /// The offer.
    pub offer: Slug,
    /// The reason.
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
}

/// What is proven about the customer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The customer's id.
    #[schema(max_length = 200)]
    pub id: Option<String>,
    /// Whether they have ordered before.
    #[serde(default)]
    pub existing: bool,
    /// Whether they subscribe to the newsletter.
    #[serde(default)]
    pub newsletter: bool,
    /// The partner that they belong to.
    #[schema(max_length = 200)]
    pub partner: Option<String>,
    /// The audience whose prices they have without showing a proof again.
    pub audience: Option<Slug>,
}

impl Basket {
    /// The basket, if it is right in itself. It may be empty: then there is nothing to sell, but codes can be looked at.
    ///
    /// # Errors
    /// The first part that is not right.
    pub fn checked(mut self) -> Result<Self, Finding> {
        if self.items.len() > LINES_MAX {
            return Err(finding("items", "too_many", format!("an order has at most {LINES_MAX} lines")));
        }
        if self.codes.len() > CODES_MAX {
            return Err(finding("codes", "too_many", format!("an order has at most {CODES_MAX} codes")));
        }
        self.check_items()?;
        for (place, code) in self.codes.iter().enumerate() {
            check_length(&format!("codes[{place}]"), code)?;
        }
        for (place, one) in self.staff_overrides.iter_mut().enumerate() {
            check_reason(&format!("staff_overrides[{place}].reason"), &mut one.reason)?;
        }
        if let Some(customer) = &self.customer {
            check_id("customer.id", customer.id.as_deref())?;
            check_id("customer.partner", customer.partner.as_deref())?;
        }
        check_id("box_office_profile", self.box_office_profile.as_deref())?;
        Ok(self)
    }

    /// Whether staff override anything in it.
    pub fn has_overrides(&self) -> bool {
        !self.staff_overrides.is_empty() || self.items.iter().any(|item| item.staff_override.is_some())
    }

    /// The proven customer's id.
    pub fn customer_id(&self) -> Option<&str> {
        self.customer.as_ref().and_then(|customer| customer.id.as_deref())
    }

    fn check_items(&mut self) -> Result<(), Finding> {
        let mut names = HashSet::new();
        let mut tickets: u32 = 0;
        for (place, item) in self.items.iter_mut().enumerate() {
            let path = |field: &str| format!("items[{place}].{field}");
            if item.line.is_empty() || item.line.chars().count() > LINE_CHARS_MAX || clean(&item.line) != item.line {
                let message = format!("a line has a name of 1 to {LINE_CHARS_MAX} plain characters");
                return Err(finding(path("line"), "invalid_value", message));
            }
            if !names.insert(item.line.clone()) {
                return Err(finding(path("line"), "duplicate", "another line has this name"));
            }
            if item.quantity == 0 {
                return Err(finding(path("quantity"), "too_few", "a line has at least 1 ticket"));
            }
            tickets = tickets.saturating_add(item.quantity);
            if tickets > TICKETS_MAX {
                let message = format!("an order has at most {TICKETS_MAX} tickets");
                return Err(finding(path("quantity"), "too_many", message));
            }
            if let Some(staff_override) = &mut item.staff_override {
                check_reason(&path("staff_override.reason"), &mut staff_override.reason)?;
            }
        }
        Ok(())
    }
}

/// What is wrong with the input, and where.
pub(super) fn finding(path: impl Into<String>, reason: &'static str, message: impl Into<String>) -> Finding {
    Finding { path: path.into(), reason, message: message.into() }
}

/// A reason that a person gave: cleaned, there, and not too long.
pub(super) fn check_reason(path: &str, reason: &mut String) -> Result<(), Finding> {
    *reason = clean(reason);
    if reason.is_empty() {
        return Err(finding(path, "missing_reason", "a reason is needed"));
    }
    check_length(path, reason)
}

fn check_length(path: &str, text: &str) -> Result<(), Finding> {
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(finding(path, "too_long", format!("at most {TEXT_CHARS_MAX} characters are possible")));
    }
    Ok(())
}

fn check_id(path: &str, id: Option<&str>) -> Result<(), Finding> {
    let Some(id) = id else { return Ok(()) };
    if id.is_empty() || clean(id) != id {
        return Err(finding(path, "invalid_value", "an id consists of plain characters"));
    }
    check_length(path, id)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A basket with one line of two day tickets. For rules only.
    pub(in crate::sales) fn basket() -> Basket {
        Basket {
            channel: Channel::BoxOffice,
            items: vec![item("1", 2)],
            codes: Vec::new(),
            customer: None,
            box_office_profile: None,
            staff_overrides: Vec::new(),
            hold: None,
        }
    }

    pub(in crate::sales) fn item(line: &str, quantity: u32) -> Item {
        let slug = |text: &str| text.parse().unwrap();
        Item {
            line: line.to_owned(),
            product: slug("tageskarte"),
            category: slug("adult"),
            audience: None,
            house: Some(slug("stadtmuseum")),
            event: None,
            date: None,
            quantity,
            staff_override: None,
        }
    }

    fn refused(change: impl FnOnce(&mut Basket)) -> (String, &'static str) {
        let mut basket = basket();
        change(&mut basket);
        let finding = basket.checked().unwrap_err();
        (finding.path, finding.reason)
    }

    #[test]
    fn refusals_name_the_part_and_the_kind() {
        let at = |path: &str, reason| (path.to_owned(), reason);
        assert_eq!(refused(|basket| basket.items[0].quantity = 0), at("items[0].quantity", "too_few"));
        assert_eq!(refused(|basket| basket.items[0].quantity = 10_000), at("items[0].quantity", "too_many"));
        assert_eq!(refused(|basket| basket.items.push(item("2", 999))), at("items[1].quantity", "too_many"));
        assert_eq!(refused(|basket| basket.items.push(item("1", 1))), at("items[1].line", "duplicate"));
        assert_eq!(refused(|basket| basket.items[0].line = "a\0".to_owned()), at("items[0].line", "invalid_value"));
        assert_eq!(refused(|basket| basket.codes = vec!["x".repeat(201)]), at("codes[0]", "too_long"));
        let reason = LineOverride { reason: " \u{200B} ".to_owned() };
        assert_eq!(
            refused(|basket| basket.items[0].staff_override = Some(reason)),
            at("items[0].staff_override.reason", "missing_reason")
        );
        let customer = Customer { id: Some("a\0b".to_owned()), ..Customer::default() };
        assert_eq!(refused(|basket| basket.customer = Some(customer)), at("customer.id", "invalid_value"));
    }

    #[test]
    fn an_empty_basket_can_be_asked_about() {
        assert!(Basket { items: Vec::new(), ..basket() }.checked().is_ok());
        assert!(basket().checked().is_ok());
    }
}
