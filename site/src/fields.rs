//! An event comes in; a row for each field of its detail goes out, each object's fields behind it: what it holds, when it is
//! there, what it means, and where that is known from.

use crate::claim::{self, Place};
use crate::names::Names;
use eventbridge_catalog::model::{Body, Definition, EventType, Field, KnownValue, Type, WireForm};
use serde::Serialize;
use std::collections::BTreeMap;

/// One field at one place.
#[derive(Serialize)]
pub(crate) struct Row {
    /// Its fragment on the page.
    pub(crate) id: String,
    /// As patterns name it, without signs of lists: `detail.Tags.Key`.
    pub(crate) path: String,
    /// What stands before its key: `Tags[].`
    parent: String,
    pub(crate) key: String,
    depth: usize,
    /// `list of objects`
    holds: String,
    required: bool,
    condition: Option<When>,
    description: Option<String>,
    pub(crate) values: Vec<Value>,
    forms: Vec<Form>,
    pub(crate) former: bool,
    places: Vec<Place>,
    /// Where its values are named.
    value_places: Vec<Place>,
    /// How many places say otherwise.
    pub(crate) overruled: usize,
    /// The row whose object this is another of.
    same_as: Option<Link>,
    /// The line of the sample that shows it.
    pub(crate) line: Option<usize>,
}

/// When a field is there.
#[derive(Serialize)]
struct When {
    field: String,
    is: Vec<String>,
}

/// A value that is known.
#[derive(Serialize)]
pub(crate) struct Value {
    pub(crate) value: String,
    former: bool,
}

/// A form in which an instant is written.
#[derive(Serialize)]
struct Form {
    name: &'static str,
    looks: &'static str,
}

#[derive(Serialize)]
struct Link {
    id: String,
    path: String,
}

/// The rows of an event.
pub(crate) fn rows(event: &EventType) -> Vec<Row> {
    let distinct = event.detail.len() + event.definitions.iter().map(size).sum::<usize>();
    let mut walk = Walk {
        event,
        rows: Vec::new(),
        ids: Names::default(),
        shown: BTreeMap::new(),
        within: Vec::new(),
        most: 2 * distinct + SPARE,
    };
    walk.fields(&event.detail, "", "detail", 0);
    walk.rows
}

/// Small events show all objects at all places.
const SPARE: usize = 64;

fn size(definition: &Definition) -> usize {
    match &definition.body {
        Body::Object(fields) => fields.len(),
        Body::Values(_) => 0,
    }
}

struct Walk<'m> {
    event: &'m EventType,
    rows: Vec<Row>,
    ids: Names,
    /// Where each object was shown first: the number of its field's row.
    shown: BTreeMap<&'m str, usize>,
    /// The objects that the place lies in.
    within: Vec<&'m str>,
    /// With so many rows, an object is shown at its first place alone.
    most: usize,
}

impl<'m> Walk<'m> {
    fn fields(&mut self, fields: &'m [Field], parent: &str, path: &str, depth: usize) {
        for field in fields {
            let path = format!("{path}.{}", field.key);
            let at = self.rows.len();
            let row = self.row(field, parent, &path, depth);
            self.rows.push(row);
            for (name, signs) in objects(&field.ty) {
                let below = format!("{parent}{}{signs}.", field.key);
                self.object(name, at, &below, &path, depth + 1);
            }
        }
    }

    fn object(&mut self, name: &'m str, at: usize, parent: &str, path: &str, depth: usize) {
        let Some(Body::Object(fields)) = self.event.definition(name).map(|it| &it.body) else {
            return;
        };
        let first = self.shown.get(name).copied();
        let is_full = self.rows.len() + fields.len() > self.most;
        match first {
            Some(first) if is_full || self.within.contains(&name) => {
                let link = self.rows.get(first).map(|row| Link {
                    id: row.id.clone(),
                    path: row.path.clone(),
                });
                if let Some(row) = self.rows.get_mut(at) {
                    row.same_as = link;
                }
            }
            _ => {
                self.shown.entry(name).or_insert(at);
                self.within.push(name);
                self.fields(fields, parent, path, depth);
                self.within.pop();
            }
        }
    }

