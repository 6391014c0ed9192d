//! Lines of JSON come in on stdin; chosen events go out on stdout as readable lines, and what could not be
//! read on stderr.

use clap::Parser;
use sagemaker_events::Event;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::process::ExitCode;

/// Prints chosen events of a log, one readable line each.
#[derive(Parser)]
struct Choice {
    /// Only events of this detail-type; may be repeated
    #[arg(long, value_name = "TYPE")]
    detail_type: Vec<String>,
    /// Only events with this status, in any case; may be repeated
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
}

impl Choice {
    fn takes(&self, event: &Event) -> bool {
        let is_type = |ty: &String| event.detail_type == *ty;
        let status = event.status().unwrap_or_default();
        let is_status = |chosen: &String| status.eq_ignore_ascii_case(chosen);
        (self.detail_type.is_empty() || self.detail_type.iter().any(is_type))
            && (self.status.is_empty() || self.status.iter().any(is_status))
    }
}

/// In bytes, and far beyond what EventBridge takes: a longer line is no event.
const LONGEST: u64 = 2 << 20;

fn main() -> io::Result<ExitCode> {
    match filter(&Choice::parse(), io::stdin().lock(), io::stdout().lock()) {
        Ok(0) => Ok(ExitCode::SUCCESS),
        Ok(_) => Ok(ExitCode::FAILURE),
        // Whoever read the lines has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error),
    }
}

/// Prints what is chosen, and tells how many lines could not be read.
fn filter(choice: &Choice, mut log: impl BufRead, mut out: impl Write) -> io::Result<u64> {
    let (mut number, mut unreadable) = (0_u64, 0_u64);
    let mut line = Vec::new();
    while next(&mut log, &mut line)? {
        number += 1;
        match read(&line) {
            Ok(events) => {
                for event in events.iter().filter(|event| choice.takes(event)) {
                    writeln!(out, "{}", readable(event))?;
                }
            }
            Err(problem) => {
                unreadable += 1;
                eprintln!("line {number}: {problem}");
            }
        }
    }
    if unreadable > 0 {
        eprintln!("{unreadable} of {number} lines could not be read");
    }
    Ok(unreadable)
}

/// Reads the next line, and of one that is too long only so much that this is seen.
fn next(log: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    log.by_ref().take(LONGEST + 1).read_until(b'\n', line)?;
    if line.len() as u64 > LONGEST {
        log.skip_until(b'\n')?;
    }
    Ok(!line.is_empty())
}

/// The event of a line, or those in the message that it is; none if it is empty.
fn read(line: &[u8]) -> Result<Vec<Event>, String> {
    if line.len() as u64 > LONGEST {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    if line.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    Event::from_message(line).map_err(|error| error.to_string())
}

/// Time, status, name, detail-type and reason; what an event lacks is a dash.
fn readable(event: &Event) -> String {
    let time = event.time.as_ref().map(ToString::to_string);
    let time = time.as_deref().unwrap_or("-");
    let status = event.status().unwrap_or("-");
    let name = event.name().or(event.arn()).unwrap_or("-");
    let mut line = format!("{time}  {status}  {name}  {}", &*event.detail_type);
    if let Some(reason) = event.failure_reason() {
        line = format!("{line}: {reason}");
    }
    // An event could hold a line break, or what a terminal takes for a command.
    line.replace(char::is_control, " ")
}
