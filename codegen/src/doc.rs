//! What the model knows about an event, a definition or a field comes in; the sentences of its
//! documentation go out, without comment marks and each on one line.

use eventbridge_catalog::model::{
    Body, Condition, Definition, EventType, Evidence, Field, KnownValue, Origin, Package,
};
use eventbridge_catalog::text;

/// How many paths a definition names.
const PATHS: usize = 4;

/// What a field means, what it looks like, and when it is there.
pub(super) fn facts(field: &Field) -> Vec<String> {
    let example = field
        .example
        .as_deref()
        .map(|example| format!("Example: {}.", code(example)));
    let condition = field.condition.as_ref().map(condition);
    let described = described(&field.description);
    described
        .into_iter()
        .chain(example)
        .chain(condition)
        .collect()
}

/// That something is no longer documented, and since when, where it is so; it may still arrive.
pub(super) fn former(evidence: &[Evidence]) -> Option<String> {
    let is_former = |site: &Evidence| !site.origin.is_present();
    let mut former = evidence
        .iter()
        .filter(|site| site.origin == Origin::Formerly);
    if !evidence.iter().all(is_former) || former.clone().next().is_none() {
        return None;
    }
    Some(
        match former.by_ref().filter_map(Evidence::former_date).max() {
            Some(date) => format!("documented last in {date}"),
            None => "no longer documented".to_owned(),
        },
    )
}

/// Sentences, and that what they are about is no longer documented, for languages that have no mark of it.
pub(super) fn with_former(mut sentences: Vec<String>, evidence: &[Evidence]) -> Vec<String> {
    sentences.extend(former(evidence).map(|former| format!("Deprecated: {former}.")));
    sentences
}

/// Where people look events up: a sentence of Markdown, if an address is known.
pub(super) fn catalogue(package: &Package) -> Option<String> {
    let address = package.catalogue.as_ref()?;
    Some(format!(
        "To look events up, with the evidence of each fact, or to try a pattern: <{address}>."
    ))
}

/// What holds of a field whatever shows it: what it means and when it is there; no value of a sample, no place.
pub(super) fn lasting(field: &Field) -> Vec<String> {
    let described = described(&field.description);
    let condition = field.condition.as_ref().map(condition);
    described.into_iter().chain(condition).collect()
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
    let is: Vec<String> = condition.is.iter().map(|value| code(value)).collect();
    format!(
        "Present when {} is {}.",
        code(&condition.when),
        is.join(" or ")
    )
}

/// When an event is sent, which it is, and where that is documented.
pub(super) fn event(event: &EventType) -> Vec<String> {
    let which = format!("{} from {}.", code(&event.detail_type), code(&event.source));
    let since = since(event).unwrap_or_default();
    let known = match &event.documentation {
        Some(address) => {
            format!("Documented{since} at {address} and, fact by fact, in {EVIDENCE}.")
        }
        None => format!("Where each fact is known from stands in {EVIDENCE}."),
    };
    let described = described(&event.description);
    described.into_iter().chain([which, known]).collect()
}

/// ` since 2021-06`, where the first edition that had the event is known.
pub(super) fn since(event: &EventType) -> Option<String> {
    let documented = event.documented.as_ref()?;
    Some(format!(" since {}", plain(&documented.first)))
}

/// The file of each package that names all evidence.
const EVIDENCE: &str = "`evidence.json`";

/// When an event is sent, and that this is its detail.
pub(super) fn detail(event: &EventType) -> Vec<String> {
    let known = if event.detail.is_empty() {
        ", which is documented by name alone"
    } else {
        ""
    };
    let which = format!("The detail of {}{known}.", code(&event.detail_type));
    let described = described(&event.description);
    described.into_iter().chain([which]).collect()
}

/// What a definition means, and where it stands in the detail.
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
    let at = (!shown.is_empty()).then(|| {
        let at = standing(definition, "At", "One of them, at");
        format!("{at} {}{more}.", shown.join(", "))
    });
    let former = match &definition.body {
        Body::Values(values) => former_values(values),
        Body::Object(_) => None,
    };
    let described = described(&definition.description);
    described.into_iter().chain(at).chain(former).collect()
}

/// Which values are no longer documented, where any are.
fn former_values(values: &[KnownValue]) -> Option<String> {
    let former = values.iter().filter(|known| known.is_former());
    let former: Vec<String> = former.map(|known| code(&known.value)).collect();
    (!former.is_empty()).then(|| format!("No longer documented: {}.", former.join(", ")))
}

