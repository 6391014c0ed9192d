//! A model comes in; it goes out with a type of its own for each status whose values are not known, so that no type
//! changes when the first are. And the other way, for packages where text may become one of several words any time.

use crate::model::{Body, Definition, EventType, Field, Model, Type};
use crate::roles;
use heck::ToPascalCase;

/// The role of fields that say how the subject is.
const STATUS: &str = "status";

/// Gives each status that is text an open enum, which knows no value yet.
pub(super) fn open(model: &mut Model) {
    for event in &mut model.events {
        if let Some(at) = bare_status(event) {
            let name = free_name(event, &event.detail[at].key);
            let field = &mut event.detail[at];
            field.ty = Type::Named(name.clone());
            let definition = Definition {
                name,
                paths: vec![field.path.clone()],
                description: field.description.clone(),
                body: Body::Values(Vec::new()),
            };
            let definitions = std::mem::take(&mut event.definitions);
            event.definitions = definitions.into_iter().chain([definition]).collect();
        }
    }
}

/// Where the status stands, if it is text.
fn bare_status(event: &EventType) -> Option<usize> {
    let roles = roles::find_roles(event);
    let (_, key) = roles.iter().find(|(role, _)| *role == STATUS)?;
    let is_it = |field: &Field| field.key == **key && field.ty == Type::String;
    event.detail.iter().position(is_it)
}

fn free_name(event: &EventType, key: &str) -> String {
    let name = match key.to_pascal_case() {
        name if name.is_empty() => "Status".to_owned(),
        name => name,
    };
    let is_free = |name: &String| *name != event.name && event.definition(name).is_none();
    let numbered = (2_usize..).map(|number| format!("{name}{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(is_free).unwrap_or(name)
}

/// The model with text for each open enum that knows no value: where that is the same for who uses a package, it reads
/// better.
pub fn as_text(model: &Model) -> Model {
    let mut model = model.clone();
    for event in &mut model.events {
        let definitions = std::mem::take(&mut event.definitions);
        let (bare, mut others): (Vec<Definition>, Vec<Definition>) =
            definitions.into_iter().partition(is_bare);
        let is_text = |name: &str| bare.iter().any(|it| it.name == name);
        for fields in objects(&mut event.detail, &mut others) {
            fields
                .iter_mut()
                .for_each(|it| spell_out(&mut it.ty, &is_text));
        }
        event.definitions = others.into();
    }
    model
}

fn is_bare(definition: &Definition) -> bool {
    matches!(&definition.body, Body::Values(values) if values.is_empty())
}

/// The fields of all objects of an event.
fn objects<'e>(
    detail: &'e mut Vec<Field>,
    definitions: &'e mut [Definition],
) -> impl Iterator<Item = &'e mut Vec<Field>> {
    let inner = definitions.iter_mut();
    let inner = inner.filter_map(|definition| match &mut definition.body {
        Body::Object(fields) => Some(fields),
        Body::Values(_) => None,
    });
    std::iter::once(detail).chain(inner)
}

fn spell_out(ty: &mut Type, is_text: &impl Fn(&str) -> bool) {
    match ty {
        Type::Named(name) if is_text(name) => *ty = Type::String,
        Type::List(inner) | Type::Map(inner) => spell_out(inner, is_text),
        Type::OneOf(types) => types.iter_mut().for_each(|ty| spell_out(ty, is_text)),
        _ => {}
    }
}
