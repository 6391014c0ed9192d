//! What was found in a file of deliveries beside events comes in; what a person should look at goes out.

use super::tally::Full;
use eventbridge_catalog::diagnostic::Diagnostic;
use std::io;

/// How many lines are told one by one.
const TOLD: usize = 5;

/// What was found beside events.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) bytes: u64,
    /// How many lines were passed over.
    pub(super) skipped: u64,
    told: Vec<String>,
    pub(super) large: u64,
    odd: u64,
    first_odd: Option<String>,
    pub(super) cut: bool,
}

/// Why reading ends early.
pub(super) enum Stop {
    Unreadable(io::Error),
    Full(Full, u64),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Unreadable(error)
    }
}

impl Stop {
    pub(super) fn diagnostic(self, path: &str) -> Diagnostic {
        match self {
            Stop::Unreadable(error) => Diagnostic::error(path, format!("cannot be read to its end: {error}"))
                .help("nothing was learned; fetch the file again"),
            Stop::Full(full, line) => Diagnostic::error(path, format!("line {line}: {}", full.message()))
                .help("are their names data? learn fewer event sources at a time, or leave out those that make up names"),
        }
    }
}

impl Findings {
    /// A line is passed over, for what stands there.
    pub(super) fn skip(&mut self, line: u64, column: u64, message: &str) {
        self.skipped += 1;
        if self.told.len() < TOLD {
            self.told.push(format!("{line}:{column} ({message})"));
        }
    }

    /// An event is none after all.
    pub(super) fn odd(&mut self, line: u64, odd: &str) {
        self.odd += 1;
        let first = &mut self.first_odd;
        first.get_or_insert_with(|| format!("line {line}: {odd}"));
    }

    /// What a person should look at.
    pub(super) fn diagnostics(&self, path: &str, events: u64) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut warn = |message: String, help: &str| {
            found.push(Diagnostic::warning(path, message).help(help));
        };
        if self.skipped > 0 {
            let mut told = self.told.join(", ");
            if self.skipped > self.told.len() as u64 {
                told.push_str(", …");
            }
            let message = match self.skipped {
                1 => format!("a line is no JSON and was passed over: {told}"),
                lines => format!("{lines} lines are no JSON and were passed over: {told}"),
            };
            warn(message, "the other lines were read");
        }
        if self.large > 0 {
            let message = format!("{} events of more than 4 MB were passed over", self.large);
            warn(
                message,
                "EventBridge takes events of 256 KB at most: is it another file?",
            );
        }
        if let Some(odd) = &self.first_odd {
            let message = format!("{} events were passed over; the first: {odd}", self.odd);
            warn(
                message,
                "an event's source is such as `aws.sagemaker`, its detail an object",
            );
        }
        if self.cut {
            let message = "the file ends inside a list or an object".to_owned();
            warn(message, "was it cut off? what stands in it was read");
        }
        if events == 0 {
            let message = match self.bytes {
                0 => "is empty: no event was learned",
                _ => "no event stands in this file",
            };
            warn(
                message.to_owned(),
                "an event is an object with `source`, `detail-type` and `detail`, by itself or inside others",
            );
        }
        found
    }
}
