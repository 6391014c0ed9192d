//! `learn`: pages come in, samples and schemas are written.

use super::Outcome;
use crate::report::{self, LearnReport};
use crate::{Common, Format, terminal};
use eventbridge_codegen::diagnostic::Diagnostic;
use eventbridge_codegen::learn::reading::Reading;
use eventbridge_codegen::learn::sample::Kind;
use eventbridge_codegen::learn::{self, Learned, Piece, SchemaChange};
use eventbridge_codegen::learn::{document, input};
use eventbridge_codegen::{catalog, files};
use std::path::PathBuf;

pub(crate) fn run(common: &Common, pages: &[PathBuf], dry_run: bool) -> Outcome {
    let mut diagnostics = Vec::new();
    let mut readings = Vec::new();
    let mut documents = Vec::new();
    let mut sound = true;
    for path in pages {
        let read = document::read_document(path).and_then(|found| match found {
            Some(found) => {
                documents.extend(found.pieces);
                diagnostics.extend(found.diagnostics);
                Ok(())
            }
            None => input::read_page(path).map(|reading| readings.push(reading)),
        });
        if let Err(problem) = read {
            diagnostics.push(problem);
            sound = false;
        }
    }
    diagnostics.extend(
        readings
            .iter()
            .flat_map(|reading| reading.diagnostics.clone()),
    );
    let mut learned = Learned::default();
    if sound {
        let pages = readings.iter().cloned().map(Piece::Page);
        let pieces: Vec<Piece> = pages.chain(documents).collect();
        learned = learn::learn(&common.schemas, &pieces);
        sound = learned.is_sound();
        diagnostics.append(&mut learned.diagnostics);
    }
    if sound
        && !dry_run
        && let Err(error) = files::apply(&common.schemas, &learned.changes)
    {
        let message = format!("cannot be written: {error}");
        diagnostics.push(Diagnostic::error(catalog::shown(&common.schemas), message));
        sound = false;
    }
    match common.format {
        Format::Json => report::print(&LearnReport::new(
            &common.schemas,
            &readings,
            &learned,
            &diagnostics,
        )),
        Format::Human => show(common, &readings, &learned, &diagnostics, dry_run),
    }
    if sound { Outcome::Done } else { Outcome::Wrong }
}

fn show(
    common: &Common,
    readings: &[Reading],
    learned: &Learned,
    diagnostics: &[Diagnostic],
    dry_run: bool,
) {
    terminal::show(diagnostics);
    for reading in readings {
        let count = |kind| {
            reading
                .blocks
                .iter()
                .filter(|block| block.kind == kind)
                .count()
        };
        let repaired = reading.blocks.iter().filter(|block| !block.strict).count();
        println!(
            "{} ({}): {}, {}, {}; {repaired} of them were no JSON and were repaired",
            reading.path,
            reading.format,
            counted(count(Kind::Event), "event"),
            counted(count(Kind::Pattern), "event pattern"),
            counted(count(Kind::Other), "other block"),
        );
    }
    let (unchanged, touched): (Vec<_>, Vec<_>) = learned
        .events
        .iter()
        .partition(|event| event.change == SchemaChange::Unchanged);
    for event in touched {
        let schema = report::below(&common.schemas, &event.schema);
        println!(
            "  {:<9} {} ({schema})",
            event.change.name(),
            event.detail_type
        );
    }
    if !unchanged.is_empty() {
        println!("  unchanged {}", counted(unchanged.len(), "event"));
    }
    if dry_run {
        println!("Nothing was written (--dry-run).");
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
