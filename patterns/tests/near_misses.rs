//! What is nearly right about a field that did not fit is told with it, and nothing where nothing is.
#![allow(clippy::unwrap_used)]

use eventbridge_patterns::Pattern;

const EVENT: &str = r#"{
    "source": "my.kiln", "detail-type": "Kiln Firing", "text": "{\"cone\":6}",
    "detail": {"state": "FIRED", "cone": "6", "degrees": 1250, "lid": {"open": false}, "vents": [],
               "doors": [{"wood": "oak"}, {"wood": "ash"}], "glaze": "arn:kiln:glaze/celadon"}
}"#;

fn hint(pattern: &str) -> String {
    let explanation = Pattern::parse(pattern)
        .unwrap()
        .explain(EVENT.as_bytes())
        .unwrap();
    assert!(!explanation.matches(), "{pattern}");
    let hint = explanation.unmet()[0].hint.clone().unwrap_or_default();
    assert!(explanation.to_string().contains(&hint));
    hint
}

#[test]
fn a_field_under_another_name_or_at_another_place_is_told() {
    for (pattern, words) in [
        (r#"{"Source":["my.kiln"]}"#, "spells it `source`"),
        (
            r#"{"detailType":["Kiln Firing"]}"#,
            "spells it `detail-type`",
        ),
        (r#"{"details":{"state":["FIRED"]}}"#, "has `detail`"),
        (
            r#"{"detail":{"State":["FIRED"]}}"#,
            "spells it `detail.state`",
        ),
        (r#"{"detail":{"stats":["FIRED"]}}"#, "has `detail.state`"),
        (r#"{"state":["FIRED"]}"#, "has `detail.state`"),
        (
            r#"{"detail":{"lid":{"wood":["oak"]}}}"#,
            "has `detail.doors.wood`",
        ),
        (
            r#"{"detail":{"lid":["open"]}}"#,
            "it is an object: name a field of it, such as `open`",
        ),
        (r#"{"detail":{"vents":["open"]}}"#, "empty array"),
        (
            r#"{"detail":{"doors":{"0":{"wood":["oak"]}}}}"#,
            "leave out the key `0`",
        ),
        (
            r#"{"detail":{"state":{"code":[1]}}}"#,
            "`detail.state` is a string, not an object",
        ),
        (
            r#"{"text":{"cone":[6]}}"#,
            "`text` is a string that holds JSON",
        ),
    ] {
        assert!(
            hint(pattern).contains(words),
            "{pattern}: {}",
            hint(pattern)
        );
    }
}

#[test]
fn a_value_in_another_case_or_of_another_kind_is_told() {
    for (value, words) in [
        (
            r#"{"state":["fired"]}"#,
            "only the case differs: `equals-ignore-case`",
        ),
        (r#"{"state":["FIERD"]}"#, "differ in few letters"),
        (r#"{"state":[" FIRED "]}"#, "only blanks"),
        (r#"{"state":[{"prefix":"fi"}]}"#, "only the case differs"),
        (r#"{"state":[{"wildcard":"f*d"}]}"#, "only the case differs"),
        (
            r#"{"cone":[6]}"#,
            "the event has a string, the pattern a number",
        ),
        (
            r#"{"cone":[{"numeric":["<",9]}]}"#,
            "`numeric` takes numbers alone",
        ),
        (
            r#"{"degrees":["1250"]}"#,
            "the event has a number, the pattern a string",
        ),
        (r#"{"lid":{"open":["false"]}}"#, "without quotes"),
        (
            r#"{"glaze":["arn:kiln:*"]}"#,
            "`*` in a plain string is a star",
        ),
        (
            r#"{"glaze":[{"prefix":"arn:*:glaze"}]}"#,
            "`prefix` takes `*` for a star",
        ),
        (
            r#"{"glaze":[{"suffix":"*celadon"}]}"#,
            "`suffix` takes `*` for a star",
        ),
    ] {
        let pattern = format!("{{\"detail\":{value}}}");
        assert!(
            hint(&pattern).contains(words),
            "{pattern}: {}",
            hint(&pattern)
        );
    }
}

#[test]
fn nothing_is_told_where_nothing_is_near() {
    for pattern in [
        r#"{"region":["here"]}"#,
        r#"{"source":["your.door"]}"#,
        r#"{"detail":{"degrees":[{"numeric":[">",2000]}]}}"#,
        r#"{"detail":{"state":[{"exists":false}]}}"#,
    ] {
        assert_eq!(hint(pattern), "", "{pattern}");
    }
}
