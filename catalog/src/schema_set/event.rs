//! The schema of one event comes in, the [`EventType`] that emitters read goes out; what an emitter could
//! not say is refused, with its place.

mod meaning;
mod types;

use super::fact::Fact;
use crate::diagnostic::Diagnostic;
use crate::json::{self, Member, Node};
use crate::model::{
    Body, Claim, Condition, Definition, EventType, Evidence, Field, KnownValue, Type,
};
use crate::path;
use crate::text::Lines;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Reads the schema of one event. `path` is for messages; `name` and `source` are what the file's place
/// in the set says.
///
/// # Errors
///
/// The first thing in it that no emitter could say.
pub(super) fn event(
    path: &str,
    text: &str,
    name: &str,
    source: &str,
) -> Result<EventType, Diagnostic> {
    let lines = Lines::new(text);
    let schema = json::read_strict(text)
        .map_err(|error| Diagnostic::error(path, error.message).at(lines.place(error.at)))?;
    let definitions = schema.get("definitions").map(Node::members);
    let definitions = definitions.unwrap_or_default();
    let reader = Reader {
        path,
        lines,
        schema: &schema,
        definitions,
        by_name: by_name(definitions),
    };
    reader.event(name, source)
}

/// In how many places the definitions of one event may be used.
const MAX_PLACES: usize = 100_000;

struct Reader<'t> {
    path: &'t str,
    lines: Lines<'t>,
    schema: &'t Node,
    definitions: &'t [Member],
    by_name: HashMap<&'t str, &'t Member>,
}

/// Of definitions with one name the first counts.
fn by_name(definitions: &[Member]) -> HashMap<&str, &Member> {
    let named = definitions.iter().rev();
    named.map(|member| (member.key.as_str(), member)).collect()
}

impl<'t> Reader<'t> {
    fn event(&self, name: &str, source: &str) -> Result<EventType, Diagnostic> {
        let properties = self.need(self.schema, "properties")?;
        let said = self.constant(properties, "source")?;
        if said != source {
            let message =
                format!("the source is `{said}`, but the file stands in the folder of `{source}`");
            return Err(self
                .error(properties, message)
                .help("move the file, or correct the source"));
        }
        let detail = self.need(properties, "detail")?;
        let own = self.reference(detail)?.ok_or_else(|| {
            self.error(
                detail,
                "expected a reference to a definition: { \"$ref\": \"#/definitions/…\" }",
            )
        })?;
        let Body::Object(fields) = self.body(own, "")? else {
            return Err(self.error(detail, "the detail must be an object"));
        };
        Ok(EventType {
            source: source.to_owned(),
            detail_type: self.constant(properties, "detail-type")?.to_owned(),
            name: name.to_owned(),
            description: self.description(self.schema)?,
            documentation: self.documentation()?,
            definitions: self.definitions(own, &fields)?.into(),
            detail: fields,
            roles: vec![],
            documented: self.documented()?,
            evidence: self
                .evidence(self.schema)?
                .into_iter()
                .map(|fact| fact.site)
                .collect(),
        })
    }

