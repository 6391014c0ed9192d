//! A [`Model`] comes in, a package of types goes out.

use super::File;
use crate::model::Model;

/// The package's files, below `typescript/`.
pub fn package(_model: &Model) -> Vec<File> {
    todo!()
}
