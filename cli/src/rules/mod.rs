//! Files, folders and texts come in; rules with their parsed patterns go out, the rules that are left out with the
//! reason, and a diagnostic for whatever is odd.
//!
//! The stages: bytes → text (`crate::bytes`) → [`document`]s, trees with places → what each holds ([`template`],
//! [`serverless`], [`terraform`] and [`hcl`], [`printed`], or a pattern) → [`Rule`]s.

mod document;
mod hcl;
mod intrinsic;
mod printed;
mod scalar;
mod serverless;
mod template;
mod terraform;
mod yaml;

use crate::bytes::{self, STDIN};
use crate::terminal;
use document::{Documents, Fault, Language};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity, shown};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::text::{Lines, Place};
use eventbridge_patterns::{Pattern, PatternError};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What is known of where a template is deployed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Values of parameters and variables, by name.
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

impl Settings {
    /// What a pseudo parameter of CloudFormation is.
    fn pseudo(&self, name: &str) -> Option<String> {
        let region = self.region.as_deref();
        let partition = |region: &str| match region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        };
        let suffix = |region: &str| match region.starts_with("cn-") {
            true => "amazonaws.com.cn",
            false => "amazonaws.com",
        };
        match name {
            "AWS::AccountId" => self.account.clone(),
            "AWS::Region" => self.region.clone(),
            "AWS::Partition" => region.map(partition).map(str::to_owned),
            "AWS::URLSuffix" => region.map(suffix).map(str::to_owned),
            _ => None,
        }
    }

    /// How a pseudo parameter is given.
    fn option_for(name: &str) -> String {
        match name {
            "AWS::AccountId" => "give it with --account 123456789012".to_owned(),
            "AWS::Region" | "AWS::Partition" | "AWS::URLSuffix" => {
                "give it with --region eu-west-1, or another".to_owned()
            }
            other => format!("give it with --parameter {other}=VALUE"),
        }
    }
}

/// What has a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// A rule of a bus, or a pattern by itself.
    Rule,
    /// An archive of a bus.
    Archive,
    /// A filter of a pipe.
    Pipe,
    /// A filter between a queue or a stream and a function.
    EventSourceMapping,
}

impl Kind {
    /// Whether it filters records of queues and streams, not events of a bus.
    pub(crate) fn is_filter(self) -> bool {
        matches!(self, Kind::Pipe | Kind::EventSourceMapping)
    }
}

/// A rule as found in a document.
#[derive(Clone, Debug)]
struct Found {
    name: String,
    kind: Kind,
    is_disabled: bool,
    /// Where its pattern begins.
    at: usize,
    pattern: Result<Node, Unknown>,
}

/// Why a pattern is not known.
#[derive(Clone, Debug)]
struct Unknown {
    at: usize,
    reason: String,
    help: Option<String>,
}

impl Unknown {
    fn new(at: usize, reason: impl Into<String>) -> Self {
        Unknown {
            at,
            reason: reason.into(),
            help: None,
        }
    }

    /// With a word on how to go on, if there is none yet.
    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }
}

/// What was found in a document.
#[derive(Debug, Default)]
struct Finds {
    rules: Vec<Found>,
    /// What is odd, by its place: told where it stands in a pattern, or in any case.
    notes: BTreeMap<usize, String>,
    told: Vec<(usize, String)>,
    /// Why something was not read to its end.
    refused: Vec<(usize, String)>,
    /// How many values loops have written out.
    looped: usize,
}

impl Finds {
    /// Something a person should know in any case.
    fn note(&mut self, at: usize, message: &str) {
        self.told.push((at, message.to_owned()));
    }

    /// Something that is not read to its end.
    fn refuse(&mut self, at: usize, message: &str) {
        self.refused.push((at, message.to_owned()));
    }
}

/// A rule, ready to match.
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) is_disabled: bool,
    /// The file it stands in.
    pub(crate) path: String,
    /// Where its pattern begins.
    pub(crate) place: Place,
    pub(crate) pattern: Pattern,
}

