//! An event's schema comes in, as it stands in `schemas/` but for the evidence in it, and the Rust types of all fields
//! go out. This is the one file that knows typify.
//!
//! typify maps definitions, properties, lists, maps, optional fields and cycles. By its conversions, kinds of values
//! become types of our runtime: text that shares the document's buffer, numbers as they are spelled, instants in all
//! of their forms, and anything that evidence disagrees about as it stands. What it has no words for is said elsewhere:
//! enums that take any other string (`open_enum!` makes them), what stands beside the fields (`extra`), the two forms of
//! tags ([`roles`](crate::roles)), and names that meet once they are Rust's ([`name`](super::name)).

use std::collections::BTreeMap;

use heck::ToPascalCase;
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::format_ident;
use schemars::schema::{
    ArrayValidation, InstanceType, Metadata, ObjectValidation, RootSchema, Schema, SchemaObject,
    SubschemaValidation,
};
use syn::{Attribute, Expr, GenericArgument, Item, ItemStruct, Lit, Meta, PathArguments};
use syn::{TypePath, parse_quote};
use typify_impl::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use eventbridge_catalog::model::{Body, EventType, Field, Type};

/// The types of the fields of an event's objects.
pub(super) struct FieldTypes(BTreeMap<String, BTreeMap<String, syn::Type>>);

/// Types of the runtime that stand for kinds of values, and for maps of them.
pub(super) const OURS: [&str; 6] = ["Json", "Map", "Number", "Pairs", "Text", "Timestamp"];

impl FieldTypes {
    /// Lets typify turn an event's schema into structs.
    pub(super) fn of(event: &EventType) -> Result<Self, String> {
        let say = |error: String| format!("{}: {error}", event.name);
        let names = Names::of(event);
        let mut space = TypeSpace::new(&settings(event, &names));
        space
            .add_root_schema(schema(event, &names)?)
            .map_err(|error| say(error.to_string()))?;
        let file: syn::File =
            syn::parse2(space.to_stream()).map_err(|error| say(error.to_string()))?;
        let structs = file.items.into_iter().filter_map(|item| match item {
            Item::Struct(item) => {
                let object = names.definition(&item.ident)?;
                Some((object.to_owned(), types(item, &names)))
            }
            _ => None,
        });
        Ok(Self(structs.collect()))
    }

    /// The type of the field that an object of the event has under a key; definitions stand in it as [`named`] has
    /// them.
    pub(super) fn field(&self, object: &str, key: &str) -> Result<&syn::Type, String> {
        let fields = self.0.get(object);
        let found = fields.and_then(|fields| fields.get(key));
        found.ok_or_else(|| format!("typify makes no field `{key}` of {object}"))
    }
}

/// A type whose definitions are called as `name` says of each: 0 is the detail, what follows the event's definitions.
pub(super) fn named(ty: TokenStream, name: &dyn Fn(usize) -> Option<Ident>) -> TokenStream {
    let tree = |tree| match tree {
        TokenTree::Ident(ident) => {
            let index = ident.to_string();
            let index = index.strip_prefix(DEFINITION).map(str::parse);
            let named = index.and_then(|index| name(index.ok()?));
            TokenTree::Ident(named.unwrap_or(ident))
        }
        TokenTree::Group(group) => {
            let inner = named(group.stream(), name);
            TokenTree::Group(Group::new(group.delimiter(), inner))
        }
        other => other,
    };
    ty.into_iter().map(tree).collect()
}

/// Stands before the number of a definition, until it is named.
const DEFINITION: &str = "__Definition";

