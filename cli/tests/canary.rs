//! Privacy: a canary in every position of an event × every container of events × every name of a file. Whatever
//! `learn` makes of it, the canary stands nowhere in `schemas/`, in `generated/` or in what is said. What is kept
//! all the same is listed in `what_is_kept_is_known`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// No part of any other word here, in any case.
const CANARY: &str = "quagga";

/// Digits of the canary: a card, a phone.
const DIGITS: [&str; 2] = ["4929000111122223", "5550199"];

/// Details with a canary at each place where customers' data can stand.
fn details() -> Vec<Value> {
    let key_of = |key: &str| json!({ "FiringStatus": "Hot", "Seats": { key: { "n": 1 }, "sum": { "n": 2 } } });
    let mut details = vec![
        json!({ "FiringName": "quagga", "Owner": "Quagga Zebrine", "password": "quagga-S3CR3T", "FiringStatus": "Hot" }),
        json!({ "FiringStatus": "Quagga", "type": "QUAGGA", "Mode": "quagga zebrine", "action": "QUAGGA_FAILED", "Failed": { "state": ["Quagga", "Hot"] } }),
        json!({ "resultType": "Quagga", "priority": "quagga", "userKind": "Quagga9", "userLevel": "FailedQuagga", "phase": { "status": "Quagga" } }),
        json!({ "FailureReason": "ClientError: quagga", "Time": "2031-05-05T05:05:05Z", "card": 4929000111122223_u64, "phone": "+15550199" }),
        json!({ "Tags": { "Quagga": "quagga", "card 4929000111122223": "x" }, "labels": { "quagga": { "quagga": 1 } } }),
        json!({ "Tags": [{ "Key": "quagga", "Value": "Quagga" }], "FiringStatus": "Hot" }),
        json!({ "Tags": [{ "Quagga": "quagga" }], "resourceTags": { "Tags": { "quagga": 1 } } }),
        json!({ "body": "{\"user\":\"quagga\",\"status\":\"Quagga\"}", "list": [["quagga", { "a": "quagga" }]] }),
        json!({ "requestParameters": { "environment": [{ "name": "DB_PASSWORD", "value": "quagga" }] }, "url": "https://quagga.example/?t=1" }),
        json!({ "quagga@kiln.example": 1, "Quagga Zebrine": { "Status": "Hot" }, "FiringStatus": "Hot" }),
    ];
    let keys = [
        "Quagga Zebrine",
        "quagga@kiln.example",
        "https://quagga.example",
        "db.quagga.internal",
        "quagga.example",
        "team/quagga",
        "aws:quagga",
        "arn:aws:s3:::quagga",
        "4929000111122223",
        "4929-0001-1112-2223",
        "+1 555 5550199",
        "quagga-2026-01-02",
        "ghp_aB3dE5gH7quagga9",
        "AKIAQUAGGA7EXAMPLE12",
        "QUAGGA_PASSWORD",
    ];
    details.extend(keys.map(key_of));
    details
}

fn events() -> Vec<Value> {
    let event = |(number, detail): (usize, Value)| {
        json!({
            "version": "quagga", "id": format!("0c1d2e3f-0000-4000-8000-{number:012}"),
            "detail-type": "Kiln Firing State Change", "source": "my.kiln", "account": "quagga",
            "time": "2026-01-02T03:04:05Z", "region": "quagga-1", "resources": ["arn:aws:kiln:::quagga"],
            "replay-name": "quagga", "detail": detail
        })
    };
    details().into_iter().enumerate().map(event).collect()
}

/// A way to hold events.
struct Container {
    name: &'static str,
    bytes: Vec<u8>,
    /// Whether its events are read, whatever the file is called; others are refused, passed over or asked for.
    read: bool,
}

