//! The schemas as they stand in their files come in; random valid patterns go out, random mistakes in them, and whether a
//! pattern is one that the schemas know. Nothing here uses the catalogue or the check.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::path::Path;

pub struct Event {
    pub source: String,
    pub detail_type: String,
    pub schema: Value,
}

pub struct Schemas {
    pub events: Vec<Event>,
}

/// What a leaf of a schema holds.
#[derive(Debug, Default, Clone)]
pub struct Holds {
    pub open: bool,
    pub object: bool,
    pub string: bool,
    pub number: bool,
    pub boolean: bool,
    pub free: bool,
    pub known: Vec<String>,
    pub there: bool,
    pub always: bool,
}

impl Schemas {
    pub fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let mut events = Vec::new();
        for source in std::fs::read_dir(folder).unwrap() {
            let source = source.unwrap().path();
            if !source.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(source).unwrap() {
                let file = file.unwrap().path();
                let Ok(text) = std::fs::read_to_string(&file) else {
                    continue;
                };
                let schema: Value = serde_json::from_str(&text).unwrap();
                let constant = |key: &str| {
                    schema["properties"][key]["const"]
                        .as_str()
                        .map(str::to_owned)
                };
                if let (Some(source), Some(detail_type)) =
                    (constant("source"), constant("detail-type"))
                {
                    events.push(Event {
                        source,
                        detail_type,
                        schema,
                    });
                }
            }
        }
        events.sort_by(|one, other| one.detail_type.cmp(&other.detail_type));
        Schemas { events }
    }

    fn named(&self, detail_type: &str) -> Option<&Event> {
        self.events
            .iter()
            .find(|event| event.detail_type == detail_type)
    }
}

impl Event {
    pub fn detail(&self) -> &Value {
        &self.schema["properties"]["detail"]
    }

    fn resolved<'v>(&'v self, node: &'v Value) -> &'v Value {
        match node["$ref"]
            .as_str()
            .and_then(|name| name.strip_prefix("#/definitions/"))
        {
            Some(name) => &self.schema["definitions"][name],
            None => node,
        }
    }

    fn alternatives<'v>(&'v self, node: &'v Value) -> Vec<&'v Value> {
        let node = self.resolved(node);
        match node["anyOf"].as_array() {
            Some(all) => all
                .iter()
                .flat_map(|node| self.alternatives(node))
                .collect(),
            None => vec![node],
        }
    }

    /// What stands behind these keys.
    pub fn holds(&self, keys: &[&str]) -> Holds {
        let mut holds = Holds::default();
        self.collect(self.detail(), keys, true, &mut holds);
        holds
    }

    fn collect(&self, outer: &Value, keys: &[&str], always: bool, holds: &mut Holds) {
        for node in self.alternatives(outer) {
            let types: Vec<&str> = match &node["type"] {
                Value::String(one) => vec![one],
                Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
                _ => vec![],
            };
            if types.is_empty() {
                holds.open = true;
            }
            if types.contains(&"array") {
                self.collect(&node["items"], keys, always, holds);
            }
            if types.contains(&"object") {
                self.object(node, keys, holds);
            }
            if keys.is_empty() {
                self.scalar(node, &types, holds);
                holds.always |= always;
            }
        }
        if keys.is_empty() {
            let shown = |key: &str| outer[key].as_array().cloned().unwrap_or_default();
            let facts: Vec<Value> = [shown("x-evidence"), shown("x-overruled")].concat();
            for fact in facts
                .iter()
                .filter_map(Value::as_str)
                .filter(|fact| !fact.starts_with("api:"))
            {
                let says = fact.rsplit_once(": ").map_or("", |(_, says)| says);
                holds.number |= ["integer", "number", "float-"]
                    .iter()
                    .any(|kind| says.starts_with(kind));
                let is_text = ["string", "rfc3339"]
                    .iter()
                    .any(|kind| says.starts_with(kind));
                holds.string |= is_text;
                holds.free |= is_text && holds.known.is_empty();
            }
        }
    }

    fn object(&self, node: &Value, keys: &[&str], holds: &mut Holds) {
        let properties = node["properties"].as_object();
        match (keys, properties) {
            ([], _) => holds.object = true,
            ([_, rest @ ..], None) => match &node["additionalProperties"] {
                values @ Value::Object(_) => self.collect(values, rest, false, holds),
                _ => holds.open = true,
            },
            ([key, rest @ ..], Some(properties)) => {
                if let Some(inner) = properties.get(*key) {
                    let required = node["required"].as_array();
                    let always = required.is_some_and(|all| all.iter().any(|name| name == *key));
                    self.collect(inner, rest, always, holds);
                }
            }
        }
    }

