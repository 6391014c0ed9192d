//! The named events come in; a file with a sample of each goes out, and for each event a function that makes one.

use super::super::literal::python as quoted;
use super::annotation::{Annotation, Scope};
use super::local::Local;
use super::{Module, docstring, fits, source, stamp, table};
use crate::file::{File, STAMP};
use crate::sample;
use crate::{doc, uses};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Type;

/// All samples, by the names of the details.
pub(super) fn file(import: &str, modules: &[Module<'_>]) -> File {
    let samples = modules
        .iter()
        .map(|module| (module.detail.as_str(), whole(module)));
    let all = Node::object([
        ("//", Node::string(STAMP)),
        ("samples", Node::object(samples)),
    ]);
    source(import, "samples/samples.json", json::write(&all))
}

fn whole(module: &Module<'_>) -> Node {
    let event = module.event;
    let text = |text: &str| Node::string(text);
    Node::object([
        ("version", text("0")),
        ("id", text("00000000-0000-0000-0000-000000000000")),
        ("detail-type", text(&event.detail_type)),
        ("source", text(&event.source)),
        ("account", text("111122223333")),
        ("time", text("2024-01-01T00:00:00Z")),
        ("region", text("us-east-1")),
        ("resources", Node::array([])),
        ("detail", sample::whole_detail(event)),
    ])
}

/// The module of one event.
pub(super) fn text(module: &Module<'_>) -> String {
    let local = Local::new(module);
    let scope = local.within("types");
    let fields = fields(module, &scope);
    let (typing, timestamp) = imports(module, &fields);
    let about = [
        format!(
            "A sample of {}, with other values where some are given.",
            doc::code(&module.event.detail_type)
        ),
        "`envelope` has members beside the detail, and what is named so is in the detail."
            .to_owned(),
    ];
    let sample = quoted(&module.detail);
    let body = format!("    return make({sample}, envelope, detail)");
    format!(
        r#"{stamp}"""Samples of {detail_type}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._make import make

if TYPE_CHECKING:
{typing}    from typing_extensions import TypedDict, Unpack

{types}{timestamp}    from ._envelope import Beside

{fields}

def {name}(
    envelope: Beside | None = None, /, **detail: Unpack[Fields]
) -> types.{envelope}:
{about}{body}"#,
        stamp = stamp(),
        detail_type = doc::code(&module.event.detail_type)
            .replace('\\', "\\\\")
            .replace('"', "\\\""),
        types = table::types(module),
        name = module.file,
        envelope = module.envelope,
        about = docstring(&about, "    "),
        body = match fits(&body) {
            true => body + "\n",
            false => format!("    return make(\n        {sample}, envelope, detail\n    )\n"),
        },
    )
}

/// The lines that import what the fields name: of `typing`, and of timestamps.
fn imports(module: &Module<'_>, fields: &str) -> (String, &'static str) {
    let typing: Vec<&str> = ["Any", "Literal"]
        .into_iter()
        .filter(|name| fields.contains(name))
        .collect();
    let typing = match typing.is_empty() {
        true => String::new(),
        false => format!("    from typing import {}\n\n", typing.join(", ")),
    };
    let holds_instant = uses::holds(module.event, |ty| matches!(ty, Type::Timestamp(_)));
    let timestamp = match holds_instant && fields.contains("Timestamp") {
        true => "    from ..envelope import Timestamp\n",
        false => "",
    };
    (typing, timestamp)
}

fn fields(module: &Module<'_>, scope: &Scope<'_>) -> String {
    let fields = module
        .event
        .detail
        .iter()
        .filter(|field| !field.key.is_empty());
    let members: String = fields
        .map(|field| {
            let ty = match Annotation::of(&field.ty, false, scope) {
                Annotation::Index(_, mut held) => held.swap_remove(0),
                other => other,
            };
            ty.after(
                &format!("            {}: ", quoted(&field.key)),
                ",\n",
                "            ",
            )
        })
        .collect();
    match members.is_empty() {
        true => "    Fields = TypedDict(\"Fields\", {}, total=False)\n".to_owned(),
        false => format!(
            "    Fields = TypedDict(\n        \"Fields\",\n        {{\n{members}        }},\n        total=False,\n    )\n"
        ),
    }
}
