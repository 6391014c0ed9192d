//! All events come in; the text of the module goes out that holds their details in one enum, and finds
//! the right one by detail-type.

use std::collections::BTreeMap;

use super::features::Features;
use super::name::EventNames;
use super::{doc, print};
use eventbridge_catalog::model::{EventType, Model};

/// The items of the module `detail`.
pub(super) fn module(model: &Model, names: &[EventNames], features: &Features) -> String {
    let mut events: Vec<(&EventType, &EventNames)> = model.events.iter().zip(names).collect();
    events.sort_by_key(|(event, _)| (&event.detail_type, &event.source));
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for (event, _) in &events {
        *sources.entry(&event.detail_type).or_default() += 1;
    }
    let variants = events.iter().map(|(event, names)| {
        let shared = sources.get(event.detail_type.as_str()) > Some(&1);
        variant(event, names, features, if shared { ", shared" } else { "" })
    });
    let variants: String = variants.collect();
    let declaration = format!("{DOC}pub enum Detail {{\n{}}}\n", print::indent(&variants));
    let types = if events.is_empty() {
        ""
    } else {
        "\n// Unused if all features are off.\n#[allow(unused_imports)]\nuse super::*;\n"
    };
    format!(
        "use eventbridge_runtime::details;\n{types}\n{}",
        print::call("details", &declaration)
    )
}

const DOC: &str = "/// The detail of an event, by detail-type.\n";

/// An event without a source is told by its detail-type, unless several sources send it.
fn variant(event: &EventType, names: &EventNames, features: &Features, shared: &str) -> String {
    let docs = doc::variant(event);
    let (ty, cfg) = (&names.ty, features.cfg(&event.name));
    let [source, detail_type] =
        [&event.source, &event.detail_type].map(|text| print::literal(text));
    format!(
        "{}{cfg}{ty}({ty}) = {source}, {detail_type}{shared};\n",
        print::comment("///", &docs)
    )
}
