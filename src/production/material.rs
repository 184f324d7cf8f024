//! What the faces of one card are composed of, gathered: words, dates, portrait, and the layout that applies.

use super::composers;
use super::layout::{LayoutVersion, choose};
use super::layout_source;
use super::print_data::{PrintData, sha256};
use super::store;
use crate::app::App;
use crate::cards::FaceContent;
use crate::catalog;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use anyhow::Context;
use card_face::Composer;
use db::Conn;
use std::sync::Arc;

/// What makes a card itself.
pub(super) struct Identity {
    pub(super) card: CardId,
    /// The 14 digits of its number.
    pub(super) number: String,
    /// The text of its QR code.
    pub(super) code: String,
}

/// All that the faces need.
pub(super) struct Material {
    pub(super) data: PrintData,
    pub(super) portrait: Option<Vec<u8>>,
    /// Whether there should be a portrait, and its file is gone.
    pub(super) portrait_lost: bool,
    pub(super) composer: Arc<Composer>,
}

/// Gathers it. `None` while no agreed layout applies.
pub(super) async fn gather(
    app: &App,
    mut conn: Conn,
    content: FaceContent,
    identity: Identity,
) -> anyhow::Result<Option<Material>> {
    let (keys, _) = places(&mut conn, content.scope_id).await?;
    let layouts = store::layouts::all(&mut conn).await?;
    match choose(&layouts, content.product.layout.as_deref(), &content.product.key, &keys) {
        Some(layout) => gather_for(app, conn, content, identity, layout).await.map(Some),
        None => Ok(None),
    }
}

/// Gathers it for this layout, whether or not it applies.
pub(super) async fn gather_for(
    app: &App,
    mut conn: Conn,
    content: FaceContent,
    identity: Identity,
    layout: &LayoutVersion,
) -> anyhow::Result<Material> {
    let (_, names) = places(&mut conn, content.scope_id).await?;
    let package = layout_source::load_used(app, &mut conn, &layout.id, layout.version).await?;
    drop(conn);
    let sha256_of_layout = layout.content_sha256.clone();
    let composer = tokio::task::spawn_blocking(move || composers::composer(&sha256_of_layout, &package)).await??;
    let portrait = match &content.photo_file {
        Some(file) => app.files.find(file).await?,
        None => None,
    };
    let language = composer.layout().language_for(&content.language).to_owned();
    let data = PrintData {
        card: identity.card,
        number: identity.number,
        code: identity.code,
        given_name: content.holder.given_name,
        family_name: content.holder.family_name,
        birth_date: content.holder.birth_date.map(|date| date.to_string()),
        product_name: content.product.names.get(&language).to_owned(),
        category_name: content.category.names.get(&language).to_owned(),
        check_proof: content.category.check_proof,
        valid_from: content.valid_from.to_string(),
        valid_until: content.valid_until.to_string(),
        houses: names,
        language,
        photo_sha256: portrait.as_ref().map(|bytes| hex::encode(sha256(bytes))),
        layout_id: layout.id.clone(),
        layout_version: layout.version,
        layout_sha256: layout.content_sha256.clone(),
    };
    let portrait_lost = content.photo_file.is_some() && portrait.is_none();
    Ok(Material { data, portrait, portrait_lost, composer })
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
