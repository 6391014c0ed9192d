//! What a schema says that an event, a field or a definition means comes in; it goes out as one line of text.

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::json::Node;
use crate::model::{Body, Documented, Field, Type};
use crate::text::is_address;
use std::collections::BTreeMap;

impl<'t> Reader<'t> {
    /// When pages documented the event.
    pub(super) fn documented(&self) -> Result<Option<Documented>, Diagnostic> {
        let Some(node) = self.schema.get("x-documented") else {
            return Ok(None);
        };
        Ok(Some(Documented {
            first: self.text(node, "first")?.to_owned(),
            last: self.text(node, "last")?.to_owned(),
        }))
    }

    /// The description beside a type, on one line; none where it says nothing.
    pub(super) fn description(&self, node: &'t Node) -> Result<Option<String>, Diagnostic> {
        if node.get("description").is_none() {
            return Ok(None);
        }
        let words = self.text(node, "description")?.split_whitespace();
        let line = words.collect::<Vec<_>>().join(" ");
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    /// The address of the page that documents the event.
    pub(super) fn documentation(&self) -> Result<Option<String>, Diagnostic> {
        let Some(node) = self.schema.get("x-documentation") else {
            return Ok(None);
        };
        let address = self.text(self.schema, "x-documentation")?;
        match is_address(address) {
            true => Ok(Some(address.to_owned())),
            false => Err(self
                .error(node, "expected the address of a page")
                .help("begin it with https://, and write odd characters as %20")),
        }
    }
}

/// What fields say of the definitions that they hold, where all that hold one say the same.
pub(super) fn of_definitions<'b>(
    detail: &[Field],
    bodies: impl Iterator<Item = &'b Body>,
) -> BTreeMap<String, Option<String>> {
    let mut said = BTreeMap::new();
    detail.iter().for_each(|field| note(field, &mut said));
    for body in bodies {
        if let Body::Object(fields) = body {
            fields.iter().for_each(|field| note(field, &mut said));
        }
    }
    said
}

fn note(field: &Field, said: &mut BTreeMap<String, Option<String>>) {
    each_named(&field.ty, &mut |name| match said.get_mut(name) {
        Some(known) if *known != field.description => *known = None,
        Some(_) => {}
        None => drop(said.insert(name.to_owned(), field.description.clone())),
    });
}

fn each_named(ty: &Type, note: &mut impl FnMut(&str)) {
    match ty {
        Type::Named(name) => note(name),
        Type::List(inner) | Type::Map(inner) => each_named(inner, note),
        Type::OneOf(types) => types.iter().for_each(|ty| each_named(ty, note)),
        _ => {}
    }
}
