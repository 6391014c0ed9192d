//! A model comes in, with the detail-type and perhaps a field that somebody asks about; what is known of it
//! goes out, and on what evidence.

use crate::model::{Body, Claim, Condition, EventType, Field, KnownValue, Model, Type};
use crate::nearest::did_you_mean;
use crate::path;
use schemars::JsonSchema;
use serde::Serialize;

/// What is known of one field.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// Where the field stands in the detail: `InputDataConfig[].ChannelName`.
    pub path: String,
    /// The other places that share its definition.
    pub also_at: Vec<String>,
    /// What it means, where the schema says so.
    pub description: Option<String>,
    /// What it holds, in words: `list of object (InputDataConfig)`.
    #[serde(rename = "type")]
    pub holds: String,
    /// Whether every event has it, not null.
    pub required: bool,
    /// When it is there, if the page says so.
    pub present_when: Option<PresentWhen>,
    /// The known values; others may come.
    pub known_values: Vec<ExplainedValue>,
    /// The forms of an instant that evidence shows, the most believed.
    pub wire_forms: Vec<&'static str>,
    /// What evidence says and the schema follows.
    pub evidence: Vec<String>,
    /// What evidence says otherwise, and better evidence overrules.
    pub overruled: Vec<String>,
}

/// When a field is there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PresentWhen {
    /// The path of the field that decides.
    pub field: String,
    /// Its values, each of which will do.
    pub is: Vec<String>,
}

/// A known value, and who names it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedValue {
    /// As events spell it.
    pub value: String,
    /// The places that name it.
    pub evidence: Vec<String>,
}

/// Finds an event by its detail-type, whatever the case.
///
/// # Errors
///
/// Which detail-type may be meant, if there is any.
pub fn event<'m>(model: &'m Model, detail_type: &str) -> Result<&'m EventType, Option<String>> {
    let is_it = |event: &&EventType| event.detail_type.eq_ignore_ascii_case(detail_type);
    let all = || model.events.iter();
    all().find(is_it).ok_or_else(|| {
        let names = all().map(|event| event.detail_type.as_str());
        did_you_mean(detail_type, names)
    })
}

/// Explains the fields of an event that a name means: a whole path, or the key at its end. Case does not
/// matter. No name means all fields.
///
/// # Errors
///
/// Which path may be meant, if there is any.
pub fn fields(event: &EventType, name: Option<&str>) -> Result<Vec<Explanation>, Option<String>> {
    let all = all_fields(event);
    let explain_all = |meant: Vec<&(Vec<String>, &Field)>| {
        let explained = meant
            .into_iter()
            .map(|(paths, field)| explain(event, paths, field));
        explained.collect()
    };
    let Some(name) = name else {
        return Ok(explain_all(all.iter().collect()));
    };
    let spelled = path::steps(name).map(|steps| path::text(&steps));
    let asked = spelled.as_deref().unwrap_or(name);
    let whole = |(paths, _): &&(Vec<String>, &Field)| {
        paths.iter().any(|path| path.eq_ignore_ascii_case(asked))
    };
    let end = |(_, field): &&(Vec<String>, &Field)| field.key.eq_ignore_ascii_case(name);
    let mut meant: Vec<_> = all.iter().filter(whole).collect();
    if meant.is_empty() {
        meant = all.iter().filter(end).collect();
    }
    if meant.is_empty() {
        let paths = all.iter().map(|(_, field)| field.path.as_str());
        return Err(did_you_mean(name, paths));
    }
    Ok(explain_all(meant))
}

/// All fields of an event with their paths, those of its parts after its own. What several places share
/// has several paths.
fn all_fields(event: &EventType) -> Vec<(Vec<String>, &Field)> {
    let own = event
        .detail
        .iter()
        .map(|field| (vec![field.path.clone()], field));
    let mut all: Vec<_> = own.collect();
    for part in &event.definitions {
        let Body::Object(fields) = &part.body else {
            continue;
        };
        all.extend(fields.iter().map(|field| {
            let paths = part.paths.iter().map(|path| path::key(path, &field.key));
            (paths.collect(), field)
        }));
    }
    all
}

fn explain(event: &EventType, paths: &[String], field: &Field) -> Explanation {
    let said = |followed: bool| {
        let claims = field.claims.iter();
        let claims = claims.filter(|claim| claim.followed == followed);
        claims.map(|Claim { fact, .. }| fact.clone()).collect()
    };
    let condition = field.condition.clone();
    Explanation {
        path: field.path.clone(),
        also_at: paths
            .iter()
            .filter(|path| **path != field.path)
            .cloned()
            .collect(),
        description: field.description.clone(),
        holds: in_words(event, &field.ty),
        required: field.required,
        present_when: condition.map(|Condition { when, is }| PresentWhen {
            field: when,
            is: is.into_iter().collect(),
        }),
        known_values: known_values(event, &field.ty)
            .iter()
            .map(explain_value)
            .collect(),
        wire_forms: wire_forms(&field.ty),
        evidence: said(true),
        overruled: said(false),
    }
}

fn explain_value(known: &KnownValue) -> ExplainedValue {
    ExplainedValue {
        value: known.value.clone(),
        evidence: known.evidence.iter().map(ToString::to_string).collect(),
    }
}

/// What a type holds, as a reader would say it.
fn in_words(event: &EventType, ty: &Type) -> String {
    match ty {
        Type::Any => "anything".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Timestamp(_) => "instant".to_owned(),
        Type::List(items) => format!("list of {}", in_words(event, items)),
        Type::Map(values) => format!("map of {}", in_words(event, values)),
        Type::Named(name) => match event.definition(name).map(|part| &part.body) {
            Some(Body::Values(_)) => format!("string ({name})"),
            _ => format!("object ({name})"),
        },
        Type::OneOf(types) => {
            let types: Vec<String> = types.iter().map(|ty| in_words(event, ty)).collect();
            types.join(" or ")
        }
    }
}

fn known_values<'m>(event: &'m EventType, ty: &Type) -> &'m [KnownValue] {
    match ty {
        Type::Named(name) => match event.definition(name).map(|part| &part.body) {
            Some(Body::Values(values)) => values,
            _ => &[],
        },
        Type::List(inner) | Type::Map(inner) => known_values(event, inner),
        Type::OneOf(types) => {
            let known = types.iter().map(|ty| known_values(event, ty));
            known.max_by_key(|values| values.len()).unwrap_or_default()
        }
        _ => &[],
    }
}

fn wire_forms(ty: &Type) -> Vec<&'static str> {
    match ty {
        Type::Timestamp(forms) => forms.iter().map(|form| form.name()).collect(),
        Type::List(inner) | Type::Map(inner) => wire_forms(inner),
        _ => Vec::new(),
    }
}
