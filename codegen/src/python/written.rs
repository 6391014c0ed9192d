//! The parts of the package that people write: real files beside this one, which their own tools lint and test. The name
//! of a package comes in, its files go out, stamped.

use super::{source, stamp};
use crate::file::{File, STAMP};

/// What stands in the files for the name of the package.
const PLACEHOLDER: &str = "this_package";

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("package/", $path)))),*]
    };
}

const FILES: &[(&str, &str)] = files! {
    "_event.py"
    "_extra.py"
    "_guards.py"
    "_lazy.py"
    "_moment.py"
    "_parse.py"
    "_python310.py"
    "_row.py"
    "_subject.py"
    "_typing.py"
    "_values.py"
    "envelope.py"
    "match/__init__.py"
    "match/_address.py"
    "match/_explain.py"
    "match/_leaves.py"
    "match/_near_miss.py"
    "match/_number.py"
    "match/_operators.py"
    "match/_parse.py"
    "match/_parse_operators.py"
    "match/_search.py"
    "match/_tape.py"
    "match/_text.py"
    "patterns/_rule.py"
    "patterns/_tests.py"
    "pydantic.py"
    "samples/_envelope.py"
    "samples/_make.py"
    "schemas/_load.py"
    "testing.py"
    "views/_of.py"
    "views/_view.py"
};

const LICENSES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
];

/// The files of the package called so by `import`.
pub(super) fn files(import: &str) -> Vec<File> {
    let modules = FILES.iter().map(|(path, text)| {
        let text = text.replace(PLACEHOLDER, import);
        source(import, path, stamp() + &text)
    });
    let licenses = LICENSES.iter().map(|(path, text)| File {
        path: format!("python/{path}"),
        text: format!("{}\n\n# {STAMP}\n", text.trim_end()),
    });
    modules.chain(licenses).collect()
}
