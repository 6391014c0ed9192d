//! What should stand and what stands come in; what would be done goes out, as data.

use crate::desired::Desired;
use crate::difference::{self, Difference, Sameness};
use crate::document::{Document, Identity};
use crate::mask;
use crate::present::{Present, PresentSchema};
use crate::quota::Quotas;
pub use crate::step::{Action, Plan, PlannedRegistry, Step};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::files;
use std::collections::{BTreeMap, BTreeSet};

/// How to plan.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Text and order are updates, too.
    pub text: bool,
    /// Schemas that may be deleted where they are orphaned: `name`, or `registry/name`.
    pub prune: Vec<String>,
    /// How many versions of each schema are kept.
    pub keep: Option<usize>,
    /// How much the account may have.
    pub quotas: Quotas,
    /// What stands in every document that we wrote.
    pub stamp: String,
}

/// Plans.
pub fn plan(desired: &[Desired], present: &Present, options: &Options) -> Plan {
    let mut plan = Plan {
        in_account: present.in_account,
        ..Plan::default()
    };
    let wanted = by_name(desired, &mut plan.findings);
    for one in wanted.values().filter(|one| one.selected) {
        let stands = present.schema(&one.registry, &one.schema);
        plan.steps.push(step(one, stands, options.text));
    }
    plan.registries = registries(present, &wanted, options, &mut plan.steps);
    plan.steps
        .sort_by(|a, b| (&a.registry, &a.schema).cmp(&(&b.registry, &b.schema)));
    plan.findings.extend(unknown_prunes(&plan.steps, options));
    plan.findings
        .extend(options.quotas.findings(&plan, options.keep));
    plan
}

fn named_twice(one: &Desired, other: &Desired) -> Diagnostic {
    let event = |desired: &Desired| match &desired.document.identity {
        Some(identity) => identity.to_string(),
        None => "a document".to_owned(),
    };
    let message = format!(
        "two documents have this name: {} and {}",
        event(one),
        event(other)
    );
    Diagnostic::error(format!("{}/{}", one.registry, one.schema), message)
}

fn by_name<'d>(
    desired: &'d [Desired],
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<(&'d str, &'d str), &'d Desired> {
    let mut wanted = BTreeMap::new();
    for one in desired {
        let key = (one.registry.as_str(), one.schema.as_str());
        if let Some(other) = wanted.insert(key, one) {
            findings.push(named_twice(one, other));
        }
    }
    wanted
}

/// What is to be done about a schema, given how it stands.
pub(crate) fn step(desired: &Desired, present: Option<&PresentSchema>, text: bool) -> Step {
    let (desired, action) = action(desired, present);
    let is_work = match &action {
        Action::Create | Action::Update(_) => true,
        Action::Text | Action::Order => text,
        _ => false,
    };
    Step {
        registry: desired.registry.clone(),
        schema: desired.schema.clone(),
        identity: desired.document.identity.clone(),
        action,
        is_work,
        versions: present.and_then(|present| present.versions),
        version: present
            .map(|present| present.version.clone())
            .unwrap_or_default(),
        desired: Some(desired),
    }
}

/// What should stand beside what stands, and what makes it so.
fn action(desired: &Desired, present: Option<&PresentSchema>) -> (Desired, Action) {
    let beside = desired.beside(present.map(|present| present.content.as_str()));
    let (desired, unmade) = match beside {
        Ok(made) => (made, None),
        Err(why) => (desired.clone(), Some(why)),
    };
    let action = match (unmade.or_else(|| desired.refused()), present) {
        (Some(why), _) => Action::Refused(why),
        (None, None) => Action::Create,
        (None, Some(present)) => difference(&desired, present),
    };
    (desired, action)
}

