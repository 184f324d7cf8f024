//! How cards look in lists: the words for where they stand, their way, and what to do about them.

use crate::cards::queue::CardAndTicket;
use crate::cards::web::StateLabel;
use crate::cards::{CardState, Delivery, Way};
use crate::catalog;
use crate::kernel::ids::CardId;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::web::pages::Words;
use chrono_tz::Tz;
use db::{Conn, DbError};

/// What products and houses are called.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Annual-ticket products, by key, in the visitor's language.
    pub products: Vec<(Slug, String)>,
    /// Houses, by key.
    pub houses: Vec<(Slug, String)>,
}

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn read(conn: &mut Conn, words: Words) -> Result<Self, DbError> {
        let products = catalog::store::products(conn).await?;
        let houses = catalog::store::houses(conn).await?;
        let with_card = products.into_iter().filter(|product| product.validity.is_some());
        Ok(Self {
            products: with_card
                .map(|product| (product.key, product.names.get(words.language.as_str()).to_owned()))
                .collect(),
            houses: houses.into_iter().map(|house| (house.key, house.name)).collect(),
        })
    }

    /// What a product is called.
    pub fn product(&self, key: &Slug) -> String {
        named(&self.products, key)
    }

    /// What a house is called.
    pub fn house(&self, key: &Slug) -> String {
        named(&self.houses, key)
    }

    /// How a card comes to its holder, in one or two words: the post, the name of a house, or the counter.
    pub fn way(&self, delivery: Option<&Delivery>, words: Words) -> String {
        match delivery {
            Some(Delivery::Pickup { house }) => self.house(house),
            other => words.t(way_key(Delivery::way_of(other))),
        }
    }
}

/// The key of the word for a way.
pub const fn way_key(way: Way) -> &'static str {
    match way {
        Way::Mail => "print-way-mail",
        Way::Pickup => "print-way-pickup",
        Way::Counter => "print-way-counter",
    }
}

/// A card in a list.
#[derive(Debug, Clone)]
pub struct CardRow {
    /// The card.
    pub id: CardId,
    /// Its number, as people read it.
    pub number: String,
    /// The holder's name.
    pub name: String,
    /// What it is a card of.
    pub product: String,
    /// How it comes to its holder.
    pub way: String,
    /// Where it stands.
    pub label: StateLabel,
    /// Since when it stands there, as a day.
    pub since: String,
    /// The path of the portrait, where there is one.
    pub portrait: Option<String>,
    /// Why it is set aside, and what is to be done.
    pub aside: Option<(String, String)>,
    /// Whether what was frozen for it is no longer what is known of its holder.
    pub differs: bool,
}

impl CardRow {
    /// A card as it is listed.
    pub fn of(item: &CardAndTicket, names: &Names, words: Words, zone: Tz) -> Self {
        let CardAndTicket { card, ticket } = item;
        let aside = (card.state == CardState::SetAside).then(|| {
            let reason = card.set_aside_reason.as_deref().unwrap_or_default();
            (set_aside(words, reason, "what"), set_aside(words, reason, "next"))
        });
        Self {
            id: card.id,
            number: card.number.to_string(),
            name: ticket.holder.name(),
            product: names.product(&card.product),
            way: names.way(ticket.delivery.as_ref(), words),
            label: StateLabel::of_card(card.state, words),
            since: words.date(local_day(card.changed_at, zone)),
            portrait: ticket.photo_id.is_some().then(|| portrait_path(card.id, card.print_data_sha256.as_deref())),
            aside,
            differs: card.differs(ticket),
        }
    }
}

/// The path of a portrait. It changes with what was frozen, so that a browser may keep the picture for a while.
pub fn portrait_path(card: CardId, print_data_sha256: Option<&[u8]>) -> String {
    format!("/cards/{card}/portrait.jpg?of={}", version(print_data_sha256))
}

/// The path of the picture of a card's front.
pub fn front_path(card: CardId, print_data_sha256: Option<&[u8]>) -> String {
    format!("/cards/{card}/preview.png?of={}", version(print_data_sha256))
}

fn version(print_data_sha256: Option<&[u8]>) -> String {
    print_data_sha256.map(|hash| hex::encode(&hash[..hash.len().min(6)])).unwrap_or_default()
}

/// Why a card is set aside (`what`), or what is to be done about it (`next`).
fn set_aside(words: Words, reason: &str, part: &str) -> String {
    let key = format!("print-aside-{}-{part}", reason.replace('_', "-"));
    if words.has(&key) { words.t(&key) } else { words.t(&format!("print-aside-other-{part}")) }
}

fn named(names: &[(Slug, String)], key: &Slug) -> String {
    names.iter().find(|(own, _)| own == key).map_or_else(|| key.to_string(), |(_, name)| name.clone())
}
