//! The trees of a file come in; the rules of whatever each holds are collected: a template, a plan, what tools print, or
//! patterns by themselves.

use super::Reader;
use crate::reading::collector::File;
use crate::reading::document::{Documents, Fault};
use crate::reading::found::{Finds, Found, Kind, Unknown};
use crate::reading::tree::compact;
use crate::reading::{intrinsic, printed, serverless, template, terraform};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_patterns::Pattern;

/// Keys of events that patterns have arrays under, and nothing else has.
const FIELDS: [&str; 9] = [
    "source",
    "detail-type",
    "detail",
    "account",
    "region",
    "resources",
    "$or",
    "body",
    "dynamodb",
];

/// Words of which every file with rules has one.
const WORDS: [&str; 6] = ["source", "detail", "account", "Pattern", "pattern", "AWS::"];

impl Reader<'_> {
    /// The rules of all trees of a file.
    pub(super) fn documents(
        &mut self,
        file: &File<'_>,
        name: &str,
        documents: Documents,
        is_in_folder: bool,
    ) {
        let mut patterns = Vec::new();
        let mut finds = Finds {
            notes: documents.notes,
            ..Finds::default()
        };
        let mut is_other = false;
        for tree in &documents.trees {
            is_other |= !self.tree(tree, name, is_in_folder, &mut finds, &mut patterns);
        }
        let several = patterns.len() > 1;
        for (pattern, number) in patterns.into_iter().zip(1..) {
            let name = if several {
                format!("{name}-{number}")
            } else {
                name.to_owned()
            };
            let unknown = intrinsic::has_function(pattern).then(|| {
                Unknown::new(
                    pattern.span.start,
                    "its functions are known only when it is deployed",
                )
                .help("give the template around it, or the pattern itself")
            });
            finds.rules.push(Found {
                targets: Vec::new(),
                name,
                kind: Kind::Rule,
                is_disabled: false,
                at: pattern.span.start,
                pattern: unknown.map_or_else(|| Ok(pattern.clone()), Err),
            });
        }
        let is_empty = finds.rules.is_empty();
        self.rules.finds(file, finds);
        match documents.fault {
            // Of a folder, what is no JSON and speaks of nothing that rules do is somebody else's.
            Some(_)
                if is_in_folder
                    && is_empty
                    && !WORDS.iter().any(|word| file.text.contains(word)) =>
            {
                self.passed_over.push(file.shown.to_owned());
            }
            Some(fault) => self.fault(file, name, fault, documents.trees.is_empty()),
            None if is_in_folder && is_empty && (is_other || documents.trees.is_empty()) => {
                self.passed_over.push(file.shown.to_owned());
            }
            None => {}
        }
    }

    /// What is no value. Whatever else it is, the pattern's own reader says best what is wrong with it.
    fn fault(&mut self, file: &File<'_>, name: &str, fault: Fault, is_first: bool) {
        let rest = file.text.get(fault.value..).unwrap_or_default();
        let is_refused = Pattern::parse(rest).is_err();
        if rest.starts_with('{') && (is_first || is_refused) {
            return self.rules.pattern(file, name, fault.value, rest);
        }
        self.rules
            .problem(Diagnostic::error(file.shown, fault.message).at(fault.place));
    }

    /// What a tree holds; bare patterns are kept, to be named together. False if it holds nothing.
    fn tree<'t>(
        &mut self,
        tree: &'t Node,
        name: &str,
        is_in_folder: bool,
        finds: &mut Finds,
        patterns: &mut Vec<&'t Node>,
    ) -> bool {
        if let Value::Array(items) = &tree.value {
            let found = items
                .iter()
                .map(|item| self.tree(item, name, is_in_folder, finds, patterns));
            return found.fold(false, |any, one| any | one);
        }
        let before = finds.rules.len();
        if self.of_tool(tree, name, finds) {
            return finds.rules.len() > before;
        }
        if is_in_folder && !may_be_pattern(tree) {
            false
        } else if !matches!(tree.value, Value::Object(_)) {
            finds.refuse(
                tree.span.start,
                "expected an event pattern, which is an object",
            );
            false
        } else {
            patterns.push(tree);
            true
        }
    }

    /// Whether a tree is of some tool, whose rules are taken.
    fn of_tool(&self, tree: &Node, name: &str, finds: &mut Finds) -> bool {
        if template::is_one(tree) {
            template::rules(tree, self.settings, finds);
        } else if terraform::is_one(tree) {
            terraform::rules(tree, finds);
        } else if serverless::is_one(tree) {
            serverless::rules(tree, self.settings, finds);
        } else if printed::is_one(tree) {
            printed::rules(tree, name, finds);
        } else {
            return false;
        }
        true
    }
}

/// Whether a tree could be meant as a pattern, also if it is a bad one.
fn may_be_pattern(tree: &Node) -> bool {
    FIELDS.iter().any(|field| tree.get(field).is_some()) || Pattern::parse(&compact(tree)).is_ok()
}
