//! A path comes in; its content goes out as UTF-8, whether it was packed with gzip, written in UTF-16 or begins with
//! a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::text::{Lines, Place};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// How much is read at once.
const BLOCK: usize = 64 << 10;

/// The largest file that is read as a whole, in bytes, unpacked.
pub const MAX_TEXT: u64 = 64 << 20;

/// A file, or standard input as `-`, to be read as it comes.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file: Box<dyn Read> = if path == Path::new(STDIN) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path)?)
    };
    let mut source = BufReader::with_capacity(BLOCK, file);
    if source.fill_buf()?.starts_with(&[0x1F, 0x8B]) {
        return decoded(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(source)));
    }
    decoded(source)
}

fn decoded(mut source: BufReader<impl Read + 'static>) -> io::Result<Box<dyn BufRead>> {
    let encoding = without_mark(source.fill_buf()?);
    let decoder = DecodeReaderBytesBuilder::new()
        .encoding(encoding)
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(source);
    Ok(Box::new(BufReader::with_capacity(BLOCK, decoder)))
}

/// UTF-16 without a byte order mark: every JSON text and every template begins with an ASCII character.
fn without_mark(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0, first, ..] if first.is_ascii() && *first > 0 => Some(UTF_16BE),
        [first, 0, ..] if first.is_ascii() && *first > 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// All of a file that is no larger than what is read as a whole, and is text.
pub fn text(path: &Path, shown: &str) -> Result<String, Diagnostic> {
    let unreadable = |error: io::Error| Diagnostic::error(shown, problem(&error));
    let mut bytes = Vec::new();
    let source = open(path).map_err(unreadable)?;
    source
        .take(MAX_TEXT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_TEXT {
        let message = format!(
            "has more than the {} MB that rules may have",
            MAX_TEXT >> 20
        );
        return Err(Diagnostic::error(shown, message));
    }
    utf8(bytes, shown)
}

fn utf8(bytes: Vec<u8>, shown: &str) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        let place: Place = Lines::new(&text).place(good);
        Diagnostic::error(shown, "this is no UTF-8 text")
            .at(place)
            .help("save it in UTF-8")
    })
}

/// An error of the system, as people read it.
pub fn problem(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "cannot be read: there is no such file".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