    fn row(&mut self, field: &Field, parent: &str, path: &str, depth: usize) -> Row {
        let condition = field.condition.as_ref();
        Row {
            id: self.ids.claim(path),
            path: path.to_owned(),
            parent: parent.to_owned(),
            key: field.key.clone(),
            depth,
            holds: holds(self.event, &field.ty, false),
            required: field.required,
            condition: condition.map(|condition| When {
                field: condition.when.clone(),
                is: condition.is.iter().cloned().collect(),
            }),
            description: field.description.clone(),
            values: values(self.event, &field.ty),
            forms: forms(&field.ty),
            former: field.is_former(),
            places: claim::of_claims(&field.claims),
            value_places: claim::of_values(known(self.event, &field.ty)),
            overruled: field.claims.iter().filter(|it| !it.followed).count(),
            same_as: None,
            line: None,
        }
    }
}

/// The objects that a type leads to, each with the signs of the lists and maps on the way.
fn objects(ty: &Type) -> Vec<(&str, String)> {
    let below = |inner, sign: &str| {
        let inner = objects(inner).into_iter();
        let inner = inner.map(|(name, signs)| (name, format!("{sign}{signs}")));
        inner.collect()
    };
    match ty {
        Type::List(items) => below(items, "[]"),
        Type::Map(values) => below(values, ".*"),
        Type::OneOf(types) => types.iter().flat_map(objects).collect(),
        Type::Named(name) => vec![(name, String::new())],
        _ => Vec::new(),
    }
}

/// What a type holds, in words.
fn holds(event: &EventType, ty: &Type, many: bool) -> String {
    let word = |one: &str, more: &str| if many { more } else { one }.to_owned();
    match ty {
        Type::Any => word("anything", "anything"),
        Type::Boolean => word("boolean", "booleans"),
        Type::Integer => word("integer", "integers"),
        Type::Number => word("number", "numbers"),
        Type::String => word("string", "strings"),
        Type::Timestamp(_) => word("timestamp", "timestamps"),
        Type::List(items) => {
            let items = holds(event, items, true);
            format!("{} of {items}", word("list", "lists"))
        }
        Type::Map(values) => {
            let values = holds(event, values, true);
            format!("{} of {values}", word("map", "maps"))
        }
        Type::Named(name) => match event.definition(name).map(|part| &part.body) {
            Some(Body::Values(_)) => word("string", "strings"),
            _ => word("object", "objects"),
        },
        Type::OneOf(types) => {
            let types: Vec<String> = types.iter().map(|ty| holds(event, ty, many)).collect();
            types.join(" or ")
        }
    }
}

fn values(event: &EventType, ty: &Type) -> Vec<Value> {
    known(event, ty)
        .iter()
        .map(|known| Value {
            value: known.value.clone(),
            former: known.is_former(),
        })
        .collect()
}

fn known<'m>(event: &'m EventType, ty: &Type) -> &'m [KnownValue] {
    match ty {
        Type::Named(name) => match event.definition(name).map(|part| &part.body) {
            Some(Body::Values(values)) => values,
            _ => &[],
        },
        Type::List(inner) | Type::Map(inner) => known(event, inner),
        Type::OneOf(types) => {
            let known = types.iter().map(|ty| known(event, ty));
            known.max_by_key(|values| values.len()).unwrap_or_default()
        }
        _ => &[],
    }
}

fn forms(ty: &Type) -> Vec<Form> {
    match ty {
        Type::Timestamp(forms) => forms.iter().map(|form| form_of(*form)).collect(),
        Type::List(inner) | Type::Map(inner) => forms(inner),
        Type::OneOf(types) => types.iter().flat_map(forms).collect(),
        _ => Vec::new(),
    }
}

fn form_of(form: WireForm) -> Form {
    let (name, looks) = match form {
        WireForm::IntegerMillis => ("milliseconds", "1767323045181"),
        WireForm::FloatMillis => ("milliseconds with a point", "1767323045181.0"),
        WireForm::StringMillis => ("milliseconds as text", "\"1767323045181\""),
        WireForm::IntegerSeconds => ("seconds", "1767323045"),
        WireForm::FloatSeconds => ("seconds with a fraction", "1767323045.5"),
        WireForm::StringSeconds => ("seconds as text", "\"1767323045\""),
        WireForm::Rfc3339 => ("date and time", "\"2026-01-02T03:04:05Z\""),
    };
    Form { name, looks }
}
