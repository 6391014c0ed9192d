//! An event comes in; a module with a function that makes a pattern of its fields goes out, each field with the tests
//! that its type allows.

use super::super::literal::python as quoted;
use super::local::{self, Local};
use super::{Module, docstring, fits, stamp, table};
use crate::doc;
use eventbridge_catalog::model::{Body, Field, Type, WireForm};

/// The text of the module.
pub(super) fn text(module: &Module<'_>) -> String {
    let local = Local::new(module);
    let definitions = local::inner_first(module.event)
        .into_iter()
        .filter_map(|definition| {
            let Body::Object(fields) = &definition.body else {
                return None;
            };
            Some(fields_of(local.name(&definition.name), fields, &local))
        });
    let detail = fields_of(&module.detail, &module.event.detail, &local);
    let types: String = definitions.chain([detail]).collect();
    let whole = format!(
        "\n    class Whole(Envelope, total=False):\n        detail: {}Fields\n",
        module.detail
    );
    format!(
        "{}{types}{whole}\n\n{}",
        head(module, &types),
        function(module)
    )
}

/// The kinds of tests, as `_tests.py` has them.
const TESTS: [&str; 6] = ["Anything", "Flag", "Number", "Scalar", "Text", "Value"];

fn head(module: &Module<'_>, types: &str) -> String {
    let used = |name: &&str| match *name {
        "Value" => types.contains("Value[types."),
        name => {
            let tests = types.lines().filter_map(|line| line.split_once("\": "));
            let mut words =
                tests.flat_map(|(_, test)| test.split(|c: char| !c.is_alphanumeric() && c != '_'));
            words.any(|word| word == name)
        }
    };
    let mut tests: Vec<&str> = ["Envelope"]
        .into_iter()
        .chain(TESTS.into_iter().filter(used))
        .collect();
    tests.sort_unstable();
    let mapping = if types.contains("Mapping[") {
        "Mapping, "
    } else {
        ""
    };
    let values = match types.contains("types.") {
        true => table::types(module),
        false => String::new(),
    };
    format!(
        r#"{stamp}"""Patterns of {detail_type}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._rule import EventPattern, rule

if TYPE_CHECKING:
    from collections.abc import {mapping}Sequence

    from typing_extensions import TypedDict, Unpack

{values}    from ._tests import {tests}
"#,
        stamp = stamp(),
        detail_type = doc::code(&module.event.detail_type)
            .replace('\\', "\\\\")
            .replace('"', "\\\""),
        tests = tests.join(", "),
    )
}

fn fields_of(name: &str, fields: &[Field], local: &Local<'_>) -> String {
    let fields = fields.iter().filter(|field| !field.key.is_empty());
    let fields: String = fields
        .map(|field| member(&quoted(&field.key), &late(&test(&field.ty, local))))
        .collect();
    format!(
        r#"
    {name}Fields = TypedDict(
        "{name}Fields",
        {{
{fields}            "$or": "Sequence[{name}Fields]",
        }},
        total=False,
    )
"#
    )
}

/// A key and its test, on as many lines as it takes.
fn member(key: &str, test: &str) -> String {
    let flat = format!("            {key}: {test},\n");
    let inner = test
        .strip_prefix("Value[")
        .and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) if !fits(flat.trim_end()) => {
            format!("            {key}: Value[\n                {inner}\n            ],\n")
        }
        _ => flat,
    }
}

/// In quotes where it names fields of an object, which may stand further down.
fn late(test: &str) -> String {
    match test.contains("Fields") {
        true => format!("\"{test}\""),
        false => test.to_owned(),
    }
}

/// What the array of a field, or the object behind it, may hold.
fn test(ty: &Type, local: &Local<'_>) -> String {
    match ty {
        Type::Any => "Anything".to_owned(),
        Type::Boolean => "Flag".to_owned(),
        Type::Integer | Type::Number => "Number".to_owned(),
        Type::String => "Text".to_owned(),
        Type::Timestamp(forms) => instant(forms).to_owned(),
        Type::List(item) => test(item, local),
        Type::Map(item) => format!("Mapping[str, {}]", test(item, local)),
        Type::Named(name) if local.is_object(name) => format!("{}Fields", local.name(name)),
        Type::Named(name) => match local.known(name) {
            Some(known) => format!("Value[types.{known}]"),
            None if local.is_defined(name) => "Text".to_owned(),
            None => "Anything".to_owned(),
        },
        Type::OneOf(types) => one_of(types, local),
    }
}

fn instant(forms: &[WireForm]) -> &'static str {
    let is_text = |form: &WireForm| {
        matches!(
            form,
            WireForm::Rfc3339 | WireForm::StringMillis | WireForm::StringSeconds
        )
    };
    let texts = forms.iter().filter(|form| is_text(form)).count();
    match texts {
        _ if forms.is_empty() => "Scalar",
        0 => "Number",
        all if all == forms.len() => "Text",
        _ => "Scalar",
    }
}

/// One of several; scalars of two kinds stand in one array.
fn one_of(types: &[Type], local: &Local<'_>) -> String {
    let mut all: Vec<String> = Vec::new();
    for each in types.iter().map(|ty| test(ty, local)) {
        if !all.contains(&each) {
            all.push(each);
        }
    }
    let is_scalar = |each: &String| !each.starts_with("Mapping[") && !each.ends_with("Fields");
    if all.iter().any(|each| each == "Anything") || all.is_empty() {
        return "Anything".to_owned();
    }
    if all.iter().filter(|each| is_scalar(each)).count() > 1 {
        all.retain(|each| !is_scalar(each));
        all.insert(0, "Scalar".to_owned());
    }
    all.join(" | ")
}

fn function(module: &Module<'_>) -> String {
    let event = module.event;
    let which = format!("A pattern of {}.", doc::code(&event.detail_type));
    let more = [
        which,
        "`detail` has the fields that count, each with what it may be; beside it are those of the envelope, and `any_of`, of which one must fit."
            .to_owned(),
    ];
    format!(
        r#"def {name}(
    detail: {detail}Fields | None = None,
    *,
    any_of: Sequence[Whole] = (),
    **envelope: Unpack[Envelope],
) -> EventPattern:
{about}    return rule(
        {source},
        {detail_type},
        detail,
        any_of,
        envelope,
    )
"#,
        name = module.file,
        detail = module.detail,
        about = docstring(&more, "    "),
        source = quoted(&event.source),
        detail_type = quoted(&event.detail_type),
    )
}
