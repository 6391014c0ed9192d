//! One event of the model comes in; the smallest event that its types accept goes out as JSON, for
//! examples in documentation.

use serde_json::{Map, Value, json};

use crate::model::{Body, EventType, Field, Type};

/// Definitions within definitions are followed so far.
const DEPTH: usize = 16;

/// The event with what is required of its detail.
pub(super) fn event(event: &EventType) -> Value {
    json!({
        "detail-type": event.detail_type,
        "source": event.source,
        "detail": object(event, &event.detail, DEPTH),
    })
}

fn object(event: &EventType, fields: &[Field], depth: usize) -> Value {
    let required = fields.iter().filter(|field| field.required);
    let members: Map<String, Value> = required
        .map(|field| (field.key.clone(), member(event, field, depth)))
        .collect();
    Value::Object(members)
}

/// The field's example where it is of a kind that can only be read one way.
fn member(event: &EventType, field: &Field, depth: usize) -> Value {
    let example = field
        .example
        .as_deref()
        .and_then(|example| serde_json::from_str(example).ok());
    match (&field.ty, example) {
        (Type::String | Type::Timestamp(_), Some(Value::String(text))) => text.into(),
        (ty, _) => value(event, ty, depth),
    }
}

fn value(event: &EventType, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Any | Type::OneOf(_) | Type::Map(_) => json!({}),
        Type::Boolean => json!(true),
        Type::Integer | Type::Number => json!(1),
        Type::String => json!("text"),
        Type::Timestamp(_) => json!("2024-01-01T00:00:00Z"),
        Type::List(_) => json!([]),
        Type::Named(name) => named(event, name, depth),
    }
}

fn named(event: &EventType, name: &str, depth: usize) -> Value {
    match event.definition(name).map(|definition| &definition.body) {
        Some(Body::Object(fields)) if depth > 0 => object(event, fields, depth - 1),
        Some(Body::Values(values)) => values.first().map_or("value", |known| &known.value).into(),
        _ => json!({}),
    }
}
