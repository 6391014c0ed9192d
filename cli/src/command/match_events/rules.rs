//! Files, folders and texts come in; rules with their parsed patterns go out, and a diagnostic for each
//! that is none.

use super::{template, yaml};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Node, Value};
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::{Lines, Place};
use eventbridge_patterns::{Pattern, PatternError};
use std::path::{Path, PathBuf};

/// A rule, ready to match.
pub(super) struct Rule {
    pub(super) id: String,
    /// The file it stands in.
    pub(super) path: String,
    /// Where its pattern begins.
    pub(super) place: Place,
    pub(super) pattern: Pattern,
}

/// What the files give.
#[derive(Default)]
struct Reading {
    rules: Vec<Rule>,
    diagnostics: Vec<Diagnostic>,
}

/// Reads all rules of these files and folders, and these patterns.
pub(super) fn read(paths: &[PathBuf], patterns: &[String]) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut reading = Reading::default();
    for (index, text) in patterns.iter().enumerate() {
        let id = if patterns.len() == 1 {
            "pattern".to_owned()
        } else {
            format!("pattern-{}", index + 1)
        };
        reading.pattern(&id, "--pattern", text);
    }
    for path in paths {
        reading.path(path);
    }
    if reading.rules.is_empty() && reading.diagnostics.is_empty() {
        let path = paths
            .first()
            .map_or("--rules".to_owned(), |path| schema_set::shown(path));
        reading.diagnostics.push(Diagnostic::error(
            path,
            "there is no rule with an event pattern",
        ));
    }
    (reading.rules, reading.diagnostics)
}

impl Reading {
    fn path(&mut self, path: &Path) {
        if path.is_dir() {
            return self.folder(path);
        }
        let shown = schema_set::shown(path);
        match std::fs::read(path) {
            Err(error) => self
                .diagnostics
                .push(Diagnostic::error(shown, format!("cannot be read: {error}"))),
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.file(path, &shown, &text),
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let text = String::from_utf8_lossy(error.as_bytes());
                    let problem = Diagnostic::error(shown, "this is no UTF-8 text");
                    self.diagnostics
                        .push(problem.at(Lines::new(&text).place(good)));
                }
            },
        }
    }

    /// All files of a folder that may hold rules, and of the folders in it.
    fn folder(&mut self, folder: &Path) {
        let entries =
            std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        match entries {
            Err(error) => {
                self.diagnostics.push(Diagnostic::error(
                    schema_set::shown(folder),
                    format!("cannot be read: {error}"),
                ));
            }
            Ok(entries) => {
                let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
                paths.sort();
                let holds_rules = |path: &&PathBuf| {
                    path.is_dir() && !path.is_symlink()
                        || is_any(path, &["json", "yaml", "yml", "template"])
                };
                paths
                    .iter()
                    .filter(holds_rules)
                    .for_each(|path| self.path(path));
            }
        }
    }

    fn file(&mut self, path: &Path, shown: &str, text: &str) {
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_yaml = is_any(path, &["yaml", "yml"])
            || is_any(path, &["template"]) && !text.trim_start().starts_with('{');
        if is_yaml {
            match yaml::read(text) {
                Ok(tree) => self.tree(&id, shown, text, &tree, true),
                Err(problem) => self
                    .diagnostics
                    .push(Diagnostic::error(shown, problem.message).at(problem.place)),
            }
            return;
        }
        match json::read_strict(text) {
            Ok(tree) if template::rules(&tree).is_some() => {
                self.tree(&id, shown, text, &tree, false)
            }
            // Whatever else it is, the pattern's own reader says best what is wrong with it.
            _ => self.pattern(&id, shown, text),
        }
    }

    /// The rules of a template, or a pattern written as YAML.
    fn tree(&mut self, id: &str, path: &str, text: &str, tree: &Node, is_yaml: bool) {
        let found = template::rules(tree).unwrap_or_else(|| vec![(id.to_owned(), tree)]);
        for (id, node) in found {
            let place = Lines::new(text).place(node.span.start);
            if template::has_function(node) {
                let problem = Diagnostic::warning(
                    path,
                    format!("rule {id} is left out: it is known only when it is deployed"),
                );
                self.diagnostics.push(
                    problem
                        .at(place)
                        .help("give the deployed template, or the pattern itself"),
                );
                continue;
            }
            let (pattern, start) = match &node.value {
                Value::String(pattern) => (pattern.clone(), None),
                _ if is_yaml => (json::write(node), None),
                _ => (text[node.span.clone()].to_owned(), Some(node.span.start)),
            };
            let place_of = |error: &PatternError| match start {
                Some(start) => Lines::new(text).place(start + error.offset()),
                None => Lines::new(text).place(template::field(node, error.path()).span.start),
            };
            self.rule(Rule::parse(&id, path, &pattern, place, place_of));
        }
    }

    fn pattern(&mut self, id: &str, path: &str, text: &str) {
        let place = Place { line: 1, column: 1 };
        let place_of = |error: &PatternError| Lines::new(text).place(error.offset());
        self.rule(Rule::parse(id, path, text, place, place_of));
    }

    fn rule(&mut self, rule: Result<Rule, Diagnostic>) {
        match rule {
            Err(problem) => self.diagnostics.push(problem),
            Ok(mut rule) => {
                if self.rules.iter().any(|known| known.id == rule.id) {
                    rule.id = format!("{}:{}", rule.path, rule.id);
                }
                let warnings = rule.pattern.warnings().iter();
                self.diagnostics.extend(
                    warnings.map(|warning| Diagnostic::warning(&rule.path, warning).at(rule.place)),
                );
                self.rules.push(rule);
            }
        }
    }
}

impl Rule {
    fn parse(
        id: &str,
        path: &str,
        pattern: &str,
        place: Place,
        place_of: impl Fn(&PatternError) -> Place,
    ) -> Result<Rule, Diagnostic> {
        match Pattern::parse(pattern) {
            Ok(pattern) => Ok(Rule {
                id: id.to_owned(),
                path: path.to_owned(),
                place,
                pattern,
            }),
            Err(error) => {
                let problem = Diagnostic::error(
                    path,
                    format!("the event pattern is not valid: {}", error.message()),
                );
                let problem = problem.at(place_of(&error));
                Err(if error.help().is_empty() {
                    problem
                } else {
                    problem.help(error.help())
                })
            }
        }
    }
}

fn is_any(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| {
        extensions
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}
