//! What returned tickets are worth: rule 12 of the engine, over several returns.

use super::order::{Order, SoldTicket, TicketState};
use crate::kernel::Cents;
use crate::kernel::ids::TicketId;
use pricing::{Budget, Scenario, ScenarioError, refund_amount};

/// What the returned tickets of an order are worth: at most what they cost, and at most what the kept tickets, priced with the same
/// scenario, leave of the total after earlier returns. `returned` are ids of tickets that are not cancelled yet.
///
/// # Errors
/// When the scenario cannot be priced any more.
pub fn returned_value(order: &Order, scenario: &Scenario, returned: &[TicketId]) -> Result<Cents, ScenarioError> {
    let is_returned = |ticket: &SoldTicket| returned.contains(&ticket.id);
    let cost: Cents = order.tickets.iter().filter(|ticket| is_returned(ticket)).map(|ticket| ticket.paid_price).sum();
    let kept = order.tickets.iter().filter(|ticket| ticket.state != TicketState::Cancelled && !is_returned(ticket));
    let mut rest = scenario.clone();
    rest.refund = None;
    for line in &mut rest.basket {
        line.quantity = 0;
    }
    for ticket in kept {
        for line in rest.basket.iter_mut().filter(|line| line.line == ticket.line) {
            line.quantity += 1;
        }
    }
    rest.basket.retain(|line| line.quantity > 0);
    let rest_total = pricing::price(&rest, &Budget::default())?.total;
    Ok(refund_amount(cost, order.total - order.returned_value(), rest_total))
}
