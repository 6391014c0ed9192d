//! What changed comes in; lines for a changelog go out, and the text of a pull request.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::diff::{self, Diff, Finding, What};
use eventbridge_catalog::model::{Body, Evidence, Field, Model, Origin};
use std::path::PathBuf;

/// What is proposed.
pub(super) struct Proposed {
    /// What changes for those who use the packages.
    pub(super) diff: Diff,
    /// One line for each fact, with the line of the page that says it.
    pub(super) lines: Vec<String>,
    /// The version that packages have.
    pub(super) version: String,
    /// The version that they get.
    pub(super) next: String,
    /// Every file, whole: where it is, what stands there and what shall.
    pub(super) files: Vec<(PathBuf, Option<String>, Option<String>)>,
    /// What a person should look at.
    pub(super) told: Vec<Diagnostic>,
}

/// A pull request has so many lines at most.
const LINES: usize = 20;

/// Where lines of events go.
const UNRELEASED: &str = "## Unreleased\n";
const EVENTS: &str = "### Events\n";

/// One line for each fact, with the line of the page that says it. Descriptions are counted, not listed.
pub(super) fn lines(diff: &Diff, model: &Model) -> Vec<String> {
    let told = diff
        .findings
        .iter()
        .filter(|finding| finding.what != What::Described);
    told.map(|finding| {
        let said = diff::line(finding);
        match site(finding, model) {
            Some(site) => format!("{said} ({site})"),
            None => said,
        }
    })
    .collect()
}

/// The first line of a page that says a fact, where a page says it.
fn site(finding: &Finding, model: &Model) -> Option<String> {
    let (source, detail_type, path) = finding.places.first()?;
    let mut events = model.events.iter();
    let event =
        events.find(|event| event.source == *source && event.detail_type == *detail_type)?;
    let nested = event
        .definitions
        .iter()
        .filter_map(|definition| match &definition.body {
            Body::Object(fields) => Some(fields),
            Body::Values(_) => None,
        });
    let evidence = match path {
        None => &event.evidence,
        Some(path) => {
            let mut fields = event.detail.iter().chain(nested.flatten());
            let is_it = |field: &&Field| field.path == *path;
            &fields.find(is_it)?.evidence
        }
    };
    let is_line = |site: &&Evidence| site.origin == Origin::Page;
    evidence.iter().find(is_line).map(ToString::to_string)
}

/// The changelog with lines that are not in it yet, under what is not released.
pub(super) fn changelog(text: &str, lines: &[String]) -> String {
    let new: Vec<String> = lines.iter().map(|line| format!("- {line}\n")).collect();
    let new: String = new
        .into_iter()
        .filter(|line| !text.contains(line.as_str()))
        .collect();
    if new.is_empty() {
        return text.to_owned();
    }
    let Some(at) = text.find(UNRELEASED).map(|at| at + UNRELEASED.len()) else {
        let first = text.find("\n## ").map_or(text.len(), |at| at + 1);
        let gap = if text[..first].ends_with("\n\n") || first == 0 {
            ""
        } else {
            "\n"
        };
        return format!(
            "{}{gap}{UNRELEASED}\n{EVENTS}\n{new}\n{}",
            &text[..first],
            &text[first..]
        );
    };
    let end = text[at..]
        .find("\n## ")
        .map_or(text.len(), |end| at + end + 1);
    match text[at..end]
        .find(EVENTS)
        .map(|own| at + own + EVENTS.len())
    {
        Some(own) => {
            let own = own + text[own..].len() - text[own..].trim_start_matches('\n').len();
            format!("{}{new}{}", &text[..own], &text[own..])
        }
        None => {
            let rest = text[at..].trim_start_matches('\n');
            format!("{}\n{EVENTS}\n{new}\n{rest}", &text[..at])
        }
    }
}

/// What a person reads who approves it: at most twenty lines, the first of them a title.
pub(super) fn text(proposed: &Proposed) -> String {
    let diff = &proposed.diff;
    let facts = proposed.lines.len();
    let title = match facts {
        0 => "The documentation moved; no package changes".to_owned(),
        1 => "The documentation changed: 1 fact".to_owned(),
        many => format!("The documentation changed: {many} facts"),
    };
    if facts == 0 {
        let events = diff.evidence_only + diff.order_only + diff.text_only;
        return format!("{title} ({events} events in evidence, order or descriptions alone).\n");
    }
    let room = LINES - 6;
    let mut lines: Vec<String> = proposed
        .lines
        .iter()
        .take(room)
        .map(|it| format!("- {it}"))
        .collect();
    if facts > room {
        lines.push(format!("- and {} more", facts - room));
    }
    let version = match proposed.next == proposed.version {
        true => format!("Version {} stays: nothing to release.", proposed.version),
        false => format!("Version {} → {}.", proposed.version, proposed.next),
    };
    format!(
        "{title}\n\n{}\n\n{version}\n{} files change.\n",
        lines.join("\n"),
        proposed.files.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_under_what_is_not_released_and_stand_once() {
        let lines = ["Add event `Kiln Lit`".to_owned()];
        for (before, after) in [
            (
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- x\n",
                "# Changelog\n\n## Unreleased\n\n### Events\n\n- Add event `Kiln Lit`\n\n### Added\n\n- x\n",
            ),
            (
                "# Changelog\n\n## 1.0.0\n\n- x\n",
                "# Changelog\n\n## Unreleased\n\n### Events\n\n- Add event `Kiln Lit`\n\n## 1.0.0\n\n- x\n",
            ),
            (
                "## Unreleased\n\n### Events\n\n- old\n\n## 1.0.0\n",
                "## Unreleased\n\n### Events\n\n- Add event `Kiln Lit`\n- old\n\n## 1.0.0\n",
            ),
        ] {
            assert_eq!(changelog(before, &lines), after);
            assert_eq!(changelog(after, &lines), after);
        }
    }
}
