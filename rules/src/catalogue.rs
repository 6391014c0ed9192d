//! The model of a schema set comes in; what stands at a path of the events that a rule lets through goes out.

use eventbridge_catalog::model::{Body, EventType, Field, KnownValue, Model, Origin, Type};
use eventbridge_catalog::nearest::fold;
use eventbridge_catalog::schema_set::service;
use std::collections::{BTreeMap, BTreeSet};

/// The events that are known, by source.
pub struct Catalogue<'m> {
    by_source: BTreeMap<&'m str, Vec<&'m EventType>>,
}

impl<'m> Catalogue<'m> {
    /// The events of a model.
    pub fn new(model: &'m Model) -> Self {
        let mut by_source: BTreeMap<&str, Vec<&EventType>> = BTreeMap::new();
        for event in &model.events {
            by_source.entry(&event.source).or_default().push(event);
        }
        Catalogue { by_source }
    }

    /// The event sources, sorted.
    pub fn sources(&self) -> impl Iterator<Item = &'m str> {
        self.by_source.keys().copied()
    }

    /// The events of a source.
    pub fn events(&self, source: &str) -> &[&'m EventType] {
        self.by_source.get(source).map_or(&[], Vec::as_slice)
    }

    /// All events.
    pub fn all(&self) -> impl Iterator<Item = &'m EventType> {
        self.by_source.values().flatten().copied()
    }
}

/// Whether a detail-type names the service of its source, so that no other source has it.
pub(crate) fn is_distinctive(event: &EventType) -> bool {
    fold(&event.detail_type).contains(&fold(service(&event.source)))
}

/// Whether events of the type were seen or documented, rather than described by the registry alone, which gathers
/// from samples and does not know all fields.
pub(crate) fn is_documented(event: &EventType) -> bool {
    event
        .evidence
        .iter()
        .any(|site| site.origin != Origin::Registry && site.origin != Origin::List)
}

/// What may stand at a path of an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing<'m> {
    /// What is known to stand there.
    pub(crate) targets: Vec<Target<'m>>,
    /// Whether anything may.
    pub(crate) is_open: bool,
    /// Objects that lack the step of this number, with the fields that they have.
    pub(crate) missing: Vec<Missing<'m>>,
    /// The step of this number goes below a value that has no fields.
    pub(crate) below: Option<usize>,
}

/// An object that lacks a field.
#[derive(Clone, Debug)]
pub(crate) struct Missing<'m> {
    pub(crate) step: usize,
    pub(crate) fields: &'m [Field],
    /// Whether the object is an item of a list.
    pub(crate) is_item: bool,
    /// Whether it is a pair of a key and a value.
    pub(crate) is_pair: bool,
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub(crate) struct Target<'m> {
    pub(crate) holds: Holds<'m>,
    pub(crate) field: Option<&'m Field>,
    /// The key of a map on the way: its step.
    pub(crate) map_key: Option<usize>,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds<'m> {
    Object,
    Values(&'m [KnownValue]),
    Scalar(&'m Type),
}

impl<'m> Standing<'m> {
    /// What stands at these steps of the detail of an event.
    pub(crate) fn in_detail(event: &'m EventType, steps: &[&str]) -> Self {
        let mut walk = Walk {
            event,
            found: Standing::default(),
            map_key: None,
        };
        if event.detail.is_empty() {
            walk.found.is_open = true;
        } else {
            walk.object(&event.detail, None, steps, 0, false);
        }
        walk.found
    }

    pub(crate) fn is_there(&self) -> bool {
        self.is_open || !self.targets.is_empty()
    }
}

struct Walk<'m> {
    event: &'m EventType,
    found: Standing<'m>,
    map_key: Option<usize>,
}

impl<'m> Walk<'m> {
    fn target(&mut self, holds: Holds<'m>, field: Option<&'m Field>) {
        self.found.targets.push(Target {
            holds,
            field,
            map_key: self.map_key,
        });
    }

    fn object(
        &mut self,
        fields: &'m [Field],
        field: Option<&'m Field>,
        steps: &[&str],
        at: usize,
        is_item: bool,
    ) {
        if steps.len() == at {
            return self.target(Holds::Object, field);
        }
        if fields.is_empty() {
            self.found.is_open = true;
            return;
        }
        if !self.fields(fields, steps, at) {
            self.missing(fields, at, is_item);
        }
    }

    /// Goes into the fields whose keys, which may have dots, the next steps are; false if there is none.
    fn fields(&mut self, fields: &'m [Field], steps: &[&str], at: usize) -> bool {
        let mut is_known = false;
        let mut key = String::new();
        for (index, step) in steps.iter().enumerate().skip(at) {
            if index > at {
                key.push('.');
            }
            key.push_str(step);
            if let Some(inner) = fields.iter().find(|field| field.key == key) {
                is_known = true;
                self.ty(&inner.ty, Some(inner), steps, index + 1, false);
            }
        }
        is_known
    }

    fn missing(&mut self, fields: &'m [Field], step: usize, is_item: bool) {
        let is_pair = fields.len() == 2 && fields.iter().all(|field| field.ty == Type::String);
        self.found.missing.push(Missing {
            step,
            fields,
            is_item,
            is_pair,
        });
    }

    fn ty(
        &mut self,
        ty: &'m Type,
        field: Option<&'m Field>,
        steps: &[&str],
        at: usize,
        is_item: bool,
    ) {
        match ty {
            Type::Any => self.found.is_open = true,
            Type::OneOf(types) => {
                for ty in types {
                    self.ty(ty, field, steps, at, is_item);
                }
            }
            Type::List(inner) => self.ty(inner, field, steps, at, true),
            Type::Map(_) if steps.len() == at => self.target(Holds::Object, field),
            Type::Map(inner) => self.values(inner, steps, at, is_item),
            Type::Named(name) => self.named(name, field, steps, at, is_item),
            scalar => self.scalar(Holds::Scalar(scalar), field, steps, at),
        }
    }

    fn named(
        &mut self,
        name: &str,
        field: Option<&'m Field>,
        steps: &[&str],
        at: usize,
        is_item: bool,
    ) {
        match self.event.definition(name).map(|known| &known.body) {
            None => self.found.is_open = true,
            Some(Body::Object(fields)) => self.object(fields, field, steps, at, is_item),
            Some(Body::Values(values)) => self.scalar(Holds::Values(values), field, steps, at),
        }
    }

    /// Goes into the values of a map, whose keys may have dots.
    fn values(&mut self, inner: &'m Type, steps: &[&str], at: usize, is_item: bool) {
        let outer = self.map_key.replace(at);
        for next in at + 1..=steps.len() {
            self.ty(inner, None, steps, next, is_item);
        }
        self.map_key = outer;
    }

    fn scalar(&mut self, holds: Holds<'m>, field: Option<&'m Field>, steps: &[&str], at: usize) {
        if steps.len() == at {
            self.target(holds, field);
        } else {
            self.found.below = Some(self.found.below.map_or(at, |below| below.max(at)));
        }
    }
}

/// The paths in the detail of events whose last key is this one, but for maps: `ResourceConfig.InstanceCount`.
pub(crate) fn elsewhere(events: &[&EventType], key: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for event in events {
        let own = event.detail.iter();
        let inner = event
            .definitions
            .iter()
            .flat_map(|definition| match &definition.body {
                Body::Object(fields) => fields.iter(),
                Body::Values(_) => [].iter(),
            });
        let fields = own.chain(inner).filter(|field| field.key == key);
        paths.extend(fields.map(|field| field.path.replace("[]", "")));
    }
    paths
}
