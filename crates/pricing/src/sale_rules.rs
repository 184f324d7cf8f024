//! The sale rules of the lines: what stands in the way of selling them.
//!
//! Numbers of tickets are counted over all lines of one ticket type at one event, so that splitting a line neither gets around a
//! most nor misses a least.

use std::collections::{HashMap, HashSet};

use crate::code::fold_code;
use crate::reason::ProblemReason;
use crate::result::Problem;
use crate::scenario::{Line, SaleRules, Scenario};

/// Checks every line; `is_priced` tells which of them something sells.
pub(crate) fn problems(scenario: &Scenario, is_priced: &[bool]) -> Vec<Problem> {
    let entered: HashSet<String> = scenario.codes_entered.iter().map(|code| fold_code(code)).collect();
    let lines = scenario.basket.iter().enumerate();
    let in_order: HashSet<&str> =
        lines.clone().filter(|(place, _)| is_priced[*place]).map(|(_, line)| line.category.as_str()).collect();
    let mut quantities: HashMap<TicketType<'_>, u32> = HashMap::new();
    for line in scenario.basket.iter().filter(|line| !line.sale_rules.are_none()) {
        *quantities.entry(ticket_type(line)).or_default() += line.quantity;
    }
    let mut found = Vec::new();
    for (place, line) in lines {
        let overridden = line.staff_override && scenario.channel.is_staffed();
        let mut report = |reason, overridden, left| {
            found.push(Problem { line: line.line.clone(), reason, overridden, left });
        };
        if !is_priced[place] {
            report(ProblemReason::NotForSale, false, None);
        }
        let quantity = quantities.get(&ticket_type(line)).copied().unwrap_or(line.quantity);
        for reason in broken_rules(scenario, line, quantity, &entered, &in_order) {
            match reason {
                ProblemReason::SoldOut => report(reason, false, line.sale_rules.left),
                _ => report(reason, overridden, None),
            }
        }
    }
    found
}

/// What makes tickets one type at one event. Rules belong to a type, so lines under other rules are another one.
type TicketType<'s> = (&'s str, [Option<&'s str>; 4], &'s SaleRules);

fn ticket_type(line: &Line) -> TicketType<'_> {
    let places = [&line.product, &line.museum, &line.exhibition, &line.event];
    (&line.category, places.map(Option::as_deref), &line.sale_rules)
}

/// The rules that a line breaks if there are so many tickets of its type in the order.
fn broken_rules(
    scenario: &Scenario,
    line: &Line,
    quantity: u32,
    entered: &HashSet<String>,
    in_order: &HashSet<&str>,
) -> impl Iterator<Item = ProblemReason> {
    let rules = &line.sale_rules;
    [
        (!rules.channels.is_empty() && !rules.channels.contains(&scenario.channel), ProblemReason::WrongChannel),
        (
            !rules.codes.is_empty() && !rules.codes.iter().any(|code| entered.contains(&fold_code(code))),
            ProblemReason::CodeRequired,
        ),
        (rules.min_quantity.is_some_and(|least| quantity < least), ProblemReason::BelowMinimumQuantity),
        (rules.max_quantity.is_some_and(|most| quantity > most), ProblemReason::AboveMaximumQuantity),
        (rules.left.is_some_and(|left| quantity > left), ProblemReason::SoldOut),
        (
            !rules.requires.is_empty() && !rules.requires.iter().any(|category| in_order.contains(category.as_str())),
            ProblemReason::CompanionAlone,
        ),
    ]
    .into_iter()
    .filter_map(|(broken, reason)| broken.then_some(reason))
}
