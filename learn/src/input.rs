//! The path of a file of evidence comes in; what was read in it goes out. What kind of evidence it is, its bytes
//! tell; a name that ends as data do only keeps it from passing for a page.

mod look;

use super::delivery::{Delivered, Deliveries};
use super::document::{self, Documents};
use super::names::is_source;
use super::reading::{self, Reading};
use super::told::{self, Told};
use crate::catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Origin;
use crate::text::Place;
use flate2::bufread::MultiGzDecoder;
use look::Looks;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// The largest page that is read, in bytes. Real pages have less than 200 kB; what is made to be hard to
/// read takes up to two hundred times its size in memory.
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
    Page(Reading),
    /// Deliveries; what they show stands with all others.
    Deliveries(Delivered),
    /// Shapes that were saved: the file's path, and what they tell.
    Shapes(String, Told),
    /// A document of a schema registry, or an API model: the file's path, and what it tells.
    Document(String, Documents),
}

/// The files that a path names: itself, or all files in a folder and below, sorted, but for hidden ones.
///
/// # Errors
///
/// A path that does not exist, or a folder without files.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if path == Path::new(STDIN) || !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let shown = catalog::shown(path);
    let mut files = Vec::new();
    collect(path, &mut files)
        .map_err(|error| Diagnostic::error(&shown, format!("cannot be read: {error}")))?;
    if files.is_empty() {
        return Err(Diagnostic::error(shown, "is a folder without any file")
            .help("name a folder with pages or deliveries, or the files themselves"));
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            collect(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads a file of evidence; deliveries add to those read before. `passed` is told how many bytes of the file
/// were read, as it goes.
///
/// # Errors
///
/// A file that is missing or cannot be read to its end; a page or shapes that cannot be understood.
pub fn read(
    path: &Path,
    deliveries: &mut Deliveries,
    passed: &dyn Fn(u64),
) -> Result<Input, Diagnostic> {
    let shown = catalog::shown(path);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::error(&shown, "there is no such file"),
        _ => Diagnostic::error(&shown, format!("cannot be read: {error}")),
    };
    let is_stdin = path == Path::new(STDIN);
    if !is_stdin && let Some(documents) = document::read_file(path)? {
        return Ok(Input::Document(shown, documents));
    }
    let file: Box<dyn Read> = match is_stdin {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(path).map_err(unreadable)?),
    };
    let unpacked = Cell::new(0);
    let mut source = unpack(file, &unpacked, passed).map_err(unreadable)?;
    let mut head = Vec::new();
    let looked = source.content.by_ref().take(HEAD).read_to_end(&mut head);
    looked.map_err(unreadable)?;
    let looks = match look::at(&head, (head.len() as u64) < HEAD) {
        Looks::Page if is_named_data(path) => Looks::Deliveries,
        looks => looks,
    };
    let content = Cursor::new(head).chain(source.content);
    match looks {
        Looks::Empty if is_stdin || source.packed => {
            deliveries.read(&shown, content).map(Input::Deliveries)
        }
        Looks::Deliveries => deliveries.read(&shown, content).map(Input::Deliveries),
        Looks::Shapes => read_shapes(&shown, content),
        Looks::Page | Looks::Empty if !is_stdin && !source.packed => {
            read_page(path).map(Input::Page)
        }
        Looks::Page | Looks::Empty => {
            Err(Diagnostic::error(shown, "holds neither events nor shapes")
                .help("a page is known by the name of its file: save it as text, Markdown or HTML"))
        }
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

/// The content of a file.
struct Content<'c> {
    content: Box<dyn Read + 'c>,
    packed: bool,
}

/// Unpacks a file if it is packed with gzip, in any number of members.
fn unpack<'c>(
    file: Box<dyn Read>,
    count: &'c Cell<u64>,
    passed: &'c dyn Fn(u64),
) -> io::Result<Content<'c>> {
    let mut source = Counted {
        inner: BufReader::with_capacity(HEAD as usize, file),
        count,
        passed,
    };
    let packed = source.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    let content: Box<dyn Read> = match packed {
        true => Box::new(Unpacked {
            inner: MultiGzDecoder::new(source),
            count,
        }),
        false => Box::new(source),
    };
    Ok(Content { content, packed })
}

/// Counts the bytes that were taken.
struct Counted<'c, R> {
    inner: BufReader<R>,
    count: &'c Cell<u64>,
    passed: &'c dyn Fn(u64),
}

impl<R: Read> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.inner.consume(length);
        self.count.set(self.count.get() + length as u64);
        (self.passed)(self.count.get());
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        (self.passed)(self.count.get());
        Ok(read)
    }
}

/// Says where packed data ends early.
struct Unpacked<'c, R> {
    inner: R,
    count: &'c Cell<u64>,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            let at = self.count.get();
            let message = format!("its gzip data is cut off or damaged at byte {at} ({error})");
            io::Error::new(error.kind(), message)
        })
    }
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
    let told = Told::read(&text).map_err(|error| {
        let place = Place {
            line: error.line().max(1),
            column: error.column().max(1),
        };
        Diagnostic::error(shown, format!("these shapes cannot be read: {error}"))
            .at(place)
            .help("save them again with `learn --partial`")
    })?;
    let sources = told.shapes.keys();
    if let Some(odd) = sources.into_iter().find(|source| !is_source(source)) {
        let message = format!("`{odd}` is no event source that a folder could be named after");
        return Err(Diagnostic::error(shown, message));
    }
    Ok(Input::Shapes(shown.to_owned(), settled(told)))
}

/// Within the bounds of shapes, whoever wrote the file.
fn settled(told: Told) -> Told {
    let mut settled = Told {
        shapes: told::Shapes::new(),
        ..told.clone()
    };
    if settled.origin == Origin::Delivery {
        settled = Told::deliveries(told::Shapes::new());
    }
    settled.join(told);
    settled
}

/// Reads a page from disk.
///
/// # Errors
///
/// A file that is missing, a folder, empty, too large, or not text; a block that is cut off or nested
/// beyond the limits.
pub fn read_page(path: &Path) -> Result<Reading, Diagnostic> {
    let shown = catalog::shown(path);
    let bytes = read_bytes(path, &shown)?;
    let text = as_text(&shown, bytes)?;
    reading::read(&shown, &text)
}

fn read_bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::error(shown, "there is no such file"),
        _ => Diagnostic::error(shown, format!("cannot be read: {error}")),
    };
    let size = std::fs::metadata(path).map_err(unreadable)?;
    if size.is_dir() {
        return Err(Diagnostic::error(shown, "is a folder; a page is one file")
            .help("name the pages in it: PAGE…"));
    }
    if size.len() > MAX_PAGE as u64 {
        let message = format!(
            "has {} MB; the largest page that is read has {} MB",
            size.len() >> 20,
            MAX_PAGE >> 20
        );
        return Err(Diagnostic::error(shown, message)
            .help("save the documentation page alone, without its surroundings"));
    }
    std::fs::read(path).map_err(unreadable)
}

fn as_text(shown: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(not_text(shown, &bytes, at, "a NUL byte"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_text(shown, error.as_bytes(), at, "bytes that are not UTF-8")
    })
}

fn not_text(shown: &str, bytes: &[u8], at: usize, what: &str) -> Diagnostic {
    let before = &bytes[..at];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Diagnostic::error(shown, format!("is no text: it holds {what}"))
        .at(Place { line, column })
        .help("save the page as text, Markdown or HTML in UTF-8")
}
