//! Modules and the names in each come in; a package whose names are imported when somebody asks for them goes out.

use super::fits;

/// A module, and the names that the package takes from it.
pub(super) struct Home<'n> {
    pub(super) module: &'n str,
    pub(super) names: Vec<&'n str>,
}

/// What follows the docstring of an `__init__`. `dots` lead to where `_lazy` is; `more` stands before `__all__`.
pub(super) fn exports(homes: &[Home<'_>], dots: &str, more: &str) -> String {
    let mut sorted: Vec<&Home<'_>> = homes.iter().filter(|home| !home.names.is_empty()).collect();
    sorted.sort_by_key(|home| home.module);
    let imports: String = sorted.iter().map(|home| import(home)).collect();
    let homes: String = sorted.iter().map(|home| entry(home)).collect();
    let mut names: Vec<&str> = sorted
        .iter()
        .flat_map(|home| home.names.iter().copied())
        .collect();
    names.sort_unstable_by_key(|name| (kind(name), *name));
    let all: String = names
        .iter()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    format!(
        r#"
from typing import TYPE_CHECKING

from {dots}_lazy import lazily

if TYPE_CHECKING:
{imports}else:
    __getattr__, __dir__ = lazily(
        __name__,
        {{
{homes}        }},
    )
{more}
__all__ = [
{all}]
"#
    )
}

/// What is sorted first: constants, then types, then all else, as ruff does.
fn kind(name: &str) -> u8 {
    let is_capital = name.chars().next().is_some_and(char::is_uppercase);
    match name.chars().any(char::is_lowercase) {
        false if name.len() > 1 => 0,
        _ if is_capital => 1,
        _ => 2,
    }
}

fn import(home: &Home<'_>) -> String {
    let module = home.module;
    let mut names = home.names.clone();
    names.sort_by_cached_key(|name| (kind(name), name.to_lowercase()));
    let flat = format!("    from .{module} import {}\n", names.join(", "));
    if fits(flat.trim_end()) {
        return flat;
    }
    let names: String = names
        .iter()
        .map(|name| format!("        {name},\n"))
        .collect();
    format!("    from .{module} import (\n{names}    )\n")
}

fn entry(home: &Home<'_>) -> String {
    let (module, names) = (home.module, home.names.join(" "));
    let flat = format!("            \"{module}\": \"{names}\",\n");
    if fits(flat.trim_end()) {
        return flat;
    }
    let indent = " ".repeat(16);
    let whole = format!("{indent}\"{names}\"\n");
    let parts = match fits(whole.trim_end()) {
        true => whole,
        false => lines(&home.names)
            .iter()
            .map(|part| format!("{indent}\"{part}\"\n"))
            .collect(),
    };
    format!("            \"{module}\": (\n{parts}            ),\n")
}

/// Names on lines that fit; but for the last, each ends with a blank.
fn lines(names: &[&str]) -> Vec<String> {
    const ROOM: usize = 68;
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < ROOM => line.push_str(name),
            _ => lines.push((*name).to_owned()),
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
        }
    }
    if let Some(last) = lines.last_mut() {
        last.pop();
    }
    lines
}
