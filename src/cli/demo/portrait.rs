//! Portraits for the people of the demo, drawn by our own code: no pictures of real people.

use anyhow::ensure;

/// The portrait with this number as a JPEG.
pub(super) fn draw(number: u64) -> anyhow::Result<Vec<u8>> {
    let jpeg = card_face::sample_portrait(number);
    ensure!(!jpeg.is_empty(), "portrait {number} could not be drawn");
    Ok(jpeg)
}