    /// All definitions but the detail's own, in the order of the file, each with the paths that use it.
    fn definitions(&self, own: &str, detail: &[Field]) -> Result<Vec<Definition>, Diagnostic> {
        let mut found: BTreeMap<&str, (BTreeSet<String>, Body)> = BTreeMap::new();
        let mut places = 0;
        let mut open: Vec<(String, Type)> = uses(detail, "");
        while let Some((path, ty)) = open.pop() {
            let Some((path, name)) = named(path, ty) else {
                continue;
            };
            let Some(member) = self.by_name.get(name.as_str()) else {
                continue;
            };
            let known = found.get_mut(name.as_str());
            if name == own || known.as_ref().is_some_and(|(of, _)| is_inside(of, &path)) {
                return Err(self.error(
                    &member.node,
                    format!("the definition `{name}` contains itself"),
                ));
            }
            places += 1;
            if places > MAX_PLACES {
                let message = format!("definitions are used in more than {MAX_PLACES} places");
                let help = "references to references multiply: do they have to?";
                return Err(self.error(&member.node, message).help(help));
            }
            let inner = |body: &Body| match body {
                Body::Object(fields) => uses(fields, &path),
                Body::Values(_) => Vec::new(),
            };
            match known {
                Some((paths, body)) => {
                    open.extend(inner(body));
                    paths.insert(path);
                }
                None => {
                    let body = self.body(&member.key, &path)?;
                    open.extend(inner(&body));
                    found.insert(&member.key, (BTreeSet::from([path]), body));
                }
            }
        }
        let bodies = found.values().map(|(_, body)| body);
        let mut said = meaning::of_definitions(detail, bodies);
        let order = self.definitions.iter().filter(|member| member.key != own);
        let definitions = order.filter_map(|member| {
            let (name, (paths, body)) = found.remove_entry(member.key.as_str())?;
            Some((member, name, paths, body))
        });
        let definition = |(member, name, paths, body): (&'t Member, &str, BTreeSet<String>, _)| {
            let own = self.description(&member.node)?;
            Ok(Definition {
                name: name.to_owned(),
                paths: paths.into_iter().collect(),
                description: own.or_else(|| said.remove(name).flatten()),
                body,
            })
        };
        definitions.map(definition).collect()
    }

    fn body(&self, name: &str, path: &str) -> Result<Body, Diagnostic> {
        let definitions = self.need(self.schema, "definitions")?;
        let missing = || {
            self.error(
                definitions,
                format!("expected the key `{name}` in this object"),
            )
        };
        let node = &self.by_name.get(name).ok_or_else(missing)?.node;
        match node.get("type").and_then(Node::as_str) {
            Some("object") => self.object(node, path).map(Body::Object),
            Some("string") if node.get("x-known-values").is_some() => {
                self.known_values(node).map(Body::Values)
            }
            _ => Err(self.error(
                node,
                "expected an object, or a string with `x-known-values`",
            )),
        }
    }

    fn object(&self, node: &'t Node, path: &str) -> Result<Vec<Field>, Diagnostic> {
        let required: HashSet<&str> = self.strings(node, "required")?.into_iter().collect();
        let properties = node
            .get("properties")
            .map(Node::members)
            .unwrap_or_default();
        properties
            .iter()
            .map(|member| self.field(member, path, required.contains(&member.key.as_str())))
            .collect()
    }

    fn field(&self, member: &'t Member, path: &str, required: bool) -> Result<Field, Diagnostic> {
        let facts = self.evidence(&member.node)?;
        let mut evidence: Vec<Evidence> = facts.iter().map(|fact| fact.site.clone()).collect();
        evidence.dedup();
        Ok(Field {
            key: member.key.clone(),
            path: path::key(path, &member.key),
            description: self.description(&member.node)?,
            ty: self.type_of(&member.node)?,
            required,
            example: facts.iter().find_map(|fact| fact.example_of(&member.key)),
            condition: self.condition(&member.node)?,
            evidence,
            claims: self.claims(&member.node)?,
        })
    }

    fn claims(&self, node: &'t Node) -> Result<Vec<Claim>, Diagnostic> {
        let mut claims = Vec::new();
        for (key, followed) in [("x-evidence", true), ("x-overruled", false)] {
            let facts = self.strings(node, key)?.into_iter();
            claims.extend(facts.map(|fact| Claim {
                fact: fact.to_owned(),
                followed,
            }));
        }
        Ok(claims)
    }

    fn condition(&self, node: &'t Node) -> Result<Option<Condition>, Diagnostic> {
        let Some(condition) = node.get("x-present-when") else {
            return Ok(None);
        };
        let is = match self.need(condition, "is")?.as_str() {
            Some(one) => vec![one],
            None => self.strings(condition, "is")?,
        };
        if is.is_empty() {
            let problem = "`is` must be the value that decides, or a list of them";
            return Err(self.error(condition, problem.to_owned()));
        }
        Ok(Some(Condition {
            when: self.text(condition, "field")?.to_owned(),
            is: is.into_iter().map(str::to_owned).collect(),
        }))
    }

