//! One event of the model comes in; events that its types accept go out as JSON, for examples in
//! documentation: the smallest, and one with all fields.

use serde_json::{Map, Value, json};

use crate::model::{Body, EventType, Field, Type};

/// Definitions within definitions are followed so far.
const DEPTH: usize = 16;

/// The event with what is required of its detail.
pub(super) fn event(event: &EventType) -> Value {
    let sample = Sample { event, all: false };
    json!({
        "detail-type": event.detail_type,
        "source": event.source,
        "detail": sample.object(&event.detail, DEPTH),
    })
}

/// A detail with all its fields.
pub(super) fn detail(event: &EventType) -> Value {
    Sample { event, all: true }.object(&event.detail, DEPTH / 2)
}

struct Sample<'m> {
    event: &'m EventType,
    /// Whether optional fields are shown.
    all: bool,
}

impl Sample<'_> {
    fn object(&self, fields: &[Field], depth: usize) -> Value {
        let shown = fields.iter().filter(|field| self.all || field.required);
        let members: Map<String, Value> = shown
            .map(|field| (field.key.clone(), self.member(field, depth)))
            .collect();
        Value::Object(members)
    }

    /// The field's example where it is of a kind that can only be read one way.
    fn member(&self, field: &Field, depth: usize) -> Value {
        let example = field
            .example
            .as_deref()
            .and_then(|example| serde_json::from_str(example).ok());
        match (&field.ty, example) {
            (Type::String | Type::Timestamp(_), Some(Value::String(text))) => text.into(),
            (Type::Integer | Type::Number, Some(Value::Number(number))) => number.into(),
            (ty, _) => self.value(ty, depth),
        }
    }

    fn value(&self, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::Any | Type::OneOf(_) | Type::Map(_) => json!({}),
            Type::Boolean => json!(true),
            Type::Integer | Type::Number => json!(1),
            Type::String => json!("text"),
            Type::Timestamp(_) => json!("2024-01-01T00:00:00Z"),
            Type::List(item) if self.all => json!([self.value(item, depth)]),
            Type::List(_) => json!([]),
            Type::Named(name) => self.named(name, depth),
        }
    }

    fn named(&self, name: &str, depth: usize) -> Value {
        match self
            .event
            .definition(name)
            .map(|definition| &definition.body)
        {
            Some(Body::Object(fields)) if depth > 0 => self.object(fields, depth - 1),
            Some(Body::Values(values)) => {
                values.first().map_or("value", |known| &known.value).into()
            }
            _ => json!({}),
        }
    }
}
