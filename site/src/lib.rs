//! A schema set comes in, a catalogue of its events goes out: static pages that work from any folder, also without a
//! server and without a script. What stands there is what the model says, with the code that the emitters write.
//!
//! [`plan`] reads schemas and compares folders; nothing else here reads a disk, and nothing writes one.

mod claim;
mod code;
mod event_page;
mod fields;
mod highlight;
mod history;
mod index_page;
mod names;
mod pages;
mod plan;
mod render;
mod sample;
mod search;
mod tester;

pub use pages::{STAMP, pages};
pub use plan::{Planned, apart, plan};
