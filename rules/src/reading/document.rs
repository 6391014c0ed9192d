//! The text of a file comes in; the trees in it go out, each with the places of its parts.
//!
//! What it is written in is told by looking: JSON, one value or several; YAML, one document or several.

use super::scalar::Version;
use super::serverless;
use super::yaml::{self, Problem, Stream};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::text::{Lines, Place};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Json,
    Yaml,
    Terraform,
}

/// The trees of a text.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) trees: Vec<Node>,
    /// What is odd about parts of it, by where they begin.
    pub(super) notes: BTreeMap<usize, String>,
    /// What of the text is none; what stands before was read.
    pub(super) fault: Option<Fault>,
}

/// Where a text stops being what it should be.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where the value begins that cannot be read; the reader of patterns may know better what is wrong with it.
    pub(super) value: usize,
    pub(super) place: Place,
    pub(super) message: String,
}

/// What a text is written in, by the end of its file's name or by how it begins.
pub(super) fn language(extension: &str, text: &str) -> Language {
    let begins = text.trim_start().chars().next();
    let is_block = |line: &str| {
        let mut words = line.split_whitespace();
        matches!(
            words.next(),
            Some("resource" | "variable" | "locals" | "terraform" | "provider" | "data")
        ) && line.trim_end().ends_with('{')
    };
    match extension.to_ascii_lowercase().as_str() {
        "tf" => Language::Terraform,
        "yaml" | "yml" => Language::Yaml,
        "json" | "ndjson" | "jsonl" | "tfstate" => Language::Json,
        _ if matches!(begins, Some('{' | '[')) => Language::Json,
        _ if text.lines().any(is_block) => Language::Terraform,
        _ => Language::Yaml,
    }
}

/// The trees of JSON.
pub(super) fn json(text: &str) -> Documents {
    let mut documents = Documents::default();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let start = at + rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ',']).len();
        let rest = text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            return documents;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        let error = match values.next() {
            Some(Ok(_)) => {
                let end = start + values.byte_offset();
                match json::read_strict(text.get(start..end).unwrap_or_default()) {
                    Ok(mut tree) => {
                        shift(&mut tree, start);
                        documents.trees.push(tree);
                        at = end;
                        continue;
                    }
                    Err(error) => (Lines::new(text).place(start + error.at), error.message),
                }
            }
            Some(Err(error)) => {
                let place = Lines::new(text).place(start);
                let column = if error.line() <= 1 {
                    place.column - 1
                } else {
                    0
                };
                let place = Place {
                    line: place.line + error.line().max(1) - 1,
                    column: column + error.column().max(1),
                };
                (place, format!("this is no JSON: {}", without_place(&error)))
            }
            None => return documents,
        };
        documents.fault = Some(Fault {
            value: start,
            place: error.0,
            message: error.1,
        });
        return documents;
    }
}

fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The places of a tree, counted from the start of the text around it.
fn shift(node: &mut Node, by: usize) {
    node.span = node.span.start + by..node.span.end + by;
    match &mut node.value {
        json::Value::Array(items) => items.iter_mut().for_each(|item| shift(item, by)),
        json::Value::Object(members) => members.iter_mut().for_each(|member| {
            member.key_span = member.key_span.start + by..member.key_span.end + by;
            shift(&mut member.node, by);
        }),
        _ => {}
    }
}

/// CloudFormation reads YAML 1.1, the Serverless Framework 1.2.
fn as_its_tool_does(text: &str) -> Result<Stream, Problem> {
    let stream = yaml::read(text, Version::V1_1)?;
    match stream.documents.iter().any(serverless::is_one) {
        true => yaml::read(text, Version::V1_2),
        false => Ok(stream),
    }
}

/// The trees of YAML.
pub(super) fn yaml(text: &str) -> Documents {
    match as_its_tool_does(text) {
        Ok(stream) => Documents {
            trees: stream.documents,
            notes: stream.notes,
            fault: None,
        },
        Err(problem) => Documents {
            fault: Some(Fault {
                value: 0,
                place: problem.place,
                message: problem.message,
            }),
            ..Documents::default()
        },
    }
}
