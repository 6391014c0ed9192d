//! A surface comes in, and a model; the model goes out as packages are to expose it.

use super::{Surface, SurfaceBody, SurfaceEvent, SurfaceField, known_value, named_roles, statuses};
use crate::model::{Body, Definition, EventType, Evidence, Field, Model, Type};
use crate::path;
use crate::schema_set::service_name;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Who says what only the surface has.
fn gone() -> Vec<Evidence> {
    vec![Evidence::former_page("schemas", None)]
}

pub(super) fn keep(surface: &Surface, mut model: Model) -> Model {
    let key = |event: &EventType| (event.source.clone(), event.detail_type.clone());
    let present: BTreeSet<(String, String)> = model.events.iter().map(key).collect();
    for event in &mut model.events {
        if let Some(known) = surface.events.get(&key(event)) {
            event.roles.clone_from(&known.roles);
        }
    }
    statuses::open(&mut model);
    for event in &mut model.events {
        if let Some(known) = surface.events.get(&key(event)) {
            Keeper::new(known, event).keep(event);
        }
    }
    for (key, known) in surface
        .events
        .iter()
        .filter(|(key, _)| !present.contains(*key))
    {
        let mut event = known.event(key);
        event.evidence = gone();
        model.events.push(event);
    }
    keep_names(surface, &mut model.events);
    for event in &mut model.events {
        event.roles = named_roles(event);
    }
    model
        .events
        .sort_by(|a, b| (&a.source, &a.name).cmp(&(&b.source, &b.name)));
    model
}

/// Names of events that are known stay; others go out of their way.
fn keep_names(surface: &Surface, events: &mut [EventType]) {
    let known = |event: &EventType| {
        let key = (event.source.clone(), event.detail_type.clone());
        surface.events.get(&key).map(|known| known.name.clone())
    };
    let mut taken = BTreeSet::new();
    for event in events.iter_mut() {
        if let Some(name) = known(event) {
            taken.insert(name.to_ascii_lowercase());
            event.name = name;
        }
    }
    for event in events.iter_mut().filter(|event| known(event).is_none()) {
        let service = service_name(&event.source, &event.name);
        let numbered = (2_usize..).map(|number| format!("{service}{number}"));
        let mut names = [event.name.clone(), service.clone()]
            .into_iter()
            .chain(numbered);
        let free = names.find(|name| taken.insert(name.to_ascii_lowercase()));
        event.name = free.unwrap_or(service.clone());
    }
}

/// The definition of a type that the surface has.
pub(super) fn definition(name: &str, body: &SurfaceBody) -> Definition {
    Definition {
        name: name.to_owned(),
        paths: Vec::new(),
        description: None,
        body: match body {
            SurfaceBody::Object(fields) => {
                Body::Object(fields.iter().map(SurfaceField::field).collect())
            }
            SurfaceBody::Values(values) => {
                Body::Values(values.iter().map(|it| known_value(it)).collect())
            }
        },
    }
}

/// Keeps one event as it was exposed.
struct Keeper<'s> {
    known: &'s SurfaceEvent,
    /// What types of the event were called, by what they are called.
    names: HashMap<String, String>,
    /// Which types that were not exposed are open enums, by the names that they get.
    new_enums: BTreeSet<String>,
}