    fn known_values(&self, node: &'t Node) -> Result<Vec<KnownValue>, Diagnostic> {
        let facts = self.evidence(node)?;
        let mut named: HashMap<&str, Vec<&Fact<'_>>> = HashMap::new();
        for fact in &facts {
            for value in fact.named_values() {
                named.entry(value).or_default().push(fact);
            }
        }
        let known = |value: &str| {
            let says = named.get(value).into_iter().flatten();
            KnownValue {
                value: value.to_owned(),
                evidence: says.map(|fact| fact.site.clone()).collect(),
            }
        };
        Ok(self
            .strings(node, "x-known-values")?
            .into_iter()
            .map(known)
            .collect())
    }

    fn evidence(&self, node: &'t Node) -> Result<Vec<Fact<'t>>, Diagnostic> {
        let facts = node
            .get("x-evidence")
            .map(Node::items)
            .unwrap_or_default()
            .iter();
        facts
            .map(|fact| {
                fact.as_str().and_then(Fact::parse).ok_or_else(|| {
                    self.error(fact, "expected evidence: \"page:line: what stands there\"")
                })
            })
            .collect()
    }

    /// The name of the definition that a node refers to, directly or as null's alternative.
    fn reference(&self, node: &'t Node) -> Result<Option<&'t str>, Diagnostic> {
        let Some(target) = node.get("$ref") else {
            return Ok(None);
        };
        let name = target
            .as_str()
            .and_then(|target| target.strip_prefix("#/definitions/"));
        match name.filter(|name| self.by_name.contains_key(name)) {
            Some(name) => Ok(Some(name)),
            None => Err(self
                .error(target, "there is no such definition in this file")
                .help("refer to one of `definitions`: \"#/definitions/Name\"")),
        }
    }

    fn constant(&self, properties: &'t Node, key: &str) -> Result<&'t str, Diagnostic> {
        self.text(self.need(properties, key)?, "const")
    }

    fn text(&self, node: &'t Node, key: &str) -> Result<&'t str, Diagnostic> {
        let inner = self.need(node, key)?;
        inner
            .as_str()
            .ok_or_else(|| self.error(inner, format!("`{key}` must be a string")))
    }

    fn strings(&self, node: &'t Node, key: &str) -> Result<Vec<&'t str>, Diagnostic> {
        let items = node.get(key).map(Node::items).unwrap_or_default().iter();
        items
            .map(|item| {
                item.as_str()
                    .ok_or_else(|| self.error(item, format!("`{key}` holds strings")))
            })
            .collect()
    }

    fn need(&self, node: &'t Node, key: &str) -> Result<&'t Node, Diagnostic> {
        node.get(key)
            .ok_or_else(|| self.error(node, format!("expected the key `{key}` in this object")))
    }

    fn error(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.path, message).at(self.lines.place(node.span.start))
    }
}

/// What a field's type refers to, with the path of the value that has it.
fn named(path: String, ty: Type) -> Option<(String, String)> {
    match ty {
        Type::Named(name) => Some((path, name)),
        _ => None,
    }
}

/// All parts of the types of an object's fields, with their paths; the first is on top.
fn uses(fields: &[Field], path: &str) -> Vec<(String, Type)> {
    let mut parts = Vec::new();
    for field in fields.iter().rev() {
        type_parts(path::key(path, &field.key), &field.ty, &mut parts);
    }
    parts
}

fn type_parts(path: String, ty: &Type, parts: &mut Vec<(String, Type)>) {
    match ty {
        Type::List(items) => type_parts(path::items(&path), items, parts),
        Type::Map(values) => type_parts(path::values(&path), values, parts),
        Type::OneOf(types) => types
            .iter()
            .for_each(|ty| type_parts(path.clone(), ty, parts)),
        _ => parts.push((path, ty.clone())),
    }
}

fn is_inside(outer: &BTreeSet<String>, path: &str) -> bool {
    let around = path::around(path);
    let mut around = around.iter().filter(|path| !path.is_empty());
    around.any(|around| outer.contains(around))
}
