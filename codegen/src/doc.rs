//! What the model knows about an event, a definition or a field comes in; the sentences of its
//! documentation go out, without comment marks and each on one line.

use eventbridge_catalog::model::{
    Condition, Definition, EventType, Evidence, Field, KnownValue, Origin,
};
use eventbridge_catalog::text;

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
    let condition = field.condition.as_ref().map(condition);
    example.into_iter().chain(condition).collect()
}

/// What is known of an event's detail, in a word or two.
pub(super) fn how_known(event: &EventType) -> &'static str {
    match event.detail.is_empty() {
        true => "known by name",
        false => "documented",
    }
}

/// When a field is there.
pub(super) fn condition(condition: &Condition) -> String {
    let (when, is) = (code(&condition.when), code(&condition.is));
    format!("Present when {when} is {is}.")
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

/// `From id-2025.txt:31, 40, en-2026-07.md:12.`
fn evidence(evidence: &[Evidence]) -> Option<String> {
    places(evidence).map(|places| format!("From {places}."))
}

/// So much evidence is told; the schemas have all of it.
const EVIDENCE: usize = 4;

/// `id-2025.txt:31, 44, en-2026-07.md:822, and 2 more; Schema Registry; API model`, and lists by name
pub(super) fn places(evidence: &[Evidence]) -> Option<String> {
    let lined: Vec<(&Evidence, usize)> = evidence
        .iter()
        .filter_map(|site| Some((site, site.line?)))
        .collect();
    let mut page = None;
    let mut places = Vec::new();
    for (site, line) in lined.iter().take(EVIDENCE) {
        let known = page.replace(&site.name) == Some(&site.name);
        places.push(if known {
            line.to_string()
        } else {
            format!("{}:{line}", plain(&site.name))
        });
    }
    if lined.len() > EVIDENCE {
        places.push(format!("and {} more", lined.len() - EVIDENCE));
    }
    let kinds = [
        (Origin::Delivery, "deliveries"),
        (Origin::Registry, "Schema Registry"),
        (Origin::Api, "API model"),
    ];
    let others = kinds
        .into_iter()
        .filter(|(origin, _)| evidence.iter().any(|site| site.origin == *origin))
        .map(|(_, name)| name.to_owned());
    let lists = evidence.iter().filter(|site| site.origin == Origin::List);
    let all: Vec<String> = std::iter::once(places.join(", "))
        .filter(|places| !places.is_empty())
        .chain(others)
        .chain(lists.map(|site| plain(&site.name)))
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// A code span of Markdown, whatever stands in it.
pub(super) fn code(text: &str) -> String {
    let text = plain(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let odd = longest > 0 || text.trim() != text || text.is_empty();
    let space = if odd { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The text on one line: what would break it, turn its direction or hide in it, is escaped.
pub(super) fn plain(text: &str) -> String {
    text::visible(text).into_owned()
}

/// Text of Markdown without markup, whatever stands in it.
pub(super) fn unmarked(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
