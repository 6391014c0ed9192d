//! One event of the model comes in, a JSON Schema for typify goes out. It holds what typify is good at,
//! the types of fields; names, order and text are put in by the pass over its output.

use std::collections::BTreeSet;

use schemars::Map;
use schemars::schema::{
    ArrayValidation, InstanceType, ObjectValidation, RootSchema, Schema, SchemaObject,
    SubschemaValidation,
};

use super::name::EventNames;
use crate::roles;
use eventbridge_catalog::model::{Body, Definition, EventType, Field, Type};

/// The schema of an event: a definition for its detail and for each object in it.
pub(super) fn of(event: &EventType, names: &EventNames) -> Result<RootSchema, String> {
    let mut definitions = Map::new();
    let roles = roles::find_roles(event);
    let tags = roles.iter().find(|(role, _)| *role == "tags");
    let detail = object(event, &event.detail, tags.map(|(_, key)| *key), names)?;
    definitions.insert(names.placeholder(&names.ty), detail);
    for definition in reached(event) {
        let schema = match &definition.body {
            Body::Object(fields) => object(event, fields, None, names)?,
            Body::Values(_) => kind(InstanceType::String, None).into(),
        };
        let ty = names.definition(&definition.name)?;
        definitions.insert(names.placeholder(ty), schema);
    }
    Ok(RootSchema {
        definitions,
        ..RootSchema::default()
    })
}

/// Types of the runtime that stand for kinds of values.
pub(super) const OURS: [&str; 5] = ["Json", "Number", "Pairs", "Text", "Timestamp"];

/// What a type of ours is to typify, which puts it in the place of this schema.
pub(super) fn ours(ty: &str) -> SchemaObject {
    kind(InstanceType::String, Some(&format!("eventbridge-{ty}")))
}

/// The name by which typify knows a field. It would change one of ours to its liking; of a type as well.
pub(super) fn placeholder(index: usize) -> String {
    format!("field_{index}")
}

/// The definitions that a field of Rust's holds, in their order: what is one of several types is held as it
/// is spelled, and has none.
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

/// An object; the field that holds tags reads both of their forms, whichever was seen.
fn object(
    event: &EventType,
    fields: &[Field],
    tags: Option<&str>,
    names: &EventNames,
) -> Result<Schema, String> {
    let mut object = ObjectValidation::default();
    for (index, field) in fields.iter().enumerate() {
        let schema = if tags == Some(field.key.as_str()) && field.ty.is_string_map() {
            ours("Pairs").into()
        } else {
            value(event, &field.ty, names)?
        };
        let key = placeholder(index);
        if field.required {
            object.required.insert(key.clone());
            object.properties.insert(key, schema);
        } else {
            object.properties.insert(key, nullable(schema));
        }
    }
    Ok(with_object(object))
}

fn value(event: &EventType, ty: &Type, names: &EventNames) -> Result<Schema, String> {
    Ok(match ty {
        Type::OneOf(types) if are_pairs(event, types) => ours("Pairs").into(),
        Type::Any | Type::OneOf(_) => ours("Json").into(),
        Type::Boolean => kind(InstanceType::Boolean, None).into(),
        Type::Integer => kind(InstanceType::Integer, Some("int64")).into(),
        Type::Number => ours("Number").into(),
        Type::String => ours("Text").into(),
        Type::Timestamp(_) => ours("Timestamp").into(),
        Type::List(item) => list(value(event, item, names)?),
        Type::Map(item) => map(value(event, item, names)?),
        Type::Named(name) => {
            let ty = names.placeholder(names.definition(name)?);
            Schema::new_ref(format!("#/definitions/{ty}"))
        }
    })
}

/// Whether evidence shows pairs of strings in two forms: an object, and a list of objects of two.
fn are_pairs(event: &EventType, types: &[Type]) -> bool {
    let is_list = |ty: &Type| matches!(ty, Type::List(item) if event.is_pair(item));
    types.len() == 2 && types.iter().any(Type::is_string_map) && types.iter().any(is_list)
}

fn kind(kind: InstanceType, format: Option<&str>) -> SchemaObject {
    SchemaObject {
        instance_type: Some(kind.into()),
        format: format.map(str::to_owned),
        ..SchemaObject::default()
    }
}

fn list(item: Schema) -> Schema {
    let array = ArrayValidation {
        items: Some(item.into()),
        ..ArrayValidation::default()
    };
    SchemaObject {
        array: Some(Box::new(array)),
        ..kind(InstanceType::Array, None)
    }
    .into()
}

fn map(item: Schema) -> Schema {
    with_object(ObjectValidation {
        additional_properties: Some(Box::new(item)),
        ..ObjectValidation::default()
    })
}

fn with_object(object: ObjectValidation) -> Schema {
    SchemaObject {
        object: Some(Box::new(object)),
        ..kind(InstanceType::Object, None)
    }
    .into()
}

/// Said so that typify makes an `Option` of a list as well: it takes absent for empty otherwise.
fn nullable(schema: Schema) -> Schema {
    let one_of = Some(vec![schema, kind(InstanceType::Null, None).into()]);
    let subschemas = SubschemaValidation {
        one_of,
        ..SubschemaValidation::default()
    };
    SchemaObject {
        subschemas: Some(Box::new(subschemas)),
        ..SchemaObject::default()
    }
    .into()
}
