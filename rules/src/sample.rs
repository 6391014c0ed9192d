//! A type of event comes in; an event of it goes out, the same each time: what every such event has, with values that
//! evidence shows or knows. With a rule, an event that the rule lets through.

mod draft;
mod satisfy;

use crate::catalogue::{Catalogue, Standing};
use crate::near;
use crate::reading::Rule;
use draft::Draft;
use eventbridge_catalog::json::{Node, Value, write};
use eventbridge_catalog::model::EventType;
use eventbridge_catalog::nearest::did_you_mean;

/// Why there is no such event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleError {
    /// What is wrong.
    pub message: String,
    /// How to go on.
    pub help: Option<String>,
}

impl SampleError {
    pub(crate) fn new(message: impl Into<String>, help: Option<String>) -> Self {
        SampleError {
            message: message.into(),
            help,
        }
    }
}

/// An event of a type as JSON text, with these values at paths of its detail: `ResourceConfig.InstanceCount`.
///
/// # Errors
///
/// A path that no such event has, or a value of another kind.
pub fn sample(event: &EventType, values: &[(String, String)]) -> Result<String, SampleError> {
    let mut draft = Draft::new(event);
    for (path, text) in values {
        set(&mut draft, path, text)?;
    }
    Ok(write(&draft.finish()))
}

fn set(draft: &mut Draft<'_>, path: &str, text: &str) -> Result<(), SampleError> {
    let steps: Vec<&str> = steps(path);
    let value = typed(draft.event, path, text)?;
    if draft.put(&steps, Some(value)) {
        Ok(())
    } else {
        Err(SampleError::new(format!("`{path}` cannot be set"), None))
    }
}

/// The keys of a path, with or without `detail.` before it and signs of lists in it.
pub(crate) fn steps(path: &str) -> Vec<&str> {
    let path = path.strip_prefix("detail.").unwrap_or(path);
    path.split('.')
        .map(|step| step.trim_end_matches("[]"))
        .collect()
}

/// A value as the field at a path has it.
///
/// # Errors
///
/// There is no such field, or it is an object.
pub(crate) fn typed(event: &EventType, path: &str, text: &str) -> Result<Node, SampleError> {
    let steps = steps(path);
    let standing = Standing::in_detail(event, &steps);
    if !standing.is_there() {
        return Err(no_field(event, path, &steps, &standing));
    }
    let kinds = crate::check::Kinds::of(&standing.targets);
    let is_text = kinds.is_text() || standing.targets.is_empty();
    let number = serde_json::from_str::<serde_json::Number>(text);
    let value = match text {
        "null" if !is_text => Value::Null,
        "true" | "false" if kinds.is_boolean() => Value::Bool(text == "true"),
        _ if kinds.is_number() && number.is_ok() => Value::Number(text.to_owned()),
        _ if is_text => Value::String(text.to_owned()),
        _ => {
            let message = format!("`{path}` is {} in events, not `{text}`", kinds.described());
            return Err(SampleError::new(message, None));
        }
    };
    Ok(Node::new(value))
}

fn no_field(event: &EventType, path: &str, steps: &[&str], standing: &Standing<'_>) -> SampleError {
    let message = format!("\"{}\" has no field `{path}`", event.detail_type);
    let missing = standing.missing.first();
    let step = missing.and_then(|missing| steps.get(missing.step));
    let fields = missing.into_iter().flat_map(|missing| missing.fields);
    let keys = fields.map(|field| field.key.as_str());
    SampleError::new(message, step.and_then(|step| did_you_mean(step, keys)))
}

/// The event type that a name means, in any case.
///
/// # Errors
///
/// Which may be meant.
pub fn event_type<'m>(catalogue: &Catalogue<'m>, name: &str) -> Result<&'m EventType, SampleError> {
    let names = || {
        catalogue
            .all()
            .flat_map(|event| [event.detail_type.as_str(), event.name.as_str()])
    };
    let is_it = |event: &&EventType| {
        event.detail_type.eq_ignore_ascii_case(name) || event.name.eq_ignore_ascii_case(name)
    };
    catalogue.all().find(is_it).ok_or_else(|| {
        let meant = near::meant(name, names()).map(|(name, _)| format!("did you mean {name}?"));
        let help = meant.or_else(|| {
            did_you_mean(
                name,
                catalogue.all().map(|event| event.detail_type.as_str()),
            )
        });
        SampleError::new(format!("there is no event of detail-type `{name}`"), help)
    })
}

/// An event that a rule lets through, of the type if one is named, as JSON text.
///
/// # Errors
///
/// The rule lets no event through that is known.
pub fn sample_for(
    catalogue: &Catalogue<'_>,
    rule: &Rule,
    event: Option<&EventType>,
    values: &[(String, String)],
) -> Result<String, SampleError> {
    for draft in satisfy::drafts(catalogue, &rule.tree, event) {
        let mut draft = draft;
        for (path, text) in values {
            set(&mut draft, path, text)?;
        }
        let text = write(&draft.finish());
        if rule.pattern.matches(text.as_bytes()).unwrap_or(false) {
            return Ok(text);
        }
    }
    Err(none_for(rule))
}

fn none_for(rule: &Rule) -> SampleError {
    let message = format!(
        "no known event was found that rule {} lets through",
        rule.id
    );
    let help = "see what is wrong with it: cargo codegen check";
    SampleError::new(message, Some(help.to_owned()))
}
