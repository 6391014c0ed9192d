//! A number of calls a second comes in; no more go out, and none while all wait for a registry that is overrun.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Lets calls pass one by one.
pub(crate) struct Limiter {
    apart: Duration,
    next: Mutex<Instant>,
}

impl Limiter {
    /// At most so many calls a second; 0 is no limit.
    pub(crate) fn new(rate: u32) -> Limiter {
        Limiter {
            apart: match rate {
                0 => Duration::ZERO,
                rate => Duration::from_secs(1) / rate,
            },
            next: Mutex::new(Instant::now()),
        }
    }

    /// Waits for a call's turn. Who has it sleeps, so that two that wake late are still apart.
    pub(crate) fn pass(&self) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = next.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            thread::sleep(wait);
        }
        *next = Instant::now() + self.apart;
    }

    /// Nobody passes for a while.
    pub(crate) fn pause(&self, wait: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + wait);
    }
}
