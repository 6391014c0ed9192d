//! The package and its events come in; the crate's README goes out, which is the first page of its documentation as
//! well: how to add it, to read, to route, to consume, to test, then what there is.

use std::collections::BTreeMap;

use super::features::Features;
use super::manifest::krate;
use super::name::EventNames;
use super::{doc, example};
use crate::doc::wrap;
use crate::file::STAMP;
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set;

/// So wide is text.
const WIDTH: usize = 116;

/// `README.md`
pub(super) fn readme(model: &Model, names: &[EventNames], features: &Features) -> String {
    let package = &model.package;
    let [name, description] = [&package.name, &package.description].map(|text| doc::plain(text));
    let mut text = format!("# {name}\n\n{description}\n");
    if let Some(catalogue) = crate::doc::catalogue(package) {
        text += &format!("\n{catalogue}\n");
    }
    if let Some((event, names)) = example::richest(model, names) {
        text += &adding(model, features.get(&event.name));
        text += &using(&krate(package), event, names);
        text += &more(&krate(package), event, names);
    }
    text += &(evidence(model) + &brought(model, names, features) + &events(model, names, features));
    text + &format!("\n<!-- {STAMP} -->\n")
}

/// What stands in the manifest of who uses the crate.
fn adding(model: &Model, feature: Option<&str>) -> String {
    let [name, version] =
        [&model.package.name, &model.package.version].map(|text| doc::plain(text));
    let feature = feature.unwrap_or_default();
    let git = model.package.repository.as_ref().map(|address| {
        let address = doc::plain(address);
        format!("# What is not released yet: {name} = {{ git = \"{address}\" }}\n")
    });
    format!(
        "
```toml
[dependencies]
{name} = \"{version}\"
# A Lambda function that takes one kind of event compiles one kind:
# {name} = {{ version = \"{version}\", default-features = false, features = [\"{feature}\"] }}
{git}# A copy beside your crate: {name} = {{ path = \"../{name}\" }}
```
",
        git = git.unwrap_or_default()
    )
}

/// Programs, each with what is to be said of it.
fn using(krate: &str, event: &EventType, names: &EventNames) -> String {
    let shown = [
        (READING, Some(example::reading(krate, event, names))),
        (LOSSLESS, None),
        (ONE_TYPE, Some(example::one_type(krate, names))),
        (ROUTING, Some(example::routing(krate, names))),
        (CONSUMING, Some(example::consuming(krate, names))),
        (TESTS, example::making(krate, event, names)),
    ];
    let shown = shown.into_iter().map(|(says, program)| {
        let program = program.map(|text| format!("\n```rust\n{text}```\n"));
        says.to_owned() + &program.unwrap_or_default()
    });
    shown.collect()
}

const READING: &str = "
# Reading an event

`Event` finds the type of the detail by source and detail-type.
";

const LOSSLESS: &str = "
**Nothing that arrives is lost.** Members that are not documented, explicit nulls, and values of another kind
than their field's are in `extra`, at every level; status values that are not documented are in the enum's
`Unknown`; a detail-type that is not known is `Detail::Unknown`. No such thing is an error, all of it is written
back, and `Event::differences` tells it by path. Written again, an event is the JSON values that were read, and
numbers are spelled as they were.

`Event::from_slice` copies the document once, and strings are slices of that copy: `Text`, which derefs to `str`. Any of
`serde_json`'s ways does as well, at the price of one more look at the document. A document that is not JSON is an error
with byte offset and path, and so is one that is no event: neither its `source` nor its `detail-type` says anything. The
error's kind tells the two apart.

All types have in common `Event::name`, `arn`, `status` and `failure_reason`, each an `Option<&str>`, `created_at`,
`modified_at` and `tags`; the trait `Subject` gives a detail the same methods. The envelope is there as `&str` by
`detail_type()`, `source()`, `id()`, `account()` and `region()`.

**What is not typed yet** is read by its key, with `get`, which each detail, each object in one and `Event` itself have:
`event.detail.get(\"NewField\").and_then(|new| new.as_str())`. It finds typed members and others alike, so it holds when a
later version has a field of that key, where `extra` has it no more. In the same way compare a status that has no
variant by its spelling: `status == \"Quarantined\"`, or `status.is(\"Quarantined\")`. A guard of `Unknown(…)` matches no more
once there is a `Quarantined`.
";

const ONE_TYPE: &str = "
# Events of one type

Where a rule sends one kind of event and no other, `EventOf` is the payload of a handler, of `lambda_runtime`'s
`async fn handle(event: LambdaEvent<EventOf<…>>)` too. Another event is an error.
Of an `Event`, `detail` says by `as_…` or a match whether it is of a type.
";

