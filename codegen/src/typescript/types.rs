//! A type or a field of the model comes in; how TypeScript writes it, laid out as Prettier would,
//! goes out.

use super::super::literal::typescript as quoted;
use super::super::names::is_identifier;
use super::{WIDTH, comment_with};
use crate::doc;
use eventbridge_catalog::model::{Field, KnownValue, Type};
use std::collections::BTreeMap;

/// What the definitions of an event are called where they are named.
pub(super) struct Scope<'m> {
    pub(super) names: BTreeMap<&'m str, String>,
    /// What stands before a name: of the namespace, outside of it.
    pub(super) prefix: String,
    /// How far all is indented.
    pub(super) indent: usize,
}

impl Scope<'_> {
    /// What a definition is called here.
    pub(super) fn named(&self, name: &str) -> String {
        match self.names.get(name) {
            Some(named) => format!("{}{named}", self.prefix),
            None => "unknown".to_owned(),
        }
    }

    fn fits(&self, line: &str) -> bool {
        line.chars().count() <= WIDTH
    }

    /// The blanks before a line so many steps within.
    pub(super) fn at(&self, steps: usize) -> String {
        " ".repeat(self.indent + 2 * steps)
    }
}

/// A member of an interface, documented.
pub(super) fn property(field: &Field, scope: &Scope<'_>) -> String {
    let key = if is_identifier(&field.key) {
        field.key.clone()
    } else {
        quoted(&field.key)
    };
    let indent = scope.at(1);
    let head = format!("{indent}{key}{}:", if field.required { "" } else { "?" });
    let mut members = members(&field.ty, scope);
    if !field.required && members != ["unknown"] {
        members.push("null".to_owned());
    }
    let text = below_or_beside(&head, &members, &scope.at(2), scope, |flat| {
        match (&members[..], &field.ty) {
            ([_], Type::Map(item)) => Some(record(&head, item, "", scope)),
            ([_, null], Type::Map(item)) if null == "null" => {
                Some(record(&head, item, " | null", scope))
            }
            ([_], _) => Some(flat),
            // Prettier keeps a reference and its `null` together.
            ([_, null], Type::Named(_) | Type::Timestamp(_)) if null == "null" => Some(flat),
            _ => None,
        }
    });
    let former = doc::former(&field.evidence);
    format!(
        "{}{text}\n",
        comment_with(&doc::facts(field), former, &indent)
    )
}

/// A map that does not fit on a line.
fn record(head: &str, item: &Type, null: &str, scope: &Scope<'_>) -> String {
    let (inner, outer) = (scope.at(2), scope.at(1));
    format!(
        "{head} Record<\n{inner}string,\n{inner}{}\n{outer}>{null};",
        text(item, scope)
    )
}

/// The union behind `head`: on the same line, on the next, or a member a line. What does not fit on
/// the same line may be an `exception`.
fn below_or_beside(
    head: &str,
    members: &[String],
    indent: &str,
    scope: &Scope<'_>,
    exception: impl FnOnce(String) -> Option<String>,
) -> String {
    let union = members.join(" | ");
    let beside = format!("{head} {union};");
    if scope.fits(&beside) {
        return beside;
    }
    if let Some(text) = exception(beside) {
        return text;
    }
    let below = format!("{indent}{union};");
    if scope.fits(&below) {
        return format!("{head}\n{below}");
    }
    let lines: String = members
        .iter()
        .map(|member| format!("\n{indent}| {member}"))
        .collect();
    format!("{head}{lines};")
}

/// The union of known values, open for others.
pub(super) fn open_enum(name: &str, values: &[KnownValue], scope: &Scope<'_>) -> String {
    let mut members: Vec<String> = values.iter().map(|value| quoted(&value.value)).collect();
    members.push(if values.is_empty() {
        "string".to_owned()
    } else {
        OPEN.to_owned()
    });
    alias(&format!("{}type {name} =", scope.at(0)), &members, scope)
}

/// Any string. It stays beside literals in editors, and `NonNullable` keeps it apart from them.
pub(super) const OPEN: &str = "(string & Record<never, never>)";

/// `export type Name = A | B;`
pub(super) fn alias(head: &str, members: &[String], scope: &Scope<'_>) -> String {
    below_or_beside(head, members, &scope.at(1), scope, |_| None) + "\n"
}

fn text(ty: &Type, scope: &Scope<'_>) -> String {
    members(ty, scope).join(" | ")
}

/// The members of the union that a type is; mostly one.
fn members(ty: &Type, scope: &Scope<'_>) -> Vec<String> {
    let one = match ty {
        Type::Boolean => "boolean".to_owned(),
        Type::Integer | Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Timestamp(_) => "Timestamp".to_owned(),
        Type::List(item) => list(&members(item, scope)),
        Type::Map(item) => format!("Record<string, {}>", text(item, scope)),
        Type::Named(name) => scope.named(name),
        Type::OneOf(types) => return union(types, scope),
        Type::Any => "unknown".to_owned(),
    };
    vec![one]
}

fn list(items: &[String]) -> String {
    match items {
        [item] => format!("{item}[]"),
        _ => format!("({})[]", items.join(" | ")),
    }
}

/// Each once, and none that another member says already.
fn union(types: &[Type], scope: &Scope<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for member in types.iter().flat_map(|ty| members(ty, scope)) {
        if !all.contains(&member) {
            all.push(member);
        }
    }
    if all.is_empty() || all.iter().any(|member| member == "unknown") {
        return vec!["unknown".to_owned()];
    }
    if all.iter().any(|member| member == "Timestamp") {
        all.retain(|member| member != "number" && member != "string");
    }
    all
}
