//! What a target is given of an event: the event itself, a part of it, a constant, or a template that parts of it are put
//! into, as EventBridge writes it.

use crate::finding::{Code, Found};
use eventbridge_catalog::json::{Node, Value};
use std::collections::BTreeMap;

/// What a target says of its input.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// A constant.
    pub constant: Option<Node>,
    /// A part of the event: `$.detail`.
    pub path: Option<Node>,
    /// Variables with their paths.
    pub paths: Vec<(String, Node)>,
    /// The template.
    pub template: Option<Node>,
}

/// A target of a rule, with its input.
#[derive(Clone, Debug)]
pub struct TargetInput {
    /// What it is called.
    pub id: String,
    /// Its input.
    pub input: Input,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// The steps of a path as EventBridge takes it: `$.detail.a`, `$.detail['a b']`, `$.resources[0]`.
pub(crate) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('.') {
            let end = behind.find(['.', '[']).unwrap_or(behind.len());
            let key = behind.get(..end).filter(|key| !key.is_empty())?;
            steps.push(Step::Key(key.to_owned()));
            rest = behind.get(end..)?;
        } else {
            let behind = rest.strip_prefix('[')?;
            let end = behind.find(']')?;
            steps.push(step_in_brackets(behind.get(..end)?)?);
            rest = behind.get(end + 1..)?;
        }
    }
    Some(steps)
}

fn step_in_brackets(inner: &str) -> Option<Step> {
    let quoted = inner
        .strip_prefix(['\'', '"'])
        .and_then(|inner| inner.strip_suffix(['\'', '"']));
    match quoted {
        Some(key) => Some(Step::Key(key.to_owned())),
        None => Some(Step::Index(inner.parse().ok()?)),
    }
}

fn at<'e>(event: &'e serde_json::Value, path: &str) -> Option<&'e serde_json::Value> {
    steps(path)?
        .iter()
        .try_fold(event, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
}

/// Variables that EventBridge gives to every template.
const OWN: [&str; 5] = [
    "aws.events.rule-arn",
    "aws.events.rule-name",
    "aws.events.event.ingestion-time",
    "aws.events.event",
    "aws.events.event.json",
];

impl Input {
    /// What the target receives for an event; an error says what the service could not do.
    ///
    /// # Errors
    ///
    /// The event is no JSON, or a path is none.
    pub fn of(&self, event: &[u8], rule: &str) -> Result<String, String> {
        let value: serde_json::Value = serde_json::from_slice(event)
            .map_err(|error| format!("the event is no JSON: {error}"))?;
        if let Some(constant) = &self.constant {
            return Ok(text_of(constant));
        }
        if let Some(path) = self.path.as_ref().and_then(Node::as_str) {
            let found = at(&value, path);
            return Ok(found.map_or_else(|| "null".to_owned(), serde_json::Value::to_string));
        }
        Ok(match &self.template {
            Some(template) => self.filled(template, &value, rule),
            None => String::from_utf8_lossy(event).trim().to_owned(),
        })
    }

    fn filled(&self, template: &Node, event: &serde_json::Value, rule: &str) -> String {
        let paths = self.paths.iter();
        let variables = paths.map(|(name, path)| {
            let value = path.as_str().and_then(|path| at(event, path));
            (name.as_str(), value)
        });
        filled(&text_of(template), &variables.collect(), event, rule)
    }
}

fn text_of(node: &Node) -> String {
    match node.as_str() {
        Some(text) => text.to_owned(),
        None => crate::reading::compact(node),
    }
}

