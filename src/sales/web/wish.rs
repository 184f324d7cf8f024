//! Baskets on pages: what somebody has put together so far, kept as a text in the address (box office) or in a cookie (shop).
//!
//! The text holds keys, quantities and codes, and nothing about a person. Whoever changes it changes a basket and no price: prices are
//! asked of the engine each time.

use crate::catalog::product::Channel;
use crate::kernel::ids::OrderId;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::partners::Institution;
use crate::sales::basket::{Basket, Customer, Item, LineOverride, OfferOverride, TICKETS_MAX};
use crate::web::pages::encode;
use axum::extract::Query;
use axum::http::Uri;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// Names and values as they come in an address, a form or a cookie.
pub(super) type Pairs = Vec<(String, String)>;

/// The most lines that a basket on a page takes.
const LINES_MAX: usize = 40;
/// The most codes that it takes.
const CODES_MAX: usize = 12;
/// The most characters of a code or a reason.
const TEXT_CHARS_MAX: usize = 200;

/// A basket in the making, and where its next tickets are for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Its lines.
    pub(super) lines: Vec<Wanted>,
    /// The codes as they were typed.
    pub(super) codes: Vec<String>,
    /// Offers that staff use without their codes and minimums, and why.
    pub(super) overrides: Vec<(Slug, String)>,
    /// The house that the next tickets are for.
    pub(super) house: Option<Slug>,
    /// The event that they are for.
    pub(super) event: Option<Slug>,
    /// The day that they are for; absent: today.
    pub(super) date: Option<NaiveDate>,
    /// What the ledger holds for it. It stands in no text: the browser keeps it in a cookie of its own.
    pub(super) hold: Option<OrderId>,
    /// Who buys, where they are signed in. It stands in no text.
    pub(super) customer: Option<Customer>,
    /// The partner that it is booked for. It stands in no text.
    pub(super) booking_for: Option<Institution>,
    /// The name of the desk that sells, where it has one. It stands in no text either.
    pub(super) profile: Option<String>,
}

/// A line: so many tickets of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) product: Slug,
    pub(super) category: Slug,
    /// The audience whose price is paid.
    pub(super) audience: Option<Slug>,
    pub(super) house: Option<Slug>,
    pub(super) event: Option<Slug>,
    pub(super) date: Option<NaiveDate>,
    pub(super) quantity: u32,
    /// Why staff sell it against its sale rules.
    pub(super) reason: Option<String>,
}

