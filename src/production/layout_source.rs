//! A version of a layout with its files, as they were kept.

use super::layout_package::LayoutPackage;
use super::store;
use crate::app::App;
use anyhow::Context;
use db::Conn;

/// The version with the bytes of its files; `None` when there is no such version.
///
/// # Errors
/// When the database or the file store does not answer, or a file is gone.
pub async fn load(app: &App, conn: &mut Conn, id: &str, version: u32) -> anyhow::Result<Option<LayoutPackage>> {
    let Some(body) = store::layouts::body(conn, id, version).await? else { return Ok(None) };
    let mut package = LayoutPackage::of_text(body);
    for (name, sha256) in store::layouts::files(conn, id, version).await? {
        package.files.insert(name, app.files.get(&file_key(&sha256)).await?);
    }
    Ok(Some(package))
}

/// As [`load`], for a version that must be there because something was made with it.
///
/// # Errors
/// As [`load`], and when it is gone.
pub async fn load_used(app: &App, conn: &mut Conn, id: &str, version: u32) -> anyhow::Result<LayoutPackage> {
    load(app, conn, id, version).await?.context("a layout that was used is gone")
}

/// The key of a layout's file in the file store.
pub(super) fn file_key(sha256: &[u8]) -> String {
    format!("layouts/files/{}", hex::encode(sha256))
}

/// The key of a proof in the file store.
pub(super) fn proof_key(sha256: &[u8]) -> String {
    format!("layouts/proofs/{}.pdf", hex::encode(sha256))
}
