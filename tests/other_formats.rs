//! An event comes in; serializers that are not `serde_json`'s write it, and it is read again: numbers stay
//! numbers, and no private key of `serde_json`'s is written.
#![allow(clippy::unwrap_used)]

use sagemaker_events::Event;

const EVENT: &str = r#"{"source":"my.house","detail":{"a":1.50,"b":340282366920938463463374607431768211456,"c":-0,"d":18446744073709551615,"e":[1e400]}}"#;

#[test]
fn numbers_are_numbers_to_other_serializers() {
    let event: Event = EVENT.parse().unwrap();
    let expected = r#"{"source":"my.house","detail":{"a":1.5,"b":3.402823669209385e38,"c":-0.0,"d":18446744073709551615,"e":["1e400"]}}"#;
    let sonic = sonic_rs::to_string(&event).unwrap();
    assert_eq!(sonic.replace("e+38", "e38"), expected);
    let simd = simd_json::to_string(&event).unwrap();
    assert_eq!(simd.replace("e+38", "e38"), expected);
}

/// Through whatever wraps it.
#[test]
fn serde_json_gets_each_number_as_it_is_spelled() {
    #[derive(serde::Serialize)]
    struct Kept {
        #[serde(flatten)]
        event: Event,
        all: Vec<Event>,
    }
    let event: Event = EVENT.parse().unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), EVENT);
    let all = vec![event.clone()];
    let kept = serde_json::to_string(&Kept { event, all }).unwrap();
    let body = EVENT.strip_suffix('}').unwrap();
    assert_eq!(kept, format!(r#"{body},"all":[{EVENT}]}}"#));
}
