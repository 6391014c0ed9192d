//! The fields of an object come in; a method for each that sets it goes out, as rows of a table.

use proc_macro2::{Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericArgument, PathArguments, Type, TypePath};

/// A field: its mark if it is no longer documented, its name and its type.
type Field = (Option<TokenStream>, Ident, TokenStream);

/// The methods of a struct: for each field `with_…`, and what it takes.
pub(super) fn table(ty: &Ident, fields: &[Field]) -> Result<TokenStream, String> {
    let rows = fields.iter().map(|(former, ident, holds)| {
        let row = row(ident, holds)?;
        Ok(quote!(#former #row))
    });
    let rows = rows.collect::<Result<Vec<_>, String>>()?;
    Ok(match rows.is_empty() {
        true => quote!(),
        false => quote!(setters! { #ty { #(#rows),* } }),
    })
}

/// The method that sets a field.
pub(super) fn name(field: &str) -> Ident {
    format_ident!("with_{}", field.trim_start_matches("r#"))
}

/// `with_subnets: Some(subnets([Text]))`: may be absent, holds a list.
fn row(ident: &Ident, holds: &TokenStream) -> Result<TokenStream, String> {
    let ty: Type = syn::parse2(holds.clone()).map_err(|error| error.to_string())?;
    let (is_optional, ty) = match argument(&ty, "Option") {
        Some(inner) => (true, inner),
        None => (false, &ty),
    };
    let takes = match argument(ty, "Vec") {
        Some(item) => {
            let item = as_expression(item.to_token_stream());
            quote!([#item])
        }
        None => as_expression(ty.to_token_stream()),
    };
    let with = name(&ident.to_string());
    Ok(match is_optional {
        true => quote!(#with: Some(#ident(#takes))),
        false => quote!(#with: #ident(#takes)),
    })
}

/// What stands in the brackets of a type of this name.
fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(TypePath { path, .. }) = ty else {
        return None;
    };
    let last = path.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(given) => match given.args.first()? {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// `Map<Text>` → `Map::<Text>`: our tables are printed as expressions, and this is one and a type as well.
fn as_expression(ty: TokenStream) -> TokenStream {
    let colons = [Spacing::Joint, Spacing::Alone].map(|spacing| Punct::new(':', spacing));
    let tree = |tree: TokenTree| match tree {
        TokenTree::Punct(open) if open.as_char() == '<' => {
            let [one, other] = colons.clone().map(TokenTree::Punct);
            vec![one, other, TokenTree::Punct(open)]
        }
        tree => vec![tree],
    };
    ty.into_iter().flat_map(tree).collect()
}
