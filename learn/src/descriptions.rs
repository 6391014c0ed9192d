//! `descriptions.json` of an event source comes in: what its events and their fields mean, as people say it. What
//! each event and each of its fields is said to mean goes out, and becomes the `description` of its schema. A
//! description of nothing is an error.

mod place;
mod stale;

use super::api_model::ApiModel;
use super::definitions::Definitions;
use super::texts::SourceTexts;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::path::{self, Step};
use place::FilePlaces;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the events of one source mean, `schemas/<source>/descriptions.json`. A description is one sentence, or a few;
/// backticks stand around what is code in it, and nothing else is markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescriptionsFile {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The address of the page that documents the events; an event may have its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documentation: Option<String>,
    /// What fields of all events mean, by how their paths end: `Tags`, `VpcConfig.Subnets`. Of several that fit a
    /// field the longest holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// What events mean, by detail-type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, DescribedEvent>,
}

/// What one event means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribedEvent {
    /// When it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of the page, or of the part of one, that documents it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documentation: Option<String>,
    /// What its fields mean, by their whole paths in the detail: `InputDataConfig[].ChannelName`. It goes before what
    /// is said of fields of all events.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// The longest description, in characters.
pub(super) const MAX_DESCRIPTION: usize = 500;

/// What a schema says that its event means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// When the event is sent.
    pub(super) event: Option<String>,
    /// Where it is documented.
    pub(super) documentation: Option<String>,
    /// What its fields mean, by the first of their paths.
    pub(super) fields: BTreeMap<String, String>,
}

/// The descriptions of a source while its schemas are made.
#[derive(Clone, Debug, Default)]
pub(super) struct Descriptions {
    file: DescriptionsFile,
    places: FilePlaces,
    /// Of fields of all events: the name as the file has it, by the path that it means.
    common: BTreeMap<String, String>,
    /// The most steps that one of those paths has.
    longest: usize,
    /// The names in `fields` that a schema follows, and those that fit a field at all.
    followed: BTreeSet<String>,
    fitting: BTreeSet<String>,
    /// What is wrong with what was said of single events.
    stale: Vec<Diagnostic>,
    /// The events that there are.
    events: BTreeSet<String>,
    /// How fields of all events are called.
    keys: BTreeSet<String>,
    /// How members of the API model are called that events mirror. What is said of one is no slip: the model may tell of
    /// a field until events show that they do not have it.
    members: BTreeSet<String>,
}

impl Descriptions {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub(super) fn read(path: &str, text: String) -> Result<Descriptions, Vec<Diagnostic>> {
        let (places, file) = FilePlaces::read(path, text)?;
        let mut common = BTreeMap::new();
        let mut longest = 0;
        for name in file.fields.keys() {
            let steps = path::steps(name).unwrap_or_default(); // what is no path was told
            longest = longest.max(steps.len());
            common.insert(path::text(&steps), name.clone());
        }
        Ok(Descriptions {
            file,
            places,
            common,
            longest,
            ..Descriptions::default()
        })
    }

    /// Notes how members of an API model are called.
    pub(super) fn note_members(&mut self, model: &ApiModel) {
        self.members.extend(model.member_names().map(str::to_owned));
    }

    /// What is said of an event whose detail has these parts. What people say goes before what was taken.
    pub(super) fn meaning(
        &mut self,
        detail_type: &str,
        definitions: &Definitions,
        texts: &SourceTexts,
    ) -> Meaning {
        self.events.insert(detail_type.to_owned());
        let own = self.file.events.get(detail_type).cloned();
        let own = own.unwrap_or_default();
        let mut unused = own_paths(&own);
        let mut fields = BTreeMap::new();
        for definition in &definitions.objects {
            for (key, field) in &definition.shape.fields {
                let paths = definition.paths.iter();
                let paths: Vec<String> = paths.map(|path| path::key(path, key)).collect();
                self.keys.insert(key.clone());
                let common = self.common(&paths);
                let own = paths.iter().find_map(|path| unused.remove(path));
                let own = own.map(|(_, said)| said);
                if let (None, Some(name)) = (own, &common) {
                    self.followed.insert(name.clone());
                }
                let said = own.or_else(|| Some(self.file.fields.get(common.as_ref()?)?.as_str()));
                let said = said.or_else(|| texts.of_field(detail_type, &paths, &field.shape));
                fields.extend(said.map(|said| (paths[0].clone(), said.to_owned())));
            }
        }
        let unused: Vec<&str> = unused.into_values().map(|(name, _)| name).collect();
        self.tell_stale(detail_type, unused, definitions);
        Meaning {
            event: own.description,
            documentation: own
                .documentation
                .or_else(|| self.file.documentation.clone()),
            fields,
        }
    }

    /// The name among those for all events that fits one of these paths best.
    fn common(&mut self, paths: &[String]) -> Option<String> {
        let mut best: Option<(usize, String)> = None;
        for path in paths {
            let steps = path::steps(path).unwrap_or_default();
            let first = steps.len().saturating_sub(self.longest);
            for start in first..steps.len() {
                if !matches!(steps[start], Step::Key(_)) {
                    continue;
                }
                if let Some(name) = self.common.get(&path::text(&steps[start..])) {
                    self.fitting.insert(name.clone());
                    let length = steps.len() - start;
                    if best.as_ref().is_none_or(|(most, _)| length > *most) {
                        best = Some((length, name.clone()));
                    }
                }
            }
        }
        best.map(|(_, name)| name)
    }
}

/// What is said of an event's fields, by their paths, each with its name in the file.
fn own_paths(own: &DescribedEvent) -> BTreeMap<String, (&str, &str)> {
    let said = own.fields.iter();
    let by_path = said.filter_map(|(name, said)| {
        let steps = path::steps(name)?;
        Some((path::text(&steps), (name.as_str(), said.as_str())))
    });
    by_path.collect()
}
