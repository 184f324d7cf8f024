//! Tables that are written while they are sent: whoever waits for a million rows sees the file grow, and nobody keeps them in memory.
//!
//! The rows come from a task of their own that reads the database, a thread writes them, and the answer's body sends what is
//! written. When reading fails midway the connection breaks, so that half a file never looks like a whole one.

use super::Problem;
use crate::tables::{Cell, FileKind, TableError, TableWriter};
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use db::DbError;
use http_body::Frame;
use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Rows that go to the writing thread at once.
const ROWS_AT_ONCE: usize = 1_000;
/// Bytes that go to the body at once.
const BYTES_AT_ONCE: usize = 64 * 1024;
/// How many portions of each may wait.
const WAITING_MAX: usize = 4;

/// Why a table ends before its last row.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// Nobody waits for it any more.
    #[error("nobody waits for the file any more")]
    Gone,
    /// The rows cannot be read.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes the rows of a table.
pub struct Rows {
    sender: mpsc::Sender<Portion>,
    waiting: Vec<Vec<Cell>>,
}

enum Portion {
    Rows(Vec<Vec<Cell>>),
    /// All rows were there.
    End,
}

impl Rows {
    /// Adds a row; waits while the receiver is slower.
    ///
    /// # Errors
    /// [`Unfinished::Gone`] when nobody waits for the file any more.
    pub async fn add(&mut self, row: Vec<Cell>) -> Result<(), Unfinished> {
        self.waiting.push(row);
        if self.waiting.len() < ROWS_AT_ONCE { Ok(()) } else { self.pass_on().await }
    }

    async fn pass_on(&mut self) -> Result<(), Unfinished> {
        let rows = std::mem::take(&mut self.waiting);
        self.sender.send(Portion::Rows(rows)).await.map_err(|_| Unfinished::Gone)
    }

    async fn end(mut self) -> Result<(), Unfinished> {
        self.pass_on().await?;
        self.sender.send(Portion::End).await.map_err(|_| Unfinished::Gone)
    }
}

/// A table as a file to keep: `name` without its ending. `fill` reads the rows and adds them.
pub fn table<F, R>(name: &str, kind: FileKind, heads: Vec<String>, fill: F) -> Response
where
    F: FnOnce(Rows) -> R,
    R: Future<Output = Result<Rows, Unfinished>> + Send + 'static,
{
    let (sender, rows) = mpsc::channel(WAITING_MAX);
    let (pieces, body) = mpsc::channel(WAITING_MAX);
    let reading = fill(Rows { sender, waiting: Vec::new() });
    tokio::spawn(async move {
        let ended = match reading.await {
            Ok(rows) => rows.end().await,
            Err(error) => Err(error),
        };
        if let Err(error @ Unfinished::Db(_)) = ended {
            tracing::error!(%error, "a table was not finished");
        }
    });
    tokio::task::spawn_blocking(move || write(kind, &heads, rows, pieces));
    (headers(name, kind), Body::new(Pieces(body))).into_response()
}

/// A short table as a file to keep: `name` without its ending.
///
/// # Errors
/// Never for texts in memory; the libraries may refuse in general.
pub fn short_table(name: &str, kind: FileKind, heads: &[String], rows: &[Vec<Cell>]) -> Result<Response, Problem> {
    let bytes = written(kind, heads, rows).map_err(|error| Problem::internal("a table cannot be written", &error))?;
    Ok((headers(name, kind), bytes).into_response())
}

fn written(kind: FileKind, heads: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>, TableError> {
    let mut table = TableWriter::new(kind, Vec::new(), heads)?;
    for row in rows {
        table.add(row)?;
    }
    table.finish()
}

/// What says that a file comes, and of which name.
pub fn headers(name: &str, kind: FileKind) -> [(header::HeaderName, HeaderValue); 2] {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.{}\"", kind.ending()));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
    ]
}

fn write(kind: FileKind, heads: &[String], mut rows: mpsc::Receiver<Portion>, pieces: mpsc::Sender<io::Result<Bytes>>) {
    let broken = |error: TableError| io::Error::other(error);
    let sent = pieces.clone();
    let outcome = (|| {
        let out = Outgoing { pieces, waiting: Vec::with_capacity(BYTES_AT_ONCE) };
        let mut table = TableWriter::new(kind, out, heads).map_err(broken)?;
        loop {
            match rows.blocking_recv() {
                Some(Portion::Rows(rows)) => {
                    for row in &rows {
                        table.add(row).map_err(broken)?;
                    }
                }
                Some(Portion::End) => return table.finish().map_err(broken)?.flush(),
                None => return Err(io::Error::other("the rows ended too early")),
            }
        }
    })();
    if let Err(error) = outcome {
        // It fails when nobody waits any more: then there is nobody to tell.
        let _ = sent.blocking_send(Err(error));
    }
}

/// Bytes on their way into the body.
struct Outgoing {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    waiting: Vec<u8>,
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= BYTES_AT_ONCE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.waiting, Vec::with_capacity(BYTES_AT_ONCE)));
        self.pieces.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

/// What is written, as the body of an answer.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    async fn bytes(response: Response) -> Result<Vec<u8>, axum::Error> {
        Ok(response.into_body().collect().await?.to_bytes().to_vec())
    }

    #[tokio::test]
    async fn all_rows_arrive_in_their_order() {
        let heads = vec!["number".to_owned()];
        let response = table("numbers", FileKind::Csv, heads, async |mut rows: Rows| {
            for number in 0..25_000_u32 {
                rows.add(vec![number.into()]).await?;
            }
            Ok(rows)
        });
        assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"numbers.csv\"");
        let text = String::from_utf8(bytes(response).await.unwrap()).unwrap();
        let numbers: Vec<u32> = text.lines().skip(1).map(|line| line.parse().unwrap()).collect();
        assert_eq!(numbers, (0..25_000).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn half_a_file_is_no_file() {
        for kind in [FileKind::Csv, FileKind::Xlsx] {
            let response = table("numbers", kind, vec!["number".to_owned()], async |mut rows: Rows| {
                rows.add(vec![Cell::Whole(1)]).await?;
                Err(Unfinished::Gone)
            });
            assert!(bytes(response).await.is_err());
        }
    }
}
