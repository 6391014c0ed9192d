//! A model comes in; the file of a package goes out that says of each event, field and value where it is known from:
//! documentation tells what they mean.

use crate::file::{File, STAMP};
use crate::revision::{date, revision};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::{Body, Documented, EventType, Evidence, Field, KnownValue, Model};
use std::collections::BTreeSet;

/// The file, at a path below `generated/`.
pub(crate) fn file(model: &Model, path: String) -> File {
    let events = model.events.iter().map(event);
    let head = [
        ("//", Node::string(STAMP)),
        ("revision", Node::string(revision(model))),
    ];
    let date = date(model).map(|date| ("date", Node::string(date)));
    let events = [("events", Node::array(events))];
    let text = json::write(&Node::object(head.into_iter().chain(date).chain(events)));
    File { path, text }
}

fn event(event: &EventType) -> Node {
    let mut fields: Vec<_> = event.detail.iter().map(field).collect();
    let mut values = Vec::new();
    for part in &event.definitions {
        match &part.body {
            Body::Object(inner) => fields.extend(inner.iter().map(field)),
            Body::Values(known) if known.is_empty() => {}
            Body::Values(known) => values.push((part.name.as_str(), self::values(known))),
        }
    }
    let mut members = vec![
        ("source", Node::string(&event.source)),
        ("detail-type", Node::string(&event.detail_type)),
        ("evidence", sites(&event.evidence)),
    ];
    if let Some(Documented { first, last }) = &event.documented {
        let both = [("first", Node::string(first)), ("last", Node::string(last))];
        members.push(("documented", Node::object(both)));
    }
    if !fields.is_empty() {
        members.push(("fields", Node::object(fields)));
    }
    if !values.is_empty() {
        members.push(("values", Node::object(values)));
    }
    Node::object(members)
}

/// What is said of a field, and what better evidence overrules.
fn field(field: &Field) -> (&str, Node) {
    let said = |followed: bool| {
        let claims = field.claims.iter();
        let claims = claims.filter(move |claim| claim.followed == followed);
        Node::array(claims.map(|claim| Node::string(&claim.fact)))
    };
    let mut members = vec![("evidence", said(true))];
    let overruled = said(false);
    if !overruled.items().is_empty() {
        members.push(("overruled", overruled));
    }
    (field.path.as_str(), Node::object(members))
}

fn values(known: &[KnownValue]) -> Node {
    let mut seen = BTreeSet::new();
    let values = known.iter().filter(|known| seen.insert(&known.value));
    Node::object(values.map(|known| (known.value.as_str(), sites(&known.evidence))))
}

fn sites(sites: &[Evidence]) -> Node {
    Node::array(sites.iter().map(|site| Node::string(site.to_string())))
}
