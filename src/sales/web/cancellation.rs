//! `/orders/{id}/cancel`: tickets are chosen, what it pays back is said in numbers, and only then it is done.

use super::desk_name::own_desk;
use super::names::Names;
use super::order_page::{StateLook, order_state};
use super::wish::Pairs;
use crate::app::SharedApp;
use crate::kernel::Cents;
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::sales::api::{REFUND_USED, shop};
use crate::sales::cancel::{self, CancelError, Cancellation};
use crate::sales::order::{Order, OrderState, TicketState};
use crate::sales::store;
use crate::web::caller::{Caller, SHOP};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/orders/{id}/cancel", get(show).post(carry_out))
}

#[derive(Template)]
#[template(path = "sales/cancel.html")]
struct CancelPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    order: &'a Order,
    state: StateLook,
    tickets: Vec<TicketChoice>,
    /// Whether used ones may come back too.
    may_refund_used: bool,
    reason: String,
    /// What a confirmed cancellation does, in numbers.
    confirm: Option<Confirmation>,
    errors: FormErrors,
}

struct TicketChoice {
    id: TicketId,
    name: String,
    price: String,
    chosen: bool,
    /// Whether somebody was admitted with it.
    used: bool,
}

struct Confirmation {
    sentence: String,
    refund: String,
    /// The amount as the form carries it.
    amount: Cents,
    /// What happens beside it.
    consequences: Vec<String>,
}

/// What was chosen.
struct Chosen {
    tickets: Vec<TicketId>,
    reason: String,
}

impl Chosen {
    fn read(sent: &Pairs) -> Self {
        let tickets = sent.iter().filter(|(name, _)| name == "ticket").filter_map(|(_, value)| value.parse().ok());
        let reason = sent.iter().find(|(name, _)| name == "reason").map(|(_, value)| clean(value));
        Self { tickets: tickets.collect(), reason: reason.unwrap_or_default() }
    }

