//! A made-up model: every type, every awkward name, two sources, and one detail-type in both.

#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod house;
mod parts;

use eventbridge_catalog::model::{
    Body, Condition, Definition, EventType, Field, Model, Package, Type, WireForm,
};
use parts::{definition, list, map, named, sites};

/// All made-up events.
pub(crate) fn model() -> Model {
    let package = Package {
        name: "demo-events".to_owned(),
        version: "0.1.0".to_owned(),
        description: "Made-up \"events\" of two sources.".to_owned(),
        repository: None,
        catalogue: None,
        runtime: None,
        registry: Default::default(),
    };
    let events = vec![
        awkward_names(),
        event(
            "aws.demo",
            "Shared Call",
            "DemoSharedCall",
            vec![required("DemoId", Type::String)],
        ),
        event(
            "aws.demo",
            "Demo Event",
            "Event",
            vec![required("EventName", Type::String)],
        ),
        event(
            "aws.demo",
            "Demo Import",
            "Import",
            vec![field("ImportName", Type::String)],
        ),
        job_state_change(),
        parts::former_event("aws.demo", "Demo Kettle Boiled", "KettleBoiled"),
        event(
            "aws.demo",
            "Demo Model State Change",
            "ModelStateChange",
            vec![],
        ),
        pipeline(),
        event(
            "aws.other",
            "Shared Call",
            "OtherSharedCall",
            vec![required("OtherId", Type::Integer)],
        ),
    ];
    Model { package, events }
}

/// An event without definitions.
pub(crate) fn event(source: &str, detail_type: &str, name: &str, detail: Vec<Field>) -> EventType {
    EventType {
        description: None,
        documentation: None,
        source: source.to_owned(),
        detail_type: detail_type.to_owned(),
        name: name.to_owned(),
        detail,
        definitions: Vec::new().into(),
        roles: Vec::new(),
        documented: None,
        evidence: sites(&[("demo.md", 3)]),
    }
}

/// A field that may be absent.
pub(crate) fn field(key: &str, ty: Type) -> Field {
    parts::field(key, ty, &[("demo.md", 4)])
}

fn required(key: &str, ty: Type) -> Field {
    Field {
        required: true,
        ..field(key, ty)
    }
}

fn values(name: &str, paths: &[&str], values: &[&str]) -> Definition {
    parts::values(name, paths, values, &[("demo.md", 9), ("other.txt", 12)])
}

fn meaning(text: &str, field: Field) -> Field {
    Field {
        description: Some(text.to_owned()),
        ..field
    }
}

fn example(text: &str, field: Field) -> Field {
    Field {
        example: Some(text.to_owned()),
        ..field
    }
}

fn present_when(when: &str, is: &str, field: Field) -> Field {
    let condition = Condition {
        when: when.to_owned(),
        is: [is.to_owned()].into(),
    };
    Field {
        condition: Some(condition),
        ..field
    }
}

fn object(name: &str, paths: &[&str], fields: Vec<Field>) -> Definition {
    definition(name, paths, Body::Object(fields))
}

fn moment() -> Type {
    Type::Timestamp(vec![WireForm::StringMillis, WireForm::Rfc3339])
}

const STATUS: &str = "How far the job has come: `Starting` at first, and `Failed` when `Limits` were reached \
                      before it had read all of its inputs.";

/// Every type, conditions, examples, and definitions four deep.
fn job_state_change() -> EventType {
    let detail = vec![
        meaning(
            "Name of the job, by which the API finds it again.",
            example("\"demo-job\"", required("JobName", Type::String)),
        ),
        meaning(
            STATUS,
            example("\"Failed\"", required("JobStatus", named("JobStatus"))),
        ),
        present_when("JobStatus", "Failed", field("FailureReason", Type::String)),
        example("3", field("Attempts", Type::Integer)),
        example("0.5", field("Ratio", Type::Number)),
        example("true", field("DryRun", Type::Boolean)),
        example("\"1583831889050\"", field("CreationTime", moment())),
        field("Tags", map(Type::String)),
        field("Anything", Type::Any),
        meaning(
            "What the job reads.",
            required("Inputs", list(named("Input"))),
        ),
        present_when(
            "JobStatus",
            "Starting",
            field("VpcConfig", named("VpcConfig")),
        ),
        required("Limits", named("VpcConfig")),
        field(
            "Mixed",
            Type::OneOf(vec![
                Type::Integer,
                Type::String,
                named("Input"),
                Type::Integer,
            ]),
        ),
        field("MixedTime", Type::OneOf(vec![moment(), Type::String])),
        field("Bag", list(Type::OneOf(vec![Type::String, Type::Number]))),
        field("Groups", map(list(named("Input")))),
        field("History", list(moment())),
        field("Statuses", list(named("JobStatus"))),
    ];
    let definitions = vec![
        Definition {
            description: Some(STATUS.to_owned()),
            ..values(
                "JobStatus",
                &["JobStatus", "Statuses[]"],
                &["Starting", "Failed", "it's \"odd\"", "back\\slash"],
            )
        },
        object(
            "Input",
            &[
                "Inputs[]",
                "Mixed",
                "Groups.a[]",
                "Groups.b[]",
                "Groups.c[]",
                "Groups.d[]",
            ],
            vec![
                field("DataSource", named("DataSource")),
                field("InputName", Type::String),
            ],
        ),
        Definition {
            description: Some("What the job reads.".to_owned()),
            ..object(
                "DataSource",
                &["Inputs[].DataSource"],
                vec![field("S3DataSource", named("S3DataSource"))],
            )
        },
        object(
            "S3DataSource",
            &["Inputs[].DataSource.S3DataSource"],
            vec![
                example("\"s3://bucket/key\"", required("S3Uri", Type::String)),
                field("Mode", named("Mode")),
            ],
        ),
        values("Mode", &["Inputs[].DataSource.S3DataSource.Mode"], &[]),
        object(
            "VpcConfig",
            &["VpcConfig", "Limits"],
            vec![field("Subnets", list(Type::String))],
        ),
    ];
    let change = event(
        "aws.demo",
        "Demo Job State Change",
        "JobStateChange",
        detail,
    );
    EventType {
        description: Some("Sent when a job begins, and when it ends.".to_owned()),
        documentation: Some("https://example.org/demo.html#job-state".to_owned()),
        definitions: definitions.into(),
        evidence: sites(&[("demo.md", 3), ("demo.md", 40)]),
        ..change
    }
}

