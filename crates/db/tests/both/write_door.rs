//! Deeds: all or nothing, answered when durable, many to a commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use db::testing::TestDb;
use db::{Backend, Conn, Db, DbError, Sql, args};
use tokio::sync::Barrier;

use crate::statements::{ADD_COUNTER, ADD_NOTE, COUNTER_USES, NOTE_ID, NOTE_KEYS, USE_COUNTER};

crate::on_both!(
    a_deed_is_kept_whole_or_not_at_all,
    the_callers_own_error_comes_back,
    a_counter_is_never_overdrawn,
    deeds_in_turn_that_wait_together_share_a_commit,
    a_failing_deed_leaves_its_neighbours_alone,
    a_failing_deed_in_turn_leaves_its_neighbours_alone,
    what_is_put_off_is_seen_by_the_next_statement_and_kept,
    a_refusal_of_what_was_put_off_undoes_the_deed,
    a_failed_statement_ends_the_deed,
    a_swallowed_failure_is_not_kept,
    a_panicking_deed_is_undone,
    a_caller_that_goes_away_disturbs_nobody,
    a_deed_must_not_open_the_door_again,
    a_deed_that_hangs_is_given_up,
    a_deed_of_too_many_statements_is_given_up,
    a_contended_deed_is_run_again,
    a_closed_door_answers,
);

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("used up")]
    UsedUp,
    #[error(transparent)]
    Db(#[from] DbError),
}

async fn add_note(db: &Db, key: &str) -> Result<(), DbError> {
    let key = key.to_owned();
    db.write(async move |tx: &mut Conn| tx.execute_one(&ADD_NOTE, args![&key, None::<i64>]).await).await
}

async fn keys(db: &Db) -> Vec<String> {
    let rows: Vec<(String,)> = db.read().await.unwrap().fetch_all(&NOTE_KEYS, args![]).await.unwrap();
    rows.into_iter().map(|(key,)| key).collect()
}

async fn add_counter(db: &Db, max_uses: i64) -> i64 {
    let added: Result<(i64,), DbError> =
        db.write(async move |tx| tx.fetch_one(&ADD_COUNTER, args![max_uses]).await).await;
    added.unwrap().0
}

async fn take_use(db: &Db, counter: i64) -> Result<(), Refusal> {
    db.write(async move |tx| match tx.execute(&USE_COUNTER, args![counter]).await? {
        0 => Err(Refusal::UsedUp),
        _ => Ok(()),
    })
    .await
}

async fn a_deed_is_kept_whole_or_not_at_all(db: TestDb) {
    add_note(&db, "a").await.unwrap();
    let failed: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_one(&ADD_NOTE, args!["b", None::<i64>]).await?;
            tx.execute_one(&ADD_NOTE, args!["a", None::<i64>]).await
        })
        .await;
    let Err(DbError::Conflict { constraint }) = failed else { panic!("{failed:?}") };
    assert!(constraint.contains("key"), "{constraint}");
    let dangling: Result<(), DbError> =
        db.write(async move |tx| tx.execute_one(&ADD_NOTE, args!["c", Some(99)]).await).await;
    assert!(matches!(dangling, Err(DbError::Reference)), "{dangling:?}");
    assert_eq!(keys(&db).await, ["a"]);
}

async fn the_callers_own_error_comes_back(db: TestDb) {
    let counter = add_counter(&db, 1).await;
    take_use(&db, counter).await.unwrap();
    assert!(matches!(take_use(&db, counter).await, Err(Refusal::UsedUp)));
    let none: Result<(), Refusal> =
        db.write(async move |tx| Ok(tx.execute_one(&USE_COUNTER, args![counter]).await?)).await;
    assert!(matches!(none, Err(Refusal::Db(DbError::NotOneRow { rows: 0, .. }))), "{none:?}");
}

async fn a_counter_is_never_overdrawn(db: TestDb) {
    let counter = add_counter(&db, 37).await;
    let before = db.figures();
    let takers: Vec<_> = (0..200)
        .map(|_| {
            let db = db.db().clone();
            tokio::spawn(async move { take_use(&db, counter).await })
        })
        .collect();
    let mut taken = 0;
    for taker in takers {
        match taker.await.unwrap() {
            Ok(()) => taken += 1,
            Err(Refusal::UsedUp) => {}
            Err(Refusal::Db(error)) => panic!("{error}"),
        }
    }
    let uses: (i64,) = db.read().await.unwrap().fetch_one(&COUNTER_USES, args![counter]).await.unwrap();
    assert_eq!((taken, uses.0), (37, 37));
    let after = db.figures();
    assert_eq!(after.deeds - before.deeds, 37);
    assert!(after.commits - before.commits <= 37);
}

