//! The status, code and message of an answer that is no success come in; what to make of it goes out.

/// Why a call was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What to make of it.
    pub kind: FailureKind,
    /// The code of the answer: `ConflictException`; empty where there was no answer.
    pub code: String,
    /// What was said.
    pub message: String,
}

/// What to make of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// What is asked for is not there.
    NotFound,
    /// It stands already, or nothing would change.
    Conflict,
    /// Too many calls: wait.
    Throttled,
    /// No answer, or one of a server in trouble: the call may have been carried out.
    Unreached,
    /// Who asks is not known, or no longer: nothing else will be answered either.
    Credentials,
    /// It is refused, and would be again.
    Refused,
    /// The program that talks to AWS is not there, or ended.
    Connector,
}

/// Codes of calls that came too fast. None is in the API's model; the status is 400, 429 or 503.
const THROTTLED: [&str; 6] = [
    "TooManyRequestsException",
    "ThrottlingException",
    "Throttling",
    "ThrottledException",
    "RequestLimitExceeded",
    "SlowDown",
];

/// Codes of calls whose signature is not, or no longer, believed.
const CREDENTIALS: [&str; 8] = [
    "ExpiredTokenException",
    "ExpiredToken",
    "RequestExpired",
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "IncompleteSignatureException",
];

impl Failure {
    /// An answer that is no success.
    pub fn answered(status: u16, code: impl Into<String>, message: impl Into<String>) -> Failure {
        let (code, message) = (code.into(), message.into());
        let kind = match status {
            _ if CREDENTIALS.contains(&code.as_str()) => FailureKind::Credentials,
            _ if THROTTLED.contains(&code.as_str()) => FailureKind::Throttled,
            _ if message.contains("Rate exceeded") => FailureKind::Throttled,
            401 => FailureKind::Credentials,
            404 => FailureKind::NotFound,
            409 => FailureKind::Conflict,
            429 => FailureKind::Throttled,
            408 | 500.. => FailureKind::Unreached,
            _ => FailureKind::Refused,
        };
        Failure {
            kind,
            code,
            message,
        }
    }

    /// No answer.
    pub fn of(kind: FailureKind, message: impl Into<String>) -> Failure {
        Failure {
            kind,
            code: String::new(),
            message: message.into(),
        }
    }

    /// Whether the same call may be answered later.
    pub fn passes(&self) -> bool {
        matches!(self.kind, FailureKind::Throttled | FailureKind::Unreached)
    }

    /// Whether no other call would be answered either.
    pub fn ends_all(&self) -> bool {
        self.passes() || matches!(self.kind, FailureKind::Credentials | FailureKind::Connector)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code.as_str() {
            "" => f.write_str(&self.message),
            code => write!(f, "{code}: {}", self.message),
        }
    }
}

impl std::error::Error for Failure {}
