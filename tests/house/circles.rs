//! The modules of a crate come in; the circles that their files make by importing each other go out.
//!
//! A module and the files of its own folder are one room: what the module defines its children may use.

use crate::modules::{Crate, Module};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Which files each file imports from, and what.
type Arrows<'c> = BTreeMap<&'c Path, BTreeMap<&'c Path, String>>;

/// The circles of a crate, each in a line: `a.rs -(name)-> b.rs -(name)-> a.rs`.
pub(crate) fn circles_of(one: &Crate) -> Vec<String> {
    let arrows = arrows(one);
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for file in arrows.keys().copied() {
        let Some(circle) = shortest_circle(&arrows, file) else {
            continue;
        };
        // Of circles that share a file one is told: when it is cut, the next is seen.
        if !circle.iter().any(|file| told.contains(file)) {
            circles.push(drawn(&arrows, &circle));
        }
        told.extend(circle);
    }
    circles
}

fn drawn(arrows: &Arrows<'_>, circle: &[&Path]) -> String {
    let next = circle.iter().cycle().skip(1);
    let steps = circle.iter().zip(next).map(|(from, to)| {
        let name = &arrows[from][to];
        format!("{} -({name})-> ", from.display())
    });
    steps.collect::<String>() + &circle[0].display().to_string()
}

/// The shortest way from a file back to it.
fn shortest_circle<'c>(arrows: &Arrows<'c>, start: &'c Path) -> Option<Vec<&'c Path>> {
    let mut before: BTreeMap<&Path, &Path> = BTreeMap::new();
    let mut front = vec![start];
    while !front.is_empty() {
        let mut next = Vec::new();
        for from in front {
            for to in arrows
                .get(from)
                .into_iter()
                .flat_map(|to| to.keys().copied())
            {
                if to == start {
                    let back = std::iter::successors(Some(from), |file| before.get(file).copied());
                    let mut circle: Vec<&Path> = back.collect();
                    circle.reverse();
                    return Some(circle);
                }
                if !before.contains_key(to) {
                    before.insert(to, from);
                    next.push(to);
                }
            }
        }
        front = next;
    }
    None
}

fn arrows(one: &Crate) -> Arrows<'_> {
    let mut arrows = Arrows::new();
    for (path, module) in &one.modules {
        let imports = module.imports.iter().map(|(_, path)| path);
        for named in imports.chain(&module.paths) {
            let source = resolve(one, path, named, 0);
            if let Some(source) = source.filter(|source| {
                !path.starts_with(source) && one.modules[source].file != module.file
            }) {
                let file = one.modules[&source].file.as_path();
                let from = arrows.entry(module.file.as_path()).or_default();
                from.entry(file).or_insert_with(|| named.join("::"));
            }
        }
    }
    arrows
}

/// The module that defines what a path names; depth bounds the imports that are followed.
fn resolve(one: &Crate, from: &[String], path: &[String], depth: usize) -> Option<Vec<String>> {
    let (first, mut rest) = path.split_first()?;
    if depth > 8 {
        return None;
    }
    let mut at = match first.as_str() {
        "crate" => Vec::new(),
        "self" => from.to_vec(),
        "super" => from[..from.len().checked_sub(1)?].to_vec(),
        name => match child(one, from, name) {
            Some(module) => module,
            None if rest.is_empty() => return None,
            None => imported(one, from, name, depth)?,
        },
    };
    while let Some((step, further)) = rest.split_first() {
        rest = further;
        if step == "super" {
            at.pop()?;
        } else if let Some(module) = child(one, &at, step) {
            at = module;
        } else if one.modules[&at].defines.contains(step) {
            return Some(at);
        } else {
            return imported(one, &at, step, depth).or(Some(at));
        }
    }
    Some(at)
}

fn child(one: &Crate, module: &[String], name: &str) -> Option<Vec<String>> {
    let path = [module, &[name.to_owned()]].concat();
    one.modules.contains_key(&path).then_some(path)
}

/// Where a name comes from that a module imports, by itself or with all others.
fn imported(one: &Crate, module: &[String], name: &str, depth: usize) -> Option<Vec<String>> {
    let here: &Module = one.modules.get(module)?;
    let by_name = here.imports.iter().find(|(import, _)| import == name);
    if let Some((_, path)) = by_name {
        return resolve(one, module, path, depth + 1);
    }
    let globs = here.imports.iter().filter(|(import, _)| import == "*");
    let mut sources = globs.filter_map(|(_, path)| resolve(one, module, path, depth + 1));
    sources.find(|source| {
        one.modules[source]
            .defines
            .iter()
            .any(|defined| defined == name)
    })
}
