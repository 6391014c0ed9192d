//! Editions of pages come in; all that follows from them goes out, before anything is written: schemas, packages,
//! changelog and version.

use super::pages::{Edition, FETCHED, Fetched};
use super::proposal::{self, Proposed};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::diff::{self, Package};
use eventbridge_catalog::files::{self, Change};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set::PACKAGE;
use eventbridge_catalog::surface::{self, SURFACE};
use eventbridge_codegen::generate::{self, Breaks, Generated};
use eventbridge_learn::{Evidence, Learned, Losses};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What the caller lets happen.
pub(super) struct Wishes<'w> {
    pub(super) losses: Losses,
    pub(super) breaks: &'w Breaks,
    pub(super) changelog: &'w Path,
    /// Whether anything is to be written: then what killed runs left goes.
    pub(super) writes: bool,
}

/// Plans all that follows; nothing where nothing does.
pub(super) fn plan(
    (schemas, out): (&Path, &Path),
    editions: &[Edition],
    wishes: &Wishes<'_>,
) -> Result<Option<Proposed>, Vec<Diagnostic>> {
    let learned = learned(schemas, editions, wishes)?;
    let old = exposed(schemas);
    let set = copied(schemas).map_err(|problem| vec![problem])?;
    files::apply(set.path(), &learned.changes).map_err(|it| vec![it.problem()])?;
    let generated = generated((set.path(), schemas), out, wishes)?;
    if learned.changes.is_empty() && generated.changes.is_empty() && generated.surface.is_empty() {
        return Ok(None);
    }
    let new = &generated.model;
    let old = old.unwrap_or_else(|| Model {
        events: Vec::new(),
        ..new.clone()
    });
    let found = diff::diff(&old, new);
    let version = old.package.version.clone();
    let next = version_after(&found, &version);
    let lines = proposal::lines(&found, new);
    let bumped = bumped(schemas, &version, &next);
    // The packages say their version: they are generated anew where it changed.
    let generated = match &bumped {
        None => generated,
        Some(changed) => {
            files::apply(set.path(), std::slice::from_ref(changed))
                .map_err(|it| vec![it.problem()])?;
            self::generated((set.path(), schemas), out, wishes)?
        }
    };
    let mut all = Files::default();
    all.add(schemas, bumped.as_slice());
    all.add(schemas, &learned.changes);
    all.add(schemas, &fetched(schemas, editions));
    all.add(schemas, &generated.surface);
    all.add(out, &generated.changes);
    all.changelog(wishes.changelog, &lines);
    Ok(Some(Proposed {
        diff: found,
        lines,
        version,
        next,
        files: all.0,
        told: learned.diagnostics,
    }))
}

/// What the editions change in the set, with warnings alone beside it; errors where it may not be.
fn learned(
    schemas: &Path,
    editions: &[Edition],
    wishes: &Wishes<'_>,
) -> Result<Learned, Vec<Diagnostic>> {
    let pieces: Vec<Evidence> = editions
        .iter()
        .map(|it| it.reading.clone().into())
        .collect();
    let mut learned = eventbridge_learn::learn_with(schemas, &pieces, wishes.losses);
    if wishes.writes {
        files::sweep(schemas, &learned.leftovers);
        sweep_set(schemas, wishes.changelog);
    }
    let told = &mut learned.diagnostics;
    if told.iter().any(|it| it.severity == Severity::Error) {
        told.retain(|it| it.severity == Severity::Error);
        return Err(learned.diagnostics);
    }
    told.retain(|it| it.severity == Severity::Warning);
    Ok(learned)
}

/// What a copy of a set changes in the packages.
fn generated(
    (copy, schemas): (&Path, &Path),
    out: &Path,
    wishes: &Wishes<'_>,
) -> Result<Generated, Vec<Diagnostic>> {
    let generated = generate::plan_with(copy, out, wishes.breaks)
        .map_err(|problems| in_the_set(problems, copy, schemas))?;
    if wishes.writes {
        files::sweep(out, &generated.leftovers);
    }
    Ok(generated)
}

