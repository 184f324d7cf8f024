//! What a machine starts from: the kernel of a Debian package, and the static gate program.

use super::initramfs::{self, demand};
use super::machine::Kit;
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the gate program is built for, so that it needs no library in the machine.
const MUSL: &str = "x86_64-unknown-linux-musl";
/// The same where Rust knows no musl: linked with the static glibc of Debian's libc6-dev.
const GLIBC: &str = "x86_64-unknown-linux-gnu";

/// Makes the files, the gate program without what only a debugger reads; the kernel package is fetched once and kept in the target folder.
pub(super) fn prepare(folder: &Path, agent: Option<&Path>, show_console: bool) -> anyhow::Result<Kit> {
    for (program, package) in
        [("qemu-system-x86_64", "qemu-system-x86"), ("busybox", "busybox-static"), ("musl-gcc", "musl-tools")]
    {
        demand(program, package)?;
    }
    let agent = match agent {
        Some(agent) => agent.to_owned(),
        None => build_agent()?,
    };
    let small = folder.join("scanner-agent");
    output(Command::new("strip").arg("-o").arg(&small).arg(&agent))?;
    let unpacked = kernel_package()?;
    let boot = unpacked.join("boot");
    let is_kernel = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("vmlinuz"));
    let mut files = fs::read_dir(&boot)?.filter_map(|entry| Some(entry.ok()?.path()));
    let kernel = files.find(is_kernel).context("the package has no kernel")?;
    let initramfs = folder.join("initramfs");
    fs::write(&initramfs, initramfs::make(&unpacked, &busybox()?, &small)?)?;
    Ok(Kit { kernel, initramfs, show_console })
}

/// The package of the current kernel, unpacked but not installed.
fn kernel_package() -> anyhow::Result<PathBuf> {
    let depends = output(Command::new("apt-cache").args(["depends", "--no-recommends", "linux-image-amd64"]))?;
    let package =
        depends.lines().find_map(|line| line.trim().strip_prefix("Depends: ")).context("no kernel package")?;
    let folder = crate::programs::target().join("gate-vm");
    let unpacked = folder.join(package);
    if unpacked.join("boot").is_dir() {
        return Ok(unpacked);
    }
    fs::create_dir_all(&folder)?;
    let fetching = tempfile::tempdir_in(&folder)?;
    output(
        Command::new("apt-get")
            .args(["download", "-qq", "-o", "APT::Sandbox::User=root", package])
            .current_dir(fetching.path()),
    )?;
    let file = fs::read_dir(fetching.path())?.next().context("no package came")??.path();
    let fresh = fetching.path().join("unpacked");
    output(Command::new("dpkg-deb").arg("-x").arg(&file).arg(&fresh))?;
    fs::rename(&fresh, &unpacked)?;
    Ok(unpacked)
}

fn busybox() -> anyhow::Result<PathBuf> {
    let found = ["/bin/busybox", "/usr/bin/busybox"].map(PathBuf::from).into_iter().find(|path| path.is_file());
    found.context("no busybox")
}

fn build_agent() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let has_musl =
        Path::new(output(Command::new("rustc").args(["--print", "target-libdir", "--target", MUSL]))?.trim()).is_dir();
    let target = if has_musl { MUSL } else { GLIBC };
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--quiet", "--locked", "--package", "scanner-agent", "--target", target]);
    if !has_musl {
        command.env("RUSTFLAGS", "-C target-feature=+crt-static");
    }
    // The machine has little memory, and nobody debugs in it.
    command.env("CARGO_PROFILE_RELEASE_DEBUG", "none");
    let built = command.current_dir(crate::programs::root()?).status().context("cargo does not start")?;
    ensure!(built.success(), "the static gate program was not built for {target}");
    Ok(crate::programs::target().join(target).join("release/scanner-agent"))
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
