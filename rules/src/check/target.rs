//! The input of a target comes in; paths that no event of the rule has are told, and variables that are not given.

use super::leaves::Leaves;
use super::{Checker, envelope, scopes};
use crate::catalogue::Standing;
use crate::finding::{Code, Fix, Found};
use crate::near;
use crate::transform::{Input, Step, problems, steps};
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::EventType;

impl<'m> Checker<'_, 'm> {
    /// Checks the paths and the template of a target.
    pub(super) fn target(&mut self, tree: &Node, input: &Input) {
        problems(input)
            .into_iter()
            .for_each(|found| self.tell(found));
        let paths = input.paths.iter().map(|(_, path)| path).chain(&input.path);
        let events = self.events_of(tree);
        for path in paths {
            if let Some(text) = path.as_str() {
                self.path_of_input(path, text, events.as_deref());
            }
        }
    }

    /// The events that a pattern may match. None: others, too.
    fn events_of(&self, tree: &Node) -> Option<Vec<&'m EventType>> {
        let leaves = Leaves::of(tree);
        let (scopes, _) = scopes(self.catalogue, &leaves);
        let is_open = leaves.is_cut || scopes.iter().any(|scope| scope.is_open);
        let events = scopes.iter().flat_map(|scope| scope.events.iter().copied());
        (!is_open).then(|| events.collect())
    }

    /// A path; with the events that may come, if they are known.
    fn path_of_input(&mut self, path: &Node, text: &str, events: Option<&[&'m EventType]>) {
        let keys = steps(text).unwrap_or_default().into_iter().filter_map(key);
        let keys: Vec<String> = keys.collect();
        let names: Vec<&str> = keys.iter().map(String::as_str).collect();
        match (names.as_slice(), events) {
            ([], _) | (["detail"], _) | (["detail", ..], None) => {}
            (["detail", inner @ ..], Some(events)) => self.input_path(path, text, inner, events),
            ([first, ..], _) if envelope::KEYS.contains(first) => {}
            ([first, ..], _) => self.no_such_key(path, text, first),
        }
    }

    fn no_such_key(&mut self, path: &Node, text: &str, first: &str) {
        let message = format!(
            "no event has the key `{first}` beside its `detail`, so \"{text}\" is never there"
        );
        let found = Found::error(path.span.clone(), Code::UnknownPath, message);
        self.tell(match envelope::meant_key(first) {
            Some(meant) => found.fix(in_path(text, first, meant)),
            None => found,
        });
    }

    fn input_path(&mut self, node: &Node, path: &str, names: &[&str], events: &[&'m EventType]) {
        let standings: Vec<Standing<'m>> = events
            .iter()
            .map(|event| Standing::in_detail(event, names))
            .collect();
        if standings.is_empty() || standings.iter().any(Standing::is_there) {
            return;
        }
        let message = format!("no event of this rule has \"{path}\"");
        let found = Found::error(node.span.clone(), Code::UnknownPath, message);
        let meant = meant_path(path, names, &standings);
        self.tell(match meant {
            Some(fix) => found.fix(fix),
            None => found,
        });
    }
}

/// The path with the key that is meant, where a field is misspelt.
fn meant_path(path: &str, names: &[&str], standings: &[Standing<'_>]) -> Option<Fix> {
    let missing = standings.iter().flat_map(|standing| &standing.missing);
    let missing = missing.max_by_key(|missing| missing.step)?;
    let step = names.get(missing.step)?;
    let fields = missing.fields.iter().map(|field| field.key.as_str());
    let (meant, _) = near::meant(step, fields)?;
    Some(in_path(path, step, meant))
}

fn key(step: Step) -> Option<String> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

/// The path with another key in the place of one.
fn in_path(path: &str, from: &str, to: &str) -> Fix {
    let at = path.rfind(from).unwrap_or_default();
    let mut other = path.to_owned();
    other.replace_range(at..(at + from.len()).min(path.len()), to);
    Fix::Scalar {
        from: path.to_owned(),
        to: other,
    }
}
