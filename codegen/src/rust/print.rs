//! Parts of Rust come in, text as rustfmt would leave it goes out. What stands in the braces of a macro
//! is left by rustfmt as it is.

use crate::doc::wrap;
use eventbridge_catalog::text;

/// rustfmt fills lines up to this column.
const WIDTH: usize = 100;

/// A public constant that is a string.
pub(super) fn constant(doc: &str, name: &str, value: &str) -> String {
    let value = literal(value);
    let line = format!("pub const {name}: &str = {value};");
    let line = if line.chars().count() > WIDTH {
        format!("pub const {name}: &str =\n    {value};")
    } else {
        line
    };
    format!("/// {doc}\n{line}\n")
}

/// A `use` of a module and several names, broken where it is too long.
pub(super) fn import(line: &str) -> String {
    match line.split_once('{').zip(line.strip_suffix("};")) {
        Some(((path, _), whole)) if line.chars().count() > WIDTH => {
            let names = format!("{},", &whole[path.len() + 1..]);
            // rustfmt leaves a column free in lists of names, but not behind the last.
            let mut lines = wrap(&names, WIDTH - 5);
            if let [.., before, last] = &lines[..]
                && !last.contains(' ')
                && before.chars().count() + 1 + last.chars().count() <= WIDTH - 4
            {
                let whole = format!("{before} {last}");
                lines.truncate(lines.len() - 2);
                lines.push(whole);
            }
            let lines = lines.join("\n    ");
            format!("{path}{{\n    {lines}\n}};\n")
        }
        _ => format!("{line}\n"),
    }
}

/// A `use` of names of the runtime, in rustfmt's order.
pub(super) fn runtime<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    // Types stand before macros.
    names.sort_by_key(|name| (name.starts_with(char::is_lowercase), *name));
    match names.as_slice() {
        [name] => format!("use eventbridge_runtime::{name};\n"),
        names => import(&format!(
            "use eventbridge_runtime::{{{}}};",
            names.join(", ")
        )),
    }
}

/// A call of a macro whose inside stands in braces.
pub(super) fn call(name: &str, inside: &str) -> String {
    format!("{name}! {{\n{}}}\n", indent(inside))
}

/// A string literal. Some that are not seen pass for letters.
pub(super) fn literal(text: &str) -> String {
    let literal = proc_macro2::Literal::string(text).to_string();
    text::visible(&literal).into_owned()
}

/// Moves text one level in.
pub(super) fn indent(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}

/// Lines as comments with the given mark.
pub(super) fn comment(mark: &str, lines: &[String]) -> String {
    lines
        .iter()
        .map(|line| format!("{mark} {line}").trim_end().to_owned() + "\n")
        .collect()
}
