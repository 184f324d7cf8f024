//! The snapshot: all rows in one compressed, signed file.
//!
//! | part | bytes | what |
//! |---|---|---|
//! | magic | 8 | `PPSNAP` and the format, big-endian |
//! | sequence | 8 | the cursor for the first `changes` afterwards |
//! | made | 8 | when, in milliseconds since 1970 |
//! | count | 4 | how many rows |
//! | sha256 | 32 | of the rows, uncompressed |
//! | epoch | 1 + n | its length and ASCII text |
//! | signature | 64 | the root key's, over everything before it |
//! | rows | rest | one zstd frame |
//!
//! A row is `card_id` (8), scope (2), first day (2), last day (2), issue (1), flags (1), re-entry
//! seconds (4), a byte of marks, then what the marks announce: months of the period (2), day of the
//! first entry (2), short hash (10). Rows are in strictly increasing order of `card_id`.
//!
//! The reader checks the signature before it decompresses anything, holds one row at a time, and says
//! so at the end if the rows are not those that were signed: nothing of them may count before that.

use std::io::{self, BufReader, Read, Write as _};

use card::{CardDay, CardId, EntryRight, Flags, RightStatus, RootKey, RootSigner, ScopeId, ShortHash, Strictness};
use sha2::{Digest as _, Sha256};

use crate::{EPOCH_CHARS_MAX, EntryRow};

/// Most rows in a snapshot.
pub const ROWS_MAX: u32 = 20_000_000;
const MAGIC: [u8; 8] = *b"PPSNAP\x00\x01";
const DOMAIN: &str = "snapshot";
const FIXED_BYTES: usize = 21;
const COMPRESSION_LEVEL: i32 = 3;
/// 8 MiB: what the reader allows zstd to keep in memory.
const WINDOW_LOG_MAX: u32 = 23;

const MARK_STATUS: u8 = 0b0000_0011;
const MARK_REENTRY_REFUSED: u8 = 1 << 2;
const MARK_MONTHS: u8 = 1 << 3;
const MARK_FIRST_ENTRY: u8 = 1 << 4;
const MARK_SHORT: u8 = 1 << 5;
const MARKS_UNUSED: u8 = 0b1100_0000;

/// What a snapshot says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The history that the sequence belongs to.
    pub epoch: String,
    /// The cursor for the first `changes` afterwards.
    pub sequence: i64,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: i64,
}

/// A snapshot cannot be made or believed.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Not a snapshot, or one of another format.
    #[error("not a snapshot of a format this program knows")]
    UnknownFormat,
    /// The root key did not sign it.
    #[error("the snapshot's signature does not hold")]
    BadSignature,
    /// More rows, or a longer epoch, than any snapshot has.
    #[error("the snapshot passes its bounds")]
    OutOfBounds,
    /// The rows are not those that were signed, or not in order.
    #[error("the snapshot's rows are damaged")]
    DamagedRows,
    /// Reading or writing failed.
    #[error("the snapshot could not be read or written: {0}")]
    Io(#[from] io::Error),
}

/// Makes a snapshot row by row, so that the maker never holds more than the compressed file.
pub struct Writer {
    encoder: zstd::stream::write::Encoder<'static, Vec<u8>>,
    order: Order,
    bytes: Vec<u8>,
}

impl Writer {
    /// A snapshot without rows yet.
    ///
    /// # Errors
    /// When zstd cannot start.
    pub fn new() -> Result<Self, SnapshotError> {
        let encoder = zstd::stream::write::Encoder::new(Vec::new(), COMPRESSION_LEVEL)?;
        Ok(Self { encoder, order: Order::default(), bytes: Vec::new() })
    }

    /// Adds a row. Rows must come in strictly increasing order of `card_id`.
    ///
    /// # Errors
    /// [`SnapshotError::DamagedRows`] when they do not, [`SnapshotError::OutOfBounds`] when they are too many.
    pub fn push(&mut self, row: &EntryRow) -> Result<(), SnapshotError> {
        self.order.accept(row)?;
        self.bytes.clear();
        write_row(row, &mut self.bytes);
        self.order.hash.update(&self.bytes);
        self.encoder.write_all(&self.bytes)?;
        Ok(())
    }