/// The template with its variables put in. In a JSON template a variable by itself is a JSON value, one within a string
/// stands there without quotes; in a template that is a string, variables are text.
fn filled(
    template: &str,
    variables: &BTreeMap<&str, Option<&serde_json::Value>>,
    event: &serde_json::Value,
    rule: &str,
) -> String {
    let (mut out, mut rest, mut in_string) = (String::new(), template.trim(), false);
    let is_json = rest.starts_with(['{', '[']);
    while let Some(c) = rest.chars().next() {
        if let Some((value, behind)) = variable_at(rest, variables, event, rule) {
            out.push_str(&written(value.as_ref(), is_json && !in_string, in_string));
            rest = behind;
            continue;
        }
        in_string ^= c == '"';
        let length = with_escaped(rest, c);
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// The variable that a text begins with, and what stands behind it.
fn variable_at<'t>(
    text: &'t str,
    variables: &BTreeMap<&str, Option<&serde_json::Value>>,
    event: &serde_json::Value,
    rule: &str,
) -> Option<(Option<serde_json::Value>, &'t str)> {
    let (name, behind) = text.strip_prefix('<')?.split_once('>')?;
    Some((variable(name, variables, event, rule)?, behind))
}

/// How long a character is, with the one behind it that a backslash escapes.
fn with_escaped(rest: &str, c: char) -> usize {
    match c {
        '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        _ => c.len_utf8(),
    }
}

/// The rule's ARN, where the event came from.
fn rule_arn(event: &serde_json::Value, rule: &str) -> String {
    let part = |key: &str| event.get(key).and_then(serde_json::Value::as_str);
    let (region, account) = (part("region"), part("account"));
    format!(
        "arn:aws:events:{}:{}:rule/{rule}",
        region.unwrap_or_default(),
        account.unwrap_or_default()
    )
}

/// What a variable is; none where it is no variable at all.
fn variable(
    name: &str,
    variables: &BTreeMap<&str, Option<&serde_json::Value>>,
    event: &serde_json::Value,
    rule: &str,
) -> Option<Option<serde_json::Value>> {
    match name {
        "aws.events.rule-name" => Some(Some(rule.into())),
        "aws.events.rule-arn" => Some(Some(rule_arn(event, rule).into())),
        "aws.events.event.ingestion-time" => Some(event.get("time").cloned()),
        "aws.events.event.json" => Some(Some(event.clone())),
        "aws.events.event" => {
            let mut short = event.clone();
            if let Some(members) = short.as_object_mut() {
                members.remove("detail");
            }
            Some(Some(short))
        }
        name => variables.get(name).map(|value| value.cloned()),
    }
}

/// A value as it stands in the template: nothing of what is not there.
fn written(value: Option<&serde_json::Value>, is_whole: bool, in_string: bool) -> String {
    match value {
        None => String::new(),
        Some(serde_json::Value::String(text)) if is_whole => {
            serde_json::Value::from(text.as_str()).to_string()
        }
        Some(serde_json::Value::String(text)) if in_string => {
            let quoted = serde_json::Value::from(text.as_str()).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        Some(serde_json::Value::String(text)) => text.clone(),
        // Objects within a string lose their quotes, as the service does it.
        Some(other) if in_string => other.to_string().replace('"', ""),
        Some(other) => other.to_string(),
    }
}

/// What is wrong with a target's input whatever the event is: variables that are not given, or never used.
pub(crate) fn problems(input: &Input) -> Vec<Found> {
    let Some(template) = &input.template else {
        return Vec::new();
    };
    let text = text_of(template);
    let is_known =
        |name: &str| OWN.contains(&name) || input.paths.iter().any(|(known, _)| known == name);
    let unknown = variables(&text).into_iter().filter(|name| !is_known(name));
    let found = unknown.map(|name| {
        let message = format!("the template puts in <{name}>, and no path is given for it");
        Found::warning(template.span.clone(), Code::UnknownVariable, message)
    });
    found.chain(paths_that_are_none(input)).collect()
}

/// The names that stand in angle brackets in a template.
fn variables(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        let Some(end) = behind.find('>') else {
            break;
        };
        let name = &behind[..end];
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !name.is_empty() && name.chars().all(is_of_name) {
            names.push(name);
        }
        rest = &behind[end..];
    }
    names
}

fn paths_that_are_none(input: &Input) -> Vec<Found> {
    let mut found = Vec::new();
    for (name, path) in &input.paths {
        let is_path = path.as_str().is_none_or(|path| steps(path).is_some());
        if !is_path && !matches!(path.value, Value::Placeholder(_)) {
            let message = format!("the path of `{name}` is none: write it as `$.detail.field`");
            found.push(Found::error(path.span.clone(), Code::UnknownPath, message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &[u8] = br#"{"time":"T","account":"1","region":"r","detail":{"name":"a \"b\"","count":3,"list":["x","y"]}}"#;

    fn input(template: &str) -> String {
        let path = |name: &str, path: &str| (name.to_owned(), Node::string(path));
        let input = Input {
            paths: vec![
                path("name", "$.detail.name"),
                path("count", "$.detail.count"),
                path("no", "$.detail.no"),
                path("list", "$.detail.list"),
                path("first", "$.detail.list[0]"),
            ],
            template: Some(Node::string(template)),
            ..Input::default()
        };
        input.of(EVENT, "kiln").unwrap()
    }

    #[test]
    fn templates_are_filled_as_the_service_fills_them() {
        assert_eq!(
            input(r#"{"a": <name>, "b": <count>, "c": "is <name>"}"#),
            r#"{"a": "a \"b\"", "b": 3, "c": "is a \"b\""}"#
        );
        assert_eq!(input(r#""<first> of <list>""#), r#""x of [x,y]""#);
        assert_eq!(
            input(r#"{"a": <aws.events.rule-name>, "b": <unknown>}"#),
            r#"{"a": "kiln", "b": <unknown>}"#
        );
        let part = Input {
            path: Some(Node::string("$.detail.list")),
            ..Input::default()
        };
        assert_eq!(part.of(EVENT, "kiln").unwrap(), r#"["x","y"]"#);
    }
}
