//! A registry comes in; one that is asked no faster than it may be goes out, which asks again what was not answered.

use crate::api::{Call, Failure, FailureKind, Registry};
use crate::limiter::Limiter;
use serde_json::Value;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How a registry is asked.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// So many calls a second at most; 0 is no limit.
    pub rate: u32,
    /// So many calls at once at most.
    pub in_flight: usize,
    /// So often a call is made before it is given up; three times as often where it came too fast.
    pub attempts: u32,
    /// The first wait before a call is made again; each further one is twice as long.
    pub first_wait: Duration,
}

/// No wait is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

impl Default for Manners {
    fn default() -> Self {
        Manners {
            rate: 20,
            in_flight: 16,
            attempts: 8,
            first_wait: Duration::from_millis(100),
        }
    }
}

/// A registry that is asked with manners.
pub struct Calls<'r> {
    registry: &'r dyn Registry,
    manners: Manners,
    limiter: Limiter,
    random: RandomState,
    made: AtomicUsize,
    again: AtomicUsize,
}

impl<'r> Calls<'r> {
    /// A registry as it is asked from here on.
    pub fn new(registry: &'r dyn Registry, manners: Manners) -> Self {
        Calls {
            registry,
            manners,
            limiter: Limiter::new(manners.rate),
            random: RandomState::new(),
            made: AtomicUsize::new(0),
            again: AtomicUsize::new(0),
        }
    }

    /// How it is asked.
    pub fn manners(&self) -> Manners {
        self.manners
    }

    /// How many calls were made.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// How many of them were made again.
    pub fn made_again(&self) -> usize {
        self.again.load(Ordering::Relaxed)
    }

    /// A registry that is overrun is there, and is waited for longer than one that does not answer.
    fn attempts(&self, failure: &Failure) -> u32 {
        match failure.kind {
            FailureKind::Throttled => self.manners.attempts * 3,
            _ => self.manners.attempts,
        }
    }

    /// Between half of a wait and all of it, so that those who were refused together do not come back together.
    fn wait(&self, attempt: u32) -> Duration {
        let whole = self.manners.first_wait * 2_u32.saturating_pow(attempt.min(16));
        let whole = whole.min(LONGEST_WAIT);
        let dice = self.random.hash_one(self.made()) % 1_000;
        whole / 2 + whole.mul_f64(dice as f64 / 2_000.0)
    }
}

impl Registry for Calls<'_> {
    fn call(&self, call: &Call) -> Result<Value, Failure> {
        let mut attempt = 0;
        loop {
            self.limiter.pass();
            self.made.fetch_add(1, Ordering::Relaxed);
            let failure = match self.registry.call(call) {
                Err(failure) if failure.passes() => failure,
                answer => return answer,
            };
            let wait = self.wait(attempt);
            attempt += 1;
            if attempt >= self.attempts(&failure) {
                return Err(failure);
            }
            self.again.fetch_add(1, Ordering::Relaxed);
            match failure.kind {
                FailureKind::Throttled => self.limiter.pause(wait),
                _ => thread::sleep(wait),
            }
        }
    }
}
