//! The parts of the package that people wrote, as `package/` has them: nothing comes in, modules and declarations go
//! out.

use super::{File, commonjs, file, stamp};

/// Modules, each a name and its text.
macro_rules! modules {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("package/src/", $name, ".js")))),*]
    };
}

const MODULES: [(&str, &str); 20] = modules! {
    "address" "event" "explain" "jest" "json" "leaves" "match" "near-miss" "number" "operator" "parse" "pattern" "rule"
    "rule-cdk" "search" "testing" "text" "tree" "values" "zod"
};

/// A module that only ES modules can import.
const VITEST: &str = include_str!("package/src/vitest.js");

const DECLARATIONS: [(&str, &str); 7] = [
    ("types", include_str!("package/src/types.d.ts")),
    ("pattern", include_str!("package/src/pattern.d.ts")),
    ("testing", include_str!("package/src/testing.d.ts")),
    ("jest", include_str!("package/src/jest.d.ts")),
    ("vitest", include_str!("package/src/vitest.d.ts")),
    ("zod", include_str!("package/src/zod.d.ts")),
    ("rule-cdk", include_str!("package/src/rule-cdk.d.ts")),
];

/// The subpaths that every package has.
pub(super) const ENTRIES: [&str; 7] = [
    "cdk", "jest", "pattern", "schemas", "testing", "vitest", "zod",
];

/// The modules, without what is for those who change them; they stand as CommonJS beside.
pub(super) fn modules() -> Vec<(String, String)> {
    let text = |(name, text): (&str, &str)| (name.to_owned(), commonjs::code(text));
    MODULES.map(text).into()
}

/// Declarations, and what is a module alone.
pub(super) fn declarations() -> Vec<File> {
    let stamped = |path: String, text: &str| file(&path, stamp() + text);
    let declared = DECLARATIONS
        .iter()
        .map(|(name, text)| stamped(format!("src/{name}.d.ts"), text));
    declared
        .chain([stamped("src/esm/vitest.js".to_owned(), VITEST)])
        .collect()
}

/// All words that files of the package begin with.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let modules = MODULES.iter().map(|(name, _)| *name);
    let generated = ["details", "events", "index", "known", "samples", "types"];
    modules.chain(generated).chain(ENTRIES)
}
