//! What others know of events comes in, with the API model and its mirrors; to each documented place is added
//! what the API says of it, and to each status the values that the API lists.
//!
//! The API adds no fields where others show any: an event carries less than an answer of the API does. Where
//! they show an object and nothing in it, the API says what lies there; of an event that is known by name, if its
//! mirror says that the shape stands for the whole detail.

use super::super::join::event::EventKnowledge;
use super::super::shape::{Field, Position, Shape, ValueKind};
use super::super::value_kind::decide;
use super::mirrors::{Mirror, Mirrors};
use super::spelling::{Listed, spell};
use super::{ApiModel, ApiShape, Use};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::nearest::fold;
use eventbridge_catalog::path::{self, Step};
use std::collections::{BTreeMap, BTreeSet};

/// How many structures that only the API knows may lie in each other.
const MAX_GIVEN: usize = 3;

/// How many fields of a detail the API alone may give: structures of structures multiply.
const MAX_FIELDS: usize = 2_000;

/// Adds to events what the API says. The order in which their evidence was learned does not matter: all of
/// it is joined before.
pub(crate) fn apply(
    model: &ApiModel,
    mirrors: &Mirrors,
    events: &mut BTreeMap<String, EventKnowledge>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut listed: Vec<Listed> = Vec::new();
    for (index, mirror) in mirrors.of_service(&model.service) {
        let Some(event) = events.get_mut(&mirror.detail_type) else {
            let name = ("event", mirror.detail_type.as_str());
            let known = events.keys().map(String::as_str);
            problems.push(mirrors.unknown(index, "detail_type", None, name, known));
            continue;
        };
        let mut walk = Walk {
            model,
            mirror,
            given: Vec::new(),
            fields_given: 0,
            texts: Vec::new(),
        };
        walk.detail(&mut event.detail);
        let unknown = walk.fields(&mut event.detail);
        let all = match unknown.is_empty() {
            true => Vec::new(),
            false => paths(&event.detail),
        };
        for path in unknown {
            let name = ("field", path);
            let known = all.iter().map(String::as_str);
            problems.push(mirrors.unknown(index, "fields", Some(path), name, known));
        }
        if walk.fields_given > MAX_FIELDS {
            problems.push(mirrors.too_much(index, MAX_FIELDS));
        }
        let texts = walk.texts.into_iter();
        listed.extend(texts.filter_map(|(path, values)| {
            Listed::of(&mirror.detail_type, path, values, model, event)
        }));
    }
    for (place, values) in spell(&listed) {
        if let Some(event) = events.get_mut(&place.detail_type) {
            let known = event.values.entry(place.path.clone()).or_default();
            values.into_iter().for_each(|value| known.derive(value));
        }
    }
    problems
}

/// A walk through one detail beside the shapes that it mirrors.
struct Walk<'m> {
    model: &'m ApiModel,
    mirror: &'m Mirror,
    /// The structures that the API alone gave, around where the walk stands.
    given: Vec<&'m str>,
    /// How many fields the API alone gave.
    fields_given: usize,
    /// The paths that have values, with the shape that lists them.
    texts: Vec<(String, &'m str)>,
}

