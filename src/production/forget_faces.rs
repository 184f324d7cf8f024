//! Takes a person out of what was frozen for a card: the print data say nobody's name, and the files show nobody.
//!
//! The print data keep their place under the hash that they had, so that runs and records still find them; the printed code, the days
//! and the layout stay. What a run made of them is made anew when somebody asks for it.

use super::composers;
use super::files;
use super::layout_source;
use super::prepare::draw;
use super::preview::NOBODY;
use super::print_data::{Face, PORTRAIT, PrintData, file_key};
use super::store;
use crate::app::SharedApp;
use crate::kernel::ids::CardId;
use anyhow::anyhow;
use db::Conn;

/// Forgets the person on the faces of a card. It may run twice.
///
/// # Errors
/// When the database or the file store does not answer, or the card's layout cannot be used on this machine.
pub async fn forget(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let card: CardId = subject.parse().map_err(|_| anyhow!("the job names no card"))?;
    let (frozen, runs) = {
        let mut conn = app.db.read().await?;
        (store::print_data::all_of_card(&mut conn, card).await?, store::run_cards::runs_of(&mut conn, card).await?)
    };
    for (hash, data) in frozen {
        let nobody = data.of_nobody(NOBODY.as_deref());
        let body = nobody.to_json()?;
        let stored = hash.clone();
        app.db.write(async move |tx: &mut Conn| store::print_data::replace(tx, &stored, &body).await).await?;
        show_nobody(&app, &hash, &nobody).await?;
    }
    for run in runs {
        let found = store::runs::find(&mut app.db.read().await?, run).await?;
        if let Some(run) = found {
            files::forget(&app, &run).await?;
        }
    }
    Ok(())
}

/// Draws the faces anew, with the blank figure and without a name.
async fn show_nobody(app: &SharedApp, hash: &[u8], nobody: &PrintData) -> anyhow::Result<()> {
    let key = |name: &str| file_key(hash, name);
    let portrait = NOBODY.clone().filter(|_| nobody.photo_sha256.is_some());
    match &portrait {
        Some(figure) => app.files.put(&key(PORTRAIT), figure.clone()).await?,
        None => app.files.delete(&key(PORTRAIT)).await?,
    }
    let package = {
        let mut conn = app.db.read().await?;
        layout_source::load_used(app, &mut conn, &nobody.layout_id, nobody.layout_version).await?
    };
    let (sha256_of_layout, card) = (nobody.layout_sha256.clone(), nobody.card_data(portrait));
    let faces = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
        let composer = composers::composer(&sha256_of_layout, &package)?;
        draw(&composer, &card).map_err(|reason| anyhow!("a card of nobody cannot be drawn: {reason}"))
    });
    let faces = faces.await??;
    app.files.put(&key(Face::Front.file_name()), faces.front_png).await?;
    app.files.put(&key(Face::Back.file_name()), faces.back_png).await
}
