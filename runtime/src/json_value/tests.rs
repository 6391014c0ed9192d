use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::*;

#[test]
fn what_it_is_can_be_asked() {
    let json: Json = r#" {"a": [1, "t\u0041", {"b": null}], "c": true, "d\n": -2.50} "#
        .parse()
        .unwrap();
    assert_eq!(json.kind(), Kind::Object);
    let a = json.get("a").unwrap();
    assert_eq!(a.items().count(), 3);
    assert_eq!(a.item(0).unwrap().as_i64(), Some(1));
    assert_eq!(a.item(1).unwrap().as_str().unwrap(), "tA");
    assert!(a.item(2).unwrap().get("b").unwrap().is_null());
    assert_eq!(a.item(3), None);
    assert_eq!(json.get("c").unwrap().as_bool(), Some(true));
    assert_eq!(json.get("d\n").unwrap().as_f64(), Some(-2.5));
    assert_eq!(json.get("d\n").unwrap().to_string(), "-2.50");
    assert_eq!(json.get("e"), None);
    assert_eq!(
        json.entries().map(|(key, _)| key).collect::<Vec<_>>(),
        ["a", "c", "d\n"]
    );
    assert_eq!(json.parse::<Value>().unwrap(), json.to_value().unwrap());
    assert_eq!(
        Json::from(1).items().count() + Json::from("{}").entries().count(),
        0
    );
    assert_eq!(
        Json::from(json!([])).items().count() + Json::from(json!({})).entries().count(),
        0
    );
}

#[test]
fn meaning_is_compared() {
    let [one, other] = ["{\"a\": 1, \"b\": 1.50}", "{\"b\":1.5,\"a\":1}"]
        .map(|text| text.parse::<Json>().unwrap());
    assert_eq!(one, other);
    assert_eq!(one, json!({"a": 1, "b": 1.5}));
    assert_ne!(Json::from("1"), Json::from(1));
    assert_eq!(Json::default(), Value::Null);
}

#[test]
fn no_digit_is_lost_when_meaning_is_compared() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    for (one, other) in [
        ("1e400", "10.0E+399"),
        ("[1.50, -0]", "[15e-1,0]"),
        (r#"{"a":1,"b":"t\u0041"}"#, r#"{"b":"tA","a":1}"#),
    ] {
        assert_eq!(json(one), json(other));
    }
    for (one, other) in [
        ("1e400", "2e400"),
        ("1e400", "null"),
        ("1e99999999999999999999", "10e99999999999999999998"),
        ("18446744073709551616", "18446744073709551617"),
        ("0.1", "0.10000000000000001"),
        ("1", "-1"),
        ("[1]", "[1,1]"),
        (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
    ] {
        assert_ne!(json(one), json(other));
    }
    assert!(json("1e400").to_value().is_err());
    let [one, other] = [1, 2].map(|end| {
        let deep = (0..200).fold(json!(end), |deep, _| json!([deep]));
        Json::from(deep)
    });
    assert_ne!(one, other);
}

#[test]
fn the_last_member_of_a_key_counts_when_meaning_is_compared() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    let twice = json(r#"{"a":1,"b":2,"a":3}"#);
    for (other, is_same) in [
        (r#"{"a":3,"b":2}"#, true),
        (r#"{"b":2,"a":7,"a":3.0}"#, true),
        (r#"{"a":1,"b":2}"#, false),
        (r#"{"a":3,"b":2,"a":1}"#, false),
        (r#"{"a":1,"b":2,"c":3}"#, false),
    ] {
        assert_eq!(twice == json(other), is_same, "{other}");
        assert_eq!(json(other) == twice, is_same, "{other}");
    }
}

#[test]
fn the_last_of_two_members_counts_everywhere() {
    let json: Json = r#"{"a": 1, "b": 0, "\u0061": 2}"#.parse().unwrap();
    assert_eq!(json.get("a").unwrap(), 2);
    assert_eq!(json.to_value().unwrap()["a"], 2);
    assert_eq!(json, json!({"a": 2, "b": 0}));
    assert_eq!(json.entries().count(), 3);
}

#[test]
fn what_means_the_same_is_hashed_alike() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    for alike in [
        ["1.50", "15e-1", "1.5"],
        [
            r#"{"a": [1, -0], "b": null}"#,
            r#"{"b":null,"\u0061":[1.0,0]}"#,
            r#"{"b":1,"a":[1,0],"b":null}"#,
        ],
        [r#""\u2603""#, r#""☃""#, r#" "\u2603" "#],
    ] {
        #[expect(clippy::mutable_key_type, reason = "what is read later is not hashed")]
        let all: HashSet<Json> = alike.map(json).into();
        assert_eq!(all.len(), 1, "{alike:?}");
    }
    let others = [
        "null", "true", "false", "0", "1", r#""1""#, "[1]", "[[1]]", "[]", "{}",
    ];
    assert_eq!(HashSet::from(others.map(json)).len(), others.len());
    let deep = Json::from((0..200).fold(json!(1), |deep, _| json!([deep])));
    assert!(HashSet::from([deep.clone()]).contains(&deep));
}

#[test]
fn it_is_made_of_plain_values() {
    assert_eq!(
        Json::from(vec![Some("a\""), None]).as_json(),
        r#"["a\"",null]"#
    );
    assert_eq!(Json::from(Vec::<i64>::new()).as_json(), "[]");
    assert_eq!(Json::from(3_usize).as_u64(), Some(3));
    assert_eq!(Json::from(vec![vec![1, 2]]), json!([[1, 2]]));
    let json = Json::from_serialize(&HashMap::from([("a", [1.5])])).unwrap();
    assert_eq!(json.as_json(), r#"{"a":[1.5]}"#);
    assert!(Json::from_serialize(&HashMap::from([([1], 1)])).is_err());
    assert_eq!(Value::try_from(&json).unwrap(), json!({"a": [1.5]}));
    assert!(Value::try_from("1e400".parse::<Json>().unwrap()).is_err());
}

#[test]
fn no_json_is_what_is_not_finite() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Json::from(float).is_null());
        assert_ne!(Json::from(float), float);
    }
    assert_eq!(Json::from(1.5), 1.5);
    assert_eq!("15e-1".parse::<Json>().unwrap(), 1.5);
}

#[test]
fn what_is_no_json_is_refused() {
    for text in ["", "{", "nul", "1 2", "\u{0}"] {
        assert!(text.parse::<Json>().is_err(), "{text}");
    }
}
