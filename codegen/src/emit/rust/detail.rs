//! All events come in; the text of the module goes out that holds their details in one enum, and finds
//! the right one by detail-type.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ItemEnum, ItemImpl, parse_quote};

use super::name::EventNames;
use super::structs::attributes;
use super::{doc, print};
use crate::model::{EventType, Model};

/// An event and its names.
struct Arm<'a> {
    event: &'a EventType,
    module: Ident,
    ty: Ident,
    /// Whether another source has an event of the same detail-type.
    shared: bool,
}

/// The items of the module `detail`.
pub(super) fn module(model: &Model, names: &[EventNames]) -> Result<String, String> {
    let arms = arms(model, names)?;
    let items = [
        imports(&arms),
        print::item(declaration(&arms)),
        known(&arms),
        implementation(&arms),
    ];
    Ok(items.join("\n"))
}

fn arms<'a>(model: &'a Model, names: &[EventNames]) -> Result<Vec<Arm<'a>>, String> {
    let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for event in &model.events {
        if !sources
            .entry(&event.detail_type)
            .or_default()
            .insert(&event.source)
        {
            return Err(format!(
                "{} has two events of detail-type {}",
                event.source, event.detail_type
            ));
        }
    }
    let arm = |(event, names): (&'a EventType, &EventNames)| Arm {
        event,
        module: format_ident!("{}", names.module),
        ty: format_ident!("{}", names.ty),
        shared: sources
            .get(event.detail_type.as_str())
            .is_some_and(|sources| sources.len() > 1),
    };
    Ok(model.events.iter().zip(names).map(arm).collect())
}

fn imports(arms: &[Arm<'_>]) -> String {
    let uses = arms
        .iter()
        .map(|arm| format!("use super::{}::{{self, {}}};", arm.module, arm.ty));
    let mut uses: Vec<String> = uses.map(|line| print::import(&line)).collect();
    uses.sort();
    let fit = if arms.is_empty() {
        "Unknown"
    } else {
        "{Unknown, fit}"
    };
    let given = format!("use eventbridge_runtime::{fit};\nuse serde::{{Serialize, Serializer}};\n");
    format!("{given}use serde_json::Value;\n\n{}", uses.concat())
}

fn declaration(arms: &[Arm<'_>]) -> ItemEnum {
    let variants = arms.iter().map(|Arm { event, ty, .. }| {
        let docs = attributes(&[format!(
            "{} from {}.",
            doc::code(&event.detail_type),
            doc::code(&event.source)
        )]);
        quote!(#(#docs)* #ty(Box<#ty>),)
    });
    parse_quote! {
        /// The detail of an event, by detail-type.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Detail {
            #(#variants)*
            /// A detail-type that is not known here, or a detail that does not fit its type.
            Unknown(Unknown),
        }
    }
}

fn known(arms: &[Arm<'_>]) -> String {
    let known = arms
        .iter()
        .map(|Arm { module, .. }| quote!((#module::SOURCE, #module::DETAIL_TYPE),));
    let known: ItemImpl = parse_quote! {
        impl Detail {
            /// The event source and the detail-type of every event that is known here.
            pub const KNOWN: &'static [(&'static str, &'static str)] = &[#(#known)*];
        }
    };
    print::item(known)
}

/// The methods stand apart, which prettyplease does not see to.
fn implementation(arms: &[Arm<'_>]) -> String {
    print::item(detail(arms)).replacen("    }\n    fn write", "    }\n\n    fn write", 1)
}

fn detail(arms: &[Arm<'_>]) -> ItemImpl {
    let shared = arms.iter().any(|arm| arm.shared);
    let source = format_ident!("{}", if shared { "source" } else { "_source" });
    let reads = arms.iter().map(read);
    let writes = arms
        .iter()
        .map(|Arm { ty, .. }| quote!(Self::#ty(detail) => detail.serialize(serializer),));
    parse_quote! {
        impl eventbridge_runtime::Detail for Detail {
            fn read(#source: &str, detail_type: &str, detail: Value) -> Self {
                let known = match detail_type {
                    #(#reads)*
                    _ => Err(Unknown::new(detail)),
                };
                known.unwrap_or_else(Self::Unknown)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(unknown) => unknown.serialize(serializer),
                }
            }
        }
    }
}

/// The source counts only where the detail-type does not tell: tests and replays have sources of their
/// own.
fn read(arm: &Arm<'_>) -> TokenStream {
    let Arm { module, ty, .. } = arm;
    let guard = arm.shared.then(|| quote!(if source == #module::SOURCE));
    quote!(#module::DETAIL_TYPE #guard => fit(detail).map(Self::#ty),)
}
