//! The shape of a detail comes in; its named parts go out: which objects and value lists become
//! definitions, what they are called, and which places share one.

mod values;

use super::join::event::EventKnowledge;
use super::names::{pascal, singular};
use super::naming::DefinitionNames;
use super::shape::{Shape, ValueKind};
use super::value_kind::decide;
use eventbridge_catalog::path;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use values::{EnumGroup, EnumGroups, enum_name};

/// The named parts of one detail.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// In the order of first use; the detail itself is the first.
    pub(super) objects: Vec<ObjectDefinition>,
    /// Open enums, in the order of first use.
    pub(super) enums: Vec<ValuesDefinition>,
    /// Places whose part is called otherwise than it was: the path, the old name and the new.
    pub(super) renamed: Vec<(String, String, String)>,
    by_path: BTreeMap<String, usize>,
    enums_by_path: BTreeMap<String, usize>,
    /// The names of parts, with the number that comes next behind each: without case, as files are.
    names: BTreeMap<String, usize>,
    /// Which object has a name, spelled so.
    by_name: BTreeMap<String, usize>,
    /// Which object is of a definition of a document.
    by_definition: BTreeMap<String, usize>,
    /// The definitions that objects under several keys are of: their own names tell more than a key does.
    shared: BTreeSet<String>,
}

/// An object that becomes a definition.
#[derive(Debug)]
pub(super) struct ObjectDefinition {
    /// PascalCase.
    pub(super) name: String,
    /// Every path that has this part; the first gave it its place.
    pub(super) paths: Vec<String>,
    /// The shapes at all paths, joined.
    pub(super) shape: Shape,
}

/// A list of known values that becomes a definition.
#[derive(Debug)]
pub(super) struct ValuesDefinition {
    /// PascalCase.
    pub(super) name: String,
    /// Every path that takes these values.
    pub(super) paths: Vec<String>,
}

impl Definitions {
    /// Finds and names the parts of an event's detail. `name` is the event's own; a part that the set has
    /// already keeps its name and its places, and what is new goes out of its way.
    pub(super) fn find(name: &str, event: &EventKnowledge, kept: &DefinitionNames) -> Definitions {
        let mut definitions = Definitions::default();
        let detail = ObjectDefinition {
            name: name.to_owned(),
            paths: vec![String::new()],
            shape: event.detail.clone(),
        };
        definitions.by_path.insert(String::new(), 0);
        definitions.objects.push(detail);
        let taken = std::iter::once(name).chain(kept.values().map(String::as_str));
        definitions.names = taken.map(|name| (name.to_ascii_lowercase(), 2)).collect();
        let mut found = Vec::new();
        find_objects(&event.detail, "", event, &mut found);
        definitions.shared = shared(&found);
        for (path, shape) in &found {
            if let Some(name) = kept.get(path) {
                definitions.stay(shape, path, name);
            }
        }
        for (path, shape) in &found {
            if !definitions.by_path.contains_key(path) {
                definitions.place(shape, path);
            }
        }
        definitions.sort(&found);
        definitions.find_enums(event, kept);
        definitions.renamed = definitions.renamed(kept);
        definitions
    }

    /// The definition of the object at a path.
    pub(super) fn object_at(&self, path: &str) -> Option<&str> {
        self.by_path
            .get(path)
            .map(|&index| self.objects[index].name.as_str())
    }

    /// The definition of the values at a path.
    pub(super) fn enum_at(&self, path: &str) -> Option<&str> {
        self.enums_by_path
            .get(path)
            .map(|&index| self.enums[index].name.as_str())
    }

    /// Gives an object the name that it has, and the part if there is one.
    fn stay(&mut self, shape: &Shape, path: &str, name: &str) {
        let own = &self.objects[0].name;
        match self.by_name.get(name).copied() {
            Some(index) if !self.overlaps(index, path) => self.join(index, shape, path),
            None if !own.eq_ignore_ascii_case(name) => self.add(name.to_owned(), shape, path),
            _ => {}
        }
    }

    fn add(&mut self, name: String, shape: &Shape, path: &str) {
        self.by_path.insert(path.to_owned(), self.objects.len());
        self.by_name.insert(name.clone(), self.objects.len());
        self.note_definitions(shape, self.objects.len());
        self.objects.push(ObjectDefinition {
            name,
            paths: vec![path.to_owned()],
            shape: shape.clone(),
        });
    }

    fn note_definitions(&mut self, shape: &Shape, index: usize) {
        for definition in &shape.definitions {
            self.by_definition
                .entry(definition.clone())
                .or_insert(index);
        }
    }

