//! An event as it is made: first what every event of the type has, then what is put into it.

use eventbridge_catalog::json::{self, Member, Node, Value};
use eventbridge_catalog::model::{Body, EventType, Field, Type, WireForm};

/// An event that is being made.
pub(super) struct Draft<'m> {
    pub(super) event: &'m EventType,
    pub(super) envelope: Vec<(String, Node)>,
    detail: Node,
    /// The paths that were put in; what the page says of when a field is there does not touch them.
    set: Vec<String>,
}

impl<'m> Draft<'m> {
    pub(super) fn new(event: &'m EventType) -> Self {
        Draft {
            event,
            envelope: envelope(event),
            detail: object(event, &event.detail),
            set: Vec::new(),
        }
    }

    /// Puts a value at a path of the detail, or takes away what stands there.
    pub(super) fn put(&mut self, steps: &[&str], value: Option<Node>) -> bool {
        self.set.push(steps.join("."));
        let event = self.event;
        let put = Put { event, value };
        put.fields(&event.detail, &mut self.detail, steps)
    }

    /// Puts a value beside the detail, or takes away what stands there.
    pub(super) fn put_beside(&mut self, key: &str, value: Option<Node>) {
        self.envelope.retain(|(known, _)| known != key);
        self.envelope
            .extend(value.map(|value| (key.to_owned(), value)));
    }

    /// What stands at a path of the detail.
    pub(super) fn get(&self, steps: &[&str]) -> Option<&Node> {
        steps.iter().try_fold(&self.detail, |node, step| {
            let node = node.items().first().unwrap_or(node);
            node.get(step)
        })
    }

    /// What the event is about.
    fn arn(&self) -> Option<&Node> {
        let field = self.event.detail.iter().find(is_arn)?;
        let arn = self.detail.get(&field.key);
        arn.filter(|arn| arn.as_str().is_some())
    }

    /// The event, with the fields that are there when others have some value, and the resource that it is about.
    pub(super) fn finish(mut self) -> Node {
        let event = self.event;
        for field in &event.detail {
            let Some(condition) = &field.condition else {
                continue;
            };
            let when = self
                .get(&super::steps(&condition.when))
                .and_then(Node::as_str);
            let is_there = when.is_some_and(|when| condition.is.contains(when));
            if !self.set.contains(&field.key) {
                let value = is_there.then(|| value(event, &field.ty, Some(field)));
                Put { event, value }.fields(&event.detail, &mut self.detail, &[&field.key]);
            }
        }
        if !self.envelope.iter().any(|(key, _)| key == "resources") {
            let resources = Node::array(self.arn().cloned());
            self.envelope.push(("resources".to_owned(), resources));
        }
        self.envelope.push(("detail".to_owned(), self.detail));
        Node::object(self.envelope)
    }
}

/// Whether a field names the subject of the event.
fn is_arn(field: &&Field) -> bool {
    field.required && field.key.to_ascii_lowercase().ends_with("arn")
}

fn object(event: &EventType, fields: &[Field]) -> Node {
    let always = fields.iter().filter(|field| field.condition.is_none());
    Node::object(always.map(|field| (field.key.clone(), value(event, &field.ty, Some(field)))))
}

/// A value of a type: the one that evidence shows, if it is one.
fn value(event: &EventType, ty: &Type, field: Option<&Field>) -> Node {
    let example = example(field);
    match ty {
        Type::Any => example.unwrap_or_else(|| Node::string("any")),
        Type::Boolean => Node::from(true),
        Type::Integer | Type::Number => example
            .filter(|node| matches!(node.value, Value::Number(_)))
            .unwrap_or_else(|| Node::from(1)),
        Type::String => example
            .filter(|node| node.as_str().is_some())
            .unwrap_or_else(|| Node::string(field.map_or("text", |field| &field.key))),
        Type::Timestamp(forms) => instant(forms.first()),
        Type::List(inner) => Node::array([value(event, inner, None)]),
        Type::Map(_) => Node::object::<String>([]),
        Type::OneOf(types) => types
            .first()
            .map_or_else(|| Node::from(""), |ty| value(event, ty, field)),
        Type::Named(name) => named(event, name, example),
    }
}

