//! An API model and the mirrors of a source come in; the part of the model that they need goes out. It
//! depends on these two alone, and an extract of an extract is the same.

use super::mirrors::{Mirror, Mirrors};
use super::{ApiModel, ApiShape, Use};
use eventbridge_catalog::diagnostic::Diagnostic;
use std::collections::BTreeMap;

impl ApiModel {
    /// The shapes that are mirrored, and what they lead to.
    ///
    /// # Errors
    ///
    /// Each mirror of a shape or a member that the model lacks.
    pub fn extract(&self, mirrors: &Mirrors) -> Result<ApiModel, Vec<Diagnostic>> {
        if !mirrors.services().contains(self.service.as_str()) {
            return Err(vec![mirrors.wrong_service(format!(
                "the API model at hand is of {}, not of {}",
                self.service, mirrors.file.service
            ))]);
        }
        let mut extract = Extract {
            model: self,
            kept: BTreeMap::new(),
        };
        let mut problems = Vec::new();
        for (index, mirror) in mirrors.of_service(&self.service) {
            match self.shapes.get(&mirror.shape) {
                Some(ApiShape::Structure(_)) => extract.keep(&mirror.shape),
                _ => {
                    let name = ("structure", mirror.shape.as_str());
                    let structures = self.structures();
                    problems.push(mirrors.unknown(index, "shape", None, name, structures));
                    continue;
                }
            }
            for (path, named) in &mirror.fields {
                if let Err(missing) = extract.keep_member(mirror, named) {
                    let name = ("structure or member", missing.name);
                    let known = missing.known.into_iter();
                    problems.push(mirrors.unknown(index, "fields", Some(path), name, known));
                }
            }
        }
        if !problems.is_empty() {
            let learn_again = |problem: Diagnostic| {
                let known = problem.help.clone().unwrap_or_default();
                problem.help(format!("{known} If it is new, learn the API model again"))
            };
            return Err(problems.into_iter().map(learn_again).collect());
        }
        Ok(ApiModel {
            shapes: extract.kept,
            ..self.clone()
        })
    }

    fn structures(&self) -> impl Iterator<Item = &str> {
        let is_structure = |shape: &ApiShape| matches!(shape, ApiShape::Structure(_));
        let all = self.shapes.iter();
        all.filter(move |(_, shape)| is_structure(shape))
            .map(|(name, _)| name.as_str())
    }

    /// The names of all members of structures.
    pub(crate) fn member_names(&self) -> impl Iterator<Item = &str> {
        let structures = self.structures().filter_map(|name| self.members(name));
        structures.flatten().map(|(name, _)| name.as_str())
    }

    /// The members of a structure.
    pub(crate) fn members(&self, name: &str) -> Option<&[(String, Use)]> {
        match self.shapes.get(name)? {
            ApiShape::Structure(members) => Some(members),
            _ => None,
        }
    }
}

struct Extract<'m> {
    model: &'m ApiModel,
    kept: BTreeMap<String, ApiShape>,
}

/// A name that the model lacks, and those it has.
struct Missing<'m> {
    name: &'m str,
    known: Vec<&'m str>,
}

impl<'m> Extract<'m> {
    /// Keeps a shape and all it leads to.
    fn keep(&mut self, name: &str) {
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some((name, shape)) = self.model.shapes.get_key_value(name) else {
                continue;
            };
            if self.kept.get(name) == Some(shape) {
                continue;
            }
            self.kept.insert(name.clone(), shape.clone());
            open.extend(shape.uses().filter_map(Use::shape));
        }
    }

    /// Keeps one member of a structure; of a structure that is not mirrored itself, no other.
    fn keep_member(&mut self, mirror: &'m Mirror, named: &'m str) -> Result<(), Missing<'m>> {
        let (structure, member) = mirror.target(named);
        let Some(members) = self.model.members(structure) else {
            let known = self.model.structures().collect();
            return Err(Missing {
                name: structure,
                known,
            });
        };
        let Some(found) = members.iter().find(|(key, _)| key == member) else {
            let known = members.iter().map(|(key, _)| key.as_str()).collect();
            return Err(Missing {
                name: member,
                known,
            });
        };
        let empty = || ApiShape::Structure(Vec::new());
        let kept = self.kept.entry(structure.to_owned()).or_insert_with(empty);
        if let ApiShape::Structure(kept) = kept
            && !kept.contains(found)
        {
            kept.push(found.clone());
            kept.sort_by_key(|(key, _)| members.iter().position(|(other, _)| other == key));
        }
        if let Use::Shape(name) = &found.1 {
            self.keep(name);
        }
        Ok(())
    }
}

impl ApiShape {
    fn uses(&self) -> Box<dyn Iterator<Item = &Use> + '_> {
        match self {
            ApiShape::Structure(members) => Box::new(members.iter().map(|(_, member)| member)),
            ApiShape::List(inner) | ApiShape::Map(inner) => Box::new(std::iter::once(inner)),
            ApiShape::Values(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Use {
    fn shape(&self) -> Option<&str> {
        match self {
            Use::Shape(name) => Some(name),
            _ => None,
        }
    }
}
