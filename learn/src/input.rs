//! The path of a file of evidence comes in; what was read in it goes out. What kind of evidence it is, its bytes
//! tell; a name that ends as data do only keeps it from passing for a page. Where the bytes leave it open whether a
//! file is a page or holds deliveries, nothing is read, and the caller is asked to say: see `page_or_deliveries.rs` for the rule.

mod decode;
mod line_kind;
mod page_file;
mod page_or_deliveries;
mod sniff;
mod unpack;

pub use page_file::read_page;

use super::delivery::{Delivered, Deliveries};
use super::document::{self, Documents};
use super::evidence::shapes::{ShapeEvidence, Shapes};
use super::names::is_source;
use super::reading::{self, PageReport};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::Origin;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Place;
use page_file::{as_text, read_bytes};
use page_or_deliveries::Verdict;
use sniff::Content;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use unpack::unpack;

/// The largest page that is read, in bytes. Real pages have less than 200 kB; a page that is one event takes forty
/// times its size in memory, what is made to be hard to read up to two hundred times.
pub const MAX_PAGE: usize = 4 << 20;

/// The largest file of shapes that is read, in bytes.
pub const MAX_SHAPES: u64 = 256 << 20;

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 << 10;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// One file of evidence, as read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A documentation page.
    Page(PageReport),
    /// Deliveries; what they show stands with all others.
    Deliveries(Delivered),
    /// Shapes that were saved: the file's path, and what they tell.
    Shapes(String, ShapeEvidence),
    /// A document of a schema registry, or an API model: the file's path, and what it tells.
    Document(String, Documents),
}

/// How many files a folder may hold.
pub const MAX_FILES: usize = 100_000;

/// The files that a path names: itself, or all files in a folder and below, sorted, but for hidden ones. Links in a
/// folder are not followed: they may lead out of it, or around in it, and what lies in it is read anyway.
///
/// # Errors
///
/// A path that does not exist, or a folder without files, or with more than [`MAX_FILES`].
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if path == Path::new(STDIN) || !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let shown = schema_set::shown(path);
    let mut files = Vec::new();
    collect(path, &mut files)
        .map_err(|error| Diagnostic::error(&shown, format!("cannot be read: {error}")))?;
    if files.len() > MAX_FILES {
        let message = format!("is a folder with more than {MAX_FILES} files");
        return Err(Diagnostic::error(shown, message)
            .help("is it the folder that is meant? name folders in it one by one"));
    }
    if files.is_empty() {
        return Err(Diagnostic::error(shown, "is a folder without any file")
            .help("name a folder with pages or deliveries, or the files themselves; links in it are not followed"));
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if entry.file_name().to_string_lossy().starts_with('.') || files.len() > MAX_FILES {
            continue;
        }
        if kind.is_dir() {
            collect(&path, files)?;
        } else if kind.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// What the caller says that a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// A documentation page: its samples are kept as they stand.
    Page,
    /// Events that arrived: their values are not kept.
    Deliveries,
}

/// Reads a file of evidence; deliveries add to those read before. `passed` is told how many bytes of the file
/// were read, as it goes.
///
/// # Errors
///
/// A file that is missing or cannot be read to its end; a page or shapes that cannot be understood; a file that may
/// be a page or deliveries.
pub fn read(
    path: &Path,
    deliveries: &mut Deliveries,
    passed: &dyn Fn(u64),
) -> Result<Input, Diagnostic> {
    read_as(path, None, deliveries, passed)
}

