//! Text comes in, a [`Node`] with the spans of its parts and a log of repairs goes out.

use super::{Node, ReadError, Reading};

/// How deep brackets may nest.
pub const MAX_DEPTH: usize = 128;

/// Reads one JSON value of a documentation page, whatever its defects; `text[start..]` begins with it.
pub fn read(_text: &str, _start: usize) -> Result<Reading, ReadError> {
    todo!()
}

/// Reads a whole text that must be JSON.
pub fn read_strict(_text: &str) -> Result<Node, ReadError> {
    todo!()
}
