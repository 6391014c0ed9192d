//! The events that are about the same come in; the module that holds their types goes out: those with fields first, then
//! those that are known by name alone, then what builds their patterns.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::event::Event;
use super::typify::OURS;
use super::{doc, example, pattern};
use eventbridge_catalog::model::Package;

/// A module, before it is printed.
pub(super) struct Module {
    /// `training_job`
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) items: TokenStream,
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
        /// Builders of event patterns: `pattern` of each type above begins one.
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
    })
}

/// What items take from the runtime: types, then macros, as rustfmt orders them.
fn imports(items: &TokenStream) -> TokenStream {
    let named = names(items);
    let mut types: Vec<&str> = OURS.into_iter().chain(["Extra"]).collect();
    types.sort_unstable();
    let used = types.into_iter().chain(["object", "open_enum"]);
    let used = used.filter(|name| named.contains(*name));
    let used: Vec<_> = used.map(|name| format_ident!("{name}")).collect();
    quote!(use eventbridge_runtime::{#(#used),*};)
}

/// All names in some tokens.
pub(super) fn names(tokens: &TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => found.extend(names(&group.stream())),
            _ => {}
        }
    }
    found
}
