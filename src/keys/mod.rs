//! The installation's keys: a folder of files, readable by their owner alone.
//!
//! Issuer keys sign cards, each in its time ([`book`]). The root key signs the list of issuer keys; gates pin its public half when
//! they are paired. A running server sees at once when the list was changed beside it, so keys follow each other without an
//! interruption.

pub mod book;
mod files;

use crate::kernel::UtcMs;
use crate::kernel::random::RandomSource;
use anyhow::Context;
use book::KeyRefusal;
use card::{CardDay, CardSigner, IssuerKey, KeyList, KeyRing, RootSigner};
use chrono::DateTime;
use files::Stamp;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The serial of the key list while an installation has its first issuer key alone.
const FIRST_LIST_SERIAL: u64 = 1;

/// The last place on earth to begin a day is this much behind UTC, in milliseconds: a key signs when its first day has begun
/// everywhere.
const LAST_DAYBREAK_MS: i64 = 12 * 60 * 60 * 1_000;

/// The keys of an installation.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
    root: Root,
    kept: RwLock<Arc<Kept>>,
}

/// The list and the secrets as they were last read.
#[derive(Debug)]
struct Kept {
    stamp: Option<Stamp>,
    list: KeyList,
    signers: BTreeMap<u8, Arc<CardSigner>>,
    /// Signs should the clock stand before the first day of every key.
    last: Arc<CardSigner>,
}

/// An issuer key whose secret lies in the folder, or that is in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyState {
    /// The number in card codes.
    pub key_id: u8,
    /// Its entry in the list; `None` until it is published.
    pub published: Option<IssuerKey>,
    /// Whether it signs now.
    pub signs: bool,
}

impl Keys {
    /// Signs cards with the issuer key that is in use at this moment.
    pub fn signer(&self, now: UtcMs) -> Arc<CardSigner> {
        self.kept().signer(day_everywhere(now))
    }

    /// Signs what gates must believe.
    pub fn root(&self) -> &RootSigner {
        &self.root.0
    }

    /// The issuer keys that gates, and the manual check, believe.
    pub fn key_list(&self) -> KeyList {
        self.kept().list.clone()
    }

    /// Reads the keys in `folder`, or makes them when the folder does not exist yet.
    ///
    /// # Errors
    /// When a file is missing, malformed, not sealed by the root, or readable by others than its owner.
    pub fn open_or_create(folder: &Path, random: &dyn RandomSource) -> anyhow::Result<Self> {
        if !folder.exists() {
            files::make_folder(folder)?;
            files::write_secret(&files::root(folder), &random.bytes())?;
            files::write_secret(&files::issuer(folder, files::FIRST_KEY_ID), &random.bytes())?;
        }
        let root = Root(RootSigner::new(&files::read_secret(&files::root(folder))?));
        let kept = Kept::read(folder, &root.0)?;
        Ok(Self { folder: folder.to_owned(), root, kept: RwLock::new(Arc::new(kept)) })
    }

    /// Makes the secret of another issuer key, and answers its number. Nobody believes it before it is published.
    ///
    /// # Errors
    /// When all 255 numbers are used up, or the file cannot be written.
    pub fn make(&self, random: &dyn RandomSource) -> anyhow::Result<u8> {
        let used = self.key_list().keys.iter().map(|key| key.key_id).max().unwrap_or_default();
        let free = (used..=u8::MAX).skip(1).find(|key_id| !files::issuer(&self.folder, *key_id).exists());
        let key_id = free.context("all numbers of keys are used up")?;
        files::write_secret(&files::issuer(&self.folder, key_id), &random.bytes())?;
        Ok(key_id)
    }

    /// The first day on which a key can sign that is published now; `at_once` without the days of notice.
    pub fn earliest(now: UtcMs, at_once: bool) -> CardDay {
        book::earliest(day_everywhere(now), at_once)
    }

    /// Puts a key that was made into the list: it signs from `from` on.
    ///
    /// # Errors
    /// [`KeyRefusal`], or when its secret is not there.
    pub fn publish(&self, key_id: u8, from: CardDay, now: UtcMs, at_once: bool) -> anyhow::Result<KeyList> {
        let secret = files::read_secret(&files::issuer(&self.folder, key_id))
            .with_context(|| format!("there is no key {key_id}: make one first (keys new)"))?;
        let public = CardSigner::new(key_id, &secret).public_key();
        let days = (from, day_everywhere(now));
        self.change(|list| book::publish(list, (key_id, public), days, at_once))
    }

    /// Names the last day on which a key signs.
    ///
    /// # Errors
    /// [`KeyRefusal`].
    pub fn retire(&self, key_id: u8, last: CardDay) -> anyhow::Result<KeyList> {
        self.change(|list| book::retire(list, key_id, last))
    }

    /// Takes a key's word back, and destroys its secret.
    ///
    /// # Errors
    /// [`KeyRefusal`].
    pub fn revoke(&self, key_id: u8, now: UtcMs) -> anyhow::Result<KeyList> {
        let list = self.change(|list| book::revoke(list, key_id, day_everywhere(now)))?;
        let path = files::issuer(&self.folder, key_id);
        if path.exists() {
            fs::remove_file(&path).with_context(|| format!("revoked, but {} is left: remove it", path.display()))?;
        }
        Ok(list)
    }

    /// All keys, by their numbers.
    pub fn states(&self, now: UtcMs) -> Vec<KeyState> {
        let list = self.key_list();
        let in_use = book::in_use(&list, day_everywhere(now)).map(|key| key.key_id);
        let of = |key_id: u8| {
            let published = list.keys.iter().find(|key| key.key_id == key_id).cloned();
            let is_there = published.is_some() || files::issuer(&self.folder, key_id).exists();
            is_there.then(|| KeyState { key_id, signs: in_use == Some(key_id), published })
        };
        (0..=u8::MAX).filter_map(of).collect()
    }