/// A rule whose pattern is not known.
pub(crate) struct LeftOut {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) place: Place,
    pub(crate) reason: String,
    pub(crate) help: Option<String>,
}

/// What the files give.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) rules: Vec<Rule>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads all rules of these files and folders, and these patterns.
pub(crate) fn read(paths: &[PathBuf], patterns: &[String], settings: &Settings) -> Reading {
    let mut reader = Reader {
        settings,
        reading: Reading::default(),
        ids: HashSet::new(),
        twofold: HashMap::new(),
        modules: HashMap::new(),
        passed_over: Vec::new(),
        told: BTreeMap::new(),
    };
    for (index, text) in patterns.iter().enumerate() {
        let id = match patterns.len() {
            1 => "pattern".to_owned(),
            _ => format!("pattern-{}", index + 1),
        };
        let file = File {
            shown: "--pattern",
            text,
            lines: Lines::new(text),
        };
        reader.pattern(&file, &id, 0, text);
    }
    for path in paths {
        reader.path(path);
    }
    reader.told_in_sum();
    reader.reading
}

/// A file that is being read.
struct File<'f> {
    shown: &'f str,
    text: &'f str,
    lines: Lines<'f>,
}

impl File<'_> {
    fn warning(&self, at: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.shown, message).at(self.lines.place(at))
    }
}

struct Reader<'s> {
    settings: &'s Settings,
    reading: Reading,
    ids: HashSet<String>,
    /// How often a name with its file's was asked for.
    twofold: HashMap<String, usize>,
    /// What the Terraform files of each folder know together.
    modules: HashMap<PathBuf, hcl::Module>,
    /// Files of a folder that hold no rules.
    passed_over: Vec<String>,
    /// How many problems of a file and a kind there were.
    told: BTreeMap<(String, Severity), usize>,
}

/// How many problems of a file and a kind are told one by one.
const TOLD: usize = 50;

