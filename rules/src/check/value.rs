//! The values that a pattern asks for in a field, and what the field holds, come in; values that it never has are told.

use super::Checker;
use super::leaves::Leaf;
use super::operator;
use crate::catalogue::{Holds, Target};
use crate::finding::{Code, Fix, Found};
use crate::near::{self, Nearness};
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{Evidence, Origin, Type, WireForm};
use eventbridge_catalog::nearest::did_you_mean;

/// So many values of an `anything-but` are looked at.
const MAX_EXCLUDED: usize = 1_000;

/// What may stand in a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds<'m> {
    string: bool,
    number: bool,
    boolean: bool,
    null: bool,
    object: bool,
    /// The known values, if it holds no other strings.
    known: Option<Vec<&'m str>>,
    /// Texts that evidence shows, and be they a page's stand-ins.
    shown: Vec<&'m str>,
}

impl<'m> Kinds<'m> {
    pub(crate) fn of(targets: &[Target<'m>]) -> Self {
        let mut kinds = Kinds::default();
        let (mut known, mut is_free) = (Vec::new(), false);
        for target in targets {
            kinds.null |= target.field.is_none_or(|field| !field.required);
            match target.holds {
                Holds::Object => kinds.object = true,
                Holds::Values(values) => {
                    kinds.string = true;
                    known.extend(values.iter().map(|value| value.value.as_str()));
                }
                Holds::Scalar(ty) => is_free |= kinds.scalar(ty),
            }
            kinds.claims(target);
        }
        known.sort_unstable();
        known.dedup();
        kinds.known = Some(known).filter(|known| !is_free && !known.is_empty());
        kinds
    }

    /// Adds a scalar type; whether it is any text.
    fn scalar(&mut self, ty: &Type) -> bool {
        match ty {
            Type::Boolean => self.boolean = true,
            Type::Integer | Type::Number => self.number = true,
            Type::Timestamp(forms) => {
                let is_text = |form: &WireForm| {
                    use WireForm::{Rfc3339, StringMillis, StringSeconds};
                    matches!(form, StringMillis | StringSeconds | Rfc3339)
                };
                self.string |= forms.is_empty() || forms.iter().any(is_text);
                self.number |= forms.is_empty() || !forms.iter().all(is_text);
                return true;
            }
            _ => {
                self.string = true;
                return true;
            }
        }
        false
    }

    /// Adds what events showed, also where better evidence says otherwise: a rule may have been made of those.
    fn claims(&mut self, target: &Target<'m>) {
        for claim in target.field.iter().flat_map(|field| &field.claims) {
            let Some((site, says)) = Evidence::parse_fact(&claim.fact) else {
                continue;
            };
            if matches!(site.origin, Origin::Api | Origin::List) {
                continue;
            }
            let (kind, value) = says.split_once(' ').unwrap_or((says, ""));
            match kind {
                "string" | "string-millis" | "rfc3339" => {
                    self.string = true;
                    self.shown.push(value);
                }
                "integer" | "number" | "integer-millis" | "float-millis" => self.number = true,
                "boolean" => self.boolean = true,
                _ => {}
            }
        }
    }

    /// The known values, if the field holds no other strings.
    pub(crate) fn known_values(&self) -> Option<&[&'m str]> {
        self.known.as_deref()
    }

    pub(crate) fn is_text(&self) -> bool {
        self.string
    }

    pub(crate) fn is_number(&self) -> bool {
        self.number
    }

    pub(crate) fn is_boolean(&self) -> bool {
        self.boolean
    }

    fn has_scalars(&self) -> bool {
        self.string || self.number || self.boolean
    }

    pub(crate) fn described(&self) -> String {
        let names = [
            (self.string, "a string"),
            (self.number, "a number"),
            (self.boolean, "true or false"),
        ];
        let names: Vec<&str> = names
            .iter()
            .filter(|(is_one, _)| *is_one)
            .map(|(_, name)| *name)
            .collect();
        names.join(" or ")
    }
}

impl<'m> Checker<'_, 'm> {
    /// The values of a field's array.
    pub(super) fn values(&mut self, leaf: &Leaf<'_>, targets: &[Target<'m>]) {
        let kinds = Kinds::of(targets);
        let name = leaf.steps.last().map_or("", |step| step.name);
        for item in leaf.node.items() {
            if self.is_full() {
                return;
            }
            self.value(name, item, &kinds);
        }
    }

    fn value(&mut self, name: &str, item: &Node, kinds: &Kinds<'m>) {
        match &item.value {
            Value::Placeholder(_) => {}
            Value::Object(_) => self.operator(name, item, kinds),
            Value::Null if kinds.null => {}
            Value::Null => {
                let message = format!("`{name}` is never null");
                self.tell(Found::warning(item.span.clone(), Code::NeverNull, message));
            }
            _ if !kinds.has_scalars() => self.is_object(name, item),
            _ => self.scalar(name, item, kinds),
        }
    }

    fn is_object(&mut self, name: &str, item: &Node) {
        let message = format!("`{name}` is an object: values are asked of its fields");
        self.tell(Found::error(item.span.clone(), Code::ObjectField, message));
    }

    /// A plain value, also one within `anything-but`.
    fn scalar(&mut self, name: &str, item: &Node, kinds: &Kinds<'m>) {
        let span = item.span.clone();
        let described = kinds.described();
        match &item.value {
            Value::String(text) if kinds.string => self.string(name, item, text, kinds),
            Value::String(text) => self.text_for_other(name, item, text, kinds),
            Value::Number(_) if kinds.number => {}
            Value::Number(number) if kinds.string => {
                let message =
                    format!("`{name}` is {described} in events, never the number {number}");
                let found = Found::warning(span, Code::NumberForString, message);
                self.tell(found.fix(self.quoted(number)));
            }
            Value::Bool(_) if kinds.boolean => {}
            Value::Number(_) | Value::Bool(_) => {
                let message = format!("`{name}` is {described} in events");
                self.tell(Found::warning(span, Code::WrongType, message));
            }
            _ => {}
        }
    }

    /// A string where events have none.
    fn text_for_other(&mut self, name: &str, item: &Node, text: &str, kinds: &Kinds<'m>) {
        let described = kinds.described();
        let message = format!("`{name}` is {described} in events, never the string \"{text}\"");
        let found = Found::warning(item.span.clone(), Code::StringForOther, message);
        let is_word = kinds.boolean && matches!(text, "true" | "false");
        self.tell(if is_word || kinds.number && is_number(text) {
            found.fix(Fix::Scalar {
                from: text.to_owned(),
                to: text.to_owned(),
            })
        } else {
            found
        });
    }

    fn string(&mut self, name: &str, item: &Node, text: &str, kinds: &Kinds<'m>) {
        let known = kinds.known.as_deref();
        if known.is_some_and(|known| known.contains(&text)) || kinds.shown.contains(&text) {
            return;
        }
        if text.contains('*') {
            return self.literal_star(item, text);
        }
        let Some(known) = known else {
            return;
        };
        self.unknown(name, item, text, known);
    }

    /// A string that is none of the known values.
    fn unknown(&mut self, name: &str, item: &Node, text: &str, known: &[&str]) {
        let span = item.span.clone();
        match near::meant(text, known.iter().copied()) {
            Some((value, nearness)) => {
                let found = misspelt(name, item, text, value, nearness);
                self.tell(found.fix(Fix::Word {
                    from: text.to_owned(),
                    to: value.to_owned(),
                }));
            }
            // Words apart are no state: a page's stand-in for one, as samples have them.
            None if text.contains(' ') && !known.iter().any(|value| value.contains(' ')) => {}
            None => {
                let nearest = did_you_mean(text, known.iter().copied()).unwrap_or_default();
                let message = format!(
                    "\"{text}\" is no known value of `{name}`; it may be new, or {nearest}"
                );
                self.tell(Found::warning(span, Code::UnknownValue, message));
            }
        }
    }

    fn operator(&mut self, name: &str, item: &Node, kinds: &Kinds<'m>) {
        let Some(operator) = operator::name(item) else {
            return;
        };
        match operator {
            "exists" if kinds.object && !kinds.has_scalars() => self.exists_on_object(name, item),
            "exists" => {}
            _ if !kinds.has_scalars() => self.is_object(name, item),
            "anything-but" => self.anything_but(name, item, kinds),
            "numeric" if !kinds.number => self.takes_alone(name, item, "numbers", kinds),
            "prefix" | "suffix" | "wildcard" | "equals-ignore-case" | "cidr" if !kinds.string => {
                self.takes_alone(name, item, "strings", kinds);
            }
            "prefix" | "suffix" | "wildcard" | "equals-ignore-case" => {
                self.takes_known(name, item, kinds)
            }
            _ => {}
        }
    }

    fn exists_on_object(&mut self, name: &str, item: &Node) {
        let message = format!(
            "`exists` is asked of values, and `{name}` is an object: ask one of its fields"
        );
        let span = item.span.clone();
        self.tell(Found::warning(span, Code::ExistsOnObject, message));
    }

    fn takes_alone(&mut self, name: &str, item: &Node, takes: &str, kinds: &Kinds<'m>) {
        let operator = operator::name(item).unwrap_or_default();
        let described = kinds.described();
        let message =
            format!("`{operator}` takes {takes} alone, and `{name}` is {described} in events");
        self.tell(Found::warning(
            item.span.clone(),
            Code::OperatorType,
            message,
        ));
    }

    /// What `anything-but` leaves out, if there is such a thing.
    fn anything_but(&mut self, name: &str, item: &Node, kinds: &Kinds<'m>) {
        let Some(excluded) = item.members().first().map(|member| &member.node) else {
            return;
        };
        match &excluded.value {
            Value::Array(items) => {
                for item in items.iter().take(MAX_EXCLUDED) {
                    self.scalar(name, item, kinds);
                }
            }
            Value::Object(_) if !kinds.string => self.takes_alone(name, item, "strings", kinds),
            Value::Object(_) => self.takes_known(name, excluded, kinds),
            _ => self.scalar(name, excluded, kinds),
        }
    }

    /// An operator on strings that takes none of the known values.
    fn takes_known(&mut self, name: &str, item: &Node, kinds: &Kinds<'m>) {
        let (Some(known), Some(operator)) = (&kinds.known, operator::compiled(item)) else {
            return;
        };
        if !known.iter().any(|value| operator::takes(&operator, value)) {
            let few: Vec<&str> = known.iter().copied().take(6).collect();
            let message = format!(
                "no known value of `{name}` is like this; known are {}{}",
                few.join(", "),
                if known.len() > few.len() {
                    " and others"
                } else {
                    ""
                }
            );
            self.tell(Found::warning(
                item.span.clone(),
                Code::UnknownValue,
                message,
            ));
        }
    }
}

/// A string that is nearly a known value.
fn misspelt(name: &str, item: &Node, text: &str, value: &str, nearness: Nearness) -> Found {
    let (code, message) = match nearness {
        Nearness::Folded => (
            Code::ValueSpelling,
            format!("`{name}` spells it \"{value}\", not \"{text}\""),
        ),
        Nearness::Letters(_) => (
            Code::UnknownValue,
            format!(
                "\"{text}\" is no known value of `{name}`: \"{value}\" is meant, if it is not new"
            ),
        ),
    };
    Found::warning(item.span.clone(), code, message)
}

/// Whether a text is a number as JSON writes it.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}
