//! An event as all evidence tells it comes in; the event as one purpose needs it goes out: for bindings what is believed
//! best, for validation all that anybody saw. The order in which fields, definitions and values were met goes: a
//! document changes only when the event does.

use eventbridge_catalog::model::{
    Body, Definition, EventType, Evidence, Field, Origin, Type, WireForm,
};

/// What code can be bound to: one type a field, where evidence comes to one. Where things of different structure were
/// seen, deliveries decide, unless the registry, which infers from what arrived, says otherwise. Where nothing decides the
/// alternatives stay: code that is bound to one would refuse events of the other.
pub(super) fn believed(event: &EventType) -> EventType {
    told(event, &|field| believed_type(&field.ty, field, event))
}

fn believed_type(ty: &Type, field: &Field, event: &EventType) -> Type {
    let inner = |ty: &Type| Box::new(believed_type(ty, field, event));
    match ty {
        Type::OneOf(types) => believed_of(types, field, event),
        Type::Timestamp(forms) => Type::Timestamp(believed_forms(forms, field)),
        Type::List(items) => Type::List(inner(items)),
        Type::Map(values) => Type::Map(inner(values)),
        ty => ty.clone(),
    }
}

/// How an instant is written: as what arrived shows; else as the registry, which infers from what arrived, agrees. That
/// it is text pages alone do not decide: events are known to write numbers there. No form: undecided. A fraction that
/// anybody shows counts, as whole numbers can be read so too. Without any evidence somebody wrote the schema, and knows.
fn believed_forms(forms: &[WireForm], field: &Field) -> Vec<WireForm> {
    if field.claims.is_empty() {
        return forms.to_vec();
    }
    let arrived: Vec<WireForm> = facts(field, Origin::Delivery).filter_map(form).collect();
    let mut believed = match () {
        () if !arrived.is_empty() => arrived,
        () if registry_agrees(forms, field) => forms.to_vec(),
        () => return Vec::new(),
    };
    let fraction = Some(WireForm::FloatMillis);
    let claimed = Origin::ALL
        .into_iter()
        .flat_map(|origin| facts(field, origin));
    if claimed.map(form).any(|form| form == fraction) {
        believed.extend(fraction);
    }
    believed
}

fn registry_agrees(forms: &[WireForm], field: &Field) -> bool {
    let is_text = |form: &WireForm| matches!(form, WireForm::StringMillis | WireForm::Rfc3339);
    let registry: Vec<Kind> = facts(field, Origin::Registry).filter_map(kind).collect();
    match forms.iter().filter(|form| is_text(form)).count() {
        0 => registry.iter().all(|kind| *kind == Kind::Number),
        text if text == forms.len() => {
            !registry.is_empty() && registry.iter().all(|kind| *kind == Kind::Text)
        }
        _ => false,
    }
}

/// What one kind of evidence says of a field, followed or not.
fn facts(field: &Field, origin: Origin) -> impl Iterator<Item = &str> {
    let facts = field
        .claims
        .iter()
        .filter_map(|claim| Evidence::parse_fact(&claim.fact));
    facts
        .filter(move |(site, _)| site.origin == origin)
        .map(|(_, says)| says)
}

fn form(says: &str) -> Option<WireForm> {
    let name = says.split(' ').next()?;
    WireForm::ALL.into_iter().find(|form| form.name() == name)
}

/// Whatever evidence shows, and be it overruled.
pub(super) fn allowed(event: &EventType) -> EventType {
    told(event, &|field| {
        let mut types = match &field.ty {
            Type::OneOf(types) => types.clone(),
            ty => vec![ty.clone()],
        };
        let overruled = field.claims.iter().filter(|claim| !claim.followed);
        for (_, says) in overruled.filter_map(|claim| Evidence::parse_fact(&claim.fact)) {
            let kind = kind(says).filter(|kind| !types.iter().any(|ty| is_of(ty, *kind, event)));
            types.extend(kind.map(Kind::widest));
        }
        match <[Type; 1]>::try_from(types) {
            Ok([only]) => only,
            Err(types) => Type::OneOf(types),
        }
    })
}