/// How files end that may hold rules; of a folder only these are read.
const EXTENSIONS: [&str; 9] = [
    "json", "yaml", "yml", "template", "tf", "ndjson", "jsonl", "gz", "tfstate",
];

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
    /// Keeps a problem; of many of a file and a kind only how many they are.
    fn problem(&mut self, problem: Diagnostic) {
        let key = (problem.path.clone(), problem.severity);
        let count = self.told.entry(key).or_default();
        *count += 1;
        if *count <= TOLD {
            self.reading.diagnostics.push(problem);
        }
    }

    /// Tells how many problems were not told one by one.
    fn told_in_sum(&mut self) {
        let more = self.told.iter().filter(|(_, count)| **count > TOLD);
        let more = more.map(|((path, severity), count)| {
            let message = format!("{} more of these are not told one by one", count - TOLD);
            Diagnostic::new(*severity, path, message)
        });
        self.reading.diagnostics.extend(more);
    }

    fn path(&mut self, path: &Path) {
        let known = (
            self.reading.rules.len(),
            self.reading.left_out.len(),
            self.reading.diagnostics.len(),
        );
        let shown = shown(path);
        if path != Path::new(STDIN) && path.is_dir() {
            self.folder(path);
            let passed_over = std::mem::take(&mut self.passed_over);
            if !passed_over.is_empty() {
                let names = terminal::in_short(&passed_over);
                let message = format!("no rule stands in {names}");
                self.problem(Diagnostic::new(Severity::Note, &shown, message));
            }
        } else {
            self.file(path, &shown, false);
        }
        let found = self.reading.rules.len() + self.reading.left_out.len() > known.0 + known.1;
        let is_told = self.reading.diagnostics[known.2..]
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        if !found && !is_told {
            let message = "there is no rule with an event pattern";
            self.problem(Diagnostic::error(shown, message));
        }
    }

    /// All files of a folder that may hold rules, and of the folders in it, but for hidden ones.
    fn folder(&mut self, folder: &Path) {
        let entries =
            std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let shown = shown(folder);
                return self.problem(Diagnostic::error(shown, bytes::problem(&error)));
            }
        };
        let is_hidden = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with('.') || name == "node_modules"
        };
        let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
        paths.retain(|path| !is_hidden(path));
        paths.sort();
        for path in paths {
            if path.is_dir() {
                if !path.is_symlink() {
                    self.folder(&path);
                }
            } else if is_any(&path, &EXTENSIONS) {
                self.file(&path, &shown(&path), true);
            } else {
                self.passed_over.push(shown(&path));
            }
        }
    }

    fn file(&mut self, path: &Path, shown: &str, is_in_folder: bool) {
        let text = match bytes::text(path, shown) {
            Ok(text) => text,
            Err(problem) => return self.problem(problem),
        };
        let file = File {
            shown,
            text: &text,
            lines: Lines::new(&text),
        };
        let name = stem(path);
        let documents = match document::language(&extension(path), &text) {
            Language::Terraform => return self.terraform(path, &file),
            Language::Json => document::json(&text),
            Language::Yaml => document::yaml(&text),
        };
        self.documents(&file, &name, documents, is_in_folder);
    }

    fn terraform(&mut self, path: &Path, file: &File<'_>) {
        let body = match hcl::read(file.text) {
            Ok(body) => body,
            Err(problem) => {
                let problem = Diagnostic::error(file.shown, problem.message).at(problem.place);
                return self.problem(problem);
            }
        };
        // Standard input is a module by itself.
        let folder = match path == Path::new(STDIN) {
            true => path.to_owned(),
            false => path.parent().unwrap_or(Path::new("")).to_owned(),
        };
        let mut finds = Finds::default();
        let module = self.modules.entry(folder).or_insert_with_key(|folder| {
            let mut module = module(folder);
            module.add(&body);
            module
        });
        hcl::rules(&body, module, self.settings, &mut finds);
        self.finds(file, finds);
    }

    /// The rules of all trees of a file.
    fn documents(&mut self, file: &File<'_>, name: &str, documents: Documents, is_in_folder: bool) {
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
            let name = match several {
                true => format!("{name}-{number}"),
                false => name.to_owned(),
            };
            let unknown = intrinsic::has_function(pattern).then(|| {
                Unknown::new(
                    pattern.span.start,
                    "its functions are known only when it is deployed",
                )
                .help("give the template around it, or the pattern itself")
            });
            finds.rules.push(Found {
                name,
                kind: Kind::Rule,
                is_disabled: false,
                at: pattern.span.start,
                pattern: unknown.map_or_else(|| Ok(pattern.clone()), Err),
            });
        }
        let is_empty = finds.rules.is_empty();
        self.finds(file, finds);
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
            return self.pattern(file, name, fault.value, rest);
        }
        self.problem(Diagnostic::error(file.shown, fault.message).at(fault.place));
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
        if template::is_one(tree) {
            template::rules(tree, self.settings, finds);
        } else if terraform::is_one(tree) {
            terraform::rules(tree, finds);
        } else if serverless::is_one(tree) {
            serverless::rules(tree, self.settings, finds);
        } else if printed::is_one(tree) {
            printed::rules(tree, name, finds);
        } else if is_in_folder && !may_be_pattern(tree) {
            return false;
        } else if !matches!(tree.value, Value::Object(_)) {
            finds.refuse(
                tree.span.start,
                "expected an event pattern, which is an object",
            );
            return false;
        } else {
            patterns.push(tree);
            return true;
        }
        finds.rules.len() > before
    }

    fn finds(&mut self, file: &File<'_>, finds: Finds) {
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
                        self.problem(problem);
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
            _ => (compact(node), None),
        };
        let place_of = |error: &PatternError| match (verbatim, &node.value) {
            (Some(start), _) => file.lines.place(start + error.offset()),
            (None, Value::String(_)) => file.lines.place(node.span.start),
            (None, _) => file
                .lines
                .place(template::field(node, error.path()).span.start),
        };
        // What is deployed has no blanks.
        let deployed = match Pattern::parse(&text) {
            Ok(_) if verbatim.is_some() => compact(node),
            _ => text,
        };
        self.parsed(file, found, &deployed, place_of);
    }

    /// A pattern by itself.
    fn pattern(&mut self, file: &File<'_>, id: &str, start: usize, text: &str) {
        let found = Found {
            name: id.to_owned(),
            kind: Kind::Rule,
            is_disabled: false,
            at: start,
            pattern: Err(Unknown::new(start, "")),
        };
        self.parsed(file, &found, text, |error| {
            file.lines.place(start + error.offset())
        });
    }

    fn parsed(
        &mut self,
        file: &File<'_>,
        found: &Found,
        text: &str,
        place_of: impl Fn(&PatternError) -> Place,
    ) {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(error) => {
                return self.problem(refusal(
                    file.shown,
                    &found.name,
                    &error,
                    place_of(&error),
                    text,
                ));
            }
        };
        let mut warnings = pattern.warnings().to_vec();
        if found.kind.is_filter() {
            warnings = pattern.warnings_as_filter();
        }
        for warning in warnings {
            self.problem(file.warning(found.at, format!("{}: {warning}", found.name)));
        }
        let id = self.free_id(file.shown, &found.name);
        self.reading.rules.push(Rule {
            id,
            kind: found.kind,
            is_disabled: found.is_disabled,
            path: file.shown.to_owned(),
            place: file.lines.place(found.at),
            pattern,
        });
    }

    /// The name of a rule; with the file's, and a number, if it is taken.
    fn free_id(&mut self, path: &str, name: &str) -> String {
        if self.ids.insert(name.to_owned()) {
            return name.to_owned();
        }
        let long = format!("{path}:{name}");
        let taken = self.twofold.entry(long.clone()).or_insert(1);
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

/// What the Terraform files of a folder declare.
fn module(folder: &Path) -> hcl::Module {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let mut module = hcl::Module::default();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| is_any(path, &["tf"])) {
        // What is wrong with one of them is told when it is read for its rules.
        if let Ok(text) = bytes::text(path, "")
            && let Ok(body) = hcl::read(&text)
        {
            module.add(&body);
        }
    }
    module
}

