//! One event of the model comes in; events that its types accept go out as JSON, for examples in
//! documentation: the smallest, and one with all fields. Values are those that evidence shows, where it
//! shows any that types take. Empty text is none: an event that has an empty name has no name.

use crate::uses;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{Body, EventType, Evidence, Field, Type, WireForm};

/// Stands for text that no evidence shows.
const TEXT: &str = "…";

/// 2024 begins, where no evidence shows an instant.
const MILLIS: i64 = 1_704_067_200_000;
const RFC_3339: &str = "2024-01-01T00:00:00Z";

/// The event with what is required of its detail.
pub(crate) fn event(event: &EventType) -> Node {
    let mut sample = Sample::of(event, false);
    Node::object([
        ("source", text(&event.source)),
        ("detail-type", text(&event.detail_type)),
        ("detail", sample.object(&event.detail)),
    ])
}

/// A whole event with all fields of its detail.
pub fn whole(event: &EventType) -> Node {
    let detail = whole_detail(event);
    let resources = Node::array(arns(&detail).map(Node::string));
    Node::object([
        ("version", text("0")),
        ("id", text("00000000-0000-4000-8000-000000000000")),
        ("detail-type", text(&event.detail_type)),
        ("source", text(&event.source)),
        ("account", text("111122223333")),
        ("time", text("2026-01-01T00:00:00Z")),
        ("region", text("us-east-1")),
        ("resources", resources),
        ("detail", detail),
    ])
}

/// The first ARN of a detail, if it has one: what the event is about.
pub(crate) fn arns(detail: &Node) -> impl Iterator<Item = &str> {
    let texts = detail
        .members()
        .iter()
        .filter_map(|member| member.node.as_str());
    texts.filter(|text| text.starts_with("arn:")).take(1)
}

/// A detail with all its fields.
pub(crate) fn whole_detail(event: &EventType) -> Node {
    Sample::of(event, true).object(&event.detail)
}

/// A detail with all its fields, and of long text its beginning.
pub(crate) fn detail(event: &EventType) -> Node {
    let mut detail = whole_detail(event);
    shorten(&mut detail);
    detail
}

/// So much text stands on a line of documentation, behind its key.
const LONG: usize = 48;

fn shorten(node: &mut Node) {
    match &mut node.value {
        Value::String(text) if text.chars().count() > LONG => {
            *text = text.chars().take(LONG - 1).chain(['…']).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => {
            let nodes = members.iter_mut().map(|member| &mut member.node);
            nodes.for_each(shorten);
        }
        _ => {}
    }
}

/// What stands in a field.
pub(crate) fn value(event: &EventType, field: &Field) -> Node {
    Sample::of(event, false).member(field)
}

/// The milliseconds of an instant that a field shows.
pub(crate) fn millis(field: &Field) -> i64 {
    let shown = shown(field).find_map(|(kind, shown)| whole_millis(kind, shown));
    shown.unwrap_or(MILLIS)
}

struct Sample<'m> {
    event: &'m EventType,
    /// Whether optional fields are shown.
    all: bool,
    /// The form of an instant whose own is not known: that of another.
    usual: Option<WireForm>,
    /// The definitions that the place lies in: none is shown within itself.
    within: Vec<&'m str>,
}

impl<'m> Sample<'m> {
    fn of(event: &'m EventType, all: bool) -> Self {
        Self {
            event,
            all,
            usual: uses::fields(event).find_map(|field| first_form(&field.ty)),
            within: Vec::new(),
        }
    }

    fn object(&mut self, fields: &'m [Field]) -> Node {
        let all = self.all;
        let shown = fields.iter().filter(|field| all || field.required);
        let members: Vec<_> = shown
            .map(|field| (field.key.clone(), self.member(field)))
            .collect();
        Node::object(members)
    }

    /// The field's example where it is of a kind that can only be read one way.
    fn member(&mut self, field: &'m Field) -> Node {
        match (&field.ty, example(field)) {
            (Type::Timestamp(forms), _) => instant(field, forms.first().copied().or(self.usual)),
            (Type::String, Some(serde_json::Value::String(shown))) if !shown.is_empty() => {
                text(&shown)
            }
            (Type::Boolean, Some(serde_json::Value::Bool(shown))) => Node::new(Value::Bool(shown)),
            (Type::Integer, Some(serde_json::Value::Number(shown))) if shown.is_i64() => {
                number(shown.to_string())
            }
            (Type::Number, Some(serde_json::Value::Number(shown))) => number(shown.to_string()),
            (Type::Named(name), Some(serde_json::Value::String(shown)))
                if !shown.is_empty() && self.is_known(name, &shown) =>
            {
                text(&shown)
            }
            (ty, _) => self.value(ty),
        }
    }

    fn value(&mut self, ty: &'m Type) -> Node {
        match ty {
            Type::Any | Type::Map(_) => empty(),
            Type::Boolean => Node::new(Value::Bool(true)),
            Type::Integer | Type::Number => number("1".to_owned()),
            Type::String => text(TEXT),
            Type::Timestamp(forms) => written(forms.first().copied().or(self.usual), MILLIS),
            Type::List(item) => self.list(item),
            Type::OneOf(types) => types.first().map_or_else(empty, |ty| self.value(ty)),
            Type::Named(name) => self.named(name),
        }
    }

    fn list(&mut self, item: &'m Type) -> Node {
        let again = matches!(item, Type::Named(name) if self.within.contains(&name.as_str()));
        let items = if self.all && !again {
            vec![self.value(item)]
        } else {
            Vec::new()
        };
        Node::new(Value::Array(items))
    }

