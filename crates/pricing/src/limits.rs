//! What a scenario may be at most, and what must hold between its parts. Promises that everything that passes can be
//! priced in bounded time and memory, also when the scenario was built in code.

use std::collections::HashSet;

use iso_currency::Currency;

use crate::code::fold_code;
use crate::effect::{Effect, Layer};
use crate::error::ScenarioError;
use crate::money::{Cents, MAX_AMOUNT};
use crate::offer::Offer;
use crate::scenario::{Line, Scenario};

/// Most bytes of a scenario's JSON text.
pub const TEXT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most lines of a basket.
pub const LINES_MAX: usize = 2_000;
/// Most tickets of a basket.
pub const TICKETS_MAX: u32 = 10_000;
/// Most offers of a scenario.
pub const OFFERS_MAX: usize = 5_000;
/// Most codes entered in one order.
pub const CODES_ENTERED_MAX: usize = 200;

/// The most that all tickets of a basket may cost, so that no sum of the search can overflow.
const BASKET_AMOUNT_MAX: Cents = Cents(100_000_000_000_000);

/// Refuses a scenario that is too large or contradicts itself.
///
/// # Errors
///
/// Names the path and what is wrong there.
pub(crate) fn check(scenario: &Scenario) -> Result<(), ScenarioError> {
    check_currency(&scenario.currency)?;
    check_lengths(scenario)?;
    check_basket(&scenario.basket)?;
    check_offers(&scenario.offers)?;
    check_worth(scenario)?;
    for (index, id) in scenario.staff_overrides.iter().enumerate() {
        if !scenario.offers.iter().any(|offer| offer.id == *id) {
            return refuse(format!("staff_overrides[{index}]"), format!("no offer {id:?}"));
        }
    }
    check_refund(scenario)
}

/// Says why a list is too long.
pub(crate) fn refuse_long_list(length: usize, most: usize, what: &str) -> Result<(), String> {
    if length > most { Err(format!("{length} {what} are more than {most}")) } else { Ok(()) }
}

fn check_currency(code: &str) -> Result<(), ScenarioError> {
    match Currency::from_code(code) {
        Some(currency) if currency.exponent() == Some(2) => Ok(()),
        Some(_) => refuse("currency", format!("{code:?} has no two decimals")),
        None => refuse("currency", format!("{code:?} is not an ISO 4217 currency")),
    }
}

fn check_lengths(scenario: &Scenario) -> Result<(), ScenarioError> {
    for (path, length, most) in [
        ("basket", scenario.basket.len(), LINES_MAX),
        ("offers", scenario.offers.len(), OFFERS_MAX),
        ("codes_entered", scenario.codes_entered.len(), CODES_ENTERED_MAX),
    ] {
        refuse_long_list(length, most, "items").or_else(|why| refuse(path, why))?;
    }
    Ok(())
}

fn check_basket(basket: &[Line]) -> Result<(), ScenarioError> {
    let mut tickets: u32 = 0;
    let mut names = HashSet::with_capacity(basket.len());
    for (index, line) in basket.iter().enumerate() {
        if !names.insert(line.line.as_str()) {
            return refuse(format!("basket[{index}].line"), format!("{:?} stands twice", line.line));
        }
        if line.quantity == 0 {
            return refuse(format!("basket[{index}].quantity"), "0 is below 1");
        }
        tickets = tickets.saturating_add(line.quantity);
        if tickets > TICKETS_MAX {
            let message = format!("{} makes more than {TICKETS_MAX} tickets", line.quantity);
            return refuse(format!("basket[{index}].quantity"), message);
        }
        for price in line.unit_price.iter().chain(line.audience_prices.values()) {
            check_amount(*price, || format!("basket[{index}]"))?;
        }
    }
    Ok(())
}

