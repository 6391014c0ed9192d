//! The fields of a detail come in; those that every event has in one way or another go out: what names,
//! addresses and describes what the event is about. Names of fields and the detail-type decide, nothing
//! else.

use heck::ToSnakeCase;

use super::schema::is_pair;
use crate::model::{Body, EventType, Field, Type};

/// The fields that have a role, with the role's name in the runtime.
pub(super) fn of(event: &EventType) -> Vec<(&'static str, &str)> {
    let subject = |role, last| (role, identifying(event, last));
    let all = [
        subject("name", "name"),
        subject("arn", "arn"),
        subject("status", "status"),
        (
            "failure_reason",
            called(event, &["failure_reason"], is_text),
        ),
        ("created_at", called(event, &CREATED, is_instant)),
        ("modified_at", called(event, &MODIFIED, is_instant)),
        ("tags", called(event, &["tags"], are_tags)),
    ];
    let found = all
        .into_iter()
        .filter_map(|(role, field)| Some((role, field?.key.as_str())));
    found.collect()
}

const CREATED: [&str; 5] = [
    "creation_time",
    "created_at",
    "creation_date",
    "created_time",
    "create_time",
];

const MODIFIED: [&str; 7] = [
    "last_modified_time",
    "last_updated_time",
    "last_update_time",
    "modified_at",
    "updated_at",
    "last_modified_at",
    "modification_time",
];

/// The first of these names that a field has.
fn called<'e>(
    event: &'e EventType,
    names: &[&str],
    holds: fn(&EventType, &Type) -> bool,
) -> Option<&'e Field> {
    let named = |name: &&str| {
        let mut fields = event.detail.iter();
        fields.find(|field| field.key.to_snake_case() == **name && holds(event, &field.ty))
    };
    names.iter().find_map(named)
}

/// The field whose name ends so, after words that follow one another in the detail-type: of several, the
/// one with most of it; `TrainingJobName` in a `Training Job State Change`. `Name` alone comes last.
fn identifying<'e>(event: &'e EventType, last: &str) -> Option<&'e Field> {
    let ranked = event.detail.iter().filter_map(|field| {
        let rank = is_text(event, &field.ty).then(|| rank(event, field, last))??;
        Some((rank, field))
    });
    // The first of those that rank alike.
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, field)| field)
}

/// How many letters of the detail-type the field's name repeats.
fn rank(event: &EventType, field: &Field, last: &str) -> Option<usize> {
    let key = field.key.to_snake_case();
    let stem: Vec<&str> = key.split('_').filter(|word| *word != "current").collect();
    let (end, stem) = stem.split_last()?;
    let (detail_type, stem) = (event.detail_type.to_snake_case(), stem.concat());
    let subject: Vec<&str> = detail_type.split('_').collect();
    let repeats = (0..subject.len())
        .any(|start| (start..=subject.len()).any(|end| subject[start..end].concat() == stem));
    (*end == last && repeats).then_some(stem.len())
}

fn is_text(event: &EventType, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Named(name) => {
            let body = event.definition(name).map(|definition| &definition.body);
            matches!(body, Some(Body::Values(_)))
        }
        _ => false,
    }
}

fn is_instant(_: &EventType, ty: &Type) -> bool {
    matches!(ty, Type::Timestamp(_))
}

fn are_tags(event: &EventType, ty: &Type) -> bool {
    match ty {
        Type::Map(value) => **value == Type::String,
        Type::List(item) => is_pair(event, item),
        Type::OneOf(types) => types.iter().all(|ty| are_tags(event, ty)),
        _ => false,
    }
}
