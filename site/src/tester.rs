//! An event of the model comes in; what the tester of the page `try.html` has to know of it goes out, as a script that
//! hands it over: its fields with what they hold and what evidence shows, and a sample.
//!
//! It is enough for the page to find what `eventbridge-rules` finds; `script/src/catalogue.ts` reads it. Names that
//! come from events are values here, never keys: in a script the key `__proto__` means something else.

use eventbridge_catalog::model::{
    Body, Definition, EventType, Evidence, Field, Origin, Type, WireForm,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// `catalogue.event({…});`
pub(crate) fn event_data(event: &EventType, sample: Option<&str>, url: &str) -> String {
    let data = EventData {
        name: &event.name,
        detail_type: &event.detail_type,
        source: &event.source,
        url,
        documented: event.evidence.iter().any(is_documentation),
        sample,
        detail: event.detail.iter().map(FieldData::of).collect(),
        definitions: event.definitions.iter().map(definition).collect(),
    };
    // Nothing in it can fail to be JSON.
    let json = serde_json::to_string(&data).unwrap_or_default();
    format!("catalogue.event({json});\n")
}

/// Whether it shows the event or names its pattern, rather than describing it from samples or only listing it.
fn is_documentation(evidence: &Evidence) -> bool {
    !matches!(evidence.origin, Origin::Registry | Origin::List)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventData<'m> {
    name: &'m str,
    detail_type: &'m str,
    source: &'m str,
    url: &'m str,
    documented: bool,
    sample: Option<&'m str>,
    detail: Vec<FieldData<'m>>,
    definitions: Vec<(&'m str, BodyData<'m>)>,
}

#[derive(Serialize)]
struct FieldData<'m> {
    key: &'m str,
    path: &'m str,
    #[serde(rename = "type")]
    ty: TypeData<'m>,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'m str>,
    kinds: BTreeSet<&'static str>,
    shown: BTreeSet<&'m str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum TypeData<'m> {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    /// Whether it is written as text, as a number.
    Time(bool, bool),
    List(Box<TypeData<'m>>),
    Map(Box<TypeData<'m>>),
    Named(&'m str),
    OneOf(Vec<TypeData<'m>>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum BodyData<'m> {
    Fields(Vec<FieldData<'m>>),
    Values(Vec<&'m str>),
}

fn definition(definition: &Definition) -> (&str, BodyData<'_>) {
    let body = match &definition.body {
        Body::Object(fields) => BodyData::Fields(fields.iter().map(FieldData::of).collect()),
        Body::Values(values) => {
            BodyData::Values(values.iter().map(|it| it.value.as_str()).collect())
        }
    };
    (&definition.name, body)
}

impl<'m> FieldData<'m> {
    fn of(field: &'m Field) -> Self {
        let mut data = FieldData {
            key: &field.key,
            path: &field.path,
            ty: TypeData::of(&field.ty),
            required: field.required,
            text: field.description.as_deref(),
            kinds: BTreeSet::new(),
            shown: BTreeSet::new(),
        };
        for claim in &field.claims {
            data.claim(&claim.fact);
        }
        data
    }

    /// Adds what an event showed, also where better evidence says otherwise: a rule may have been made of that.
    fn claim(&mut self, fact: &'m str) {
        let Some((evidence, says)) = Evidence::parse_fact(fact) else {
            return;
        };
        if matches!(evidence.origin, Origin::Api | Origin::List) {
            return;
        }
        let (kind, value) = says.split_once(' ').unwrap_or((says, ""));
        match kind {
            "string" | "string-millis" | "rfc3339" => {
                self.kinds.insert("string");
                self.shown.insert(value);
            }
            "integer" | "number" | "integer-millis" | "float-millis" => {
                self.kinds.insert("number");
            }
            "boolean" => {
                self.kinds.insert("boolean");
            }
            _ => {}
        }
    }
}

impl<'m> TypeData<'m> {
    fn of(ty: &'m Type) -> Self {
        match ty {
            Type::Any => TypeData::Any,
            Type::Boolean => TypeData::Boolean,
            Type::Integer => TypeData::Integer,
            Type::Number => TypeData::Number,
            Type::String => TypeData::String,
            Type::Timestamp(forms) => TypeData::time(forms),
            Type::List(inner) => TypeData::List(Box::new(TypeData::of(inner))),
            Type::Map(inner) => TypeData::Map(Box::new(TypeData::of(inner))),
            Type::Named(name) => TypeData::Named(name),
            Type::OneOf(types) => TypeData::OneOf(types.iter().map(TypeData::of).collect()),
        }
    }

    fn time(forms: &[WireForm]) -> Self {
        use WireForm::{Rfc3339, StringMillis, StringSeconds};
        let is_text = |form: &WireForm| matches!(form, StringMillis | StringSeconds | Rfc3339);
        TypeData::Time(
            forms.is_empty() || forms.iter().any(is_text),
            forms.is_empty() || !forms.iter().all(is_text),
        )
    }
}
