//! Makes the print data of one card: the job that every complete personalization leaves behind.
//!
//! The job may run twice, or beside an edit. What it froze is named by its content, so making it again changes nothing, and a card
//! that was edited meanwhile is read and composed anew.

use super::composers;
use super::layout::choose;
use super::print_data::{Face, PORTRAIT, PrintData, file_key, sha256};
use super::store;
use crate::app::{App, SharedApp};
use crate::cards::card::{CardState, Step};
use crate::cards::{FreezeError, FrozenFaces, PrintSource, StepError, freeze, print_source, steps};
use crate::catalog;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::kernel::{Act, Actor};
use anyhow::{Context, anyhow, bail};
use card_face::{Composer, Side, preview_png};
use db::{Conn, DbError};
use std::sync::Arc;

/// How often a card that is edited all the time is composed before the job is left for later.
const ATTEMPTS_MAX: usize = 5;
/// The resolution of previews: enough for a large screen.
const PREVIEW_DPI: u16 = 200;

/// Makes the print data of the card with this id and freezes them: the card is ready to print. A card without an agreed layout
/// waits for one; a card that cannot be composed is set aside with the reason. A card that waits for nothing is left alone.
///
/// # Errors
/// When the database or the file store does not answer, or the agreed layout cannot be used on this machine.
pub async fn prepare(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let card: CardId = subject.parse().map_err(|_| anyhow!("the job names no card"))?;
    let act = app.act(Actor::System);
    for _ in 0..ATTEMPTS_MAX {
        let Some(plan) = plan(&app, card).await? else { return Ok(()) };
        let done = match plan {
            Plan::Wait(CardState::WaitingForLayout) => return Ok(()),
            // Looked at once more afterwards: a layout may have been agreed in between.
            Plan::Wait(_) => step(&app, &act, card, Step::AwaitLayout).await.map(|()| false)?,
            Plan::Compose(material) => compose_and_freeze(&app, &act, card, *material).await?,
        };
        if done {
            return Ok(());
        }
    }
    bail!("the card was edited again and again while its print data was made")
}

/// What is to be done for a card.
enum Plan {
    /// No layout applies to it; it is in this state.
    Wait(CardState),
    /// All is there.
    Compose(Box<Material>),
}

/// All that the faces need.
struct Material {
    data: PrintData,
    portrait: Option<Vec<u8>>,
    portrait_lost: bool,
    composer: Arc<Composer>,
    face_sha256: [u8; 32],
}

/// Finished faces.
struct Faces {
    front_png: Vec<u8>,
    back_png: Vec<u8>,
}

async fn plan(app: &App, card: CardId) -> anyhow::Result<Option<Plan>> {
    let mut conn = app.db.snapshot().await?;
    let Some(source) = print_source(&mut conn, app.keys.signer(), card).await? else { return Ok(None) };
    let (keys, names) = places(&mut conn, source.scope_id).await?;
    let layouts = store::layouts::all(&mut conn).await?;
    let Some(layout) = choose(&layouts, source.product.layout.as_deref(), &source.product.key, &keys) else {
        return Ok(Some(Plan::Wait(source.card.state)));
    };
    let body =
        store::layouts::body(&mut conn, &layout.id, layout.version).await?.context("an agreed layout is gone")?;
    drop(conn);
    let sha256_of_layout = layout.content_sha256.clone();
    let composer = tokio::task::spawn_blocking(move || composers::composer(&sha256_of_layout, &body)).await??;
    let portrait = match &source.photo_file {
        Some(file) => app.files.find(file).await?,
        None => None,
    };
    let language = composer.layout().language_for(&source.language).to_owned();
    let data = PrintData {
        card,
        number: source.card.number.digits(),
        code: source.code.clone(),
        given_name: source.holder.given_name.clone(),
        family_name: source.holder.family_name.clone(),
        birth_date: source.holder.birth_date.map(|date| date.to_string()),
        product_name: source.product.names.get(&language).to_owned(),
        category_name: source.category.names.get(&language).to_owned(),
        check_proof: source.category.check_proof,
        valid_from: source.valid_from.to_string(),
        valid_until: source.valid_until.to_string(),
        houses: names,
        language,
        photo_sha256: portrait.as_ref().map(|bytes| hex::encode(sha256(bytes))),
        layout_id: layout.id.clone(),
        layout_version: layout.version,
        layout_sha256: layout.content_sha256.clone(),
    };
    let PrintSource { photo_file, face_sha256, .. } = source;
    let portrait_lost = photo_file.is_some() && portrait.is_none();
    Ok(Some(Plan::Compose(Box::new(Material { data, portrait, portrait_lost, composer, face_sha256 }))))
}

