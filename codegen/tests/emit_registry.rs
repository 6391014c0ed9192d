//! The registry documents of a made-up model: as committed, as their standards allow, and named as
//! the registry names its own.

#![allow(clippy::unwrap_used, reason = "tests")]

mod golden;
mod made_up;
mod tools;

use eventbridge_catalog::json::compact;
use eventbridge_catalog::model::{
    Body, Claim, Definition, EventType, Evidence, Field, Model, Type, WireForm,
};
use eventbridge_codegen::STAMP;
use eventbridge_codegen::registry::{self, Dialect};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn the_documents_are_the_committed_ones() {
    golden::check(&registry::files(&made_up::model()).files, "registry");
}

#[test]
fn every_file_carries_the_stamp() {
    for file in registry::files(&made_up::model()).files {
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
    let twins = |names: [&str; 3]| {
        let events = names.map(|name| made_up::event("aws.demo", name, "Job", vec![]));
        let model = Model {
            events: events.into(),
            ..made_up::model()
        };
        let named = registry::named(&model).into_iter();
        let mut named: Vec<_> = named
            .map(|(name, event)| (event.detail_type.clone(), name))
            .collect();
        named.sort();
        named
    };
    let names = twins(["Job Done", "Job-done", "JOB DONE"]);
    let expected = [
        ("JOB DONE", "aws.demo@JOBDONE"),
        ("Job Done", "aws.demo@JobDone2"),
        ("Job-done", "aws.demo@JobDone3"),
    ];
    assert_eq!(
        names,
        expected.map(|(event, name)| (event.to_owned(), name.to_owned()))
    );
    assert_eq!(names, twins(["JOB DONE", "Job-done", "Job Done"]));
}

#[test]
fn what_the_registry_would_refuse_is_told_and_all_else_is_there() {
    let field = |number: usize| made_up::field(&format!("Field{number}"), Type::String);
    let long = made_up::event(
        "aws.demo",
        "Long Event",
        "Long",
        (0..3000).map(field).collect(),
    );
    let model = Model {
        events: [made_up::model().events, vec![long]].concat(),
        ..made_up::model()
    };
    let emitted = registry::files(&model);
    assert_eq!(emitted.files, registry::files(&made_up::model()).files);
    for (told, dialect) in emitted.unsaid.iter().zip(["openapi3", "jsonschema-draft4"]) {
        assert_eq!(told.detail_type, "Long Event");
        let message = &told.message;
        assert!(
            message.contains(dialect) && message.contains("takes 100000"),
            "{message}"
        );
    }
}

/// A model as another edition of its pages gives it: the same events, met elsewhere and in another order, with other
/// samples.
fn another_edition(model: &Model) -> Model {
    let fields = |fields: &[Field]| -> Vec<Field> {
        let elsewhere = |field: &Field| Field {
            example: Some("\"other\"".to_owned()),
            evidence: vec![Evidence::page("later.md", 77)],
            claims: vec![Claim {
                fact: "later.md:77: named in prose".to_owned(),
                followed: true,
            }],
            ..field.clone()
        };
        fields.iter().rev().map(elsewhere).collect()
    };
    let body = |body: &Body| match body {
        Body::Object(inner) => Body::Object(fields(inner)),
        Body::Values(values) => Body::Values(values.iter().rev().cloned().collect()),
    };
    let event = |event: &EventType| EventType {
        detail: fields(&event.detail),
        definitions: event
            .definitions
            .iter()
            .rev()
            .map(|definition| Definition {
                body: body(&definition.body),
                ..definition.clone()
            })
            .collect(),
        evidence: vec![Evidence::page("later.md", 70)],
        ..event.clone()
    };
    Model {
        events: model.events.iter().map(event).collect(),
        ..model.clone()
    }
}

#[test]
fn documents_change_only_when_their_events_do() {
    // Each field has evidence: without any, somebody wrote the schema, and is believed.
    let model = another_edition(&made_up::model());
    let before = registry::files(&model);
    let after = registry::files(&another_edition(&model));
    for (before, after) in before.files.iter().zip(&after.files) {
        assert_eq!(before.text, after.text, "{}", before.path);
    }
    assert_eq!(before, after);
}

/// The schema of the one field of an event, in the document of a dialect, with what it refers to.
fn field_schema(field: Field, dialect: Dialect) -> String {
    let model = Model {
        events: vec![made_up::event("my.kiln", "Kiln Lit", "Lit", vec![field])],
        ..made_up::model()
    };
    let (documents, unsaid) = registry::documents(&model);
    assert_eq!(unsaid, []);
    let found = documents.iter().find(|found| found.dialect == dialect);
    let text = compact(&found.unwrap().content);
    let of_detail = text.split("\"The detail of `Kiln Lit`.\"").nth(1).unwrap();
    of_detail.replace(",\"additionalProperties\":true", "")
}

fn claimed(ty: Type, facts: &[&str]) -> Field {
    let claim = |fact: &&str| Claim {
        fact: fact.trim_start_matches('!').to_owned(),
        followed: !fact.starts_with('!'),
    };
    Field {
        claims: facts.iter().map(claim).collect(),
        ..made_up::field("Heat", ty)
    }
}

#[test]
fn bindings_take_what_arrived_before_what_is_written() {
    let map = || Type::Map(Box::new(Type::String));
    let either = || Type::OneOf(vec![map(), Type::List(Box::new(Type::String))]);
    let told = ["kiln.md:1: object", "api:Kiln.Heat: list"];
    let inferred = ["registry:my.kiln@KilnLit: list"];
    let both = ["delivery:1: object", "registry:my.kiln@KilnLit: list"];
    let seen = field_schema(claimed(either(), &both), Dialect::OpenApi3);
    assert!(seen.contains(r#""Heat":{"$ref":"#), "{seen}");
    let alone = field_schema(claimed(either(), &inferred), Dialect::OpenApi3);
    assert!(alone.contains(r#""Heat":{"$ref":"#), "{alone}");
    let open = field_schema(claimed(either(), &told), Dialect::OpenApi3);
    assert!(open.contains(r#""Heat":{"title":"Heat","description":"Events hold an object with any keys or a list here"#), "{open}");
    let arrived = [&told[..], &["delivery:1: object"]].concat();
    let decided = field_schema(claimed(either(), &arrived), Dialect::OpenApi3);
    assert!(
        decided.contains(
            r#""Heat":{"type":"object","nullable":true,"additionalProperties":{"type":"string"}}"#
        ),
        "{decided}"
    );
}

#[test]
fn instants_are_bound_as_events_write_them() {
    let timestamp = |facts: &[&str], forms: &[WireForm]| {
        field_schema(
            claimed(Type::Timestamp(forms.to_vec()), facts),
            Dialect::OpenApi3,
        )
    };
    let (whole, rfc3339) = ([WireForm::IntegerMillis], [WireForm::Rfc3339]);
    let int64 =
        r#""Timestamp":{"title":"Timestamp","type":"integer","nullable":true,"format":"int64""#;
    let text =
        r#""TimestampText":{"title":"TimestampText","type":"string","nullable":true,"description""#;
    let open = r#""TimestampAny":{"title":"TimestampAny","description""#;
    let double = r#""TimestampNumber":{"title":"TimestampNumber","type":"number","nullable":true,"format":"double""#;
    let cases: [(&[&str], &[WireForm], &str); 8] = [
        (&["kiln.md:1: integer-millis 7"], &whole, int64),
        (
            &["registry:k: integer-millis", "!kiln.md:1: string-millis 7"],
            &whole,
            int64,
        ),
        (
            &["kiln.md:1: float-millis 7.0"],
            &[WireForm::FloatMillis],
            double,
        ),
        (&["kiln.md:1: rfc3339 2026-01-01T00:00:00Z"], &rfc3339, open),
        (
            &[
                "kiln.md:1: rfc3339 2026-01-01T00:00:00Z",
                "!registry:k: integer-millis",
            ],
            &rfc3339,
            open,
        ),
        (
            &[
                "kiln.md:1: rfc3339 2026-01-01T00:00:00Z",
                "!registry:k: string",
            ],
            &rfc3339,
            text,
        ),
        (
            &["delivery:1: rfc3339", "!registry:k: integer-millis"],
            &rfc3339,
            text,
        ),
        (
            &["delivery:1: integer-millis", "!kiln.md:1: float-millis 7.0"],
            &whole,
            double,
        ),
    ];
    for (facts, forms, expected) in cases {
        let schema = timestamp(facts, forms);
        assert!(schema.contains(expected), "{facts:?}: {schema}");
    }
}

#[test]
fn validation_takes_what_was_overruled() {
    let facts = [
        "delivery:1: integer",
        "!kiln.md:1: string 7",
        "!kiln.md:4: boolean true",
    ];
    let schema = field_schema(claimed(Type::Integer, &facts), Dialect::JsonSchemaDraft4);
    let expected = r#""Heat":{"anyOf":[{"type":"number"},{"type":"string"},{"type":"boolean"},{"type":"null"}]}"#;
    assert!(schema.contains(expected), "{schema}");
}

#[test]
fn enums_are_closed_where_a_set_asks() {
    let mut model = made_up::model();
    model.package.registry.closed_enums = true;
    let (documents, _) = registry::documents(&model);
    let job = documents
        .iter()
        .filter(|found| found.event.name == "JobStateChange");
    for document in job {
        let text = compact(&document.content);
        let closed = r#"At `JobStatus`, `Statuses[]`.","enum":["Failed","Starting","back\\slash","it's \"odd\""]"#;
        assert!(text.contains(closed), "{text}");
        assert!(!text.contains("Known values"), "{text}");
    }
}

#[test]
fn templates_stay_small_and_schemas_move_into_a_new_one_alone() {
    let event = |number: usize| {
        let fields = (0..60).map(|field| made_up::field(&format!("Field{field}"), Type::String));
        let (long, short) = (format!("Kiln Number {number} Lit"), format!("Lit{number}"));
        made_up::event("my.kiln", &long, &short, fields.collect())
    };
    let templates = |events: usize| -> BTreeMap<String, String> {
        let model = Model {
            events: (0..events).map(event).collect(),
            ..made_up::model()
        };
        let files = registry::files(&model).files.into_iter();
        let yaml = files.filter(|file| file.path.contains("cloudformation/openapi3"));
        yaml.map(|file| (file.path, file.text)).collect()
    };
    let place = |templates: &BTreeMap<String, String>, number: usize| {
        let line = format!("  Lit{number}:\n");
        let mut holds = templates.iter().filter(|(_, text)| text.contains(&line));
        let (path, _) = holds.next().unwrap();
        assert!(holds.next().is_none(), "{line} stands twice");
        path.clone()
    };
    let few = templates(60);
    assert!(few.len() > 2 && few.values().all(|text| text.len() <= 51_200));
    for more in [templates(61), templates(90)] {
        let moved = (0..60).filter(|number| place(&few, *number) != place(&more, *number));
        let moved: Vec<usize> = moved.collect();
        assert!(more.len() > few.len() || moved.is_empty());
        for number in moved {
            assert!(!few.contains_key(&place(&more, number)), "{number}");
        }
    }
    let schemas = few
        .values()
        .map(|text| text.matches("AWS::EventSchemas::Schema").count());
    let waits = few
        .values()
        .map(|text| text.matches("DependsOn: Lit").count());
    let expected: usize = schemas.map(|all| all.saturating_sub(5)).sum();
    assert_eq!(waits.sum::<usize>(), expected, "five are written at once");
}

#[test]
fn terraform_reads_its_files() {
    let files = registry::files(&made_up::model()).files;
    let terraform = files.iter().filter(|file| file.path.ends_with(".tf"));
    let read = terraform.map(|file| file.text.parse::<hcl_edit::structure::Body>().unwrap());
    let blocks: Vec<String> = read
        .flat_map(|body| body.into_blocks())
        .map(|block| block.ident.to_string())
        .collect();
    assert_eq!(blocks.iter().filter(|block| *block == "import").count(), 1);
    assert_eq!(
        blocks.iter().filter(|block| *block == "resource").count(),
        2
    );
}

#[test]
fn documents_keep_to_their_standards() {
    let Some(python) = tools::python() else {
        return;
    };
    let folder = tools::scratch("registry");
    golden::write(&registry::files(&made_up::model()).files, &folder);
    fs::write(
        folder.join("check.py"),
        include_str!("programs/documents.py"),
    )
    .unwrap();
    tools::run(python.python(&["check.py"]).current_dir(folder));
}
