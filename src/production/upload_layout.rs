//! Keeps what somebody drew as a draft: a new version, or another state of one that nobody agreed to yet.

use super::agree_layout::AgreeLayoutError;
use super::layout::{LayoutState, LayoutVersion};
use super::layout_package::LayoutPackage;
use super::layout_source::file_key;
use super::print_data::sha256;
use super::store;
use crate::app::App;
use crate::audit;
use crate::kernel::Act;
use card_face::{Layout, parse_layout};
use db::Conn;
use serde_json::json;

/// Keeps the package as a draft, whatever state its file names, and answers with what is kept. A draft or proposal of this version is
/// replaced and must be proposed anew; the same package again changes nothing. [`keep_files`] must have kept its files before.
///
/// # Errors
/// The mistakes of the file, or a version that was agreed and has other content.
pub async fn upload_layout(
    tx: &mut Conn,
    act: &Act,
    package: &LayoutPackage,
) -> Result<LayoutVersion, AgreeLayoutError> {
    let layout = parse_layout(&package.body, package).map_err(AgreeLayoutError::Mistakes)?;
    let draft = draft(&layout);
    if let Some(kept) = store::layouts::find(tx, &draft.id, draft.version).await? {
        let is_settled = matches!(kept.state, LayoutState::Agreed | LayoutState::Retired);
        if kept.content_sha256 == draft.content_sha256 {
            return Ok(kept);
        }
        if is_settled {
            return Err(AgreeLayoutError::VersionTaken { id: draft.id, version: draft.version });
        }
        store::layouts::replace(tx, &draft, &package.body).await?;
    } else {
        store::layouts::insert(tx, &draft, &package.body, act.now).await?;
    }
    let files = package.files.iter().map(|(name, bytes)| (name.as_str(), sha256(bytes)));
    store::layouts::put_files(tx, &draft.id, draft.version, files.collect()).await?;
    let detail = json!({ "content_sha256": draft.content_sha256 });
    audit::record(tx, act, audit::Entry::new("layout.uploaded", "layout", draft.name()).detail(detail)).await?;
    Ok(draft)
}

/// Keeps the files of a package under their hashes, before the package itself is kept.
///
/// # Errors
/// When the file store does not take them.
pub async fn keep_files(app: &App, package: &LayoutPackage) -> anyhow::Result<()> {
    for bytes in package.files.values() {
        app.files.put(&file_key(&sha256(bytes)), bytes.clone()).await?;
    }
    Ok(())
}

/// What is known of a layout that nobody has agreed to.
pub(super) fn draft(layout: &Layout) -> LayoutVersion {
    LayoutVersion {
        id: layout.id.clone(),
        version: layout.version,
        state: LayoutState::Draft,
        title: layout.title.clone(),
        products: layout.products.clone(),
        houses: layout.houses.clone(),
        content_sha256: layout.content_sha256.clone(),
        proof_sha256: None,
        agreed_by: None,
        agreed_at: None,
    }
}
