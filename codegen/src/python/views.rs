//! An event comes in; a module with a read-only view of the event, of its detail and of each object in it goes out.

use super::super::literal::python as quoted;
use super::super::names::Names;
use super::local::{self, Local};
use super::{KEYWORDS, Module, docstring, fits, module, stamp, table};
use crate::names::snake;
use crate::{doc, uses};
use eventbridge_catalog::model::{Body, Field, Type};

/// What an attribute cannot be called: it means something in the class, or in its annotations.
const TAKEN: &str = "bool bytes dict extra float frozenset get int list object property self set str to_dict tuple \
    type types";

/// The text of the module.
pub(super) fn text(module: &Module<'_>) -> String {
    let local = Local::new(module);
    let classes = local::inner_first(module.event)
        .into_iter()
        .filter_map(|definition| {
            let Body::Object(fields) = &definition.body else {
                return None;
            };
            Some(class(
                local.name(&definition.name),
                &doc::definition(definition),
                fields,
                &local,
            ))
        });
    let detail = class(
        &module.detail,
        &module::detail(module.event),
        &module.event.detail,
        &local,
    );
    let parts: Vec<String> = classes.chain([detail, event(module)]).collect();
    format!(
        "{}\n\n{}",
        head(module, &parts.concat()),
        parts.join("\n\n")
    )
}

fn head(module: &Module<'_>, body: &str) -> String {
    let abstract_types: Vec<&str> = ["Mapping", "Sequence"]
        .into_iter()
        .filter(|name| body.contains(&format!("{name}[")))
        .collect();
    let has_any = uses::holds(module.event, |ty| matches!(ty, Type::Any));
    let mut checking = String::new();
    if !abstract_types.is_empty() {
        checking += &format!(
            "    from collections.abc import {}\n",
            abstract_types.join(", ")
        );
    }
    let typing: Vec<&str> = [("Any", has_any), ("ClassVar", body.contains("ClassVar["))]
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| name)
        .collect();
    if !typing.is_empty() {
        checking += &format!("    from typing import {}\n", typing.join(", "));
    }
    if body.contains("types.") {
        let gap = if checking.is_empty() { "" } else { "\n" };
        checking += &format!("{gap}{}", table::types(module));
    }
    let (typing, checking) = match checking.is_empty() {
        true => ("", String::new()),
        false => (
            "from typing import TYPE_CHECKING\n\n",
            format!("\nif TYPE_CHECKING:\n{checking}"),
        ),
    };
    let moment = if body.contains("Moment") {
        "from .._moment import Moment\n"
    } else {
        ""
    };
    format!(
        "{}\"\"\"Views of {} and what is in it.\"\"\"\n\nfrom __future__ import annotations\n\n{typing}{moment}from ._view import EventView, View\n{checking}",
        stamp(),
        crate::doc::code(&module.event.detail_type)
            .replace('\\', "\\\\")
            .replace('"', "\\\""),
    )
}

fn class(name: &str, about: &[String], fields: &[Field], local: &Local<'_>) -> String {
    let mut taken = Names::reserving(KEYWORDS.split_whitespace().chain(TAKEN.split_whitespace()));
    let named: Vec<(String, &Field)> = fields
        .iter()
        .map(|field| {
            let name = snake(&field.key);
            (taken.claim(&[&name, &format!("{name}_")]), field)
        })
        .collect();
    let names: String = named
        .iter()
        .map(|(name, field)| format!("        \"{name}\": {},\n", quoted(&field.key)))
        .collect();
    let names = match names.is_empty() {
        true => String::new(),
        false => format!("    _names: ClassVar[dict[str, str]] = {{\n{names}    }}\n"),
    };
    let attributes: String = named
        .iter()
        .map(|(name, field)| attribute(name, field, local))
        .collect();
    let about = match docstring(about, "    ") {
        none if none.is_empty() => none,
        about => about + "\n",
    };
    format!("class {name}(View):\n{about}    __slots__ = ()\n{names}{attributes}")
}

