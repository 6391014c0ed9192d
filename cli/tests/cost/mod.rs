//! What the tool costs: kinds of input, most of them made to be hard to read, each at 1, 2 and 4 times a size. One
//! line of [`rows`] is one kind; the test counts steps, the benchmark `cost` prints seconds and memory.

mod deliveries;
mod documents;
mod pages;
mod rules;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A kind of input, and what is done with it.
pub(crate) struct Row {
    /// Reader and kind.
    pub(crate) name: &'static str,
    /// The size at 1×; what it counts is the kind's own business.
    size: usize,
    files: fn(usize) -> Files,
    job: Job,
}

/// Files by name.
pub(crate) type Files = Vec<(String, String)>;

/// What is measured.
#[derive(Clone, Copy)]
enum Job {
    /// `learn` of all files. Those in `schemas/` stand there before.
    Learn,
    /// The same, and descriptions are taken.
    Describe,
    /// `generate`, after `learn`.
    Generate,
    /// `coverage`, after `learn`.
    Coverage,
    /// `explain` of the detail-type `Kiln Fired`, after `learn`.
    Explain,
    /// `match` of `event.json` against all other files.
    Match,
}

/// A row at one size, its files written and all done that comes before what is measured.
pub(crate) struct Ready {
    folder: TempDir,
    arguments: Vec<String>,
    /// How many bytes its files have.
    pub(crate) bytes: u64,
}

impl Row {
    /// Writes the files at so many times the size, `unit` of which are 1×.
    ///
    /// # Panics
    ///
    /// When the files cannot be written.
    pub(crate) fn ready(&self, unit: usize, times: usize) -> Ready {
        self.of_size(self.size * unit * times)
    }

    /// Next to nothing of the kind: what the tool takes at least.
    #[allow(dead_code, reason = "the benchmark subtracts nothing")]
    pub(crate) fn least(&self) -> Ready {
        self.of_size(1)
    }

    fn of_size(&self, size: usize) -> Ready {
        let folder = TempDir::new().expect("a folder");
        let files = (self.files)(size);
        for (name, text) in &files {
            let place = folder.path().join(name);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, text).expect("a file");
        }
        let bytes = files.iter().map(|(_, text)| text.len() as u64).sum();
        let evidence = files.iter().map(|(name, _)| name.clone());
        let evidence = evidence.filter(|name| !name.starts_with("schemas/"));
        let arguments = self.job.arguments(evidence.collect());
        let ready = Ready {
            folder,
            arguments,
            bytes,
        };
        if !matches!(self.job, Job::Learn | Job::Describe | Job::Match) {
            let names = files.into_iter().map(|(name, _)| name).collect();
            let learn = ready.command(Job::Learn.arguments(names)).status();
            assert!(learn.expect("a process").success(), "{}: learn", self.name);
        }
        ready
    }
}

impl Job {
    fn arguments(self, files: Vec<String>) -> Vec<String> {
        let words: &[&str] = match self {
            Job::Learn => &["learn"],
            Job::Describe => &["learn", "--descriptions"],
            Job::Generate => return vec!["generate".to_owned()],
            Job::Coverage => return vec!["coverage".to_owned()],
            Job::Explain => return ["explain", "Kiln Fired"].map(str::to_owned).to_vec(),
            Job::Match => &["match"],
        };
        let mut arguments: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        for file in files {
            if matches!(self, Job::Match) && file != "event.json" {
                arguments.push("--rules".to_owned());
            }
            arguments.push(file);
        }
        arguments
    }
}

impl Ready {
    /// The call that is measured.
    pub(crate) fn call(&self) -> Command {
        self.command(self.arguments.clone())
    }

    fn command(&self, arguments: Vec<String>) -> Command {
        let mut command = Command::new(tool());
        command.args(arguments);
        self.quiet(command)
    }

