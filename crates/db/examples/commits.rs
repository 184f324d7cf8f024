//! Measures the write door: deeds per second and how long callers wait, by the number of callers.
//!
//! `cargo run --release -p db --features testing --example commits -- URL`, with a SQLite file that
//! does not exist yet or an empty PostgreSQL database. Every answered deed is on the disk.

use std::time::{Duration, Instant};

use db::{Backend, Db, DbError, Migrations, Options, args};

db::statements! {
    ADD = "INSERT INTO sales (counter, cents) VALUES ($1, $2)";
    TAKE = "UPDATE counters SET uses = uses + 1 WHERE id = $1 AND uses < 1000000000";
}

static MIGRATIONS: Migrations =
    Migrations { sqlite: &sqlx::migrate!("examples/migrations"), postgres: &sqlx::migrate!("examples/migrations") };

const ROUND: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() -> Result<(), DbError> {
    let url = std::env::args().nth(1).ok_or(DbError::UnknownUrl)?;
    let options = Options { pg_connections: 16, ..Options::default() };
    let db = Db::open(&url, &options).await?;
    db.migrate(&MIGRATIONS).await?;
    let kind = match db.backend() {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
    };
    println!("{kind:<10}  callers  deeds/s  commits/s    p50 ms    p99 ms");
    for callers in [1, 8, 32, 64, 256] {
        let before = db.figures();
        let began = Instant::now();
        let tasks: Vec<_> = (0..callers).map(|caller| tokio::spawn(sell(db.clone(), caller, began))).collect();
        let mut waits = Vec::new();
        for task in tasks {
            waits.extend(task.await.map_err(|_| DbError::Panicked)??);
        }
        let seconds = began.elapsed().as_secs_f64();
        let after = db.figures();
        waits.sort_unstable();
        let at = |share: usize| waits[waits.len() * share / 100].as_secs_f64() * 1e3;
        let per_second = |count: u64| (Duration::from_secs(count)).as_secs_f64() / seconds;
        println!(
            "{:<10}  {callers:>7}  {:>7.0}  {:>9.0}  {:>8.2}  {:>8.2}",
            "",
            per_second(after.deeds - before.deeds),
            per_second(after.commits - before.commits),
            at(50),
            at(99),
        );
    }
    db.close().await;
    Ok(())
}

/// One caller: takes a use of one of a hundred counters and books it, again and again.
async fn sell(db: Db, caller: i64, began: Instant) -> Result<Vec<Duration>, DbError> {
    let mut waits = Vec::new();
    let mut counter = caller;
    while began.elapsed() < ROUND {
        counter = (counter + 37) % 100;
        let asked = Instant::now();
        db.write::<_, DbError, _>(async move |tx| {
            tx.execute_one(&TAKE, args![counter]).await?;
            tx.execute_one(&ADD, args![counter, 4_500]).await
        })
        .await?;
        waits.push(asked.elapsed());
    }
    Ok(waits)
}