/// What typify calls the definitions of an event, its own detail among them: what the schema does, unless that is
/// no name of Rust's, or two become one.
struct Names<'e>(&'e str, BTreeMap<String, (&'e str, usize)>);

impl<'e> Names<'e> {
    fn of(event: &'e EventType) -> Self {
        let definitions = event.definitions.iter().map(|part| part.name.as_str());
        let mut names = BTreeMap::new();
        for (index, name) in [event.name.as_str()]
            .into_iter()
            .chain(definitions)
            .enumerate()
        {
            let is_plain = name.to_pascal_case() == name && !is_taken(name);
            let kept = match is_plain && !names.contains_key(name) {
                true => name.to_owned(),
                false => format!("Type{index}"),
            };
            names.insert(kept, (name, index));
        }
        Self(&event.name, names)
    }

    fn definition(&self, ident: &Ident) -> Option<&'e str> {
        self.1.get(&ident.to_string()).map(|(name, _)| *name)
    }

    /// What typify calls a definition.
    fn ident(&self, name: &str) -> Result<&str, String> {
        let mut names = self.1.iter();
        let found = names.find(|(_, (known, _))| *known == name);
        found
            .map(|(ident, _)| ident.as_str())
            .ok_or_else(|| format!("{} refers to {name}, which it does not define", self.0))
    }
}

/// Whether a name means something else in Rust, or in what typify writes.
fn is_taken(name: &str) -> bool {
    let others = ["Box", "Option", "String", "Vec", "bool", "i64"];
    OURS.iter().chain(&others).any(|taken| *taken == name) || syn::parse_str::<Ident>(name).is_err()
}

fn settings(event: &EventType, names: &Names<'_>) -> TypeSpaceSettings {
    let mut settings = TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_map_type("::eventbridge_runtime::Map");
    let mut convert = |schema: Schema, ty: &str| {
        let ty = format!("::eventbridge_runtime::{ty}");
        settings.with_conversion(
            schema.into_object(),
            ty,
            std::iter::empty::<TypeSpaceImpl>(),
        );
    };
    for (ty, ours) in [
        (Type::Any, "Json"),
        (Type::Number, "Number"),
        (Type::String, "Text"),
        (Type::Timestamp(Vec::new()), "Timestamp"),
    ] {
        if let Ok(schema) = value(&ty, names) {
            convert(nullable(schema.clone()), ours);
            convert(schema, ours);
        }
    }
    for field in crate::uses::fields(event) {
        convert_alternatives(event, &field.ty, names, &mut convert);
    }
    for definition in &event.definitions {
        if let (Body::Values(_), Ok(ident)) = (&definition.body, names.ident(&definition.name)) {
            settings.with_replacement(ident, ident, std::iter::empty::<TypeSpaceImpl>());
        }
    }
    settings
}

/// What evidence disagrees about is taken as it stands, or as pairs where it is pairs in two forms.
fn convert_alternatives(
    event: &EventType,
    ty: &Type,
    names: &Names<'_>,
    convert: &mut impl FnMut(Schema, &str),
) {
    match ty {
        Type::List(inner) | Type::Map(inner) => convert_alternatives(event, inner, names, convert),
        Type::OneOf(types) => {
            let ours = if are_pairs(event, types) {
                "Pairs"
            } else {
                "Json"
            };
            if let Ok(schema) = value(ty, names) {
                convert(nullable(schema.clone()), ours);
                convert(schema, ours);
            }
        }
        _ => {}
    }
}

/// Whether evidence shows pairs of strings in two forms: an object, and a list of objects of two.
fn are_pairs(event: &EventType, types: &[Type]) -> bool {
    let is_list = |ty: &Type| matches!(ty, Type::List(item) if event.is_pair(item));
    types.len() == 2 && types.iter().any(Type::is_string_map) && types.iter().any(is_list)
}

/// The schema of an event: its detail and each definition, under the names that they have, where these serve.
fn schema(event: &EventType, names: &Names<'_>) -> Result<RootSchema, String> {
    let mut root = RootSchema::default();
    let detail = object(&event.detail, &event.description, names)?;
    root.definitions
        .insert(names.ident(&event.name)?.to_owned(), detail);
    for definition in &event.definitions {
        let schema = match &definition.body {
            Body::Object(fields) => object(fields, &definition.description, names)?,
            Body::Values(_) => kind(InstanceType::String).into(),
        };
        let ident = names.ident(&definition.name)?;
        root.definitions.insert(ident.to_owned(), schema);
    }
    Ok(root)
}