/// The word before the places of a definition: where it is described as all items of a list, or all values of a map,
/// it is one of them.
pub(super) fn standing<'w>(definition: &Definition, at: &'w str, one: &'w str) -> &'w str {
    let is_one = |path: &String| path.ends_with("[]") || path.ends_with('*');
    match definition.description.is_some() && definition.paths.iter().all(is_one) {
        true => one,
        false => at,
    }
}

/// What something means, as text of Markdown.
pub(super) fn described(description: &Option<String>) -> Option<String> {
    let said = description.as_deref().map(str::trim);
    let ends = |said: &str| said.ends_with(|c: char| c.is_alphanumeric() || "`)".contains(c));
    said.map(|said| prose(said) + if ends(said) { "." } else { "" })
}

/// A description as text of Markdown, whatever stands in it: between two backticks is code, and nothing else marks
/// anything, not even where a line is broken.
pub(super) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return unmarked_words(text); // a backtick without its other
    }
    let part = |(index, part): (usize, &&str)| match (index % 2, part.trim()) {
        (0, _) => unmarked_words(part),
        (_, "") => String::new(),
        (_, inner) => code(inner),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text without markup, of which any word may come to stand first on a line.
fn unmarked_words(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let word = unmarked(word);
        let word = word.replace("://", "\\://"); // no bare address
        match word.chars().next() {
            Some('#' | '+' | '-' | '=' | '~') => format!("\\{word}"),
            Some(first) if first.is_ascii_digit() => unnumbered(&word),
            _ => word,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word that begins with digits, and no list: `1.` is its first item.
fn unnumbered(word: &str) -> String {
    let end = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match end {
        "." | ")" => format!("{}\\{end}", &word[..word.len() - end.len()]),
        _ => word.to_owned(),
    }
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

/// What marks something in Markdown, or in a comment of TypeScript.
const MARKS: &str = "\\`*_~[]<>&|@";

/// Text of Markdown without markup, whatever stands in it.
pub(super) fn unmarked(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        if MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A sentence on lines of so many characters, broken at spaces that stand in no code: what stands there could mean
/// something else at the beginning of a line.
pub(super) fn wrap(sentence: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(sentence) {
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

/// What stands between the spaces of a sentence that may be broken.
fn words(sentence: &str) -> Vec<&str> {
    let (mut words, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(step) = sentence[at..].find([' ', '`', '\\']) {
        at += step;
        let rest = &sentence[at..];
        match rest.as_bytes()[0] {
            b' ' => {
                words.push(&sentence[start..at]);
                at += 1;
                start = at;
            }
            b'\\' => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => at += code_length(rest),
        }
    }
    words.push(&sentence[start..]);
    words
}

/// How long the code is that a text begins with, or the marks that open none.
fn code_length(text: &str) -> usize {
    let fence = text.len() - text.trim_start_matches('`').len();
    let mut at = fence;
    while let Some(step) = text[at..].find('`') {
        let close = &text[at + step..];
        let length = close.len() - close.trim_start_matches('`').len();
        at += step + length;
        if length == fence {
            return at;
        }
    }
    fence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_outside_of_code() {
        let sentence = "a `b c` d `` e ` f `` g h";
        let lines = ["a", "`b c`", "d", "`` e ` f ``", "g h"];
        assert_eq!(wrap(sentence, 3), lines);
        assert_eq!(wrap("a \\`b c\\` d", 4), ["a", "\\`b", "c\\`", "d"]);
        assert_eq!(wrap("a ``b c` d", 4), ["a", "``b", "c` d"]);
    }

    #[test]
    fn descriptions_mark_code_and_nothing_else() {
        for (text, shown) in [
            (
                "Sent when `Status` is *lit*.",
                "Sent when `Status` is \\*lit\\*.",
            ),
            ("A ` alone <b> {@link x}", "A \\` alone \\<b\\> {\\@link x}"),
            (
                "# a - b 1. c 2) 3.5 + =",
                "\\# a \\- b 1\\. c 2\\) 3.5 \\+ \\=",
            ),
            ("See https://x.y", "See https\\://x.y"),
            ("a `` b", "a  b"),
            ("\u{202e}`a\u{7}`", "\\\\u{202e}`a\\u{7}`"),
        ] {
            assert_eq!(prose(text), shown);
        }
    }
}