fn believed_of(types: &[Type], field: &Field, event: &EventType) -> Type {
    let kinds = |origin| -> Vec<Kind> { facts(field, origin).filter_map(kind).collect() };
    let arrived = match kinds(Origin::Delivery) {
        nothing if nothing.is_empty() => nothing,
        arrived => [arrived, kinds(Origin::Registry)].concat(),
    };
    let mut shown = types
        .iter()
        .filter(|ty| arrived.iter().any(|kind| is_of(ty, *kind, event)));
    match (shown.next(), shown.next()) {
        (Some(only), None) => only.clone(),
        _ if types
            .iter()
            .all(|ty| kind_of(ty, event) == Some(Kind::Number)) =>
        {
            Type::Number
        }
        _ => Type::OneOf(types.to_vec()),
    }
}

fn told(event: &EventType, ty: &dyn Fn(&Field) -> Type) -> EventType {
    let fields = |fields: &[Field]| {
        let mut told: Vec<Field> = fields
            .iter()
            .map(|field| Field {
                ty: ty(field),
                ..field.clone()
            })
            .collect();
        told.sort_by(|a, b| a.key.cmp(&b.key));
        told
    };
    let body = |body: &Body| match body {
        Body::Object(inner) => Body::Object(fields(inner)),
        Body::Values(values) => {
            let mut values = values.clone();
            values.sort_by(|a, b| a.value.cmp(&b.value));
            Body::Values(values)
        }
    };
    let mut definitions: Vec<Definition> = event
        .definitions
        .iter()
        .map(|definition| Definition {
            body: body(&definition.body),
            ..definition.clone()
        })
        .collect();
    definitions.sort_by(|a, b| a.name.cmp(&b.name));
    EventType {
        detail: fields(&event.detail),
        definitions: definitions.into(),
        ..event.clone()
    }
}

/// Kinds of value that JSON tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    /// The type that takes every value of the kind.
    fn widest(self) -> Type {
        match self {
            Kind::Boolean => Type::Boolean,
            Kind::Number => Type::Number,
            Kind::Text => Type::String,
            Kind::List => Type::List(Box::new(Type::Any)),
            Kind::Object => Type::Map(Box::new(Type::Any)),
        }
    }
}

/// The kind that a fact names: `string Completed`.
fn kind(says: &str) -> Option<Kind> {
    match says.split(' ').next()? {
        "boolean" => Some(Kind::Boolean),
        "integer" | "number" | "integer-millis" | "float-millis" => Some(Kind::Number),
        "string" | "string-millis" | "rfc3339" => Some(Kind::Text),
        "list" => Some(Kind::List),
        "object" | "map" => Some(Kind::Object),
        _ => None,
    }
}

/// Whether a type takes values of a kind.
fn is_of(ty: &Type, kind: Kind, event: &EventType) -> bool {
    match ty {
        Type::Any => true,
        Type::Timestamp(_) => matches!(kind, Kind::Number | Kind::Text),
        Type::OneOf(types) => types.iter().any(|ty| is_of(ty, kind, event)),
        ty => kind_of(ty, event) == Some(kind),
    }
}

fn kind_of(ty: &Type, event: &EventType) -> Option<Kind> {
    match ty {
        Type::Boolean => Some(Kind::Boolean),
        Type::Integer | Type::Number => Some(Kind::Number),
        Type::String => Some(Kind::Text),
        Type::List(_) => Some(Kind::List),
        Type::Map(_) => Some(Kind::Object),
        Type::Named(name) => match event.definition(name)?.body {
            Body::Object(_) => Some(Kind::Object),
            Body::Values(_) => Some(Kind::Text),
        },
        Type::Any | Type::Timestamp(_) | Type::OneOf(_) => None,
    }
}
