//! The mails about orders: the link with all that belongs to it, the reminder, and the links that somebody lost.

use super::document_files::{self, Kind, Wanted};
use super::names::{Names, grouped};
use super::shop_order::holder_links;
use crate::app::{App, SharedApp};
use crate::cards::{self, Personalized, Status};
use crate::catalog::ProductKind;
use crate::kernel::Cents;
use crate::kernel::ids::OrderId;
use crate::kernel::period::local_day;
use crate::mail::{Attachment, Letter, Mail, Part};
use crate::sales::api::shop;
use crate::sales::order::{Order, OrderState, TicketState};
use crate::sales::store;
use crate::web::pages::Words;
use crate::web::pages::mails::{greeting, words_of};
use db::Conn;

/// The most orders that a mail about lost links names.
const ORDERS_MAX: u32 = 20;

/// Writes the mail with an order's link. An order that is over has none.
///
/// # Errors
/// When the order cannot be read or its documents cannot be drawn.
pub async fn write_link(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let mut conn = app.db.snapshot().await?;
    let Some(order) = living_order(&mut conn, &mail.subject_id).await? else { return Ok(None) };
    let (shop, words) = (shop(&app), words_of(&app, &mail.language));
    let names = Names::of_order(&mut conn, &order, words.language.as_str()).await?;
    let valid = || order.tickets.iter().filter(|ticket| ticket.state == TicketState::Valid);
    let is_reserved = order.tickets.iter().any(|ticket| ticket.state == TicketState::Reserved);
    let number = order.number.as_str();
    let subject = if is_reserved { "mail-order-subject-reserved" } else { "mail-order-subject" };
    let mut letter = Letter::about(words.t2(subject, ("number", number), ("museum", shop.museum.as_str())))
        .text(greeting(words, &mail.name))
        .text(words.t1(if is_reserved { "mail-order-reserved" } else { "mail-order-thanks" }, "number", number));
    if order.is_test() {
        letter = letter.text(words.t("mail-order-test"));
    }
    if order.due() > Cents::ZERO {
        letter = letter.text(words.t1("confirmed-due", "amount", words.money(order.due(), &shop.frame.currency)));
        if let Some(until) = order.hold_until {
            letter = letter.text(words.t1("confirmed-reserved-until", "until", words.moment(until, shop.frame.zone)));
        }
        if let Some(day) = order.due_on {
            letter = letter.text(words.t1("confirmed-due-until", "day", words.date(day)));
        }
        letter = letter.text(words.t1("confirmed-how-to-pay", "number", number));
        let hint = app.config.sales.payment_hint.trim();
        letter = if hint.is_empty() { letter } else { letter.text(hint) };
    }
    letter = with_links(letter, words, &shop.base_url, "mail-order-links-hint", holder_links(&order, &names));
    let vouchers: Vec<_> = valid()
        .filter(|ticket| ticket.annual_tickets.is_empty())
        .filter_map(|ticket| Some((names.product(&ticket.product), ticket.voucher_code.clone()?)))
        .collect();
    if !vouchers.is_empty() {
        letter = letter.with(Part::Heading(words.t("confirmed-vouchers"))).text(words.t("voucher-how"));
        for (name, code) in vouchers {
            letter = letter.with(Part::Item { name, detail: grouped(&code), url: None });
        }
        letter.attachments.extend(document(&app, &mut conn, &order, Kind::Vouchers).await?);
    }
    let day_tickets = valid().filter(|ticket| ticket.kind == ProductKind::DayTicket).count();
    if day_tickets > 0 {
        letter = letter
            .with(Part::Heading(words.t1("confirmed-tickets", "count", day_tickets)))
            .text(words.t("mail-order-tickets-attached"));
        letter.attachments.extend(document(&app, &mut conn, &order, Kind::Tickets).await?);
    }
    if let Some(token) = &order.link_token {
        let url = format!("{}/shop/orders/{token}", shop.base_url);
        letter = letter.with(Part::Button { label: words.t("mail-order-see"), url });
    }
    Ok(Some(letter.with(Part::Small(words.t1("mail-order-why", "museum", shop.museum.as_str())))))
}

/// Writes the reminder of an order's annual tickets that nobody has personalized yet. Without any there is nothing to say.
///
/// # Errors
/// When the order cannot be read.
pub async fn write_reminder(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let mut conn = app.db.snapshot().await?;
    let Some(order) = living_order(&mut conn, &mail.subject_id).await? else { return Ok(None) };
    let (shop, words) = (shop(&app), words_of(&app, &mail.language));
    let names = Names::of_order(&mut conn, &order, words.language.as_str()).await?;
    let open: Vec<String> = cards::of_order(&mut conn, order.id)
        .await?
        .into_iter()
        .filter(|sold| sold.state == Personalized::AwaitingPersonalization && sold.status != Status::Cancelled)
        .map(|sold| format!("/p/{}", sold.link_token))
        .collect();
    let links: Vec<_> = holder_links(&order, &names).into_iter().filter(|(_, path)| open.contains(path)).collect();
    if links.is_empty() {
        return Ok(None);
    }
    let count = links.len();
    let day = words.date(local_day(order.placed_at, shop.frame.zone));
    let letter = Letter::about(words.t1("mail-reminder-subject", "museum", shop.museum.as_str()))
        .text(greeting(words, &mail.name))
        .text(words.t2("mail-reminder-text", ("count", count), ("day", day)));
    let letter = with_links(letter, words, &shop.base_url, "mail-order-links-hint", links);
    Ok(Some(letter.with(Part::Small(words.t1("mail-order-why", "museum", shop.museum.as_str())))))
}

