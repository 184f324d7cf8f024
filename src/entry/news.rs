//! Tells waiting gates that something changed: one look for all of them, a few times a second.

use super::settings;
use super::store::{devices, foreign, pins};
use crate::app::{App, SharedApp};
use db::DbError;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How often it is looked for changed rights.
const LOOK_PAUSE: Duration = Duration::from_millis(250);
/// How often it is looked for changed settings, scopes and keys.
const DOCUMENTS_PAUSE: Duration = Duration::from_secs(1);

/// What a waiting gate compares with what it knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct News {
    /// The number of the last change of a right.
    pub seq: i64,
    /// Changes whenever a document of any gate may have.
    pub documents_tag: Arc<str>,
}

/// Those who wait, and what was last found for all documents.
#[derive(Debug, Default)]
pub(super) struct Newsroom {
    sender: Mutex<Weak<watch::Sender<News>>>,
    documents: tokio::sync::Mutex<Option<(Instant, Arc<str>)>>,
}

impl Newsroom {
    /// What is so, and what becomes of it. The first who listens has somebody look; with the last one that ends.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn listen(&self, app: &SharedApp) -> Result<watch::Receiver<News>, DbError> {
        if let Some(sender) = self.sender().upgrade() {
            return Ok(sender.subscribe());
        }
        let (sender, receiver) = watch::channel(look(app).await?);
        let sender = Arc::new(sender);
        *self.sender() = Arc::downgrade(&sender);
        tokio::spawn(look_forever(Arc::downgrade(app), sender));
        Ok(receiver)
    }

    /// How many wait.
    pub(super) fn listeners(&self) -> usize {
        self.sender().upgrade().map_or(0, |sender| sender.receiver_count())
    }

    /// The tag of all documents, looked at once in a while.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn documents_tag(&self, app: &App) -> Result<Arc<str>, DbError> {
        let mut kept = self.documents.lock().await;
        if let Some((at, tag)) = kept.as_ref()
            && at.elapsed() < DOCUMENTS_PAUSE
        {
            return Ok(tag.clone());
        }
        let tag: Arc<str> = documents_tag(app).await?.into();
        *kept = Some((Instant::now(), tag.clone()));
        Ok(tag)
    }

    fn sender(&self) -> std::sync::MutexGuard<'_, Weak<watch::Sender<News>>> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn look_forever(app: Weak<App>, sender: Arc<watch::Sender<News>>) {
    loop {
        tokio::time::sleep(LOOK_PAUSE).await;
        let Some(app) = app.upgrade() else { return };
        match look(&app).await {
            Ok(news) => {
                sender.send_if_modified(|known| {
                    let is_new = *known != news;
                    *known = news;
                    is_new
                });
            }
            Err(error) => tracing::warn!(%error, "the news for gates cannot be read"),
        }
        let mut kept = app.gates.newsroom.sender();
        if sender.receiver_count() == 0 {
            *kept = Weak::new();
            return;
        }
    }
}

async fn look(app: &App) -> Result<News, DbError> {
    let seq = app.gates.position(&app.db, &app.random).await?.seq;
    Ok(News { seq, documents_tag: app.gates.newsroom.documents_tag(app).await? })
}

async fn documents_tag(app: &App) -> Result<String, DbError> {
    let mut conn = app.db.read().await?;
    let mut digest = Sha256::new();
    digest.update(settings::fingerprint(&mut conn).await?);
    digest.update(devices::fingerprint(&mut conn).await?);
    for person in pins::valid(&mut conn, None).await? {
        let (salt, hash) = person.pin.parts();
        digest.update([person.tag.as_bytes().as_slice(), salt, hash].concat());
    }
    digest.update(foreign::tag(&mut conn).await?);
    digest.update(app.keys.key_list().serial.to_be_bytes());
    Ok(hex::encode(&digest.finalize()[..16]))
}
