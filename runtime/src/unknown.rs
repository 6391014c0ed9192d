//! A detail that no type describes comes in; it is kept as it arrived, with the reason.

use std::fmt;

use crate::Json;

/// A detail that no type describes, as it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unknown {
    /// The detail as it arrived.
    pub detail: Json,
    /// Why no type describes it.
    pub reason: Reason,
}

/// Why no type describes a detail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
