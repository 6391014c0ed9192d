//! The named events come in; what stands around their modules goes out: the manifest, and packages whose names are
//! imported when somebody asks for them.

use super::super::literal::toml;
use super::exports::{Home, exports};
use super::{EXPORTS, Module, docstring, stamp, stamp_of};
use crate::doc;
use eventbridge_catalog::model::{Model, Package};
use std::collections::BTreeSet;

/// `pyproject.toml`
pub(super) fn manifest(model: &Model) -> String {
    let package = &model.package;
    format!(
        r#"{stamp}[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {name}
version = {version}
description = {description}
readme = "README.md"
license = "Apache-2.0 OR MIT"
license-files = ["LICENSE-APACHE", "LICENSE-MIT"]
requires-python = ">=3.10"
dependencies = []
keywords = [{keywords}]
classifiers = [
    "Development Status :: 4 - Beta",
    "Intended Audience :: Developers",
    "Operating System :: OS Independent",
    "Programming Language :: Python :: 3",
    "Programming Language :: Python :: 3.10",
    "Programming Language :: Python :: 3.11",
    "Programming Language :: Python :: 3.12",
    "Programming Language :: Python :: 3.13",
    "Programming Language :: Python :: 3.14",
    "Topic :: Software Development :: Libraries",
    "Typing :: Typed",
]

[project.optional-dependencies]
pydantic = ["pydantic>=2.7"]
{urls}
[tool.ruff]
target-version = "py310"
"#,
        stamp = stamp(),
        name = toml(&package.name),
        version = toml(&package.version),
        description = toml(&package.description),
        keywords = keywords(model),
        urls = urls(package),
    )
}

/// The field, and what the sources are called.
fn keywords(model: &Model) -> String {
    let sources: BTreeSet<&str> = model
        .events
        .iter()
        .map(|event| event.source.rsplit(['.', '/']).next().unwrap_or_default())
        .filter(|word| !word.is_empty())
        .collect();
    let fixed = ["aws", "eventbridge", "events", "lambda", "typing"];
    let words = fixed.into_iter().chain(sources.into_iter().take(3));
    words.map(toml).collect::<Vec<_>>().join(", ")
}

fn urls(package: &Package) -> String {
    package
        .repository
        .as_ref()
        .map_or_else(String::new, |address| {
            let address = toml(address);
            format!("\n[project.urls]\nHomepage = {address}\nRepository = {address}\n")
        })
}

/// `__init__.py`
pub(super) fn init(package: &Package, revision: &str, modules: &[Module<'_>]) -> String {
    let about = docstring(&[doc::plain(&package.description)], "");
    let own = EXPORTS.iter().map(|(module, names)| Home {
        module,
        names: names.to_vec(),
    });
    let events = modules.iter().map(|module| Home {
        module: &module.file,
        names: vec![&module.detail, &module.envelope, &module.guard],
    });
    let homes: Vec<Home<'_>> = own.chain(events).collect();
    let version = format!(
        "\n__version__ = {}\n__revision__ = {}\n",
        toml(&package.version),
        toml(revision)
    );
    let names_former = modules.iter().any(|module| module.event.is_former());
    format!(
        "{}{about}{}",
        stamp_of(names_former),
        exports(&homes, ".", &version)
    )
}

/// `views/__init__.py`
pub(super) fn views(modules: &[Module<'_>]) -> String {
    let about = [
        "Read-only views of events: attributes instead of keys, moments as `datetime`.".to_owned(),
        "A view holds the object that it was made of: nothing is lost, and `to_dict` gives it back."
            .to_owned(),
    ];
    let files: Vec<String> = modules
        .iter()
        .map(|module| format!("_{}", module.file))
        .collect();
    let own = [
        ("_of", vec!["view"]),
        ("_view", vec!["EventView", "UnknownEvent", "View"]),
    ];
    let events = modules.iter().zip(&files).map(|(module, file)| Home {
        module: file,
        names: vec![&module.detail, &module.envelope],
    });
    let own = own
        .into_iter()
        .map(|(module, names)| Home { module, names });
    let homes: Vec<Home<'_>> = own.chain(events).collect();
    format!(
        "{}{}{}",
        stamp(),
        docstring(&about, ""),
        exports(&homes, "..", "")
    )
}

/// `patterns/__init__.py`
pub(super) fn patterns(modules: &[Module<'_>]) -> String {
    let about = [
        "Event patterns, one function an event: what is misspelt is an error of types.".to_owned(),
        "What comes back prints what a rule needs, matches events and explains.".to_owned(),
    ];
    functions(modules, &about, ("_rule", "EventPattern"))
}

/// `samples/__init__.py`
pub(super) fn samples(modules: &[Module<'_>]) -> String {
    let about = [
        "Sample events for tests, one function an event: what is misspelt is an error of types."
            .to_owned(),
        "Each call makes a new event.".to_owned(),
    ];
    functions(modules, &about, ("_make", "make"))
}

/// A function an event, called as its module; and what stands beside.
fn functions(modules: &[Module<'_>], about: &[String], (module, name): (&str, &str)) -> String {
    let files: Vec<String> = modules
        .iter()
        .map(|module| format!("_{}", module.file))
        .collect();
    let events = modules.iter().zip(&files).map(|(module, file)| Home {
        module: file,
        names: vec![&module.file],
    });
    let own = Home {
        module,
        names: vec![name],
    };
    let homes: Vec<Home<'_>> = [own].into_iter().chain(events).collect();
    format!(
        "{}{}{}",
        stamp(),
        docstring(about, ""),
        exports(&homes, "..", "")
    )
}
