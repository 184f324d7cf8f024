//! Why the price is what it is, as data that a cashier's screen can put into words: every entry has a message key, never
//! a sentence.
//!
//! Hints are found by pricing the basket with one more ticket, so what a hint promises is what the till will charge. Where a
//! total is not proven in time there is no hint.

use chrono::NaiveDate;
use serde::Serialize;

use crate::budget::Budget;
use crate::money::Cents;
use crate::offer::Offer;
use crate::price::price;
use crate::reason::Reason;
use crate::result::{PricedBasket, PricedTicket, TicketPart};
use crate::scenario::Scenario;
use crate::scope;
use crate::uses::find_code;

/// Most lines for which one more ticket is tried, so that an explanation costs little more than a price.
const LINES_TRIED_MAX: usize = 20;

/// The explanation of a priced basket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Explanation {
    /// What happens to the tickets of each line.
    pub lines: Vec<LineExplanation>,
    /// Why entered codes are not used.
    pub refused: Vec<RefusedCode>,
    /// What would bring more.
    pub hints: Vec<Hint>,
}

/// What happens to the tickets of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineExplanation {
    /// Name of the line.
    pub line: String,
    /// Its tickets, those with the same fate together, in basket order.
    pub tickets: Vec<TicketGroup>,
}

/// Tickets with the same fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketGroup {
    /// How many.
    pub quantity: u32,
    /// Regular price, or the price of the alternative list.
    pub list_price: Cents,
    /// What each costs.
    pub paid_price: Cents,
    /// What made it so, in the order of acting; empty means the regular price.
    pub touched_by: Vec<Touch>,
}

/// What one offer does to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Touch {
    /// `ticket.discounted`, `ticket.paid_in_bundle` or `ticket.rewarded_in_bundle`.
    pub key: &'static str,
    /// The offer's id.
    pub offer: String,
    /// The offer's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that brought it into play.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it takes off.
    pub discount: Cents,
}

/// Why an entered code is not used, with the facts that the message needs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RefusedCode {
    /// The code as typed.
    pub code: String,
    /// `refused.` and the reason.
    pub key: String,
    /// The offer of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// First valid day, if it is still to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last valid day, if it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// What the basket lacks of the least order value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_value: Option<Cents>,
    /// Tickets in scope that the basket lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_tickets: Option<u32>,
    /// Tickets in scope that the basket has too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tickets_over: Option<u32>,
    /// The offers that are used instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_favour_of: Vec<String>,
    /// What the code would cost the customer, had it been the only one: the total with it alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_alone: Option<Cents>,
}

/// What one more ticket would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// `hint.one_more_is_free`, `hint.one_more_lowers_the_total` or `hint.one_more_costs_less`.
    pub key: &'static str,
    /// The line with the one more ticket.
    pub line: String,
    /// What the one more ticket adds to the total; negative if the total falls.
    pub adds: Cents,
    /// The regular price of a ticket.
    pub instead_of: Cents,
}

/// Explains a price. The scenario is the one that was priced; all prices asked for on the way share the budget.
pub fn explain(scenario: &Scenario, priced: &PricedBasket, budget: &Budget<'_>) -> Explanation {
    let questions = priced.rejected.len() + scenario.basket.len().min(LINES_TRIED_MAX);
    let budget = &Budget { steps: budget.steps / (questions as u64).max(1), time_left: budget.time_left };
    Explanation {
        lines: lines(scenario, priced),
        refused: priced.rejected.iter().map(|one| refused(scenario, priced, &one.code, one.reason, budget)).collect(),
        hints: hints(scenario, priced, budget),
    }
}

fn lines(scenario: &Scenario, priced: &PricedBasket) -> Vec<LineExplanation> {
    let mut lines: Vec<LineExplanation> = Vec::new();
    let mut last: Option<&PricedTicket> = None;
    for ticket in &priced.tickets {
        let is_same_line = last.is_some_and(|last| last.line == ticket.line);
        let is_same = last == Some(ticket);
        last = Some(ticket);
        if !is_same_line {
            lines.push(LineExplanation { line: scenario.basket[ticket.line].line.clone(), tickets: Vec::new() });
        }
        let Some(line) = lines.last_mut() else { continue };
        match line.tickets.last_mut() {
            Some(group) if is_same => group.quantity += 1,
            _ => line.tickets.push(TicketGroup {
                quantity: 1,
                list_price: ticket.list_price,
                paid_price: ticket.paid_price,
                touched_by: touches(scenario, priced, ticket),
            }),
        }
    }
    lines
}

