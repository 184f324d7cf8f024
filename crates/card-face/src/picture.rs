//! Pictures: JPEG, which goes into a PDF unchanged and of which only the header is read, and the pixels of a PNG.

use std::io::Cursor;
use std::sync::Arc;

/// Most pixels of a layout's PNG: a whole A4 page at 600 dpi.
const PNG_PIXELS_MAX: u64 = 35_000_000;

/// A picture on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Picture {
    Jpeg(Arc<Jpeg>),
    Pixels(Arc<Pixels>),
}

impl Picture {
    /// Reads a PNG; nothing if it is none, or larger than any printed page.
    pub(crate) fn parse_png(data: &[u8]) -> Option<Self> {
        let decoder = image::codecs::png::PngDecoder::new(Cursor::new(data)).ok()?;
        let (width, height) = image::ImageDecoder::dimensions(&decoder);
        if u64::from(width) * u64::from(height) > PNG_PIXELS_MAX {
            return None;
        }
        let pixels = image::DynamicImage::from_decoder(decoder).ok()?.into_rgba8();
        let alpha: Vec<u8> = pixels.pixels().map(|pixel| pixel.0[3]).collect();
        let rgb = pixels.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
        let alpha = alpha.iter().any(|alpha| *alpha != u8::MAX).then_some(alpha);
        Some(Self::Pixels(Arc::new(Pixels { width, height, rgb, alpha })))
    }

    /// Width and height in pixels.
    pub(crate) fn size(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(jpeg) => (jpeg.width, jpeg.height),
            Self::Pixels(pixels) => (pixels.width, pixels.height),
        }
    }
}

/// A picture without loss.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Three bytes per pixel.
    pub(crate) rgb: Vec<u8>,
    /// One byte per pixel, if any of them is not opaque.
    pub(crate) alpha: Option<Vec<u8>>,
}

/// A JPEG file with what a PDF must say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jpeg {
    pub(crate) data: Arc<[u8]>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Gray if there is one channel, YCbCr if there are three.
    pub(crate) channels: u8,
}

impl Jpeg {
    /// Reads the header; nothing if it is no JPEG, or one that a PDF cannot carry as it is (CMYK, 12 bit, lossless).
    pub(crate) fn parse(data: &Arc<[u8]>) -> Option<Self> {
        let mut rest = data.strip_prefix(&[0xFF, 0xD8])?;
        loop {
            let start = rest.iter().position(|byte| *byte != 0xFF)?;
            // Markers follow at least one fill byte.
            if start == 0 {
                return None;
            }
            let marker = *rest.get(start)?;
            rest = rest.get(start + 1..)?;
            if marker == 0x01 || (0xD0..=0xD7).contains(&marker) {
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
            let segment = rest.get(2..length)?;
            match marker {
                // Baseline, extended and progressive Huffman coding.
                0xC0..=0xC2 => {
                    let &[bits, h1, h0, w1, w0, channels, ..] = segment else {
                        return None;
                    };
                    let (height, width) = (u16::from_be_bytes([h1, h0]), u16::from_be_bytes([w1, w0]));
                    let printable = bits == 8 && width > 0 && height > 0 && matches!(channels, 1 | 3);
                    let (width, height) = (u32::from(width), u32::from(height));
                    return printable.then(|| Self { data: Arc::clone(data), width, height, channels });
                }
                0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xD8..=0xDA => return None,
                _ => rest = rest.get(length..)?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let pixels = vec![120; usize::from(width) * usize::from(height) * 3];
        let mut data = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut data, 80);
        encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("encodes");
        data
    }

    #[test]
    fn the_header_tells_the_size() {
        let picture = Jpeg::parse(&jpeg(60, 77).into()).expect("a JPEG");
        assert_eq!((picture.width, picture.height, picture.channels), (60, 77, 3));
    }

    #[test]
    fn a_png_keeps_its_pixels_and_its_transparency() {
        let png = |pixels: Vec<u8>| {
            let mut data = Cursor::new(Vec::new());
            let picture = image::RgbaImage::from_raw(2, 1, pixels).expect("two pixels");
            picture.write_to(&mut data, image::ImageFormat::Png).expect("written");
            Picture::parse_png(&data.into_inner()).expect("a PNG")
        };
        let opaque = png(vec![1, 2, 3, 255, 4, 5, 6, 255]);
        let rgb = vec![1, 2, 3, 4, 5, 6];
        assert_eq!(opaque, Picture::Pixels(Arc::new(Pixels { width: 2, height: 1, rgb: rgb.clone(), alpha: None })));
        let veiled = png(vec![1, 2, 3, 255, 4, 5, 6, 0]);
        let alpha = Some(vec![255, 0]);
        assert_eq!(veiled, Picture::Pixels(Arc::new(Pixels { width: 2, height: 1, rgb, alpha })));
        assert_eq!(veiled.size(), (2, 1));
        assert_eq!(Picture::parse_png(&jpeg(8, 8)), None);
    }

    #[test]
    fn other_files_and_cut_ones_are_refused() {
        let whole = jpeg(8, 8);
        for length in [0, 1, 2, 3, 5, 20] {
            assert_eq!(Jpeg::parse(&whole[..length].into()), None, "{length} bytes");
        }
        assert_eq!(Jpeg::parse(&b"\x89PNG\r\n\x1a\n".as_slice().into()), None);
        assert_eq!(Jpeg::parse(&b"\xFF\xD8\xFF\xE0\0\0".as_slice().into()), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80)) {
            let mut data = vec![0xFF, 0xD8, 0xFF];
            data.extend(tail);
            let _ = Jpeg::parse(&data.into());
        }
    }
}