    fn scalar(&self, node: &Value, types: &[&str], holds: &mut Holds) {
        holds.there = true;
        if node["format"] == "timestamp" {
            let is_any = node["x-wire-forms"].as_array().is_none_or(Vec::is_empty);
            holds.string |= is_any;
            holds.number |= is_any;
            holds.free |= is_any;
            for form in node["x-wire-forms"].as_array().into_iter().flatten() {
                match form.as_str().unwrap_or_default() {
                    "string-millis" | "rfc3339" => (holds.string, holds.free) = (true, true),
                    _ => holds.number = true,
                }
            }
            return;
        }
        holds.number |= types.contains(&"number") || types.contains(&"integer");
        holds.boolean |= types.contains(&"boolean");
        if types.contains(&"string") {
            holds.string = true;
            match node["x-known-values"].as_array() {
                Some(known) => holds
                    .known
                    .extend(known.iter().filter_map(Value::as_str).map(str::to_owned)),
                None => holds.free = true,
            }
        }
    }

    /// A random path to a scalar.
    fn path(&self, rng: &mut Rng) -> Option<Vec<String>> {
        let mut keys = Vec::new();
        let mut node = self.detail();
        loop {
            let all = self.alternatives(node);
            let all: Vec<&Value> = all
                .into_iter()
                .filter(|node| node["type"] != "null")
                .collect();
            if all.is_empty() {
                return None;
            }
            let chosen = all[rng.usize(..all.len())];
            if let Some(properties) = chosen["properties"]
                .as_object()
                .filter(|all| !all.is_empty())
            {
                let (key, inner) = properties.iter().nth(rng.usize(..properties.len()))?;
                keys.push(key.clone());
                node = inner;
            } else if chosen["additionalProperties"].is_object() {
                keys.push(word(rng));
                node = &chosen["additionalProperties"];
            } else if chosen["items"].is_object() {
                node = &chosen["items"];
            } else {
                let names: Vec<&str> = keys.iter().map(String::as_str).collect();
                let holds = self.holds(&names);
                return (holds.there && !holds.object).then_some(keys);
            }
        }
    }
}

fn word(rng: &mut Rng) -> String {
    (0..rng.usize(4..12)).map(|_| rng.lowercase()).collect()
}

/// Values that a field may have.
fn values(holds: &Holds, rng: &mut Rng) -> Vec<Value> {
    if rng.u8(..12) == 0 {
        return vec![json!({ "exists": true })];
    }
    if holds.string && !holds.known.is_empty() && !holds.free {
        let mut chosen = || holds.known[rng.usize(..holds.known.len())].clone();
        let (one, other) = (chosen(), chosen());
        let head: String = one.chars().take(3).collect();
        let tail: String = one.chars().skip(2).collect();
        return match rng.u8(..8) {
            0 => vec![json!({ "prefix": head })],
            1 => vec![json!({ "suffix": tail })],
            2 => vec![json!({ "anything-but": [one, other] })],
            3 => vec![json!({ "equals-ignore-case": one.to_lowercase() })],
            4 => vec![json!({ "wildcard": format!("{head}*") })],
            5 => vec![json!(one), json!(other)],
            _ => vec![json!(one)],
        };
    }
    match (holds.string, holds.number, holds.boolean) {
        (_, true, _) if rng.bool() => vec![json!({ "numeric": [">", rng.u16(..), "<=", 100_000] })],
        (_, true, _) => vec![json!(rng.u16(..)), json!(rng.u32(..))],
        (_, _, true) => vec![json!(rng.bool())],
        _ => match rng.u8(..6) {
            0 => vec![json!({ "prefix": word(rng) })],
            1 => vec![json!({ "wildcard": format!("{}*{}", word(rng), word(rng)) })],
            2 => vec![json!({ "anything-but": { "suffix": word(rng) } })],
            3 => vec![
                json!(word(rng)),
                json!(format!("arn:aws:kiln:{}", word(rng))),
            ],
            _ => vec![json!(word(rng))],
        },
    }
}

fn put(object: &mut Map<String, Value>, keys: &[String], values: Vec<Value>) {
    if let [only] = keys {
        object.entry(only.clone()).or_insert(Value::Array(values));
    } else if let [first, rest @ ..] = keys {
        let inner = object.entry(first.clone()).or_insert_with(|| json!({}));
        if let Value::Object(inner) = inner {
            put(inner, rest, values);
        }
    }
}

fn detail(event: &Event, others: &[&Event], rng: &mut Rng) -> Map<String, Value> {
    let mut detail = Map::new();
    for _ in 0..rng.usize(1..5) {
        let Some(path) = event.path(rng) else {
            continue;
        };
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let values = values(&event.holds(&names), rng);
        let fits = |other: &&Event| {
            let holds = other.holds(&names);
            holds.there && values.iter().all(|value| value_fits(&holds, value))
        };
        if others.iter().all(fits) {
            put(&mut detail, &path, values);
        }
    }
    detail
}