fn touches(scenario: &Scenario, priced: &PricedBasket, ticket: &PricedTicket) -> Vec<Touch> {
    let touch = |share: &crate::result::TicketShare| {
        let applied = &priced.applied[share.applied];
        let offer = scenario.offers.iter().find(|offer| offer.id == applied.offer);
        Touch {
            key: match share.part {
                TicketPart::Discounted => "ticket.discounted",
                TicketPart::PaidInBundle => "ticket.paid_in_bundle",
                TicketPart::RewardedInBundle => "ticket.rewarded_in_bundle",
            },
            offer: applied.offer.clone(),
            name: offer.and_then(|offer| offer.name.clone()),
            code: applied.code.clone(),
            discount: share.discount,
        }
    };
    ticket.offers.iter().map(touch).collect()
}

fn refused(scenario: &Scenario, priced: &PricedBasket, code: &str, reason: Reason, budget: &Budget<'_>) -> RefusedCode {
    let mut refused =
        RefusedCode { code: code.to_owned(), key: format!("refused.{}", reason.name()), ..RefusedCode::default() };
    let Some(offer) = find_code(scenario, code) else { return refused };
    refused.offer = Some(offer.id.clone());
    match reason {
        Reason::NotYetValid => refused.valid_from = offer.valid_from,
        Reason::Expired => refused.valid_until = offer.valid_until,
        Reason::BelowMinimumOrder => {
            let value = crate::uses::order_value(&scenario.basket);
            refused.missing_value = offer.min_order_value.map(|least| least - value);
        }
        Reason::TooFewTickets => {
            refused.missing_tickets = offer.min_tickets.map(|least| least.saturating_sub(in_scope(scenario, offer)));
        }
        Reason::TooManyTickets => {
            refused.tickets_over = offer.max_tickets.map(|most| in_scope(scenario, offer).saturating_sub(most));
        }
        Reason::AutomaticOfferActive | Reason::NotCombinable | Reason::NoBetterPrice => {
            refused.in_favour_of = priced.applied.iter().map(|applied| applied.offer.clone()).collect();
            let mut alone = scenario.clone();
            alone.codes_entered = vec![code.to_owned()];
            alone.offers.retain(|other| other.id == offer.id);
            alone.staff_overrides.retain(|id| *id == offer.id);
            alone.refund = None;
            refused.total_alone = price(&alone, budget).ok().map(|priced| priced.total);
        }
        _ => {}
    }
    refused
}

fn in_scope(scenario: &Scenario, offer: &Offer) -> u32 {
    let lines = scenario.basket.iter().filter(|line| scope::check(offer, line).is_ok());
    lines.map(|line| line.quantity).sum()
}

fn hints(scenario: &Scenario, priced: &PricedBasket, budget: &Budget<'_>) -> Vec<Hint> {
    let hint = |place: usize| {
        let line = &scenario.basket[place];
        let instead_of = line.unit_price?;
        let mut more = scenario.clone();
        more.basket[place].quantity += 1;
        more.refund = None;
        let more = price(&more, budget).ok().filter(|more| more.optimal)?;
        let adds = more.total - priced.total;
        let key = match adds {
            Cents(..0) => "hint.one_more_lowers_the_total",
            Cents::ZERO if instead_of > Cents::ZERO => "hint.one_more_is_free",
            adds if adds < usual_price(priced, place, instead_of) => "hint.one_more_costs_less",
            _ => return None,
        };
        Some(Hint { key, line: line.line.clone(), adds, instead_of })
    };
    let lines = if priced.optimal { scenario.basket.len().min(LINES_TRIED_MAX) } else { 0 };
    (0..lines).filter_map(hint).collect()
}

