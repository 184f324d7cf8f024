//! Whether an object fits among the others: what it names exists, and is what it has to be.

use super::object::Finding;
use super::store::{self, Stored};
use super::{Audience, Category, Event, Exhibition, House, PriceList, Product, ProductKind, SaleRule, Scope};
use db::{Conn, DbError};

/// What an object demands of the rest of the catalog.
pub(super) trait Fit: Stored {
    /// What speaks against the object beside the others, once all that it names exists.
    async fn misfit(&self, conn: &mut Conn) -> Result<Option<Finding>, DbError> {
        let _ = conn;
        Ok(None)
    }
}

impl Fit for House {}
impl Fit for Exhibition {}
impl Fit for Category {}
impl Fit for Audience {}
impl Fit for PriceList {}
impl Fit for SaleRule {}

impl Fit for Scope {
    async fn misfit(&self, conn: &mut Conn) -> Result<Option<Finding>, DbError> {
        if let Some(id) = self.id
            && store::scope_by_id(conn, id).await?.is_some_and(|other| other.key != self.key)
        {
            let message = format!("another scope has the id {id}");
            return Ok(Some(Finding { path: "id".to_owned(), reason: "id_taken", message }));
        }
        if store::house(conn, &self.key).await?.is_some() {
            return Ok(self.finding_as_of_house());
        }
        let Some(before) = store::scope(conn, &self.key).await? else { return Ok(None) };
        let exhibitions = store::exhibitions(conn).await?;
        let Some(path) = self.opens_less_than(&before, &exhibitions) else { return Ok(None) };
        let Some(id) = before.id else { return Ok(None) };
        let message = "what was sold opens this; a scope that was sold only grows";
        let is_sold = store::was_sold(conn, id).await?;
        Ok(is_sold.then(|| Finding { path: path.to_owned(), reason: "scope_was_sold", message: message.to_owned() }))
    }
}

impl Fit for Product {
    async fn misfit(&self, conn: &mut Conn) -> Result<Option<Finding>, DbError> {
        let Some(key) = &self.exchange_for else { return Ok(None) };
        let is_annual = store::product(conn, key).await?.is_some_and(|other| other.kind == ProductKind::AnnualTicket);
        Ok((!is_annual).then(|| Finding::value("exchange_for", "a voucher is exchanged for an annual ticket")))
    }
}

impl Fit for Event {
    async fn misfit(&self, conn: &mut Conn) -> Result<Option<Finding>, DbError> {
        let Some(key) = &self.exhibition else { return Ok(None) };
        let is_here = store::exhibition(conn, key).await?.is_some_and(|exhibition| exhibition.house == self.house);
        Ok((!is_here).then(|| Finding::value("exhibition", "the exhibition belongs to another house")))
    }
}

/// The first thing that keeps the object from fitting among the others.
pub(super) async fn finding<O: Fit>(conn: &mut Conn, object: &O) -> Result<Option<Finding>, DbError> {
    for reference in object.references() {
        if !store::exists(conn, reference.kind, &reference.key).await? {
            let message = format!("there is no {} with the key \"{}\"", reference.kind, reference.key);
            return Ok(Some(Finding { path: reference.path, reason: "unknown_key", message }));
        }
    }
    object.misfit(conn).await
}
