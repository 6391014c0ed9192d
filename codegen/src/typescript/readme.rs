//! The package and its events come in, `README.md` goes out.

use super::index::{best, literal};
use super::{Module, Subpath};
use crate::doc;
use crate::file::STAMP;
use eventbridge_catalog::model::Package;

/// The file.
pub(super) fn readme(package: &Package, subpaths: &[Subpath<'_>]) -> String {
    format!(
        "<!-- {STAMP} -->\n\n# {}\n\n{}\n\n## Events\n\n{}",
        doc::unmarked(&package.name),
        doc::unmarked(&package.description),
        rows(subpaths),
    )
}

fn rows(subpaths: &[Subpath<'_>]) -> String {
    let _ = (best(subpaths), literal(""));
    subpaths.iter().flat_map(|path| path.modules.iter().map(|module| row(path, module))).collect()
}

fn row(_: &Subpath<'_>, module: &Module<'_>) -> String {
    format!(
        "- {} from {}: `{}`, {}\n",
        doc::code(&module.event.detail_type),
        doc::code(&module.event.source),
        module.detail,
        doc::how_known(module.event)
    )
}