    /// The part that is of the same definition of a document.
    fn of_definition(&self, shape: &Shape) -> Option<usize> {
        let mut of = shape.definitions.iter();
        of.find_map(|definition| self.by_definition.get(definition))
            .copied()
    }

    fn join(&mut self, index: usize, shape: &Shape, path: &str) {
        self.note_definitions(shape, index);
        let definition = &mut self.objects[index];
        definition.shape.join(shape.clone());
        definition.paths.push(path.to_owned());
        self.by_path.insert(path.to_owned(), index);
    }

    /// Puts parts and their places in the order of first use.
    fn sort(&mut self, found: &[(String, &Shape)]) {
        let order: BTreeMap<&str, usize> = found
            .iter()
            .enumerate()
            .map(|(index, (path, _))| (path.as_str(), index + 1))
            .collect();
        let place = |path: &String| order.get(path.as_str()).copied().unwrap_or(0);
        for definition in &mut self.objects {
            definition.paths.sort_by_key(place);
        }
        self.objects
            .sort_by_key(|definition| place(&definition.paths[0]));
        for (index, definition) in self.objects.iter().enumerate() {
            let paths = definition.paths.iter().map(|path| (path.clone(), index));
            self.by_path.extend(paths);
        }
        let named = self.objects.iter().enumerate().skip(1);
        self.by_name = named
            .map(|(index, definition)| (definition.name.clone(), index))
            .collect();
        self.by_definition.clear(); // all places have their parts
    }

    /// The places that have a part still, and of another name.
    fn renamed(&self, kept: &DefinitionNames) -> Vec<(String, String, String)> {
        let differs = |(path, old): (&String, &String)| {
            let new = self.enum_at(path).or_else(|| self.object_at(path))?;
            (new != old).then(|| (path.clone(), old.clone(), new.to_owned()))
        };
        kept.iter().filter_map(differs).collect()
    }

    /// Gives an object to the part of the same name that it resembles, or makes a new part of it.
    fn place(&mut self, shape: &Shape, path: &str) {
        let told = shape
            .definitions
            .iter()
            .find(|it| self.shared.contains(*it));
        let told = told.and_then(|definition| definition.rsplit('#').next());
        let base = told.map_or_else(|| base_name(path), pascal);
        let alike =
            |index: &usize| !self.overlaps(*index, path) && resembles(&self.objects[*index], shape);
        let known = self.of_definition(shape).filter(alike);
        match known.or_else(|| self.by_name.get(&base).copied().filter(alike)) {
            Some(index) => self.share(index, shape, path),
            None => {
                let name = self.free_name(base, path);
                self.add(name, shape, path);
            }
        }
    }

    /// Whether a place lies below one that has the part, or around it: a part does not contain itself.
    fn overlaps(&self, index: usize, path: &str) -> bool {
        let has_part = |other: &String| self.by_path.get(other) == Some(&index);
        let inner = self.by_path.range(path.to_owned()..);
        let mut inner = inner.take_while(|(other, _)| other.starts_with(path));
        path::around(path).iter().any(has_part)
            || inner.any(|(other, at)| *at == index && path::is_below(other, path))
    }

    /// Two places that share a part also share the parts below it.
    fn share(&mut self, index: usize, shape: &Shape, path: &str) {
        let first = self.objects[index].paths[0].clone();
        self.join(index, shape, path);
        for (below, inner) in objects_below(shape) {
            let known = self.by_path.get(&format!("{first}{below}")).copied();
            let here = format!("{path}{below}");
            let is_open =
                |known: &usize| !self.by_path.contains_key(&here) && !self.overlaps(*known, &here);
            if let Some(known) = known.filter(is_open) {
                self.join(known, inner, &here);
            }
        }
    }

    fn free_name(&mut self, base: String, path: &str) -> String {
        if let Entry::Vacant(free) = self.names.entry(base.to_ascii_lowercase()) {
            free.insert(2);
            return base;
        }
        let qualified = format!("{}{base}", self.parent_name(path));
        let key = qualified.to_ascii_lowercase();
        let mut number = self.names.get(&key).copied().unwrap_or(2);
        let mut name = qualified.clone();
        while self.names.contains_key(&name.to_ascii_lowercase()) {
            name = format!("{qualified}{number}");
            number += 1;
        }
        self.names.insert(key, number);
        self.names.entry(name.to_ascii_lowercase()).or_insert(2);
        name
    }

    fn parent_name(&self, path: &str) -> &str {
        let around = path::around(path);
        let mut named = around.iter().filter_map(|path| self.object_at(path));
        named.next().unwrap_or(&self.objects[0].name)
    }

