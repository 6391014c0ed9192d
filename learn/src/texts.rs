//! What pages and API models say in words of the fields of events comes in, where somebody asked for it; it is kept in
//! `samples/` and goes out field by field. It is no evidence: a page that says the same in other words changes nothing
//! until it is asked again.

pub(crate) mod model;
pub(crate) mod page;
pub(crate) mod saved;
mod sentence;

use super::api_model::ApiModel;
use super::shape::Shape;
use eventbridge_catalog::model::Origin;
use std::collections::BTreeMap;

/// What is said of the fields of events: by detail-type, then by path.
pub(crate) type EventTexts = BTreeMap<String, BTreeMap<String, String>>;

/// What one page or one API model says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Texts {
    /// A page, by its file name.
    Page(PageTexts),
    /// A model, by its service.
    Model(ModelTexts),
}

/// What a page says of events, by their sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageTexts {
    /// The page's file name.
    pub(crate) page: String,
    pub(crate) sources: BTreeMap<String, EventTexts>,
}

/// What the model of a service's API says of the members of structures: `DescribeKilnOutput.KilnName`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelTexts {
    /// The service's id in the model.
    pub(crate) service: String,
    pub(crate) members: BTreeMap<String, String>,
}

/// What was taken for the events of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceTexts {
    /// By page.
    pub(crate) pages: BTreeMap<String, EventTexts>,
    /// By structure and member of the API.
    pub(crate) members: BTreeMap<String, String>,
}

impl SourceTexts {
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.members.is_empty()
    }

    /// Keeps what is said of the members that are kept of the model.
    pub(crate) fn keep_members(&mut self, models: &[ApiModel]) {
        let is_kept = |name: &String| {
            let (structure, member) = name.split_once('.')?;
            let mut members = models.iter().filter_map(|model| model.members(structure));
            members.find(|members| members.iter().any(|(key, _)| key == member))
        };
        self.members.retain(|name, _| is_kept(name).is_some());
    }

    /// Keeps what is said by pages that are evidence.
    pub(crate) fn keep_pages<P>(&mut self, pages: &BTreeMap<String, P>) {
        self.pages.retain(|page, _| pages.contains_key(page));
    }

    /// What is said of a field that has these paths: by the first page that does, else by the API, whose members its
    /// evidence names.
    pub(crate) fn of_field(
        &self,
        detail_type: &str,
        paths: &[String],
        shape: &Shape,
    ) -> Option<&str> {
        let mut pages = self
            .pages
            .values()
            .filter_map(|texts| texts.get(detail_type));
        let by_page = pages.find_map(|texts| paths.iter().find_map(|path| texts.get(path)));
        let by_api = || {
            let sites = shape.seen.iter();
            let mut sites = sites
                .filter(|((origin, _), _)| *origin == Origin::Api)
                .flat_map(|(_, seen)| seen);
            sites.find_map(|seen| self.members.get(&seen.site.name))
        };
        by_page.or_else(by_api).map(String::as_str)
    }
}
