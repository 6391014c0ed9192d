//! A detail comes in; what all details have in common goes out, whatever their fields are called: the
//! name, ARN, state and tags of what the event is about, why it failed, and when it was made and changed.

use crate::object::Roles;
use crate::object::{self, Node};
use crate::{Detail, Member, Timestamp, pairs};

/// What an event is about, for code over all types: every detail has these, and [`Event`](crate::Event)
/// has methods of the same names.
///
/// Which field it is, a type says behind `roles` in [`object!`](crate::object!). A type that has no such
/// field, and a detail that is not known, give `None`.
///
/// ```
/// use eventbridge_runtime::{Subject, Text, details, object};
///
/// object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "DoorName",
///     }
///     roles { name: "DoorName" }
/// }
/// details! {
///     /// What happens in a house.
///     pub enum House {
///         /// A door opened.
///         Door(Door) = "my.house", "Door Opened";
///     }
/// }
///
/// fn door(name: &str) -> Door {
///     let mut door = Door::new();
///     door.name = name.into();
///     door
/// }
/// fn told(subject: &impl Subject) -> String {
///     format!("it is the door {}", subject.name().unwrap_or("that has no name"))
/// }
/// assert_eq!(told(&door("front")), "it is the door front");
/// assert_eq!(told(&House::from(door("front"))), "it is the door front");
/// ```
pub trait Subject {
    /// The name of what the event is about, if its type has one: that of the field whose name says most
    /// of the detail-type and ends in `name`.
    fn name(&self) -> Option<&str>;

    /// The ARN of what the event is about.
    fn arn(&self) -> Option<&str>;

    /// The state of what the event is about.
    fn status(&self) -> Option<&str>;

    /// Why what the event is about failed: also where the field is not documented, but arrived.
    fn failure_reason(&self) -> Option<&str>;

    /// When what the event is about was made.
    fn created_at(&self) -> Option<Timestamp>;

    /// When what the event is about was changed last.
    fn modified_at(&self) -> Option<Timestamp>;

    /// The tags of what the event is about, in either form in which events write tags.
    fn tags(&self) -> Option<Vec<(&str, &str)>>;
}

impl<D: Detail> Subject for D {
    fn name(&self) -> Option<&str> {
        text(self, |roles| roles.name)
    }

    fn arn(&self) -> Option<&str> {
        text(self, |roles| roles.arn)
    }

    fn status(&self) -> Option<&str> {
        text(self, |roles| roles.status)
    }

    fn failure_reason(&self) -> Option<&str> {
        let documented = text(self, |roles| roles.failure_reason);
        documented.or_else(|| undocumented(self, "FailureReason"))
    }

    fn created_at(&self) -> Option<Timestamp> {
        timestamp(self, |roles| roles.created_at)
    }

    fn modified_at(&self) -> Option<Timestamp> {
        timestamp(self, |roles| roles.modified_at)
    }

    fn tags(&self) -> Option<Vec<(&str, &str)>> {
        role(self, |roles| roles.tags).and_then(pairs::pairs_in)
    }
}

type Role = fn(&Roles) -> Option<&'static str>;

fn text<D: Detail>(detail: &D, of: Role) -> Option<&str> {
    let text = role(detail, of)?.text()?;
    Some(text).filter(|text| !text.is_empty())
}

fn timestamp<D: Detail>(detail: &D, of: Role) -> Option<Timestamp> {
    match role(detail, of)? {
        Node::Timestamp(timestamp) => Some(*timestamp),
        _ => None,
    }
}

/// What stands in the field of a role.
fn role<D: Detail>(detail: &D, of: Role) -> Option<Node<'_>> {
    let object = detail.object()?;
    let key = of(object.roles())?;
    object::viewed(object, |view| view.node(key)).flatten()
}

/// The string at a key that the type does not have, in any case of letters.
fn undocumented<'a, D: Detail>(detail: &'a D, key: &str) -> Option<&'a str> {
    let told = |known: &str, text: Option<&'a str>| {
        let text = text.filter(|text| !text.is_empty())?;
        known.eq_ignore_ascii_case(key).then_some(text)
    };
    match detail.node()? {
        Node::Object(object) => object::viewed(object, |view| {
            let mut kept = view.kept();
            kept.find_map(|(known, json)| told(known, json.as_str()))
        })?,
        node => {
            let mut entries = Member::new(node).entries();
            entries.find_map(|(known, member)| told(known, member.as_str()))
        }
    }
}
