//! Portraits: what somebody uploads becomes one small upright JPEG, or a refusal.
//!
//! The picture is decoded within limits, turned as the camera says, cropped to 35:45, scaled down and encoded anew, so that no
//! metadata survives (a place, for instance). The print uses the result as it is. What a person should look at before the card is
//! printed comes back as [`Finding`]s. Decoding takes CPU time and memory: callers do it off the async threads.

use super::crop::{Crop, Cut, Turn};
use super::finding::{Finding, look};
use super::picture_file::{Flaw, recognise};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::io::Cursor;

/// The most bytes of an upload.
pub const BYTES_MAX: usize = 15 * 1024 * 1024;
/// The most pixels of an upload.
const PIXELS_MAX: u64 = 20_000_000;
/// What a decoder may allocate beside the picture itself, in bytes.
const ALLOC_MAX: u64 = 256 * 1024 * 1024;
/// 200 dpi at the printed width of 24 mm: below it a print is refused.
const WIDTH_MIN: u32 = 189;
/// 300 dpi at 24 mm: below it a print looks soft.
const WIDTH_GOOD: u32 = 283;
/// The part of the picture, in per cent, that must be left after cropping.
const KEPT_PERCENT_MIN: u64 = 66;
/// JPEG quality: about 60 kB a portrait.
const QUALITY: u8 = 88;

/// A normalised portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    /// The picture: a baseline JPEG, 4:2:0, without metadata.
    pub jpeg: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What a person should look at.
    pub findings: Vec<Finding>,
}

/// Why an upload cannot become a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefusal {
    /// Too many bytes.
    #[error("the file is too large: at most 15 MB are accepted")]
    TooManyBytes,
    /// Too many pixels.
    #[error("the picture is too large: at most 20 megapixels are accepted")]
    TooManyPixels,
    /// Not a picture, or not one that can be read.
    #[error("the file is no readable JPEG, PNG or WebP picture ({}); save or export it as JPEG and try again", .0.as_str())]
    Unreadable(Flaw),
    /// Too few pixels are left for a print.
    #[error(
        "the picture is too small: cropped to 35:45 it is {width} pixels wide, and at least {WIDTH_MIN} are needed"
    )]
    TooSmall {
        /// The pixels across that are left.
        width: u32,
    },
}

impl PhotoRefusal {
    /// A stable word.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::TooManyBytes | Self::TooManyPixels => "photo_too_large",
            Self::Unreadable(_) => "photo_unreadable",
            Self::TooSmall { .. } => "photo_too_small",
        }
    }

    /// A stable word for what exactly is wrong.
    pub const fn cause(self) -> &'static str {
        match self {
            Self::TooManyBytes => "bytes",
            Self::TooManyPixels => "pixels",
            Self::Unreadable(flaw) => flaw.as_str(),
            Self::TooSmall { .. } => "width",
        }
    }
}

impl From<Flaw> for PhotoRefusal {
    fn from(flaw: Flaw) -> Self {
        Self::Unreadable(flaw)
    }
}

impl From<ImageError> for PhotoRefusal {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(limit) if !matches!(limit.kind(), LimitErrorKind::Unsupported { .. }) => {
                Self::TooManyPixels
            }
            _ => Self::Unreadable(Flaw::Damaged),
        }
    }
}

/// Makes a portrait of an uploaded file: of the part that somebody chose, or of its middle.
///
/// # Errors
/// When it is too large, no picture, or too small.
pub fn normalise(bytes: &[u8], chosen: Option<&Cut>) -> Result<Portrait, PhotoRefusal> {
    let picture = turned(decode(bytes)?, chosen.map(|cut| cut.turn).unwrap_or_default());
    let (width, height) = (picture.width(), picture.height());
    let crop = chosen.map_or_else(|| Crop::of(width, height), |cut| cut.crop(width, height));
    if crop.width < WIDTH_MIN {
        return Err(PhotoRefusal::TooSmall { width: crop.width });
    }
    let small = cut_and_scale(crop, &picture)?;
    drop(picture);
    let mut findings = Vec::new();
    if chosen.is_none() && crop.percent_of(width, height) < KEPT_PERCENT_MIN {
        findings.push(Finding::Aspect);
    }
    if crop.width < WIDTH_GOOD {
        findings.push(Finding::LowResolution);
    }
    findings.extend(look(&small));
    Ok(Portrait { jpeg: encode(&small)?, width: small.width(), height: small.height(), findings })
}

