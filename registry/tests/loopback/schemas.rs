//! An operation and its input come in; what registries hold is read or changed, and the answer goes out.

use super::names::registry_key;
use super::{ACCOUNT, Answer, Contents, Limits, answer, error};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const DATE: &str = "2026-03-15T16:10:09Z";

#[derive(Default)]
pub(crate) struct Schemas {
    pub(crate) registries: BTreeMap<String, BTreeMap<String, Schema>>,
}

#[derive(Clone, Default)]
pub(crate) struct Schema {
    pub(crate) kind: String,
    pub(crate) description: Option<String>,
    pub(crate) versions: Vec<(u64, String)>,
    last: u64,
    /// By the token of an update: the version that it made.
    tokens: BTreeMap<String, u64>,
}

type Query = BTreeMap<String, String>;

fn text(body: &Value, key: &str) -> String {
    body[key].as_str().unwrap_or_default().to_owned()
}

fn missing(what: &str, name: &str) -> Answer {
    error(
        404,
        "NotFoundException",
        &format!("{what} with name {name} does not exist."),
    )
}

fn bad(message: &str) -> Answer {
    error(400, "BadRequestException", message)
}

impl Schemas {
    pub(crate) fn contents(&self) -> Contents {
        let mut contents = Contents::new();
        for (registry, schemas) in &self.registries {
            for (name, schema) in schemas {
                contents.insert((registry.clone(), name.clone()), schema.versions.clone());
            }
        }
        contents
    }

    /// Puts a schema there, as somebody else would.
    pub(crate) fn put(&mut self, registry: &str, name: &str, kind: &str, content: &str) {
        let schemas = self.registries.entry(registry.to_owned()).or_default();
        let schema = schemas.entry(name.to_owned()).or_default();
        schema.kind = kind.to_owned();
        schema.add(content);
    }

    pub(super) fn carry_out(
        &mut self,
        operation: &str,
        names: &[String],
        body: &Value,
        query: &Query,
        limits: Limits,
    ) -> Answer {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match (operation, names.as_slice()) {
            ("ListRegistries", _) => self.list(query, limits),
            ("GetDiscoveredSchema", _) => discovered(),
            ("CreateRegistry", [registry]) => self.create_registry(registry, limits),
            ("DescribeRegistry", [registry]) => {
                match self.registries.get(&registry_key(registry)) {
                    Some(_) => answer(200, summary(&registry_key(registry))),
                    None => missing("Registry", registry),
                }
            }
            (_, [registry, rest @ ..]) => {
                let key = registry_key(registry);
                let Some(schemas) = self.registries.get_mut(&key) else {
                    return missing("Registry", registry);
                };
                of_registry(operation, &key, schemas, rest, body, query, limits)
            }
            _ => error(404, "UnknownOperationException", "unknown"),
        }
    }

    fn list(&self, query: &Query, limits: Limits) -> Answer {
        let local = self.registries.keys().filter(|name| !name.contains('/'));
        let all: Vec<Value> = local.map(|name| summary(name)).collect();
        page("Registries", all, query, limits)
    }

    fn create_registry(&mut self, name: &str, limits: Limits) -> Answer {
        let own = self.registries.keys().filter(|name| !name.contains('/'));
        if self.registries.contains_key(name) {
            let message = format!("Registry with name {name} already exists.");
            return error(409, "ConflictException", &message);
        }
        if own.count() >= limits.registries {
            return bad("The maximum number of registries is reached.");
        }
        self.registries.insert(name.to_owned(), BTreeMap::new());
        answer(201, summary(name))
    }
}

fn summary(registry: &str) -> Value {
    json!({
        "RegistryName": registry,
        "RegistryArn": format!("arn:aws:schemas:eu-north-1:{ACCOUNT}:registry/{registry}"),
        "tags": {},
    })
}

/// What AWS makes of a sample; SAM asks for it.
fn discovered() -> Answer {
    let content = json!({
        "openapi": "3.0.0", "info": { "version": "1.0.0", "title": "Event" }, "paths": {},
        "components": { "schemas": { "Event": { "type": "object" } } },
    });
    answer(200, json!({ "Content": content.to_string() }))
}

/// A page of a list. The token is where the next begins.
fn page(key: &str, all: Vec<Value>, query: &Query, limits: Limits) -> Answer {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let start = number("nextToken").unwrap_or_default();
    let size = number("limit").unwrap_or(limits.page).clamp(1, 100);
    let end = (start + size).min(all.len());
    let mut body = Map::new();
    body.insert(key.to_owned(), all[start.min(end)..end].to_vec().into());
    if end < all.len() {
        body.insert("NextToken".to_owned(), end.to_string().into());
    }
    answer(200, body.into())
}