    /// The finished, signed file.
    ///
    /// # Errors
    /// [`SnapshotError::OutOfBounds`] when the epoch is too long.
    pub fn finish(self, header: &Header, root: &RootSigner) -> Result<Vec<u8>, SnapshotError> {
        let compressed = self.encoder.finish()?;
        let epoch_chars = u8::try_from(header.epoch.len()).map_err(|_| SnapshotError::OutOfBounds)?;
        if header.epoch.len() > EPOCH_CHARS_MAX {
            return Err(SnapshotError::OutOfBounds);
        }
        let mut file = Vec::with_capacity(compressed.len() + 256);
        file.extend(MAGIC);
        file.extend(header.sequence.to_be_bytes());
        file.extend(header.made_ms.to_be_bytes());
        file.extend(self.order.count.to_be_bytes());
        file.extend(<[u8; 32]>::from(self.order.hash.finalize()));
        file.push(epoch_chars);
        file.extend(header.epoch.as_bytes());
        file.extend(root.sign(DOMAIN, &file));
        file.extend(compressed);
        Ok(file)
    }
}

/// Reads a snapshot, handing over one row after the other (their `seq` is the snapshot's).
///
/// Nothing that `each` did may count when this returns an error: the rows' hash is known at the end.
///
/// # Errors
/// [`SnapshotError`], or the first error of `each`.
pub fn read<E: From<SnapshotError>>(
    source: impl Read,
    root: &RootKey,
    mut each: impl FnMut(EntryRow) -> Result<(), E>,
) -> Result<Header, E> {
    let mut source = BufReader::new(source);
    let signed = read_header(&mut source, root)?;
    let mut rows = zstd::stream::read::Decoder::with_buffer(source).map_err(SnapshotError::Io)?;
    rows.window_log_max(WINDOW_LOG_MAX).map_err(SnapshotError::Io)?;
    let mut rows = BufReader::new(rows);
    let mut order = Order::default();
    for _ in 0..signed.count {
        let row = read_row(&mut rows, &mut order.hash, signed.header.sequence)?;
        order.accept(&row)?;
        each(row)?;
    }
    let at_end = rows.read(&mut [0]).map_err(SnapshotError::Io)? == 0;
    if !at_end || <[u8; 32]>::from(order.hash.finalize()) != signed.sha256 {
        return Err(SnapshotError::DamagedRows.into());
    }
    Ok(signed.header)
}

struct SignedHeader {
    header: Header,
    count: u32,
    sha256: [u8; 32],
}

fn read_header(source: &mut impl Read, root: &RootKey) -> Result<SignedHeader, SnapshotError> {
    let mut signed = Vec::new();
    let magic: [u8; 8] = take(source, &mut signed)?;
    if magic != MAGIC {
        return Err(SnapshotError::UnknownFormat);
    }
    let sequence = i64::from_be_bytes(take(source, &mut signed)?);
    let made_ms = i64::from_be_bytes(take(source, &mut signed)?);
    let count = u32::from_be_bytes(take(source, &mut signed)?);
    let sha256 = take(source, &mut signed)?;
    let [epoch_chars] = take(source, &mut signed)?;
    if usize::from(epoch_chars) > EPOCH_CHARS_MAX || count > ROWS_MAX {
        return Err(SnapshotError::OutOfBounds);
    }
    let mut epoch = vec![0; usize::from(epoch_chars)];
    source.read_exact(&mut epoch)?;
    signed.extend(&epoch);
    let signature = take(source, &mut Vec::new())?;
    root.verify(DOMAIN, &signed, &signature).map_err(|_| SnapshotError::BadSignature)?;
    let epoch = String::from_utf8(epoch).map_err(|_| SnapshotError::OutOfBounds)?;
    Ok(SignedHeader { header: Header { epoch, sequence, made_ms }, count, sha256 })
}

/// The next `N` bytes, noted down in `seen`.
fn take<const N: usize>(source: &mut impl Read, seen: &mut Vec<u8>) -> Result<[u8; N], io::Error> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes)?;
    seen.extend(bytes);
    Ok(bytes)
}