fn attribute(name: &str, field: &Field, local: &Local<'_>) -> String {
    let how = how(&field.ty, local);
    let is_sure = field.required && !matches!(field.ty, Type::Timestamp(_));
    let annotation = annotation(&field.ty, local);
    let annotation = match is_sure || annotation == "Any" {
        true => annotation,
        false => format!("{annotation} | None"),
    };
    let getter = if is_sure { "_need" } else { "_get" };
    let getter = if annotation == "Any" && getter == "_get" {
        "get"
    } else {
        getter
    };
    let arguments = match how {
        None => quoted(&field.key),
        Some(how) => format!("{}, {how}", quoted(&field.key)),
    };
    accessor(
        name,
        &annotation,
        &docstring(&module::facts(field), "        "),
        getter,
        &arguments,
    )
}

fn accessor(name: &str, annotation: &str, about: &str, getter: &str, arguments: &str) -> String {
    let head = format!("    def {name}(self) -> {annotation}:");
    let head = match fits(&head) {
        true => head,
        false => format!(
            "    def {name}(\n        self,\n    ){}",
            returned(annotation)
        ),
    };
    let body = format!("        return self.{getter}({arguments})");
    let body = match fits(&body) {
        true => body,
        false => format!(
            "        return self.{getter}(\n{}        )",
            broken(arguments)
        ),
    };
    format!("\n    @property\n{head}\n{about}{body}\n")
}

/// What an attribute gives, on as many lines as it takes.
fn returned(annotation: &str) -> String {
    let flat = format!(" -> {annotation}:");
    match annotation.contains(" | ") && !fits(&format!("    ){flat}")) {
        true => {
            let members = annotation.replace(" | ", "\n        | ");
            format!(" -> (\n        {members}\n    ):")
        }
        false => flat,
    }
}

/// A key and how it is seen, on lines of their own.
fn broken(arguments: &str) -> String {
    let flat = format!("            {arguments}\n");
    match arguments.split_once("\", ") {
        Some((key, how)) if !fits(flat.trim_end()) => {
            format!("            {key}\",\n            {how},\n")
        }
        _ => flat,
    }
}

fn event(module: &Module<'_>) -> String {
    let about = docstring(
        &doc::with_former(doc::event(module.event), &module.event.evidence),
        "    ",
    );
    let detail = accessor(
        "detail",
        &module.detail,
        "        \"\"\"What happened.\"\"\"\n",
        "_need",
        &format!("\"detail\", {}", module.detail),
    );
    format!(
        "class {}(EventView):\n{about}\n    __slots__ = ()\n{detail}",
        module.envelope
    )
}

/// How a value is seen, where it is not seen as it is.
fn how(ty: &Type, local: &Local<'_>) -> Option<String> {
    match ty {
        Type::Timestamp(_) => Some("Moment".to_owned()),
        Type::List(item) => Some(format!("[{}]", how(item, local)?)),
        Type::Map(item) => Some(format!("{{\"\": {}}}", how(item, local)?)),
        Type::Named(name) => local.is_object(name).then(|| local.name(name).to_owned()),
        Type::OneOf(types) => {
            let all: Vec<Option<String>> = types.iter().map(|ty| how(ty, local)).collect();
            all.iter().any(Option::is_some).then_some(())?;
            let all = all
                .into_iter()
                .map(|how| how.unwrap_or_else(|| "None".to_owned()));
            Some(format!("({})", all.collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    }
}

fn annotation(ty: &Type, local: &Local<'_>) -> String {
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::String => "str".to_owned(),
        Type::Timestamp(_) => "Moment".to_owned(),
        Type::List(item) => format!("Sequence[{}]", annotation(item, local)),
        Type::Map(item) => format!("Mapping[str, {}]", annotation(item, local)),
        Type::Named(name) if local.is_object(name) => local.name(name).to_owned(),
        Type::Named(name) if local.is_defined(name) => format!("types.{}", local.name(name)),
        Type::Named(_) => "Any".to_owned(),
        Type::OneOf(types) => {
            let mut all: Vec<String> = Vec::new();
            for each in types.iter().map(|ty| annotation(ty, local)) {
                if !all.contains(&each) {
                    all.push(each);
                }
            }
            match all.is_empty() || all.iter().any(|each| each == "Any") {
                true => "Any".to_owned(),
                false => all.join(" | "),
            }
        }
    }
}
