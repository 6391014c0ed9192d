//! What an API model adds to what others know, and what it must not: a made-up service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files;
use eventbridge_learn::{Evidence, Learned, document, reading};
use serde_json::{Value, json};
use std::io::Write;
use tempfile::TempDir;

fn api() -> Value {
    let one = |shape: &str| json!({ "shape": shape, "documentation": "<p>Not kept.</p>" });
    let machines: Vec<String> = (0..33).map(|number| format!("kiln.{number}")).collect();
    json!({
        "version": "2.0",
        "metadata": { "apiVersion": "2020-02-02", "serviceId": "Kiln" },
        "operations": {},
        "shapes": {
            "DescribeKilnOutput": { "type": "structure", "required": ["KilnName"], "members": {
                "KilnName": one("Name"), "KilnStatus": one("KilnStatus"), "StartTime": one("Timestamp"),
                "Shelves": one("Count"), "Weight": one("Float"), "Gas": one("Boolean"), "Labels": one("Labels"),
                "Pots": one("Pots"), "Glaze": one("Glaze"), "Mode": one("Mode"), "Machine": one("Machine"),
                "Lid": one("Lid"), "Hidden": one("Name"), "Colour": one("Colour")
            } },
            "DescribeDoorOutput": { "type": "structure", "members": {
                "DoorStatus": one("DoorStatus"), "DoorName": one("Name")
            } },
            "KilnStatus": { "type": "string", "enum": ["InUse", "OutOfService", "Cold"] },
            "DoorStatus": { "type": "string", "enum": ["Open", "Shut"] },
            "Mode": { "type": "string", "enum": ["Slow", "Quick"] },
            "Colour": { "type": "string", "enum": ["Red", "Green"] },
            "Machine": { "type": "string", "enum": machines },
            "Glaze": { "type": "structure", "members": { "Colour": one("Colour"), "Base": one("Glaze") } },
            "Lid": { "type": "structure", "members": { "Weight": one("Float") } },
            "Pots": { "type": "list", "member": one("Pot") },
            "Pot": { "type": "structure", "members": { "PotName": one("Name"), "PotStatus": one("Mode") } },
            "Labels": { "type": "map", "key": one("Name"), "value": one("Name") },
            "Name": { "type": "string", "max": 63 }, "Timestamp": { "type": "timestamp" },
            "Count": { "type": "integer" }, "Float": { "type": "double" }, "Boolean": { "type": "boolean" }
        }
    })
}

const MIRRORS: &str = r#"{
  "service": "Kiln",
  "mirrors": [
    {
      "detail_type": "Kiln State Change",
      "shape": "DescribeKilnOutput",
      "fields": { "door.state": "DescribeDoorOutput.DoorStatus", "previousStatus": "KilnStatus" }
    }
  ]
}
"#;

const PAGE: &str = r#"Kiln state change
{ "source": "my.kiln", "detail-type": "Kiln State Change", "detail": { "kilnName": "one", "KilnStatus": "IN_USE",
"previousStatus": "COLD", "startTime": "2020-01-01T00:00:00Z", "shelves": 3, "weight": 1, "gas": true, "labels": {},
"pots": [], "glaze": {}, "mode": "mode", "machine": "kiln.1", "lid": [1], "door": { "state": "Ajar" },
"colour": "Red" } }
"#;

/// A schema set with these mirrors.
fn set(mirrors: &str) -> TempDir {
    let set = tempfile::tempdir().unwrap();
    std::fs::create_dir(set.path().join("my.kiln")).unwrap();
    std::fs::write(set.path().join("my.kiln/mirrors.json"), mirrors).unwrap();
    set
}

fn model(model: &Value) -> Evidence {
    let text = serde_json::to_string_pretty(model).unwrap();
    let found = document::read("service-2.json", &text).unwrap().unwrap();
    found.pieces.into_iter().next().unwrap()
}

fn page(text: &str) -> Evidence {
    reading::read("kiln.txt", text).unwrap().into()
}

fn learned(mirrors: &str, pieces: &[Evidence]) -> Learned {
    eventbridge_learn::learn(set(mirrors).path(), pieces)
}

fn refused(mirrors: &str, pieces: &[Evidence]) -> Diagnostic {
    let learned = learned(mirrors, pieces);
    assert!(!learned.is_sound());
    assert_eq!(learned.diagnostics.len(), 1, "{:?}", learned.diagnostics);
    learned.diagnostics.into_iter().next().unwrap()
}

fn definitions(learned: &Learned) -> Value {
    assert!(learned.is_sound(), "{:?}", learned.diagnostics);
    let schema = learned
        .changes
        .iter()
        .find(|change| change.path == "my.kiln/StateChange.json");
    let schema = schema
        .unwrap_or_else(|| panic!("{:?}", learned.events))
        .new
        .clone()
        .unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    schema["definitions"].clone()
}

fn place(problem: &Diagnostic) -> String {
    let place = problem.place.unwrap();
    format!("{}:{}", place.line, place.column)
}

