//! How two schema sets differ comes in; the JSON of `diff --format json` and of `track` goes out.

use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::diff::{self, Diff, Effect, Finding, Package, What};
use schemars::JsonSchema;
use serde::Serialize;

/// What `diff --format json` prints.
#[derive(Default, Serialize, JsonSchema)]
pub(crate) struct DiffReport {
    /// What changed, alike changes of many fields as one.
    findings: Vec<FindingReport>,
    /// Of how many events evidence alone changed, lines of pages among it.
    evidence_only: usize,
    /// Of how many events fields or values stand in another order, and nothing else changed.
    order_only: usize,
    /// Of how many events descriptions alone changed.
    text_only: usize,
    /// What the whole does to each package.
    packages: Vec<PackageReport>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct FindingReport {
    /// What changed: `field-added`, `value-removed`.
    what: String,
    /// The same as a sentence.
    line: String,
    /// Where.
    places: Vec<PlaceReport>,
    /// What it was, where that can be said.
    from: Option<String>,
    /// What it is, where that can be said; a value that came or went.
    to: Option<String>,
    /// What it does to each package.
    effects: Vec<EffectReport>,
}

#[derive(Serialize, JsonSchema)]
struct PlaceReport {
    /// The event source.
    source: String,
    /// The detail-type.
    detail_type: String,
    /// The path of the field; none where the event itself is meant.
    path: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct EffectReport {
    /// `rust`, `typescript`, `python`, `registry`.
    package: String,
    /// `breaking`, `additive`, `none`.
    effect: String,
}

#[derive(Serialize, JsonSchema)]
struct PackageReport {
    /// `rust`, `typescript`, `python`, `registry`.
    package: String,
    /// `breaking`, `additive`, `none`.
    effect: String,
    /// `major`, `minor`, `patch`, `none`.
    bump: String,
    /// The version it has.
    version: String,
    /// The version that comes next.
    next: String,
}

impl DiffReport {
    pub(crate) fn new(diff: &Diff, version: &str) -> DiffReport {
        let package = |package: Package| {
            let effect = diff.effect(package);
            PackageReport {
                package: package.name().to_owned(),
                effect: effect.name().to_owned(),
                bump: effect.bump(version).name().to_owned(),
                version: version.to_owned(),
                next: diff
                    .next_version(package, version)
                    .unwrap_or_else(|| version.to_owned()),
            }
        };
        DiffReport {
            findings: diff.findings.iter().map(FindingReport::new).collect(),
            evidence_only: diff.evidence_only,
            order_only: diff.order_only,
            text_only: diff.text_only,
            packages: Package::ALL.into_iter().map(package).collect(),
            diagnostics: Vec::new(),
        }
    }

    /// The report with what a person should look at.
    pub(crate) fn with(mut self, told: &[Diagnostic]) -> DiffReport {
        self.diagnostics
            .extend(told.iter().map(DiagnosticReport::new));
        self
    }

    pub(crate) fn problems(problems: &[Diagnostic]) -> DiffReport {
        DiffReport {
            diagnostics: problems.iter().map(DiagnosticReport::new).collect(),
            ..DiffReport::default()
        }
    }
}

impl FindingReport {
    fn new(finding: &Finding) -> FindingReport {
        let effect = |package: Package| {
            let effect: Effect = finding.what.effect(package);
            EffectReport {
                package: package.name().to_owned(),
                effect: effect.name().to_owned(),
            }
        };
        let places = finding
            .places
            .iter()
            .map(|(source, detail_type, path)| PlaceReport {
                source: source.clone(),
                detail_type: detail_type.clone(),
                path: path.clone(),
            });
        let (from, to) = between(&finding.what);
        FindingReport {
            what: name(finding).to_owned(),
            line: diff::line(finding),
            places: places.collect(),
            from,
            to,
            effects: Package::ALL.into_iter().map(effect).collect(),
        }
    }
}

fn name(finding: &Finding) -> &'static str {
    match (&finding.what, finding.is_field()) {
        (What::Added { .. }, true) => "field-added",
        (What::Added { .. }, false) => "event-added",
        (What::Removed, true) => "field-removed",
        (What::Removed, false) => "event-removed",
        (What::Renamed { .. }, true) => "field-renamed",
        (What::Renamed { .. }, false) => "event-renamed",
        (What::NoLongerDocumented, true) => "field-no-longer-documented",
        (What::NoLongerDocumented, false) => "event-no-longer-documented",
        (What::DocumentedAgain, _) => "documented-again",
        (What::NameChanged { .. }, _) => "type-renamed",
        (What::Retyped { .. }, _) => "retyped",
        (What::Required, _) => "required",
        (What::Optional, _) => "optional",
        (What::ValueAdded(_), _) => "value-added",
        (What::ValueRemoved(_), _) => "value-removed",
        (What::ValueNoLongerDocumented(_), _) => "value-no-longer-documented",
        (What::WireForms { .. }, _) => "wire-forms",
        (What::Condition, _) => "condition",
        (What::Described, _) => "description",
        (What::RoleMoved { .. }, _) => "role-moved",
    }
}

fn between(what: &What) -> (Option<String>, Option<String>) {
    match what {
        What::Renamed { from, .. } => (Some(from.clone()), None),
        What::NameChanged { from, to } | What::Retyped { from, to } => {
            (Some(from.clone()), Some(to.clone()))
        }
        What::RoleMoved { from, to, .. } => (Some(from.clone()), to.clone()),
        What::ValueAdded(value) => (None, Some(value.clone())),
        What::ValueRemoved(value) | What::ValueNoLongerDocumented(value) => {
            (Some(value.clone()), None)
        }
        What::WireForms { added, removed } => (Some(removed.join(", ")), Some(added.join(", "))),
        _ => (None, None),
    }
}
