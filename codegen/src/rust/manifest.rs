//! The package and its features come in; the crate's manifest goes out.

use super::features::Features;
use crate::file::STAMP;
use crate::literal::toml as quoted;
use crate::names::identifier;
use eventbridge_catalog::model::{Model, Package};

/// The runtime is versioned with this crate.
const RUNTIME: &str = env!("CARGO_PKG_VERSION");

/// `Cargo.toml`
pub(super) fn cargo(model: &Model, features: &Features) -> String {
    let package = &model.package;
    let [name, version, description] =
        [&package.name, &package.version, &package.description].map(|text| quoted(text));
    let documentation = quoted(&format!("https://docs.rs/{}", package.name));
    let repository = package
        .repository
        .as_ref()
        .map_or_else(String::new, |address| {
            format!("repository = {}\n", quoted(address))
        });
    format!(
        "# {STAMP}

[package]
name = {name}
version = {version}
description = {description}
edition = \"2024\"
rust-version = \"1.88\"
license = \"Apache-2.0 OR MIT\"
{repository}documentation = {documentation}
readme = \"README.md\"
categories = [\"api-bindings\", \"data-structures\"]
keywords = [\"aws\", \"eventbridge\", \"events\", \"serde\"]
include = [\"/src\", \"/README.md\", \"/evidence.json\", \"/LICENSE-*\"]

[package.metadata.docs.rs]
all-features = true
rustdoc-args = [\"--cfg\", \"docsrs\"]

[features]
{groups}# A pattern builder for each event, and the engine that matches event patterns.
patterns = [\"eventbridge-runtime/patterns\"]
# Timestamps to and from the instants of these crates.
chrono = [\"eventbridge-runtime/chrono\"]
jiff = [\"eventbridge-runtime/jiff\"]
time = [\"eventbridge-runtime/time\"]

[dependencies]
eventbridge-runtime = {runtime}

[dev-dependencies]
serde_json = \"1\"
",
        groups = groups(features),
        runtime = runtime(package),
    )
}

/// The version alone, unless the set asks for a place on this disk as well.
fn runtime(package: &Package) -> String {
    let version = quoted(RUNTIME);
    match &package.runtime {
        Some(path) => format!("{{ path = {}, version = {version} }}", quoted(path)),
        None => version,
    }
}

/// A feature for each group of events, all on by default.
fn groups(features: &Features) -> String {
    let all = features.all();
    let names: String = all
        .iter()
        .map(|feature| format!("    \"{feature}\",\n"))
        .collect();
    let empty: String = all
        .iter()
        .map(|feature| format!("{feature} = []\n"))
        .collect();
    format!("{GROUPS}default = [\n{names}]\n{empty}")
}

const GROUPS: &str = "\
# Types of events, by what they are about; the README tells which has which. An event whose type is off arrives
# as unknown, and is written back as it came.
";

/// How programs name the crate.
pub(super) fn krate(package: &Package) -> String {
    identifier(&package.name.replace('-', "_"))
}