const ROUTING: &str = "
# Routing

`LazyEvent` borrows the document, knows the envelope at once and reads the detail when it is first asked for: by its
type with `detail`, as one type with `detail_as`.
";

const CONSUMING: &str = "
# Out of queues, topics, streams and logs

`Event::from_message` reads the events in a message of SQS, SNS, Kinesis or Firehose, in a batch that Lambda or Pipes
delivers, in each other too. If anything else is in it, that is an error and no event is given: who then lets the message
go back to its queue loses nothing. `Carried::open` gives all parts one by one: `event()` reads the event in one, `path()` is
its place, and `item_id()` what `batchItemFailures` calls it, where the batch gives it an id; one without can only fail
with the whole.
";

const TESTS: &str = "
# In tests

Each type has `new`, which takes nothing, and a method `with_…` for each field; what is not set is not written. Structs
are `#[non_exhaustive]`, as a later version may know more fields. `Event::from` puts the envelope around a detail, with
source and detail-type alone; `with_id`, `with_region`, `with_account`, `with_time`, `with_resources` and the like fill it.
";

/// Rules and times, by an event's type.
fn more(krate: &str, event: &EventType, names: &EventNames) -> String {
    let ty = &names.ty;
    let program = example::matching(krate, event, names);
    // It needs a feature that is off by default.
    let program = program.map(|text| format!("\n```rust,ignore\n{text}```\n"));
    format!(
        "
# Rules

With the feature `patterns`, `{ty}::pattern()` begins an event pattern, and methods named after its fields narrow it:
they take a value, several in brackets, or what `{krate}::pattern::build` has (`prefix`, `at_least`, `exists`). Printed
(`to_string`) it is what a rule needs, and it is a matcher: `matches(&event)?` says whether EventBridge would let an event
through, a typed one, a `serde_json::Value` or the bytes of one. It is a `Result`: bytes may be no event, and a pattern may
be one that EventBridge refuses. A rule that is there as text is a `{krate}::pattern::Pattern`, by `Pattern::parse(text)`,
and has the same `matches`.
{program}
# Times

A `Timestamp` is `Copy`, is ordered by instant, and is written back as it came. `end - start` is a `SignedDuration`, which
is negative if the end comes first: `as_secs_f64()` is its seconds, `Duration::try_from` makes it the standard library's,
and `end.duration_since(start)` is that at once, or `None`. With the features {TIMES}
`Timestamp::from` takes the instants of these crates, `jiff::Timestamp::try_from(timestamp)` and
`DateTime::<Utc>::try_from(timestamp)` make them, and a `SignedDuration` is `into()` their `SignedDuration`, `TimeDelta`
and `Duration`.
",
        program = program.unwrap_or_default()
    )
}

/// Features, and the versions of the crates that they bring.
const TIMES: &str = "`jiff` (of the crate 1), `chrono` (0.4) and `time` (0.3)";

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
    format!("\n# Evidence\n\n{SAID}\n\n{items}\n{where_to}\n")
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
# Features

Events that are about the same are a feature, called as their module. All of these are on by default. Without the
others a program is smaller and compiles sooner; their events arrive as `Detail::Unknown`, whole. The crate needs serde,
`serde_json` and a small runtime, and no procedural macro.

| Feature | What it brings |
|---|---|
";

const MORE: &str = "\
| `patterns` | `pattern` of each type, a builder of event patterns, and the engine that matches them, the crate `eventbridge-patterns`; off by default |
| `chrono`, `jiff`, `time` | timestamps to and from the instants of chrono 0.4, jiff 1 and time 0.3; off by default, each brings its crate |
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
# Events

| Event source | detail-type | Type | Feature | Detail |
|---|---|---|---|---|
";

fn cell(text: &str) -> String {
    doc::code(text).replace('|', "\\|")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MORE, TIMES};

    /// Who adds one of these crates takes its newest version: it has to be said which is meant.
    #[test]
    fn versions_of_other_crates_are_those_of_the_runtime() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        for (krate, version, told) in [
            ("jiff", "1", "`jiff` (of the crate 1)"),
            ("chrono", "0.4", "`chrono` (0.4)"),
            ("time", "0.3", "`time` (0.3)"),
        ] {
            let line = format!("{krate} = {{ version = \"{version}\"");
            assert!(manifest.contains(&line), "{line}");
            assert!(TIMES.contains(told), "{TIMES}");
            assert!(MORE.contains(&format!("{krate} {version}")), "{MORE}");
        }
    }
}