/// What a ticket of the line costs at least now; one more at that price is nothing to point out.
fn usual_price(priced: &PricedBasket, place: usize, regular: Cents) -> Cents {
    let of_line = priced.tickets.iter().filter(|ticket| ticket.line == place);
    of_line.map(|ticket| ticket.paid_price).filter(|price| *price > Cents::ZERO).min().unwrap_or(regular)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_scenario;
    use serde_json::{Value, json};

    fn explained(basket: &Value, offers: &Value, codes: &Value) -> Value {
        let scenario = json!({"now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR",
            "channel": "online", "basket": basket, "offers": offers, "codes_entered": codes});
        let scenario = parse_scenario(&scenario.to_string()).unwrap();
        let priced = price(&scenario, &Budget::default()).unwrap();
        serde_json::to_value(explain(&scenario, &priced, &Budget::default())).unwrap()
    }

    #[test]
    fn a_bundle_names_who_pays_who_is_free_and_that_one_more_would_be_free() {
        let explained = explained(
            &json!([{"line": "1", "category": "adult", "unit_price": "14.00", "quantity": 3}]),
            &json!([{"id": "pair", "name": "Two for one", "codes": [{"code": "PAIR"}],
                     "effect": {"type": "bundle", "buy": 1, "get": 1, "percent": "100"}}]),
            &json!(["pair"]),
        );
        let touch = |part: &str, discount: &str| json!({"key": format!("ticket.{part}"), "offer": "pair", "name": "Two for one", "code": "PAIR", "discount": discount});
        assert_eq!(
            explained["lines"][0]["tickets"],
            json!([
                {"quantity": 1, "list_price": "14.00", "paid_price": "14.00", "touched_by": [touch("paid_in_bundle", "0.00")]},
                {"quantity": 1, "list_price": "14.00", "paid_price": "0.00", "touched_by": [touch("rewarded_in_bundle", "14.00")]},
                {"quantity": 1, "list_price": "14.00", "paid_price": "14.00", "touched_by": []},
            ])
        );
        assert_eq!(
            explained["hints"],
            json!([{"key": "hint.one_more_is_free", "line": "1", "adds": "0.00", "instead_of": "14.00"}])
        );
    }

    #[test]
    fn a_refused_code_comes_with_the_facts() {
        let percent = |id: &str, percent: &str, more: Value| {
            let mut offer =
                json!({"id": id, "codes": [{"code": id}], "effect": {"type": "percent_off", "percent": percent}});
            offer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            offer
        };
        let explained = explained(
            &json!([{"line": "1", "category": "adult", "unit_price": "14.00", "quantity": 2}]),
            &json!([
                percent("over", "50", json!({"valid_until": "2026-05-31"})),
                percent("group", "50", json!({"min_tickets": 3})),
                percent("big", "50", json!({"min_order_value": "30.00"})),
                percent("best", "30", json!({})),
                percent("good", "20", json!({})),
            ]),
            &json!(["over", "group", "big", "best", "good", "none"]),
        );
        assert_eq!(
            explained["refused"],
            json!([
                {"code": "over", "key": "refused.expired", "offer": "over", "valid_until": "2026-05-31"},
                {"code": "group", "key": "refused.too_few_tickets", "offer": "group", "missing_tickets": 1},
                {"code": "big", "key": "refused.below_minimum_order", "offer": "big", "missing_value": "2.00"},
                {"code": "good", "key": "refused.no_better_price", "offer": "good", "in_favour_of": ["best"], "total_alone": "22.40"},
                {"code": "none", "key": "refused.unknown_code"},
            ])
        );
        assert_eq!(
            explained["hints"],
            json!([{"key": "hint.one_more_costs_less", "line": "1", "adds": "1.40", "instead_of": "14.00"}])
        );
    }

    #[test]
    fn one_more_ticket_may_lower_the_total() {
        let explained = explained(
            &json!([{"line": "1", "category": "adult", "unit_price": "14.00", "quantity": 5}]),
            &json!([{"id": "group", "codes": [{"code": "G"}], "min_tickets": 6, "effect": {"type": "ticket_price", "price": "10.00"}}]),
            &json!(["G"]),
        );
        assert_eq!(explained["hints"][0]["key"], "hint.one_more_lowers_the_total");
        assert_eq!(explained["hints"][0]["adds"], "-10.00");
    }
}