/// A random valid pattern.
pub fn pattern(schemas: &Schemas, rng: &mut Rng) -> Value {
    let any = |rng: &mut Rng| &schemas.events[rng.usize(..schemas.events.len())];
    let event = any(rng);
    let others: Vec<&Event> = match rng.u8(..6) {
        0 => vec![any(rng)],
        _ => vec![],
    };
    let mut pattern = Map::new();
    pattern.insert("source".to_owned(), json!([event.source]));
    let mut types = vec![event.detail_type.clone()];
    types.extend(others.iter().map(|other| other.detail_type.clone()));
    types.dedup();
    pattern.insert("detail-type".to_owned(), json!(types));
    match rng.u8(..12) {
        0 => drop(pattern.insert(
            "account".to_owned(),
            json!([format!("{:012}", rng.u32(..))]),
        )),
        1 => drop(pattern.insert("region".to_owned(), json!(["eu-west-1"]))),
        2 => drop(pattern.insert("resources".to_owned(), json!([{ "prefix": "arn:aws:" }]))),
        _ => {}
    }
    if rng.u8(..10) == 0 && others.is_empty() {
        let one = detail(event, &[], rng);
        let other = detail(event, &[], rng);
        if !one.is_empty() && !other.is_empty() {
            pattern.insert("detail".to_owned(), json!({ "$or": [one, other] }));
        }
    } else {
        let detail = detail(event, &others, rng);
        if !detail.is_empty() {
            pattern.insert("detail".to_owned(), Value::Object(detail));
        }
    }
    Value::Object(pattern)
}

/// Whether a pattern asks for nothing but what the schemas know.
pub fn is_known(schemas: &Schemas, pattern: &Value) -> bool {
    const KEYS: [&str; 10] = [
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
        "replay-name",
    ];
    let Some(object) = pattern.as_object() else {
        return false;
    };
    if object.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return false;
    }
    let texts = |key: &str| object.get(key).and_then(Value::as_array);
    let Some(types) = texts("detail-type") else {
        // What is let through is not known any more.
        return !object.contains_key("detail-type");
    };
    let Some(sources) = texts("source") else {
        return !object.contains_key("source")
            && known_detail(schemas, types, object.get("detail"));
    };
    let envelope = object
        .iter()
        .filter(|(key, _)| *key != "detail")
        .all(|(key, values)| {
            values
                .as_array()
                .is_some_and(|values| values.iter().all(|value| envelope_value(key, value)))
        });
    let is_source = |value: &Value| schemas.events.iter().any(|event| *value == event.source);
    envelope && sources.iter().all(is_source) && known_detail(schemas, types, object.get("detail"))
}

fn envelope_value(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) if key == "account" => {
            text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => false,
        _ => true,
    }
}

fn known_detail(schemas: &Schemas, types: &[Value], detail: Option<&Value>) -> bool {
    let events: Vec<Option<&Event>> = types
        .iter()
        .map(|name| name.as_str().and_then(|name| schemas.named(name)))
        .collect();
    let known: Vec<&Event> = events.iter().flatten().copied().collect();
    known.len() == events.len() && detail.is_none_or(|detail| fits(&known, detail, &mut Vec::new()))
}

fn fits<'v>(events: &[&Event], node: &'v Value, path: &mut Vec<&'v str>) -> bool {
    match node {
        Value::Object(members) => members
            .iter()
            .all(|(key, inner)| match (key.as_str(), inner) {
                ("$or", Value::Array(items)) => items.iter().all(|item| fits(events, item, path)),
                _ => {
                    path.push(key);
                    let fits = fits(events, inner, path);
                    path.pop();
                    fits
                }
            }),
        Value::Array(items) => events.iter().all(|event| {
            let holds = event.holds(path);
            holds.open
                || holds.there && items.iter().all(|item| value_fits(&holds, item))
                || holds.object && items.iter().all(Value::is_null)
        }),
        _ => false,
    }
}

