//! The named events come in; what code over all events goes by goes out: a row for each, and all events, and all known
//! values, as types.

use super::super::literal::python as quoted;
use super::{Module, stamp};
use eventbridge_catalog::model::Body;
use eventbridge_catalog::roles;
use std::collections::BTreeSet;

/// `_index.py`
pub(super) fn index(modules: &[Module<'_>]) -> String {
    let rows: String = modules.iter().map(row).collect();
    let rows = bracketed("(", &rows, ")");
    format!(
        r#"{stamp}"""What is known of each event, by source and detail-type."""

from typing import Final

from ._row import Row

ROWS: Final[tuple[Row, ...]] = {rows}

EVENTS: Final[dict[tuple[str, str], Row]] = {{
    (row.source, row.detail_type): row for row in ROWS
}}

DETAIL_TYPES: Final[frozenset[str]] = frozenset(row.detail_type for row in ROWS)
"""The documented detail-types."""
"#,
        stamp = stamp(),
    )
}

/// Lines in brackets, which stand together when there is none.
fn bracketed(open: &str, lines: &str, close: &str) -> String {
    let gap = if lines.is_empty() { "" } else { "\n" };
    format!("{open}{gap}{lines}{close}")
}

fn row(module: &Module<'_>) -> String {
    let event = module.event;
    let names = [
        &event.source,
        &event.detail_type,
        &module.file,
        &module.detail,
        &module.envelope,
    ];
    let names: String = names
        .iter()
        .map(|name| format!("        {},\n", quoted(name)))
        .collect();
    let roles: String = roles::find_roles(event)
        .iter()
        .map(|(role, key)| format!("            \"{role}\": {},\n", quoted(key)))
        .collect();
    let end = if roles.is_empty() { "" } else { "        " };
    let roles = bracketed("{", &roles, &format!("{end}}}"));
    format!("    Row(\n{names}        {roles},\n    ),\n")
}

/// `_events.py`
pub(super) fn events(modules: &[Module<'_>]) -> String {
    let mut imports: Vec<(&str, String)> = modules
        .iter()
        .map(|module| (module.file.as_str(), import(&module.file, &module.envelope)))
        .chain([("envelope", import("envelope", "LaterEvent, UnknownEvent"))])
        .collect();
    imports.sort();
    let imports: String = imports.into_iter().map(|(_, line)| line).collect();
    format!(
        r#"{stamp}"""All events as one type."""

from typing import TypeAlias

{imports}
KnownEvent: TypeAlias = {known}
"""Every documented event; its `detail-type` tells which. There will be more: who goes
through all of them has a last case for others."""

Event: TypeAlias = KnownEvent | UnknownEvent
"""Every event: narrow it with `is_known_event`, then by `detail-type`."""
"#,
        stamp = stamp(),
        known = known(modules),
    )
}

/// `from .module import Name`, on as many lines as it takes.
pub(super) fn import(module: &str, name: &str) -> String {
    let flat = format!("from .{module} import {name}\n");
    match super::fits(flat.trim_end()) {
        true => flat,
        false => format!("from .{module} import (\n    {name},\n)\n"),
    }
}

/// The import of an event's types, in a package beside its module, below `if TYPE_CHECKING`.
pub(super) fn types(module: &Module<'_>) -> String {
    let flat = format!("    from .. import {} as types\n", module.file);
    match super::fits(flat.trim_end()) {
        true => flat,
        false => format!(
            "    from .. import (\n        {} as types,\n    )\n",
            module.file
        ),
    }
}

/// An event of a later version: there will be more.
const LATER: &str = "LaterEvent";

fn known(modules: &[Module<'_>]) -> String {
    match modules {
        [] => LATER.to_owned(),
        [only]
            if super::fits(&format!(
                "KnownEvent: TypeAlias = {} | {LATER}",
                only.envelope
            )) =>
        {
            format!("{} | {LATER}", only.envelope)
        }
        _ => {
            let members = modules.iter().enumerate().map(|(index, module)| {
                let or = if index == 0 { "" } else { "| " };
                format!("    {or}{}\n", module.envelope)
            });
            format!("(\n{}    | {LATER}\n)", members.collect::<String>())
        }
    }
}

/// `_known.py`
pub(super) fn known_values(modules: &[Module<'_>]) -> String {
    let definitions = modules
        .iter()
        .flat_map(|module| module.event.definitions.iter());
    let values: BTreeSet<&str> = definitions
        .filter_map(|definition| match &definition.body {
            Body::Values(values) => Some(values),
            Body::Object(_) => None,
        })
        .flatten()
        .map(|known| known.value.as_str())
        .collect();
    let (typing, all) = match values.is_empty() {
        true => ("TypeAlias", "str".to_owned()),
        false => {
            let lines = values
                .iter()
                .map(|value| format!("    {},\n", quoted(value)));
            (
                "Literal, TypeAlias",
                format!("Literal[\n{}]", lines.collect::<String>()),
            )
        }
    };
    format!(
        r#"{stamp}"""All known values of all fields."""

from typing import {typing}

KnownValue: TypeAlias = {all}
"#,
        stamp = stamp(),
    )
}
