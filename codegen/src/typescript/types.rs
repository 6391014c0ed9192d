//! A type or a field of the model comes in; how TypeScript writes it, laid out as Prettier would,
//! goes out.

use super::super::literal::typescript as quoted;
use super::super::names::is_identifier;
use super::{comment, fits};
use crate::doc;
use eventbridge_catalog::model::{Field, KnownValue, Type};
use std::collections::BTreeMap;

/// What the definitions of an event are called.
pub(super) type Scope<'m> = BTreeMap<&'m str, String>;

/// A member of an interface, documented.
pub(super) fn property(field: &Field, scope: &Scope<'_>) -> String {
    let key = if is_identifier(&field.key) {
        field.key.clone()
    } else {
        quoted(&field.key)
    };
    let head = format!("  {key}{}:", if field.required { "" } else { "?" });
    let mut members = members(&field.ty, scope);
    if !field.required && members != ["unknown"] {
        members.push("null".to_owned());
    }
    let text = below_or_beside(&head, &members, "    ", |flat| {
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
    format!("{}{text}\n", comment(&doc::facts(field), "  "))
}

/// A map that does not fit on a line.
fn record(head: &str, item: &Type, null: &str, scope: &Scope<'_>) -> String {
    format!(
        "{head} Record<\n    string,\n    {}\n  >{null};",
        text(item, scope)
    )
}

/// The union behind `head`: on the same line, on the next, or a member a line. What does not fit on
/// the same line may be an `exception`.
fn below_or_beside(
    head: &str,
    members: &[String],
    indent: &str,
    exception: impl FnOnce(String) -> Option<String>,
) -> String {
    let union = members.join(" | ");
    let beside = format!("{head} {union};");
    if fits(&beside) {
        return beside;
    }
    if let Some(text) = exception(beside) {
        return text;
    }
    let below = format!("{indent}{union};");
    if fits(&below) {
        return format!("{head}\n{below}");
    }
    let lines: String = members
        .iter()
        .map(|member| format!("\n{indent}| {member}"))
        .collect();
    format!("{head}{lines};")
}

/// The union of known values, open for others.
pub(super) fn open_enum(name: &str, values: &[KnownValue]) -> String {
    let mut members: Vec<String> = values.iter().map(|value| quoted(&value.value)).collect();
    members.push(if values.is_empty() {
        "string".to_owned()
    } else {
        "(string & {})".to_owned()
    });
    alias(name, &members)
}

/// `export type Name = A | B;`
pub(super) fn alias(name: &str, members: &[String]) -> String {
    below_or_beside(&format!("export type {name} ="), members, "  ", |_| None) + "\n"
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
        Type::Named(name) => scope
            .get(name.as_str())
            .cloned()
            .unwrap_or_else(|| "unknown".to_owned()),
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