fn object(
    fields: &[Field],
    description: &Option<String>,
    names: &Names<'_>,
) -> Result<Schema, String> {
    let mut object = ObjectValidation::default();
    for field in fields {
        let schema = described(value(&field.ty, names)?, &field.description);
        let schema = if field.required {
            object.required.insert(field.key.clone());
            schema
        } else {
            nullable(schema)
        };
        object.properties.insert(field.key.clone(), schema);
    }
    Ok(described(with_object(object), description))
}

fn value(ty: &Type, names: &Names<'_>) -> Result<Schema, String> {
    Ok(match ty {
        Type::Any => SchemaObject::default().into(),
        Type::Boolean => kind(InstanceType::Boolean).into(),
        Type::Integer => kind(InstanceType::Integer).into(),
        Type::Number => kind(InstanceType::Number).into(),
        Type::String => kind(InstanceType::String).into(),
        Type::Timestamp(_) => SchemaObject {
            instance_type: Some(vec![InstanceType::Number, InstanceType::String].into()),
            format: Some("timestamp".to_owned()),
            ..SchemaObject::default()
        }
        .into(),
        Type::List(item) => list(value(item, names)?),
        Type::Map(item) => map(value(item, names)?),
        Type::Named(name) => Schema::new_ref(format!("#/definitions/{}", names.ident(name)?)),
        Type::OneOf(types) => {
            let types = types.iter().map(|ty| value(ty, names));
            any_of(types.collect::<Result<_, _>>()?)
        }
    })
}

fn kind(kind: InstanceType) -> SchemaObject {
    SchemaObject {
        instance_type: Some(kind.into()),
        ..SchemaObject::default()
    }
}

fn list(item: Schema) -> Schema {
    let array = ArrayValidation {
        items: Some(item.into()),
        ..ArrayValidation::default()
    };
    SchemaObject {
        array: Some(Box::new(array)),
        ..kind(InstanceType::Array)
    }
    .into()
}

fn map(item: Schema) -> Schema {
    with_object(ObjectValidation {
        additional_properties: Some(Box::new(item)),
        ..ObjectValidation::default()
    })
}

fn with_object(object: ObjectValidation) -> Schema {
    SchemaObject {
        object: Some(Box::new(object)),
        ..kind(InstanceType::Object)
    }
    .into()
}

fn any_of(schemas: Vec<Schema>) -> Schema {
    let subschemas = SubschemaValidation {
        any_of: Some(schemas),
        ..SubschemaValidation::default()
    };
    SchemaObject {
        subschemas: Some(Box::new(subschemas)),
        ..SchemaObject::default()
    }
    .into()
}

fn described(schema: Schema, description: &Option<String>) -> Schema {
    let Some(description) = description else {
        return schema;
    };
    let mut schema = schema.into_object();
    schema.metadata = Some(Box::new(Metadata {
        description: Some(description.clone()),
        ..Metadata::default()
    }));
    schema.into()
}

/// What may be `null` as well.
fn nullable(schema: Schema) -> Schema {
    let mut schema = schema.into_object();
    let null = || Schema::from(kind(InstanceType::Null));
    if let Some(kinds) = schema.instance_type.take() {
        let mut kinds: Vec<InstanceType> = match kinds {
            schemars::schema::SingleOrVec::Single(kind) => vec![*kind],
            schemars::schema::SingleOrVec::Vec(kinds) => kinds,
        };
        kinds.push(InstanceType::Null);
        schema.instance_type = Some(kinds.into());
        return schema.into();
    }
    if let Some(types) = schema
        .subschemas
        .as_mut()
        .and_then(|all| all.any_of.as_mut())
    {
        types.push(null());
        return schema.into();
    }
    if schema.reference.is_none() {
        return schema.into(); // anything may be null
    }
    let metadata = schema.metadata.take();
    let mut either = any_of(vec![schema.into(), null()]).into_object();
    either.metadata = metadata;
    either.into()
}

