//! An annual ticket with all that its pages show: those of the holder and those of the desk.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand the visitor's words over by reference")]

use super::photo_mail::key_of;
use crate::app::SharedApp;
use crate::cards::annual_ticket::{AnnualTicket, Personalized, Status};
use crate::cards::card::CardState;
use crate::cards::delivery::Delivery;
use crate::cards::history::{TakenStep, standing};
use crate::cards::journey::Journey;
use crate::cards::plastic::{Card, current};
use crate::cards::prepare_print_data::sold;
use crate::cards::revision::revision;
use crate::cards::store::{annual_tickets, card_steps, cards, journeys};
use crate::catalog;
use crate::catalog::product::PersonalField;
use crate::catalog::validity::Validity;
use crate::catalog::{Category, House, Product};
use crate::kernel::UtcMs;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::people::Review;
use crate::people::store::find_photo;
use crate::web::Problem;
use crate::web::pages::Words;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use db::{Conn, DbError};
use sha2::{Digest, Sha256};

/// An annual ticket with what belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Dossier {
    pub(super) ticket: AnnualTicket,
    pub(super) product: Product,
    pub(super) category: Category,
    /// The houses in which a card can be laid ready.
    pub(super) houses: Vec<House>,
    /// The names of the houses and exhibitions that it opens.
    pub(super) opens: Vec<String>,
    /// What a person should look at on the portrait.
    pub(super) findings: Vec<String>,
    /// Whether somebody has looked at the portrait.
    pub(super) review: Review,
    /// Its cards, the first issue first.
    pub(super) cards: Vec<Card>,
    /// What happened to the card that counts.
    pub(super) steps: Vec<TakenStep>,
    /// Where the card that counts goes, while it is on its way to another house.
    pub(super) journey: Option<Journey>,
    pub(super) today: NaiveDate,
    pub(super) zone: Tz,
}

/// A step on the way of the card, as the status page lists it.
pub(super) struct Stage {
    pub(super) name: String,
    /// `done`, `now` or `later`.
    pub(super) when: &'static str,
}

impl Dossier {
    /// Reads it for a page.
    ///
    /// # Errors
    /// 404 when there is no such annual ticket.
    pub(super) async fn known(app: &SharedApp, id: AnnualTicketId) -> Result<Self, Problem> {
        let mut conn = app.db.snapshot().await?;
        Self::read(&mut conn, id, app.clock.now(), app.config.museum.zone()).await.map_err(|error| match error {
            DbError::NotFound => Problem::not_found("annual ticket"),
            error => error.into(),
        })
    }

    /// Reads it, on the museum's day of an instant.
    pub(super) async fn read(conn: &mut Conn, id: AnnualTicketId, now: UtcMs, zone: Tz) -> Result<Self, DbError> {
        let ticket = annual_tickets::find(conn, id).await?.ok_or(DbError::NotFound)?;
        let (product, category) = sold(conn, &ticket.product, &ticket.category).await?;
        let houses = catalog::store::houses(conn).await?;
        let mut opens = Vec::new();
        if let Some(scope) = catalog::store::scope_by_id(conn, ticket.scope_id).await? {
            opens.extend(
                houses.iter().filter(|house| scope.houses.contains(&house.key)).map(|house| house.name.clone()),
            );
            let exhibitions = catalog::store::exhibitions(conn).await?;
            let single = exhibitions.into_iter().filter(|exhibition| scope.exhibitions.contains(&exhibition.key));
            opens.extend(single.map(|exhibition| exhibition.name));
        }
        let photo = match ticket.photo_id {
            Some(photo) => find_photo(conn, photo).await?,
            None => None,
        };
        let (findings, review) = photo.map(|photo| (photo.findings, photo.review)).unwrap_or_default();
        let cards = cards::of_annual_ticket(conn, id).await?;
        let (steps, journey) = match current(&cards) {
            Some(card) => (card_steps::of_card(conn, card.id).await?, journeys::find(conn, card.id).await?),
            None => (Vec::new(), None),
        };
        let today = local_day(now, zone);
        Ok(Self { ticket, product, category, houses, opens, findings, review, cards, steps, journey, today, zone })
    }

    /// The card that counts, once there is one.
    pub(super) fn card(&self) -> Option<&Card> {
        current(&self.cards)
    }

    /// Whether it holds today.
    pub(super) fn status(&self) -> Status {
        self.ticket.status_on(self.today)
    }

    /// Whether it waits for its payment, and the product insists on it.
    pub(super) fn is_unpaid(&self) -> bool {
        !self.ticket.paid && !self.product.allow_unpaid
    }

    /// Whether somebody can still complete it.
    pub(super) fn is_open(&self) -> bool {
        self.ticket.is_open()
    }

    /// Whether it is over for ever.
    pub(super) fn is_cancelled(&self) -> bool {
        self.ticket.status == Status::Cancelled
    }

