//! What stands on receipts, vouchers and day tickets: an order in the words of its buyer's language, ready to be set.

use super::names::{Names, grouped, short_day};
use crate::catalog::ProductKind;
use crate::kernel::Cents;
use crate::kernel::address::Address;
use crate::kernel::period::local_day;
use crate::sales::order::{Order, OrderLine, OrderState, SoldTicket, TicketState};
use crate::sales::receipt::units_of;
use crate::sales::shop::Shop;
use crate::web::pages::Words;
use card_face::{Block, Document, Paper, Weight};
use chrono::NaiveDate;

/// An order with what its documents need to name it.
pub(super) struct Paperwork<'a> {
    pub(super) order: &'a Order,
    pub(super) names: &'a Names,
    pub(super) shop: &'a Shop,
    /// The words of the buyer's language.
    pub(super) words: Words,
    /// Where the museum can be written to.
    pub(super) address: Option<&'a Address>,
}

/// The receipt: what was sold, what offers took off line by line, the tax, what was paid and paid back.
pub(super) fn receipt(paper: &Paperwork<'_>) -> Document {
    let (order, words) = (paper.order, paper.words);
    let mut sheet = paper.head();
    if let Some(buyer) = &order.buyer {
        let mut lines = vec![buyer.name.clone()];
        lines.extend(buyer.address.iter().flat_map(address_lines));
        sheet.extend([Block::Lines(lines), Block::Gap]);
    }
    let title = if order.state == OrderState::AwaitingPayment { "receipt-title-due" } else { "receipt-title" };
    sheet.push(Block::Title(words.t(title)));
    sheet.push(text(words.t1("receipt-number", "number", order.number.as_str())));
    sheet.push(text(words.moment(order.placed_at, paper.shop.frame.zone)));
    sheet.extend([Block::Gap, Block::Rule]);
    for line in &order.lines {
        sheet.extend(paper.line(line));
    }
    if order.original_total > order.total {
        sheet.push(row(words.t("receipt-regular"), paper.money(order.original_total), Weight::Plain));
        for used in &order.offers {
            let name = used.code.clone().unwrap_or_else(|| used.offer.to_string());
            let label = words.t1("receipt-offer", "offer", name);
            sheet.push(row(label, paper.money(Cents(-used.discount.0)), Weight::Plain));
        }
    }
    sheet.push(row(words.t("sum-total"), paper.money(order.total), Weight::Large));
    sheet.push(Block::Gap);
    sheet.extend(paper.payments());
    sheet.extend(paper.vat());
    sheet.extend(paper.way_to_order());
    sheet.extend([Block::Gap, text(words.t("receipt-thanks"))]);
    Document { sheets: vec![sheet] }
}

/// The tickets that open doors: each with the code that the gate reads. On a roll each is cut off by itself.
pub(super) fn day_tickets(paper: &Paperwork<'_>, format: Paper) -> Document {
    let words = paper.words;
    let valid = paper.order.tickets.iter().filter(|ticket| ticket.state == TicketState::Valid);
    let mats: Vec<Block> = valid
        .filter_map(|ticket| {
            let code = Block::Code { text: ticket.card_code.clone()?, caption: words.t("ticket-scan-here") };
            Some(Block::Mat(vec![
                Block::Title(paper.names.product(&ticket.product)),
                Block::Text(paper.detail_of(ticket), Weight::Strong),
                text(paper.price_of(ticket)),
                code,
                Block::Gap,
                small(words.t1("receipt-number", "number", paper.order.number.as_str())),
            ]))
        })
        .collect();
    let head = || Block::Letterhead(paper.shop.museum.clone());
    let sheets = match format {
        _ if mats.is_empty() => Vec::new(),
        Paper::A4 => vec![std::iter::once(head()).chain(mats).collect()],
        Paper::Roll80 => mats.into_iter().map(|mat| vec![head(), mat]).collect(),
    };
    Document { sheets }
}

/// A voucher: what it stands for, its code for people and for scanners, and until when it can be exchanged.
pub(super) fn voucher(
    paper: &Paperwork<'_>,
    ticket: &SoldTicket,
    stands_for: &str,
    code: &str,
    valid_until: Option<NaiveDate>,
) -> Vec<Block> {
    let words = paper.words;
    let until = valid_until
        .map_or_else(|| words.t("voucher-without-end"), |day| words.t1("voucher-until", "day", words.date(day)));
    vec![
        Block::Letterhead(paper.shop.museum.clone()),
        Block::Mat(vec![
            text(words.t("voucher-title")),
            Block::Title(stands_for.to_owned()),
            text(paper.names.category(&ticket.category)),
            Block::Gap,
            Block::Code { text: code.to_owned(), caption: grouped(code) },
            Block::Text(until, Weight::Strong),
            text(words.t("voucher-how")),
            Block::Gap,
            small(words.t1("receipt-number", "number", paper.order.number.as_str())),
        ]),
    ]
}

