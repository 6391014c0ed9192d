//! Items as tokens come in, the text of a source file goes out. prettyplease prints each item in its own form, which
//! is nearly rustfmt's and needs no other program; what it leaves to others is done here: blank lines, the
//! stamp, and the inside of our own macros, which is expressions.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, File, Item, ItemMacro, ItemMod, parse_quote};

use super::super::{STAMP, doc};
use eventbridge_catalog::model::Evidence;
use eventbridge_catalog::text;

/// A source file: stamp, documentation, items.
pub(super) fn file(docs: &[String], items: TokenStream) -> Result<String, String> {
    let docs = docs.iter().map(|line| doc_line(line));
    let head = quote!(#(#![doc = #docs])*);
    let head = unparse(&syn::parse2(head).map_err(unprintable)?);
    let parts = [format!("// {STAMP}\n"), head, self::items(items)?];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join("\n");
    Ok(text.lines().map(fitting).collect())
}

/// So wide is a line; prettyplease leaves what one literal makes wider.
const WIDTH: usize = 100;

/// A line, broken before its last value where it is too wide.
fn fitting(line: &str) -> String {
    let is_wide = line.chars().count() > WIDTH && !line.trim_start().starts_with("//");
    let value = line.find(" = \"").or_else(|| line.find(": "));
    match value.filter(|_| is_wide) {
        Some(place) => {
            let (before, after) = line.split_at(place);
            let mark = if after.starts_with(':') { ":" } else { " =" };
            let indent = " ".repeat(line.len() - line.trim_start().len() + 4);
            let value = after.trim_start_matches([':', '=', ' ']);
            format!("{before}{mark}\n{indent}{value}\n")
        }
        None => format!("{line}\n"),
    }
}

/// Lines of documentation, as the attributes that comments are.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_line(line));
    quote!(#(#[doc = #lines])*)
}

/// The mark of what is no longer documented.
pub(super) fn deprecated(evidence: &[Evidence]) -> Option<TokenStream> {
    let note = doc::former(evidence)?;
    Some(quote!(#[deprecated(note = #note)]))
}

fn doc_line(line: &str) -> String {
    match line {
        "" => String::new(),
        line => format!(" {line}"),
    }
}

/// A string literal. Some that are not seen pass for letters.
pub(super) fn literal(text: &str) -> Literal {
    let literal = Literal::string(text);
    let visible = text::visible(&literal.to_string()).into_owned();
    visible.parse().unwrap_or(literal)
}

/// Statements as a program of the documentation has them: what it imports, then what it does.
pub(super) fn program(statements: TokenStream) -> String {
    let main = syn::parse2(quote!(fn main() { #statements }));
    let printed = main.map(|file| unparse(&file)).unwrap_or_default();
    let lines = printed.lines().filter_map(|line| line.strip_prefix("    "));
    let (mut out, mut imports) = (String::new(), false);
    for line in lines {
        let is_import = line.starts_with("use ")
            || (imports
                && !["let ", "fn "]
                    .iter()
                    .any(|begins| line.starts_with(begins)));
        if imports && !is_import {
            out.push('\n');
        }
        imports = is_import;
        out += line;
        out.push('\n');
    }
    out
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

/// Items as text, apart from each other.
pub(super) fn items(items: TokenStream) -> Result<String, String> {
    let file: File = syn::parse2(items).map_err(unprintable)?;
    let attrs = file.attrs;
    let mut text = unparse(&parse_quote!(#(#attrs)*));
    let mut before = None;
    if !text.is_empty() {
        text = format!("{}\n\n", text.trim_end());
    }
    for item in file.items {
        if before.is_some_and(|before| is_apart(before, &item)) {
            text.push('\n');
        }
        before = Some(std::mem::discriminant(&item));
        text += &self::item(item)?;
    }
    Ok(text)
}

/// Items of a kind that stand together have no blank line between them, where they are lists of names.
fn is_apart(before: std::mem::Discriminant<Item>, item: &Item) -> bool {
    let is_listed = match item {
        Item::Use(_) => true,
        Item::Mod(module) => module.content.is_none(),
        _ => false,
    };
    !is_listed || before != std::mem::discriminant(item)
}

fn item(item: Item) -> Result<String, String> {
    match item {
        Item::Macro(item) if item.ident.is_none() => table(&item),
        Item::Mod(ItemMod {
            attrs,
            vis,
            ident,
            content: Some((_, inner)),
            ..
        }) => {
            let head = unparse(&parse_quote!(#(#attrs)* #vis mod #ident {}));
            let inner = indent(&items(quote!(#(#inner)*))?);
            Ok(head.replacen("{}", &format!("{{\n{inner}}}"), 1))
        }
        item => Ok(spaced(&unparse(&parse_quote!(#item)))),
    }
}

/// A macro of ours holds expressions, one after the other.
fn table(item: &ItemMacro) -> Result<String, String> {
    let Expressions(expressions) = syn::parse2(item.mac.tokens.clone()).map_err(unprintable)?;
    let lines: String = expressions.iter().map(expression).collect();
    let (attrs, path) = (&item.attrs, &item.mac.path);
    let head = unparse(&parse_quote!(#(#attrs)* #path! {}));
    Ok(head.replacen("{}", &format!("{{\n{}}}", indent(&lines)), 1))
}

struct Expressions(Vec<Expr>);

impl Parse for Expressions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut expressions = Vec::new();
        while !input.is_empty() {
            expressions.push(input.parse()?);
        }
        Ok(Self(expressions))
    }
}

/// An expression as prettyplease prints it, which prints whole items only.
fn expression(expression: &Expr) -> String {
    let printed = unparse(&parse_quote!(const _: () = #expression;));
    let printed = printed.trim_start_matches("const _: () =").trim_start();
    printed.trim_end().trim_end_matches(';').to_owned() + "\n"
}

fn unparse(file: &File) -> String {
    prettyplease::unparse(file)
}

fn unprintable(error: syn::Error) -> String {
    format!("what was made of it is no Rust: {error}")
}

/// Puts a blank line between the parts of an `impl`.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut ended = false;
    for line in text.lines() {
        let begins = line.starts_with("    ") && !line.starts_with("     ") && line != "    }";
        if ended && begins && text.contains("\nimpl ") | text.starts_with("impl ") {
            out.push('\n');
        }
        ended = line == "    }" || (line.starts_with("    ") && line.ends_with(';'));
        out += line;
        out.push('\n');
    }
    out
}

/// Moves text one level in.
fn indent(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}
