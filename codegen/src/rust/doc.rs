//! What the model knows about an event, a field or a value comes in, doc comments that rustdoc reads as
//! meant go out.

use super::super::doc::{self, condition, described, standing, wrap};
pub(super) use super::super::doc::{code, unmarked as plain};
use super::name::EventNames;
use crate::sample;
use eventbridge_catalog::json;
use eventbridge_catalog::model::{Body, Definition, EventType, Field, KnownValue, Type, WireForm};

/// What the events of a module are.
pub(super) fn module<'m>(
    events: impl Iterator<Item = (&'m EventType, &'m EventNames)>,
) -> Vec<String> {
    let events = events.map(|(event, names)| {
        let detail_type = code(&event.detail_type);
        let item = format!("- {detail_type}: [`{}`]", names.ty);
        wrap(&item, WIDTH).join("\n  ")
    });
    let events = events.collect::<Vec<_>>().join("\n");
    let mut lines = vec!["The details of these events:".to_owned(), String::new()];
    lines.extend(events.split('\n').map(str::to_owned));
    lines
}

/// When an event is sent, that this is its detail, the detail with all fields, and a
/// program that makes one. Linked, it leads to the crate's first page.
pub(super) fn detail(event: &EventType, linked: bool, making: Option<String>) -> Vec<String> {
    let (detail_type, source) = (code(&event.detail_type), code(&event.source));
    let evidence = match linked {
        true => " See the [evidence](crate#evidence).",
        false => "",
    };
    let since = doc::since(event).map_or_else(String::new, |since| format!(", documented{since}"));
    let which = format!("The detail of {detail_type} from {source}{since}.{evidence}");
    let open = event.detail.is_empty().then(|| {
        "It is known by name alone: all of its fields are in [`extra`](Self::extra).".to_owned()
    });
    let mut lines = paragraphs([described(&event.description), Some(which), open]);
    if !event.detail.is_empty() {
        let detail = json::write_within(&sample::detail(event), WIDTH);
        lines.extend(shown(
            "# Example",
            DETAIL,
            "json",
            detail.lines().map(plain_line),
        ));
        if let Some(making) = making {
            lines.extend(shown(
                "# In a test",
                "",
                "",
                making.lines().map(str::to_owned),
            ));
        }
    }
    lines
}

const DETAIL: &str = "All fields, with values that evidence shows, where it shows any:";

/// A heading, a sentence and a block of code.
fn shown(
    heading: &str,
    says: &str,
    language: &str,
    code: impl Iterator<Item = String>,
) -> Vec<String> {
    let mut lines = ["", heading, ""].map(str::to_owned).to_vec();
    if !says.is_empty() {
        lines.extend([says, ""].map(str::to_owned));
    }
    lines.push(format!("```{language}"));
    lines.extend(code);
    lines.push("```".to_owned());
    lines
}

/// A line of JSON that ends no code block and turns no text around.
fn plain_line(line: &str) -> String {
    doc::plain(line).replace("```", "` ` `")
}

/// When an event is sent, and which it is, where its detail is one of many.
pub(super) fn variant(event: &EventType) -> Vec<String> {
    let (detail_type, source) = (code(&event.detail_type), code(&event.source));
    paragraphs([
        described(&event.description),
        Some(format!("{detail_type} from {source}.")),
    ])
}

/// What a definition means, and where it is used.
pub(super) fn definition(definition: &Definition) -> Vec<String> {
    let paths: Vec<String> = definition.paths.iter().map(|path| code(path)).collect();
    let text = if paths.is_empty() {
        code(&definition.name)
    } else {
        standing(definition, "At ", "One of them, at ").to_owned() + &paths.join(", ")
    };
    let unknown = match &definition.body {
        Body::Values(values) if values.is_empty() => " No value is documented yet.",
        _ => "",
    };
    let text = format!("{text}.{unknown}");
    paragraphs([described(&definition.description), Some(text)])
}

