//! Files and folders come in; what stands in them is collected, and what holds no rules is told in sum.

mod trees;

use super::collector::{Collector, File};
use super::document::{self, Language};
use super::found::Finds;
use super::hcl;
use super::rule::Source;
use super::settings::Settings;
use crate::bytes::{self, STDIN};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity, shown};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Reads files, one after the other.
pub(super) struct Reader<'s> {
    settings: &'s Settings,
    pub(super) rules: Collector,
    /// What the Terraform files of each folder know together.
    modules: HashMap<PathBuf, hcl::Module>,
    /// Files of a folder that hold no rules.
    passed_over: Vec<String>,
}

/// How files end that may hold rules; of a folder only these are read.
const EXTENSIONS: [&str; 9] = [
    "json", "yaml", "yml", "template", "tf", "ndjson", "jsonl", "gz", "tfstate",
];

impl<'s> Reader<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Reader {
            settings,
            rules: Collector::default(),
            modules: HashMap::new(),
            passed_over: Vec::new(),
        }
    }

    fn note_passed_over(&mut self, shown: &str) {
        let passed_over = std::mem::take(&mut self.passed_over);
        if !passed_over.is_empty() {
            let message = format!("no rule stands in {}", in_short(&passed_over));
            self.rules
                .problem(Diagnostic::new(Severity::Note, shown, message));
        }
    }

    pub(super) fn path(&mut self, path: &Path) {
        let known = (
            self.rules.reading.rules.len(),
            self.rules.reading.left_out.len(),
            self.rules.reading.diagnostics.len(),
        );
        let shown = shown(path);
        if path != Path::new(STDIN) && path.is_dir() {
            self.folder(path);
            self.note_passed_over(&shown);
        } else {
            self.file(path, &shown, false);
        }
        let found =
            self.rules.reading.rules.len() + self.rules.reading.left_out.len() > known.0 + known.1;
        let is_told = self.rules.reading.diagnostics[known.2..]
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        if !found && !is_told {
            let message = "there is no rule with an event pattern";
            self.rules.problem(Diagnostic::error(shown, message));
        }
    }

    /// All files of a folder that may hold rules, and of the folders in it, but for hidden ones.
    fn folder(&mut self, folder: &Path) {
        let paths = match entries(folder) {
            Ok(paths) => paths,
            Err(error) => {
                let problem = Diagnostic::error(shown(folder), bytes::problem(&error));
                return self.rules.problem(problem);
            }
        };
        for path in paths.into_iter().filter(|path| !is_hidden(path)) {
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
        match bytes::text(path, shown) {
            Ok(text) => self.text(path, shown, &text, is_in_folder),
            Err(problem) => self.rules.problem(problem),
        }
    }

    /// A text, by the name that it has or would have.
    pub(super) fn text(&mut self, path: &Path, shown: &str, text: &str, is_in_folder: bool) {
        if self.settings.keeps_sources {
            self.rules.reading.sources.push(Source {
                path: shown.to_owned(),
                text: text.to_owned(),
            });
        }
        let file = File::new(shown, text);
        let name = stem(path);
        let documents = match document::language(&extension(path), text) {
            Language::Terraform => return self.terraform(path, &file),
            Language::Json => document::json(text),
            Language::Yaml => document::yaml(text),
        };
        self.documents(&file, &name, documents, is_in_folder);
    }

    fn terraform(&mut self, path: &Path, file: &File<'_>) {
        let body = match hcl::read(file.text) {
            Ok(body) => body,
            Err(problem) => {
                let problem = Diagnostic::error(file.shown, problem.message).at(problem.place);
                return self.rules.problem(problem);
            }
        };
        let mut finds = Finds::default();
        let folder = module_folder(path);
        let module = self.modules.entry(folder).or_insert_with_key(|folder| {
            let mut module = module(folder);
            module.add(&body);
            module
        });
        hcl::rules(&body, module, self.settings, &mut finds);
        self.rules.finds(file, finds);
    }
}

/// What stands in a folder, by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "node_modules"
}

/// The folder of a Terraform file; standard input is a module by itself.
fn module_folder(path: &Path) -> PathBuf {
    if path == Path::new(STDIN) {
        path.to_owned()
    } else {
        path.parent().unwrap_or(Path::new("")).to_owned()
    }
}

/// What the Terraform files of a folder declare.
fn module(folder: &Path) -> hcl::Module {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
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

/// What a rule of a file without a name is called.
fn stem(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return "stdin".to_owned();
    }
    let name = path.with_extension("");
    let name = if is_any(path, &["gz"]) {
        name.with_extension("")
    } else {
        name
    };
    name.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The end of a file's name, without that of its packing.
fn extension(path: &Path) -> String {
    let path = if is_any(path, &["gz"]) {
        path.with_extension("")
    } else {
        path.to_owned()
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

/// The first few of many names.
fn in_short(names: &[String]) -> String {
    const FEW: usize = 5;
    let (shown, others) = names.split_at(names.len().min(FEW));
    match others.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
