//! An event comes in, its module of declarations goes out: the event, its detail, and what the
//! detail's fields refer to.

use super::super::literal::typescript as quoted;
use super::super::names::{Names, identifier};
use super::types::{Scope, open_enum, property};
use super::{Module, RESERVED, comment, stamp};
use crate::{doc, uses};
use eventbridge_catalog::model::{Body, Definition, Field, Type};

/// The text of the module.
pub(super) fn text(module: &Module<'_>) -> String {
    let scope = scope(module);
    let mut parts = vec![stamp() + &imports(module), event(module)];
    parts.push(interface(
        &module.detail,
        &doc::detail(module.event),
        &module.event.detail,
        &scope,
    ));
    parts.extend(
        module
            .event
            .definitions
            .iter()
            .map(|part| definition(part, &scope)),
    );
    parts.join("\n")
}

/// What the definitions are called; those that clash carry the event's name.
fn scope<'m>(module: &Module<'m>) -> Scope<'m> {
    let own = [module.detail.as_str(), module.envelope.as_str()];
    let mut names = Names::reserving(RESERVED.split_whitespace().chain(own));
    let claim = |definition: &'m Definition| {
        let name = identifier(&definition.name);
        let claimed = names.claim(&[&name, &format!("{}{name}", module.detail)]);
        (definition.name.as_str(), claimed)
    };
    module.event.definitions.iter().map(claim).collect()
}

fn imports(module: &Module<'_>) -> String {
    let timestamp = uses::holds(module.event, |ty| matches!(ty, Type::Timestamp(_)));
    let names = if timestamp {
        "Envelope, Timestamp"
    } else {
        "Envelope"
    };
    format!("import type {{ {names} }} from \"./envelope.js\";\n")
}

fn event(module: &Module<'_>) -> String {
    let source = quoted(&module.event.source);
    let source = if module.shared {
        source
    } else {
        format!("{source} | (string & {{}})")
    };
    format!(
        "{}export interface {} extends Envelope {{\n  \"detail-type\": {};\n  source: {source};\n  detail: {};\n}}\n",
        comment(&doc::event(module.event), ""),
        module.envelope,
        quoted(&module.event.detail_type),
        module.detail,
    )
}

fn definition(definition: &Definition, scope: &Scope<'_>) -> String {
    let name = scope
        .get(definition.name.as_str())
        .map_or("", String::as_str);
    match &definition.body {
        Body::Object(fields) => interface(name, &doc::definition(definition), fields, scope),
        Body::Values(values) => {
            comment(&doc::definition(definition), "") + &open_enum(name, values)
        }
    }
}

fn interface(name: &str, about: &[String], fields: &[Field], scope: &Scope<'_>) -> String {
    let members: String = fields.iter().map(|field| property(field, scope)).collect();
    format!(
        "{}export interface {name} {{\n{members}  [key: string]: unknown;\n}}\n",
        comment(about, "")
    )
}