async fn deeds_in_turn_that_wait_together_share_a_commit(db: TestDb) {
    let counter = add_counter(&db, 1_000).await;
    let before = db.figures();
    let takers: Vec<_> = (0..500)
        .map(|_| {
            let db = db.in_turn();
            tokio::spawn(async move { take_use(&db, counter).await })
        })
        .collect();
    for taker in takers {
        taker.await.unwrap().unwrap();
    }
    let after = db.figures();
    let (deeds, commits) = (after.deeds - before.deeds, after.commits - before.commits);
    assert_eq!(deeds, 500);
    assert!(commits <= 250, "{deeds} deeds took {commits} commits");
}

async fn a_failing_deed_in_turn_leaves_its_neighbours_alone(db: TestDb) {
    add_note(&db, "taken").await.unwrap();
    let neighbours: Vec<_> = (0..40)
        .map(|number| {
            let db = db.in_turn();
            let key = if number % 3 == 0 { "taken".to_owned() } else { format!("note {number:02}") };
            tokio::spawn(async move { (number, add_note(&db, &key).await) })
        })
        .collect();
    for neighbour in neighbours {
        let (number, added) = neighbour.await.unwrap();
        assert_eq!(added.is_ok(), number % 3 != 0, "{number}: {added:?}");
    }
    assert_eq!(keys(&db).await.len(), 1 + 26);
}

async fn what_is_put_off_is_seen_by_the_next_statement_and_kept(db: TestDb) {
    let seen: Result<Vec<(String,)>, DbError> = db
        .write(async move |tx| {
            for number in 0..40 {
                tx.execute_later(&ADD_NOTE, args![format!("note {number:02}"), None::<i64>])?;
            }
            let seen = tx.fetch_all(&NOTE_KEYS, args![]).await?;
            tx.execute_later(&ADD_NOTE, args!["the last", None::<i64>])?;
            Ok(seen)
        })
        .await;
    assert_eq!(seen.unwrap().len(), 40);
    assert_eq!(keys(&db).await.len(), 41);
    let refused = db.read().await.unwrap().execute_later(&ADD_NOTE, args!["from a reader", None::<i64>]);
    assert!(matches!(refused, Err(DbError::ReadOnly { .. })), "{refused:?}");
}

async fn a_refusal_of_what_was_put_off_undoes_the_deed(db: TestDb) {
    add_note(&db, "taken").await.unwrap();
    let failed: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_later(&ADD_NOTE, args!["fresh", None::<i64>])?;
            tx.execute_later(&ADD_NOTE, args!["taken", None::<i64>])
        })
        .await;
    assert!(matches!(failed, Err(DbError::Conflict { .. })), "{failed:?}");
    let given_up: Result<(), Refusal> = db
        .write(async move |tx| {
            tx.execute_later(&ADD_NOTE, args!["never", None::<i64>])?;
            Err(Refusal::UsedUp)
        })
        .await;
    assert!(matches!(given_up, Err(Refusal::UsedUp)));
    add_note(&db, "later").await.unwrap();
    assert_eq!(keys(&db).await, ["later", "taken"]);
}

async fn a_failing_deed_leaves_its_neighbours_alone(db: TestDb) {
    add_note(&db, "taken").await.unwrap();
    let (first, second, third, last) = tokio::join!(
        add_note(&db, "first"),
        add_note(&db, "taken"),
        async {
            let refused: Result<(), Refusal> = db
                .write(async move |tx| {
                    tx.execute_one(&ADD_NOTE, args!["undone", None::<i64>]).await?;
                    Err(Refusal::UsedUp)
                })
                .await;
            refused
        },
        add_note(&db, "last"),
    );
    first.unwrap();
    assert!(matches!(second, Err(DbError::Conflict { .. })));
    assert!(matches!(third, Err(Refusal::UsedUp)));
    last.unwrap();
    assert_eq!(keys(&db).await, ["first", "last", "taken"]);
}

async fn a_failed_statement_ends_the_deed(db: TestDb) {
    add_note(&db, "a").await.unwrap();
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            let conflict = tx.execute(&ADD_NOTE, args!["a", None::<i64>]).await;
            assert!(matches!(conflict, Err(DbError::Conflict { .. })));
            tx.execute_one(&ADD_NOTE, args!["b", None::<i64>]).await
        })
        .await;
    assert!(matches!(outcome, Err(DbError::Aborted)), "{outcome:?}");
    assert_eq!(keys(&db).await, ["a"]);
}

async fn a_swallowed_failure_is_not_kept(db: TestDb) {
    add_note(&db, "a").await.unwrap();
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_one(&ADD_NOTE, args!["b", None::<i64>]).await?;
            let _ = tx.execute(&ADD_NOTE, args!["a", None::<i64>]).await;
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(DbError::Aborted)), "{outcome:?}");
    assert_eq!(keys(&db).await, ["a"]);
}

