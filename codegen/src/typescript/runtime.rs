//! The named events come in; the modules that run go out: a guard, two schemas and the known values of each event, and
//! what is known of all.

use super::super::literal::typescript as quoted;
use super::super::names::is_identifier;
use super::{Module, index};
use crate::table;
use eventbridge_catalog::model::{Body, Definition};
use std::collections::BTreeMap;

/// The roles of fields, in the order in which `parse.js` reads them.
const ROLES: [&str; 7] = [
    "name",
    "arn",
    "status",
    "failure_reason",
    "created_at",
    "modified_at",
    "tags",
];

/// All generated modules, each a name and its text.
pub(super) fn modules(all: &[&Module<'_>], revision: &str) -> Vec<(String, String)> {
    vec![
        ("details".to_owned(), details(all)),
        ("events".to_owned(), events(all)),
        ("known".to_owned(), known(all)),
        ("cdk".to_owned(), rules(all)),
        ("index".to_owned(), index::module(revision)),
    ]
}

/// The schema of each detail. A bundler takes what is used.
fn details(all: &[&Module<'_>]) -> String {
    let detail = |module: &&Module<'_>| {
        let table = quoted(&table::table(module.event));
        format!(
            "export const {} = /* @__PURE__ */ detail({table});\n",
            module.detail
        )
    };
    let details: String = all.iter().map(detail).collect();
    format!("import {{ detail }} from \"./event.js\";\n\n{details}")
}

/// What there is of each event. A bundler takes what is used.
fn events(all: &[&Module<'_>]) -> String {
    let events: String = all.iter().map(|module| event(module)).collect();
    format!(
        "import * as details from \"./details.js\";\n\
        import {{ event, has, values }} from \"./event.js\";\n\
        export * from \"./details.js\";\n{events}"
    )
}

fn event(module: &Module<'_>) -> String {
    let Module {
        detail,
        envelope,
        guard,
        namespace,
        event,
        ..
    } = module;
    let (source, detail_type) = (quoted(&event.source), quoted(&event.detail_type));
    let values = values(module);
    let values = match values.is_empty() {
        true => String::new(),
        false => format!("export const {namespace} = /* @__PURE__ */ values({{ {values} }});\n"),
    };
    format!(
        "
export const {guard} = (value) => has(value, {source}, {detail_type});
export const {envelope} = /* @__PURE__ */ event({source}, {detail_type}, details.{detail});
{values}"
    )
}

fn values(module: &Module<'_>) -> String {
    let known = module.event.definitions.iter().filter_map(list);
    known.collect::<Vec<_>>().join(", ")
}

fn list(definition: &Definition) -> Option<String> {
    let Body::Values(values) = &definition.body else {
        return None;
    };
    let values: Vec<String> = values.iter().map(|known| quoted(&known.value)).collect();
    let key = match is_identifier(&definition.name) {
        true => definition.name.clone(),
        false => quoted(&definition.name),
    };
    Some(format!("{key}: [{}]", values.join(", ")))
}

/// What is known of all events, for those who ask about any.
fn known(all: &[&Module<'_>]) -> String {
    let rows = all.iter().map(|module| {
        let roles = quoted(&table::roles(module.event, &ROLES));
        format!(
            "  {{ event: events.{}, roles: {roles} }},\n",
            module.envelope
        )
    });
    let rows: String = rows.collect();
    format!(
        "import * as events from \"./events.js\";\n\nexport const all = [\n{rows}];\n\n{}",
        names(all)
    )
}

/// The detail-types of each source.
fn names(all: &[&Module<'_>]) -> String {
    let mut sources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for module in all {
        let names = sources.entry(&module.event.source).or_default();
        names.push(&module.event.detail_type);
    }
    let rows = sources.iter().map(|(source, names)| {
        let names = names.iter().map(|name| format!("    {},\n", quoted(name)));
        format!(
            "  {}: [\n{}  ],\n",
            quoted(source),
            names.collect::<String>()
        )
    });
    let rows: String = rows.collect();
    format!("export const names = {{\n{rows}}};\n")
}

fn rules(all: &[&Module<'_>]) -> String {
    let rules = all.iter().map(|module| {
        format!(
            "export const {} = (scope, id, props) =>\n  onEvent(scope, id, events.{}, props);\n",
            module.rule, module.envelope
        )
    });
    let rules: String = rules.collect();
    format!(
        "import * as events from \"./events.js\";\nimport {{ onEvent }} from \"./rule-cdk.js\";\n\n{rules}\nexport {{ onEvent }};\n"
    )
}
