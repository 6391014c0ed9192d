//! Items of Rust come in, text as rustfmt would leave it goes out.

use crate::emit::doc::wrap;
use quote::ToTokens;
use syn::{ItemEnum, parse_quote};

/// An item as text.
pub(super) fn item(item: impl ToTokens) -> String {
    widen(&prettyplease::unparse(&parse_quote!(#item)))
}

/// rustfmt fills lines up to this column, prettyplease stops before.
const WIDTH: usize = 100;

/// rustfmt breaks a tuple whose inside is wider, prettyplease does not.
const TUPLE: usize = 60;

/// Breaks lines where rustfmt would, as far as what we print needs it.
fn widen(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut rest) = (String::new(), lines.as_slice());
    while let [line, after @ ..] = rest {
        let (line, left) = join(line, after).unwrap_or_else(|| (broken(line), after));
        out += &line;
        out.push('\n');
        rest = left;
    }
    out
}

/// The line with those that belong to it, if rustfmt joins them; and those that follow.
fn join<'a, 'b>(line: &str, after: &'a [&'b str]) -> Option<(String, &'a [&'b str])> {
    let [body, end, left @ ..] = after else {
        return None;
    };
    let item = body.trim().trim_end_matches(',');
    let joined = match (line.chars().last()?, end.trim()) {
        ('{', "}") if line.ends_with("=> {") => format!("{}{item},", line.trim_end_matches('{')),
        ('(', "),") => format!("{line}{item}),"),
        ('<', ">,") => declaration(&format!("{line}{item}>,"), ": "),
        _ => return None,
    };
    let fits = joined.lines().all(|line| line.chars().count() <= WIDTH);
    fits.then_some((joined, left))
}

/// A declaration, with what follows the mark on a line of its own if it is too wide.
fn declaration(line: &str, mark: &str) -> String {
    match line.split_once(mark) {
        Some((name, rest)) if line.chars().count() > WIDTH => {
            let at = " ".repeat(line.len() - line.trim_start().len() + 4);
            format!("{name}{}\n{at}{rest}", mark.trim_end())
        }
        _ => line.to_owned(),
    }
}

/// The line, broken if it is too wide.
fn broken(line: &str) -> String {
    match line.starts_with("pub const ") {
        true => declaration(line, " = "),
        false => split(line),
    }
}

/// The line, with the parts of a wide tuple on lines of their own.
fn split(line: &str) -> String {
    let inside = line
        .trim_start()
        .strip_prefix('(')
        .and_then(|line| line.strip_suffix("),"));
    match inside.and_then(|inside| inside.split_once(", ")) {
        Some((first, second)) if first.len() + second.len() + 2 > TUPLE => {
            let at = " ".repeat(line.len() - line.trim_start().len());
            format!("{at}(\n{at}    {first},\n{at}    {second},\n{at}),")
        }
        _ => line.to_owned(),
    }
}

/// A `use` of a module and names of it, broken where it is too long.
pub(super) fn import(line: &str) -> String {
    match line.split_once('{').zip(line.strip_suffix("};")) {
        Some(((path, _), whole)) if line.chars().count() > WIDTH => {
            let names = format!("{},", &whole[path.len() + 1..]);
            // rustfmt leaves a column free in lists of names.
            let lines = wrap(&names, WIDTH - 5).join("\n    ");
            format!("{path}{{\n    {lines}\n}};\n")
        }
        _ => format!("{line}\n"),
    }
}

/// An enum as the runtime's `open_enum!` takes it: a spelling stands after each variant.
pub(super) fn open_enum(declaration: ItemEnum) -> String {
    format!("open_enum! {{\n{}}}\n", indent(&item(declaration)))
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
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
