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

    /// Waits for a call's turn, and gives when that was. Who has it sleeps, so that two that wake late are still apart.
    pub(crate) fn pass(&self) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = next.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            thread::sleep(wait);
        }
        let now = Instant::now();
        *next = now + self.apart;
        now
    }

    /// Nobody passes for a while.
    pub(crate) fn pause(&self, wait: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_apart_however_many_wait() {
        let limiter = Limiter::new(200);
        let turns = Mutex::new(Vec::new());
        let wait = || {
            for _ in 0..10 {
                let turn = limiter.pass();
                turns.lock().unwrap().push(turn);
            }
        };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(wait);
            }
        });
        let mut turns = turns.into_inner().unwrap();
        turns.sort();
        let apart = turns.windows(2).map(|pair| pair[1] - pair[0]).min();
        assert!(apart >= Some(Duration::from_millis(5)), "{apart:?}");
    }
}
