//! Quotes: the engine's answer in the words of the API, each line with its product and category.

use super::price_basket::Priced;
use crate::kernel::Cents;
use crate::kernel::slug::Slug;
use pricing::{CustomerAction, PricedBasket};
use serde::{Deserialize, Serialize};

/// What a basket costs, and why.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Quote {
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// What is to pay.
    #[schema(value_type = String, examples("36.00"))]
    pub total: Cents,
    /// The sum of the regular prices.
    #[schema(value_type = String)]
    pub original_total: Cents,
    /// What is saved.
    #[schema(value_type = String)]
    pub discount_total: Cents,
    /// The lines that can be sold.
    pub lines: Vec<LinePrice>,
    /// The VAT in it, per rate.
    pub vat: Vec<Vat>,
    /// The offers that made the price.
    pub applied: Vec<Applied>,
    /// The codes that are not used, and why.
    pub rejected: Vec<Rejected>,
    /// The codes that wait for tickets.
    pub pending: Vec<String>,
    /// What happens to the customer when the order is placed.
    #[schema(value_type = Vec<Object>)]
    pub customer_actions: Vec<CustomerAction>,
    /// The categories that price lists in play offer.
    pub offered: Vec<Offered>,
    /// What stands in the way of an order.
    pub problems: Vec<LineProblem>,
    /// Whether the total is proven lowest.
    pub optimal: bool,
    /// When it is not: no assignment of the offers saves more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub upper_bound_discount: Option<Cents>,
    /// Whether a typed code could work now on this channel while no automatic offer acts on this basket.
    pub code_entry_open: bool,
}

/// A line with the prices of its tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LinePrice {
    /// The name of the line.
    pub line: String,
    /// Its product.
    pub product: Slug,
    /// Its category.
    pub category: Slug,
    /// The audience whose price it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Slug>,
    /// The regular price of one ticket; absent when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub original_unit_price: Option<Cents>,
    /// Its tickets by price, prices falling.
    pub units: Vec<UnitPrice>,
    /// The sum.
    #[schema(value_type = String)]
    pub total: Cents,
}

/// Tickets at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitPrice {
    /// How many.
    pub quantity: u32,
    /// What each costs.
    #[schema(value_type = String)]
    pub price: Cents,
}

/// The VAT of one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Vat {
    /// The rate in per cent.
    pub rate: String,
    /// The sum of the prices.
    #[schema(value_type = String)]
    pub gross: Cents,
    /// The sum without the tax.
    #[schema(value_type = String)]
    pub net: Cents,
    /// The tax.
    #[schema(value_type = String)]
    pub tax: Cents,
}

/// An offer that made the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Applied {
    /// The offer.
    pub offer: String,
    /// Its code; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it saves.
    #[schema(value_type = String)]
    pub discount: Cents,
}

/// A code that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Rejected {
    /// The code as it was typed.
    pub code: String,
    /// Why.
    pub reason: &'static str,
}

/// A category that a price list in play offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Offered {
    /// The offer.
    pub offer: String,
    /// The category.
    pub category: String,
    /// Its price.
    #[schema(value_type = String)]
    pub price: Cents,
    /// The price to strike through.
    #[schema(value_type = Option<String>)]
    pub original_price: Option<Cents>,
}

/// What stands in the way of selling a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LineProblem {
    /// The line.
    pub line: String,
    /// Why.
    #[schema(value_type = String)]
    pub reason: pricing::ProblemReason,
    /// How many tickets are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// Whether staff sell it nevertheless.
    pub overridden: bool,
}

impl Quote {
    /// The quote for a priced basket.
    pub fn of(priced: &Priced, code_entry_open: bool) -> Self {
        let Priced { price, scenario, .. } = priced;
        Self {
            currency: scenario.currency.clone(),
            total: price.total,
            original_total: price.original_total,
            discount_total: price.discount_total,
            lines: lines(priced),
            vat: vat(price),
            applied: price
                .applied
                .iter()
                .map(|one| Applied { offer: one.offer.clone(), code: one.code.clone(), discount: one.discount })
                .collect(),
            rejected: rejected(price, |_| true),
            pending: price.pending.clone(),
            customer_actions: price.customer_actions.clone(),
            offered: price
                .offered
                .iter()
                .map(|one| Offered {
                    offer: one.offer.clone(),
                    category: one.category.clone(),
                    price: one.price,
                    original_price: one.original_price,
                })
                .collect(),
            problems: problems(price),
            optimal: price.optimal,
            upper_bound_discount: price.upper_bound_discount,
            code_entry_open,
        }
    }
}

/// The VAT of a price.
pub fn vat(price: &PricedBasket) -> Vec<Vat> {
    let row = |row: &pricing::VatRow| Vat { rate: row.rate.to_string(), gross: row.gross, net: row.net, tax: row.tax };
    price.vat.iter().map(row).collect()
}

/// The refused codes whose reason is wanted.
pub fn rejected(price: &PricedBasket, wanted: impl Fn(pricing::Reason) -> bool) -> Vec<Rejected> {
    let wanted = price.rejected.iter().filter(|one| wanted(one.reason));
    wanted.map(|one| Rejected { code: one.code.clone(), reason: one.reason.name() }).collect()
}

/// What stands in the way of an order, what staff override included.
pub fn problems(price: &PricedBasket) -> Vec<LineProblem> {
    let problem = |one: &pricing::Problem| LineProblem {
        line: one.line.clone(),
        reason: one.reason,
        left: one.left,
        overridden: one.overridden,
    };
    price.problems.iter().map(problem).collect()
}

/// The lines with their prices.
pub fn lines(priced: &Priced) -> Vec<LinePrice> {
    let named = |line: &pricing::PricedLine| {
        let asked = priced.scenario.basket.iter().find(|asked| asked.line == line.line)?;
        Some(LinePrice {
            line: line.line.clone(),
            product: asked.product.as_ref()?.parse().ok()?,
            category: asked.category.parse().ok()?,
            audience: priced.audiences.get(&line.line).cloned(),
            original_unit_price: line.original_unit_price,
            units: line.units.iter().map(|units| UnitPrice { quantity: units.quantity, price: units.price }).collect(),
            total: line.total,
        })
    };
    priced.price.lines.iter().filter_map(named).collect()
}

/// Prices as units: equal ones together, prices falling.
pub fn units(mut prices: Vec<Cents>) -> Vec<UnitPrice> {
    prices.sort_unstable_by(|one, other| other.cmp(one));
    let mut units: Vec<UnitPrice> = Vec::new();
    for price in prices {
        match units.last_mut() {
            Some(last) if last.price == price => last.quantity += 1,
            _ => units.push(UnitPrice { quantity: 1, price }),
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_prices_stand_together_and_fall() {
        let cents = [500, 900, 500].map(Cents).to_vec();
        let expected = [UnitPrice { quantity: 1, price: Cents(900) }, UnitPrice { quantity: 2, price: Cents(500) }];
        assert_eq!(units(cents), expected);
        assert!(units(Vec::new()).is_empty());
    }
}
