//! Hands a card to the production of print data, and takes the finished print data back.
//!
//! A card whose personalization is complete, and whose order is paid unless the product does not insist, gets a job. Production reads
//! [`source`], renders, and calls [`freeze`]; what was edited in between is seen there, and the job that the edit left behind
//! renders again.

use super::annual_ticket::{AnnualTicket, Personalized};
use super::card::{CardState, Step, WrongState};
use super::entry_right::EntryRight;
use super::plastic::Card;
use super::review_photo::review_of;
use super::steps::{self, StepError};
use super::store::{annual_tickets, cards, entry_rights};
use crate::catalog::validity::Milestones;
use crate::catalog::{self, Category, Product};
use crate::jobs;
use crate::kernel::ids::{AnnualTicketId, CardId};
use crate::kernel::{Act, slug::Slug};
use crate::people;
use crate::people::{Holder, Review};
use card::{CardSigner, RightStatus};
use chrono::NaiveDate;
use db::{Conn, DbError};

/// The job that makes the print data of one card; its subject is the card's id.
pub const PREPARE_PRINT_DATA: &str = "production.prepare";

/// All that the faces of a card show, and what must be handed back to [`freeze`].
#[derive(Debug, Clone)]
pub struct PrintSource {
    /// The card.
    pub card: Card,
    /// The text of the QR code.
    pub code: String,
    /// What it shows of its annual ticket.
    pub content: FaceContent,
    /// The fingerprint of the holder's part.
    pub face_sha256: [u8; 32],
    /// Whether somebody has to look at the portrait before the card is printed.
    pub awaits_review: bool,
    /// Whether it is a trial: it is composed like any other, and never printed.
    pub is_test: bool,
}

/// What the faces of a card show of its annual ticket.
#[derive(Debug, Clone)]
pub struct FaceContent {
    /// Whose card it is.
    pub holder: Holder,
    /// The portrait's key in the file store.
    pub photo_file: Option<String>,
    /// The product.
    pub product: Product,
    /// The price category.
    pub category: Category,
    /// What the card opens.
    pub scope_id: u16,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day, inclusive.
    pub valid_until: NaiveDate,
    /// The holder's language.
    pub language: String,
}

/// Finished print data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenFaces {
    /// The layout.
    pub layout_id: String,
    /// Its version.
    pub layout_version: u32,
    /// The fingerprint of the finished faces.
    pub print_data_sha256: [u8; 32],
    /// The code that they show, from the source.
    pub code: String,
    /// The fingerprint of the holder's part, from the source.
    pub face_sha256: [u8; 32],
}

/// Why print data was not frozen.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// What the faces show was edited while they were rendered: read the source again.
    #[error("the card was edited while its print data was made")]
    Stale,
    /// The card does not wait for print data.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<StepError> for FreezeError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::UnknownCard => Self::UnknownCard,
            StepError::WrongState(wrong) => Self::WrongState(wrong),
            StepError::Db(error) => Self::Db(error),
        }
    }
}

/// Enqueues the job for a card, unless its order has to be paid first.
pub(super) async fn enqueue(tx: &mut Conn, act: &Act, ticket: &AnnualTicket, card: &Card) -> Result<(), DbError> {
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    if ticket.paid || product.allow_unpaid {
        jobs::enqueue(tx, act, PREPARE_PRINT_DATA, card.id).await?;
    }
    Ok(())
}

/// What the faces of a card show. `None` when there is no such card, or it does not wait for print data.
///
/// # Errors
/// When the database refuses.
pub async fn source(conn: &mut Conn, signer: &CardSigner, id: CardId) -> Result<Option<PrintSource>, DbError> {
    let Some(card) = cards::find(conn, id).await? else { return Ok(None) };
    let Some(ticket) = annual_tickets::find(conn, card.annual_ticket_id).await? else { return Ok(None) };
    let waits = matches!(card.state, CardState::Preparing | CardState::WaitingForLayout);
    let (true, Some(from), Some(until)) = (waits, ticket.valid_from, ticket.valid_until) else { return Ok(None) };
    let (product, category) = sold(conn, &ticket.product, &ticket.category).await?;
    let right = right(&ticket, (from, until), (&product, &category), card.issue);
    let (face_sha256, code) = (ticket.face_sha256(), signer.sign(&right.code(card.issue)));
    let awaits_review = review_of(conn, &ticket).await? != Review::Accepted;
    let is_test = ticket.is_test;
    let content = content(conn, ticket, (product, category), (from, until)).await?;
    Ok(Some(PrintSource { card, code, content, face_sha256, awaits_review, is_test }))
}

