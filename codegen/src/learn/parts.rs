//! The shape of a detail comes in; its named parts go out: which objects and value lists become
//! definitions, what they are called, and which places share one.

use super::join::Event;
use super::names::{pascal, singular, words};
use super::naming::PartNames;
use super::settle::settle;
use super::shape::{Kind, Shape};
use crate::path;
use std::collections::{BTreeMap, BTreeSet};

/// The named parts of one detail.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// In the order of first use; the detail itself is the first.
    pub(super) objects: Vec<Part>,
    /// Open enums, in the order of first use.
    pub(super) enums: Vec<EnumPart>,
    /// Places whose part is called otherwise than it was: the path, the old name and the new.
    pub(super) renamed: Vec<(String, String, String)>,
    by_path: BTreeMap<String, usize>,
}

/// An object that becomes a definition.
#[derive(Debug)]
pub(super) struct Part {
    /// PascalCase.
    pub(super) name: String,
    /// Every path that has this part; the first gave it its place.
    pub(super) paths: Vec<String>,
    /// The shapes at all paths, joined.
    pub(super) shape: Shape,
}

/// A list of known values that becomes a definition.
#[derive(Debug)]
pub(super) struct EnumPart {
    /// PascalCase.
    pub(super) name: String,
    /// Every path that takes these values.
    pub(super) paths: Vec<String>,
}

impl Parts {
    /// Finds and names the parts of an event's detail. `name` is the event's own; a part that the set has
    /// already keeps its name and its places, and what is new goes out of its way.
    pub(super) fn of(name: &str, event: &Event, kept: &PartNames) -> Parts {
        let mut parts = Parts::default();
        let detail = Part {
            name: name.to_owned(),
            paths: vec![String::new()],
            shape: event.detail.clone(),
        };
        parts.by_path.insert(String::new(), 0);
        parts.objects.push(detail);
        let mut found = Vec::new();
        find_objects(&event.detail, "", event, &mut found);
        for (path, shape) in &found {
            if let Some(name) = kept.get(path) {
                parts.stay(shape, path, name);
            }
        }
        for (path, shape) in &found {
            if !parts.by_path.contains_key(path) {
                parts.place(shape, path, kept);
            }
        }
        parts.sort(&found);
        parts.find_enums(event, kept);
        parts.renamed = parts.renamed(kept);
        parts
    }

    /// The definition of the object at a path.
    pub(super) fn object_at(&self, path: &str) -> Option<&str> {
        self.by_path
            .get(path)
            .map(|&index| self.objects[index].name.as_str())
    }

    /// The definition of the values at a path.
    pub(super) fn enum_at(&self, path: &str) -> Option<&str> {
        self.enums
            .iter()
            .find(|part| part.paths.iter().any(|other| other == path))
            .map(|part| part.name.as_str())
    }

    /// Gives an object the name that it has, and the part if there is one.
    fn stay(&mut self, shape: &Shape, path: &str, name: &str) {
        let own = &self.objects[0].name;
        let known = self
            .objects
            .iter()
            .skip(1)
            .position(|part| part.name == name);
        match known.map(|index| index + 1) {
            Some(index) if !overlaps(&self.objects[index], path) => self.join(index, shape, path),
            None if !own.eq_ignore_ascii_case(name) => self.add(name.to_owned(), shape, path),
            _ => {}
        }
    }

    fn add(&mut self, name: String, shape: &Shape, path: &str) {
        self.by_path.insert(path.to_owned(), self.objects.len());
        self.objects.push(Part {
            name,
            paths: vec![path.to_owned()],
            shape: shape.clone(),
        });
    }

    fn join(&mut self, index: usize, shape: &Shape, path: &str) {
        let part = &mut self.objects[index];
        part.shape.join(shape.clone());
        part.paths.push(path.to_owned());
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
        for part in &mut self.objects {
            part.paths.sort_by_key(place);
        }
        self.objects.sort_by_key(|part| place(&part.paths[0]));
        for (index, part) in self.objects.iter().enumerate() {
            let paths = part.paths.iter().map(|path| (path.clone(), index));
            self.by_path.extend(paths);
        }
    }

