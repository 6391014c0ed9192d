//! One event and its names come in, its structs go out. typify turns the schema into field types; the
//! `syn` pass over its output gives them the names, the order and the text that people read.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::{format_ident, quote};
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Attribute, Item, ItemStruct, Type, parse_quote};
use typify_impl::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::name::{self, EventNames};
use super::{doc, schema};
use crate::model::{Body, Definition, EventType, Field};

/// The structs that typify makes of an event, by name.
pub(super) struct Structs(BTreeMap<String, ItemStruct>);

impl Structs {
    /// Lets typify turn an event into structs.
    pub(super) fn of(event: &EventType, names: &EventNames) -> Result<Self, String> {
        let say = |error: String| format!("{}: {error}", event.name);
        let mut space = TypeSpace::new(&settings(event, names)?);
        space
            .add_root_schema(schema::of(event, names)?)
            .map_err(|error| say(error.to_string()))?;
        let file: syn::File =
            syn::parse2(space.to_stream()).map_err(|error| say(error.to_string()))?;
        let named = |item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        };
        Ok(Self(file.items.into_iter().filter_map(named).collect()))
    }

    /// The struct of an event's detail.
    pub(super) fn detail(
        &self,
        event: &EventType,
        names: &EventNames,
    ) -> Result<ItemStruct, String> {
        self.finish(&names.ty, &event.detail, &doc::detail(event))
    }

    /// The struct of an object in it.
    pub(super) fn object(
        &self,
        ty: &str,
        of: &Definition,
        fields: &[Field],
    ) -> Result<ItemStruct, String> {
        self.finish(ty, fields, &doc::definition(of))
    }

    /// The struct with the fields, named, ordered and documented as the model has them.
    fn finish(&self, ty: &str, fields: &[Field], docs: &[String]) -> Result<ItemStruct, String> {
        let missing = || format!("typify makes no struct {ty}");
        let mut types = types(self.0.get(ty).ok_or_else(missing)?);
        let mut members = Vec::new();
        for (index, (field, ident)) in fields.iter().zip(name::fields(fields)).enumerate() {
            let ty = types
                .remove(&schema::placeholder(index))
                .ok_or_else(missing)?;
            members.push(member(field, &format_ident!("{ident}"), &ty));
        }
        let extra = types.remove("extra").ok_or_else(missing)?;
        let (ident, docs) = (format_ident!("{ty}"), attributes(docs));
        Ok(parse_quote! {
            #(#docs)*
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
            #[non_exhaustive]
            pub struct #ident {
                #(#members)*
                /// Whatever else arrives.
                #[serde(flatten)]
                pub extra: #extra,
            }
        })
    }
}

fn settings(event: &EventType, names: &EventNames) -> Result<TypeSpaceSettings, String> {
    let mut settings = TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(
            schema::timestamp(),
            "::eventbridge_runtime::Timestamp",
            none(),
        )
        .with_conversion(schema::number(), "::eventbridge_runtime::Number", none());
    for definition in &event.definitions {
        if matches!(definition.body, Body::Values(_)) {
            let ty = names.definition(&definition.name)?;
            settings.with_replacement(ty, ty, none());
        }
    }
    Ok(settings)
}

/// No trait that typify need know of.
fn none() -> impl Iterator<Item = TypeSpaceImpl> {
    std::iter::empty()
}

/// The types of a struct's fields, by the name that typify has for them. An object without fields is to
/// typify a map in a wrapper, whose only field has no name.
fn types(item: &ItemStruct) -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for field in &item.fields {
        let mut ty = field.ty.clone();
        ShortPaths.visit_type_mut(&mut ty);
        types.insert(
            field
                .ident
                .as_ref()
                .map_or("extra".to_owned(), Ident::to_string),
            ty,
        );
    }
    types
}

/// `::std::option::Option` → `Option`; and typify's map of anything is a map like others.
struct ShortPaths;

impl VisitMut for ShortPaths {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_path_mut(self, path);
        if let Some(mut last) = path.segments.pop() {
            if last.ident == "Map" {
                last.ident = format_ident!("BTreeMap");
            }
            *path = last.into();
        }
    }
}

fn member(field: &Field, ident: &Ident, ty: &Type) -> proc_macro2::TokenStream {
    let docs = attributes(&doc::field(field));
    let key = &field.key;
    let rename = (ident != key).then(|| quote!(#[serde(rename = #key)]));
    let optional = (!field.required)
        .then(|| quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
    quote!(#(#docs)* #rename #optional pub #ident: #ty,)
}

/// Doc comments, line by line.
pub(super) fn attributes(docs: &[String]) -> Vec<Attribute> {
    let lines = docs.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    lines.map(|line| parse_quote!(#[doc = #line])).collect()
}
