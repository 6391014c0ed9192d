//! One event of the model comes in; the text of the module with its pattern builders goes out.

use std::collections::BTreeSet;

use super::doc;
use super::name::{self, EventNames};
use super::{print, schema};
use eventbridge_catalog::model::{Body, EventType, Field, Type};

/// What the module is about.
pub(super) fn about(event: &EventType) -> Vec<String> {
    vec![format!(
        "Event patterns for {}.",
        doc::code(&event.detail_type)
    )]
}

/// The items of an event's pattern module.
pub(super) fn module(event: &EventType, names: &EventNames) -> Result<String, String> {
    let mut builders = Builders {
        event,
        names,
        kinds: BTreeSet::new(),
        enums: BTreeSet::new(),
        objects: false,
    };
    let own = builders.event()?;
    let mut parts = Vec::new();
    for definition in schema::reached(event) {
        if let Body::Object(fields) = &definition.body {
            parts.push(builders.object(&definition.name, fields, &doc::definition(definition))?);
        }
    }
    let imports = builders.imports();
    Ok(format!(
        "{imports}\n{}{own}{}",
        entry(event, names),
        parts.concat()
    ))
}

/// The function that a pattern begins with.
fn entry(event: &EventType, names: &EventNames) -> String {
    let (detail_type, builder) = (doc::code(&event.detail_type), names.builder());
    format!(
        "/// A pattern that every {detail_type} matches; methods named after its fields narrow it.\n\
         pub fn pattern() -> {builder} {{\n    Default::default()\n}}\n\n"
    )
}

struct Builders<'m> {
    event: &'m EventType,
    names: &'m EventNames,
    kinds: BTreeSet<&'static str>,
    enums: BTreeSet<String>,
    objects: bool,
}

impl Builders<'_> {
    fn event(&mut self) -> Result<String, String> {
        let docs = [format!(
            "Builds an event pattern for {}.",
            doc::code(&self.event.detail_type)
        )];
        let head = format!("{} of (SOURCE, DETAIL_TYPE)", self.names.builder());
        let methods = name::event_methods(&self.event.detail);
        self.declaration("event_pattern", &head, &docs, &self.event.detail, &methods)
    }

    fn object(&mut self, name: &str, fields: &[Field], docs: &[String]) -> Result<String, String> {
        self.objects = true;
        let head = self.names.definition_builder(name)?.to_owned();
        let text = self.declaration(
            "object_pattern",
            &head,
            docs,
            fields,
            &name::object_methods(fields),
        )?;
        Ok(format!("\n{text}"))
    }

    fn declaration(
        &mut self,
        r#macro: &str,
        head: &str,
        docs: &[String],
        fields: &[Field],
        methods: &[String],
    ) -> Result<String, String> {
        let mut lines = String::new();
        for (field, method) in fields.iter().zip(methods) {
            let (path, key) = (doc::code(&field.path), print::literal(&field.key));
            let holds = self.holds(&field.ty)?;
            lines += &format!("        /// {path}.\n        {method} = {key} {holds},\n");
        }
        let docs = print::indent(&print::comment("///", docs));
        Ok(format!(
            "{macro}! {{\n{docs}    pub struct {head} {{\n{lines}    }}\n}}\n"
        ))
    }

    /// What stands behind a key: `(Kind)`, `[Kind]` for a map, `{Builder}` for an object.
    fn holds(&mut self, ty: &Type) -> Result<String, String> {
        Ok(match ty {
            Type::List(items) => self.holds(items)?,
            Type::Map(values) => {
                let kind = self.kind(values)?;
                format!("[{kind}]")
            }
            Type::Named(name) if self.is_object(name) => {
                format!("{{{}}}", self.names.definition_builder(name)?)
            }
            // Of a map or a list of keys with values, deliveries have the map.
            Type::OneOf(types) => match types.iter().find(|ty| matches!(ty, Type::Map(_))) {
                Some(map) => self.holds(map)?,
                None => self.in_brackets(ty)?,
            },
            ty => self.in_brackets(ty)?,
        })
    }

    fn in_brackets(&mut self, ty: &Type) -> Result<String, String> {
        let kind = self.kind(ty)?;
        Ok(format!("({kind})"))
    }

    fn kind(&mut self, ty: &Type) -> Result<String, String> {
        let kind = match ty {
            Type::String => "Text",
            Type::Integer | Type::Number => "Number",
            Type::Boolean => "Boolean",
            Type::Timestamp(_) => "Instant",
            Type::List(items) => return self.kind(items),
            Type::Named(name) if !self.is_object(name) => {
                let ty = self.names.definition(name)?.to_owned();
                self.kinds.insert("Choice");
                self.enums.insert(ty.clone());
                return Ok(format!("Choice<{ty}>"));
            }
            Type::Any | Type::Map(_) | Type::Named(_) | Type::OneOf(_) => "Anything",
        };
        self.kinds.insert(kind);
        Ok(kind.to_owned())
    }

    fn is_object(&self, name: &str) -> bool {
        self.event
            .definition(name)
            .is_some_and(|definition| matches!(definition.body, Body::Object(_)))
    }

    fn imports(&self) -> String {
        let kinds: Vec<&str> = self.kinds.iter().copied().collect();
        let kinds = match kinds.as_slice() {
            [] => String::new(),
            [kind] => format!("use eventbridge_runtime::pattern::build::{kind};\n"),
            kinds => print::import(&format!(
                "use eventbridge_runtime::pattern::build::{{{}}};",
                kinds.join(", ")
            )),
        };
        // The order is rustfmt's: a name stands before a list.
        let macros = if self.objects {
            format!("{kinds}use eventbridge_runtime::{{event_pattern, object_pattern}};\n")
        } else {
            format!("use eventbridge_runtime::event_pattern;\n{kinds}")
        };
        let mut own = vec!["DETAIL_TYPE", "SOURCE"];
        own.extend(self.enums.iter().map(String::as_str));
        own.sort_unstable();
        let own = print::import(&format!("use super::{{{}}};", own.join(", ")));
        format!("{macros}\n{own}")
    }
}