    fn named(&mut self, name: &'m str) -> Node {
        let event = self.event;
        match event.definition(name).map(|definition| &definition.body) {
            Some(Body::Object(fields)) if !self.within.contains(&name) => {
                self.within.push(name);
                let object = self.object(fields);
                self.within.pop();
                object
            }
            Some(Body::Values(values)) => {
                let mut values = values.iter().map(|known| known.value.as_str());
                text(values.find(|value| !value.is_empty()).unwrap_or(TEXT))
            }
            _ => empty(),
        }
    }

    fn is_known(&self, name: &str, value: &str) -> bool {
        let body = self
            .event
            .definition(name)
            .map(|definition| &definition.body);
        matches!(body, Some(Body::Values(values)) if values.iter().any(|known| known.value == value))
    }
}

fn first_form(ty: &Type) -> Option<WireForm> {
    match ty {
        Type::Timestamp(forms) => forms.first().copied(),
        _ => None,
    }
}

/// The instant that evidence shows, in a form that the field has: evidence that is wrong in the form may
/// still be right in the instant.
fn instant(field: &Field, form: Option<WireForm>) -> Node {
    let in_form = |(kind, shown): (&str, &str)| match form {
        None | Some(WireForm::Rfc3339) => (kind == WireForm::Rfc3339.name()).then(|| text(shown)),
        form => whole_millis(kind, shown).map(|millis| written(form, millis)),
    };
    shown(field)
        .find_map(in_form)
        .unwrap_or_else(|| written(form, MILLIS))
}

/// The values that evidence shows in a field, each behind its kind.
fn shown(field: &Field) -> impl Iterator<Item = (&str, &str)> {
    let facts = field.claims.iter().map(|claim| claim.fact.as_str());
    facts.filter_map(|fact| Evidence::parse_fact(fact)?.1.split_once(' '))
}

/// `1592411992203.0` and `1592411992203` are the same milliseconds, `1592411992` nearly so.
fn whole_millis(kind: &str, shown: &str) -> Option<i64> {
    let whole: i64 = shown.split('.').next()?.parse().ok()?;
    match kind.rsplit_once('-')?.1 {
        "millis" => Some(whole),
        "seconds" => whole.checked_mul(1000),
        _ => None,
    }
}

fn written(form: Option<WireForm>, millis: i64) -> Node {
    match form {
        None | Some(WireForm::Rfc3339) => text(RFC_3339),
        Some(WireForm::IntegerMillis) => number(millis.to_string()),
        Some(WireForm::FloatMillis) => number(format!("{millis}.0")),
        Some(WireForm::StringMillis) => text(&millis.to_string()),
        Some(WireForm::IntegerSeconds) => number((millis / 1000).to_string()),
        Some(WireForm::FloatSeconds) => number(format!("{}.0", millis / 1000)),
        Some(WireForm::StringSeconds) => text(&(millis / 1000).to_string()),
    }
}

fn example(field: &Field) -> Option<serde_json::Value> {
    serde_json::from_str(field.example.as_deref()?).ok()
}

fn text(text: &str) -> Node {
    Node::new(Value::String(text.to_owned()))
}

fn number(number: String) -> Node {
    Node::new(Value::Number(number))
}

fn empty() -> Node {
    Node::new(Value::Object(Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::json;
    use eventbridge_catalog::model::Claim;

    fn instant_of(facts: &[&str], form: Option<WireForm>) -> String {
        let claim = |fact: &&str| Claim {
            fact: (*fact).to_owned(),
            followed: false,
        };
        let field = Field {
            description: None,
            key: String::new(),
            path: String::new(),
            ty: Type::Any,
            required: false,
            example: None,
            condition: None,
            evidence: Vec::new(),
            claims: facts.iter().map(claim).collect(),
        };
        json::write(&instant(&field, form)).trim_end().to_owned()
    }

    #[test]
    fn an_instant_is_shown_in_a_form_that_it_has() {
        use WireForm::{FloatMillis, IntegerMillis, Rfc3339, StringMillis};
        let slip = ["a.md:1: string-millis 1583831889050"];
        assert_eq!(instant_of(&slip, Some(IntegerMillis)), "1583831889050");
        assert_eq!(instant_of(&slip, Some(FloatMillis)), "1583831889050.0");
        assert_eq!(instant_of(&slip, Some(Rfc3339)), "\"2024-01-01T00:00:00Z\"");
        let float = [
            "a.md:1: string soon",
            "a.md:2: float-millis 1592411992200.0",
        ];
        assert_eq!(instant_of(&float, Some(StringMillis)), "\"1592411992200\"");
        let text = ["a.md:1: rfc3339 2021-03-15T16:10:09Z"];
        assert_eq!(instant_of(&text, Some(Rfc3339)), "\"2021-03-15T16:10:09Z\"");
        assert_eq!(instant_of(&text, Some(IntegerMillis)), MILLIS.to_string());
        assert_eq!(instant_of(&[], None), "\"2024-01-01T00:00:00Z\"");
        let seconds = ["a.md:1: integer-seconds 1767323045"];
        let in_seconds = Some(WireForm::IntegerSeconds);
        assert_eq!(instant_of(&seconds, in_seconds), "1767323045");
        assert_eq!(instant_of(&slip, in_seconds), "1583831889");
        assert_eq!(instant_of(&seconds, Some(IntegerMillis)), "1767323045000");
    }

    #[test]
    fn milliseconds_that_no_instant_has_are_not_shown() {
        let beyond = [
            "a.md:1: integer-millis 15924119922030000000000",
            "a.md:2: integer-millis 01592411992203",
        ];
        let of = |facts: &[&str]| instant_of(facts, Some(WireForm::IntegerMillis));
        assert_eq!(of(&beyond), "1592411992203");
        assert_eq!(of(&beyond[..1]), MILLIS.to_string());
    }
}
