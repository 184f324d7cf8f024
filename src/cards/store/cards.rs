//! Cards in the database.

use super::{number, parsed, parsed_opt, text, unreadable};
use crate::cards::annual_ticket::AnnualTicket;
use crate::cards::card::CardState;
use crate::cards::delivery::{Delivery, Way};
use crate::cards::plastic::Card;
use crate::cards::queue;
use crate::kernel::UtcMs;
use crate::kernel::ids::{AnnualTicketId, CardId};
use crate::kernel::slug::Slug;
use card::CardNumber;
use db::{Asc, Conn, DbError, Desc, List, Page, args};

db::statements! {
    /// The card with this id.
    FIND = "SELECT id, annual_ticket_id, number, issue, code, state, set_aside_reason, layout_id, layout_version, face_sha256,
        print_data_sha256, kept_face_sha256, way, house_key, shelf, run_id, product_key, created_at, changed_at FROM cards WHERE id = $1";
    /// The cards of an annual ticket, the first issue first.
    OF_ANNUAL_TICKET = "SELECT id, annual_ticket_id, number, issue, code, state, set_aside_reason, layout_id, layout_version,
        face_sha256, print_data_sha256, kept_face_sha256, way, house_key, shelf, run_id, product_key, created_at, changed_at
        FROM cards WHERE annual_ticket_id = $1 ORDER BY issue";
    /// The card with this number.
    ID_OF_NUMBER = "SELECT id FROM cards WHERE number = $1";
    /// Adds a card.
    INSERT = "INSERT INTO cards (id, annual_ticket_id, number, issue, code, state, way, house_key, product_key, name_fold, created_at,
        changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)";
    /// Stores what steps may change, if the card still stands where the step found it.
    UPDATE = "UPDATE cards SET code = $3, state = $4, set_aside_reason = $5, layout_id = $6, layout_version = $7, face_sha256 = $8,
        print_data_sha256 = $9, house_key = $10, shelf = $11, run_id = $12, changed_at = $13 WHERE id = $1 AND state = $2";
    /// Keeps a card as it is printed, whatever is known of its holder now.
    KEEP_FACE = "UPDATE cards SET kept_face_sha256 = $2 WHERE id = $1";
    /// Where the cards of an annual ticket are to be laid ready, as long as they lie nowhere.
    AIM = "UPDATE cards SET house_key = $2 WHERE annual_ticket_id = $1 AND state NOT IN ('deposited', 'handed_over', 'void')";
    /// Keeps what lists look for of an annual ticket at its cards: the searched name and the way to the holder.
    FOLLOW = "UPDATE cards SET name_fold = $2, way = $3 WHERE annual_ticket_id = $1 AND (name_fold <> $2 OR way <> $3)";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    annual_ticket_id: String,
    number: String,
    issue: i64,
    code: Option<String>,
    state: String,
    set_aside_reason: Option<String>,
    layout_id: Option<String>,
    layout_version: Option<i64>,
    face_sha256: Option<Vec<u8>>,
    print_data_sha256: Option<Vec<u8>>,
    kept_face_sha256: Option<Vec<u8>>,
    way: String,
    house_key: Option<String>,
    shelf: Option<String>,
    run_id: Option<String>,
    product_key: String,
    created_at: i64,
    changed_at: i64,
}

impl Row {
    fn card(self) -> Result<Card, DbError> {
        Ok(Card {
            id: parsed(&self.id)?,
            annual_ticket_id: parsed(&self.annual_ticket_id)?,
            number: CardNumber::parse(&self.number).map_err(|_| unreadable("cards.number"))?,
            issue: number(self.issue)?,
            code: self.code,
            state: parsed(&self.state)?,
            set_aside_reason: self.set_aside_reason,
            layout_id: self.layout_id,
            layout_version: self.layout_version.map(number).transpose()?,
            face_sha256: self.face_sha256,
            print_data_sha256: self.print_data_sha256,
            kept_face_sha256: self.kept_face_sha256,
            way: parsed(&self.way)?,
            house: parsed_opt(self.house_key.as_deref())?,
            shelf: self.shelf,
            run: parsed_opt(self.run_id.as_deref())?,
            product: parsed(&self.product_key)?,
            created_at: UtcMs(self.created_at),
            changed_at: UtcMs(self.changed_at),
        })
    }
}

/// The card with this id.
pub(in crate::cards) async fn find(conn: &mut Conn, id: CardId) -> Result<Option<Card>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![id.to_string()]).await?.map(Row::card).transpose()
}

/// The card with this number.
pub(in crate::cards) async fn id_of_number(conn: &mut Conn, number: CardNumber) -> Result<Option<CardId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&ID_OF_NUMBER, args![number.digits()]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

/// The cards of an annual ticket, the first issue first.
pub(in crate::cards) async fn of_annual_ticket(conn: &mut Conn, id: AnnualTicketId) -> Result<Vec<Card>, DbError> {
    conn.fetch_all::<Row>(&OF_ANNUAL_TICKET, args![id.to_string()]).await?.into_iter().map(Row::card).collect()
}

/// Which cards a list shows.
#[derive(Debug, Default)]
pub(in crate::cards) struct Filter<'a> {
    /// Only those in this state.
    pub(in crate::cards) state: Option<CardState>,
    /// Only those that lie, or are to be laid ready, in this house.
    pub(in crate::cards) house: Option<&'a str>,
    /// Only those of this product.
    pub(in crate::cards) product: Option<&'a str>,
    /// Words of names or numbers, folded.
    pub(in crate::cards) words: &'a str,
}

