//! A detail-type and the place of a detail in a document come in; a typed detail goes out, or what
//! arrived and why it could not be typed.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Json;
use crate::object::{Node, Object, WriteField};
use crate::read::{ErrorCode, IN_STRING, RawError, Reader, object_in_string};
use crate::unknown::{NO_OBJECT, Reason, Unknown};

/// The detail of an event: what [`Event`](crate::Event) reads and writes in its `detail` field.
///
/// Generated packages implement it for an enum by detail-type with [`details!`](crate::details!). [`Json`]
/// implements it too, for those who want the envelope alone, and [`Value`].
pub trait Detail: WriteField + Sized {
    /// Reads the detail that stands here. What does not fit is kept as it is.
    ///
    /// # Errors
    ///
    /// The document is not JSON.
    fn read(source: &str, detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, RawError>;

    /// The detail as an object of fields, if it is of a type that is known.
    fn object(&self) -> Option<&dyn Object> {
        match self.node() {
            Some(Node::Object(object)) => Some(object),
            _ => None,
        }
    }
}

impl Detail for Json {
    fn read(_source: &str, _detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, RawError> {
        reader.json()
    }
}

impl WriteField for Value {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Value(self))
    }
}

impl Detail for Value {
    /// What a tree cannot hold, such as `1e400`, is an error; [`Json`] holds all.
    fn read(_source: &str, _detail_type: &str, reader: &mut Reader<'_>) -> Result<Self, RawError> {
        reader.cursor.peek();
        let error = reader.cursor.error(ErrorCode::Tree);
        reader.json()?.to_value().map_err(|_| error)
    }
}

impl WriteField for Unknown {
    fn node(&self) -> Option<Node<'_>> {
        Some(Node::Unknown(self))
    }
}

impl Reader<'_> {
    /// Reads a detail of a type that is not known.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn unknown(&mut self) -> Result<Unknown, RawError> {
        self.json().map(Unknown::new)
    }

    /// Reads the detail of a known type into an object that is there. What stands here instead of an object
    /// comes back.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    #[inline(never)]
    pub fn detail(&mut self, object: &mut dyn Object) -> Result<Option<Unknown>, RawError> {
        if self.fill(object)? {
            return Ok(None);
        }
        let detail = self.json()?;
        let reason = match object_in_string(detail.as_json()) {
            Some(_) => format!("{NO_OBJECT}; {IN_STRING}"),
            None => NO_OBJECT.to_owned(),
        };
        let reason = Reason::Unfit(reason);
        Ok(Some(Unknown { detail, reason }))
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
