//! A [`Model`] comes in, a package of types goes out: a module of `TypedDict`s an event, and an
//! `__init__` with their union. The only code that runs is a guard that tells known events from others.

mod annotation;
mod index;
mod module;

use super::names::{Names, envelope, file_names, identifier, in_case};
use super::{Emitted, File, STAMP, Unsaid, doc, evidence, uses};
use eventbridge_catalog::model::{EventType, Model};
use heck::ToSnakeCase;

/// The line width of ruff and black.
const WIDTH: usize = 88;

/// The language's own words: no name and no key of a class can be one.
const KEYWORDS: &str = "False None True and as assert async await break class continue def del elif \
    else except finally for from global if import in is lambda nonlocal not or pass raise return try \
    while with yield";

/// What the modules import or take from the builtins.
const RESERVED: &str = "Any Envelope Final Literal NotRequired Timestamp TypeAlias TypedDict bool dict \
    float get_args int list object str tuple";

/// What the package exports beside the events, and what its `__init__` uses.
const INDEX: &str = "DETAIL_TYPES Event KnownEvent Mapping NoReturn TypeGuard Union UnknownEvent \
    is_known_event";

/// What an event is called.
struct Module<'m> {
    event: &'m EventType,
    /// The type of the detail.
    detail: String,
    /// The type of the whole event.
    envelope: String,
    /// The module, without extension.
    file: String,
    /// Whether only the source tells the event from another.
    shared: bool,
}

/// The package's files, below `python/`.
pub fn package(model: &Model) -> Emitted {
    let modules = modules(model);
    let import = import_name(&model.package.name);
    let source = |name: &str, text| file(&format!("src/{import}/{name}"), text);
    let mut files = vec![
        file(
            "README.md",
            index::readme(&model.package, &import, &modules),
        ),
        file("pyproject.toml", index::manifest(&model.package)),
        source("__init__.py", index::init(&model.package, &modules)),
        source("_typing.py", index::typing()),
        source("envelope.py", index::envelope()),
        evidence::file(model, format!("python/src/{import}/evidence.json")),
        source("py.typed", format!("# {STAMP}\n")),
    ];
    files.extend(
        modules
            .iter()
            .map(|named| source(&format!("{}.py", named.file), module::text(named))),
    );
    let unsaid = model.events.iter().filter_map(nameless);
    Emitted {
        files,
        unsaid: unsaid.collect(),
    }
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
    let mut names = Names::reserving(
        [KEYWORDS, RESERVED, INDEX]
            .into_iter()
            .flat_map(str::split_whitespace),
    );
    let mut files = file_names(
        KEYWORDS
            .split_whitespace()
            .chain(["envelope", "is_known_event"]),
    );
    let details: Vec<String> = model
        .events
        .iter()
        .map(|event| detail_name(event, &mut names))
        .collect();
    let mut modules = Vec::new();
    for (event, detail) in model.events.iter().zip(details) {
        let file = in_case(detail.to_snake_case());
        modules.push(Module {
            event,
            envelope: names.claim(&envelope(&detail).each_ref().map(String::as_str)),
            file: files.claim(&[&file, &format!("{file}_")]),
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