    /// The places that had one part stay together, and apart from those of another.
    fn find_enums(&mut self, event: &EventKnowledge, kept: &DefinitionNames) {
        let mut groups = EnumGroups::default();
        for (path, values) in &event.values {
            groups.add(EnumGroup {
                values: values.names().map(str::to_owned).collect(),
                name: kept.get(path).cloned(),
                paths: vec![path.clone()],
            });
        }
        for EnumGroup { name, paths, .. } in groups.groups {
            let name = name
                .filter(|name| !self.is_object_name(name))
                .unwrap_or_else(|| self.free_name(enum_name(&paths), &paths[0]));
            let index = self.enums.len();
            let places = paths.iter().map(|path| (path.clone(), index));
            self.enums_by_path.extend(places);
            self.enums.push(ValuesDefinition { name, paths });
        }
    }

    fn is_object_name(&self, name: &str) -> bool {
        self.objects[0].name == name || self.by_name.contains_key(name)
    }
}

/// The objects of a detail that become parts, with their paths, outer before inner.
fn find_objects<'s>(
    shape: &'s Shape,
    path: &str,
    event: &EventKnowledge,
    found: &mut Vec<(String, &'s Shape)>,
) {
    if !event.maps.contains_key(path) {
        let is_object = decide(&path::last_key(path), shape)
            .kinds
            .contains(&ValueKind::Object);
        if is_object && !path.is_empty() {
            found.push((path.to_owned(), shape));
        }
        for (key, field) in shape.ordered() {
            find_objects(&field.shape, &path::key(path, key), event, found);
        }
    }
    if let Some(items) = &shape.items {
        find_objects(items, &path::items(path), event, found);
    }
}

/// The definitions of documents that objects under several keys are of.
fn shared(found: &[(String, &Shape)]) -> BTreeSet<String> {
    let mut keys: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (path, shape) in found {
        for definition in &shape.definitions {
            keys.entry(definition).or_default().insert(base_name(path));
        }
    }
    let several = keys.into_iter().filter(|(_, keys)| keys.len() > 1);
    several.map(|(definition, _)| definition.clone()).collect()
}

/// Whether an object may share a part: at least half of the keys of the smaller one are common, and no common key has
/// another kind.
fn resembles(definition: &ObjectDefinition, shape: &Shape) -> bool {
    let common = || {
        shape.fields.iter().filter_map(|(key, field)| {
            Some((&definition.shape.fields.get(key)?.shape, &field.shape))
        })
    };
    let smaller = definition.shape.fields.len().min(shape.fields.len());
    common().count() * 2 >= smaller && common().all(|(a, b)| agree(&a.kinds(), &b.kinds()))
}

fn agree(a: &BTreeSet<&ValueKind>, b: &BTreeSet<&ValueKind>) -> bool {
    let group = |kind: &&ValueKind| match kind {
        ValueKind::List => Some(1),
        ValueKind::Object | ValueKind::Map => Some(2),
        ValueKind::Boolean => Some(3),
        ValueKind::Integer | ValueKind::Number => Some(4),
        ValueKind::Text => Some(5),
        ValueKind::Null
        | ValueKind::Instant(_)
        | ValueKind::Misprint { .. }
        | ValueKind::UnformedInstant => None,
        ValueKind::Word(_) | ValueKind::Prose => None,
    };
    let groups =
        |kinds: &BTreeSet<&ValueKind>| kinds.iter().filter_map(group).collect::<BTreeSet<_>>();
    let (a, b) = (groups(a), groups(b));
    a.is_subset(&b) || b.is_subset(&a)
}

/// Every object below a shape, with its path relative to it: `.VariantStatus[]`.
fn objects_below(shape: &Shape) -> Vec<(String, &Shape)> {
    let mut found = Vec::new();
    collect_objects(shape, "", &mut found);
    found
}

fn collect_objects<'s>(shape: &'s Shape, path: &str, found: &mut Vec<(String, &'s Shape)>) {
    if shape.is_object() && !path.is_empty() {
        found.push((path.to_owned(), shape));
    }
    for (key, field) in &shape.fields {
        collect_objects(&field.shape, &format!("{path}{}", path::below(key)), found);
    }
    if let Some(items) = &shape.items {
        collect_objects(items, &format!("{path}[]"), found);
    }
}

/// What the object at a path is called: its key, in the singular when it is an item of a list.
fn base_name(path: &str) -> String {
    let key = path::last_key(path);
    let name = if path.ends_with("[]") {
        singular(&key)
    } else {
        key
    };
    pascal(&name)
}
