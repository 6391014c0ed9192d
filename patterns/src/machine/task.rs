//! What is done with an event, whatever the machine.

use super::super::block::{Machine, Plain, Rare, Tokens};
use super::super::outline::Outline;
use super::super::{scan, skim};

/// What is done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// All is checked.
    Check,
    /// Some more blocks are looked at.
    Skim,
}

/// Does it with a machine.
#[inline(always)]
pub(super) fn run_with<T, R, P, W, X>(
    task: Task,
    bytes: &[u8],
    outline: &mut Outline,
    machine: Machine<T, R, P, W, X>,
) -> bool
where
    T: Fn(&[u8; 64]) -> Tokens,
    R: Fn(&[u8; 64]) -> Rare,
    P: Fn(&[u8; 64]) -> Plain,
    W: Fn(&[u8; 64]) -> u64,
    X: Fn(u64) -> u64,
{
    match task {
        Task::Check => scan::run(bytes, outline, machine),
        Task::Skim => {
            skim::run(bytes, outline, machine);
            true
        }
    }
}
