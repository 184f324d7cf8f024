//! The operations of the mailroom and the pickup desk.

mod boxes;
mod card_steps;
mod dispatch_list;
mod envelopes;
mod monitor;
mod steps;

use crate::app::SharedApp;
use crate::cards::Card;
use crate::cards::card::CardState;
use crate::kernel::ids::CardId;
use crate::kernel::text::clean;
use crate::web::Problem;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa_axum::router::OpenApiRouter;

/// The most cards of one request.
const CARDS_MAX: usize = 1_000;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(dispatch_list::router())
        .merge(steps::router())
        .merge(card_steps::router())
        .merge(boxes::router())
        .merge(envelopes::router())
        .merge(monitor::router())
}

/// A card that took a step.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct MovedCard {
    /// The card.
    card: CardId,
    /// Its number.
    number: String,
    /// Where it stands now.
    state: CardState,
}

/// Cards that took a step together.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct MovedCards {
    /// Where they stand now.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<CardState>,
    /// The cards.
    cards: Vec<MovedCard>,
}

impl From<Card> for MovedCard {
    fn from(card: Card) -> Self {
        Self { card: card.id, number: card.number.digits(), state: card.state }
    }
}

impl MovedCards {
    fn of(cards: Vec<Card>) -> Self {
        Self { state: cards.first().map(|card| card.state), cards: cards.into_iter().map(MovedCard::from).collect() }
    }
}

fn set_of(cards: Vec<CardId>) -> Result<BTreeSet<CardId>, Problem> {
    let cards: BTreeSet<CardId> = cards.into_iter().collect();
    if (1..=CARDS_MAX).contains(&cards.len()) {
        Ok(cards)
    } else {
        Err(Problem::invalid("cards", "out_of_range", format!("1 to {CARDS_MAX} cards are needed")))
    }
}

fn required_text(path: &'static str, text: &str, chars_max: usize) -> Result<String, Problem> {
    let text = clean(text);
    if (1..=chars_max).contains(&text.chars().count()) {
        Ok(text)
    } else {
        Err(Problem::invalid(path, "invalid_value", format!("1 to {chars_max} characters are needed")))
    }
}

/// Nothing but blanks is the same as nothing.
fn optional_text(path: &'static str, text: Option<String>, chars_max: usize) -> Result<Option<String>, Problem> {
    let text = text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    match &text {
        Some(text) if text.chars().count() > chars_max => {
            Err(Problem::invalid(path, "too_long", format!("at most {chars_max} characters")))
        }
        _ => Ok(text),
    }
}
