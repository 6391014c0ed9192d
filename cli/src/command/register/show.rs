//! A plan, and what was done, come in; what people read goes out.

use eventbridge_catalog::text::visible;
use eventbridge_registry::apply::{Applied, Outcome};
use eventbridge_registry::plan::{Action, Plan, PlannedRegistry, Step};
use std::collections::BTreeMap;

/// So many differences of one schema are shown.
const SHOWN: usize = 20;

pub(super) fn plan(plan: &Plan) {
    for registry in &plan.registries {
        self::registry(registry, &plan.steps);
    }
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for step in &plan.steps {
        *counts.entry(kind(step)).or_default() += 1;
    }
    let told = counts
        .iter()
        .map(|((_, kind), count)| format!("{count} {kind}"));
    let told: Vec<String> = told.collect();
    match told.is_empty() {
        true => say!("There is nothing to export."),
        false => say!("{}.", told.join(", ")),
    }
}

/// What a summary counts a step as, and where that stands in it.
fn kind(step: &Step) -> (usize, &'static str) {
    match (&step.action, step.is_work) {
        (Action::Create, _) => (0, "to create"),
        (_, true) if step.is_prune() => (2, "to delete"),
        (_, true) => (1, "to update"),
        (Action::Text, _) => (3, "with other text alone (--text)"),
        (Action::Order, _) => (4, "in another order alone (--text)"),
        (Action::Orphaned, _) => (5, "orphaned (--prune)"),
        (Action::Refused(_), _) => (6, "refused"),
        _ => (7, "as they should be"),
    }
}

fn registry(registry: &PlannedRegistry, steps: &[Step]) {
    let missing = if registry.exists {
        ""
    } else {
        ", which is not there yet"
    };
    say!("registry {}{missing}", visible(&registry.name));
    let own = steps.iter().filter(|step| step.registry == registry.name);
    own.filter(|step| step.action != Action::Unchanged)
        .for_each(step);
    if registry.others > 0 {
        let others = registry.others;
        say!("  {others} more schemas in it are others', and stay");
    }
}

fn what(step: &Step) -> &'static str {
    match &step.action {
        Action::Create => "create",
        Action::Update(_) => "update",
        Action::Text => "text only",
        Action::Order => "order only",
        Action::Unchanged => "unchanged",
        Action::Orphaned if step.is_work => "delete",
        Action::Orphaned => "orphaned",
        Action::Refused(_) => "refused",
    }
}

fn step(step: &Step) {
    let what = what(step);
    let why = match &step.action {
        Action::Refused(why) => format!(": {}", visible(why)),
        _ => String::new(),
    };
    say!("  {what:<10} {}{why}", visible(&step.schema));
    if let Action::Update(differences) = &step.action {
        for difference in differences.iter().take(SHOWN) {
            say!("             {}", visible(&difference.to_string()));
        }
        let more = differences.len().saturating_sub(SHOWN);
        if more > 0 {
            say!("             … and {more} more");
        }
    }
}

fn counts(applied: &Applied) -> [(usize, &'static str); 7] {
    let count = |is: fn(&Outcome) -> bool| {
        let outcomes = applied.outcomes.iter();
        outcomes.filter(|(_, outcome)| is(outcome)).count()
    };
    [
        (count(|it| *it == Outcome::Created), "created"),
        (count(|it| matches!(it, Outcome::Updated(_))), "updated"),
        (count(|it| *it == Outcome::Deleted), "deleted"),
        (applied.trimmed, "old versions deleted"),
        (
            count(|it| *it == Outcome::Already),
            "done already by another run",
        ),
        (count(|it| matches!(it, Outcome::Failed(_))), "failed"),
        (count(|it| *it == Outcome::Left), "left"),
    ]
}

pub(super) fn applied(applied: &Applied, calls: usize, again: usize) {
    for registry in &applied.registries {
        say!("registry {} was created", visible(registry));
    }
    let told = counts(applied);
    let told = told.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let calls = format!("{calls} calls, {again} of them again");
    match told.is_empty() {
        true => say!("Nothing had to be written ({calls})."),
        false => say!("{} ({calls}).", told.join(", ")),
    }
}
