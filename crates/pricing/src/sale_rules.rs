//! The sale rules of the lines: what stands in the way of selling them.

use std::collections::HashSet;

use crate::code::fold_code;
use crate::reason::ProblemReason;
use crate::result::Problem;
use crate::scenario::{Line, Scenario};

/// Checks every line; `is_priced` tells which of them something sells.
pub(crate) fn problems(scenario: &Scenario, is_priced: &[bool]) -> Vec<Problem> {
    let entered: HashSet<String> = scenario.codes_entered.iter().map(|code| fold_code(code)).collect();
    let lines = scenario.basket.iter().enumerate();
    let in_order: HashSet<&str> =
        lines.clone().filter(|(place, _)| is_priced[*place]).map(|(_, line)| line.category.as_str()).collect();
    let mut found = Vec::new();
    for (place, line) in lines {
        let overridden = line.staff_override && scenario.channel.is_staffed();
        let mut report = |reason, overridden, left| {
            found.push(Problem { line: line.line.clone(), reason, overridden, left });
        };
        if !is_priced[place] {
            report(ProblemReason::NotForSale, false, None);
        }
        for reason in broken_rules(scenario, line, &entered, &in_order) {
            match reason {
                ProblemReason::SoldOut => report(reason, false, line.sale_rules.left),
                _ => report(reason, overridden, None),
            }
        }
    }
    found
}

fn broken_rules(
    scenario: &Scenario,
    line: &Line,
    entered: &HashSet<String>,
    in_order: &HashSet<&str>,
) -> impl Iterator<Item = ProblemReason> {
    let rules = &line.sale_rules;
    let quantity = line.quantity;
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
