//! The bytes of a document come in; its parts go out as places in it, and an error as an offset and a
//! path. Nothing here makes a tree: fields are read where they stand.

mod cursor;
mod foreign;
mod parse_error;
mod path;
mod raw_error;
mod reader;
mod scan;
mod string;

pub(crate) use cursor::Cursor;
pub(crate) use foreign::{GZIP, IN_STRING, Members, object_in_string, said, tells};
pub use parse_error::{ParseError, ParseErrorKind};
pub(crate) use path::{step_to_item, step_to_member};
pub(crate) use raw_error::ErrorCode;
pub use raw_error::RawError;
pub use reader::Reader;
pub(crate) use reader::{Choice, checked, document, measured};
pub(crate) use scan::plain;

/// Objects and lists stand in one another so deep at most, as in `serde_json`.
pub(crate) const DEPTH: u32 = 128;
