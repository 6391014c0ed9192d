//! A [`Model`] comes in, the files of all packages go out.

use crate::file::Emitted;
use crate::{python, registry, rust, typescript};
use eventbridge_catalog::model::Model;

/// All files of all packages, sorted by path.
pub fn packages(model: &Model) -> Emitted {
    let mut all = rust::package(model);
    let others = [
        typescript::package(model),
        python::package(model),
        registry::files(model),
    ];
    for Emitted { files, unsaid } in others {
        all.files.extend(files);
        all.unsaid.extend(unsaid);
    }
    all.files.sort_by(|a, b| a.path.cmp(&b.path));
    all
}