/// The types of a struct's fields, by their keys.
fn types(item: ItemStruct, names: &Names<'_>) -> BTreeMap<String, syn::Type> {
    let fields = item.fields.into_iter().filter_map(|field| {
        let renamed = field.attrs.iter().find_map(renamed);
        let key = renamed.or_else(|| Some(field.ident.as_ref()?.to_string()))?;
        let mut ty = field.ty;
        shorten(&mut ty, names);
        Some((key, ty))
    });
    fields.collect()
}

/// The key that a field has for serde, if it is not its name.
fn renamed(attribute: &Attribute) -> Option<String> {
    let mut key = None;
    if let Meta::List(_) = &attribute.meta
        && attribute.path().is_ident("serde")
    {
        // What stands before or behind it does not matter.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value()
                && let Expr::Lit(literal) = value.parse()?
                && let (Lit::Str(text), true) = (literal.lit, meta.path.is_ident("rename"))
            {
                key = Some(text.value());
            }
            Ok(())
        });
    }
    key
}

/// `::std::option::Option` → `Option`, and definitions by their numbers, in all that a type is made of. The keys of a
/// map are always text, which ours do not say.
fn shorten(ty: &mut syn::Type, names: &Names<'_>) {
    let syn::Type::Path(TypePath { path, .. }) = ty else {
        return;
    };
    let Some(mut last) = path.segments.last().cloned() else {
        return;
    };
    if let PathArguments::AngleBracketed(given) = &mut last.arguments {
        if last.ident == "Map" {
            given.args = given.args.last().cloned().into_iter().collect();
        }
        for argument in &mut given.args {
            if let GenericArgument::Type(inner) = argument {
                shorten(inner, names);
            }
        }
    } else if last.ident == "Map" {
        last = parse_quote!(Map<Json>);
    }
    if let Some((_, index)) = names.1.get(&last.ident.to_string()) {
        last.ident = format_ident!("{DEFINITION}{index}");
    }
    *path = last.into();
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::schema_set;
    use serde_json::Value;
    use std::path::Path;

    /// Without what is ours, and what says nothing of types: evidence, wire forms, and the order of what is required.
    fn plain(mut value: Value) -> Value {
        match &mut value {
            Value::Object(members) => {
                members.retain(|key, _| !key.starts_with("x-") && key != "$comment");
                for (key, member) in members.iter_mut() {
                    *member = plain(member.take());
                    if let ("required", Value::Array(keys)) = (key.as_str(), member) {
                        keys.sort_by_key(ToString::to_string);
                    }
                }
            }
            Value::Array(items) => {
                items.iter_mut().for_each(|item| *item = plain(item.take()));
            }
            _ => {}
        }
        value
    }

    #[test]
    fn typify_is_given_the_schema_as_it_stands() {
        let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let model = schema_set::load(&schemas).expect("sound schemas");
        for event in &model.events {
            let file = schemas
                .join(&event.source)
                .join(format!("{}.json", event.name));
            let text = std::fs::read_to_string(file).expect("a schema");
            let file = plain(serde_json::from_str(&text).expect("JSON"));
            let given = schema(event, &Names::of(event)).expect("a schema");
            let given = plain(serde_json::to_value(&given).expect("JSON"));
            let Value::Object(definitions) = &file["definitions"] else {
                panic!("{}: no definitions", event.name);
            };
            for (name, definition) in definitions {
                let mut definition = definition.clone();
                let mut found = given["definitions"][name].clone();
                // What the event says of itself stands at the root of its schema; what an enum is, we say.
                for schema in [&mut definition, &mut found] {
                    if let Value::Object(members) = schema {
                        members.remove("description");
                    }
                }
                assert_eq!(found, definition, "{} {name}", event.name);
            }
        }
    }
}
