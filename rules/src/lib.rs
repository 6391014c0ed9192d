#![doc = include_str!("../README.md")]

pub mod bytes;
mod catalogue;
mod check;
mod finding;
mod fix;
mod moved;
mod near;
mod reading;
mod sample;
mod transform;
mod write;

pub use catalogue::Catalogue;
pub use check::check;
pub use finding::{Code, Edit, Finding};
pub use fix::fixed;
pub use moved::moved;
pub use reading::{Draft, Kind, LeftOut, Reading, Rule, Settings, Source, read, read_text};
pub use sample::{SampleError, event_type, sample, sample_for};
pub use transform::{Input, TargetInput};
pub use write::{Language, Target, fields, pattern, rule};
