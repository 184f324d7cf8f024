//! Lists of customers that somebody chose, for instance for a campaign; and customers from a file.

use super::customer::fold_address;
use super::import_file::ImportLine;
use super::remember;
use super::store::{self, lists};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::{CustomerId, CustomerListId};
use crate::kernel::text::clean;
use db::{Conn, DbError};
use serde_json::json;

/// The most characters of a list's name.
const NAME_CHARS_MAX: usize = 100;

/// A list of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerList {
    /// The id.
    pub id: CustomerListId,
    /// What it is called.
    pub name: String,
    /// How many customers are on it.
    pub members: i64,
}

/// Why a list was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no such list, or no such customer.
    #[error("there is no such list")]
    NotFound,
    /// It has no name, or too long a one.
    #[error("a list has a name of at most 100 characters")]
    Name,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What became of the lines of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Customers who are new.
    pub new: i64,
    /// Customers who were known already.
    pub known: i64,
}

/// Makes an empty list.
///
/// # Errors
/// When it has no name, or too long a one.
pub async fn make(tx: &mut Conn, act: &Act, name: &str) -> Result<CustomerListId, ListError> {
    let name = clean(name);
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(ListError::Name);
    }
    let id = act.new_id();
    lists::insert(tx, id, &name, act.now).await?;
    audit::record(tx, act, Entry::new("customer_list.made", "customer_list", id)).await?;
    Ok(id)
}

/// Puts a customer on a list; whoever is on it stays.
///
/// # Errors
/// When there is no such list or customer.
pub async fn add(tx: &mut Conn, act: &Act, list: CustomerListId, customer: CustomerId) -> Result<(), ListError> {
    if lists::find(tx, list).await?.is_none() || store::find(tx, customer).await?.is_none() {
        return Err(ListError::NotFound);
    }
    if lists::add(tx, list, customer, act.now).await? {
        let detail = json!({"list": list.to_string()});
        audit::record(tx, act, Entry::new("customer.listed", "customer", customer).detail(detail)).await?;
    }
    Ok(())
}

/// Takes a customer off a list.
///
/// # Errors
/// When the customer is not on it.
pub async fn take_off(tx: &mut Conn, act: &Act, list: CustomerListId, customer: CustomerId) -> Result<(), ListError> {
    if !lists::take_off(tx, list, customer).await? {
        return Err(ListError::NotFound);
    }
    let detail = json!({"list": list.to_string()});
    audit::record(tx, act, Entry::new("customer.unlisted", "customer", customer).detail(detail)).await?;
    Ok(())
}

/// Remembers the customers of a file, and puts them on a list if one is named. What is known of somebody stays as it is; whether they
/// want news is taken from the file only where they never said so themselves.
///
/// # Errors
/// When there is no such list.
pub async fn import(
    tx: &mut Conn,
    act: &Act,
    lines: &[ImportLine],
    list: Option<CustomerListId>,
    language: &str,
) -> Result<Imported, ListError> {
    if let Some(list) = list
        && lists::find(tx, list).await?.is_none()
    {
        return Err(ListError::NotFound);
    }
    let mut imported = Imported::default();
    for line in lines.iter().filter(|line| line.wrong.is_none()) {
        let known = store::id_of_address(tx, &fold_address(&line.address)).await?;
        let language = line.language.as_deref().unwrap_or(language);
        let id = remember(tx, act, &line.address, &line.name, language).await?;
        if known.is_some() {
            imported.known += 1;
        } else {
            imported.new += 1;
        }
        let said = store::find(tx, id).await?.is_some_and(|customer| customer.newsletter_changed_at.is_some());
        if let Some(wanted) = line.newsletter.filter(|_| !said) {
            store::set_newsletter(tx, id, wanted, act.now).await?;
        }
        if let Some(list) = list {
            lists::add(tx, list, id, act.now).await?;
        }
    }
    let detail = json!({"new": imported.new, "known": imported.known});
    let subject = list.map_or_else(String::new, |list| list.to_string());
    audit::record(tx, act, Entry::new("customers.imported", "customer_list", subject).detail(detail)).await?;
    Ok(imported)
}
