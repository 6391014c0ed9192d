//! What commands found comes in; the JSON that programs read goes out. Each report is described by a
//! JSON Schema in `cli/formats/`.

use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::files::Change;
use eventbridge_catalog::text::visible_json;
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

/// A finding.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DiagnosticReport {
    severity: Severity,
    /// The file it is about.
    path: String,
    /// Line, from 1; null when the whole file is meant.
    line: Option<usize>,
    /// Column in characters, from 1.
    column: Option<usize>,
    /// What is wrong.
    message: String,
    /// How to go on.
    help: Option<String>,
}

/// What `generate --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GenerateReport {
    /// Files that were written or removed, or, with `--check`, would be.
    files: Vec<FileReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct FileReport {
    /// The file's path.
    path: String,
    /// What became of it.
    change: FileChange,
    /// The first line that differs.
    line: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum FileChange {
    Added,
    Changed,
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

impl DiagnosticReport {
    pub(crate) fn new(diagnostic: &Diagnostic) -> Self {
        DiagnosticReport {
            severity: diagnostic.severity,
            path: diagnostic.path.clone(),
            line: diagnostic.place.map(|place| place.line),
            column: diagnostic.place.map(|place| place.column),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }
}

impl GenerateReport {
    pub(crate) fn new(out: &Path, changes: &[Change], diagnostics: &[Diagnostic]) -> Self {
        let file = |change: &Change| FileReport {
            path: below(out, &change.path),
            change: match (&change.old, &change.new) {
                (None, _) => FileChange::Added,
                (Some(_), Some(_)) => FileChange::Changed,
                (Some(_), None) => FileChange::Removed,
            },
            line: change.first_difference(),
        };
        GenerateReport {
            files: changes.iter().map(file).collect(),
            diagnostics: diagnostics.iter().map(DiagnosticReport::new).collect(),
        }
    }
}

/// A path below a folder, as messages show it.
pub(crate) fn below(folder: &Path, path: &str) -> String {
    eventbridge_catalog::schema_set::shown(&folder.join(path))
}

/// Prints a report on stdout.
pub(crate) fn print(report: &impl Serialize) {
    match serde_json::to_string(report) {
        Ok(text) => say!("{}", visible_json(&text)),
        Err(error) => eprintln!("the report cannot be written: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::schema_for;

    /// The committed descriptions are what the types say. `UPDATE_GOLDEN=1` writes them.
    #[test]
    fn reports_are_described() {
        for (name, schema) in [
            ("learn", schema_for!(LearnReport)),
            ("generate", schema_for!(GenerateReport)),
            (
                "explain",
                schema_for!(crate::command::explain::ExplainReport),
            ),
            (
                "coverage",
                schema_for!(crate::command::coverage::CoverageReport),
            ),
            (
                "match",
                schema_for!(crate::command::match_events::MatchReport),
            ),
        ] {
            let file = format!(
                "{}/formats/{name}-report.schema.json",
                env!("CARGO_MANIFEST_DIR")
            );
            let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(&file, &text).unwrap();
            }
            let committed = std::fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(
                committed, text,
                "{file} is stale: run UPDATE_GOLDEN=1 cargo test -p eventbridge-codegen-cli"
            );
        }
    }
}
