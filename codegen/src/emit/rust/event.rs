//! One event of the model comes in; the text of its module goes out, without the module's own
//! documentation, which stands inside a file and outside a block.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{ItemConst, ItemEnum, ItemStruct, parse_quote};

use super::name::{self, EventNames};
use super::structs::{Structs, attributes};
use super::{doc, print};
use crate::model::{Body, Definition, EventType, KnownValue};

/// The items of an event's module; `patterns` declares the module of its pattern builders.
pub(super) fn module(
    event: &EventType,
    names: &EventNames,
    patterns: &str,
) -> Result<String, String> {
    let structs = Structs::of(event, names)?;
    let mut runtime = Runtime::default();
    let mut items = vec![
        constants(event),
        runtime.print(structs.detail(event, names)?),
    ];
    for definition in &event.definitions {
        let ty = names.definition(&definition.name)?;
        items.push(match &definition.body {
            Body::Object(fields) => runtime.print(structs.object(ty, definition, fields)?),
            Body::Values(values) => runtime.open_enum(declaration(ty, definition, values)),
        });
    }
    let (imports, items) = (runtime.imports(), items.join("\n"));
    Ok(format!(
        "{imports}\n{items}\n{FEATURE}{patterns}{FEATURE}pub use self::pattern::*;\n"
    ))
}

/// Who only reads events compiles no pattern builders.
const FEATURE: &str = "#[cfg(feature = \"patterns\")]\n";

fn constants(event: &EventType) -> String {
    let (source, detail_type) = (&event.source, &event.detail_type);
    let source: ItemConst = parse_quote! {
        /// The event source.
        pub const SOURCE: &str = #source;
    };
    let detail_type: ItemConst = parse_quote! {
        /// The detail-type.
        pub const DETAIL_TYPE: &str = #detail_type;
    };
    format!("{}\n{}", print::item(source), print::item(detail_type))
}

fn declaration(ty: &str, definition: &Definition, values: &[KnownValue]) -> ItemEnum {
    let (ident, docs) = (
        format_ident!("{ty}"),
        attributes(&doc::definition(definition)),
    );
    let known = distinct(values);
    let variants = known
        .iter()
        .zip(name::variants(&known))
        .map(|(value, name)| variant(value, &name));
    parse_quote! {
        #(#docs)*
        pub enum #ident { #(#variants,)* }
    }
}

fn variant(value: &KnownValue, name: &str) -> TokenStream {
    let (docs, ident, spelling) = (
        attributes(&doc::value(value)),
        format_ident!("{name}"),
        &value.value,
    );
    quote!(#(#docs)* #ident = #spelling)
}

/// The values, each spelling once.
fn distinct(values: &[KnownValue]) -> Vec<KnownValue> {
    let mut seen = BTreeSet::new();
    values
        .iter()
        .filter(|value| seen.insert(&value.value))
        .cloned()
        .collect()
}

/// What a module takes from the runtime.
#[derive(Default)]
struct Runtime(BTreeSet<&'static str>);

impl Runtime {
    fn print(&mut self, mut item: ItemStruct) -> String {
        self.visit_item_struct_mut(&mut item);
        print::item(item)
    }

    fn open_enum(&mut self, declaration: ItemEnum) -> String {
        self.0.insert("open_enum");
        print::open_enum(declaration)
    }

    fn imports(&self) -> String {
        let names: Vec<&str> = self.0.iter().copied().collect();
        let runtime = match names.as_slice() {
            [] => String::new(),
            [name] => format!("use eventbridge_runtime::{name};\n"),
            names => format!("use eventbridge_runtime::{{{}}};\n", names.join(", ")),
        };
        format!(
            "use std::collections::BTreeMap;\n\n{runtime}use serde::{{Deserialize, Serialize}};\nuse serde_json::Value;\n"
        )
    }
}

impl VisitMut for Runtime {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        self.0.extend(
            ["Number", "Timestamp"]
                .into_iter()
                .find(|name| ident == name),
        );
    }
}