impl<'m> Walk<'m> {
    /// What the mirror says of single fields; the paths that no event has.
    fn fields(&mut self, detail: &mut Shape) -> Vec<&'m str> {
        let mut unknown = Vec::new();
        for (path, named) in &self.mirror.fields {
            let (structure, member) = self.mirror.target(named);
            let members = self.model.members(structure).unwrap_or_default();
            let found = members.iter().find(|(key, _)| key == member);
            match (at_mut(detail, path), found) {
                (Some(shape), Some((key, ty))) => {
                    self.place(shape, path, ty, &site(structure, key));
                }
                (None, _) => unknown.push(path.as_str()),
                (_, None) => {} // told when the extract was made
            }
        }
        unknown
    }

    /// The whole detail.
    fn detail(&mut self, detail: &mut Shape) {
        let shape = self.mirror.shape.as_str();
        let members = self.model.members(shape).unwrap_or_default();
        match self.mirror.alone && detail.fields.is_empty() {
            true => self.give(detail, "", (shape, members), &BTreeSet::new()),
            false => self.members(detail, "", shape),
        }
    }

    /// The known fields of an object, beside the members of a structure.
    fn members(&mut self, object: &mut Shape, path: &str, structure: &'m str) {
        let members = self.model.members(structure).unwrap_or_default();
        for (key, field) in &mut object.fields {
            let path = path::key(path, key);
            if self.mirror.fields.contains_key(&path) {
                continue;
            }
            let exact = members.iter().find(|(member, _)| member == key);
            let alike = || {
                members
                    .iter()
                    .find(|(member, _)| member.eq_ignore_ascii_case(key))
            };
            if let Some((member, ty)) = exact.or_else(alike) {
                self.place(&mut field.shape, &path, ty, &site(structure, member));
            }
        }
    }

    fn place(&mut self, shape: &mut Shape, path: &str, ty: &'m Use, site: &Evidence) {
        let name = match ty {
            Use::Shape(name) => name,
            scalar => return shape.join(Shape::one(kind(scalar), site.clone(), None)),
        };
        match self.model.shapes.get(name) {
            Some(ApiShape::Values(_)) => {
                shape.join(Shape::one(ValueKind::Text, site.clone(), None));
                self.texts.push((path.to_owned(), name));
            }
            Some(ApiShape::Structure(members)) => {
                self.structure(shape, path, (name, members), site);
            }
            Some(ApiShape::List(items)) => {
                let open = may_hold(shape, &[ValueKind::List]);
                shape.join(Shape::one(ValueKind::List, site.clone(), None));
                if open {
                    let inner = shape.items.get_or_insert_default();
                    self.place(inner, &format!("{path}[]"), items, site);
                }
            }
            Some(ApiShape::Map(values))
                if may_hold(shape, &[ValueKind::Object, ValueKind::Map]) =>
            {
                shape.join(Shape::one(ValueKind::Map, site.clone(), None));
                let kind = match values {
                    Use::Shape(name) => self
                        .model
                        .shapes
                        .get(name)
                        .map_or(ValueKind::Text, named_kind),
                    scalar => kind(scalar),
                };
                let values = shape.values.get_or_insert_default();
                values.join(Shape::one(kind, site.clone(), None));
            }
            Some(ApiShape::Map(_)) | None => {}
        }
    }

    fn structure(
        &mut self,
        shape: &mut Shape,
        path: &str,
        (name, members): (&'m str, &'m [(String, Use)]),
        at: &Evidence,
    ) {
        let open = may_hold(shape, &[ValueKind::Object]);
        let without = shape.object_origins();
        shape.join(Shape::one(ValueKind::Object, at.clone(), None));
        if !open || shape.is_map() {
            return;
        }
        if !shape.fields.is_empty() {
            return self.members(shape, path, name);
        }
        self.give(shape, path, (name, members), &without);
    }

    /// All fields of an object of which others show none.
    fn give(
        &mut self,
        shape: &mut Shape,
        path: &str,
        (name, members): (&'m str, &'m [(String, Use)]),
        without: &BTreeSet<Origin>,
    ) {
        if self.given.contains(&name) || self.given.len() >= MAX_GIVEN {
            return;
        }
        self.fields_given += members.len();
        if self.fields_given > MAX_FIELDS {
            return;
        }
        self.given.push(name);
        for (ordinal, (member, ty)) in members.iter().enumerate() {
            let mut inner = Shape::default();
            let at = site(name, member);
            self.place(&mut inner, &path::key(path, member), ty, &at);
            let field = Field {
                shape: inner,
                missing: without.clone(),
                first: Position::Document(at, ordinal),
            };
            shape.fields.insert(member.clone(), Box::new(field));
        }
        self.given.pop();
    }
}

