use super::{check, line, reading};
use crate::json::RepairKind::*;
use crate::json::{Parsed, read, read_strict};

#[test]
fn plain_json_needs_no_repair() {
    let text = r##" { "a": [ 1, -0.5e+3, true, null, {} ], "b\t\u00e9\ud83d\ude00": "#x // y" } "##;
    check(text, "{a:[1,-0.5e+3,true,null,{}],b\té😀:\"#x // y\"}", &[]);
    assert_eq!(reading(text).node.span, 1..text.len() - 1);
    assert_eq!(read_strict(text).unwrap(), reading(text).node);
}

#[test]
fn commas_too_many_and_too_few() {
    check(
        r#"{"a": [1, 2,], "b": 3,}"#,
        "{a:[1,2],b:3}",
        &[TrailingComma, TrailingComma],
    );
    check(
        r#"{"a": [1 2 "x" {}] "b": 3}"#,
        r#"{a:[1,2,"x",{}],b:3}"#,
        &[MissingComma; 4],
    );
    check("[1,, 2]", "[1,2]", &[TrailingComma]);
    check("[, 1]", "[1]", &[TrailingComma]);
    check("[,]", "[]", &[TrailingComma]);
    check(
        "{\"a\"： 1， \"b\": 2; \"c\": 3}",
        "{a:1,b:2,c:3}",
        &[Skipped; 3],
    );
}

#[test]
fn defects_are_told_where_a_parser_stops() {
    let at = |text: &str| reading(text).repairs[0].at;
    assert_eq!(at("[1,\n]"), 4);
    assert_eq!(at("[1\n 2]"), 4);
    assert_eq!(at("{\"a\": 1, \"a\": 2}"), 9);
    assert_eq!(at("{\"a\": [1], \n"), 9);
}

#[test]
fn of_duplicate_keys_the_first_stays() {
    let text = r#"{"a": 1, "b": 2, "a": [3], "a": 4}"#;
    check(text, "{a:1,b:2}", &[DuplicateKey, DuplicateKey]);
    assert!(reading(text).strict());
    assert!(read_strict(text).is_err());
}

#[test]
fn comments_end_with_their_line() {
    let text =
        "{ # one\n  \"a\": // two }\n    1, /* three\n */ \"b\": 2\n  ### BEGIN STATEMENT ###\n}";
    check(text, "{a:1,b:2}", &[Comment; 4]);
}

#[test]
fn a_flattened_comment_ends_where_json_goes_on() {
    let lines =
        "{\n \"f\": [\n  \"A\"\n  # Others are\n  # \"B\",\"C\"\n ]\n \"t\": 1 # { or } \n}";
    let node = r#"{f:["A"]~["B", "C"],t:1}"#;
    check(lines, node, &[Comment, Comment, MissingComma, Comment]);
    check(
        "{ \"f\": [ \"A\" # Others are # \"B\",\"C\" ] \"t\": 1 }",
        node,
        &[Comment, Comment, MissingComma],
    );
    check(
        "{ # it's \"the\" event \"a\": 1, // b \"c\": 2 }",
        "{a:1,c:2}",
        &[Comment, Comment],
    );
    check(
        "[ ### BEGIN A ### { \"a\": 1 }, ### END A ### ... ]",
        "[{a:1}]",
        &[Comment, Comment, Ellipsis, TrailingComma],
    );
    check(
        "{ \"a\": [ 1 # \"x\" ] }\n{ \"b\": 2 }",
        r#"{a:[1]~["x"]}"#,
        &[Comment],
    );
}

#[test]
fn commented_out_members_are_no_documented_values() {
    check("[\n {} # { \"a\": \"b\" }\n]", "[{}]", &[Comment]);
}

#[test]
fn brackets_missing_at_the_end() {
    let Parsed {
        node,
        repairs,
        unclosed,
    } = reading("{ \"a\": [ 1,\n { \"b\": 2 }\n\n");
    assert_eq!((line(&node).as_str(), unclosed), ("{a:[1,{b:2}]}", true));
    assert_eq!(repairs.len(), 1);
    assert_eq!(
        (repairs[0].kind, repairs[0].at, node.span.end),
        (MissingClose, 22, 23)
    );
}

#[test]
fn brackets_missing_or_wrong_in_the_middle() {
    check(
        r#"{ "a": [ 1, { "b": 2 ], "c": 3 }"#,
        "{a:[1,{b:2}],c:3}",
        &[MissingClose],
    );
    check(
        r#"{ "a": [ 1, 2 }, "c": 3 }"#,
        "{a:[1,2],c:3}",
        &[WrongClose],
    );
    check(r#"{ "a": [ 1, 2 }"#, "{a:[1,2]}", &[MissingClose]);
    check(r#"{ "a": [ 1, "b": 3 }"#, "{a:[1],b:3}", &[MissingClose]);
    check(
        r#"{ "a": { "b": 1 ], "c": 2 }"#,
        "{a:{b:1},c:2}",
        &[WrongClose],
    );
    check(r#"{ "a": [ 1 ] ], "c": 2 }"#, "{a:[1],c:2}", &[Skipped]);
}

#[test]
fn a_further_block_ends_an_unclosed_one() {
    let text = "{ \"a\": { \"b\": 1 }\n\n{ \"c\": 2 }";
    let Parsed { node, unclosed, .. } = reading(text);
    assert_eq!(
        (line(&node).as_str(), unclosed, node.span.end),
        ("{a:{b:1}}", true, 17)
    );
}

#[test]
fn an_object_may_lack_its_bracket_before_the_next_item() {
    check(
        r#"{"l": [ {"a": 1, {"b": 2} ], "c": 3}"#,
        "{l:[{a:1},{b:2}],c:3}",
        &[MissingClose],
    );
}

#[test]
fn members_in_an_array_are_one_object() {
    check(
        r#"{"s": [ "start": 0, "end": 5 ], "t": 1}"#,
        "{s:[{start:0,end:5}],t:1}",
        &[ObjectInArray],
    );
    check(
        r#"[{"a": 1}, "b": 2, "c": 3]"#,
        "[{a:1},{b:2,c:3}]",
        &[ObjectInArray],
    );
}

#[test]
fn what_fits_nowhere_is_skipped() {
    check(
        r#"{"a": 1 some words, "b": 2, "c", "d": }"#,
        "{a:1,b:2,d:?}",
        &[Skipped; 3],
    );
    check(
        r#"{"a": "b": 1, "c" {"d": 2}, "e" => 3, {"f": 4}}"#,
        "{a:?,b:1,c:{d:2},e:3}",
        &[
            Skipped,
            MissingComma,
            Skipped,
            Skipped,
            Skipped,
            TrailingComma,
        ],
    );
    check("\u{feff}{\u{a0}\"a\":\u{200b}1}", "{a:1}", &[Skipped]);
}

#[test]
fn text_that_cannot_be_read() {
    assert!(
        read("", 0)
            .unwrap_err()
            .message
            .contains("the end of the text")
    );
    assert_eq!(read("  x", 0).unwrap_err().at, 2);
    assert!(read("é{}", 1).is_err());
    assert_eq!(read("x {}", 1).unwrap().node.span, 2..4);
    assert_eq!(read_strict("{} {}").unwrap_err().at, 3);
    assert!(
        read_strict("{\"a\": 1,}")
            .unwrap_err()
            .message
            .contains("comma")
    );
    assert!(read_strict(" ").is_err());
}
