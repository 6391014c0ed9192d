//! What the tool and the program that talks to AWS say to each other: one JSON document a line, over stdin and stdout.
//! The tool numbers its calls; answers come in any order. When its stdin is closed the program ends.
//!
//! ```text
//! ◀ {"protocol":1,"region":"eu-north-1"}
//! ▶ {"id":1,"operation":"DescribeRegistry","input":{"RegistryName":"kilns"}}
//! ◀ {"id":1,"failure":{"status":404,"code":"NotFoundException","message":"Registry kilns does not exist."}}
//! ```

use crate::api::{Call, Failure, FailureKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// This form of what is said. A program that speaks another is refused.
pub const PROTOCOL: u32 = 1;

/// The first line of the program: that it is ready, or why it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// Where the registry is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Why there will be no answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureLine>,
}

/// A line of the tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallLine {
    /// Its number.
    pub id: u64,
    /// The call.
    #[serde(flatten)]
    pub call: Call,
}

/// A line of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// The number of the call.
    pub id: u64,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Value>,
    /// Why nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureLine>,
}

/// A failure as it came over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureLine {
    /// The status of the answer; 0: there was none; 401: nobody is known to ask.
    pub status: u16,
    /// The code of the answer.
    #[serde(default)]
    pub code: String,
    /// What was said.
    #[serde(default)]
    pub message: String,
}

impl From<FailureLine> for Failure {
    fn from(line: FailureLine) -> Failure {
        match line.status {
            0 => Failure::of(FailureKind::Unreached, line.message),
            status => Failure::answered(status, line.code, line.message),
        }
    }
}