/// Tickets without a regular price count as the dearest listed one, as the search does.
fn check_worth(scenario: &Scenario) -> Result<(), ScenarioError> {
    let listed = scenario.offers.iter().flat_map(|offer| match &offer.effect {
        Some(Effect::PriceList { prices, .. }) => prices.as_slice(),
        _ => &[],
    });
    let dearest_listed = listed.map(|entry| entry.price).max().unwrap_or_default();
    let mut worth = Cents::ZERO;
    for (index, line) in scenario.basket.iter().enumerate() {
        worth += Cents(line.unit_price.unwrap_or(dearest_listed).0 * i64::from(line.quantity));
        if worth > BASKET_AMOUNT_MAX {
            return refuse(format!("basket[{index}]"), format!("the tickets cost more than {BASKET_AMOUNT_MAX}"));
        }
    }
    Ok(())
}

fn check_offers(offers: &[Offer]) -> Result<(), ScenarioError> {
    let mut ids = HashSet::with_capacity(offers.len());
    let mut codes = HashSet::new();
    for (index, offer) in offers.iter().enumerate() {
        if !ids.insert(offer.id.as_str()) {
            return refuse(format!("offers[{index}].id"), format!("{:?} stands twice", offer.id));
        }
        for (number, code) in offer.codes.iter().enumerate() {
            if !codes.insert(fold_code(&code.code)) {
                let path = format!("offers[{index}].codes[{number}].code");
                return refuse(path, format!("{:?} stands twice", code.code));
            }
        }
        check_effect(offer, index)?;
    }
    Ok(())
}

fn check_effect(offer: &Offer, index: usize) -> Result<(), ScenarioError> {
    let Some(effect) = &offer.effect else { return Ok(()) };
    let has_ticket_quota =
        offer.max_tickets_total.is_some() || offer.max_discounted_tickets.is_some() || !offer.item_limits.is_empty();
    if effect.layer() == Layer::Order && has_ticket_quota {
        let message = "a ticket quota is not allowed with an effect on the order";
        return refuse(format!("offers[{index}].effect"), message);
    }
    let path = || format!("offers[{index}].effect");
    match effect {
        Effect::PriceList { prices, .. } => prices.iter().try_for_each(|entry| check_amount(entry.price, path)),
        Effect::AmountOffTicket { amount: money }
        | Effect::AmountOffOrder { amount: money }
        | Effect::TicketPrice { price: money }
        | Effect::PercentOff { max_discount: Some(money), .. }
        | Effect::PercentOffOrder { max_discount: Some(money), .. } => check_amount(*money, path),
        Effect::Bundle(bundle) if bundle.buy == 0 || bundle.get == 0 => refuse(path(), "0 is below 1"),
        Effect::Bundle(_)
        | Effect::PriceAudience { .. }
        | Effect::PercentOff { .. }
        | Effect::PercentOffOrder { .. } => Ok(()),
    }
}

fn check_amount(amount: Cents, path: impl Fn() -> String) -> Result<(), ScenarioError> {
    if (Cents::ZERO..=MAX_AMOUNT).contains(&amount) {
        Ok(())
    } else {
        refuse(path(), format!("{amount} is not an amount from 0.00 to {MAX_AMOUNT}"))
    }
}

fn check_refund(scenario: &Scenario) -> Result<(), ScenarioError> {
    let Some(refund) = &scenario.refund else { return Ok(()) };
    let mut lines = HashSet::new();
    for (index, returned) in refund.returned.iter().enumerate() {
        let path = |field: &str| format!("refund.returned[{index}].{field}");
        let Some(line) = scenario.basket.iter().find(|line| line.line == returned.line) else {
            return refuse(path("line"), format!("no line {:?}", returned.line));
        };
        if !lines.insert(returned.line.as_str()) {
            return refuse(path("line"), format!("{:?} stands twice", returned.line));
        }
        if returned.quantity > line.quantity {
            let message = format!("{} is more than the {} tickets of the line", returned.quantity, line.quantity);
            return refuse(path("quantity"), message);
        }
    }
    Ok(())
}

fn refuse<T>(path: impl Into<String>, message: impl Into<String>) -> Result<T, ScenarioError> {
    Err(ScenarioError::new(path, message))
}