/// Keys, values, definitions and texts that mean something in one language or another.
fn awkward_names() -> EventType {
    let end = "a */ b \"\"\" c \\ d \\\"\"\" `e`\nf";
    let detail = vec![
        example("\"build-1\"", field("build-id", Type::String)),
        field("snapshot_id", Type::String),
        field("type", Type::String),
        present_when(end, end, meaning(end, field("class", named("Event")))),
        meaning(
            "# 1. a <script> in [x](y) {@link z} @deprecated */ \"\"\" \\ `*/` `\"\"\"` `\\` `{@link` - + \u{202e}",
            field("hostile", Type::Any),
        ),
        example(end, field("S3Uri", named("str"))),
        field(
            "com.amazonaws.ecs.x",
            Type::OneOf(vec![Type::Any, Type::String]),
        ),
        field("say \"x\"", named("Any")),
        field("it's \\ a\nkey of 日本", named("Timestamp")),
        field("", Type::String),
        field("__proto", moment()),
        field("1st", list(named("Record"))),
        required("None", map(named("List"))),
        field("gone", named("Missing")),
    ];
    let definitions = vec![
        object(
            "Event",
            &["class"],
            vec![field("Event", named("str")), field("Again", named("Event"))],
        ),
        values(
            "str",
            &["S3Uri"],
            &["a", "'", "\"", "*/", "\"\"\"", "ü", "line\nbreak"],
        ),
        object(
            "Any",
            &["say \"x\""],
            vec![
                field("str", Type::String),
                field("list", list(Type::String)),
                field("Any", Type::Any),
            ],
        ),
        object("Timestamp", &[], vec![required("Timestamp", moment())]),
        object("Record", &["1st[]"], vec![field("List", named("List"))]),
        object("List", &["None.x"], vec![]),
    ];
    let odd = event(
        "aws.demo",
        "Demo Awkward-names \"and\" Such",
        "AwkwardNames",
        detail,
    );
    EventType {
        definitions: definitions.into(),
        ..odd
    }
}

/// Names too long for a line.
fn pipeline() -> EventType {
    let options = "PipelineExecutionStepOptionsOfExtraordinaryLength";
    let result = "PipelineExecutionStepOutcomeOrResult";
    let detail = vec![
        required("pipelineExecutionStepOptionsRequired", named(options)),
        field("pipelineExecutionStepOptions", named(options)),
        field("pipelineExecutionStepOptionsByName", map(named(options))),
        required(
            "pipelineExecutionStepOptionsOrResult",
            Type::OneOf(vec![named(options), named(result)]),
        ),
        field("pipelineExecutionStepOptionsList", list(named(options))),
        field(
            "pipelineExecutionStepOptionsOrElse",
            Type::OneOf(vec![named(options), Type::Boolean]),
        ),
    ];
    let definitions = vec![
        object(
            options,
            &["pipelineExecutionStepOptions"],
            vec![field("option", Type::String)],
        ),
        values(
            result,
            &["pipelineExecutionStepOptionsOrResult"],
            &["Succeeded", "Failed", "StoppedByAnOperator", "Executing"],
        ),
    ];
    let name = "PipelineExecutionStepStatusChangeOfExtraordinaryLength";
    let detail_type =
        "Demo Pipeline Execution Step Status Change Of Extraordinary Length And Then Some";
    EventType {
        definitions: definitions.into(),
        ..event("aws.demo", detail_type, name, detail)
    }
}
