//! A [`Model`] comes in, a Rust crate goes out: the detail of each event as a module of structs and
//! open enums, all details as one enum, and the envelope around it from `eventbridge-runtime`.

mod detail;
mod doc;
mod event;
mod example;
mod features;
mod manifest;
mod name;
mod pattern;
mod print;
mod roles;
mod sample;
mod schema;
mod structs;

use crate::file::{File, STAMP};
use crate::model::{EventType, Model};
use features::Features;
use name::EventNames;

/// The crate's files, below `rust/`.
///
/// # Errors
///
/// What the model asks for that Rust cannot say: two events that cannot be told apart, a reference to
/// a definition that is not there.
pub fn package(model: &Model) -> Result<Vec<File>, String> {
    let (names, features) = (name::events(model), Features::of(model));
    let mut files = vec![
        file("rust/Cargo.toml", manifest::cargo(model, &features)),
        file("rust/README.md", manifest::readme(model, &names, &features)),
        file("rust/src/lib.rs", library(model, &names, &features)),
        file(
            "rust/src/detail.rs",
            source(
                &[DETAIL.to_owned()],
                &detail::module(model, &names, &features)?,
            ),
        ),
    ];
    for (event, names) in model.events.iter().zip(&names) {
        let items = event::module(event, names, "mod pattern;\n")?;
        let path = format!("rust/src/{}.rs", names.module);
        let making = example::making(&manifest::krate(&model.package), event, names);
        files.push(file(
            &path,
            source(&doc::module(event, true, making), &items),
        ));
        let path = format!("rust/src/{}/pattern.rs", names.module);
        let items = pattern::module(event, names)?;
        files.push(file(&path, source(&pattern::about(event), &items)));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The same types as one file, for a build script to write into `OUT_DIR` and `include!`.
///
/// # Errors
///
/// As [`package`].
pub fn module(model: &Model) -> Result<String, String> {
    let (names, features) = (name::events(model), Features::default());
    let mut blocks = vec![
        exports(model, &names, &features),
        block(
            "mod",
            "detail",
            &[DETAIL.to_owned()],
            &detail::module(model, &names, &features)?,
        ),
    ];
    for (event, names) in model.events.iter().zip(&names) {
        let patterns = block(
            "mod",
            "pattern",
            &pattern::about(event),
            &pattern::module(event, names)?,
        );
        let items = event::module(event, names, &patterns)?;
        // What crate the module will stand in is not known here, so nothing leads to it.
        let docs = doc::module(event, false, None);
        blocks.push(block("pub mod", &names.module, &docs, &items));
    }
    Ok(format!("// {STAMP}\n\n{}", blocks.join("\n")))
}

const DETAIL: &str = "The details of all events as one enum, found by detail-type.";

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}

/// A source file: stamp, documentation, items.
fn source(docs: &[String], items: &str) -> String {
    format!("// {STAMP}\n\n{}\n{items}", print::comment("//!", docs))
}

/// A module in its braces.
fn block(keyword: &str, name: &str, docs: &[String], items: &str) -> String {
    format!(
        "{}{keyword} {name} {{\n{}}}\n",
        print::comment("///", docs),
        print::indent(items)
    )
}

fn library(model: &Model, names: &[EventNames], features: &Features) -> String {
    let event = |(event, names): (&EventType, &EventNames)| {
        let cfg = features.cfg(&event.name);
        let line = format!("{cfg}pub mod {};\n", names.module);
        (names.module.clone(), line)
    };
    let mut modules: Vec<_> = model.events.iter().zip(names).map(event).collect();
    modules.push(("detail".to_owned(), "mod detail;\n".to_owned()));
    modules.sort();
    let modules: String = modules.into_iter().map(|(_, text)| text).collect();
    format!(
        "// {STAMP}\n\n{ATTRIBUTES}\n{modules}\n{}",
        exports(model, names, features)
    )
}

const ATTRIBUTES: &str = "\
#![doc = include_str!(\"../README.md\")]
// Where docs.rs builds it, documentation tells the feature of each item.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
";

/// What stands at the root of the crate.
fn exports(model: &Model, names: &[EventNames], features: &Features) -> String {
    let event = |(event, names): (&EventType, &EventNames)| {
        let line = format!("pub use self::{}::{};\n", names.module, names.ty);
        let cfg = features.cfg(&event.name);
        (line.clone(), cfg + &line)
    };
    let mut own: Vec<_> = model.events.iter().zip(names).map(event).collect();
    let detail = "pub use self::detail::Detail;\n".to_owned();
    own.push((detail.clone(), detail));
    own.sort();
    let own: String = own.into_iter().map(|(_, text)| text).collect();
    format!("{RUNTIME}\n{own}\n{EVENT}")
}

const RUNTIME: &str = "\
#[cfg(feature = \"patterns\")]
pub use eventbridge_runtime::pattern;
pub use eventbridge_runtime::{
    Carried, Difference, Extra, Json, Kind, LazyEvent, Map, Number, Pairs, ParseError,
    ParseErrorKind, Reason, Subject, Text, Timestamp, TimestampError, Unknown, What,
};
";

const EVENT: &str = "\
/// An event as EventBridge delivers it, with its detail by detail-type.
pub type Event = eventbridge_runtime::Event<Detail>;

/// An event whose detail is of one type, where a rule sends no other. Another event is an error.
pub type EventOf<D> = eventbridge_runtime::Event<D>;
";
