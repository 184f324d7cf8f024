//! The answer to one code as people read it: one word, one line, what to do, and whom to compare with.

use crate::entry::check::Answer;
use crate::kernel::ids::AnnualTicketId;
use crate::web::pages::Words;
use card::{Reason, Verdict};

/// The answer to one code, in one language.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// `admit`, `attention` or `refuse`.
    pub(super) kind: &'static str,
    /// The one word.
    pub(super) word: String,
    /// What is so.
    pub(super) line: String,
    /// What to do.
    pub(super) next: Option<String>,
    /// Whom to compare with.
    pub(super) person: Option<Person>,
}

/// Whom to compare with.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The name on the card.
    pub(super) name: String,
    /// Whose portrait shows the person.
    pub(super) portrait: Option<AnnualTicketId>,
}

impl Said {
    /// What to say of an answer. `was_typed`: somebody typed the number on the card instead of scanning it, and that proves nothing.
    pub(super) fn of(answer: &Answer, words: Words, was_typed: bool) -> Self {
        let kind = answer.verdict.as_str();
        let (line, next) = match &answer.verdict {
            Verdict::Admit(_) => (valid_line(answer, words), None),
            Verdict::Attention(_, reason) => {
                (attention_line(answer, words, *reason), Some(next(words, *reason, false)))
            }
            Verdict::Refuse(reason) => (refusal_line(answer, words, *reason), Some(next(words, *reason, true))),
        };
        let compare = (was_typed && answer.verdict.permit().is_some()).then(|| words.t("entry-compare-person"));
        Self {
            kind,
            word: words.t(&format!("verdict-{kind}")),
            line,
            next: match (next, compare) {
                (Some(next), Some(compare)) => Some(format!("{next} {compare}")),
                (next, compare) => next.or(compare),
            },
            person: answer
                .holder
                .as_ref()
                .map(|holder| Person { name: holder.name.clone(), portrait: holder.portrait }),
        }
    }
}

/// `Annual ticket · valid until 20 November 2027 · 1 + 1 companion`.
fn valid_line(answer: &Answer, words: Words) -> String {
    let language = words.language.as_str();
    let product = answer.card.as_ref().and_then(|card| card.product.as_ref());
    let product = product.map(|names| names.get(language).to_owned());
    let until = answer.days.map(|(_, last)| words.t1("entry-valid-until", "date", words.date(last.to_date())));
    let companions = companions(answer, words);
    product.into_iter().chain(until).chain(companions).collect::<Vec<_>>().join(" · ")
}

fn companions(answer: &Answer, words: Words) -> Option<String> {
    (answer.companions > 0).then(|| words.t1("entry-with-companions", "count", i64::from(answer.companions)))
}

fn attention_line(answer: &Answer, words: Words, reason: Reason) -> String {
    let what = words.t(&key(reason));
    match companions(answer, words) {
        Some(companions) => format!("{what} · {companions}"),
        None => what,
    }
}

fn refusal_line(answer: &Answer, words: Words, reason: Reason) -> String {
    let key = key(reason);
    match (reason, answer.days, &answer.card) {
        (Reason::NotYetValid, Some((first, _)), _) => {
            words.t1("verdict-not-yet-valid-on", "date", words.date(first.to_date()))
        }
        (Reason::Expired, Some((_, last)), _) => words.t1("verdict-expired-on", "date", words.date(last.to_date())),
        (Reason::WrongHouse, _, Some(card)) if !card.opens.is_empty() => {
            words.t1("verdict-wrong-house-opens", "houses", card.opens.join(", "))
        }
        _ => words.t(&key),
    }
}

/// Some reasons ask for attention in one house and refuse in another: then something else is to be done.
fn next(words: Words, reason: Reason, is_refused: bool) -> String {
    let key = key(reason);
    let refused = format!("{key}-refused-next");
    if is_refused && words.has(&refused) { words.t(&refused) } else { words.t(&format!("{key}-next")) }
}

fn key(reason: Reason) -> String {
    format!("verdict-{}", reason.as_str().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::Language;
    use card::CardDay;

    fn refused(reason: Reason) -> Answer {
        let days = Some((CardDay::FIRST, CardDay::LAST));
        Answer { verdict: Verdict::Refuse(reason), days, holder: None, companions: 0, card: None }
    }

    #[test]
    fn every_reason_says_what_is_so_and_what_to_do_in_every_language() {
        for language in Language::ALL {
            let words = Words::of(language);
            let mut lines = Vec::new();
            for reason in Reason::ALL {
                let said = Said::of(&refused(reason), words, false);
                let next = said.next.expect("what to do");
                for text in [&said.word, &said.line, &next] {
                    assert!(
                        text.contains(|c: char| c.is_alphabetic()) && !text.contains("verdict-"),
                        "{language} {text}"
                    );
                }
                assert!(
                    said.line.chars().count() <= 60 && next.chars().count() <= 110,
                    "{language} {reason}: too long"
                );
                lines.push(said.line);
            }
            lines.sort();
            lines.dedup();
            assert_eq!(lines.len(), Reason::ALL.len(), "{language}: each reason has a line of its own");
        }
    }

    #[test]
    fn the_days_of_the_card_stand_in_the_line() {
        let words = Words::of(Language::En);
        let first = words.date(CardDay::FIRST.to_date());
        assert_eq!(Said::of(&refused(Reason::NotYetValid), words, false).line, format!("Valid from {first}"));
    }
}
