//! A schema set comes in; its sample events go out as the test events of Lambda functions.

use crate::hold::{Use, hold};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::Lines;
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
    let one = |problem| vec![problem];
    let mut found = Found {
        model: &model,
        wanted,
        events: Vec::new(),
        names: BTreeSet::new(),
    };
    for (source, folder) in schema_set::sources(schemas).map_err(one)? {
        let samples = folder.join("samples");
        if samples.is_dir() {
            for file in schema_set::schema_files(&samples).map_err(one)? {
                found.read(&source, &file).map_err(one)?;
            }
        }
    }
    match found.lacking() {
        Some(name) => {
            let message = format!("there is no sample of an event `{name}`");
            let help = "`cargo codegen explain` tells what is known of an event";
            Err(one(Diagnostic::error(shown(schemas), message).help(help)))
        }
        None => Ok(found.events),
    }
}

struct Found<'m> {
    model: &'m Model,
    wanted: &'m [String],
    events: Events,
    names: BTreeSet<String>,
}

impl Found<'_> {
    fn read(&mut self, source: &str, file: &Path) -> Result<(), Diagnostic> {
        let path = shown(file);
        let text =
            std::fs::read_to_string(file).map_err(|error| Diagnostic::unreadable(&path, error))?;
        let samples = json::read_strict(&text).map_err(|error| {
            Diagnostic::error(&path, error.message).at(Lines::new(&text).place(error.at))
        })?;
        let events = samples.get("events").map(Node::items);
        for sample in events.unwrap_or_default() {
            let detail_type = sample.get("detail_type").and_then(Node::as_str);
            if let (Some(detail_type), Some(event)) = (detail_type, sample.get("event")) {
                self.add(source, detail_type, event);
            }
        }
        Ok(())
    }

    fn add(&mut self, source: &str, detail_type: &str, event: &Node) {
        let is_wanted =
            self.wanted.is_empty() || self.wanted.iter().any(|name| name == detail_type);
        let mut known = self.model.events.iter();
        let known = known.find(|known| known.source == source && known.detail_type == detail_type);
        let Some(known) = known.filter(|_| is_wanted) else {
            return;
        };
        let numbered = |number: usize| match number {
            1 => known.name.clone(),
            number => format!("{}-{number}", known.name),
        };
        let name = (1..).map(numbered).find(|name| !self.names.contains(name));
        if let Some(name) = name {
            self.names.insert(name.clone());
            self.events.push((name, event.clone()));
        }
    }

    /// An event that was asked for, and has no sample.
    fn lacking(&self) -> Option<&String> {
        let has = |name: &str| {
            let mut events = self.events.iter();
            let said = |event: &Node| event.get("detail-type").and_then(Node::as_str) == Some(name);
            events.any(|(_, event)| said(event))
        };
        self.wanted.iter().find(|name| !has(name))
    }
}