    fn change(&self, rule: impl FnOnce(&KeyList) -> Result<KeyList, KeyRefusal>) -> anyhow::Result<KeyList> {
        let next = rule(&self.kept().list)?;
        KeyRing::new(&next)?;
        files::write_list(&self.folder, &next, self.root())?;
        Ok(self.kept().list.clone())
    }

    /// What lies in the folder; if that cannot be used, what lay there before.
    fn kept(&self) -> Arc<Kept> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).clone();
        let stamp = files::stamp(&self.folder);
        if stamp == kept.stamp {
            return kept;
        }
        let fresh = Kept::read(&self.folder, self.root()).unwrap_or_else(|error| {
            tracing::error!(%error, "the list of keys was changed and cannot be used: going on with the one before");
            Kept { stamp, list: kept.list.clone(), signers: kept.signers.clone(), last: kept.last.clone() }
        });
        let fresh = Arc::new(fresh);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        fresh
    }
}

impl Kept {
    fn read(folder: &Path, root: &RootSigner) -> anyhow::Result<Self> {
        let stamp = files::stamp(folder);
        let list = match files::read_list(folder, &root.public())? {
            Some(list) => list,
            None => first_list(folder)?,
        };
        let mut signers = BTreeMap::new();
        for key in list.keys.iter().filter(|key| !key.revoked) {
            let secret = files::read_secret(&files::issuer(folder, key.key_id))?;
            signers.insert(key.key_id, Arc::new(CardSigner::new(key.key_id, &secret)));
        }
        let last = signers.values().next_back().cloned().context("no key may sign cards: all are revoked")?;
        Ok(Self { stamp, list, signers, last })
    }

    fn signer(&self, day: CardDay) -> Arc<CardSigner> {
        let in_use = book::in_use(&self.list, day).and_then(|key| self.signers.get(&key.key_id));
        in_use.unwrap_or(&self.last).clone()
    }
}

/// The list of an installation that never changed it.
fn first_list(folder: &Path) -> anyhow::Result<KeyList> {
    let secret = files::read_secret(&files::issuer(folder, files::FIRST_KEY_ID))?;
    let signer = CardSigner::new(files::FIRST_KEY_ID, &secret);
    let keys = vec![IssuerKey::new(signer.key_id(), signer.public_key())];
    Ok(KeyList { serial: FIRST_LIST_SERIAL, keys })
}

/// The day that has begun everywhere on earth.
fn day_everywhere(now: UtcMs) -> CardDay {
    let instant = DateTime::from_timestamp_millis(now.0.saturating_sub(LAST_DAYBREAK_MS)).unwrap_or_default();
    CardDay::clamped_from_date(instant.date_naive())
}

/// The root key, which never shows itself.
struct Root(RootSigner);

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Root(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::ChaChaRandom;
    use std::os::unix::fs::PermissionsExt;

    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    const NOW: UtcMs = UtcMs(1_795_003_200_000);

    fn keys(folder: &Path, seed: u64) -> anyhow::Result<Keys> {
        Keys::open_or_create(&folder.join("keys"), &ChaChaRandom::seeded(seed))
    }

    #[test]
    fn keys_are_made_once_and_belong_to_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let made = keys(folder.path(), 1).unwrap();
        let read = keys(folder.path(), 2).unwrap();
        assert_eq!(made.signer(NOW).public_key(), read.signer(NOW).public_key());
        assert_eq!(made.root().public(), read.root().public());
        assert_ne!(made.signer(NOW).public_key(), made.root().public().to_bytes());
        let root = files::root(&folder.path().join("keys"));
        fs::set_permissions(root, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(keys(folder.path(), 2).is_err());
    }

    #[test]
    fn keys_follow_each_other_while_a_server_runs() {
        let folder = tempfile::tempdir().unwrap();
        let running = keys(folder.path(), 1).unwrap();
        let command = keys(folder.path(), 1).unwrap();
        let random = ChaChaRandom::seeded(3);
        assert_eq!((command.make(&random).unwrap(), command.make(&random).unwrap()), (2, 3));
        assert_eq!(running.key_list().keys.len(), 1, "nobody believes a key that is not published");
        let from = CardDay::new(day_everywhere(NOW).days() + 14);
        command.publish(2, from, NOW, false).unwrap();
        assert_eq!(running.key_list().keys.len(), 2);
        let later = UtcMs(NOW.0 + 14 * DAY_MS);
        assert_eq!((running.signer(NOW).key_id(), running.signer(later).key_id()), (1, 2));
        assert!(command.publish(9, from, NOW, false).is_err(), "there is no key 9");

        command.revoke(1, later).unwrap();
        assert!(!folder.path().join("keys/issuer.key").exists());
        assert_eq!((running.signer(later).key_id(), running.key_list().serial), (2, 3));
        let again = keys(folder.path(), 1).unwrap();
        let states: Vec<_> = again.states(later).into_iter().map(|key| (key.key_id, key.published.is_some())).collect();
        assert_eq!(states, [(1, true), (2, true), (3, false)]);
    }

    #[test]
    fn a_list_that_the_root_did_not_seal_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let running = keys(folder.path(), 1).unwrap();
        let second = running.make(&ChaChaRandom::seeded(3)).unwrap();
        running.publish(second, CardDay::LAST, NOW, false).unwrap();
        let path = folder.path().join("keys/keys.json");
        let forged = fs::read_to_string(&path).unwrap().replace("65535", "2500");
        fs::write(&path, forged).unwrap();
        assert_eq!(running.key_list().keys[1].not_issued_before, CardDay::LAST, "what was known stays");
        assert!(keys(folder.path(), 1).is_err());
    }
}
