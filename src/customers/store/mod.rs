//! Customers and their addresses in the database.

pub(super) mod doors;
pub mod lists;

use super::customer::{Customer, KnownAddress, fold_address};
use crate::kernel::UtcMs;
use crate::kernel::ids::{CustomerId, CustomerListId};
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use db::column::{parsed, parsed_opt};
use db::{Conn, DbError, List, Page, args};

db::statements! {
    /// Adds a customer.
    INSERT = "INSERT INTO customers (id, name, search_fold, language, newsletter, newsletter_changed_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Adds an address, unless somebody has it.
    ADD_ADDRESS = "INSERT INTO customer_addresses (address_fold, customer_id, address, proved_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (address_fold) DO NOTHING";
    /// One customer.
    FIND = "SELECT id, name, language, newsletter, newsletter_changed_at, created_at, price_audience, partner FROM customers WHERE id = $1";
    /// The addresses of a customer.
    ADDRESSES = "SELECT address, proved_at FROM customer_addresses WHERE customer_id = $1 ORDER BY address_fold";
    /// Whose address this is.
    OF_ADDRESS = "SELECT customer_id FROM customer_addresses WHERE address_fold = $1";
    /// Somebody reads the mails of this address.
    PROVE = "UPDATE customer_addresses SET proved_at = $2 WHERE address_fold = $1";
    /// Keeps whether somebody wants news.
    SET_NEWSLETTER = "UPDATE customers SET newsletter = $2, newsletter_changed_at = $3 WHERE id = $1";
    /// Keeps to whom somebody belongs.
    SET_PARTNER = "UPDATE customers SET partner = $2, price_audience = $3 WHERE id = $1";
    /// Keeps what somebody is called.
    SET_NAME = "UPDATE customers SET name = $2, language = $3 WHERE id = $1";
    /// Keeps the text by which somebody is found.
    SET_SEARCH = "UPDATE customers SET search_fold = $2 WHERE id = $1";
    /// Gives the addresses of one to another.
    MOVE_ADDRESSES = "UPDATE customer_addresses SET customer_id = $2 WHERE customer_id = $1";
    /// Takes all addresses of a customer away.
    DELETE_ADDRESSES = "DELETE FROM customer_addresses WHERE customer_id = $1";
    /// Removes a customer who has no addresses any more.
    DELETE = "DELETE FROM customers WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    language: String,
    newsletter: bool,
    newsletter_changed_at: Option<i64>,
    created_at: i64,
    price_audience: Option<String>,
    partner: Option<String>,
}

/// Which customers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Words of the name or of an address, as they are typed.
    pub text: String,
    /// Only those who want news, or only those who do not.
    pub newsletter: Option<bool>,
    /// Only those on this list.
    pub list: Option<CustomerListId>,
}

pub(super) async fn insert(tx: &mut Conn, customer: &Customer) -> Result<(), DbError> {
    let values = args![
        customer.id.to_string(),
        &customer.name,
        search_fold(customer),
        &customer.language,
        customer.newsletter,
        customer.newsletter_changed_at.map(|at| at.0),
        customer.created_at.0
    ];
    tx.execute_one(&INSERT, values).await
}

/// Adds an address; answers whether nobody had it.
pub(super) async fn add_address(tx: &mut Conn, id: CustomerId, new: &KnownAddress) -> Result<bool, DbError> {
    let values = args![fold_address(&new.address), id.to_string(), &new.address, new.proved_at.map(|at| at.0)];
    Ok(tx.execute(&ADD_ADDRESS, values).await? == 1)
}

/// One customer with their addresses.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, id: CustomerId) -> Result<Option<Customer>, DbError> {
    let Some(row) = conn.fetch_optional::<Row>(&FIND, args![id.to_string()]).await? else { return Ok(None) };
    Ok(Some(with_addresses(conn, row).await?))
}

/// Whose address this is.
///
/// # Errors
/// When the database refuses.
pub async fn id_of_address(conn: &mut Conn, fold: &str) -> Result<Option<CustomerId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&OF_ADDRESS, args![fold]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

