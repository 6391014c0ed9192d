//! The main job: samples and corrections give the schemas, the schemas give the packages; then a table
//! of what there is and what changed.

use super::{Outcome, generate};
use crate::report::{self, LearnReport};
use crate::{Common, Format, terminal};
use eventbridge_codegen::diagnostic::Diagnostic;
use eventbridge_codegen::learn::{self, Learned, LearnedEvent};
use eventbridge_codegen::model::EventType;
use eventbridge_codegen::{catalog, files};

pub(crate) fn run(common: &Common) -> Outcome {
    let mut learned = learn::learn(&common.schemas, &[]);
    let mut diagnostics = std::mem::take(&mut learned.diagnostics);
    let generated = match diagnostics
        .iter()
        .any(|found| found.severity == eventbridge_codegen::diagnostic::Severity::Error)
    {
        true => Err(Vec::new()),
        false => write(common, &learned),
    };
    let (generated, sound) = match generated {
        Ok(generated) => (Some(generated), true),
        Err(problems) => {
            diagnostics.extend(problems);
            (None, false)
        }
    };
    match common.format {
        Format::Json => report::print(&LearnReport::new(
            &common.schemas,
            &[],
            &learned,
            &diagnostics,
        )),
        Format::Human => {
            terminal::show(&diagnostics);
            generated
                .iter()
                .for_each(|generated| table(common, &learned, generated));
        }
    }
    if sound { Outcome::Done } else { Outcome::Wrong }
}

fn write(common: &Common, learned: &Learned) -> Result<generate::Generated, Vec<Diagnostic>> {
    files::apply(&common.schemas, &learned.changes).map_err(|error| {
        vec![Diagnostic::error(
            catalog::shown(&common.schemas),
            format!("cannot be written: {error}"),
        )]
    })?;
    let generated = generate::plan(common)?;
    generate::write(common, &generated.changes)?;
    Ok(generated)
}

fn table(common: &Common, learned: &Learned, generated: &generate::Generated) {
    println!(
        "{:<64} {:>6} {:>6} {:>6}  schema",
        "event", "fields", "values", "pages"
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
        println!(
            "{:<64} {:>6} {:>6} {:>6}  {change}",
            event.detail_type,
            fields(event),
            values(event),
            pages(event)
        );
    }
    let packages = "Rust, TypeScript, Python, registry documents";
    let out = catalog::shown(&common.out);
    println!(
        "{} event types; {packages} in {out}: {} files changed.",
        generated.model.events.len(),
        generated.changes.len()
    );
}

fn fields(event: &EventType) -> usize {
    use eventbridge_codegen::model::Body;
    let below = event
        .definitions
        .iter()
        .map(|definition| match &definition.body {
            Body::Object(fields) => fields.len(),
            Body::Values(_) => 0,
        });
    event.detail.len() + below.sum::<usize>()
}

fn values(event: &EventType) -> usize {
    use eventbridge_codegen::model::Body;
    let listed = event
        .definitions
        .iter()
        .map(|definition| match &definition.body {
            Body::Values(values) => values.len(),
            Body::Object(_) => 0,
        });
    listed.sum()
}

fn pages(event: &EventType) -> usize {
    let pages: std::collections::BTreeSet<&str> = event
        .evidence
        .iter()
        .map(|site| site.page.as_str())
        .collect();
    pages.len()
}
