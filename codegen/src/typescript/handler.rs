//! An event comes in; a function that takes anything and looks at such events goes out.

use super::super::literal::typescript as quoted;
use super::super::names::is_identifier;
use super::readme::{Example, telling};
use super::{Module, fits};
use eventbridge_catalog::model::Package;

/// The function, with what it imports.
pub(super) fn handler(package: &Package, module: &Module<'_>) -> String {
    let Example { name, status, .. } = Example::of(module);
    let name = match name {
        Some(field) => access(&field.key),
        None => "event.detail".to_owned(),
    };
    let (is, looks) = match status {
        Some((field, _, values)) => {
            let (status, value) = (access(&field.key), quoted(telling(values)));
            let looks =
                format!("  if (is({status}, {value})) {{\n    console.log({name});\n  }}\n");
            ("is, ", looks)
        }
        None => ("", format!("  console.log({name});\n")),
    };
    let guard = &module.guard;
    let import = import(is, guard, &quoted(&package.name));
    format!(
        "{import}\n\nexport function handle(event: unknown): void {{\n  \
         if (!{guard}(event)) return;\n{looks}}}\n"
    )
}

/// On one line when it fits.
fn import(is: &str, guard: &str, package: &str) -> String {
    let line = format!("import {{ {is}{guard} }} from {package};");
    match fits(&line) {
        true => line,
        false => {
            let is = is.replace(", ", ",\n  ");
            format!("import {{\n  {is}{guard},\n}} from {package};")
        }
    }
}

/// A field of the detail, as an expression.
fn access(key: &str) -> String {
    match is_identifier(key) {
        true => format!("event.detail.{key}"),
        false => format!("event.detail[{}]", quoted(key)),
    }
}
