//! A [`Model`] comes in, a package goes out: types, one module a group of events, and what runs: guards, schemas and
//! values of each event over the parts of the package that people wrote (`package/`), as CommonJS (`src`) and as ES
//! modules (`src/esm`): of one name, so that npm packs them side by side and the tarball pays for one.

mod commonjs;
mod data;
mod handler;
mod index;
mod manifest;
mod module;
mod parts;
mod readme;
mod runtime;
mod types;

use super::groups;
use super::names::{Names, envelope, file_names, identifier, in_case};
use super::{Emitted, File, STAMP, doc, evidence, uses};
use crate::revision::revision;
use eventbridge_catalog::model::{EventType, Model};
use heck::ToLowerCamelCase;

/// Prettier's line width.
const WIDTH: usize = 80;

/// What no declaration may be called: the language's own words, and the types that declarations use.
const RESERVED: &str = "Array Envelope EventSchema Record StandardSchema Timestamp Values any as async await bigint \
    boolean break case catch class const continue debugger default delete do else enum export extends false \
    finally for function if implements import in instanceof interface let never new null number object package \
    private protected public return static string super switch symbol this throw true try typeof \
    undefined unknown var void while with yield";

/// What an event is called.
struct Module<'m> {
    event: &'m EventType,
    /// The interface of the detail, and its schema.
    detail: String,
    /// The interface of the whole event, and its schema.
    envelope: String,
    /// The guard.
    guard: String,
    /// What makes a rule of the AWS CDK.
    rule: String,
    /// The namespace of what the detail refers to.
    namespace: String,
    /// The JSON Schema's file, without extension.
    file: String,
    /// Whether only the source tells the event from another.
    shared: bool,
}

/// Events that are about the same: a subpath of the package.
struct Subpath<'m> {
    name: String,
    modules: Vec<Module<'m>>,
}

/// The package's files, below `typescript/`.
pub fn package(model: &Model) -> Emitted {
    let subpaths = subpaths(model);
    let all: Vec<&Module<'_>> = subpaths.iter().flat_map(|path| &path.modules).collect();
    let mut files = vec![
        file(
            "package.json",
            manifest::manifest(&model.package, &subpaths),
        ),
        file("README.md", readme::readme(&model.package, &subpaths)),
        evidence::file(model, "typescript/evidence.json".to_owned()),
        file("src/index.d.ts", index::declarations(&subpaths)),
        file("src/cdk.d.ts", index::rule_declarations(&all)),
        file("src/schemas.d.ts", data::schema_declarations(&all)),
        file("src/samples.js", data::samples(&all)),
        file("src/esm/samples.js", data::samples_module()),
        file("src/schemas.js", data::schemas(&all)),
        file("src/esm/schemas.js", data::schemas_module(&all)),
        file("src/esm/package.json", manifest::of_modules()),
    ];
    files.extend(data::schema_files(model, &all));
    files.extend(subpaths.iter().map(|path| {
        let name = format!("src/{}.d.ts", path.name);
        file(&name, module::text(path))
    }));
    let mut modules = parts::modules();
    modules.extend(runtime::modules(&all, &revision(model)));
    files.extend(modules.iter().flat_map(|(name, text)| {
        [
            file(&format!("src/esm/{name}.js"), format!("{}{text}", stamp())),
            file(&format!("src/{name}.js"), commonjs::module(text)),
        ]
    }));
    files.extend(parts::declarations());
    files.extend(entries(&subpaths));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Emitted {
        files,
        unsaid: Vec::new(),
    }
}

/// A function for each event of a model, in its order, that takes anything and looks at such events.
pub fn handlers(model: &Model) -> Vec<String> {
    let modules = modules(model);
    let handler = |module| handler::handler(&model.package, module);
    modules.iter().map(handler).collect()
}

/// What is called by a subpath: the declarations for ES modules are those for CommonJS.
fn entries(subpaths: &[Subpath<'_>]) -> Vec<File> {
    let names = subpaths.iter().map(|path| path.name.as_str());
    let names = names.chain(["index"]).chain(parts::ENTRIES);
    let entry = |name: &str| {
        let text = format!("{}export * from \"../{name}.js\";\n", stamp());
        file(&format!("src/esm/{name}.d.ts"), text)
    };
    names.map(entry).collect()
}

fn file(path: &str, text: String) -> File {
    File {
        path: format!("typescript/{path}"),
        text,
    }
}

fn subpaths(model: &Model) -> Vec<Subpath<'_>> {
    let mut named = modules(model);
    let mut paths = Names::reserving(parts::names());
    let groups = groups::groups(model).into_iter();
    let subpath = |group: groups::Group<'_>| {
        let name = group.name.replace('_', "-");
        let name = paths.claim(&[&name, &format!("{name}-events")]);
        let holds = |module: &mut Module<'_>| group.events.iter().any(|e| **e == *module.event);
        let modules = named.extract_if(.., holds).collect();
        Subpath { name, modules }
    };
    groups.map(subpath).collect()
}

fn modules(model: &Model) -> Vec<Module<'_>> {
    let taken = RESERVED.split_whitespace().chain(index::EXPORTS);
    let mut names = Names::reserving(taken);
    let mut files = file_names([]);
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
            guard: names.claim(&[&format!("is{detail}"), &format!("is{detail}Event")]),
            rule: names.claim(&[&format!("on{detail}"), &format!("on{detail}Event")]),
            namespace: namespace(&detail, &mut names),
            file: files.claim(&[&detail]),
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

/// A doc comment of what may no longer be documented: then it has the tag that editors strike out by.
fn comment_with(sentences: &[String], former: Option<String>, indent: &str) -> String {
    let Some(former) = former else {
        return comment(sentences, indent);
    };
    let tag = format!("{indent} * @deprecated {former}\n{indent} */\n");
    let text = comment(sentences, indent);
    let text = text.trim_end().trim_end_matches("*/").trim_end();
    match text.strip_prefix(&format!("{indent}/** ")) {
        Some(flat) => format!("{indent}/**\n{indent} * {flat}\n{tag}"),
        None if text.is_empty() => format!("{indent}/** @deprecated {former} */\n"),
        None => format!("{text}\n{tag}"),
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
