//! The registry documents of a made-up model: as committed, as their standards allow, and named as
//! the registry names its own.

mod golden;
mod made_up;
mod tools;

use eventbridge_catalog::model::{Model, Type};
use eventbridge_codegen::{STAMP, registry};
use std::fs;
use std::path::Path;

#[test]
fn the_documents_are_the_committed_ones() {
    golden::check(&registry::documents(&made_up::model()).unwrap(), "registry");
}

#[test]
fn every_file_carries_the_stamp() {
    for file in registry::documents(&made_up::model()).unwrap() {
        assert!(
            file.text.lines().take(10).any(|line| line.contains(STAMP)),
            "{}",
            file.path
        );
    }
}

#[test]
fn names_are_the_ones_the_registry_gives() {
    let cases = [
        (
            "aws.sagemaker",
            "SageMaker Training Job State Change",
            "aws.sagemaker@SageMakerTrainingJobStateChange",
        ),
        (
            "aws.events",
            "AWS API Call via CloudTrail",
            "aws.events@AWSAPICallViaCloudTrail",
        ),
        (
            "aws.ec2",
            "EC2 Instance State-change Notification",
            "aws.ec2@EC2InstanceStateChangeNotification",
        ),
        ("a/b c", "x (y): \"z\"", "a-b-c@XYZ"),
    ];
    for (source, detail_type, name) in cases {
        assert_eq!(registry::schema_name(source, detail_type), name);
    }
}

#[test]
fn names_are_those_of_the_given_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/evidence/registry");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut checked = 0;
    for entry in entries {
        let path = entry.unwrap().path();
        let document: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let event = &document["components"]["schemas"]["AWSEvent"];
        let told = |key: &str| event[key].as_str().unwrap().to_owned();
        let name = registry::schema_name(
            &told("x-amazon-events-source"),
            &told("x-amazon-events-detail-type"),
        );
        assert_eq!(
            Some(name.as_str()),
            path.file_stem().and_then(|stem| stem.to_str())
        );
        checked += 1;
    }
    assert!(checked > 0, "{} is empty", folder.display());
}

#[test]
fn two_events_never_share_a_document() {
    let twins = ["Job Done", "Job-done", "JOB DONE"]
        .map(|name| made_up::event("aws.demo", name, "Job", vec![]));
    let model = Model {
        events: twins.into(),
        ..made_up::model()
    };
    let files = registry::documents(&model).unwrap();
    let names: Vec<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("registry/openapi3/"))
        .collect();
    assert_eq!(
        names,
        [
            "aws.demo@JobDone.json",
            "aws.demo@JobDone2.json",
            "aws.demo@JOBDONE3.json"
        ]
    );
}

#[test]
fn what_the_registry_would_refuse_is_an_error() {
    let field = |number: usize| made_up::field(&format!("Field{number}"), Type::String);
    let long = made_up::event(
        "aws.demo",
        "Long Event",
        "Long",
        (0..3000).map(field).collect(),
    );
    let model = Model {
        events: vec![long],
        ..made_up::model()
    };
    let error = registry::documents(&model).unwrap_err();
    assert!(
        error.contains("`Long Event` from `aws.demo`") && error.contains("100000"),
        "{error}"
    );
}

#[test]
fn documents_keep_to_their_standards() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = tools::scratch("registry");
    golden::write(&registry::documents(&made_up::model()).unwrap(), &folder);
    fs::write(
        folder.join("check.py"),
        include_str!("programs/documents.py"),
    )
    .unwrap();
    tools::run(python.python(&["check.py"]).current_dir(folder));
}
