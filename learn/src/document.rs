//! The path of a file that may be a document comes in; if it is one of a schema registry or an API model, what
//! was read in it goes out.

use super::texts::Texts;
use super::texts::model::Documentation;
use super::{Evidence, api_model, registry};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Lines;
use flate2::read::GzDecoder;
use std::fs;
use std::io::Read;
use std::path::Path;

/// The largest document that is read, in bytes, uncompressed. Large API models have a quarter of that.
pub const MAX_DOCUMENT: u64 = 16 << 20;

/// How much of a file that is too large is looked at.
const HEAD: u64 = 64 << 10;

/// What was read in documents.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// What they tell.
    pub pieces: Vec<Evidence>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
    /// What a model says in words.
    documentation: Option<Documentation>,
}

impl Documents {
    /// What they say of fields in words.
    pub fn texts(&self) -> Option<Texts> {
        let documentation = self.documentation.as_ref()?;
        Some(Texts::Model(documentation.texts()))
    }
}

/// Reads the document in a file. None: it holds evidence of another kind.
///
/// # Errors
///
/// A file that cannot be read; a document that cannot be understood.
pub fn read_file(path: &Path) -> Result<Option<Documents>, Diagnostic> {
    let shown = schema_set::shown(path);
    let Some(text) = text(path, &shown)? else {
        return Ok(None);
    };
    read(&shown, &text)
}

/// Reads the text of a document. None: it is evidence of another kind.
///
/// # Errors
///
/// A document that cannot be understood.
pub fn read(path: &str, text: &str) -> Result<Option<Documents>, Diagnostic> {
    if !text.trim_start().starts_with('{') || !MARKS.iter().any(|mark| text.contains(mark)) {
        return Ok(None);
    }
    let document = match json::read_strict(text) {
        Ok(document) => document,
        Err(error) => return misread(path, text, error),
    };
    let documents = if api_model::looks_like(&document) {
        let model = api_model::read(path, text, &document)?;
        Documents {
            pieces: vec![model.into()],
            diagnostics: Vec::new(),
            documentation: Some(Documentation::of(&document)),
        }
    } else if registry::looks_like(&document) {
        let (shapes, diagnostics) = registry::read(path, text, &document)?;
        Documents {
            pieces: vec![shapes.into()],
            diagnostics,
            documentation: None,
        }
    } else {
        return Ok(None);
    };
    Ok(Some(documents))
}

/// Texts of which one stands in every document: what has none is not read as one.
const MARKS: [&str; 6] = [
    "x-amazon-events-",
    "\"openapi\"",
    "\"swagger\"",
    "\"Content\"",
    "json-schema.org/",
    "\"serviceId\"",
];

/// Text that is no JSON is a document only if it begins as one: pages and streams of events are read elsewhere.
fn misread(
    path: &str,
    text: &str,
    error: json::ReadError,
) -> Result<Option<Documents>, Diagnostic> {
    let begins = json::read(text, 0).map(|reading| reading.node);
    let is_document = |node: &Node| {
        let event = node.get("detail-type").is_some();
        !event && (api_model::looks_like(node) || registry::looks_like(node))
    };
    match begins {
        Ok(node) if is_document(&node) => {
            let place = Lines::new(text).place(error.at);
            Err(Diagnostic::error(path, error.message).at(place))
        }
        _ => Ok(None),
    }
}

/// The text of a file, plain or compressed with gzip. None: it is too large for a document, or no text.
fn text(path: &Path, shown: &str) -> Result<Option<String>, Diagnostic> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Diagnostic::error(shown, "there is no such file"),
        _ => Diagnostic::error(shown, format!("cannot be read: {error}")),
    };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_DOCUMENT {
        return match begins_as_document(path).map_err(unreadable)? {
            true => Err(too_large(shown)),
            false => Ok(None),
        };
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => match inflated(&bytes) {
            Some(bytes) => bytes,
            None => return Ok(None),
        },
        false => bytes,
    };
    Ok(String::from_utf8(bytes).ok())
}

/// Whether a file that is too large for a document begins as one, and not as events do.
fn begins_as_document(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let marked = MARKS.iter().any(|mark| head.contains(mark));
    Ok(head.trim_start().starts_with('{') && marked && !head.contains("\"detail-type\""))
}

fn too_large(shown: &str) -> Diagnostic {
    let message = format!(
        "has more than the {} MB that a document may have",
        MAX_DOCUMENT >> 20
    );
    Diagnostic::error(shown, message).help("export the schemas of fewer events at a time")
}

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut inflated = Vec::new();
    let mut reader = GzDecoder::new(bytes).take(MAX_DOCUMENT + 1);
    reader.read_to_end(&mut inflated).ok()?;
    (inflated.len() as u64 <= MAX_DOCUMENT).then_some(inflated)
}
