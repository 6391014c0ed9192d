//! The package and its events come in; the crate's manifest goes out, and its README, which is the first
//! page of its documentation as well.

use serde_json::Value;

use super::name::{self, EventNames};
use super::{STAMP, doc, sample};
use crate::model::{EventType, Model, Package, Type};

/// The runtime is versioned with this crate.
const RUNTIME: &str = env!("CARGO_PKG_VERSION");

/// `Cargo.toml`
pub(super) fn cargo(package: &Package) -> String {
    let [name, version, description] =
        [&package.name, &package.version, &package.description].map(|text| quoted(text));
    let documentation = quoted(&format!("https://docs.rs/{}", package.name));
    let repository = package
        .repository
        .as_ref()
        .map_or_else(String::new, |address| {
            format!("repository = {}\n", quoted(address))
        });
    format!(
        "# {STAMP}

[package]
name = {name}
version = {version}
description = {description}
edition = \"2024\"
rust-version = \"1.88\"
license = \"Apache-2.0 OR MIT\"
{repository}documentation = {documentation}
readme = \"README.md\"
categories = [\"api-bindings\", \"data-structures\"]
keywords = [\"aws\", \"eventbridge\", \"events\", \"serde\"]
include = [\"/src\", \"/README.md\", \"/LICENSE-*\"]

[package.metadata.docs.rs]
all-features = true

[features]
# A pattern builder for each event, and the engine that matches event patterns.
patterns = [\"eventbridge-runtime/pattern\"]
# Timestamps to and from the instants of these crates.
chrono = [\"eventbridge-runtime/chrono\"]
jiff = [\"eventbridge-runtime/jiff\"]
time = [\"eventbridge-runtime/time\"]

[dependencies]
eventbridge-runtime = {{ path = \"../../runtime\", version = \"{RUNTIME}\" }}
serde = {{ version = \"1\", features = [\"derive\"] }}
serde_json = \"1\"
"
    )
}

/// A string of JSON is one of TOML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// `README.md`
pub(super) fn readme(model: &Model, names: &[EventNames]) -> String {
    let package = &model.package;
    let mut text = format!(
        "# {}\n\n{}\n",
        doc::plain(&package.name),
        doc::plain(&package.description)
    );
    if let (Some(event), Some(names)) = (model.events.first(), names.first()) {
        text += &format!("\n```rust\n{}```\n", example(package, event, names));
    }
    text += KEPT;
    text += "\n| Event source | detail-type | Type |\n|---|---|---|\n";
    for (event, names) in model.events.iter().zip(names) {
        let [source, detail_type, ty] =
            [&event.source, &event.detail_type, &names.ty].map(|text| cell(text));
        text += &format!("| {source} | {detail_type} | {ty} |\n");
    }
    text + &format!("\n<!-- {STAMP} -->\n")
}

const KEPT: &str = "
Nothing that arrives is lost. Fields that are not documented are in `extra`, at every level. Status values
that are not documented are kept in the enum's `Unknown`. A detail-type that is not known, or a detail that
does not fit its type, is `Detail::Unknown` with the JSON and the reason. An event that is written again is
the JSON that was read: timestamps and numbers keep their form, and a `null` in the detail stays where it
was. A struct that is read or written without its `Event` takes `null` for absence.
";

fn cell(text: &str) -> String {
    doc::code(text).replace('|', "\\|")
}

/// A program that reads an event and looks at it.
fn example(package: &Package, event: &EventType, names: &EventNames) -> String {
    let json = serde_json::to_string_pretty(&sample::event(event)).unwrap_or_default();
    let hashes = fence(&json);
    let shown = shown(event).map_or("detail".to_owned(), |field| format!("detail.{field}"));
    format!(
        "use {krate}::{{Detail, Event}};

fn main() -> Result<(), serde_json::Error> {{
    let event: Event = serde_json::from_str(r{hashes}\"{json}\"{hashes})?;
    match &event.detail {{
        Detail::{ty}(detail) => println!(\"{{:?}}\", {shown}),
        Detail::Unknown(unknown) => println!(\"{{}}\", unknown.reason),
        _ => {{}}
    }}
    Ok(())
}}
",
        krate = package.name.replace('-', "_"),
        ty = names.ty,
    )
}

/// As many `#` as a raw string of this text needs.
fn fence(text: &str) -> String {
    let longest = text
        .split('"')
        .skip(1)
        .map(|after| after.len() - after.trim_start_matches('#').len());
    "#".repeat(longest.max().unwrap_or(0) + 1)
}

/// The first field that is always there and short.
fn shown(event: &EventType) -> Option<String> {
    let short = |ty: &Type| matches!(ty, Type::String | Type::Named(_) | Type::Timestamp(_));
    let position = event
        .detail
        .iter()
        .position(|field| field.required && short(&field.ty))?;
    name::fields(&event.detail).into_iter().nth(position)
}
