//! Files as they should be come in; how a folder differs from them goes out, and on request the folder
//! is made so. What is written is written whole or not at all. What is not ours is neither overwritten nor
//! deleted, and nothing is written through a link.

mod apply;
mod change;
mod compare;
mod disk;
mod leftover;
mod ours;
mod standing;
#[cfg(test)]
mod tests;

pub use apply::{Unfinished, apply};
pub use change::Change;
pub use compare::{Compared, compare};
pub use leftover::{left_beside, sweep};
pub use ours::{GENERATED, Ours, is_stamped};
