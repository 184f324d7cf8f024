//! A relay at a serial port: some bytes switch it on, others off.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;

use super::pulse::{Line, PulseGate};
use crate::reader::serial::open_port;

/// A relay that is opened when it is used, and again after it was pulled out.
pub(super) struct Relay {
    path: PathBuf,
    port: Option<File>,
    on: Vec<u8>,
    off: Vec<u8>,
}

/// A gate behind a relay. `on` and `off` are hexadecimal digits.
pub(super) fn gate(port: &str, on: &str, off: &str, hold_ms: u64) -> anyhow::Result<PulseGate<Relay>> {
    let bytes = |name: &str, text: &str| {
        hex::decode(text).with_context(|| format!("the relay's `{name}` is not hexadecimal digits in pairs"))
    };
    let line = Relay { path: port.into(), port: None, on: bytes("on", on)?, off: bytes("off", off)? };
    Ok(PulseGate { line, what: format!("the relay at {port}"), hold: Duration::from_millis(hold_ms) })
}

impl Line for Relay {
    fn set(&mut self, on: bool) -> io::Result<()> {
        let mut port = match self.port.take() {
            Some(port) => port,
            None => open_port(&self.path)?,
        };
        port.write_all(if on { &self.on } else { &self.off })?;
        port.flush()?;
        self.port = Some(port);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::super::GateDriver as _;
    use super::super::tests::pass;
    use super::*;
    use crate::reader::serial::tests::pseudo_terminal;

    #[test]
    fn a_relay_is_switched_through_a_pseudo_terminal() {
        let (mut other_end, port) = pseudo_terminal();
        let mut gate = gate(&port, "a00101a2", "a00100a1", 5).expect("a relay");
        gate.open(&pass()).expect("open");
        let mut bytes = [0; 8];
        other_end.read_exact(&mut bytes).expect("both orders");
        assert_eq!(hex::encode(bytes), "a00101a2a00100a1");
        drop(other_end);
        assert!(gate.open(&pass()).is_err(), "it was pulled out");
        assert!(gate.line.port.is_none(), "and is looked for again");
    }
}
