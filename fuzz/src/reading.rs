//! Readers of JSON: the tolerant one of pages, and those of events and messages.

use eventbridge_catalog::json;
use sagemaker_events::{Carried, Event, LazyEvent, ParseError, ParseErrorKind, json::Json};
use serde_json::Value;

use super::text;

/// What is read is written so that a strict reader reads the same; what `serde_json` reads as well is the same to
/// both, but for keys that stand twice.
pub fn json(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let strict = json::read_strict(text);
    if let Ok(node) = &strict {
        let written = json::write(node);
        let again = json::read_strict(&written).expect("what was written is read");
        assert_eq!(json::write(&again), written);
        if let (Ok(ours), Ok(theirs)) = (
            serde_json::from_str::<Value>(&written),
            serde_json::from_str::<Value>(text),
        ) {
            assert_eq!(ours, theirs, "what was written means something else");
        }
    }
    let Ok(reading) = json::read(text, 0) else {
        return;
    };
    assert!(
        reading
            .repairs
            .iter()
            .all(|repair| repair.at <= text.len() && text.is_char_boundary(repair.at)),
        "a repair stands outside of the text"
    );
    let written = json::write(&reading.node);
    let again = json::read_strict(&written).expect("what was written is read");
    assert_eq!(json::write(&again), written);
    // Space grows with depth, at most 128 times two for each token.
    assert!(written.len() <= 600 * (text.len() + 1), "it grew");
}

/// An event comes back as it was, in every way to read and to write it, and no way takes what another refuses.
pub fn events(data: &[u8]) {
    let event = Event::from_slice(data);
    same_verdict(&event, &LazyEvent::from_slice(data));
    let plain = eventbridge_runtime::Event::<Json>::from_slice(data);
    match (&event, &plain) {
        // A key that stands twice cannot be kept by an object of known fields, and by JSON it can: JSON reads on.
        (Err(error), plain) if error.kind() == ParseErrorKind::KeyTwice => {
            let further = |plain: &ParseError| plain.offset() >= error.offset();
            assert!(
                plain.as_ref().err().is_none_or(further),
                "JSON stops before"
            );
        }
        (event, plain) => assert_eq!(event.as_ref().err(), plain.as_ref().err()),
    }
    let Some(text) = text(data) else { return };
    let by_serde = serde_json::from_str::<Event>(text);
    assert_eq!(by_serde.is_err(), event.is_err());
    let (Ok(event), Ok(plain)) = (event, plain) else {
        return;
    };
    assert!(!event.source.is_empty() || !event.detail_type.is_empty());
    let document: Json = text.parse().unwrap();
    for written in [event.to_json(), plain.to_json()] {
        assert_eq!(written.parse::<Json>().unwrap(), document);
        assert_eq!(written.parse::<Event>().unwrap(), event);
    }
    assert_eq!(by_serde.expect("serde reads the same"), event);
    let written = serde_json::to_string(&event).unwrap();
    assert_eq!(written.parse::<Event>().unwrap(), event);
    let told: usize = event.differences().iter().map(|one| one.path.len()).sum();
    assert!(told <= 600 * (text.len() + 40), "the differences grew");
}

/// The lazy reader leaps over the detail: what it takes may be wrong within, and then the detail says the same.
fn same_verdict(event: &Result<Event, ParseError>, lazy: &Result<LazyEvent<'_>, ParseError>) {
    match (event, lazy) {
        (Ok(event), Ok(lazy)) => {
            assert_eq!(lazy.source(), event.source());
            assert_eq!(lazy.detail_type(), event.detail_type());
            assert_eq!(lazy.id(), event.id());
            assert_eq!(lazy.time(), event.time);
            assert_eq!(lazy.detail(), Ok(&event.detail));
            assert_eq!(lazy.failure_reason(), event.failure_reason());
            assert_eq!(lazy.event().as_ref(), Ok(event));
        }
        (Ok(_), Err(error)) => panic!("the lazy reader refuses: {error}"),
        (Err(error), Ok(lazy)) => assert_eq!(lazy.event().as_ref(), Err(error)),
        (Err(_), Err(_)) => {}
    }
}

/// What a message carries is no more than it is, and all of it is an event or an error.
pub fn messages(data: &[u8]) {
    let all = Event::from_message(data);
    let carried = match Carried::open(data) {
        Ok(carried) => carried,
        Err(error) => return assert_eq!(all.unwrap_err(), error),
    };
    assert!(!carried.is_empty(), "a message vanished");
    let size: usize = carried.iter().map(|one| one.as_bytes().len()).sum();
    assert!(size <= data.len(), "what is carried grew");
    let events: Result<Vec<Event>, ParseError> = carried.iter().map(Carried::event).collect();
    assert_eq!(all, events);
    if let Ok(event) = Event::from_slice(data) {
        let [one] = &events.expect("an event is an event")[..] else {
            panic!("one event became several");
        };
        assert_eq!((&one.source, &one.extra), (&event.source, &event.extra));
    }
}
