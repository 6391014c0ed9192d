//! A schema set with its evidence comes in; how much of what each kind of evidence names the schemas have
//! goes out, event by event, and where evidence disagrees.

use super::set;
use super::shape::Shape;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::{Body, EventType, Field, Origin, Type};
use eventbridge_catalog::schema_set;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How the schema of one event stands to its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The event source.
    pub source: String,
    /// The detail-type.
    pub detail_type: String,
    /// Of the fields that each kind of evidence names, how many the schema has. For the API model: of
    /// the fields that pages name, how many it knows; nothing for an event that mirrors none of its shapes.
    pub shares: BTreeMap<Origin, Share>,
    /// Fields that evidence names and the schema lacks, with who names them.
    pub lacking: Vec<(String, Origin)>,
    /// What evidence says against the schema: `CreationTime: registry:…: string`.
    pub overruled: Vec<String>,
    /// Of the event and its fields, how many have a description; nothing for an event that is known by name alone.
    pub described: Share,
    /// The fields without a description, by path. The event itself is the empty path.
    pub undescribed: Vec<String>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are there.
    pub had: usize,
    /// How many there could be.
    pub of: usize,
}

impl Share {
    /// Adds another share.
    pub fn add(&mut self, other: Share) {
        self.had += other.had;
        self.of += other.of;
    }

    fn count(&mut self, had: bool) {
        self.add(Share {
            had: usize::from(had),
            of: 1,
        });
    }
}

/// Holds the schemas of a set against the evidence in its `samples/`.
///
/// # Errors
///
/// What is wrong with the set.
pub fn coverage(schemas: &Path) -> Result<Vec<Coverage>, Vec<Diagnostic>> {
    let model = schema_set::load(schemas)?;
    let mut known = BTreeMap::new();
    for (source, events) in set::joined(schemas)? {
        for (detail_type, event) in events {
            known.insert((source.clone(), detail_type), event.detail);
        }
    }
    let nothing = Shape::default();
    let cover = |event: &EventType| {
        let key = (event.source.clone(), event.detail_type.clone());
        of_event(event, known.get(&key).unwrap_or(&nothing))
    };
    Ok(model.events.iter().map(cover).collect())
}

fn of_event(event: &EventType, detail: &Shape) -> Coverage {
    let mut coverage = Coverage {
        source: event.source.clone(),
        detail_type: event.detail_type.clone(),
        shares: BTreeMap::new(),
        lacking: Vec::new(),
        overruled: Vec::new(),
        described: Share::default(),
        undescribed: Vec::new(),
    };
    let mut named = Vec::new();
    name_fields(detail, "", &mut Vec::new(), &mut named);
    for NamedField {
        path,
        steps,
        origins,
    } in named
    {
        let had = has(event, &event.detail, &steps);
        let others: BTreeSet<Origin> = origins
            .iter()
            .copied()
            .filter(|of| *of != Origin::Api)
            .collect();
        for origin in &others {
            coverage.shares.entry(*origin).or_default().count(had);
        }
        if let (false, Some(origin)) = (had, others.first()) {
            coverage.lacking.push((path, *origin));
        }
        if others.contains(&Origin::Page) {
            let api = coverage.shares.entry(Origin::Api).or_default();
            api.count(origins.contains(&Origin::Api));
        }
    }
    let mirrors = |share: &Share| share.had > 0;
    coverage
        .shares
        .retain(|origin, share| *origin != Origin::Api || mirrors(share));
    coverage.overruled = overruled(event);
    coverage.descriptions(event);
    coverage
}

impl Coverage {
    /// Counts what has a description.
    fn descriptions(&mut self, event: &EventType) {
        if event.detail.is_empty() {
            return;
        }
        let own = ("", &event.description);
        let fields = fields(event).map(|field| (field.path.as_str(), &field.description));
        for (path, description) in std::iter::once(own).chain(fields) {
            self.described.count(description.is_some());
            if description.is_none() {
                self.undescribed.push(path.to_owned());
            }
        }
    }
}

/// A field that evidence names.
struct NamedField {
    path: String,
    steps: Vec<Step>,
    origins: BTreeSet<Origin>,
}

/// One step of a path.
#[derive(Clone)]
enum Step {
    Key(String),
    Item,
}

fn name_fields(shape: &Shape, path: &str, steps: &mut Vec<Step>, named: &mut Vec<NamedField>) {
    for (key, field) in &shape.fields {
        let path = eventbridge_catalog::path::key(path, key);
        steps.push(Step::Key(key.clone()));
        let seen = field.shape.seen.keys();
        named.push(NamedField {
            path: path.clone(),
            steps: steps.clone(),
            origins: seen.map(|(origin, _)| *origin).collect(),
        });
        name_fields(&field.shape, &path, steps, named);
        steps.pop();
    }
    if let Some(items) = &shape.items {
        steps.push(Step::Item);
        name_fields(items, &format!("{path}[]"), steps, named);
        steps.pop();
    }
}

/// Whether an object with these fields has a path. In a map every key has its place.
fn has(event: &EventType, fields: &[Field], steps: &[Step]) -> bool {
    let Some((Step::Key(key), rest)) = steps.split_first() else {
        return false;
    };
    let field = fields.iter().find(|field| field.key == *key);
    field.is_some_and(|field| holds(event, &field.ty, rest))
}

fn holds(event: &EventType, ty: &Type, steps: &[Step]) -> bool {
    let Some((first, rest)) = steps.split_first() else {
        return true;
    };
    match (ty, first) {
        (Type::OneOf(types), _) => types.iter().any(|ty| holds(event, ty, steps)),
        (Type::List(items), Step::Item) => holds(event, items, rest),
        (Type::Map(values), Step::Key(_)) => holds(event, values, rest),
        (Type::Named(name), Step::Key(_)) => match event.definition(name).map(|part| &part.body) {
            Some(Body::Object(fields)) => has(event, fields, steps),
            _ => false,
        },
        _ => false,
    }
}

/// The fields of an event and of all its parts.
fn fields(event: &EventType) -> impl Iterator<Item = &Field> {
    let parts = event
        .definitions
        .iter()
        .filter_map(|part| match &part.body {
            Body::Object(fields) => Some(fields),
            Body::Values(_) => None,
        });
    event.detail.iter().chain(parts.flatten())
}

fn overruled(event: &EventType) -> Vec<String> {
    let against = |field: &Field| {
        let claims = field.claims.iter().filter(|claim| !claim.followed);
        let lines = claims.map(|claim| format!("{}: {}", field.path, claim.fact));
        lines.collect::<Vec<_>>()
    };
    fields(event).flat_map(against).collect()
}
