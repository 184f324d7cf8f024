//! `/orders/{id}`: one sale with all that belongs to it, and the one step that comes next.

use super::desk_name::own_desk;
use super::document_files::Kind;
use super::names::{Names, grouped};
use crate::app::SharedApp;
use crate::catalog::ProductKind;
use crate::kernel::Cents;
use crate::kernel::ids::OrderId;
use crate::kernel::period::local_day;
use crate::mail::web::MailRow;
use crate::sales::api::shop;
use crate::sales::order::{Order, OrderState, PaymentMethod, SoldTicket, TicketState};
use crate::sales::pay::{self, PayError};
use crate::sales::receipt::units_of;
use crate::sales::shop::Till;
use crate::sales::store;
use crate::web::caller::{PERSONALIZATION, SHOP};
use crate::web::pages::{Desk, Done, HistoryRow, PageForm, Visitor, Words, act_once, history};
use crate::web::{Allowed, PathKey, Problem, Query};
use crate::{cards, mail};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/orders/{id}", get(show)).route("/orders/{id}/payment", post(take_payment))
}

/// What a state looks like: tone, symbol, word.
pub(super) type StateLook = (&'static str, &'static str, String);

/// The look of an order: of a trial, that it is one.
fn order_look(order: &Order, words: Words) -> StateLook {
    if order.is_test() { ("attention", "!", words.t("order-state-test")) } else { order_state(order.state, words) }
}

/// The look of an order's state.
pub(super) fn order_state(state: OrderState, words: Words) -> StateLook {
    match state {
        OrderState::AwaitingPayment => ("attention", "!", words.t("order-state-awaiting-payment")),
        OrderState::Paid => ("good", "✓", words.t("order-state-paid")),
        OrderState::Cancelled => ("refused", "×", words.t("order-state-cancelled")),
        OrderState::Expired => ("plain", "–", words.t("order-state-expired")),
    }
}

#[derive(Debug, Default, Deserialize)]
struct Shown {
    /// Present right after the sale.
    sold: Option<String>,
    /// What the guest gave.
    given: Option<String>,
}

#[derive(Deserialize)]
struct PaymentForm {
    once: String,
    method: String,
}