async fn a_panicking_deed_is_undone(db: TestDb) {
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_one(&ADD_NOTE, args!["a", None::<i64>]).await?;
            panic!("this panic is part of the test");
        })
        .await;
    assert!(matches!(outcome, Err(DbError::Panicked)), "{outcome:?}");
    add_note(&db, "b").await.unwrap();
    assert_eq!(keys(&db).await, ["b"]);
}

async fn a_caller_that_goes_away_disturbs_nobody(db: TestDb) {
    let (started, wait_for_start) = tokio::sync::oneshot::channel();
    let started = std::sync::Mutex::new(Some(started));
    let task = tokio::spawn({
        let db = db.db().clone();
        async move {
            let outcome: Result<(), DbError> = db
                .write(async move |tx| {
                    if let Some(started) = started.lock().unwrap().take() {
                        let _ = started.send(());
                    }
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    tx.execute_one(&ADD_NOTE, args!["deserted", None::<i64>]).await
                })
                .await;
            outcome
        }
    });
    wait_for_start.await.unwrap();
    task.abort();
    // On PostgreSQL another writer takes this; on SQLite the same one afterwards.
    add_note(&db, "next").await.unwrap();
    for _ in 0..500 {
        if keys(&db).await.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(keys(&db).await, ["deserted", "next"]);
}

async fn a_deed_must_not_open_the_door_again(db: TestDb) {
    let inner = db.db().clone();
    let outcome: Result<(), DbError> = db.write(async move |_| add_note(&inner, "nested").await).await;
    assert!(matches!(outcome, Err(DbError::Nested)), "{outcome:?}");
    assert!(keys(&db).await.is_empty());
}

async fn a_deed_that_hangs_is_given_up(test_db: TestDb) {
    let options = db::Options { deed_limit_secs: 2, pg_connections: 1, ..db::Options::default() };
    let db = Db::open(test_db.url(), &options).await.unwrap();
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_one(&ADD_NOTE, args!["hangs", None::<i64>]).await?;
            std::future::pending().await
        })
        .await;
    assert!(matches!(outcome, Err(DbError::TooLong { limit_secs: 2 })), "{outcome:?}");
    add_note(&db, "goes on").await.unwrap();
    assert_eq!(keys(&db).await, ["goes on"]);
    db.close().await;
}

async fn a_deed_of_too_many_statements_is_given_up(test_db: TestDb) {
    let options = db::Options { deed_limit_secs: 1, ..db::Options::default() };
    let db = Db::open(test_db.url(), &options).await.unwrap();
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            tx.execute_one(&ADD_NOTE, args!["undone", None::<i64>]).await?;
            loop {
                tx.fetch_all::<(String,)>(&NOTE_KEYS, args![]).await?;
            }
        })
        .await;
    assert!(matches!(outcome, Err(DbError::TooLong { limit_secs: 1 })), "{outcome:?}");
    assert!(keys(&db).await.is_empty());
    db.close().await;
}

/// Two deeds on PostgreSQL take two rows in opposite order; on SQLite they never meet.
async fn a_contended_deed_is_run_again(db: TestDb) {
    for key in ["a", "b"] {
        add_note(&db, key).await.unwrap();
    }
    let on_postgres = db.backend() == Backend::Postgres;
    let runs = Arc::new(AtomicU32::new(0));
    let both_hold_one = Arc::new(Barrier::new(2));
    let take_both = |first: &'static str, second: &'static str| {
        let (db, runs, both_hold_one) = (db.db().clone(), runs.clone(), both_hold_one.clone());
        let ran_before = AtomicBool::new(false);
        async move {
            db.write::<_, DbError, _>(async move |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                let _: (i64,) = tx.fetch_one(&NOTE_ID, args![first]).await?;
                if on_postgres && !ran_before.swap(true, Ordering::Relaxed) {
                    both_hold_one.wait().await;
                }
                let _: (i64,) = tx.fetch_one(&NOTE_ID, args![second]).await?;
                Ok(())
            })
            .await
        }
    };
    let (one, other) = tokio::join!(take_both("a", "b"), take_both("b", "a"));
    one.unwrap();
    other.unwrap();
    let extra_runs = runs.load(Ordering::Relaxed) - 2;
    assert_eq!(u64::from(extra_runs), db.figures().retries);
    assert_eq!(extra_runs > 0, on_postgres);
}

async fn a_closed_door_answers(db: TestDb) {
    let other = db.db().clone();
    db.close().await;
    assert!(matches!(add_note(&other, "a").await, Err(DbError::Closed)));
    assert!(matches!(other.read().await, Err(DbError::Closed)));
    assert!(matches!(other.read_briefly().await, Err(DbError::Closed)));
}