    /// What the price category is called.
    pub(super) fn category_name(&self, words: &Words) -> String {
        self.category.names.get(words.language.as_str()).to_owned()
    }

    /// The first and the last day that a renewal today would give it.
    pub(super) fn renewed(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.ticket.renewed(self.product.validity.as_ref().and_then(Validity::months), self.today).ok()
    }

    /// Whether it can be renewed today.
    pub(super) fn is_renewable(&self) -> bool {
        self.ticket.state == Personalized::Complete && !self.is_cancelled() && self.renewed().is_some()
    }

    /// How many of its cards are worth something.
    pub(super) fn standing_cards(&self) -> i64 {
        let standing = self.cards.iter().filter(|card| card.state != CardState::Void).count();
        i64::try_from(standing).unwrap_or(i64::MAX)
    }

    /// What is missing before it can be finalized.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        self.ticket.missing(&self.product.required_fields)
    }

    /// What the product is called, and whether it is a trial.
    pub(super) fn product_name(&self, words: &Words) -> String {
        told(&self.ticket, self.product.names.get(words.language.as_str()).to_owned(), *words)
    }

    /// Whether the product asks for a portrait.
    pub(super) fn needs_photo(&self) -> bool {
        self.product.required_fields.contains(&PersonalField::Photo)
    }

    /// Whether the product asks for the day of birth.
    pub(super) fn needs_birth_date(&self) -> bool {
        self.product.required_fields.contains(&PersonalField::BirthDate)
    }

    /// Whether the product asks for an address, however the card comes to its holder.
    pub(super) fn needs_address(&self) -> bool {
        self.product.required_fields.contains(&PersonalField::Address)
    }

    /// Whether the card goes by post, or the product asks for an address.
    pub(super) fn is_addressed(&self) -> bool {
        self.needs_address() || self.ticket.delivery.as_ref().is_some_and(Delivery::needs_address)
    }

    /// What a person should look at on the portrait, as sentences.
    pub(super) fn finding_sentences(&self, words: &Words) -> Vec<String> {
        self.findings.iter().map(|finding| words.t(&format!("finding-{}", finding.replace('_', "-")))).collect()
    }

    /// Why another portrait is asked for, if it is.
    pub(super) fn another_photo(&self, words: &Words) -> Option<String> {
        self.review.shortcoming().filter(|_| !self.is_cancelled()).map(|why| words.t(&key_of(why)))
    }

    /// Whether a card waits until somebody has looked at the portrait.
    pub(super) fn awaits_review(&self) -> bool {
        self.review == Review::Waiting && !self.is_open() && !self.is_cancelled()
    }

    /// The address as lines, country last, where there is one.
    pub(super) fn address_lines(&self, words: &Words) -> Vec<String> {
        let Some(address) = &self.ticket.address else { return Vec::new() };
        let mut lines = address.lines.clone();
        lines.extend(address.town_lines());
        let key = format!("country-{}", address.country.to_lowercase());
        lines.push(if words.has(&key) { words.t(&key) } else { address.country.clone() });
        lines
    }

    /// The country that most holders live in: that of the houses.
    pub(super) fn home_country(&self) -> String {
        self.houses.first().map(|house| house.country.clone()).unwrap_or_default()
    }

    /// The days between which the first day may be chosen, where it may be.
    pub(super) fn start_window(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self.product.validity {
            Some(Validity::Chosen { window_days, .. }) => {
                let latest = self.ticket.purchased_on.checked_add_days(Days::new(window_days.into()))?;
                Some((self.ticket.purchased_on, latest))
            }
            _ => None,
        }
    }

    /// A fingerprint of what its form holds.
    pub(super) fn words_fingerprint(&self) -> String {
        revision(&self.ticket)
    }

    /// A fingerprint of everything that somebody who completes it has seen.
    pub(super) fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.ticket.face_sha256());
        hash.update(serde_json::to_vec(&(&self.ticket.address, &self.ticket.delivery)).unwrap_or_default());
        hex::encode(&hash.finalize()[..16])
    }

    /// The first and the last day in words, where they are known.
    pub(super) fn days(&self, words: &Words) -> Option<(String, String)> {
        let (from, until) = self.ticket.valid_from.zip(self.ticket.valid_until)?;
        Some((words.date(from), words.date(until)))
    }

    /// Since when it can be used and until when, as one sentence.
    pub(super) fn when(&self, words: &Words) -> String {
        match self.days(words) {
            Some((_, latest)) if self.ticket.from_first_entry => words.t1("valid-from-first-entry", "latest", latest),
            Some((from, until)) => words.t2("valid-from-until", ("from", from), ("until", until)),
            None => words.t("valid-later"),
        }
    }

    /// What is wrong with the right, if anything is.
    pub(super) fn trouble(&self, words: &Words) -> Option<String> {
        match self.status() {
            Status::Active if self.is_unpaid() => Some(words.t("status-unpaid")),
            Status::Active => None,
            Status::Blocked => Some(words.t("status-blocked")),
            Status::Cancelled => Some(words.t("status-cancelled")),
            Status::Expired => Some(words.t("status-expired")),
        }
    }

    /// What whoever works with it should know first, if anything is wrong with the right.
    pub(super) fn trouble_at_desk(&self, words: &Words) -> Option<String> {
        match self.status() {
            Status::Active if self.is_unpaid() => Some(words.t("desk-unpaid")),
            Status::Active => None,
            Status::Blocked => {
                let reason = self.ticket.block_reason.as_deref().unwrap_or_default();
                let key = format!("why-{}", reason.replace('_', "-"));
                let reason = if words.has(&key) { words.t(&key) } else { reason.to_owned() };
                Some(words.t1("desk-blocked", "reason", reason))
            }
            Status::Cancelled => Some(words.t("desk-cancelled")),
            Status::Expired => Some(words.t("desk-expired")),
        }
    }

    /// Whether it is blocked.
    pub(super) fn is_blocked(&self) -> bool {
        self.ticket.status == Status::Blocked
    }

    /// How the card comes to the holder.
    pub(super) fn way(&self, words: &Words) -> String {
        match &self.ticket.delivery {
            Some(Delivery::Mail {}) => words.t("delivery-mail"),
            Some(Delivery::Pickup { .. }) => words.t1("delivery-pickup-in", "house", self.pickup_house_name()),
            Some(Delivery::Counter {}) | None => words.t("delivery-counter"),
        }
    }

    /// Whether the post brought the card back, so that its holder is asked for the right address.
    pub(super) fn came_back(&self) -> bool {
        self.card().is_some_and(|card| card.state == CardState::Returned) && !self.is_cancelled()
    }

    /// The number on the card, once there is one.
    pub(super) fn card_number(&self) -> Option<String> {
        self.card().map(|card| card.number.to_string())
    }

    /// The consignment number of a posted card.
    pub(super) fn tracking(&self) -> Option<String> {
        let is_under_way = self.card().is_some_and(|card| card.state == CardState::Dispatched);
        let sent = standing(&self.steps).into_iter().rev().find(|step| step.step == "dispatched")?;
        let parts = [sent.carrier.as_deref(), sent.tracking.as_deref()];
        sent.tracking.as_ref().filter(|_| is_under_way)?;
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// The way of the card, as a list of stages.
    pub(super) fn stages(&self, words: &Words) -> Vec<Stage> {
        use CardState as S;
        let last = match &self.ticket.delivery {
            Some(Delivery::Mail {}) => "stage-posted",
            Some(Delivery::Pickup { .. }) => "stage-laid-ready",
            Some(Delivery::Counter {}) | None => "stage-at-counter",
        };
        let reached = match self.card().map(|card| card.state) {
            Some(S::HandedOver) => 4,
            Some(S::Dispatched | S::Deposited) => 3,
            Some(S::ReadyForDispatch | S::Returned) => 2,
            _ => 1,
        };
        [("stage-personal", 0), ("stage-printed", 1), (last, 2), ("stage-in-hand", 3)]
            .into_iter()
            .map(|(key, position)| {
                let when = match reached.cmp(&position) {
                    std::cmp::Ordering::Greater => "done",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Less => "later",
                };
                Stage { name: words.t(key), when }
            })
            .collect()
    }

    pub(super) fn pickup_house_name(&self) -> String {
        self.house_name(self.ticket.pickup_house().map(Slug::as_str).unwrap_or_default())
    }

    pub(super) fn lies_in(&self) -> String {
        let house = self.card().and_then(|card| card.house.clone());
        house.map_or_else(|| self.pickup_house_name(), |house| self.house_name(house.as_str()))
    }

    /// The name of a house, with its address where it is known.
    pub(super) fn house_name(&self, key: &str) -> String {
        let Some(house) = self.houses.iter().find(|house| house.key.as_str() == key) else { return key.to_owned() };
        match &house.address {
            Some(address) => {
                format!("{} ({}, {})", house.name, address.lines.join(", "), address.town_lines().join(", "))
            }
            None => house.name.clone(),
        }
    }
}

/// The name of what was sold, and whether that is a trial.
pub(super) fn told(ticket: &AnnualTicket, product: String, words: Words) -> String {
    if ticket.is_test { words.t1("annual-ticket-test", "name", product) } else { product }
}

/// What annual-ticket products are called, by key.
pub(super) async fn names_of_products(conn: &mut Conn, words: Words) -> Result<Vec<(Slug, String)>, DbError> {
    let products = catalog::store::products(conn).await?;
    let with_cards = products.into_iter().filter(|product| product.validity.is_some());
    Ok(with_cards.map(|product| (product.key, product.names.get(words.language.as_str()).to_owned())).collect())
}
