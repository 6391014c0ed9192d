//! The shape of a detail comes in; its named parts go out: which objects and value lists become
//! definitions, what they are called, and which places share one.

use super::join::Event;
use super::names::{pascal, singular, words};
use super::settle::settle;
use super::shape::{Kind, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// The named parts of one detail.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// In the order of first use; the detail itself is the first.
    pub(super) objects: Vec<Part>,
    /// Open enums, in the order of first use.
    pub(super) enums: Vec<EnumPart>,
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
    /// Finds and names the parts of an event's detail. `name` is the event's own.
    pub(super) fn of(name: &str, event: &Event) -> Parts {
        let mut parts = Parts::default();
        let detail = Part {
            name: name.to_owned(),
            paths: vec![String::new()],
            shape: event.detail.clone(),
        };
        parts.by_path.insert(String::new(), 0);
        parts.objects.push(detail);
        parts.visit(&event.detail, "", event);
        parts.find_enums(event);
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

    fn visit(&mut self, shape: &Shape, path: &str, event: &Event) {
        if !event.maps.contains_key(path) {
            let is_object = settle(key_of(path), shape).kinds.contains(&Kind::Object);
            if is_object && !path.is_empty() && !self.by_path.contains_key(path) {
                self.place(shape, path);
            }
            for (key, field) in shape.ordered() {
                self.visit(&field.shape, &join_path(path, key), event);
            }
        }
        if let Some(items) = &shape.items {
            self.visit(items, &format!("{path}[]"), event);
        }
    }

    /// Gives an object to the part of the same name that it resembles, or makes a new part of it.
    fn place(&mut self, shape: &Shape, path: &str) {
        let base = base_name(path);
        let alike = |part: &Part| part.name == base && resembles(part, shape, path);
        match self.objects.iter().skip(1).position(alike) {
            Some(index) => self.share(index + 1, shape, path),
            None => {
                let name = self.free_name(base, path);
                self.by_path.insert(path.to_owned(), self.objects.len());
                self.objects.push(Part {
                    name,
                    paths: vec![path.to_owned()],
                    shape: shape.clone(),
                });
            }
        }
    }

    /// Two places that share a part also share the parts below it.
    fn share(&mut self, index: usize, shape: &Shape, path: &str) {
        let part = &mut self.objects[index];
        let first = part.paths[0].clone();
        part.shape.join(shape.clone());
        part.paths.push(path.to_owned());
        self.by_path.insert(path.to_owned(), index);
        for (below, inner) in objects_below(shape) {
            let known = self.by_path.get(&format!("{first}{below}")).copied();
            let here = format!("{path}{below}");
            if let Some(known) = known.filter(|_| !self.by_path.contains_key(&here)) {
                self.objects[known].shape.join(inner.clone());
                self.objects[known].paths.push(here.clone());
                self.by_path.insert(here, known);
            }
        }
    }

    fn free_name(&self, base: String, path: &str) -> String {
        let taken = |name: &str| {
            self.objects
                .iter()
                .any(|part| part.name.eq_ignore_ascii_case(name))
                || self
                    .enums
                    .iter()
                    .any(|part| part.name.eq_ignore_ascii_case(name))
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
        let mut parent = path;
        while let Some(end) = parent.rfind(['.', '[']) {
            parent = &parent[..end];
            if let Some(name) = self.object_at(parent) {
                return name;
            }
        }
        &self.objects[0].name
    }

    fn find_enums(&mut self, event: &Event) {
        let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for (path, values) in &event.values {
            let values: Vec<String> = values
                .ordered()
                .into_iter()
                .map(|(value, _)| value.to_owned())
                .collect();
            let ending = |path: &str| {
                words(key_of(path))
                    .last()
                    .map(|word| word.to_ascii_lowercase())
            };
            let same = |group: &&mut (Vec<String>, Vec<String>)| {
                same_values(&group.0, &values) && ending(&group.1[0]) == ending(path)
            };
            match groups.iter_mut().find(same) {
                Some((_, paths)) => paths.push(path.clone()),
                None => groups.push((values, vec![path.clone()])),
            }
        }
        for (_, paths) in groups {
            let name = self.free_name(enum_name(&paths), &paths[0]);
            self.enums.push(EnumPart { name, paths });
        }
    }
}

fn same_values(a: &[String], b: &[String]) -> bool {
    a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
}

/// Whether an object may share a part: it lies not below it, at least half of the keys of the smaller
/// one are common, and no common key has another kind.
fn resembles(part: &Part, shape: &Shape, path: &str) -> bool {
    let below = |outer: &String| {
        path.strip_prefix(outer.as_str())
            .is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    if part.paths.iter().any(below) {
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
        collect_objects(&field.shape, &format!("{path}.{key}"), found);
    }
    if let Some(items) = &shape.items {
        collect_objects(items, &format!("{path}[]"), found);
    }
}

/// The path of a key of the object at `path`.
pub(super) fn join_path(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// The last key of a path.
pub(super) fn key_of(path: &str) -> &str {
    let trimmed = path.trim_end_matches("[]");
    trimmed.rsplit(['.', ']']).next().unwrap_or(trimmed)
}

/// What the object at a path is called: its key, in the singular when it is an item of a list.
fn base_name(path: &str) -> String {
    let key = key_of(path);
    let name = if path.ends_with("[]") {
        singular(key)
    } else {
        key.to_owned()
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
