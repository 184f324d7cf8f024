//! Puts a layout into use: checks it, keeps it as agreed for ever, and lets the cards go on that waited for one.

use super::layout::{LayoutState, LayoutVersion};
use super::store;
use crate::audit;
use crate::cards::PREPARE_PRINT_DATA;
use crate::jobs;
use crate::kernel::Act;
use card_face::{Layout, NoAssets, parse_layout};
use db::{Conn, DbError};
use serde_json::json;

/// Why a layout was not agreed.
#[derive(Debug, thiserror::Error)]
pub enum AgreeLayoutError {
    /// The file is no layout.
    #[error("the layout has mistakes: {}", .0.join("; "))]
    Mistakes(Vec<String>),
    /// A layout that was agreed never changes.
    #[error("version {version} of the layout {id} exists already with other content: raise its version")]
    VersionTaken {
        /// The layout's id.
        id: String,
        /// The version.
        version: u32,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps the layout in `file` as agreed by `by` and sends every card that waits for a layout back to its preparation. The same
/// file again changes nothing.
///
/// # Errors
/// The mistakes of the file, or a version that exists with other content.
pub async fn agree_layout(tx: &mut Conn, act: &Act, file: &str, by: &str) -> Result<LayoutVersion, AgreeLayoutError> {
    let layout = parse_layout(file, &NoAssets)
        .map_err(|findings| AgreeLayoutError::Mistakes(findings.iter().map(ToString::to_string).collect()))?;
    let agreed = agreed(&layout, act, by);
    if !store::layouts::insert(tx, &agreed, file, act.now).await? {
        return match store::layouts::find(tx, &agreed.id, agreed.version).await? {
            Some(kept) if kept.content_sha256 == agreed.content_sha256 => Ok(kept),
            _ => Err(AgreeLayoutError::VersionTaken { id: agreed.id, version: agreed.version }),
        };
    }
    for card in store::layouts::cards_waiting(tx).await? {
        jobs::enqueue(tx, act, PREPARE_PRINT_DATA, card).await?;
    }
    let subject = format!("{}@{}", agreed.id, agreed.version);
    let detail = json!({ "content_sha256": agreed.content_sha256 });
    audit::record(tx, act, audit::Entry::new("layout.agreed", "layout", subject).detail(detail)).await?;
    Ok(agreed)
}

fn agreed(layout: &Layout, act: &Act, by: &str) -> LayoutVersion {
    LayoutVersion {
        id: layout.id.clone(),
        version: layout.version,
        state: LayoutState::Agreed,
        title: layout.title.clone(),
        products: layout.products.clone(),
        houses: layout.houses.clone(),
        content_sha256: layout.content_sha256.clone(),
        agreed_by: Some(by.to_owned()),
        agreed_at: Some(act.now),
    }
}
