//! Finds out how a text file is written, and reads it as UTF-8 piece by piece.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// How many bytes show whether a text without a mark is UTF-16.
const LOOKED_AT: usize = 4 * 1024;

/// How the text is written: what its byte order mark says; without one UTF-16 when every other byte of its beginning is mostly
/// zero, UTF-8 when all of it is, and else what older spreadsheets in western Europe write.
///
/// # Errors
/// When the file cannot be read.
pub fn encoding_of(source: &mut (impl Read + Seek)) -> io::Result<&'static Encoding> {
    source.seek(SeekFrom::Start(0))?;
    let mut first = Vec::new();
    source.by_ref().take(LOOKED_AT as u64).read_to_end(&mut first)?;
    if let Some((encoding, _)) = Encoding::for_bom(&first) {
        return Ok(encoding);
    }
    if let Some(encoding) = wide(&first) {
        return Ok(encoding);
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(if is_utf8(source)? { UTF_8 } else { WINDOWS_1252 })
}

fn wide(first: &[u8]) -> Option<&'static Encoding> {
    let zeros = |at: usize| first.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let most = first.len() / 4;
    if first.len() < 4 {
        None
    } else if zeros(1) > most && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) > most && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_utf8(source: &mut impl Read) -> io::Result<bool> {
    let mut piece = vec![0; PIECE];
    let mut begun = 0;
    loop {
        let read = source.read(&mut piece[begun..])?;
        let there = begun + read;
        match std::str::from_utf8(&piece[..there]) {
            Ok(_) if read == 0 => return Ok(true),
            Ok(_) => begun = 0,
            // A character may go on in the next piece.
            Err(error) if error.error_len().is_none() && read > 0 => {
                piece.copy_within(error.valid_up_to()..there, 0);
                begun = there - error.valid_up_to();
            }
            Err(_) => return Ok(false),
        }
    }
}

/// A text file as UTF-8, without its byte order mark. What is no character becomes a replacement character.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    /// Bytes that were read and not yet decoded.
    raw: Vec<u8>,
    /// Text that was decoded and not yet handed out, from `given` on.
    text: String,
    given: usize,
    is_over: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads the source from where it stands.
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        let text = String::with_capacity(PIECE);
        Self { source, decoder: encoding.new_decoder(), raw: Vec::new(), text, given: 0, is_over: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.text.is_empty() && !self.is_over {
            if self.raw.is_empty() {
                self.raw.resize(PIECE, 0);
                let read = self.source.read(&mut self.raw)?;
                self.raw.truncate(read);
            }
            let is_last = self.raw.is_empty();
            let (outcome, used, _) = self.decoder.decode_to_string(&self.raw, &mut self.text, is_last);
            self.raw.drain(..used);
            self.is_over = is_last && outcome == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.decode_more()?;
        }
        let waiting = &self.text.as_bytes()[self.given..];
        let count = waiting.len().min(into.len());
        into[..count].copy_from_slice(&waiting[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn text(bytes: &[u8]) -> String {
        let mut source = Cursor::new(bytes);
        let encoding = encoding_of(&mut source).unwrap();
        source.set_position(0);
        let mut text = String::new();
        Decoded::new(source, encoding).read_to_string(&mut text).unwrap();
        text
    }

    fn utf16(text: &str, swapped: bool) -> Vec<u8> {
        let bytes = |unit: u16| if swapped { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_letters_of_every_usual_encoding_are_kept() {
        let letters = "Grün;Ålesund;€ 5";
        for bytes in [
            letters.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", letters.as_bytes()].concat(),
            utf16(&format!("\u{FEFF}{letters}"), false),
            utf16(&format!("\u{FEFF}{letters}"), true),
            utf16(letters, false),
            utf16(letters, true),
            b"Gr\xFCn;\xC5lesund;\x80 5".to_vec(),
        ] {
            assert_eq!(text(&bytes), letters, "{bytes:?}");
        }
        assert_eq!(text(b""), "");
    }

    #[test]
    fn a_character_may_stand_across_two_pieces() {
        let long = format!("{}{}", "x".repeat(PIECE - 1), "ü€".repeat(PIECE));
        assert_eq!(text(long.as_bytes()), long);
        let late = [long.as_bytes(), b"\xFC"].concat();
        assert_eq!(encoding_of(&mut Cursor::new(late)).unwrap(), WINDOWS_1252);
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = text(&bytes);
        }

        #[test]
        fn what_is_utf8_stays(letters in "[^\u{0}\u{FEFF}]{0,60}") {
            prop_assert_eq!(text(letters.as_bytes()), letters);
        }
    }
}
