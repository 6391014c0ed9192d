//! The package and its events come in; the crate's manifest goes out, and its README, which is the first
//! page of its documentation as well.

use std::collections::BTreeMap;

use super::features::Features;
use super::name::EventNames;
use super::{doc, example};
use crate::doc::wrap;
use crate::file::STAMP;
use crate::literal::toml as quoted;
use crate::names::identifier;
use eventbridge_catalog::model::{Model, Package};
use eventbridge_catalog::schema_set;

/// So wide is text.
const WIDTH: usize = 116;

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
include = [\"/src\", \"/README.md\", \"/evidence.json\", \"/LICENSE-*\"]

[package.metadata.docs.rs]
all-features = true
rustdoc-args = [\"--cfg\", \"docsrs\"]

[features]
{groups}# A pattern builder for each event, and the engine that matches event patterns.
patterns = [\"eventbridge-runtime/patterns\"]
# Timestamps to and from the instants of these crates.
chrono = [\"eventbridge-runtime/chrono\"]
jiff = [\"eventbridge-runtime/jiff\"]
time = [\"eventbridge-runtime/time\"]

[dependencies]
eventbridge-runtime = {runtime}

[dev-dependencies]
serde_json = \"1\"
",
        groups = groups(features),
        runtime = runtime(package),
    )
}

/// The version alone, unless the set asks for a place on this disk as well.
fn runtime(package: &Package) -> String {
    let version = quoted(RUNTIME);
    match &package.runtime {
        Some(path) => format!("{{ path = {}, version = {version} }}", quoted(path)),
        None => version,
    }
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
# Types of events, by what they are about; the README tells which has which. An event whose type is off arrives
# as unknown, and is written back as it came.
";

/// `README.md`
pub(super) fn readme(model: &Model, names: &[EventNames], features: &Features) -> String {
    let package = &model.package;
    let mut text = format!(
        "# {}\n\n{}\n",
        doc::plain(&package.name),
        doc::plain(&package.description)
    );
    let richest = example::richest(model, names);
    if let Some((event, names)) = richest {
        text += &program(&example::reading(&krate(package), event, names));
    }
    text += ABOUT;
    if let Some((event, names)) = richest {
        let making = example::making(&krate(package), event, names);
        text += TESTS;
        text += &making.map_or_else(String::new, |making| program(&making));
    }
    text += &(evidence(model) + &brought(model, names, features) + &events(model, names, features));
    text + &format!("\n<!-- {STAMP} -->\n")
}

/// Where evidence stands, and how to read the places that it names.
fn evidence(model: &Model) -> String {
    let repository = match &model.package.repository {
        Some(address) => format!("[repository](<{}>)", doc::plain(address)),
        None => "repository".to_owned(),
    };
    let mut items = OTHERS.map(str::to_owned).to_vec();
    items.insert(0, page(model).unwrap_or_else(|| PAGE.to_owned()));
    let items = items.iter().map(|item| {
        let lines = wrap(item, WIDTH - 2);
        format!("- {}\n", lines.join("\n  "))
    });
    let items: String = items.collect();
    let where_to = wrap(&SCHEMAS.replace("{repository}", &repository), WIDTH).join("\n");
    format!("\n## Evidence\n\n{SAID}\n\n{items}\n{where_to}\n")
}

/// What a page's place means, by the example of one.
fn page(model: &Model) -> Option<String> {
    let places = model.events.iter().flat_map(|event| {
        let lined = event
            .evidence
            .iter()
            .filter_map(|site| Some((site, site.line?)));
        lined.map(|(site, line)| (&site.name, line, &event.source))
    });
    let (page, line, source) = places.min()?;
    let [place, file] = [
        format!("{page}:{line}"),
        format!("schemas/{}/samples/{page}.json", schema_set::folder(source)),
    ];
    let [place, file] = [place, file].map(|text| doc::code(&text));
    Some(format!(
        "{place} is line {line} of a documentation page, as it was saved under this name; {file} has the samples that \
         were read there, each with its lines."
    ))
}

const SAID: &str = "\
`evidence.json` in this package says of each event, field and value where it is known from, and what better evidence
overrules; `cargo codegen explain \"DETAIL-TYPE\" FIELD` prints it, where the schemas are. In it:";

const PAGE: &str = "A name with a number is a documentation page and a line of it.";

const OTHERS: [&str; 4] = [
    "`delivery:` and an id is an event that arrived.",
    "`registry:` and a name is the schema of the event that EventBridge's own registry has.",
    "`api:` and a shape is how the service's API describes the same thing.",
    "`list:` and a name is a list of events, which tells no more than that there is one.",
];

const SCHEMAS: &str = "\
Samples stand in the {repository}, and schemas beside them.";

/// The features, and what each brings.
fn brought(model: &Model, names: &[EventNames], features: &Features) -> String {
    let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (event, names) in model.events.iter().zip(names) {
        let feature = features.get(&event.name).unwrap_or_default();
        types.entry(feature).or_default().push(cell(&names.ty));
    }
    let rows = types
        .into_iter()
        .map(|(feature, types)| format!("| {} | {} |\n", cell(feature), types.join(", ")));
    let rows: String = rows.collect();
    format!("{FEATURES}{rows}{MORE}")
}

const FEATURES: &str = "
## Features

The crate needs serde, `serde_json` and a small runtime, and no procedural macro. Events that are about the same
are a feature. All of these are on by default; `default-features = false, features = [\"…\"]` compiles some alone,
and the others arrive as `Detail::Unknown`.

| Feature | What it brings |
|---|---|
";

const MORE: &str = "\
| `patterns` | a builder of event patterns for each type, and the engine that matches them; off by default |
| `chrono`, `jiff`, `time` | timestamps to and from the instants of these crates; off by default |
";

/// All events, with type and feature.
fn events(model: &Model, names: &[EventNames], features: &Features) -> String {
    let mut text = EVENTS.to_owned();
    for (event, names) in model.events.iter().zip(names) {
        let feature = features.get(&event.name).unwrap_or_default();
        let [source, detail_type, ty, feature] =
            [&event.source, &event.detail_type, &names.ty, feature].map(cell);
        let known = crate::doc::how_known(event);
        let known = match &event.documentation {
            Some(page) => format!("[{known}](<{page}>)"),
            None => known.to_owned(),
        };
        text += &format!("| {source} | {detail_type} | {ty} | {feature} | {known} |\n");
    }
    text
}

const EVENTS: &str = "
## Events

| Event source | detail-type | Type | Feature | Detail |
|---|---|---|---|---|
";

const ABOUT: &str = "
**Nothing that arrives is lost.** Members that are not documented, explicit nulls, and values of another kind
than their field's are in `extra`, at every level; status values that are not documented are in the enum's
`Unknown`; a detail-type that is not known is `Detail::Unknown`. No such thing is an error, all of it is written
back, and `Event::differences` tells it by path. Written again, an event is the JSON values that were read, and
numbers are spelled as they were.

**Reading.** `Event::from_slice` copies the document once, and strings are slices of that copy: `Text`, which
derefs to `str`. Any of `serde_json`'s ways does as well, at the price of one more look at the document.
`LazyEvent` borrows the document, knows the envelope at once and reads the detail when asked: for routers. A
document that is not JSON is an error with byte offset and path, and so is one that is no event: neither its
`source` nor its `detail-type` says anything. The error's kind tells the two apart.

**Out of queues, topics, streams and logs.** `Event::from_message` reads the events in a message of SQS, SNS, Kinesis
or Firehose, in a batch that Lambda or Pipes delivers, in each other too. If anything else is in it, that is an
error and no event is given: who then lets the message go back to its queue loses nothing. `Carried::open` gives
all parts one by one, each with its place and with the id for `batchItemFailures`.

**In all types alike**: `Event::name`, `arn`, `status`, `failure_reason`, `created_at`, `modified_at` and
`tags`; the trait `Subject` gives a detail the same methods.

**Of one type**, where a rule sends no other: `EventOf` of it, as the payload of a handler or with `from_slice`.
Another event is an error. `Event::try_map` with the type's `try_from` does the same later.
";

const TESTS: &str = "
**In tests**, each type has `new`, which takes what every event has. Structs are `#[non_exhaustive]`, as a later
version may know more fields: the others are set one by one. `Event::from` puts the envelope around a detail.
";

/// A program in Markdown, which the documentation tests run.
fn program(text: &str) -> String {
    format!("\n```rust\n{text}```\n")
}

/// How programs name the crate.
pub(super) fn krate(package: &Package) -> String {
    identifier(&package.name.replace('-', "_"))
}

fn cell(text: &str) -> String {
    doc::code(text).replace('|', "\\|")
}
