//! A schema set comes in; the files of its packages, and how a folder differs from them, go out.

use crate::diagnostic::Diagnostic;
use crate::file::Unsaid;
use crate::files::{self, Change};
use crate::model::Model;
use crate::{catalog, packages, rust};
use std::io;
use std::path::Path;

/// The folders below the packages' folder that generating owns: files there that no schema asks for go,
/// but for lock files, and licences, which are for those to choose who publish.
const PACKAGES: [&str; 4] = ["rust/", "typescript/", "python/", "registry/"];

/// What generating finds, before anything is written.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The events.
    pub model: Model,
    /// What has to change below the packages' folder.
    pub changes: Vec<Change>,
    /// What packages cannot say of single events, and do without.
    pub diagnostics: Vec<Diagnostic>,
}

/// Derives the packages of the schema set `schemas` and compares them with the folder `out`. Nothing is
/// written: see [`files::apply`].
///
/// # Errors
///
/// Everything that is wrong with the schemas, with file, line and column.
pub fn plan(schemas: &Path, out: &Path) -> Result<Generated, Vec<Diagnostic>> {
    let model = catalog::load(schemas)?;
    let emitted = packages::packages(&model);
    let wanted = emitted
        .files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    let owns = |path: &str| {
        PACKAGES.iter().any(|folder| path.starts_with(folder))
            && !path.ends_with("Cargo.lock")
            && !path.contains("/LICENSE")
    };
    let changes = files::compare(out, &wanted, &owns).map_err(|error| {
        vec![Diagnostic::error(
            catalog::shown(out),
            format!("cannot be read: {error}"),
        )]
    })?;
    Ok(Generated {
        model,
        changes,
        diagnostics: warnings(schemas, &emitted.unsaid),
    })
}

/// Renders the Rust types of a schema set as one file, with warnings of what they do without, for a build script to write into `OUT_DIR` and for
/// its crate to `include!` in a module. The crate depends on `eventbridge-runtime`, `serde` and
/// `serde_json`.
///
/// # Errors
///
/// Everything that is wrong with the schemas, with file, line and column.
pub fn rust_module(schemas: &Path) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let model = catalog::load(schemas)?;
    let (text, unsaid) = rust::module(&model);
    Ok((text, warnings(schemas, &unsaid)))
}

/// All that a build script does: renders the Rust types of a schema set into `OUT_DIR/events.rs`, as
/// [`rust_module`] does, and again when the schemas change. What is wrong with them becomes cargo's errors,
/// with file, line and column. A crate with the feature `patterns`, which turns on the feature `pattern` of
/// `eventbridge-runtime`, has pattern builders too.
///
/// # Errors
///
/// When it does not run in a build script, or the file cannot be written.
pub fn build_script(schemas: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", schemas.display());
    // A crate that has no such feature does without pattern builders, and without a warning.
    println!("cargo::rustc-check-cfg=cfg(feature, values(\"patterns\"))");
    let out = std::env::var_os("OUT_DIR")
        .ok_or_else(|| io::Error::other("OUT_DIR is not set: only cargo runs a build script"))?;
    match rust_module(schemas) {
        Ok((module, warnings)) => {
            warnings
                .iter()
                .for_each(|warning| println!("cargo::warning={warning}"));
            std::fs::write(Path::new(&out).join("events.rs"), module)
        }
        Err(problems) => {
            problems
                .iter()
                .for_each(|problem| println!("cargo::error={problem}"));
            Ok(())
        }
    }
}

fn warnings(schemas: &Path, unsaid: &[Unsaid]) -> Vec<Diagnostic> {
    let warning = |unsaid: &Unsaid| {
        let message = format!("`{}`: {}", unsaid.detail_type, unsaid.message);
        match catalog::place(schemas, &unsaid.source, &unsaid.detail_type) {
            Some((file, place, width)) => Diagnostic::warning(file, message).at(place).wide(width),
            None => Diagnostic::warning(catalog::shown(schemas), message),
        }
    };
    unsaid.iter().map(warning).collect()
}