fn containers() -> Vec<Container> {
    let events = events();
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    let pretty: Vec<String> = events
        .iter()
        .map(|event| serde_json::to_string_pretty(event).unwrap())
        .collect();
    let each = |write: &dyn Fn(&String) -> String| lines.iter().map(write).collect::<String>();
    let under = |outer: &str, key: &str| {
        let inner = lines.iter().map(|line| json!({ key: line })).collect();
        json!({ outer: Value::Array(inner) }).to_string()
    };
    let topics: Vec<Value> = lines
        .iter()
        .map(|line| json!({ "body": json!({ "Type": "Notification", "Message": line }).to_string() }))
        .collect();
    let quoted = |line: &String| line.replace('"', "\"\"");
    let read = |name: &'static str, text: String| Container {
        name,
        bytes: text.into_bytes(),
        read: true,
    };
    let kept_out = |name: &'static str, text: String| Container {
        name,
        bytes: text.into_bytes(),
        read: false,
    };
    let utf16 = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
        let units = lines.join("\n");
        let units = units.encode_utf16().flat_map(order);
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let start = "START RequestId: 8f507cfc-0000-4697-b07a-ac58fc914c95 Version: quagga";
    let stdout = "2026-01-02T03:04:05.678Z 8f507cfc INFO";
    vec![
        read("one", lines[0].clone()),
        read("pretty", pretty.join("\n")),
        read("array", format!("[{}]", lines.join(","))),
        read("pretty array", format!("[\n{}\n]\n", pretty.join(",\n"))),
        read("lines", lines.join("\n")),
        read("in one line", lines.concat()),
        read("byte order mark", format!("\u{feff}{}", lines.join("\n"))),
        read("queue", under("Messages", "Body")),
        read("topic in a queue", json!({ "Records": topics }).to_string()),
        read("subscription", under("logEvents", "message")),
        read("insights", under("results", "@message")),
        read("function log", each(&|line| format!("{start}\n{line}\nEND RequestId: quagga\n"))),
        read("pretty function log", format!("{start}\n{}\nEND RequestId: quagga\n", pretty.join(&format!("\n{start}\n")))),
        read("times in front", each(&|line| format!("{stdout} quagga {line}\n"))),
        read("times in brackets", each(&|line| format!("[2026-01-02 03:04:05] quagga {line} quagga\n"))),
        read("tabs", each(&|line| format!("2026-01-02T03:04:05Z\tquagga\t{line}\n"))),
        read("received", each(&|line| format!("Received event: {line}\n"))),
        read("escaped in a line", each(&|line| format!("level=info message={}\n", Value::from(line.as_str())))),
        read("csv", format!("@timestamp,@message\n{}", each(&|line| format!("2026-01-02 03:04:05.678,\"{}\"\n", quoted(line))))),
        read("csv in quotes", format!("\"n\",\"@message\"\n{}", each(&|line| format!("\"quagga\",\"{}\"\n", quoted(line))))),
        read("table", format!("| @timestamp | @message |\n|---|---|\n{}", each(&|line| format!("| 2026-01-02 03:04:05 | {line} |\n")))),
        read("cut off", format!("{}\n{}", lines[1], &lines[0][..lines[0].len() - 40])),
        read("junk first", format!("quagga\n{}\nquagga {{\n", lines.join("\n"))),
        Container { name: "utf-16 le", bytes: utf16(b"\xFF\xFE", u16::to_le_bytes), read: true },
        Container { name: "utf-16 be", bytes: utf16(b"\xFE\xFF", u16::to_be_bytes), read: true },
        read("html of a console", format!("<html><body><div>Log events</div><table>{}</table></body></html>",
            each(&|line| format!("<tr><td>2026-01-02T03:04:05Z</td><td>{}</td></tr>\n", line.replace('"', "&quot;"))))),
        kept_out("html without a word", format!("<html><body><pre>{}</pre></body></html>", lines.join("\n"))),
        kept_out("cut off alone", lines[0][..lines[0].len() - 40].to_owned()),
        kept_out("as programs print it", each(&|line| format!("{}\n", line.replace('"', "'")))),
        kept_out("a title", format!("Kiln\n{}\n", lines[0])),
        kept_out("a comment", format!("// quagga\n{}\n", pretty[0])),
        kept_out("one comma too many", lines[0].replacen("\"quagga\",", "\"quagga\",,", 1)),
        kept_out("yaml", "- id: quagga\n  source: my.kiln\n  detail-type: Kiln Lit\n  detail:\n    name: quagga\n".to_owned()),
        kept_out("base64", json!({ "Records": [{ "kinesis": { "data": "cXVhZ2dhIHsic291cmNlIjoibXkua2lsbiJ9" } }] }).to_string()),
        kept_out("odd sources", lines[0].replace("my.kiln", "my kiln quagga")),
        kept_out("odd details", lines[0].replace("\"detail\":{", "\"detail\":\"quagga\",\"x\":{")),
    ]
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn run(place: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
    command.args(arguments).current_dir(place);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

/// All that stands below a folder, names of files included.
fn written(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = entries.map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            name + &written(&entry.path())
        } else {
            name + &std::fs::read_to_string(entry.path()).unwrap()
        }
    });
    texts.collect()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Where the canary stands in a text, with what is around it.
