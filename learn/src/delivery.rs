//! Events as they arrived come in, of any number and in any wrapping; what they show of each event type goes
//! out, as [`ShapeEvidence`].
//!
//! Deliveries are customers' data. What is kept of them: event sources and detail-types, the keys of objects that
//! can be names of fields, the kinds of value at each place with the smallest few ids of the events that show them,
//! and the words of fields that by their name tell a state or a kind (`TrainingJobStatus`, `S3DataType`), while they
//! are few and stand in a list of such words. No other value is kept, and no key that is data: see `privacy.rs`.
//!
//! Nothing of them is told either: a finding names a file, a line and a column, never what stands there.

mod envelope;
mod findings;
mod kept;
mod node;
mod packed;
mod pending;
mod stream;
mod tally;
mod walk;
mod within;

pub use kept::Kept;

use super::evidence::shapes::ShapeEvidence;
use eventbridge_catalog::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::io::Read;
use stream::Stream;
use tally::Tally;

/// The largest event that is read, in bytes; EventBridge takes a quarter of a megabyte.
pub const MAX_EVENT: usize = 4 << 20;

/// All deliveries read so far, in memory that does not grow with their number.
#[derive(Debug, Default)]
pub struct Deliveries {
    tally: Tally,
}

/// What was read in one file of deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The file, as the caller named it.
    pub path: String,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// How many events arrived, by event source and detail-type.
    pub events: BTreeMap<(String, String), u64>,
    /// How many lines were no JSON and were passed over.
    pub skipped: u64,
    /// What was kept of them beside kinds and keys, and how much was not.
    pub kept: Kept,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
}

impl Delivered {
    /// How many events arrived.
    pub fn total(&self) -> u64 {
        self.events.values().sum()
    }
}

impl Deliveries {
    /// Reads a file of deliveries to its end.
    ///
    /// # Errors
    ///
    /// What cannot be read to its end, and more event types or places than are kept.
    pub fn read(&mut self, path: &str, source: impl Read) -> Result<Delivered, Diagnostic> {
        let before = self.tally.counts();
        self.tally.take_kept();
        let stream = Stream::new(source);
        let findings = stream.learn(&mut self.tally);
        let findings = findings.map_err(|stop| stop.diagnostic(path))?;
        let mut events = self.tally.counts();
        for (event, count) in before {
            events.entry(event).and_modify(|now| *now -= count);
        }
        events.retain(|_, count| *count > 0);
        let mut delivered = Delivered {
            path: path.to_owned(),
            bytes: findings.bytes,
            events,
            skipped: findings.skipped,
            kept: self.tally.take_kept(),
            diagnostics: Vec::new(),
        };
        delivered.diagnostics = findings.diagnostics(path, delivered.total());
        Ok(delivered)
    }

    /// What all of them show.
    pub fn shapes(&self) -> ShapeEvidence {
        ShapeEvidence::deliveries(self.tally.shapes())
    }
}
