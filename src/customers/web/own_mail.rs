//! The mail with the link to one's own page.

use crate::app::SharedApp;
use crate::customers::prove::{self, LINK_LASTS_SECS};
use crate::kernel::Actor;
use crate::mail::{Letter, Mail, Part};
use crate::web::pages::mails::words_of;
use db::Conn;

/// Writes it. The link is made here and stands nowhere else.
///
/// # Errors
/// When the database refuses.
pub async fn write(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let act = app.act(Actor::System);
    let words = words_of(&app, &mail.language);
    let (address, language) = (mail.address.clone(), mail.language.clone());
    let token = app.db.write(async move |tx: &mut Conn| prove::make_link(tx, &act, &address, &language).await).await?;
    let museum = app.config.museum.name.as_str();
    let url = format!("{}/my/enter/{token}", app.config.server.base_url.trim_end_matches('/'));
    let letter = Letter::about(words.t1("mail-my-subject", "museum", museum))
        .text(words.t("mail-greeting"))
        .text(words.t1("mail-my-text", "minutes", LINK_LASTS_SECS / 60))
        .with(Part::Button { label: words.t("my-title"), url })
        .with(Part::Small(words.t("mail-my-why")));
    Ok(Some(letter))
}
