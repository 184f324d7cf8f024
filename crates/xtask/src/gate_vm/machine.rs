//! A machine without hardware: QEMU with one disk, one network card that can be cut off, and two serial ports.
//!
//! What the gate program says comes line by line from the first port; commands for the guest's shell go through the second.
//! Pulling the plug ends QEMU at once: what the guest had not put on its disk is gone.

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Emulated without help of the processor, and beside other work, a start can take long.
const START_LIMIT: Duration = Duration::from_mins(3);
const COMMAND_LIMIT: Duration = Duration::from_mins(1);
const SOCKET_LIMIT: Duration = Duration::from_secs(10);

/// What every machine starts from.
#[derive(Debug)]
pub(super) struct Kit {
    /// The kernel.
    pub(super) kernel: PathBuf,
    /// The files it starts from.
    pub(super) initramfs: PathBuf,
    /// Show what the consoles say.
    pub(super) show_console: bool,
}

/// How a machine starts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Start {
    /// The machine's clock, in UTC as `2025-11-21T10:00:00`; else it is right.
    pub(super) clock: Option<&'static str>,
    /// The network cable is not plugged in.
    pub(super) without_network: bool,
}

/// A running machine. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Machine {
    qemu: Child,
    console: Arc<Console>,
    shell: BufReader<UnixStream>,
    monitor: BufReader<UnixStream>,
}

/// The lines that came so far.
#[derive(Debug, Default)]
struct Console {
    lines: Mutex<(Vec<String>, bool)>,
    more: Condvar,
}

