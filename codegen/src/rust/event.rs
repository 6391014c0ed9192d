//! One event of the model comes in; the text of its module goes out, without the module's own
//! documentation, which stands inside a file and outside a block.

use std::collections::BTreeSet;

use super::name::{self, EventNames};
use super::structs::Structs;
use super::{doc, print, schema};
use crate::roles;
use eventbridge_catalog::model::{Body, Definition, EventType, Field, KnownValue};

/// The items of an event's module; `patterns` declares the module of its pattern builders.
pub(super) fn module(
    event: &EventType,
    names: &EventNames,
    patterns: &str,
) -> Result<String, String> {
    let structs = Structs::of(event, names)?;
    let mut objects = Objects {
        event,
        structs: &structs,
        uses: BTreeSet::from(["object"]),
    };
    let mut items = vec![
        print::constant("The event source.", "SOURCE", &event.source),
        print::constant("The detail-type.", "DETAIL_TYPE", &event.detail_type),
        objects.detail(names)?,
    ];
    for definition in schema::reached(event) {
        let ty = names.definition(&definition.name)?;
        items.push(match &definition.body {
            Body::Object(fields) => {
                objects.declaration(ty, fields, &doc::definition(definition), "")?
            }
            Body::Values(values) => {
                objects.uses.insert("open_enum");
                open_enum(ty, definition, values)
            }
        });
    }
    let (imports, items) = (print::runtime(objects.uses), items.join("\n"));
    Ok(format!(
        "{imports}\n{items}\n{FEATURE}{patterns}{FEATURE}pub use self::pattern::*;\n"
    ))
}

/// Who only reads events compiles no pattern builders.
const FEATURE: &str = "#[cfg(feature = \"patterns\")]\n";

/// The structs of an event, and what they take from the runtime.
struct Objects<'s> {
    event: &'s EventType,
    structs: &'s Structs,
    uses: BTreeSet<&'static str>,
}

impl Objects<'_> {
    fn detail(&mut self, names: &EventNames) -> Result<String, String> {
        let event = self.event;
        let roles = roles::find_roles(event);
        let roles = roles
            .iter()
            .map(|(role, key)| format!("{role}: {}", print::literal(key)));
        let roles = match roles.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => String::new(),
            roles => format!("roles {{ {roles} }}\n"),
        };
        self.declaration(&names.ty, &event.detail, &doc::detail(event), &roles)
    }

    /// A struct, its constructor, and what stands behind them.
    fn declaration(
        &mut self,
        ty: &str,
        fields: &[Field],
        docs: &[String],
        behind: &str,
    ) -> Result<String, String> {
        let (mut lines, mut given) = (String::new(), Vec::new());
        for (index, (field, ident)) in fields.iter().zip(name::fields(fields)).enumerate() {
            let holds = self.structs.field(ty, index)?;
            self.take(holds);
            if field.required {
                given.push(format!("{ident}: {holds}"));
            }
            let docs = print::comment("///", &doc::field(self.event, field));
            let key = print::literal(&field.key);
            lines += &print::indent(&format!("{docs}{ident}: {holds} = {key},\n"));
        }
        let docs = print::comment("///", docs);
        let given = given.join(", ");
        Ok(print::call(
            "object",
            &format!("{docs}pub struct {ty} {{\n{lines}}}\nnew({given});\n{behind}"),
        ))
    }

    /// Notes what a type takes from the runtime.
    fn take(&mut self, ty: &str) {
        let names = ty.split(|c: char| !c.is_alphanumeric() && c != '_');
        for name in names {
            let ours = schema::OURS.into_iter().chain(["Map"]);
            self.uses.extend(ours.filter(|ours| *ours == name));
        }
    }
}

fn open_enum(ty: &str, definition: &Definition, values: &[KnownValue]) -> String {
    let known = distinct(values);
    let variants = known.iter().zip(name::variants(&known));
    let variants: String = variants
        .map(|(value, name)| {
            let docs = print::comment("///", &doc::value(value));
            print::indent(&format!(
                "{docs}{name} = {},\n",
                print::literal(&value.value)
            ))
        })
        .collect();
    let docs = print::comment("///", &doc::definition(definition));
    print::call(
        "open_enum",
        &format!("{docs}pub enum {ty} {{\n{variants}}}\n"),
    )
}

/// The values, each spelling once.
pub(super) fn distinct(values: &[KnownValue]) -> Vec<KnownValue> {
    let mut seen = BTreeSet::new();
    values
        .iter()
        .filter(|value| seen.insert(&value.value))
        .cloned()
        .collect()
}
