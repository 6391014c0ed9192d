//! Pieces of work come in; what each gave goes out in their order, a bounded number of them done at once.

use crate::api::Failure;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does a work for each of `items`, at most `width` at once.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    width: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let take = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            let gave = work(item);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, gave));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..width.clamp(1, items.len().max(1)) {
            scope.spawn(take);
        }
        take();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, gave)| gave).collect()
}

/// Does the same where a call may fail: none is begun behind one that did.
pub(crate) fn try_each<T: Sync, R: Send>(
    items: &[T],
    width: usize,
    work: impl Fn(&T) -> Result<R, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    let failed = AtomicBool::new(false);
    let done = each(items, width, |item| {
        if failed.load(Ordering::Relaxed) {
            return None;
        }
        let gave = work(item);
        if gave.is_err() {
            failed.store(true, Ordering::Relaxed);
        }
        Some(gave)
    });
    done.into_iter().flatten().collect()
}