impl Machine {
    /// Starts a machine with this disk, and waits for its shell.
    pub(super) fn start(kit: &Kit, folder: &Path, disk: &Path, start: Start) -> anyhow::Result<Self> {
        let (shell, monitor) = (folder.join("shell"), folder.join("monitor"));
        for socket in [&shell, &monitor] {
            let _ = fs::remove_file(socket);
        }
        let socket = |path: &Path| format!("unix:{},server=on,wait=off", path.display());
        let mut command = Command::new("qemu-system-x86_64");
        command.args(["-accel", "tcg,thread=multi", "-machine", "q35,i8042=off", "-cpu", "max", "-m", "256M"]);
        command.args(["-smp", "2", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"]);
        command.arg("-kernel").arg(&kit.kernel).arg("-initrd").arg(&kit.initramfs);
        command.args(["-append", "console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on nokaslr"]);
        command.arg("-serial").arg("stdio").arg("-serial").arg(socket(&shell)).arg("-qmp").arg(socket(&monitor));
        command.args(["-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=card"]);
        command.arg("-drive").arg(format!("file={},format=raw,if=none,id=disk", disk.display()));
        command.args(["-device", "virtio-blk-pci,drive=disk"]);
        if let Some(clock) = start.clock {
            command.arg("-rtc").arg(format!("base={clock}"));
        }
        let errors = File::create(folder.join("qemu.log"))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut qemu = command.spawn().context("qemu-system-x86_64 does not start")?;
        let console = Arc::new(Console::default());
        let (output, listening, show) = (qemu.stdout.take().context("no console")?, console.clone(), kit.show_console);
        thread::spawn(move || listening.listen(BufReader::new(output), show));
        let connected = (|| anyhow::Ok((connect(&shell)?, connect(&monitor)?)))();
        let (shell, monitor) = match connected {
            Ok(sockets) => sockets,
            Err(error) => {
                let _ = qemu.kill();
                bail!("{error:#}: {}", fs::read_to_string(folder.join("qemu.log")).unwrap_or_default());
            }
        };
        let mut machine = Self { qemu, console, shell, monitor };
        read_json(&mut machine.monitor)?;
        machine.ask_monitor("qmp_capabilities", &json!({}))?;
        if start.without_network {
            machine.set_network(false)?;
        }
        machine.wait_for(0, START_LIMIT, "its shell", |line| line.contains("guest: ready").then_some(()))?;
        Ok(machine)
    }

    /// Carries out a command in the guest's shell and answers what it printed.
    pub(super) fn run(&mut self, command: &str) -> anyhow::Result<String> {
        writeln!(self.shell.get_mut(), "{command}")?;
        let mut printed = String::new();
        loop {
            let mut line = String::new();
            let read = self.shell.read_line(&mut line).with_context(|| format!("no answer to {command:.60}"))?;
            ensure!(read > 0, "the machine ended during {command:.60}");
            match line.trim_end().strip_prefix("<status ") {
                Some("0>") => return Ok(printed),
                Some(status) => bail!("{command:.60} ended with <{status} {printed}"),
                None => printed.push_str(&line),
            }
        }
    }

    /// How many lines the console has; lines behind them are new.
    pub(super) fn mark(&self) -> usize {
        self.console.lines().0.len()
    }

    /// The lines behind a mark.
    pub(super) fn lines_since(&self, mark: usize) -> Vec<String> {
        self.console.lines().0.get(mark..).unwrap_or_default().to_vec()
    }

    /// Waits for a line behind the mark in which something is found.
    pub(super) fn wait_for<T>(
        &self,
        mark: usize,
        limit: Duration,
        what: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> anyhow::Result<T> {
        let until = Instant::now() + limit;
        let mut lines = self.console.lines();
        loop {
            if let Some(found) = lines.0.get(mark..).unwrap_or_default().iter().find_map(|line| find(line)) {
                return Ok(found);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || lines.1 {
                let tail = lines.0.iter().rev().take(20).rev().cloned().collect::<Vec<_>>().join("\n");
                bail!("waited {} s for {what}; the console said last:\n{tail}", limit.as_secs());
            }
            lines = self.console.more.wait_timeout(lines, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Cuts the network cable, or mends it.
    pub(super) fn set_network(&mut self, up: bool) -> anyhow::Result<()> {
        self.ask_monitor("set_link", &json!({"name": "card", "up": up})).map(drop)
    }

    /// Pulls the plug. Answers what the console said from the mark to the last moment.
    pub(super) fn pull_the_plug(mut self, mark: usize) -> anyhow::Result<Vec<String>> {
        self.qemu.kill()?;
        self.qemu.wait()?;
        let mut lines = self.console.lines();
        while !lines.1 {
            lines = self.console.more.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
        Ok(lines.0.get(mark..).unwrap_or_default().to_vec())
    }

    fn ask_monitor(&mut self, what: &str, arguments: &Value) -> anyhow::Result<Value> {
        let request = json!({"execute": what, "arguments": arguments});
        writeln!(self.monitor.get_mut(), "{request}")?;
        loop {
            let answer = read_json(&mut self.monitor)?;
            ensure!(answer.get("error").is_none(), "QEMU refuses {what}: {answer}");
            if answer.get("return").is_some() {
                return Ok(answer);
            }
        }
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.qemu.kill();
        let _ = self.qemu.wait();
    }
}

impl Console {
    fn lines(&self) -> std::sync::MutexGuard<'_, (Vec<String>, bool)> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(&self, mut output: impl BufRead, show: bool) {
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if show {
                println!("       | {text}");
            }
            self.lines().0.push(text);
            self.more.notify_all();
            line.clear();
        }
        self.lines().1 = true;
        self.more.notify_all();
    }
}

fn connect(socket: &Path) -> anyhow::Result<BufReader<UnixStream>> {
    let until = Instant::now() + SOCKET_LIMIT;
    loop {
        match UnixStream::connect(socket) {
            Ok(stream) => {
                stream.set_read_timeout(Some(COMMAND_LIMIT))?;
                return Ok(BufReader::new(stream));
            }
            Err(error) if Instant::now() > until => return Err(error).context("QEMU does not listen"),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn read_json(monitor: &mut BufReader<UnixStream>) -> anyhow::Result<Value> {
    let mut line = String::new();
    ensure!(monitor.read_line(&mut line)? > 0, "QEMU ended");
    Ok(serde_json::from_str(&line)?)
}