#[test]
fn documented_places_get_what_the_api_says_of_them() {
    let all = definitions(&learned(MIRRORS, &[page(PAGE), model(&api())]));
    let fields = &all["StateChange"]["properties"];
    let says = |key: &str| {
        fields[key]["x-evidence"]
            .as_array()
            .unwrap()
            .last()
            .cloned()
            .unwrap()
    };
    assert_eq!(says("kilnName"), "api:DescribeKilnOutput.KilnName: string");
    assert_eq!(
        says("startTime"),
        "api:DescribeKilnOutput.StartTime: instant"
    );
    assert_eq!(says("shelves"), "api:DescribeKilnOutput.Shelves: integer");
    assert_eq!(says("weight"), "api:DescribeKilnOutput.Weight: number");
    assert_eq!(fields["shelves"]["type"], json!(["integer", "null"]));
    assert_eq!(fields["gas"]["type"], json!(["boolean", "null"]));
    assert_eq!(
        fields["labels"]["additionalProperties"],
        json!({ "type": "string" })
    );
    assert_eq!(
        fields.get("Hidden"),
        None,
        "the API adds no fields where others show some"
    );
    let pot = &all["Pot"]["properties"];
    assert_eq!(
        pot["PotName"]["x-evidence"],
        json!(["api:Pot.PotName: string"])
    );
    let without = definitions(&learned(MIRRORS, &[page(PAGE)]));
    assert_eq!(
        all["StateChange"]["required"], without["StateChange"]["required"],
        "the API makes nothing required"
    );
}

#[test]
fn an_empty_object_gets_the_structure_without_running_in_circles() {
    let all = definitions(&learned(MIRRORS, &[page(PAGE), model(&api())]));
    let glaze = &all["Glaze"]["properties"];
    assert!(glaze["Colour"].is_object());
    assert!(
        glaze["Base"].is_object()
            && all
                .get("Base")
                .is_none_or(|base| base.get("properties").is_none())
    );
}

#[test]
fn structure_that_others_deny_is_overruled() {
    let all = definitions(&learned(MIRRORS, &[page(PAGE), model(&api())]));
    let lid = &all["StateChange"]["properties"]["lid"];
    assert_eq!(lid["type"], json!(["array", "null"]));
    assert_eq!(
        lid["x-overruled"],
        json!(["api:DescribeKilnOutput.Lid: object"])
    );
    assert_eq!(all.get("Lid"), None);
}

#[test]
fn values_are_derived_in_the_spelling_of_events() {
    let all = definitions(&learned(MIRRORS, &[page(PAGE), model(&api())]));
    let values = |name: &str| all[name]["x-known-values"].clone();
    assert_eq!(
        values("Status"),
        json!(["IN_USE", "OUT_OF_SERVICE", "COLD"])
    );
    assert_eq!(
        values("Mode"),
        json!(["Slow", "Quick"]),
        "the sample's \"mode\" is a placeholder"
    );
    assert_eq!(
        values("State"),
        json!(["Open", "Shut"]),
        "nobody lists \"Ajar\""
    );
    assert_eq!(
        all["StateChange"]["properties"]["machine"]["type"],
        json!(["string", "null"])
    );
    let said = all["Status"]["x-evidence"].as_array().unwrap();
    let has = |fact: &str| said.contains(&json!(fact));
    assert!(
        has("api:KilnStatus: value OUT_OF_SERVICE (as OutOfService)"),
        "{said:?}"
    );
    assert!(has("kiln.txt:2: value IN_USE"), "{said:?}");
}

#[test]
fn documented_lists_come_first_in_their_order() {
    let listed = PAGE.replace("IN_USE", "Cold")
        + "The values forKilnStatus\nare:\n-\nGlowing\n-\nCold\n-\nInUse\nKiln cooling\nIt cools.\n"
        + "{ \"source\": \"my.kiln\", \"detail-type\": \"Kiln Cooling\", \"detail\": {} }\n";
    let reading = reading::read("kiln.txt", &listed).unwrap();
    let all = definitions(&learned(MIRRORS, &[reading.into(), model(&api())]));
    let name = all["StateChange"]["properties"]["KilnStatus"]["$ref"]
        .as_str()
        .unwrap();
    let name = name.rsplit('/').next().unwrap();
    assert_eq!(
        all[name]["x-known-values"],
        json!(["Glowing", "Cold", "InUse", "OutOfService"])
    );
}

#[test]
fn the_extract_depends_on_model_and_mirrors_alone_and_suffices() {
    let set = set(MIRRORS);
    let extract = |learned: &Learned| {
        let mut changes = learned.changes.iter();
        let found = changes.find(|change| change.path == "my.kiln/samples/api.json");
        found.and_then(|change| change.new.clone()).unwrap()
    };
    let alone = eventbridge_learn::learn(set.path(), &[model(&api())]);
    let whole = eventbridge_learn::learn(set.path(), &[page(PAGE), model(&api())]);
    assert_eq!(extract(&alone), extract(&whole));
    let text = extract(&whole);
    assert!(
        !text.contains("Not kept") && !text.contains("kiln.1\"") && text.contains("2020-02-02")
    );
    assert!(
        text.contains("DoorStatus") && !text.contains("DoorName"),
        "one member is mirrored"
    );

    files::apply(set.path(), &whole.changes).unwrap();
    let again = eventbridge_learn::learn(set.path(), &[]);
    assert!(
        again.is_sound() && again.changes.is_empty(),
        "{:?}",
        again.changes
    );
}