/// What a field means, what it holds, and when it is there.
pub(super) fn field(event: &EventType, field: &Field) -> Vec<String> {
    let known = known(event, &field.ty);
    let example = match &field.example {
        Some(example) if known.is_none() => Some(format!("For example {}.", code(example))),
        _ => None,
    };
    let facts = [
        known,
        example,
        forms(&field.ty),
        field.condition.as_ref().map(condition),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = Some(facts.join("\n")).filter(|facts| !facts.is_empty());
    let means = described(&field.description);
    let means = means.unwrap_or_else(|| format!("{}.", code(&field.path)));
    paragraphs([Some(means), facts])
}

/// What a method of a pattern's builder asks of.
pub(super) fn method(field: &Field) -> Vec<String> {
    let (means, key) = (described(&field.description), code(&field.key));
    let says = match means {
        Some(means) => format!("{key}: {means}"),
        None => format!("{key}."),
    };
    paragraphs([Some(says)])
}

/// How a known value is spelled.
pub(super) fn value(value: &KnownValue) -> Vec<String> {
    let spelling = match value.value.as_str() {
        "" => "The empty string.".to_owned(),
        value => code(value),
    };
    vec![spelling]
}

/// So many known values are told; the enum has all of them.
const VALUES: usize = 8;

/// The known values of the strings in a type.
fn known(event: &EventType, ty: &Type) -> Option<String> {
    let name = match ty {
        Type::List(item) | Type::Map(item) => return known(event, item),
        Type::Named(name) => name,
        _ => return None,
    };
    let Some(Body::Values(values)) = event.definition(name).map(|definition| &definition.body)
    else {
        return None;
    };
    let told = values.iter().take(VALUES).map(|known| code(&known.value));
    let more = values.len().saturating_sub(VALUES);
    let more = (more > 0).then(|| format!("and {more} more"));
    let told: Vec<String> = told.chain(more).collect();
    Some(format!("Known values: {}.", told.join(", "))).filter(|_| !values.is_empty())
}

/// The wire forms of the instants in a type.
fn forms(ty: &Type) -> Option<String> {
    match ty {
        Type::Timestamp(forms) if !forms.is_empty() => {
            let forms: Vec<&str> = forms.iter().map(form).collect();
            Some(format!("On the wire: {}.", forms.join(", ")))
        }
        Type::List(item) | Type::Map(item) => forms(item),
        _ => None,
    }
}

fn form(form: &WireForm) -> &'static str {
    match form {
        WireForm::IntegerMillis => "integer milliseconds",
        WireForm::FloatMillis => "float milliseconds",
        WireForm::StringMillis => "a string of milliseconds",
        WireForm::IntegerSeconds => "integer seconds",
        WireForm::FloatSeconds => "float seconds",
        WireForm::StringSeconds => "a string of seconds",
        WireForm::Rfc3339 => "RFC 3339",
    }
}

/// Lines with an empty one between paragraphs.
fn paragraphs<const N: usize>(paragraphs: [Option<String>; N]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs.into_iter().flatten() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph.split('\n').flat_map(|line| wrap(line, WIDTH)));
    }
    lines
}

/// So wide is text where it stands furthest in: a line of source has 100 columns.
const WIDTH: usize = 84;

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::Condition;

    #[test]
    fn a_field_says_what_it_means_what_it_holds_and_when() {
        let event = EventType {
            source: String::new(),
            detail_type: String::new(),
            name: String::new(),
            description: None,
            documentation: None,
            detail: vec![],
            definitions: vec![].into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        let text = field(
            &event,
            &Field {
                key: "FailureReason".to_owned(),
                path: "Steps[].FailureReason".to_owned(),
                description: Some("Why it failed, in words that people read: the first line of what went wrong, or else all of it.".to_owned()),
                ty: Type::List(Box::new(Type::Timestamp(vec![
                    WireForm::IntegerMillis,
                    WireForm::Rfc3339,
                ]))),
                required: false,
                example: Some("\"a `b`\"".to_owned()),
                condition: Some(Condition {
                    when: "Status".to_owned(),
                    is: ["Failed".to_owned()].into(),
                }),
                evidence: Vec::new(),
                claims: Vec::new(),
            },
        );
        assert_eq!(
            text,
            [
                "Why it failed, in words that people read: the first line of what went wrong, or else",
                "all of it.",
                "",
                "For example `` \"a `b`\" ``.",
                "On the wire: integer milliseconds, RFC 3339.",
                "Present when `Status` is `Failed`.",
            ]
        );
    }

    #[test]
    fn odd_text_stays_on_its_line() {
        assert_eq!(code("a\nb\u{202e}"), "`a\\nb\\u{202e}`");
        assert_eq!(code(""), "`  `");
        assert_eq!(plain("[x]*"), "\\[x\\]\\*");
    }
}
