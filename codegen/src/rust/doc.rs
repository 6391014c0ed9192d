//! What the model knows about an event, a field or a value comes in, doc comments that rustdoc reads as
//! meant go out.

use super::super::doc::{self, condition};
pub(super) use super::super::doc::{code, unmarked as plain};
use super::sample;
use eventbridge_catalog::json;
use eventbridge_catalog::model::{
    Body, Definition, EventType, Evidence, Field, KnownValue, Type, WireForm,
};

/// What an event is, where it is documented, a detail with all fields, and a program that makes one. Linked,
/// it leads to the crate's first page.
pub(super) fn module(event: &EventType, linked: bool, making: Option<String>) -> Vec<String> {
    let mut lines = self::event(event, linked);
    if !event.detail.is_empty() {
        let detail = json::write(&sample::detail(event));
        lines.extend(shown(DETAIL, "json", detail.lines().map(plain_line)));
    }
    if let Some(making) = making {
        lines.extend(shown(MAKING, "", making.lines().map(str::to_owned)));
    }
    lines
}

const DETAIL: &str =
    "A detail with all its fields. Values are those that evidence shows, where it shows any:";

const MAKING: &str = "To make one in a test:";

/// A sentence and a block of code.
fn shown(says: &str, language: &str, code: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines = ["", says, ""].map(str::to_owned).to_vec();
    lines.push(format!("```{language}"));
    lines.extend(code);
    lines.push("```".to_owned());
    lines
}

/// A line of JSON that ends no code block and turns no text around.
fn plain_line(line: &str) -> String {
    doc::plain(line).replace("```", "` ` `")
}

/// What an event is and where it is documented.
fn event(event: &EventType, linked: bool) -> Vec<String> {
    let summary = format!(
        "{}, an event of {}.",
        code(&event.detail_type),
        code(&event.source)
    );
    let link = if linked {
        " See [how to read this](crate#evidence)."
    } else {
        ""
    };
    let documented = evidence("Documented at", &event.evidence);
    paragraphs([Some(summary), documented.map(|places| places + link)])
}

/// What the detail of an event is.
pub(super) fn detail(event: &EventType) -> Vec<String> {
    let summary = format!("The detail of {}.", code(&event.detail_type));
    let open = event.detail.is_empty().then(|| {
        "It is documented by name alone: all of its fields are in [`extra`](Self::extra)."
            .to_owned()
    });
    paragraphs([Some(summary), open])
}

/// Where a definition is used.
pub(super) fn definition(definition: &Definition) -> Vec<String> {
    let paths: Vec<String> = definition.paths.iter().map(|path| code(path)).collect();
    let text = if paths.is_empty() {
        code(&definition.name)
    } else {
        paths.join(", ")
    };
    paragraphs([Some(format!("{text}."))])
}

/// What a field holds, when, and where that is documented.
pub(super) fn field(event: &EventType, field: &Field) -> Vec<String> {
    let known = known(event, &field.ty);
    let summary = match &field.example {
        Some(example) if known.is_none() => {
            format!("{}, for example {}.", code(&field.path), code(example))
        }
        _ => format!("{}.", code(&field.path)),
    };
    let facts = [
        known,
        field.condition.as_ref().map(condition),
        forms(&field.ty),
        evidence("Evidence:", &field.evidence),
    ];
    let facts = facts
        .into_iter()
        .flatten()
        .collect::<Vec<String>>()
        .join("\n");
    paragraphs([Some(summary), Some(facts).filter(|facts| !facts.is_empty())])
}

/// How a known value is spelled and where it is documented.
pub(super) fn value(value: &KnownValue) -> Vec<String> {
    let spelling = match value.value.as_str() {
        "" => "The empty string.".to_owned(),
        value => format!("{}.", code(value)),
    };
    let evidence = evidence(" Evidence:", &value.evidence).unwrap_or_default();
    vec![spelling + &evidence]
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
            Some(format!("Wire forms seen: {}.", forms.join(", ")))
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

/// `Evidence: id-2025.txt:31, 44, en-2026-07.md:822.`
fn evidence(label: &str, evidence: &[Evidence]) -> Option<String> {
    doc::places(evidence).map(|places| format!("{label} {}.", plain(&places)))
}

/// Lines with an empty one between paragraphs.
fn paragraphs<const N: usize>(paragraphs: [Option<String>; N]) -> Vec<String> {
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    paragraphs
        .join("\n\n")
        .split('\n')
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::Condition;

    fn places(lines: &[(&str, usize)]) -> Vec<Evidence> {
        lines
            .iter()
            .map(|(page, line)| Evidence::page(*page, *line))
            .collect()
    }

    #[test]
    fn a_field_says_what_when_and_where() {
        let event = EventType {
            source: String::new(),
            detail_type: String::new(),
            name: String::new(),
            detail: vec![],
            definitions: vec![].into(),
            evidence: vec![],
        };
        let text = field(
            &event,
            &Field {
                key: "FailureReason".to_owned(),
                path: "Steps[].FailureReason".to_owned(),
                ty: Type::List(Box::new(Type::Timestamp(vec![
                    WireForm::IntegerMillis,
                    WireForm::Rfc3339,
                ]))),
                required: false,
                example: Some("\"a `b`\"".to_owned()),
                condition: Some(Condition {
                    when: "Status".to_owned(),
                    is: "Failed".to_owned(),
                }),
                evidence: places(&[("a.md", 1), ("a.md", 7), ("b<c>.txt", 2)]),
                claims: Vec::new(),
            },
        );
        assert_eq!(
            text,
            [
                "`Steps[].FailureReason`, for example `` \"a `b`\" ``.",
                "",
                "Present when `Status` is `Failed`.",
                "Wire forms seen: integer milliseconds, RFC 3339.",
                "Evidence: a.md:1, 7, b\\<c\\>.txt:2."
            ]
        );
    }

    #[test]
    fn much_evidence_is_counted() {
        let all = places(&[("a", 1), ("a", 2), ("b", 3), ("a", 4), ("a", 5), ("a", 6)]);
        assert_eq!(
            evidence("Evidence:", &all).unwrap(),
            "Evidence: a:1, 2, b:3, a:4, and 2 more."
        );
        assert_eq!(evidence("Evidence:", &[]), None);
    }

    #[test]
    fn odd_text_stays_on_its_line() {
        assert_eq!(code("a\nb\u{202e}"), "`a\\nb\\u{202e}`");
        assert_eq!(code(""), "`  `");
        assert_eq!(plain("[x]*"), "\\[x\\]\\*");
    }
}
