//! Programs that a chore needs, built first.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release server.
pub(crate) fn server() -> anyhow::Result<PathBuf> {
    build("passepartout")
}

/// The release gate program.
pub(crate) fn gate() -> anyhow::Result<PathBuf> {
    build("scanner-agent")
}

fn build(program: &str) -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--package", program, "--bin", program])
        .current_dir(root()?)
        .status()
        .context("cargo does not start")?;
    ensure!(built.success(), "{program} was not built");
    Ok(target().join("release").join(program))
}

/// The repository.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

/// Where programs are built.
pub(crate) fn target() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(beside, PathBuf::from)
}
