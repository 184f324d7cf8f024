//! The file store: portraits, print data and print files, by key. A folder by default; anything that `object_store` speaks to can
//! stand in its place when several servers share it.

use anyhow::Context;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a long file that are in memory at once.
const PIECE: u64 = 8 * 1024 * 1024;

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// A store in a folder, which is made if it is missing. A file is written beside and renamed into place, after a sync.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// Stores the bytes under the key, replacing what was there.
    ///
    /// # Errors
    /// When the store does not take them.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        self.0.put(&Key::from(key), PutPayload::from(bytes)).await.with_context(|| format!("cannot store {key}"))?;
        Ok(())
    }

    /// The bytes under the key.
    ///
    /// # Errors
    /// When there are none, or the store does not answer.
    pub async fn get(&self, key: &str) -> anyhow::Result<Vec<u8>> {
        let found = self.0.get(&Key::from(key)).await.with_context(|| format!("cannot read {key}"))?;
        Ok(found.bytes().await.with_context(|| format!("cannot read {key}"))?.to_vec())
    }

    /// The bytes under the key, if there are any.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn find(&self, key: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self.0.get(&Key::from(key)).await {
            Ok(found) => Ok(Some(found.bytes().await.with_context(|| format!("cannot read {key}"))?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {key}")),
        }
    }

    /// Stores a file of the system under the key, piece by piece, from where it stands; then it stands at its beginning.
    ///
    /// # Errors
    /// When the file cannot be read or the store does not take it.
    pub async fn put_file(&self, key: &str, file: &mut File) -> anyhow::Result<()> {
        let mut upload = self.0.put_multipart(&Key::from(key)).await.with_context(|| format!("cannot store {key}"))?;
        loop {
            let mut piece = Vec::new();
            Read::by_ref(file).take(PIECE).read_to_end(&mut piece)?;
            if piece.is_empty() {
                break;
            }
            upload.put_part(PutPayload::from(piece)).await.with_context(|| format!("cannot store {key}"))?;
        }
        upload.complete().await.with_context(|| format!("cannot store {key}"))?;
        file.seek(SeekFrom::Start(0))?;
        Ok(())
    }

    /// What is under the key, if there is anything, as a file of the system that is gone when it is dropped.
    ///
    /// # Errors
    /// When the store does not answer, or the system has no room.
    pub async fn fetch(&self, key: &str) -> anyhow::Result<Option<File>> {
        let path = Key::from(key);
        let size = match self.0.head(&path).await {
            Ok(found) => found.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {key}")),
        };
        let mut file = tempfile::tempfile()?;
        let mut from = 0;
        while from < size {
            let until = size.min(from + PIECE);
            let piece = self.0.get_range(&path, from..until).await.with_context(|| format!("cannot read {key}"))?;
            file.write_all(&piece)?;
            from = until;
        }
        file.seek(SeekFrom::Start(0))?;
        Ok(Some(file))
    }

    /// Removes what is under the key; nothing there is fine.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete(&self, key: &str) -> anyhow::Result<()> {
        match self.0.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error).with_context(|| format!("cannot remove {key}")),
        }
    }
}
