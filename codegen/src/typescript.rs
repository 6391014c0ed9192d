//! A [`Model`] comes in, a package of types goes out: declarations, one module an event, and an index
//! with their union. The only code that runs is a guard that tells known events from others.

mod index;
mod module;
mod types;

use super::names::{Names, envelope, file_names, identifier, in_case};
use super::{Emitted, File, STAMP, doc, evidence, uses};
use eventbridge_catalog::model::{EventType, Model};
use heck::{ToKebabCase, ToLowerCamelCase};

/// Prettier's line width.
const WIDTH: usize = 80;

/// What no declaration may be called: the language's own words, and the types that declarations use.
const RESERVED: &str = "Array Envelope Record Timestamp any as async await bigint boolean break case \
    catch class const continue debugger default delete do else enum export extends false finally for \
    function if implements import in instanceof interface let never new null number object package \
    private protected public return static string super switch symbol this throw true try typeof \
    undefined unknown var void while with yield";

/// What the index exports beside the events.
const INDEX: [&str; 5] = [
    "Event",
    "KnownEvent",
    "UnknownEvent",
    "detailTypes",
    "isKnownEvent",
];

/// What an event is called.
struct Module<'m> {
    event: &'m EventType,
    /// The interface of the detail.
    detail: String,
    /// The interface of the whole event.
    envelope: String,
    /// The file, without extension.
    file: String,
    /// The module as the index exports it.
    namespace: String,
    /// Whether only the source tells the event from another.
    shared: bool,
}

/// The package's files, below `typescript/`.
pub fn package(model: &Model) -> Emitted {
    let modules = modules(model);
    let mut files = vec![
        file("package.json", index::manifest(&model.package)),
        file("README.md", index::readme(&model.package, &modules)),
        evidence::file(model, "typescript/evidence.json".to_owned()),
        file("src/envelope.d.ts", index::envelope()),
        file("src/index.d.ts", index::declarations(&modules)),
        file("src/index.js", index::guard(&modules)),
    ];
    files.extend(
        modules
            .iter()
            .map(|named| file(&format!("src/{}.d.ts", named.file), module::text(named))),
    );
    Emitted {
        files,
        unsaid: Vec::new(),
    }
}

fn file(path: &str, text: String) -> File {
    File {
        path: format!("typescript/{path}"),
        text,
    }
}

fn modules(model: &Model) -> Vec<Module<'_>> {
    let mut names = Names::reserving(RESERVED.split_whitespace().chain(INDEX));
    let mut files = file_names(["envelope", "index"]);
    let details: Vec<String> = model
        .events
        .iter()
        .map(|event| detail_name(event, &mut names))
        .collect();
    let mut modules = Vec::new();
    for (event, detail) in model.events.iter().zip(details) {
        modules.push(Module {
            event,
            envelope: names.claim(&envelope(&detail).each_ref().map(String::as_str)),
            file: files.claim(&[&in_case(detail.to_kebab_case())]),
            namespace: namespace(&detail, &mut names),
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

fn namespace(detail: &str, names: &mut Names) -> String {
    let name = in_case(detail.to_lower_camel_case());
    names.claim(&[&name, &format!("{name}Module")])
}

fn stamp() -> String {
    format!("// {STAMP}\n")
}

/// A doc comment: on one line when it fits, else each sentence on lines of its own. Nothing ends it.
fn comment(sentences: &[String], indent: &str) -> String {
    let sentences: Vec<String> = sentences
        .iter()
        .map(|sentence| untagged(&sentence.replace("*/", "*\\/")))
        .collect();
    let flat = format!("{indent}/** {} */\n", sentences.join(" "));
    if sentences.is_empty() {
        String::new()
    } else if fits(flat.trim_end()) {
        flat
    } else {
        let width = WIDTH - indent.len() - " * ".len();
        let lines = sentences
            .iter()
            .flat_map(|sentence| doc::wrap(sentence, width));
        let lines: String = lines.map(|line| format!("{indent} * {line}\n")).collect();
        format!("{indent}/**\n{lines}{indent} */\n")
    }
}

/// Text without tags and links of comments: the compiler sees those in code as well.
fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '@' && before != '\\' && !before.is_alphanumeric() {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

fn fits(line: &str) -> bool {
    line.chars().count() <= WIDTH
}
