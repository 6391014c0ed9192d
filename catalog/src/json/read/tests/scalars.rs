use super::check;
use crate::json::RepairKind::*;

#[test]
fn words_without_quotes() {
    check(
        "{\"a\": Timestamp, \"b\": 12345678-1234-1234, \"c\": 01234567-EXAMPLE}",
        "{a:?Timestamp,b:?12345678-1234-1234,c:?01234567-EXAMPLE}",
        &[BareWord; 3],
    );
    check(
        "[True, False, None, undefined, NaN]",
        "[true,false,null,?undefined,?NaN]",
        &[BareWord; 5],
    );
    check(
        "{ key: 1, other-key: arn:aws:s3:::x, $t: 2 }",
        "{key:1,other-key:?arn:aws:s3:::x,$t:2}",
        &[BareWord, BareWord, BareWord, Template],
    );
    check(
        "{\"a\": the time of it \"b\": ISODate(\"2020, x\")}",
        "{a:?the time of it,b:?ISODate(\"2020, x\")}",
        &[BareWord, MissingComma, BareWord],
    );
}

#[test]
fn numbers_that_json_does_not_spell_so() {
    check(
        "[000000, 012345678901, -07]",
        r#"["000000","012345678901","-07"]"#,
        &[LeadingZeroNumber; 3],
    );
    check(
        "[+1, 1., .5, -.5, 0x1F, 1.2.3]",
        "[1,1.0,0.5,-0.5,?0x1F,?1.2.3]",
        &[BareWord; 6],
    );
    check("{\"a\": 12 GB, \"b\": 1}", "{a:12,b:1}", &[Skipped]);
}

#[test]
fn templates() {
    check("{GUARDDUTY_FINDING_JSON_OBJECT}", "{}", &[Template]);
    check(
        "{\"detail\": {FINDING}, \"x\": { }}",
        "{detail:{},x:{}}",
        &[Template],
    );
    check(
        "[<account id>, ${AWS::Region}, $name, {{name}}, <<version>>]",
        "[?<account id>,?${AWS::Region},?$name,?{{name}},?<<version>>]",
        &[Template; 5],
    );
    check(
        "{\"a\": \"{{b}} <c>\", <further fields>, {{key}}: 1}",
        "{a:\"{{b}} <c>\",{{key}}:1}",
        &[Template, Template],
    );
}

#[test]
fn quotes_of_other_kinds() {
    check(
        r"{'a': 'it\'s', 'b': 'it's'}",
        r#"{a:"it's",b:"it's"}"#,
        &[NonstandardQuote; 4],
    );
    check(
        "[“a”, „b“, ‘c’, «d», ”e”, “f\"]",
        r#"["a","b","c","d","e","f"]"#,
        &[NonstandardQuote; 6],
    );
}

#[test]
fn quotes_that_are_missing() {
    check(
        "{source\": \"aws.x\", \"a\": foo bar\", \"b\": 1}",
        r#"{source:"aws.x",a:"foo bar",b:1}"#,
        &[MissingQuote, MissingQuote],
    );
    check(
        "{\n \"a\": \"foo,\n \"b\": \"bar\n}",
        r#"{a:"foo",b:"bar"}"#,
        &[MissingQuote, MissingQuote],
    );
    check(
        "{ \"a\": \"foo, \"b: 1, \"c: \"d\" }",
        r#"{a:"foo",b:1,c:"d"}"#,
        &[MissingQuote; 3],
    );
    check("[ \"a, \"b\" ]", r#"["a","b"]"#, &[MissingQuote]);
    check("{ \"a\": \"foo }", r#"{a:"foo"}"#, &[MissingQuote]);
}

#[test]
fn quotes_inside_a_string() {
    check(
        r#"{"a": "it is "so" here", "b": "is "so"", "c": 1}"#,
        r#"{a:"it is \"so\" here",b:"is \"so\"",c:1}"#,
        &[Skipped, Skipped],
    );
}

#[test]
fn strings_of_python_may_have_a_prefix() {
    check(
        r#"{u'a': u'x', 'b': u"y", u": 1}"#,
        r#"{a:"x",b:"y",u:1}"#,
        &[
            NonstandardQuote,
            NonstandardQuote,
            NonstandardQuote,
            NonstandardQuote,
            MissingQuote,
        ],
    );
}

#[test]
fn line_breaks_in_strings() {
    check(
        "{\"a\": \"one  \n     two\r\n three\", \"b\": 1}",
        r#"{a:"one two three",b:1}"#,
        &[LineBreakInString, LineBreakInString],
    );
}

#[test]
fn bad_escapes_and_control_characters_stay() {
    check(
        "[\"\\d\\u12\", \"a\tb\", \"\\ud800!\", \"it\\'s\"]",
        "[\"\\\\d\\\\u12\",\"a\\tb\",\"\u{fffd}!\",\"it\\\\'s\"]",
        &[Skipped; 5],
    );
}

#[test]
fn ellipses() {
    check("{\"a\": 1, ...}", "{a:1}", &[Ellipsis, TrailingComma]);
    check(
        "{\"a\": 1 … \"b\": ..., \"c\": [...]}",
        "{a:1,b:?...,c:[]}",
        &[Ellipsis; 3],
    );
    check(
        "[\n 1,\n .\n .\n .\n 2\n ... more items ...\n]",
        "[1,2]",
        &[Ellipsis, Ellipsis],
    );
    check("[1, ..., 2]", "[1,2]", &[Ellipsis]);
}

#[test]
fn alternatives_in_prose() {
    check(
        r#"{"a": "X" (or "Y"), "b": "X" | "Y" | Z, "c": 1}"#,
        r#"{a:"X"~["Y"],b:"X"~["Y", "Z"],c:1}"#,
        &[Alternative; 3],
    );
    check(
        r#"["A" or "B", "A"/"B", "A" atau "B", "A" (or B, C)]"#,
        r#"["A"~["B"],"A"~["B"],"A"~["B"],"A"~["B", "C"]]"#,
        &[Alternative; 4],
    );
    check(
        r#"{"a": String | null or 5, "b": "x" ("y")}"#,
        r#"{a:?String~["null", "5"],b:"x"~["y"]}"#,
        &[BareWord, Alternative, Alternative, Alternative],
    );
    check(r#"{"a": "x" or "b": 1}"#, r#"{a:"x",b:1}"#, &[Skipped]);
}

#[test]
fn alternatives_may_stand_after_the_comma() {
    check(
        r#"{"a": "X", (or "Y") "b": 1}"#,
        r#"{a:"X"~["Y"],b:1}"#,
        &[Alternative],
    );
}

#[test]
fn literals_without_a_comma_are_items_and_words_are_prose() {
    check(
        "[1 true None]",
        "[1,true,null]",
        &[MissingComma, BareWord, MissingComma],
    );
    check("[1 and more]", "[1]", &[Skipped]);
    check("[1, 2, or 3]", "[1,2,3]", &[Skipped]);
}