impl Wish {
    /// Reads a basket; what cannot be read is left out.
    pub(super) fn read(pairs: &Pairs) -> Self {
        let mut wish = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "item" if wish.lines.len() < LINES_MAX => wish.lines.extend(Wanted::read(value)),
                "code" => wish.add_code(value),
                "use" => {
                    let named = value.split_once('~').and_then(|(offer, why)| Some((offer.parse().ok()?, text(why)?)));
                    wish.overrides.extend(named);
                }
                "house" => wish.house = value.parse().ok(),
                "event" => wish.event = value.parse().ok(),
                "date" => wish.date = value.parse().ok(),
                _ => {}
            }
        }
        wish
    }

    /// Reads the text of a cookie.
    pub(super) fn of_text(text: &str) -> Self {
        let uri: Option<Uri> = format!("/?{text}").parse().ok();
        let pairs = uri.and_then(|uri| Query::<Pairs>::try_from_uri(&uri).ok());
        pairs.map(|Query(pairs)| Self::read(&pairs)).unwrap_or_default()
    }

    /// The basket as names and values, for hidden fields.
    pub(super) fn pairs(&self) -> Pairs {
        let mut pairs: Pairs = self.lines.iter().map(|line| ("item".to_owned(), line.text())).collect();
        let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
        self.codes.iter().for_each(|code| add("code", code.clone()));
        self.overrides.iter().for_each(|(offer, why)| add("use", format!("{offer}~{why}")));
        self.house.iter().for_each(|house| add("house", house.to_string()));
        self.event.iter().for_each(|event| add("event", event.to_string()));
        self.date.iter().for_each(|date| add("date", date.to_string()));
        pairs
    }

    /// The same without where the next tickets are for: those fields are on the page.
    pub(super) fn content(&self) -> Pairs {
        let is_content = |(name, _): &(String, String)| ["item", "code", "use"].contains(&name.as_str());
        self.pairs().into_iter().filter(is_content).collect()
    }

    /// The basket as a query.
    pub(super) fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in self.pairs() {
            let between = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{between}{name}={}", encode(&value));
        }
        query
    }

    /// Carries out the steps among the pairs: tickets and codes that are added, changed and taken out. Answers whether there were any.
    pub(super) fn step(&mut self, pairs: &Pairs) -> bool {
        let reason = || pairs.iter().find(|(name, _)| name == "reason").and_then(|(_, value)| text(value));
        let mut stepped = self.set_quantities(pairs);
        for (name, value) in pairs {
            let place = || value.parse::<usize>().ok();
            match name.as_str() {
                "add" => self.add(value),
                "more" => self.change(place(), |quantity| quantity + 1),
                "less" => self.change(place(), |quantity| quantity.saturating_sub(1)),
                "drop" => self.change(place(), |_| 0),
                "new_code" => self.add_code(value),
                "drop_code" => {
                    if let Some(place) = place().filter(|place| *place < self.codes.len()) {
                        self.codes.remove(place);
                    }
                }
                "drop_use" => self.overrides.retain(|(offer, _)| offer.as_str() != value),
                "use_offer" => {
                    if let (Ok(offer), Some(why)) = (value.parse(), reason()) {
                        self.overrides.retain(|(known, _)| *known != offer);
                        self.overrides.push((offer, why));
                    }
                }
                "sell_line" => {
                    if let (Some(line), Some(why)) = (place().and_then(|place| self.lines.get_mut(place)), reason()) {
                        line.reason = Some(why);
                    }
                }
                "empty" => *self = Self { house: self.house.take(), ..Self::default() },
                _ => continue,
            }
            stepped = true;
        }
        self.lines.retain(|line| line.quantity > 0);
        stepped
    }

    /// Takes out the line at a place.
    pub(super) fn remove(&mut self, place: usize) {
        if place < self.lines.len() {
            self.lines.remove(place);
        }
    }

    /// How many tickets are in it.
    pub(super) fn tickets(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// The basket for the engine; its lines are named by their places.
    pub(super) fn basket(&self, channel: Channel) -> Basket {
        let item = |(place, line): (usize, &Wanted)| Item {
            line: place.to_string(),
            product: line.product.clone(),
            category: line.category.clone(),
            audience: line.audience.clone(),
            house: line.house.clone(),
            event: line.event.clone(),
            date: line.date,
            quantity: line.quantity,
            staff_override: line.reason.clone().map(|reason| LineOverride { reason }),
        };
        let offer = |(offer, reason): &(Slug, String)| OfferOverride { offer: offer.clone(), reason: reason.clone() };
        Basket {
            channel,
            items: self.lines.iter().enumerate().map(item).collect(),
            codes: self.codes.clone(),
            customer: self.customer.clone(),
            box_office_profile: self.profile.clone(),
            staff_overrides: self.overrides.iter().map(offer).collect(),
            hold: self.hold,
        }
    }

    /// Takes over the quantities that were typed, before the buttons count from them. Answers whether any is another one.
    fn set_quantities(&mut self, pairs: &Pairs) -> bool {
        let mut changed = false;
        for (name, value) in pairs {
            let Some(place) = name.strip_prefix("quantity-").and_then(|place| place.parse::<usize>().ok()) else {
                continue;
            };
            let before = self.lines.get(place).map(|line| line.quantity);
            if let (Some(before), Ok(typed)) = (before, value.trim().parse::<u32>())
                && typed != before
            {
                self.change(Some(place), |_| typed);
                changed = true;
            }
        }
        changed
    }

    /// Adds tickets: one of `product.category`, or the first `n` of `product.category.n`, for the house, event and day of the moment; or
    /// a whole line with its own.
    fn add(&mut self, value: &str) {
        let parts: Vec<&str> = value.split('.').collect();
        let kind = match parts[..] {
            [product, category] => Some(format!("{product}.{category}....1")),
            [product, category, first] => Some(format!("{product}.{category}....{first}")),
            _ => None,
        };
        let Some(mut new) = Wanted::read(kind.as_deref().unwrap_or(value)) else { return };
        if kind.is_some() {
            new.house.clone_from(&self.house);
            new.event.clone_from(&self.event);
            new.date = self.date;
        }
        let room = TICKETS_MAX.saturating_sub(self.tickets());
        let same = |line: &&mut Wanted| {
            Wanted { quantity: new.quantity, reason: new.reason.clone(), ..(**line).clone() } == new
        };
        if let Some(line) = self.lines.iter_mut().find(same) {
            // The fewest that can be bought are there already.
            line.quantity += if parts.len() == 3 { 1.min(room) } else { new.quantity.min(room) };
        } else if self.lines.len() < LINES_MAX && room > 0 {
            self.lines.push(new);
        }
    }

    fn change(&mut self, place: Option<usize>, change: impl FnOnce(u32) -> u32) {
        let others = |place: usize| self.tickets() - self.lines[place].quantity;
        let Some(place) = place.filter(|place| *place < self.lines.len()) else { return };
        let most = TICKETS_MAX.saturating_sub(others(place));
        let quantity = self.lines[place].quantity;
        self.lines[place].quantity = change(quantity).min(most);
    }

    fn add_code(&mut self, typed: &str) {
        let Some(code) = text(typed) else { return };
        let fold = pricing::fold_code(&code);
        let is_new = self.codes.iter().all(|known| pricing::fold_code(known) != fold);
        if is_new && !fold.is_empty() && self.codes.len() < CODES_MAX {
            self.codes.push(code);
        }
    }
}