impl Paperwork<'_> {
    fn money(&self, amount: Cents) -> String {
        self.words.money(amount, &self.shop.frame.currency)
    }

    fn head(&self) -> Vec<Block> {
        let mut head = vec![Block::Letterhead(self.shop.museum.clone())];
        if let Some(address) = self.address {
            head.push(small(address_lines(address).join(" · ")));
            head.push(Block::Gap);
        }
        head
    }

    /// A line by the prices of its tickets, and beneath what it would have cost.
    fn line(&self, line: &OrderLine) -> Vec<Block> {
        let tickets = || self.order.tickets.iter().filter(|ticket| ticket.line == line.line);
        let Some(kind) = tickets().next().map(|ticket| ticket.kind) else { return Vec::new() };
        let name = self.names.product(&line.product);
        let mut blocks: Vec<Block> = units_of(self.order, line)
            .into_iter()
            .map(|unit| {
                let sum = Cents(unit.price.0 * i64::from(unit.quantity));
                let label = format!("{} × {name}  {}", unit.quantity, self.money(unit.price));
                row(label, self.money(sum), Weight::Plain)
            })
            .collect();
        blocks.push(small(self.names.detail(line, kind, self.words)));
        let saved: Cents = tickets().map(|ticket| ticket.discount).sum();
        if saved > Cents::ZERO {
            let before: Cents = tickets().map(|ticket| ticket.list_price).sum();
            let label = self.words.t1("receipt-instead-of", "amount", self.money(before));
            blocks.push(row(label, self.money(Cents(-saved.0)), Weight::Small));
        }
        blocks.push(Block::Rule);
        blocks
    }

    fn payments(&self) -> Vec<Block> {
        let words = self.words;
        let paid = self.order.payments.iter().map(|payment| {
            let method = words.t(&format!("method-{}", payment.method.as_str().replace('_', "-")));
            let paid = row(words.t1("receipt-paid", "method", method), self.money(payment.amount), Weight::Plain);
            (payment.receipt.as_deref(), paid)
        });
        let back = self.order.refunds.iter().filter(|refund| refund.amount > Cents::ZERO).map(|refund| {
            let day = short_day(words, local_day(refund.refunded_at, self.shop.frame.zone));
            let back =
                row(words.t1("receipt-paid-back", "day", day), self.money(Cents(-refund.amount.0)), Weight::Plain);
            (refund.receipt.as_deref(), back)
        });
        let with_number = |(number, row): (Option<&str>, Block)| {
            let number = number.map(|number| small(words.t1("receipt-own-number", "number", number)));
            [row].into_iter().chain(number)
        };
        let due = self.order.due();
        let label = match self.order.due_on {
            Some(day) => words.t1("receipt-due-until", "day", short_day(words, day)),
            None => words.t("receipt-due"),
        };
        let due = (due > Cents::ZERO).then(|| row(label, self.money(due), Weight::Strong));
        paid.chain(back).flat_map(with_number).chain(due).collect()
    }

    /// The order's page as a code for a phone, for guests at the desk whose annual tickets wait for a name and a photo. Without an
    /// address of the server there is nothing that a phone could open.
    fn way_to_order(&self) -> Vec<Block> {
        let waits = self
            .order
            .tickets
            .iter()
            .any(|ticket| ticket.kind == ProductKind::AnnualTicket && ticket.state == TicketState::Valid);
        match &self.order.link_token {
            Some(token) if waits && !self.shop.base_url.is_empty() => {
                let url = format!("{}/shop/orders/{token}", self.shop.base_url);
                let caption = self.words.t("receipt-order-code");
                vec![Block::Gap, Block::Code { text: url, caption }]
            }
            _ => Vec::new(),
        }
    }

    fn vat(&self) -> Vec<Block> {
        if self.order.vat.is_empty() {
            return Vec::new();
        }
        let heads = ["receipt-vat-rate", "receipt-vat-net", "receipt-vat-tax", "receipt-vat-gross"];
        let mut rows = vec![Block::Gap, Block::Cells(heads.map(|key| self.words.t(key)).to_vec(), Weight::Small)];
        let back = self.order.refunds.iter().filter(|refund| refund.amount > Cents::ZERO);
        let back = back.flat_map(|refund| &refund.vat).map(|vat| (-1, vat));
        for (sign, vat) in self.order.vat.iter().map(|vat| (1, vat)).chain(back) {
            let money = |amount: Cents| self.money(Cents(sign * amount.0));
            rows.push(Block::Cells(
                vec![self.rate(&vat.rate), money(vat.net), money(vat.tax), money(vat.gross)],
                Weight::Plain,
            ));
        }
        rows
    }

    fn rate(&self, rate: &str) -> String {
        use crate::web::pages::Language;
        match self.words.language {
            Language::En => format!("{rate}%"),
            Language::De | Language::Fr => format!("{}\u{A0}%", rate.replace('.', ",")),
        }
    }

    fn detail_of(&self, ticket: &SoldTicket) -> String {
        let line = self.order.lines.iter().find(|line| line.line == ticket.line);
        line.map(|line| self.names.detail(line, ProductKind::DayTicket, self.words)).unwrap_or_default()
    }

    fn price_of(&self, ticket: &SoldTicket) -> String {
        if ticket.discount > Cents::ZERO {
            let before = self.words.t1("receipt-instead-of", "amount", self.money(ticket.list_price));
            return format!("{} ({before})", self.money(ticket.paid_price));
        }
        self.money(ticket.paid_price)
    }
}

pub(super) fn text(text: String) -> Block {
    Block::Text(text, Weight::Plain)
}

pub(super) fn small(text: String) -> Block {
    Block::Text(text, Weight::Small)
}

pub(super) fn row(label: String, figure: String, weight: Weight) -> Block {
    Block::Row { label, figure, weight }
}

fn address_lines(address: &Address) -> Vec<String> {
    let mut lines = address.lines.clone();
    lines.extend(address.town_lines());
    lines
}
