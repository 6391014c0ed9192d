//! The named events come in; what stands around their modules goes out: the manifest, the README,
//! the envelope, the union of all events, and the guard.

use super::super::literal::{python as quoted, toml};
use super::{Module, docstring, fits, stamp};
use crate::doc;
use crate::file::STAMP;
use eventbridge_catalog::model::Package;

/// `pyproject.toml`
pub(super) fn manifest(package: &Package) -> String {
    format!(
        r#"{stamp}[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = {name}
version = {version}
description = {description}
readme = "README.md"
license = "Apache-2.0 OR MIT"
requires-python = ">=3.10"
# pydantic reads a `TypedDict` of the standard library from Python 3.12 on.
dependencies = ["typing-extensions>=4.6; python_version < '3.12'"]
classifiers = ["Typing :: Typed"]
"#,
        stamp = stamp(),
        name = toml(&package.name),
        version = toml(&package.version),
        description = toml(&package.description),
    )
}

/// `README.md`
pub(super) fn readme(package: &Package, import: &str, modules: &[Module<'_>]) -> String {
    let rows: String = modules.iter().map(row).collect();
    format!(
        r#"<!-- {STAMP} -->

# {name}

{description}

`TypedDict`s for Python 3.10 and later; from 3.12 on without dependencies.

{example}
Statuses, fields and detail-types that are not documented yet are allowed everywhere: a status is
known values or any other `str`, `event["detail"].get("NewField")` reads a field that a type does
not name, and `UnknownEvent` is an event of any other detail-type. Fields that an event may leave
out may also be `None`.

What a detail refers to stands in a module of its own, named after the event.

`evidence.json`, beside the modules, says of each event, field and value where it is known from,
and what better evidence overrules.

## Events

{rows}"#,
        name = doc::unmarked(&package.name),
        description = doc::unmarked(&package.description),
        example = example(import, modules),
    )
}

fn row(module: &Module<'_>) -> String {
    let Module {
        event,
        detail,
        file,
        ..
    } = module;
    format!(
        "- {} from {}: `{file}.{detail}`, {}\n",
        doc::code(&event.detail_type),
        doc::code(&event.source),
        doc::how_known(event)
    )
}

fn example(import: &str, modules: &[Module<'_>]) -> String {
    let Some(first) = modules.first() else {
        return String::new();
    };
    format!(
        r#"```python
from {import} import Event, is_known_event


def handler(event: Event, context: object) -> None:
    if not is_known_event(event):
        print("an event that is not documented", event["detail-type"])
    elif event["detail-type"] == {detail_type}:
        print(event["detail"])  # {detail}
```
"#,
        detail_type = quoted(&first.event.detail_type),
        detail = first.detail,
    )
}

/// `_typing.py`
pub(super) fn typing() -> String {
    stamp()
        + r#""""`NotRequired` and a `TypedDict` that pydantic can read, whatever the Python version."""

import sys

if sys.version_info >= (3, 12):
    from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict

__all__ = ["NotRequired", "TypedDict"]
"#
}

/// `envelope.py`
pub(super) fn envelope() -> String {
    stamp()
        + r#""""What all events have in common."""

from typing import Any, TypeAlias

from ._typing import NotRequired, TypedDict

Timestamp: TypeAlias = int | float | str
"""A moment, in the form the event has it: milliseconds or seconds since 1970 as a number
or as a string of digits, or RFC 3339. What is less than 100,000,000,000 is in seconds."""

# What EventBridge delivers, whatever the detail.
Envelope = TypedDict(
    "Envelope",
    {
        "version": str,
        "id": str,
        # Tells events of one source apart.
        "detail-type": str,
        # The service that sent the event, or who replayed or made it up.
        "source": str,
        "account": str,
        # RFC 3339, to seconds.
        "time": str,
        "region": str,
        # ARNs of what the event is about.
        "resources": list[str],
        # Present when the event was replayed from an archive.
        "replay-name": NotRequired[str],
        "detail": dict[str, Any],
    },
)
"#
}

/// `__init__.py`
pub(super) fn init(package: &Package, modules: &[Module<'_>]) -> String {
    let about = docstring(&[doc::plain(&package.description)], "");
    let nothing = if modules.is_empty() { "NoReturn, " } else { "" };
    format!(
        r#"{stamp}{about}
from collections.abc import Mapping
from typing import Final, {nothing}TypeAlias, TypeGuard, Union

{imports}
KnownEvent: TypeAlias = {known}
"""Every documented event; its `detail-type` tells which."""

UnknownEvent: TypeAlias = Envelope
"""Any other event."""

Event: TypeAlias = Union[KnownEvent, UnknownEvent]
"""Every event: narrow it with `is_known_event`, then by `detail-type`."""

DETAIL_TYPES: Final[frozenset[str]] = frozenset({detail_types})
"""The documented detail-types."""


def is_known_event(event: Mapping[str, object]) -> TypeGuard[KnownEvent]:
    """Whether an event has one of the documented detail-types."""
    return event["detail-type"] in DETAIL_TYPES


__all__ = [
{exports}]
"#,
        stamp = stamp(),
        imports = imports(modules),
        known = known(modules),
        detail_types = detail_types(modules),
        exports = exports(modules),
    )
}

/// Sorted by module, as ruff does.
fn imports(modules: &[Module<'_>]) -> String {
    let envelope = (
        "envelope",
        "from .envelope import Envelope, Timestamp\n".to_owned(),
    );
    let events = modules
        .iter()
        .map(|module| (module.file.as_str(), import(module)));
    let mut lines: Vec<(&str, String)> = [envelope].into_iter().chain(events).collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

fn import(module: &Module<'_>) -> String {
    let Module {
        detail,
        envelope,
        file,
        ..
    } = module;
    let flat = format!("from .{file} import {detail}, {envelope}\n");
    if fits(flat.trim_end()) {
        flat
    } else {
        format!("from .{file} import (\n    {detail},\n    {envelope},\n)\n")
    }
}

fn known(modules: &[Module<'_>]) -> String {
    if modules.is_empty() {
        return "NoReturn".to_owned();
    }
    if let [only] = modules {
        return only.envelope.clone();
    }
    let members: String = modules
        .iter()
        .map(|module| format!("    {},\n", module.envelope))
        .collect();
    format!("Union[\n{members}]")
}

fn detail_types(modules: &[Module<'_>]) -> String {
    if modules.is_empty() {
        return "()".to_owned();
    }
    let mut literals: Vec<String> = modules
        .iter()
        .map(|module| quoted(&module.event.detail_type))
        .collect();
    literals.sort();
    literals.dedup();
    let lines: String = literals
        .iter()
        .map(|literal| format!("        {literal},\n"))
        .collect();
    format!("\n    {{\n{lines}    }}\n")
}

fn exports(modules: &[Module<'_>]) -> String {
    let own = [
        "DETAIL_TYPES",
        "Envelope",
        "Event",
        "KnownEvent",
        "Timestamp",
        "UnknownEvent",
        "is_known_event",
    ];
    let events = modules
        .iter()
        .flat_map(|module| [module.detail.as_str(), module.envelope.as_str()]);
    own.into_iter()
        .chain(events)
        .map(|name| format!("    \"{name}\",\n"))
        .collect()
}