impl Wanted {
    /// Reads `product.category.house.event.date.quantity`, with an audience behind an `@` and a reason behind a tilde.
    fn read(text_of_line: &str) -> Option<Self> {
        let (parts, reason) = match text_of_line.split_once('~') {
            Some((parts, reason)) => (parts, text(reason)),
            None => (text_of_line, None),
        };
        let parts: Vec<&str> = parts.split('.').collect();
        let [product, category, house, event, date, quantity] = parts[..] else { return None };
        let (category, audience) = category.split_once('@').map_or((category, None), |(one, other)| (one, Some(other)));
        Some(Self {
            product: product.parse().ok()?,
            category: category.parse().ok()?,
            audience: audience.map(str::parse).transpose().ok()?,
            house: house.parse().ok(),
            event: event.parse().ok(),
            date: date.parse().ok(),
            quantity: quantity.parse().ok().filter(|quantity| (1..=TICKETS_MAX).contains(quantity))?,
            reason,
        })
    }

    fn text(&self) -> String {
        let or_nothing = |key: &Option<Slug>| key.as_ref().map(ToString::to_string).unwrap_or_default();
        let Self { product, category, quantity, .. } = self;
        let (house, event) = (or_nothing(&self.house), or_nothing(&self.event));
        let date = self.date.map(|date| date.to_string()).unwrap_or_default();
        let reason = self.reason.as_ref().map(|reason| format!("~{reason}")).unwrap_or_default();
        let audience = self.audience.as_ref().map(|audience| format!("@{audience}")).unwrap_or_default();
        format!("{product}.{category}{audience}.{house}.{event}.{date}.{quantity}{reason}")
    }
}

