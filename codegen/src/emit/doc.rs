//! What the model knows about an event, a definition or a field comes in; the sentences of its
//! documentation go out, without comment marks and each on one line.

use crate::model::{Definition, EventType, Evidence, Field, KnownValue};

/// How many paths a definition names.
const PATHS: usize = 4;

/// What a field looks like, when it is there, and who says so.
pub(super) fn field(field: &Field) -> Vec<String> {
    let mut sentences = facts(field);
    sentences.extend(evidence(&field.evidence));
    sentences
}

/// What a field looks like and when it is there.
pub(super) fn facts(field: &Field) -> Vec<String> {
    let example = field
        .example
        .as_deref()
        .map(|example| format!("Example: {}.", code(example)));
    let condition = field.condition.as_ref().map(|condition| {
        format!(
            "Present when {} is {}.",
            code(&condition.when),
            code(&condition.is)
        )
    });
    example.into_iter().chain(condition).collect()
}

/// Which event it is, and who says so.
pub(super) fn event(event: &EventType) -> Vec<String> {
    let mut sentences = vec![format!(
        "{} from {}.",
        code(&event.detail_type),
        code(&event.source)
    )];
    sentences.extend(evidence(&event.evidence));
    sentences
}

/// What the detail of an event is.
pub(super) fn detail(event: &EventType) -> Vec<String> {
    let known = if event.detail.is_empty() {
        ", which is documented by name alone"
    } else {
        ""
    };
    vec![format!(
        "The detail of {}{known}.",
        code(&event.detail_type)
    )]
}

/// Where a definition stands in the detail.
pub(super) fn definition(definition: &Definition) -> Vec<String> {
    let shown: Vec<String> = definition
        .paths
        .iter()
        .take(PATHS)
        .map(|path| code(path))
        .collect();
    let more = match definition.paths.len().saturating_sub(PATHS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    if shown.is_empty() {
        Vec::new()
    } else {
        vec![format!("At {}{more}.", shown.join(", "))]
    }
}

/// Where a definition of known values stands, and who names them.
pub(super) fn values(definition: &Definition, values: &[KnownValue]) -> Vec<String> {
    let mut places: Vec<Evidence> = values
        .iter()
        .flat_map(|value| value.evidence.clone())
        .collect();
    places.sort();
    places.dedup();
    let mut sentences = self::definition(definition);
    sentences.extend(evidence(&places));
    sentences
}

/// `From id-2025.txt:31, 40; en-2026-07.md:12.`
fn evidence(places: &[Evidence]) -> Option<String> {
    let mut pages: Vec<(&str, String)> = Vec::new();
    for Evidence { page, line } in places {
        match pages.last_mut() {
            Some((last, lines)) if last == page => lines.push_str(&format!(", {line}")),
            _ => pages.push((page, line.to_string())),
        }
    }
    let pages: Vec<String> = pages
        .iter()
        .map(|(page, lines)| format!("{}:{lines}", plain(page)))
        .collect();
    if pages.is_empty() {
        None
    } else {
        Some(format!("From {}.", pages.join("; ")))
    }
}

/// A code span of Markdown, whatever stands in it.
pub(super) fn code(text: &str) -> String {
    let text = plain(text);
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Text on one line.
pub(super) fn plain(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars()
        .map(|c| if breaks(c) { ' ' } else { c })
        .collect()
}

/// A sentence on lines of so many characters, broken at spaces.
pub(super) fn wrap(sentence: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
        .into_iter()
        .map(|line| line.trim_end().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}