/// Reads a file of evidence as what the caller says that it is.
///
/// # Errors
///
/// Those of [`read`], and a file that cannot be what the caller says.
pub fn read_as(
    path: &Path,
    said: Option<As>,
    deliveries: &mut Deliveries,
    passed: &dyn Fn(u64),
) -> Result<Input, Diagnostic> {
    let shown = schema_set::shown(path);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::error(&shown, "there is no such file"),
        _ => Diagnostic::error(&shown, format!("cannot be read: {error}")),
    };
    let is_stdin = path == Path::new(STDIN);
    if !is_stdin && let Some(documents) = document::read_file(path)? {
        return match said {
            None => Ok(Input::Document(shown, documents)),
            Some(_) => Err(needs_no_word(
                shown,
                "a document of a registry or of an API",
            )),
        };
    }
    let file: Box<dyn Read> = match is_stdin {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(path).map_err(unreadable)?),
    };
    let unpacked = Cell::new(0);
    let source = unpack(file, &unpacked, passed).map_err(unreadable)?;
    let packed = source.packed;
    let mut content = decode::utf8(source.content).map_err(unreadable)?;
    let mut head = Vec::new();
    let looked = content.by_ref().take(HEAD).read_to_end(&mut head);
    looked.map_err(unreadable)?;
    let looks = sniff::sniff(&head, (head.len() as u64) < HEAD);
    let file = Opened {
        path,
        shown,
        is_page_file: !is_stdin && !packed,
        content: Box::new(Cursor::new(head.clone()).chain(content)),
        head,
    };
    match (looks, said) {
        (Content::Shapes, None) => read_shapes(&file.shown, file.content),
        (Content::Shapes, Some(_)) => Err(needs_no_word(file.shown, "shapes that were saved")),
        (_, Some(As::Deliveries)) => file.deliveries(deliveries),
        (_, Some(As::Page)) => file.page(),
        (Content::Deliveries, None) => file.deliveries(deliveries),
        (Content::Empty, None) if !file.is_page_file => file.deliveries(deliveries),
        (Content::Page, None) if is_named_data(path) => file.deliveries(deliveries),
        (Content::Page | Content::Empty, None) => file.judged(deliveries),
    }
}

fn needs_no_word(shown: String, what: &str) -> Diagnostic {
    Diagnostic::error(
        shown,
        format!("holds {what}; it is neither a page nor deliveries"),
    )
    .help("leave out `--as` for this file")
}

/// A file whose head was looked at.
struct Opened<'c> {
    path: &'c Path,
    shown: String,
    /// Whether it could be a page: a page is known by the name of its file, and read whole.
    is_page_file: bool,
    content: Box<dyn Read + 'c>,
    head: Vec<u8>,
}

