//! Events of the model come in; short programs that read one and make one go out, for the first page of
//! the documentation and for that of each event.

use std::collections::BTreeSet;

use super::name::{self, EventNames};
use super::print;
use crate::{roles, sample};
use eventbridge_catalog::json::{self, Value};
use eventbridge_catalog::model::{Body, Condition, EventType, Field, KnownValue, Model, Type};

/// The event that shows most: by what it has in common with others, what is always there, and all else.
pub(super) fn richest<'m>(
    model: &'m Model,
    names: &'m [EventNames],
) -> Option<(&'m EventType, &'m EventNames)> {
    let rank = |event: &EventType| {
        let required = event.detail.iter().filter(|field| field.required).count();
        (roles::find_roles(event).len(), required, event.detail.len())
    };
    let events = model.events.iter().zip(names);
    events.reduce(|best, next| {
        if rank(next.0) > rank(best.0) {
            next
        } else {
            best
        }
    })
}

/// A program that reads an event, finds its type and looks at it.
pub(super) fn reading(krate: &str, event: &EventType, names: &EventNames) -> String {
    let json = json::write(&sample::event(event));
    let (json, hashes) = (json.trim_end(), fence(&json));
    let status = role_of(event, "status").and_then(|field| {
        let (ty, _) = open_enum(event, names, field)?;
        let variant = variant(event, names, field, &shown(event, field))?;
        Some((field, ty, variant))
    });
    let (import, arm) = match status {
        Some((field, ty, variant)) => (
            format!("use {krate}::{}::{ty};\n", names.module),
            by_status(event, field, ty, &variant),
        ),
        None => (String::new(), "println!(\"{detail:?}\")".to_owned()),
    };
    let required = |role| role_of(event, role).filter(|field| field.required);
    let told = ["name", "status"].map(|role| {
        required(role).map_or_else(String::new, |field| says(role, &shown(event, field)))
    });
    format!(
        "{import}use {krate}::{{Detail, Event}};

let document = r{hashes}\"{json}\"{hashes};
let event = Event::from_slice(document.as_bytes())?;
match &event.detail {{
    Detail::{}(detail) => {arm},
    Detail::Unknown(unknown) => println!(\"{{unknown:?}}\"),
    _ => {{}}
}}
{}# Ok::<(), {krate}::ParseError>(())
",
        names.ty,
        told.concat()
    )
}

/// A match on the status of an event.
fn by_status(event: &EventType, field: &Field, ty: &str, variant: &str) -> String {
    let ident = |wanted: &Field| {
        let fields = event.detail.iter().zip(name::fields(&event.detail));
        let mut fields = fields.filter(|(field, _)| field.key == wanted.key);
        fields.next().map(|(_, ident)| ident).unwrap_or_default()
    };
    let [open, close] = if field.required {
        ["", ""]
    } else {
        ["Some(", ")"]
    };
    let status = ident(field);
    let name = role_of(event, "name").filter(|name| name.required);
    let subject = name.map_or("\"{detail:?}\"".to_owned(), |name| {
        format!("\"{{}}\", detail.{}", ident(name))
    });
    format!(
        "match &detail.{status} {{
        {open}{ty}::{variant}{close} => println!({subject}),
        {open}{ty}::Unknown(new){close} => println!(\"not documented: {{new}}\"),
        other => println!(\"{{other:?}}\"),
    }}"
    )
}

/// A program that makes an event. None, if what every event has is more than text, numbers and instants.
pub(super) fn making(krate: &str, event: &EventType, names: &EventNames) -> Option<String> {
    let set = optional(event);
    let mut maker = Maker {
        event,
        names,
        condition: set.as_ref().and_then(|(field, _)| field.condition.as_ref()),
        imports: BTreeSet::from([names.ty.clone()]),
        instants: false,
    };
    let required = event.detail.iter().filter(|field| field.required);
    let given = required.map(|field| maker.expression(field));
    let given = given.collect::<Option<Vec<_>>>()?;
    let set = set.map_or_else(String::new, |(field, ident)| {
        let value = print::literal(&maker.shown(field));
        format!("detail.{ident} = Some({value}.into());\n")
    });
    let mutable = if set.is_empty() { "" } else { "mut " };
    let new = call(&format!("let {mutable}detail = {}::new", names.ty), &given);
    let (imports, told) = (maker.imports(krate), maker.told());
    Some(format!(
        "{imports}\n{new}{set}let event = Event::from(detail);\n{told}"
    ))
}

/// The field to set, of those that may be absent: a reason, a name, or the first that is text.
fn optional(event: &EventType) -> Option<(&Field, String)> {
    let fields = event.detail.iter().zip(name::fields(&event.detail));
    let mut texts: Vec<_> = fields
        .filter(|(field, _)| !field.required && field.ty == Type::String)
        .collect();
    let roles = ["failure_reason", "name"].map(|role| role_of(event, role));
    let is_role =
        |field: &Field, role: &Option<&Field>| role.is_some_and(|role| role.key == field.key);
    texts.sort_by_key(|(field, _)| {
        let place = roles.iter().position(|role| is_role(field, role));
        place.unwrap_or(roles.len())
    });
    texts.into_iter().next()
}

/// The field that has a role.
fn role_of<'e>(event: &'e EventType, role: &str) -> Option<&'e Field> {
    let roles = roles::find_roles(event);
    let (_, key) = roles.iter().find(|(other, _)| *other == role)?;
    event.detail.iter().find(|field| field.key == *key)
}

