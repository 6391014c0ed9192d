//! Resources come in; a template in YAML goes out.

use super::Plan;
use super::resources::{parameters, resources};
use eventbridge_catalog::json::{Member, Node, Value, quote};

fn write_parameters(plan: &Plan, out: &mut String) {
    let parameters = parameters(plan.target);
    if !parameters.is_empty() {
        out.push_str("Parameters:\n");
    }
    for parameter in parameters {
        let (name, description) = (parameter.name, parameter.description);
        out.push_str(&format!(
            "  {name}:\n    Type: String\n    Description: {description}\n"
        ));
    }
}

pub(super) fn template(plan: &Plan, is_sam: bool) -> String {
    let mut out = "AWSTemplateFormatVersion: '2010-09-09'\n".to_owned();
    if is_sam {
        out.push_str("Transform: AWS::Serverless-2016-10-31\n");
    }
    out.push_str(&format!("Description: {}\n", quote(&plan.description)));
    write_parameters(plan, &mut out);
    out.push_str("Resources:\n");
    for (name, kind, properties) in resources(plan) {
        out.push_str(&format!("  {name}:\n    Type: {kind}\n"));
        if !properties.members().is_empty() {
            out.push_str("    Properties:");
            value(&properties, 6, &mut out);
        }
    }
    out.push_str("Outputs:\n  RuleArn:\n    Value: !GetAtt Rule.Arn\n  DeadLettersUrl:\n    Value: !Ref DeadLetters\n");
    out
}

/// A value behind its key, up to the end of its last line.
fn value(node: &Node, indent: usize, out: &mut String) {
    if let Some(scalar) = scalar(node) {
        out.push_str(&format!(" {scalar}\n"));
        return;
    }
    out.push('\n');
    let blanks = " ".repeat(indent);
    for member in node.members() {
        out.push_str(&format!("{blanks}{}:", key(&member.key)));
        value(&member.node, indent + 2, out);
    }
    for item in node.items() {
        let mut inner = String::new();
        value(item, indent + 2, &mut inner);
        out.push_str(&format!("{blanks}- {}", inner.trim_start()));
    }
}

/// A value of one line.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Array(items) => list(items),
        Value::Object(members) => match members.as_slice() {
            [] => Some("{}".to_owned()),
            [only] => function(only),
            _ => None,
        },
        Value::String(text) => Some(quote(text)),
        Value::Number(number) => Some(number.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null => Some("null".to_owned()),
        Value::Placeholder(_) => None,
    }
}

/// A list of one line, if its items are scalars and no functions.
fn list(items: &[Node]) -> Option<String> {
    let items: Option<Vec<String>> = items
        .iter()
        .map(|item| scalar(item).filter(|text| !text.starts_with('!')))
        .collect();
    items.map(|items| format!("[{}]", items.join(", ")))
}

/// A function by the tag that is short for it.
fn function(only: &Member) -> Option<String> {
    let (argument, arguments) = (only.node.as_str(), only.node.items());
    match (only.key.as_str(), arguments) {
        ("Ref", _) => Some(format!("!Ref {}", argument?)),
        ("Fn::Sub", _) => Some(format!("!Sub {}", quote(argument?))),
        ("Fn::GetAtt", [resource, attribute]) => {
            let (resource, attribute) = (resource.as_str()?, attribute.as_str()?);
            Some(format!("!GetAtt {resource}.{attribute}"))
        }
        _ => None,
    }
}

fn key(key: &str) -> String {
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && !matches!(
            key.to_ascii_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
        );
    if is_plain { key.to_owned() } else { quote(key) }
}
