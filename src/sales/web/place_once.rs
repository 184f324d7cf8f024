//! Places the order of a form, once, and says why where it cannot.

use super::reasons::problem_key;
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::kernel::Act;
use crate::sales::checkout::{CheckoutError, NewOrder};
use crate::sales::note_refusals::note_refusals;
use crate::sales::order::Order;
use crate::sales::placing::Placing;
use crate::sales::shop::Shop;
use crate::web::Problem;
use crate::web::pages::{Done, Visitor, act_once_in_turn};
use axum::response::Response;
use db::Conn;
use std::sync::Arc;

/// Places an order once for its form; whoever sends the form again is led to the same order, where `done` leads.
///
/// # Errors
/// Why the order is refused.
pub(super) async fn place_once(
    app: &SharedApp,
    act: Act,
    shop: Shop,
    new: NewOrder,
    once: &str,
    done: impl Fn(Order) -> Done + Send + Sync + 'static,
) -> Result<Response, CheckoutError> {
    let placing = Placing::new(shop, act, new);
    let done = Arc::new(done);
    let mut number = 0;
    loop {
        number += 1;
        let attempt = placing.attempt(app, number).await?;
        let (this, done) = (attempt.clone(), done.clone());
        let deed = async move |tx: &mut Conn| Ok(done(this.place(tx).await?));
        match act_once_in_turn(app, placing.act(), once, deed).await {
            Err(CheckoutError::ChangedMeanwhile) if !attempt.is_last() => {}
            other => {
                // The shop notes a code when it is typed.
                if placing.channel() != Channel::Online {
                    note_refusals(app, placing.act(), placing.channel(), attempt.refused()).await?;
                }
                return other;
            }
        }
    }
}

/// Why an order was not placed, as a sentence.
pub(super) fn refusal_text(visitor: &Visitor, app: &SharedApp, refusal: CheckoutError) -> Result<String, Problem> {
    let words = visitor.words;
    Ok(match refusal {
        CheckoutError::Input(finding) if finding.reason == "empty_basket" => words.t("basket-empty-refused"),
        CheckoutError::NotForSale(problems) => problems
            .first()
            .map_or_else(|| words.t("line-problem-not-for-sale"), |one| words.t(problem_key(one.reason))),
        CheckoutError::TotalChanged(quote) => {
            words.t1("total-changed", "total", words.money(quote.total, &app.config.museum.currency))
        }
        CheckoutError::ChangedMeanwhile => words.problem("used_up_meanwhile"),
        CheckoutError::Issue(_) => words.problem("cannot_be_issued"),
        other => return Err(other.into()),
    })
}
