//! An event comes in; what its definitions are called in its module, and in which order they stand there, goes out.

use super::super::names::{Names, identifier};
use super::annotation::{Name, Scope};
use super::{KEYWORDS, Module, RESERVED};
use crate::uses;
use eventbridge_catalog::model::{Body, Definition, EventType, Type};
use heck::ToShoutySnakeCase;
use std::collections::{BTreeMap, BTreeSet};

/// What the definitions of an event are called in its module.
pub(super) struct Local<'m> {
    event: &'m EventType,
    pub(super) scope: Scope<'m>,
    /// Of each definition with known values: their type, and the constant that has them all.
    pub(super) values: BTreeMap<&'m str, (String, String)>,
}

impl<'m> Local<'m> {
    pub(super) fn new(module: &Module<'m>) -> Self {
        let mut names = reserved(module);
        let scope = scope(module, &mut names);
        let mut values = BTreeMap::new();
        for definition in inner_first(module.event) {
            let known = matches!(&definition.body, Body::Values(values) if !values.is_empty());
            let name = scope.get(definition.name.as_str()).filter(|_| known);
            if let Some(Name { text: name, .. }) = name {
                let known = names.claim(&[&format!("Known{name}")]);
                let constant = names.claim(&[&format!("{}_VALUES", name.to_shouty_snake_case())]);
                values.insert(definition.name.as_str(), (known, constant));
            }
        }
        Local {
            event: module.event,
            scope,
            values,
        }
    }

    pub(super) fn name(&self, definition: &str) -> &str {
        self.scope
            .get(definition)
            .map_or("Any", |name| name.text.as_str())
    }

    pub(super) fn is_defined(&self, definition: &str) -> bool {
        self.scope.contains_key(definition)
    }

    pub(super) fn is_object(&self, definition: &str) -> bool {
        let definition = self.event.definition(definition);
        matches!(definition.map(|found| &found.body), Some(Body::Object(_)))
    }

    /// The type of the known values of a definition.
    pub(super) fn known(&self, definition: &str) -> Option<&str> {
        self.values.get(definition).map(|(known, _)| known.as_str())
    }

    /// The constant that has all known values of a definition.
    pub(super) fn constant(&self, definition: &str) -> Option<&str> {
        self.values
            .get(definition)
            .map(|(_, constant)| constant.as_str())
    }

    /// The names as another module says them, that has imported this one by a name.
    pub(super) fn within(&self, module: &str) -> Scope<'m> {
        let outside = |(definition, name): (&&'m str, &Name)| {
            let text = format!("{module}.{}", name.text);
            (
                *definition,
                Name {
                    text,
                    defined: true,
                },
            )
        };
        self.scope.iter().map(outside).collect()
    }
}

fn reserved(module: &Module<'_>) -> Names {
    let own = [&module.detail, &module.envelope, &module.guard].map(String::as_str);
    Names::reserving(
        KEYWORDS
            .split_whitespace()
            .chain(RESERVED.split_whitespace())
            .chain(own),
    )
}

/// What the definitions are called; those that clash carry the event's name.
fn scope<'m>(module: &Module<'m>, names: &mut Names) -> Scope<'m> {
    let name = |definition: &'m Definition| {
        let name = identifier(&definition.name);
        let text = names.claim(&[&name, &format!("{}{name}", module.detail)]);
        (
            definition.name.as_str(),
            Name {
                text,
                defined: false,
            },
        )
    };
    module.event.definitions.iter().map(name).collect()
}

/// The definitions, each behind those that it refers to.
pub(super) fn inner_first(event: &EventType) -> Vec<&Definition> {
    let mut sorted = Vec::new();
    let mut seen = BTreeSet::new();
    for definition in &event.definitions {
        visit(event, definition, &mut seen, &mut sorted);
    }
    sorted
}

fn visit<'m>(
    event: &'m EventType,
    definition: &'m Definition,
    seen: &mut BTreeSet<&'m str>,
    sorted: &mut Vec<&'m Definition>,
) {
    if !seen.insert(&definition.name) {
        return;
    }
    if let Body::Object(fields) = &definition.body {
        for name in fields.iter().flat_map(|field| referred(&field.ty)) {
            if let Some(inner) = event.definition(&name) {
                visit(event, inner, seen, sorted);
            }
        }
    }
    sorted.push(definition);
}

fn referred(ty: &Type) -> Vec<String> {
    let mut names = Vec::new();
    uses::mentions(ty, &mut |ty| {
        if let Type::Named(name) = ty {
            names.push(name.clone());
        }
        false
    });
    names
}
