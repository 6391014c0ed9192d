//! A struct comes in as an array of its fields; it goes out to those who read into it, write, compare and
//! look at it. One piece of code does each for all types: generated code is but the array.

mod data;
pub(crate) mod fields;
mod hash;
mod read;
mod same;
mod write;

pub use data::{
    Entries, Expected, Field, FieldKind, List, Node, Object, ReadField, Roles, ToJson, View,
    WriteField,
};
pub(crate) use data::{entries, items, viewed};
pub use hash::hash;
pub use read::{blank, choose, deserialize, only, read, said};
pub use same::same;
pub use write::serialize;
