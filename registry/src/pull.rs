//! Registries come in; what they hold goes out as files, one a document, as `learn` reads them. Exporting is not asked
//! for: it refuses schemas that are not AWS's own.

use crate::api::{self, Failure, FailureKind, Schema};
use crate::arn;
use crate::calls::Calls;
use crate::document::Document;
use crate::in_flight;
use crate::mask;
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::{self, Change, Compared, Ours};
use eventbridge_catalog::schema_set;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What to pull.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The registries, each by its name or its ARN: those of other accounts are not listed.
    pub registries: Vec<String>,
    /// Only schemas whose names begin so.
    pub prefix: Option<String>,
    /// Older versions, too.
    pub all_versions: bool,
}

/// What was pulled.
#[derive(Clone, Debug, Default)]
pub struct Pulled {
    /// By path: the documents, as the registry has them.
    pub files: BTreeMap<String, String>,
    /// What a person should look at.
    pub findings: Vec<Diagnostic>,
}

/// One version to ask for; none: the newest.
type Wanted = (String, String, Option<String>);

/// Reads registries.
///
/// # Errors
///
/// The first call that is not answered; a registry that is not there.
pub fn pull(calls: &Calls<'_>, options: &Options) -> Result<Pulled, Failure> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for registry in &options.registries {
        wanted.extend(wanted_of(calls, registry, options)?);
    }
    let width = calls.manners().in_flight;
    let read = in_flight::try_each(&wanted, width, |(registry, schema, version)| {
        api::describe(calls, registry, schema, version.as_deref())
    })?;
    Ok(filed(&wanted, read))
}

fn filed(wanted: &[Wanted], read: Vec<Option<Schema>>) -> Pulled {
    let mut pulled = Pulled::default();
    let mut taken = BTreeSet::new();
    for (wanted, read) in wanted.iter().zip(read) {
        match read.map(|schema| file(wanted, schema, &mut taken)) {
            Some(Ok((path, text, found))) => {
                pulled.files.insert(path, text);
                pulled.findings.extend(found);
            }
            Some(Err(problem)) => pulled.findings.push(problem),
            None => {} // it was deleted meanwhile
        }
    }
    pulled
}

fn wanted_of(calls: &Calls<'_>, registry: &str, options: &Options) -> Result<Vec<Wanted>, Failure> {
    let missing = |failure: Failure| match failure.kind {
        FailureKind::NotFound => Failure {
            message: format!("there is no registry {registry}"),
            ..failure
        },
        _ => failure,
    };
    let listed = api::list_schemas(calls, registry, options.prefix.as_deref()).map_err(missing)?;
    let names: Vec<String> = listed
        .into_iter()
        .map(|schema| schema.schema_name)
        .collect();
    let newest = names
        .iter()
        .map(|name| (registry.to_owned(), name.clone(), None));
    let mut wanted: Vec<Wanted> = newest.collect();
    if options.all_versions {
        wanted.extend(older_versions(calls, registry, &names)?);
    }
    Ok(wanted)
}

fn older_versions(
    calls: &Calls<'_>,
    registry: &str,
    names: &[String],
) -> Result<Vec<Wanted>, Failure> {
    let width = calls.manners().in_flight;
    let versions = in_flight::try_each(names, width, |name| {
        api::list_versions(calls, registry, name)
    })?;
    let mut wanted = Vec::new();
    for (name, mut versions) in names.iter().zip(versions) {
        versions.pop(); // the newest
        let older = versions.into_iter();
        wanted.extend(older.map(|version| (registry.to_owned(), name.clone(), Some(version))));
    }
    Ok(wanted)
}

/// The file of a version: its path, its text, and what is odd about it.
fn file(
    (registry, schema, version): &Wanted,
    answer: Schema,
    taken: &mut BTreeSet<String>,
) -> Result<(String, String, Option<Diagnostic>), Diagnostic> {
    let registry = arn::registry(registry);
    let name = match version {
        Some(version) => format!("{schema}.v{version}"),
        None => schema.clone(),
    };
    let text = answer.content.unwrap_or_default();
    let path = path_of(registry, &name, taken).and_then(|path| {
        check_names(&text)?;
        Ok(path)
    });
    let path = path.map_err(|why| {
        Diagnostic::warning(format!("{registry}/{name}"), format!("is left out: {why}"))
    })?;
    let found = mask::is_masked(&text).then(|| {
        let message = "values in it are masked; they are no evidence of what arrives";
        Diagnostic::warning(path.clone(), message)
    });
    Ok((path, text, found))
}