    /// The places that have a part still, and of another name.
    fn renamed(&self, kept: &PartNames) -> Vec<(String, String, String)> {
        let differs = |(path, old): (&String, &String)| {
            let new = self.enum_at(path).or_else(|| self.object_at(path))?;
            (new != old).then(|| (path.clone(), old.clone(), new.to_owned()))
        };
        kept.iter().filter_map(differs).collect()
    }

    /// Gives an object to the part of the same name that it resembles, or makes a new part of it.
    fn place(&mut self, shape: &Shape, path: &str, kept: &PartNames) {
        let base = base_name(path);
        let alike = |part: &Part| part.name == base && resembles(part, shape, path);
        match self.objects.iter().skip(1).position(alike) {
            Some(index) => self.share(index + 1, shape, path),
            None => self.add(self.free_name(base, path, kept), shape, path),
        }
    }

    /// Two places that share a part also share the parts below it.
    fn share(&mut self, index: usize, shape: &Shape, path: &str) {
        let first = self.objects[index].paths[0].clone();
        self.join(index, shape, path);
        for (below, inner) in objects_below(shape) {
            let known = self.by_path.get(&format!("{first}{below}")).copied();
            let here = format!("{path}{below}");
            let is_open = |known: &usize| {
                !self.by_path.contains_key(&here) && !overlaps(&self.objects[*known], &here)
            };
            if let Some(known) = known.filter(is_open) {
                self.join(known, inner, &here);
            }
        }
    }

    fn free_name(&self, base: String, path: &str, kept: &PartNames) -> String {
        let objects = || self.objects.iter().map(|part| &part.name);
        let enums = || self.enums.iter().map(|part| &part.name);
        let taken = |name: &str| {
            let mut all = objects().chain(enums()).chain(kept.values());
            all.any(|other| other.eq_ignore_ascii_case(name))
        };
        if !taken(&base) {
            return base;
        }
        let qualified = format!("{}{base}", self.parent_name(path));
        let numbered = (2..).map(|number| format!("{qualified}{number}"));
        std::iter::once(qualified.clone())
            .chain(numbered)
            .find(|name| !taken(name))
            .unwrap_or(base)
    }

    fn parent_name(&self, path: &str) -> &str {
        let around = path::around(path);
        let mut named = around.iter().filter_map(|path| self.object_at(path));
        named.next().unwrap_or(&self.objects[0].name)
    }

    /// The places that had one part stay together, and apart from those of another.
    fn find_enums(&mut self, event: &Event, kept: &PartNames) {
        let mut groups: Vec<EnumGroup> = Vec::new();
        for (path, values) in &event.values {
            let ordered = values.ordered().into_iter();
            let group = EnumGroup {
                values: ordered.map(|(value, _)| value.to_owned()).collect(),
                name: kept.get(path).cloned(),
                paths: vec![path.clone()],
            };
            match groups.iter_mut().find(|known| known.takes(&group)) {
                Some(known) => known.join(group),
                None => groups.push(group),
            }
        }
        for EnumGroup { name, paths, .. } in groups {
            let objects = self.objects.iter();
            let is_free = |name: &String| objects.clone().all(|part| part.name != *name);
            let name = name
                .filter(is_free)
                .unwrap_or_else(|| self.free_name(enum_name(&paths), &paths[0], kept));
            self.enums.push(EnumPart { name, paths });
        }
    }
}

/// Places that share a list of values.
struct EnumGroup {
    values: BTreeSet<String>,
    /// What it is called already.
    name: Option<String>,
    paths: Vec<String>,
}

impl EnumGroup {
    fn takes(&self, other: &EnumGroup) -> bool {
        match (&self.name, &other.name) {
            (Some(name), Some(other)) => name == other,
            _ => self.values == other.values && ending(&self.paths[0]) == ending(&other.paths[0]),
        }
    }

    fn join(&mut self, other: EnumGroup) {
        self.name = self.name.take().or(other.name);
        self.paths.extend(other.paths);
    }
}

/// The last word of a path.
fn ending(path: &str) -> Option<String> {
    let key = key_of(path);
    words(&key).last().map(|word| word.to_ascii_lowercase())
}

