//! The main job: samples and corrections give the schemas, the schemas give the packages; then a table
//! of what there is and what changed.

use super::{Outcome, generate};
use crate::hold::{Use, hold};
use crate::report::{self, LearnReport};
use crate::terminal::counted;
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity, shown};
use eventbridge_catalog::files;
use eventbridge_catalog::model::{Body, EventType};
use eventbridge_catalog::text::visible;
use eventbridge_codegen::generate::{Breaks, Generated, apart};
use eventbridge_learn::{Learned, LearnedEvent};
use std::collections::BTreeSet;

pub(crate) fn run(common: &Common) -> Outcome {
    let (learned, mut diagnostics, generated) = held(common);
    let outcome = match &generated {
        Some(_) => Outcome::Done,
        None => Outcome::Wrong,
    };
    let mut told = BTreeSet::new();
    diagnostics.retain(|problem| told.insert(problem.to_string())); // both halves look at the same files
    match (generated, common.format) {
        (None, Format::Human) => terminal::show(&diagnostics),
        (Some(generated), Format::Human) => {
            terminal::show(&diagnostics);
            show_table(common, &learned, &generated);
        }
        (_, Format::Json) => {
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

/// What was learned, what there is to say, and what was generated, if all went well.
fn held(common: &Common) -> (Learned, Vec<Diagnostic>, Option<Generated>) {
    let folders = [(&*common.schemas, Use::Write), (&*common.out, Use::Write)];
    let apart = apart(&common.schemas, &common.out);
    let _held = match apart.and_then(|()| hold(&folders)) {
        Ok(held) => held,
        Err(problem) => return (Learned::default(), vec![problem], None),
    };
    let mut learned = eventbridge_learn::learn(&common.schemas, &[]);
    let mut diagnostics = std::mem::take(&mut learned.diagnostics);
    if diagnostics
        .iter()
        .any(|told| told.severity == Severity::Error)
    {
        return (learned, diagnostics, None);
    }
    files::sweep(&common.schemas, &learned.leftovers);
    if let Err(unfinished) = files::apply(&common.schemas, &learned.changes) {
        diagnostics.push(unfinished.problem());
        return (learned, diagnostics, None);
    }
    match generate::packages(common, false, &Breaks::Refused) {
        Ok(mut generated) => {
            diagnostics.append(&mut generated.warnings);
            (learned, diagnostics, Some(generated))
        }
        Err(problems) => {
            diagnostics.extend(problems);
            diagnostics.extend(half(common, &learned));
            (learned, diagnostics, None)
        }
    }
}

/// What was done before the packages could not be.
fn half(common: &Common, learned: &Learned) -> Option<Diagnostic> {
    let said = match learned.changes.len() {
        0 => return None,
        1 => "1 file was written".to_owned(),
        many => format!("{many} files were written"),
    };
    let (path, message) = (shown(&common.schemas), format!("{said} before that"));
    Some(Diagnostic::new(Severity::Note, path, message))
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
            visible(&event.detail_type),
            evidence.len()
        );
    }
    let (events, out) = (generated.model.events.len(), shown(&common.out));
    let changed = counted(generated.changes.len(), "file");
    say!(
        "{events} event types in four packages below {out}/ (rust, typescript, python, registry); {changed} changed."
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
