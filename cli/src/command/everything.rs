//! The main job: samples and corrections give the schemas, the schemas give the packages; then a table
//! of what there is and what changed.

use super::{Outcome, generate};
use crate::report::{self, LearnReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::{Body, EventType};
use eventbridge_catalog::{files, schema_set};
use eventbridge_codegen::generate::Generated;
use eventbridge_learn::{Learned, LearnedEvent};
use std::collections::BTreeSet;

pub(crate) fn run(common: &Common) -> Outcome {
    let mut learned = eventbridge_learn::learn(&common.schemas, &[]);
    let written = if learned.is_sound() {
        write(common, &learned)
    } else {
        Err(Vec::new())
    };
    let mut diagnostics = std::mem::take(&mut learned.diagnostics);
    let outcome = if written.is_ok() {
        Outcome::Done
    } else {
        Outcome::Wrong
    };
    match (written, common.format) {
        (Err(problems), Format::Human) => {
            diagnostics.extend(problems);
            terminal::show(&diagnostics);
        }
        (Ok(generated), Format::Human) => {
            terminal::show(&diagnostics);
            show_table(common, &learned, &generated);
        }
        (written, Format::Json) => {
            diagnostics.extend(written.err().unwrap_or_default());
            report::print(&LearnReport::new(
                &common.schemas,
                &[],
                &learned,
                &diagnostics,
            ));
        }
    }
    outcome
}

fn write(common: &Common, learned: &Learned) -> Result<Generated, Vec<Diagnostic>> {
    files::apply(&common.schemas, &learned.changes).map_err(|error| {
        vec![Diagnostic::error(
            schema_set::shown(&common.schemas),
            format!("cannot be written: {error}"),
        )]
    })?;
    generate::packages(common, false)
}

fn show_table(common: &Common, learned: &Learned, generated: &Generated) {
    say!(
        "{:<66} {:>6} {:>6} {:>8}  schema",
        "event",
        "fields",
        "values",
        "evidence"
    );
    for event in &generated.model.events {
        let is_it = |known: &&LearnedEvent| {
            known.source == event.source && known.detail_type == event.detail_type
        };
        let change = learned
            .events
            .iter()
            .find(is_it)
            .map_or("by hand", |known| known.change.name());
        let (fields, values) = sizes(event);
        let evidence: BTreeSet<&str> = event
            .evidence
            .iter()
            .map(|site| site.name.as_str())
            .collect();
        say!(
            "{:<66} {fields:>6} {values:>6} {:>8}  {change}",
            event.detail_type,
            evidence.len()
        );
    }
    let (events, out) = (generated.model.events.len(), schema_set::shown(&common.out));
    let changed = generated.changes.len();
    say!(
        "{events} event types in four packages below {out}/ (rust, typescript, python, registry); {changed} files changed."
    );
}

/// How many fields and known values an event has, at all depths.
fn sizes(event: &EventType) -> (usize, usize) {
    let mut sizes = (event.detail.len(), 0);
    for definition in &event.definitions {
        match &definition.body {
            Body::Object(fields) => sizes.0 += fields.len(),
            Body::Values(values) => sizes.1 += values.len(),
        }
    }
    sizes
}
