//! One event of the model comes in; the builders of its patterns go out, as items.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::event::Event;
use super::name;
use super::{doc, print, uses};
use eventbridge_catalog::model::{Body, Field, Type};

/// What stands behind a field that may be of any of these kinds, in the runtime's module of builders.
const KINDS: [&str; 6] = ["Anything", "Boolean", "Choice", "Instant", "Number", "Text"];

/// The builder of an event's patterns, and those of the objects in its detail.
pub(super) fn items(event: &Event<'_>) -> Result<TokenStream, String> {
    let fields = &event.event.detail;
    let (ty, builder) = (&event.names.ty, &event.names.builder);
    let [ty, builder] = [ty, builder].map(|name| format_ident!("{name}"));
    let rows = rows(event, fields, name::event_methods(fields))?;
    let mut items = quote!(event_pattern! { #ty #builder { #rows } });
    for definition in uses::reached(event.event) {
        if let Body::Object(fields) = &definition.body {
            let names = event.names.definition(&definition.name)?;
            let [ty, builder] = [&names.ty, &names.builder].map(|name| format_ident!("{name}"));
            let rows = self::rows(event, fields, name::object_methods(fields))?;
            items.extend(quote!(object_pattern! { #ty #builder { #rows } }));
        }
    }
    Ok(items)
}

/// What the module of builders takes from the runtime, and from the module around it.
pub(super) fn imports(items: &TokenStream) -> TokenStream {
    let named = print::names(items);
    let used = |name: &&str| named.contains(*name);
    let kinds: Vec<_> = KINDS.into_iter().filter(used).collect();
    let kinds: Vec<_> = kinds.iter().map(|name| format_ident!("{name}")).collect();
    let kinds = (!kinds.is_empty()).then(|| {
        quote!(
            #[allow(unused_imports)]
            use eventbridge_runtime::pattern::build::{#(#kinds),*};
        )
    });
    let macros = ["event_pattern", "object_pattern"].into_iter().filter(used);
    let macros = macros.map(|name| format_ident!("{name}"));
    quote! {
        #kinds
        use eventbridge_runtime::{#(#macros),*};
        use super::*;
    }
}

/// A method for each field, with what it takes.
fn rows(event: &Event<'_>, fields: &[Field], methods: Vec<String>) -> Result<TokenStream, String> {
    let rows = fields.iter().zip(methods).map(|(field, method)| {
        let docs = print::docs(&doc::method(field));
        let former = print::deprecated(&field.evidence);
        let (method, key) = (format_ident!("{method}"), print::literal(&field.key));
        let holds = holds(event, &field.ty)?;
        Ok(quote!(#docs #former #method: #holds(#key)))
    });
    let rows = rows.collect::<Result<Vec<_>, String>>()?;
    Ok(quote!(#(#rows),*))
}

/// What stands before a key: a kind, `Map` of kinds, or `Object` with its builder.
fn holds(event: &Event<'_>, ty: &Type) -> Result<TokenStream, String> {
    Ok(match ty {
        Type::List(items) => holds(event, items)?,
        Type::Map(values) => {
            let kind = kind(event, values, &quote!())?;
            quote!(Map::<#kind>)
        }
        Type::Named(name) if is_object(event, name) => {
            let builder = &event.names.definition(name)?.builder;
            let builder = format_ident!("{builder}");
            quote!(Object::<#builder>)
        }
        // Of a map or a list of keys with values, deliveries have the map.
        Type::OneOf(types) => match types.iter().find(|ty| matches!(ty, Type::Map(_))) {
            Some(map) => holds(event, map)?,
            None => kind(event, ty, &quote!(::))?,
        },
        ty => kind(event, ty, &quote!(::))?,
    })
}

/// A kind of value; `turbofish` stands before what it is generic over, where expressions do.
fn kind(event: &Event<'_>, ty: &Type, turbofish: &TokenStream) -> Result<TokenStream, String> {
    Ok(match ty {
        Type::String => quote!(Text),
        Type::Integer | Type::Number => quote!(Number),
        Type::Boolean => quote!(Boolean),
        Type::Timestamp(_) => quote!(Instant),
        Type::List(items) => return kind(event, items, turbofish),
        Type::Named(name) if !is_object(event, name) => {
            let ty = format_ident!("{}", event.names.definition(name)?.ty);
            quote!(Choice #turbofish <#ty>)
        }
        Type::Any | Type::Map(_) | Type::Named(_) | Type::OneOf(_) => quote!(Anything),
    })
}

fn is_object(event: &Event<'_>, name: &str) -> bool {
    let definition = event.event.definition(name);
    definition.is_some_and(|definition| matches!(definition.body, Body::Object(_)))
}
