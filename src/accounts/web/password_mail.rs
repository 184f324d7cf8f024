//! The mail with a link for a new password.

use crate::accounts::reset::{self, LASTS_SECS};
use crate::accounts::store;
use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::mail::{Letter, Mail, Part};
use crate::web::pages::mails::words_of;
use db::Conn;

/// Writes it to whoever signs in with this address; the link is made here and stands nowhere else. For an address with which nobody
/// signs in there is nothing to say.
///
/// # Errors
/// When the database refuses.
pub async fn write(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let found = store::find_staff(&mut app.db.read().await?, &mail.address).await?;
    let Some((staff, _)) = found else { return Ok(None) };
    let name = store::find_name(&mut app.db.read().await?, staff).await?.unwrap_or_default();
    let act = app.act(Actor::System);
    let token = app.db.write(async move |tx: &mut Conn| reset::make_link(tx, &act, staff).await).await?;
    let words = words_of(&app, &mail.language);
    let museum = app.config.museum.name.as_str();
    let url = format!("{}/password/{token}", app.config.server.base_url.trim_end_matches('/'));
    let letter = Letter::about(words.t1("mail-password-subject", "museum", museum))
        .text(words.t1("mail-greeting-name", "name", name))
        .text(words.t1("mail-password-text", "hours", LASTS_SECS / 3_600))
        .with(Part::Button { label: words.t("password-new"), url })
        .with(Part::Small(words.t("mail-password-why")));
    Ok(Some(letter))
}