fn of_registry(
    operation: &str,
    registry: &str,
    schemas: &mut BTreeMap<String, Schema>,
    names: &[&str],
    body: &Value,
    query: &Query,
    limits: Limits,
) -> Answer {
    let Some(name) = names.first().copied() else {
        return list_schemas(registry, schemas, query, limits);
    };
    if operation == "CreateSchema" {
        return create(registry, name, schemas, body, limits);
    }
    let Some(schema) = schemas.get_mut(name) else {
        return missing("Schema", name);
    };
    match operation {
        "DescribeSchema" => schema.describe(registry, name, query.get("schemaVersion")),
        "UpdateSchema" => schema.update(registry, name, body, limits),
        "ListSchemaVersions" => {
            let version = |(number, _): &(u64, String)| json!({ "SchemaArn": arn(registry, name), "SchemaName": name, "SchemaVersion": number.to_string(), "Type": schema.kind });
            let newest_first = schema.versions.iter().rev().map(version);
            page("SchemaVersions", newest_first.collect(), query, limits)
        }
        "DeleteSchemaVersion" => {
            let before = schema.versions.len();
            schema
                .versions
                .retain(|(number, _)| number.to_string() != names[1]);
            match schema.versions.len() < before {
                true => answer(204, Value::Null),
                false => missing("Schema version", names[1]),
            }
        }
        _ => {
            schemas.remove(name);
            answer(204, Value::Null)
        }
    }
}

fn arn(registry: &str, name: &str) -> String {
    format!("arn:aws:schemas:eu-north-1:{ACCOUNT}:schema/{registry}/{name}")
}

fn list_schemas(
    registry: &str,
    schemas: &BTreeMap<String, Schema>,
    query: &Query,
    limits: Limits,
) -> Answer {
    let prefix = query.get("schemaNamePrefix").cloned().unwrap_or_default();
    let chosen = schemas.iter().filter(|(name, _)| name.starts_with(&prefix));
    let all = chosen.map(|(name, schema)| {
        json!({
            "SchemaArn": arn(registry, name), "SchemaName": name, "LastModified": DATE,
            "VersionCount": schema.versions.len(), "tags": {},
        })
    });
    page("Schemas", all.collect(), query, limits)
}

/// Why an input is not taken.
fn fault(body: &Value) -> Option<Answer> {
    let content = text(body, "Content");
    if !["OpenApi3", "JSONSchemaDraft4"].contains(&text(body, "Type").as_str()) {
        return Some(bad("Type is not known."));
    }
    if !(1..=100_000).contains(&content.chars().count()) {
        return Some(bad("Content has between 1 and 100000 characters."));
    }
    if text(body, "Description").chars().count() > 256 {
        return Some(bad("Description has 256 characters at most."));
    }
    let document = serde_json::from_str::<Value>(&content);
    (!document.is_ok_and(|document| document.is_object())).then(|| bad("Content is no schema."))
}

fn create(
    registry: &str,
    name: &str,
    schemas: &mut BTreeMap<String, Schema>,
    body: &Value,
    limits: Limits,
) -> Answer {
    let sound = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    if name.len() > 385 || !name.chars().all(sound) {
        return bad("Schema name is not valid.");
    }
    if let Some(fault) = fault(body) {
        return fault;
    }
    if schemas.contains_key(name) {
        let message = format!("Schema with name {name} already exists.");
        return error(409, "ConflictException", &message);
    }
    if schemas.len() >= limits.schemas {
        return bad("The maximum number of schemas of this registry is reached.");
    }
    let mut schema = Schema {
        kind: text(body, "Type"),
        description: body["Description"].as_str().map(str::to_owned),
        ..Schema::default()
    };
    schema.add(&text(body, "Content"));
    let told = schema.told(registry, name, 1, None);
    schemas.insert(name.to_owned(), schema);
    answer(201, told)
}

impl Schema {
    fn add(&mut self, content: &str) -> u64 {
        self.last += 1;
        self.versions.push((self.last, content.to_owned()));
        self.last
    }

    fn told(&self, registry: &str, name: &str, version: u64, content: Option<&str>) -> Value {
        let mut told = json!({
            "SchemaArn": arn(registry, name), "SchemaName": name, "SchemaVersion": version.to_string(),
            "Type": self.kind, "LastModified": DATE, "VersionCreatedDate": DATE, "tags": {},
        });
        if let Some(content) = content {
            told["Content"] = content.into();
        }
        if let Some(description) = &self.description {
            told["Description"] = description.as_str().into();
        }
        told
    }

    fn describe(&self, registry: &str, name: &str, version: Option<&String>) -> Answer {
        let mut versions = self.versions.iter().rev();
        let wanted = |(number, _): &&(u64, String)| {
            version.is_none_or(|version| number.to_string() == *version)
        };
        match versions.find(wanted) {
            Some((number, content)) => {
                answer(200, self.told(registry, name, *number, Some(content)))
            }
            None => missing("Schema version", version.map_or("", |version| version)),
        }
    }

    fn update(&mut self, registry: &str, name: &str, body: &Value, limits: Limits) -> Answer {
        let token = text(body, "ClientTokenId");
        if let Some(version) = self.tokens.get(&token) {
            return answer(200, self.told(registry, name, *version, None));
        }
        if let Some(fault) = fault(body) {
            return fault;
        }
        let content = text(body, "Content");
        let newest = self.versions.last().map(|(_, content)| content.as_str());
        if newest == Some(content.as_str()) {
            return error(
                409,
                "Conflict",
                "No change since the previous version of the schema.",
            );
        }
        if self.versions.len() >= limits.versions {
            return bad("The maximum number of versions of this schema is reached.");
        }
        self.kind = text(body, "Type");
        let version = self.add(&content);
        if !token.is_empty() {
            self.tokens.insert(token, version);
        }
        answer(200, self.told(registry, name, version, None))
    }
}