    fn cancellation(&self, caller: &Caller, preview: bool) -> Cancellation {
        Cancellation {
            tickets: Some(self.tickets.clone()),
            reason: self.reason.clone(),
            preview,
            desk: None,
            may_refund_used: caller.has_right(REFUND_USED),
        }
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<OrderId>,
    Query(asked): Query<Pairs>,
) -> Result<Response, Problem> {
    let chosen = Chosen::read(&asked);
    let mut errors = FormErrors::default();
    if asked.iter().any(|(name, _)| name == "preview") {
        if chosen.tickets.is_empty() {
            errors.add("tickets", visitor.t("cancel-choose-tickets"));
        }
        if chosen.reason.is_empty() || chosen.reason.chars().count() > REASON_CHARS_MAX {
            errors.add("reason", visitor.t("cancel-reason-missing"));
        }
        if errors.is_empty() {
            return preview(&app, &caller, &visitor, id, &chosen).await;
        }
    }
    let status = errors.status();
    page(&app, &caller, &visitor, id, &chosen, None, errors, status).await
}

/// Asks what the cancellation would pay back, and shows it to be confirmed.
async fn preview(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: OrderId,
    chosen: &Chosen,
) -> Result<Response, Problem> {
    let what = chosen.cancellation(caller, true);
    let act = app.act(caller.actor);
    let shop = shop(app);
    let amount = app.db.write(async move |tx: &mut Conn| cancel::cancel(tx, &act, &shop, id, &what).await).await;
    match amount {
        Ok(amount) => {
            let errors = FormErrors::default();
            page(app, caller, visitor, id, chosen, Some(amount), errors, StatusCode::OK).await
        }
        Err(refusal) => refused(app, caller, visitor, id, chosen, refusal).await,
    }
}

async fn carry_out(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<OrderId>,
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let chosen = Chosen::read(&sent);
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let agreed = super::box_office::amount(value("refund"));
    if chosen.tickets.is_empty() || chosen.reason.is_empty() || agreed.is_none() {
        return Ok(Redirect::to(&format!("/orders/{id}/cancel")).into_response());
    }
    let what = Cancellation { desk: own_desk(&headers), ..chosen.cancellation(&caller, false) };
    let act = app.act(caller.actor);
    let (deed_act, count) = (act.clone(), i64::try_from(chosen.tickets.len()).unwrap_or(i64::MAX));
    let (words, currency, shop) = (visitor.words, app.config.museum.currency.clone(), shop(&app));
    let deed = async move |tx: &mut Conn| -> Result<Done, CancelError> {
        let amount = cancel::cancel(tx, &deed_act, &shop, id, &what).await?;
        if Some(amount) != agreed {
            // Something changed since the amount was shown: it is shown anew before anything is done.
            return Err(CancelError::NothingLeft(OrderState::Paid));
        }
        let said = if amount > Cents::ZERO { "order-tickets-cancelled-refund" } else { "order-tickets-cancelled" };
        Ok(Done::at(format!("/orders/{id}")).saying(said).naming(words.money(amount, &currency)).counting(count))
    };
    match act_once(&app, &act, value("once"), deed).await {
        Ok(done) => Ok(done),
        Err(refusal) => refused(&app, &caller, &visitor, id, &chosen, refusal).await,
    }
}

async fn refused(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: OrderId,
    chosen: &Chosen,
    refusal: CancelError,
) -> Result<Response, Problem> {
    let key = match refusal {
        CancelError::Used(_) => "cancel-used",
        CancelError::NothingLeft(_) | CancelError::CancelledBefore(_) | CancelError::UnknownTicket(_) => {
            "cancel-changed"
        }
        other => return Err(other.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("tickets", visitor.t(key));
    page(app, caller, visitor, id, chosen, None, errors, StatusCode::CONFLICT).await
}

#[expect(clippy::too_many_arguments, reason = "all of it stands on the page")]
async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: OrderId,
    chosen: &Chosen,
    refund: Option<Cents>,
    errors: FormErrors,
    status: StatusCode,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let currency = shop(app).frame.currency;
    let mut conn = app.db.snapshot().await?;
    let order = store::find_order(&mut conn, id).await?.ok_or_else(|| Problem::not_found("order"))?;
    let names = Names::of_order(&mut conn, &order, words.language.as_str()).await?;
    let live = || order.tickets.iter().filter(|ticket| ticket.state != TicketState::Cancelled);
    let used = store::used_tickets(&mut conn, &live().map(|ticket| ticket.id).collect::<Vec<_>>()).await?;
    drop(conn);
    let tickets: Vec<TicketChoice> = live()
        .map(|ticket| TicketChoice {
            id: ticket.id,
            name: format!("{} · {}", names.product(&ticket.product), names.category(&ticket.category)),
            price: words.money(ticket.paid_price, &currency),
            chosen: chosen.tickets.contains(&ticket.id),
            used: used.contains(&ticket.id),
        })
        .collect();
    if tickets.is_empty() {
        return Ok(Redirect::to(&format!("/orders/{id}")).into_response());
    }
    let page = CancelPage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        state: order_state(order.state, words),
        confirm: refund.map(|amount| confirmation(&order, chosen, amount, words, &currency)),
        tickets,
        may_refund_used: caller.has_right(REFUND_USED),
        reason: chosen.reason.clone(),
        errors,
        order: &order,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

fn confirmation(
    order: &Order,
    chosen: &Chosen,
    amount: Cents,
    words: crate::web::pages::Words,
    currency: &str,
) -> Confirmation {
    let count = i64::try_from(chosen.tickets.len()).unwrap_or(i64::MAX);
    let is_chosen = |ticket: &&crate::sales::order::SoldTicket| chosen.tickets.contains(&ticket.id);
    let counted = |number: usize, key: &str| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        (number > 0).then(|| words.t1(key, "count", number))
    };
    let chosen_tickets = || order.tickets.iter().filter(is_chosen);
    let cards = chosen_tickets().map(|ticket| ticket.annual_tickets.len()).sum();
    let vouchers = chosen_tickets().filter(|ticket| ticket.voucher_code.is_some()).count();
    let codes = chosen_tickets().filter(|ticket| ticket.card_code.is_some()).count();
    let consequences = [
        counted(cards, "cancel-voids-cards"),
        counted(vouchers, "cancel-voids-vouchers"),
        counted(codes, "cancel-voids-tickets"),
    ];
    Confirmation {
        sentence: words.t1("cancel-sentence", "count", count),
        refund: words.money(amount, currency),
        amount,
        consequences: consequences.into_iter().flatten().collect(),
    }
}
