//! A kind of value, and its name in evidence.

use eventbridge_catalog::model::WireForm;

/// What kind of value stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    Moment,
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

impl Kind {
    /// The name in evidence: `string`, `integer-millis`.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Text => "string",
            Kind::Instant(form) | Kind::Misprint { shown: form, .. } => form.name(),
            Kind::Moment => "instant",
            Kind::List => "list",
            Kind::Object => "object",
            Kind::Map => "map",
            Kind::Word(_) => "word",
            Kind::Prose => "named in prose",
        }
    }

    /// Reads what stands behind a place in evidence: `string Completed`, `word Timestamp`.
    pub fn parse(says: &str) -> Option<(Kind, Option<String>)> {
        if says == Kind::Prose.name() {
            return Some((Kind::Prose, None));
        }
        let (name, value) = match says.split_once(' ') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (says, None),
        };
        if name == "word" {
            return Some((Kind::Word(value.clone()?), value));
        }
        let plain = [
            Kind::Null,
            Kind::Boolean,
            Kind::Integer,
            Kind::Number,
            Kind::Text,
            Kind::Moment,
            Kind::List,
            Kind::Object,
            Kind::Map,
        ];
        let instants = WireForm::ALL.map(Kind::Instant);
        let kind = plain
            .into_iter()
            .chain(instants)
            .find(|kind| kind.name() == name)?;
        Some((kind, value))
    }
}
