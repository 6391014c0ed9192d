//! All events come in; the items of the crate's root go out: its modules, and what stands beside them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::features::Features;
use super::name::EventNames;
use crate::revision::revision;
use eventbridge_catalog::model::Model;

/// The items of the crate's root.
pub(super) fn items(model: &Model, names: &[EventNames], features: &Features) -> TokenStream {
    let modules = modules(model, names, features);
    let modules = modules.iter().map(|(name, Exported { cfg, .. })| {
        let name = format_ident!("{name}");
        quote!(#cfg pub mod #name;)
    });
    let exports = exports(model, names, features);
    let revision = revision(model);
    quote! {
        #![doc = include_str!("../README.md")]
        // Where docs.rs builds it, documentation tells the feature of each item.
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![forbid(unsafe_code)]

        mod detail;
        #(#modules)*
        #exports

        /// What the types were made of: a hash of all that is known of the events.
        ///
        /// When pages documented them stands in `evidence.json`.
        pub const REVISION: &str = #revision;
    }
}

/// The modules of groups.
type Modules<'m> = BTreeMap<&'m str, Exported<'m>>;

/// What stands at the root of a module's.
struct Exported<'m> {
    /// What it depends on.
    cfg: Option<TokenStream>,
    /// The types of its details.
    types: Vec<&'m str>,
    /// Whether one of them is no longer documented.
    is_former: bool,
}

fn modules<'m>(model: &Model, names: &'m [EventNames], features: &Features) -> Modules<'m> {
    let mut modules = Modules::new();
    for (event, names) in model.events.iter().zip(names) {
        let module = modules.entry(&names.module).or_insert_with(|| Exported {
            cfg: features.cfg(&event.name),
            types: Vec::new(),
            is_former: false,
        });
        module.types.push(&names.ty);
        module.is_former |= event.is_former();
    }
    modules
}

/// What stands at the root of the crate.
pub(super) fn exports(model: &Model, names: &[EventNames], features: &Features) -> TokenStream {
    let modules = modules(model, names, features);
    let details = modules.into_iter().map(|(name, module)| {
        let (name, cfg) = (format_ident!("{name}"), module.cfg);
        let types = module.types.iter().map(|ty| format_ident!("{ty}"));
        let allow = module.is_former.then(|| quote!(#[allow(deprecated)]));
        quote!(#cfg #allow pub use self::#name::{#(#types),*};)
    });
    quote! {
        #[cfg(feature = "patterns")]
        pub use eventbridge_runtime::pattern;
        pub use eventbridge_runtime::{
            Carried, Difference, EventOf, EventType, Extra, NegativeDuration, OtherDetail, OtherType, Pairs, ParseError,
            ParseErrorKind, Reason, SignedDuration, Subject, Text, Timestamp, TimestampError, Unknown, What, json,
        };
        pub use self::detail::Detail;
        #(#details)*

        /// An event as EventBridge delivers it, with its detail by detail-type.
        pub type Event = eventbridge_runtime::Event<Detail>;

        /// An event that borrows its document, and reads the detail when it is asked for.
        pub type LazyEvent<'d> = eventbridge_runtime::LazyEvent<'d, Detail>;
    }
}
