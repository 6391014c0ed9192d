//! One event of the model comes in; the types of its detail go out, as items: structs with their tables, open enums.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::name::{self, DefinitionNames, EventNames};
use super::typify::{self, FieldTypes};
use super::{doc, print, setters, uses};
use eventbridge_catalog::model::{Body, Definition, EventType, Field};
use eventbridge_catalog::roles;

/// An event, its names, and the types of its fields.
pub(super) struct Event<'m> {
    pub(super) event: &'m EventType,
    pub(super) names: &'m EventNames,
    pub(super) types: &'m FieldTypes,
}

impl Event<'_> {
    /// The struct of the detail, those of its parts, and enums. `making` is a program that makes one.
    pub(super) fn items(
        &self,
        making: Option<String>,
        linked: bool,
    ) -> Result<TokenStream, String> {
        let mut items = self.detail(&doc::detail(self.event, linked, making))?;
        for definition in uses::reached(self.event) {
            let names = self.names.definition(&definition.name)?;
            items.extend(match &definition.body {
                Body::Values(_) if names.is_borrowed => quote!(),
                Body::Values(_) => open_enum(definition, names),
                Body::Object(fields) => self.object(definition, names, fields)?,
            });
        }
        Ok(items)
    }

    fn detail(&self, docs: &[String]) -> Result<TokenStream, String> {
        let event = self.event;
        let ty = format_ident!("{}", self.names.ty);
        let (docs, former) = (print::docs(docs), print::deprecated(&event.evidence));
        let object = self.structure(&ty, &event.name, &event.detail, &quote!(#docs #former))?;
        let setters = self.setters(&ty, &event.name, &event.detail)?;
        let [source, detail_type] =
            [&event.source, &event.detail_type].map(|text| print::literal(text));
        let roles = roles::find_roles(event).into_iter().map(|(role, key)| {
            let (role, key) = (format_ident!("{role}"), print::literal(key));
            quote!(#role: #key)
        });
        let roles: Vec<TokenStream> = roles.collect();
        let roles = (!roles.is_empty()).then(|| quote!(Roles { #(#roles),* }));
        let table = table(&ty, &event.detail);
        Ok(quote! {
            #object
            impl #ty {
                /// The event source.
                pub const SOURCE: &'static str = #source;
                /// The detail-type.
                pub const DETAIL_TYPE: &'static str = #detail_type;
            }
            object! { #table #roles }
            #setters
        })
    }

    fn object(
        &self,
        definition: &Definition,
        names: &DefinitionNames,
        fields: &[Field],
    ) -> Result<TokenStream, String> {
        let ty = format_ident!("{}", names.ty);
        let docs = print::docs(&doc::definition(definition));
        let object = self.structure(&ty, &definition.name, fields, &docs)?;
        let setters = self.setters(&ty, &definition.name, fields)?;
        let table = table(&ty, fields);
        Ok(quote! {
            #object
            object! { #table }
            #setters
        })
    }

    /// A struct with its fields, and what else arrives, below its docs and marks.
    fn structure(
        &self,
        ty: &Ident,
        object: &str,
        fields: &[Field],
        docs: &TokenStream,
    ) -> Result<TokenStream, String> {
        let members = idents(fields).map(|(field, ident)| {
            let holds = self.holds(object, field)?;
            let docs = print::docs(&doc::field(self.event, field));
            let alias = alias(&field.key, &ident);
            let former = print::deprecated(&field.evidence);
            Ok(quote!(#docs #alias #former pub #ident: #holds))
        });
        let members = members.collect::<Result<Vec<_>, String>>()?;
        Ok(quote! {
            #docs
            #[derive(Clone, Debug, Default)]
            #[non_exhaustive]
            pub struct #ty {
                #(#members,)*
                /// Whatever else arrived: further members, nulls, values of another kind than their field's.
                pub extra: Extra,
            }
        })
    }

    /// The methods that set a field.
    fn setters(&self, ty: &Ident, object: &str, fields: &[Field]) -> Result<TokenStream, String> {
        let fields = idents(fields).map(|(field, ident)| {
            let former = print::deprecated(&field.evidence);
            Ok((former, ident, self.holds(object, field)?))
        });
        setters::table(ty, &fields.collect::<Result<Vec<_>, String>>()?)
    }

    /// What a field holds. That of tags reads both of their forms, whichever was seen.
    fn holds(&self, object: &str, field: &Field) -> Result<TokenStream, String> {
        let mut roles = roles::find_roles(self.event).into_iter();
        let is_tags = object == self.event.name
            && field.ty.is_string_map()
            && roles.any(|(role, key)| role == "tags" && key == field.key);
        if is_tags {
            return Ok(match field.required {
                true => quote!(Pairs),
                false => quote!(Option<Pairs>),
            });
        }
        let name = |index: usize| self.names.type_at(index).map(|ty| format_ident!("{ty}"));
        let ty = self.types.field(object, &field.key)?;
        Ok(typify::named(ty.to_token_stream(), &name))
    }
}

/// The fields of an object, and the names that they have as members.
fn idents(fields: &[Field]) -> impl Iterator<Item = (&Field, Ident)> {
    let names = name::fields(fields).into_iter();
    fields.iter().zip(names.map(|name| format_ident!("{name}")))
}

/// Lets the documentation's search find a field by its key, where that is a word and another one.
fn alias(key: &str, ident: &Ident) -> Option<TokenStream> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_alias = !key.is_empty() && key.chars().all(is_word) && ident != key;
    is_alias.then(|| quote!(#[doc(alias = #key)]))
}

/// The fields of a struct, and their keys.
fn table(ty: &Ident, fields: &[Field]) -> TokenStream {
    let rows = idents(fields).map(|(field, ident)| {
        let key = print::literal(&field.key);
        quote!(#ident: #key)
    });
    quote!(#ty { #(#rows),* })
}

fn open_enum(definition: &Definition, names: &DefinitionNames) -> TokenStream {
    let ty = format_ident!("{}", names.ty);
    let variants = name::variants(&names.values);
    let variants: Vec<Ident> = variants
        .iter()
        .map(|name| format_ident!("{name}"))
        .collect();
    let value_docs = names.values.iter().map(|value| {
        let (docs, former) = (
            print::docs(&doc::value(value)),
            print::deprecated(&value.evidence),
        );
        quote!(#docs #former)
    });
    let spellings = names
        .values
        .iter()
        .map(|value| print::literal(&value.value));
    let docs = print::docs(&doc::definition(definition));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ty {
            #(#value_docs #variants,)*
            /// A value that is not known here, as it is spelled.
            Unknown(Text),
        }
        open_enum! { #ty { #(#variants: #spellings),* } }
    }
}
