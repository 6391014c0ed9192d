//! An event comes in; whether any of its fields holds a certain kind of type goes out, so that
//! generated code imports what it uses and no more.

use eventbridge_catalog::model::{Body, Definition, EventType, Field, Type};
use std::collections::BTreeSet;

/// All fields of an event: those of the detail, then those of its definitions.
pub(super) fn fields(event: &EventType) -> impl Iterator<Item = &Field> {
    let defined = event
        .definitions
        .iter()
        .flat_map(|definition| match &definition.body {
            Body::Object(fields) => fields.as_slice(),
            Body::Values(_) => &[],
        });
    event.detail.iter().chain(defined)
}

/// The definitions that a field holds other than as one of several types, in their order.
pub(super) fn reached(event: &EventType) -> Vec<&Definition> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Type> = event.detail.iter().map(|field| &field.ty).collect();
    while let Some(ty) = open.pop() {
        match ty {
            Type::List(inner) | Type::Map(inner) => open.push(inner),
            Type::Named(name) if reached.insert(name) => {
                if let Some(Body::Object(fields)) = event.definition(name).map(|part| &part.body) {
                    open.extend(fields.iter().map(|field| &field.ty));
                }
            }
            _ => {}
        }
    }
    let definitions = event.definitions.iter();
    definitions
        .filter(|part| reached.contains(&part.name))
        .collect()
}

/// Whether a field holds such a type, at any depth.
pub(super) fn holds(event: &EventType, wanted: fn(&Type) -> bool) -> bool {
    fields(event).any(|field| mentions(&field.ty, &mut |ty| wanted(ty)))
}

/// Whether a type is or contains a wanted one.
pub(super) fn mentions(ty: &Type, wanted: &mut dyn FnMut(&Type) -> bool) -> bool {
    wanted(ty)
        || match ty {
            Type::List(item) | Type::Map(item) => mentions(item, wanted),
            Type::OneOf(types) => types.iter().any(|ty| mentions(ty, wanted)),
            _ => false,
        }
}

/// Detail-types that more than one source sends: only the source tells them apart.
pub(super) fn is_shared(event: &EventType, events: &[EventType]) -> bool {
    events
        .iter()
        .any(|other| other.detail_type == event.detail_type && other.source != event.source)
}
