//! The files that the kernel starts from: an archive of drivers, a shell, and the gate program.

use super::keys::{DESCRIPTOR, Layout};
use anyhow::{Context, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The drivers that the machine needs, with their options; what they need themselves is found out.
const MODULES: [&str; 12] = [
    "crc32c_generic",
    "virtio_pci",
    "virtio_blk",
    "virtio_net",
    "ext4",
    "usbhid",
    "hid_generic",
    "evdev",
    "dummy_hcd num=3",
    "usb_f_hid",
    "cdc_acm",
    "usb_f_acm",
];
const FOLDERS: [&str; 11] =
    ["bin", "config", "data", "dev", "keys", "modules", "proc", "root", "sys", "tmp", "dev/input"];
const FOLDER: u32 = 0o040_755;
const PROGRAM: u32 = 0o100_755;
const FILE: u32 = 0o100_644;

/// Makes the archive from an unpacked kernel package, a static shell and a static gate program.
pub(super) fn make(kernel: &Path, busybox: &Path, agent: &Path) -> anyhow::Result<Vec<u8>> {
    let mut archive = Archive::default();
    for folder in FOLDERS {
        archive.add(folder, FOLDER, b"");
    }
    archive.add("init", PROGRAM, include_bytes!("init.sh"));
    archive.add("bin/busybox", PROGRAM, &fs::read(busybox).context("no static shell")?);
    archive.add("bin/scanner-agent", PROGRAM, &fs::read(agent).context("no static gate program")?);
    archive.add("keys/descriptor", FILE, &DESCRIPTOR);
    archive.add("keys/type.awk", FILE, include_bytes!("type.awk"));
    for layout in Layout::ALL {
        archive.add(&format!("keys/{}", layout.name()), FILE, layout.to_table().as_bytes());
    }
    let modules = Modules::of(kernel)?;
    let mut order = String::new();
    for name in modules.in_order()? {
        let with_options = MODULES.iter().find(|wanted| wanted.split(' ').next() == Some(&name));
        order.push_str(with_options.copied().unwrap_or(&name));
        order.push('\n');
        archive.add(&format!("modules/{name}.ko"), FILE, &modules.read(&name)?);
    }
    archive.add("modules/order", FILE, order.as_bytes());
    Ok(archive.finish())
}

/// The drivers of a kernel package by name.
struct Modules {
    files: BTreeMap<String, PathBuf>,
    builtin: BTreeSet<String>,
}

impl Modules {
    fn of(kernel: &Path) -> anyhow::Result<Self> {
        let versions = kernel.join("lib/modules");
        let folder = fs::read_dir(&versions)?.next().context("the kernel package has no drivers")??.path();
        let builtin = fs::read_to_string(folder.join("modules.builtin"))?;
        let builtin = builtin.lines().filter_map(|line| module_name(Path::new(line))).collect();
        let mut files = BTreeMap::new();
        collect(&folder.join("kernel"), &mut files)?;
        Ok(Self { files, builtin })
    }

    /// The drivers that are wanted, each behind those that it needs.
    fn in_order(&self) -> anyhow::Result<Vec<String>> {
        let mut order = Vec::new();
        for wanted in MODULES {
            self.put(wanted.split(' ').next().unwrap_or_default(), &mut order)?;
        }
        Ok(order)
    }

    fn put(&self, name: &str, order: &mut Vec<String>) -> anyhow::Result<()> {
        let name = name.replace('-', "_");
        if self.builtin.contains(&name) || order.contains(&name) {
            return Ok(());
        }
        for needed in needs(&self.read(&name)?) {
            self.put(&needed, order)?;
        }
        order.push(name);
        Ok(())
    }

    fn read(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        let file = self.files.get(name).with_context(|| format!("the kernel package lacks the driver {name}"))?;
        fs::read(file).with_context(|| format!("cannot read {}", file.display()))
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if let Some(name) = module_name(&path) {
            files.insert(name, path);
        }
    }
    Ok(())
}

fn module_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.strip_suffix(".ko")?.replace('-', "_"))
}

/// What a driver says it needs: `depends=a,b` among the null-terminated texts inside it.
fn needs(module: &[u8]) -> Vec<String> {
    let said = module.split(|byte| *byte == 0).find_map(|text| text.strip_prefix(b"depends="));
    let said = String::from_utf8_lossy(said.unwrap_or_default()).into_owned();
    said.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// An archive in the kernel's format (`newc`): headers of hexadecimal numbers, everything padded to four bytes.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    entries: u32,
}

impl Archive {
    fn add(&mut self, path: &str, mode: u32, content: &[u8]) {
        self.entries += 1;
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let name_size = u32::try_from(path.len() + 1).unwrap_or(u32::MAX);
        let links = if mode == FOLDER { 2 } else { 1 };
        let fields = [self.entries, mode, 0, 0, links, 0, size, 0, 0, 0, 0, name_size, 0];
        self.bytes.extend(b"070701");
        self.bytes.extend(fields.iter().flat_map(|field| format!("{field:08x}").into_bytes()));
        self.bytes.extend(path.bytes());
        self.bytes.push(0);
        self.pad();
        self.bytes.extend(content);
        self.pad();
    }

    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }

    fn finish(mut self) -> Vec<u8> {
        self.add("TRAILER!!!", 0, b"");
        self.bytes
    }
}

/// Whether a program is there, with the package that brings it.
pub(super) fn demand(program: &str, package: &str) -> anyhow::Result<()> {
    let found = std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|folder| folder.join(program).is_file()));
    ensure!(found, "{program} is missing: apt-get install {package}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_says_what_it_needs() {
        assert_eq!(needs(b"\0license=GPL\0depends=usbcore,hid\0retpoline=Y\0"), ["usbcore", "hid"]);
        assert!(needs(b"\0depends=\0").is_empty());
    }

    #[test]
    fn an_archive_is_padded_and_ended() {
        let mut archive = Archive::default();
        archive.add("a", FILE, b"12345");
        let bytes = archive.finish();
        assert!(bytes.len().is_multiple_of(4));
        assert!(bytes.starts_with(b"07070100000001000081a4"));
        assert!(String::from_utf8_lossy(&bytes).contains("TRAILER!!!"));
    }
}
