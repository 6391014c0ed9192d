//! Why a builder could not tell whether it matches an event.

use std::fmt;

use super::{EventError, PatternError};

/// Why it cannot be told whether an event matches what a builder says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchError {
    /// EventBridge would refuse the pattern.
    Pattern(PatternError),
    /// The event is malformed.
    Event(EventError),
}

impl fmt::Display for MatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(error) => error.fmt(f),
            Self::Event(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for MatchError {}

impl From<PatternError> for MatchError {
    fn from(error: PatternError) -> Self {
        Self::Pattern(error)
    }
}

impl From<EventError> for MatchError {
    fn from(error: EventError) -> Self {
        Self::Event(error)
    }
}