/// Writes the values of fields as Rust.
struct Maker<'m> {
    event: &'m EventType,
    names: &'m EventNames,
    /// When the event has the field that is set.
    condition: Option<&'m Condition>,
    /// What the program takes from the event's module.
    imports: BTreeSet<String>,
    instants: bool,
}

impl Maker<'_> {
    /// A value as a constructor takes it.
    fn expression(&mut self, field: &Field) -> Option<String> {
        match &field.ty {
            Type::Timestamp(_) => {
                self.instants = true;
                let millis = sample::millis(field);
                Some(format!("Timestamp::from_unix_millis({millis})"))
            }
            Type::Named(_) => self.choice(field),
            Type::String => Some(print::literal(&self.shown(field))),
            Type::Integer => match sample::value(self.event, field).value {
                Value::Number(number) => integer(&number),
                _ => None,
            },
            _ => None,
        }
    }

    /// A known value by its name, and another as text.
    fn choice(&mut self, field: &Field) -> Option<String> {
        let shown = self.shown(field);
        let ty = open_enum(self.event, self.names, field)?.0.to_owned();
        Some(match variant(self.event, self.names, field, &shown) {
            Some(variant) => {
                let value = format!("{ty}::{variant}");
                self.imports.insert(ty);
                value
            }
            None => print::literal(&shown),
        })
    }

    /// The text that stands in a field.
    fn shown(&self, field: &Field) -> String {
        let condition = self.condition.filter(|it| it.when == field.path);
        condition.map_or_else(|| shown(self.event, field), |it| it.is.clone())
    }

    /// What the event says in the end: its status, its name, or what it is.
    fn told(&self) -> String {
        let roles = ["status", "name"].map(|role| (role, role_of(self.event, role)));
        let told = roles.into_iter().find_map(|(role, field)| {
            let field = field.filter(|field| field.required)?;
            Some(says(role, &self.shown(field))).filter(|told| !told.is_empty())
        });
        told.unwrap_or_else(|| {
            let detail_type = print::literal(&self.event.detail_type);
            format!("assert_eq!(event.detail_type, {detail_type});\n")
        })
    }

    fn imports(&self, krate: &str) -> String {
        let names: Vec<&str> = self.imports.iter().map(String::as_str).collect();
        let own = match names.as_slice() {
            [name] => (*name).to_owned(),
            names => format!("{{{}}}", names.join(", ")),
        };
        let own = print::import(&format!("use {krate}::{}::{own};", self.names.module));
        // The order is rustfmt's: a list stands behind a name.
        if self.instants {
            format!("{own}use {krate}::{{Event, Timestamp}};\n")
        } else {
            format!("use {krate}::Event;\n{own}")
        }
    }
}

/// An integer as an `impl Into<i64>`: Rust takes one without a type for an `i32`, and refuses what does not
/// fit there.
fn integer(number: &str) -> Option<String> {
    let integer: i64 = number.parse().ok()?;
    Some(match i32::try_from(integer) {
        Ok(small) => small.to_string(),
        Err(_) => format!("{integer}_i64"),
    })
}

/// What one role of an event says. Of empty text it says nothing.
fn says(role: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    format!(
        "assert_eq!(event.{role}(), Some({}));\n",
        print::literal(value)
    )
}

/// The text that stands in a field.
fn shown(event: &EventType, field: &Field) -> String {
    let shown = sample::value(event, field);
    shown.as_str().unwrap_or_default().to_owned()
}