fn site(structure: &str, member: &str) -> Evidence {
    Evidence::named(Origin::Api, format!("{structure}.{member}"))
}

fn kind(scalar: &Use) -> ValueKind {
    match scalar {
        Use::Boolean => ValueKind::Boolean,
        Use::Integer => ValueKind::Integer,
        Use::Number => ValueKind::Number,
        Use::Text | Use::Shape(_) => ValueKind::Text,
        Use::Instant => ValueKind::UnformedInstant,
    }
}

fn named_kind(shape: &ApiShape) -> ValueKind {
    match shape {
        ApiShape::Structure(_) => ValueKind::Object,
        ApiShape::List(_) => ValueKind::List,
        ApiShape::Map(_) => ValueKind::Map,
        ApiShape::Values(_) => ValueKind::Text,
    }
}

/// Whether others show one of these kinds here, or nothing that speaks against them.
fn may_hold(shape: &Shape, kinds: &[ValueKind]) -> bool {
    let seen = shape.kinds();
    let mut said = seen
        .into_iter()
        .filter(|kind| {
            !matches!(
                kind,
                ValueKind::Null | ValueKind::Word(_) | ValueKind::Prose
            )
        })
        .peekable();
    said.peek().is_none() || said.any(|kind| kinds.contains(kind))
}

impl<'m> Listed<'m> {
    /// The place of a list of values, if text stands there and nothing else.
    fn of(
        detail_type: &str,
        path: String,
        values: &'m str,
        model: &'m ApiModel,
        event: &EventKnowledge,
    ) -> Option<Listed<'m>> {
        let shape = event.detail.at(&path)?;
        let is_text = |kind: &ValueKind| {
            matches!(kind, ValueKind::Text | ValueKind::Null | ValueKind::Word(_))
        };
        if !decide(&path::last_key(&path), shape)
            .kinds
            .iter()
            .all(is_text)
        {
            return None;
        }
        let Some(ApiShape::Values(all)) = model.shapes.get(values) else {
            return None;
        };
        let documented = event.values.get(&path);
        let documented = documented.into_iter().flat_map(|known| known.documented());
        let mut shown: BTreeMap<String, (BTreeSet<Evidence>, String)> = BTreeMap::new();
        for word in shape.words.shown() {
            let sites = shape.words.seen.get(word).cloned().unwrap_or_default();
            let found = (sites, word.to_owned());
            let known = shown.entry(fold(word)).or_insert_with(|| found.clone());
            if found < *known {
                *known = found;
            }
        }
        Some(Listed {
            detail_type: detail_type.to_owned(),
            documented: documented
                .map(|value| (fold(value), value.to_owned()))
                .collect(),
            shown,
            path,
            shape: values,
            values: all,
        })
    }
}

/// The shape at a path, to be changed.
fn at_mut<'s>(shape: &'s mut Shape, path: &str) -> Option<&'s mut Shape> {
    let steps = path::steps(path)?;
    steps.iter().try_fold(shape, |shape, step| match step {
        Step::Key(key) => shape.fields.get_mut(key).map(|field| &mut field.shape),
        Step::Items => shape.items.as_deref_mut(),
        Step::Values => shape.values.as_deref_mut(),
    })
}

/// Every path of a detail.
fn paths(detail: &Shape) -> Vec<String> {
    let mut paths = Vec::new();
    collect_paths(detail, "", &mut paths);
    paths
}

fn collect_paths(shape: &Shape, path: &str, paths: &mut Vec<String>) {
    for (key, field) in &shape.fields {
        let path = path::key(path, key);
        collect_paths(&field.shape, &path, paths);
        paths.push(path);
    }
    if let Some(items) = &shape.items {
        collect_paths(items, &format!("{path}[]"), paths);
    }
}
