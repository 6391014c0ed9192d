//! An API model comes in; the first paragraph of what it says of each member of a structure goes out.

use super::ModelTexts;
use super::sentence::of_prose;
use crate::page::{self, Block};
use eventbridge_catalog::json::Node;
use std::collections::BTreeMap;

/// What a model says of members, as it says it: in HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Documentation {
    service: String,
    members: BTreeMap<String, String>,
}

impl Documentation {
    /// The documentation in a model.
    pub(crate) fn of(document: &Node) -> Documentation {
        let text = |node: &Node, keys: [&str; 2]| {
            let text = node.get(keys[0])?.get(keys[1])?.as_str()?;
            Some(text.to_owned())
        };
        let shapes = document.get("shapes").map(Node::members);
        let mut members = BTreeMap::new();
        for shape in shapes.unwrap_or_default() {
            let inner = shape.node.get("members").map(Node::members);
            for member in inner.unwrap_or_default() {
                let said = member.node.get("documentation").and_then(Node::as_str);
                let name = format!("{}.{}", shape.key, member.key);
                members.extend(said.map(|said| (name, said.to_owned())));
            }
        }
        Documentation {
            service: text(document, ["metadata", "serviceId"]).unwrap_or_default(),
            members,
        }
    }

    /// The same as text.
    pub(crate) fn texts(&self) -> ModelTexts {
        let members = self.members.iter();
        let members = members.filter_map(|(name, html)| Some((name.clone(), first(html)?)));
        ModelTexts {
            service: self.service.clone(),
            members: members.collect(),
        }
    }
}

/// The first paragraph.
fn first(html: &str) -> Option<String> {
    let page = page::fragment(html);
    page.blocks.iter().find_map(|block| match block {
        Block::Paragraph(prose) | Block::Item(prose) => of_prose(prose),
        _ => None,
    })
}
