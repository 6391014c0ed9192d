//! What the packages of a schema set expose, as a file of the set keeps it: names, the order of fields, what is optional,
//! types, known values. A model comes in with it, and goes out so that those who use the packages need not change.

mod keep;
mod saved;
mod sound;
mod statuses;

pub use saved::{STAMP, SURFACE};
pub use statuses::as_text;

use crate::diagnostic::Diagnostic;
use crate::diff::{self, Finding, What};
use crate::model::{Body, EventType, Field, KnownValue, Model, Package, Type};
use crate::nearest::did_you_mean;
use crate::roles;
use crate::schema_set;
use crate::text::visible;
use std::collections::BTreeMap;
use std::path::Path;

/// The model of a schema set as its packages expose it.
///
/// # Errors
///
/// Everything that is wrong with the set, with file, line and column.
pub fn exposed(schemas: &Path) -> Result<Model, Vec<Diagnostic>> {
    let known = Surface::read(schemas).map_err(|problem| vec![problem])?;
    Ok(known.keep(schema_set::load(schemas)?))
}

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
    /// Which field has which role.
    roles: Vec<(String, String)>,
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

    /// The surface without these events, by detail-type or by what packages call them.
    ///
    /// # Errors
    ///
    /// A name that no event has.
    pub fn without(&self, named: &[String]) -> Result<Surface, Diagnostic> {
        let is_named = |(_, detail_type): &(String, String), event: &SurfaceEvent, name: &str| {
            detail_type == name || event.name == name
        };
        if let Some(odd) = named.iter().find(|name| {
            !self
                .events
                .iter()
                .any(|(key, event)| is_named(key, event, name))
        }) {
            return Err(self.no_event(odd));
        }
        let mut left = self.clone();
        left.events
            .retain(|key, event| !named.iter().any(|name| is_named(key, event, name)));
        Ok(left)
    }

    fn no_event(&self, name: &str) -> Diagnostic {
        let known = self
            .events
            .keys()
            .map(|(_, detail_type)| detail_type.as_str());
        let help = did_you_mean(name, known);
        let message = format!("is no event that the packages expose: `{}`", visible(name));
        let found = Diagnostic::error(SURFACE, message);
        help.into_iter().fold(found, Diagnostic::help)
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
            | What::RoleMoved { .. }
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
            roles: named_roles(event),
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
            roles: self.roles.clone(),
            documented: None,
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

/// Which field of an event has which role.
fn named_roles(event: &EventType) -> Vec<(String, String)> {
    let roles = roles::find_roles(event).into_iter();
    roles
        .map(|(role, key)| (role.to_owned(), key.to_owned()))
        .collect()
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
