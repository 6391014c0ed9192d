//! An event comes in, its module goes out: what the detail's fields refer to, the detail, and the
//! event, each below what it refers to; and a guard that tells it from all else.

use super::super::literal::python as quoted;
use super::super::names::is_identifier;
use super::annotation::{Annotation, Scope};
use super::local::{Local, inner_first};
use super::{KEYWORDS, Module, comment, docstring, fits, stamp_of};
use crate::{doc, uses};
use eventbridge_catalog::model::{Body, Definition, EventType, Field, KnownValue, Type};
use std::collections::BTreeSet;

/// The text of the module.
pub(super) fn text(module: &Module<'_>) -> String {
    let local = Local::new(module);
    let mut scope = local.scope.clone();
    let mut parts = Vec::new();
    for definition in inner_first(module.event) {
        parts.push(self::definition(definition, &local, &scope));
        if let Some(name) = scope.get_mut(definition.name.as_str()) {
            name.defined = true;
        }
    }
    parts.push(detail_type(module, &scope));
    parts.push(event(module));
    parts.push(guard(module));
    parts.push(open_to_more(module, &scope));
    // As ruff has it: two lines before a class, one before anything else.
    let first_is_class = parts
        .first()
        .is_some_and(|part| part.starts_with("class ") || part.starts_with('@'));
    let gap = if first_is_class { "\n\n" } else { "\n" };
    format!("{}{gap}{}", head(module), parts.join("\n\n"))
}

/// The type of the detail, with a mark if its event is no longer documented: what is no class cannot have one.
fn detail_type(module: &Module<'_>, scope: &Scope<'_>) -> String {
    let event = module.event;
    let text = typed_dict(&module.detail, &detail(event), &event.detail, scope);
    match text.starts_with("class ") {
        true => mark(event) + &text,
        false => text,
    }
}

fn head(module: &Module<'_>) -> String {
    let event = module.event;
    let values = |definition: &Definition| matches!(&definition.body, Body::Values(values) if !values.is_empty());
    let enums = event.definitions.iter().any(values);
    let aliases = event
        .definitions
        .iter()
        .any(|definition| matches!(definition.body, Body::Values(_)));
    let typing = [
        ("Any", uses::holds(event, |ty| matches!(ty, Type::Any))),
        ("Final", enums),
        ("Literal", true),
        ("TypeAlias", aliases),
        ("TypeGuard", true),
        ("get_args", enums),
    ];
    let own = [
        ("NotRequired", true),
        ("TypedDict", true),
        ("deprecated", event.is_former()),
        ("open_to_more", true),
    ];
    let values = [("Values", enums)];
    let timestamp = [(
        "Timestamp",
        uses::holds(event, |ty| matches!(ty, Type::Timestamp(_))),
    )];
    format!(
        "{}{}\n{}\n{}{}{}{}",
        stamp_of(event.is_former()),
        docstring(&doc::with_former(doc::event(event), &event.evidence), ""),
        import("typing", &typing),
        import("._event", &[("is_event", true)]),
        import("._typing", &own),
        import("._values", &values),
        import(".envelope", &timestamp),
    )
}

/// `from module import …`, when any of the names is used.
fn import(module: &str, names: &[(&str, bool)]) -> String {
    let used: Vec<&str> = names
        .iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| *name)
        .collect();
    if used.is_empty() {
        String::new()
    } else {
        format!("from {module} import {}\n", used.join(", "))
    }
}

fn definition(definition: &Definition, local: &Local<'_>, scope: &Scope<'_>) -> String {
    let name = local.name(&definition.name);
    let names = local.values.get(definition.name.as_str());
    match &definition.body {
        Body::Object(fields) => typed_dict(name, &doc::definition(definition), fields, scope),
        Body::Values(values) => open_enum(name, &doc::definition(definition), values, names),
    }
}

/// The known values, an alias that allows others, and a constant to loop over.
fn open_enum(
    name: &str,
    about: &[String],
    values: &[KnownValue],
    names: Option<&(String, String)>,
) -> String {
    let Some((known, constant)) = names else {
        return format!("{name}: TypeAlias = str\n{}", docstring(about, ""));
    };
    let literal = Annotation::literal(values.iter().map(|value| value.value.as_str()));
    let open = Annotation::Union(vec![
        Annotation::Name(known.clone()),
        Annotation::name("str"),
    ]);
    [
        literal.after(&format!("{known}: TypeAlias = "), "\n", ""),
        open.after(&format!("{name}: TypeAlias = "), "\n", ""),
        docstring(about, ""),
        all_of(constant, known),
    ]
    .concat()
}

/// The constant with all members of a `Literal`.
fn all_of(constant: &str, literal: &str) -> String {
    let head = format!("{constant}: Final = Values[{literal}](");
    let flat = format!("{head}get_args({literal}))");
    match fits(&flat) {
        true => format!("{flat}\n"),
        false if fits(&head) => format!("{head}\n    get_args({literal})\n)\n"),
        false => {
            format!("{constant}: Final = Values[\n    {literal}\n](get_args({literal}))\n")
        }
    }
}

/// A field as it is written.
struct Key<'m> {
    field: &'m Field,
    annotation: Annotation,
}

/// Class syntax where every key can be a name in a class, else a call.
fn typed_dict(name: &str, about: &[String], fields: &[Field], scope: &Scope<'_>) -> String {
    // A TypedDict cannot name the empty key; as any other unknown key, it may be there.
    let fields = fields.iter().filter(|field| !field.key.is_empty());
    let keys: Vec<Key<'_>> = fields
        .map(|field| Key {
            field,
            annotation: Annotation::of(&field.ty, field.required, scope),
        })
        .collect();
    if keys.iter().all(|key| is_attribute(&key.field.key)) && !shadows(&keys) {
        return class(name, about, &keys);
    }
    let members = keys
        .into_iter()
        .map(|Key { field, annotation }| (field.key.as_str(), annotation, facts(field)));
    call(name, about, members)
}

