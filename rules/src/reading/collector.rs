//! What is found in files comes in, one after the other; rules under ids of their own go out, and what there is to say.

use super::found::{Finds, Found, Kind, Unknown};
use super::placed::Embedded;
use super::rule::{Draft, LeftOut, Reading, Rule};
use super::tree::{UNKNOWN, compact, known, notes_in, same, with_placeholders};
use super::{document, placed, template};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::text::{Lines, Place};
use eventbridge_patterns::{Pattern, PatternError};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A file that is being read.
pub(super) struct File<'f> {
    pub(super) shown: &'f str,
    pub(super) text: &'f str,
    lines: Lines<'f>,
}

impl<'f> File<'f> {
    pub(super) fn new(shown: &'f str, text: &'f str) -> Self {
        File {
            shown,
            text,
            lines: Lines::new(text),
        }
    }

    fn warning(&self, at: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.shown, message).at(self.lines.place(at))
    }
}

/// The rules of all files, as they are found.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) reading: Reading,
    ids: HashSet<String>,
    /// How often a name with its file's was asked for.
    same_names: HashMap<String, usize>,
    /// How many problems of a file and a kind there were.
    told: BTreeMap<(String, Severity), usize>,
}

/// The code of what is told of a rule that is refused.
pub(crate) const REFUSED: &str = "invalid-pattern";
/// The code of what is told of a rule that is left out.
pub(crate) const LEFT_OUT: &str = "left-out";
/// The code of what sums up others.
pub(crate) const SUM: &str = "sum";
/// The code of what is odd about how a pattern is written.
pub(crate) const NOTED: &str = "odd-value";
/// The code of what the engine or the service says of a pattern.
pub(crate) const WARNED: &str = "pattern";

/// How many problems of a file and a kind are told one by one.
const TOLD: usize = 50;

impl Collector {
    /// Keeps a problem; of many of a file and a kind only how many they are.
    pub(super) fn problem(&mut self, problem: Diagnostic) {
        let key = (problem.path.clone(), problem.severity);
        let count = self.told.entry(key).or_default();
        *count += 1;
        if *count <= TOLD {
            self.reading.diagnostics.push(problem);
        }
    }

    /// Tells how many problems were not told one by one.
    pub(super) fn told_in_sum(&mut self) {
        let more = self.told.iter().filter(|(_, count)| **count > TOLD);
        let more = more.map(|((path, severity), count)| {
            let message = format!("{} more of these are not told one by one", count - TOLD);
            Diagnostic::new(*severity, path, message).coded(&SUM)
        });
        self.reading.diagnostics.extend(more);
    }

    pub(super) fn finds(&mut self, file: &File<'_>, finds: Finds) {
        for (at, message) in finds.told {
            self.problem(file.warning(at, message));
        }
        for (at, message) in finds.refused {
            let place = file.lines.place(at);
            self.problem(Diagnostic::error(file.shown, message).at(place));
        }
        for found in finds.rules {
            match &found.pattern {
                Ok(node) => {
                    for (at, note) in notes_in(node, &finds.notes) {
                        let problem = file.warning(at, format!("{}: {note}", found.name));
                        self.problem(problem.coded(&NOTED));
                    }
                    self.found(file, &found, node);
                }
                Err(unknown) => self.leave_out(file, &found, unknown),
            }
        }
    }

    fn leave_out(&mut self, file: &File<'_>, found: &Found, unknown: &Unknown) {
        let id = self.free_id(file.shown, &found.name);
        let problem = file.warning(
            unknown.at,
            format!("rule {id} is left out: {}", unknown.reason),
        );
        let problem = problem.coded(&LEFT_OUT);
        self.problem(match &unknown.help {
            Some(help) => problem.help(help),
            None => problem,
        });
        self.reading.left_out.push(LeftOut {
            id,
            kind: found.kind,
            path: file.shown.to_owned(),
            place: file.lines.place(unknown.at),
            reason: unknown.reason.clone(),
            help: unknown.help.clone(),
        });
    }