/// The future of a write can be spawned, with whatever its closure holds across its waits.
#[tokio::test(flavor = "multi_thread")]
async fn writes_can_be_spawned() {
    let db = TestDb::sqlite(&crate::MIGRATIONS).await;
    let key = Arc::new(String::from("spawned"));
    let handle = tokio::spawn({
        let db = db.db().clone();
        async move {
            let kept: Result<usize, Refusal> = db
                .write(async move |tx: &mut Conn| {
                    // Not Send: deeds stay on their writer.
                    let local = std::rc::Rc::new(std::cell::Cell::new(0));
                    for part in key.split('w') {
                        add_part(tx, part).await?;
                        local.set(local.get() + 1);
                    }
                    Ok(local.get())
                })
                .await;
            kept
        }
    });
    assert_eq!(handle.await.unwrap().unwrap(), 2);
    assert_eq!(keys(&db).await, ["ned", "spa"]);
}

async fn add_part(tx: &mut Conn, part: &str) -> Result<(), DbError> {
    tx.execute_one(&ADD_NOTE, args![part, None::<i64>]).await
}

/// A full disk makes SQLite drop the whole transaction, the neighbours' deeds with it: no answer may
/// claim otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_answered_truly() {
    static LIMIT: Sql = Sql::new("LIMIT", "PRAGMA max_page_count = 1", "");
    static NO_LIMIT: Sql = Sql::new("NO_LIMIT", "PRAGMA max_page_count = 1000000", "");
    let db = TestDb::sqlite(&crate::MIGRATIONS).await;
    let neighbour = db.write::<_, DbError, _>(async move |tx| {
        tx.execute_one(&ADD_NOTE, args!["neighbour", None::<i64>]).await?;
        // So that the other is waiting when this is done.
        tokio::time::sleep(Duration::from_millis(5)).await;
        Ok(())
    });
    let filler = db.write::<_, DbError, _>(async move |tx| {
        tx.fetch_all::<(i64,)>(&LIMIT, args![]).await?;
        let _ = tx.execute(&ADD_NOTE, args!["x".repeat(1_000_000), None::<i64>]).await;
        tx.execute(&ADD_NOTE, args!["stray", None::<i64>]).await.map(drop)
    });
    let (neighbour, filler) = tokio::join!(neighbour, filler);
    assert!(matches!(filler, Err(DbError::Commit(_))), "{filler:?}");
    let kept = if neighbour.is_ok() { vec!["neighbour"] } else { vec![] };
    assert_eq!(keys(&db).await, kept);
    let freed = db.write::<_, DbError, _>(async move |tx| tx.fetch_all::<(i64,)>(&NO_LIMIT, args![]).await.map(drop));
    freed.await.unwrap();
    add_note(&db, "after").await.unwrap();
    assert!(keys(&db).await.contains(&"after".to_owned()));
}

/// A server that dropped its connections is connected to again.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_replaced() {
    static CUT: Sql = Sql::new(
        "CUT",
        "",
        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let db = TestDb::postgres(&crate::MIGRATIONS).await;
    add_note(&db, "before").await.unwrap();
    let cut: (i64,) = db.read().await.unwrap().fetch_one(&CUT, args![]).await.unwrap();
    assert!(cut.0 > 0);
    for n in 0..8 {
        add_note(&db, &format!("again {n}")).await.unwrap();
    }
    assert_eq!(keys(&db).await.len(), 9);
}

/// Two processes on one SQLite file wait for each other.
#[tokio::test(flavor = "multi_thread")]
async fn two_doors_to_one_file_take_turns() {
    let test_db = TestDb::sqlite(&crate::MIGRATIONS).await;
    let other = Db::open(test_db.url(), &db::Options::default()).await.unwrap();
    let counter = add_counter(&test_db, 1_000).await;
    let takers: Vec<_> = (0..100)
        .map(|n| {
            let db = if n % 2 == 0 { test_db.db().clone() } else { other.clone() };
            tokio::spawn(async move { take_use(&db, counter).await })
        })
        .collect();
    for taker in takers {
        taker.await.unwrap().unwrap();
    }
    let uses: (i64,) = other.read().await.unwrap().fetch_one(&COUNTER_USES, args![counter]).await.unwrap();
    assert_eq!(uses.0, 100);
    other.close().await;
}

/// Writers keep their own time: the runtime in which the database was opened may end.
#[tokio::test(flavor = "multi_thread")]
async fn writers_do_not_depend_on_the_runtime_of_their_opening() {
    let test_db = TestDb::postgres(&crate::MIGRATIONS).await;
    let url = test_db.url().to_owned();
    let opening = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(Db::open(&url, &db::Options::default())).unwrap()
    });
    let db = opening.join().unwrap();
    for n in 0..20 {
        add_note(&db, &format!("note {n:02}")).await.unwrap();
    }
    assert_eq!(keys(&test_db).await.len(), 20);
}
