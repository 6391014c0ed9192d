//! Nothing comes in; a schema set goes out, and what may change in it: one row of the table each.

use eventbridge_codegen::generate::Breaks;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The events of a set, by name.
pub(crate) struct Set(BTreeMap<&'static str, Event>);

/// An event, with its fields in their order.
struct Event {
    detail_type: &'static str,
    fields: Vec<Field>,
    /// What fields refer to.
    parts: BTreeMap<&'static str, Value>,
}

struct Field {
    key: &'static str,
    schema: Value,
    required: bool,
}

/// One change of a set.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    change: fn(&mut Set),
    /// What the lock is told.
    pub(crate) breaks: Breaks,
    /// In which languages compilers tell who still uses what is gone.
    pub(crate) marks: &'static [&'static str],
}

impl Row {
    /// The set as it is after the change.
    pub(crate) fn changed(&self) -> Set {
        let mut set = Set::base();
        (self.change)(&mut set);
        set
    }

    /// Whether it needs a decision of a person, lock or not.
    pub(crate) fn is_decided(&self) -> bool {
        self.breaks != Breaks::Refused
    }
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn words(values: &[&str]) -> Value {
    json!({ "type": "string", "x-known-values": values })
}

fn part(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn required(key: &'static str, schema: Value) -> Field {
    Field {
        key,
        schema,
        required: true,
    }
}

/// A field that may be absent or null.
fn optional(key: &'static str, mut schema: Value) -> Field {
    schema = match schema["type"].as_str() {
        Some(kind) => json!({ "type": [kind, "null"] }),
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    };
    Field {
        key,
        schema,
        required: false,
    }
}

fn event(detail_type: &'static str, fields: Vec<Field>) -> Event {
    Event {
        detail_type,
        fields,
        parts: BTreeMap::new(),
    }
}

impl Set {
    /// The set before any change.
    pub(crate) fn base() -> Set {
        let instant = json!({ "format": "timestamp", "x-wire-forms": ["integer-millis"] });
        let mut state = event(
            "Kiln State Change",
            vec![
                required("KilnName", text()),
                required("KilnStatus", text()),
                required("Weight", text()),
                required("Note", text()),
                required("Colour", text()),
                required("Mood", part("KilnMood")),
                required("FiredTime", instant),
                optional("Glaze", text()),
                optional("Burner", part("Burner")),
            ],
        );
        state.parts.insert("KilnMood", words(&["Calm", "Wild"]));
        let burner =
            json!({ "type": "object", "required": ["Fuel"], "properties": { "Fuel": text() } });
        state.parts.insert("Burner", burner);
        let broken = event("Kiln Broken", vec![required("KilnName", text())]);
        Set(BTreeMap::from([
            ("KilnStateChange", state),
            ("KilnBroken", broken),
        ]))
    }

    fn state(&mut self) -> &mut Event {
        self.0.get_mut("KilnStateChange").unwrap()
    }

    /// Puts a field in the place of the one of its key, or first.
    fn put(&mut self, field: Field) {
        let fields = &mut self.state().fields;
        match fields.iter().position(|known| known.key == field.key) {
            Some(at) => fields[at] = field,
            None => fields.insert(0, field),
        }
    }

    fn field(&mut self, key: &str) -> &mut Value {
        let mut fields = self.state().fields.iter_mut();
        &mut fields.find(|field| field.key == key).unwrap().schema
    }

    /// Writes the set, whose packages are called so.
    pub(crate) fn write(&self, schemas: &Path, package: &str) {
        let folder = schemas.join("my.kiln");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, event) in &self.0 {
            fs::write(folder.join(format!("{name}.json")), event.schema(name)).unwrap();
        }
        let said = json!({ "name": package, "description": "Events of kilns." });
        fs::write(schemas.join("package.json"), said.to_string() + "\n").unwrap();
    }
}

impl Event {
    /// As text: the order of the fields is one of the things that change.
    fn schema(&self, name: &str) -> String {
        let fields = self.fields.iter();
        let fields: Vec<String> = fields
            .map(|field| format!("{:?}: {}", field.key, field.schema))
            .collect();
        let keys = self.fields.iter().filter(|field| field.required);
        let keys: Vec<&str> = keys.map(|field| field.key).collect();
        let parts = self.parts.iter();
        let parts: String = parts
            .map(|(name, schema)| format!(", {name:?}: {schema}"))
            .collect();
        let detail_type = self.detail_type;
        format!(
            r##"{{ "$schema": "http://json-schema.org/draft-07/schema#", "title": {detail_type:?}, "type": "object",
"properties": {{ "source": {{ "const": "my.kiln" }}, "detail-type": {{ "const": {detail_type:?} }},
  "detail": {{ "$ref": "#/definitions/{name}" }} }},
"x-evidence": ["kilns.md:1: event"],
"definitions": {{ {name:?}: {{ "type": "object", "required": {keys:?}, "properties": {{ {} }} }}{parts} }} }}
"##,
            fields.join(", ")
        )
    }
}

