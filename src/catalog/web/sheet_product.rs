//! What products show: their fields in a form, and a line in a list.

use super::field::{Field, Kind};
use super::sheet::{Sheet, field, period};
use super::shelf::Shelf;
use crate::catalog::price_list::prices_on;
use crate::catalog::{Product, ProductKind, Validity};
use crate::web::pages::Fields;

impl Sheet for Product {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        let kinds = ["annual_ticket", "annual_ticket_voucher", "day_ticket"];
        let starts =
            ["purchase", "day_after_purchase", "chosen", "season", "exchange", "personalization", "first_entry"];
        let personal = ["photo", "given_name", "family_name", "birth_date", "address"];
        let channels = ["online", "box_office", "back_office"];
        let one = |choices, may_be_empty| Kind::One { choices, may_be_empty };
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("descriptions", Kind::Texts),
            field("kind", one(shelf.word_choices("product-kind", &kinds), false)),
            field("scope", one(shelf.scope_choices(), true)),
            field("validity", Kind::Validity(shelf.word_choices("validity-start", &starts))),
            field("exchange_for", one(shelf.annual_ticket_choices(), true)),
            field("voucher_valid_months", Kind::Number),
            field("vat_rate", Kind::Text),
            field("vat_changes", Kind::Rates),
            field("on_sale_from", Kind::Day),
            field("on_sale_until", Kind::Day),
            field("channels", Kind::Some(shelf.word_choices("channel", &channels))),
            field("required_fields", Kind::Some(shelf.word_choices("personal", &personal))),
            field("photo_review", one(shelf.word_choices("photo-review", &["doubtful", "always"]), true)),
            field("annual_tickets", Kind::Number),
            field("companions", Kind::Number),
            field("reentry_secs", Kind::Number),
            field("reentry_policy", one(shelf.word_choices("reentry", &["attention", "refuse"]), false)),
            field("delivery_ways", Kind::Some(shelf.word_choices("product-way", &["mail", "pickup", "counter"]))),
            field("allow_unpaid", Kind::YesNo),
            field("layout", one(shelf.layout_choices(), true)),
            field("max_total", Kind::Number),
            field("archived", Kind::YesNo),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let words = shelf.words;
        let kind = match self.kind {
            ProductKind::AnnualTicket => "product-kind-annual-ticket",
            ProductKind::AnnualTicketVoucher => "product-kind-annual-ticket-voucher",
            ProductKind::DayTicket => "product-kind-day-ticket",
        };
        let lasts = self.validity.as_ref().map(|validity| match validity {
            Validity::Season { from, until } => period(shelf, Some(*from), Some(*until)),
            other => words.t1("validity-months", "count", i64::from(other.months().unwrap_or_default())),
        });
        let regular = shelf.price_lists.iter().find(|list| list.key.as_str() == crate::catalog::price_list::REGULAR);
        let prices = regular.map(|list| {
            let prices = prices_on(list.prices.clone(), shelf.today).into_iter();
            let mut own: Vec<_> = prices.filter(|price| price.product == self.key).map(|price| price.price).collect();
            own.sort_unstable_by(|one, other| other.cmp(one));
            own.iter().map(|price| words.money(*price, &shelf.currency)).collect::<Vec<_>>().join(" / ")
        });
        let prices = prices.filter(|prices| !prices.is_empty());
        let archived = self.archived.then(|| words.t("product-archived"));
        let is_windowed = self.on_sale_from.is_some() || self.on_sale_until.is_some();
        let window = is_windowed
            .then(|| words.t1("product-on-sale", "period", period(shelf, self.on_sale_from, self.on_sale_until)));
        let archived = archived.into_iter().chain(window);
        archived.chain([words.t(kind)]).chain(lasts).chain(prices).collect()
    }
}