/// A page of the customers that pass the filter, the last first.
///
/// # Errors
/// When the database refuses.
pub async fn customers_page(
    conn: &mut Conn,
    filter: &CustomerFilter,
    after: Option<&str>,
    rows: u32,
) -> Result<Page<Customer>, DbError> {
    let text = fold(&filter.text);
    let list = List::new("SELECT id, name, language, newsletter, newsletter_changed_at, created_at, price_audience, partner FROM customers")
        .filter_opt("newsletter = ?", filter.newsletter)
        .filter_opt(
            "id IN (SELECT customer_id FROM customer_list_members WHERE list_id = ?)",
            filter.list.map(|list| list.to_string()),
        )
        .search(&["search_fold"], &text)
        .newest_first("id")
        .after(after)
        .limit(rows);
    let page: Page<Row> = conn.list(list).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(with_addresses(conn, row).await?);
    }
    Ok(Page { items, next: page.next })
}

pub(super) async fn prove_address(tx: &mut Conn, fold: &str, now: UtcMs) -> Result<(), DbError> {
    tx.execute_one(&PROVE, args![fold, now.0]).await
}

pub(super) async fn set_newsletter(tx: &mut Conn, id: CustomerId, wanted: bool, at: UtcMs) -> Result<(), DbError> {
    tx.execute_one(&SET_NEWSLETTER, args![id.to_string(), wanted, at.0]).await
}

pub(super) async fn set_partner(
    tx: &mut Conn,
    id: CustomerId,
    partner: Option<&str>,
    audience: Option<&Slug>,
) -> Result<(), DbError> {
    tx.execute_one(&SET_PARTNER, args![id.to_string(), partner, audience.map(Slug::as_str)]).await
}

pub(super) async fn set_name(tx: &mut Conn, id: CustomerId, name: &str, language: &str) -> Result<(), DbError> {
    tx.execute_one(&SET_NAME, args![id.to_string(), name, language]).await?;
    refresh_search(tx, id).await
}

pub(super) async fn move_addresses(tx: &mut Conn, from: CustomerId, to: CustomerId) -> Result<(), DbError> {
    tx.execute(&MOVE_ADDRESSES, args![from.to_string(), to.to_string()]).await?;
    refresh_search(tx, to).await
}

async fn refresh_search(tx: &mut Conn, id: CustomerId) -> Result<(), DbError> {
    let Some(customer) = find(tx, id).await? else { return Ok(()) };
    tx.execute_one(&SET_SEARCH, args![id.to_string(), search_fold(&customer)]).await
}

/// The text by which a customer is found: the name and all addresses.
fn search_fold(customer: &Customer) -> String {
    let addresses = customer.addresses.iter().map(|known| known.address.as_str());
    fold(&std::iter::once(customer.name.as_str()).chain(addresses).collect::<Vec<_>>().join(" "))
}

pub(super) async fn delete(tx: &mut Conn, id: CustomerId) -> Result<(), DbError> {
    tx.execute_one(&DELETE, args![id.to_string()]).await
}

async fn with_addresses(conn: &mut Conn, row: Row) -> Result<Customer, DbError> {
    let addresses: Vec<(String, Option<i64>)> = conn.fetch_all(&ADDRESSES, args![&row.id]).await?;
    Ok(Customer {
        id: parsed(&row.id)?,
        name: row.name,
        language: row.language,
        newsletter: row.newsletter,
        newsletter_changed_at: row.newsletter_changed_at.map(UtcMs),
        created_at: UtcMs(row.created_at),
        price_audience: parsed_opt(row.price_audience.as_deref())?,
        partner: row.partner,
        addresses: addresses
            .into_iter()
            .map(|(address, proved_at)| KnownAddress { address, proved_at: proved_at.map(UtcMs) })
            .collect(),
    })
}

/// Takes all addresses of a customer away.
pub(super) async fn delete_addresses(tx: &mut Conn, id: CustomerId) -> Result<(), DbError> {
    tx.execute(&DELETE_ADDRESSES, args![id.to_string()]).await.map(drop)
}