/// What evidence shows of a field.
fn example(field: Option<&Field>) -> Option<Node> {
    let text = field?.example.as_deref()?;
    json::read_strict(text)
        .ok()
        .map(|node| Node::new(node.value))
}

/// A value of a type that has a name.
fn named(event: &EventType, name: &str, example: Option<Node>) -> Node {
    match event.definition(name).map(|known| &known.body) {
        Some(Body::Object(fields)) => object(event, fields),
        Some(Body::Values(values)) => {
            let is_known = |text: &str| values.iter().any(|known| known.value == text);
            let first = || Node::string(values.first().map_or("", |known| &known.value));
            example
                .filter(|node| node.as_str().is_some_and(is_known))
                .unwrap_or_else(first)
        }
        None => Node::object::<String>([]),
    }
}

fn instant(form: Option<&WireForm>) -> Node {
    match form {
        Some(WireForm::IntegerMillis) => Node::new(Value::Number("1704164645000".to_owned())),
        Some(WireForm::FloatMillis) => Node::new(Value::Number("1704164645000.0".to_owned())),
        Some(WireForm::StringMillis) => Node::string("1704164645000"),
        Some(WireForm::IntegerSeconds) => Node::new(Value::Number("1704164645".to_owned())),
        Some(WireForm::FloatSeconds) => Node::new(Value::Number("1704164645.0".to_owned())),
        Some(WireForm::StringSeconds) => Node::string("1704164645"),
        Some(WireForm::Rfc3339) | None => Node::string("2024-01-02T03:04:05Z"),
    }
}

/// The members of an object; what is none becomes one.
fn members(node: &mut Node) -> Option<&mut Vec<Member>> {
    if !matches!(node.value, Value::Object(_)) {
        node.value = Value::Object(Vec::new());
    }
    match &mut node.value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn take_away(node: &mut Node, key: &str) {
    if let Some(members) = members(node) {
        members.retain(|member| member.key != key);
    }
}

/// The member of this key, made if it is to hold something.
fn member<'n>(node: &'n mut Node, key: &str, first: Node) -> Option<&'n mut Node> {
    let members = members(node)?;
    let at = match members.iter().position(|member| member.key == key) {
        Some(at) => at,
        None => {
            members.push(Member {
                key: key.to_owned(),
                key_span: 0..0,
                node: first,
            });
            members.len() - 1
        }
    };
    members.get_mut(at).map(|member| &mut member.node)
}

fn put_open(node: &mut Node, steps: &[&str], value: Option<Node>) -> bool {
    match (steps, value) {
        ([], Some(value)) => *node = value,
        ([], None) => {}
        ([key], None) => take_away(node, key),
        ([key, rest @ ..], value) => {
            if let Some(inner) = member(node, key, Node::object::<String>([])) {
                return put_open(inner, rest, value);
            }
        }
    }
    true
}

/// A value to be put somewhere into the detail of an event, or nothing, where what stands there goes. Each method says
/// whether the place is one that the event has.
struct Put<'m> {
    event: &'m EventType,
    value: Option<Node>,
}