impl<'s> Keeper<'s> {
    fn new(known: &'s SurfaceEvent, event: &EventType) -> Keeper<'s> {
        let mut names = HashMap::new();
        let bodies: BTreeMap<&str, &Body> = bodies(event);
        pair_fields(known, &known.fields, &event.detail, &bodies, &mut names);
        // A name stays with the first type that had it, and no other type takes it.
        let mut taken = BTreeSet::new();
        let mut ordered: Vec<(String, String)> = names.into_iter().collect();
        ordered.sort();
        ordered.retain(|(_, was)| taken.insert(was.clone()));
        let mut names: HashMap<String, String> = ordered.into_iter().collect();
        for definition in event.definitions.iter() {
            if !names.contains_key(&definition.name) {
                let numbered = (2_usize..).map(|number| format!("{}{number}", definition.name));
                let mut candidates = std::iter::once(definition.name.clone()).chain(numbered);
                let is_exposed = |name: &String| known.body(name).is_some() || *name == known.name;
                let free = candidates.find(|name| !is_exposed(name) && taken.insert(name.clone()));
                let own = free.unwrap_or_else(|| definition.name.clone());
                names.insert(definition.name.clone(), own);
            }
        }
        let enums = bodies
            .iter()
            .filter(|(_, body)| matches!(body, Body::Values(_)));
        let new_enums = enums
            .filter_map(|(name, _)| names.get(*name).cloned())
            .collect();
        Keeper {
            known,
            names,
            new_enums,
        }
    }

    fn keep(&self, event: &mut EventType) {
        let mut used = BTreeSet::new();
        let detail = std::mem::take(&mut event.detail);
        event.detail = self.fields("", Some(&self.known.fields), detail, &mut used);
        let definitions = std::mem::take(&mut event.definitions);
        let mut kept: Vec<Definition> = definitions
            .into_iter()
            .map(|definition| self.definition(definition, &mut used))
            .collect();
        while let Some(name) = used
            .iter()
            .find(|name| !kept.iter().any(|it| it.name == **name))
            .cloned()
        {
            used.remove(&name);
            if let Some(body) = self.known.body(&name) {
                let mut definition = definition(&name, body);
                mark_gone(&mut definition);
                if let SurfaceBody::Object(fields) = body {
                    fields
                        .iter()
                        .for_each(|field| note_names(&field.ty, &mut used));
                }
                kept.push(definition);
            }
        }
        let reached = reached(&event.detail, &kept);
        kept.retain(|definition| reached.contains(&definition.name));
        let known = self.known.types.iter();
        kept.sort_by_cached_key(|definition| {
            let at = known.clone().position(|(name, _)| *name == definition.name);
            at.unwrap_or(usize::MAX)
        });
        event.definitions = kept.into();
    }

    fn definition(&self, mut definition: Definition, used: &mut BTreeSet<String>) -> Definition {
        let name = self.names.get(&definition.name).cloned();
        definition.name = name.unwrap_or(definition.name);
        let known = self.known.body(&definition.name);
        let path = definition.paths.first().cloned().unwrap_or_default();
        definition.body = match (definition.body, known) {
            (Body::Object(fields), Some(SurfaceBody::Object(known))) => {
                Body::Object(self.fields(&path, Some(known), fields, used))
            }
            (Body::Object(fields), _) => Body::Object(self.fields(&path, None, fields, used)),
            (Body::Values(values), Some(SurfaceBody::Values(known))) => {
                let mut left = values;
                let mut kept = Vec::new();
                for value in known {
                    let at = left.iter().position(|it| it.value == *value);
                    kept.push(at.map_or_else(|| gone_value(value), |at| left.remove(at)));
                }
                kept.extend(left);
                Body::Values(kept)
            }
            (body, _) => body,
        };
        definition
    }

    /// The fields of an object: those that were exposed in their order, then the others; none of those is required
    /// where the object was exposed.
    fn fields(
        &self,
        path: &str,
        known: Option<&Vec<SurfaceField>>,
        fields: Vec<Field>,
        used: &mut BTreeSet<String>,
    ) -> Vec<Field> {
        let mut left = fields;
        let mut kept = Vec::new();
        for was in known.into_iter().flatten() {
            let field = match left.iter().position(|field| field.key == was.key) {
                Some(at) => self.field(was, left.remove(at)),
                None => gone_field(path, was),
            };
            kept.push(field);
        }
        kept.extend(left.into_iter().map(|field| Field {
            ty: self.renamed(&field.ty),
            required: field.required && known.is_none(),
            ..field
        }));
        kept.iter().for_each(|field| note_names(&field.ty, used));
        kept
    }

    fn field(&self, was: &SurfaceField, field: Field) -> Field {
        let is = self.renamed(&field.ty);
        Field {
            ty: self.kept_type(&was.ty, is),
            required: was.required && (field.required || field.is_former()),
            ..field
        }
    }

    /// A type with the names that its parts had.
    fn renamed(&self, ty: &Type) -> Type {
        match ty {
            Type::Named(name) => Type::Named(self.names.get(name).unwrap_or(name).clone()),
            Type::List(items) => Type::List(Box::new(self.renamed(items))),
            Type::Map(values) => Type::Map(Box::new(self.renamed(values))),
            Type::OneOf(types) => Type::OneOf(types.iter().map(|ty| self.renamed(ty)).collect()),
            ty => ty.clone(),
        }
    }

    /// What is held back: anything stays anything, text stays text where its values are known now, and what was an
    /// open enum stays one.
    fn kept_type(&self, was: &Type, is: Type) -> Type {
        match (was, is) {
            (Type::Any, _) => Type::Any,
            (Type::String, Type::Named(name)) if self.is_enum(&name) => Type::String,
            (Type::Named(name), Type::String) if self.is_enum(name) => Type::Named(name.clone()),
            (Type::List(was), Type::List(is)) => Type::List(Box::new(self.kept_type(was, *is))),
            (Type::Map(was), Type::Map(is)) => Type::Map(Box::new(self.kept_type(was, *is))),
            (_, is) => is,
        }
    }

    /// Whether a type is an open enum: as it was exposed, or, where it was not, as a name that is no object.
    fn is_enum(&self, name: &str) -> bool {
        match self.known.body(name) {
            Some(body) => matches!(body, SurfaceBody::Values(_)),
            None => self.new_enums.contains(name),
        }
    }
}

/// Every body of an event's types, by name.
fn bodies(event: &EventType) -> BTreeMap<&str, &Body> {
    let definitions = event.definitions.iter();
    definitions.map(|it| (it.name.as_str(), &it.body)).collect()
}

/// Notes what types were called that stand at the same places.
fn pair_fields(
    known: &SurfaceEvent,
    was: &[SurfaceField],
    is: &[Field],
    bodies: &BTreeMap<&str, &Body>,
    names: &mut HashMap<String, String>,
) {
    for field in is {
        if let Some(before) = was.iter().find(|before| before.key == field.key) {
            pair_types(known, &before.ty, &field.ty, bodies, names);
        }
    }
}

fn pair_types(
    known: &SurfaceEvent,
    was: &Type,
    is: &Type,
    bodies: &BTreeMap<&str, &Body>,
    names: &mut HashMap<String, String>,
) {
    match (was, is) {
        (Type::List(was), Type::List(is)) | (Type::Map(was), Type::Map(is)) => {
            pair_types(known, was, is, bodies, names);
        }
        (Type::OneOf(was), Type::OneOf(is)) => {
            for (was, is) in was.iter().zip(is) {
                pair_types(known, was, is, bodies, names);
            }
        }
        (Type::Named(was), Type::Named(is)) if !names.contains_key(is) => {
            match (known.body(was), bodies.get(is.as_str())) {
                (Some(SurfaceBody::Object(before)), Some(Body::Object(fields))) => {
                    names.insert(is.clone(), was.clone());
                    pair_fields(known, before, fields, bodies, names);
                }
                (Some(SurfaceBody::Values(_)), Some(Body::Values(_))) => {
                    names.insert(is.clone(), was.clone());
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// The types that fields hold, at all depths.
fn reached(detail: &[Field], definitions: &[Definition]) -> BTreeSet<String> {
    let bodies: HashMap<&str, &Body> = definitions
        .iter()
        .map(|it| (it.name.as_str(), &it.body))
        .collect();
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Field> = detail.iter().collect();
    while let Some(field) = open.pop() {
        let mut names = BTreeSet::new();
        note_names(&field.ty, &mut names);
        for name in names {
            if let Some(Body::Object(fields)) = bodies.get(name.as_str())
                && !reached.contains(&name)
            {
                open.extend(fields);
            }
            reached.insert(name);
        }
    }
    reached
}

fn note_names(ty: &Type, names: &mut BTreeSet<String>) {
    match ty {
        Type::Named(name) => drop(names.insert(name.clone())),
        Type::List(inner) | Type::Map(inner) => note_names(inner, names),
        Type::OneOf(types) => types.iter().for_each(|ty| note_names(ty, names)),
        _ => {}
    }
}

fn gone_value(value: &str) -> crate::model::KnownValue {
    crate::model::KnownValue {
        evidence: gone(),
        ..known_value(value)
    }
}

fn gone_field(path: &str, was: &SurfaceField) -> Field {
    Field {
        path: path::key(path, &was.key),
        evidence: gone(),
        ..was.field()
    }
}

fn mark_gone(definition: &mut Definition) {
    match &mut definition.body {
        Body::Object(fields) => fields.iter_mut().for_each(|field| field.evidence = gone()),
        Body::Values(values) => values.iter_mut().for_each(|value| value.evidence = gone()),
    }
}
