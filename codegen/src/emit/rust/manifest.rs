//! The package and its events come in; the crate's manifest goes out, and its README, which is the first
//! page of its documentation as well.

use serde_json::Value;

use super::features::Features;
use super::name::{self, EventNames};
use super::{STAMP, doc, sample};
use crate::model::{EventType, Model, Package, Type};

/// The runtime is versioned with this crate.
const RUNTIME: &str = env!("CARGO_PKG_VERSION");

/// `Cargo.toml`
pub(super) fn cargo(model: &Model, features: &Features) -> String {
    let package = &model.package;
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
{groups}# A pattern builder for each event, and the engine that matches event patterns.
patterns = [\"eventbridge-runtime/pattern\"]
# Timestamps to and from the instants of these crates.
chrono = [\"eventbridge-runtime/chrono\"]
jiff = [\"eventbridge-runtime/jiff\"]
time = [\"eventbridge-runtime/time\"]

[dependencies]
eventbridge-runtime = {{ path = \"../../runtime\", version = \"{RUNTIME}\" }}

[dev-dependencies]
serde_json = \"1\"
",
        groups = groups(features),
    )
}

/// A feature for each group of events, all on by default.
fn groups(features: &Features) -> String {
    let all = features.all();
    let names: String = all
        .iter()
        .map(|feature| format!("    \"{feature}\",\n"))
        .collect();
    let empty: String = all
        .iter()
        .map(|feature| format!("{feature} = []\n"))
        .collect();
    format!("{GROUPS}default = [\n{names}]\n{empty}")
}

const GROUPS: &str = "\
# Types of events, by the first word of their names. An event whose type is off arrives as unknown, and is
# written back as it came.
";

/// A string of JSON is one of TOML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// `README.md`
pub(super) fn readme(model: &Model, names: &[EventNames], features: &Features) -> String {
    let package = &model.package;
    let mut text = format!(
        "# {}\n\n{}\n",
        doc::plain(&package.name),
        doc::plain(&package.description)
    );
    if let (Some(event), Some(names)) = (model.events.first(), names.first()) {
        text += &format!("\n```rust\n{}```\n", example(package, event, names));
    }
    text += ABOUT;
    text += "\n| Event source | detail-type | Type | Feature |\n|---|---|---|---|\n";
    for (event, names) in model.events.iter().zip(names) {
        let feature = features.get(&event.name).unwrap_or_default();
        let [source, detail_type, ty, feature] =
            [&event.source, &event.detail_type, &names.ty, feature].map(cell);
        text += &format!("| {source} | {detail_type} | {ty} | {feature} |\n");
    }
    text + &format!("\n<!-- {STAMP} -->\n")
}

const ABOUT: &str = "
**Nothing that arrives is lost.** Members that are not documented, explicit nulls, and values of another kind
than their field's are in `extra`, at every level; status values that are not documented are in the enum's
`Unknown`; a detail-type that is not known is `Detail::Unknown`. No such thing is an error, all of it is written
back, and `Event::differences` tells it by path. Written again, an event is the JSON values that were read;
`Event::to_json` keeps the spelling of numbers too.

**Reading.** `Event::from_slice` copies the document once, and strings are slices of that copy: `Text`, which
derefs to `str`. Any of `serde_json`'s ways does as well, at the price of one more look at the document.
`LazyEvent` borrows the document, knows the envelope at once and reads the detail when asked: for routers. A
document that is not JSON is an error with byte offset and path.

**In all types alike**: `Event::name`, `arn`, `status`, `failure_reason`, `created_at`, `modified_at` and
`tags`.

**In tests**, each type has `new` for what every event has, `Default` for all else, and becomes an event by
`Event::from`.

**Light.** The crate needs serde, `serde_json` and a small runtime, and no procedural macro. Each group of events is
a feature, all on by default: `default-features = false, features = [\"…\"]` compiles some alone, the others
arrive as `Detail::Unknown`.
";

fn cell(text: &str) -> String {
    doc::code(text).replace('|', "\\|")
}

/// A program that reads an event and looks at it.
fn example(package: &Package, event: &EventType, names: &EventNames) -> String {
    let json = sample::event(event).to_string();
    let hashes = fence(&json);
    let shown = shown(event).map_or("detail".to_owned(), |field| format!("detail.{field}"));
    format!(
        "use {krate}::{{Detail, Event}};

let document = r{hashes}\"{json}\"{hashes};
let event = Event::from_slice(document.as_bytes())?;
match &event.detail {{
    Detail::{ty}(detail) => println!(\"{{:?}}\", {shown}),
    other => println!(\"{{other:?}}\"),
}}
assert_eq!(event.to_json().parse(), Ok(event));
# Ok::<(), {krate}::ParseError>(())
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