/// The objects of a detail that become parts, with their paths, outer before inner.
fn find_objects<'s>(
    shape: &'s Shape,
    path: &str,
    event: &Event,
    found: &mut Vec<(String, &'s Shape)>,
) {
    if !event.maps.contains_key(path) {
        let is_object = settle(&key_of(path), shape).kinds.contains(&Kind::Object);
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

/// Whether a place lies below one that has the part, or around it: a part does not contain itself.
fn overlaps(part: &Part, path: &str) -> bool {
    let mut paths = part.paths.iter();
    paths.any(|other| path::is_below(path, other) || path::is_below(other, path))
}

/// Whether an object may share a part: it lies not below it, at least half of the keys of the smaller
/// one are common, and no common key has another kind.
fn resembles(part: &Part, shape: &Shape, path: &str) -> bool {
    if overlaps(part, path) {
        return false;
    }
    let common = || {
        shape
            .fields
            .iter()
            .filter_map(|(key, field)| Some((&part.shape.fields.get(key)?.shape, &field.shape)))
    };
    let smaller = part.shape.fields.len().min(shape.fields.len());
    common().count() * 2 >= smaller && common().all(|(a, b)| agree(&a.kinds(), &b.kinds()))
}

fn agree(a: &BTreeSet<&Kind>, b: &BTreeSet<&Kind>) -> bool {
    let group = |kind: &&Kind| match kind {
        Kind::List => Some(1),
        Kind::Object | Kind::Map => Some(2),
        Kind::Boolean => Some(3),
        Kind::Integer | Kind::Number => Some(4),
        Kind::Text => Some(5),
        Kind::Null | Kind::Instant(_) | Kind::Misprint { .. } | Kind::Moment => None,
        Kind::Word(_) | Kind::Prose => None,
    };
    let groups = |kinds: &BTreeSet<&Kind>| kinds.iter().filter_map(group).collect::<BTreeSet<_>>();
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

/// The last key of a path.
pub(super) fn key_of(path: &str) -> String {
    path::last_key(path)
}

/// What the object at a path is called: its key, in the singular when it is an item of a list.
fn base_name(path: &str) -> String {
    let key = key_of(path);
    let name = if path.ends_with("[]") {
        singular(&key)
    } else {
        key
    };
    pascal(&name)
}

/// The words that the keys of all paths end in: `StepStatus` of `currentStepStatus`, `previousStepStatus`.
/// A key that others end in tells less than they do: `SecondaryStatus` of itself and `Status`, as a status
/// of the whole is another.
fn enum_name(paths: &[String]) -> String {
    let names: Vec<String> = paths.iter().map(|path| base_name(path)).collect();
    let all: Vec<Vec<&str>> = names.iter().map(|name| words(name)).collect();
    let tells_less = |one: &Vec<&str>| {
        let mut others = all.iter();
        others.any(|other| other.len() > one.len() && other.ends_with(one))
    };
    let telling: Vec<&Vec<&str>> = all.iter().filter(|name| !tells_less(name)).collect();
    let shortest = telling.iter().map(|name| name.len()).min().unwrap_or(0);
    let tail = |name: &Vec<&str>, count: usize| name[name.len() - count..].concat();
    let ends_alike = |count: &usize| {
        telling
            .iter()
            .all(|name| tail(name, *count) == tail(telling[0], *count))
    };
    match (1..=shortest).rev().find(ends_alike) {
        Some(count) => pascal(&tail(telling[0], count)),
        None => names[0].clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::enum_name;

    #[test]
    fn known_values_are_named_by_what_tells_most() {
        for (paths, name) in [
            (&["JobStatus"][..], "JobStatus"),
            (&["currentStepStatus", "previousStepStatus"], "StepStatus"),
            (
                &["SecondaryStatus", "Transitions[].Status"],
                "SecondaryStatus",
            ),
            (&["Scans[].Status", "Checks[].Status"], "Status"),
            (&["Status", "oldLidStatus", "newLidStatus"], "LidStatus"),
            (&["LidStatus", "PotStatus", "Status"], "Status"),
            (&["Modes[]", "Mode"], "Mode"),
        ] {
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(enum_name(&paths), name);
        }
    }
}
