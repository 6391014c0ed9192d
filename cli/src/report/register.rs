//! A plan, and what was done of it, come in; the JSON of `register plan --format json` and of `register apply` goes out.
//! What was pulled comes in; that of `register pull` goes out.

use super::below;
use super::diagnostic::DiagnosticReport;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files::Change;
use eventbridge_registry::apply::{Applied, Outcome};
use eventbridge_registry::difference::Difference;
use eventbridge_registry::plan::{Action, Plan, PlannedRegistry, Step};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// What `register plan --format json` and `register apply --format json` print.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RegisterReport {
    /// The registries.
    registries: Vec<RegistryReport>,
    /// The schemas that are exported, and those of ours that are orphaned.
    schemas: Vec<SchemaReport>,
    /// How many old versions were deleted.
    trimmed: usize,
    /// Whether all was done; null where nothing was to be.
    complete: Option<bool>,
    /// Quotas, and what else a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

#[derive(Serialize, JsonSchema)]
struct RegistryReport {
    /// Its name.
    name: String,
    /// Whether it was there.
    exists: bool,
    /// How many schemas it held.
    schemas: usize,
    /// How many of them are others'.
    others: usize,
}

#[derive(Serialize, JsonSchema)]
struct SchemaReport {
    /// The registry.
    registry: String,
    /// The schema's name.
    name: String,
    /// The event source; null where no event is named.
    source: Option<String>,
    /// The detail-type.
    detail_type: Option<String>,
    /// How it stood.
    action: ActionReport,
    /// Whether that is something to do.
    work: bool,
    /// The newest version; null where there was none.
    version: Option<String>,
    /// How many versions it had, where that is known.
    versions: Option<usize>,
    /// What describes the event otherwise.
    differences: Vec<DifferenceReport>,
    /// Why it is refused, or was not done.
    reason: Option<String>,
    /// What was done; null where nothing was tried.
    outcome: Option<OutcomeReport>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ActionReport {
    /// It is not there.
    Create,
    /// It describes the event otherwise.
    Update,
    /// Only text differs.
    Text,
    /// Only order differs.
    Order,
    /// It is as it should be.
    Unchanged,
    /// It is ours, and no event is of it any more.
    Orphaned,
    /// It cannot be written, or must not be.
    Refused,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OutcomeReport {
    Created,
    Updated,
    /// Another run did it, or this one, whose answer was lost.
    Already,
    Deleted,
    Failed,
    /// It was not tried, as the run ended before.
    Left,
}

#[derive(Serialize, JsonSchema)]
struct DifferenceReport {
    /// Where: `KilnFired.Shelves[].Cone`.
    place: String,
    /// The keyword that differs there; empty where the whole is new or gone.
    keyword: String,
    /// As it is; null where it is new. Long values are cut.
    old: Option<String>,
    /// As it should be; null where it goes.
    new: Option<String>,
}

impl RegisterReport {
    pub(crate) fn new(plan: &Plan, applied: Option<&Applied>, more: &[Diagnostic]) -> Self {
        let told = plan.findings.iter().filter(|found| !more.contains(found));
        RegisterReport {
            registries: plan.registries.iter().map(RegistryReport::new).collect(),
            schemas: plan
                .steps
                .iter()
                .map(|step| schema(step, applied))
                .collect(),
            trimmed: applied.map_or(0, |applied| applied.trimmed),
            complete: applied.map(Applied::is_complete),
            diagnostics: told.chain(more).map(DiagnosticReport::new).collect(),
        }
    }
}

impl RegistryReport {
    fn new(registry: &PlannedRegistry) -> Self {
        RegistryReport {
            name: registry.name.clone(),
            exists: registry.exists,
            schemas: registry.schemas,
            others: registry.others,
        }
    }
}

fn schema(step: &Step, applied: Option<&Applied>) -> SchemaReport {
    let mut outcomes = applied.iter().flat_map(|applied| &applied.outcomes);
    let is_it = |of: &Step| (&of.registry, &of.schema) == (&step.registry, &step.schema);
    let outcome = outcomes
        .find(|(of, _)| is_it(of))
        .map(|(_, outcome)| outcome);
    let identity = step.identity.as_ref();
    let version = match outcome {
        Some(Outcome::Updated(version)) => version,
        _ => &step.version,
    };
    SchemaReport {
        registry: step.registry.clone(),
        name: step.schema.clone(),
        source: identity.map(|identity| identity.source.clone()),
        detail_type: identity.map(|identity| identity.detail_type.clone()),
        action: action(&step.action),
        work: step.is_work,
        version: Some(version.clone()).filter(|version| !version.is_empty()),
        versions: step.versions,
        differences: differences(&step.action),
        reason: reason(&step.action, outcome),
        outcome: outcome.map(outcome_report),
    }
}

fn differences(action: &Action) -> Vec<DifferenceReport> {
    let all = match action {
        Action::Update(differences) => differences.as_slice(),
        _ => &[],
    };
    let told = |difference: &Difference| DifferenceReport {
        place: difference.place.clone(),
        keyword: difference.keyword.clone(),
        old: difference.old.clone(),
        new: difference.new.clone(),
    };
    all.iter().map(told).collect()
}

fn reason(action: &Action, outcome: Option<&Outcome>) -> Option<String> {
    match (action, outcome) {
        (Action::Refused(why), _) => Some(why.clone()),
        (_, Some(Outcome::Failed(failure))) => Some(failure.to_string()),
        _ => None,
    }
}

fn action(action: &Action) -> ActionReport {
    match action {
        Action::Create => ActionReport::Create,
        Action::Update(_) => ActionReport::Update,
        Action::Text => ActionReport::Text,
        Action::Order => ActionReport::Order,
        Action::Unchanged => ActionReport::Unchanged,
        Action::Orphaned => ActionReport::Orphaned,
        Action::Refused(_) => ActionReport::Refused,
    }
}

fn outcome_report(outcome: &Outcome) -> OutcomeReport {
    match outcome {
        Outcome::Created => OutcomeReport::Created,
        Outcome::Updated(_) => OutcomeReport::Updated,
        Outcome::Already => OutcomeReport::Already,
        Outcome::Deleted => OutcomeReport::Deleted,
        Outcome::Failed(_) => OutcomeReport::Failed,
        Outcome::Left => OutcomeReport::Left,
    }
}

/// What `register pull --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PullReport {
    /// How many documents the registries hold, of those asked for.
    documents: usize,
    /// Files that are new or changed.
    files: Vec<String>,
    /// What a person should look at.
    diagnostics: Vec<DiagnosticReport>,
}

impl PullReport {
    pub(crate) fn new(
        folder: &Path,
        changes: &[Change],
        documents: usize,
        findings: &[Diagnostic],
    ) -> Self {
        let files = changes.iter().map(|change| below(folder, &change.path));
        PullReport {
            documents,
            files: files.collect(),
            diagnostics: findings.iter().map(DiagnosticReport::new).collect(),
        }
    }
}
