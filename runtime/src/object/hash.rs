//! A part of an event comes in; a hash goes out that is the same for what is equal, members of objects in any order.

use std::hash::{Hash, Hasher};

use super::data::{Node, Object, View, entries, items, viewed};
use crate::members::in_any_order;

/// Hashes an object so that equal ones are hashed alike. [`object!`](crate::object!) calls it.
#[doc(hidden)]
pub fn hash(object: &dyn Object, state: &mut dyn Hasher) {
    viewed(object, |view| hash_view(&view, state));
}

fn hash_view(view: &View<'_, '_>, mut state: &mut dyn Hasher) {
    for index in 0..view.fields.len() {
        match view.written(index) {
            Some(node) => hash_node(node, state),
            None => state.write_u8(0),
        }
    }
    in_any_order(view.kept()).hash(&mut state);
}

/// Hashes what a node holds. Nodes that are compared are of one type.
pub(crate) fn hash_node(node: Node<'_>, mut state: &mut dyn Hasher) {
    state.write_u8(1);
    match node {
        Node::Null => {}
        Node::Boolean(value) => value.hash(&mut state),
        Node::Integer(value) => value.hash(&mut state),
        Node::Number(number) => number.hash(&mut state),
        Node::Text(text) | Node::Choice(text, _) => text.hash(&mut state),
        Node::Timestamp(timestamp) => timestamp.hash(&mut state),
        Node::Json(json) => json.hash(&mut state),
        Node::Unknown(unknown) => unknown.hash(&mut state),
        Node::Value(value) => value.hash(&mut state),
        Node::Serde(value) => value.to_json().hash(&mut state),
        Node::List(list) => {
            items(list).for_each(|item| hash_node(item, state));
            state.write_u8(0);
        }
        Node::Map(map) => in_any_order(entries(map)).hash(&mut state),
        Node::Object(object) => hash(object, state),
    }
}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_node(*self, state);
    }
}
