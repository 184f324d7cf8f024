//! The way of an order from its request to its commit: prepared beside the writers, placed in turn, and prepared anew when somebody was
//! quicker.

use super::checkout::{self, CheckoutError, NewOrder, Prepared};
use super::order::Order;
use super::quote::Rejected;
use super::shop::{Shop, Till};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::kernel::Act;
use db::{Conn, DbError};
use std::sync::{Arc, Mutex, PoisonError};

/// How often an order is prepared anew when somebody was quicker.
const ATTEMPTS_MAX: usize = 5;

/// An order that somebody wants to place.
#[derive(Debug)]
pub struct Placing {
    shop: Shop,
    act: Act,
    new: NewOrder,
}

/// One attempt to place it.
#[derive(Debug)]
pub struct Attempt {
    placing: Arc<Placing>,
    number: usize,
    /// The refusal waits for the deed: a request that was carried out before is answered as it was then, whatever would be said today.
    prepared: Result<Prepared, Mutex<Option<CheckoutError>>>,
    /// The codes that are refused.
    refused: Vec<Rejected>,
}

impl Placing {
    /// An order of this act.
    pub fn new(shop: Shop, act: Act, new: NewOrder) -> Arc<Self> {
        Arc::new(Self { shop, act, new })
    }

    /// Who places it, and when.
    pub fn act(&self) -> &Act {
        &self.act
    }

    /// Where it is sold.
    pub fn channel(&self) -> Channel {
        self.new.basket.channel
    }

    /// What it is sold with.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Prepares the order for the deed that places it. The first attempt has the number 1.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn attempt(self: &Arc<Self>, app: &SharedApp, number: usize) -> Result<Arc<Attempt>, DbError> {
        let mut conn = app.db.brief_snapshot().await?;
        let signer = app.keys.signer(self.act.now);
        let till = Till { shop: &self.shop, signer: &signer };
        let prepared = checkout::prepare(&mut conn, &self.act, till, &self.new).await;
        let refused = match &prepared {
            Ok(prepared) => prepared.refused.clone(),
            Err(CheckoutError::CodeRejected(refused)) => refused.clone(),
            Err(_) => Vec::new(),
        };
        let prepared = prepared.map_err(|refusal| Mutex::new(Some(refusal)));
        Ok(Arc::new(Attempt { placing: self.clone(), number, prepared, refused }))
    }
}

impl Attempt {
    /// The codes that are refused, whether the order goes on without them or not.
    pub fn refused(&self) -> &[Rejected] {
        &self.refused
    }

    /// Whether there is no other attempt after this one.
    pub fn is_last(&self) -> bool {
        self.number >= ATTEMPTS_MAX
    }

    /// The deed. It goes in turn with those of other orders: see [`db::Db::in_turn`].
    ///
    /// # Errors
    /// Why the order is refused; [`CheckoutError::ChangedMeanwhile`] when another attempt may give another answer.
    pub async fn place(&self, tx: &mut Conn) -> Result<Order, CheckoutError> {
        let Placing { shop, act, new } = &*self.placing;
        match &self.prepared {
            Ok(prepared) => checkout::place(tx, act, shop, new, prepared).await,
            Err(refusal) => {
                let refusal = refusal.lock().unwrap_or_else(PoisonError::into_inner).take();
                Err(refusal.unwrap_or(CheckoutError::ChangedMeanwhile))
            }
        }
    }
}
