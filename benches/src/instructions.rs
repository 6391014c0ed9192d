//! An engine and a workload's files come in; how many instructions an event takes goes out, as valgrind counts them: the
//! same on a machine that others work on.

use crate::peer::Peer;
use crate::workload::Files;
use std::process::Command;

/// How many more passes the second run has.
const PASSES: u64 = 2;

/// Instructions an event, where valgrind is and the engine one of this program.
pub(crate) fn count(peer: &Peer, files: &Files) -> Option<u64> {
    let events = files.read().ok()?.events.len() as u64;
    let once = run(peer, files, 1)?;
    let more = run(peer, files, 1 + PASSES)?;
    Some(more.saturating_sub(once) / (PASSES * events))
}

fn run(peer: &Peer, files: &Files, passes: u64) -> Option<u64> {
    let program = peer.own()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["measure", "--passes", &passes.to_string(), &peer.name])
        .arg(&files.events)
        .arg(&files.rules)
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}
