//! How many places of an event are left, and how many of the others are only held.

use crate::catalog::Event;
use crate::kernel::slug::Slug;
use crate::promotions::ledger::Limit;
use crate::promotions::{self, Held};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// The places of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seats {
    /// How many are left; none: as many as come.
    pub left: Option<u32>,
    /// How many are held for baskets and orders whose payment is awaited, and until when at the latest.
    pub held: Option<Held>,
}

/// The places of these events.
///
/// # Errors
/// When the database refuses.
pub async fn seats_of(conn: &mut Conn, events: &[&Event]) -> Result<BTreeMap<Slug, Seats>, DbError> {
    let limits: Vec<Limit> = events.iter().map(|event| Limit::event_capacity(event.key.as_str())).collect();
    let uses = promotions::uses(conn, &limits).await?;
    let held = promotions::held(conn, &limits).await?;
    let seats = |(event, limit): (&&Event, &Limit)| {
        let left = event.capacity.map(|capacity| capacity.saturating_sub(uses.of(limit)));
        (event.key.clone(), Seats { left, held: held.get(limit).copied() })
    };
    Ok(events.iter().zip(&limits).map(seats).collect())
}
