//! The sequencer: a reader that follows it ends up with the final state of every row.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::testing::TestDb;
use db::{Conn, Db, DbError, Position, Sequencer, args};

crate::on_both!(
    no_final_state_is_lost,
    numbers_rise_and_rest,
    the_pause_is_kept,
    a_new_epoch_is_seen,
    a_clock_is_needed,
);

db::statements! {
    PUT_RIGHT = "INSERT INTO rights (id, state, change_seq) VALUES ($1, $2, NULL) ON CONFLICT (id) DO UPDATE SET state = excluded.state, change_seq = NULL";
    REMOVE_RIGHT = "DELETE FROM rights WHERE id = $1";
    RIGHTS = "SELECT id, state FROM rights";
    CHANGES = "SELECT id, state, change_seq FROM rights WHERE change_seq > $1 ORDER BY change_seq";
}

const ROWS: i64 = 40;
const WRITERS: i64 = 8;
const WRITES_EACH: i64 = 60;

async fn started(db: &Db, pause_ms: u64) -> Sequencer {
    let sequencer = Arc::new(Sequencer::new("rights", "id", Duration::from_millis(pause_ms)));
    let shared = sequencer.clone();
    let outcome: Result<(), DbError> = db
        .write(async move |tx: &mut Conn| {
            shared.start_clock(tx, "epoch one").await?;
            shared.start_clock(tx, "not taken").await
        })
        .await;
    outcome.unwrap();
    Arc::into_inner(sequencer).unwrap()
}

async fn put(db: &Db, rights: Vec<(i64, i64)>) {
    let outcome: Result<(), DbError> = db
        .write(async move |tx| {
            for (id, state) in &rights {
                tx.execute_one(&PUT_RIGHT, args![id, state]).await?;
            }
            Ok(())
        })
        .await;
    outcome.unwrap();
}

/// Reads what is new and remembers how far it came, as a gate would.
async fn follow(db: &Db, known: &mut BTreeMap<i64, i64>, cursor: &mut i64) {
    let changes: Vec<(i64, i64, i64)> = db.read().await.unwrap().fetch_all(&CHANGES, args![*cursor]).await.unwrap();
    for (id, state, seq) in changes {
        assert!(seq > *cursor, "{seq} came after {cursor}");
        known.insert(id, state);
        *cursor = seq;
    }
}

async fn no_final_state_is_lost(db: TestDb) {
    let sequencers = [started(&db, 0).await, started(&db, 0).await];
    let writing = Arc::new(AtomicBool::new(true));
    let followers = sequencers.map(|sequencer| {
        let (db, writing) = (db.db().clone(), writing.clone());
        tokio::spawn(async move {
            let (mut known, mut cursor) = (BTreeMap::new(), 0);
            loop {
                let last_round = !writing.load(Ordering::SeqCst);
                sequencer.assign(&db).await.unwrap();
                follow(&db, &mut known, &mut cursor).await;
                if last_round {
                    return known;
                }
            }
        })
    });
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let db = db.db().clone();
            tokio::spawn(async move {
                for write in 0..WRITES_EACH {
                    let state = writer * 1_000 + write;
                    let row = state * 31 % ROWS;
                    // In both orders, so that writers and sequencers collide.
                    let rows = if write % 2 == 0 { [row, row + 1] } else { [row + 1, row] };
                    put(&db, rows.map(|id| (id, state)).to_vec()).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    writing.store(false, Ordering::SeqCst);
    let rights: Vec<(i64, i64)> = db.read().await.unwrap().fetch_all(&RIGHTS, args![]).await.unwrap();
    let rights: BTreeMap<i64, i64> = rights.into_iter().collect();
    for follower in followers {
        assert_eq!(follower.await.unwrap(), rights);
    }
}

async fn numbers_rise_and_rest(db: TestDb) {
    let sequencer = started(&db, 0).await;
    let at = |seq| Position { epoch: "epoch one".into(), seq };
    assert_eq!(sequencer.assign(&db).await.unwrap(), at(0));
    put(&db, vec![(1, 10), (2, 20), (3, 30)]).await;
    assert_eq!(sequencer.assign(&db).await.unwrap(), at(3));
    let commits = db.figures().commits;
    assert_eq!(sequencer.assign(&db).await.unwrap(), at(3));
    assert_eq!(db.figures().commits, commits, "an idle look must not write");
    put(&db, vec![(2, 21)]).await;
    assert_eq!(sequencer.assign(&db).await.unwrap(), at(4));
    // Not even removing the last row gives its number away again.
    let removed: Result<(), DbError> = db.write(async move |tx| tx.execute_one(&REMOVE_RIGHT, args![2]).await).await;
    removed.unwrap();
    put(&db, vec![(5, 50)]).await;
    assert_eq!(sequencer.assign(&db).await.unwrap(), at(5));
}

async fn the_pause_is_kept(db: TestDb) {
    let sequencer = started(&db, 60_000).await;
    put(&db, vec![(1, 10)]).await;
    assert_eq!(sequencer.assign(&db).await.unwrap().seq, 1);
    put(&db, vec![(2, 20)]).await;
    assert_eq!(sequencer.assign(&db).await.unwrap().seq, 1);
    assert_eq!(started(&db, 0).await.assign(&db).await.unwrap().seq, 2);
}

async fn a_new_epoch_is_seen(db: TestDb) {
    let sequencer = started(&db, 0).await;
    assert_eq!(sequencer.assign(&db).await.unwrap().epoch, "epoch one");
    let same = Sequencer::new("rights", "id", Duration::ZERO);
    let renewed: Result<(), DbError> = db.write(async move |tx| same.renew_epoch(tx, "epoch two").await).await;
    renewed.unwrap();
    assert_eq!(sequencer.assign(&db).await.unwrap().epoch, "epoch two");
}

async fn a_clock_is_needed(db: TestDb) {
    let sequencer = Sequencer::new("rights", "id", Duration::ZERO);
    assert!(matches!(sequencer.assign(&db).await, Err(DbError::NotFound)));
}
