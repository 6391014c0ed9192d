//! A plan, as data: what would be done about each schema, and what a person should look at.

use crate::desired::Desired;
use crate::difference::Difference;
use crate::document::Identity;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};

/// What would be done.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The registries, by name.
    pub registries: Vec<PlannedRegistry>,
    /// One step a schema, by registry and name.
    pub steps: Vec<Step>,
    /// Quotas, names and what else a person should look at.
    pub findings: Vec<Diagnostic>,
    /// How many registries the account has, where one is missing.
    pub in_account: Option<usize>,
}

/// A registry of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRegistry {
    /// Its name.
    pub name: String,
    /// Whether it is there.
    pub exists: bool,
    /// How many schemas it holds.
    pub schemas: usize,
    /// How many of them are others', of which nothing is said.
    pub others: usize,
}

/// What would be done about a schema.
#[derive(Clone, Debug)]
pub struct Step {
    /// The registry.
    pub registry: String,
    /// The schema.
    pub schema: String,
    /// The event that it describes.
    pub identity: Option<Identity>,
    /// How it stands.
    pub action: Action,
    /// Whether there is something to do about it.
    pub is_work: bool,
    /// How many versions it has, where that is known.
    pub versions: Option<usize>,
    /// The newest version; empty where there is none.
    pub version: String,
    /// What it should hold.
    pub desired: Option<Desired>,
}

/// How a schema stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is not there.
    Create,
    /// It describes the event otherwise.
    Update(Vec<Difference>),
    /// Only text differs.
    Text,
    /// Only order differs.
    Order,
    /// It is as it should be.
    Unchanged,
    /// We wrote it, and no event is of it any more.
    Orphaned,
    /// It cannot be written, or must not be.
    Refused(String),
}

impl Step {
    /// Whether it writes a version of a schema that is there.
    pub fn is_update(&self) -> bool {
        self.is_work
            && matches!(
                self.action,
                Action::Update(_) | Action::Text | Action::Order
            )
    }

    /// Whether it deletes a schema.
    pub fn is_prune(&self) -> bool {
        self.is_work && self.action == Action::Orphaned
    }
}

impl Plan {
    /// Whether there is something to do, or something that cannot be done.
    pub fn has_work(&self) -> bool {
        let to_do = |step: &Step| step.is_work || matches!(step.action, Action::Refused(_));
        self.steps.iter().any(to_do)
    }

    /// The findings because of which nothing may be written.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
        self.findings.iter().filter(is_error)
    }
}
