//! The demo's folder: made fresh, recognised by a mark, published by renaming.

use anyhow::{Context, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says: this folder belongs to a demo and may be replaced by the next.
const MARK: &str = ".passepartout-demo";

/// Makes the folder, or clears it when an earlier demo left it.
///
/// # Errors
/// When something else is in it.
pub(super) fn prepare(data: &Path) -> anyhow::Result<()> {
    let occupied = fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        if !data.join(MARK).exists() {
            bail!("{} is not empty and holds no earlier demo", data.display());
        }
        fs::remove_dir_all(data).with_context(|| format!("cannot clear {}", data.display()))?;
    }
    fs::create_dir_all(story(data)).with_context(|| format!("cannot make {}", data.display()))?;
    fs::write(data.join(MARK), "This folder belongs to passepartout demo and is replaced by its next run.\n")?;
    Ok(())
}

/// The folder of the files that a person can open.
pub(super) fn story(data: &Path) -> PathBuf {
    data.join("story")
}

/// Writes `demo.json` in one step, readable by its owner alone: it holds keys and passwords.
pub(super) fn publish(data: &Path, contract: &Value) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let unfinished = data.join("demo.json.unfinished");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    writeln!(file, "{contract:#}")?;
    file.sync_all()?;
    fs::rename(unfinished, data.join("demo.json"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_replaces_itself_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        prepare(&data).unwrap();
        fs::write(data.join("old"), "x").unwrap();
        prepare(&data).unwrap();
        assert!(!data.join("old").exists());
        fs::remove_file(data.join(MARK)).unwrap();
        assert!(prepare(&data).unwrap_err().to_string().contains("not empty"));
    }
}
