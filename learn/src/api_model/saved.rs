//! The extract of an API model comes in, a file for `samples/` goes out, and back.

use super::{ApiModel, ApiShape, Use};
use eventbridge_catalog::json;
use eventbridge_catalog::model::Origin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The scalars, as the file spells them; other names are marked with `#`.
const SCALARS: [(&str, Use); 5] = [
    ("boolean", Use::Boolean),
    ("integer", Use::Integer),
    ("number", Use::Number),
    ("string", Use::Text),
    ("instant", Use::Instant),
];

impl ApiModel {
    /// The file's text.
    pub fn write(&self) -> String {
        let shapes = self.shapes.iter();
        json::write(&json::of(&SavedModel {
            kind: Origin::Api,
            service: self.service.clone(),
            version: self.version.clone(),
            revision: self.revision.clone(),
            shapes: shapes
                .map(|(name, shape)| (name.clone(), SavedShape::from(shape)))
                .collect(),
        }))
    }

    /// Reads a file back.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column where they are known.
    pub fn restore(path: &str, text: &str) -> Result<ApiModel, serde_json::Error> {
        let file: SavedModel = serde_json::from_str(text)?;
        let mut shapes = BTreeMap::new();
        for (name, saved) in file.shapes {
            let shape = saved
                .restore()
                .map_err(|odd| serde::de::Error::custom(format!("`{odd}` is not a type")))?;
            shapes.insert(name, shape);
        }
        Ok(ApiModel {
            path: path.to_owned(),
            service: file.service,
            version: file.version,
            revision: file.revision,
            shapes,
        })
    }
}

impl Use {
    /// As the file spells it.
    fn save(&self) -> String {
        let scalar = SCALARS.iter().find(|(_, scalar)| scalar == self);
        match (scalar, self) {
            (Some((name, _)), _) => (*name).to_owned(),
            (None, Use::Shape(name)) => format!("#{name}"),
            (None, _) => "string".to_owned(),
        }
    }

    fn restore(text: String) -> Result<Use, String> {
        if let Some(name) = text.strip_prefix('#') {
            return Ok(Use::Shape(name.to_owned()));
        }
        let scalar = SCALARS.iter().find(|(name, _)| *name == text);
        scalar.map(|(_, scalar)| scalar.clone()).ok_or(text)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedModel {
    kind: Origin,
    service: String,
    version: String,
    revision: String,
    shapes: BTreeMap<String, SavedShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedShape {
    /// Pairs, since their order counts.
    Structure(Vec<(String, String)>),
    List(String),
    Map(String),
    Values(Vec<String>),
}

impl From<&ApiShape> for SavedShape {
    fn from(shape: &ApiShape) -> Self {
        match shape {
            ApiShape::Structure(members) => {
                let members = members.iter();
                let saved = members.map(|(key, member)| (key.clone(), member.save()));
                SavedShape::Structure(saved.collect())
            }
            ApiShape::List(items) => SavedShape::List(items.save()),
            ApiShape::Map(values) => SavedShape::Map(values.save()),
            ApiShape::Values(values) => SavedShape::Values(values.clone()),
        }
    }
}

impl SavedShape {
    fn restore(self) -> Result<ApiShape, String> {
        Ok(match self {
            SavedShape::Structure(members) => ApiShape::Structure(
                members
                    .into_iter()
                    .map(|(key, member)| Ok((key, Use::restore(member)?)))
                    .collect::<Result<_, String>>()?,
            ),
            SavedShape::List(items) => ApiShape::List(Use::restore(items)?),
            SavedShape::Map(values) => ApiShape::Map(Use::restore(values)?),
            SavedShape::Values(values) => ApiShape::Values(values),
        })
    }
}
