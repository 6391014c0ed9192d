//! A [`Model`] comes in, a package goes out: of each event a module of `TypedDict`s, one of views, one of patterns and one
//! of samples, and what runs around them, which people write: guards, `parse`, `subject`, the matcher and what fits
//! pydantic. Nothing is imported before somebody asks for it.

mod annotation;
mod exports;
mod index;
mod local;
mod module;
mod patterns;
mod readme;
mod samples;
mod schemas;
mod shown;
mod table;
mod views;
mod written;

use super::names::{self, Names, file_names, identifier, in_case};
use super::{Emitted, File, STAMP, Unsaid, doc, evidence, uses};
use crate::revision::revision;
use eventbridge_catalog::model::{EventType, Model};
use heck::ToSnakeCase;

/// The line width of ruff and black.
const WIDTH: usize = 88;

/// The language's own words: no name and no key of a class can be one.
const KEYWORDS: &str = "False None True and as assert async await break class continue def del elif \
    else except finally for from global if import in is lambda nonlocal not or pass raise return try \
    while with yield";

/// What the modules import or take from the builtins.
const RESERVED: &str = "ALL Any Beside Envelope EventPattern EventView Fields Final Literal Mapping Moment NotRequired \
    Schema Sequence TYPE_CHECKING Timestamp TypeAlias TypeGuard TypedDict Unpack Values View Whole annotations bool dict \
    float get_args int is_event list make object open_to_more property rule str tuple types";

/// What the package exports beside the events, by the modules that it stands in.
const EXPORTS: [(&str, &[&str]); 9] = [
    ("_events", &["Event", "KnownEvent"]),
    ("_extra", &["extra", "get"]),
    ("_guards", &["is_known_event"]),
    ("_index", &["DETAIL_TYPES"]),
    ("_moment", &["Moment", "moment"]),
    (
        "_parse",
        &[
            "Difference",
            "Differences",
            "NotAnEvent",
            "from_message",
            "parse",
        ],
    ),
    ("_subject", &["Subject", "subject"]),
    ("_values", &["Values", "is_"]),
    (
        "envelope",
        &["Envelope", "LaterEvent", "Timestamp", "UnknownEvent"],
    ),
];

/// What modules are called that are no event's.
const MODULES: &str = "envelope match patterns pydantic registry samples schemas testing views";

/// What an event is called.
struct Module<'m> {
    event: &'m EventType,
    /// The type of the detail.
    detail: String,
    /// The type of the whole event.
    envelope: String,
    /// The module, without extension.
    file: String,
    /// The function that tells it from all else.
    guard: String,
    /// Whether only the source tells the event from another.
    shared: bool,
}

/// The package's files, below `python/`.
pub fn package(model: &Model) -> Emitted {
    let modules = modules(model);
    let import = import_name(&model.package.name);
    let mut files = vec![
        file("README.md", readme::readme(model, &import, &modules)),
        file("pyproject.toml", index::manifest(model)),
        evidence::file(model, format!("python/src/{import}/evidence.json")),
        samples::file(&import, &modules),
    ];
    files.extend(written::files(&import));
    files.extend(schemas::files(&import, model, &modules));
    let once = [
        (
            "__init__.py",
            index::init(&model.package, &revision(model), &modules),
        ),
        ("_events.py", table::events(&modules)),
        ("_index.py", table::index(&modules)),
        ("_known.py", table::known_values(&modules)),
        ("patterns/__init__.py", index::patterns(&modules)),
        ("py.typed", format!("# {STAMP}\n")),
        ("samples/__init__.py", index::samples(&modules)),
        ("schemas/__init__.py", schemas::init(&modules)),
        ("schemas/_named.py", schemas::named(&modules)),
        ("views/__init__.py", index::views(&modules)),
    ];
    files.extend(once.map(|(path, text)| source(&import, path, text)));
    files.extend(modules.iter().flat_map(|module| of_event(&import, module)));
    let unsaid = model.events.iter().filter_map(nameless);
    Emitted {
        files,
        unsaid: unsaid.collect(),
    }
}

/// A function for each event of a model, in its order, that takes anything and looks at such events.
pub fn handlers(model: &Model) -> Vec<String> {
    let (import, modules) = (import_name(&model.package.name), modules(model));
    let handler = |module| readme::handler(&import, module);
    modules.iter().map(handler).collect()
}

/// The modules of one event.
fn of_event(import: &str, module: &Module<'_>) -> [File; 4] {
    let name = &module.file;
    [
        source(import, &format!("{name}.py"), module::text(module)),
        source(
            import,
            &format!("patterns/_{name}.py"),
            patterns::text(module),
        ),
        source(
            import,
            &format!("samples/_{name}.py"),
            samples::text(module),
        ),
        source(import, &format!("views/_{name}.py"), views::text(module)),
    ]
}

