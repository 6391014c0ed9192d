//! A model comes in; of each event the code that people copy goes out: functions that take it, patterns and rules, and what a
//! registry or a validator takes.

use crate::highlight::{self, Look, Token};
use eventbridge_catalog::json;
use eventbridge_catalog::model::{Body, EventType, Field, Model, Type};
use eventbridge_codegen::registry::{self, Dialect};
use eventbridge_codegen::{python, rust, typescript};
use eventbridge_rules::{Language, Target};
use serde::Serialize;

/// One tab.
#[derive(Serialize)]
pub(crate) struct Tab {
    /// `CDK`
    name: &'static str,
    /// What it is and where it goes, in a sentence.
    about: String,
    tokens: Vec<Token>,
}

impl Tab {
    fn new(name: &'static str, about: impl Into<String>, text: &str, look: &Look) -> Tab {
        Tab {
            name,
            about: about.into(),
            tokens: highlight::tokens(text.trim_end(), look),
        }
    }
}

/// The tabs of all events, in the order of the model.
pub(crate) fn tabs(model: &Model) -> Vec<Vec<Tab>> {
    let package = &model.package.name;
    let rust = rust::handlers(model);
    let scripts = typescript::handlers(model)
        .into_iter()
        .zip(python::handlers(model));
    let (documents, _) = registry::documents(model);
    let mut documents = documents.into_iter().peekable();
    let mut of_events = Vec::new();
    for ((event, rust), (typescript, python)) in model.events.iter().zip(rust).zip(scripts) {
        let crates = format!("A handler with the crate `{package}`.");
        let rust = rust.map(|text| Tab::new("Rust", crates, &text, &highlight::RUST));
        let about = |what: &str| format!("A handler with the {what} package `{package}`.");
        let mut tabs = Vec::from_iter(rust);
        tabs.extend([
            Tab::new(
                "TypeScript",
                about("npm"),
                &typescript,
                &highlight::TYPESCRIPT,
            ),
            Tab::new("Python", about("Python"), &python, &highlight::PYTHON),
        ]);
        tabs.extend(rules(event));
        while let Some(document) = documents.next_if(|it| it.event == event) {
            tabs.push(document_tab(&document));
        }
        of_events.push(tabs);
    }
    of_events
}

fn document_tab(document: &registry::Document<'_>) -> Tab {
    let name = &document.name;
    let (tab, about) = match document.dialect {
        Dialect::OpenApi3 => (
            "Registry document",
            format!(
                "OpenAPI 3 for the Schema Registry, where it is called `{name}`: for code bindings."
            ),
        ),
        Dialect::JsonSchemaDraft4 => (
            "JSON Schema",
            "Draft 4, for validation: takes all that evidence shows, and whatever is new."
                .to_owned(),
        ),
    };
    Tab::new(
        tab,
        about,
        &json::write(&document.content),
        &highlight::JSON,
    )
}

/// The event pattern, and rules that are ready to deploy.
fn rules(event: &EventType) -> Vec<Tab> {
    let conditions = Vec::from_iter(condition(event));
    let pattern =
        eventbridge_rules::pattern(event, &conditions).map(|node| json::write_within(&node, 60));
    let pattern = pattern.map(|text| {
        let about = "What a rule's `EventPattern` takes.";
        Tab::new("Event pattern", about, &text, &highlight::JSON)
    });
    let written = [
        (Language::CloudFormation, "CloudFormation", &highlight::YAML),
        (Language::Terraform, "Terraform", &highlight::TERRAFORM),
        (Language::CdkTypeScript, "CDK", &highlight::TYPESCRIPT),
    ];
    let written = written.into_iter().filter_map(|(language, name, look)| {
        let text = eventbridge_rules::rule(event, &conditions, Target::Lambda, language).ok()?;
        Some(Tab::new(name, RULE, &text, look))
    });
    pattern.into_iter().chain(written).collect()
}

const RULE: &str = "A rule that starts a Lambda function: with the permission that it needs and no other, retries, and a \
                    queue for what cannot be delivered.";

/// What people wait for: the status that tells of a failure, or the first that is known.
fn condition(event: &EventType) -> Option<String> {
    let (field, values) = event.detail.iter().find_map(|field| status(event, field))?;
    let fails = |value: &&&String| value.to_lowercase().contains("fail");
    let value = values.iter().find(fails).or(values.first())?;
    // Signs of conditions within them would be read as such.
    let is_plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ' ')
    };
    (is_plain(&field.key) && is_plain(value)).then(|| format!("{}={value}", field.key))
}

/// A field that every event has, with its known values, if it tells how the subject stands.
fn status<'m>(event: &'m EventType, field: &'m Field) -> Option<(&'m Field, Vec<&'m String>)> {
    let Type::Named(name) = &field.ty else {
        return None;
    };
    let Body::Values(values) = &event.definition(name)?.body else {
        return None;
    };
    let ends = ["status", "state"];
    let is_status = ends
        .iter()
        .any(|end| field.key.to_lowercase().ends_with(end));
    is_status.then(|| (field, values.iter().map(|known| &known.value).collect()))
}
