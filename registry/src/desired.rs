//! Documents on disk come in; where each should stand in which registry goes out.

use crate::arn;
use crate::document::{Dialect, Document, Identity};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::schema_set;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A schema as it should stand.
#[derive(Clone, Debug)]
pub struct Desired {
    /// The registry's name.
    pub registry: String,
    /// The schema's name.
    pub schema: String,
    /// What it should hold.
    pub document: Document,
    /// Whether it is exported. What is not, is not called orphaned where it stands.
    pub selected: bool,
    /// Of a document to which others add: how it is made of what stands.
    pub join: Option<Join>,
}

/// What stands comes in, if anything does; what should stand goes out, or why nothing can be made of it.
#[derive(Clone)]
pub struct Join(pub Arc<JoinFn>);

type JoinFn = dyn Fn(Option<&str>) -> Result<String, String> + Send + Sync;

impl fmt::Debug for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Join")
    }
}

impl Desired {
    /// The content that a schema of a registry should have.
    ///
    /// # Errors
    ///
    /// A content that is no document.
    pub fn new(registry: &str, schema: &str, content: &str) -> Result<Desired, Diagnostic> {
        let named = format!("{registry}/{schema}");
        let document = Document::read(content)
            .map_err(|error| Diagnostic::error(named, error.message).at(error.place))?;
        Ok(Desired {
            registry: registry.to_owned(),
            schema: schema.to_owned(),
            document,
            selected: true,
            join: None,
        })
    }

    /// A schema whose content is made of what stands there, as where others add to it.
    ///
    /// # Errors
    ///
    /// Where of nothing no document can be made.
    pub fn joined(registry: &str, schema: &str, join: Join) -> Result<Desired, Diagnostic> {
        let named = || format!("{registry}/{schema}");
        let content = (join.0)(None).map_err(|why| Diagnostic::error(named(), why))?;
        Ok(Desired {
            join: Some(join),
            ..Desired::new(registry, schema, &content)?
        })
    }

    /// The same, made of what stands there.
    ///
    /// # Errors
    ///
    /// Why nothing can be made of it.
    pub(crate) fn beside(&self, present: Option<&str>) -> Result<Desired, String> {
        let (Some(join), Some(present)) = (&self.join, present) else {
            return Ok(self.clone());
        };
        let content = (join.0)(Some(present))?;
        let document = Document::read(&content).map_err(|error| error.to_string())?;
        Ok(Desired {
            document,
            ..self.clone()
        })
    }

    /// Why the registry would not take it.
    pub(crate) fn refused(&self) -> Option<String> {
        if let Some(why) = refused_name(&self.schema) {
            return Some(why);
        }
        let characters = self.document.text.chars().count();
        if characters > MAX_CONTENT {
            let message =
                format!("it has {characters} characters, and the registry takes {MAX_CONTENT}");
            return Some(message);
        }
        let nameless = self.document.identity.is_none() && self.join.is_none();
        nameless.then(|| {
            "it names no source and detail-type, or several: x-amazon-events-source and x-amazon-events-detail-type, or an enum of one value for each".to_owned()
        })
    }
}

/// The longest name of a schema.
const MAX_SCHEMA_NAME: usize = 385;

/// The longest name of a registry.
const MAX_REGISTRY_NAME: usize = 64;

/// How many characters a document may have.
pub const MAX_CONTENT: usize = 100_000;

/// What has a registry of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Each event source.
    Source,
    /// Each dialect.
    Dialect,
}

/// Which documents go where.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The registry; where there are several, what their names begin with.
    pub registry: String,
    /// What has one of its own.
    pub per: Vec<Per>,
    /// The dialects that are exported.
    pub dialects: Vec<Dialect>,
    /// Whether events that are known by name alone are exported, too.
    pub all: bool,
}

