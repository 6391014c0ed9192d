//! The fields of an event come in; a table of them goes out, as text, by which a package checks events at run time
//! without code for each.
//!
//! The objects of the detail stand between `;`, the detail first, and their members between `,`: the key, `!` if
//! every event has it, and behind `:` its type if that is not a string. A type is `n`umber, `b`oolean, `t`ime, `s`tring
//! or `*` for anything, `a`rray of a type, `m`ap of a type, or the number of an object. What begins with `|` is no
//! object but a choice of types. What tables and lists would take for a sign is written in per cent.

use eventbridge_catalog::model::{Body, EventType, Field, Type};
use eventbridge_catalog::roles;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The table of an event's detail.
pub(crate) fn table(event: &EventType) -> String {
    let objects = event
        .definitions
        .iter()
        .filter_map(|part| match &part.body {
            Body::Object(fields) => Some((part.name.as_str(), fields.as_slice())),
            Body::Values(_) => None,
        });
    let objects: Vec<(&str, &[Field])> = objects.collect();
    let names = objects.iter().zip(1..).map(|((name, _), at)| (*name, at));
    let mut table = Table {
        objects: names.collect(),
        next: objects.len() + 1,
        choices: Vec::new(),
    };
    let mut parts = vec![table.object(&event.detail)];
    parts.extend(objects.iter().map(|(_, fields)| table.object(fields)));
    parts.extend(table.choices);
    parts.join(";")
}

/// The keys of the fields that have these roles, in this order, between `,`: empty where there is none.
pub(crate) fn roles(event: &EventType, wanted: &[&str]) -> String {
    let found: BTreeMap<&str, &str> = roles::find_roles(event).into_iter().collect();
    let keys = wanted
        .iter()
        .map(|role| found.get(role).map_or(String::new(), |key| plain(key)));
    keys.collect::<Vec<_>>().join(",")
}

struct Table<'m> {
    /// Which part each object is.
    objects: BTreeMap<&'m str, usize>,
    /// Which part the next choice becomes.
    next: usize,
    choices: Vec<String>,
}

impl Table<'_> {
    fn object(&mut self, fields: &[Field]) -> String {
        // One without a key has no name to stand under.
        let fields = fields.iter().filter(|field| !field.key.is_empty());
        let members: Vec<String> = fields.map(|field| self.member(field)).collect();
        members.join(",")
    }

    fn member(&mut self, field: &Field) -> String {
        let required = if field.is_expected() { "!" } else { "" };
        match self.ty(&field.ty).as_str() {
            "s" => format!("{}{required}", plain(&field.key)),
            ty => format!("{}{required}:{ty}", plain(&field.key)),
        }
    }

    fn ty(&mut self, ty: &Type) -> String {
        match ty {
            Type::Any => "*".to_owned(),
            Type::Boolean => "b".to_owned(),
            Type::Integer | Type::Number => "n".to_owned(),
            Type::String => "s".to_owned(),
            Type::Timestamp(_) => "t".to_owned(),
            Type::List(item) => format!("a{}", self.ty(item)),
            Type::Map(item) => format!("m{}", self.ty(item)),
            Type::Named(name) => match self.objects.get(name.as_str()) {
                Some(part) => part.to_string(),
                None => "s".to_owned(),
            },
            Type::OneOf(types) => self.choice(types),
        }
    }

    fn choice(&mut self, types: &[Type]) -> String {
        let mut all = Vec::new();
        self.collect(types, &mut all);
        match all.as_slice() {
            [] => "*".to_owned(),
            [one] => one.clone(),
            all if all.iter().any(|ty| ty == "*") => "*".to_owned(),
            all => {
                let mut choice = String::new();
                for ty in all {
                    // Writing to a string cannot fail.
                    let _ = write!(choice, "|{ty}");
                }
                self.choices.push(choice);
                self.next += 1;
                (self.next - 1).to_string()
            }
        }
    }

    /// A choice within a choice is the same choice.
    fn collect(&mut self, types: &[Type], all: &mut Vec<String>) {
        for ty in types {
            match ty {
                Type::OneOf(types) => self.collect(types, all),
                ty => {
                    let ty = self.ty(ty);
                    if !all.contains(&ty) {
                        all.push(ty);
                    }
                }
            }
        }
    }
}

/// A key of which no sign is one of the table's.
fn plain(key: &str) -> String {
    let mut plain = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            plain.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(plain, "%{byte:02X}");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::{Definition, KnownValue, WireForm};

    fn field(key: &str, required: bool, ty: Type) -> Field {
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

    fn part(name: &str, body: Body) -> Definition {
        Definition {
            name: name.to_owned(),
            paths: vec![],
            description: None,
            body,
        }
    }

    #[test]
    fn a_table_has_the_detail_its_objects_and_its_choices() {
        let named = |name: &str| Type::Named(name.to_owned());
        let list = |item| Type::List(Box::new(item));
        let known = KnownValue {
            value: "LIT".to_owned(),
            evidence: vec![],
        };
        let event = EventType {
            description: None,
            documentation: None,
            source: "my.kiln".to_owned(),
            detail_type: "Kiln State Change".to_owned(),
            name: "KilnStateChange".to_owned(),
            detail: vec![
                field("KilnName", true, Type::String),
                field("State", true, named("State")),
                field("Heat, in C!", false, Type::Number),
                field("LitAt", false, Type::Timestamp(vec![WireForm::Rfc3339])),
                field("Bricks", false, list(named("Brick"))),
                field(
                    "Tags",
                    false,
                    Type::OneOf(vec![
                        Type::Map(Box::new(Type::String)),
                        Type::OneOf(vec![list(named("Brick")), list(named("Brick"))]),
                    ]),
                ),
                field("", false, Type::String),
                field("Any", false, Type::OneOf(vec![Type::Any, Type::Boolean])),
            ],
            definitions: vec![
                part("State", Body::Values(vec![known])),
                part(
                    "Brick",
                    Body::Object(vec![field("On", false, Type::Boolean)]),
                ),
            ]
            .into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        assert_eq!(
            table(&event),
            "KilnName!,State!,Heat%2C%20in%20C%21:n,LitAt:t,Bricks:a1,Tags:2,Any:*;On:b;|ms|a1"
        );
        assert_eq!(roles(&event, &["arn", "name", "status"]), ",KilnName,State");
    }
}