/// Where the file of a version goes, or why it can go nowhere.
fn path_of(registry: &str, name: &str, taken: &mut BTreeSet<String>) -> Result<String, String> {
    let sound = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    let is_file =
        |name: &str| name.chars().all(sound) && !name.starts_with('.') && !schema_set::device(name);
    if !is_file(registry) || !is_file(name) {
        return Err("no file can be called so".to_owned());
    }
    let path = format!("{registry}/{name}.json");
    match taken.insert(path.to_lowercase()) {
        true => Ok(path),
        false => Err("another differs in upper and lower case alone".to_owned()),
    }
}

/// Whether a document says of which event it is, or why nobody can tell.
fn check_names(text: &str) -> Result<(), String> {
    let document =
        Document::read(text).map_err(|error| format!("what it holds is no document: {error}"))?;
    let masked = document.identity.as_ref().is_some_and(|identity| {
        mask::is_masked(&identity.source) || mask::is_masked(&identity.detail_type)
    });
    let why = "the names in it are masked, so that nobody can tell of which event it is";
    match masked {
        true => Err(why.to_owned()),
        false => Ok(()),
    }
}

/// Which files were pulled into a folder, and what they held: what was changed since is not overwritten.
const MANIFEST: &str = ".pulled.json";

#[derive(Default, Serialize, Deserialize)]
struct Manifest {
    /// Digests by path.
    files: BTreeMap<String, String>,
}

impl Manifest {
    fn read(text: &str) -> Option<Manifest> {
        serde_json::from_str(text).ok()
    }
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes what was pulled below a folder, and gives what changed there.
///
/// # Errors
///
/// Files in the way that were not pulled, or that somebody changed; what cannot be written.
pub fn write(folder: &Path, pulled: &Pulled) -> Result<Vec<Change>, Vec<Diagnostic>> {
    let stands = std::fs::read_to_string(folder.join(MANIFEST)).ok();
    let mut manifest = stands
        .as_deref()
        .and_then(Manifest::read)
        .unwrap_or_default();
    let known = manifest.files.clone();
    let wanted = with_manifest(&pulled.files, &mut manifest)
        .map_err(|error| vec![Diagnostic::error(shown(folder), error.to_string())])?;
    let compared = compare(folder, &wanted, &known)?;
    files::sweep(folder, &compared.leftovers);
    files::apply(folder, &compared.changes).map_err(|unfinished| vec![unfinished.problem()])?;
    let shown = |change: &Change| change.path != MANIFEST;
    Ok(compared.changes.into_iter().filter(shown).collect())
}

/// Files by their paths, and a manifest that names them too.
fn with_manifest(
    files: &BTreeMap<String, String>,
    manifest: &mut Manifest,
) -> serde_json::Result<BTreeMap<String, String>> {
    let digests = files
        .iter()
        .map(|(path, text)| (path.clone(), digest(text)));
    manifest.files.extend(digests);
    let text = serde_json::to_string_pretty(manifest)?;
    let mut wanted = files.clone();
    wanted.insert(MANIFEST.to_owned(), text + "\n");
    Ok(wanted)
}

/// What differs; ours is what was pulled before and stands unchanged.
fn compare(
    folder: &Path,
    wanted: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
) -> Result<Compared, Vec<Diagnostic>> {
    let ours = Ours {
        folders: &[],
        may_be: &|path| path == MANIFEST || known.contains_key(path),
        is: &|path, text| match path {
            MANIFEST => Manifest::read(text).is_some(),
            path => known.get(path).is_some_and(|known| *known == digest(text)),
        },
    };
    files::compare(folder, wanted, &ours)
}
