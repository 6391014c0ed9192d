//! `mirrors.json` of an event source comes in: which shapes of its API model the details of its events
//! mirror, as data. What it names and nobody knows becomes an error with its place.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::nearest::did_you_mean;
use eventbridge_catalog::text::{Lines, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What mirrors the API of one event source, `schemas/<source>/mirrors.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MirrorsFile {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The service's id in the metadata of its API model: `SageMaker`. It is meant where a mirror names no other.
    pub service: String,
    /// The details that mirror a shape.
    pub mirrors: Vec<Mirror>,
}

/// A detail that mirrors a shape of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// The detail-type.
    pub detail_type: String,
    /// The service whose API model has the shape, if it is another one: a source may have several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The structure that the detail mirrors: `DescribeTrainingJobResponse`. Keys are compared with its
    /// members without case.
    pub shape: String,
    /// Whether the shape stands for the whole detail, of which nothing else shows anything: its members are taken for
    /// fields. Where anything else shows a field, this says nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// What mirrors another member, by its path in the detail: a member of the structure, `StepStatus`,
    /// or of another one, `DescribeTrainingPlanResponse.Status`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl Mirror {
    /// The structure and the member that a field mirrors.
    pub fn target<'m>(&'m self, named: &'m str) -> (&'m str, &'m str) {
        named.split_once('.').unwrap_or((&self.shape, named))
    }
}

/// The mirrors of a source, and where they stand.
#[derive(Clone, Debug)]
pub struct Mirrors {
    /// What the file says.
    pub file: MirrorsFile,
    path: String,
    text: String,
    root: Node,
}

impl Mirrors {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub fn read(path: &str, text: String) -> Result<Mirrors, Diagnostic> {
        let file: MirrorsFile = serde_json::from_str(&text).map_err(|error| {
            let place = Place {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Diagnostic::error(path, error.to_string()).at(place)
        })?;
        let root = json::read_strict(&text).map_err(|error| {
            Diagnostic::error(path, error.message).at(Lines::new(&text).place(error.at))
        })?;
        let mirrors = Mirrors {
            file,
            path: path.to_owned(),
            text,
            root,
        };
        mirrors.refuse_doubles()
    }

    /// Two mirrors of one detail-type would contradict each other.
    fn refuse_doubles(self) -> Result<Mirrors, Diagnostic> {
        let mut seen = BTreeMap::new();
        for (index, mirror) in self.file.mirrors.iter().enumerate() {
            if let Some(first) = seen.insert(&mirror.detail_type, index) {
                let line = self.place(first, "detail_type", None).line;
                let message = format!(
                    "`{}` has a mirror in line {line} already",
                    mirror.detail_type
                );
                return Err(self.wrong(index, "detail_type", None, message));
            }
        }
        Ok(self)
    }

    /// The services whose API models are asked for.
    pub fn services(&self) -> BTreeSet<&str> {
        let own = self
            .file
            .mirrors
            .iter()
            .map(|mirror| self.service_of(mirror));
        own.chain([self.file.service.as_str()]).collect()
    }

    /// The service whose API model has the shape of a mirror.
    fn service_of<'m>(&'m self, mirror: &'m Mirror) -> &'m str {
        mirror.service.as_ref().unwrap_or(&self.file.service)
    }

    /// The mirrors of one service's API, each with its place among all.
    pub fn of_service<'m>(&'m self, service: &'m str) -> impl Iterator<Item = (usize, &'m Mirror)> {
        let all = self.file.mirrors.iter().enumerate();
        all.filter(move |(_, mirror)| self.service_of(mirror) == service)
    }

    /// `SageMaker (schemas/aws.sagemaker/mirrors.json:3:14)`: the services, and where the first is named.
    pub fn wanted(&self) -> String {
        let at = self.root.get("service").map_or(0, |node| node.span.start);
        let Place { line, column } = Lines::new(&self.text).place(at);
        let services: Vec<&str> = self.services().into_iter().collect();
        format!("{} ({}:{line}:{column})", services.join(", "), self.path)
    }

    /// An error at the service's name.
    pub fn wrong_service(&self, message: impl Into<String>) -> Diagnostic {
        let at = self.root.get("service").map_or(0, |node| node.span.start);
        Diagnostic::error(&self.path, message).at(Lines::new(&self.text).place(at))
    }

    /// An error at a key of a mirror, or at one of its fields.
    pub fn wrong(
        &self,
        index: usize,
        key: &str,
        field: Option<&str>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(&self.path, message).at(self.place(index, key, field))
    }

    /// An error about a name that is not among those known.
    pub fn unknown<'n>(
        &self,
        index: usize,
        key: &str,
        field: Option<&str>,
        (what, name): (&str, &str),
        known: impl Iterator<Item = &'n str>,
    ) -> Diagnostic {
        let found = self.wrong(index, key, field, format!("there is no {what} `{name}`"));
        match did_you_mean(name, known) {
            Some(help) => found.help(help),
            None => found,
        }
    }

    /// A warning that a mirror's shape gives more fields than are taken.
    pub fn too_much(&self, index: usize, most: usize) -> Diagnostic {
        let message = format!(
            "this shape gives `{}` more than {most} fields that nothing else shows: not all are taken",
            self.file.mirrors[index].detail_type
        );
        Diagnostic::warning(&self.path, message)
            .at(self.place(index, "shape", None))
            .help("show the event itself, or mirror a smaller shape")
    }

    fn place(&self, index: usize, key: &str, field: Option<&str>) -> Place {
        let mirror = self
            .root
            .get("mirrors")
            .and_then(|all| all.items().get(index));
        let node = mirror.and_then(|mirror| mirror.get(key));
        let member = node.zip(field).and_then(|(node, field)| {
            let mut members = node.members().iter();
            members.find(|member| member.key == field)
        });
        let at = match (member, node, mirror) {
            (Some(member), ..) => member.key_span.start,
            (None, Some(node), _) => node.span.start,
            (None, None, Some(mirror)) => mirror.span.start,
            (None, None, None) => 0,
        };
        Lines::new(&self.text).place(at)
    }
}