/// A change that breaks nobody where the lock is.
fn kept(name: &'static str, change: fn(&mut Set)) -> Row {
    Row {
        name,
        change,
        breaks: Breaks::Refused,
        marks: &[],
    }
}

/// A change that takes something away, which the lock keeps: compilers of these languages tell who still uses it.
fn gone(name: &'static str, change: fn(&mut Set), marks: &'static [&'static str]) -> Row {
    Row {
        marks,
        ..kept(name, change)
    }
}

/// A change that a person decides, lock or not.
fn decided(name: &'static str, change: fn(&mut Set)) -> Row {
    Row {
        name,
        change,
        breaks: Breaks::AllowedOf(vec!["Kiln State Change".to_owned()]),
        marks: &[],
    }
}

/// Each change that a page may bring.
pub(crate) fn rows() -> Vec<Row> {
    vec![
        kept("optional field added", |set| {
            set.put(optional("Cracks", json!({ "type": "integer" })));
        }),
        kept("optional object added", |set| {
            let height = json!({ "type": "object", "properties": { "Height": { "type": ["integer", "null"] } } });
            set.state().parts.insert("Chimney", height);
            set.put(optional("Chimney", part("Chimney")));
        }),
        kept("required field added", |set| {
            set.put(required("Cracks", json!({ "type": "integer" })));
        }),
        gone(
            "field removed",
            |set| {
                set.state().fields.retain(|field| field.key != "Weight");
            },
            &["rust"],
        ),
        kept("optional → required", |set| {
            set.put(required("Glaze", text()));
        }),
        decided("required → optional", |set| {
            set.put(optional("Weight", text()));
        }),
        decided("string → integer", |set| {
            set.put(required("Weight", json!({ "type": "integer" })));
        }),
        decided("string → object", |set| {
            let grams = json!({ "type": "object", "properties": { "Grams": { "type": ["integer", "null"] } } });
            set.state().parts.insert("Weight", grams);
            set.put(required("Weight", part("Weight")));
        }),
        decided("string → timestamp", |set| {
            let instant = json!({ "format": "timestamp", "x-wire-forms": ["integer-millis"] });
            set.put(required("Note", instant));
        }),
        decided("string → union", |set| {
            set.put(required("Note", json!({ "type": ["string", "integer"] })));
        }),
        kept("string → open enum", |set| {
            set.state().parts.insert("Colour", words(&["red", "blue"]));
            set.put(required("Colour", part("Colour")));
        }),
        kept("status → open enum", |set| {
            set.state()
                .parts
                .insert("KilnStatus", words(&["Lit", "Out"]));
            set.put(required("KilnStatus", part("KilnStatus")));
        }),
        kept("open enum → string", |set| {
            set.put(required("Mood", text()));
        }),
        kept("value added", |set| {
            let moods = words(&["Calm", "Sullen", "Wild"]);
            set.state().parts.insert("KilnMood", moods);
        }),
        gone(
            "value removed",
            |set| {
                set.state().parts.insert("KilnMood", words(&["Calm"]));
            },
            &["rust"],
        ),
        kept("values reordered", |set| {
            set.state()
                .parts
                .insert("KilnMood", words(&["Wild", "Calm"]));
        }),
        kept("wire form added", |set| {
            set.field("FiredTime")["x-wire-forms"] = json!(["integer-millis", "rfc3339"]);
        }),
        kept("enum renamed", |set| {
            let moods = set.state().parts.remove("KilnMood").unwrap();
            set.state().parts.insert("Temper", moods);
            set.put(required("Mood", part("Temper")));
        }),
        kept("fields reordered", |set| set.state().fields.reverse()),
        kept("event added", |set| {
            set.0.insert(
                "KilnLit",
                event("Kiln Lit", vec![required("KilnName", text())]),
            );
        }),
        gone(
            "event removed",
            |set| drop(set.0.remove("KilnBroken")),
            &["rust", "python"],
        ),
        gone(
            "event renamed",
            |set| {
                let mut event = set.0.remove("KilnBroken").unwrap();
                event.detail_type = "Kiln Smashed";
                set.0.insert("KilnSmashed", event);
            },
            &["rust", "python"],
        ),
        gone(
            "field no longer documented",
            |set| {
                set.put(optional("Weight", text()));
                set.field("Weight")["x-evidence"] = json!(["formerly:kilns.md@2020-08: string"]);
            },
            &["rust"],
        ),
    ]
}
