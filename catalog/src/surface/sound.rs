//! What a set keeps of its packages comes in; what nobody but a slip of the hand wrote there goes out.

use super::{Surface, SurfaceBody, SurfaceEvent, SurfaceField};
use crate::model::Type;
use std::collections::BTreeSet;

impl Surface {
    /// What cannot be of the names and types that are kept.
    pub(super) fn unsound(&self) -> Option<String> {
        let mut names = BTreeSet::new();
        self.events.iter().find_map(|((_, detail_type), event)| {
            let name = &event.name;
            if !is_name(name) {
                return Some(format!("`{name}` of {detail_type:?} names no type"));
            }
            if !names.insert(name) {
                return Some(format!(
                    "{detail_type:?} and another event are both `{name}`"
                ));
            }
            let missing = event.missing_type()?;
            Some(format!(
                "{detail_type:?} has no type `{missing}`, which a field is of"
            ))
        })
    }
}

impl SurfaceEvent {
    /// The first type that fields are of and that is not there.
    fn missing_type(&self) -> Option<&str> {
        let known: BTreeSet<&str> = self.types.iter().map(|(name, _)| &**name).collect();
        let inner = self.types.iter().filter_map(|(_, body)| match body {
            SurfaceBody::Object(fields) => Some(fields),
            SurfaceBody::Values(_) => None,
        });
        let fields = inner.flatten().chain(&self.fields);
        let mut named = fields.flat_map(SurfaceField::named_types);
        named.find(|name| !known.contains(name))
    }
}

impl SurfaceField {
    fn named_types(&self) -> Vec<&str> {
        named(&self.ty)
    }
}

/// The definitions that a type names.
fn named(ty: &Type) -> Vec<&str> {
    match ty {
        Type::Named(name) => vec![name],
        Type::List(inner) | Type::Map(inner) => named(inner),
        Type::OneOf(types) => types.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

/// Whether packages may call a type so. Emitters spell it as their language needs it, files are called so: what leads
/// elsewhere is no name.
fn is_name(name: &str) -> bool {
    let leads_away = |c: char| matches!(c, '/' | '\\' | '.') || c.is_whitespace() || c.is_control();
    !name.is_empty() && !name.chars().any(leads_away)
}
