//! A type of the model comes in; how Python annotates it, laid out as ruff would, goes out.

use super::super::literal::python as quoted;
use super::fits;
use eventbridge_catalog::model::Type;
use std::collections::BTreeMap;

/// What the definitions of an event are called; only those that stand further up.
pub(super) type Scope<'m> = BTreeMap<&'m str, Name>;

/// A name in a module.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    /// Whether it is defined already where the annotation stands.
    pub(super) defined: bool,
}

/// An annotation, before it is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Annotation {
    Name(String),
    Index(&'static str, Vec<Annotation>),
    Union(Vec<Annotation>),
}

impl Annotation {
    pub(super) fn name(text: &str) -> Self {
        Annotation::Name(text.to_owned())
    }

    /// `Literal["a", "b"]`
    pub(super) fn literal<'t>(values: impl IntoIterator<Item = &'t str>) -> Self {
        Annotation::Index(
            "Literal",
            values
                .into_iter()
                .map(|value| Annotation::Name(quoted(value)))
                .collect(),
        )
    }

    /// The annotation of a field: what is not required may be absent and may be null.
    pub(super) fn of(ty: &Type, required: bool, scope: &Scope<'_>) -> Self {
        let mut members = members(ty, scope);
        if !required && members != [Annotation::name("Any")] {
            members.push(Annotation::name("None"));
        }
        let held = late(union(members), ty, scope);
        if required {
            held
        } else {
            Annotation::Index("NotRequired", vec![held])
        }
    }

    /// On one line.
    pub(super) fn flat(&self) -> String {
        let join = |parts: &[Annotation], separator: &str| {
            parts
                .iter()
                .map(Annotation::flat)
                .collect::<Vec<_>>()
                .join(separator)
        };
        match self {
            Annotation::Name(text) => text.clone(),
            Annotation::Index(name, arguments) => format!("{name}[{}]", join(arguments, ", ")),
            Annotation::Union(members) => join(members, " | "),
        }
    }

    /// `head` and the annotation, and `tail` behind it, on as many lines as it takes.
    pub(super) fn after(&self, head: &str, tail: &str, indent: &str) -> String {
        let flat = format!("{head}{}{tail}", self.flat());
        if fits(&flat) {
            return flat;
        }
        let inner = format!("{indent}    ");
        match self {
            Annotation::Name(text) if !fits(&format!("{inner}{text}")) => flat,
            Annotation::Index(name, arguments) => {
                format!(
                    "{head}{name}[\n{}{indent}]{tail}",
                    arguments_below(arguments, &inner)
                )
            }
            _ => format!("{head}(\n{}\n{indent}){tail}", self.below(&inner)),
        }
    }

    /// On lines of its own, inside brackets.
    fn below(&self, indent: &str) -> String {
        match self {
            Annotation::Union(members) if !fits(&format!("{indent}{}", self.flat())) => {
                let lines = members.iter().enumerate().map(|(index, member)| {
                    let or = if index == 0 { "" } else { "| " };
                    member.after(&format!("{indent}{or}"), "", indent)
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            _ => self.after(indent, "", indent),
        }
    }
}

fn arguments_below(arguments: &[Annotation], indent: &str) -> String {
    if let [only] = arguments {
        return format!("{}\n", only.below(indent));
    }
    let together = arguments
        .iter()
        .map(Annotation::flat)
        .collect::<Vec<_>>()
        .join(", ");
    let together = format!("{indent}{together}");
    if fits(&together) {
        return format!("{together}\n");
    }
    arguments
        .iter()
        .map(|argument| format!("{},\n", argument.below(indent)))
        .collect()
}

/// In quotes when it names what is defined further down.
fn late(annotation: Annotation, ty: &Type, scope: &Scope<'_>) -> Annotation {
    let undefined = |ty: &Type| match ty {
        Type::Named(name) => scope.get(name.as_str()).is_some_and(|name| !name.defined),
        _ => false,
    };
    if crate::uses::mentions(ty, &mut |ty| undefined(ty)) {
        Annotation::Name(format!("\"{}\"", annotation.flat()))
    } else {
        annotation
    }
}

fn union(mut members: Vec<Annotation>) -> Annotation {
    match members.len() {
        1 => members.swap_remove(0),
        _ => Annotation::Union(members),
    }
}

/// The members of the union that a type is; mostly one.
fn members(ty: &Type, scope: &Scope<'_>) -> Vec<Annotation> {
    let one = match ty {
        Type::Any => Annotation::name("Any"),
        Type::Boolean => Annotation::name("bool"),
        Type::Integer => Annotation::name("int"),
        Type::Number => Annotation::name("float"),
        Type::String => Annotation::name("str"),
        Type::Timestamp(_) => Annotation::name("Timestamp"),
        Type::List(item) => Annotation::Index("list", vec![union(members(item, scope))]),
        Type::Map(item) => Annotation::Index(
            "dict",
            vec![Annotation::name("str"), union(members(item, scope))],
        ),
        Type::Named(name) => {
            Annotation::name(scope.get(name.as_str()).map_or("Any", |name| &name.text))
        }
        Type::OneOf(types) => return alternatives(types, scope),
    };
    vec![one]
}

/// Each once, and none that another member says already.
fn alternatives(types: &[Type], scope: &Scope<'_>) -> Vec<Annotation> {
    let mut all: Vec<Annotation> = Vec::new();
    for member in types.iter().flat_map(|ty| members(ty, scope)) {
        if !all.contains(&member) {
            all.push(member);
        }
    }
    let any = Annotation::name("Any");
    if all.is_empty() || all.contains(&any) {
        return vec![any];
    }
    if all.contains(&Annotation::name("Timestamp")) {
        let said = ["int", "float", "str"].map(Annotation::name);
        all.retain(|member| !said.contains(member));
    }
    if all.contains(&Annotation::name("float")) {
        all.retain(|member| *member != Annotation::name("int"));
    }
    all
}