/// Writes the reminder of an invoice. One that was paid or cancelled meanwhile needs none.
///
/// # Errors
/// When the order cannot be read or its invoice cannot be drawn.
pub async fn write_invoice_reminder(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let mut conn = app.db.snapshot().await?;
    let order = living_order(&mut conn, &mail.subject_id).await?;
    let Some(order) = order.filter(|order| order.due() > Cents::ZERO) else { return Ok(None) };
    let Some(due_on) = order.due_on else { return Ok(None) };
    let (shop, words) = (shop(&app), words_of(&app, &mail.language));
    let number = order.number.as_str();
    let amount = words.money(order.due(), &shop.frame.currency);
    let is_over = local_day(app.clock.now(), shop.frame.zone) > due_on;
    let key = if is_over { "mail-invoice-overdue" } else { "mail-invoice-open" };
    let mut letter =
        Letter::about(words.t2("mail-invoice-subject", ("number", number), ("museum", shop.museum.as_str())))
            .text(greeting(words, &mail.name))
            .text(words.t2(key, ("amount", amount), ("day", words.date(due_on))))
            .text(words.t1("confirmed-how-to-pay", "number", number));
    let hint = app.config.sales.payment_hint.trim();
    letter = if hint.is_empty() { letter } else { letter.text(hint) };
    letter = letter.text(words.t("mail-invoice-crossed"));
    letter.attachments.extend(document(&app, &mut conn, &order, Kind::Receipt).await?);
    if let Some(token) = &order.link_token {
        let url = format!("{}/shop/orders/{token}", shop.base_url);
        letter = letter.with(Part::Button { label: words.t("mail-order-see"), url });
    }
    Ok(Some(letter.with(Part::Small(words.t1("mail-order-why", "museum", shop.museum.as_str())))))
}

/// Writes the links of all orders of an address. For an address without orders there is nothing to say.
///
/// # Errors
/// When the orders cannot be read.
pub async fn write_lost_links(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let mut conn = app.db.snapshot().await?;
    let (shop, words) = (shop(&app), words_of(&app, &mail.language));
    let mut letter = Letter::about(words.t1("mail-lost-subject", "museum", shop.museum.as_str()))
        .text(greeting(words, &mail.name))
        .text(words.t("mail-lost-text"));
    let mut found = false;
    for id in store::orders_of_address(&mut conn, &mail.address, ORDERS_MAX).await? {
        let Some(order) = living_order(&mut conn, &id.to_string()).await? else { continue };
        let Some(token) = &order.link_token else { continue };
        found = true;
        letter = letter.with(Part::Item {
            name: words.t1("order-title", "number", order.number.as_str()),
            detail: words.date(local_day(order.placed_at, shop.frame.zone)),
            url: Some(format!("{}/shop/orders/{token}", shop.base_url)),
        });
    }
    Ok(found.then(|| letter.with(Part::Small(words.t("mail-lost-why")))))
}

async fn living_order(conn: &mut Conn, id: &str) -> anyhow::Result<Option<Order>> {
    let id: OrderId = id.parse()?;
    let order = store::find_order(conn, id).await?;
    Ok(order.filter(|order| matches!(order.state, OrderState::Paid | OrderState::AwaitingPayment)))
}

/// The links of holders, each for the person whose card it becomes.
fn with_links(letter: Letter, words: Words, base: &str, hint: &str, links: Vec<(String, String)>) -> Letter {
    if links.is_empty() {
        return letter;
    }
    let letter = letter.with(Part::Heading(words.t("confirmed-personalize"))).text(words.t(hint));
    links.into_iter().fold(letter, |letter, (name, path)| {
        letter.with(Part::Item { name, detail: String::new(), url: Some(format!("{base}{path}")) })
    })
}

async fn document(app: &App, conn: &mut Conn, order: &Order, kind: Kind) -> anyhow::Result<Option<Attachment>> {
    let drawn = document_files::drawn(app, conn, order, kind, None, &Wanted::default()).await?;
    Ok(drawn.map(|(title, bytes)| Attachment {
        name: format!("{}.pdf", title.replace(' ', "-")),
        content_type: "application/pdf",
        bytes,
    }))
}