/// The enum of a field, and its known values.
fn open_enum<'e>(
    event: &'e EventType,
    names: &'e EventNames,
    field: &Field,
) -> Option<(&'e str, Vec<KnownValue>)> {
    let Type::Named(definition) = &field.ty else {
        return None;
    };
    let Body::Values(values) = &event.definition(definition)?.body else {
        return None;
    };
    let ty = names.definition(definition).ok()?;
    Some((ty, super::event::distinct(values)))
}

/// The variant that is spelled so.
fn variant(event: &EventType, names: &EventNames, field: &Field, value: &str) -> Option<String> {
    let (_, values) = open_enum(event, names, field)?;
    let place = values.iter().position(|known| known.value == value)?;
    Some(name::variants(&values).swap_remove(place))
}

/// rustfmt leaves the arguments of a call on one line up to this width.
const ARGUMENTS: usize = 60;

fn call(head: &str, arguments: &[String]) -> String {
    let line = arguments.join(", ");
    if line.chars().count() <= ARGUMENTS {
        return format!("{head}({line});\n");
    }
    let lines = arguments
        .iter()
        .map(|argument| format!("    {argument},\n"));
    format!("{head}(\n{});\n", lines.collect::<String>())
}

/// As many `#` as a raw string of this text needs.
fn fence(text: &str) -> String {
    let longest = text
        .split('"')
        .skip(1)
        .map(|after| after.len() - after.trim_start_matches('#').len());
    "#".repeat(longest.max().unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::{Definition, Package};

    fn field(key: &str, ty: Type, required: bool) -> Field {
        Field {
            description: None,
            key: key.to_owned(),
            path: key.to_owned(),
            ty,
            required,
            example: None,
            condition: None,
            evidence: vec![],
            claims: vec![],
        }
    }

    fn kettle(fields: Vec<Field>) -> Model {
        let values = ["BOILS", "COLD"].map(|value| KnownValue {
            value: value.to_owned(),
            evidence: vec![],
        });
        let event = EventType {
            description: None,
            documentation: None,
            source: "my.kitchen".to_owned(),
            detail_type: "Kettle State Change".to_owned(),
            name: "KettleStateChange".to_owned(),
            detail: fields,
            definitions: vec![Definition {
                description: None,
                name: "Status".to_owned(),
                paths: vec![],
                body: Body::Values(values.to_vec()),
            }]
            .into(),
            evidence: vec![],
        };
        let package = Package {
            name: "kitchen".to_owned(),
            version: String::new(),
            description: String::new(),
            repository: None,
            runtime: None,
            registry: Default::default(),
        };
        Model {
            package,
            events: vec![event],
        }
    }

    fn status(required: bool) -> Field {
        field("KettleStatus", Type::Named("Status".to_owned()), required)
    }

    fn written(
        fields: Vec<Field>,
        program: impl Fn(&EventType, &EventNames) -> Option<String>,
    ) -> Option<String> {
        let model = kettle(fields);
        program(&model.events[0], &name::events(&model)[0])
    }

    #[test]
    fn a_status_that_may_be_absent_is_matched_as_such() {
        let text = written(vec![status(false)], |event, names| {
            Some(reading("kitchen", event, names))
        });
        let text = text.unwrap_or_default();
        assert!(text.contains("Some(Status::Boils) => println!(\"{detail:?}\"),"));
        assert!(text.contains("Some(Status::Unknown(new)) => "));
        assert!(!text.contains("assert"));
    }

    #[test]
    fn what_is_set_decides_the_status() {
        let with = |is: &str| {
            let condition = Some(Condition {
                when: "KettleStatus".to_owned(),
                is: is.to_owned(),
            });
            let reason = Field {
                condition,
                ..field("FailureReason", Type::String, false)
            };
            let fields = vec![field("Lid", Type::String, false), status(true), reason];
            let making = |event: &EventType, names: &EventNames| making("kitchen", event, names);
            written(fields, making).unwrap_or_default()
        };
        let known = with("COLD");
        assert!(known.contains("KettleStateChange::new(Status::Cold);\ndetail.failure_reason = "));
        assert!(known.ends_with("assert_eq!(event.status(), Some(\"COLD\"));\n"));
        assert!(with("LOST").contains("KettleStateChange::new(\"LOST\");"));
    }

    #[test]
    fn what_is_no_scalar_is_not_made() {
        let any = vec![field("Lid", Type::Any, true)];
        let making = |event: &EventType, names: &EventNames| making("kitchen", event, names);
        assert_eq!(written(any, making), None);
    }
}
