//! A program that talks to AWS comes in; a [`Registry`] that asks it goes out. Any number of threads may ask at once.

use crate::api::{Call, Failure, FailureKind, Registry};
use crate::line::{AnswerLine, CallLine, Hello, PROTOCOL};
use serde_json::Value;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A registry behind a program.
pub struct Connector {
    child: Child,
    /// Closed first when this ends, by which the program knows.
    stdin: Mutex<Option<ChildStdin>>,
    waiting: Arc<Mutex<Waiting>>,
    region: Option<String>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    /// Who waits for which answer.
    by_id: HashMap<u64, Sender<AnswerLine>>,
    /// Whether the program says no more.
    ended: bool,
}

fn lost(message: impl Into<String>) -> Failure {
    Failure::of(FailureKind::Connector, message)
}

/// The program, and both ends to speak with it.
fn spawned(command: &mut Command, name: &str) -> Result<(Child, ChildStdin, ChildStdout), Failure> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| lost(format!("{name} does not start: {error}")))?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(stdin), Some(stdout)) => Ok((child, stdin, stdout)),
        _ => Err(lost(format!("{name} cannot be spoken to"))),
    }
}

impl Connector {
    /// Starts the program, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// A program that does not start, or says why it is not ready.
    pub fn start(command: &mut Command) -> Result<Connector, Failure> {
        let name = command.get_program().to_string_lossy().into_owned();
        let (child, stdin, stdout) = spawned(command, &name)?;
        let mut connector = Connector {
            child,
            stdin: Mutex::new(Some(stdin)),
            waiting: Arc::default(),
            region: None,
        };
        let mut stdout = BufReader::new(stdout);
        let hello = hello(&mut stdout, &name)?;
        if let Some(failure) = hello.failure {
            return Err(failure.into());
        }
        connector.region = hello.region;
        let waiting = Arc::clone(&connector.waiting);
        thread::spawn(move || hand_out(stdout, &waiting));
        Ok(connector)
    }

    /// Where the registry is.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    fn send(&self, call: &Call) -> Result<Receiver<AnswerLine>, Failure> {
        let (id, receiver) = self.wait_for_answer()?;
        let line = serde_json::to_string(&CallLine {
            id,
            call: call.clone(),
        });
        let line = line.map_err(|error| lost(error.to_string()))? + "\n";
        self.write(&line)?;
        Ok(receiver)
    }

    /// The number of the next call, and where its answer will arrive.
    fn wait_for_answer(&self) -> Result<(u64, Receiver<AnswerLine>), Failure> {
        let (sender, receiver) = channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.ended {
            return Err(ended());
        }
        waiting.last += 1;
        let id = waiting.last;
        waiting.by_id.insert(id, sender);
        Ok((id, receiver))
    }

    fn write(&self, line: &str) -> Result<(), Failure> {
        let mut stdin = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match stdin.as_mut() {
            Some(stdin) => stdin
                .write_all(line.as_bytes())
                .and_then(|()| stdin.flush()),
            None => return Err(ended()),
        };
        written.map_err(|_| ended())
    }
}

fn ended() -> Failure {
    lost("the program that talks to AWS ended before it answered")
}

fn hello(stdout: &mut impl BufRead, name: &str) -> Result<Hello, Failure> {
    let mut line = String::new();
    let read = stdout.read_line(&mut line);
    read.map_err(|error| lost(format!("{name} cannot be read: {error}")))?;
    if line.is_empty() {
        return Err(lost(format!("{name} ended without a word")));
    }
    match serde_json::from_str::<Hello>(&line) {
        Ok(hello) if hello.protocol == PROTOCOL => Ok(hello),
        Ok(hello) => Err(lost(format!(
            "{name} speaks protocol {}, and this tool {PROTOCOL}: install both from one version",
            hello.protocol
        ))),
        Err(_) => Err(lost(format!("{name} is not the program that talks to AWS"))),
    }
}

/// Gives each answer to who waits for it, until there are no more.
fn hand_out(mut stdout: BufReader<ChildStdout>, waiting: &Mutex<Waiting>) {
    let mut line = String::new();
    while stdout.read_line(&mut line).is_ok_and(|read| read > 0) {
        if let Ok(answer) = serde_json::from_str::<AnswerLine>(&line) {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(sender) = waiting.by_id.remove(&answer.id) {
                drop(sender.send(answer)); // who no longer waits needs none
            }
        }
        line.clear();
    }
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.ended = true;
    waiting.by_id.clear();
}

impl Registry for Connector {
    fn call(&self, call: &Call) -> Result<Value, Failure> {
        let answer = self.send(call)?.recv().map_err(|_| ended())?;
        match answer.failure {
            Some(failure) => Err(failure.into()),
            None => Ok(answer.output.unwrap_or_default()),
        }
    }
}

impl Drop for Connector {
    fn drop(&mut self) {
        let mut stdin = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        drop(stdin.take());
        // Nothing is on its way any more that somebody waits for.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
