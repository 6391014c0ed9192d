//! A group of events comes in, its declarations go out: each event, its detail, what tells and checks them, and, in a
//! namespace of the event, what the detail's fields refer to.

use super::super::literal::typescript as quoted;
use super::super::names::{Names, identifier};
use super::types::{OPEN, Scope, open_enum, property};
use super::{Module, RESERVED, Subpath, comment, comment_with, fits, stamp};
use crate::{doc, uses};
use eventbridge_catalog::model::{Body, Definition, Field, Type};
use std::collections::BTreeMap;

/// The text of the declarations.
pub(super) fn text(path: &Subpath<'_>) -> String {
    let mut parts = vec![stamp() + &imports(path)];
    parts.extend(path.modules.iter().map(declarations));
    parts.join("\n")
}

fn declarations(module: &Module<'_>) -> String {
    let names = definition_names(module);
    let outside = Scope {
        prefix: format!("{}.", module.namespace),
        names: names.clone(),
        indent: 0,
    };
    let detail = interface(
        &format!("export interface {}", module.detail),
        (
            &doc::detail(module.event),
            doc::former(&module.event.evidence),
        ),
        &module.event.detail,
        &outside,
    );
    let schemas = schemas(module);
    let inside = Scope {
        prefix: String::new(),
        names,
        indent: 2,
    };
    [event(module), detail, schemas, namespace(module, &inside)].concat()
}

/// What the definitions are called; those that clash carry the event's name.
fn definition_names<'m>(module: &Module<'m>) -> BTreeMap<&'m str, String> {
    let own = [module.detail.as_str(), module.envelope.as_str()];
    let mut names = Names::reserving(RESERVED.split_whitespace().chain(own));
    let claim = |definition: &'m Definition| {
        let name = identifier(&definition.name);
        let claimed = names.claim(&[&name, &format!("{}{name}", module.detail)]);
        (definition.name.as_str(), claimed)
    };
    module.event.definitions.iter().map(claim).collect()
}

fn imports(path: &Subpath<'_>) -> String {
    let holds =
        |wanted: fn(&Type) -> bool| path.modules.iter().any(|m| uses::holds(m.event, wanted));
    let has_values = path.modules.iter().any(|module| {
        let mut bodies = module.event.definitions.iter().map(|part| &part.body);
        bodies.any(|body| matches!(body, Body::Values(_)))
    });
    let names = [
        ("Envelope", true),
        ("EventSchema", true),
        ("StandardSchema", true),
        ("Timestamp", holds(|ty| matches!(ty, Type::Timestamp(_)))),
        ("Values", has_values),
    ];
    let names: Vec<&str> = names
        .iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| *name)
        .collect();
    let flat = format!(
        "import type {{ {} }} from \"./types.js\";\n",
        names.join(", ")
    );
    match fits(flat.trim_end()) {
        true => flat,
        false => format!(
            "import type {{\n  {},\n}} from \"./types.js\";\n",
            names.join(",\n  ")
        ),
    }
}

fn event(module: &Module<'_>) -> String {
    let source = quoted(&module.event.source);
    let source = match module.shared {
        true => source,
        false => format!("{source} | {OPEN}"),
    };
    format!(
        "{}export interface {} extends Envelope {{\n  \"detail-type\": {};\n  source: {source};\n  detail: {};\n}}\n\n",
        comment_with(
            &doc::event(module.event),
            doc::former(&module.event.evidence),
            ""
        ),
        module.envelope,
        quoted(&module.event.detail_type),
        module.detail,
    )
}

/// What there is at run time: the guard and the two schemas.
fn schemas(module: &Module<'_>) -> String {
    let Module {
        detail,
        envelope,
        guard,
        ..
    } = module;
    let about = format!(
        "Whether a value is an event of this source and detail-type: {}.",
        doc::code(&module.event.detail_type)
    );
    let flat = format!("export declare function {guard}(value: unknown): value is {envelope};");
    let guard = match fits(&flat) {
        true => flat,
        false => {
            format!("export declare function {guard}(\n  value: unknown,\n): value is {envelope};")
        }
    };
    format!(
        "
{}{guard}

/** The event's type at run time: a Standard Schema, and what a pattern is for. */
export declare const {envelope}: EventSchema<{envelope}>;

/** A Standard Schema of the detail alone. */
export declare const {detail}: StandardSchema<{detail}>;
",
        comment_with(&[about], doc::former(&module.event.evidence), "")
    )
}

/// What the detail's fields refer to.
fn namespace(module: &Module<'_>, scope: &Scope<'_>) -> String {
    let parts: Vec<String> = module
        .event
        .definitions
        .iter()
        .map(|part| definition(part, scope))
        .collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!(
            "\n/** What the detail of {} refers to. */\nexport declare namespace {} {{\n{}}}\n",
            doc::code(&module.detail),
            module.namespace,
            parts.join("\n")
        ),
    }
}

fn definition(definition: &Definition, scope: &Scope<'_>) -> String {
    let name = scope.named(&definition.name);
    let about = doc::definition(definition);
    match &definition.body {
        Body::Object(fields) => interface(
            &format!("{}interface {name}", scope.at(0)),
            (&about, None),
            fields,
            scope,
        ),
        Body::Values(values) => format!(
            "{}{}{}const {name}: Values<{name}>;\n",
            comment(&about, &scope.at(0)),
            open_enum(&name, values, scope),
            scope.at(0),
        ),
    }
}

/// An interface, of what it is about, and whether that is no longer documented.
fn interface(
    head: &str,
    (about, former): (&[String], Option<String>),
    fields: &[Field],
    scope: &Scope<'_>,
) -> String {
    let members: String = fields.iter().map(|field| property(field, scope)).collect();
    let body = match members.is_empty() {
        true => "{}\n".to_owned(),
        false => format!("{{\n{members}{}}}\n", scope.at(0)),
    };
    format!("{}{head} {body}", comment_with(about, former, &scope.at(0)))
}
