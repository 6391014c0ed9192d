//! What evidence other than pages tells comes in: shapes of events by source and detail-type; a file for
//! `samples/` goes out, and back.

use crate::privacy::guard;
use crate::shape::{SavedShape, Shape};
use eventbridge_catalog::json;
use eventbridge_catalog::model::Origin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Shapes by event source and detail-type.
pub type Shapes = BTreeMap<String, BTreeMap<String, Shape>>;

/// What one document, or all deliveries, tell of events.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeEvidence {
    /// The kind of evidence: deliveries or a registry document.
    pub origin: Origin,
    /// The registry's name of the schema; `deliveries` of all that arrived.
    pub name: String,
    /// `sha256:` of the document. Deliveries have none: they add up.
    pub revision: Option<String>,
    /// The shapes of details.
    pub shapes: Shapes,
}

/// The name of all deliveries of a source.
pub const DELIVERIES: &str = "deliveries";

/// What the name of a document ends with that was generated from schemas. No schema of a registry is called so.
pub(crate) const EXPORT: &str = " export";

impl ShapeEvidence {
    /// Whether it is a document that was generated from schemas: it tells of an event only where nothing else does, as
    /// what was exported and pulled again would confirm itself.
    pub(crate) fn is_export(&self) -> bool {
        self.origin == Origin::Registry && self.name.ends_with(EXPORT)
    }

    /// Deliveries, as one.
    pub fn deliveries(shapes: Shapes) -> ShapeEvidence {
        ShapeEvidence {
            origin: Origin::Delivery,
            name: DELIVERIES.to_owned(),
            revision: None,
            shapes,
        }
    }

    /// Adds what another part of the same evidence tells.
    pub fn join(&mut self, other: ShapeEvidence) {
        for (source, events) in other.shapes {
            let known = self.shapes.entry(source).or_default();
            for (detail_type, mut shape) in events {
                let detail = known.entry(detail_type).or_default();
                match self.origin {
                    Origin::Delivery => {
                        shape.fold_detail();
                        detail.join_delivered(shape);
                    }
                    _ => detail.join(shape),
                }
            }
        }
    }

    /// What it tells of one source alone.
    pub fn of_source(&self, source: &str) -> ShapeEvidence {
        let shapes = self.shapes.get(source).cloned().unwrap_or_default();
        ShapeEvidence {
            origin: self.origin,
            name: self.name.clone(),
            revision: self.revision.clone(),
            shapes: BTreeMap::from([(source.to_owned(), shapes)]),
        }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let saved = |(detail_type, shape): (&String, &Shape)| (detail_type.clone(), shape.into());
        let sources = self.shapes.iter();
        let shapes =
            sources.map(|(source, known)| (source.clone(), known.iter().map(saved).collect()));
        json::write(&json::of(&SavedShapes {
            kind: self.origin,
            name: self.name.clone(),
            revision: self.revision.clone(),
            shapes: shapes.collect(),
        }))
    }

    /// Reads a file back.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column where they are known.
    pub fn read(text: &str) -> Result<ShapeEvidence, serde_json::Error> {
        let file: SavedShapes = serde_json::from_str(text)?;
        let mut shapes = Shapes::new();
        for (source, events) in file.shapes {
            let known = shapes.entry(source).or_default();
            for (detail_type, saved) in events {
                let mut shape = saved.restore().map_err(serde::de::Error::custom)?;
                if file.kind == Origin::Delivery {
                    guard(&mut shape);
                }
                known.insert(detail_type, shape);
            }
        }
        Ok(ShapeEvidence {
            origin: file.kind,
            name: file.name,
            revision: file.revision,
            shapes,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedShapes {
    kind: Origin,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    shapes: BTreeMap<String, BTreeMap<String, SavedShape>>,
}
