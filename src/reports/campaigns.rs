//! Tells redemptions and discounts per campaign, and over time.

use super::filter::{By, Filter};
use super::period::Span;
use super::returned::{Return, taken_back};
use super::store::redemptions as store;
use super::table::{Cell, Column, Row, Table};
use crate::kernel::{Cents, UtcMs};
use crate::promotions;
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// What redemptions come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) redeemed: i64,
    pub(super) granted: i64,
    pub(super) undone: i64,
    pub(super) back: i64,
}

/// What a return took back of one offer.
struct Back {
    at: UtcMs,
    offer: String,
    undone: bool,
    discount: Cents,
}

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    if filter.way(super::Report::Campaigns) == Some(By::Day) {
        over_time(conn, filter).await
    } else {
        per_offer(conn, filter).await
    }
}

/// All redemptions of the filter.
pub(super) async fn all(conn: &mut Conn, filter: &Filter) -> Result<Figures, DbError> {
    let figures = figures_per_offer(conn, filter).await?;
    Ok(figures.into_values().fold(Figures::default(), |sum, one| Figures {
        redeemed: sum.redeemed + one.redeemed,
        granted: sum.granted + one.granted,
        undone: sum.undone + one.undone,
        back: sum.back + one.back,
    }))
}

impl Figures {
    pub(super) const COLUMNS: [Column; 6] = [
        Column::count("redeemed"),
        Column::count("undone"),
        Column::count("redemptions"),
        Column::money("granted"),
        Column::money("back"),
        Column::money("discount"),
    ];

    pub(super) fn cells(self) -> [Cell; 6] {
        [
            Cell::Count(self.redeemed),
            Cell::Count(self.undone),
            Cell::Count(self.redeemed - self.undone),
            Cell::Money(Cents(self.granted)),
            Cell::Money(Cents(self.back)),
            Cell::Money(Cents(self.granted - self.back)),
        ]
    }

    fn take_back(&mut self, back: &Back) {
        self.undone += i64::from(back.undone);
        self.back += back.discount.0;
    }
}

async fn per_offer(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let figures = figures_per_offer(conn, filter).await?;
    let names = names(conn, figures.keys(), filter).await?;
    let mut rows: Vec<(i64, Row)> = Vec::with_capacity(figures.len());
    for (offer, figures) in figures {
        let name = names.get(&offer).cloned().unwrap_or_else(|| offer.clone());
        let path = Some(format!("/reports/codes?offer={offer}"));
        let cells = std::iter::once(Cell::Named(offer, name)).chain(figures.cells()).collect();
        rows.push((figures.redeemed, Row { cells, path }));
    }
    rows.sort_by_key(|(redeemed, _)| std::cmp::Reverse(*redeemed));
    let columns = std::iter::once(Column::text("offer")).chain(Figures::COLUMNS).collect();
    Ok(Table::summed(columns, rows.into_iter().map(|(_, row)| row).collect())
        .drawn("report-chart-redemptions", "redemptions"))
}

async fn over_time(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let back = taken_back_in(conn, &filter.period.span(), filter).await?;
    let mut rows = Vec::new();
    for span in filter.period.spans(filter.step) {
        let mut figures = Figures::default();
        for (_, count, discount) in store::per_offer(conn, &span, filter).await? {
            figures.redeemed += count;
            figures.granted += discount;
        }
        back.iter().filter(|back| span.holds(back.at)).for_each(|back| figures.take_back(back));
        rows.push(Row::plain(std::iter::once(Cell::days(&span)).chain(figures.cells()).collect()));
    }
    let columns = std::iter::once(Column::text("days")).chain(Figures::COLUMNS).collect();
    Ok(Table::summed(columns, rows).drawn("report-chart-discount", "discount"))
}

async fn figures_per_offer(conn: &mut Conn, filter: &Filter) -> Result<BTreeMap<String, Figures>, DbError> {
    let span = filter.period.span();
    let sold = store::per_offer(conn, &span, filter).await?;
    let figures = |(offer, redeemed, granted)| (offer, Figures { redeemed, granted, ..Figures::default() });
    let mut figures: BTreeMap<String, Figures> = sold.into_iter().map(figures).collect();
    for back in taken_back_in(conn, &span, filter).await? {
        figures.entry(back.offer.clone()).or_default().take_back(&back);
    }
    Ok(figures)
}

/// What came back in a span, offer by offer.
async fn taken_back_in(conn: &mut Conn, span: &Span, filter: &Filter) -> Result<Vec<Back>, DbError> {
    let (returns, offers) = store::returns(conn, span, filter).await?;
    let mut of_order: BTreeMap<&str, Vec<&store::OfferRow>> = BTreeMap::new();
    for offer in &offers {
        of_order.entry(&offer.order_id).or_default().push(offer);
    }
    let is_wanted = |offer: &store::OfferRow| {
        filter.offer().is_none_or(|wanted| wanted == offer.offer_key)
            && (filter.code.is_none() || filter.code == offer.code)
    };
    let mut found = Vec::new();
    let mut before: (&str, Return) = ("", Return { tickets: 0, discount: Cents::ZERO });
    for one in &returns {
        if before.0 != one.order {
            before = (&one.order, Return { tickets: 0, discount: Cents::ZERO });
        }
        let offers = of_order.get(one.order.as_str()).map_or(&[][..], Vec::as_slice);
        let discounts: Vec<Cents> = offers.iter().map(|offer| Cents(offer.discount_cents)).collect();
        let (parts, undone) = taken_back(&discounts, one.tickets, before.1, one.what);
        before.1 =
            Return { tickets: before.1.tickets + one.what.tickets, discount: before.1.discount + one.what.discount };
        if span.holds(one.at) {
            let wanted = offers.iter().zip(parts).filter(|(offer, _)| is_wanted(offer));
            found.extend(wanted.map(|(offer, discount)| Back {
                at: one.at,
                offer: offer.offer_key.clone(),
                undone,
                discount,
            }));
        }
    }
    Ok(found)
}

/// What offers are called.
pub(super) async fn names<'k>(
    conn: &mut Conn,
    keys: impl Iterator<Item = &'k String>,
    filter: &Filter,
) -> Result<BTreeMap<String, String>, DbError> {
    let keys: Vec<String> = keys.cloned().collect();
    let known = promotions::known_offers(conn, filter.period.until, &keys).await?;
    let name =
        |known: promotions::KnownOffer| (known.key.to_string(), known.offer.name.unwrap_or(known.key.to_string()));
    Ok(known.into_iter().map(name).collect())
}
