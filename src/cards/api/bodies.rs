//! The shapes of annual tickets and cards in the API, and how they are read.

use crate::audit::{self, Record};
use crate::cards::annual_ticket::{AnnualTicket, Personalized, Status};
use crate::cards::card::CardState;
use crate::cards::delivery::Delivery;
use crate::cards::plastic::{self, Card};
use crate::cards::prepare_print_data::sold;
use crate::cards::revision::revision;
use crate::cards::store::cards;
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::{AnnualTicketId, CardId, OrderId, PhotoId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::people::store::find_photo;
use crate::people::{Holder, Review, Shortcoming};
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde::{Deserialize, Serialize};

/// The person on the card. One name part is enough.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HolderBody {
    /// The given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub(super) given_name: Option<String>,
    /// The family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub(super) family_name: Option<String>,
    /// The day of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) birth_date: Option<NaiveDate>,
}

impl From<&Holder> for HolderBody {
    fn from(holder: &Holder) -> Self {
        Self {
            given_name: holder.given_name.clone(),
            family_name: holder.family_name.clone(),
            birth_date: holder.birth_date,
        }
    }
}

/// The portrait on an annual ticket.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct PhotoBody {
    /// Its id: whoever decides about it says which one they saw.
    id: PhotoId,
    /// Pixels across.
    width: u32,
    /// Pixels down.
    height: u32,
    /// What a person should look at: `aspect`, `low_resolution`, `dark`, `bright`, `blurred`.
    warnings: Vec<String>,
    /// `waiting`: somebody in the museum looks at it before the card is printed; `refused`: another one is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'static str>,
    /// Why another one is wanted: `face_too_small`, `face_covered`, `bad_light`, `blurred`, `several_people`, `no_portrait`.
    #[serde(skip_serializing_if = "Option::is_none")]
    review_reason: Option<&'static str>,
}

/// A card, as it stands on its annual ticket.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct CardOnTicket {
    /// The id.
    id: CardId,
    /// The number for people, 14 digits.
    number: String,
    /// The first card is 1; replacements count up.
    issue: u8,
    /// Where it stands.
    state: CardState,
    /// The digits of its QR code, once its print data is frozen.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// Whether what is printed is no longer what is known.
    differs: bool,
    /// What its print data waits for: `payment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_for: Option<&'static str>,
    /// What is to be mended before it can be printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_aside_reason: Option<String>,
}

impl CardOnTicket {
    fn of(card: &Card, ticket: &AnnualTicket, unpaid: bool) -> Self {
        Self {
            id: card.id,
            number: card.number.digits(),
            issue: card.issue,
            state: card.state,
            code: card.code.clone(),
            differs: card.differs(ticket),
            waiting_for: (unpaid && card.state == CardState::Preparing).then_some("payment"),
            set_aside_reason: card.set_aside_reason.clone(),
        }
    }
}

/// Something that happened to an annual ticket or a card of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct HistoryEntry {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: UtcMs,
    /// Who.
    actor: String,
    /// What, for instance `annual_ticket.blocked` or `card.dispatched`.
    action: String,
    /// The card that it happened to.
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<Record> for HistoryEntry {
    fn from(record: Record) -> Self {
        let card = (record.subject_kind == "card").then_some(record.subject_id);
        Self { at: record.at, actor: record.actor, action: record.action, card, reason: record.reason }
    }
}

/// An annual ticket with all that staff see of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AnnualTicketBody {
    /// The id.
    id: AnnualTicketId,
    /// The number for people, 14 digits.
    number: String,
    /// The order in which it was sold.
    order: OrderId,
    /// What was sold.
    product: Slug,
    /// In which price category.
    category: Slug,
    /// Whether it holds.
    status: Status,
    /// Why it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    block_reason: Option<String>,
    /// Whether its personalization is complete.
    state: Personalized,
    /// Whether its order is paid.
    paid: bool,
    /// The first day, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<NaiveDate>,
    /// The last day, inclusive, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<NaiveDate>,
    /// A fingerprint of holder, address, delivery and first day, to be sent back with a change of them.
    revision: String,
    /// The first day that somebody chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<NaiveDate>,
    /// Whether the period has yet to begin with the first entry, at the latest on `valid_until`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    from_first_entry: bool,
    /// What is missing before it can be finalized, as paths.
    missing: Vec<&'static str>,
    /// Whose it is.
    holder: HolderBody,
    /// Where the holder lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    /// How the card comes to the holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
    /// The portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<PhotoBody>,
    /// The current card, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardOnTicket>,
    /// What happened so far, the first first. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryEntry>>,
}

/// An annual ticket with what was found about the portrait that was just put on it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct PortrayedBody<T> {
    /// The annual ticket.
    #[serde(flatten)]
    pub(super) annual_ticket: T,
    /// What a person should look at: `aspect`, `low_resolution`, `dark`, `bright`, `blurred`.
    pub(super) warnings: Vec<String>,
}

/// An annual ticket as its holder sees it through the personal link.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct OwnTicketBody {
    /// The number for people, 14 digits.
    number: String,
    /// What was sold.
    product: Slug,
    /// Its name in the holder's language.
    product_name: String,
    /// Whether it holds.
    status: Status,
    /// Whether the personalization is complete; it can be changed here until it is.
    state: Personalized,
    /// The first day, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<NaiveDate>,
    /// The last day, inclusive, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<NaiveDate>,
    /// A fingerprint of holder, address, delivery and first day, to be sent back with a change of them.
    revision: String,
    /// The first day that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<NaiveDate>,
    /// What is missing before it can be finalized, as paths.
    missing: Vec<&'static str>,
    /// Whose it is.
    holder: HolderBody,
    /// Where the holder lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    /// How the card comes to the holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
    /// The portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<PhotoBody>,
    /// Where the card stands, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    card_state: Option<CardState>,
}

