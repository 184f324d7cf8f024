//! Gate drivers: what a permission opens.
//!
//! Scans are decided whether a gate moves quickly or not: its driver works on a thread of its own.

mod http;
mod lane;
mod pulse;
mod relay;

#[cfg(feature = "gpio")]
mod gpio;

use std::io;
use std::time::Duration;

use card::{HandPermit, Permit, Reason};
use serde::{Deserialize, Serialize};

pub use lane::Lane;

/// A gate that can be opened. Only a [`Pass`] opens it.
pub trait GateDriver: Send {
    /// Lets in whom the pass names.
    ///
    /// # Errors
    /// When the gate did not take the order.
    fn open(&mut self, pass: &Pass) -> io::Result<()>;

    /// Stays shut, and shows so.
    ///
    /// # Errors
    /// When the gate did not take the order.
    fn deny(&mut self, reason: Reason) -> io::Result<()>;

    /// After it opened: waits until whoever was let in has passed, but not for longer than `patience`. A gate that sees nobody says so at
    /// once.
    ///
    /// # Errors
    /// When the gate sees who passes, and does not tell.
    fn wait_passage(&mut self, patience: Duration) -> io::Result<Passage> {
        let _ = patience;
        Ok(Passage::Unseen)
    }

    /// Says in a sentence whether the gate can be reached, without opening it.
    ///
    /// # Errors
    /// When it cannot.
    fn check(&mut self) -> io::Result<String>;
}

/// What became of somebody who was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// They passed.
    Passed,
    /// They did not pass, and the gate is shut again.
    Missed,
    /// The gate has no eye for it.
    Unseen,
}

/// A permission to open once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// A card that was admitted.
    Card(Permit),
    /// A person who takes the responsibility.
    Hand(HandPermit),
}

/// Which gate hangs at this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "driver", rename_all = "snake_case", deny_unknown_fields)]
pub enum GateConfig {
    /// None with a motor: the log says what it would do, and a person opens the door.
    #[default]
    Log,
    /// A controller in the local network: `POST URL/open` and `POST URL/deny`.
    Http {
        /// Its address, for instance `http://192.168.1.20`.
        url: String,
        /// Whether it can tell who passed: `GET URL/passage` answers then.
        #[serde(default)]
        sees_passage: bool,
    },
    /// A relay at a serial port.
    SerialRelay {
        /// The path of the port, best one below `/dev/serial/by-id`.
        port: String,
        /// The bytes that switch it on, in hexadecimal digits.
        on: String,
        /// The bytes that switch it off.
        off: String,
        /// How long it stays on.
        #[serde(default = "hold_ms_default")]
        hold_ms: u64,
    },
    /// A line of the machine's own pins. Needs a program that was built with the feature `gpio`.
    Gpio {
        /// The chip, for instance `/dev/gpiochip0`.
        chip: String,
        /// The number of the line.
        line: u32,
        /// How long it stays on.
        #[serde(default = "hold_ms_default")]
        hold_ms: u64,
    },
}

impl GateConfig {
    /// The driver of this gate.
    ///
    /// # Errors
    /// A sentence when it cannot be used.
    pub fn driver(&self) -> anyhow::Result<Box<dyn GateDriver>> {
        Ok(match self {
            Self::Log => Box::new(LogGate),
            Self::Http { url, sees_passage } => Box::new(http::HttpGate::new(url, *sees_passage)),
            Self::SerialRelay { port, on, off, hold_ms } => Box::new(relay::gate(port, on, off, *hold_ms)?),
            #[cfg(feature = "gpio")]
            Self::Gpio { chip, line, hold_ms } => Box::new(gpio::gate(chip, *line, *hold_ms)?),
            #[cfg(not(feature = "gpio"))]
            Self::Gpio { .. } => anyhow::bail!("this program was built without the feature gpio"),
        })
    }
}

/// A gate without a motor: it writes what it would do to the log, and a person opens the door.
#[derive(Clone, Copy, Debug, Default)]
struct LogGate;

impl GateDriver for LogGate {
    fn open(&mut self, pass: &Pass) -> io::Result<()> {
        match pass {
            Pass::Card(permit) => tracing::info!(
                card_id = %permit.card_id(), companions = permit.companions(), same_scan = permit.same_scan(), "open"
            ),
            Pass::Hand(permit) => tracing::info!(by = hex::encode(permit.by().as_bytes()), "open by hand"),
        }
        Ok(())
    }

    fn deny(&mut self, reason: Reason) -> io::Result<()> {
        tracing::info!(%reason, "stay shut");
        Ok(())
    }

    fn check(&mut self) -> io::Result<String> {
        Ok("no gate with a motor is set up: the log says what to do, and a person opens".into())
    }
}

const fn hold_ms_default() -> u64 {
    800
}

#[cfg(test)]
pub(crate) mod tests {
    use card::{PinHash, PinTag, StaffPin};

    use super::*;

    /// A pass that any gate takes.
    pub(crate) fn pass() -> Pass {
        let pin = PinHash::of_pin("290417", [7; 16]).expect("a PIN");
        let staff = [StaffPin { tag: PinTag::from_bytes([1; 8]), pin }];
        Pass::Hand(HandPermit::by_pin("290417", &staff).expect("a permit"))
    }

    #[test]
    fn a_gate_is_chosen_by_the_configuration() {
        let config = |text: &str| toml::from_str::<GateConfig>(text);
        let relay = config("driver = \"serial_relay\"\nport = \"/dev/x\"\non = \"a0\"\noff = \"a1\"").expect("a relay");
        assert!(matches!(&relay, GateConfig::SerialRelay { hold_ms: 800, .. }) && relay.driver().is_ok());
        let odd = config("driver = \"serial_relay\"\nport = \"/dev/x\"\non = \"a\"\noff = \"a1\"").expect("a relay");
        assert!(odd.driver().is_err(), "half a byte");
        assert!(config("driver = \"http\"\nurl = \"http://127.0.0.1:1\"").expect("http").driver().is_ok());
        assert!(config("driver = \"http\"").is_err() && config("driver = \"laser\"").is_err());
        let pins = config("driver = \"gpio\"\nchip = \"/dev/no-such-chip\"\nline = 4").expect("pins");
        assert!(pins.driver().is_err(), "no such chip, or no such feature");
        assert!(GateConfig::default().driver().expect("the log").open(&pass()).is_ok());
    }
}
