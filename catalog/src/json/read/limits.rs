//! No text nests too deep for the reader, and none takes more than linear time.

use crate::json::{MAX_DEPTH, read, read_strict};
use std::time::{Duration, Instant};

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
fn what_is_nothing_but_defects_is_no_json() {
    let error = read(&("{".to_string() + &"%".repeat(1_000_000)), 0).map(drop);
    assert_eq!(error, Ok(()), "one long word is one defect");
    let error = read(&("[".to_string() + &",".repeat(1_000_000)), 0).unwrap_err();
    assert!(error.message.contains("10000 defects"));
    assert_eq!(error.at, 10_001);
}

#[test]
fn no_text_takes_long() {
    let units = [
        "\"",
        "'a",
        "'a\n",
        "\\\"a:1,",
        "\"\n",
        "}",
        "]}",
        "{}",
        "#",
        "# ",
        "/*\n",
        "/* ",
        "# \"a\" ",
        "<",
        "(",
        "\"a\"(",
        "\"a\":\"a\" ",
        "a ",
        "a\n",
        ".",
        ". ",
        ",",
        "“",
        "\"a\":<",
        "\"a\":[1,\"b\":2 ",
        "{]",
        "[}",
        "\"a\" | ",
        "\"a\"\n",
        "\"a\": \"b\n",
        ":",
        "\\",
        "\"x]",
        "é",
        "0",
        "1 ",
        "$a:",
        "1\"u'",
        "\u{a0}",
        "\"a\n\n",
        "//",
        "\"a:1,'b:1,",
        "{{",
        "a\":",
        "a b c\" ",
        "=",
        "\"a\":1 {\"b\":2}\n",
    ];
    for open in [
        "{",
        "[",
        "{\n",
        "[\n",
        "{\"a\":[",
        "{\"a\":\"",
        "[{\"a\":1 ",
    ] {
        for unit in units {
            let text = open.to_string() + &unit.repeat(20_000 / unit.len());
            let begin = Instant::now();
            let _ = read(&text, 0);
            assert!(
                begin.elapsed() < Duration::from_secs(2),
                "{open}{unit} took {:?}",
                begin.elapsed()
            );
        }
    }
}