impl Put<'_> {
    /// Into an object with these fields; one without any takes whatever comes.
    fn fields(&self, fields: &[Field], node: &mut Node, steps: &[&str]) -> bool {
        if fields.is_empty() {
            return put_open(node, steps, self.value.clone());
        }
        (1..=steps.len()).any(|length| {
            let (key, rest) = (steps[..length].join("."), &steps[length..]);
            let field = fields.iter().find(|field| field.key == key);
            field.is_some_and(|field| self.field(field, node, rest))
        })
    }

    /// Into a field of an object, or into what that holds.
    fn field(&self, field: &Field, node: &mut Node, steps: &[&str]) -> bool {
        if steps.is_empty() && self.value.is_none() {
            take_away(node, &field.key);
            return true;
        }
        let first = value(self.event, &field.ty, Some(field));
        member(node, &field.key, first).is_some_and(|inner| self.typed(&field.ty, inner, steps))
    }

    fn typed(&self, ty: &Type, node: &mut Node, steps: &[&str]) -> bool {
        match ty {
            Type::Any => put_open(node, steps, self.value.clone()),
            Type::OneOf(types) => types.iter().any(|ty| self.one(ty, node, steps)),
            Type::List(inner) => self.list(inner, node, steps),
            Type::Map(inner) => self.map(inner, node, steps),
            Type::Named(name) => self.named(name, node, steps),
            _ => self.scalar(node, steps),
        }
    }

    /// Into a value of a type that has a name.
    fn named(&self, name: &str, node: &mut Node, steps: &[&str]) -> bool {
        match self.event.definition(name).map(|known| &known.body) {
            Some(Body::Object(fields)) if !steps.is_empty() => self.fields(fields, node, steps),
            None => put_open(node, steps, self.value.clone()),
            _ => self.scalar(node, steps),
        }
    }

    /// Into one of several types, if the path is one of it.
    fn one(&self, ty: &Type, node: &mut Node, steps: &[&str]) -> bool {
        let mut other = match ty {
            Type::List(_) if node.items().is_empty() => Node::array([]),
            _ => node.clone(),
        };
        let is_put = self.typed(ty, &mut other, steps);
        if is_put {
            *node = other;
        }
        is_put
    }

    /// Into the first item of a list.
    fn list(&self, inner: &Type, node: &mut Node, steps: &[&str]) -> bool {
        let first = node.items().first().cloned();
        let mut first = first.unwrap_or_else(|| value(self.event, inner, None));
        let is_put = self.typed(inner, &mut first, steps);
        let others = node.items().iter().skip(1).cloned().collect::<Vec<_>>();
        *node = Node::array(std::iter::once(first).chain(others));
        is_put
    }

    /// Under a key of a map, which has dots if its values are no objects.
    fn map(&self, inner: &Type, node: &mut Node, steps: &[&str]) -> bool {
        match (inner, steps) {
            (_, []) => false,
            (Type::Named(_) | Type::Map(_) | Type::List(_), [key, rest @ ..]) => {
                let first = value(self.event, inner, None);
                member(node, key, first).is_some_and(|node| self.typed(inner, node, rest))
            }
            _ => self.under(node, &steps.join(".")),
        }
    }

    /// Puts a value under a key, or takes away what stands there.
    fn under(&self, node: &mut Node, key: &str) -> bool {
        match &self.value {
            Some(put) => member(node, key, put.clone())
                .map(|node| *node = put.clone())
                .is_some(),
            None => {
                take_away(node, key);
                true
            }
        }
    }

    fn scalar(&self, node: &mut Node, steps: &[&str]) -> bool {
        if let (Some(put), []) = (&self.value, steps) {
            *node = put.clone();
        }
        steps.is_empty()
    }
}

/// All of the envelope but its resources and detail.
fn envelope(event: &EventType) -> Vec<(String, Node)> {
    let text = |key: &str, value: &str| (key.to_owned(), Node::string(value));
    // `arn:partition:service:region:account:…` of the event's subject, as evidence shows it.
    let mut arns = event.detail.iter().filter(is_arn);
    let arn = arns.find_map(|field| field.example.as_deref());
    let part = |at: usize| {
        arn.and_then(|arn| arn.split(':').nth(at))
            .filter(|part| !part.is_empty())
    };
    vec![
        text("version", "0"),
        text("id", "17793124-05d4-b198-2fde-7ededc63b103"),
        text("detail-type", &event.detail_type),
        text("source", &event.source),
        text("account", part(4).unwrap_or("123456789012")),
        text("time", "2024-01-02T03:04:05Z"),
        text("region", part(3).unwrap_or("us-east-1")),
    ]
}
