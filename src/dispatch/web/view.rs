//! The lists of the mailroom, and how cards look in them.

use crate::cards::queue::{CardAndTicket, Filter};
use crate::cards::{CardState, Way};
use crate::dispatch::store::steps::TakenNow;
use crate::dispatch::waiting_times::{may_undo, overdue_before};
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::CardId;
use crate::kernel::text::fold;
use crate::production::web::view::{CardRow, Names};
use crate::web::pages::{Fields, Words, address};
use chrono_tz::Tz;
use std::str::FromStr;

/// A list of the mailroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Cards to post.
    Post,
    /// Cards to lay ready.
    Shelf,
    /// Cards to issue at the counter.
    Counter,
    /// Cards that lie ready for their holders.
    Deposited,
    /// Cards that came back.
    Returned,
}

impl List {
    /// All lists, in the order in which they are offered.
    pub(super) const ALL: [Self; 5] = [Self::Post, Self::Shelf, Self::Counter, Self::Deposited, Self::Returned];

    /// The word for the list in addresses.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Shelf => "shelf",
            Self::Counter => "counter",
            Self::Deposited => "deposited",
            Self::Returned => "returned",
        }
    }

    /// Where the list is.
    pub(super) fn path(self) -> String {
        format!("/mailroom/{}", self.as_str())
    }

    /// Which cards somebody looks for in the list.
    pub(super) fn filter(self, query: &Fields, now: UtcMs) -> Filter {
        let (state, way) = match self {
            Self::Post => (CardState::ReadyForDispatch, Some(Way::Mail)),
            Self::Shelf => (CardState::ReadyForDispatch, Some(Way::Pickup)),
            Self::Counter => (CardState::ReadyForDispatch, Some(Way::Counter)),
            Self::Deposited => (CardState::Deposited, None),
            Self::Returned => (CardState::Returned, None),
        };
        Filter {
            states: vec![state],
            way,
            house: query.get("house").parse().ok().filter(|_| matches!(self, Self::Shelf | Self::Deposited)),
            product: query.get("product").parse().ok(),
            before: (self == Self::Deposited && query.has("overdue")).then(|| overdue_before(now)),
            words: fold(query.get("q")),
            ..Filter::default()
        }
    }
}

/// A list, or its export, as somebody looks at it: at its beginning or after a page.
pub(super) fn seen(path: &str, query: &Fields, after: &str) -> String {
    let get = |name| query.get(name);
    let pairs = [
        ("q", get("q")),
        ("product", get("product")),
        ("house", get("house")),
        ("overdue", get("overdue")),
        ("sort", get("sort")),
        ("carrier", get("carrier")),
        ("tracking", get("tracking")),
        ("shelf", get("shelf")),
        ("after", after),
    ];
    address(path, &pairs)
}

impl FromStr for List {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|list| list.as_str() == word).ok_or(())
    }
}

/// A card in a list of the mailroom.
pub(super) struct MailRow {
    /// What all desks show.
    pub(super) card: CardRow,
    /// Where it is sent, in one line.
    pub(super) address: Option<String>,
    /// House and shelf, where it lies.
    pub(super) place: Option<String>,
    /// Whether it has lain too long.
    pub(super) is_overdue: bool,
    /// Why it came back.
    pub(super) reason: Option<String>,
    /// Whether it came back from the address to which it is to go.
    pub(super) came_back_from_there: bool,
    /// The number of the box in which it lies.
    pub(super) in_box: Option<i64>,
}

impl MailRow {
    pub(super) fn of(item: &CardAndTicket, names: &Names, words: Words, zone: Tz, now: UtcMs) -> Self {
        let lies = item.card.state == CardState::Deposited;
        let house = item.card.house.as_ref().filter(|_| lies).map(|house| names.house(house));
        let place = house.map(|house| match &item.card.shelf {
            Some(shelf) => format!("{house}, {shelf}"),
            None => house,
        });
        let is_posted = item.ticket.delivery.as_ref().is_some_and(crate::cards::Delivery::needs_address);
        Self {
            card: CardRow::of(item, names, words, zone),
            address: item.ticket.address.as_ref().filter(|_| is_posted).map(line),
            place,
            is_overdue: lies && item.card.changed_at < overdue_before(now),
            reason: None,
            came_back_from_there: false,
            in_box: None,
        }
    }
}

/// An address in one line.
pub(super) fn line(address: &Address) -> String {
    let mut parts = address.lines.clone();
    parts.extend(address.town_lines());
    parts.push(address.country.clone());
    parts.join(", ")
}

/// Something that was done just now.
pub(super) struct DoneRow {
    pub(super) card: CardId,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) time: String,
    pub(super) what: String,
    pub(super) is_undone: bool,
    pub(super) can_undo: bool,
}

impl DoneRow {
    pub(super) fn of(step: &TakenNow, words: Words, zone: Tz, now: UtcMs) -> Self {
        let local = step.at.to_datetime().with_timezone(&zone);
        Self {
            card: step.card,
            name: step.holder.clone(),
            number: grouped(&step.number),
            time: words.time(local.time()),
            what: words.t(&format!("mailroom-did-{}", step.step.replace('_', "-"))),
            is_undone: !step.is_last,
            can_undo: step.is_last && may_undo(step.at, now),
        }
    }
}

/// A card number in the groups in which people read it.
pub(super) fn grouped(digits: &str) -> String {
    card::CardNumber::parse(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

/// What became of a card that was read.
pub(super) struct ScanResult {
    /// `good`, `attention` or `refused`.
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) sentence: String,
    /// Where it can be set right, and the words for it.
    pub(super) way_out: Option<(String, String)>,
}

impl ScanResult {
    pub(super) fn good(sentence: String) -> Self {
        Self { tone: "good", symbol: "✓", sentence, way_out: None }
    }

    pub(super) fn refused(sentence: String) -> Self {
        Self { tone: "refused", symbol: "✕", sentence, way_out: None }
    }

    pub(super) fn leading_to(self, path: String, words: String) -> Self {
        Self { way_out: Some((path, words)), ..self }
    }
}
