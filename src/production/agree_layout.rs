//! Puts a layout that comes with the program into use at once. Others are uploaded, proposed and agreed to one after the other.

use super::layout::{LayoutState, LayoutVersion};
use super::store;
use super::upload_layout::draft;
use crate::audit;
use crate::cards::PREPARE_PRINT_DATA;
use crate::jobs;
use crate::kernel::Act;
use card_face::{Finding, Layout, NoAssets, parse_layout};
use db::{Conn, DbError};
use serde_json::json;

/// Why a layout was not agreed.
#[derive(Debug, thiserror::Error)]
pub enum AgreeLayoutError {
    /// The file is no layout.
    #[error("the layout has mistakes: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Mistakes(Vec<Finding>),
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
    let layout = parse_layout(file, &NoAssets).map_err(AgreeLayoutError::Mistakes)?;
    let agreed = agreed(&layout, act, by);
    if !store::layouts::insert(tx, &agreed, file, act.now).await? {
        return match store::layouts::find(tx, &agreed.id, agreed.version).await? {
            Some(kept) if kept.content_sha256 == agreed.content_sha256 => Ok(kept),
            _ => Err(AgreeLayoutError::VersionTaken { id: agreed.id, version: agreed.version }),
        };
    }
    let_waiting_cards_go_on(tx, act).await?;
    let detail = json!({ "content_sha256": agreed.content_sha256 });
    audit::record(tx, act, audit::Entry::new("layout.agreed", "layout", agreed.name()).detail(detail)).await?;
    Ok(agreed)
}

/// Sends every card that waits for a layout back to its preparation.
pub(super) async fn let_waiting_cards_go_on(tx: &mut Conn, act: &Act) -> Result<(), DbError> {
    for card in store::layouts::cards_waiting(tx).await? {
        jobs::enqueue(tx, act, PREPARE_PRINT_DATA, card).await?;
    }
    Ok(())
}

fn agreed(layout: &Layout, act: &Act, by: &str) -> LayoutVersion {
    LayoutVersion {
        state: LayoutState::Agreed,
        agreed_by: Some(by.to_owned()),
        agreed_at: Some(act.now),
        ..draft(layout)
    }
}
