//! Cards and the letter of their envelope are paired: each is read, and what does not belong together is refused.

use super::batch::BatchError;
use super::hand_to_post::hand_to_post;
use super::list_check::{DispatchList, NotInList};
use crate::audit::{self, Entry};
use crate::cards::queue::{self, CardAndTicket};
use crate::cards::{Card, find};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use crate::keys::Keys;
use crate::production::envelope::{Envelope, LetterCode};
use crate::production::letters::envelope_of;
use db::{Conn, DbError};
use serde_json::json;
use std::collections::BTreeSet;

/// What was read so far for one envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packing {
    /// The cards, in the order in which they were read.
    pub cards: Vec<CardId>,
    /// The letter.
    pub letter: Option<LetterCode>,
}

/// Why what was read does not belong into this envelope.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Neither a card nor a letter has this code.
    #[error("neither a card nor a letter has this code")]
    Unknown,
    /// The card is not to be posted.
    #[error("the card is not to be posted: {1}")]
    NotToPost(Box<CardAndTicket>, NotInList),
    /// The card belongs into another envelope.
    #[error("the card belongs into another envelope")]
    OtherEnvelope(Box<CardAndTicket>),
    /// The letter is for another envelope.
    #[error("the letter is for another envelope")]
    OtherLetter,
    /// Address, way or cards have changed since the letter was printed.
    #[error("the letter is void")]
    VoidLetter,
    /// Not all cards of the envelope, or not its letter, were read.
    #[error("something of the envelope was not read")]
    Incomplete,
    /// The cards cannot be posted.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Packing {
    /// What is packed after one more code was read: a card's, a card's number, or a letter's.
    ///
    /// # Errors
    /// When it does not belong to what was read before; then that stays as it is.
    pub async fn read(&self, conn: &mut Conn, keys: &Keys, text: &str) -> Result<Self, PackError> {
        if let Ok(code) = text.parse::<LetterCode>() {
            return self.with_letter(conn, code).await;
        }
        let card = find::in_hand(conn, keys, text).await?.ok_or(PackError::Unknown)?;
        let found = queue::find(conn, card).await?.ok_or(PackError::Unknown)?;
        if let Err(why) = DispatchList::Post.check(found.card.state, found.ticket.delivery.as_ref()) {
            return Err(PackError::NotToPost(Box::new(found), why));
        }
        let envelope = envelope_of(conn, card).await?.ok_or(PackError::Unknown)?;
        if !self.belongs_to(&envelope) {
            return Err(PackError::OtherEnvelope(Box::new(found)));
        }
        let mut packing = self.clone();
        if !packing.cards.contains(&card) {
            packing.cards.push(card);
        }
        Ok(packing)
    }

    async fn with_letter(&self, conn: &mut Conn, code: LetterCode) -> Result<Self, PackError> {
        let first = find::in_hand_by_number(conn, &code.number).await?.ok_or(PackError::VoidLetter)?;
        let envelope = envelope_of(conn, first).await?.ok_or(PackError::VoidLetter)?;
        if envelope.code() != code {
            return Err(PackError::VoidLetter);
        }
        if !self.cards.iter().all(|card| envelope.holds(*card)) || self.letter.as_ref().is_some_and(|own| *own != code)
        {
            return Err(PackError::OtherLetter);
        }
        Ok(Self { letter: Some(code), ..self.clone() })
    }

    fn belongs_to(&self, envelope: &Envelope) -> bool {
        let cards = self.cards.iter().all(|card| envelope.holds(*card));
        cards && self.letter.as_ref().is_none_or(|letter| *letter == envelope.code())
    }

    /// The envelope to which what was read belongs; nothing before anything was, and when it changed meanwhile.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn envelope(&self, conn: &mut Conn) -> Result<Option<Envelope>, DbError> {
        let first = match (self.cards.first(), &self.letter) {
            (Some(card), _) => Some(*card),
            (None, Some(letter)) => find::in_hand_by_number(conn, &letter.number).await?,
            (None, None) => None,
        };
        let Some(first) = first else { return Ok(None) };
        Ok(envelope_of(conn, first).await?.filter(|envelope| self.belongs_to(envelope)))
    }

    /// Whether everything of the envelope was read.
    pub fn is_complete(&self, envelope: &Envelope) -> bool {
        self.letter.as_ref() == Some(&envelope.code())
            && envelope.cards().all(|posted| self.cards.contains(&posted.card))
    }
}

/// Posts an envelope of which every card and the letter were read; each card's history tells with which letter it left.
///
/// # Errors
/// When something was not read, or the envelope changed meanwhile; then nothing is posted.
pub async fn post_envelope(
    tx: &mut Conn,
    act: &Act,
    packing: &Packing,
    carrier: Option<String>,
    tracking: Option<String>,
) -> Result<Vec<Card>, PackError> {
    let envelope = packing.envelope(tx).await?.ok_or(PackError::VoidLetter)?;
    if !packing.is_complete(&envelope) {
        return Err(PackError::Incomplete);
    }
    let code = envelope.code().to_string();
    let cards: BTreeSet<CardId> = envelope.cards().map(|posted| posted.card).collect();
    for card in &cards {
        audit::record(tx, act, Entry::new("card.paired", "card", card).detail(json!({ "letter": code }))).await?;
    }
    Ok(hand_to_post(tx, act, &cards, carrier, tracking).await?)
}
