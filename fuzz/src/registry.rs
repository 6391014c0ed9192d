//! Documents of the Schema Registry as they are compared: whatever stands there, a plan can be made.

use eventbridge_registry::difference::{Sameness, compare};
use eventbridge_registry::document::Document;
use eventbridge_registry::test_events;

use super::text;

const KILN: &str = r#"{"openapi": "3.0.0", "components": {"schemas": {"Fired": {"properties": {"Cone": {"type": "string"}}}}}}"#;

/// What a registry holds, and what should stand instead.
pub fn registry(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (Ok(one), Ok(kiln)) = (Document::read(text), Document::read(KILN)) else {
        return;
    };
    assert_eq!(compare(&one.node, &one.node), Sameness::Same);
    for found in [
        compare(&one.node, &kiln.node),
        compare(&kiln.node, &one.node),
    ] {
        if let Sameness::Structure(differences) = found {
            assert!(!differences.is_empty(), "documents differ in nothing");
            let lines = differences.iter().map(ToString::to_string);
            assert!(
                lines
                    .map(|line| line.lines().count())
                    .all(|lines| lines <= 1)
            );
        }
    }
    let event = eventbridge_catalog::json::Node::string("event");
    let ours = test_events::desired("fire", vec![("Fired".to_owned(), event)], "stamp");
    let join = ours.unwrap().join.unwrap();
    if let Ok(joined) = (join.0)(Some(text)) {
        assert_eq!(
            (join.0)(Some(&joined)),
            Ok(joined.clone()),
            "joined twice, it differs"
        );
    }
}