/// What a field means, and whether it is no longer documented: no key of a `TypedDict` can be marked.
pub(super) fn facts(field: &Field) -> Vec<String> {
    doc::with_former(doc::facts(field), &field.evidence)
}

/// What a detail is, and whether it is no longer documented.
pub(super) fn detail(event: &EventType) -> Vec<String> {
    doc::with_former(doc::detail(event), &event.evidence)
}

/// The mark of a class or a function whose event is no longer documented.
fn mark(event: &EventType) -> String {
    let former = doc::former(&event.evidence);
    former.map_or_else(String::new, |former| {
        format!("@deprecated({})\n", quoted(&former))
    })
}

/// Whether an attribute would hide the type of one further down: `DataSource: DataSource` is fine, and
/// `Other: DataSource` below it is not.
fn shadows(keys: &[Key<'_>]) -> bool {
    let mut above = BTreeSet::new();
    keys.iter().any(|key| {
        let text = key.annotation.flat();
        let mut names = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let shadowed = names.any(|name| above.contains(name));
        above.insert(key.field.key.as_str());
        shadowed
    })
}

/// Whether a class can have an attribute of that name: no keyword, and nothing that Python mangles.
fn is_attribute(key: &str) -> bool {
    is_identifier(key)
        && !key.starts_with("__")
        && !KEYWORDS.split_whitespace().any(|word| word == key)
}

fn class(name: &str, about: &[String], keys: &[Key<'_>]) -> String {
    let about = docstring(about, "    ");
    let attributes = keys.iter().map(|Key { field, annotation }| {
        let head = format!("    {}: ", field.key);
        annotation.after(&head, "\n", "    ") + &docstring(&facts(field), "    ")
    });
    let parts: Vec<String> = [about]
        .into_iter()
        .chain(attributes)
        .filter(|part| !part.is_empty())
        .collect();
    let body = if parts.is_empty() {
        "    pass\n".to_owned()
    } else {
        parts.join("\n")
    };
    format!("class {name}(TypedDict):\n{body}")
}

fn call<'f>(
    name: &str,
    about: &[String],
    members: impl Iterator<Item = (&'f str, Annotation, Vec<String>)>,
) -> String {
    let member = |(key, annotation, about): (&str, Annotation, Vec<String>)| {
        let head = format!("        {}: ", quoted(key));
        comment(&about, "        ") + &annotation.after(&head, ",\n", "        ")
    };
    let members: String = members.map(member).collect();
    format!(
        "{}{name} = TypedDict(\n    \"{name}\",\n    {{\n{members}    }},\n)\n",
        comment(about, "")
    )
}

fn event(module: &Module<'_>) -> String {
    let str = || Annotation::name("str");
    let source = if module.shared {
        Annotation::literal([module.event.source.as_str()])
    } else {
        str()
    };
    let members = [
        ("version", str()),
        ("id", str()),
        (
            "detail-type",
            Annotation::literal([module.event.detail_type.as_str()]),
        ),
        ("source", source),
        ("account", str()),
        ("time", str()),
        ("region", str()),
        ("resources", Annotation::Index("list", vec![str()])),
        ("replay-name", Annotation::Index("NotRequired", vec![str()])),
        ("detail", Annotation::name(&module.detail)),
    ];
    call(
        &module.envelope,
        &[],
        members
            .into_iter()
            .map(|(key, annotation)| (key, annotation, Vec::new())),
    )
}

fn guard(module: &Module<'_>) -> String {
    let (source, detail_type) = (&module.event.source, &module.event.detail_type);
    let about = format!(
        "Whether something is {} from {}.",
        doc::code(detail_type),
        doc::code(source)
    );
    let flat = format!(
        "    return is_event(event, {}, {})",
        quoted(source),
        quoted(detail_type)
    );
    let body = match fits(&flat) {
        true => flat,
        false => format!(
            "    return is_event(\n        event,\n        {},\n        {},\n    )",
            quoted(source),
            quoted(detail_type)
        ),
    };
    let head = format!(
        "def {}(event: object) -> TypeGuard[{}]:",
        module.guard, module.envelope
    );
    let head = match fits(&head) {
        true => head,
        false => format!(
            "def {}(\n    event: object,\n) -> TypeGuard[{}]:",
            module.guard, module.envelope
        ),
    };
    format!(
        "{}{head}\n{}{body}\n",
        mark(module.event),
        docstring(&[about], "    ")
    )
}

/// What pydantic keeps more of than the types name.
fn open_to_more(module: &Module<'_>, scope: &Scope<'_>) -> String {
    let objects = inner_first(module.event).into_iter();
    let objects = objects.filter(|definition| matches!(definition.body, Body::Object(_)));
    let names = objects.filter_map(|definition| scope.get(definition.name.as_str()));
    let names: Vec<&str> = names
        .map(|name| name.text.as_str())
        .chain([module.detail.as_str(), module.envelope.as_str()])
        .collect();
    let flat = format!("open_to_more({})", names.join(", "));
    if fits(&flat) {
        return format!("{flat}\n");
    }
    let together = format!("    {}", names.join(", "));
    if fits(&together) {
        return format!("open_to_more(\n{together}\n)\n");
    }
    let names: String = names.iter().map(|name| format!("    {name},\n")).collect();
    format!("open_to_more(\n{names})\n")
}