/// The version that a change asks for: that of the package which it touches most.
fn version_after(found: &diff::Diff, version: &str) -> String {
    let packages = Package::ALL.iter().filter(|it| **it != Package::Registry);
    let bump = packages
        .map(|package| found.effect(*package).bump(version))
        .max();
    bump.and_then(|bump| bump.next(version))
        .unwrap_or_else(|| version.to_owned())
}

/// Removes what killed runs left beside the files of a set that are written here, and the changelog.
fn sweep_set(schemas: &Path, changelog: &Path) {
    sweep_beside(changelog);
    [PACKAGE, FETCHED, SURFACE]
        .iter()
        .for_each(|name| sweep_beside(&schemas.join(name)));
}

/// Removes what killed runs left beside a file.
fn sweep_beside(file: &Path) {
    if let (Some(folder), Some(name)) = (file.parent(), file.file_name()) {
        let here = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        files::sweep(here, &files::left_beside(here, &name.to_string_lossy()));
    }
}

/// The model as packages expose it today; none where there is no set yet.
fn exposed(schemas: &Path) -> Option<Model> {
    surface::exposed(schemas).ok()
}

/// Problems of a copy of a set are told of the set.
fn in_the_set(mut problems: Vec<Diagnostic>, copy: &Path, schemas: &Path) -> Vec<Diagnostic> {
    let (copy, set) = (copy.to_string_lossy(), schemas.to_string_lossy());
    for problem in &mut problems {
        problem.path = problem.path.replace(&*copy, &set);
    }
    problems
}

/// A copy of the files of a set, for what is planned to be tried on.
fn copied(schemas: &Path) -> Result<TempDir, Diagnostic> {
    let failed = |error: std::io::Error| Diagnostic::unreadable(schemas.to_string_lossy(), error);
    let copy = TempDir::new().map_err(failed)?;
    let mut open = vec![(schemas.to_owned(), copy.path().to_owned())];
    while let Some((from, to)) = open.pop() {
        if !from.is_dir() {
            continue;
        }
        std::fs::create_dir_all(&to).map_err(failed)?;
        for entry in std::fs::read_dir(&from).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default();
            match path.is_dir() {
                true => open.push((path.clone(), to.join(name))),
                false if path.is_file() => {
                    let _ = std::fs::copy(&path, to.join(name)).map_err(failed)?;
                }
                false => {}
            }
        }
    }
    Ok(copy)
}

/// `package.json` with the next version, where it says one and there is a next.
fn bumped(schemas: &Path, version: &str, next: &str) -> Option<Change> {
    let old = std::fs::read_to_string(schemas.join(PACKAGE)).ok()?;
    let said = format!("\"version\": \"{version}\"");
    let new = old.replacen(&said, &format!("\"version\": \"{next}\""), 1);
    (new != old).then(|| Change {
        path: PACKAGE.to_owned(),
        old: Some(old),
        new: Some(new),
    })
}

/// What servers said of the pages that are learned.
fn fetched(schemas: &Path, editions: &[Edition]) -> Vec<Change> {
    let old = std::fs::read_to_string(schemas.join(FETCHED)).ok();
    let new = Fetched::read(schemas).with(editions);
    let change = Change {
        path: FETCHED.to_owned(),
        old,
        new,
    };
    match change.old == change.new {
        true => Vec::new(),
        false => vec![change],
    }
}

/// Every file that changes.
#[derive(Default)]
struct Files(Vec<(PathBuf, Option<String>, Option<String>)>);

impl Files {
    fn add(&mut self, folder: &Path, changes: &[Change]) {
        let changes = changes.iter();
        self.0
            .extend(changes.map(|it| (folder.join(&it.path), it.old.clone(), it.new.clone())));
    }

    fn changelog(&mut self, file: &Path, lines: &[String]) {
        let Ok(old) = std::fs::read_to_string(file) else {
            return;
        };
        let new = proposal::changelog(&old, lines);
        if new != old {
            self.0.push((file.to_owned(), Some(old), Some(new)));
        }
    }
}
