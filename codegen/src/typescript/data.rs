//! The named events come in; data goes out that is loaded when somebody asks for it: their JSON Schemas and sample events.

use super::super::literal::typescript as quoted;
use super::{File, Module, file, stamp};
use crate::STAMP;
use crate::registry::Dialect;
use crate::sample;
use eventbridge_catalog::json::{self, Member, Node, Value};
use eventbridge_catalog::model::Model;
use std::collections::BTreeMap;

/// Each event's JSON Schema, as its document for validation in the Schema Registry has it.
pub(super) fn schema_files(model: &Model, all: &[&Module<'_>]) -> Vec<File> {
    let closed = model.package.registry.closed_enums;
    let schema = |module: &&Module<'_>| {
        let content = Dialect::JsonSchemaDraft4.content(module.event, closed);
        let kept = kept(content, true);
        let kept = kept.into_iter().map(|member| (member.key, member.node));
        let stamped = [("$comment".to_owned(), Node::string(STAMP))];
        let content = Node::object(stamped.into_iter().chain(kept));
        let path = format!("schemas/{}.json", module.file);
        file(&path, json::compact(&content) + "\n")
    };
    all.iter().map(schema).collect()
}

/// A schema without what is meant for people: the declarations of the types say it. What stands in `properties` and
/// `definitions` has names, and no words of the schema.
fn without_words(node: Node, is_schema: bool) -> Node {
    match node.value {
        Value::Object(_) => Node::new(Value::Object(kept(node, is_schema))),
        Value::Array(items) => Node::array(items.into_iter().map(|item| without_words(item, true))),
        _ => node,
    }
}

fn kept(object: Node, is_schema: bool) -> Vec<Member> {
    let Value::Object(members) = object.value else {
        return Vec::new();
    };
    let members = members.into_iter();
    let kept = members.filter(|member| !is_schema || !WORDS.contains(&member.key.as_str()));
    let kept = kept.map(|member| {
        let holds_names = is_schema && NAMES.contains(&member.key.as_str());
        Member {
            node: without_words(member.node, !holds_names),
            ..member
        }
    });
    kept.collect()
}

/// What is meant for people.
const WORDS: [&str; 2] = ["description", "title"];

/// Behind these stand names, each with a schema.
const NAMES: [&str; 2] = ["properties", "definitions"];

/// `schemas.js`: each schema by its event's name, loaded all together.
pub(super) fn schemas(all: &[&Module<'_>]) -> String {
    let each = all.iter().map(|module| {
        format!(
            "exports.{} = require({});\n",
            module.detail,
            quoted(&format!("../schemas/{}.json", module.file))
        )
    });
    let each: String = each.collect();
    let named = by_source(all, |module| format!("exports.{}", module.detail));
    format!(
        "{}\"use strict\";\n{each}\nconst all = {named};\n\nexports.schemas = all;\n\
        exports.schemaOf = ({{ source, detailType }}) => all[source]?.[detailType];\n",
        stamp(),
    )
}

/// `esm/schemas.js`
pub(super) fn schemas_module(all: &[&Module<'_>]) -> String {
    let names: String = all
        .iter()
        .map(|module| format!("  {},\n", module.detail))
        .collect();
    format!(
        "{}export {{\n{names}  schemaOf,\n  schemas,\n}} from \"../schemas.js\";\n",
        stamp()
    )
}

/// `schemas.d.ts`
pub(super) fn schema_declarations(all: &[&Module<'_>]) -> String {
    let each = all
        .iter()
        .map(|module| format!("export declare const {}: JsonSchema;\n", module.detail));
    let each: String = each.collect();
    format!(
        r#"{}
/** A JSON Schema, draft 4: what validates an event. Nothing that is new is refused. */
export interface JsonSchema {{
  readonly $schema: string;
  readonly type: "object";
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly [keyword: string]: unknown;
}}

/** All schemas, by source and detail-type. */
export declare const schemas: Readonly<
  Record<string, Readonly<Record<string, JsonSchema>>>
>;

/** The schema of an event's type. */
export declare function schemaOf(type: {{
  readonly source: string;
  readonly detailType: string;
}}): JsonSchema;

{each}"#,
        stamp()
    )
}

/// `samples.js`: what is special to a sample event of each type.
pub(super) fn samples(all: &[&Module<'_>]) -> String {
    let sample = |module: &Module<'_>| {
        let detail = sample::whole_detail(module.event);
        let resources = Node::array(sample::arns(&detail).map(Node::string));
        json::compact(&Node::object([
            ("resources", resources),
            ("detail", detail),
        ]))
    };
    format!(
        "{}\"use strict\";\nexports.samples = {};\n",
        stamp(),
        by_source(all, sample)
    )
}

/// `esm/samples.js`
pub(super) fn samples_module() -> String {
    format!("{}export {{ samples }} from \"../samples.js\";\n", stamp())
}

/// An object of sources that has what each of their detail-types has.
fn by_source(all: &[&Module<'_>], say: impl Fn(&Module<'_>) -> String) -> String {
    let mut sources: BTreeMap<&str, String> = BTreeMap::new();
    for module in all {
        let line = format!(
            "    {}: {},\n",
            quoted(&module.event.detail_type),
            say(module)
        );
        sources
            .entry(&module.event.source)
            .or_default()
            .push_str(&line);
    }
    let rows = sources.iter();
    let rows: String = rows
        .map(|(source, lines)| format!("  {}: {{\n{lines}  }},\n", quoted(source)))
        .collect();
    format!("{{\n{rows}}}")
}
