//! The sentences for what stands in the way: of a code, of a line.

use super::priced::Looker;
use crate::kernel::Cents;
use crate::web::pages::Words;
use pricing::{Offer, Reason};

/// Why a code does not act: the sentence of the reason, and the day or number that it turns on.
pub(super) fn reason_text(reason: Reason, offer: Option<&Offer>, looker: &Looker<'_>) -> String {
    let words = looker.words;
    let money = |amount: Cents| words.money(amount, &looker.shop.frame.currency);
    let sentence = words.t(&format!("code-reason-{}", reason.name().replace('_', "-")));
    let more = offer.and_then(|offer| match reason {
        Reason::NotYetValid => Some(words.t1("code-valid-from", "day", words.date(offer.valid_from?))),
        Reason::Expired => Some(words.t1("code-valid-until", "day", words.date(offer.valid_until?))),
        Reason::BelowMinimumOrder => Some(words.t1("code-min-order", "amount", money(offer.min_order_value?))),
        Reason::TooFewTickets => Some(words.t1("code-min-tickets", "count", offer.min_tickets?)),
        Reason::TooManyTickets => Some(words.t1("code-max-tickets", "count", offer.max_tickets?)),
        _ => None,
    });
    more.map_or_else(|| sentence.clone(), |more| format!("{sentence} {more}"))
}

/// What stands in the way of a line.
pub(super) fn problem_text(problem: &pricing::Problem, line: Option<&pricing::Line>, words: Words) -> String {
    use pricing::ProblemReason;
    let rules = line.map(|line| &line.sale_rules);
    let number = match problem.reason {
        ProblemReason::SoldOut => problem.left.filter(|left| *left > 0).map(|left| ("line-problem-few-left", left)),
        ProblemReason::BelowMinimumQuantity => {
            rules.and_then(|rules| rules.min_quantity).map(|least| ("line-problem-at-least", least))
        }
        ProblemReason::AboveMaximumQuantity => {
            rules.and_then(|rules| rules.max_quantity).map(|most| ("line-problem-at-most", most))
        }
        _ => None,
    };
    let text = match number {
        Some((key, number)) => words.t1(key, "left", number),
        None => words.t(problem_key(problem.reason)),
    };
    if problem.overridden { words.t1("line-problem-overridden", "problem", text) } else { text }
}

/// The key of the sentence for a problem.
pub(super) const fn problem_key(reason: pricing::ProblemReason) -> &'static str {
    use pricing::ProblemReason;
    match reason {
        ProblemReason::NotForSale => "line-problem-not-for-sale",
        ProblemReason::WrongChannel => "line-problem-wrong-channel",
        ProblemReason::CodeRequired => "line-problem-code-required",
        ProblemReason::BelowMinimumQuantity => "line-problem-below-minimum-quantity",
        ProblemReason::AboveMaximumQuantity => "line-problem-above-maximum-quantity",
        ProblemReason::SoldOut => "line-problem-sold-out",
        ProblemReason::CompanionAlone => "line-problem-companion-alone",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::Language;
    use pricing::ProblemReason;

    #[test]
    fn every_reason_has_its_own_sentence_in_each_language() {
        let reasons = [
            Reason::UnknownCode,
            Reason::AlreadyEntered,
            Reason::Disabled,
            Reason::NotYetValid,
            Reason::Expired,
            Reason::Exhausted,
            Reason::WrongChannel,
            Reason::WrongBoxOfficeProfile,
            Reason::NotForThisCustomer,
            Reason::WrongMuseum,
            Reason::WrongExhibition,
            Reason::WrongEvent,
            Reason::NoMatchingTickets,
            Reason::BelowMinimumOrder,
            Reason::TooFewTickets,
            Reason::TooManyTickets,
            Reason::AutomaticOfferActive,
            Reason::NotCombinable,
            Reason::NoBetterPrice,
        ];
        let problems = [
            ProblemReason::NotForSale,
            ProblemReason::WrongChannel,
            ProblemReason::CodeRequired,
            ProblemReason::BelowMinimumQuantity,
            ProblemReason::AboveMaximumQuantity,
            ProblemReason::SoldOut,
            ProblemReason::CompanionAlone,
        ];
        for language in Language::ALL {
            let words = Words::of(language);
            let keys = reasons.map(|reason| format!("code-reason-{}", reason.name().replace('_', "-")));
            let keys = keys.into_iter().chain(problems.map(|problem| problem_key(problem).to_owned()));
            let mut sentences: Vec<String> = keys
                .map(|key| {
                    assert!(words.has(&key), "{key}");
                    words.t(&key)
                })
                .collect();
            sentences.sort();
            let count = sentences.len();
            sentences.dedup();
            assert_eq!(sentences.len(), count, "{language}: two reasons say the same");
        }
    }
}
