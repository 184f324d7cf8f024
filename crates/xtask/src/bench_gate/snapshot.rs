//! What the snapshot costs the server: made, given out, and not given out because the gate has it.

use super::sim_gate::{Known, SimGate};
use super::{report, secs, spread};
use crate::figures;
use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode};
use std::time::{Duration, Instant};

/// How often a gate asks for the snapshot that it has.
const ASKED: usize = 500;

/// Measures with one gate at a server that made no snapshot yet.
pub(super) async fn measure(gate: &SimGate, server: u32) -> anyhow::Result<()> {
    let began = Instant::now();
    let unknown = gate.call(Method::GET, "/changes?epoch=none&after=0", None, Vec::new()).await?;
    ensure!(unknown.status() == StatusCode::GONE, "unknown changes were answered {}", unknown.status());
    report("all cards numbered, once", &secs(began.elapsed()));
    figures::forget_peak(server)?;
    let (first, bytes, tag) = fetch(gate).await?;
    let (again, ..) = fetch(gate).await?;
    report("a snapshot made and given out", &format!("{}, {bytes} bytes", secs(first)));
    report("the same once more", &secs(again));
    report("memory of the server meanwhile, at most", &super::megabytes(figures::peak_memory_kb(server)?));
    let mut times = Vec::with_capacity(ASKED);
    for _ in 0..ASKED {
        let began = Instant::now();
        let answer = gate.call(Method::GET, "/snapshot", Some(("if-none-match", &tag)), Vec::new()).await?;
        times.push(began.elapsed());
        ensure!(answer.status() == StatusCode::NOT_MODIFIED, "the same snapshot was answered {}", answer.status());
    }
    report("\"you have it\", with its signature and its nonce", &spread(&mut times));
    Ok(())
}

/// Where a gate stands that took the snapshot just now.
pub(super) async fn known(gate: &SimGate) -> anyhow::Result<Known> {
    let (.., tag) = fetch(gate).await?;
    let (epoch, seq) = tag.trim_matches('"').rsplit_once('-').context("no tag")?;
    Ok(Known::new(epoch, seq.parse()?))
}

async fn fetch(gate: &SimGate) -> anyhow::Result<(Duration, usize, String)> {
    let began = Instant::now();
    let answer = gate.call(Method::GET, "/snapshot", None, Vec::new()).await?.error_for_status()?;
    let tag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).context("no tag")?.to_owned();
    let bytes = answer.bytes().await?.len();
    Ok((began.elapsed(), bytes, tag))
}