fn leak(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let found = DIGITS
        .iter()
        .chain([&CANARY])
        .find_map(|canary| lower.find(canary))?;
    let around = |by: usize| {
        lower
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| *at + by >= found)
    };
    let start = around(60).unwrap_or(0);
    Some(lower[start..].chars().take(160).collect())
}

fn assert_silent(case: &str, output: &Output, place: &Path) {
    for (what, text) in [
        ("said", said(output)),
        ("schemas", written(&place.join("schemas"))),
        ("generated", written(&place.join("generated"))),
    ] {
        if let Some(leak) = leak(&text) {
            panic!("{case}: the canary is {what}: {leak}");
        }
    }
    let code = output.status.code();
    assert!(
        matches!(code, Some(0 | 2)),
        "{case}: {code:?} {}",
        said(output)
    );
}

const NAMES: [&str; 9] = [
    "a.json", "a.txt", "a.md", "a.log", "a.html", "a.ndjson", "a.csv", "a", "a.gz",
];

#[test]
fn no_canary_is_kept_or_said_whatever_holds_it_and_whatever_it_is_called() {
    let mut cases = 0;
    for container in containers() {
        for name in NAMES {
            let case = format!("{} in {name}", container.name);
            let place = TempDir::new().unwrap();
            let bytes = match name {
                "a.gz" => packed(&container.bytes),
                _ => container.bytes.clone(),
            };
            std::fs::write(place.path().join(name), bytes).unwrap();
            let output = run(place.path(), &["learn", name], b"");
            assert_silent(&case, &output, place.path());
            let is_learned = place
                .path()
                .join("schemas/my.kiln/FiringStateChange.json")
                .is_file();
            assert!(
                is_learned || !container.read,
                "{case}: its events are read: {}",
                said(&output)
            );
            let report = run(
                place.path(),
                &["learn", "--dry-run", "--format", "json", name],
                b"",
            );
            assert_silent(&case, &report, place.path());
            cases += 1;
        }
        let place = TempDir::new().unwrap();
        for arguments in [&["learn", "-"][..], &["learn", "--partial", "-", "-"]] {
            let output = run(place.path(), arguments, &container.bytes);
            assert_silent(
                &format!("{} from a pipe", container.name),
                &output,
                place.path(),
            );
        }
        cases += 2;
    }
    assert!(cases > 300, "{cases}");
}

#[test]
fn no_canary_is_generated() {
    let place = TempDir::new().unwrap();
    for (number, container) in containers().iter().enumerate() {
        let name = format!("{number}.txt");
        std::fs::write(place.path().join(&name), &container.bytes).unwrap();
        run(place.path(), &["learn", &name], b"");
    }
    for arguments in [
        &["generate"][..],
        &["explain", "Kiln Firing State Change"],
        &["coverage", "--overruled"],
    ] {
        let output = run(place.path(), arguments, b"");
        assert_silent("all", &output, place.path());
    }
    assert!(place.path().join("generated/rust/src").is_dir());
}

#[test]
fn what_is_said_to_be_deliveries_is_read_so_whatever_it_looks_like() {
    for container in containers() {
        for name in ["a.md", "a.html", "a.txt"] {
            let place = TempDir::new().unwrap();
            std::fs::write(place.path().join(name), &container.bytes).unwrap();
            let output = run(place.path(), &["learn", "--as", "deliveries", name], b"");
            assert_silent(
                &format!("{} as deliveries in {name}", container.name),
                &output,
                place.path(),
            );
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        }
    }
}

/// What is kept of deliveries although customers may put data into it, each with why.
#[test]
fn what_is_kept_is_known() {
    let kept = [
        ("the event source", json!({ "source": "my.quagga" })),
        ("the detail-type", json!({ "detail-type": "Quagga Lit" })),
        ("the event id", json!({ "id": "quagga" })),
        (
            "what can be the name of a field",
            json!({ "detail": { "quaggaCount": 1 } }),
        ),
        (
            "that of a field of an object",
            json!({ "detail": { "Seats": { "quagga": 1 } } }),
        ),
    ];
    for (what, change) in kept {
        let place = TempDir::new().unwrap();
        let mut event =
            json!({ "id": "1", "source": "my.kiln", "detail-type": "Kiln Lit", "detail": {} });
        for (key, value) in change.as_object().unwrap() {
            event[key] = value.clone();
        }
        std::fs::write(place.path().join("a.json"), event.to_string()).unwrap();
        let output = run(place.path(), &["learn", "a.json"], b"");
        assert_eq!(output.status.code(), Some(0), "{what}");
        assert!(
            leak(&written(&place.path().join("schemas"))).is_some(),
            "{what} is kept"
        );
    }
}