/// The keys of the houses of a scope, and the names of all that it opens as they stand on cards.
async fn places(conn: &mut Conn, scope_id: u16) -> anyhow::Result<(Vec<Slug>, Vec<String>)> {
    let scope = catalog::store::scope_by_id(conn, scope_id).await?.context("the scope of a card is gone")?;
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    for key in scope.houses {
        if let Some(house) = catalog::store::house(conn, &key).await? {
            names.push(house.name);
        }
        keys.push(key);
    }
    for key in scope.exhibitions {
        let Some(exhibition) = catalog::store::exhibition(conn, &key).await? else { continue };
        if !keys.contains(&exhibition.house) {
            names.push(exhibition.name);
        }
    }
    Ok((keys, names))
}

/// Whether the card is done with: frozen, set aside, or no longer waiting. Otherwise it was edited meanwhile.
async fn compose_and_freeze(app: &App, act: &Act, card: CardId, material: Material) -> anyhow::Result<bool> {
    let Material { data, portrait, portrait_lost, composer, face_sha256 } = material;
    let body = data.to_json()?;
    let print_data_sha256 = sha256(body.as_bytes());
    if portrait_lost {
        step(app, act, card, Step::SetAside { reason: "photo_missing".to_owned() }).await?;
        return Ok(true);
    }
    let card_data = data.card_data(portrait.clone());
    let faces = match tokio::task::spawn_blocking(move || draw(&composer, &card_data)).await? {
        Ok(faces) => faces,
        Err(reason) => {
            step(app, act, card, Step::SetAside { reason: reason.to_owned() }).await?;
            return Ok(true);
        }
    };
    let key = |name: &str| file_key(&print_data_sha256, name);
    if let Some(portrait) = portrait {
        app.files.put(&key(PORTRAIT), portrait).await?;
    }
    app.files.put(&key(Face::Front.file_name()), faces.front_png).await?;
    app.files.put(&key(Face::Back.file_name()), faces.back_png).await?;
    let frozen = FrozenFaces {
        layout_id: data.layout_id.clone(),
        layout_version: data.layout_version,
        print_data_sha256,
        code: data.code.clone(),
        face_sha256,
    };
    let act = act.clone();
    let outcome = app
        .db
        .write(async move |tx: &mut Conn| {
            store::print_data::insert(tx, &print_data_sha256, &data, &body, act.now).await?;
            freeze(tx, &act, card, &frozen).await
        })
        .await;
    match outcome {
        Ok(_) | Err(FreezeError::UnknownCard | FreezeError::WrongState(_)) => Ok(true),
        Err(FreezeError::Stale) => Ok(false),
        Err(FreezeError::Db(error)) => Err(error.into()),
    }
}

fn draw(composer: &Composer, card: &card_face::CardData) -> Result<Faces, &'static str> {
    let composed = composer.compose(card).map_err(|aside| aside.reason())?;
    let png = |side| preview_png(&composed, side, PREVIEW_DPI).map_err(|_| "photo_unreadable");
    Ok(Faces { front_png: png(Side::Front)?, back_png: png(Side::Back)? })
}

/// Takes a step that only matters while the card still waits: another job may have been faster.
async fn step(app: &App, act: &Act, card: CardId, step: Step) -> Result<(), DbError> {
    let act = act.clone();
    let outcome = app.db.write(async move |tx: &mut Conn| steps::take(tx, &act, card, &step).await).await;
    match outcome {
        Ok(_) | Err(StepError::UnknownCard | StepError::WrongState(_)) => Ok(()),
        Err(StepError::Db(error)) => Err(error),
    }
}
