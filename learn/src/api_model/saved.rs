//! The extract of an API model comes in, a file for `samples/` goes out, and back.

use super::{ApiModel, ApiShape, Use};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::Origin;
use serde::Deserialize;
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
        let shapes = shapes.map(|(name, shape)| (name.clone(), shape.to_node()));
        json::write(&Node::object([
            ("kind", Node::string(Origin::Api.name())),
            ("service", Node::string(&self.service)),
            ("version", Node::string(&self.version)),
            ("revision", Node::string(&self.revision)),
            ("shapes", Node::object(shapes)),
        ]))
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

impl ApiShape {
    fn to_node(&self) -> Node {
        match self {
            ApiShape::Structure(members) => {
                let members = members
                    .iter()
                    .map(|(key, member)| Node::array([Node::string(key), member.to_node()]));
                Node::object([("structure", Node::array(members))])
            }
            ApiShape::List(items) => Node::object([("list", items.to_node())]),
            ApiShape::Map(values) => Node::object([("map", values.to_node())]),
            ApiShape::Values(values) => {
                Node::object([("values", Node::array(values.iter().map(Node::string)))])
            }
        }
    }
}

impl Use {
    fn to_node(&self) -> Node {
        let scalar = SCALARS.iter().find(|(_, scalar)| scalar == self);
        match (scalar, self) {
            (Some((name, _)), _) => Node::string(*name),
            (None, Use::Shape(name)) => Node::string(format!("#{name}")),
            (None, _) => Node::string("string"),
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedModel {
    #[serde(rename = "kind")]
    _kind: String,
    service: String,
    version: String,
    revision: String,
    shapes: BTreeMap<String, SavedShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedShape {
    /// Pairs, since their order counts.
    Structure(Vec<(String, String)>),
    List(String),
    Map(String),
    Values(Vec<String>),
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
