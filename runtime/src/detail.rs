//! A detail-type and the place of a detail in a document come in; a typed detail goes out, or what
//! arrived and why it could not be typed.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Json;
use crate::node::Node;
use crate::object::{Member, Object};
use crate::read::{Fault, Problem, Reader};

/// The detail of an event: what [`Event`](crate::Event) reads and writes in its `detail` field.
///
/// Generated packages implement it for an enum by detail-type with [`details!`](crate::details!). [`Json`]
/// implements it too, for those who want the envelope alone, and [`Value`].
pub trait Detail: Member + Sized {
    /// Reads the detail that stands here. What does not fit is kept as it is.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(source: &str, detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// The detail as an object of fields, if it is of a type that is known.
    fn object(&self) -> Option<&dyn Object> {
        match self.node() {
            Some(Node::Object(object)) => Some(object),
            _ => None,
        }
    }
}

impl Detail for Json {
    fn read(_source: &str, _detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.json()
    }
}

impl Member for Value {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Serde(self))
    }
}

impl Detail for Value {
    /// What a tree cannot hold, such as `1e400`, is an error; [`Json`] holds all.
    fn read(_source: &str, _detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.cursor.peek();
        let fault = reader.cursor.fault(Problem::Tree);
        reader.json()?.to_value().map_err(|_| fault)
    }
}

/// A detail that no type describes, as it arrived.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unknown {
    /// The detail as it arrived.
    pub detail: Json,
    /// Why no type describes it.
    pub reason: Reason,
}

/// Why no type describes a detail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The detail-type is not known, or not from this source.
    DetailType,
    /// The detail-type is known, but the detail does not fit its type: what was expected.
    Unfit(String),
}

/// What a detail of a known type has to be.
pub(crate) const OBJECT: &str = "an object";

/// Why a detail of a known type does not fit.
pub(crate) const NO_OBJECT: &str = "expected an object";

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DetailType => f.write_str("the detail-type is not known"),
            Self::Unfit(message) => write!(f, "the detail does not fit its type: {message}"),
        }
    }
}

impl Unknown {
    /// A detail whose detail-type is not known.
    pub fn new(detail: impl Into<Json>) -> Self {
        Self {
            detail: detail.into(),
            reason: Reason::DetailType,
        }
    }
}

impl Member for Unknown {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Unknown(self))
    }
}

/// Reads a detail as a `T` of serde's.
///
/// # Errors
///
/// The detail itself with serde's message, when it does not fit.
pub fn fit<T: DeserializeOwned>(detail: Json) -> Result<T, Unknown> {
    detail.parse().map_err(|error| Unknown {
        reason: Reason::Unfit(error.to_string()),
        detail,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_fits_is_typed() {
        assert_eq!(fit::<Vec<u8>>(json!([1, 2]).into()), Ok(vec![1, 2]));
    }

    #[test]
    fn what_does_not_fit_is_kept_with_the_reason() {
        let unknown = fit::<Vec<u8>>(json!([1, "two"]).into()).unwrap_err();
        assert_eq!(unknown.detail, json!([1, "two"]));
        assert_eq!(
            unknown.reason.to_string(),
            "the detail does not fit its type: invalid type: string \"two\", expected u8 at line 1 column 8"
        );
    }

    #[test]
    fn unknown_says_why() {
        let unknown = Unknown::new(json!({"a": null}));
        assert_eq!(unknown.reason.to_string(), "the detail-type is not known");
    }
}
