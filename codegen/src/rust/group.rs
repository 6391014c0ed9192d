//! The events that are about the same come in; the module that holds their types goes out: those with fields first, then
//! those that are known by name alone, then what builds their patterns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::event::Event;
use super::typify::OURS;
use super::{doc, example, pattern, print};
use eventbridge_catalog::model::{Body, EventType, Field, KnownValue, Package};

/// A module, before it is printed.
pub(super) struct Module {
    /// `training_job`
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) items: TokenStream,
    /// Whether some of it is no longer documented.
    pub(super) is_former: bool,
}

/// The module of a group. Examples name the crate, if it is known in which the module stands.
pub(super) fn module(events: &[Event<'_>], package: Option<&Package>) -> Result<Module, String> {
    let name = events.first().map_or("", |event| &event.names.module);
    let mut sorted: Vec<&Event<'_>> = events.iter().collect();
    sorted.sort_by_key(|event| event.event.detail.is_empty());
    let (mut items, mut patterns) = (quote!(), quote!());
    for event in &sorted {
        let krate = package.map(super::manifest::krate);
        let making = krate.and_then(|krate| example::making(&krate, event.event, event.names));
        items.extend(event.items(making, package.is_some())?);
        patterns.extend(pattern::items(event)?);
    }
    let imports = imports(&items);
    let kinds = pattern::imports(&patterns);
    let items = quote! {
        #imports
        #items
        /// Builders of event patterns: `pattern` of each type beside this module begins one.
        /// What methods take stands in [`build`](eventbridge_runtime::pattern::build).
        #[cfg(feature = "patterns")]
        pub mod pattern {
            #kinds
            #patterns
        }
    };
    let docs = doc::module(sorted.iter().map(|event| (event.event, event.names)));
    Ok(Module {
        name: name.to_owned(),
        docs,
        items,
        is_former: events.iter().any(|event| holds_former(event.event)),
    })
}

/// Whether an event, a field of it or a value is no longer documented.
fn holds_former(event: &EventType) -> bool {
    let within = event.definitions.iter().any(|part| match &part.body {
        Body::Object(fields) => fields.iter().any(Field::is_former),
        Body::Values(values) => values.iter().any(KnownValue::is_former),
    });
    within || event.is_former() || event.detail.iter().any(Field::is_former)
}

/// Types whose names say nothing of events stand in a module of their own.
const GENERIC: [&str; 3] = ["Json", "Map", "Number"];

/// What items take from the runtime: types, then macros, as rustfmt orders them.
fn imports(items: &TokenStream) -> TokenStream {
    let named = print::names(items);
    let mut types: Vec<&str> = OURS.into_iter().chain(["Extra"]).collect();
    types.sort_unstable();
    let (generic, own): (Vec<&str>, Vec<&str>) =
        types.into_iter().partition(|name| GENERIC.contains(name));
    let used = |names: Vec<&str>| {
        let used = names.into_iter().filter(|name| named.contains(*name));
        used.map(|name| format_ident!("{name}")).collect::<Vec<_>>()
    };
    let generic = used(generic);
    let generic =
        (!generic.is_empty()).then(|| quote!(use eventbridge_runtime::json::{#(#generic),*};));
    let own = used([own, vec!["object", "open_enum", "setters"]].concat());
    quote! {
        #generic
        use eventbridge_runtime::{#(#own),*};
    }
}
