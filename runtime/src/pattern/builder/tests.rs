// The macros declare what generated packages export.
#![allow(dead_code, unreachable_pub)]

use super::*;

crate::open_enum! {
    pub enum Heat {
        Cold = "COLD",
        Hot = "HOT",
    }
}

crate::object_pattern! {
    Cone
    ConePattern {
        name: Text("Name"),
        grade: Number("Grade"),
    }
}

struct Kiln;

impl Kiln {
    const SOURCE: &str = "my.kiln";
    const DETAIL_TYPE: &str = "Kiln Firing";
}

crate::event_pattern! {
    Kiln
    KilnPattern {
        heat: Choice::<Heat>("Heat"),
        name: Text("Name"),
        since: Instant("Since"),
        done: Boolean("Done"),
        labels: Map::<Text>("Labels"),
        cones: Object::<ConePattern>("Cones"),
    }
}

fn pattern() -> KilnPattern {
    Kiln::pattern()
}

const HEAD: &str = r#""source":["my.kiln"],"detail-type":["Kiln Firing"]"#;

#[test]
fn every_kind_of_field_has_its_operators() {
    let pattern = pattern()
        .heat([Heat::Hot, Heat::from("MOLTEN")])
        .name((prefix("a"), suffix("z"), "b"))
        .since((at_least(1_635_195_148_181_i64), wildcard("2026-*")))
        .done(true)
        .labels("team", "clay")
        .labels("cost", absent())
        .cones(|cone| cone.name("c6").grade(between(1, 7)))
        .resources(prefix("arn:"));
    let detail = concat!(
        r#"{"Heat":["HOT","MOLTEN"],"Name":[{"prefix":"a"},{"suffix":"z"},"b"],"#,
        r#""Since":[{"numeric":[">=",1635195148181]},{"wildcard":"2026-*"}],"Done":[true],"#,
        r#""Labels":{"team":["clay"],"cost":[{"exists":false}]},"#,
        r#""Cones":{"Name":["c6"],"Grade":[{"numeric":[">=",1,"<",7]}]}}"#
    );
    let expected = format!(r#"{{{HEAD},"resources":[{{"prefix":"arn:"}}],"detail":{detail}}}"#);
    assert_eq!(pattern.to_string(), expected);
}

#[test]
fn branches_say_only_what_is_theirs() {
    let pattern = pattern().any_of([pattern().heat(Heat::Hot), pattern().account("123456789012")]);
    let branches = r#"[{"detail":{"Heat":["HOT"]}},{"account":["123456789012"]}]"#;
    assert_eq!(
        pattern.to_string(),
        format!(r#"{{{HEAD},"$or":{branches}}}"#)
    );
    let event = br#"{"source":"my.kiln","detail-type":"Kiln Firing","account":"1","detail":{"Heat":"HOT"}}"#;
    assert!(pattern.build().unwrap().matches(event).unwrap());
}

#[test]
fn what_is_said_again_replaces_what_was_said() {
    let pattern = pattern().source("my.test").name("a").name("b");
    assert_eq!(
        pattern.to_string(),
        r#"{"source":["my.test"],"detail-type":["Kiln Firing"],"detail":{"Name":["b"]}}"#
    );
}

#[test]
fn every_operator_is_one_that_the_engine_takes() {
    let text = (
        (
            prefix("a"),
            suffix("a"),
            prefix_ignore_case("a"),
            suffix_ignore_case("a"),
            equals_ignore_case("a"),
        ),
        (
            wildcard("a*"),
            cidr("10.0.0.0/8"),
            not_prefix("a"),
            not_suffix("a"),
            not_ignore_case("a"),
        ),
        (
            not_wildcard("a*"),
            not_text(["a", "b"]),
            exists(),
            absent(),
            null(),
        ),
    );
    assert!(pattern().name(text).build().is_ok());
    let grade = (
        less_than(1),
        at_most(1.5),
        greater_than(1_u64),
        at_least(1),
        between(1, 2),
        not_number([1, 2]),
    );
    assert!(pattern().cones(|cone| cone.grade(grade)).build().is_ok());
    assert!(
        pattern()
            .cones(|cone| cone.grade(between(2, 1)))
            .build()
            .is_err()
    );
}
