//! What prices are made of, kept in memory while nobody changes it.
//!
//! The database counts every change of the catalog and of offers: the *stamp*. Whoever prices a basket reads the stamp first, and reads
//! again only what is not kept under it. Whoever writes an order that was priced beforehand compares the stamp once more: see
//! [`super::checkout`].

use crate::catalog::store::Stamp;
use crate::catalog::{Audience, Category, Event, House, PriceList, Product, SaleRule, Scope, store as catalog};
use crate::kernel::slug::Slug;
use crate::promotions::{self, KnownOffer};
use chrono::NaiveDate;
use db::{Conn, DbError};
use pricing::Offer;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many objects of one kind are kept at most. Who has more events than this reads the others each time.
const KEPT_MAX: usize = 5_000;

/// What this process keeps of the catalog and the offers.
#[derive(Debug, Default)]
pub struct KeptCatalog(Mutex<Shelves>);

#[derive(Debug, Default)]
struct Shelves {
    stamp: Stamp,
    products: Shelf<Slug, Option<Arc<Product>>>,
    categories: Shelf<Slug, Option<Arc<Category>>>,
    audiences: Shelf<Slug, Option<Arc<Audience>>>,
    houses: Shelf<Slug, Option<Arc<House>>>,
    events: Shelf<Slug, Option<Arc<Event>>>,
    scopes: Shelf<Slug, Option<Arc<Scope>>>,
    price_lists: Shelf<(Slug, NaiveDate), Option<Arc<PriceList>>>,
    sale_rules: Shelf<BTreeSet<Slug>, Arc<Vec<SaleRule>>>,
    sale_rules_with_codes: Shelf<(), Arc<Vec<SaleRule>>>,
    offers: Shelf<(NaiveDate, BTreeSet<String>), Arc<Vec<KnownOffer>>>,
    offers_with_endless_codes: Shelf<NaiveDate, Arc<Vec<Offer>>>,
}

#[derive(Debug)]
struct Shelf<K, V>(HashMap<K, V>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// Reads the catalog for a price: from memory where it is kept.
#[derive(Debug)]
pub struct CatalogReader<'c> {
    conn: &'c mut Conn,
    kept: &'c KeptCatalog,
    stamp: Option<Stamp>,
}

/// One kind of object, read through its shelf.
macro_rules! kept {
    ($($(#[$meta:meta])* $name:ident($($key:ident: $type:ty),*) -> $value:ty = $shelf:ident, $read:expr;)+) => {$(
        $(#[$meta])*
        ///
        /// # Errors
        /// When the database refuses.
        pub async fn $name(&mut self, $($key: &$type),*) -> Result<$value, DbError> {
            let key = ($($key.clone()),*);
            if let Some(known) = self.known(|shelves| &shelves.$shelf, &key) {
                return Ok(known);
            }
            let found = $read(&mut *self.conn, $($key),*).await?.shared();
            self.keep(|shelves| &mut shelves.$shelf, key, found.clone());
            Ok(found)
        }
    )+};
}

impl<'c> CatalogReader<'c> {
    /// Reads with this connection. Only one that sees a single committed state takes from memory and adds to it: what a deed has changed is not
    /// there yet for others.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(conn: &'c mut Conn, kept: &'c KeptCatalog) -> Result<Self, DbError> {
        let stamp = if conn.is_snapshot() { Some(Stamp::read(conn).await?) } else { None };
        Ok(Self { conn, kept, stamp })
    }

    /// The stamp of all that is read; none inside a deed.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// The connection, for what is never kept.
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    kept! {
        /// A product.
        product(key: Slug) -> Option<Arc<Product>> = products, catalog::product;
        /// A category.
        category(key: Slug) -> Option<Arc<Category>> = categories, catalog::category;
        /// An audience.
        audience(key: Slug) -> Option<Arc<Audience>> = audiences, catalog::audience;
        /// A house.
        house(key: Slug) -> Option<Arc<House>> = houses, catalog::house;
        /// An event.
        event(key: Slug) -> Option<Arc<Event>> = events, catalog::event;
        /// A scope.
        scope(key: Slug) -> Option<Arc<Scope>> = scopes, catalog::scope;
        /// A price list with its prices of a day.
        price_list(key: Slug, day: NaiveDate) -> Option<Arc<PriceList>> = price_lists, price_list_on;
        /// The sale rules that could decide at these events.
        sale_rules_at(events: BTreeSet<Slug>) -> Arc<Vec<SaleRule>> = sale_rules, sale_rules_at;
        /// The sale rules that ask for a code.
        sale_rules_with_codes() -> Arc<Vec<SaleRule>> = sale_rules_with_codes, catalog::sale_rules_with_codes;
        /// The offers with a code that could be typed on a day and is never used up. Codes that were added since the stamp may be left out.
        offers_with_endless_codes(day: NaiveDate) -> Arc<Vec<Offer>> = offers_with_endless_codes, offers_with_endless_codes;
        /// The offers that may act on a day: those that nobody has to ask for, and the named ones.
        known_offers(day: NaiveDate, named: BTreeSet<String>) -> Arc<Vec<KnownOffer>> = offers, known_offers;
    }

    fn known<K: Hash + Eq, V: Clone>(&self, shelf: fn(&Shelves) -> &Shelf<K, V>, key: &K) -> Option<V> {
        let shelves = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        (self.stamp == Some(shelves.stamp)).then(|| shelf(&shelves).0.get(key).cloned()).flatten()
    }

    fn keep<K: Hash + Eq, V>(&self, shelf: fn(&mut Shelves) -> &mut Shelf<K, V>, key: K, value: V) {
        let Some(stamp) = self.stamp else { return };
        let mut shelves = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        if stamp > shelves.stamp {
            *shelves = Shelves { stamp, ..Shelves::default() };
        }
        // A snapshot that began before the latest change finds no place here.
        if stamp == shelves.stamp {
            let Shelf(shelf) = shelf(&mut shelves);
            if shelf.len() < KEPT_MAX {
                shelf.insert(key, value);
            }
        }
    }
}

/// How a value is kept, so that many prices share it.
trait Shared {
    type Kept;
    fn shared(self) -> Self::Kept;
}

impl<T> Shared for Option<T> {
    type Kept = Option<Arc<T>>;
    fn shared(self) -> Self::Kept {
        self.map(Arc::new)
    }
}

impl<T> Shared for Vec<T> {
    type Kept = Arc<Self>;
    fn shared(self) -> Self::Kept {
        Arc::new(self)
    }
}

async fn price_list_on(conn: &mut Conn, key: &Slug, day: &NaiveDate) -> Result<Option<PriceList>, DbError> {
    Ok(catalog::price_list(conn, key).await?.map(|list| list.on(*day)))
}

async fn sale_rules_at(conn: &mut Conn, events: &BTreeSet<Slug>) -> Result<Vec<SaleRule>, DbError> {
    catalog::sale_rules_at(conn, &events.iter().collect::<Vec<_>>()).await
}

async fn known_offers(conn: &mut Conn, day: &NaiveDate, named: &BTreeSet<String>) -> Result<Vec<KnownOffer>, DbError> {
    promotions::known_offers(conn, *day, &named.iter().cloned().collect::<Vec<_>>()).await
}

async fn offers_with_endless_codes(conn: &mut Conn, day: &NaiveDate) -> Result<Vec<Offer>, DbError> {
    promotions::offers_with_endless_codes(conn, *day).await
}