    /// A rule whose pattern is text, or a part of the file.
    fn found(&mut self, file: &File<'_>, found: &Found, node: &Node) {
        let slice = file.text.get(node.span.clone()).unwrap_or_default();
        let (text, verbatim) = match &node.value {
            Value::String(text) => (text.clone(), None),
            // As it is written, so that places in it can be told, and twofold keys seen.
            _ if document::json(slice)
                .trees
                .first()
                .is_some_and(|tree| same(tree, node)) =>
            {
                (slice.to_owned(), Some(node.span.start))
            }
            _ => (compact(&known(node)), None),
        };
        let place_of = |error: &PatternError| match (verbatim, &node.value) {
            (Some(start), _) => file.lines.place(start + error.offset()),
            (None, Value::String(_)) => file.lines.place(node.span.start),
            (None, _) => file
                .lines
                .place(template::field(node, error.path()).span.start),
        };
        if text.contains(UNKNOWN) && Pattern::parse(&text).is_err() {
            let reason = "parts of its text are known only when it is deployed";
            return self.leave_out(file, found, &Unknown::new(found.at, reason));
        }
        // What is deployed has no blanks.
        let deployed = match Pattern::parse(&text) {
            Ok(_) if verbatim.is_some() => compact(node),
            _ => text,
        };
        let embedded = match &node.value {
            Value::String(text) => placed::read(text, file.text, &node.span),
            _ => {
                let mut tree = node.clone();
                with_placeholders(&mut tree);
                Some(Embedded {
                    tree,
                    repairs: Vec::new(),
                })
            }
        };
        self.parsed(file, found, &deployed, place_of, embedded);
    }

    /// A pattern by itself.
    pub(super) fn pattern(&mut self, file: &File<'_>, id: &str, start: usize, text: &str) {
        let unknown = Err(Unknown::new(start, ""));
        let found = Found::new(id.to_owned(), Kind::Rule, start, unknown);
        let embedded = placed::read(text, file.text, &(start..file.text.len()));
        let place_of = |error: &PatternError| file.lines.place(start + error.offset());
        self.parsed(file, &found, text, place_of, embedded);
    }

    fn warn(&mut self, file: &File<'_>, found: &Found, pattern: &Pattern) {
        let warnings = match found.kind.is_filter() {
            true => pattern.warnings_as_filter(),
            false => pattern.warnings().to_vec(),
        };
        for warning in warnings {
            let problem = file.warning(found.at, format!("{}: {warning}", found.name));
            self.problem(problem.coded(&WARNED));
        }
    }

    fn parsed(
        &mut self,
        file: &File<'_>,
        found: &Found,
        text: &str,
        place_of: impl Fn(&PatternError) -> Place,
        embedded: Option<Embedded>,
    ) {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(error) => {
                let refusal = refusal(file.shown, &found.name, &error, place_of(&error), text);
                return self.refuse(found, refusal, embedded);
            }
        };
        self.warn(file, found, &pattern);
        let id = self.free_id(file.shown, &found.name);
        let (tree, repairs) = match embedded {
            Some(embedded) => (embedded.tree, embedded.repairs),
            None => (Node::object::<String>([]), Vec::new()),
        };
        self.reading.rules.push(Rule {
            id,
            kind: found.kind,
            is_disabled: found.is_disabled,
            path: file.shown.to_owned(),
            place: file.lines.place(found.at),
            pattern,
            tree,
            repairs,
            targets: found.targets.clone(),
        });
    }

    fn refuse(&mut self, found: &Found, refusal: Diagnostic, embedded: Option<Embedded>) {
        self.problem(refusal.clone());
        let (tree, repairs) = match embedded {
            Some(embedded) => (Some(embedded.tree), embedded.repairs),
            None => (None, Vec::new()),
        };
        self.reading.drafts.push(Draft {
            id: found.name.clone(),
            kind: found.kind,
            refusal,
            tree,
            repairs,
        });
    }

    /// The name of a rule; with the file's, and a number, if it is taken.
    fn free_id(&mut self, path: &str, name: &str) -> String {
        if self.ids.insert(name.to_owned()) {
            return name.to_owned();
        }
        let long = format!("{path}:{name}");
        let taken = self.same_names.entry(long.clone()).or_insert(1);
        loop {
            let id = match *taken {
                1 => long.clone(),
                number => format!("{long}-{number}"),
            };
            *taken += 1;
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn refusal(path: &str, name: &str, error: &PatternError, place: Place, text: &str) -> Diagnostic {
    let message = format!("the event pattern is not valid: {}", error.message());
    let problem = Diagnostic::error(path, format!("{message} (rule {name})"))
        .at(place)
        .coded(&REFUSED);
    let is_event = serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| {
        value
            .get("source")
            .is_some_and(serde_json::Value::is_string)
            && value
                .get("detail-type")
                .is_some_and(serde_json::Value::is_string)
    });
    match error.help() {
        _ if is_event => problem.help("this is an event, not a pattern: name it without --rules"),
        "" => problem,
        help => problem.help(help),
    }
}
