//! A [`Model`] comes in, a Rust crate goes out: the detail of each event as a module of structs and
//! open enums, all details as one enum, and the envelope around it from `eventbridge-runtime`.

mod detail;
mod doc;
mod event;
mod example;
mod features;
mod group;
mod library;
mod manifest;
mod name;
mod pattern;
mod print;
mod readme;
mod setters;
mod typify;

use super::{Emitted, File, STAMP, Unsaid, evidence, uses};
use event::Event;
use eventbridge_catalog::model::{EventType, Model, Package};
use features::Features;
use group::Module;
use name::EventNames;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};
use typify::FieldTypes;

/// The crate's files, below `rust/`. An event that cannot be said arrives as one that is not known.
pub fn package(model: &Model) -> Emitted {
    let (sayable, mut unsaid) = Sayable::of(model);
    let Sayable { model, names, .. } = &sayable;
    let features = Features::of(model);
    let mut files = vec![
        file("rust/Cargo.toml", manifest::cargo(model, &features)),
        file("rust/README.md", readme::readme(model, names, &features)),
        file("rust/rustfmt.toml", format!("# {STAMP}\n\n{FORM}")),
        evidence::file(model, "rust/evidence.json".to_owned()),
    ];
    let mut add = |name: &str, docs: &[String], items| match print::file(docs, items) {
        Ok(text) => files.push(file(&format!("rust/src/{name}.rs"), text)),
        Err(why) => unsaid.extend(model.events.iter().map(|event| without(event, &why))),
    };
    for module in sayable.modules(Some(&model.package)) {
        let (allow, items) = (allow_former(module.is_former), module.items);
        add(&module.name, &module.docs, inner(allow, &items));
    }
    let allow = allow_former(model.events.iter().any(EventType::is_former));
    let items = detail::items(model, names, &features);
    let items = inner(allow, &items);
    add("detail", &[DETAIL.to_owned()], items);
    add("lib", &[], library::items(model, names, &features));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Emitted { files, unsaid }
}

/// The same types as one file, for a build script to write into `OUT_DIR` and `include!`, and what it does
/// without, as [`package`] does.
pub fn module(model: &Model) -> (String, Vec<Unsaid>) {
    let (sayable, mut unsaid) = Sayable::of(model);
    let Sayable { model, names, .. } = &sayable;
    let features = Features::default();
    // What crate the module will stand in is not known here, so nothing leads to it.
    let modules = sayable.modules(None).into_iter().map(|module| {
        let (docs, name) = (print::docs(&module.docs), format_ident!("{}", module.name));
        let allow = allow_former(module.is_former).map(|allow| quote!(#[#allow]));
        let items = module.items;
        quote!(#docs #allow pub mod #name { #items })
    });
    let detail = detail::items(model, names, &features);
    let allow = allow_former(model.events.iter().any(EventType::is_former));
    let allow = allow.map(|allow| quote!(#[#allow]));
    let exports = library::exports(model, names, &features);
    let items = quote! {
        #exports
        #[doc = #DETAIL]
        #allow
        mod detail { #detail }
        #(#modules)*
    };
    let text = print::file(&[], items).unwrap_or_else(|why| {
        unsaid.extend(model.events.iter().map(|event| without(event, &why)));
        String::new()
    });
    (text, unsaid)
}

/// A function for each event of a model, in its order, that takes such events and looks at them; none for an event that the
/// crate does without.
pub fn handlers(model: &Model) -> Vec<Option<String>> {
    let (sayable, _) = Sayable::of(model);
    let krate = manifest::krate(&model.package);
    let said = sayable.model.events.iter().zip(&sayable.names);
    let mut said = said.peekable();
    let handler = |event: &EventType| {
        let (event, names) = said.next_if(|(said, _)| *said == event)?;
        Some(example::handling(&krate, event, names))
    };
    model.events.iter().map(handler).collect()
}

/// The events that can be said, each with its names and the types of its fields.
struct Sayable {
    model: Model,
    names: Vec<EventNames>,
    types: Vec<FieldTypes>,
}

impl Sayable {
    fn of(model: &Model) -> (Self, Vec<Unsaid>) {
        let mut sayable = Sayable {
            model: Model {
                package: model.package.clone(),
                events: Vec::new(),
            },
            names: Vec::new(),
            types: Vec::new(),
        };
        let (mut unsaid, mut seen) = (Vec::new(), BTreeSet::new());
        for event in &model.events {
            let types = if seen.insert((&event.source, &event.detail_type)) {
                said(&model.package, event)
            } else {
                Err("it knows one of this source and detail-type already".to_owned())
            };
            match types {
                Ok(types) => {
                    sayable.model.events.push(event.clone());
                    sayable.types.push(types);
                }
                Err(why) => unsaid.push(without(event, &why)),
            }
        }
        sayable.names = name::events(&sayable.model);
        (sayable, unsaid)
    }

    /// The modules, one a group.
    fn modules(&self, package: Option<&Package>) -> Vec<Module> {
        let mut groups: BTreeMap<&str, Vec<Event<'_>>> = BTreeMap::new();
        let events = self.model.events.iter().zip(&self.names);
        for ((event, names), types) in events.zip(&self.types) {
            let event = Event {
                event,
                names,
                types,
            };
            groups.entry(&names.module).or_default().push(event);
        }
        let modules = groups.values().map(|events| group::module(events, package));
        modules.filter_map(Result::ok).collect() // each event alone was said before
    }
}

/// The types of an event's fields, if the event alone can be said: then it can beside others.
fn said(package: &Package, event: &EventType) -> Result<FieldTypes, String> {
    let types = FieldTypes::of(event)?;
    let alone = Model {
        package: package.clone(),
        events: vec![event.clone()],
    };
    for names in &name::events(&alone) {
        let types = &types;
        let event = Event {
            event,
            names,
            types,
        };
        print::items(group::module(&[event], Some(package))?.items)?;
    }
    Ok(types)
}

fn without(event: &EventType, why: &str) -> Unsaid {
    let message = format!("the Rust crate does without the event: {why}");
    Unsaid::of(event, message)
}

/// What is no longer documented is read and written as before, and named here: that is no reason to warn.
fn allow_former(is_there: bool) -> Option<TokenStream> {
    is_there.then(|| {
        quote!(allow(
            deprecated,
            reason = "it is read and written as before"
        ))
    })
}

/// Items of a file, and what it allows.
fn inner(allow: Option<TokenStream>, items: &TokenStream) -> TokenStream {
    let allow = allow.map(|allow| quote!(#![#allow]));
    quote!(#allow #items)
}

const DETAIL: &str = "The details of all events as one enum, found by detail-type.";

/// What rustfmt is told.
const FORM: &str = "\
# The sources are in prettyplease's form, which is nearly rustfmt's and the same wherever they are generated.
disable_all_formatting = true
";

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}
