//! What is kept of the editions that a page had: their dates, when each fact was documented first, and what the newest
//! edition no longer says. A part of the page's file in `samples/`, and back.
//!
//! Each fact stands with the edition that documented it last, and so what is kept does not depend on the order in which
//! editions are learned.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What tells an edition of a page from the others. One without a date is older than all that have one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// The day, or the month, or the instant when it was what the page said: `2026-07`, `2026-07-31`.
    pub date: Option<String>,
    /// `sha256:` of its bytes. Editions without a date are kept as one that has none.
    pub revision: String,
}

/// What an edition says of an event: paths in its detail, each with kinds and values, as evidence spells them. The empty
/// path is the event itself.
pub type EventFacts = BTreeMap<String, BTreeSet<String>>;

/// What an edition says, by detail-type.
pub type Facts = BTreeMap<String, EventFacts>;

/// What is said of an event itself.
pub const EVENT: &str = "event";

/// What is kept of the editions of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// All that have dates, the newest among them.
    pub editions: BTreeSet<Edition>,
    /// Of each edition but the newest, what no later one says.
    pub former: BTreeMap<Edition, Facts>,
    /// When events were documented first, where it was not in the first edition, and their fields, where it was not
    /// with the event.
    pub first: BTreeMap<String, BTreeMap<String, String>>,
}

impl History {
    /// Whether there was one edition only.
    pub fn is_empty(&self) -> bool {
        self.editions.is_empty() && self.former.is_empty()
    }

    /// Whether a former edition had this date.
    pub fn had(&self, date: &str, newest: Option<&str>) -> bool {
        let mut dates = self.editions.iter().filter_map(|it| it.date.as_deref());
        Some(date) != newest && dates.any(|known| known == date)
    }

    /// When a page was documented first.
    pub fn begin(&self) -> Option<&str> {
        self.editions.first()?.date.as_deref()
    }

    /// When a field was documented first, or the event itself.
    pub fn first(&self, detail_type: &str, path: &str) -> Option<&str> {
        let of_event = self.first.get(detail_type);
        let said = of_event.and_then(|of| of.get(path).or_else(|| of.get("")));
        said.map(String::as_str).or_else(|| self.begin())
    }

    /// As the page's file has those that have dates.
    pub(super) fn editions_of_file(&self) -> Vec<EditionFile> {
        let editions = self.editions.iter().cloned();
        let file = |Edition { date, revision }| EditionFile {
            date,
            revision: Some(revision),
            says: None,
        };
        editions.map(file).collect()
    }

    /// As the page's file has those that another has taken the place of.
    pub(super) fn former_of_file(&self) -> Vec<EditionFile> {
        let former = self.former.iter();
        let file = |(edition, says): (&Edition, &Facts)| EditionFile {
            date: edition.date.clone(),
            revision: edition.date.is_some().then(|| edition.revision.clone()),
            says: Some(says.clone()),
        };
        former.map(file).collect()
    }
}

/// An edition as a file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<Facts>,
}

/// What files say of editions.
pub(super) fn restore(
    editions: Vec<EditionFile>,
    former: Vec<EditionFile>,
    first: BTreeMap<String, BTreeMap<String, String>>,
) -> History {
    let edition = |file: EditionFile| Edition {
        date: file.date,
        revision: file.revision.unwrap_or_default(),
    };
    History {
        editions: editions.into_iter().map(edition).collect(),
        former: former
            .into_iter()
            .map(|mut file| {
                let says = file.says.take().unwrap_or_default();
                (edition(file), says)
            })
            .collect(),
        first,
    }
}
