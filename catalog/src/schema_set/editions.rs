//! The evidence that a set keeps comes in; the pages whose editions have dates go out: what each edition was the first to
//! say, and what only older ones say.

use super::samples::evidence_files;
use crate::diagnostic::Diagnostic;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands of each detail-type at each path of its detail; the event itself at the empty path.
type Said<T> = BTreeMap<String, BTreeMap<String, T>>;

/// A page whose newest edition has a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedPage {
    /// The event source that it is evidence of.
    pub source: String,
    /// The page's file name, as evidence names it.
    pub name: String,
    /// The dates of all editions, the oldest first: `2020-08`.
    pub editions: Vec<String>,
    first: Said<String>,
    former: Vec<Former>,
}

/// What an edition says that no newer one does.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
struct Former {
    date: Option<String>,
    #[serde(default)]
    says: Said<Vec<String>>,
}

/// What of a page's file is read.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    page: String,
    date: Option<String>,
    #[serde(default)]
    editions: Vec<Edition>,
    #[serde(default)]
    first: Said<String>,
    #[serde(default)]
    former: Vec<Former>,
}

#[derive(Deserialize)]
struct Edition {
    date: Option<String>,
}

impl DatedPage {
    fn of(source: &str, file: File) -> Option<DatedPage> {
        let newest = file.date?;
        let dates = file.editions.into_iter().filter_map(|it| it.date);
        let mut editions: Vec<String> = dates.chain([newest]).collect();
        editions.sort_unstable();
        editions.dedup();
        Some(DatedPage {
            source: source.to_owned(),
            name: file.page,
            editions,
            first: file.first,
            former: file.former,
        })
    }

    /// The date of the newest edition.
    pub fn newest(&self) -> &str {
        self.editions.last().map_or("", String::as_str)
    }

    /// The date of the edition that was the first to name an event that the page names.
    pub fn first(&self, detail_type: &str) -> &str {
        let said = self.first.get(detail_type).and_then(|of| of.get(""));
        let oldest = self.editions.first();
        said.or(oldest).map_or("", String::as_str)
    }

    /// The paths that an edition was the first to name, of an event that older ones named already.
    pub fn added(&self, detail_type: &str, date: &str) -> Vec<&str> {
        let of_event = self.first.get(detail_type).into_iter().flatten();
        let added = of_event.filter(|(path, first)| !path.is_empty() && *first == date);
        added.map(|(path, _)| path.as_str()).collect()
    }

    /// What an edition was the last to say of an event: paths, each with what stood there.
    pub fn dropped(&self, detail_type: &str, date: &str) -> Vec<(&str, &[String])> {
        let of_date = |former: &&Former| former.date.as_deref() == Some(date);
        let former = self.former.iter().filter(of_date);
        let says = former.filter_map(|former| former.says.get(detail_type));
        let facts = says.flatten().map(|(path, says)| (&**path, &**says));
        facts.collect()
    }
}

/// The pages of a set whose editions have dates, by source and file.
///
/// # Errors
///
/// A file of evidence that cannot be read.
pub fn dated_pages(schemas: &Path) -> Result<Vec<DatedPage>, Diagnostic> {
    let mut pages = Vec::new();
    evidence_files(schemas, |source, file: File| {
        pages.extend(DatedPage::of(source, file));
    })?;
    Ok(pages)
}
