//! The files of the keys: secrets that their owner alone may read, and the list that the root sealed.

use anyhow::{Context, bail};
use card::{KeyList, RootKey, RootSigner};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The first issuer key of an installation, whose file carries no number.
pub(super) const FIRST_KEY_ID: u8 = 1;

/// What the file of the list holds: its exact text, and the root's seal over it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedList {
    list: String,
    seal: String,
}

/// Changes whenever the file of the list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(u64, u64, i64, i64);

/// The folder, readable by its owner alone.
pub(super) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    Ok(())
}

/// The file of an issuer key's secret.
pub(super) fn issuer(folder: &Path, key_id: u8) -> PathBuf {
    if key_id == FIRST_KEY_ID { folder.join("issuer.key") } else { folder.join(format!("issuer-{key_id}.key")) }
}

/// The file of the root's secret.
pub(super) fn root(folder: &Path) -> PathBuf {
    folder.join("root.key")
}

/// Writes a secret that is not there yet.
pub(super) fn write_secret(path: &Path, secret: &[u8; 32]) -> anyhow::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make {}", path.display()))?;
    writeln!(file, "{}", hex::encode(secret))?;
    file.sync_all()?;
    Ok(())
}

/// Reads a secret that belongs to its owner alone.
pub(super) fn read_secret(path: &Path) -> anyhow::Result<[u8; 32]> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the key {}", path.display()))?;
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        bail!("the key {} is readable by others than its owner: chmod 600 it", path.display());
    }
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret)
        .map_err(|_| anyhow::anyhow!("the key {} is not 64 hexadecimal digits", path.display()))?;
    Ok(secret)
}

/// The list, if one was ever written. A list that the root did not seal is none.
pub(super) fn read_list(folder: &Path, root: &RootKey) -> anyhow::Result<Option<KeyList>> {
    let path = list(folder);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let sealed: SealedList = serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))?;
    gate_protocol::open(sealed.list.as_bytes(), &sealed.seal, root)
        .with_context(|| format!("{} is not what the root key sealed", path.display()))
        .map(Some)
}

/// Seals the list and puts it in the place of the one before.
pub(super) fn write_list(folder: &Path, next: &KeyList, root: &RootSigner) -> anyhow::Result<()> {
    let (bytes, seal) = gate_protocol::seal(next, root)?;
    let text = serde_json::to_string_pretty(&SealedList { list: String::from_utf8(bytes)?, seal })?;
    let unfinished = folder.join("keys.unfinished");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, list(folder)).context("cannot put the list of keys into its place")?;
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// The stamp of the list's file; `None` while there is none.
pub(super) fn stamp(folder: &Path) -> Option<Stamp> {
    let file = fs::metadata(list(folder)).ok()?;
    Some(Stamp(file.ino(), file.len(), file.mtime(), file.mtime_nsec()))
}

fn list(folder: &Path) -> PathBuf {
    folder.join("keys.json")
}
