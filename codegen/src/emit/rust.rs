//! A [`Model`] comes in, a Rust crate goes out.

use super::File;
use crate::model::Model;

/// The crate's files, below `rust/`.
pub fn package(_model: &Model) -> Result<Vec<File>, String> {
    todo!()
}

/// The same types as one file, for a build script to write into `OUT_DIR` and `include!`.
pub fn module(_model: &Model) -> Result<String, String> {
    todo!()
}