/// Keeps count, order and hash of rows on both ways.
#[derive(Default)]
struct Order {
    last: Option<CardId>,
    count: u32,
    hash: Sha256,
}

impl Order {
    fn accept(&mut self, row: &EntryRow) -> Result<(), SnapshotError> {
        let card_id = row.right.card_id;
        if self.last.is_some_and(|last| last >= card_id) {
            return Err(SnapshotError::DamagedRows);
        }
        self.last = Some(card_id);
        self.count += 1;
        if self.count > ROWS_MAX { Err(SnapshotError::OutOfBounds) } else { Ok(()) }
    }
}

fn write_row(row: &EntryRow, bytes: &mut Vec<u8>) {
    let right = &row.right;
    bytes.extend(right.card_id.get().to_be_bytes());
    bytes.extend(right.scope.get().to_be_bytes());
    bytes.extend(right.not_before.days().to_be_bytes());
    bytes.extend(right.not_after.days().to_be_bytes());
    bytes.extend([right.issue, right.flags.bits()]);
    bytes.extend(right.reentry_secs.to_be_bytes());
    let mut marks = match right.status {
        RightStatus::Active => 0,
        RightStatus::NotCollected => 1,
        RightStatus::Blocked => 2,
        RightStatus::Void => 3,
    };
    if right.reentry_policy == Strictness::Refuse {
        marks |= MARK_REENTRY_REFUSED;
    }
    for (present, mark) in [
        (right.period_months.is_some(), MARK_MONTHS),
        (right.first_entry.is_some(), MARK_FIRST_ENTRY),
        (row.short_hash.is_some(), MARK_SHORT),
    ] {
        if present {
            marks |= mark;
        }
    }
    bytes.push(marks);
    bytes.extend(right.period_months.map(u16::to_be_bytes).into_iter().flatten());
    bytes.extend(right.first_entry.map(|day| day.days().to_be_bytes()).into_iter().flatten());
    bytes.extend(row.short_hash.iter().flat_map(ShortHash::as_bytes));
}

fn read_row(source: &mut impl Read, hash: &mut Sha256, sequence: i64) -> Result<EntryRow, SnapshotError> {
    let mut seen = Vec::with_capacity(FIXED_BYTES + 14);
    let card_id = CardId::new(u64::from_be_bytes(take_of(source, &mut seen)?));
    let scope = ScopeId::new(u16::from_be_bytes(take_of(source, &mut seen)?));
    let not_before = CardDay::new(u16::from_be_bytes(take_of(source, &mut seen)?));
    let not_after = CardDay::new(u16::from_be_bytes(take_of(source, &mut seen)?));
    let [issue, flags] = take_of(source, &mut seen)?;
    let reentry_secs = u32::from_be_bytes(take_of(source, &mut seen)?);
    let [marks] = take_of(source, &mut seen)?;
    let flags = Flags::from_bits(flags).ok_or(SnapshotError::DamagedRows)?;
    if marks & MARKS_UNUSED != 0 {
        return Err(SnapshotError::DamagedRows);
    }
    let mut optional =
        |mark: u8| (marks & mark != 0).then(|| take_of(source, &mut seen).map(u16::from_be_bytes)).transpose();
    let period_months = optional(MARK_MONTHS)?;
    let first_entry = optional(MARK_FIRST_ENTRY)?.map(CardDay::new);
    let short_hash =
        if marks & MARK_SHORT == 0 { None } else { Some(ShortHash::from_bytes(take_of(source, &mut seen)?)) };
    hash.update(&seen);
    let right = EntryRight {
        card_id,
        scope,
        not_before,
        not_after,
        issue,
        flags,
        status: match marks & MARK_STATUS {
            0 => RightStatus::Active,
            1 => RightStatus::NotCollected,
            2 => RightStatus::Blocked,
            _ => RightStatus::Void,
        },
        reentry_secs,
        reentry_policy: if marks & MARK_REENTRY_REFUSED == 0 { Strictness::Attention } else { Strictness::Refuse },
        period_months,
        first_entry,
    };
    Ok(EntryRow { seq: sequence, short_hash, right })
}

