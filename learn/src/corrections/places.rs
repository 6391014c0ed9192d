//! A shape comes in; the places in it that corrections speak of go out, or are corrected.

use super::MapKeys;
use crate::shape::{Shape, ValueKind};
use eventbridge_catalog::model::{Origin, WireForm};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, HashSet};

/// The places that evidence itself calls maps.
fn known_maps(shape: &Shape, path: &str, maps: &mut BTreeMap<String, Option<String>>) {
    if shape.is_map() && !path.is_empty() {
        maps.insert(path.to_owned(), None);
    }
    for (key, field) in &shape.fields {
        known_maps(&field.shape, &path::key(path, key), maps);
    }
    if let Some(items) = &shape.items {
        known_maps(items, &format!("{path}[]"), maps);
    }
}

/// The paths of a detail where a map may stand, and the type of its values if it is known. The keys that stand there
/// are found.
pub(super) fn maps<'c>(
    detail: &Shape,
    keys: &MapKeys<'c>,
    found: &mut HashSet<&'c str>,
) -> BTreeMap<String, Option<String>> {
    let mut maps = BTreeMap::new();
    known_maps(detail, "", &mut maps);
    let mut walk = MapWalk {
        keys,
        around: Vec::new(),
        paths: Vec::new(),
    };
    walk.object(detail, "");
    for (key, path) in walk.paths {
        let values = keys.get(key).copied().flatten();
        maps.insert(path, values.map(|ty| ty.name().to_owned()));
        found.insert(key);
    }
    maps
}

/// A walk through a detail after the keys that are maps: those under which an object or a list was seen, as lists
/// of keys with values are maps as well.
struct MapWalk<'k, 'c> {
    keys: &'k MapKeys<'c>,
    /// Those that the walk stands in: within itself a key is no other map.
    around: Vec<&'c str>,
    paths: Vec<(&'c str, String)>,
}

impl MapWalk<'_, '_> {
    fn object(&mut self, shape: &Shape, path: &str) {
        for (name, field) in &shape.fields {
            let path = path::key(path, name);
            let kinds = field.shape.kinds();
            let has_parts = kinds.contains(&ValueKind::Object) || kinds.contains(&ValueKind::List);
            let key = self.keys.get_key_value(name.as_str()).map(|(key, _)| *key);
            let key = key.filter(|key| has_parts && !self.around.contains(key));
            if let Some(key) = key {
                self.paths.push((key, path.clone()));
                self.around.push(key);
            }
            self.object(&field.shape, &path);
            if key.is_some() {
                self.around.pop();
            }
        }
        if let Some(items) = &shape.items {
            self.object(items, &format!("{path}[]"));
        }
    }
}

/// Marks the instants that pages show in a form which events do not have. The sightings stay as they are.
pub(super) fn misprint(shape: &mut Shape, shown: WireForm, meant: WireForm) -> bool {
    let printed = shape
        .seen
        .remove(&(Origin::Page, ValueKind::Instant(shown)));
    let mut found = printed.is_some();
    if let Some(printed) = printed {
        let kind = ValueKind::Misprint { shown, meant };
        shape.seen.insert((Origin::Page, kind), printed);
    }
    for field in shape.fields.values_mut() {
        found |= misprint(&mut field.shape, shown, meant);
    }
    for inner in [&mut shape.items, &mut shape.values].into_iter().flatten() {
        found |= misprint(inner, shown, meant);
    }
    found
}
