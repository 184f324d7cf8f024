//! The frame around all pages for staff: the places that they may go to, the keys that lead there, and what waits there.

use super::visitor::Visitor;
use crate::app::{App, SharedApp};
use crate::cards::queue::{self, Queue};
use crate::dispatch;
use crate::dispatch::ready_list::Counts;
use crate::kernel::roles::Roles;
use crate::web::caller::{ADMIN, ANY_ROLE, Caller, ENTRY, MAILROOM, MARKETING, PERSONALIZATION, SHOP};
use db::DbError;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The path of the page with which the day begins.
pub const START: &str = "/desk";

/// How long counts are shown at most.
const KEPT: Duration = Duration::from_secs(2);

/// All places with the roles that may go there, in the order of the rail. F5 reloads a page everywhere and stays the browser's.
const PLACES: [(u8, Place); 9] = [
    (ANY_ROLE, Place::new("place-start", START, "F1")),
    (SHOP, Place::new("place-box-office", "/box-office", "F2")),
    (SHOP, Place::new("place-orders", "/orders", "F3")),
    (PERSONALIZATION, Place::new("place-annual-tickets", "/annual-tickets", "F4")),
    (PERSONALIZATION, Place::new("place-print", "/print", "F6")),
    (MAILROOM, Place::new("place-mailroom", "/mailroom", "F7")),
    (MARKETING, Place::new("place-campaigns", "/campaigns", "F8")),
    (ENTRY, Place::new("place-entry", "/entry", "F9")),
    (ADMIN, Place::new("place-admin", "/admin", "F10")),
];

/// A place in the left rail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key of its name.
    pub name: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// The function key that leads there.
    pub key: &'static str,
    /// How much waits there; nothing where nothing is counted.
    pub waiting: Option<i64>,
}

impl Place {
    const fn new(name: &'static str, path: &'static str, key: &'static str) -> Self {
        Self { name, path, key, waiting: None }
    }
}

/// What the frame shows of the member of staff.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Their name.
    pub name: String,
    /// The places that they may go to.
    pub places: Vec<Place>,
}

impl Desk {
    /// The frame for a caller, with what waits for them now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(app: &SharedApp, caller: &Caller) -> Result<Self, DbError> {
        Ok(Self::of(caller, &Waiting::now(app, caller.roles).await?))
    }

    pub(super) fn of(caller: &Caller, waiting: &Waiting) -> Self {
        let mine = PLACES.into_iter().filter(|(mask, _)| caller.roles.may(*mask));
        Self {
            name: caller.name.clone().unwrap_or_default(),
            places: mine.map(|(_, place)| Place { waiting: waiting.at(place.path), ..place }).collect(),
        }
    }

    /// Whether this place is where the visitor is.
    pub fn is_at(&self, visitor: &Visitor, place: &Place) -> bool {
        let first = visitor.path.split('/').nth(1).unwrap_or_default();
        if BESIDE.iter().any(|(path, beside)| place.path == *path && beside.contains(&first)) {
            return true;
        }
        visitor.path.strip_prefix(place.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Places, and what stands beside them under addresses of its own.
const BESIDE: [(&str, &[&str]); 2] =
    [("/orders", &["day-ends", "invoices", "phone-orders"]), ("/campaigns", &["partners", "reports"])];

/// The counts of a moment ago: every page shows them, and most pages are opened without anything having happened. They are
/// counted anew after each deed of this process, and after two seconds because of the deeds of others.
#[derive(Debug, Default)]
pub struct KeptWaiting(Mutex<Option<(u64, Instant, Waiting)>>);

impl KeptWaiting {
    fn find(&self, deeds: u64, now: Instant) -> Option<Waiting> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of_deeds, at, waiting) = kept.as_ref()?;
        (*of_deeds == deeds && now.duration_since(*at) < KEPT).then(|| waiting.clone())
    }

    fn keep(&self, deeds: u64, at: Instant, waiting: &Waiting) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((deeds, at, waiting.clone()));
    }
}

/// What waits on the desks; zero where a role may not look.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    pub(super) cards: Queue,
    pub(super) ready: Counts,
}

impl Waiting {
    /// What waits for these roles now.
    pub(super) async fn now(app: &App, roles: Roles) -> Result<Self, DbError> {
        if !roles.may(PERSONALIZATION | MAILROOM) {
            return Ok(Self::default());
        }
        // Read before the counting, so that a deed meanwhile makes the counts old.
        let (deeds, at) = (app.db.figures().deeds, Instant::now());
        if let Some(kept) = app.waiting.find(deeds, at) {
            return Ok(kept);
        }
        let mut conn = app.db.read().await?;
        let cards = queue::count(&mut conn).await?;
        let waiting = Self { cards, ready: dispatch::store::count_ready(&mut conn).await? };
        app.waiting.keep(deeds, at, &waiting);
        Ok(waiting)
    }

    /// How many cards are to be laid ready, in all houses.
    pub(super) fn to_lay_ready(&self) -> i64 {
        self.ready.pickup.values().map(|count| i64::from(*count)).sum()
    }

    fn at(&self, path: &str) -> Option<i64> {
        let waiting = match path {
            "/annual-tickets" => self.cards.to_personalize + self.cards.photos_to_review,
            "/print" => self.cards.ready_to_print + self.cards.set_aside,
            "/mailroom" => i64::from(self.ready.mail) + self.to_lay_ready() + self.cards.returned,
            _ => return None,
        };
        (waiting > 0).then_some(waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::roles::Role;
    use crate::kernel::{Actor, ids::Id, ids::StaffId};
    use std::collections::BTreeSet;

    fn places(roles: &[Role]) -> Vec<&'static str> {
        let staff = StaffId::new(crate::kernel::UtcMs(0), &crate::kernel::random::ChaChaRandom::seeded(1));
        let caller = Caller { actor: Actor::Staff(staff), name: None, roles: Roles::of(roles), rights: Vec::new() };
        Desk::of(&caller, &Waiting::default()).places.into_iter().map(|place| place.path).collect()
    }

    #[test]
    fn each_role_sees_its_places() {
        assert_eq!(places(&[Role::Shop]), ["/desk", "/box-office", "/orders"]);
        assert_eq!(places(&[Role::Mailroom, Role::Entry]), ["/desk", "/mailroom", "/entry"]);
        assert_eq!(places(&[Role::Admin]).len(), PLACES.len());
    }

    #[test]
    fn each_key_leads_to_one_place() {
        let keys: BTreeSet<_> = PLACES.iter().map(|(_, place)| place.key).collect();
        assert_eq!(keys.len(), PLACES.len());
    }
}