fn value_fits(holds: &Holds, item: &Value) -> bool {
    let known =
        |takes: &dyn Fn(&str) -> bool| holds.free || holds.known.iter().any(|value| takes(value));
    match item {
        Value::Null => !holds.always,
        Value::Bool(_) => holds.boolean,
        Value::Number(_) => holds.number,
        Value::String(text) => holds.string && known(&|value| value == text),
        Value::Object(operator) => {
            operator
                .iter()
                .all(|(name, operand)| match (name.as_str(), operand) {
                    ("exists", _) => holds.string || holds.number || holds.boolean,
                    ("numeric", _) => holds.number,
                    ("anything-but", Value::Array(items)) => {
                        items.iter().all(|item| value_fits(holds, item))
                    }
                    ("anything-but", Value::Object(_)) => {
                        holds.string && (holds.free || value_fits(holds, operand))
                    }
                    ("anything-but", item) => value_fits(holds, item),
                    ("prefix", Value::String(text)) => {
                        holds.string && known(&|value| value.starts_with(text))
                    }
                    ("suffix", Value::String(text)) => {
                        holds.string && known(&|value| value.ends_with(text))
                    }
                    ("equals-ignore-case", Value::String(text)) => {
                        holds.string && known(&|value| value.eq_ignore_ascii_case(text))
                    }
                    ("wildcard", Value::String(text)) => {
                        let head = text.split('*').next().unwrap_or_default();
                        holds.string && known(&|value| value.starts_with(head))
                    }
                    _ => false,
                })
        }
        Value::Array(_) => false,
    }
}

/// A random mistake of one step.
pub fn mistake(pattern: &Value, rng: &mut Rng) -> Value {
    let mut changed = pattern.clone();
    let mut places = Vec::new();
    collect(pattern, &mut String::new(), &mut places);
    let place = places[rng.usize(..places.len())].clone();
    match rng.u8(..4) {
        0 | 1 => rename(&mut changed, &place, rng),
        2 => moved(&mut changed, &place, &places, rng),
        _ => retype(&mut changed, &place),
    }
    changed
}

/// The pointers of all members and values.
fn collect(node: &Value, path: &mut String, places: &mut Vec<String>) {
    let length = path.len();
    let mut inner = |key: &str, node: &Value, path: &mut String| {
        path.push('/');
        path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        places.push(path.clone());
        collect(node, path, places);
        path.truncate(length);
    };
    match node {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, node)| inner(key, node, path)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, node)| inner(&at.to_string(), node, path)),
        _ => {}
    }
}

fn misspelt(word: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.is_empty() {
        return word.to_owned();
    }
    let at = rng.usize(..letters.len());
    if rng.bool() {
        letters.remove(at);
    } else if letters[at].is_lowercase() {
        letters[at] = letters[at].to_ascii_uppercase();
    } else {
        letters[at] = letters[at].to_ascii_lowercase();
    }
    letters.into_iter().collect()
}

fn split(place: &str) -> (&str, String) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    (parent, key.replace("~1", "/").replace("~0", "~"))
}

fn rename(pattern: &mut Value, place: &str, rng: &mut Rng) {
    if let Some(Value::String(text)) = pattern.pointer_mut(place) {
        *text = misspelt(text, rng);
        return;
    }
    let (parent, key) = split(place);
    if let Some(Value::Object(members)) = pattern.pointer_mut(parent)
        && let Some(value) = members.remove(&key)
    {
        members.insert(misspelt(&key, rng), value);
    }
}

fn moved(pattern: &mut Value, place: &str, places: &[String], rng: &mut Rng) {
    let (parent, key) = split(place);
    let targets: Vec<&str> = std::iter::once("")
        .chain(places.iter().map(String::as_str))
        .filter(|target| {
            *target != parent && !format!("{target}/").starts_with(&format!("{place}/"))
        })
        .filter(|target| {
            let last = target.rsplit('/').next().unwrap_or_default();
            let is_field_object = last.parse::<usize>().is_err();
            is_field_object && pattern.pointer(target).is_some_and(Value::is_object)
        })
        .collect();
    if targets.is_empty() {
        return;
    }
    let target = targets[rng.usize(..targets.len())].to_owned();
    if !pattern.pointer(parent).is_some_and(Value::is_object) {
        return;
    }
    let Some(Value::Object(members)) = pattern.pointer_mut(parent) else {
        return;
    };
    let Some(value) = members.remove(&key) else {
        return;
    };
    if let Some(Value::Object(members)) = pattern.pointer_mut(&target) {
        members.entry(key).or_insert(value);
    }
}

fn retype(pattern: &mut Value, place: &str) {
    let Some(value) = pattern.pointer_mut(place) else {
        return;
    };
    *value = match value {
        Value::String(text) if text.parse::<f64>().is_ok() => json!(text.parse::<f64>().unwrap()),
        Value::String(_) => json!(5),
        Value::Number(number) => json!(number.to_string()),
        Value::Bool(flag) => json!(flag.to_string()),
        Value::Array(items) if items.len() == 1 => items[0].clone(),
        Value::Object(_) | Value::Array(_) | Value::Null => json!([value.clone()]),
    };
}
