//! An event as a document tells it comes in; what the document names, and what it calls each, goes out.

use super::Dialect;
use super::title;
use crate::names::{Names, identifier};
use eventbridge_catalog::model::{Body, EventType, Field, Type, WireForm};
use std::collections::{BTreeMap, BTreeSet};

/// The envelope's name in the registry's own documents.
pub(super) const ENVELOPE: &str = "AWSEvent";

/// What one document names.
pub(super) struct Scope<'m> {
    pub(super) event: &'m EventType,
    pub(super) dialect: Dialect,
    /// Whether known values are all that there are.
    pub(super) closed_enums: bool,
    /// What the detail is called.
    pub(super) detail: String,
    definitions: BTreeMap<&'m str, String>,
    instants: BTreeMap<Instant, String>,
    unions: BTreeMap<UnionKey, (String, &'m [Type])>,
    /// OpenAPI 3.0 has no type `null`, and nothing can stand beside a `$ref`: what is referred to says that it may be
    /// null.
    pub(super) nullable: BTreeSet<&'m str>,
}

/// How instants of a field are written, as far as documents tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Instant {
    /// Whole milliseconds.
    Whole,
    /// Milliseconds with a fraction part, and be it zero.
    Fraction,
    /// RFC 3339, or digits.
    Text,
    /// A number or text.
    Any,
}

/// The key of the field, and its types.
type UnionKey = (String, String);

impl Instant {
    /// How a dialect tells these forms: validation takes all, as events are known to differ from what is documented.
    pub(super) fn of(forms: &[WireForm], dialect: Dialect) -> Instant {
        let is_text = |form: &WireForm| matches!(form, WireForm::StringMillis | WireForm::Rfc3339);
        let text = forms.iter().filter(|form| is_text(form)).count();
        match dialect {
            Dialect::JsonSchemaDraft4 => Instant::Any,
            Dialect::OpenApi3 if forms.is_empty() => Instant::Any,
            Dialect::OpenApi3 if text == forms.len() => Instant::Text,
            Dialect::OpenApi3 if text > 0 => Instant::Any,
            Dialect::OpenApi3 if forms.contains(&WireForm::FloatMillis) => Instant::Fraction,
            Dialect::OpenApi3 => Instant::Whole,
        }
    }

    /// Documents of bindings tell by the name how it is written, so that no other field's form renames it.
    fn name(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (Instant::Whole, _) | (Instant::Any, Dialect::JsonSchemaDraft4) => "Timestamp",
            (Instant::Fraction, _) => "TimestampNumber",
            (Instant::Text, _) => "TimestampText",
            (Instant::Any, Dialect::OpenApi3) => "TimestampAny",
        }
    }
}

impl<'m> Scope<'m> {
    pub(super) fn new(event: &'m EventType, dialect: Dialect, closed_enums: bool) -> Self {
        let mut names = Names::reserving([ENVELOPE]);
        let mut scope = Scope {
            event,
            dialect,
            closed_enums,
            detail: names.claim(&[&identifier(&title(&event.detail_type))]),
            definitions: BTreeMap::new(),
            instants: BTreeMap::new(),
            unions: BTreeMap::new(),
            nullable: BTreeSet::new(),
        };
        scope.find();
        let own = identifier(&event.name);
        let mut claim = |name: &str| {
            let plain = identifier(name);
            names.claim(&[&plain, &format!("{own}{plain}")])
        };
        for (definition, name) in &mut scope.definitions {
            *name = claim(definition);
        }
        for (instant, name) in &mut scope.instants {
            *name = claim(instant.name(dialect));
        }
        for ((key, _), (name, _)) in &mut scope.unions {
            *name = claim(&title(key));
        }
        scope
    }

    /// Finds what the detail refers to, at any depth.
    fn find(&mut self) {
        let mut fields: Vec<&Field> = self.event.detail.iter().collect();
        while let Some(field) = fields.pop() {
            if let Type::OneOf(types) = &field.ty
                && is_structured(types)
            {
                let key = union_key(field);
                self.unions.insert(key, (String::new(), types));
            }
            let mut types = vec![&field.ty];
            let mut direct = true;
            while let Some(ty) = types.pop() {
                match ty {
                    Type::Named(name) => {
                        if direct && !field.required {
                            self.nullable.insert(name);
                        }
                        fields.extend(self.define(name));
                    }
                    Type::OneOf(_) if self.dialect == Dialect::OpenApi3 => {}
                    Type::OneOf(inner) => types.extend(inner),
                    Type::List(inner) | Type::Map(inner) => types.push(inner),
                    Type::Timestamp(forms) => {
                        let instant = Instant::of(forms, self.dialect);
                        self.instants.insert(instant, String::new());
                    }
                    _ => {}
                }
                direct = false;
            }
        }
    }

    /// The fields of a definition that is met for the first time and needs a name.
    fn define(&mut self, name: &'m str) -> &'m [Field] {
        let body = self.event.definition(name).map(|found| &found.body);
        let fields = match body {
            Some(Body::Object(fields)) => fields.as_slice(),
            Some(Body::Values(values)) if self.closed_enums && !values.is_empty() => &[],
            _ => return &[],
        };
        match self.definitions.insert(name, String::new()) {
            None => fields,
            Some(_) => &[],
        }
    }

    /// What a definition is called, if the document defines it.
    pub(super) fn definition(&self, name: &str) -> Option<&str> {
        self.definitions.get(name).map(String::as_str)
    }

    /// What instants of a form are called.
    pub(super) fn instant(&self, instant: Instant) -> Option<&str> {
        self.instants.get(&instant).map(String::as_str)
    }

    /// What the type of a field is called that is one of several.
    pub(super) fn union(&self, field: &Field) -> Option<&str> {
        let named = self.unions.get(&union_key(field));
        named.map(|(name, _)| name.as_str())
    }

    pub(super) fn instants(&self) -> impl Iterator<Item = (&str, Instant)> {
        let all = self.instants.iter();
        all.map(|(instant, name)| (name.as_str(), *instant))
    }

    pub(super) fn unions(&self) -> impl Iterator<Item = (&str, &'m [Type])> {
        let all = self.unions.values();
        all.map(|(name, types)| (name.as_str(), *types))
    }
}

fn union_key(field: &Field) -> UnionKey {
    (field.key.clone(), format!("{:?}", field.ty))
}

/// Whether one of the types has parts: such a choice gets a name.
fn is_structured(types: &[Type]) -> bool {
    let part = |ty: &Type| matches!(ty, Type::List(_) | Type::Map(_) | Type::Named(_));
    !types.contains(&Type::Any) && types.iter().any(part)
}
