//! A made-up model with every type and every awkward name.

use super::parts::{self, list, map, named, sites};
use eventbridge_catalog::model::{
    Body, Condition, Definition, EventType, Field, Model, Package, Type, WireForm,
};

pub(crate) fn model() -> Model {
    Model {
        package: Package {
            name: "house-events".to_owned(),
            version: "1.2.3".to_owned(),
            description: "Typed events of a house that does not exist.".to_owned(),
            repository: Some("https://example.org/house".to_owned()),
            catalogue: Some("https://example.org/house/events/".to_owned()),
            runtime: None,
            registry: Default::default(),
        },
        events: vec![
            door(),
            type_by_name_alone(),
            awkward("home.garden", "House Changed", "Option"),
            awkward("home.house", "House Changed", "Event"),
            window(),
            parts::former_event("home.house", "House Kettle Boiled", "KettleBoiled"),
            long("House Sent Something That Has A Name Just So Long"),
            long("House Sent Something That Has A Name Longer Than Lines Hold"),
            long("House Sent Something"),
            long("House Sent Something Wider"),
        ],
    }
}

/// An event as a page would show it.
fn door() -> EventType {
    let values = [
        "OPEN",
        "cancelled_running",
        "Client.UserInitiated",
        "0",
        "",
        "open",
        "Unknown",
        "Self",
        "OPEN",
    ];
    EventType {
        description: Some(
            "Sent when a door is opened or shut, and when somebody tried to and could not."
                .to_owned(),
        ),
        documentation: Some("https://example.org/house.html#door".to_owned()),
        source: "home.house".to_owned(),
        detail_type: "House Door State Change".to_owned(),
        name: "DoorStateChange".to_owned(),
        detail: vec![
            Field {
                description: Some(
                    "Name of the door: where it leads, as people of the house say it.".to_owned(),
                ),
                example: Some("\"front\"".to_owned()),
                ..required("DoorName", Type::String)
            },
            required("DoorStatus", named("DoorStatus")),
            required(
                "CreationTime",
                Type::Timestamp(vec![WireForm::IntegerMillis, WireForm::Rfc3339]),
            ),
            Field {
                condition: Some(Condition {
                    when: "DoorStatus".to_owned(),
                    is: ["OPEN".to_owned()].into(),
                }),
                evidence: sites(&[
                    ("house.md", 4),
                    ("house.md", 9),
                    ("haus[1].txt", 7),
                    ("c", 1),
                    ("d", 2),
                ]),
                ..optional("FailureReason", Type::String)
            },
            optional("Locks", list(named("Lock"))),
            optional("Tags", map(Type::String)),
            optional("VolumeSizeInGB", Type::Integer),
            optional("Weight", Type::Number),
            optional("IsOpen", Type::Boolean),
            optional("Note", Type::Any),
            optional(
                "TheLongestNameThatAnyFieldOfThisHouseHasEverHad",
                named("TheLongestNameThatAnyFieldOfThisHouseHasEverHad"),
            ),
            optional("Either", Type::OneOf(vec![Type::String, Type::Integer])),
        ],
        definitions: vec![
            values_of("DoorStatus", &values),
            Definition {
                description: Some("What keeps the door shut.".to_owned()),
                name: "Lock".to_owned(),
                paths: vec!["Locks[]".to_owned(), "Locks[].Spare".to_owned()],
                body: Body::Object(vec![
                    Field {
                        path: "Locks[].KeyARNs".to_owned(),
                        ..required("KeyARNs", list(Type::String))
                    },
                    Field {
                        path: "Locks[].Turned".to_owned(),
                        ..optional("Turned", list(Type::Timestamp(vec![WireForm::FloatMillis])))
                    },
                    Field {
                        path: "Locks[].Spare".to_owned(),
                        ..optional("Spare", named("Lock"))
                    },
                    Field {
                        path: "Locks[].Maker".to_owned(),
                        ..optional("Maker", named("Maker"))
                    },
                ]),
            },
            Definition {
                description: None,
                name: "TheLongestNameThatAnyFieldOfThisHouseHasEverHad".to_owned(),
                paths: vec![],
                body: Body::Object(vec![]),
            },
            Definition {
                description: None,
                name: "Maker".to_owned(),
                paths: vec!["Locks[].Maker".to_owned()],
                body: Body::Object(vec![]),
            },
        ]
        .into(),
        roles: vec![],
        documented: None,
        evidence: sites(&[("house.md", 3), ("haus[1].txt", 30)]),
    }
}

