//! The shape of a detail comes in; its named parts go out: which objects and value lists become
//! definitions, what they are called, and which places share one.

use super::join::Event;
use super::names::{pascal, singular, words};
use super::naming::PartNames;
use super::settle::settle;
use super::shape::{Kind, Shape};
use eventbridge_catalog::path;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    enums_by_path: BTreeMap<String, usize>,
    /// The names of parts, with the number that comes next behind each: without case, as files are.
    names: BTreeMap<String, usize>,
    /// Which object has a name, spelled so.
    by_name: BTreeMap<String, usize>,
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
        let taken = std::iter::once(name).chain(kept.values().map(String::as_str));
        parts.names = taken.map(|name| (name.to_ascii_lowercase(), 2)).collect();
        let mut found = Vec::new();
        find_objects(&event.detail, "", event, &mut found);
        for (path, shape) in &found {
            if let Some(name) = kept.get(path) {
                parts.stay(shape, path, name);
            }
        }
        for (path, shape) in &found {
            if !parts.by_path.contains_key(path) {
                parts.place(shape, path);
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
        let named = self.objects.iter().enumerate().skip(1);
        self.by_name = named
            .map(|(index, part)| (part.name.clone(), index))
            .collect();
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
    fn place(&mut self, shape: &Shape, path: &str) {
        let base = base_name(path);
        let alike =
            |index: &usize| !self.overlaps(*index, path) && resembles(&self.objects[*index], shape);
        match self.by_name.get(&base).copied().filter(alike) {
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
    fn find_enums(&mut self, event: &Event, kept: &PartNames) {
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
            self.enums.push(EnumPart { name, paths });
        }
    }

    fn is_object_name(&self, name: &str) -> bool {
        self.objects[0].name == name || self.by_name.contains_key(name)
    }
}

/// Places that share a list of values.
struct EnumGroup {
    values: BTreeSet<String>,
    /// What it is called already.
    name: Option<String>,
    paths: Vec<String>,
}

/// Groups in the order of their first places. One of a name takes what has that name, one of none what has the same
/// values and is called alike.
#[derive(Default)]
struct EnumGroups {
    groups: Vec<EnumGroup>,
    by_name: HashMap<String, usize>,
    /// By values and the last word of the first place; and those of them that have no name.
    by_values: HashMap<(BTreeSet<String>, Option<String>), usize>,
    unnamed: HashMap<(BTreeSet<String>, Option<String>), usize>,
}

impl EnumGroups {
    fn add(&mut self, group: EnumGroup) {
        let key = (group.values.clone(), ending(&group.paths[0]));
        let known = match &group.name {
            Some(name) => [self.by_name.get(name), self.unnamed.get(&key)],
            None => [self.by_values.get(&key), None],
        };
        let known = known.into_iter().flatten().min().copied();
        let index = known.unwrap_or(self.groups.len());
        match &group.name {
            Some(name) => {
                self.by_name.entry(name.clone()).or_insert(index);
                if self.unnamed.get(&key) == Some(&index) {
                    self.unnamed.remove(&key);
                }
            }
            None if known.is_none() => drop(self.unnamed.insert(key.clone(), index)),
            None => {}
        }
        match self.groups.get_mut(index) {
            Some(known) => {
                known.name = known.name.take().or(group.name);
                known.paths.extend(group.paths);
            }
            None => {
                self.by_values.entry(key).or_insert(index);
                self.groups.push(group);
            }
        }
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

/// Whether an object may share a part: at least half of the keys of the smaller one are common, and no common key has
/// another kind.
fn resembles(part: &Part, shape: &Shape) -> bool {
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
