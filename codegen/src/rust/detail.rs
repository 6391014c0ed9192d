//! All events come in; the items of the module go out that holds their details in one enum, and finds the right one
//! by detail-type.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::features::Features;
use super::name::{self, EventNames};
use super::{doc, print};
use eventbridge_catalog::model::{EventType, Model};

/// The items of the module `detail`.
pub(super) fn items(model: &Model, names: &[EventNames], features: &Features) -> TokenStream {
    let mut events: Vec<(&EventType, &EventNames)> = model.events.iter().zip(names).collect();
    events.sort_by_key(|(event, _)| (&event.detail_type, &event.source));
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for (event, _) in &events {
        *sources.entry(&event.detail_type).or_default() += 1;
    }
    let variants = events.iter().map(|(event, names)| {
        let (docs, cfg) = (print::docs(&doc::variant(event)), features.cfg(&event.name));
        let ty = format_ident!("{}", names.ty);
        let former = print::deprecated(&event.evidence);
        quote!(#docs #cfg #former #ty(Box<#ty>))
    });
    // One without a source is told by its detail-type, unless several sources send it.
    let rows = events.iter().map(|(event, names)| {
        let (ty, cfg) = (format_ident!("{}", names.ty), features.cfg(&event.name));
        let view = format_ident!("{}", name::view(&names.ty));
        let is_shared = sources.get(event.detail_type.as_str()) > Some(&1);
        let shared = is_shared.then(|| quote!((shared)));
        quote!(#cfg #ty: #view #shared)
    });
    let types = (!events.is_empty()).then(|| {
        quote!(
            // Where all features are off, there are none.
            #[allow(unused_imports)]
            use super::*;
        )
    });
    quote! {
        use eventbridge_runtime::{Unknown, details};
        #types

        /// The detail of an event, by detail-type.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        #[allow(clippy::enum_variant_names, reason = "a variant is called as its event is")]
        pub enum Detail {
            #(#variants,)*
            /// A detail-type that is not known here, or a detail that is no object.
            Unknown(Unknown),
        }

        details! { Detail { #(#rows),* } }
    }
}
