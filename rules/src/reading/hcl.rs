//! Terraform's own language comes in as text; the rules in its resources go out.
//!
//! Known are literals, `jsonencode` and a few functions more, variables with a default or a value of the call, locals,
//! and what data sources say of the account, the region and the partition. What else stands in a pattern is known only
//! when it is applied; such a rule is left out.

mod evaluate;
mod module;

pub(super) use module::Module;

use super::found::{Finds, Found, Kind, Unknown};
use super::settings::Settings;
use super::terraform;
use evaluate::{Evaluator, TELLING, member, node, start};
use eventbridge_catalog::json::Value;
use eventbridge_catalog::text::Place;
use hcl_edit::Span;
use hcl_edit::expr::Object;
use hcl_edit::structure::{Block, Body};

/// How large a file may be.
const MAX_LENGTH: usize = 4 << 20;

/// Why a text is none.
pub(super) struct Problem {
    pub(super) place: Place,
    pub(super) message: String,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Body, Problem> {
    if text.len() > MAX_LENGTH {
        return Err(Problem {
            place: Place { line: 1, column: 1 },
            message: format!(
                "has more than the {} MB that Terraform files may have",
                MAX_LENGTH >> 20
            ),
        });
    }
    text.parse()
        .map_err(|error: hcl_edit::parser::Error| Problem {
            place: Place::reported(error.location().line(), error.location().column()),
            message: format!("this is no Terraform: {}", error.message()),
        })
}

/// Finds the rules of a file.
pub(super) fn rules(body: &Body, module: &Module, settings: &Settings, finds: &mut Finds) {
    let mut evaluator = Evaluator {
        module,
        settings,
        values: 0,
    };
    for block in body.get_blocks("resource") {
        let [kind, name] = block.labels.as_slice() else {
            continue;
        };
        resource(&mut evaluator, block, kind.as_str(), name.as_str(), finds);
    }
    for block in body.get_blocks("module") {
        module_call(&mut evaluator, block, finds);
    }
}

/// A call of a module: rules that are given to it in a map are read, what it holds itself is not.
fn module_call(evaluator: &mut Evaluator<'_>, block: &Block, finds: &mut Finds) {
    let at = block.span().map_or(0, |span| span.start);
    let name = block.labels.first().map_or("", |label| label.as_str());
    let before = finds.rules.len();
    let attributes = block.body.attributes();
    let maps = attributes.filter_map(|attribute| attribute.value.as_object());
    for (key, value) in maps.flat_map(|map| map.iter()) {
        let Some(object) = value.expr().as_object() else {
            continue;
        };
        let Ok(key) = evaluator.key(key, 0) else {
            continue;
        };
        let name = format!("module.{name}.{key}");
        finds.rules.extend(given(evaluator, object, name, at));
    }
    if finds.rules.len() == before {
        let message = format!("module `{name}` is not followed: give its folder as well");
        finds.note(at, &message);
    }
}

/// The rule that is given to a module as an object.
fn given(evaluator: &mut Evaluator<'_>, object: &Object, name: String, at: usize) -> Option<Found> {
    let mut members = Vec::new();
    let mut pattern = None;
    for (key, value) in object.iter() {
        match evaluator.key(key, 0) {
            Ok(key) if key == "event_pattern" => {
                pattern = Some((start(value.expr()), evaluator.pattern(value.expr(), 0)));
            }
            Ok(key) if TELLING.contains(&key.as_str()) => {
                let value = evaluator.value(value.expr(), 0);
                members.extend(value.ok().map(|value| member(&key, at, value)));
            }
            _ => {}
        }
    }
    let (at, pattern) = pattern?;
    let is_disabled = terraform::is_disabled(&node(at, Value::Object(members)));
    let rule = Found::new(name, Kind::Rule, at, pattern);
    Some(Found {
        is_disabled,
        ..rule
    })
}

fn resource(
    evaluator: &mut Evaluator<'_>,
    block: &Block,
    kind: &str,
    name: &str,
    finds: &mut Finds,
) {
    let Some(role) = role(kind) else {
        return;
    };
    let name = format!("{kind}.{name}");
    let at = block.span().map_or(0, |span| span.start);
    match evaluator.body(&block.body, at, 0) {
        Ok(values) => terraform::resource(&name, kind, &values, false, finds),
        Err(unknown) => {
            let (at, unknown) = (unknown.at, why(block, unknown));
            let rule = Found::new(name, role, at, Err(unknown));
            finds.rules.push(rule);
        }
    }
}

/// What a kind of resource is, if it has patterns.
fn role(kind: &str) -> Option<Kind> {
    match kind {
        "aws_cloudwatch_event_rule" => Some(Kind::Rule),
        "aws_cloudwatch_event_archive" => Some(Kind::Archive),
        "aws_pipes_pipe" => Some(Kind::Pipe),
        "aws_lambda_event_source_mapping" => Some(Kind::EventSourceMapping),
        _ => None,
    }
}

/// Why a resource is not known; one that is repeated may be for that.
fn why(block: &Block, unknown: Unknown) -> Unknown {
    let mut repeats = ["count", "for_each"].iter();
    if !repeats.any(|key| block.body.get_attribute(key).is_some()) {
        return unknown;
    }
    let reason = format!("{}, and the resource is repeated", unknown.reason);
    Unknown { reason, ..unknown }
}
