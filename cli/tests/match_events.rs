//! Events as people keep them are found however they are arranged, packed or wrapped, and as they come.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod matching;

use matching::{COLD, HOT, IS_HOT, Place, Said};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

fn said(name: &str, events: &str) -> Said {
    Place::with(&[(name, events)]).run(&["-p", IS_HOT, name])
}

fn pretty(event: &str) -> String {
    serde_json::to_string_pretty(&serde_json::from_str::<Value>(event).unwrap()).unwrap()
}

#[test]
fn events_in_any_arrangement_are_all_matched() {
    let (hot, cold) = (pretty(HOT), pretty(COLD));
    for (events, out) in [
        (format!("{cold}\n{hot}\n"), "a:1  no rule\na:9  pattern\n"),
        (format!("[{COLD},\n{HOT}]"), "a:1  no rule\na:2  pattern\n"),
        (format!("{COLD}{HOT}"), "a:1  no rule\na:1  pattern\n"),
        (
            format!("{{\"events\": [\n{HOT}, {COLD}]}}"),
            "a:2  pattern\na:2  no rule\n",
        ),
    ] {
        let said = said("a", &events);
        assert_eq!(
            (said.out.as_str(), said.code),
            (out, 0),
            "{events}: {}",
            said.err
        );
    }
}

#[test]
fn events_are_found_in_messages_of_queues_topics_and_logs() {
    let topic = json!({"Type": "Notification", "Message": HOT}).to_string();
    let queue =
        json!({"Records": [{"messageId": "1", "body": topic}, {"messageId": "2", "body": COLD}]})
            .to_string();
    let log = json!({"logEvents": [{"message": HOT}]}).to_string();
    let entry = json!([{"Source": "my.kiln", "DetailType": "Kiln Firing", "Detail": "{\"status\":\"Hot\"}"}]).to_string();
    let call = json!({"EventPattern": IS_HOT, "Event": HOT}).to_string();
    let line = format!("2026-01-02T03:04:05Z INFO fired {HOT}");
    for (events, matched) in [
        (&topic, 1),
        (&queue, 1),
        (&log, 1),
        (&entry, 1),
        (&call, 1),
        (&line, 1),
        (&pretty(&queue), 1),
    ] {
        let said = said("events", events);
        assert_eq!(
            said.out.matches("  pattern\n").count(),
            matched,
            "{events}: {}{}",
            said.out,
            said.err
        );
        assert_eq!(said.code, 0, "{events}");
    }
    let place = Place::with(&[("call.json", &call)]);
    assert_eq!(
        place.run(&["-r", "call.json", "call.json"]).out,
        "call.json:1  call\n"
    );
}

#[test]
fn a_pattern_can_be_tried_on_any_object() {
    let place = Place::with(&[(
        "a.json",
        r#"{"body": {"wood": "oak"}, "log": {"source": "x", "text": "{\"a\":1}"}}"#,
    )]);
    for pattern in [
        r#"{"body":{"wood":["oak"]}}"#,
        r#"{"log":{"source":["x"]}}"#,
    ] {
        assert_eq!(place.run(&["-p", pattern, "a.json"]).code, 0);
    }
}

