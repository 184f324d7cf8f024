//! The layout with which a fresh installation begins.

use super::agree_layout::{AgreeLayoutError, agree_layout};
use super::store;
use crate::kernel::Act;
use db::Conn;

/// Who agreed to it, as it stands in the records.
const AGREED_BY: &str = "Passepartout";

/// Agrees on *Mat*, the layout that comes with the program, if the installation has no layout at all, so that the first card
/// can be printed. An installation with layouts of its own stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn provide_first_layout(tx: &mut Conn, act: &Act) -> Result<(), AgreeLayoutError> {
    if store::layouts::all(tx).await?.is_empty() {
        agree_layout(tx, act, card_face::builtin::MAT, AGREED_BY).await?;
    }
    Ok(())
}