/// A file among those that are imported.
fn source(import: &str, path: &str, text: String) -> File {
    file(&format!("src/{import}/{path}"), text)
}

/// An event with a key that no `TypedDict` can have.
fn nameless(event: &EventType) -> Option<Unsaid> {
    let field = uses::fields(event).find(|field| field.key.is_empty())?;
    let message = format!(
        "the Python types do without the field {}: they cannot name an empty key",
        doc::code(&field.path)
    );
    Some(Unsaid::of(event, message))
}

fn file(path: &str, text: String) -> File {
    File {
        path: format!("python/{path}"),
        text,
    }
}

/// What `import` calls the package.
fn import_name(package: &str) -> String {
    identifier(&package.replace(['-', '.'], "_"))
}

fn modules(model: &Model) -> Vec<Module<'_>> {
    let exported = || EXPORTS.iter().flat_map(|(_, names)| names.iter().copied());
    let words = [KEYWORDS, RESERVED].into_iter();
    let words = words.flat_map(str::split_whitespace).chain(exported());
    let mut names = Names::reserving(words);
    let others = [KEYWORDS, MODULES].into_iter();
    let others = others.flat_map(str::split_whitespace).chain(exported());
    let mut files = file_names(others);
    let details: Vec<String> = model
        .events
        .iter()
        .map(|event| detail_name(event, &mut names))
        .collect();
    let mut modules = Vec::new();
    for (event, detail) in model.events.iter().zip(details) {
        let file = in_case(detail.to_snake_case());
        let [envelope, other] = names::envelope(&detail);
        let file = files.claim(&[&file, &format!("{file}_")]);
        modules.push(Module {
            event,
            envelope: names.claim(&[&envelope, &other]),
            guard: names.claim(&[&format!("is_{file}"), &format!("is_{file}_")]),
            file,
            shared: uses::is_shared(event, &model.events),
            detail,
        });
    }
    modules
}

fn detail_name(event: &EventType, names: &mut Names) -> String {
    let name = identifier(&event.name);
    names.claim(&[&name, &format!("{name}Detail")])
}

/// The stamp of a file that names what is no longer documented, which is no reason to tell of it there.
fn stamp_of(names_former: bool) -> String {
    match names_former {
        true => format!("{}# pyright: reportDeprecated=false\n", stamp()),
        false => stamp(),
    }
}

fn stamp() -> String {
    format!("# {STAMP}\n")
}

/// A docstring: on one line when it fits, else each sentence on lines of its own, the first apart.
fn docstring(sentences: &[String], indent: &str) -> String {
    let sentences: Vec<String> = sentences.iter().map(|text| within_quotes(text)).collect();
    let flat = format!("{indent}\"\"\"{}\"\"\"\n", sentences.join(" "));
    if sentences.is_empty() {
        return String::new();
    }
    let width = WIDTH - indent.len() - "\"\"\"".len();
    // Of a single line the closing quotes stay on it, even where they do not fit.
    let single = matches!(&sentences[..], [only] if doc::wrap(only, width).len() == 1);
    if single || fits(flat.trim_end()) {
        return flat;
    }
    let parts: Vec<String> = sentences
        .iter()
        .map(|sentence| doc::wrap(sentence, width).join(&format!("\n{indent}")))
        .collect();
    let (first, rest) = (
        &parts[..1].concat(),
        parts[1..].join(&format!("\n{indent}")),
    );
    let rest = if rest.is_empty() {
        rest
    } else {
        format!("\n{indent}{rest}\n")
    };
    format!("{indent}\"\"\"{first}\n{rest}{indent}\"\"\"\n")
}

/// Text between three quotes: it holds no three of them, and none before the last.
fn within_quotes(text: &str) -> String {
    let text = text.replace('\\', "\\\\");
    let text = text.replace("\"\"\"", "\\\"\\\"\\\"");
    match text.strip_suffix('"') {
        Some(text) if !text.ends_with('\\') => format!("{text}\\\""),
        _ => text,
    }
}

/// Comments, where no docstring can stand.
fn comment(sentences: &[String], indent: &str) -> String {
    let width = WIDTH - indent.len() - "# ".len();
    let lines = sentences
        .iter()
        .flat_map(|sentence| doc::wrap(sentence, width));
    lines.map(|line| format!("{indent}# {line}\n")).collect()
}

fn fits(line: &str) -> bool {
    line.chars().count() <= WIDTH
}
