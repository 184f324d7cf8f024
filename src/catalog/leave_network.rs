//! A house leaves the network: what was sold goes on opening it, what is sold from now on does not.
//!
//! A scope that was sold never loses a house. So each scope of several houses that the leaving house is in gets a successor without it,
//! and the products go over to that. A product that opened nothing else is sold no more.

use super::object::Kind;
use super::store::{self, Stored};
use super::{Exhibition, Product, Scope};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde::Serialize;
use serde_json::json;

/// Why a house did not leave.
#[derive(Debug, thiserror::Error)]
pub enum LeaveError {
    /// There is none with the key.
    #[error("there is no such house")]
    NotFound,
    /// No product opens it.
    #[error("no product opens this house any more")]
    NothingToChange,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What becomes of the products when a house leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Leaving {
    /// Products that go on without the house.
    pub going_on: Vec<GoingOn>,
    /// Products that opened nothing else: they are sold no more.
    pub ending: Vec<Slug>,
    /// Annual tickets that go on opening the house.
    pub annual_tickets: i64,
    /// The last day of the last of them, as far as their days are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub last_day: Option<NaiveDate>,
}

/// A product that opens one house less from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GoingOn {
    /// The product.
    pub product: Slug,
    /// What it opened.
    pub scope: Slug,
    /// What it opens from now on.
    pub successor: Slug,
}

/// What would become of the products. Nothing is changed.
///
/// # Errors
/// When there is no such house.
pub async fn preview(conn: &mut Conn, house: &Slug, today: NaiveDate) -> Result<Leaving, LeaveError> {
    Ok(plan(conn, house, today).await?.leaving)
}

/// Takes a house out of all that is sold from now on.
///
/// # Errors
/// When there is no such house, or no product opens it.
pub async fn leave_network(
    tx: &mut Conn,
    act: &Act,
    house: &Slug,
    today: NaiveDate,
    reason: &str,
) -> Result<Leaving, LeaveError> {
    let Plan { leaving, successors, products } = plan(tx, house, today).await?;
    if products.is_empty() {
        return Err(LeaveError::NothingToChange);
    }
    for mut scope in successors {
        scope.insert(tx, act.now).await?;
        audit::record(tx, act, Entry::new("scope.created", Kind::Scope.as_str(), &scope.key)).await?;
    }
    for product in &products {
        product.update(tx).await?;
        let entry = Entry::new("product.changed", Kind::Product.as_str(), &product.key).reason(reason);
        audit::record(tx, act, entry).await?;
    }
    let detail = json!({"going_on": leaving.going_on, "ending": leaving.ending});
    let entry = Entry::new("house.left", Kind::House.as_str(), house).reason(reason).detail(detail);
    audit::record(tx, act, entry).await?;
    Ok(leaving)
}

struct Plan {
    leaving: Leaving,
    /// Scopes to add.
    successors: Vec<Scope>,
    /// Products as they will be.
    products: Vec<Product>,
}

async fn plan(conn: &mut Conn, house: &Slug, today: NaiveDate) -> Result<Plan, LeaveError> {
    if store::house(conn, house).await?.is_none() {
        return Err(LeaveError::NotFound);
    }
    let scopes = store::scopes(conn).await?;
    let exhibitions = store::exhibitions(conn).await?;
    let opening: Vec<&Scope> = scopes.iter().filter(|scope| scope.opens(house, &exhibitions)).collect();
    let ids: Vec<u16> = opening.iter().filter_map(|scope| scope.id).collect();
    let (annual_tickets, last_day) = store::sold_with_scopes(conn, &ids, today).await?;
    let leaving = Leaving { going_on: Vec::new(), ending: Vec::new(), annual_tickets, last_day };
    let mut plan = Plan { leaving, successors: Vec::new(), products: Vec::new() };
    let products = store::products(conn).await?.into_iter().filter(|product| !product.archived);
    for mut product in products {
        let own = opening.iter().find(|scope| product.scope.as_ref() == Some(&scope.key));
        let Some(scope) = own else { continue };
        let rest = scope.without(house, &exhibitions);
        if rest.houses.is_empty() && rest.exhibitions.is_empty() {
            product.archived = true;
            plan.leaving.ending.push(product.key.clone());
        } else {
            let same = |other: &&Scope| other.houses == rest.houses && other.exhibitions == rest.exhibitions;
            let successor = scopes.iter().chain(&plan.successors).find(same).map(|known| known.key.clone());
            let successor = successor.unwrap_or_else(|| {
                let key =
                    free_key(&scope.key, |key| scopes.iter().chain(&plan.successors).any(|known| known.key == *key));
                plan.successors.push(Scope { key: key.clone(), id: None, ..rest });
                key
            });
            let scope = scope.key.clone();
            plan.leaving.going_on.push(GoingOn { product: product.key.clone(), scope, successor: successor.clone() });
            product.scope = Some(successor);
        }
        plan.products.push(product);
    }
    Ok(plan)
}

/// The first of `key-2`, `key-3`, .. that is free. A long key is cut.
fn free_key(key: &Slug, is_taken: impl Fn(&Slug) -> bool) -> Slug {
    let stem: String = key.as_str().chars().take(Slug::CHARS_MAX - 6).collect();
    let candidates = (2_u32..).filter_map(|number| format!("{stem}-{number}").parse().ok());
    let mut free = candidates.skip_while(is_taken);
    free.next().unwrap_or_else(|| key.clone())
}

impl Scope {
    /// Whether it opens the house, or an exhibition of it.
    fn opens(&self, house: &Slug, exhibitions: &[Exhibition]) -> bool {
        self.houses.contains(house) || self.exhibitions.iter().any(|key| is_in(key, house, exhibitions))
    }

    /// What is left of it without the house.
    fn without(&self, house: &Slug, exhibitions: &[Exhibition]) -> Self {
        Self {
            houses: self.houses.iter().filter(|key| *key != house).cloned().collect(),
            exhibitions: self.exhibitions.iter().filter(|key| !is_in(key, house, exhibitions)).cloned().collect(),
            ..self.clone()
        }
    }
}

fn is_in(exhibition: &Slug, house: &Slug, exhibitions: &[Exhibition]) -> bool {
    exhibitions.iter().any(|known| known.key == *exhibition && known.house == *house)
}