/// Decodes an upright picture without transparency. Its size is known, and refused, before its pixels are read.
fn decode(bytes: &[u8]) -> Result<RgbImage, PhotoRefusal> {
    if bytes.len() > BYTES_MAX {
        return Err(PhotoRefusal::TooManyBytes);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), recognise(bytes)?);
    let mut limits = Limits::default();
    limits.max_alloc = Some(ALLOC_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(PhotoRefusal::TooManyPixels);
    }
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(if picture.color().has_alpha() { on_white(&picture) } else { picture.into_rgb8() })
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let mix = |part: u8| {
            let mixed = (u16::from(part) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([mix(red), mix(green), mix(blue)]);
    }
    flat
}

fn turned(picture: RgbImage, turn: Turn) -> RgbImage {
    use image::imageops::{rotate90, rotate180, rotate270};
    match turn {
        Turn::None => picture,
        Turn::Right => rotate90(&picture),
        Turn::Around => rotate180(&picture),
        Turn::Left => rotate270(&picture),
    }
}

fn cut_and_scale(crop: Crop, picture: &RgbImage) -> Result<RgbImage, PhotoRefusal> {
    let (width, height) = crop.kept_size();
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3)
        .map_err(|_| Flaw::Damaged)?;
    let mut small = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).crop(
        crop.left.into(),
        crop.top.into(),
        crop.width.into(),
        crop.height.into(),
    );
    Resizer::new().resize(&source, &mut small, &options).map_err(|_| Flaw::Damaged)?;
    RgbImage::from_raw(width, height, small.into_vec()).ok_or(Flaw::Damaged.into())
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PhotoRefusal> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PhotoRefusal::TooManyPixels);
    encoder
        .encode(picture.as_raw(), side(picture.width())?, side(picture.height())?, ColorType::Rgb)
        .map_err(|_| Flaw::Damaged)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GenericImageView, ImageBuffer, ImageFormat, Luma, Rgba};
    use proptest::prelude::*;

    /// A picture whose upper half is red and lower half blue, with a fine chequered pattern so that it is sharp.
    fn halves(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let light = if (x / 3 + y / 3) % 2 == 0 { 40 } else { 120 };
            if y < height / 2 { Rgb([230, light, light]) } else { Rgb([light, light, 230]) }
        })
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF block that says how the camera was held, and where.
    fn with_orientation(picture: &RgbImage, orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 90);
        encoder.add_app_segment(1, exif).unwrap();
        let (width, height) = (u16::try_from(picture.width()).unwrap(), u16::try_from(picture.height()).unwrap());
        encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).unwrap();
        jpeg
    }

    fn decoded(portrait: &Portrait) -> DynamicImage {
        image::load_from_memory_with_format(&portrait.jpeg, ImageFormat::Jpeg).unwrap()
    }

    #[test]
    fn all_formats_become_one_jpeg_of_the_same_shape() {
        let picture = DynamicImage::ImageRgb8(halves(900, 1200));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let portrait = normalise(&encoded(&picture, format), None).unwrap();
            assert_eq!((portrait.width, portrait.height), (630, 810), "{format:?}");
            assert_eq!(decoded(&portrait).dimensions(), (630, 810));
            assert_eq!(portrait.findings, [], "{format:?}");
        }
    }

    #[test]
    fn a_smaller_picture_is_cropped_but_not_blown_up() {
        let portrait = normalise(&encoded(&DynamicImage::ImageRgb8(halves(300, 400)), ImageFormat::Png), None).unwrap();
        assert_eq!((portrait.width, portrait.height), (300, 385));
    }

    #[test]
    fn the_camera_is_believed_and_its_metadata_dropped() {
        // Orientation 6: the camera was turned, the picture must be turned right. What is left in the file becomes the top.
        let turned = DynamicImage::ImageRgb8(halves(900, 1200)).rotate270().into_rgb8();
        assert_eq!(turned.dimensions(), (1200, 900));
        let portrait = normalise(&with_orientation(&turned, 6), None).unwrap();
        let upright = decoded(&portrait).into_rgb8();
        let (top, bottom) = (upright.get_pixel(315, 100).0, upright.get_pixel(315, 700).0);
        assert!(top[0] > top[2] + 80, "{top:?} is red");
        assert!(bottom[2] > bottom[0] + 80, "{bottom:?} is blue");
        assert!(!portrait.jpeg.windows(4).any(|part| part == b"Exif"));
        assert_eq!(portrait.findings, []);
    }

    #[test]
    fn a_chosen_part_is_cut_after_the_turn() {
        let lying = DynamicImage::ImageRgb8(halves(900, 1200)).rotate270();
        let bytes = encoded(&lying, ImageFormat::Png);
        let upper_half = Cut { turn: Turn::Right, left: 0.2, top: 0.02, width: 0.4 };
        let portrait = normalise(&bytes, Some(&upper_half)).unwrap();
        assert_eq!((portrait.width, portrait.height), (360, 462));
        let upright = decoded(&portrait).into_rgb8();
        for (x, y) in [(10, 10), (350, 450), (180, 230)] {
            let [red, _, blue] = upright.get_pixel(x, y).0;
            assert!(red > blue + 80, "{x}, {y} lies in the upper half, which is red");
        }
        assert_eq!(portrait.findings, [], "whoever chose the part knows what is cut off");
        let tiny = Cut { width: 0.2, ..upper_half };
        assert_eq!(normalise(&bytes, Some(&tiny)), Err(PhotoRefusal::TooSmall { width: 180 }));
    }

    #[test]
    fn grey_sixteen_bit_transparent_and_four_colour_pictures_are_read() {
        let deep =
            ImageBuffer::from_fn(600, 800, |x, y| Luma([if (x / 3 + y / 3) % 2 == 0 { 20_000_u16 } else { 50_000 }]));
        assert!(normalise(&encoded(&DynamicImage::ImageLuma16(deep), ImageFormat::Png), None).is_ok());

        let clear = ImageBuffer::from_pixel(600, 800, Rgba([0, 0, 0, 0]));
        let portrait = normalise(&encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png), None).unwrap();
        assert!(decoded(&portrait).into_rgb8().get_pixel(10, 10).0[0] > 250, "nothing is white, not black");

        let mut four = Vec::new();
        Encoder::new(&mut four, 90).encode(&vec![90; 600 * 800 * 4], 600, 800, ColorType::Cmyk).unwrap();
        assert!(normalise(&four, None).is_ok());
    }

    #[test]
    fn what_is_no_picture_or_a_damaged_one_is_unreadable() {
        let picture = DynamicImage::ImageRgb8(halves(600, 800));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = encoded(&picture, format);
            let half = normalise(&whole[..whole.len() / 2], None);
            assert_eq!(half, Err(Flaw::Damaged.into()), "{format:?}");
        }
        assert_eq!(normalise(b"GIF89a\x01\0\x01\0", None), Err(Flaw::Kind("GIF").into()));
    }

    #[test]
    fn large_pictures_and_bombs_are_refused_by_their_head() {
        let forty_megapixels = DynamicImage::ImageLuma8(ImageBuffer::from_pixel(8_000, 5_000, Luma([128])));
        assert_eq!(normalise(&encoded(&forty_megapixels, ImageFormat::Png), None), Err(PhotoRefusal::TooManyPixels));
        assert_eq!(normalise(&vec![0xFF; BYTES_MAX + 1], None), Err(PhotoRefusal::TooManyBytes));

        // A file of a few bytes that says it holds 60,000 x 60,000 pixels.
        let mut bomb = encoded(&DynamicImage::ImageLuma8(ImageBuffer::from_pixel(1, 1, Luma([0]))), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let head_crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&head_crc.to_be_bytes());
        assert_eq!(normalise(&bomb, None), Err(PhotoRefusal::TooManyPixels));
    }

    #[test]
    fn small_pictures_are_refused_and_poor_ones_marked() {
        let found = |picture: RgbImage| {
            normalise(&encoded(&DynamicImage::ImageRgb8(picture), ImageFormat::Png), None)
                .map(|portrait| portrait.findings)
        };
        assert_eq!(found(halves(80, 80)), Err(PhotoRefusal::TooSmall { width: 62 }));
        assert_eq!(found(halves(188, 800)), Err(PhotoRefusal::TooSmall { width: 188 }));
        assert_eq!(found(halves(1200, 200)), Err(PhotoRefusal::TooSmall { width: 155 }));
        assert_eq!(found(halves(200, 260)), Ok(vec![Finding::LowResolution]));
        assert_eq!(found(halves(1600, 900)), Ok(vec![Finding::Aspect]));
        assert_eq!(found(RgbImage::from_pixel(600, 800, Rgb([10, 10, 10]))), Ok(vec![Finding::Dark, Finding::Blurred]));
        assert_eq!(found(RgbImage::from_pixel(600, 800, Rgb([250; 3]))), Ok(vec![Finding::Bright, Finding::Blurred]));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        !crc
    }

    proptest! {
        #[test]
        fn no_bytes_panic(head in 0_usize..3, tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = [b"\xFF\xD8\xFF\xE0".as_slice(), b"\x89PNG\r\n\x1A\n", b"RIFF\x40\0\0\0WEBPVP8 "][head].to_vec();
            bytes.extend(tail);
            let _ = normalise(&bytes, None);
        }
    }
}
