//! All that is kept of what was read, by event source: pages, shapes, and the models of APIs.

pub mod history;
pub mod page;
mod prose;
mod runs;
pub(crate) mod saved;
pub mod shapes;

use super::api_model::ApiModel;
use super::texts::SourceTexts;
use page::PageEvidence;
use shapes::ShapeEvidence;
use std::collections::BTreeMap;

/// Evidence by source.
pub(crate) type BySource = BTreeMap<String, SourceEvidence>;

/// All evidence of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceEvidence {
    /// Pages by file name.
    pub pages: BTreeMap<String, PageEvidence>,
    /// Deliveries and documents by name.
    pub shapes: BTreeMap<String, ShapeEvidence>,
    /// The models of APIs by service, or the extracts of them that are kept.
    pub apis: BTreeMap<String, ApiModel>,
    /// What was taken of what pages and the models say in words.
    pub(crate) texts: SourceTexts,
}

impl SourceEvidence {
    /// Keeps a page, in the place of what it said before.
    pub fn keep_page(&mut self, page: PageEvidence) {
        self.pages.insert(page.page.clone(), page);
    }

    /// Keeps shapes: deliveries add up, a document takes the place of what it said before.
    pub fn keep_shapes(&mut self, shapes: ShapeEvidence) {
        match self.shapes.get_mut(&shapes.name) {
            Some(known) if shapes.revision.is_none() => known.join(shapes),
            _ => drop(self.shapes.insert(shapes.name.clone(), shapes)),
        }
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.shapes.is_empty() && self.apis.is_empty()
    }
}

impl FromIterator<PageEvidence> for SourceEvidence {
    fn from_iter<T: IntoIterator<Item = PageEvidence>>(pages: T) -> Self {
        let mut evidence = SourceEvidence::default();
        pages.into_iter().for_each(|page| evidence.keep_page(page));
        evidence
    }
}
