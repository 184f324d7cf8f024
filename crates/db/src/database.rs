//! The handle to an open database.

use std::path::Path;
use std::sync::Arc;

use sqlx::SqlitePool;

use crate::conn::Link;
use crate::open::{Readers, Target, create_private};
use crate::write_door::WriteDoor;
use crate::{Backend, Conn, DbError, Figures, Options};

/// An open database. Cloning is cheap; the clones share their connections.
#[derive(Clone, Debug)]
pub struct Db {
    shared: Arc<Shared>,
    in_turn: bool,
}

#[derive(Debug)]
struct Shared {
    target: Target,
    readers: Readers,
    door: WriteDoor,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    ///
    /// A SQLite file is created when missing (its folder is not) and put into WAL mode; it must not
    /// lie on a network file system.
    pub async fn open(url: &str, options: &Options) -> Result<Self, DbError> {
        let target = Target::parse(url, options)?;
        // The door first: it creates the file that the readers open.
        let door = WriteDoor::open(&target, options).await?;
        let readers = target.connect_readers(options.readers).await?;
        Ok(Self { shared: Arc::new(Shared { target, readers, door }), in_turn: false })
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.shared.target.backend()
    }

    /// A connection that can only read. Each statement sees the newest committed state.
    pub async fn read(&self) -> Result<Conn, DbError> {
        let link = match &self.shared.readers {
            Readers::Lite { pool, .. } => Link::LiteRead(pool.acquire().await?),
            Readers::Pg(pool) => Link::PgRead(pool.acquire().await?),
        };
        Ok(Conn::new(link))
    }

    /// A connection that can only read, and sees one state of the database throughout: that of its
    /// first statement. Drop it soon; while it lives the database keeps what was overwritten since.
    pub async fn snapshot(&self) -> Result<Conn, DbError> {
        let link = match &self.shared.readers {
            Readers::Lite { pool, .. } => Link::LiteSnapshot(pool.begin().await?),
            Readers::Pg(pool) => {
                Link::PgSnapshot(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        Ok(Conn::new(link))
    }

    /// As [`Self::read`], for a few statements that each find their rows at once. On SQLite they run on the calling thread, which saves
    /// most of their time, and keeps that thread from everything else meanwhile.
    pub async fn read_briefly(&self) -> Result<Conn, DbError> {
        match &self.shared.readers {
            Readers::Lite { brief, .. } => Ok(Conn::new(Link::LiteBrief(brief.lend(false)?))),
            Readers::Pg(_) => self.read().await,
        }
    }

    /// As [`Self::snapshot`], for a few statements that each find their rows at once: see [`Self::read_briefly`].
    pub async fn brief_snapshot(&self) -> Result<Conn, DbError> {
        match &self.shared.readers {
            Readers::Lite { brief, .. } => Ok(Conn::new(Link::LiteBrief(brief.lend(true)?))),
            Readers::Pg(_) => self.snapshot().await,
        }
    }

    /// The only door for writes: runs `deed` in a transaction and answers once it is durable.
    ///
    /// The deed's own error undoes it and is answered as it is. When it met with contention it is
    /// run again from its beginning, so it must not do anything but speak to `tx`, and must not
    /// wait for anything else: on SQLite all writers wait behind it. A panic in it is answered as
    /// [`DbError::Panicked`]. A caller that stops waiting does not stop a deed that has begun.
    ///
    /// ```
    /// # use db::{Db, DbError, args};
    /// db::statements! {
    ///     /// Counts one visit.
    ///     COUNT_VISIT = "UPDATE houses SET visits = visits + 1 WHERE id = $1";
    /// }
    ///
    /// # async fn count(db: &Db, house: i64) -> Result<(), DbError> {
    /// db.write(async move |tx| tx.execute_one(&COUNT_VISIT, args![house]).await).await
    /// # }
    /// ```
    pub async fn write<T, E, F>(&self, deed: F) -> Result<T, E>
    where
        F: AsyncFn(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.shared.door.run(deed, self.in_turn).await
    }

    /// The same database for deeds that all change the same rows, such as a counter: they go one after the other and share their commits,
    /// instead of each waiting for the commit of the one before. On SQLite all deeds do.
    #[must_use]
    pub fn in_turn(&self) -> Self {
        Self { shared: self.shared.clone(), in_turn: true }
    }

    /// What the write door has done since it was opened.
    pub fn figures(&self) -> Figures {
        self.shared.door.figures()
    }

    /// Writes a compact copy of a SQLite database, as of this moment, to a file that must not exist.
    /// Writers go on meanwhile. The copy is on the disk when this returns.
    pub async fn backup_into(&self, path: &Path) -> Result<(), DbError> {
        let Readers::Lite { pool, .. } = &self.shared.readers else {
            return Err(DbError::BackupNeedsPgDump);
        };
        create_private(path, false)?;
        let copied = vacuum_into(pool, path).await;
        if copied.is_err() {
            tokio::fs::remove_file(path).await?;
        }
        copied
    }

    /// Finishes the deeds in the queue and closes all connections; later calls answer
    /// [`DbError::Closed`].
    pub async fn close(&self) {
        match &self.shared.readers {
            Readers::Lite { pool, brief } => {
                brief.close();
                pool.close().await;
            }
            Readers::Pg(pool) => pool.close().await,
        }
        // The writer last: only it can fold SQLite's log into the file when it leaves.
        self.shared.door.close().await;
    }

    pub(crate) fn target(&self) -> &Target {
        &self.shared.target
    }
}

async fn vacuum_into(pool: &SqlitePool, path: &Path) -> Result<(), DbError> {
    let text = path
        .to_str()
        .ok_or_else(|| std::io::Error::new(std::io::ErrorKind::InvalidInput, "the path is not valid UTF-8"))?;
    sqlx::query("VACUUM INTO $1").bind(text).execute(pool).await?;
    tokio::fs::File::open(path).await?.sync_all().await?;
    Ok(())
}
