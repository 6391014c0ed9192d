//! The text of `descriptions.json` comes in; what it says goes out, and where each part of it stands. What is wrong
//! with the text itself is told here.

use super::{DescriptionsFile, MAX_DESCRIPTION};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Member, Node};
use eventbridge_catalog::path::{self, Step};
use eventbridge_catalog::text::{Lines, Place, is_address};
use std::collections::BTreeMap;

/// Where the parts of a file stand.
#[derive(Clone, Debug, Default)]
pub(super) struct FilePlaces {
    path: String,
    /// The place and the width of each key, by the keys around it and its own.
    keys: BTreeMap<Vec<String>, (Place, usize)>,
}

/// The keys in the file that hold others.
const FIELDS: &str = "fields";
const EVENTS: &str = "events";

impl FilePlaces {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(super) fn read(
        path: &str,
        text: String,
    ) -> Result<(FilePlaces, DescriptionsFile), Vec<Diagnostic>> {
        let file: DescriptionsFile = serde_json::from_str(&text).map_err(|error| {
            let place = Place::reported(error.line(), error.column());
            vec![Diagnostic::error(path, error.to_string()).at(place)]
        })?;
        let lines = Lines::new(&text);
        let root = json::read_strict(&text).map_err(|error| {
            vec![Diagnostic::error(path, error.message).at(lines.place(error.at))]
        })?;
        let mut reader = Reader {
            path,
            text: &text,
            lines,
            keys: BTreeMap::new(),
            problems: Vec::new(),
        };
        reader.members(&root, &mut Vec::new());
        match reader.problems.is_empty() {
            true => Ok((
                FilePlaces {
                    path: path.to_owned(),
                    keys: reader.keys,
                },
                file,
            )),
            false => Err(reader.problems),
        }
    }

    /// An error at the name of a field of all events.
    pub(super) fn at_field(&self, name: &str, message: String) -> Diagnostic {
        self.at(&[FIELDS, name], message)
    }

    /// An error at an event.
    pub(super) fn at_event(&self, detail_type: &str, message: String) -> Diagnostic {
        self.at(&[EVENTS, detail_type], message)
    }

    /// An error at the path of a field of one event.
    pub(super) fn at_own(&self, detail_type: &str, path: &str, message: String) -> Diagnostic {
        self.at(&[EVENTS, detail_type, FIELDS, path], message)
    }

    fn at(&self, keys: &[&str], message: String) -> Diagnostic {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let found = Diagnostic::error(&self.path, message);
        match self.keys.get(&keys) {
            Some((place, width)) => found.at(*place).wide(*width),
            None => found,
        }
    }
}

struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    lines: Lines<'t>,
    keys: BTreeMap<Vec<String>, (Place, usize)>,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn members(&mut self, node: &Node, around: &mut Vec<String>) {
        let mut paths = BTreeMap::new();
        for member in node.members() {
            let key = self.place(member);
            around.push(member.key.clone());
            self.keys.insert(around.clone(), key);
            if is_field(around) {
                self.name(member, key, &mut paths);
            }
            self.check(member, around);
            self.members(&member.node, around);
            around.pop();
        }
    }

    /// A name of a field: it must be a path, and no two may be the same.
    fn name(&mut self, member: &Member, key: (Place, usize), paths: &mut BTreeMap<String, usize>) {
        let name = &member.key;
        let steps = path::steps(name).filter(|steps| matches!(steps.first(), Some(Step::Key(_))));
        let Some(steps) = steps else {
            let message = format!("`{name}` is no path of a field");
            let help = "write it as `InputDataConfig[].ChannelName`, or the key alone";
            return self.problem(key, message, help);
        };
        if !matches!(steps.last(), Some(Step::Key(_))) {
            let message = format!("`{name}` is no field, but what stands in one");
            return self.problem(key, message, "describe the field that holds it");
        }
        if let Some(line) = paths.insert(path::text(&steps), key.0.line) {
            let message = format!("`{name}` means the same field as a name in line {line}");
            self.problem(key, message, "keep one of them");
        }
    }

    /// A text must say something, on one line, and not too much; an address must be one.
    fn check(&mut self, member: &Member, around: &[String]) {
        let Some(text) = member.node.as_str() else {
            let says_nothing = member.node.members().is_empty();
            if around.len() == 2 && around[0] == EVENTS && says_nothing {
                let message = format!("nothing is said of `{}`", member.key);
                self.problem(
                    self.place(member),
                    message,
                    "remove it, or say when it is sent",
                );
            }
            return;
        };
        let place = (self.lines.place(member.node.span.start), 1);
        let is_text = is_field(around) || member.key == "description";
        if is_text && text.trim().is_empty() {
            let message = format!("the description of `{}` is empty", around[around.len() - 1]);
            self.problem(place, message, "say what it means, or remove it");
        } else if is_text && text.contains(|c: char| c.is_control()) {
            self.problem(
                place,
                "a description stands on one line".to_owned(),
                "say it in one sentence",
            );
        } else if is_text && text.chars().count() > MAX_DESCRIPTION {
            let message = format!("a description has at most {MAX_DESCRIPTION} characters");
            self.problem(
                place,
                message,
                "say it in one sentence, and the rest elsewhere",
            );
        } else if !is_text && member.key == "documentation" && !is_address(text) {
            let message = "expected the address of a page".to_owned();
            let help = "begin it with https://, and write odd characters as %20";
            self.problem(place, message, help);
        }
    }

    fn place(&self, member: &Member) -> (Place, usize) {
        let key = self.text.get(member.key_span.clone()).unwrap_or_default();
        let place = self.lines.place(member.key_span.start);
        (place, key.chars().count())
    }

    fn problem(&mut self, (place, width): (Place, usize), message: String, help: &str) {
        let problem = Diagnostic::error(self.path, message).at(place).wide(width);
        self.problems.push(problem.help(help));
    }
}

/// Whether the last of these keys is the name of a field.
fn is_field(keys: &[String]) -> bool {
    match keys {
        [fields, _] => fields == FIELDS,
        [events, _, fields, _] => events == EVENTS && fields == FIELDS,
        _ => false,
    }
}