/// A page of cards, the oldest first.
pub(in crate::cards) async fn page(
    conn: &mut Conn,
    filter: &Filter<'_>,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Card>, DbError> {
    let list = List::new(
        "SELECT id, annual_ticket_id, number, issue, code, state, set_aside_reason, layout_id, layout_version, face_sha256,
        print_data_sha256, kept_face_sha256, way, house_key, shelf, run_id, product_key, created_at, changed_at FROM cards",
    )
    .filter_opt("state = ?", filter.state.map(CardState::as_str))
    .filter_opt("house_key = ?", filter.house)
    .filter_opt("product_key = ?", filter.product)
    .search(&["name_fold", "number"], filter.words)
    .order("id", "id", Asc)
    .after(after)
    .limit(limit);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::card).collect::<Result<_, _>>()?, next: page.next })
}

/// A page of what a desk looks at.
pub(in crate::cards) async fn queue_page(
    conn: &mut Conn,
    filter: &queue::Filter,
    sort: queue::Sort,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Card>, DbError> {
    let (key, direction) = match sort {
        queue::Sort::Waiting => ("c.changed_at", Asc),
        queue::Sort::Newest => ("c.changed_at", Desc),
        queue::Sort::Name => ("c.name_fold", Asc),
        queue::Sort::Number => ("c.number", Asc),
    };
    let list = queue_list(filter).order(key, "c.id", direction).after(after).limit(limit);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::card).collect::<Result<_, _>>()?, next: page.next })
}

/// How many cards a desk looks at.
pub(in crate::cards) async fn queue_total(conn: &mut Conn, filter: &queue::Filter) -> Result<i64, DbError> {
    conn.count(&queue_list(filter)).await
}

fn queue_list(filter: &queue::Filter) -> List<'_> {
    let list = List::new(
        "SELECT c.id, c.annual_ticket_id, c.number, c.issue, c.code, c.state, c.set_aside_reason, c.layout_id, c.layout_version,
        c.face_sha256, c.print_data_sha256, c.kept_face_sha256, c.way, c.house_key, c.shelf, c.run_id, c.product_key, c.created_at, c.changed_at
        FROM cards c",
    )
    .filter_any("c.state", filter.states.iter().map(|state| state.as_str()))
    .filter_opt("c.house_key = ?", text(filter.house.as_ref()))
    .filter_opt("c.product_key = ?", text(filter.product.as_ref()))
    .filter_opt("c.changed_at < ?", filter.before.map(|before| before.0))
    .filter_opt("c.created_at < ?", filter.made_before.map(|before| before.0))
    .filter_opt("c.way = ?", filter.way.map(Way::as_str))
    .search(&["c.name_fold", "c.number"], &filter.words);
    let list = match &filter.runs {
        None => list,
        Some(runs) => list.filter_any("c.run_id", runs.iter().map(ToString::to_string)),
    };
    match &filter.cards {
        None => list,
        Some(cards) => list.filter_any("c.id", cards.iter().map(ToString::to_string)),
    }
}

/// Adds a card that was just made, for the holder with this folded name.
pub(in crate::cards) async fn insert(tx: &mut Conn, card: &Card, name_fold: &str) -> Result<(), DbError> {
    let values = args![
        card.id.to_string(),
        card.annual_ticket_id.to_string(),
        card.number.digits(),
        card.issue,
        card.code.as_deref(),
        card.state.as_str(),
        card.way.as_str(),
        text(card.house.as_ref()),
        card.product.as_str(),
        name_fold,
        card.created_at.0
    ];
    tx.execute_one(&INSERT, values).await
}

/// Stores what a step changed. The annual ticket is locked, so the card still stands at `before`.
pub(in crate::cards) async fn update(tx: &mut Conn, card: &Card, before: CardState) -> Result<(), DbError> {
    let values = args![
        card.id.to_string(),
        before.as_str(),
        card.code.as_deref(),
        card.state.as_str(),
        card.set_aside_reason.as_deref(),
        card.layout_id.as_deref(),
        card.layout_version,
        card.face_sha256.as_deref(),
        card.print_data_sha256.as_deref(),
        text(card.house.as_ref()),
        card.shelf.as_deref(),
        text(card.run),
        card.changed_at.0
    ];
    tx.execute_one(&UPDATE, values).await
}

/// Keeps a card as it is printed, though this is known of its holder now.
pub(in crate::cards) async fn keep_face(tx: &mut Conn, id: CardId, known: &[u8; 32]) -> Result<(), DbError> {
    tx.execute_one(&KEEP_FACE, args![id.to_string(), known.as_slice()]).await
}

/// Keeps the searched name, and the way to the holder, at all cards of an annual ticket.
pub(in crate::cards) async fn follow(tx: &mut Conn, ticket: &AnnualTicket) -> Result<(), DbError> {
    let way = Delivery::way_of(ticket.delivery.as_ref());
    let values = args![ticket.id.to_string(), ticket.holder.name_fold(), way.as_str()];
    tx.execute(&FOLLOW, values).await.map(drop)
}

/// Where the cards of an annual ticket are to be laid ready, as long as they lie nowhere.
pub(in crate::cards) async fn aim(tx: &mut Conn, id: AnnualTicketId, house: Option<&Slug>) -> Result<(), DbError> {
    tx.execute(&AIM, args![id.to_string(), text(house)]).await.map(drop)
}