/// How what stands differs; what describes another event is not overwritten.
fn difference(desired: &Desired, present: &PresentSchema) -> Action {
    let Ok(stands) = Document::read(&present.content) else {
        let why = "a schema of this name holds what is no document, and is not overwritten";
        return Action::Refused(why.to_owned());
    };
    if stands.identity != desired.document.identity {
        return Action::Refused(occupied(stands.identity.as_ref()));
    }
    let kind = desired.document.dialect.api_name();
    if !present.kind.is_empty() && present.kind != kind {
        return Action::Update(vec![other_kind(&present.kind, kind)]);
    }
    match difference::compare(&stands.node, &desired.document.node) {
        Sameness::Same => Action::Unchanged,
        Sameness::Order => Action::Order,
        Sameness::Text => Action::Text,
        Sameness::Structure(differences) => Action::Update(differences),
    }
}

fn occupied(holds: Option<&Identity>) -> String {
    match holds {
        Some(holds) if mask::is_masked(&holds.source) || mask::is_masked(&holds.detail_type) => {
            "what it holds was saved with its names masked, so that nobody can tell whether it is the same event".to_owned()
        }
        Some(holds) => format!("a schema of this name holds {holds}, and is not overwritten"),
        None => "a schema of this name holds what names no event, and is not overwritten".to_owned(),
    }
}

fn other_kind(old: &str, new: &str) -> Difference {
    Difference {
        place: String::new(),
        keyword: "Type".to_owned(),
        old: Some(old.to_owned()),
        new: Some(new.to_owned()),
    }
}

/// The registries, and steps for what stands in them and is of no event any more.
fn registries(
    present: &Present,
    wanted: &BTreeMap<(&str, &str), &Desired>,
    options: &Options,
    steps: &mut Vec<Step>,
) -> Vec<PlannedRegistry> {
    let mut found = Vec::new();
    for (name, schemas) in &present.registries {
        let all = schemas.iter().flatten();
        let unknown: Vec<_> = all
            .filter(|(schema, _)| !wanted.contains_key(&(name.as_str(), schema.as_str())))
            .collect();
        let ours = |present: &PresentSchema| files::is_stamped(&present.content, &options.stamp);
        let (orphans, others): (Vec<_>, Vec<_>) =
            unknown.into_iter().partition(|(_, schema)| ours(schema));
        found.push(PlannedRegistry {
            name: name.clone(),
            exists: schemas.is_some(),
            schemas: schemas.as_ref().map_or(0, BTreeMap::len),
            others: others.len(),
        });
        steps.extend(
            orphans
                .into_iter()
                .map(|(schema, stands)| orphan(name, schema, stands, options)),
        );
    }
    found
}

fn orphan(registry: &str, schema: &str, present: &PresentSchema, options: &Options) -> Step {
    let identity = Document::read(&present.content)
        .ok()
        .and_then(|document| document.identity);
    Step {
        registry: registry.to_owned(),
        schema: schema.to_owned(),
        identity,
        action: Action::Orphaned,
        is_work: options
            .prune
            .iter()
            .any(|name| is_named(name, registry, schema)),
        versions: present.versions,
        version: present.version.clone(),
        desired: None,
    }
}

/// Whether a name of the list of what may go means a schema.
fn is_named(name: &str, registry: &str, schema: &str) -> bool {
    let rest = name
        .strip_prefix(registry)
        .and_then(|rest| rest.strip_prefix('/'));
    name == schema || rest == Some(schema)
}

fn unknown_prunes(steps: &[Step], options: &Options) -> Vec<Diagnostic> {
    let orphans = steps.iter().filter(|step| step.action == Action::Orphaned);
    let orphans: BTreeSet<(&str, &str)> = orphans
        .map(|step| (step.registry.as_str(), step.schema.as_str()))
        .collect();
    let is_one = |name: &str| {
        let mut all = orphans.iter();
        all.any(|(registry, schema)| is_named(name, registry, schema))
    };
    let unknown = options.prune.iter().filter(|name| !is_one(name));
    let told = unknown.map(|name| {
        let message = "is not orphaned, so it is not deleted: an event is of it, we did not write it, or it is not there";
        Diagnostic::error(name, message).help("take it off the list of --prune")
    });
    told.collect()
}
