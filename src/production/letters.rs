//! The carrier letters: for the cards that are posted, to where their holders live now, one for each envelope.
//!
//! What stands on a card is frozen, where its holder lives is not: a letter is made when it is asked for and never kept, so it cannot go
//! to an address that the holder has changed since.

use super::composers::{composer, letter_writer};
use super::envelope::{Envelope, Posted, envelopes};
use super::files::{Made, Part, Together};
use super::frozen::portrait;
use super::layout_package::LayoutPackage;
use super::layout_source;
use super::letter::{Sender, letter};
use super::print_data::PrintData;
use super::print_run::PrintRun;
use super::store;
use crate::app::App;
use crate::catalog;
use crate::kernel::address::Address;
use crate::kernel::ids::CardId;
use crate::kernel::period::local_day;
use anyhow::{Context, anyhow};
use card_face::{FileInfo, LetterText, letters_pdf};
use db::{Conn, DbError};

/// How many letters are in memory at once.
const LETTERS_AT_ONCE: usize = 100;

/// Why no letters were made.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// No card of the part is posted.
    #[error("no card of the run is sent by mail")]
    NoneByMail,
    /// The address of a card cannot be printed.
    #[error("the letter of card {card} cannot be set: {reason}")]
    Unprintable {
        /// The card.
        card: CardId,
        /// A stable word.
        reason: &'static str,
    },
    /// Something that must be there is not.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl From<DbError> for LettersError {
    fn from(error: DbError) -> Self {
        Self::Internal(error.into())
    }
}

/// A letter to be set.
struct Draft {
    card: PrintData,
    portrait: Option<Vec<u8>>,
    layout: LayoutPackage,
    text: LetterText,
}

/// The letters of a part of a run, one page for each envelope, in the order of the cards.
///
/// # Errors
/// When no card is posted, or a letter cannot be set.
pub async fn letters(app: &App, run: &PrintRun, part: Part) -> Result<Made, LettersError> {
    let mut conn = app.db.snapshot().await?;
    let mut envelopes = envelopes(store::run_cards::posted(&mut conn, run.id, part).await?);
    drop(conn);
    let info = FileInfo { title: format!("Letters of print run {}", run.number), created_ms: run.created_at.0 };
    if envelopes.len() <= LETTERS_AT_ONCE {
        return Ok(Made::Bytes(write(app, app.db.snapshot().await?, envelopes, info).await?));
    }
    let mut together = Together::begin(info.clone())?;
    while !envelopes.is_empty() {
        let rest = envelopes.split_off(envelopes.len().min(LETTERS_AT_ONCE));
        let some = std::mem::replace(&mut envelopes, rest);
        together = together.add(write(app, app.db.snapshot().await?, some, info.clone()).await?).await?;
    }
    Ok(Made::File(together.end()?))
}

/// The letters of these cards as far as they are posted, one page for each envelope, in the order of the cards.
///
/// # Errors
/// As [`letters`].
pub async fn letters_to_post(app: &App, cards: &[CardId]) -> Result<Vec<u8>, LettersError> {
    let mut conn = app.db.snapshot().await?;
    let mut posted = store::run_cards::recipients(&mut conn, cards).await?;
    let posted = cards.iter().filter_map(|card| posted.remove(card)).collect();
    let info = FileInfo { title: "Letters".to_owned(), created_ms: app.clock.now().0 };
    write(app, conn, envelopes(posted), info).await
}

/// The letter of one envelope.
///
/// # Errors
/// As [`letters`].
pub async fn letter_of(app: &App, envelope: Envelope) -> Result<Vec<u8>, LettersError> {
    let info = FileInfo { title: format!("Letter {}", envelope.code()), created_ms: app.clock.now().0 };
    write(app, app.db.snapshot().await?, vec![envelope], info).await
}

/// The envelope into which a card belongs, with all that is to be posted with it now; nothing when the card is not to be posted.
///
/// # Errors
/// When the database refuses.
pub async fn envelope_of(conn: &mut Conn, card: CardId) -> Result<Option<Envelope>, DbError> {
    let posted: Vec<Posted> = store::run_cards::to_post_with(conn, card).await?;
    Ok(envelopes(posted).into_iter().find(|envelope| envelope.holds(card)))
}

async fn write(app: &App, mut conn: Conn, posted: Vec<Envelope>, info: FileInfo) -> Result<Vec<u8>, LettersError> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let sender = sender(&mut conn, &app.config.museum.name).await?;
    let mut drafts = Vec::new();
    for envelope in posted {
        let mut cards = Vec::with_capacity(envelope.count());
        for posted in envelope.cards() {
            let card = store::print_data::find(&mut conn, &posted.print_data).await?;
            cards.push(card.context("print data of a card are gone")?);
        }
        let text = letter(&cards, &envelope, &sender, today);
        let card = cards.swap_remove(0);
        let layout = layout_source::load_used(app, &mut conn, &card.layout_id, card.layout_version).await?;
        let portrait = portrait(app, &envelope.first().print_data, &card).await?;
        drafts.push(Draft { card, portrait, layout, text });
    }
    drop(conn);
    tokio::task::spawn_blocking(move || set(drafts, &info)).await.map_err(|error| anyhow!(error))?
}

/// The museum, and the first of its houses that has an address.
async fn sender(conn: &mut Conn, museum: &str) -> Result<Sender, DbError> {
    let houses = catalog::store::houses(conn).await?;
    let country = houses.first().map(|house| house.country.clone()).unwrap_or_default();
    let address: Option<Address> = houses.into_iter().find_map(|house| house.address);
    let country = address.as_ref().map_or(country, |address| address.country.clone());
    Ok(Sender { name: museum.to_owned(), address, country })
}

fn set(drafts: Vec<Draft>, info: &FileInfo) -> Result<Vec<u8>, LettersError> {
    if drafts.is_empty() {
        return Err(LettersError::NoneByMail);
    }
    let writer = letter_writer()?;
    let mut letters = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let card = draft.card.card;
        let unprintable = |reason| LettersError::Unprintable { card, reason };
        let composer = composer(&draft.card.layout_sha256, &draft.layout)?;
        let face =
            composer.compose(&draft.card.card_data(draft.portrait)).map_err(|aside| unprintable(aside.reason()))?;
        letters.push(writer.compose(&face, &draft.text).map_err(|aside| unprintable(aside.reason()))?);
    }
    Ok(letters_pdf(&letters, info).map_err(|error| anyhow!(error))?)
}
