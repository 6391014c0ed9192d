//! One event of the model comes in, a JSON Schema for typify goes out. It holds what typify is good at,
//! the types of fields; names, order and text are put in by the pass over its output.

use schemars::Map;
use schemars::schema::{
    ArrayValidation, InstanceType, ObjectValidation, RootSchema, Schema, SchemaObject,
    SubschemaValidation,
};

use super::name::EventNames;
use crate::model::{Body, EventType, Field, Type};

/// The schema of an event: a definition for its detail and for each object in it.
pub(super) fn of(event: &EventType, names: &EventNames) -> Result<RootSchema, String> {
    let mut definitions = Map::new();
    definitions.insert(names.ty.clone(), object(&event.detail, names)?);
    for definition in &event.definitions {
        let schema = match &definition.body {
            Body::Object(fields) => object(fields, names)?,
            Body::Values(_) => kind(InstanceType::String, None).into(),
        };
        definitions.insert(names.definition(&definition.name)?.to_owned(), schema);
    }
    Ok(RootSchema {
        definitions,
        ..RootSchema::default()
    })
}

/// What an instant is to typify, which has a type of ours put in its place.
pub(super) fn timestamp() -> SchemaObject {
    kind(InstanceType::String, Some("eventbridge-timestamp"))
}

/// What a number is to typify, which has a type of ours put in its place.
pub(super) fn number() -> SchemaObject {
    kind(InstanceType::Number, Some("eventbridge-number"))
}

/// The name by which typify knows a field. It would change one of ours to its liking.
pub(super) fn placeholder(index: usize) -> String {
    format!("field_{index}")
}

fn object(fields: &[Field], names: &EventNames) -> Result<Schema, String> {
    let mut object = ObjectValidation::default();
    for (index, field) in fields.iter().enumerate() {
        let schema = value(&field.ty, names)?;
        let key = placeholder(index);
        if field.required {
            object.required.insert(key.clone());
            object.properties.insert(key, schema);
        } else {
            object.properties.insert(key, nullable(schema));
        }
    }
    // `{}` rather than `true`, which typify takes for silence.
    object.additional_properties = Some(Box::new(SchemaObject::default().into()));
    Ok(with_object(object))
}

fn value(ty: &Type, names: &EventNames) -> Result<Schema, String> {
    Ok(match ty {
        Type::Any | Type::OneOf(_) => Schema::Bool(true),
        Type::Boolean => kind(InstanceType::Boolean, None).into(),
        Type::Integer => kind(InstanceType::Integer, Some("int64")).into(),
        Type::Number => number().into(),
        Type::String => kind(InstanceType::String, None).into(),
        Type::Timestamp(_) => timestamp().into(),
        Type::List(item) => list(value(item, names)?),
        Type::Map(item) => map(value(item, names)?),
        Type::Named(name) => Schema::new_ref(format!("#/definitions/{}", names.definition(name)?)),
    })
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