/// What faces would show on this day of a personalization that is not complete, with what somebody has typed and not stored yet.
/// `None` when there is no such annual ticket, or its product says nothing about days.
///
/// # Errors
/// When the database refuses.
pub async fn draft(
    conn: &mut Conn,
    id: AnnualTicketId,
    typed: Option<Holder>,
    starts_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<FaceContent>, DbError> {
    let Some(mut ticket) = annual_tickets::find(conn, id).await? else { return Ok(None) };
    ticket.holder = typed.unwrap_or(ticket.holder);
    ticket.starts_on = starts_on.or(ticket.starts_on);
    let (product, category) = sold(conn, &ticket.product, &ticket.category).await?;
    let milestones = Milestones {
        purchased: ticket.purchased_on,
        exchanged: ticket.exchanged_on,
        personalized: today,
        chosen: ticket.starts_on,
    };
    let known = ticket.valid_from.zip(ticket.valid_until).filter(|_| ticket.state == Personalized::Complete);
    let would_be = || product.validity.as_ref()?.days(&milestones).ok().map(|days| (days.from, days.until));
    let Some(days) = known.or_else(would_be) else { return Ok(None) };
    content(conn, ticket, (product, category), days).await.map(Some)
}

/// Freezes finished print data: the card is ready to print, and from now on it opens gates.
///
/// # Errors
/// When the card was edited meanwhile, or does not wait for print data.
pub async fn freeze(tx: &mut Conn, act: &Act, id: CardId, faces: &FrozenFaces) -> Result<Card, FreezeError> {
    let (ticket, mut card) = steps::lock(tx, id).await?.ok_or(FreezeError::UnknownCard)?;
    if ticket.face_sha256() != faces.face_sha256 {
        return Err(FreezeError::Stale);
    }
    let (Some(from), Some(until)) = (ticket.valid_from, ticket.valid_until) else { return Err(FreezeError::Stale) };
    let (product, category) = sold(tx, &ticket.product, &ticket.category).await?;
    card.layout_id = Some(faces.layout_id.clone());
    card.layout_version = Some(faces.layout_version);
    card.print_data_sha256 = Some(faces.print_data_sha256.to_vec());
    card.face_sha256 = Some(faces.face_sha256.to_vec());
    card.code = Some(faces.code.clone());
    let known = entry_rights::issue_and_flags(tx, ticket.code_id).await?;
    let issue = known.map_or(card.issue, |(issue, _)| issue);
    entry_rights::put(tx, &right(&ticket, (from, until), (&product, &category), issue)).await?;
    steps::take_locked(tx, act, &ticket, &mut card, &Step::Freeze, None).await?;
    Ok(card)
}

/// The product and the category of an annual ticket. What was sold is never deleted.
pub(super) async fn sold(conn: &mut Conn, product: &Slug, category: &Slug) -> Result<(Product, Category), DbError> {
    let product = catalog::store::product(conn, product).await?.ok_or(DbError::NotFound)?;
    let category = catalog::store::category(conn, category).await?.ok_or(DbError::NotFound)?;
    Ok((product, category))
}

async fn content(
    conn: &mut Conn,
    ticket: AnnualTicket,
    (product, category): (Product, Category),
    (valid_from, valid_until): (NaiveDate, NaiveDate),
) -> Result<FaceContent, DbError> {
    let photo_file = match ticket.photo_id {
        Some(photo) => people::store::find_photo(conn, photo).await?.map(|photo| photo.file),
        None => None,
    };
    let AnnualTicket { holder, scope_id, language, .. } = ticket;
    Ok(FaceContent { holder, photo_file, product, category, scope_id, valid_from, valid_until, language })
}

/// The right as it is before the gates are told which cards are in hand.
fn right(ticket: &AnnualTicket, days: (NaiveDate, NaiveDate), sold: (&Product, &Category), issue: u8) -> EntryRight {
    EntryRight::of_annual_ticket(ticket, days, sold, issue, RightStatus::NotCollected)
}
