//! The package and its events come in, `README.md` goes out: the words of `package/readme.md`, with examples of the event
//! that shows the package best.

use super::super::literal::typescript as quoted;
use super::super::names::is_identifier;
use super::{Module, Subpath};
use crate::doc;
use crate::file::STAMP;
use eventbridge_catalog::model::{Body, Field, KnownValue, Package, Type};
use eventbridge_catalog::roles;

/// The file.
pub(super) fn readme(package: &Package, subpaths: &[Subpath<'_>]) -> String {
    let stamp = format!("<!-- {STAMP} -->\n\n");
    let Some((path, module)) = best(subpaths) else {
        let (name, about) = (
            doc::unmarked(&package.name),
            doc::unmarked(&package.description),
        );
        return format!("{stamp}# {name}\n\n{about}\n\nThere is no event in it.\n");
    };
    let example = Example::of(module);
    let mut text = match example.status {
        Some(_) => include_str!("package/readme.md")
            .replace("<!-- status -->\n", "")
            .replace("<!-- /status -->\n", ""),
        None => without_status(include_str!("package/readme.md")),
    };
    if example.name.is_none() {
        // What every event has stands in its place.
        text = text
            .replace("\"detail\", \"«nameField»\"", "\"id\"")
            .replace("detail.«nameField»", "id");
    }
    let mut words = example.words();
    words.extend([
        ("description", doc::unmarked(&package.description)),
        ("name", package.name.clone()),
        ("subpath", path.name.clone()),
        ("typed", typed(subpaths)),
        ("known", known(subpaths)),
    ]);
    if let Some(catalogue) = doc::catalogue(package) {
        text = text.replacen("\n\nTypes for", &format!("\n\n{catalogue}\n\nTypes for"), 1);
    }
    for (word, meaning) in words {
        text = text.replace(&format!("«{word}»"), &meaning);
    }
    stamp + text.trim_end() + "\n"
}

/// The text without what speaks of a status.
fn without_status(text: &str) -> String {
    let (before, rest) = text.split_once("<!-- status -->\n").unwrap_or((text, ""));
    let (_, after) = rest
        .split_once("<!-- /status -->\n\n")
        .unwrap_or(("", rest));
    format!("{before}{after}")
}

/// The event that shows the package best: of those that show most the first.
fn best<'p, 'm>(subpaths: &'p [Subpath<'m>]) -> Option<(&'p Subpath<'m>, &'p Module<'m>)> {
    let all = subpaths
        .iter()
        .flat_map(|path| path.modules.iter().map(move |module| (path, module)));
    let rank = |module: &Module<'_>| roles::richness(module.event);
    all.reduce(|best, next| {
        if rank(next.1) > rank(best.1) {
            next
        } else {
            best
        }
    })
}

/// What examples say of an event.
pub(super) struct Example<'m> {
    module: &'m Module<'m>,
    /// The field that names what the event is about, or any.
    pub(super) name: Option<&'m Field>,
    /// The field of its status, with what that is called and its known values.
    pub(super) status: Option<(&'m Field, &'m str, &'m [KnownValue])>,
}

impl<'m> Example<'m> {
    pub(super) fn of(module: &'m Module<'m>) -> Self {
        let event = module.event;
        let found = roles::find_roles(event);
        let role = |wanted: &str| {
            let (_, key) = found.iter().find(|(role, _)| *role == wanted)?;
            event
                .detail
                .iter()
                .find(|field| field.key == *key && is_identifier(&field.key))
        };
        let plain = || event.detail.iter().find(|field| is_identifier(&field.key));
        let status = role("status").and_then(|field| {
            let Type::Named(name) = &field.ty else {
                return None;
            };
            match &event.definition(name)?.body {
                Body::Values(values) if !values.is_empty() && is_identifier(name) => {
                    Some((field, name.as_str(), values.as_slice()))
                }
                _ => None,
            }
        });
        Self {
            module,
            name: role("name").or_else(plain),
            status,
        }
    }

    fn words(&self) -> Vec<(&'static str, String)> {
        let module = self.module;
        let name = self.name.map_or("", |field| field.key.as_str());
        let mut words = vec![
            ("detailType", quoted(&module.event.detail_type)),
            ("detail", module.detail.clone()),
            ("envelope", module.envelope.clone()),
            ("guard", module.guard.clone()),
            ("rule", module.rule.clone()),
            ("namespace", module.namespace.clone()),
            ("nameField", name.to_owned()),
        ];
        match self.status {
            Some((field, ty, values)) => words.extend(status(&field.key, ty, values)),
            None => words.extend([
                ("patternField", format!("{name}: [{{ exists: true }}]")),
                ("sampleField", String::new()),
            ]),
        }
        words
    }
}

fn status(key: &str, ty: &str, values: &[KnownValue]) -> Vec<(&'static str, String)> {
    let value = telling(values);
    let access = match is_identifier(value) {
        true => format!(".{value}"),
        false => format!("[{}]", quoted(value)),
    };
    vec![
        ("statusField", key.to_owned()),
        ("statusType", ty.to_owned()),
        ("valueAccess", access),
        ("typo", quoted(&mistyped(value))),
        ("patternField", format!("{key}: [{}]", quoted(value))),
        ("sampleField", format!("{key}: {}", quoted(value))),
        ("value", quoted(value)),
    ]
}

/// The value that people wait for: a failure.
pub(super) fn telling(values: &[KnownValue]) -> &str {
    let fails = |known: &&KnownValue| known.value.to_lowercase().contains("fail");
    let value = values.iter().find(fails).or(values.last());
    value.map_or("", |known| known.value.as_str())
}

/// A value with its second letter left out.
fn mistyped(value: &str) -> String {
    value
        .char_indices()
        .filter(|(at, _)| *at != 2)
        .map(|(_, c)| c)
        .collect()
}

/// A line for each event whose fields are known.
fn typed(subpaths: &[Subpath<'_>]) -> String {
    let all = subpaths
        .iter()
        .flat_map(|path| path.modules.iter().map(move |module| (path, module)));
    let typed = all.filter(|(_, module)| !module.event.detail.is_empty());
    let line = |(path, module): (&Subpath<'_>, &Module<'_>)| {
        let (name, envelope) = (
            doc::code(&module.event.detail_type),
            doc::code(&module.envelope),
        );
        format!("- {name}: {envelope} in {}\n", doc::code(&path.name))
    };
    typed.map(line).collect()
}

/// Those that are known by name alone.
fn known(subpaths: &[Subpath<'_>]) -> String {
    let modules = subpaths.iter().flat_map(|path| &path.modules);
    let known = modules.filter(|module| module.event.detail.is_empty());
    let names: Vec<String> = known
        .map(|module| doc::code(&module.event.detail_type))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(
            "\nKnown by name, each with a guard and a detail that says nothing yet: {}.\n",
            names.join(", ")
        ),
    }
}
