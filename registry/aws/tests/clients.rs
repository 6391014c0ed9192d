//! Other clients beside ours: the AWS command line reads what we wrote and writes what we read, SAM's code reads events
//! and test events, and all that went over the wire is what botocore's model of the API says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/loopback/mod.rs"]
mod loopback;
mod place;
#[path = "../../../codegen/tests/tools/mod.rs"]
mod tools;

use loopback::Loopback;
use place::{AWS, Place, page};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const KILNS: usize = 4;
const APPLY: [&str; 4] = ["apply", "--create-registry", "--registry", "kilns"];

/// A place whose registry has kilns, with test events of a function. A page of the registry holds fewer.
fn place() -> Place {
    let mut registry = Loopback::new();
    registry.limits.page = 3;
    let place = Place::with(registry);
    place.kilns(&page(KILNS, r#""Heat": 900,"#));
    place.done(&mut place.register(&APPLY));
    place.done(&mut place.register(&["apply", "--create-registry", "--test-events", "fire"]));
    place
}

fn program(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    folder.join(name).to_string_lossy().into_owned()
}

/// That all that was asked and answered is what the model says.
fn as_the_model_says(place: &Place, python: &tools::Python) {
    let log = place.registry.log.lock().unwrap();
    let exchanges = log.iter().filter_map(|exchange| {
        let answer = exchange.answer.as_ref()?;
        let request = &exchange.request;
        Some(json!({
            "method": request.method, "path": request.path, "query": request.query, "body": request.body,
            "status": answer.status, "answer": answer.body,
        }))
    });
    let exchanges: Vec<Value> = exchanges.collect();
    let file = place.path("exchanges.json");
    fs::write(&file, Value::from(exchanges).to_string()).unwrap();
    let said = tools::run(&mut python.python(&[&program("model.py"), &file.to_string_lossy()]));
    println!("{said}");
}

fn aws(place: &Place, python: &tools::Python, arguments: &[&str]) -> Value {
    let all = [
        &["schemas"],
        arguments,
        &["--endpoint-url", &place.url, "--output", "json"],
    ]
    .concat();
    let said = tools::run(python.module("awscli", &all).envs(AWS));
    serde_json::from_str(&said).unwrap_or_default()
}

#[test]
fn the_aws_command_line_reads_what_we_wrote_and_writes_what_we_read() {
    let Some(python) = tools::aws() else { return };
    let place = place();
    let listed = aws(
        &place,
        python,
        &["list-schemas", "--registry-name", "kilns"],
    );
    let names = listed["Schemas"].as_array().unwrap().iter();
    let names: Vec<&str> = names
        .map(|schema| schema["SchemaName"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), KILNS);
    let name = names[0];
    let described = aws(
        &place,
        python,
        &[
            "describe-schema",
            "--registry-name",
            "kilns",
            "--schema-name",
            name,
        ],
    );
    let document = place.path(&format!("generated/registry/openapi3/{name}.json"));
    assert_eq!(
        described["Content"].as_str().unwrap(),
        fs::read_to_string(document).unwrap()
    );

    place.done(&mut place.register(&["pull", "kilns", "--into", "pulled"]));
    aws(
        &place,
        python,
        &["create-registry", "--registry-name", "copies"],
    );
    for name in &names {
        let content = format!(
            "file://{}",
            place.path(&format!("pulled/kilns/{name}.json")).display()
        );
        let create = [
            "create-schema",
            "--registry-name",
            "copies",
            "--type",
            "OpenApi3",
        ];
        aws(
            &place,
            python,
            &[&create[..], &["--schema-name", name, "--content", &content]].concat(),
        );
    }
    place.done(&mut place.register(&["plan", "--check", "--registry", "copies"]));

    // And what it changes is found.
    let other = described["Content"]
        .as_str()
        .unwrap()
        .replace("FiringName", "FiringTitle");
    let update = [
        "update-schema",
        "--registry-name",
        "copies",
        "--type",
        "OpenApi3",
    ];
    aws(
        &place,
        python,
        &[&update[..], &["--schema-name", name, "--content", &other]].concat(),
    );
    let planned = place.planned(&["--registry", "copies"]);
    assert_eq!(
        planned
            .values()
            .filter(|action| *action == "update")
            .count(),
        1
    );

    // Old versions and a schema that no event is of any more go, and all on the way was as the model says.
    let copies = ["apply", "--registry", "copies", "--keep", "1"];
    place.done(&mut place.register(&copies));
    fs::remove_file(place.path(&format!("generated/registry/openapi3/{name}.json"))).unwrap();
    place.done(place.register(&copies).args(["--prune", name]));
    as_the_model_says(&place, python);
}

#[test]
fn answers_that_the_aws_command_line_saved_stand_for_the_registry() {
    let Some(python) = tools::aws() else { return };
    let place = place();
    fs::create_dir(place.path("answers")).unwrap();
    for name in place.planned(&["--registry", "kilns"]).keys() {
        let describe = [
            "describe-schema",
            "--registry-name",
            "kilns",
            "--schema-name",
            name,
        ];
        let answer = aws(&place, python, &describe);
        fs::write(
            place.path(&format!("answers/{name}.json")),
            answer.to_string(),
        )
        .unwrap();
    }
    let plan = [
        "register",
        "plan",
        "--from",
        "answers",
        "--check",
        "--registry",
        "kilns",
    ];
    place.done(&mut place.command(&plan));
}

#[test]
fn sam_reads_our_events_and_adds_to_our_test_events() {
    let Some(python) = tools::aws() else { return };
    let place = place();
    let planned = place.planned(&["--registry", "kilns"]);
    let schema = planned.keys().next().unwrap();
    let event = fs::read_dir(place.path("schemas/my.kiln")).unwrap();
    let mut names: Vec<String> = event
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let event = names
        .iter()
        .find(|name| name.contains("Event0"))
        .unwrap()
        .trim_end_matches(".json");
    let arguments = [
        &program("sam.py"),
        &place.url,
        schema,
        "my.kiln",
        "Kiln Event0 State Change",
        event,
    ];
    println!("{}", tools::run(python.python(&arguments).envs(AWS)));
    let events = place.planned(&["--test-events", "fire"]);
    assert_eq!(events["_fire-schema"], "unchanged");
    as_the_model_says(&place, python);
}