/// A typed text, cleaned; nothing if nothing is left, or too much.
fn text(typed: &str) -> Option<String> {
    let text = clean(typed);
    (!text.is_empty() && text.chars().count() <= TEXT_CHARS_MAX).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(of: &[(&str, &str)]) -> Pairs {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn wish(of: &[(&str, &str)]) -> Wish {
        let pairs = pairs(of);
        let mut wish = Wish::read(&pairs);
        wish.step(&pairs);
        wish
    }

    #[test]
    fn tickets_are_added_changed_and_taken_out() {
        let held = "tageskarte.adult.stadtmuseum...2";
        let quantities =
            |of: &[(&str, &str)]| -> Vec<u32> { wish(of).lines.iter().map(|line| line.quantity).collect() };
        for (step, value, expected) in [
            ("more", "0", &[3][..]),
            ("less", "0", &[1]),
            ("drop", "0", &[]),
            ("drop", "7", &[2]),
            ("quantity-0", "12", &[12]),
            ("quantity-0", "0", &[]),
            ("quantity-0", "many", &[2]),
            ("quantity-0", "99999", &[1_000]),
            ("add", "tageskarte.adult", &[3]),
            ("add", "tageskarte.child", &[2, 1]),
            ("add", "nonsense", &[2]),
            ("add", "tageskarte.child.6", &[2, 6]),
            ("add", "tageskarte.adult.6", &[3]),
            ("add", "tageskarte.adult@student", &[2, 1]),
            ("add", "tageskarte.adult@A B", &[2]),
            ("empty", "1", &[]),
        ] {
            let of = [("item", held), ("house", "stadtmuseum"), (step, value)];
            assert_eq!(quantities(&of), expected, "{step} {value}");
        }
    }

    #[test]
    fn new_tickets_are_for_the_chosen_house_and_day() {
        let wish = wish(&[("house", "schloss"), ("date", "2026-07-11"), ("add", "tageskarte.adult")]);
        assert_eq!(wish.query(), "item=tageskarte.adult.schloss..2026-07-11.1&house=schloss&date=2026-07-11");
    }

    #[test]
    fn an_audience_stays_with_its_line() {
        let wish = wish(&[("house", "schloss"), ("add", "tageskarte.adult@student")]);
        assert_eq!(wish.query(), "item=tageskarte.adult%40student.schloss...1&house=schloss");
        assert_eq!(Wish::of_text(&wish.query()), wish);
    }

    #[test]
    fn a_code_stands_in_the_basket_once() {
        let wish = wish(&[("code", "SOMMER26"), ("new_code", " sommer-26 "), ("new_code", ""), ("new_code", "Ä Ö")]);
        assert_eq!(wish.codes, ["SOMMER26", "Ä Ö"]);
    }

    #[test]
    fn an_override_needs_its_reason() {
        let with = wish(&[("use_offer", "gruppe"), ("reason", "late bus")]);
        assert_eq!(with.overrides, [("gruppe".parse().unwrap(), "late bus".to_owned())]);
        assert_eq!(Wish::of_text(&with.query()), with);
        assert!(wish(&[("use_offer", "gruppe"), ("reason", " ")]).overrides.is_empty());
        let line = [("item", "tageskarte.adult.stadtmuseum...2"), ("sell_line", "0"), ("reason", "a.b~c")];
        assert_eq!(wish(&line).lines[0].reason.as_deref(), Some("a.b~c"));
        assert_eq!(Wish::of_text(&wish(&line).query()), wish(&line));
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_and_read_the_same(text in ".{0,200}", code in ".{0,40}", reason in ".{0,40}") {
            let _ = Wish::of_text(&text);
            let mut wish = wish(&[("item", "tageskarte.adult.schloss...3"), ("new_code", &code), ("sell_line", "0"), ("reason", &reason)]);
            prop_assert_eq!(&Wish::of_text(&wish.query()), &wish);
            wish.step(&pairs(&[("add", &text), ("quantity-0", &text), ("drop_code", &text)]));
            prop_assert!(wish.tickets() <= TICKETS_MAX);
        }
    }
}
