//! Lists of customers in the database.

use crate::customers::lists::CustomerList;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CustomerId, CustomerListId};
use db::column::parsed;
use db::{Conn, DbError, args};

db::statements! {
    /// Adds a list.
    INSERT = "INSERT INTO customer_lists (id, name, created_at) VALUES ($1, $2, $3)";
    /// All lists, by name.
    ALL = "SELECT l.id, l.name, (SELECT COUNT(*) FROM customer_list_members m WHERE m.list_id = l.id) FROM customer_lists l
        ORDER BY l.name, l.id";
    /// One list.
    FIND = "SELECT l.id, l.name, (SELECT COUNT(*) FROM customer_list_members m WHERE m.list_id = l.id) FROM customer_lists l
        WHERE l.id = $1";
    /// Puts a customer on a list.
    ADD = "INSERT INTO customer_list_members (list_id, customer_id, added_at) VALUES ($1, $2, $3)
        ON CONFLICT (list_id, customer_id) DO NOTHING";
    /// Takes a customer off a list.
    TAKE_OFF = "DELETE FROM customer_list_members WHERE list_id = $1 AND customer_id = $2";
    /// The lists of a customer.
    OF_CUSTOMER = "SELECT l.id, l.name, (SELECT COUNT(*) FROM customer_list_members n WHERE n.list_id = l.id) FROM customer_lists l
        JOIN customer_list_members m ON m.list_id = l.id WHERE m.customer_id = $1 ORDER BY l.name, l.id";
    /// Puts one customer on the lists of another.
    COPY = "INSERT INTO customer_list_members (list_id, customer_id, added_at)
        SELECT list_id, $2, added_at FROM customer_list_members WHERE customer_id = $1
        ON CONFLICT (list_id, customer_id) DO NOTHING";
    /// Takes a customer off all lists.
    TAKE_OFF_ALL = "DELETE FROM customer_list_members WHERE customer_id = $1";
}

type Row = (String, String, i64);

pub(in crate::customers) async fn insert(
    tx: &mut Conn,
    id: CustomerListId,
    name: &str,
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&INSERT, args![id.to_string(), name, now.0]).await
}

/// All lists, by name.
///
/// # Errors
/// When the database refuses.
pub async fn all(conn: &mut Conn) -> Result<Vec<CustomerList>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&ALL, args![]).await?;
    rows.into_iter().map(list).collect()
}

/// One list.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, id: CustomerListId) -> Result<Option<CustomerList>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND, args![id.to_string()]).await?;
    row.map(list).transpose()
}

/// The lists of a customer, by name.
///
/// # Errors
/// When the database refuses.
pub async fn of_customer(conn: &mut Conn, customer: CustomerId) -> Result<Vec<CustomerList>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&OF_CUSTOMER, args![customer.to_string()]).await?;
    rows.into_iter().map(list).collect()
}

/// Puts a customer on a list; answers whether they were not on it.
pub(in crate::customers) async fn add(
    tx: &mut Conn,
    list: CustomerListId,
    customer: CustomerId,
    now: UtcMs,
) -> Result<bool, DbError> {
    Ok(tx.execute(&ADD, args![list.to_string(), customer.to_string(), now.0]).await? == 1)
}

/// Takes a customer off a list; answers whether they were on it.
pub(in crate::customers) async fn take_off(
    tx: &mut Conn,
    list: CustomerListId,
    customer: CustomerId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&TAKE_OFF, args![list.to_string(), customer.to_string()]).await? == 1)
}

/// Gives the places of one customer on lists to another.
pub(in crate::customers) async fn move_members(tx: &mut Conn, from: CustomerId, to: CustomerId) -> Result<(), DbError> {
    tx.execute(&COPY, args![from.to_string(), to.to_string()]).await?;
    take_off_all(tx, from).await
}

fn list((id, name, members): Row) -> Result<CustomerList, DbError> {
    Ok(CustomerList { id: parsed(&id)?, name, members })
}

/// Takes a customer off all lists.
pub(in crate::customers) async fn take_off_all(tx: &mut Conn, customer: CustomerId) -> Result<(), DbError> {
    tx.execute(&TAKE_OFF_ALL, args![customer.to_string()]).await.map(drop)
}
