//! A detail-type and the JSON of a detail come in; a typed detail goes out, or what arrived and why it
//! could not be typed.

use std::fmt;

use serde::Serializer;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;
use serde_json::Value;

/// The detail of an event: what [`Event`](crate::Event) reads and writes in its `detail` field.
///
/// Generated packages implement it for an enum by detail-type. [`Value`] implements it too, for those
/// who want the envelope alone.
pub trait Detail: Sized {
    /// Reads a detail. It cannot fail: what does not fit is kept as it is.
    fn read(source: &str, detail_type: &str, detail: Value) -> Self;

    /// Writes the detail as it was read.
    ///
    /// # Errors
    ///
    /// What the serializer refuses.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Detail for Value {
    fn read(_source: &str, _detail_type: &str, detail: Value) -> Self {
        detail
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// A detail that no type describes, as it arrived.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unknown {
    /// The detail as it arrived.
    pub detail: Value,
    /// Why no type describes it.
    pub reason: Reason,
}

/// Why no type describes a detail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The detail-type is not known.
    DetailType,
    /// The detail-type is known, but the detail does not fit its type: serde's message.
    Unfit(String),
}

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
    pub fn new(detail: Value) -> Self {
        Self {
            detail,
            reason: Reason::DetailType,
        }
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.detail.serialize(serializer)
    }
}

/// Reads a detail as a `T`.
///
/// # Errors
///
/// The detail itself with serde's message, when it does not fit.
pub fn fit<T: DeserializeOwned>(detail: Value) -> Result<T, Unknown> {
    T::deserialize(&detail).map_err(|error| Unknown {
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
        assert_eq!(fit::<Vec<u8>>(json!([1, 2])), Ok(vec![1, 2]));
    }

    #[test]
    fn what_does_not_fit_is_kept_with_the_reason() {
        let unknown = fit::<Vec<u8>>(json!([1, "two"])).unwrap_err();
        assert_eq!(unknown.detail, json!([1, "two"]));
        assert_eq!(
            unknown.reason.to_string(),
            "the detail does not fit its type: invalid type: string \"two\", expected u8"
        );
    }

    #[test]
    fn unknown_is_written_as_it_arrived() {
        let unknown = Unknown::new(json!({"a": null}));
        assert_eq!(serde_json::to_value(&unknown).unwrap(), json!({"a": null}));
        assert_eq!(unknown.reason.to_string(), "the detail-type is not known");
    }
}
