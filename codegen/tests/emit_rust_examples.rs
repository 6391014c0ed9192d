//! A made-up model whose evidence is awkward becomes a crate: the programs of its documentation compile, and
//! do what they say.

#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_catalog::model::{
    Body, Claim, Condition, Definition, EventType, Field, KnownValue, Model, Package, Type,
    WireForm,
};
use eventbridge_codegen::{File, rust};
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_programs_show_values_that_types_take() {
    let files = rust::package(&model()).files;
    let text = |path: &str| &files.iter().find(|file| file.path == path).unwrap().text;
    let kettle = text("rust/src/kettle.rs");
    for part in [
        r#"("…")"#,
        "(Status::Boils)",
        "(3000000000i64)",
        "(-2147483649i64)",
        "(-2147483648)",
        "(1)\n",
        "(Timestamp::from_unix_millis(1704067200000))",
        "(Timestamp::from_unix_millis(1592411992203))",
        r#"assert_eq!(event.status(), Some("BOILS"));"#,
    ] {
        assert!(kettle.contains(part), "{part} is not in\n{kettle}");
    }
    let lid = text("rust/src/lid.rs");
    assert!(
        lid.contains(r#"LidStateChange::new().with_lid_status("")"#),
        "{lid}"
    );
    assert!(lid.contains(r#"assert_eq!(event.detail_type, LidStateChange::DETAIL_TYPE);"#));
    let readme = text("rust/README.md");
    assert!(
        readme.contains(r#"assert_eq!(event.name(), Some("…"));"#),
        "{readme}"
    );
    assert!(files.iter().all(|file| !file.text.contains(r#"Some("")"#)));
}

#[test]
fn the_programs_compile_and_run() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example-crate");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    write(&rust::package(&model()).files, &place);
    let place = place.join("rust");
    fs::copy(root.join("../Cargo.lock"), place.join("Cargo.lock")).unwrap();
    // It lies below the folder of a workspace that it is none of; its runtime is not published yet.
    let manifest = place.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + "\n[workspace]\n").unwrap();
    let runtime = root.join("../runtime").canonicalize().unwrap();
    let patch = format!("patch.crates-io.eventbridge-runtime.path={runtime:?}");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--doc", "--config", &patch])
        .env("CARGO_TARGET_DIR", place.join("target"))
        .current_dir(&place)
        .output()
        .unwrap();
    let [said, told] = [&output.stdout, &output.stderr].map(|out| String::from_utf8_lossy(out));
    assert!(output.status.success(), "{said}\n{told}");
    // Five of the README, one of each event.
    assert!(said.contains("7 passed"), "{said}");
}

fn write(files: &[File], folder: &Path) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

fn model() -> Model {
    Model {
        package: Package {
            name: "kitchen-events".to_owned(),
            version: "1.2.3".to_owned(),
            description: "Typed events of a kitchen that does not exist.".to_owned(),
            repository: None,
            catalogue: None,
            runtime: None,
            registry: Default::default(),
        },
        events: vec![kettle(), lid()],
    }
}

/// An event of which evidence shows what no value of its type is, or what none should show.
fn kettle() -> EventType {
    let instant = |key: &str, fact: &str| Field {
        claims: vec![Claim {
            fact: format!("kitchen.md:1: {fact}"),
            followed: true,
        }],
        ..field(key, Type::Timestamp(vec![WireForm::IntegerMillis]), None)
    };
    event(
        "Kettle",
        vec![
            field("KettleName", Type::String, Some("\"\"")),
            field(
                "KettleStatus",
                Type::Named("Status".to_owned()),
                Some("\"\""),
            ),
            field("Large", Type::Integer, Some("3000000000")),
            field("Low", Type::Integer, Some("-2147483649")),
            field("Least", Type::Integer, Some("-2147483648")),
            field("Beyond", Type::Integer, Some("15924119922030000000000")),
            instant("CreationTime", "integer-millis 15924119922030000000000"),
            instant("Since", "integer-millis 01592411992203"),
        ],
    )
}

/// An event whose status is empty when it has the field that a program sets.
fn lid() -> EventType {
    let condition = Some(Condition {
        when: "LidStatus".to_owned(),
        is: [String::new()].into(),
    });
    let reason = Field {
        required: false,
        condition,
        ..field("FailureReason", Type::String, None)
    };
    event("Lid", vec![field("LidStatus", Type::String, None), reason])
}

fn event(thing: &str, detail: Vec<Field>) -> EventType {
    let values = ["", "BOILS", "COLD"].map(|value| KnownValue {
        value: value.to_owned(),
        evidence: vec![],
    });
    EventType {
        description: None,
        documentation: None,
        source: "my.kitchen".to_owned(),
        detail_type: format!("{thing} State Change"),
        name: format!("{thing}StateChange"),
        detail,
        definitions: vec![Definition {
            description: None,
            name: "Status".to_owned(),
            paths: vec![],
            body: Body::Values(values.to_vec()),
        }]
        .into(),
        roles: vec![],
        documented: None,
        evidence: vec![],
    }
}

/// A field that every event has.
fn field(key: &str, ty: Type, example: Option<&str>) -> Field {
    Field {
        description: None,
        key: key.to_owned(),
        path: key.to_owned(),
        ty,
        required: true,
        example: example.map(str::to_owned),
        condition: None,
        evidence: vec![],
        claims: vec![],
    }
}
