//! A schema set comes in; its sample events go out as the test events of Lambda functions.

use crate::hold::{Use, hold};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::EventType;
use eventbridge_catalog::schema_set::{self, samples::Sample, samples::samples};
use eventbridge_codegen::STAMP;
use eventbridge_registry::desired::Desired;
use eventbridge_registry::test_events;
use std::collections::BTreeSet;
use std::path::Path;

/// Named events.
pub(super) type Events = Vec<(String, Node)>;

/// The test events of each function.
pub(super) fn desired(
    functions: &[String],
    events: &Events,
) -> Result<Vec<Desired>, Vec<Diagnostic>> {
    let one = |function: &String| test_events::desired(function, events.clone(), STAMP);
    let all: Result<Vec<Desired>, Diagnostic> = functions.iter().map(one).collect();
    all.map_err(|problem| vec![problem])
}

/// The samples of the events that are asked for, by default of all; each called as its schema.
pub(super) fn events(schemas: &Path, wanted: &[String]) -> Result<Events, Vec<Diagnostic>> {
    let _held = hold(&[(schemas, Use::Read)]).map_err(|problem| vec![problem])?;
    let model = schema_set::load(schemas)?;
    let mut samples = samples(schemas).map_err(|problem| vec![problem])?;
    if let Some(name) = wanted.iter().find(|name| !has(&samples, name)) {
        let message = format!("there is no sample of an event `{name}`");
        let help = "`cargo codegen explain` tells what is known of an event";
        return Err(vec![Diagnostic::error(shown(schemas), message).help(help)]);
    }
    samples.retain(|sample| wanted.is_empty() || wanted.contains(&sample.detail_type));
    Ok(named(&model.events, &samples))
}

fn has(samples: &[Sample], detail_type: &str) -> bool {
    samples
        .iter()
        .any(|sample| sample.detail_type == detail_type)
}

/// Samples by the names of their events, each once.
fn named(known: &[EventType], samples: &[Sample]) -> Events {
    let (mut events, mut names, mut seen) = (Events::new(), BTreeSet::new(), BTreeSet::new());
    for sample in samples {
        let is_it = |event: &&EventType| {
            event.source == sample.source && event.detail_type == sample.detail_type
        };
        let Some(event) = known.iter().find(is_it) else {
            continue;
        };
        let Ok(content) = json::read_strict(&sample.event.to_string()) else {
            continue; // nests deeper than anything is read
        };
        if !seen.insert(json::write(&content)) {
            continue;
        }
        let mut free = (1..).map(|number| name(&event.name, number));
        let name = free.find(|name| names.insert(name.clone()));
        events.extend(name.map(|name| (name, content)));
    }
    events
}

/// The longest name that the console of Lambda takes.
const LONGEST_NAME: usize = 25;

fn name(event: &str, number: usize) -> String {
    let end = match number {
        1 => String::new(),
        number => format!("-{number}"),
    };
    let allowed = |c: &char| c.is_ascii_alphanumeric() || ".-_".contains(*c);
    let room = LONGEST_NAME.saturating_sub(end.len());
    let start: String = event.chars().filter(allowed).take(room).collect();
    start + &end
}
