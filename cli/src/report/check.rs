//! Findings of `check` come in; its JSON goes out, and SARIF.

use eventbridge_catalog::diagnostic::Severity;
use eventbridge_rules::{Code, Finding};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// What `check --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckReport {
    /// What was found, by file and place.
    findings: Vec<FindingReport>,
}

/// A finding.
#[derive(Serialize, JsonSchema)]
struct FindingReport {
    /// The file it is about.
    path: String,
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
    severity: Severity,
    /// What kind of finding it is: `unknown-field`.
    code: String,
    /// What is wrong.
    message: String,
    /// What to write instead, where that is certain.
    suggestion: Option<String>,
}

impl CheckReport {
    pub(crate) fn new(findings: &[Finding]) -> Self {
        let report = |finding: &Finding| FindingReport {
            path: finding.path.clone(),
            line: finding.place.line,
            column: finding.place.column,
            severity: finding.severity,
            code: finding.code.name(),
            message: finding.message.clone(),
            suggestion: finding.suggestion.clone(),
        };
        CheckReport {
            findings: findings.iter().map(report).collect(),
        }
    }
}

/// The findings as a log of SARIF 2.1.0.
pub(crate) fn sarif(findings: &[Finding]) -> Value {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| json!({ "id": code.name() }))
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "eventbridge-codegen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(finding: &Finding) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    json!({
        "ruleId": finding.code.name(),
        "level": level,
        "message": { "text": finding.sentence() },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&finding.path) },
            "region": {
                "startLine": finding.place.line,
                "startColumn": finding.place.column,
                "endColumn": finding.place.column + finding.width,
            },
        } }],
    })
}

/// A path as a reference of an URI.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let byte = |byte: u8| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    path.bytes().map(byte).collect()
}
