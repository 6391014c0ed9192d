//! Paths of evidence come in; what was read in them goes out, with all that there is to say of it.

use super::Call;
use super::summary::summary;
use crate::command::save;
use crate::progress::Progress;
use crate::report::{self, LearnReport};
use crate::{Common, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::model;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::input::{self, As, Input};
use eventbridge_learn::{Evidence, Learned, ShapeEvidence};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What was read of all the evidence.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) inputs: Vec<Input>,
    deliveries: Deliveries,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    pub(super) fn report(&self, common: &Common, learned: &Learned) {
        let Gathered {
            inputs,
            diagnostics,
            ..
        } = self;
        report::print(&LearnReport::new(
            &common.schemas,
            inputs,
            learned,
            diagnostics,
        ));
    }

    pub(super) fn show(&self) {
        terminal::show(&self.diagnostics);
        for input in &self.inputs {
            say!("{}", summary(input).trim_end());
        }
    }

    /// Saves the shapes of deliveries, if there is nothing else.
    pub(super) fn save(&mut self, path: &Path) {
        let told = self.delivered();
        if self.is_sound() {
            self.diagnostics
                .extend(save::save(path, &told.write()).err());
        }
    }

    pub(super) fn of(evidence: &[PathBuf], said: Option<As>) -> Gathered {
        let mut gathered = Gathered::default();
        let paths = gathered.files(evidence);
        gathered.read(&paths, said);
        gathered
    }

    /// The files that the call names.
    pub(super) fn files(&mut self, evidence: &[PathBuf]) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        for path in evidence {
            match input::files(path) {
                Ok(files) => paths.extend(files),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
        each_once(paths)
    }

    pub(super) fn read(&mut self, paths: &[PathBuf], said: Option<As>) {
        let progress = Progress::over(paths);
        for path in paths {
            let passed = progress.begin(path);
            match input::read_as(path, said, &mut self.deliveries, &passed) {
                Ok(input) => self.add(input),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
    }

    fn add(&mut self, input: Input) {
        match &input {
            Input::Page(reading) => self.diagnostics.extend(reading.diagnostics.iter().cloned()),
            Input::Deliveries(read) => self.diagnostics.extend(read.diagnostics.iter().cloned()),
            Input::Document(_, read) => self.diagnostics.extend(read.diagnostics.iter().cloned()),
            Input::Shapes(..) => {}
        }
        self.inputs.push(input);
    }

    /// Gives pages the name and the date that the call says.
    pub(super) fn as_editions(&mut self, call: &Call) {
        let is_page = |input: &&Input| matches!(input, Input::Page(_));
        if let Some(name) = &call.page
            && self.inputs.iter().filter(is_page).count() > 1
        {
            let problem =
                Diagnostic::error(name, "is the name of one page, and several are learned");
            self.diagnostics
                .push(problem.help("learn one after the other"));
        }
        for input in &mut self.inputs {
            if let Input::Page(reading) = input {
                let named = call
                    .page
                    .iter()
                    .fold(reading.clone(), |page, name| page.named(name));
                *reading = call.date.iter().fold(named, |page, date| page.dated(date));
            }
        }
    }

    /// What has the name of a page that the set knows, and holds no event, is that page served wrong.
    pub(super) fn as_known(&mut self, schemas: &Path, call: &Call) {
        for input in &self.inputs {
            let Input::Deliveries(read) = input else {
                continue;
            };
            let file = Path::new(&read.path)
                .file_name()
                .map(|name| name.to_string_lossy());
            let name = call.page.as_deref().or(file.as_deref()).unwrap_or_default();
            if read.total() == 0 && eventbridge_learn::knows_page(schemas, name) {
                let message = format!(
                    "`{name}` is known as a page, and this is not believed: no event stands in it"
                );
                let problem = Diagnostic::error(&read.path, message);
                self.diagnostics.push(problem.help("fetch the page again"));
            }
        }
    }

    pub(super) fn is_sound(&self) -> bool {
        let mut found = self.diagnostics.iter();
        found.all(|diagnostic| diagnostic.severity != Severity::Error)
    }

    pub(super) fn pieces(&self) -> Vec<Evidence> {
        let inputs = self.inputs.iter().flat_map(|input| match input {
            Input::Page(reading) => vec![Evidence::Page(reading.clone())],
            Input::Shapes(_, shapes) => vec![Evidence::Shapes(shapes.clone())],
            Input::Document(_, documents) => documents.pieces.clone(),
            Input::Deliveries(_) => Vec::new(),
        });
        inputs
            .chain([Evidence::Shapes(self.deliveries.shapes())])
            .collect()
    }

    /// What pages and models say in words.
    pub(super) fn texts(&self) -> impl Iterator<Item = Evidence> {
        self.inputs.iter().filter_map(|input| match input {
            Input::Page(reading) => Some(reading.texts().into()),
            Input::Document(_, documents) => Some(documents.texts()?.into()),
            Input::Deliveries(_) | Input::Shapes(..) => None,
        })
    }

    /// All deliveries, as one; what else there is is told.
    fn delivered(&mut self) -> ShapeEvidence {
        let mut all = self.deliveries.shapes();
        for input in &self.inputs {
            let path = match input {
                Input::Deliveries(_) => continue,
                Input::Shapes(_, told) if told.origin == model::Origin::Delivery => {
                    all.join(told.clone());
                    continue;
                }
                Input::Shapes(path, _) | Input::Document(path, _) => path,
                Input::Page(reading) => &reading.path,
            };
            let problem =
                Diagnostic::error(path, "is no delivery; `--partial` saves deliveries alone");
            let help = "learn it without `--partial`, where the schemas are";
            self.diagnostics.push(problem.help(help));
        }
        all
    }
}

/// Each file once, however often and by whatever path it is named.
fn each_once(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    let is_new = |path: &PathBuf| path.canonicalize().map_or(true, |file| known.insert(file));
    paths.into_iter().filter(is_new).collect()
}