impl Layout {
    /// The registry of an event's document.
    pub fn registry_of(&self, identity: Option<&Identity>, dialect: Dialect) -> String {
        let part = |per: &Per| match (per, dialect) {
            (Per::Source, _) => identity.map(|identity| identity.source.clone()),
            (Per::Dialect, Dialect::OpenApi3) => Some("openapi3".to_owned()),
            (Per::Dialect, Dialect::JsonSchemaDraft4) => Some("draft4".to_owned()),
        };
        let own = self.per.iter().filter_map(part);
        let parts: Vec<String> = std::iter::once(self.registry.clone()).chain(own).collect();
        parts.join("-")
    }

    /// The documents of a folder, which has one folder for each dialect.
    ///
    /// # Errors
    ///
    /// A call that cannot be meant; a folder or a file that cannot be read; names that no registry may have.
    pub fn read(&self, folder: &Path) -> Result<Vec<Desired>, Vec<Diagnostic>> {
        if self.dialects.len() > 1 && !self.per.contains(&Per::Dialect) {
            let message = "both dialects of an event have one name, which a registry has once";
            let help =
                "choose one with --dialect, or give each a registry with --registry-per dialect";
            return Err(vec![Diagnostic::error(&self.registry, message).help(help)]);
        }
        let (mut desired, mut problems) = (Vec::new(), Vec::new());
        for dialect in &self.dialects {
            match self.read_dialect(&folder.join(dialect.folder())) {
                Ok(documents) => desired.extend(documents),
                Err(found) => problems.extend(found),
            }
        }
        problems.extend(desired.iter().filter_map(misnamed).take(1));
        match problems.is_empty() {
            true => Ok(desired),
            false => Err(problems),
        }
    }

    fn read_dialect(&self, folder: &Path) -> Result<Vec<Desired>, Vec<Diagnostic>> {
        let files = generated_files(folder).map_err(|problem| vec![problem])?;
        let (mut desired, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            match self.read_file(&file) {
                Ok(document) => desired.push(document),
                Err(problem) => problems.push(problem),
            }
        }
        match problems.is_empty() {
            true => Ok(desired),
            false => Err(problems),
        }
    }

    fn read_file(&self, file: &Path) -> Result<Desired, Diagnostic> {
        let path = shown(file);
        let text =
            std::fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(&path, error))?;
        let document = Document::read(&text)
            .map_err(|error| Diagnostic::error(&path, error.message).at(error.place))?;
        let stem = file.file_stem().unwrap_or_default();
        Ok(Desired {
            registry: self.registry_of(document.identity.as_ref(), document.dialect),
            schema: stem.to_string_lossy().into_owned(),
            selected: self.all || document.typed,
            document,
            join: None,
        })
    }
}

fn misnamed(desired: &Desired) -> Option<Diagnostic> {
    let name = arn::registry(&desired.registry);
    let sound = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    let is_sound = !name.is_empty() && name.len() <= MAX_REGISTRY_NAME && name.chars().all(sound);
    (!is_sound).then(|| {
        let message = format!(
            "no registry can be called so: a name has letters, digits, `.`, `-`, `_` and `@` alone, {MAX_REGISTRY_NAME} at most"
        );
        Diagnostic::error(name, message)
    })
}

/// Why the registry would not take a name of a schema.
fn refused_name(name: &str) -> Option<String> {
    if name.len() > MAX_SCHEMA_NAME {
        let message = "its name has more than the {} characters that the registry takes";
        return Some(message.replace("{}", &MAX_SCHEMA_NAME.to_string()));
    }
    let is_sound = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    let message = "the registry takes names of letters, digits, `.`, `-`, `_` and `@` alone";
    (name.is_empty() || !name.chars().all(is_sound)).then(|| message.to_owned())
}

fn generated_files(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !folder.is_dir() {
        let problem = Diagnostic::error(shown(folder), "there is no such folder of documents");
        return Err(problem.help("`cargo codegen` makes it"));
    }
    let files = schema_set::schema_files(folder)?;
    if files.is_empty() {
        let problem = Diagnostic::error(shown(folder), "is a folder without any document");
        return Err(problem.help("`cargo codegen` makes them"));
    }
    Ok(files)
}
