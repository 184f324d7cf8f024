//! A draft that keeps all rules becomes a proposal with a proof on paper; a proposal that is agreed is used from then on; and one that
//! has had its time is retired.

use super::agree_layout::let_waiting_cards_go_on;
use super::composers::FONTS;
use super::layout::{LayoutState, LayoutVersion};
use super::layout_package::LayoutPackage;
use super::layout_source::{load, proof_key};
use super::print_data::sha256;
use super::store;
use crate::app::App;
use crate::audit;
use crate::kernel::Act;
use anyhow::Context;
use card_face::{Finding, check_layout, proof_pdf};
use db::{Conn, DbError};
use serde_json::json;

/// The most letters of the name of whoever agrees.
pub const NAME_MAX: usize = 200;

/// Why a layout does not get further.
#[derive(Debug, thiserror::Error)]
pub enum LayoutStepError {
    /// There is no such version.
    #[error("there is no such version of the layout")]
    Unknown,
    /// It breaks rules.
    #[error("the layout has {} findings", .0.len())]
    Findings(Vec<Finding>),
    /// It is in a state from which this step does not go.
    #[error("the layout is {}", .0.as_str())]
    WrongState(LayoutState),
    /// It is not what was looked at: it was changed meanwhile.
    #[error("the layout was changed meanwhile")]
    Changed,
    /// Nobody is named who agrees.
    #[error("somebody must agree by name")]
    NoName,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Something that must be there is not.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// What a check before proposing found good: a content, and the proof of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    content_sha256: String,
    proof_sha256: [u8; 32],
}

/// All that stands in the way of proposing a package, in the order of the file. It computes: call it off the async threads.
pub fn findings(package: &LayoutPackage) -> Vec<Finding> {
    check_layout(&package.body, package, &FONTS).err().unwrap_or_default()
}

/// Checks a version by all rules, makes its proof and keeps it.
///
/// # Errors
/// What the layout breaks, or that there is none.
pub async fn check_and_prove(app: &App, id: &str, version: u32) -> Result<Checked, LayoutStepError> {
    let mut conn = app.db.snapshot().await?;
    let package = load(app, &mut conn, id, version).await?.ok_or(LayoutStepError::Unknown)?;
    drop(conn);
    let made = tokio::task::spawn_blocking(move || {
        let layout = check_layout(&package.body, &package, &FONTS).map_err(LayoutStepError::Findings)?;
        let proof = proof_pdf(&layout, &FONTS).context("the proof of a layout cannot be made")?;
        Ok::<_, LayoutStepError>((layout.content_sha256, proof))
    });
    let (content_sha256, proof) = made.await.context("the check of a layout did not end")??;
    let proof_sha256 = sha256(&proof);
    app.files.put(&proof_key(&proof_sha256), proof).await?;
    Ok(Checked { content_sha256, proof_sha256 })
}

/// The proof of a version: the one that was kept when it was proposed, else one made now.
///
/// # Errors
/// When there is no such version, or no proof can be made of it.
pub async fn proof(app: &App, id: &str, version: u32) -> Result<Vec<u8>, LayoutStepError> {
    let mut conn = app.db.snapshot().await?;
    let kept = store::layouts::find(&mut conn, id, version).await?.ok_or(LayoutStepError::Unknown)?;
    let hash = kept.proof_sha256.and_then(|hash| hex::decode(hash).ok());
    if let Some(hash) = hash
        && let Some(file) = app.files.find(&proof_key(&hash)).await?
    {
        return Ok(file);
    }
    let package = load(app, &mut conn, id, version).await?.ok_or(LayoutStepError::Unknown)?;
    drop(conn);
    let made = tokio::task::spawn_blocking(move || {
        let layout = card_face::parse_layout(&package.body, &package).map_err(LayoutStepError::Findings)?;
        Ok(proof_pdf(&layout, &FONTS).context("the proof of a layout cannot be made")?)
    });
    made.await.context("the proof of a layout did not end")?
}

/// Proposes a draft that was checked.
///
/// # Errors
/// When it is no draft any more, or another one than was checked.
pub async fn propose_layout(
    tx: &mut Conn,
    act: &Act,
    id: &str,
    version: u32,
    checked: &Checked,
) -> Result<LayoutVersion, LayoutStepError> {
    let mut layout = in_state(tx, id, version, &[LayoutState::Draft]).await?;
    if layout.content_sha256 != checked.content_sha256 {
        return Err(LayoutStepError::Changed);
    }
    layout.state = LayoutState::Proposed;
    layout.proof_sha256 = Some(hex::encode(checked.proof_sha256));
    keep(tx, act, &layout, "layout.proposed").await?;
    Ok(layout)
}

/// Agrees on a proposal by name, on exactly the content that was looked at, and lets every card go on that waited for a layout.
///
/// # Errors
/// When it is no proposal, was changed meanwhile, or nobody is named.
pub async fn agree_on_proposal(
    tx: &mut Conn,
    act: &Act,
    id: &str,
    version: u32,
    content_sha256: &str,
    by: &str,
) -> Result<LayoutVersion, LayoutStepError> {
    let by = by.trim();
    if by.is_empty() || by.chars().count() > NAME_MAX || by.contains(char::is_control) {
        return Err(LayoutStepError::NoName);
    }
    let mut layout = in_state(tx, id, version, &[LayoutState::Proposed]).await?;
    if layout.content_sha256 != content_sha256 {
        return Err(LayoutStepError::Changed);
    }
    layout.state = LayoutState::Agreed;
    layout.agreed_by = Some(by.to_owned());
    layout.agreed_at = Some(act.now);
    keep(tx, act, &layout, "layout.agreed").await?;
    let_waiting_cards_go_on(tx, act).await?;
    Ok(layout)
}

/// Retires an agreed version: no new cards are made with it. What was made with it stays.
///
/// # Errors
/// When it is not agreed.
pub async fn retire_layout(tx: &mut Conn, act: &Act, id: &str, version: u32) -> Result<LayoutVersion, LayoutStepError> {
    let mut layout = in_state(tx, id, version, &[LayoutState::Agreed]).await?;
    layout.state = LayoutState::Retired;
    keep(tx, act, &layout, "layout.retired").await?;
    Ok(layout)
}

async fn in_state(
    tx: &mut Conn,
    id: &str,
    version: u32,
    expected: &[LayoutState],
) -> Result<LayoutVersion, LayoutStepError> {
    let layout = store::layouts::find(tx, id, version).await?.ok_or(LayoutStepError::Unknown)?;
    if expected.contains(&layout.state) { Ok(layout) } else { Err(LayoutStepError::WrongState(layout.state)) }
}

async fn keep(tx: &mut Conn, act: &Act, layout: &LayoutVersion, action: &str) -> Result<(), DbError> {
    store::layouts::settle(tx, layout).await?;
    let detail = json!({ "content_sha256": layout.content_sha256, "proof_sha256": layout.proof_sha256 });
    audit::record(tx, act, audit::Entry::new(action, "layout", layout.name()).detail(detail)).await
}
