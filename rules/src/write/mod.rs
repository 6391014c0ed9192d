//! An event type, conditions and a target come in; a rule that is ready to deploy goes out, in the language of a tool:
//! the pattern ([`condition`]), the resources that make it work ([`resources`]), written as a template ([`yaml`]), for
//! Terraform ([`terraform`]) or for the CDK ([`cdk`]).

mod cdk;
mod condition;
mod resources;
mod terraform;
mod yaml;

use crate::sample::SampleError;
use eventbridge_catalog::json::Node;
use eventbridge_catalog::model::{Body, EventType, Field, Type};

/// What a rule can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A Lambda function.
    Lambda,
    /// A command on EC2 instances.
    RunCommand,
    /// A Kinesis data stream.
    Kinesis,
    /// A Step Functions state machine.
    StepFunctions,
    /// An SNS topic.
    Sns,
    /// An SQS queue.
    Sqs,
}

impl Target {
    /// All targets.
    pub const ALL: [Target; 6] = [
        Target::Lambda,
        Target::RunCommand,
        Target::Kinesis,
        Target::StepFunctions,
        Target::Sns,
        Target::Sqs,
    ];
}

/// What a rule is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A CloudFormation template in YAML.
    CloudFormation,
    /// A SAM template in YAML.
    Sam,
    /// Terraform's own language.
    Terraform,
    /// A stack of the CDK in TypeScript.
    CdkTypeScript,
    /// A stack of the CDK in Python.
    CdkPython,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 5] = [
        Language::CloudFormation,
        Language::Sam,
        Language::Terraform,
        Language::CdkTypeScript,
        Language::CdkPython,
    ];
}

/// What is to be written.
struct Plan {
    /// PascalCase: `TrainingJobStateChange`.
    name: String,
    description: String,
    pattern: Node,
    target: Target,
    /// Variables of the input template, with their paths.
    variables: Vec<(String, String)>,
}

/// A rule for events of a type under some conditions (`TrainingJobStatus=Failed,Stopped`, `Name^=prod-`), with all that
/// makes it start the target, as a text in the language.
///
/// # Errors
///
/// A condition on a field that no such event has, or with a value that it never holds.
pub fn rule(
    event: &EventType,
    conditions: &[String],
    target: Target,
    language: Language,
) -> Result<String, SampleError> {
    let plan = plan(event, conditions, target)?;
    Ok(match language {
        Language::CloudFormation => yaml::template(&plan, false),
        Language::Sam => yaml::template(&plan, true),
        Language::Terraform => terraform::file(&plan),
        Language::CdkTypeScript => cdk::typescript(&plan),
        Language::CdkPython => cdk::python(&plan),
    })
}

/// The pattern of such a rule.
///
/// # Errors
///
/// As of [`rule`].
pub fn pattern(event: &EventType, conditions: &[String]) -> Result<Node, SampleError> {
    condition::pattern(event, conditions)
}

fn plan(event: &EventType, conditions: &[String], target: Target) -> Result<Plan, SampleError> {
    let pattern = condition::pattern(event, conditions)?;
    Ok(Plan {
        name: event.name.clone(),
        description: format!("Starts on \"{}\" of {}", event.detail_type, event.source),
        variables: match target {
            Target::RunCommand => beside(),
            _ => variables(event, &pattern),
        },
        pattern,
        target,
    })
}

/// How many fields of the detail are told to the target.
const MAX_VARIABLES: usize = 8;

/// What EventBridge itself says of every event.
fn beside() -> Vec<(String, String)> {
    let keys = ["time", "region", "account"].iter();
    keys.map(|key| ((*key).to_owned(), format!("$.{key}")))
        .collect()
}

/// The fields that matter: those that every event of the type has, and those that are there under the pattern's own
/// conditions. A variable that is not there would leave a gap in the input.
fn variables(event: &EventType, pattern: &Node) -> Vec<(String, String)> {
    let mut variables = beside();
    let fields = event
        .detail
        .iter()
        .filter(|field| is_scalar(event, &field.ty));
    let there = fields.filter(|field| field.required || is_there(field, pattern));
    for field in there.take(MAX_VARIABLES) {
        let Some((name, path)) = variable(&field.key) else {
            continue;
        };
        if !variables.iter().any(|(known, _)| *known == name) {
            variables.push((name, path));
        }
    }
    variables
}

fn is_scalar(event: &EventType, ty: &Type) -> bool {
    match ty {
        Type::Named(name) => {
            let body = event.definition(name).map(|known| &known.body);
            matches!(body, Some(Body::Values(_)))
        }
        Type::String | Type::Integer | Type::Number => true,
        ty => matches!(ty, Type::Boolean | Type::Timestamp(_)),
    }
}

/// Whether a field is there under the conditions of the pattern.
fn is_there(field: &Field, pattern: &Node) -> bool {
    field.condition.as_ref().is_some_and(|condition| {
        let detail = pattern.get("detail");
        let mut keys = crate::sample::steps(&condition.when).into_iter();
        let asked = detail.and_then(|detail| keys.try_fold(detail, Node::get));
        let items = asked.map_or(&[][..], Node::items);
        !items.is_empty()
            && items
                .iter()
                .all(|item| item.as_str().is_some_and(|it| condition.is.contains(it)))
    })
}

/// A variable for a field, and its path.
fn variable(key: &str) -> Option<(String, String)> {
    let name: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    // Names that begin so are the service's own.
    let name = match name.to_ascii_lowercase().starts_with("aws") {
        true => format!("event{name}"),
        false => name,
    };
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let path = match is_plain {
        true => format!("$.detail.{key}"),
        false => format!("$.detail['{key}']"),
    };
    (!name.is_empty() && !key.contains('\'')).then_some((name, path))
}

impl Plan {
    /// The input of the target, with `<name>` for each variable.
    fn input(&self) -> String {
        let members: Vec<String> = self
            .variables
            .iter()
            .map(|(name, _)| format!("\"{name}\": <{name}>"))
            .collect();
        match self.target {
            // What stands in a shell's line is what EventBridge itself says of the event: nothing that others name.
            Target::RunCommand => "{\"commands\": [\"echo <account> <region> <time>\"]}".to_owned(),
            _ => format!("{{{}}}", members.join(", ")),
        }
    }
}

/// What a rule can be made of, for people: each field with what it holds.
pub fn fields(event: &EventType) -> Vec<(String, Vec<String>)> {
    let mut fields = Vec::new();
    let mut add = |field: &Field| {
        let values = match inner(&field.ty) {
            Type::Named(name) => match event.definition(name).map(|known| &known.body) {
                Some(Body::Values(values)) => {
                    values.iter().map(|known| known.value.clone()).collect()
                }
                _ => return,
            },
            _ => Vec::new(),
        };
        fields.push((field.path.replace("[]", ""), values));
    };
    event.detail.iter().for_each(&mut add);
    for definition in event.definitions.iter() {
        if let Body::Object(inner) = &definition.body {
            inner.iter().for_each(&mut add);
        }
    }
    fields
}

fn inner(ty: &Type) -> &Type {
    match ty {
        Type::List(items) => inner(items),
        ty => ty,
    }
}
