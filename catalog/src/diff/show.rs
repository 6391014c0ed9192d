//! How two models differ comes in; text for people goes out: on a terminal, and in Markdown for a changelog.

use super::{Diff, Effect, Finding, Package, What};
use crate::text::visible;

/// So many places are named.
const NAMED: usize = 3;

/// One line: what changed, and where.
pub fn line(finding: &Finding) -> String {
    let what = said(&finding.what, finding.is_field());
    match &finding.places[..] {
        [place] => format!("{what} {}", named(place, &finding.what)),
        places => {
            let first: Vec<String> = places
                .iter()
                .take(NAMED)
                .map(|it| named(it, &finding.what))
                .collect();
            let more = match places.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{what} {} fields: {}{more}", places.len(), first.join(", "))
        }
    }
}

fn named((_, detail_type, path): &(String, String, Option<String>), what: &What) -> String {
    let place = match path {
        Some(path) => format!("`{}` of `{}`", visible(path), visible(detail_type)),
        None => format!("`{}`", visible(detail_type)),
    };
    match what {
        What::Renamed { from, .. } => format!("`{}` to {place}", visible(from)),
        _ => place,
    }
}

fn said(what: &What, of_field: bool) -> String {
    let thing = if of_field { "field" } else { "event" };
    match what {
        What::Added { required: true } => "Add required field".to_owned(),
        What::Added { .. } => format!("Add {thing}"),
        What::Removed => format!("Remove {thing}"),
        What::Renamed { stays: true, .. } => {
            format!("Rename {thing} (the old name stays, deprecated)")
        }
        What::Renamed { .. } => format!("Rename {thing}"),
        What::NoLongerDocumented => format!("No longer documented: {thing}"),
        What::DocumentedAgain => format!("Documented again: {thing}"),
        What::NameChanged { from, to } => {
            format!("Rename type {} to {}, of", visible(from), visible(to))
        }
        What::Retyped { from, to } => format!("Change from {from} to {to}:"),
        What::Required => "Now in every event:".to_owned(),
        What::Optional => "No longer in every event:".to_owned(),
        What::ValueAdded(value) => format!("Add known value `{}` of", visible(value)),
        What::ValueRemoved(value) => format!("Remove known value `{}` of", visible(value)),
        What::ValueNoLongerDocumented(value) => {
            format!("No longer documented: value `{}` of", visible(value))
        }
        What::WireForms { added, removed } => {
            let said = [("also", added), ("no longer", removed)];
            let said = said.into_iter().filter(|(_, forms)| !forms.is_empty());
            let said: Vec<String> = said
                .map(|(how, forms)| format!("{how} {}", forms.join(", ")))
                .collect();
            format!("Instants written {}:", said.join(", "))
        }
        What::Condition => "Change when it is there:".to_owned(),
        What::Described => "Change description of".to_owned(),
        What::RoleMoved { role, from, to } => match to {
            Some(to) => format!(
                "Take the {role} from `{}`, no longer from `{}`, of",
                visible(to),
                visible(from)
            ),
            None => format!("Take the {role} no longer from `{}` of", visible(from)),
        },
    }
}

/// For a terminal: each finding with its effects, then what was folded, and the next versions.
pub fn human(diff: &Diff, version: &str) -> String {
    let mut text = String::new();
    for finding in &diff.findings {
        text += &format!("{:<9} {}\n", worst(finding).name(), line(finding));
        if worst(finding) == Effect::Breaking {
            text += &format!(
                "          {}\n",
                effects(|package| finding.what.effect(package))
            );
        }
    }
    text += &folded(diff);
    text + &format!("{}\n", versions(diff, version))
}

/// For a changelog: a list for each effect.
pub fn markdown(diff: &Diff, version: &str) -> String {
    let mut text = String::new();
    for (effect, title) in [
        (Effect::Breaking, "Breaking"),
        (Effect::Additive, "Added and deprecated"),
        (Effect::None, "Documentation"),
    ] {
        let findings = diff
            .findings
            .iter()
            .filter(|finding| worst(finding) == effect);
        let lines: Vec<String> = findings
            .map(|finding| format!("- {}\n", line(finding)))
            .collect();
        if !lines.is_empty() {
            text += &format!("### {title}\n\n{}\n", lines.concat());
        }
    }
    let folded = folded(diff);
    if !folded.is_empty() {
        text += &format!("{folded}\n");
    }
    text + &format!("{}\n", versions(diff, version))
}

/// What a finding does to the package that it does most to.
fn worst(finding: &Finding) -> Effect {
    let packages = Package::ALL.into_iter();
    let effects = packages.map(|package| finding.what.effect(package));
    effects.max().unwrap_or(Effect::None)
}

fn effects(effect: impl Fn(Package) -> Effect) -> String {
    let each = Package::ALL.map(|package| format!("{} {}", package.name(), effect(package).name()));
    each.join(", ")
}

fn folded(diff: &Diff) -> String {
    let said = [
        (diff.evidence_only, "evidence"),
        (diff.order_only, "order"),
        (diff.text_only, "descriptions"),
    ];
    let said = said.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said
        .map(|(count, what)| match count {
            1 => format!("1 event in {what} alone"),
            many => format!("{many} events in {what} alone"),
        })
        .collect();
    match said.is_empty() {
        true => String::new(),
        false => format!("Changed: {}.\n", said.join(", ")),
    }
}

fn versions(diff: &Diff, version: &str) -> String {
    let each = Package::ALL
        .iter()
        .filter(|package| **package != Package::Registry);
    let each = each.map(|package| {
        let next = diff.next_version(*package, version);
        let bump = diff.effect(*package).bump(version);
        match next.filter(|next| next != version) {
            Some(next) => format!("{} {} → {next}", package.name(), bump.name()),
            None => format!("{} nothing to release", package.name()),
        }
    });
    format!(
        "Next version after {version}: {}.",
        each.collect::<Vec<_>>().join(", ")
    )
}
