//! The installation's secret keys: one file each, readable by the owner alone.
//!
//! The issuer key signs cards. The root key signs the list of issuer keys; gates pin its public half when they are paired.

use crate::kernel::random::RandomSource;
use anyhow::{Context, bail};
use card::{CardSigner, IssuerKey, KeyList, RootSigner};
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// The key id under which this installation's first issuer key signs.
const FIRST_KEY_ID: u8 = 1;

/// The serial of the key list while an installation has its first issuer key alone.
const FIRST_LIST_SERIAL: u64 = 1;

/// The secret keys of an installation.
#[derive(Debug)]
pub struct Keys {
    signer: CardSigner,
    root: Root,
}

impl Keys {
    /// Signs cards with the issuer key.
    pub fn signer(&self) -> &CardSigner {
        &self.signer
    }

    /// Signs what gates must believe.
    pub fn root(&self) -> &RootSigner {
        &self.root.0
    }

    /// The issuer keys that gates, and the manual check, believe.
    pub fn key_list(&self) -> KeyList {
        let keys = vec![IssuerKey::new(self.signer.key_id(), self.signer.public_key())];
        KeyList { serial: FIRST_LIST_SERIAL, keys }
    }

    /// Reads the keys in `folder`, or makes them when the folder does not exist yet.
    ///
    /// # Errors
    /// When a file is missing, malformed, or readable by others than its owner.
    pub fn open_or_create(folder: &Path, random: &dyn RandomSource) -> anyhow::Result<Self> {
        let issuer = folder.join("issuer.key");
        let root = folder.join("root.key");
        if !folder.exists() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
            write_secret(&root, &random.bytes())?;
            write_secret(&issuer, &random.bytes())?;
        }
        let signer = CardSigner::new(FIRST_KEY_ID, &read_secret(&issuer)?);
        Ok(Self { signer, root: Root(RootSigner::new(&read_secret(&root)?)) })
    }
}

/// The root key, which never shows itself.
struct Root(RootSigner);

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Root(..)")
    }
}

fn write_secret(path: &Path, secret: &[u8; 32]) -> anyhow::Result<()> {
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

fn read_secret(path: &Path) -> anyhow::Result<[u8; 32]> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the key {}", path.display()))?;
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        bail!("the key {} is readable by others than its owner: chmod 600 it", path.display());
    }
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret)
        .map_err(|_| anyhow::anyhow!("the key {} is not 64 hexadecimal digits", path.display()))?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::ChaChaRandom;

    #[test]
    fn keys_are_made_once_and_belong_to_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let made = Keys::open_or_create(&keys, &ChaChaRandom::seeded(1)).unwrap();
        let read = Keys::open_or_create(&keys, &ChaChaRandom::seeded(2)).unwrap();
        assert_eq!(made.signer().public_key(), read.signer().public_key());
        assert_eq!(made.root().public(), read.root().public());
        assert_ne!(made.signer().public_key(), made.root().public().to_bytes());
        fs::set_permissions(keys.join("root.key"), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keys::open_or_create(&keys, &ChaChaRandom::seeded(2)).is_err());
    }
}
