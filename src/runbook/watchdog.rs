//! Who watches from another thread that the code gets on: a loop that never yields
//! cannot be seen from within.

use super::ended::Call;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Signs of life of a run.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    beats: AtomicU64,
    last: Mutex<Option<Call>>,
}

impl Pulse {
    /// Time went on.
    pub(super) fn beat(&self) {
        self.beats.fetch_add(1, Ordering::Relaxed);
    }

    /// A call was made.
    pub(super) fn call(&self, call: &Call) {
        self.beat();
        if let Ok(mut last) = self.last.lock() {
            *last = Some(call.clone());
        }
    }

    /// The last call.
    pub(super) fn last(&self) -> Option<Call> {
        self.last.lock().ok().and_then(|it| it.clone())
    }

    fn count(&self) -> u64 {
        self.beats.load(Ordering::Relaxed)
    }
}

/// Waits for what a run comes to; nothing, if it shows no sign of life for `patience`,
/// or its thread is gone.
pub(super) fn wait<T>(results: &Receiver<T>, pulse: &Pulse, patience: Duration) -> Option<T> {
    let mut before = pulse.count();
    loop {
        match results.recv_timeout(patience) {
            Ok(result) => return Some(result),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                let now = pulse.count();
                if now == before {
                    return None;
                }
                before = now;
            }
        }
    }
}
