//! A [`Model`] comes in, the files of all packages go out.

use crate::file::File;
use crate::{python, registry, rust, typescript};
use eventbridge_catalog::model::Model;

/// All files of all packages, sorted by path.
///
/// # Errors
///
/// What the model asks for that a language cannot say, in one sentence.
pub fn packages(model: &Model) -> Result<Vec<File>, String> {
    let mut files = rust::package(model)?;
    files.extend(typescript::package(model));
    files.extend(python::package(model));
    files.extend(registry::documents(model)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