/// Like [`take`], for the signed rows: bytes that are missing or do not decompress are damage.
fn take_of<const N: usize>(source: &mut impl Read, seen: &mut Vec<u8>) -> Result<[u8; N], SnapshotError> {
    take(source, seen).map_err(|_| SnapshotError::DamagedRows)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree as _};

    use super::*;
    use crate::changes::tests::any_row;

    fn root() -> RootSigner {
        RootSigner::new(&[9; 32])
    }

    fn header() -> Header {
        Header { epoch: "spring".into(), sequence: 77, made_ms: 1_795_000_000_000 }
    }

    fn write(
        header: &Header,
        rows: impl IntoIterator<Item = EntryRow>,
        root: &RootSigner,
    ) -> Result<Vec<u8>, SnapshotError> {
        let mut writer = Writer::new()?;
        rows.into_iter().try_for_each(|row| writer.push(&row))?;
        writer.finish(header, root)
    }

    fn read_all(file: &[u8]) -> Result<(Header, Vec<EntryRow>), SnapshotError> {
        let mut rows = Vec::new();
        let header = read(file, &root().public(), |row| {
            rows.push(row);
            Ok::<(), SnapshotError>(())
        })?;
        Ok((header, rows))
    }

    fn any_rows() -> impl Strategy<Value = Vec<EntryRow>> {
        proptest::collection::vec(any_row(), 0..40).prop_map(|mut rows| {
            rows.sort_by_key(|row| row.right.card_id);
            rows.dedup_by_key(|row| row.right.card_id);
            for row in &mut rows {
                row.seq = header().sequence;
            }
            rows
        })
    }

    #[test]
    fn rows_out_of_order_and_long_epochs_are_not_written() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let row = any_row().new_tree(&mut runner).expect("a row").current();
        let twice = write(&header(), [row.clone(), row], &root());
        assert!(matches!(twice, Err(SnapshotError::DamagedRows)));
        let long = Header { epoch: "x".repeat(65), ..header() };
        assert!(matches!(write(&long, [], &root()), Err(SnapshotError::OutOfBounds)));
    }

    #[test]
    fn a_strangers_snapshot_is_refused_unread() {
        let file = write(&header(), [], &RootSigner::new(&[8; 32])).expect("a snapshot");
        assert!(matches!(read_all(&file), Err(SnapshotError::BadSignature)));
        assert!(matches!(read_all(b"PPSNAP\x00\x02........"), Err(SnapshotError::UnknownFormat)));
        assert!(matches!(read_all(b"PPS"), Err(SnapshotError::Io(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_snapshot_comes_back(rows in any_rows()) {
            let file = write(&header(), rows.clone(), &root()).expect("a snapshot");
            let (found, found_rows) = read_all(&file).expect("readable");
            prop_assert_eq!(found, header());
            prop_assert_eq!(found_rows, rows);
        }

        #[test]
        fn a_damaged_snapshot_is_refused(
            rows in any_rows(),
            at: prop::sample::Index,
            by in 1_u8..,
            cut: prop::sample::Index,
        ) {
            let file = write(&header(), rows.clone(), &root()).expect("a snapshot");
            let mut damaged = file.clone();
            let at = at.index(damaged.len());
            damaged[at] ^= by;
            // A changed byte may leave the decompressed rows as they were (unused bits of the zstd
            // frame); different rows must never come through.
            if let Ok(found) = read_all(&damaged) {
                prop_assert_eq!(found, (header(), rows));
            }
            let cut = cut.index(file.len());
            prop_assert!(read_all(&file[..cut]).is_err());
        }

        #[test]
        fn hostile_bytes_never_panic(bytes: Vec<u8>) {
            prop_assert!(read_all(&bytes).is_err());
            // Behind a header that the root did sign.
            let mut file = write(&header(), [], &root()).expect("a snapshot");
            file.truncate(8 + 8 + 8 + 4 + 32 + 1 + 6 + 64);
            file.extend(&bytes);
            let _ = read_all(&file);
        }
    }
}
