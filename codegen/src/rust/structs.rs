//! One event and its names come in, the types of its fields go out, as Rust writes them. typify maps the
//! schema; what it makes beside types of fields is dropped.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::format_ident;
use syn::{GenericArgument, Item, PathArguments, Type, TypePath, parse_quote};
use typify_impl::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::name::EventNames;
use super::schema;
use eventbridge_catalog::model::{Body, EventType};

/// The types of all fields of an event's structs, by struct.
pub(super) struct Structs(BTreeMap<String, BTreeMap<String, String>>);

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
        let own = names.by_placeholder();
        let structs = file.items.into_iter().filter_map(|item| match item {
            Item::Struct(item) => {
                let ty = own.get(&item.ident.to_string())?;
                Some(((*ty).to_owned(), types(item.fields, &own)))
            }
            _ => None,
        });
        Ok(Self(structs.collect()))
    }

    /// The type of a struct's field, by its index.
    pub(super) fn field(&self, ty: &str, index: usize) -> Result<&str, String> {
        let fields = self.0.get(ty);
        let found = fields.and_then(|fields| fields.get(&schema::placeholder(index)));
        found
            .map(String::as_str)
            .ok_or_else(|| format!("typify makes no field {index} of {ty}"))
    }
}

fn settings(event: &EventType, names: &EventNames) -> Result<TypeSpaceSettings, String> {
    let mut settings = TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_map_type("::eventbridge_runtime::Map");
    for ty in schema::OURS {
        settings.with_conversion(
            schema::ours(ty),
            format!("::eventbridge_runtime::{ty}"),
            none(),
        );
    }
    for definition in &event.definitions {
        if matches!(definition.body, Body::Values(_)) {
            let ty = names.placeholder(names.definition(&definition.name)?);
            settings.with_replacement(&ty, &ty, none());
        }
    }
    Ok(settings)
}

/// No trait that typify need know of.
fn none() -> impl Iterator<Item = TypeSpaceImpl> {
    std::iter::empty()
}

/// The types of a struct's fields, by the name that typify has for them.
fn types(fields: syn::Fields, own: &Own<'_>) -> BTreeMap<String, String> {
    let named = fields.into_iter().filter_map(|field| {
        let mut ty = field.ty;
        shorten(&mut ty, own);
        Some((field.ident.as_ref().map(Ident::to_string)?, text(&ty)))
    });
    named.collect()
}

/// The type as prettyplease prints it, which prints whole items only.
fn text(ty: &Type) -> String {
    let printed = prettyplease::unparse(&parse_quote!(type T = #ty;));
    let ty = printed.trim_end().trim_end_matches(';');
    ty.trim_start_matches("type T =").trim_start().to_owned()
}

/// Our types, by the names that typify has for them.
type Own<'n> = BTreeMap<String, &'n str>;

/// `::std::option::Option` → `Option`, and ours by their names, in all that the type is made of. The keys of a map are
/// always text, which ours do not say.
fn shorten(ty: &mut Type, own: &Own<'_>) {
    let Type::Path(TypePath { path, .. }) = ty else {
        return;
    };
    let Some(mut last) = path.segments.last().cloned() else {
        return;
    };
    if let PathArguments::AngleBracketed(given) = &mut last.arguments {
        for argument in &mut given.args {
            if let GenericArgument::Type(inner) = argument {
                shorten(inner, own);
            }
        }
    }
    if let Some(own) = own.get(&last.ident.to_string()) {
        last.ident = format_ident!("{own}");
    } else if last.ident == "Map" {
        let value = match &last.arguments {
            PathArguments::AngleBracketed(given) => given.args.last().cloned(),
            _ => None,
        };
        let json: GenericArgument = parse_quote!(Json);
        let value = value.unwrap_or(json);
        let ident = format_ident!("Map");
        last = parse_quote!(#ident<#value>);
    }
    *path = last.into();
}