#[test]
fn what_was_kept_is_told() {
    let place = TempDir::new().unwrap();
    let text: Vec<String> = events().iter().map(Value::to_string).collect();
    std::fs::write(place.path().join("a.ndjson"), text.join("\n")).unwrap();
    let report = run(
        place.path(),
        &["learn", "--format", "json", "a.ndjson"],
        b"",
    );
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let kept = &report["evidence"][0]["deliveries"]["kept"];
    assert_eq!(kept["words"], json!(["Hot"]));
    assert!(
        kept["other_texts"].as_u64() > Some(5) && kept["data_keys"].as_u64() > Some(20),
        "{kept}"
    );
    let human = run(place.path(), &["learn", "--dry-run", "a.ndjson"], b"");
    assert!(
        said(&human).contains("the words Hot; not kept: all other values"),
        "{}",
        said(&human)
    );
}

#[test]
fn the_caller_is_asked_in_doubt_and_a_word_that_cannot_be_true_is_refused() {
    let place = TempDir::new().unwrap();
    let title = format!("Kiln\n{}\n", events()[0]);
    std::fs::write(place.path().join("a.txt"), &title).unwrap();
    let asked = run(place.path(), &["learn", "a.txt"], b"");
    assert_eq!(asked.status.code(), Some(2));
    for part in [
        "--as deliveries",
        "--as page",
        "1 event; beside it: 0 headings",
    ] {
        assert!(said(&asked).contains(part), "{part}: {}", said(&asked));
    }
    assert!(!place.path().join("schemas").exists());
    let page = run(
        place.path(),
        &["learn", "--as", "page", "--dry-run", "a.txt"],
        b"",
    );
    assert!(
        said(&page).contains("a.txt (text): 1 event"),
        "{}",
        said(&page)
    );

    std::fs::write(place.path().join("a.gz"), packed(title.as_bytes())).unwrap();
    let shapes = json!({ "kind": "delivery", "name": "deliveries", "shapes": {} });
    std::fs::write(place.path().join("shapes.json"), shapes.to_string()).unwrap();
    let document = json!({ "x-amazon-events-source": "my.kiln", "x-amazon-events-detail-type": "Kiln Lit", "properties": {} });
    std::fs::write(place.path().join("document.json"), document.to_string()).unwrap();
    for (word, name, part) in [
        ("page", "a.gz", "is packed, or comes from a pipe"),
        ("page", "-", "is packed, or comes from a pipe"),
        ("deliveries", "shapes.json", "leave out `--as`"),
        ("page", "document.json", "leave out `--as`"),
    ] {
        let refused = run(
            place.path(),
            &["learn", "--as", word, name],
            title.as_bytes(),
        );
        assert_eq!(refused.status.code(), Some(2), "{name}");
        assert!(said(&refused).contains(part), "{name}: {}", said(&refused));
    }
}

#[test]
fn shapes_that_were_saved_with_more_are_learned_with_less() {
    let place = TempDir::new().unwrap();
    let text = |words: Value, fields: Value| json!({ "seen": ["delivery:1: string", "delivery:1: object"], "words": words, "fields": fields });
    let field = |shape: Value| json!({ "at": "0", "shape": shape });
    let one = json!({ "Hot": ["delivery:1"], "Quagga": ["delivery:1"] });
    let leaf = || field(text(one.clone(), json!({})));
    let fields = json!({
        "FiringStatus": leaf(), "Owner": leaf(), "quagga@kiln.example": leaf(),
        "Tags": field(text(json!({}), json!({ "quagga": leaf() }))),
        "Seats": field(text(json!({}), json!({ "+1 555 5550199": leaf(), "quagga": leaf() })))
    });
    let shapes = json!({ "my.kiln": { "Kiln Lit": text(json!({}), fields) } });
    let partial = json!({ "kind": "delivery", "name": "deliveries", "shapes": shapes });
    std::fs::write(place.path().join("partial.json"), partial.to_string()).unwrap();
    let output = run(place.path(), &["learn", "partial.json"], b"");
    assert_silent("partial", &output, place.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let kept = written(&place.path().join("schemas"));
    assert_eq!(kept.matches("\"Hot\"").count(), 1, "{kept}");
}