#[test]
fn events_come_packed_in_utf_16_with_a_mark_and_in_folders() {
    let place = Place::with(&[
        ("all/deep/hot.json", HOT),
        ("all/readme.md", "no event"),
        ("all/cold.ndjson", COLD),
    ]);
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(place.folder.path().join(name), bytes).unwrap();
    let big: Vec<u8> = HOT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    write("big.json", &[&b"\xfe\xff"[..], &big].concat());
    write("marked.json", &[b"\xef\xbb\xbf", HOT.as_bytes()].concat());
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer
        .write_all(format!("{HOT}\n{COLD}\n").as_bytes())
        .unwrap();
    let packed = packer.finish().unwrap();
    write("two.gz", &packed);
    write("cut.gz", &packed[..packed.len() / 2]);
    for (name, out) in [
        ("big.json", "big.json:1  pattern\n"),
        ("marked.json", "marked.json:1  pattern\n"),
        ("two.gz", "two.gz:1  pattern\ntwo.gz:2  no rule\n"),
        (
            "all",
            "all/cold.ndjson:1  no rule\nall/deep/hot.json:1  pattern\n",
        ),
    ] {
        let said = place.run(&["-p", IS_HOT, name]);
        assert_eq!((said.out.as_str(), said.code), (out, 0), "{}", said.err);
        assert_eq!(
            name == "all",
            said.err
                .contains("not read as events, by their names: all/readme.md")
        );
    }
    assert_eq!(place.run(&["-p", IS_HOT, "cut.gz"]).code, 2);
}

#[test]
fn what_is_no_event_takes_no_other_with_it() {
    let lines = format!(
        "no JSON\n{COLD}\n{{\"a\": 1\n{HOT}\n{{\n  \"a\": (,\n  \"b\": 2\n}}\n{HOT}\n\"text\"\n[{HOT}"
    );
    let said = said("mixed", &lines);
    assert_eq!(
        said.out, "mixed:2  no rule\nmixed:4  pattern\nmixed:9  pattern\nmixed:11  pattern\n",
        "{}",
        said.err
    );
    for words in [
        "mixed:1:1: this line is no event",
        "mixed:4:1: ",
        "mixed:6:8",
        "mixed:10:1",
        "ends inside a list",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert_eq!(said.code, 2);
}

#[test]
fn an_event_in_a_wrapping_is_refused_at_its_place() {
    let said = said(
        "a.json",
        "{\"all\": [\n  {\"source\": \"x\", \"detail-type\": \"y\", \"n\": 01}]}",
    );
    assert!(
        said.code == 2 && said.err.contains("a.json:2:44"),
        "{}",
        said.err
    );
}

#[test]
fn a_stream_is_answered_line_by_line_and_what_is_wrong_told_at_once() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
        .args(["match", "-p", IS_HOT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    let mut out = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut err = BufReader::new(process.stderr.take().unwrap()).lines();
    // The stream stays open: an answer that waits for its end never comes.
    input.write_all(b"no JSON\n").unwrap();
    assert_eq!(
        err.next().unwrap().unwrap(),
        "error: -:1:1: this line is no event: expected a JSON object"
    );
    for (event, answer) in [(HOT, "-:2  pattern"), (COLD, "-:3  no rule")] {
        input.write_all(format!("{event}\n").as_bytes()).unwrap();
        assert_eq!(out.next().unwrap().unwrap(), answer);
    }
    input.write_all(pretty(HOT).as_bytes()).unwrap();
    assert_eq!(
        out.next().unwrap().unwrap(),
        "-:4  pattern",
        "it ends with its last brace"
    );
    drop(input);
    assert_eq!(process.wait().unwrap().code(), Some(2));
}

#[test]
fn a_line_without_end_is_told_and_what_follows_is_read() {
    let long = format!("{{\"a\":\"{}\n{HOT}\n", "x".repeat(20 << 20));
    let said = said("long.ndjson", &long);
    assert_eq!(said.out, "long.ndjson:2  pattern\n");
    assert!(
        said.err
            .contains("long.ndjson:1:1: this is no event: a value of more than 16 MB"),
        "{}",
        said.err
    );
}

#[test]
fn many_bad_lines_are_told_in_sum() {
    let said = said("bad.ndjson", &"no JSON\n".repeat(500));
    assert!(
        said.err.contains("480 more events cannot be read") && said.err.lines().count() < 60,
        "{}",
        said.err
    );
}

#[test]
fn an_empty_file_of_events_is_told() {
    assert!(
        said("none.json", " \n")
            .err
            .contains("none.json: there is no event in it")
    );
}
