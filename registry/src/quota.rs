//! How much an account may have comes in; what a plan would exceed, or comes near to, goes out before anything is
//! written.

use crate::step::{Action, Plan, Step};
use eventbridge_catalog::diagnostic::Diagnostic;

/// How much an account may have. AWS raises each on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Registries.
    pub registries: usize,
    /// Schemas of a registry.
    pub schemas: usize,
    /// Versions of a schema.
    pub versions: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Quotas {
            registries: 10,
            schemas: 100,
            versions: 100,
        }
    }
}

impl Quotas {
    /// What a plan would exceed, and what it comes near to.
    pub(crate) fn findings(&self, plan: &Plan, keep: Option<usize>) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self.registries(plan).into_iter().collect();
        found.extend(
            plan.registries
                .iter()
                .filter_map(|registry| self.schemas(plan, &registry.name)),
        );
        let kept = plan.steps.iter().filter(|step| step.desired.is_some());
        found.extend(kept.filter_map(|step| self.versions(step, keep)));
        found
    }

    fn registries(&self, plan: &Plan) -> Option<Diagnostic> {
        let missing = plan
            .registries
            .iter()
            .filter(|registry| !registry.exists)
            .count();
        let there = plan.in_account?;
        (there + missing > self.registries).then(|| {
            let message = format!(
                "the account has {there} registries, {missing} more are to be created, and it may have {}",
                self.registries
            );
            Diagnostic::error("registries", message).help("delete some, ask AWS for more, and tell with --quota registries=N")
        })
    }

    fn schemas(&self, plan: &Plan, registry: &str) -> Option<Diagnostic> {
        let own = || plan.steps.iter().filter(|step| step.registry == registry);
        let new = own().filter(|step| step.action == Action::Create).count();
        let gone = own().filter(|step| step.is_prune()).count();
        let there = plan
            .registries
            .iter()
            .find(|known| known.name == registry)?
            .schemas;
        (new > 0 && there - gone.min(there) + new > self.schemas).then(|| {
            let message = format!(
                "it holds {there} schemas, {new} more are to be created, and a registry may hold {}",
                self.schemas
            );
            let help = "split them with --registry-per source or --registry-per dialect, or ask AWS for more and tell with --quota schemas=N";
            Diagnostic::error(registry, message).help(help)
        })
    }

    fn versions(&self, step: &Step, keep: Option<usize>) -> Option<Diagnostic> {
        let there = step.versions?;
        let path = format!("{}/{}", step.registry, step.schema);
        let help = format!("--keep {} deletes old versions first", self.versions / 2);
        let message = format!(
            "it has {there} of the {} versions it may have",
            self.versions
        );
        let trimmed = keep.is_some_and(|keep| keep < self.versions);
        let near = there * 5 >= self.versions * 4;
        match (near && !trimmed, there >= self.versions && step.is_update()) {
            (false, _) => None,
            (true, true) => Some(Diagnostic::error(path, message).help(help)),
            (true, false) => Some(Diagnostic::warning(path, message).help(help)),
        }
    }
}