fn type_by_name_alone() -> EventType {
    EventType {
        description: None,
        documentation: None,
        source: "home.house".to_owned(),
        detail_type: "House `Type` <Change>".to_owned(),
        name: "Type".to_owned(),
        detail: vec![],
        definitions: vec![].into(),
        roles: vec![],
        documented: None,
        evidence: vec![],
    }
}

/// Two sources have this detail-type, and both call their parts as Rust calls its own.
fn awkward(source: &str, detail_type: &str, name: &str) -> EventType {
    let parts = [
        "Vec",
        "String",
        "Box",
        "Value",
        "Default",
        "Self",
        "VPCConfig",
        "2Fast",
        "BTreeMap",
        "None",
    ];
    let keys = [
        "type",
        "source",
        "Source",
        "extra",
        "Extra",
        "build-id",
        "snapshot_id",
        "S3Uri",
        "2xx",
        "self",
        "größe",
        "名前",
        "",
        "*",
        "SupportedResponseMIMETypes",
        "MaxPayloadInMB",
        "field_1",
        "Timestamp",
        "a\"b\\c",
        "gen",
    ];
    let parts_of = |part: &&str| optional(&format!("{part}Part"), list(map(named(part))));
    EventType {
        description: None,
        documentation: None,
        source: source.to_owned(),
        detail_type: detail_type.to_owned(),
        name: name.to_owned(),
        detail: keys
            .iter()
            .map(|key| optional(key, Type::String))
            .chain(parts.iter().map(parts_of))
            .chain([
                required("RequiredAny", Type::Any),
                required("RequiredMap", map(list(Type::Any))),
                required("RequiredCount", Type::Integer),
                optional("Anything", map(Type::Any)),
            ])
            .collect(),
        definitions: parts
            .iter()
            .enumerate()
            .map(|(index, part)| match index % 2 {
                0 => values_of(part, &["a", "b"]),
                _ => Definition {
                    description: None,
                    name: (*part).to_owned(),
                    paths: vec![],
                    body: Body::Object(vec![optional("Name", Type::String)]),
                },
            })
            .collect(),
        roles: vec![],
        documented: None,
        evidence: sites(&[("odd.md", 1)]),
    }
}

/// An event whose source and detail-type need escapes.
fn window() -> EventType {
    EventType {
        description: None,
        documentation: None,
        source: "home.\"house\"".to_owned(),
        detail_type: "Window\\ Broken\n".to_owned(),
        name: "Serde".to_owned(),
        detail: vec![required("Panes", Type::Number)],
        definitions: vec![].into(),
        roles: vec![],
        documented: None,
        evidence: vec![],
    }
}

/// An event whose name is as long as its detail-type.
fn long(detail_type: &str) -> EventType {
    EventType {
        source: "home.house".to_owned(),
        detail_type: detail_type.to_owned(),
        name: detail_type.replace(' ', ""),
        ..type_by_name_alone()
    }
}

fn required(key: &str, ty: Type) -> Field {
    Field {
        required: true,
        ..optional(key, ty)
    }
}

fn optional(key: &str, ty: Type) -> Field {
    parts::field(key, ty, &[("house.md", 5)])
}

fn values_of(name: &str, values: &[&str]) -> Definition {
    parts::values(name, &[name], values, &[("house.md", 12)])
}