/// Whether a tree could be meant as a pattern, also if it is a bad one.
fn may_be_pattern(tree: &Node) -> bool {
    FIELDS.iter().any(|field| tree.get(field).is_some()) || Pattern::parse(&compact(tree)).is_ok()
}

fn refusal(path: &str, name: &str, error: &PatternError, place: Place, text: &str) -> Diagnostic {
    let message = format!("the event pattern is not valid: {}", error.message());
    let problem = Diagnostic::error(path, format!("{message} (rule {name})")).at(place);
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

/// The notes about parts of a tree.
fn notes_in<'n>(node: &Node, notes: &'n BTreeMap<usize, String>) -> BTreeMap<usize, &'n String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        let keys = node.members().iter().map(|member| member.key_span.start);
        for at in keys.chain([node.span.start]) {
            found.extend(notes.get(&at).map(|note| (at, note)));
        }
        // A merge leaves no key behind; it stands in the object's text.
        let merges = notes
            .range(node.span.clone())
            .filter(|(_, note)| note.starts_with("`<<`"));
        found.extend(merges.map(|(at, note)| (*at, note)));
        waiting.extend(node.items());
        waiting.extend(node.members().iter().map(|member| &member.node));
    }
    found
}

/// Whether two trees hold the same, wherever they stand.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| one.key == other.key && same(&one.node, &other.node))
        }
        (one, other) => one == other,
    }
}

/// JSON text without blanks, as it is deployed.
fn compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&quoted(&member.key));
                out.push(':');
                write(&member.node, out);
            }
            out.push('}');
        }
        Value::String(text) | Value::Placeholder(text) => out.push_str(&quoted(text)),
    }
}

/// What a rule of a file without a name is called.
fn stem(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return "stdin".to_owned();
    }
    let name = path.with_extension("");
    let name = match is_any(path, &["gz"]) {
        true => name.with_extension(""),
        false => name,
    };
    name.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The end of a file's name, without that of its packing.
fn extension(path: &Path) -> String {
    let path = match is_any(path, &["gz"]) {
        true => path.with_extension(""),
        false => path.to_owned(),
    };
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn is_any(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| {
        extensions
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}