/// A card with whose it is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct CardBody {
    /// The card.
    #[serde(flatten)]
    card: CardOnTicket,
    /// The annual ticket.
    annual_ticket: AnnualTicketId,
    /// What was sold.
    product: Slug,
    /// Whose it is.
    holder: HolderBody,
    /// How it comes to its holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
    /// Where it lies, or is to be laid ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<Slug>,
    /// Where in the house it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    shelf: Option<String>,
    /// The print run that has it, or had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    print_run: Option<PrintRunId>,
    /// The layout of its print data.
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<String>,
    /// The version of the layout.
    #[serde(skip_serializing_if = "Option::is_none")]
    layout_version: Option<u32>,
    /// When it took its last step.
    #[schema(value_type = String, format = DateTime)]
    changed_at: UtcMs,
    /// What happened to it, the first first. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) history: Option<Vec<HistoryEntry>>,
}

impl CardBody {
    /// The card of this annual ticket, without its history.
    pub(super) fn of(card: &Card, ticket: &AnnualTicket) -> Self {
        Self {
            card: CardOnTicket::of(card, ticket, false),
            annual_ticket: ticket.id,
            product: card.product.clone(),
            holder: HolderBody::from(&ticket.holder),
            delivery: ticket.delivery.clone(),
            house: card.house.clone(),
            shelf: card.shelf.clone(),
            print_run: card.run,
            layout: card.layout_id.clone(),
            layout_version: card.layout_version,
            changed_at: card.changed_at,
            history: None,
        }
    }
}

/// All that staff see of an annual ticket on this day.
pub(super) async fn full_body(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    today: NaiveDate,
) -> Result<AnnualTicketBody, DbError> {
    let cards = cards::of_annual_ticket(conn, ticket.id).await?;
    let mut records = audit::of_subject(conn, "annual_ticket", &ticket.id.to_string()).await?;
    for card in &cards {
        records.extend(audit::of_subject(conn, "card", &card.id.to_string()).await?);
    }
    records.sort_by(|one, other| one.id.cmp(&other.id));
    let mut body = listed_body(conn, ticket, today).await?;
    body.history = Some(records.into_iter().map(HistoryEntry::from).collect());
    Ok(body)
}

/// An annual ticket in a list.
pub(super) async fn listed_body(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    today: NaiveDate,
) -> Result<AnnualTicketBody, DbError> {
    let (product, _) = sold(conn, &ticket.product, &ticket.category).await?;
    let cards = cards::of_annual_ticket(conn, ticket.id).await?;
    let unpaid = !ticket.paid && !product.allow_unpaid;
    Ok(AnnualTicketBody {
        id: ticket.id,
        number: ticket.number.clone(),
        order: ticket.order_id,
        product: ticket.product.clone(),
        category: ticket.category.clone(),
        status: ticket.status_on(today),
        block_reason: ticket.block_reason.clone(),
        state: ticket.state,
        paid: ticket.paid,
        valid_from: ticket.valid_from,
        valid_until: ticket.valid_until,
        starts_on: ticket.starts_on,
        from_first_entry: ticket.from_first_entry,
        revision: revision(ticket),
        missing: ticket.missing(&product.required_fields),
        holder: HolderBody::from(&ticket.holder),
        address: ticket.address.clone(),
        delivery: ticket.delivery.clone(),
        photo: photo_body(conn, ticket).await?,
        card: plastic::current(&cards).map(|card| CardOnTicket::of(card, ticket, unpaid)),
        history: None,
    })
}

/// What the holder sees through the personal link.
pub(super) async fn own_body(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    today: NaiveDate,
) -> Result<OwnTicketBody, DbError> {
    let (product, _) = sold(conn, &ticket.product, &ticket.category).await?;
    let cards = cards::of_annual_ticket(conn, ticket.id).await?;
    Ok(OwnTicketBody {
        number: ticket.number.clone(),
        product: ticket.product.clone(),
        product_name: product.names.get(&ticket.language).to_owned(),
        status: ticket.status_on(today),
        state: ticket.state,
        valid_from: ticket.valid_from,
        valid_until: ticket.valid_until,
        starts_on: ticket.starts_on,
        revision: revision(ticket),
        missing: ticket.missing(&product.required_fields),
        holder: HolderBody::from(&ticket.holder),
        address: ticket.address.clone(),
        delivery: ticket.delivery.clone(),
        photo: photo_body(conn, ticket).await?,
        card_state: plastic::current(&cards).map(|card| card.state),
    })
}

/// The history of one card.
pub(super) async fn card_history(conn: &mut Conn, card: CardId) -> Result<Vec<HistoryEntry>, DbError> {
    let records = audit::of_subject(conn, "card", &card.to_string()).await?;
    Ok(records.into_iter().map(HistoryEntry::from).collect())
}

async fn photo_body(conn: &mut Conn, ticket: &AnnualTicket) -> Result<Option<PhotoBody>, DbError> {
    let Some(id) = ticket.photo_id else { return Ok(None) };
    let photo = find_photo(conn, id).await?;
    Ok(photo.map(|photo| PhotoBody {
        id,
        width: photo.width,
        height: photo.height,
        warnings: photo.findings,
        review: (photo.review != Review::Accepted).then(|| photo.review.as_str()),
        review_reason: photo.review.shortcoming().map(Shortcoming::as_str),
    }))
}
