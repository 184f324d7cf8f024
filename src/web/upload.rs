//! Files that are sent to us, of any length: they go to the disk as they come, and are known by what is in them.

use super::Problem;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

/// The most bytes of a file.
pub const BYTES_MAX: u64 = 512 * 1024 * 1024;

/// A file that was sent.
#[derive(Debug)]
pub struct Upload {
    /// Its bytes, from the beginning; gone from the disk when it is dropped.
    pub file: File,
    /// The hash of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The file of a request: the field `file` of a form, or the whole body.
///
/// # Errors
/// 400 when the form is broken or has no file, 413 when the file is too large.
pub async fn receive(request: Request) -> Result<Upload, Problem> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut kept = Kept::begin()?;
    if !content_type.is_some_and(|value| value.starts_with("multipart/")) {
        let mut body: Body = request.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| broken(&error))?;
            if let Ok(piece) = frame.into_data() {
                kept.add(&piece)?;
            }
        }
        return kept.finish();
    }
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| broken(&error))?;
    while let Some(mut field) = form.next_field().await.map_err(|error| broken(&error))? {
        if field.name() != Some("file") {
            continue;
        }
        while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
            kept.add(&piece)?;
        }
        return kept.finish();
    }
    Err(broken(&"the form has no file"))
}

struct Kept {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Kept {
    fn begin() -> Result<Self, Problem> {
        let file = tempfile::tempfile().map_err(|error| Problem::internal("a file cannot be kept", &error))?;
        Ok(Self { file, hash: Sha256::new(), bytes: 0 })
    }

    fn add(&mut self, piece: &Bytes) -> Result<(), Problem> {
        self.bytes += piece.len() as u64;
        if self.bytes > BYTES_MAX {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The file is too large."));
        }
        self.hash.update(piece);
        self.file.write_all(piece).map_err(|error| Problem::internal("a file cannot be kept", &error))
    }

    fn finish(mut self) -> Result<Upload, Problem> {
        self.file.seek(SeekFrom::Start(0)).map_err(|error| Problem::internal("a kept file cannot be read", &error))?;
        Ok(Upload { file: self.file, sha256: hex::encode(self.hash.finalize()) })
    }
}

fn broken(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_form", error.to_string())
}
