//! The mail that asks a holder for another portrait.

use super::dossier::Dossier;
use crate::app::SharedApp;
use crate::mail::{Letter, Mail, Part};
use crate::people::Shortcoming;
use crate::web::pages::mails::{greeting, words_of};
use anyhow::Context;
use db::DbError;

/// Writes the mail. When another portrait came meanwhile, or somebody cancelled, there is nothing to ask for.
///
/// # Errors
/// When the database refuses.
pub async fn write(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let id = mail.subject_id.parse().ok().context("the mail names no annual ticket")?;
    let mut conn = app.db.snapshot().await?;
    let dossier = match Dossier::read(&mut conn, id, app.clock.now(), app.config.museum.zone()).await {
        Ok(dossier) => dossier,
        Err(DbError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    drop(conn);
    let Some(why) = dossier.review.shortcoming().filter(|_| !dossier.is_cancelled()) else { return Ok(None) };
    let words = words_of(&app, &mail.language);
    let museum = app.config.museum.name.as_str();
    let url = format!("{}/p/{}", app.config.server.base_url.trim_end_matches('/'), dossier.ticket.link_token);
    let letter = Letter::about(words.t1("mail-photo-again-subject", "museum", museum))
        .text(greeting(words, &mail.name))
        .text(words.t1("mail-photo-again-text", "name", dossier.ticket.holder.name()))
        .text(words.t(&key_of(why)))
        .text(words.t("mail-photo-again-how"))
        .with(Part::Button { label: words.t("mail-photo-again-go"), url })
        .with(Part::Small(words.t1("mail-order-why", "museum", museum)));
    Ok(Some(letter))
}

/// The key of the sentence about what is wrong with a portrait.
pub(super) fn key_of(why: Shortcoming) -> String {
    format!("photo-why-{}", why.as_str().replace('_', "-"))
}
