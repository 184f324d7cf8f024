//! What an uploaded file is, told from its bytes before anything of it is decoded: a picture that can become a portrait, or what else.

use image::ImageFormat;

/// Why a file is no picture that can become a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It has no bytes.
    Empty,
    /// It is no picture of any known kind.
    NoPicture,
    /// It is of a kind that is not taken: its name.
    Kind(&'static str),
    /// It is a picture that moves.
    Moving,
    /// It is cut off, or damaged within.
    Damaged,
}

impl Flaw {
    /// A stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoPicture => "no_picture",
            Self::Kind(_) => "other_format",
            Self::Moving => "moving",
            Self::Damaged => "damaged",
        }
    }
}

/// The kind of a picture that can become a portrait.
///
/// # Errors
/// When the file is none.
pub(super) fn recognise(bytes: &[u8]) -> Result<ImageFormat, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return if is_whole_jpeg(bytes) { Ok(ImageFormat::Jpeg) } else { Err(Flaw::Damaged) };
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return if has_png_animation(bytes) { Err(Flaw::Moving) } else { Ok(ImageFormat::Png) };
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        let is_moving = bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0);
        return if is_moving { Err(Flaw::Moving) } else { Ok(ImageFormat::WebP) };
    }
    Err(other_kind(bytes).map_or(Flaw::NoPicture, Flaw::Kind))
}

/// The name of a kind of file that people choose by mistake, or because their camera makes it.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const HEADS: [(&[u8], &str); 12] = [
        (b"GIF8", "GIF"),
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"%PDF", "PDF"),
        (b"8BPS", "PSD"),
        (b"<svg", "SVG"),
        (b"<?xml", "SVG"),
        (b"\xFF\x0A", "JPEG XL"),
        (b"\0\0\0\x0CJXL ", "JPEG XL"),
        (b"\0\0\0\x0CjP  ", "JPEG 2000"),
        (b"PK\x03\x04", "ZIP"),
    ];
    if bytes.get(4..8) == Some(b"ftyp") {
        let brands = bytes.get(8..64.min(bytes.len())).unwrap_or_default();
        let is_any = |names: &[&[u8]]| brands.chunks(4).any(|brand| names.contains(&brand));
        return Some(if is_any(&[b"avif", b"avis"]) {
            "AVIF"
        } else if is_any(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
            "HEIC"
        } else {
            "Video"
        });
    }
    HEADS.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, name)| *name)
}

/// Whether a JPEG goes on to the mark of its end. Decoders fill what is missing with grey, and half a face would be printed.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Marks may stand behind fill bytes, and behind the data of a scan: all up to the next mark.
        let Some(mark) = next_mark(bytes, at) else { return false };
        match bytes[mark] {
            0xD9 => return true,
            0x01 | 0xD0..=0xD8 => at = mark + 1,
            _ => {
                let Some(length) = bytes.get(mark + 1..mark + 3) else { return false };
                at = mark + 1 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
    }
}

/// Where the next mark stands: the byte behind `FF` that is neither a stuffed zero nor another `FF`.
fn next_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF)).map(|at| from + at + 1)
}

/// Whether a PNG says, before its picture, that it is animated.
fn has_png_animation(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        match &head[4..] {
            b"acTL" => return true,
            b"IDAT" | b"IEND" => return false,
            _ => {
                let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
                at = at.saturating_add(12).saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            }
        }
        if at > bytes.len() {
            break;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn files_of_other_kinds_are_called_by_their_name() {
        for (bytes, name) in [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), "HEIC"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
            (b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf", "AVIF"),
            (b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "Video"),
            (b"GIF89a\x01\0\x01\0", "GIF"),
            (b"BM\x36\0\0\0", "BMP"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"%PDF-1.7", "PDF"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ] {
            assert_eq!(recognise(bytes), Err(Flaw::Kind(name)));
        }
        assert_eq!(recognise(b""), Err(Flaw::Empty));
        assert_eq!(recognise(b"Dear museum, this is me."), Err(Flaw::NoPicture));
    }

    #[test]
    fn a_jpeg_that_is_cut_off_anywhere_is_damaged() {
        let mut whole = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut whole, 80);
        encoder.set_progressive(true);
        // A thumbnail inside ends with the same mark as the picture.
        encoder.add_app_segment(1, vec![0xFF, 0xD8, 0xFF, 0xD9]).unwrap();
        let noise: Vec<u8> = (0..64 * 64 * 3_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        encoder.encode(&noise, 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
        assert_eq!(recognise(&whole), Ok(ImageFormat::Jpeg));
        for end in 3..whole.len() - 1 {
            assert_eq!(recognise(&whole[..end]), Err(Flaw::Damaged), "{end}");
        }
        whole.extend(b"what some cameras add");
        assert_eq!(recognise(&whole), Ok(ImageFormat::Jpeg));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(head in 0_usize..3, tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = [b"\xFF\xD8\xFF".as_slice(), b"\x89PNG\r\n\x1A\n", b"\0\0\0\x18ftyp"][head].to_vec();
            bytes.extend(tail);
            let _ = recognise(&bytes);
        }
    }
}
