//! Events in the database.

use super::{Stored, json, number, objects, to_json, word, word_opt};
use crate::catalog::Event;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Args, Asc, Conn, DbError, List, Page, args};
use std::collections::BTreeSet;

db::statements! {
    /// The event with this key.
    FIND = "SELECT key, names, descriptions, house_key, exhibition_key, starts_at, capacity, price_list_key, labels FROM events WHERE key = $1";
    /// Adds an event.
    INSERT = "INSERT INTO events (key, names, descriptions, house_key, exhibition_key, starts_at, capacity, price_list_key, labels, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    /// Replaces an event.
    UPDATE = "UPDATE events SET names = $2, descriptions = $3, house_key = $4, exhibition_key = $5, starts_at = $6, capacity = $7,
        price_list_key = $8, labels = $9 WHERE key = $1";
    /// Removes an event.
    DELETE = "DELETE FROM events WHERE key = $1";
    /// The labels of the events of a house or exhibition, or of all.
    LABELLED = "SELECT e.key, e.starts_at, e.labels, h.time_zone, e.capacity, e.price_list_key FROM events e JOIN houses h ON h.key = e.house_key
        WHERE (CAST($1 AS TEXT) IS NULL OR e.house_key = $1) AND (CAST($2 AS TEXT) IS NULL OR e.exhibition_key = $2)
        ORDER BY e.key";
    /// The different label lists of all events.
    ALL_LABELS = "SELECT DISTINCT labels FROM events";
    /// Sets what many events are edited for at once.
    CHANGE = "UPDATE events SET labels = $2, capacity = $3, price_list_key = $4 WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    names: String,
    descriptions: String,
    house_key: String,
    exhibition_key: Option<String>,
    starts_at: i64,
    capacity: Option<i64>,
    price_list_key: Option<String>,
    labels: String,
}

impl Row {
    fn event(self) -> Result<Event, DbError> {
        Ok(Event {
            key: word(&self.key)?,
            names: json(&self.names)?,
            descriptions: json(&self.descriptions)?,
            house: word(&self.house_key)?,
            exhibition: word_opt(self.exhibition_key.as_deref())?,
            starts_at: UtcMs(self.starts_at),
            capacity: self.capacity.map(number).transpose()?,
            price_list: word_opt(self.price_list_key.as_deref())?,
            labels: json(&self.labels)?,
        })
    }
}

/// The event with this key.
///
/// # Errors
/// When the database refuses.
pub async fn event(conn: &mut Conn, key: &Slug) -> Result<Option<Event>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::event).transpose()
}

/// The events that begin from a moment on and before another, the earliest first.
///
/// # Errors
/// When the database refuses.
pub async fn events_between(
    conn: &mut Conn,
    house: Option<&Slug>,
    from: UtcMs,
    until: Option<UtcMs>,
    rows: u32,
) -> Result<Vec<Event>, DbError> {
    let list = List::new(
        "SELECT key, names, descriptions, house_key, exhibition_key, starts_at, capacity, price_list_key, labels FROM events",
    )
    .filter_opt("house_key = ?", house.map(Slug::as_str))
    .filter("starts_at >= ?", from.0)
    .filter_opt("starts_at < ?", until.map(|until| until.0))
    .order("starts_at", "key", Asc)
    .limit(rows);
    Ok(objects(conn.list(list).await?, Row::event)?.items)
}

/// The labels that any event carries.
///
/// # Errors
/// When the database refuses.
pub async fn event_labels(conn: &mut Conn) -> Result<BTreeSet<String>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&ALL_LABELS, args![]).await?;
    let lists: Result<Vec<Vec<String>>, DbError> = rows.iter().map(|(labels,)| json(labels)).collect();
    Ok(lists?.into_iter().flatten().collect())
}

/// Which events of a list.
#[derive(Debug, Default, Clone)]
pub(in crate::catalog) struct EventFilter {
    pub(in crate::catalog) house: Option<Slug>,
    pub(in crate::catalog) exhibition: Option<Slug>,
}

impl EventFilter {
    /// A page of the events that pass, the earliest first.
    pub(in crate::catalog) async fn page(
        &self,
        conn: &mut Conn,
        after: Option<&str>,
        rows: u32,
    ) -> Result<Page<Event>, DbError> {
        let list = List::new(
            "SELECT key, names, descriptions, house_key, exhibition_key, starts_at, capacity, price_list_key, labels FROM events",
        )
        .filter_opt("house_key = ?", self.house.as_ref().map(Slug::as_str))
        .filter_opt("exhibition_key = ?", self.exhibition.as_ref().map(Slug::as_str))
        .order("starts_at", "key", Asc)
        .after(after)
        .limit(rows);
        objects(conn.list(list).await?, Row::event)
    }
}

/// An event as far as many are edited at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct LabelledEvent {
    pub(in crate::catalog) key: String,
    pub(in crate::catalog) starts_at: UtcMs,
    pub(in crate::catalog) labels: Vec<String>,
    pub(in crate::catalog) time_zone: String,
    pub(in crate::catalog) capacity: Option<u32>,
    pub(in crate::catalog) price_list: Option<String>,
}

#[derive(sqlx::FromRow)]
struct LabelledRow {
    key: String,
    starts_at: i64,
    labels: String,
    time_zone: String,
    capacity: Option<i64>,
    price_list_key: Option<String>,
}

/// All events that pass the filter, as far as many are edited at once.
pub(in crate::catalog) async fn labelled_events(
    conn: &mut Conn,
    filter: &EventFilter,
) -> Result<Vec<LabelledEvent>, DbError> {
    let values = args![filter.house.as_ref().map(Slug::as_str), filter.exhibition.as_ref().map(Slug::as_str)];
    let rows: Vec<LabelledRow> = conn.fetch_all(&LABELLED, values).await?;
    let event = |row: LabelledRow| {
        Ok(LabelledEvent {
            key: row.key,
            starts_at: UtcMs(row.starts_at),
            labels: json(&row.labels)?,
            time_zone: row.time_zone,
            capacity: row.capacity.map(number).transpose()?,
            price_list: row.price_list_key,
        })
    };
    rows.into_iter().map(event).collect()
}

/// Sets the labels, the capacity and the price list of an event.
pub(in crate::catalog) async fn change_event(tx: &mut Conn, event: &LabelledEvent) -> Result<(), DbError> {
    let values = args![&event.key, to_json(&event.labels)?, event.capacity, &event.price_list];
    tx.execute_one(&CHANGE, values).await
}

impl Stored for Event {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        event(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        EventFilter::default().page(conn, after, rows).await
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        Ok(tx.execute(&INSERT, columns(self)?.and(now.0)).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        tx.execute_one(&UPDATE, columns(self)?).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}

/// The values of `$1` to `$9`.
fn columns(event: &Event) -> Result<Args, DbError> {
    Ok(args![
        event.key.as_str(),
        to_json(&event.names)?,
        to_json(&event.descriptions)?,
        event.house.as_str(),
        event.exhibition.as_ref().map(Slug::as_str),
        event.starts_at.0,
        event.capacity,
        event.price_list.as_ref().map(Slug::as_str),
        to_json(&event.labels)?,
    ])
}
