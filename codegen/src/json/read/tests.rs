use crate::json::RepairKind::{self, *};
use crate::json::{MAX_DEPTH, Reading, Value, read, read_strict, write};
use std::fmt::Write;
use std::time::{Duration, Instant};

fn reading(text: &str) -> Reading {
    read(text, 0).unwrap()
}

/// The node on one line, and the kinds of repairs in the order of the text.
fn told(text: &str) -> (String, Vec<RepairKind>) {
    let Reading { node, repairs, .. } = reading(text);
    let kinds = repairs.iter().map(|repair| repair.kind).collect();
    (line(&node), kinds)
}

/// JSON on one line, with `?word` for a placeholder and `~[…]` behind what has alternatives.
fn line(node: &crate::json::Node) -> String {
    let mut out = match &node.value {
        Value::Object(members) => {
            let members = members.iter().map(|member| format!("{}:{}", member.key, line(&member.node)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(line).collect::<Vec<_>>().join(",")),
        Value::Placeholder(word) => format!("?{word}"),
        _ => write(node).trim_end().to_string(),
    };
    if !node.alternatives.is_empty() {
        let words: Vec<&str> = node.alternatives.iter().map(|(word, _)| word.as_str()).collect();
        write!(out, "~{words:?}").unwrap();
    }
    out
}

#[track_caller]
fn check(text: &str, node: &str, kinds: &[RepairKind]) {
    assert_eq!(told(text), (node.to_string(), kinds.to_vec()), "{text}");
}

#[test]
fn plain_json_needs_no_repair() {
    let text = r#" { "a": [ 1, -0.5e+3, true, null, {} ], "b\n\u00e9\ud83d\ude00": "#x // y" } "#;
    check(text, r##"{a:[1,-0.5e+3,true,null,{}],b
é😀:"#x // y"}"##, &[]);
    assert_eq!(reading(text).node.span, 1..text.len() - 1);
    assert_eq!(read_strict(text).unwrap(), reading(text).node);
}

#[test]
fn commas_too_many_and_too_few() {
    check(r#"{"a": [1, 2,], "b": 3,}"#, "{a:[1,2],b:3}", &[TrailingComma, TrailingComma]);
    check(r#"{"a": [1 2 "x" {}] "b": 3}"#, r#"{a:[1,2,"x",{}],b:3}"#, &[MissingComma; 4]);
    check("[1,, 2]", "[1,2]", &[TrailingComma]);
    check("[, 1]", "[1]", &[TrailingComma]);
    check("[,]", "[]", &[TrailingComma]);
    check("{\"a\"： 1， \"b\": 2; \"c\": 3}", "{a:1,b:2,c:3}", &[Skipped; 3]);
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
    let text = "{ # one\n  \"a\": // two }\n    1, /* three\n */ \"b\": 2\n  ### BEGIN STATEMENT ###\n}";
    check(text, "{a:1,b:2}", &[Comment; 4]);
}

#[test]
fn a_flattened_comment_ends_where_json_goes_on() {
    let lines = "{\n \"f\": [\n  \"A\"\n  # Others are\n  # \"B\",\"C\"\n ]\n \"t\": 1 # { or } \n}";
    let node = r#"{f:["A"]~["B", "C"],t:1}"#;
    check(lines, node, &[Comment, Comment, MissingComma, Comment]);
    check("{ \"f\": [ \"A\" # Others are # \"B\",\"C\" ] \"t\": 1 }", node, &[Comment, Comment, MissingComma]);
    check("{ # it's \"the\" event \"a\": 1, // b \"c\": 2 }", "{a:1,c:2}", &[Comment, Comment]);
    check("[ ### BEGIN A ### { \"a\": 1 }, ### END A ### ... ]", "[{a:1}]", &[Comment, Comment, Ellipsis, TrailingComma]);
    check("{ \"a\": [ 1 # \"x\" ] }\n{ \"b\": 2 }", r#"{a:[1]~["x"]}"#, &[Comment]);
}

#[test]
fn commented_out_members_are_no_documented_values() {
    check("[\n {} # { \"a\": \"b\" }\n]", "[{}]", &[Comment]);
}

#[test]
fn brackets_missing_at_the_end() {
    let Reading { node, repairs, unclosed } = reading("{ \"a\": [ 1,\n { \"b\": 2 }\n\n");
    assert_eq!((line(&node).as_str(), unclosed), ("{a:[1,{b:2}]}", true));
    assert_eq!(repairs.len(), 1);
    assert_eq!((repairs[0].kind, repairs[0].at, node.span.end), (MissingClose, 22, 23));
}

#[test]
fn brackets_missing_or_wrong_in_the_middle() {
    check(r#"{ "a": [ 1, { "b": 2 ], "c": 3 }"#, "{a:[1,{b:2}],c:3}", &[MissingClose]);
    check(r#"{ "a": [ 1, 2 }, "c": 3 }"#, "{a:[1,2],c:3}", &[WrongClose]);
    check(r#"{ "a": [ 1, 2 }"#, "{a:[1,2]}", &[MissingClose]);
    check(r#"{ "a": [ 1, "b": 3 }"#, "{a:[1],b:3}", &[MissingClose, MissingComma][..1].as_ref());
    check(r#"{ "a": { "b": 1 ], "c": 2 }"#, "{a:{b:1},c:2}", &[WrongClose]);
    check(r#"{ "a": [ 1 ] ], "c": 2 }"#, "{a:[1],c:2}", &[Skipped]);
}

#[test]
fn a_further_block_ends_an_unclosed_one() {
    let text = "{ \"a\": { \"b\": 1 }\n\n{ \"c\": 2 }";
    let Reading { node, unclosed, .. } = reading(text);
    assert_eq!((line(&node).as_str(), unclosed, node.span.end), ("{a:{b:1}}", true, 17));
}

#[test]
fn words_without_quotes() {
    check("{\"a\": Timestamp, \"b\": 12345678-1234-1234, \"c\": 01234567-EXAMPLE}", "{a:?Timestamp,b:?12345678-1234-1234,c:?01234567-EXAMPLE}", &[BareWord; 3]);
    check("[True, False, None, undefined, NaN]", "[true,false,null,?undefined,?NaN]", &[BareWord; 5]);
    check("{ key: 1, other-key: arn:aws:s3:::x, $t: 2 }", "{key:1,other-key:?arn:aws:s3:::x,$t:2}", &[BareWord, BareWord, BareWord, Template]);
    check("{\"a\": the time of it \"b\": ISODate(\"2020, x\")}", "{a:?the time of it,b:?ISODate(\"2020, x\")}", &[BareWord, MissingComma, BareWord]);
}

#[test]
fn numbers_that_json_does_not_spell_so() {
    check("[000000, 012345678901, -07]", r#"["000000","012345678901","-07"]"#, &[LeadingZeroNumber; 3]);
    check("[+1, 1., .5, -.5, 0x1F, 1.2.3]", "[1,1.0,0.5,-0.5,?0x1F,?1.2.3]", &[BareWord; 6]);
    check("{\"a\": 12 GB, \"b\": 1}", "{a:12,b:1}", &[Skipped]);
}

#[test]
fn templates() {
    check("{GUARDDUTY_FINDING_JSON_OBJECT}", "{}", &[Template]);
    check("{\"detail\": {FINDING}, \"x\": { }}", "{detail:{},x:{}}", &[Template]);
    check("[<account id>, ${AWS::Region}, $name, {{name}}, <<version>>]", "[?<account id>,?${AWS::Region},?$name,?{{name}},?<<version>>]", &[Template; 5]);
    check("{\"a\": \"{{b}} <c>\", <further fields>, {{key}}: 1}", "{a:\"{{b}} <c>\",{{key}}:1}", &[Template, Template]);
}

#[test]
fn quotes_of_other_kinds() {
    check(r"{'a': 'it\'s', 'b': 'it's'}", r#"{a:"it's",b:"it's"}"#, &[NonstandardQuote; 4]);
    check("[“a”, „b“, ‘c’, «d», ”e”, “f\"]", r#"["a","b","c","d","e","f"]"#, &[NonstandardQuote; 6]);
}

#[test]
fn quotes_that_are_missing() {
    check("{source\": \"aws.x\", \"a\": foo bar\", \"b\": 1}", r#"{source:"aws.x",a:"foo bar",b:1}"#, &[MissingQuote, MissingQuote]);
    check("{\n \"a\": \"foo,\n \"b\": \"bar\n}", r#"{a:"foo",b:"bar"}"#, &[MissingQuote, MissingQuote]);
    check("{ \"a\": \"foo, \"b: 1, \"c: \"d\" }", r#"{a:"foo",b:1,c:"d"}"#, &[MissingQuote; 3]);
    check("[ \"a, \"b\" ]", r#"["a","b"]"#, &[MissingQuote]);
    check("{ \"a\": \"foo }", r#"{a:"foo"}"#, &[MissingQuote]);
}

#[test]
fn line_breaks_in_strings() {
    check("{\"a\": \"one  \n     two\r\n three\", \"b\": 1}", r#"{a:"one two three",b:1}"#, &[LineBreakInString, LineBreakInString]);
}

#[test]
fn bad_escapes_and_control_characters_stay() {
    check("[\"\\d\\u12\", \"a\tb\", \"\\ud800!\", \"it\\'s\"]", "[\"\\\\d\\\\u12\",\"a\\tb\",\"\u{fffd}!\",\"\\\\'\"]".replace("\"\\\\'\"", "\"it\\\\'s\"").as_str(), &[Skipped; 5]);
}

#[test]
fn ellipses() {
    check("{\"a\": 1, ...}", "{a:1}", &[Ellipsis, TrailingComma]);
    check("{\"a\": 1 … \"b\": ..., \"c\": [...]}", "{a:1,b:?...,c:[]}", &[Ellipsis; 3]);
    check("[\n 1,\n .\n .\n .\n 2\n ... more items ...\n]", "[1,2]", &[Ellipsis, Ellipsis]);
    check("[1, ..., 2]", "[1,2]", &[Ellipsis]);
}

#[test]
fn alternatives_in_prose() {
    check(r#"{"a": "X" (or "Y"), "b": "X" | "Y" | Z, "c": 1}"#, r#"{a:"X"~["Y"],b:"X"~["Y", "Z"],c:1}"#, &[Alternative; 3]);
    check(r#"["A" or "B", "A"/"B", "A" atau "B", "A" (or B, C)]"#, r#"["A"~["B"],"A"~["B"],"A"~["B"],"A"~["B", "C"]]"#, &[Alternative; 4]);
    check(r#"{"a": String | null or 5, "b": "x" ("y")}"#, r#"{a:?String~["null", "5"],b:"x"~["y"]}"#, &[BareWord, Alternative, Alternative, Alternative]);
    check(r#"{"a": "x" or "b": 1}"#, r#"{a:"x",b:1}"#, &[Skipped]);
}

#[test]
fn members_in_an_array_are_one_object() {
    check(r#"{"s": [ "start": 0, "end": 5 ], "t": 1}"#, "{s:[{start:0,end:5}],t:1}", &[ObjectInArray]);
    check(r#"[{"a": 1}, "b": 2, "c": 3]"#, "[{a:1},{b:2,c:3}]", &[ObjectInArray]);
}

#[test]
fn what_fits_nowhere_is_skipped() {
    check(r#"{"a": 1 some words, "b": 2, "c", "d": }"#, "{a:1,b:2,d:?}", &[Skipped, Skipped, Skipped, Skipped]);
    check(r#"{"a": "b": 1, "c" {"d": 2}, "e" => 3, {"f": 4}}"#, "{a:?,b:1,c:{d:2},e:3}", &[Skipped, MissingComma, Skipped, Skipped, Skipped]);
    check("\u{feff}{\u{a0}\"a\":\u{200b}1}", "{a:1}", &[Skipped]);
}

#[test]
fn text_that_cannot_be_read() {
    assert!(read("", 0).unwrap_err().message.contains("the end of the text"));
    assert_eq!(read("  x", 0).unwrap_err().at, 2);
    assert!(read("é{}", 1).is_err());
    assert_eq!(read("x {}", 1).unwrap().node.span, 2..4);
    assert_eq!(read_strict("{} {}").unwrap_err().at, 3);
    assert!(read_strict("{\"a\": 1,}").unwrap_err().message.contains("comma"));
    assert!(read_strict(" ").is_err());
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read_strict(&deep(MAX_DEPTH)).is_ok());
    let error = read(&deep(100_000), 0).unwrap_err();
    assert_eq!(error.at, MAX_DEPTH);
    assert!(error.message.contains("128"));
    assert_eq!(read(&"{\"a\":[".repeat(100_000), 0).unwrap_err().at, 64 * 6);
}

#[test]
fn no_text_takes_long() {
    let units = [
        "\"", "'a", "'a\n", "\\\"a:1,", "\"\n", "}", "]}", "{}", "#", "# ", "/*\n", "/* ", "# \"a\" ", "<", "(", "\"a\"(", "\"a\":\"a\" ", "a ", "a\n",
        ".", ". ", ",", "“", "\"a\":<", "\"a\":[1,\"b\":2 ", "{]", "[}", "\"a\" | ", "\"a\"\n", "\"a\": \"b\n", ":", "\\", "\"x]", "é", "0", "1 ", "$a:",
        "\u{a0}", "\"a\n\n", "//", "\"a:1,'b:1,", "{{", "a\":", "a b c\" ", "=", "\"a\":1 {\"b\":2}\n",
    ];
    for open in ["{", "[", "{\n", "[\n", "{\"a\":[", "{\"a\":\"", "[{\"a\":1 "] {
        for unit in units {
            let text = open.to_string() + &unit.repeat(100_000 / unit.len());
            let begin = Instant::now();
            let _ = read(&text, 0);
            assert!(begin.elapsed() < Duration::from_secs(2), "{open}{unit} took {:?}", begin.elapsed());
        }
    }
}
