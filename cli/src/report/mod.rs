//! What commands found comes in; the JSON that programs read goes out, one file a command. Each report is described by
//! a JSON Schema in `cli/formats/`.

mod check;
mod coverage;
mod diagnostic;
mod diff;
mod explain;
mod generate;
mod learn;
mod matching;
mod register;
mod site;

pub(crate) use check::{CheckReport, sarif};
pub(crate) use coverage::CoverageReport;
pub(crate) use diff::DiffReport;
pub(crate) use explain::ExplainReport;
pub(crate) use generate::GenerateReport;
pub(crate) use learn::LearnReport;
pub(crate) use matching::{EventReport, MatchReport, ReceivedReport, WhyReport};
pub(crate) use register::{PullReport, RegisterReport};
pub(crate) use site::SiteReport;

use eventbridge_catalog::diagnostic::shown;
use eventbridge_catalog::text::visible_json;
use serde::Serialize;
use std::path::Path;

/// A path below a folder, as messages show it.
pub(crate) fn below(folder: &Path, path: &str) -> String {
    shown(&folder.join(path))
}

/// Prints a report on stdout.
pub(crate) fn print(report: &impl Serialize) {
    match serde_json::to_string(report) {
        Ok(text) => say!("{}", visible_json(&text)),
        Err(error) => eprintln!("the report cannot be written: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::schema_for;

    /// The committed descriptions are what the types say. `UPDATE_GOLDEN=1` writes them.
    #[test]
    fn reports_are_described() {
        for (name, schema) in [
            ("learn", schema_for!(LearnReport)),
            ("generate", schema_for!(GenerateReport)),
            ("explain", schema_for!(ExplainReport)),
            ("coverage", schema_for!(CoverageReport)),
            ("match", schema_for!(MatchReport)),
            ("register", schema_for!(RegisterReport)),
            ("pull", schema_for!(PullReport)),
            ("check", schema_for!(CheckReport)),
            ("diff", schema_for!(DiffReport)),
            ("site", schema_for!(SiteReport)),
        ] {
            let file = format!(
                "{}/formats/{name}-report.schema.json",
                env!("CARGO_MANIFEST_DIR")
            );
            let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(&file, &text).unwrap();
            }
            let committed = std::fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(
                committed, text,
                "{file} is stale: run UPDATE_GOLDEN=1 cargo test -p eventbridge-codegen-cli"
            );
        }
    }
}
