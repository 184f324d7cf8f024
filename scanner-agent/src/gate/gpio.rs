//! A line of the machine's own pins, through the kernel's character device.
//!
//! The kernels on which this program is tried have no simulated pins: the pulse is tried with a fake line, this file only by the
//! compiler.

use std::io;
use std::time::Duration;

use anyhow::Context as _;
use gpiocdev::Request;
use gpiocdev::line::Value;

use super::pulse::{Line, PulseGate};

/// A line that this program holds.
pub(super) struct Pin {
    request: Request,
    line: u32,
}

/// A gate behind a line, which is taken at once and switched off.
pub(super) fn gate(chip: &str, line: u32, hold_ms: u64) -> anyhow::Result<PulseGate<Pin>> {
    let request = Request::builder()
        .on_chip(chip)
        .with_consumer("scanner-agent")
        .with_line(line)
        .as_output(Value::Inactive)
        .request()
        .with_context(|| format!("line {line} of {chip} cannot be taken"))?;
    let what = format!("line {line} of {chip}");
    Ok(PulseGate { line: Pin { request, line }, what, hold: Duration::from_millis(hold_ms) })
}

impl Line for Pin {
    fn set(&mut self, on: bool) -> io::Result<()> {
        self.request
            .set_value(self.line, if on { Value::Active } else { Value::Inactive })
            .map(drop)
            .map_err(io::Error::other)
    }
}
