//! The generated types come in as one file, as for any crate that renders schemas of its own; the same structs and
//! enums go out as people derive them: what our tables say of keys and spellings, serde's attributes say there.

use quote::{format_ident, quote};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprStruct, Ident, Item, Lit, Member};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=../../schemas");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    match eventbridge_codegen::generate::rust_module(Path::new("../../schemas")) {
        Ok((module, _)) => {
            let derived = derived(&module).map_err(std::io::Error::other)?;
            std::fs::write(out.join("events.rs"), derived)
        }
        Err(problems) => {
            problems
                .iter()
                .for_each(|problem| println!("cargo::error={problem}"));
            Ok(())
        }
    }
}

fn derived(module: &str) -> syn::Result<String> {
    let file = syn::parse_file(module)?;
    let (mut modules, mut events) = (Vec::new(), Vec::new());
    for item in file.items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = module.content
            && module.ident != "detail"
        {
            let name = &module.ident;
            for detail in details(&items) {
                events.push(quote!(
                    #name::#detail::DETAIL_TYPE => Some(V::visit::<#name::#detail>())
                ));
            }
            let items = items_of(items)?;
            modules.push(quote!(pub mod #name { use crate::*; #(#items)* }));
        }
    }
    let all = quote! {
        #(#modules)*

        /// Does something with the type of a detail.
        pub fn visit<V: crate::Visit>(detail_type: &str) -> Option<V::Out> {
            match detail_type {
                #(#events,)*
                _ => None,
            }
        }
    };
    Ok(all.to_string())
}

/// The types that say of which event they are the detail.
fn details(items: &[Item]) -> Vec<&syn::Type> {
    let details = items.iter().filter_map(|item| match item {
        Item::Impl(item) => {
            let is_detail = item.items.iter().any(
                |item| matches!(item, syn::ImplItem::Const(item) if item.ident == "DETAIL_TYPE"),
            );
            is_detail.then_some(&*item.self_ty)
        }
        _ => None,
    });
    details.collect()
}

/// Keys and spellings, by member, by type.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// The expressions in a macro of ours, of which the first is the table.
struct Table(ExprStruct);

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let table = Self(input.parse()?);
        while !input.is_empty() {
            input.parse::<Expr>()?;
        }
        Ok(table)
    }
}

fn tables(items: &[Item]) -> syn::Result<Tables> {
    let mut tables = Tables::new();
    for item in items {
        if let Item::Macro(item) = item
            && !item.mac.path.is_ident("setters")
        {
            let Table(table) = syn::parse2(item.mac.tokens.clone())?;
            let name = table.path.require_ident()?.to_string();
            let rows = table
                .fields
                .iter()
                .filter_map(|row| match (&row.member, &row.expr) {
                    (Member::Named(member), Expr::Lit(value)) => match &value.lit {
                        Lit::Str(text) => Some((member.to_string(), text.value())),
                        _ => None,
                    },
                    _ => None,
                });
            tables.insert(name, rows.collect());
        }
    }
    Ok(tables)
}

fn items_of(items: Vec<Item>) -> syn::Result<Vec<proc_macro2::TokenStream>> {
    let tables = tables(&items)?;
    let renamed = |ty: &Ident, member: &Ident| {
        let rows = tables.get(&ty.to_string());
        rows.and_then(|rows| rows.get(&member.to_string()))
    };
    let items = items.into_iter().filter_map(|item| match item {
        Item::Struct(item) => {
            let ty = &item.ident;
            let fields = item.fields.iter().filter_map(|field| {
                let (name, holds) = (field.ident.as_ref()?, &field.ty);
                let key = renamed(ty, name)?; // the others are none of the document's
                Some(quote!(#[serde(rename = #key)] pub #name: #holds))
            });
            Some(quote! {
                #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
                #[serde(default)]
                pub struct #ty { #(#fields,)* }
            })
        }
        Item::Enum(item) => {
            let ty = &item.ident;
            let variants = item.variants.iter().filter_map(|variant| {
                let (name, spelling) = (&variant.ident, renamed(ty, &variant.ident)?);
                Some(quote!(#[serde(rename = #spelling)] #name))
            });
            let unknown = format_ident!("Unknown");
            // The spelling of an unknown value is lost, which is quickest.
            Some(quote! {
                #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
                pub enum #ty {
                    #(#variants,)*
                    #[default]
                    #[serde(other)]
                    #unknown,
                }
            })
        }
        Item::Impl(item) => {
            let consts = item
                .items
                .iter()
                .filter(|item| matches!(item, syn::ImplItem::Const(_)));
            let ty = &item.self_ty;
            Some(quote!(impl #ty { #(#consts)* }))
        }
        _ => None,
    });
    Ok(items.collect())
}
