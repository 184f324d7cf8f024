//! The front of a card that nobody has completed yet, drawn as it would be printed, while somebody still types.
//!
//! Nothing is stored and no code is signed: the picture is good for looking at alone. Where there is no portrait yet, a blank figure
//! stands in its place.

use super::material::{self, Identity, Material};
use crate::app::App;
use crate::cards::FaceContent;
use crate::kernel::Actor;
use card::SIGNED_TEXT_DIGITS;
use card_face::{Side, preview_png};
use db::Conn;
use image::{Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The resolution: enough for a phone of today.
pub(super) const DPI: u16 = 160;
/// How many are drawn at the same time: they are looked at by people who type.
pub(super) static DRAWING: Semaphore = Semaphore::const_new(2);

/// A blank figure in place of the portrait.
pub(super) static NOBODY: LazyLock<Option<Vec<u8>>> = LazyLock::new(nobody);

/// What became of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preview {
    /// The front, as PNG.
    Picture(Vec<u8>),
    /// No agreed layout applies yet.
    NoLayout,
    /// The card could not be printed so: a stable word.
    SetAside(&'static str),
}

/// Draws the front of a card with this content.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn preview(app: &App, conn: Conn, content: FaceContent) -> anyhow::Result<Preview> {
    let _permit = DRAWING.acquire().await?;
    let card = app.act(Actor::System).new_id();
    let identity = Identity { card, number: "0".repeat(14), code: "0".repeat(SIGNED_TEXT_DIGITS) };
    let Some(material) = material::gather(app, conn, content, identity).await? else {
        return Ok(Preview::NoLayout);
    };
    draw(material, Side::Front).await
}

/// Draws a side of what was gathered, with a blank figure where a portrait is missing.
pub(super) async fn draw(material: Material, side: Side) -> anyhow::Result<Preview> {
    let Material { data, portrait, composer, .. } = material;
    let card = data.card_data(portrait.or_else(|| NOBODY.clone()));
    let drawn = tokio::task::spawn_blocking(move || {
        let composed = composer.compose(&card).map_err(|aside| aside.reason())?;
        preview_png(&composed, side, DPI).map_err(|_| "photo_unreadable")
    });
    Ok(match drawn.await? {
        Ok(png) => Preview::Picture(png),
        Err(reason) => Preview::SetAside(reason),
    })
}

fn nobody() -> Option<Vec<u8>> {
    const SIZE: (u16, u16) = (350, 450);
    let is_in = |x: u32, y: u32, middle: (f64, f64), radius: (f64, f64)| {
        let across = (f64::from(x) - middle.0) / radius.0;
        let down = (f64::from(y) - middle.1) / radius.1;
        across * across + down * down < 1.0
    };
    let figure = RgbImage::from_fn(SIZE.0.into(), SIZE.1.into(), |x, y| {
        let is_figure = is_in(x, y, (175.0, 180.0), (82.0, 104.0)) || is_in(x, y, (175.0, 470.0), (150.0, 165.0));
        if is_figure { Rgb([217, 212, 202]) } else { Rgb([243, 240, 234]) }
    });
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 85).encode(figure.as_raw(), SIZE.0, SIZE.1, ColorType::Rgb).ok()?;
    Some(jpeg)
}
