//! Events that arrived.

use super::Files;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

fn lines(count: usize, line: impl Fn(usize) -> String) -> Files {
    let lines: Vec<String> = (0..count).map(line).collect();
    vec![("kilns.ndjson".to_owned(), lines.join("\n"))]
}

fn event(source: &str, detail_type: &str, detail: &str) -> String {
    format!(r#"{{"source":"{source}","detail-type":"{detail_type}","id":"7","detail":{detail}}}"#)
}

fn fired(detail: &str) -> String {
    event("my.kiln", "Kiln Fired", detail)
}

fn members(count: usize, member: impl Fn(usize) -> String) -> String {
    let members: Vec<String> = (0..count).map(member).collect();
    format!("{{{}}}", members.join(","))
}

pub(crate) fn alike(count: usize) -> Files {
    lines(count, |at| {
        fired(&format!(
            r#"{{"status":"hot","degrees":{at},"lid":[{{"open":true}}]}}"#
        ))
    })
}

pub(crate) fn wide(count: usize) -> Files {
    lines(1, |_| fired(&members(count, |at| format!("\"k{at}\":1"))))
}

pub(crate) fn new_keys(count: usize) -> Files {
    let inner = |line| {
        members(10, |at| {
            format!("\"k{line}x{at}\":{{\"z\":{{\"y\":{at}}}}}")
        })
    };
    lines(count, |line| fired(&format!("{{\"m\":{}}}", inner(line))))
}

pub(crate) fn deep(count: usize) -> Files {
    let deep = |depth| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    lines(count / 100, |_| fired(&deep(100)))
}

pub(crate) fn types(count: usize) -> Files {
    let detail = r#"{"status":"hot","lid":{"open":true}}"#;
    lines(count, |at| {
        event("my.kiln", &format!("Kiln {at} State Change"), detail)
    })
}

pub(crate) fn sources(count: usize) -> Files {
    lines(count, |at| {
        event(&format!("my.kiln{at}"), "Kiln Fired", r#"{"a":1}"#)
    })
}

pub(crate) fn files(count: usize) -> Files {
    let file = |at| {
        (
            format!("kilns/{at}.json"),
            fired(&format!("{{\"k{}\":1}}", at % 7)),
        )
    };
    (0..count).map(file).collect()
}

pub(crate) fn wrapped(count: usize) -> Files {
    let quoted = |text: String| serde_json::Value::from(text).to_string();
    lines(count, |at| {
        let message = format!(
            "{{\"Message\":{}}}",
            quoted(fired(&format!("{{\"a\":{at}}}")))
        );
        format!("{{\"body\":{}}}", quoted(message))
    })
}

/// Events, and what unpacks to as many times its size as is read.
pub(crate) fn packed(count: usize) -> Files {
    let base64 = |bytes: &[u8]| STANDARD.encode(bytes);
    lines(count, |at| {
        let text = match at % 2 {
            0 => fired(&format!("{{\"a\":{at}}}")),
            _ => " ".repeat(20_000),
        };
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        format!(
            "{{\"data\":\"{}\",\"body\":\"{}\"}}",
            base64(&gzip.finish().unwrap()),
            base64(&text.as_bytes()[..9])
        )
    })
}

pub(crate) fn no_json(count: usize) -> Files {
    lines(count, |at| match at % 10 {
        0 => fired("{\"a\":1}"),
        1 => "{\"a\":[1,[[[".to_owned(),
        _ => "START kiln {\"a\" 1".to_owned(),
    })
}

pub(crate) fn one_line(count: usize) -> Files {
    vec![(
        "kilns.json".to_owned(),
        format!("{{\"source\":\"{}", "x".repeat(count)),
    )]
}

pub(crate) fn lists(count: usize) -> Files {
    lines(count, |_| format!("[[[{}],[", fired("{\"a\":[[1],[2]]}")))
}

pub(crate) fn saved(count: usize) -> Files {
    let shape = r#"{"seen":["delivery:7: object"],"fields":{"a":{"at":"0","shape":{"seen":["delivery:7: integer"]}}}}"#;
    let types: Vec<String> = (0..count)
        .map(|at| format!("\"Kiln {at}\":{shape}"))
        .collect();
    let text = format!(
        r#"{{"kind":"delivery","name":"deliveries","shapes":{{"my.kiln":{{{}}}}}}}"#,
        types.join(",")
    );
    vec![("saved.json".to_owned(), text)]
}

/// Lines that nothing of is JSON until far behind, in each of the forms that JSON within a line has.
pub(crate) fn within_lines(count: usize) -> Files {
    let forms = ["{ ", "\"\"{\"\"a\n", "\"{\\\"a", "{&quot;a", "{\"a\":"];
    let lines = forms.map(|form| format!("INFO kiln {}", form.repeat(count)));
    let text = format!("{}\n{}", fired("{\"a\":1}"), lines.join("\n"));
    vec![("kilns.ndjson".to_owned(), text)]
}

/// One event, its fields in objects of forty.
pub(crate) fn fields(count: usize) -> Files {
    let object = |at| members(count.min(40), |key| format!("\"key{at}x{key}\":\"a\""));
    let objects = members(count.div_ceil(40), |at| {
        format!("\"kiln{at}\":{}", object(at))
    });
    lines(1, |_| fired(&objects))
}

/// Keys that are one name in every language.
pub(crate) fn colliding(count: usize) -> Files {
    let key = |at: usize| {
        let bits = (0..12).map(|bit| if at >> bit & 1 == 1 { "_" } else { "-" });
        bits.fold("k".to_owned(), |key, joint| key + joint)
    };
    lines(1, |_| {
        fired(&members(count.min(500), |at| format!("\"{}e\":1", key(at))))
    })
}

/// Objects of the same key, none like the other.
pub(crate) fn objects(count: usize) -> Files {
    let object = |at| format!("\"kiln{at}\":{{\"lid\":{{\"a{at}\":1,\"b{at}\":{{\"c\":true}}}}}}");
    lines(1, |_| fired(&members(count, object)))
}
