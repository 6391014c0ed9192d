//! What the runtime and the engine offer, item by item, are committed lists: whoever reviews a change sees what
//! it does to those who depend on them. `UPDATE_GOLDEN=1 cargo test` writes the lists.
//!
//! They follow from the sources: the lint `unreachable_pub` holds that `pub` is what others can reach.
//! `sagemaker-events` needs no list, as all of it is committed and generated.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{
    Attribute, Fields, ImplItem, Item, ItemConst, ItemFn, ItemImpl, TraitItem, Type, Visibility,
};

#[test]
fn the_runtime_offers_what_is_listed() {
    let listed = is_listed("runtime");
    assert!(listed.contains(
        "pub use timestamp::{NegativeDuration, SignedDuration, Timestamp, TimestampError};"
    ));
}

#[test]
fn the_engine_offers_what_is_listed() {
    let listed = is_listed("patterns");
    assert!(listed.contains("pub use rule_set::{Matches, RuleSet};"));
}

/// Compares a crate with its list.
fn is_listed(name: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let items = items(&root.join(name).join("src/lib.rs"));
    let hidden = hidden_types(&items);
    let listed: BTreeSet<String> = items
        .into_iter()
        .flat_map(|item| listed(item, &hidden))
        .collect();
    let list: String = listed.iter().map(|entry| format!("{entry}\n")).collect();

    let golden = root.join(format!("tests/golden/eventbridge-{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &list).unwrap();
    }
    let committed = fs::read_to_string(&golden).unwrap();
    let differs = list
        .lines()
        .zip(committed.lines())
        .find(|(now, then)| now != then);
    assert!(
        list == committed,
        "the public items of {name} differ, first at {differs:?}; UPDATE_GOLDEN=1 writes the list"
    );
    listed
}

/// The items of a crate, but those of tests, from all of its files.
fn items(file: &Path) -> Vec<Item> {
    let text = fs::read_to_string(file).unwrap();
    let mut found = Vec::new();
    for item in syn::parse_file(&text).unwrap().items {
        match item {
            Item::Mod(module) if is_test(&module.attrs) => {}
            Item::Mod(mut module) => {
                let name = module.ident.to_string();
                found.extend(match module.content.take() {
                    Some((_, items)) => items,
                    None => items(&module_file(file, &name)),
                });
                found.push(Item::Mod(module));
            }
            item => found.push(item),
        }
    }
    found
}

fn module_file(parent: &Path, name: &str) -> PathBuf {
    let folder = parent.parent().unwrap();
    let folder = match parent.file_stem().unwrap().to_str().unwrap() {
        "lib" | "mod" => folder.to_owned(),
        stem => folder.join(stem),
    };
    let file = folder.join(format!("{name}.rs"));
    if file.is_file() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

/// The crate's own types that others cannot name: what these implement is nobody else's matter.
fn hidden_types(items: &[Item]) -> BTreeSet<String> {
    let types = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((&item.vis, &item.ident)),
        Item::Enum(item) => Some((&item.vis, &item.ident)),
        _ => None,
    });
    types
        .filter(|(vis, _)| !is_public(vis))
        .map(|(_, ident)| ident.to_string())
        .collect()
}

/// What the list says of an item: nothing, a line or so, or one for each function of an implementation.
fn listed(item: Item, hidden: &BTreeSet<String>) -> Vec<String> {
    let entry = match item {
        Item::Impl(item) => return implementation(item, hidden),
        Item::Macro(item) => {
            let exported = item
                .attrs
                .iter()
                .any(|attr| attr.path().is_ident("macro_export"));
            let name = item.ident.map(|ident| format!("macro_rules! {ident}"));
            return name.filter(|_| exported).into_iter().collect();
        }
        Item::Fn(mut item) if is_public(&item.vis) => {
            item.block.stmts.clear();
            Item::Fn(item)
        }
        Item::Struct(mut item) if is_public(&item.vis) => {
            keep_public(&mut item.fields);
            Item::Struct(item)
        }
        Item::Trait(mut item) if is_public(&item.vis) => {
            for item in &mut item.items {
                if let TraitItem::Fn(function) = item {
                    function.attrs.clear();
                    function
                        .default
                        .iter_mut()
                        .for_each(|block| block.stmts.clear());
                }
            }
            Item::Trait(item)
        }
        Item::Enum(item) if is_public(&item.vis) => Item::Enum(item),
        Item::Const(item) if is_public(&item.vis) => Item::Const(item),
        Item::Type(item) if is_public(&item.vis) => Item::Type(item),
        Item::Use(item) if is_public(&item.vis) => Item::Use(item),
        Item::Mod(item) if is_public(&item.vis) => Item::Mod(item),
        _ => return Vec::new(),
    };
    printed(entry).into_iter().collect()
}

/// The header of what is implemented for a trait, or the public parts of what is not.
fn implementation(mut item: ItemImpl, hidden: &BTreeSet<String>) -> Vec<String> {
    let ty = type_name(&item.self_ty);
    if hidden.contains(&ty) {
        return Vec::new();
    }
    if item.trait_.is_some() {
        item.items.clear();
        return printed(Item::Impl(item)).into_iter().collect();
    }
    let parts = item.items.into_iter().filter_map(|part| match part {
        ImplItem::Fn(part) if is_public(&part.vis) => {
            let mut function: ItemFn = syn::parse_quote!(
                fn empty() {}
            );
            (function.attrs, function.vis, function.sig) = (part.attrs, part.vis, part.sig);
            Some(Item::Fn(function))
        }
        ImplItem::Const(part) if is_public(&part.vis) => {
            let mut constant: ItemConst = syn::parse_quote!(
                const EMPTY: () = ();
            );
            (constant.attrs, constant.vis) = (part.attrs, part.vis);
            (constant.ident, constant.ty, constant.expr) =
                (part.ident, part.ty.into(), part.expr.into());
            Some(Item::Const(constant))
        }
        _ => None,
    });
    let parts = parts.filter_map(printed);
    parts.map(|part| format!("{ty}: {part}")).collect()
}

fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        Type::Reference(reference) => type_name(&reference.elem),
        _ => String::new(),
    }
}

/// Leaves out the fields that others cannot reach.
fn keep_public(fields: &mut Fields) {
    let all = match fields {
        Fields::Named(fields) => &mut fields.named,
        Fields::Unnamed(fields) => &mut fields.unnamed,
        Fields::Unit => return,
    };
    *all = std::mem::take(all)
        .into_iter()
        .filter(|field| is_public(&field.vis))
        .collect();
}

/// An item as code, without what documents it; nothing if it is hidden from documentation.
fn printed(item: Item) -> Option<String> {
    let mut file: syn::File = syn::parse_quote!();
    file.items.push(item);
    let mut strip = Strip { hidden: false };
    syn::visit_mut::visit_file_mut(&mut strip, &mut file);
    let text = prettyplease::unparse(&file);
    let text = text.trim_end().trim_end_matches("{}").trim_end();
    (!strip.hidden).then(|| text.to_owned())
}

struct Strip {
    hidden: bool,
}

impl syn::visit_mut::VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        let kept = ["cfg", "derive", "non_exhaustive"];
        self.hidden |= attrs
            .iter()
            .any(|attr| *attr == syn::parse_quote!(#[doc(hidden)]));
        attrs.retain(|attr| kept.iter().any(|name| attr.path().is_ident(name)));
    }
}

fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn is_test(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| *attr == syn::parse_quote!(#[cfg(test)]))
}
