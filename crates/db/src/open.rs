//! Database URLs, options, and what they mean for the connections.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use crate::DbError;
use crate::conn::Link;
use crate::lite::{Lender, LiteConn};

/// The kind of database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Backend {
    /// One file, one machine.
    Sqlite,
    /// A server, several processes.
    Postgres,
}

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections for reads, on both databases.
    pub readers: u32,
    /// Connections of the write door on PostgreSQL. SQLite always has exactly one.
    pub pg_connections: u32,
    /// Whether a commit on SQLite waits for the disk. Without it a power cut can lose the commits
    /// of the last moments, though it cannot damage the file. For tests and throwaway data.
    pub sync_full: bool,
    /// Seconds after which a deed is given up and undone.
    pub deed_limit_secs: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 8, pg_connections: 8, sync_full: true, deed_limit_secs: 30 }
    }
}

/// Statement texts kept prepared per connection; more than the program has.
const STATEMENT_CACHE: usize = 1_000;
/// How long somebody else may hold a SQLite file.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection to a server that was idle for longer is tried before it is lent.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// A database that connections can be made to.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Lite(SqliteFile),
    Pg(Box<PgConnectOptions>),
}

/// A SQLite file.
#[derive(Clone, Debug)]
pub(crate) struct SqliteFile {
    path: PathBuf,
    sync_full: bool,
}

/// The connections that only read.
#[derive(Debug)]
pub(crate) enum Readers {
    Lite { pool: SqlitePool, brief: Arc<Lender> },
    Pg(PgPool),
}

impl Target {
    /// Understands `sqlite:PATH` and `postgres://...`.
    pub(crate) fn parse(url: &str, options: &Options) -> Result<Self, DbError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = absolute(path.strip_prefix("//").unwrap_or(path))?;
            refuse_network_file_system(&path)?;
            return Ok(Self::Lite(SqliteFile { path, sync_full: options.sync_full }));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let parsed: PgConnectOptions = url.parse()?;
            let options = parsed
                .application_name("passepartout")
                .statement_cache_capacity(STATEMENT_CACHE)
                .disable_statement_logging();
            return Ok(Self::Pg(Box::new(options)));
        }
        Err(DbError::UnknownUrl)
    }

    /// A connection for the write door.
    pub(crate) async fn connect_writer(&self) -> Result<Link, DbError> {
        match self {
            Self::Lite(file) => {
                create_private(&file.path, true)?;
                Ok(Link::LiteWrite(LiteConn::open_writer(&file.path, file.sync_full, STATEMENT_CACHE)?))
            }
            Self::Pg(options) => {
                let mut conn = PgConnection::connect_with(options).await?;
                // A forgotten lock becomes an error that the write door can retry.
                conn.execute("SET lock_timeout = '10s'").await?;
                Ok(Link::PgWrite(conn))
            }
        }
    }

    /// The pool for reads; makes its first connection at once. A SQLite file must exist.
    pub(crate) async fn connect_readers(&self, count: u32) -> Result<Readers, DbError> {
        match self {
            Self::Lite(file) => {
                let pool = SqlitePoolOptions::new()
                    .max_connections(count.max(1))
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .idle_timeout(None)
                    .max_lifetime(None)
                    .test_before_acquire(false)
                    .connect_with(file.reading())
                    .await?;
                Ok(Readers::Lite { pool, brief: Lender::new(file.path.clone(), STATEMENT_CACHE) })
            }
            Self::Pg(options) => {
                let pool = PgPoolOptions::new()
                    .max_connections(count.max(1))
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .test_before_acquire(false)
                    .before_acquire(|conn, usage| {
                        Box::pin(async move {
                            if usage.idle_for > TRUSTED_IDLE {
                                conn.ping().await?;
                            }
                            Ok(true)
                        })
                    })
                    .after_connect(|conn, _| {
                        Box::pin(async move {
                            conn.execute("SET default_transaction_read_only = on").await?;
                            Ok(())
                        })
                    })
                    .connect_with((**options).clone())
                    .await?;
                Ok(Readers::Pg(pool))
            }
        }
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::Lite(_) => Backend::Sqlite,
            Self::Pg(_) => Backend::Postgres,
        }
    }
}

