//! The schema of a place in an event comes in; its shape goes out. What it calls required is not believed:
//! the registry infers that from few events.

use super::super::instant;
use super::super::shape::{Field, MAX_PATH, Position, Shape, ValueKind, Words};
use super::Source;
use super::pointer::Pointers;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Member, Node, Value};
use eventbridge_catalog::model::{Evidence, WireForm};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How deep schemas may lie in each other, references followed.
const MAX_DEPTH: usize = 64;

/// How many places an event may have: references to references multiply.
const MAX_PLACES: usize = 20_000;

/// A walk through one document.
pub(super) struct Walk<'d> {
    source: &'d Source<'d>,
    pointers: Pointers<'d>,
    /// The definitions, each with the first that is equal to it.
    equal: HashMap<&'d str, &'d str>,
    site: &'d Evidence,
    /// The references followed to where the walk stands.
    open: Vec<&'d str>,
    depth: usize,
    /// How many bytes the path of where the walk stands has.
    length: usize,
    places: usize,
    /// Where references stand that were found to close a circle.
    circles: HashSet<usize>,
    pub(super) warnings: Vec<Diagnostic>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(source: &'d Source<'d>, document: &'d Node, site: &'d Evidence) -> Self {
        Walk {
            source,
            pointers: Pointers::new(document),
            equal: equal(document),
            site,
            open: Vec::new(),
            depth: 0,
            length: 0,
            places: 0,
            circles: HashSet::new(),
            warnings: Vec::new(),
        }
    }

    /// The shape of what a schema allows under a key.
    pub(super) fn shape(&mut self, schema: &'d Node, key: &str) -> Result<Shape, Diagnostic> {
        let at = schema.span.start;
        self.places += 1;
        if self.depth >= MAX_DEPTH {
            let message = format!("schemas lie in each other more than {MAX_DEPTH} deep here");
            return Err(self.source.error(at, message));
        }
        if self.length > MAX_PATH {
            let message = format!("the path of this place has more than {MAX_PATH} bytes");
            return Err(self.source.error(at, message));
        }
        if self.places > MAX_PLACES {
            let message = format!("this schema has more than {MAX_PLACES} places");
            return Err(self.source.error(at, message));
        }
        self.depth += 1;
        let shape = match schema.get("$ref") {
            Some(reference) => self.referred(reference, key),
            None => self.plain(schema, key),
        };
        self.depth -= 1;
        shape
    }

    fn referred(&mut self, reference: &'d Node, key: &str) -> Result<Shape, Diagnostic> {
        let at = reference.span.start;
        let Some(name) = reference.as_str() else {
            return Err(self.source.error(at, "`$ref` must be a string"));
        };
        let target = self.pointers.resolve(name).map_err(|(message, help)| {
            let found = self
                .source
                .error(at, message)
                .wide(name.chars().count() + 2);
            match help {
                Some(help) => found.help(help),
                None => found,
            }
        })?;
        if self.open.contains(&name) {
            if self.circles.insert(at) {
                let message = format!("`{name}` contains itself; what lies deeper is not read");
                let circle = Diagnostic::warning(self.source.path, message);
                self.warnings.push(self.source.placed(at, circle));
            }
            return Ok(self.leaf(target, key));
        }
        self.open.push(name);
        let shape = self.shape(target, key);
        self.open.pop();
        let mut shape = shape?;
        let last = name.rsplit('/').next().unwrap_or(name);
        if let Some(first) = self
            .equal
            .get(last)
            .filter(|_| !properties(target).is_empty())
        {
            let definition = format!("{}#{first}", self.site.name);
            shape.definitions = BTreeSet::from([definition]);
        }
        Ok(shape)
    }

    fn plain(&mut self, schema: &'d Node, key: &str) -> Result<Shape, Diagnostic> {
        if !matches!(schema.value, Value::Object(_) | Value::Bool(_)) {
            let message = "expected a schema: an object such as { \"type\": \"string\" }";
            return Err(self.source.error(schema.span.start, message));
        }
        let mut shape = self.leaf(schema, key);
        if let Some(items) = schema.get("items") {
            let items = self.shape(items, key)?;
            shape.items.get_or_insert_default().join(items);
        }
        for (ordinal, member) in properties(schema).iter().enumerate() {
            let field = self.field(member, ordinal)?;
            shape.fields.insert(member.key.clone(), Box::new(field));
        }
        if let Some(values) = map_values(schema) {
            let values = self.shape(values, "")?;
            shape.values.get_or_insert_default().join(values);
        }
        for choice in ["anyOf", "oneOf", "allOf"] {
            for part in schema.get(choice).map(Node::items).unwrap_or_default() {
                shape.join(self.shape(part, key)?);
            }
        }
        Ok(shape)
    }

    fn field(&mut self, member: &'d Member, ordinal: usize) -> Result<Field, Diagnostic> {
        let own = ".".len() + member.key.len();
        self.length += own;
        let shape = self.shape(&member.node, &member.key)?;
        self.length -= own;
        Ok(Field {
            shape,
            missing: BTreeSet::new(),
            first: Position::Document(self.site.clone(), ordinal),
        })
    }

    /// What a schema says of a place without what lies in it.
    fn leaf(&self, schema: &Node, key: &str) -> Shape {
        let mut shape = Shape::default();
        for kind in kinds(schema, key) {
            shape.join(Shape::one(kind, self.site.clone(), None));
        }
        let listed = schema.get("enum").map(Node::items).unwrap_or_default();
        for value in listed.iter().filter_map(Node::as_str) {
            shape.words.join(Words::listed(value, self.site));
        }
        shape
    }
}

