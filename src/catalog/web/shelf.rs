//! What a form may name: the other objects of the catalog, and the layouts of cards.

use super::field::Choice;
use crate::app::SharedApp;
use crate::catalog::store::{self, Stored};
use crate::catalog::{Audience, Category, Event, Exhibition, House, PriceList, Product, ProductKind, SaleRule, Scope};
use crate::kernel::period::local_day;
use crate::production;
use crate::web::Problem;
use crate::web::pages::Words;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// How many price lists and rules can be chosen from.
const LISTS_MAX: u32 = 500;
/// How many coming events are suggested.
const EVENTS_MAX: u32 = 100;

/// What a form may name.
pub(super) struct Shelf {
    pub(super) words: Words,
    pub(super) houses: Vec<House>,
    pub(super) exhibitions: Vec<Exhibition>,
    pub(super) scopes: Vec<Scope>,
    pub(super) categories: Vec<Category>,
    pub(super) audiences: Vec<Audience>,
    pub(super) price_lists: Vec<PriceList>,
    pub(super) products: Vec<Product>,
    pub(super) sale_rules: Vec<SaleRule>,
    /// The coming events, the next first.
    events: Vec<Event>,
    /// The labels that events carry.
    pub(super) event_labels: BTreeSet<String>,
    pub(super) layouts: Vec<String>,
    pub(super) currency: String,
    pub(super) today: NaiveDate,
    zone: Tz,
}

impl Shelf {
    pub(super) async fn load(app: &SharedApp, words: Words) -> Result<Self, Problem> {
        let mut conn = app.db.snapshot().await?;
        let mut layouts: Vec<String> =
            production::store::layouts::all(&mut conn).await?.into_iter().map(|layout| layout.id).collect();
        layouts.dedup();
        Ok(Self {
            words,
            houses: store::houses(&mut conn).await?,
            exhibitions: store::exhibitions(&mut conn).await?,
            scopes: store::scopes(&mut conn).await?,
            categories: store::categories(&mut conn).await?,
            price_lists: PriceList::page(&mut conn, None, LISTS_MAX).await?.items,
            products: store::products(&mut conn).await?,
            sale_rules: SaleRule::page(&mut conn, None, LISTS_MAX).await?.items,
            events: store::events_between(&mut conn, None, app.clock.now(), None, EVENTS_MAX).await?,
            event_labels: store::event_labels(&mut conn).await?,
            layouts,
            currency: app.config.museum.currency.clone(),
            today: local_day(app.clock.now(), app.config.museum.zone()),
            audiences: store::audiences(&mut conn).await?,
            zone: app.config.museum.zone(),
        })
    }

    /// The zone of a house; that of the museum when it is not known yet.
    pub(super) fn zone_of(&self, house: &str) -> Tz {
        self.houses.iter().find(|one| one.key.as_str() == house).map_or(self.zone, House::zone)
    }

    pub(super) fn house_choices(&self) -> Vec<Choice> {
        self.houses.iter().map(|one| choice(&one.key, &one.name)).collect()
    }

    pub(super) fn exhibition_choices(&self) -> Vec<Choice> {
        self.exhibitions.iter().map(|one| choice(&one.key, &one.name)).collect()
    }

    pub(super) fn scope_choices(&self) -> Vec<Choice> {
        self.scopes.iter().map(|one| choice(&one.key, &one.name)).collect()
    }

    pub(super) fn category_choices(&self) -> Vec<Choice> {
        self.categories.iter().map(|one| choice(&one.key, one.names.get(self.words.language.as_str()))).collect()
    }

    pub(super) fn product_choices(&self) -> Vec<Choice> {
        let sold = self.products.iter().filter(|one| !one.archived);
        sold.map(|one| choice(&one.key, one.names.get(self.words.language.as_str()))).collect()
    }

    pub(super) fn event_choices(&self) -> Vec<Choice> {
        let named = |event: &Event| {
            let name = event.names.get(self.words.language.as_str());
            let when = self.words.moment(event.starts_at, self.zone_of(event.house.as_str()));
            choice(&event.key, &format!("{name} · {when}"))
        };
        self.events.iter().map(named).collect()
    }

    pub(super) fn event_label_choices(&self) -> Vec<Choice> {
        self.event_labels.iter().map(|label| choice(label, label)).collect()
    }

    /// What is said beside a field for labels: which ones are in use.
    pub(super) fn labels_hint(&self) -> String {
        let hint = self.words.t("hint-labels");
        if self.event_labels.is_empty() {
            return hint;
        }
        let known: Vec<&str> = self.event_labels.iter().map(String::as_str).collect();
        format!("{hint} {}", self.words.t1("labels-in-use", "labels", known.join(", ")))
    }

    pub(super) fn price_list_choices(&self) -> Vec<Choice> {
        self.price_lists.iter().map(|one| choice(&one.key, one.names.get(self.words.language.as_str()))).collect()
    }

    /// The annual tickets that a voucher can be exchanged for.
    pub(super) fn annual_ticket_choices(&self) -> Vec<Choice> {
        let annual = self.products.iter().filter(|one| one.kind == ProductKind::AnnualTicket);
        annual.map(|one| choice(&one.key, one.names.get(self.words.language.as_str()))).collect()
    }

    pub(super) fn layout_choices(&self) -> Vec<Choice> {
        self.layouts.iter().map(|id| choice(id, id)).collect()
    }

    /// Words of the domain to choose from, with the texts of `<start>-<word>`.
    pub(super) fn word_choices(&self, start: &str, words: &[&str]) -> Vec<Choice> {
        let text = |word: &str| self.words.t(&format!("{start}-{}", word.replace('_', "-")));
        words.iter().map(|word| Choice { value: (*word).to_owned(), name: text(word) }).collect()
    }
}

fn choice(value: &impl ToString, name: &str) -> Choice {
    Choice { value: value.to_string(), name: name.to_owned() }
}
