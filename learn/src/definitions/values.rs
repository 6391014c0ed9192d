//! The lists of known values of a detail come in, each with the path that takes it; those that are one go out, and
//! what it is called.

use super::base_name;
use crate::names::{pascal, words};
use eventbridge_catalog::path;
use std::collections::{BTreeSet, HashMap};

/// Places that share a list of values.
pub(super) struct EnumGroup {
    pub(super) values: BTreeSet<String>,
    /// What it is called already.
    pub(super) name: Option<String>,
    pub(super) paths: Vec<String>,
}

/// Groups in the order of their first places. One of a name takes what has that name, one of none what has the same
/// values and is called alike.
#[derive(Default)]
pub(super) struct EnumGroups {
    pub(super) groups: Vec<EnumGroup>,
    by_name: HashMap<String, usize>,
    /// By values and the last word of the first place; and those of them that have no name.
    by_values: HashMap<(BTreeSet<String>, Option<String>), usize>,
    unnamed: HashMap<(BTreeSet<String>, Option<String>), usize>,
}

impl EnumGroups {
    pub(super) fn add(&mut self, group: EnumGroup) {
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
    let key = path::last_key(path);
    words(&key).last().map(|word| word.to_ascii_lowercase())
}

/// The words that the keys of all paths end in: `StepStatus` of `currentStepStatus`, `previousStepStatus`.
/// A key that others end in tells less than they do: `SecondaryStatus` of itself and `Status`, as a status
/// of the whole is another.
pub(super) fn enum_name(paths: &[String]) -> String {
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