#[test]
fn a_compressed_model_is_the_same_model() {
    let folder = tempfile::tempdir().unwrap();
    let text = serde_json::to_string_pretty(&api()).unwrap();
    let file = folder.path().join("service-2.json.gz");
    let mut gz =
        flate2::write::GzEncoder::new(std::fs::File::create(&file).unwrap(), Default::default());
    gz.write_all(text.as_bytes()).unwrap();
    gz.finish().unwrap();
    let found = document::read_file(&file).unwrap().unwrap();
    let (Evidence::ApiModel(packed), Evidence::ApiModel(plain)) = (&found.pieces[0], model(&api()))
    else {
        panic!("{found:?}");
    };
    assert_eq!(packed.revision, plain.revision);
    assert_eq!(packed.shapes, plain.shapes);
}

#[test]
fn a_model_that_nobody_asks_for_is_refused() {
    let mut other = api();
    other["metadata"]["serviceId"] = json!("Forge");
    let problem = refused(MIRRORS, &[page(PAGE), model(&other)]);
    assert!(problem.message.contains("of Forge"), "{problem}");
    let help = problem.help.unwrap();
    assert!(
        help.contains("Kiln (") && help.contains("mirrors.json:2:14)"),
        "{help}"
    );

    let folder = tempfile::tempdir().unwrap();
    let learned = eventbridge_learn::learn(folder.path(), &[model(&other)]);
    assert!(
        learned.diagnostics[0]
            .help
            .as_ref()
            .unwrap()
            .contains("\"service\": \"Forge\"")
    );
}

#[test]
fn two_editions_of_one_model_are_refused() {
    let mut newer = api();
    newer["metadata"]["apiVersion"] = json!("2021-01-01");
    let problem = refused(MIRRORS, &[page(PAGE), model(&newer), model(&api())]);
    assert!(
        problem.message.contains("another model of Kiln"),
        "{problem}"
    );
}

#[test]
fn a_mirror_of_nothing_is_refused_with_its_place() {
    for (name, wrong, at, help) in [
        (
            "DescribeKilnOutput",
            "DescribeKilOutput",
            "6:16",
            "did you mean DescribeKilnOutput",
        ),
        (
            "Kiln State Change",
            "Kiln Change",
            "5:22",
            "did you mean Kiln State Change",
        ),
        ("door.state", "door.stat", "7:19", "did you mean door.state"),
        (
            "DescribeDoorOutput.DoorStatus",
            "DescribeDoorOutput.DorStatus",
            "7:19",
            "did you mean DoorStatus",
        ),
        (
            "\": \"KilnStatus",
            "\": \"KilStatus",
            "7:66",
            "did you mean KilnStatus",
        ),
    ] {
        let problem = refused(&MIRRORS.replace(name, wrong), &[page(PAGE), model(&api())]);
        assert_eq!(place(&problem), at, "{problem}");
        assert!(
            problem.help.as_ref().unwrap().starts_with(help),
            "{problem}"
        );
        assert!(problem.path.ends_with("my.kiln/mirrors.json"));
    }
}

#[test]
fn two_mirrors_of_one_event_are_refused() {
    let double = MIRRORS.replace(
        "\"mirrors\": [",
        "\"mirrors\": [\n    { \"detail_type\": \"Kiln State Change\", \"shape\": \"Pot\" },",
    );
    let problem = refused(&double, &[page(PAGE)]);
    assert!(problem.message.contains("in line 4 already"), "{problem}");
}

#[test]
fn a_broken_model_is_refused_with_its_place() {
    let text = serde_json::to_string_pretty(&api()).unwrap();
    let lost = text.replace("\"Boolean\": {", "\"Bool\": {");
    let problem = document::read("service-2.json", &lost).unwrap_err();
    assert!(
        problem.message.contains("no shape `Boolean`") && problem.place.is_some(),
        "{problem}"
    );
    let cut = &text[..text.len() / 2];
    let problem = document::read("service-2.json", cut).unwrap_err();
    assert!(problem.place.is_some(), "{problem}");
}

#[test]
fn a_shape_that_gives_more_fields_than_are_taken_is_told() {
    let mut api = api();
    let members = (0..2_001).map(|at| (format!("Cone{at}"), json!({ "shape": "Name" })));
    api["shapes"]["Glaze"]["members"] = Value::Object(members.collect());
    let learned = learned(MIRRORS, &[page(PAGE), model(&api)]);
    let [told] = &learned.diagnostics[..] else {
        panic!("{:?}", learned.diagnostics);
    };
    assert!(learned.is_sound());
    assert_eq!(place(told), "6:16");
    assert!(
        told.message
            .contains("`Kiln State Change` more than 2000 fields"),
        "{told}"
    );
}
