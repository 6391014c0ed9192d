//! An event of one type comes in; it goes out as one of any type of its enum, and the other way round where it is one.

use std::fmt;

use crate::{Detail, Event, Text};

/// Says of an [`Event`] that its detail may be of any type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnyType {}

/// Says of an [`Event`] that its detail is of one type: it is an [`EventOf`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OneType {}

/// An event whose detail is of one type, where a rule sends no other. To read another event is an error.
///
/// It becomes an event of all types with `Event::from`; the other way is `EventOf::try_from`.
///
/// ```
/// use eventbridge_runtime::{Event, EventOf, Text, details, object};
///
/// object! {
///     /// A door.
///     pub struct Door {
///         /// What it is called.
///         name: Text = "name",
///     }
/// }
/// details! {
///     /// What happens in a house.
///     pub enum House {
///         /// A door opened.
///         Door(Door) = "my.house", "Door Opened";
///     }
/// }
///
/// fn greet(event: EventOf<Door>) -> String {
///     format!("{} opened", event.detail.name)
/// }
/// let document = r#"{"source": "my.house", "detail-type": "Door Opened", "detail": {"name": "front"}}"#;
/// assert_eq!(greet(document.parse()?), "front opened");
///
/// let event: EventOf<Door> = document.parse()?;
/// let event: Event<House> = event.into();
/// assert_eq!(event.detail_type(), Door::DETAIL_TYPE);
/// let event = EventOf::<Door>::try_from(event)?;
/// assert_eq!(event.detail.name, "front");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type EventOf<D> = Event<D, OneType>;

/// A detail of one type, which [`details!`](crate::details!) lists.
pub trait EventType: Detail + Default {
    /// The source of its events.
    const SOURCE: &'static str;

    /// The detail-type of its events.
    const DETAIL_TYPE: &'static str;

    /// The enum of all details that lists it.
    type Details: Detail + From<Self>;

    /// The detail, if it is of this type; else all of it comes back.
    ///
    /// # Errors
    ///
    /// It is of another type.
    fn from_details(details: Self::Details) -> Result<Self, Self::Details>;
}

impl<T: EventType> From<T> for EventOf<T> {
    fn from(detail: T) -> Self {
        let event = Event::new(T::SOURCE, T::DETAIL_TYPE, detail);
        let (envelope, detail): (Event<()>, T) = event.around(());
        envelope.around(detail).0
    }
}

impl<T: EventType> Default for EventOf<T> {
    /// An event of its source and detail-type, and of nothing else.
    fn default() -> Self {
        T::default().into()
    }
}

impl<D: Default> Default for Event<D> {
    /// An event of which nothing is said. To be read again it needs a source or a detail-type.
    fn default() -> Self {
        Self::new(Text::default(), Text::default(), D::default())
    }
}

impl<T: EventType> From<EventOf<T>> for Event<T::Details> {
    fn from(event: EventOf<T>) -> Self {
        let (envelope, detail): (Event<()>, T) = event.around(());
        envelope.around(detail.into()).0
    }
}

impl<T: EventType> TryFrom<Event<T::Details>> for EventOf<T> {
    type Error = OtherType<T::Details>;

    fn try_from(event: Event<T::Details>) -> Result<Self, Self::Error> {
        let (envelope, detail): (Event<()>, T::Details) = event.around(());
        match T::from_details(detail) {
            Ok(detail) => Ok(envelope.around(detail).0),
            Err(detail) => Err(OtherType {
                event: Box::new(envelope.around(detail).0),
                expected: T::DETAIL_TYPE,
            }),
        }
    }
}

/// An event that is not of the type that was asked for.
#[derive(Clone)]
pub struct OtherType<D> {
    event: Box<Event<D>>,
    expected: &'static str,
}

impl<D> OtherType<D> {
    /// The event, whole.
    #[must_use]
    pub fn into_event(self) -> Event<D> {
        *self.event
    }
}

impl<D> fmt::Display for OtherType<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, found) = (self.expected, self.event.detail_type());
        write!(
            f,
            "expected an event of detail-type {expected:?}, found {found:?}"
        )
    }
}

impl<D> fmt::Debug for OtherType<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<D> std::error::Error for OtherType<D> {}

/// A detail that is not of the type that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherDetail {
    expected: &'static str,
}

impl OtherDetail {
    /// What [`details!`](crate::details!) calls.
    #[doc(hidden)]
    #[must_use]
    pub fn expected(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for OtherDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the detail is not that of {:?}", self.expected)
    }
}

impl std::error::Error for OtherDetail {}
