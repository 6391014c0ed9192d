//! What was read and learned comes in; the JSON of `learn --format json` goes out.

use super::below;
use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_learn::delivery::Delivered;
use eventbridge_learn::input::Input;
use eventbridge_learn::reading::Block;
use eventbridge_learn::{Evidence, Learned};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// What `learn --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct LearnReport {
    /// The evidence read, in the order of the call.
    evidence: Vec<EvidenceReport>,
    /// Every event of the sources learned.
    events: Vec<EventReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct EvidenceReport {
    /// The file, as the call named it.
    path: String,
    /// What it is: `page`, `deliveries`, a `registry` document, an `api` model, or saved `shapes`.
    kind: String,
    /// Of a page: `text`, `markdown` or `html`.
    format: Option<String>,
    /// Of a page: its JSON blocks, in reading order.
    blocks: Vec<BlockReport>,
    /// What arrived; null of other kinds of evidence.
    deliveries: Option<DeliveriesReport>,
}

#[derive(Serialize, JsonSchema)]
struct DeliveriesReport {
    /// How many bytes were read, unpacked.
    bytes: u64,
    /// How many lines were no JSON and were passed over.
    skipped: u64,
    /// How many events arrived of each type.
    events: Vec<CountReport>,
    /// What was kept of them beside names of fields, kinds of values and ids of a few events.
    kept: KeptReport,
}

#[derive(Serialize, JsonSchema)]
struct KeptReport {
    /// The values that were kept: words of fields that tell a state or a kind, each of them from a fixed list.
    words: Vec<String>,
    /// How many texts of such fields were no such words, and were not kept.
    other_texts: u64,
    /// How many keys of objects were data, and were not kept.
    data_keys: u64,
    /// How many objects and lists stood more than 32 deep, or behind a path of more than 1,000 bytes, and were not looked into.
    too_far: u64,
}

#[derive(Serialize, JsonSchema)]
struct CountReport {
    /// The event source.
    source: String,
    /// The detail-type.
    detail_type: String,
    /// How many events.
    count: u64,
}

#[derive(Serialize, JsonSchema)]
struct BlockReport {
    /// The line of the opening bracket, from 1.
    line: usize,
    /// What the block is.
    kind: BlockKind,
    /// The detail-types it names.
    detail_types: Vec<String>,
    /// Whether a plain JSON parser would have read it.
    strict: bool,
    /// What was repaired in it.
    repairs: Vec<RepairReport>,
    /// One dotted path for each key under `detail`: `InputDataConfig[].ChannelName`.
    fields: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum BlockKind {
    Event,
    Pattern,
    Other,
}

#[derive(Serialize, JsonSchema)]
struct RepairReport {
    /// The kind of defect: `missing-comma`.
    kind: String,
    /// Line in the page, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
    /// What was found and how it was read.
    message: String,
}

#[derive(Serialize, JsonSchema)]
struct EventReport {
    /// The event source.
    source: String,
    /// The detail-type.
    detail_type: String,
    /// The schema's path.
    schema: String,
    /// What became of it.
    change: EventChange,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum EventChange {
    Added,
    Changed,
    Unchanged,
    Removed,
}

impl LearnReport {
    pub(crate) fn new(
        schemas: &Path,
        inputs: &[Input],
        learned: &Learned,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let event = |event: &eventbridge_learn::LearnedEvent| EventReport {
            source: event.source.clone(),
            detail_type: event.detail_type.clone(),
            schema: below(schemas, &event.schema),
            change: EventChange::of(event.change),
        };
        LearnReport {
            evidence: inputs.iter().map(EvidenceReport::new).collect(),
            events: learned.events.iter().map(event).collect(),
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}

impl EvidenceReport {
    fn new(input: &Input) -> Self {
        let report = |path: &str, kind: &str| EvidenceReport {
            path: path.to_owned(),
            kind: kind.to_owned(),
            format: None,
            blocks: Vec::new(),
            deliveries: None,
        };
        match input {
            Input::Page(reading) => EvidenceReport {
                format: Some(reading.format.to_owned()),
                blocks: reading.blocks.iter().map(BlockReport::new).collect(),
                ..report(&reading.path, "page")
            },
            Input::Deliveries(delivered) => EvidenceReport {
                deliveries: Some(DeliveriesReport::new(delivered)),
                ..report(&delivered.path, "deliveries")
            },
            Input::Shapes(path, _) => report(path, "shapes"),
            Input::Document(path, documents) => report(
                path,
                match documents.pieces.first() {
                    Some(Evidence::ApiModel(_)) => "api",
                    _ => "registry",
                },
            ),
        }
    }
}

impl DeliveriesReport {
    fn new(delivered: &Delivered) -> Self {
        let count = |((source, detail_type), count): (&(String, String), &u64)| CountReport {
            source: source.clone(),
            detail_type: detail_type.clone(),
            count: *count,
        };
        DeliveriesReport {
            bytes: delivered.bytes,
            skipped: delivered.skipped,
            events: delivered.events.iter().map(count).collect(),
            kept: KeptReport {
                words: delivered.kept.words.iter().cloned().collect(),
                other_texts: delivered.kept.other_texts,
                data_keys: delivered.kept.data_keys,
                too_far: delivered.kept.too_far,
            },
        }
    }
}

impl BlockReport {
    fn new(block: &Block) -> Self {
        use eventbridge_learn::SampleKind;
        let repair = |repaired: &eventbridge_learn::reading::Repaired| RepairReport {
            kind: repaired.kind.name().to_owned(),
            line: repaired.place.line,
            column: repaired.place.column,
            message: repaired.message.clone(),
        };
        BlockReport {
            line: block.line,
            kind: match block.kind {
                SampleKind::Event => BlockKind::Event,
                SampleKind::Pattern => BlockKind::Pattern,
                SampleKind::Other => BlockKind::Other,
            },
            detail_types: block.detail_types.clone(),
            strict: block.strict,
            repairs: block.repairs.iter().map(repair).collect(),
            fields: block.fields.clone(),
        }
    }
}

impl EventChange {
    fn of(change: eventbridge_learn::SchemaChange) -> Self {
        use eventbridge_learn::SchemaChange;
        match change {
            SchemaChange::Added => EventChange::Added,
            SchemaChange::Changed => EventChange::Changed,
            SchemaChange::Unchanged => EventChange::Unchanged,
            SchemaChange::Removed => EventChange::Removed,
        }
    }
}
