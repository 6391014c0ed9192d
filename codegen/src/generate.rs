//! A schema set comes in; the files of its packages, and how a folder differs from them, go out.

mod exposed;

pub use exposed::Breaks;

use crate::file::Unsaid;
use crate::{packages, rust};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::{self, Change, Ours};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use exposed::Exposed;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// The folders below the packages' folder that generating writes: files there that carry the stamp and no schema
/// asks for go.
const PACKAGES: [&str; 4] = ["rust", "typescript", "python", "registry"];

/// What generating finds, before anything is written.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The events.
    pub model: Model,
    /// What has to change in the file of the set that keeps what the packages expose.
    pub surface: Vec<Change>,
    /// What has to change below the packages' folder.
    pub changes: Vec<Change>,
    /// What killed runs left there: see [`files::sweep`].
    pub leftovers: Vec<String>,
    /// What a person should look at: what packages cannot say of single events and do without, and what is no schema.
    pub warnings: Vec<Diagnostic>,
}

/// Whether schemas and packages can stand in these folders without being taken for each other.
///
/// # Errors
///
/// When one would be written into the other.
pub fn apart(schemas: &Path, out: &Path) -> Result<(), Diagnostic> {
    let (set, packages) = (resolved(schemas), resolved(out));
    let inside = PACKAGES
        .iter()
        .any(|name| set.starts_with(packages.join(name)));
    match packages.starts_with(&set) || inside {
        false => Ok(()),
        true => {
            let message = format!(
                "would hold packages among schemas: those stand in {}",
                shown(schemas)
            );
            let help =
                "name a folder for the packages (--out) beside that of the schemas (--schemas)";
            Err(Diagnostic::error(shown(out), message).help(help))
        }
    }
}

/// The path without links, as far as it is there.
pub fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = whole.ancestors().find_map(|above| {
        let rest = whole.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    });
    there.unwrap_or(whole)
}

/// What files ended in that packages had and have no more: they go, if they carry the stamp.
const FORMER_ENDS: [&str; 5] = ["cjs", "cts", "mjs", "mts", "pyi"];

/// Derives the packages of the schema set `schemas` and compares them with the folder `out`. Nothing is
/// written: see [`files::apply`].
///
/// # Errors
///
/// Everything that is wrong with the schemas, with file, line and column.
pub fn plan(schemas: &Path, out: &Path) -> Result<Generated, Vec<Diagnostic>> {
    plan_with(schemas, out, &Breaks::Refused)
}

/// Derives the packages as [`plan`] does; what becomes of changes that break those who use them, the caller says.
///
/// # Errors
///
/// Everything that is wrong with the schemas; changes that break, where they are refused.
pub fn plan_with(
    schemas: &Path,
    out: &Path,
    breaks: &Breaks,
) -> Result<Generated, Vec<Diagnostic>> {
    apart(schemas, out).map_err(|problem| vec![problem])?;
    let Exposed {
        model,
        surface,
        told,
    } = exposed::exposed(schemas, breaks)?;
    let emitted = packages::packages(&model);
    let wanted: BTreeMap<String, String> = emitted
        .files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    let former = FORMER_ENDS.iter().map(|end| Some(OsStr::new(end)));
    let ends: BTreeSet<_> = wanted
        .keys()
        .map(|path| Path::new(path).extension())
        .chain(former)
        .collect();
    let ours = Ours {
        folders: &PACKAGES,
        may_be: &|path| ends.contains(&Path::new(path).extension()),
        is: &|_, text| files::is_stamped(text, crate::STAMP),
    };
    let compared = files::compare(out, &wanted, &ours)?;
    let mut warnings = schema_set::strangers(schemas);
    warnings.extend(told);
    warnings.extend(unsaid_of(schemas, &emitted.unsaid));
    Ok(Generated {
        model,
        surface,
        changes: compared.changes,
        leftovers: compared.leftovers,
        warnings,
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
    let model = exposed::exposed(schemas, &Breaks::Refused)?.model;
    let (text, unsaid) = rust::module(&model);
    Ok((text, unsaid_of(schemas, &unsaid)))
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
    for warning in schema_set::strangers(schemas) {
        println!("cargo::warning={warning}");
    }
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

fn unsaid_of(schemas: &Path, unsaid: &[Unsaid]) -> Vec<Diagnostic> {
    let warning = |unsaid: &Unsaid| {
        let message = format!("`{}`: {}", unsaid.detail_type, unsaid.message);
        match schema_set::place(schemas, &unsaid.source, &unsaid.detail_type) {
            Some((file, place, width)) => Diagnostic::warning(file, message).at(place).wide(width),
            None => Diagnostic::warning(shown(schemas), message),
        }
    };
    unsaid.iter().map(warning).collect()
}
