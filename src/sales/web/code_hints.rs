//! What visitors and staff learn about codes that do not act, and what keeps visitors from guessing.

use super::priced::{CodeView, Looker};
use crate::promotions::guessing::{self, Hint};
use crate::sales::price_basket::Priced;
use crate::web::pages::Words;
use db::{Conn, DbError};
use pricing::Reason;

/// Says more of codes that nobody may use, and notes that they were tried. All of them take the same look-ups.
pub(super) async fn hint_at(
    conn: &mut Conn,
    priced: &Priced,
    codes: &mut [CodeView],
    looker: &Looker<'_>,
) -> Result<(), DbError> {
    let mut wrong = Vec::new();
    for rejected in priced.price.rejected.iter().filter(|rejected| is_wrong(rejected.reason)) {
        let hint = guessing::hint(conn, &rejected.code).await?;
        wrong.push(rejected.code.clone());
        let more = match hint.filter(|_| rejected.reason == Reason::UnknownCode) {
            Some(Hint::Mistyped) => looker.words.t("code-hint-mistyped"),
            Some(Hint::DidYouMean(code)) => looker.words.t1("code-hint-did-you-mean", "code", code),
            None => continue,
        };
        for view in codes.iter_mut().filter(|view| view.code == rejected.code) {
            view.text = format!("{} {more}", view.text);
        }
    }
    if let Some((db, client)) = looker.guesser.filter(|_| !wrong.is_empty()) {
        let now = looker.now;
        db.write(async move |tx: &mut Conn| guessing::note_wrong(tx, client, &wrong, now).await).await?;
    }
    Ok(())
}

/// Whether the code does not act for anybody now.
const fn is_wrong(reason: Reason) -> bool {
    matches!(reason, Reason::UnknownCode | Reason::Disabled | Reason::NotYetValid | Reason::Expired | Reason::Exhausted)
}

/// The codes of somebody who has to wait.
pub(super) fn waiting(codes: &[String], words: Words) -> Vec<CodeView> {
    let view = |(place, code): (usize, &String)| CodeView {
        place,
        code: code.clone(),
        tone: "attention",
        symbol: "!",
        text: words.t("code-too-many-tries"),
        may_override: None,
        overridden: None,
    };
    codes.iter().enumerate().map(view).collect()
}
