//! What the packages of a schema set expose, as a file of the set keeps it: names, the order of fields, what is optional,
//! types, known values. A model comes in with it, and goes out so that those who use the packages need not change.

mod keep;
mod saved;

pub use saved::{STAMP, SURFACE};

use crate::diff::{self, Finding, What};
use crate::model::{Body, EventType, Field, KnownValue, Model, Package, Type};
use std::collections::BTreeMap;

/// What the packages of a set expose, by source and detail-type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surface {
    events: BTreeMap<(String, String), SurfaceEvent>,
}

/// What packages expose of an event.
#[derive(Clone, Debug, PartialEq)]
struct SurfaceEvent {
    name: String,
    fields: Vec<SurfaceField>,
    types: Vec<(String, SurfaceBody)>,
}

/// A field, in its place.
#[derive(Clone, Debug, PartialEq)]
struct SurfaceField {
    key: String,
    ty: Type,
    required: bool,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq)]
enum SurfaceBody {
    Object(Vec<SurfaceField>),
    Values(Vec<String>),
}

impl Surface {
    /// What packages of a model expose.
    pub fn of(model: &Model) -> Surface {
        let events = model.events.iter().map(|event| {
            let key = (event.source.clone(), event.detail_type.clone());
            (key, SurfaceEvent::of(event))
        });
        Surface {
            events: events.collect(),
        }
    }

    /// Whether nothing was exposed yet.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The model as packages are to expose it: what is known keeps its name, its place and whether it is optional, and
    /// stays where it is gone; what is new on a known type is optional.
    pub fn keep(&self, model: Model) -> Model {
        keep::keep(self, model)
    }

    /// What breaks those who use the packages although it was kept as far as it can be.
    pub fn broken_by(&self, kept: &Model) -> Vec<Finding> {
        let was = Model {
            package: kept.package.clone(),
            events: self
                .events
                .iter()
                .map(|(key, event)| event.event(key))
                .collect(),
        };
        let findings = diff::diff(&was, kept).findings.into_iter();
        findings.filter(|finding| breaks(&finding.what)).collect()
    }

    /// What changes for those who use the packages where nothing is kept.
    pub fn changed_by(&self, package: &Package, new: &Model) -> Vec<Finding> {
        let was = Model {
            package: package.clone(),
            events: self
                .events
                .iter()
                .map(|(key, event)| event.event(key))
                .collect(),
        };
        diff::diff(&was, new).findings
    }
}

/// Whether a change has to be decided by a person. New events are not: types are open to them.
fn breaks(what: &What) -> bool {
    matches!(
        what,
        What::Removed
            | What::Required
            | What::Optional
            | What::Retyped { .. }
            | What::NameChanged { .. }
            | What::ValueRemoved(_)
            | What::RequiredReordered
    )
}

impl SurfaceEvent {
    fn of(event: &EventType) -> SurfaceEvent {
        let types = event.definitions.iter().map(|definition| {
            let body = match &definition.body {
                Body::Object(fields) => {
                    SurfaceBody::Object(fields.iter().map(SurfaceField::of).collect())
                }
                Body::Values(values) => {
                    SurfaceBody::Values(values.iter().map(|known| known.value.clone()).collect())
                }
            };
            (definition.name.clone(), body)
        });
        SurfaceEvent {
            name: event.name.clone(),
            fields: event.detail.iter().map(SurfaceField::of).collect(),
            types: types.collect(),
        }
    }

    fn body(&self, name: &str) -> Option<&SurfaceBody> {
        let found = self.types.iter().find(|(known, _)| known == name);
        found.map(|(_, body)| body)
    }

    /// As an event of a model, without evidence.
    fn event(&self, (source, detail_type): &(String, String)) -> EventType {
        let definitions = self
            .types
            .iter()
            .map(|(name, body)| keep::definition(name, body));
        EventType {
            source: source.clone(),
            detail_type: detail_type.clone(),
            name: self.name.clone(),
            description: None,
            documentation: None,
            detail: self.fields.iter().map(SurfaceField::field).collect(),
            definitions: definitions.collect(),
            evidence: Vec::new(),
        }
    }
}

impl SurfaceField {
    fn of(field: &Field) -> SurfaceField {
        SurfaceField {
            key: field.key.clone(),
            ty: without_forms(&field.ty),
            required: field.required,
        }
    }

    fn field(&self) -> Field {
        Field {
            key: self.key.clone(),
            path: self.key.clone(),
            description: None,
            ty: self.ty.clone(),
            required: self.required,
            example: None,
            condition: None,
            evidence: Vec::new(),
            claims: Vec::new(),
        }
    }
}

/// A type as packages show it: instants are read in whatever form.
fn without_forms(ty: &Type) -> Type {
    match ty {
        Type::Timestamp(_) => Type::Timestamp(Vec::new()),
        Type::List(items) => Type::List(Box::new(without_forms(items))),
        Type::Map(values) => Type::Map(Box::new(without_forms(values))),
        Type::OneOf(types) => Type::OneOf(types.iter().map(without_forms).collect()),
        ty => ty.clone(),
    }
}

/// A value that is known, without evidence.
fn known_value(value: &str) -> KnownValue {
    KnownValue {
        value: value.to_owned(),
        evidence: Vec::new(),
    }
}
