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
mod schema;
mod structs;

use super::{Emitted, File, STAMP, Unsaid, evidence};
use eventbridge_catalog::model::{EventType, Model};
use features::Features;
use name::EventNames;
use std::collections::BTreeSet;

/// The crate's files, below `rust/`. An event that cannot be said arrives as one that is not known.
pub fn package(model: &Model) -> Emitted {
    let (sayable, unsaid) = said(model, |event, names| {
        let path = format!("rust/src/{}.rs", names.module);
        let items = event::module(event, names, "mod pattern;\n")?;
        let making = example::making(&manifest::krate(&model.package), event, names);
        let types = file(&path, source(&doc::module(event, true, making), &items));
        let path = format!("rust/src/{}/pattern.rs", names.module);
        let items = pattern::module(event, names)?;
        Ok([types, file(&path, source(&pattern::about(event), &items))])
    });
    let Sayable {
        model,
        names,
        texts,
    } = sayable;
    let features = Features::of(&model);
    let mut files = vec![
        file("rust/Cargo.toml", manifest::cargo(&model, &features)),
        file(
            "rust/README.md",
            manifest::readme(&model, &names, &features),
        ),
        file("rust/src/lib.rs", library(&model, &names, &features)),
        file(
            "rust/src/detail.rs",
            source(
                &[DETAIL.to_owned()],
                &detail::module(&model, &names, &features),
            ),
        ),
    ];
    files.push(evidence::file(&model, "rust/evidence.json".to_owned()));
    files.extend(texts.into_iter().flatten());
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Emitted { files, unsaid }
}

/// The same types as one file, for a build script to write into `OUT_DIR` and `include!`, and what it does
/// without, as [`package`] does.
pub fn module(model: &Model) -> (String, Vec<Unsaid>) {
    let (sayable, unsaid) = said(model, |event, names| {
        let patterns = block(
            "mod",
            "pattern",
            &pattern::about(event),
            &pattern::module(event, names)?,
        );
        let items = event::module(event, names, &patterns)?;
        // What crate the module will stand in is not known here, so nothing leads to it.
        let docs = doc::module(event, false, None);
        Ok(block("pub mod", &names.module, &docs, &items))
    });
    let (model, names, features) = (&sayable.model, &sayable.names, Features::default());
    let mut blocks = vec![
        exports(model, names, &features),
        block(
            "mod",
            "detail",
            &[DETAIL.to_owned()],
            &detail::module(model, names, &features),
        ),
    ];
    blocks.extend(sayable.texts);
    (format!("// {STAMP}\n\n{}", blocks.join("\n")), unsaid)
}

/// The events that can be said, each with its names and what is said of it.
struct Sayable<T> {
    model: Model,
    names: Vec<EventNames>,
    texts: Vec<T>,
}

fn said<T>(
    model: &Model,
    say: impl Fn(&EventType, &EventNames) -> Result<T, String>,
) -> (Sayable<T>, Vec<Unsaid>) {
    let mut sayable = Sayable {
        model: Model {
            package: model.package.clone(),
            events: Vec::new(),
        },
        names: Vec::new(),
        texts: Vec::new(),
    };
    let (mut unsaid, mut seen) = (Vec::new(), BTreeSet::new());
    for (event, names) in model.events.iter().zip(name::events(model)) {
        let text = if seen.insert((&event.source, &event.detail_type)) {
            say(event, &names)
        } else {
            Err("it knows one of this source and detail-type already".to_owned())
        };
        match text {
            Ok(text) => {
                sayable.model.events.push(event.clone());
                sayable.names.push(names);
                sayable.texts.push(text);
            }
            Err(why) => {
                let message = format!("the Rust crate does without the event: {why}");
                unsaid.push(Unsaid::of(event, message));
            }
        }
    }
    (sayable, unsaid)
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