impl SqliteFile {
    /// For a connection that cannot write. The journal mode is the file's own.
    fn reading(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .read_only(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(STATEMENT_CACHE)
            .disable_statement_logging()
    }

    /// For a connection that rebuilds tables: foreign keys rest meanwhile.
    pub(crate) fn migrating(&self) -> SqliteConnectOptions {
        let synchronous = if self.sync_full { SqliteSynchronous::Full } else { SqliteSynchronous::Normal };
        SqliteConnectOptions::new()
            .filename(&self.path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(false)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging()
    }
}

/// Makes an empty file that only its owner may read, since it will hold personal data; SQLite gives
/// its log the same rights. `or_open`: an existing file is fine, and left as it is.
pub(crate) fn create_private(path: &Path, or_open: bool) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if or_open && error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// The path without links; its folder must exist, the file need not.
fn absolute(path: &str) -> Result<PathBuf, DbError> {
    let path = Path::new(path);
    if let Ok(found) = path.canonicalize() {
        return Ok(found);
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path.file_name().ok_or(DbError::UnknownUrl)?;
    Ok(folder.canonicalize()?.join(name))
}

/// Only Linux tells; elsewhere nothing is refused.
fn refuse_network_file_system(path: &Path) -> Result<(), DbError> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else {
        return Ok(());
    };
    match file_system_of(&mounts, path) {
        Some(kind) if is_networked(kind) => {
            Err(DbError::NetworkFileSystem { path: path.to_owned(), kind: kind.to_owned() })
        }
        _ => Ok(()),
    }
}

fn is_networked(kind: &str) -> bool {
    const NETWORKED: [&str; 17] = [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ocfs2",
        "smb3",
        "smbfs",
    ];
    kind.starts_with("nfs") || NETWORKED.contains(&kind)
}

/// The kind of file system that holds `path`, by the lines of `/proc/self/mountinfo`.
fn file_system_of<'m>(mounts: &'m str, path: &Path) -> Option<&'m str> {
    mounts
        .lines()
        .filter_map(|line| {
            let (mount, system) = line.split_once(" - ")?;
            let point = PathBuf::from(unescape(mount.split(' ').nth(4)?));
            Some((point, system.split(' ').next()?))
        })
        .filter(|(point, _)| path.starts_with(point))
        // Of two mounts at one place the later hides the earlier; max_by_key keeps the last.
        .max_by_key(|(point, _)| point.components().count())
        .map(|(_, kind)| kind)
}

/// Undoes the octal escapes of mountinfo for blanks and the backslash.
fn unescape(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /srv rw shared:2 - nfs4 server:/srv rw
31 30 8:1 / /srv/local rw - xfs /dev/sda1 rw
32 22 0:40 / /mnt/two\\040words rw - fuse.sshfs host:/ rw
33 22 0:41 / /twice rw - ext4 /dev/vdb rw
34 33 0:42 / /twice rw - cifs //host/share rw
";

    #[test]
    fn the_deepest_mount_decides() {
        for (path, kind) in [
            ("/var/lib/db.sqlite", "ext4"),
            ("/srv/db.sqlite", "nfs4"),
            ("/srv/local/db.sqlite", "xfs"),
            ("/srvother/db.sqlite", "ext4"),
            ("/mnt/two words/db.sqlite", "fuse.sshfs"),
            ("/twice/db.sqlite", "cifs"),
        ] {
            assert_eq!(file_system_of(MOUNTS, Path::new(path)), Some(kind), "{path}");
        }
    }

    #[test]
    fn networked_kinds_are_told_from_local_ones() {
        for kind in ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs"] {
            assert!(is_networked(kind), "{kind}");
        }
        for kind in ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "virtiofs"] {
            assert!(!is_networked(kind), "{kind}");
        }
    }

    #[test]
    fn unknown_urls_are_refused() {
        for url in ["", "mysql://x/y", "sqlite", "/tmp/x.db"] {
            let refused = Target::parse(url, &Options::default());
            assert!(matches!(refused, Err(DbError::UnknownUrl)), "{url}");
        }
    }
}
