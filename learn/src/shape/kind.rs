//! A kind of value, and its name in evidence.

use eventbridge_catalog::model::WireForm;

/// What kind of value stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A number written without a fraction.
    Integer,
    /// A number written with a fraction or an exponent.
    Number,
    /// A string that is no instant.
    Text,
    /// An instant, in one of its forms.
    Instant(WireForm),
    /// An instant, shown in a form that a correction says events do not have.
    Misprint {
        /// The form as shown.
        shown: WireForm,
        /// The form that events have.
        meant: WireForm,
    },
    /// An instant, in a form that the evidence does not tell.
    UnformedInstant,
    /// An array.
    List,
    /// An object.
    Object,
    /// An object whose keys are data.
    Map,
    /// A bare word that stands for a value: `Timestamp`.
    Word(String),
    /// Nothing was seen: prose names the field.
    Prose,
}

impl ValueKind {
    /// The name in evidence: `string`, `integer-millis`.
    pub fn name(&self) -> &'static str {
        match self {
            ValueKind::Null => "null",
            ValueKind::Boolean => "boolean",
            ValueKind::Integer => "integer",
            ValueKind::Number => "number",
            ValueKind::Text => "string",
            ValueKind::Instant(form) | ValueKind::Misprint { shown: form, .. } => form.name(),
            ValueKind::UnformedInstant => "instant",
            ValueKind::List => "list",
            ValueKind::Object => "object",
            ValueKind::Map => "map",
            ValueKind::Word(_) => "word",
            ValueKind::Prose => "named in prose",
        }
    }

    /// Reads what stands behind a place in evidence: `string Completed`, `word Timestamp`.
    pub fn parse(says: &str) -> Option<(ValueKind, Option<String>)> {
        if says == ValueKind::Prose.name() {
            return Some((ValueKind::Prose, None));
        }
        let (name, value) = match says.split_once(' ') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (says, None),
        };
        if name == "word" {
            return Some((ValueKind::Word(value.clone()?), value));
        }
        let plain = [
            ValueKind::Null,
            ValueKind::Boolean,
            ValueKind::Integer,
            ValueKind::Number,
            ValueKind::Text,
            ValueKind::UnformedInstant,
            ValueKind::List,
            ValueKind::Object,
            ValueKind::Map,
        ];
        let instants = WireForm::ALL.map(ValueKind::Instant);
        let kind = plain
            .into_iter()
            .chain(instants)
            .find(|kind| kind.name() == name)?;
        Some((kind, value))
    }
}
