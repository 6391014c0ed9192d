//! Two parts of events come in; whether they hold the same goes out, members of objects in any order.

use super::data::{Node, Object, View, entries, items};
use crate::Json;
use crate::members::same_members;

impl PartialEq for Node<'_> {
    /// Whether both are of one kind and mean the same. Members of objects stand in any order.
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Choice(one, _), Self::Choice(other, _)) => one == other,
            (Self::Timestamp(one), Self::Timestamp(other)) => one == other,
            (Self::Json(one), Self::Json(other)) => one == other,
            (Self::Unknown(one), Self::Unknown(other)) => one == other,
            (Self::Value(one), Self::Value(other)) => one == other,
            (Self::Serde(one), Self::Serde(other)) => one.to_json() == other.to_json(),
            (Self::List(one), Self::List(other)) => items(one).eq(items(other)),
            (Self::Map(one), Self::Map(other)) => {
                let [one, other] = [one, other].map(|map| entries(map).collect::<Vec<_>>());
                same_members(&one, &other)
            }
            (Self::Object(one), Self::Object(other)) => same(one, other),
            _ => false,
        }
    }
}

/// Whether two objects of a type hold the same: each field, and in any order what is in `extra`. What a field has replaced does not count.
/// [`object!`](crate::object!) calls it.
#[doc(hidden)]
pub fn same(one: &dyn Object, other: &dyn Object) -> bool {
    let ([mut fields, mut other_fields], [mut kept, mut other_kept]) = Default::default();
    one.view(&mut |view| parts(&view, &mut fields, &mut kept));
    other.view(&mut |view| parts(&view, &mut other_fields, &mut other_kept));
    fields == other_fields && same_members(&kept, &other_kept)
}

/// What an object writes: of each field, and beside them.
fn parts<'a>(
    view: &View<'_, 'a>,
    fields: &mut Vec<Option<Node<'a>>>,
    kept: &mut Vec<(&'a str, &'a Json)>,
) {
    fields.extend((0..view.fields.len()).map(|index| view.written(index)));
    kept.extend(view.kept());
}
