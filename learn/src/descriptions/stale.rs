//! Descriptions come in, with the events and fields that there are; an error for each that describes none of them
//! goes out.

use super::Descriptions;
use crate::definitions::Definitions;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::nearest::did_you_mean;
use eventbridge_catalog::path::{self, Step};
use std::collections::BTreeSet;

impl Descriptions {
    /// Notes what is said of fields that an event does not have, or that have been described by another path.
    pub(super) fn tell_stale(
        &mut self,
        detail_type: &str,
        unused: Vec<&str>,
        definitions: &Definitions,
    ) {
        if unused.is_empty() {
            return;
        }
        let all = paths(definitions);
        for name in unused {
            let steps = path::steps(name).unwrap_or_default();
            let known = all.contains(&path::text(&steps));
            let message = match known {
                true => format!("`{name}` shares its type with a field that is described already"),
                false => format!("`{detail_type}` has no field `{name}`"),
            };
            let help = match known {
                true => Some("keep the description that fits both".to_owned()),
                false => did_you_mean(name, all.iter().map(String::as_str)),
            };
            let problem = self.places.at_own(detail_type, name, message);
            let severity = self.severity(name);
            self.stale.push(Diagnostic {
                severity,
                ..helped(problem, help)
            });
        }
    }

    /// An error for each description that no schema follows, when the meaning of all events was asked.
    pub(crate) fn stale(mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.stale);
        for detail_type in self.file.events.keys() {
            if !self.events.contains(detail_type) {
                let message = format!("there is no event `{detail_type}`");
                let meant = did_you_mean(detail_type, self.events.iter().map(String::as_str));
                found.push(helped(self.places.at_event(detail_type, message), meant));
            }
        }
        for name in self
            .file
            .fields
            .keys()
            .filter(|name| !self.followed.contains(*name))
        {
            let fits = self.fitting.contains(name);
            let message = match fits {
                true => format!("each field that `{name}` means is described more closely"),
                false => format!("no event has a field `{name}`"),
            };
            let help = match fits {
                true => Some("remove it".to_owned()),
                false => did_you_mean(name, self.keys.iter().map(String::as_str)),
            };
            let problem = helped(self.places.at_field(name, message), help);
            found.push(Diagnostic {
                severity: self.severity(name),
                ..problem
            });
        }
        found
    }

    /// How grave it is that nothing has a field: new evidence may take the place of what the API model told.
    fn severity(&self, name: &str) -> Severity {
        let steps = path::steps(name).unwrap_or_default();
        match steps.last() {
            Some(Step::Key(key)) if self.members.contains(key) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// All paths of fields.
fn paths(definitions: &Definitions) -> BTreeSet<String> {
    let objects = definitions.objects.iter();
    let fields = objects.flat_map(|object| {
        let keys = object.shape.fields.keys();
        keys.flat_map(|key| object.paths.iter().map(|path| path::key(path, key)))
    });
    fields.collect()
}

fn helped(problem: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => problem.help(help),
        None => problem.help("remove it, or learn the evidence that shows it"),
    }
}