    fn quiet(&self, mut command: Command) -> Command {
        command.current_dir(self.folder.path());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

/// The tool: `COST_TOOL`, or the one that was just built.
fn tool() -> PathBuf {
    let other = std::env::var_os("COST_TOOL").map(PathBuf::from);
    other.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_eventbridge-codegen")))
}

fn row(name: &'static str, size: usize, files: fn(usize) -> Files, job: Job) -> Row {
    Row {
        name,
        size,
        files,
        job,
    }
}

/// All kinds.
#[rustfmt::skip]
pub(crate) fn rows() -> Vec<Row> {
    use Job::{Coverage, Describe, Explain, Generate, Learn, Match};
    vec![
        row("page: sentences that name fields", 60, pages::sentences, Learn),
        row("page: paragraphs between two events", 100, pages::paragraphs, Learn),
        row("page: notes between the items of a list", 60, pages::notes, Learn),
        row("page: one sentence of many words", 300, pages::one_sentence, Learn),
        row("page: one key at many places", 60, pages::one_key, Learn),
        row("page: parts of one object, named again and again", 60, pages::parts, Learn),
        row("page: many values of one field", 200, pages::values, Learn),
        row("page: many events", 10, pages::events, Learn),
        row("page: many event sources", 10, pages::sources, Learn),
        row("page: one big event", 300, pages::big_event, Learn),
        row("page: an event behind a long path", 1000, pages::long_path, Learn),
        row("page: headings", 300, pages::headings, Learn),
        row("page: links", 300, pages::links, Learn),
        row("page: emphasis that nothing closes", 500, pages::emphasis, Learn),
        row("page: quotes and lists in each other", 40, pages::quotes, Learn),
        row("page: a wide table", 200, pages::table, Learn),
        row("page: fences", 300, pages::fences, Learn),
        row("page: fences in quotes that nothing closes", 100, pages::open_fences, Learn),
        row("page: terms with descriptions", 100, pages::terms, Learn),
        row("page: descriptions before many events", 30, pages::terms_and_events, Learn),
        row("page: items that describe inner fields", 60, pages::inner_terms, Learn),
        row("page: a description of many paragraphs", 200, pages::one_term, Learn),
        row("page: a description of one long sentence", 300, pages::long_description, Learn),
        row("page: tables of fields", 60, pages::field_tables, Learn),
        row("page: a list of names", 20, pages::names, Learn),
        row("page: patterns that list values", 60, pages::patterns, Learn),
        row("page: tables of plain text", 60, pages::text_tables, Learn),
        row("page: patterns in quotes", 60, pages::quoted_patterns, Learn),
        row("page: conditions", 40, pages::conditions, Learn),
        row("page: descriptions taken", 100, pages::terms, Describe),
        row("page: events that lack a source", 20, pages::without_source, Learn),
        row("page: values that offer several", 60, pages::several, Learn),
        row("page: marks around keys and values", 100, pages::marks, Learn),
        row("page: keys that are links", 100, pages::linked_keys, Learn),
        row("page: plain lists without bullets", 150, pages::bare_lists, Learn),
        row("page: plain text", 150, pages::text, Learn),
        row("page: html with tags that nothing closes", 500, pages::html_open, Learn),
        row("page: html, a tag that does not end", 500, pages::html_tag, Learn),
        row("page: html entities", 500, pages::html_entities, Learn),
        row("json: missing commas", 100, pages::no_commas, Learn),
        row("json: keys that stand twice", 150, pages::same_keys, Learn),
        row("json: comments", 100, pages::comments, Learn),
        row("json: alternatives", 50, pages::alternatives, Learn),
        row("json: brackets that nothing closes", 500, pages::open_brackets, Learn),
        row("json: wrong brackets, a line for each block", 100, pages::wrong_brackets, Learn),
        row("json: wrong brackets, all blocks on one line", 100, pages::wrong_brackets_in_line, Learn),
        row("json: one long string", 20_000, pages::long_string, Learn),
        row("json: one long number", 20_000, pages::long_number, Learn),
        row("deliveries: one event type", 100, deliveries::alike, Learn),
        row("deliveries: a wide object", 300, deliveries::wide, Learn),
        row("deliveries: keys that are new in each", 30, deliveries::new_keys, Learn),
        row("deliveries: deep objects", 300, deliveries::deep, Learn),
        row("deliveries: many event types", 10, deliveries::types, Learn),
        row("deliveries: many event sources", 10, deliveries::sources, Learn),
        row("deliveries: many files", 10, deliveries::files, Learn),
        row("deliveries: messages in messages", 30, deliveries::wrapped, Learn),
        row("deliveries: packed in messages", 30, deliveries::packed, Learn),
        row("deliveries: lines that are no JSON", 200, deliveries::no_json, Learn),
        row("deliveries: one line that does not end", 30_000, deliveries::one_line, Learn),
        row("deliveries: JSON that may be within lines", 300, deliveries::within_lines, Learn),
        row("deliveries: lists in lists", 500, deliveries::lists, Learn),
        row("shapes: saved by --partial", 10, deliveries::saved, Learn),
        row("registry: many references", 50, documents::references, Learn),
        row("registry: references in a circle", 20, documents::circles, Learn),
        row("registry: allOf of many parts", 50, documents::all_of, Learn),
        row("registry: many events", 15, documents::events, Learn),
        row("registry: many event sources", 10, documents::sources, Learn),
        row("registry: many documents", 10, documents::folder, Learn),
        row("registry: a long enum", 100, documents::values, Learn),
        row("registry: a reference to nothing", 300, documents::dangling, Learn),
        row("registry: many references to nothing", 50, documents::many_dangling, Learn),
        row("api model: many shapes and mirrors", 20, documents::api_model, Learn),
        row("api model: shapes in each other", 20, documents::api_circles, Learn),
        row("corrections.json: many", 20, documents::corrections, Learn),
        row("detail-types.json: many", 20, documents::detail_types, Learn),
        row("generate: many events", 8, deliveries::types, Generate),
        row("generate: many fields", 40, deliveries::fields, Generate),
        row("generate: many values", 40, documents::values, Generate),
        row("generate: names that collide", 30, deliveries::colliding, Generate),
        row("generate: many event sources", 8, deliveries::sources, Generate),
        row("generate: objects in objects", 15, deliveries::objects, Generate),
        row("coverage: many fields", 60, deliveries::fields, Coverage),
        row("coverage: many events", 15, deliveries::types, Coverage),
        row("explain: many fields", 60, deliveries::fields, Explain),
        row("match: many rules", 50, rules::many, Match),
        row("match: many values in one rule", 300, rules::values, Match),
        row("match: wildcards", 5, rules::wildcards, Match),
        row("match: a big event", 300, rules::big_event, Match),
        row("match: yaml of many keys", 200, rules::yaml_keys, Match),
        row("match: yaml anchors", 100, rules::yaml_anchors, Match),
        row("match: yaml aliases of one long text", 100, rules::yaml_aliases, Match),
    ]
}