#[derive(Template)]
#[template(path = "sales/order.html")]
struct OrderPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    order: &'a Order,
    state: StateLook,
    placed: String,
    channel: String,
    lines: Vec<LineRow>,
    offers: Vec<(String, String)>,
    regular: Option<String>,
    total: String,
    due: Option<String>,
    hold_until: Option<String>,
    vat: Vec<[String; 4]>,
    /// Until when its invoice is to be paid, as a sentence.
    due_until: Option<String>,
    /// Way or reason, moment, amount, receipt.
    payments: Vec<(String, String, String, Option<String>)>,
    refunds: Vec<(String, String, String, Option<String>)>,
    tickets: Vec<TicketRow>,
    delivery: Option<String>,
    change: Option<Change>,
    /// Whether it was sold just now: then Enter prints.
    just_sold: bool,
    documents: Vec<(Kind, &'static str, String)>,
    can_cancel: bool,
    may_personalize: bool,
    methods: Vec<(&'static str, String)>,
    /// Where the buyer finds the order.
    link: Option<String>,
    /// The address to which its link goes.
    email: String,
    /// The mails about it, and the token of the form that sends one more.
    mails: Vec<MailRow>,
    once_link: String,
    history: Vec<HistoryRow>,
}

/// What goes back over the counter.
struct Change {
    given: String,
    back: String,
}

struct LineRow {
    quantity: u32,
    name: String,
    detail: String,
    unit: String,
    before: Option<String>,
    sum: String,
}

struct TicketRow {
    name: String,
    state: StateLook,
    price: String,
    /// The voucher's code, and the same in groups.
    voucher: Option<(String, String)>,
    /// The annual tickets: id, and the holder's link.
    annual_tickets: Vec<(String, String)>,
    is_day_ticket: bool,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<OrderId>,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let shop = shop(&app);
    let words = visitor.words;
    let mut conn = app.db.snapshot().await?;
    let order = store::find_order(&mut conn, id).await?.ok_or_else(|| Problem::not_found("order"))?;
    let names = Names::of_order(&mut conn, &order, words.language.as_str()).await?;
    let steps = history::of(&mut conn, &words, shop.frame.zone, &[("order", &id)]).await?;
    let mails = mail::web::of_record(&mut conn, words, shop.frame.zone, "order", &id.to_string()).await?;
    drop(conn);
    let money = |amount: Cents| words.money(amount, &shop.frame.currency);
    let method = |method: PaymentMethod| words.t(&format!("method-{}", method.as_str().replace('_', "-")));
    let moment = |at| words.moment(at, shop.frame.zone);
    let given = shown.given.as_deref().and_then(super::box_office::amount).filter(|given| *given >= order.total);
    let page = OrderPage {
        desk: Desk::load(&app, &caller).await?,
        once: visitor.fresh_once(),
        state: order_look(&order, words),
        placed: moment(order.placed_at),
        channel: words.t(&format!("channel-{}", order.channel.as_str().replace('_', "-"))),
        lines: lines(&order, &names, words, &money),
        offers: order
            .offers
            .iter()
            .map(|used| {
                let name = used.code.clone().unwrap_or_else(|| used.offer.to_string());
                let why = used.override_reason.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
                (format!("{name}{why}"), money(Cents(-used.discount.0)))
            })
            .collect(),
        regular: (order.original_total > order.total).then(|| money(order.original_total)),
        total: money(order.total),
        due: (order.due() > Cents::ZERO).then(|| money(order.due())),
        hold_until: order.hold_until.map(moment),
        due_until: order.due_on.map(|day| {
            let is_over = local_day(app.clock.now(), shop.frame.zone) > day;
            words.t1(if is_over { "order-overdue" } else { "order-due-until" }, "day", words.date(day))
        }),
        vat: order
            .vat
            .iter()
            .map(|vat| [format!("{} %", vat.rate), money(vat.net), money(vat.tax), money(vat.gross)])
            .collect(),
        payments: order
            .payments
            .iter()
            .map(|payment| {
                (method(payment.method), moment(payment.received_at), money(payment.amount), payment.receipt.clone())
            })
            .collect(),
        refunds: order
            .refunds
            .iter()
            .map(|refund| {
                (refund.reason.clone(), moment(refund.refunded_at), money(refund.amount), refund.receipt.clone())
            })
            .collect(),
        tickets: order.tickets.iter().map(|ticket| ticket_row(ticket, &names, words, &money)).collect(),
        delivery: delivery_text(&order, &names, words),
        change: given.map(|given| Change { given: money(given), back: money(given - order.total) }),
        just_sold: shown.sold.is_some(),
        documents: documents(&order, words),
        can_cancel: matches!(order.state, OrderState::Paid | OrderState::AwaitingPayment),
        may_personalize: caller.roles.may(PERSONALIZATION),
        methods: [PaymentMethod::Cash, PaymentMethod::CardTerminal, PaymentMethod::Invoice]
            .map(|known| {
                (
                    known.as_str(),
                    if known == PaymentMethod::Invoice { words.t("method-transfer") } else { method(known) },
                )
            })
            .to_vec(),
        link: order
            .link_token
            .as_ref()
            .filter(|_| matches!(order.state, OrderState::Paid | OrderState::AwaitingPayment))
            .map(|token| format!("/shop/orders/{token}")),
        email: order.buyer.as_ref().and_then(|buyer| buyer.email.clone()).unwrap_or_default(),
        mails,
        once_link: visitor.fresh_once(),
        history: steps,
        order: &order,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// Takes the payment that the order waits for; what was reserved is issued, and cards that waited for it are made ready.
async fn take_payment(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    headers: HeaderMap,
    PageForm(form): PageForm<PaymentForm>,
) -> Result<Response, Problem> {
    let known = [PaymentMethod::Cash, PaymentMethod::CardTerminal, PaymentMethod::Invoice, PaymentMethod::Online];
    let method = known.into_iter().find(|method| method.as_str() == form.method);
    let act = caller.act(&app);
    let (shop, home, deed_act, desk) = (shop(&app), app.clone(), act.clone(), own_desk(&headers));
    let deed = async move |tx: &mut Conn| -> Result<Done, PayError> {
        let signer = home.keys.signer(deed_act.now);
        let till = Till { shop: &shop, signer: &signer };
        let order = pay::pay(tx, &deed_act, till, id, method, None, desk.as_deref()).await?;
        Ok(Done::at(format!("/orders/{id}")).saying("order-payment-taken").naming(order.number))
    };
    let answer = act_once(&app, &act, &form.once, deed).await?;
    cards::api::prepare_order_now(&app, id).await;
    Ok(answer)
}

fn lines(order: &Order, names: &Names, words: Words, money: &impl Fn(Cents) -> String) -> Vec<LineRow> {
    let mut rows = Vec::new();
    for line in &order.lines {
        let tickets: Vec<&SoldTicket> = order.tickets.iter().filter(|ticket| ticket.line == line.line).collect();
        let Some(first) = tickets.first() else { continue };
        for unit in units_of(order, line) {
            let before =
                tickets.iter().find(|ticket| ticket.paid_price == unit.price).map_or(unit.price, |one| one.list_price);
            rows.push(LineRow {
                quantity: unit.quantity,
                name: names.product(&line.product),
                detail: names.detail(line, first.kind, words),
                unit: money(unit.price),
                before: (before > unit.price).then(|| money(before)),
                sum: money(Cents(unit.price.0 * i64::from(unit.quantity))),
            });
        }
    }
    rows
}

fn ticket_row(ticket: &SoldTicket, names: &Names, words: Words, money: &impl Fn(Cents) -> String) -> TicketRow {
    let state = match ticket.state {
        TicketState::Reserved => ("attention", "…", words.t("ticket-state-reserved")),
        TicketState::Valid => ("good", "✓", words.t("ticket-state-valid")),
        TicketState::Cancelled => ("refused", "×", words.t("ticket-state-cancelled")),
    };
    let voucher = ticket.voucher_code.as_ref().map(|code| (code.clone(), grouped(code)));
    let links = ticket.annual_tickets.iter().map(|(id, token)| (id.to_string(), format!("/p/{token}")));
    TicketRow {
        name: format!("{} · {}", names.product(&ticket.product), names.category(&ticket.category)),
        state,
        price: money(ticket.paid_price),
        voucher,
        annual_tickets: links.collect(),
        is_day_ticket: ticket.kind == ProductKind::DayTicket,
    }
}

/// How cards come to their holders, as a sentence.
pub(super) fn delivery_text(order: &Order, names: &Names, words: Words) -> Option<String> {
    use crate::cards::Delivery;
    Some(match order.delivery.as_ref()? {
        Delivery::Mail {} => words.t("delivery-mail"),
        Delivery::Counter {} => words.t("delivery-counter"),
        Delivery::Pickup { house } => words.t1("delivery-pickup", "house", names.house(house)),
    })
}

/// The files that there are of an order: kind, path, name.
fn documents(order: &Order, words: Words) -> Vec<(Kind, &'static str, String)> {
    let valid = |kind: ProductKind| {
        order.tickets.iter().any(|ticket| ticket.kind == kind && ticket.state == TicketState::Valid)
    };
    let mut files = vec![(Kind::Receipt, "receipt.pdf", words.t("document-receipt"))];
    if valid(ProductKind::DayTicket) {
        files.push((Kind::Tickets, "tickets.pdf", words.t("document-tickets")));
    }
    if valid(ProductKind::AnnualTicketVoucher) {
        files.push((Kind::Vouchers, "vouchers.pdf", words.t("document-vouchers")));
    }
    files
}