/// The definitions of a document that are objects, by name, each with the first that is equal to it.
fn equal(document: &Node) -> HashMap<&str, &str> {
    let components = document.get("components");
    let schemas = components.and_then(|all| all.get("schemas"));
    let all = schemas.or_else(|| document.get("definitions"));
    let mut first: HashMap<String, &str> = HashMap::new();
    let mut equal = HashMap::new();
    for member in all.map(Node::members).unwrap_or_default() {
        if !properties(&member.node).is_empty() {
            let text = json::write(&member.node);
            let name = *first.entry(text).or_insert(&member.key);
            equal.insert(member.key.as_str(), name);
        }
    }
    equal
}

fn properties(schema: &Node) -> &[Member] {
    schema
        .get("properties")
        .map(Node::members)
        .unwrap_or_default()
}

/// The schema of a map's values: of an object that names no keys of its own.
fn map_values(schema: &Node) -> Option<&Node> {
    let values = schema.get("additionalProperties")?;
    (properties(schema).is_empty() && !values.members().is_empty()).then_some(values)
}

/// The kinds of value that a schema names.
fn kinds(schema: &Node, key: &str) -> Vec<ValueKind> {
    let names: Vec<&str> = match schema.get("type") {
        Some(Node {
            value: Value::Array(names),
            ..
        }) => names.iter().filter_map(Node::as_str).collect(),
        Some(name) => name.as_str().into_iter().collect(),
        None if schema.get("properties").is_some() => vec!["object"],
        None if schema.get("items").is_some() => vec!["array"],
        None => Vec::new(),
    };
    let named = names.into_iter().filter_map(|name| kind(name, schema, key));
    let null = schema.get("nullable").map(|node| &node.value) == Some(&Value::Bool(true));
    named.chain(null.then_some(ValueKind::Null)).collect()
}

fn kind(name: &str, schema: &Node, key: &str) -> Option<ValueKind> {
    let format = schema.get("format").and_then(Node::as_str);
    match name {
        "string" if format == Some("date-time") => Some(ValueKind::Instant(WireForm::Rfc3339)),
        "string" => Some(ValueKind::Text),
        // The registry calls every number so; events write instants without a fraction.
        "number" | "integer" if instant::names_a_time(key) => {
            Some(ValueKind::Instant(WireForm::IntegerMillis))
        }
        "number" => Some(ValueKind::Number),
        "integer" => Some(ValueKind::Integer),
        "boolean" => Some(ValueKind::Boolean),
        "null" => Some(ValueKind::Null),
        "array" => Some(ValueKind::List),
        "object" if map_values(schema).is_some() => Some(ValueKind::Map),
        "object" => Some(ValueKind::Object),
        _ => None,
    }
}
