//! A [`Model`](eventbridge_catalog::model::Model) of events comes in, the files of typed packages go out: one emitter
//! a language, pure functions of the model. [`generate`] reads schemas and compares folders; nothing else here
//! reads a disk, and nothing writes one.

mod doc;
mod evidence;
mod file;
pub mod generate;
mod groups;
mod literal;
mod names;
mod packages;
pub mod python;
pub mod registry;
mod revision;
pub mod rust;
mod sample;
mod table;
pub mod typescript;
mod uses;

pub use file::{Emitted, File, STAMP, Unsaid};
pub use groups::subject_in_words;
pub use packages::packages;
pub use sample::whole as whole_sample;
