//! Reads: what they see, what they refuse, and that every type comes back as it was.

use db::testing::TestDb;
use db::{Backend, Conn, Db, DbError, args};
use serde_json::json;
use sqlx::types::Json;

use crate::statements::{ADD_NOTE, NOTE_KEYS};

crate::on_both!(
    values_and_nulls_come_back,
    a_missing_row_is_told,
    a_read_cannot_write,
    a_snapshot_does_not_move,
    a_backup_holds_everything,
    reads_can_be_spawned,
);

db::statements! {
    INSERT_FULL = "INSERT INTO notes (key, number, flag, ratio, name, bytes, extra) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SELECT_FULL = "SELECT key, number, flag, ratio, name, bytes, extra FROM notes WHERE key = $1";
    BY_FLAG = "SELECT key FROM notes WHERE flag = $1 AND number = $2";
}

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
struct Note {
    key: String,
    number: Option<i64>,
    flag: Option<bool>,
    ratio: Option<f64>,
    name: Option<String>,
    bytes: Option<Vec<u8>>,
    extra: Option<Json<serde_json::Value>>,
}

async fn insert(db: &Db, note: &Note) -> Result<(), DbError> {
    let note = note.clone();
    db.write(async move |tx: &mut Conn| {
        let extra = note.extra.as_ref().map(|Json(value)| value);
        let args = args![&note.key, note.number, note.flag, note.ratio, &note.name, &note.bytes, extra];
        tx.execute_one(&INSERT_FULL, args).await
    })
    .await
}

async fn values_and_nulls_come_back(db: TestDb) {
    let full = Note {
        key: "full".into(),
        number: Some(i64::MIN),
        flag: Some(true),
        ratio: Some(0.25),
        name: Some("Žižkov 'Ω' 🎟".into()),
        bytes: Some(vec![0, 255, 10]),
        extra: Some(Json(json!({ "a": [1, null, "x"] }))),
    };
    let empty =
        Note { key: "empty".into(), number: None, flag: None, ratio: None, name: None, bytes: None, extra: None };
    for note in [&full, &empty] {
        insert(&db, note).await.unwrap();
        for mut conn in readers(&db).await {
            let found: Note = conn.fetch_one(&SELECT_FULL, args![&note.key]).await.unwrap();
            assert_eq!(found, *note);
        }
        let key = note.key.clone();
        let found: Result<Note, DbError> =
            db.write(async move |tx| tx.fetch_one(&SELECT_FULL, args![&key]).await).await;
        assert_eq!(found.unwrap(), *note);
    }
    let mut conn = db.read().await.unwrap();
    let found: Vec<(String,)> = conn.fetch_all(&BY_FLAG, args![true, i64::MIN]).await.unwrap();
    assert_eq!(found, [("full".to_owned(),)]);
}

/// One of each kind.
async fn readers(db: &Db) -> [Conn; 4] {
    [
        db.read().await.unwrap(),
        db.snapshot().await.unwrap(),
        db.read_briefly().await.unwrap(),
        db.brief_snapshot().await.unwrap(),
    ]
}

async fn a_missing_row_is_told(db: TestDb) {
    let mut conn = db.read().await.unwrap();
    let none: Option<Note> = conn.fetch_optional(&SELECT_FULL, args!["x"]).await.unwrap();
    assert_eq!(none, None);
    let missing = conn.fetch_one::<Note>(&SELECT_FULL, args!["x"]).await;
    assert!(matches!(missing, Err(DbError::NotFound)));
}

async fn a_read_cannot_write(db: TestDb) {
    for mut conn in readers(&db).await {
        let written = conn.execute(&ADD_NOTE, args!["a", None::<i64>]).await;
        assert!(matches!(written, Err(DbError::Sqlx(_))), "{written:?}");
    }
}

async fn a_snapshot_does_not_move(db: TestDb) {
    let mut snapshots = [db.snapshot().await.unwrap(), db.brief_snapshot().await.unwrap()];
    let count = async |conn: &mut Conn| conn.fetch_all::<(String,)>(&NOTE_KEYS, args![]).await.unwrap().len();
    for snapshot in &mut snapshots {
        assert_eq!(count(snapshot).await, 0);
    }
    let added: Result<(), DbError> =
        db.write(async move |tx| tx.execute_one(&ADD_NOTE, args!["a", None::<i64>]).await).await;
    added.unwrap();
    for snapshot in &mut snapshots {
        assert_eq!(count(snapshot).await, 0);
    }
    assert_eq!(count(&mut db.read().await.unwrap()).await, 1);
    assert_eq!(count(&mut db.read_briefly().await.unwrap()).await, 1);
    drop(snapshots);
    // The connections are fit for others, without the transaction.
    for _ in 0..20 {
        for mut conn in readers(&db).await {
            assert_eq!(count(&mut conn).await, 1);
        }
    }
}

async fn a_backup_holds_everything(db: TestDb) {
    let added: Result<(), DbError> =
        db.write(async move |tx| tx.execute_one(&ADD_NOTE, args!["a", None::<i64>]).await).await;
    added.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it's a copy.db");
    let outcome = db.backup_into(&file).await;
    if db.backend() == Backend::Postgres {
        assert!(matches!(outcome, Err(DbError::BackupNeedsPgDump)));
        return;
    }
    outcome.unwrap();
    let again = db.backup_into(&file).await;
    assert!(matches!(again, Err(DbError::Io(_))), "an existing file was overwritten: {again:?}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "the copy is open to others");
    let url = format!("sqlite:{}", file.display());
    let copy = Db::open(&url, &db::Options::default()).await.unwrap();
    let keys: Vec<(String,)> = copy.read().await.unwrap().fetch_all(&NOTE_KEYS, args![]).await.unwrap();
    assert_eq!(keys, [("a".to_owned(),)]);
    copy.close().await;
}

/// The futures of reads are Send, with whatever they borrow.
async fn reads_can_be_spawned(db: TestDb) {
    let db = db.db().clone();
    let reader = tokio::spawn(async move {
        let text = String::from("ann a");
        let mut conn = db.snapshot().await?;
        let list = db::List::new("SELECT id FROM people")
            .search(&["name_fold"], &text)
            .filter_opt("house = ?", Some(text.as_str()))
            .oldest_first("id");
        let page: db::Page<(i64,)> = conn.list(list).await?;
        let notes: Vec<Note> = conn.fetch_all(&SELECT_FULL, args![text.as_str()]).await?;
        Ok::<_, DbError>((page.items.len(), notes.len()))
    });
    assert_eq!(reader.await.unwrap().unwrap(), (0, 0));
}

/// A SQLite file is private from its first moment, and its folder must be there.
#[tokio::test]
async fn a_new_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.db");
    let db = Db::open(&format!("sqlite:{}", file.display()), &db::Options::default()).await.unwrap();
    let written: Result<(), DbError> = db.write(async move |_| Ok(())).await;
    written.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", entry.path().display());
    }
    db.close().await;
    let nowhere = format!("sqlite:{}/none/new.db", folder.path().display());
    let refused = Db::open(&nowhere, &db::Options::default()).await;
    assert!(matches!(refused, Err(DbError::Io(_))));
}
