//! The text of a file of evidence comes in; what kind of evidence it is, and what it says, goes out.
//!
//! Pages begin with `page` and `format`, all others with their `kind`. A file is read once, by the beginning that
//! its writer gave it; only where somebody has put it in another order is it looked through before.

use super::page::PageEvidence;
use super::shapes::{DELIVERIES, ShapeEvidence};
use crate::api_model::ApiModel;
use crate::texts::{self, SourceTexts};
use eventbridge_catalog::model::Origin;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What a file of evidence says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SavedEvidence {
    /// A documentation page.
    Page(PageEvidence),
    /// Deliveries, or a registry document.
    Shapes(ShapeEvidence),
    /// The extract of an API model.
    ApiModel(ApiModel),
    /// What was taken of what pages and the model say in words.
    Texts(SourceTexts),
}

impl SavedEvidence {
    /// Reads a file. None: it is JSON of somebody's own. What is no JSON may be evidence that was damaged.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column where they are known.
    pub(crate) fn read(path: &str, text: &str) -> Result<Option<Self>, serde_json::Error> {
        Ok(Some(match SavedKind::of(text) {
            Some(SavedKind::ApiModel) => Self::ApiModel(ApiModel::restore(path, text)?),
            Some(SavedKind::Shapes) => Self::Shapes(ShapeEvidence::read(text)?),
            Some(SavedKind::Page) => Self::Page(PageEvidence::read(text)?),
            Some(SavedKind::Texts) => Self::Texts(SourceTexts::read(text)?),
            None if serde_json::from_str::<IgnoredAny>(text).is_ok() => return Ok(None),
            None => Self::Page(PageEvidence::read(text)?),
        }))
    }
}

/// Whether a text is evidence that was kept or saved. One that is broken further down is known by how it begins.
pub(crate) fn is_evidence(text: &str) -> bool {
    SavedKind::of(text).is_some()
}

/// Whether a text begins as the shapes of deliveries do that were saved, however it goes on.
pub fn is_saved_deliveries(text: &str) -> bool {
    let kind = Origin::Delivery.name();
    head(text).starts_with(&format!("{{\"kind\":\"{kind}\",\"name\":\"{DELIVERIES}\","))
}

/// The kinds of evidence that is kept.
#[derive(Clone, Copy)]
enum SavedKind {
    Page,
    Shapes,
    ApiModel,
    Texts,
}

/// What evidence that is no page calls itself.
fn kinds() -> [(&'static str, SavedKind); 4] {
    [
        (Origin::Api.name(), SavedKind::ApiModel),
        (Origin::Delivery.name(), SavedKind::Shapes),
        (Origin::Registry.name(), SavedKind::Shapes),
        (texts::saved::KIND, SavedKind::Texts),
    ]
}

/// What tells evidence from other JSON, in whatever order it stands.
#[derive(Deserialize)]
struct Head {
    kind: Option<String>,
    page: Option<String>,
    format: Option<String>,
}

impl SavedKind {
    fn of(text: &str) -> Option<SavedKind> {
        let head = head(text);
        let begins =
            |(name, _): &(&str, SavedKind)| head.starts_with(&format!("{{\"kind\":\"{name}\""));
        if let Some((_, kind)) = kinds().into_iter().find(begins) {
            return Some(kind);
        }
        if head.starts_with("{\"page\":\"") && head.contains("\",\"format\":\"") {
            return Some(SavedKind::Page);
        }
        let named: Head = serde_json::from_str(text).ok()?;
        match named.kind {
            Some(name) => {
                let mut kinds = kinds().into_iter();
                let found = kinds.find(|(known, _)| *known == name);
                found.map(|(_, kind)| kind)
            }
            None => (named.page.is_some() && named.format.is_some()).then_some(SavedKind::Page),
        }
    }
}

/// The beginning of a text, without white space.
fn head(text: &str) -> String {
    let solid = text.chars().filter(|c| !c.is_whitespace());
    solid.take(HEAD).collect()
}

/// How many characters tell what a file is. A page's name is one of them.
const HEAD: usize = 4096;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<&'static str> {
        let read = SavedEvidence::read("samples/kiln.json", text).unwrap();
        read.map(|evidence| match evidence {
            SavedEvidence::Page(_) => "page",
            SavedEvidence::Shapes(_) => "shapes",
            SavedEvidence::ApiModel(_) => "model",
            SavedEvidence::Texts(_) => "texts",
        })
    }

    #[test]
    fn evidence_is_read_in_whatever_order_it_stands() {
        let page = r#""events": [], "patterns": [], "values": [], "fields": [], "revision": "r""#;
        for (text, known) in [
            (format!(r#"{{"page": "kiln.md", "format": "markdown", {page}}}"#), "page"),
            (format!(r#"{{{page}, "format": "markdown", "page": "kiln.md"}}"#), "page"),
            (r#"{"kind": "delivery", "name": "deliveries", "shapes": {}}"#.to_owned(), "shapes"),
            (r#"{"shapes": {}, "name": "my.kiln@Lit", "kind": "registry"}"#.to_owned(), "shapes"),
            (
                r#"{"shapes": {}, "service": "kiln", "version": "1", "revision": "r", "kind": "api"}"#.to_owned(),
                "model",
            ),
        ] {
            assert_eq!(kind(&text), Some(known), "{text}");
        }
    }

    #[test]
    fn json_of_somebody_s_own_is_none_and_what_is_cut_off_is_an_error() {
        for text in ["{}", "[7]", r#"{"kind": "kiln"}"#, r#"{"page": 3}"#] {
            assert_eq!(kind(text), None, "{text}");
        }
        for text in [
            "",
            "{",
            r#"{"kind": "delivery", "name"#,
            r#"{"page": "kiln.md", "format": "#,
        ] {
            assert!(
                SavedEvidence::read("samples/kiln.json", text).is_err(),
                "{text}"
            );
        }
    }
}
