//! Makes the print data of one card: the job that every complete personalization leaves behind.
//!
//! The job may run twice, or beside an edit. What it froze is named by its content, so making it again changes nothing, and a card
//! that was edited meanwhile is read and composed anew.

use super::material::{self, Identity, Material};
use super::print_data::{Face, PORTRAIT, file_key, sha256};
use super::store;
use crate::app::{App, SharedApp};
use crate::cards::card::{CardState, Step, TEST_ORDER};
use crate::cards::review_photo::PHOTO_REVIEW;
use crate::cards::{FreezeError, FrozenFaces, PrintSource, StepError, freeze, print_source, steps};
use crate::kernel::ids::CardId;
use crate::kernel::{Act, Actor};
use anyhow::{anyhow, bail};
use card_face::{Composer, Side, preview_png};
use db::{Conn, DbError};

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
            Plan::LookAt => {
                step(&app, &act, card, Step::SetAside { reason: PHOTO_REVIEW.to_owned() }).await.map(|()| true)?
            }
            Plan::Compose(material, face) => compose_and_freeze(&app, &act, card, *material, face).await?,
            Plan::Try(material) => try_out(&app, &act, card, *material).await.map(|()| true)?,
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
    /// Somebody has to look at the portrait first.
    LookAt,
    /// All is there, with the fingerprint of the holder's part.
    Compose(Box<Material>, [u8; 32]),
    /// All is there of a card that is a trial.
    Try(Box<Material>),
}

/// Finished faces.
pub(super) struct Faces {
    pub(super) front_png: Vec<u8>,
    pub(super) back_png: Vec<u8>,
}

async fn plan(app: &App, card: CardId) -> anyhow::Result<Option<Plan>> {
    let mut conn = app.db.snapshot().await?;
    let signer = app.keys.signer(app.clock.now());
    let Some(source) = print_source(&mut conn, &signer, card).await? else { return Ok(None) };
    let PrintSource { card: waiting, code, content, face_sha256, awaits_review, is_test } = source;
    if awaits_review {
        return Ok(Some(Plan::LookAt));
    }
    let identity = Identity { card, number: waiting.number.digits(), code };
    Ok(Some(match material::gather(app, conn, content, identity).await? {
        Some(material) if is_test => Plan::Try(Box::new(material)),
        Some(material) => Plan::Compose(Box::new(material), face_sha256),
        None => Plan::Wait(waiting.state),
    }))
}

/// Whether the card is done with: frozen, set aside, or no longer waiting. Otherwise it was edited meanwhile.
async fn compose_and_freeze(
    app: &App,
    act: &Act,
    card: CardId,
    material: Material,
    face_sha256: [u8; 32],
) -> anyhow::Result<bool> {
    let Material { data, portrait, portrait_lost, composer } = material;
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

/// Composes a card that is a trial, and sets it aside: for what keeps it from being printed, or else for being a trial. Without frozen
/// faces no gate knows it.
async fn try_out(app: &App, act: &Act, card: CardId, material: Material) -> anyhow::Result<()> {
    let Material { data, portrait, portrait_lost, composer } = material;
    let card_data = data.card_data(portrait);
    let drawn = tokio::task::spawn_blocking(move || draw(&composer, &card_data)).await?;
    let reason = if portrait_lost { "photo_missing" } else { drawn.err().unwrap_or(TEST_ORDER) };
    step(app, act, card, Step::SetAside { reason: reason.to_owned() }).await?;
    Ok(())
}

/// Both faces as pictures; or a stable word for what speaks against them.
pub(super) fn draw(composer: &Composer, card: &card_face::CardData) -> Result<Faces, &'static str> {
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