impl Opened<'_> {
    fn deliveries(self, deliveries: &mut Deliveries) -> Result<Input, Diagnostic> {
        let mut content = self.content;
        if String::from_utf8_lossy(&self.head)
            .trim_start()
            .starts_with('<')
        {
            let mut page = Vec::new();
            let read = content
                .by_ref()
                .take(MAX_PAGE as u64 + 1)
                .read_to_end(&mut page);
            read.map_err(|error| {
                Diagnostic::error(&self.shown, format!("cannot be read: {error}"))
            })?;
            if page.len() <= MAX_PAGE {
                page = decode::plain(&String::from_utf8_lossy(&page)).into_bytes();
            }
            content = Box::new(Cursor::new(page).chain(content));
        }
        deliveries.read(&self.shown, content).map(Input::Deliveries)
    }

    fn page(self) -> Result<Input, Diagnostic> {
        if !self.is_page_file {
            return Err(
                self.no_page("cannot be read as a page: it is packed, or comes from a pipe")
            );
        }
        let text = self.text()?;
        let shown = &self.shown;
        reading::read(shown, &as_text(shown, text)?).map(Input::Page)
    }

    fn no_page(&self, message: &str) -> Diagnostic {
        Diagnostic::error(&self.shown, message)
            .help("a page is known by the name of its file: save it as text, Markdown or HTML")
    }

    /// All of a page, in UTF-8.
    fn text(&self) -> Result<Vec<u8>, Diagnostic> {
        let bytes = read_bytes(self.path, &self.shown)?;
        let unreadable = |error| Diagnostic::error(&self.shown, format!("cannot be read: {error}"));
        let mut text = Vec::new();
        let mut content = decode::utf8(Box::new(Cursor::new(bytes))).map_err(unreadable)?;
        content.read_to_end(&mut text).map_err(unreadable)?;
        Ok(text)
    }

    /// Reads what is not JSON alone, if its content tells what it is.
    fn judged(self, deliveries: &mut Deliveries) -> Result<Input, Diagnostic> {
        let size = std::fs::metadata(self.path).map_or(0, |found| found.len());
        let is_whole = self.is_page_file && size <= MAX_PAGE as u64;
        let bytes = match is_whole {
            true => self.text()?,
            false => self.head.clone(),
        };
        let verdict = page_or_deliveries::judge(&String::from_utf8_lossy(&bytes));
        match verdict {
            Verdict::Page if !self.is_page_file => {
                Err(self.no_page("holds neither events nor shapes"))
            }
            Verdict::Page => self.page(),
            Verdict::Deliveries => self.deliveries(deliveries),
            Verdict::Doubt(_) if !self.is_page_file => self.deliveries(deliveries),
            Verdict::Doubt(seen) => Err(self.doubt(&seen, bytes)),
            Verdict::Yaml => Err(Diagnostic::error(
                &self.shown,
                "holds events in YAML, which are not read",
            )
            .help("save them as JSON; or say `--as page` if it documents events")),
        }
    }

    /// Asks what a file is. As what stands in it may be private, none of it is told.
    fn doubt(&self, seen: &str, bytes: Vec<u8>) -> Diagnostic {
        let message = format!(
            "may be a page that documents events, or hold events that arrived: it has {seen}"
        );
        let read = as_text(&self.shown, bytes).and_then(|text| reading::read(&self.shown, &text));
        let fault = read.err().map(|error| {
            let place = error
                .place
                .map(|place| format!("{}:{}: ", place.line, place.column));
            let place = place.unwrap_or_default();
            format!("; but it cannot be read as one: {place}{}", error.message)
        });
        Diagnostic::error(&self.shown, message).help(format!(
            "say `--as deliveries` if the events arrived (no value of them is kept), or `--as page` if it \
             documents them (samples are kept as they stand){}",
            fault.unwrap_or_default()
        ))
    }
}

/// Whether a file calls itself data. It is then no page, however it begins: of a page the values are kept, of
/// what arrived they must not be.
fn is_named_data(path: &Path) -> bool {
    let end = path.extension().unwrap_or_default();
    ["json", "jsonl", "log", "ndjson"]
        .iter()
        .any(|data| end.eq_ignore_ascii_case(data))
}

fn misread_shapes(shown: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place {
        line: error.line().max(1),
        column: error.column().max(1),
    };
    Diagnostic::error(shown, format!("these shapes cannot be read: {error}"))
        .at(place)
        .help("save them again with `learn --partial`")
}

fn read_shapes(shown: &str, content: impl Read) -> Result<Input, Diagnostic> {
    let mut text = String::new();
    let read = content.take(MAX_SHAPES + 1).read_to_string(&mut text);
    read.map_err(|error| Diagnostic::error(shown, format!("cannot be read: {error}")))?;
    if text.len() as u64 > MAX_SHAPES {
        let message = format!(
            "has more than the {} MB that shapes may have",
            MAX_SHAPES >> 20
        );
        return Err(Diagnostic::error(shown, message));
    }
    let read = ShapeEvidence::read(&text).map_err(|error| misread_shapes(shown, &error))?;
    let sources = read.shapes.keys();
    if let Some(odd) = sources.into_iter().find(|source| !is_source(source)) {
        let message = format!("`{odd}` is no event source that a folder could be named after");
        return Err(Diagnostic::error(shown, message));
    }
    Ok(Input::Shapes(shown.to_owned(), within_bounds(read)))
}

/// Within the bounds of shapes, whoever wrote the file.
fn within_bounds(read: ShapeEvidence) -> ShapeEvidence {
    let mut bounded = ShapeEvidence {
        shapes: Shapes::new(),
        ..read.clone()
    };
    if bounded.origin == Origin::Delivery {
        bounded = ShapeEvidence::deliveries(Shapes::new());
    }
    bounded.join(read);
    bounded
}
