//! The thread on which a gate moves, so that no scan waits for a motor or a controller.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use card::Reason;

use super::{GateDriver, Pass, Passage};

/// An order that could not be carried out for so long is not carried out any more: whoever it was for is gone.
const FRESH: Duration = Duration::from_secs(4);

/// Whoever was let in has so much time to pass before the next may: less than an order stays fresh.
const PASSAGE_LIMIT: Duration = Duration::from_secs(3);

/// A gate on its own thread.
pub struct Lane {
    orders: Sender<(Instant, Order)>,
    thread: JoinHandle<()>,
}

enum Order {
    Open(Pass),
    Deny(Reason),
}

impl Lane {
    /// Starts the thread of a gate.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(gate: Box<dyn GateDriver>) -> io::Result<Self> {
        let (orders, received) = mpsc::channel();
        let thread = thread::Builder::new().name("gate".into()).spawn(move || move_gate(gate, &received))?;
        Ok(Self { orders, thread })
    }

    /// Lets somebody in, as soon as the gate is free.
    pub fn open(&self, pass: Pass) {
        self.order(Order::Open(pass));
    }

    /// Stays shut, and shows so.
    pub fn deny(&self, reason: Reason) {
        self.order(Order::Deny(reason));
    }

    /// Carries out what was ordered, and ends.
    pub fn end(self) {
        drop(self.orders);
        if self.thread.join().is_err() {
            tracing::error!("the gate's driver broke");
        }
    }

    fn order(&self, order: Order) {
        if self.orders.send((Instant::now(), order)).is_err() {
            tracing::error!("the gate's driver broke: a person has to open");
        }
    }
}

fn move_gate(mut gate: Box<dyn GateDriver>, orders: &Receiver<(Instant, Order)>) {
    for (at, order) in orders {
        if at.elapsed() > FRESH {
            tracing::warn!("the gate is too slow: an order is left out");
            continue;
        }
        let done = match &order {
            Order::Open(pass) => gate.open(pass),
            Order::Deny(reason) => gate.deny(*reason),
        };
        match (done, order) {
            (Ok(()), Order::Open(_)) => wait_passage(&mut *gate),
            (Ok(()), Order::Deny(_)) => {}
            (Err(error), _) => tracing::error!(%error, "the gate did not obey: a person has to open"),
        }
    }
}

/// Until somebody passed, a second order would open a gate that is open, and be lost.
fn wait_passage(gate: &mut dyn GateDriver) {
    match gate.wait_passage(PASSAGE_LIMIT) {
        Ok(Passage::Passed | Passage::Unseen) => {}
        Ok(Passage::Missed) => tracing::info!("nobody passed"),
        Err(error) => tracing::warn!(%error, "the gate does not tell who passes"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::tests::pass;
    use super::*;

    /// A gate that moves only when the test says so.
    struct SlowGate {
        may_move: Receiver<()>,
        seen: Arc<Mutex<Vec<String>>>,
    }

    impl GateDriver for SlowGate {
        fn open(&mut self, _: &Pass) -> io::Result<()> {
            self.may_move.recv().map_err(io::Error::other)?;
            self.seen.lock().expect("a list").push("open".into());
            Err(io::Error::other("stuck"))
        }

        fn deny(&mut self, reason: Reason) -> io::Result<()> {
            self.seen.lock().expect("a list").push(reason.to_string());
            Ok(())
        }

        fn check(&mut self) -> io::Result<String> {
            Ok("slow".into())
        }
    }

    #[test]
    fn orders_wait_for_the_gate_and_nobody_waits_for_orders() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (move_on, may_move) = mpsc::channel();
        let lane = Lane::start(Box::new(SlowGate { may_move, seen: seen.clone() })).expect("a thread");
        lane.open(pass());
        lane.deny(Reason::Expired);
        assert!(seen.lock().expect("a list").is_empty(), "nobody waited for the gate");
        move_on.send(()).expect("the gate waits");
        lane.end();
        assert_eq!(*seen.lock().expect("a list"), ["open", "expired"], "also after an error");
    }

    /// A gate that is open until somebody passes.
    struct Turnstile {
        passes: Receiver<Passage>,
        seen: Arc<Mutex<Vec<&'static str>>>,
    }

    impl GateDriver for Turnstile {
        fn open(&mut self, _: &Pass) -> io::Result<()> {
            self.seen.lock().expect("a list").push("open");
            Ok(())
        }

        fn deny(&mut self, _: Reason) -> io::Result<()> {
            self.seen.lock().expect("a list").push("deny");
            Err(io::Error::other("no lamp"))
        }

        fn wait_passage(&mut self, patience: Duration) -> io::Result<Passage> {
            assert!(patience < FRESH);
            let passage = self.passes.recv().map_err(io::Error::other);
            self.seen.lock().expect("a list").push("passage");
            passage
        }

        fn check(&mut self) -> io::Result<String> {
            Ok("a turnstile".into())
        }
    }

    #[test]
    fn the_next_order_waits_until_somebody_passed() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (pass_through, passes) = mpsc::channel();
        let lane = Lane::start(Box::new(Turnstile { passes, seen: seen.clone() })).expect("a thread");
        lane.open(pass());
        lane.open(pass());
        lane.deny(Reason::Expired);
        lane.open(pass());
        pass_through.send(Passage::Passed).expect("the gate waits");
        pass_through.send(Passage::Missed).expect("the gate waits");
        drop(pass_through);
        lane.end();
        let seen = seen.lock().expect("a list").join(" ");
        assert_eq!(seen, "open passage open passage deny open passage");
    }
}
