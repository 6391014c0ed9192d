//! `pages.json` of a set comes in; the pages that it tracks go out, and the editions that they have now.

use super::fetch::{self, Answer, Limits, Validators};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::schema_set::read_if_there;
use eventbridge_catalog::text::Place;
use eventbridge_learn::{PageReport, held_page, reading};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The file of a set that names the pages to track.
pub(crate) const PAGES: &str = "pages.json";

/// The file of a set that keeps what servers said of the pages, so that what has not changed is not sent again.
pub(crate) const FETCHED: &str = "pages-fetched.json";

/// What `pages.json` says.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pages {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    /// The pages to track.
    pages: Vec<TrackedPage>,
}

/// A page that is tracked.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackedPage {
    /// The name by which the set knows the page.
    pub(super) page: String,
    /// Where its Markdown edition is; no answer of another host is taken.
    pub(super) url: String,
    /// The language that it must be written in, as ISO 639-3 calls it: `eng`.
    #[serde(default = "english")]
    language: String,
}

fn english() -> String {
    "eng".to_owned()
}

/// An edition of a page, as it was read.
pub(super) struct Edition {
    pub(super) reading: PageReport,
    /// What the server says to know it again.
    pub(super) validators: Option<Validators>,
}

/// What the server said of each page.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Fetched {
    #[serde(rename = "$comment", default)]
    comment: String,
    #[serde(default)]
    pages: BTreeMap<String, Validators>,
}

const STAMP: &str =
    "Kept by `cargo codegen track`: what servers said of the pages that were learned.";

impl Fetched {
    pub(super) fn read(schemas: &Path) -> Fetched {
        let text = std::fs::read_to_string(schemas.join(FETCHED)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The file's text with what is said of these editions; none where there is nothing to keep.
    pub(super) fn with(mut self, editions: &[Edition]) -> Option<String> {
        for edition in editions {
            let page = edition.reading.page.clone();
            match edition.validators.clone().filter(|it| !it.is_empty()) {
                Some(validators) => drop(self.pages.insert(page, validators)),
                None => drop(self.pages.remove(&page)),
            }
        }
        self.comment = STAMP.to_owned();
        let text = serde_json::to_string_pretty(&self).ok()?;
        (!self.pages.is_empty()).then(|| text + "\n")
    }
}

impl Pages {
    pub(super) fn read(schemas: &Path) -> Result<Pages, Diagnostic> {
        let file = schemas.join(PAGES);
        let Some(text) = read_if_there(&file)? else {
            let problem = Diagnostic::error(
                shown(&file),
                "there is no such file, and so no page is tracked",
            );
            let help = "name the pages: { \"pages\": [{ \"page\": \"kilns.md\", \"url\": \"https://docs.example.com/kilns.md\" }] }";
            return Err(problem.help(help));
        };
        serde_json::from_str(&text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Diagnostic::error(shown(&file), error.to_string()).at(place)
        })
    }

    /// All pages, or the one of a name.
    pub(super) fn named(&self, name: Option<&str>) -> Result<Vec<TrackedPage>, Diagnostic> {
        let is_it = |page: &&TrackedPage| name.is_none_or(|name| page.page == name);
        let found: Vec<TrackedPage> = self.pages.iter().filter(is_it).cloned().collect();
        match (found.is_empty(), name) {
            (false, _) => Ok(found),
            (true, name) => {
                let message = format!("{} is not tracked", name.unwrap_or("no page"));
                Err(Diagnostic::error(PAGES, message).help("name it in pages.json"))
            }
        }
    }
}

/// An edition that somebody saved.
pub(super) fn from_file(page: &TrackedPage, file: &Path) -> Result<Edition, Diagnostic> {
    let bytes = std::fs::read(file).map_err(|error| Diagnostic::unreadable(shown(file), error))?;
    edition(page, &shown(file), bytes, None)
}

/// The edition that a server has now; none where it is the one that the set has.
pub(super) fn fetched(
    schemas: &Path,
    page: &TrackedPage,
    limits: &Limits,
) -> Result<Option<Edition>, Diagnostic> {
    let known = Fetched::read(schemas).pages.remove(&page.page);
    let known = known.filter(|known| {
        let held = held_page(schemas, &page.page);
        held.is_some_and(|held| held.revision == known.revision)
    });
    match fetch::fetch(&page.url, known.as_ref(), limits)? {
        Answer::NotModified => Ok(None),
        Answer::Page(bytes, validators) => {
            edition(page, &page.url, bytes, Some(validators)).map(Some)
        }
    }
}

fn edition(
    page: &TrackedPage,
    path: &str,
    bytes: Vec<u8>,
    validators: Option<Validators>,
) -> Result<Edition, Diagnostic> {
    let text = String::from_utf8(bytes).map_err(|_| {
        Diagnostic::error(path, "is no text in UTF-8").help("fetch its Markdown edition")
    })?;
    let reading = reading::read(path, &text)?.named(&page.page);
    if let Some(language) = &reading.language
        && *language != page.language
    {
        let message = format!(
            "is written in another language ({language}) than pages.json says ({})",
            page.language
        );
        return Err(Diagnostic::error(path, message)
            .help("name the edition in that language: /latest/…, not /zh_cn/…"));
    }
    let validators = validators.map(|it| Validators {
        revision: reading.revision.clone(),
        ..it
    });
    Ok(Edition {
        reading,
        validators,
    })
}

impl Edition {
    /// Says when it was what the page said: as the caller says, or today. Another edition of the same day is told from
    /// it by the time.
    pub(super) fn date(&mut self, schemas: &Path, said: Option<&str>) {
        let held = held_page(schemas, &self.reading.page);
        let is_held = held
            .as_ref()
            .is_some_and(|held| held.revision == self.reading.revision);
        let newest = held.and_then(|held| held.date);
        let date = match (said, newest) {
            (_, newest) if is_held => newest,
            (Some(date), _) => Some(date.to_owned()),
            (None, newest) => Some(today(newest.as_deref())),
        };
        if let Some(date) = date {
            self.reading = self.reading.clone().dated(&date);
        }
    }
}

fn today(newest: Option<&str>) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| it.as_secs());
    let (year, month, day) = civil(now / 86_400);
    let day = format!("{year:04}-{month:02}-{day:02}");
    match newest.is_some_and(|newest| newest >= day.as_str()) {
        true => format!(
            "{day}T{:02}:{:02}:{:02}Z",
            now / 3600 % 24,
            now / 60 % 60,
            now % 60
        ),
        false => day,
    }
}

/// The year, month and day of a number of days from 1970 on.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = era * 400 + year + u64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn days_are_told() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (18_321, (2020, 2, 29)),
            (20_786, (2026, 11, 29)),
        ] {
            assert_eq!(civil(days), date);
        }
        assert!(today(Some("9999-01-01")).ends_with('Z'));
        assert_eq!(today(None).len(), 10);
    }

    #[test]
    fn the_description_of_the_file_is_what_is_read() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Pages)).unwrap() + "\n";
        let file = format!("{}/formats/pages.schema.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &schema).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&file).unwrap_or_default(),
            schema,
            "{file}"
        );
    }
}
