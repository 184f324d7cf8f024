//! A version of a layout as it would look: with its own examples, or with the card of anybody.

use super::composers::composer;
use super::layout::LayoutVersion;
use super::layout_source::load_used;
use super::material::{Identity, gather_for};
use super::preview::{DPI, DRAWING, Preview, draw};
use super::print_data::Face;
use crate::app::App;
use crate::cards::FaceContent;
use crate::kernel::Actor;
use card::SIGNED_TEXT_DIGITS;
use card_face::{Side, parse_layout, preview_png, proof_cases};
use db::Conn;

/// Draws one of the cases of the layout's proof, counted from 0; the first stands for those that are not there.
///
/// # Errors
/// When the database or the file store does not answer, or the layout cannot be used on this machine.
pub async fn preview_case(
    app: &App,
    mut conn: Conn,
    layout: &LayoutVersion,
    case: usize,
    face: Face,
) -> anyhow::Result<Preview> {
    let _permit = DRAWING.acquire().await?;
    let package = load_used(app, &mut conn, &layout.id, layout.version).await?;
    drop(conn);
    let content_sha256 = layout.content_sha256.clone();
    let drawn = tokio::task::spawn_blocking(move || -> anyhow::Result<Preview> {
        let composer = composer(&content_sha256, &package)?;
        let cases = proof_cases(composer.layout());
        let Some(case) = cases.get(case).or_else(|| cases.first()) else { return Ok(Preview::NoLayout) };
        let png = match composer.compose(&case.card) {
            Ok(card) => preview_png(&card, side(face), DPI).map_err(|_| "photo_unreadable"),
            Err(aside) => Err(aside.reason()),
        };
        Ok(png.map_or_else(Preview::SetAside, Preview::Picture))
    });
    drawn.await?
}

/// The captions of the cases of a layout's proof.
///
/// # Errors
/// As [`preview_case`].
pub async fn captions(app: &App, conn: &mut Conn, layout: &LayoutVersion) -> anyhow::Result<Vec<String>> {
    let package = load_used(app, conn, &layout.id, layout.version).await?;
    let captions = tokio::task::spawn_blocking(move || {
        let layout = parse_layout(&package.body, &package);
        layout.map_or_else(|_| Vec::new(), |layout| proof_cases(&layout).into_iter().map(|case| case.caption).collect())
    });
    Ok(captions.await?)
}

/// Draws a card with this content in this layout, whether or not the layout applies to it.
///
/// # Errors
/// As [`preview_case`].
pub async fn preview_content(
    app: &App,
    conn: Conn,
    layout: &LayoutVersion,
    content: FaceContent,
    face: Face,
) -> anyhow::Result<Preview> {
    let _permit = DRAWING.acquire().await?;
    let card = app.act(Actor::System).new_id();
    let identity = Identity { card, number: "0".repeat(14), code: "0".repeat(SIGNED_TEXT_DIGITS) };
    draw(gather_for(app, conn, content, identity, layout).await?, side(face)).await
}

fn side(face: Face) -> Side {
    match face {
        Face::Front => Side::Front,
        Face::Back => Side::Back,
    }
}
