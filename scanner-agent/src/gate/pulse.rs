//! A line that is switched on for a moment: what turnstiles and door openers want.

use std::io;
use std::thread;
use std::time::Duration;

use card::Reason;

use super::{GateDriver, Pass};

/// A line with two states.
pub(super) trait Line: Send {
    /// Switches it.
    fn set(&mut self, on: bool) -> io::Result<()>;
}

/// Opens by a pulse; shut is what it is otherwise.
pub(super) struct PulseGate<L> {
    pub(super) line: L,
    pub(super) what: String,
    pub(super) hold: Duration,
}

impl<L: Line> GateDriver for PulseGate<L> {
    fn open(&mut self, _: &Pass) -> io::Result<()> {
        let on = self.line.set(true);
        if on.is_ok() {
            thread::sleep(self.hold);
        }
        // Also after an error: a gate must not stay open by half an order.
        let off = self.line.set(false);
        on.and(off)
    }

    fn deny(&mut self, _: Reason) -> io::Result<()> {
        Ok(())
    }

    fn check(&mut self) -> io::Result<String> {
        self.line.set(false).map(|()| format!("{} obeys", self.what))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::tests::pass;
    use super::*;

    /// A line that writes down how it was switched, and breaks when told.
    pub(in crate::gate) struct FakeLine {
        pub(in crate::gate) states: Arc<Mutex<Vec<bool>>>,
        pub(in crate::gate) breaks: bool,
    }

    impl Line for FakeLine {
        fn set(&mut self, on: bool) -> io::Result<()> {
            self.states.lock().expect("a list").push(on);
            if on && self.breaks { Err(io::Error::other("stuck")) } else { Ok(()) }
        }
    }

    #[test]
    fn a_pulse_ends_also_when_it_did_not_begin_well() {
        for breaks in [false, true] {
            let states = Arc::new(Mutex::new(Vec::new()));
            let line = FakeLine { states: states.clone(), breaks };
            let mut gate = PulseGate { line, what: "a fake".into(), hold: Duration::from_millis(1) };
            assert_eq!(gate.open(&pass()).is_err(), breaks);
            assert_eq!(*states.lock().expect("a list"), [true, false]);
            gate.deny(Reason::Expired).expect("nothing to do");
            assert_eq!(gate.check().expect("fine"), "a fake obeys");
            assert_eq!(*states.lock().expect("a list"), [true, false, false], "a check does not open");
        }
    }
}
