//! The layouts in the database.

use crate::kernel::UtcMs;
use crate::production::layout::{LayoutState, LayoutVersion};
use db::{Conn, DbError, args, sqlx};

db::statements! {
    /// Keeps a version of a layout.
    INSERT_LAYOUT = "INSERT INTO layouts (id, version, state, title, products, houses, body, content_sha256, agreed_by, agreed_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id, version) DO NOTHING";
    /// All versions of all layouts, the newest of each first.
    ALL_LAYOUTS = "SELECT id, version, state, title, products, houses, content_sha256, proof_sha256, agreed_by, agreed_at FROM layouts
        ORDER BY id, version DESC";
    /// One version with its file.
    FIND_LAYOUT = "SELECT id, version, state, title, products, houses, content_sha256, proof_sha256, agreed_by, agreed_at FROM layouts
        WHERE id = $1 AND version = $2";
    /// The file of one version.
    FIND_BODY = "SELECT body FROM layouts WHERE id = $1 AND version = $2";
    /// Puts another draft in place of one that nobody agreed to.
    REPLACE_LAYOUT = "UPDATE layouts SET state = $3, title = $4, products = $5, houses = $6, body = $7, content_sha256 = $8, proof_sha256 = NULL
        WHERE id = $1 AND version = $2 AND state IN ('draft', 'proposed')";
    /// Keeps how far a version has come.
    SETTLE_LAYOUT = "UPDATE layouts SET state = $3, proof_sha256 = $4, agreed_by = $5, agreed_at = $6 WHERE id = $1 AND version = $2";
    /// The files of a version.
    FILES_OF_LAYOUT = "SELECT name, sha256 FROM layout_files WHERE layout_id = $1 AND version = $2 ORDER BY name";
    /// Takes the files of a version away.
    REMOVE_FILES = "DELETE FROM layout_files WHERE layout_id = $1 AND version = $2";
    /// Names a file of a version.
    INSERT_FILE = "INSERT INTO layout_files (layout_id, version, name, sha256) VALUES ($1, $2, $3, $4)";
    /// Cards that wait for a layout, the oldest first.
    CARDS_WAITING = "SELECT id FROM cards WHERE state = 'waiting_for_layout' ORDER BY id";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    version: i64,
    state: String,
    title: String,
    products: String,
    houses: String,
    content_sha256: Vec<u8>,
    proof_sha256: Option<Vec<u8>>,
    agreed_by: Option<String>,
    agreed_at: Option<i64>,
}

impl Row {
    fn layout(self) -> Result<LayoutVersion, DbError> {
        Ok(LayoutVersion {
            version: super::count(self.version),
            state: LayoutState::of(&self.state).ok_or_else(|| super::unfit("layouts.state"))?,
            title: super::json("layouts.title", &self.title)?,
            products: super::json("layouts.products", &self.products)?,
            houses: super::json("layouts.houses", &self.houses)?,
            content_sha256: hex::encode(&self.content_sha256),
            proof_sha256: self.proof_sha256.map(hex::encode),
            id: self.id,
            agreed_by: self.agreed_by,
            agreed_at: self.agreed_at.map(UtcMs),
        })
    }
}

/// Keeps a version with its file. `false` when the version is there already.
pub async fn insert(tx: &mut Conn, layout: &LayoutVersion, body: &str, now: UtcMs) -> Result<bool, DbError> {
    let content_sha256 = hex::decode(&layout.content_sha256).map_err(|_| super::unfit("layouts.content_sha256"))?;
    let rows = tx
        .execute(
            &INSERT_LAYOUT,
            args![
                &layout.id,
                layout.version,
                layout.state.as_str(),
                super::to_json(&layout.title),
                super::to_json(&layout.products),
                super::to_json(&layout.houses),
                body,
                content_sha256,
                &layout.agreed_by,
                layout.agreed_at.map(|at| at.0),
                now.0
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Puts another draft in place of one that nobody agreed to.
pub async fn replace(tx: &mut Conn, layout: &LayoutVersion, body: &str) -> Result<(), DbError> {
    let content_sha256 = hex::decode(&layout.content_sha256).map_err(|_| super::unfit("layouts.content_sha256"))?;
    tx.execute(
        &REPLACE_LAYOUT,
        args![
            &layout.id,
            layout.version,
            layout.state.as_str(),
            super::to_json(&layout.title),
            super::to_json(&layout.products),
            super::to_json(&layout.houses),
            body,
            content_sha256
        ],
    )
    .await?;
    Ok(())
}

/// Keeps how far a version has come: its state, its proof and who agreed.
pub async fn settle(tx: &mut Conn, layout: &LayoutVersion) -> Result<(), DbError> {
    let proof = layout.proof_sha256.as_deref().map(hex::decode).transpose();
    let proof = proof.map_err(|_| super::unfit("layouts.proof_sha256"))?;
    let agreed_at = layout.agreed_at.map(|at| at.0);
    let state = layout.state.as_str();
    tx.execute(&SETTLE_LAYOUT, args![&layout.id, layout.version, state, proof, &layout.agreed_by, agreed_at]).await?;
    Ok(())
}

/// The files of a version: name and hash.
pub async fn files(conn: &mut Conn, id: &str, version: u32) -> Result<Vec<(String, Vec<u8>)>, DbError> {
    conn.fetch_all(&FILES_OF_LAYOUT, args![id, version]).await
}

/// Names the files of a version anew.
pub async fn put_files(tx: &mut Conn, id: &str, version: u32, files: Vec<(&str, [u8; 32])>) -> Result<(), DbError> {
    tx.execute(&REMOVE_FILES, args![id, version]).await?;
    for (name, sha256) in files {
        tx.execute(&INSERT_FILE, args![id, version, name, sha256.to_vec()]).await?;
    }
    Ok(())
}

/// All versions of all layouts, the newest of each first.
pub async fn all(conn: &mut Conn) -> Result<Vec<LayoutVersion>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&ALL_LAYOUTS, args![]).await?;
    rows.into_iter().map(Row::layout).collect()
}

/// One version.
pub async fn find(conn: &mut Conn, id: &str, version: u32) -> Result<Option<LayoutVersion>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND_LAYOUT, args![id, version]).await?;
    row.map(Row::layout).transpose()
}

/// The file of one version.
pub async fn body(conn: &mut Conn, id: &str, version: u32) -> Result<Option<String>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_BODY, args![id, version]).await?;
    Ok(row.map(|(body,)| body))
}

/// The cards that wait for a layout, the oldest first.
pub async fn cards_waiting(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&CARDS_WAITING, args![]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
