//! A [`Model`] comes in, the files of all packages go out.

use crate::file::Emitted;
use crate::{python, registry, rust, typescript};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::surface;

/// All files of all packages, sorted by path.
pub fn packages(model: &Model) -> Emitted {
    let mut all = rust::package(model);
    let spelled_out = surface::as_text(model);
    let others = [
        typescript::package(&spelled_out),
        python::package(&spelled_out),
        registry::files(&spelled_out),
    ];
    for Emitted { files, unsaid } in others {
        all.files.extend(files);
        all.unsaid.extend(unsaid);
    }
    all.files.sort_by(|a, b| a.path.cmp(&b.path));
    all
}
