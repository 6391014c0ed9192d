//! `learn`: pages come in, samples and schemas are written.

use super::Outcome;
use crate::report::{self, LearnReport};
use crate::{Common, Format, terminal};
use eventbridge_codegen::diagnostic::Diagnostic;
use eventbridge_codegen::learn::{self, Learned, SchemaChange, reading};
use eventbridge_codegen::{catalog, files};
use std::path::PathBuf;

pub(crate) fn run(common: &Common, pages: &[PathBuf], dry_run: bool) -> Outcome {
    let mut diagnostics = Vec::new();
    let mut readings = Vec::new();
    for page in pages {
        match reading::read_file(page) {
            Ok(reading) => readings.push(reading),
            Err(problem) => diagnostics.push(problem),
        }
    }
    diagnostics.extend(
        readings
            .iter()
            .flat_map(|reading| reading.diagnostics.clone()),
    );
    let mut sound = readings.len() == pages.len();
    let mut learned = Learned::default();
    if sound {
        learned = learn::learn(&common.schemas, &readings);
        sound = learned.is_sound();
        diagnostics.append(&mut learned.diagnostics);
    }
    if sound && !dry_run {
        if let Err(error) = files::apply(&common.schemas, &learned.changes) {
            diagnostics.push(Diagnostic::error(
                catalog::shown(&common.schemas),
                format!("cannot be written: {error}"),
            ));
            sound = false;
        }
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
    readings: &[reading::Reading],
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
        use eventbridge_codegen::learn::sample::Kind;
        println!(
            "{}: {}, {} events, {} patterns, {} other blocks; {repaired} were no JSON and were repaired",
            reading.path,
            reading.format,
            count(Kind::Event),
            count(Kind::Pattern),
            count(Kind::Other)
        );
    }
    for event in learned
        .events
        .iter()
        .filter(|event| event.change != SchemaChange::Unchanged)
    {
        println!(
            "  {:<9} {} ({})",
            event.change.name(),
            event.detail_type,
            report::below(&common.schemas, &event.schema)
        );
    }
    let unchanged = learned
        .events
        .iter()
        .filter(|event| event.change == SchemaChange::Unchanged)
        .count();
    if unchanged > 0 {
        println!("  unchanged {unchanged} events");
    }
    if dry_run {
        println!("Nothing was written (--dry-run).");
    }
}
