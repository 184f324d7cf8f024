//! Which limits an order uses: of codes, offers, products, types of ticket and events.

use super::basket::Basket;
use super::order::SoldTicket;
use super::price_basket::Priced;
use crate::promotions::Demand;
use crate::promotions::ledger::Limit;
use pricing::{Offer, TicketPart};
use std::sync::Arc;

/// What the order of a priced basket uses. `tickets` are the sold tickets, in the order of the engine's.
pub fn demand(basket: &Basket, priced: &Priced, tickets: &[SoldTicket]) -> Demand {
    let mut demand = Demand::default();
    for ticket in tickets {
        let assortment = &priced.assortment;
        let known = (assortment.products.get(&ticket.product), assortment.categories.get(&ticket.category));
        let (Some(product), Some(category)) = known else { continue };
        let event = ticket.event.as_ref().and_then(|key| assortment.events.get(key));
        for (limit, most) in assortment.limits_of(product, category, event.map(Arc::as_ref)) {
            demand.for_ticket(limit, most, &ticket.id);
        }
    }
    for applied in &priced.price.applied {
        let Some(offer) = offer(priced, &applied.offer) else { continue };
        demand.for_order(Limit::offer_orders(&offer.id), offer.max_orders);
        if let Some(customer) = basket.customer_id() {
            demand.for_order(Limit::customer_orders(&offer.id, customer), offer.max_orders_per_customer);
        }
        if let Some(code) = &applied.code {
            let known = offer.codes.iter().find(|known| known.code == *code);
            demand.for_order(Limit::code(pricing::fold_code(code)), known.and_then(|known| known.max_uses));
        }
    }
    for (ticket, price) in tickets.iter().zip(&priced.price.tickets) {
        for share in price.offers.iter().filter(|share| share.part != TicketPart::PaidInBundle) {
            let Some(offer) = priced.price.applied.get(share.applied).and_then(|one| offer(priced, &one.offer)) else {
                continue;
            };
            demand.for_ticket(Limit::offer_tickets(&offer.id), offer.max_tickets_total, &ticket.id);
            let Some(line) = priced.scenario.basket.get(price.line) else { continue };
            for limit in offer.item_limits.iter().filter(|limit| limit.scope.contains(line)) {
                demand.for_ticket(Limit::item_tickets(&offer.id, limit), limit.max_tickets_total, &ticket.id);
            }
        }
    }
    demand
}

fn offer<'p>(priced: &'p Priced, id: &str) -> Option<&'p Offer> {
    priced.scenario.offers.iter().find(|offer| offer.id == id)
}
