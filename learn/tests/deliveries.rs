//! Deliveries as evidence: the quick way through them gives what the slow way gives, in any arrangement, order
//! and split; what is broken is passed over and leaves no trace; and nothing runs away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::json::{self, Node, Value};
use eventbridge_catalog::model::{Evidence, Origin, WireForm};
use eventbridge_learn::ShapeEvidence;
use eventbridge_learn::delivery::{Delivered, Deliveries};
use eventbridge_learn::shape::{Field, MAX_KEYS, Position, Shape, ValueKind, Words};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

impl Dice {
    fn event(&mut self) -> String {
        let mut members = vec![
            format!("\"id\":\"{:03}-fired\"", self.roll(200)),
            "\"source\":\"my.kiln\"".to_owned(),
            format!(
                "\"detail-type\":\"Kiln {}\"",
                ["Fired", "Opened"][self.roll(2)]
            ),
            "\"resources\":[\"arn:kiln\"]".to_owned(),
            format!("\"detail\":{}", self.object(4)),
        ];
        if self.roll(3) == 0 {
            let at = self.roll(members.len());
            let last = members.len() - 1;
            members.swap(at, last);
        }
        if self.roll(9) == 0 {
            members.retain(|member| !member.starts_with("\"id\""));
        }
        format!("{{{}}}", members.join(","))
    }

    fn object(&mut self, depth: usize) -> String {
        let mut keys = vec![
            "Name",
            "Status",
            "CreationTime",
            "Tags",
            "Inner",
            "List",
            "updatedAt",
            "Type",
            "G1",
            "G2",
            "G3",
            "H\\u00e4rte",
            "State",
        ];
        if self.roll(4) == 0 {
            keys.reverse();
        }
        let mut members = Vec::new();
        for key in keys {
            if self.roll(3) > 0 {
                members.push(format!("\"{key}\":{}", self.value(depth)));
            }
        }
        format!("{{{}}}", members.join(","))
    }

    fn value(&mut self, depth: usize) -> String {
        let word = ["Failed", "In progress", "H\\u006ft", "x-1", "Maria", ""][self.roll(6)];
        match self.roll(if depth == 0 { 11 } else { 14 }) {
            0 => "null".to_owned(),
            1 => "true".to_owned(),
            2 => self.roll(5).to_string(),
            3 => "-7".to_owned(),
            4 => "1.5".to_owned(),
            5 => "1635195148181".to_owned(),
            6 => "1635195148181.0".to_owned(),
            7 => "\"1635195148181\"".to_owned(),
            8 => "\"2026-01-02T03:04:05.678Z\"".to_owned(),
            9 => {
                let first = STATES[self.roll(STATES.len())];
                format!("\"{first}_{}\"", ["STARTED", "STOPPED"][self.roll(2)])
            }
            10 => format!("\"{word}\""),
            11 => {
                let items: Vec<String> = (0..self.roll(3)).map(|_| self.value(depth - 1)).collect();
                format!("[{}]", items.join(", "))
            }
            _ => self.object(depth - 1),
        }
    }
}

/// The first half of words that tell a state: there are more of them than are kept.
const STATES: [&str; 20] = [
    "ACTIVE", "BACKUP", "CHECK", "DELIVERY", "EXPORT", "FAILOVER", "GROUP", "HEALTH", "IMPORT",
    "JOB", "LAUNCH", "MOVE", "NODE", "OUTPUT", "PATCH", "QUEUE", "RESTORE", "SCAN", "TASK",
    "UPGRADE",
];

/// Whether a word of these tests tells a state; the others are words of customers.
fn is_state(word: &str) -> bool {
    ["Failed", "In progress", "Hot"].contains(&word) || word.contains('_')
}

/// What customers choose of the keys of an object: none, all, or all but those of pairs.
#[derive(Clone, Copy, PartialEq)]
enum Chosen {
    None,
    All,
    NotPairs,
}

/// The shape of an event by way of a tree: plain, slow, and for the few keys of this test alone.
fn shape_of(node: &Node, key: &str, chosen: Chosen, site: &Evidence) -> Shape {
    let is_time = ["CreationTime", "updatedAt"].contains(&key);
    let kind = match &node.value {
        Value::Null => ValueKind::Null,
        Value::Bool(_) => ValueKind::Boolean,
        Value::Number(text) if is_time && text.len() == 13 => {
            ValueKind::Instant(WireForm::IntegerMillis)
        }
        Value::Number(text) if is_time && text.len() == 15 => {
            ValueKind::Instant(WireForm::FloatMillis)
        }
        Value::Number(text) if text.contains('.') => ValueKind::Number,
        Value::Number(_) => ValueKind::Integer,
        Value::String(text) if text.starts_with("2026-") => ValueKind::Instant(WireForm::Rfc3339),
        Value::String(text) if is_time && text.starts_with("16351") => {
            ValueKind::Instant(WireForm::StringMillis)
        }
        Value::String(_) | Value::Placeholder(_) => ValueKind::Text,
        Value::Array(_) => ValueKind::List,
        Value::Object(_) => ValueKind::Object,
    };
    let mut shape = Shape::one(kind.clone(), site.clone(), None);
    let tells_a_state = ["Status", "Type", "State"].contains(&key);
    if let (ValueKind::Text, Some(text), true) = (kind, node.as_str(), tells_a_state)
        && is_state(text)
    {
        shape.words = Words::of(text, site);
    }
    for item in node.items() {
        let chosen = match chosen {
            Chosen::None => Chosen::None,
            _ => Chosen::NotPairs,
        };
        let items = shape.items.get_or_insert_default();
        items.join(shape_of(item, key, chosen, site));
    }
    for (ordinal, member) in node.members().iter().enumerate() {
        let key = member.key.as_str();
        let below = match chosen == Chosen::None && key != "Tags" {
            true => Chosen::None,
            false => Chosen::All,
        };
        let value = shape_of(&member.node, key, below, site);
        if chosen == Chosen::All || chosen == Chosen::NotPairs && !["Name", "Type"].contains(&key) {
            shape.keys_overflow = true;
            let values = shape.values.get_or_insert_default();
            values.join(without_words(value));
            continue;
        }
        let field = Field {
            shape: value,
            missing: BTreeSet::new(),
            first: Position::Delivery(ordinal),
        };
        shape.fields.insert(member.key.clone(), Box::new(field));
    }
    shape
}

/// What stands under a key that is data: the key tells no state.
fn without_words(mut shape: Shape) -> Shape {
    shape.words = Words::default();
    shape.items = shape.items.map(|items| Box::new(without_words(*items)));
    shape
}

/// All events, one by one, joined.
fn slowly(events: &[String]) -> ShapeEvidence {
    let mut told = ShapeEvidence::deliveries(BTreeMap::new());
    for event in events {
        let event = json::read_strict(event).unwrap();
        let text = |key: &str| event.get(key).and_then(Node::as_str).map(str::to_owned);
        let id = text("id").unwrap_or_else(|| "no-id".to_owned());
        let site = Evidence::named(Origin::Delivery, id);
        let detail = shape_of(event.get("detail").unwrap(), "detail", Chosen::None, &site);
        let details = BTreeMap::from([(text("detail-type").unwrap(), detail)]);
        let one = BTreeMap::from([(text("source").unwrap(), details)]);
        told.join(ShapeEvidence::deliveries(one));
    }
    told
}

fn read(bytes: &[u8]) -> (ShapeEvidence, Delivered) {
    let mut deliveries = Deliveries::default();
    let delivered = deliveries.read("events", bytes).unwrap();
    (deliveries.shapes(), delivered)
}

fn quickly(text: &str) -> ShapeEvidence {
    read(text.as_bytes()).0
}

fn as_string(text: &str) -> String {
    json::write(&Node::string(text)).trim_end().to_owned()
}

#[test]
fn the_quick_way_gives_what_the_slow_way_gives() {
    let mut dice = Dice(0x5eed);
    for round in 0..60 {
        let events: Vec<String> = (0..1 + dice.roll(40)).map(|_| dice.event()).collect();
        let (told, delivered) = read(events.join("\n").as_bytes());
        assert_eq!(told, slowly(&events), "round {round}");
        assert_eq!(told.write(), slowly(&events).write(), "round {round}");
        assert_eq!(delivered.total(), events.len() as u64);
        assert_eq!(delivered.diagnostics, []);
    }
}

#[test]
fn every_arrangement_gives_the_same() {
    let mut dice = Dice(77);
    for _ in 0..8 {
        let events: Vec<String> = (0..12).map(|_| dice.event()).collect();
        let whole = quickly(&events.join("\n"));
        let indented = |event: &String| json::write(&json::read_strict(event).unwrap());
        let under = |open: &str, key: &str, close: &str| {
            let texts = events
                .iter()
                .map(|event| format!("{{\"{key}\": {}}}", as_string(event)));
            format!("{open}{}{close}", texts.collect::<Vec<_>>().join(","))
        };
        let topic = |event: &String| {
            format!(
                "{{\"Type\":\"Notification\",\"Message\":{}}}",
                as_string(event)
            )
        };
        let messages = events
            .iter()
            .map(|event| format!("{{\"body\":{}}}", as_string(&topic(event))));
        let arrangements = [
            format!("[{}]", events.join(",")),
            format!("[\r\n{}\r\n]\r\n", events.join(",\r\n")),
            format!("\u{feff}{}", events.join(" ")),
            events.iter().map(indented).collect::<String>(),
            under(
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[",
                "message",
                "]}",
            ),
            under("{\"events\":[", "message", "],\"nextToken\":\"{\"}"),
            under("{\"Messages\":[", "Body", "]}"),
            format!(
                "{{\"Records\":[{}]}}",
                messages.collect::<Vec<_>>().join(",\n")
            ),
            events
                .iter()
                .map(|event| as_string(event) + "\n")
                .collect::<String>(),
            format!("{{\"detail\":{{\"list\":[{}]}}}}", events.join(",")),
            format!(
                "{{\"a\":[[{{\"detail\":{}}}]]}}",
                as_string(&format!("[{}]", events.join(",")))
            ),
        ];
        for text in arrangements {
            let (told, delivered) = read(text.as_bytes());
            assert_eq!(told, whole, "{text}");
            assert_eq!((delivered.total(), delivered.skipped), (12, 0), "{text}");
        }
    }
}

#[test]
fn halves_joined_are_the_whole_byte_for_byte() {
    let mut dice = Dice(4711);
    for _ in 0..15 {
        let events: Vec<String> = (0..40).map(|_| dice.event()).collect();
        let whole = quickly(&events.join("\n")).write();
        let mut parts = vec![Vec::new(); 1 + dice.roll(5)];
        let mut left: Vec<&String> = events.iter().collect();
        while !left.is_empty() {
            let event = left.swap_remove(dice.roll(left.len()));
            let (part, again) = (dice.roll(parts.len()), dice.roll(parts.len()));
            parts[part].push(event.as_str());
            if dice.roll(3) == 0 {
                parts[again].push(event.as_str());
            }
        }
        let mut joined = ShapeEvidence::deliveries(BTreeMap::new());
        for part in parts {
            joined.join(ShapeEvidence::read(&quickly(&part.join("\n")).write()).unwrap());
        }
        assert_eq!(joined.write(), whole);
        joined.join(joined.clone());
        assert_eq!(
            joined.write(),
            whole,
            "learning the same again changes nothing"
        );
    }
}

#[test]
fn a_key_that_stands_twice_counts_once() {
    let told = quickly(&kiln(r#"{"Name":"a","Name":7}"#));
    let shape = &told.shapes["my.kiln"]["Kiln Fired"].fields["Name"].shape;
    assert_eq!(shape.kinds(), BTreeSet::from([&ValueKind::Text]));
}

fn kiln(detail: &str) -> String {
    format!(
        "{{\"id\":\"1\",\"source\":\"my.kiln\",\"detail-type\":\"Kiln Fired\",\"detail\":{detail}}}\n"
    )
}

#[test]
fn no_value_is_kept_but_the_words_of_states() {
    let secrets = r#"{"Name":"Maria","Owner":"Jane Doe","Cost":98765.25,"Tags":[{"Key":"Team","Value":"Payroll"}],
        "Labels":{"Oslo":1},"Phase":"Maria","Type":["Hot","Oslo"],"userStatus":"hunter2","resultType":"Jane Doe",
        "Time":"2031-05-05T05:05:05Z","Status":"Hot","Reason":"Out of clay","Big":424242}"#;
    let text = quickly(&kiln(&secrets.replace('\n', ""))).write();
    for secret in [
        "Maria", "Jane", "98765", "Team", "Payroll", "2031", "Out of", "424242", "Oslo", "hunter",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(text.contains("Hot"), "{text}");
}

#[test]
fn a_line_that_is_no_json_leaves_no_trace() {
    let good = [kiln(r#"{"Name":"a"}"#), kiln(r#"{"Name":"b","Cone":6}"#)];
    let whole = quickly(&good.concat());
    let event = kiln(r#"{"Name":"c","Secret":1}"#);
    for broken in [
        "no JSON".to_owned(),
        event[..event.len() - 3].to_owned(),
        event[..event.len() - 20].to_owned(),
        event.replace("\"Secret\":1", "\"Secret\" 1"),
        event.replace("\"Secret\":1", "\"Secret\":1e999"),
        event.replace("\"Secret\":1", "\"Secret\":\"\\ud800\""),
        event.replace("\"Secret\":1", "\"Se\0cret\":1"),
    ] {
        let text = format!("{}{}\n{}", good[0], broken.trim_end(), good[1]);
        let (told, delivered) = read(text.as_bytes());
        assert_eq!(told, whole, "{broken:?}");
        assert_eq!(
            delivered.skipped, 1,
            "{broken:?}: {:?}",
            delivered.diagnostics
        );
        let said = &delivered.diagnostics[0].message;
        assert!(said.contains(": 2:") || said.contains(": 3:"), "{said}");
    }
    let mut bytes = good[0].clone().into_bytes();
    bytes.extend(b"{\"source\":\"caf\xe9\"}\n");
    bytes.extend(good[1].as_bytes());
    let (told, delivered) = read(&bytes);
    assert_eq!((told, delivered.skipped), (whole, 1));
}

#[test]
fn of_many_broken_lines_the_first_few_are_told() {
    let mut text = kiln("{}");
    for _ in 0..1000 {
        text.push_str("  broken\n");
    }
    text.push_str(&kiln("{}"));
    let (_, delivered) = read(text.as_bytes());
    assert_eq!((delivered.total(), delivered.skipped), (2, 1000));
    let [warning] = &delivered.diagnostics[..] else {
        panic!("one warning: {:?}", delivered.diagnostics);
    };
    assert!(
        warning.message.starts_with("1000 lines")
            && warning.message.contains("2:3 (")
            && warning.message.contains("6:3 ("),
        "{warning}"
    );
    assert!(!warning.message.contains("7:3"), "{warning}");
}

#[test]
fn what_is_no_event_is_told() {
    for (text, part) in [
        ("", "is empty"),
        ("{}", "no event stands"),
        ("{\"detail-type\":\"x\",\"detail\":{}}", "no event stands"),
        (
            "{\"source\":7,\"detail-type\":\"x\",\"detail\":{}}",
            "no event stands",
        ),
        (
            "{\"source\":\"../up\",\"detail-type\":\"x\",\"detail\":{}}",
            "no event source",
        ),
        (
            "{\"source\":\"a\",\"detail-type\":\"x\",\"detail\":[]}",
            "is no object",
        ),
        (
            "{\"source\":\"a\",\"detail-type\":\"x\\n\",\"detail\":{}}",
            "no line of text",
        ),
        (
            "[{\"source\":\"a\",\"detail-type\":\"x\",\"detail\":{}}",
            "ends inside a list",
        ),
    ] {
        let (_, delivered) = read(text.as_bytes());
        let said = delivered
            .diagnostics
            .iter()
            .find(|found| found.message.contains(part));
        assert!(
            said.is_some_and(|found| found.help.is_some()),
            "{text}: {:?}",
            delivered.diagnostics
        );
    }
}

#[test]
fn odd_ids_are_replaced() {
    for id in ["", "a: string secret", "a b", "é", &"x".repeat(65)] {
        let text = kiln("{}").replace("\"id\":\"1\"", &format!("\"id\":{}", as_string(id)));
        assert!(
            quickly(&text).write().contains("delivery:no-id: object"),
            "{id}"
        );
    }
}

#[test]
fn a_wrapping_larger_than_any_event_is_opened() {
    let events: Vec<String> = (0..60_000)
        .map(|at| kiln(&format!("{{\"Name\":\"{at}\"}}")))
        .collect();
    let text = format!(
        "{{\"head\":{{\"a\":1}},\"events\":[{}],\"tail\":[]}}",
        events.join(",")
    );
    assert!(text.len() > 5_000_000);
    let (told, delivered) = read(text.as_bytes());
    assert_eq!(told, quickly(&kiln("{\"Name\":\"\"}")));
    assert_eq!((delivered.total(), delivered.skipped), (60_000, 0));
    assert_eq!(delivered.diagnostics, []);
}

#[test]
fn an_event_that_is_too_large_is_passed_over() {
    let large = kiln(&format!("{{\"Name\":\"{}\"}}", "x".repeat(5 << 20)));
    let text = format!("{}{large}{}", kiln("{}"), kiln("{}"));
    let (told, delivered) = read(text.as_bytes());
    assert_eq!(told, quickly(&kiln("{}")));
    let said: String = delivered
        .diagnostics
        .iter()
        .map(|found| found.message.clone())
        .collect();
    assert!(said.contains("4 MB") && delivered.total() == 2, "{said}");
}

#[test]
fn keys_of_crowded_objects_are_not_kept_but_what_stands_under_them_is() {
    let mut dice = Dice(99);
    let key = |dice: &mut Dice| format!("\"pot{}\":{{\"Status\":\"Hot\"}}", dice.roll(5_000));
    let events: Vec<String> = (0..1_500)
        .map(|_| {
            let keys: Vec<String> = (0..4).map(|_| key(&mut dice)).collect();
            kiln(&format!("{{\"Shelf\":{{{}}}}}", keys.join(",")))
        })
        .collect();
    let distinct: Vec<String> = events
        .iter()
        .filter(|event| json::read_strict(event).is_ok())
        .cloned()
        .collect();
    let told = quickly(&distinct.concat());
    assert_eq!(told, slowly(&distinct));
    let shelf = &told.shapes["my.kiln"]["Kiln Fired"].fields["Shelf"].shape;
    assert!(shelf.keys_overflow && shelf.fields.is_empty());
    assert!(!told.write().contains("pot1"));
    let pot = shelf.values.as_ref().unwrap();
    assert!(pot.fields["Status"].shape.words.seen.contains_key("Hot"));
    let mut halves = quickly(&distinct[..700].concat());
    halves.join(quickly(&distinct[700..].concat()));
    assert_eq!(halves.write(), told.write());
}

#[test]
fn a_detail_with_more_keys_than_are_kept_is_bounded() {
    let events: Vec<String> = (0..1_500)
        .map(|at| kiln(&format!("{{\"f{at}\":1}}")))
        .collect();
    let told = quickly(&events.concat());
    assert_eq!(told, slowly(&events));
    let detail = &told.shapes["my.kiln"]["Kiln Fired"];
    assert!(detail.keys_overflow && detail.fields.len() == MAX_KEYS);
}

#[test]
fn one_key_that_is_data_makes_all_of_its_object_data_in_any_order() {
    let plain = kiln(r#"{"Seats":{"maria":{"Type":"Open","at":1}},"Status":"Hot"}"#);
    let data = kiln(r#"{"Seats":{"jan@kiln.example":{"n":[1]},"maria":7},"jan@kiln.example":1}"#);
    let whole = quickly(&format!("{plain}{data}"));
    assert_eq!(quickly(&format!("{data}{plain}")), whole);
    let text = whole.write();
    for secret in ["maria", "jan", "kiln.example"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    for (one, other) in [(&plain, &data), (&data, &plain)] {
        let mut joined = ShapeEvidence::read(&quickly(one).write()).unwrap();
        joined.join(ShapeEvidence::read(&quickly(other).write()).unwrap());
        assert_eq!(joined.write(), text);
    }
    let detail = &whole.shapes["my.kiln"]["Kiln Fired"];
    assert!(detail.fields.contains_key("Status"), "a detail stays one");
    let kinds = detail.fields["Seats"]
        .shape
        .values
        .as_ref()
        .unwrap()
        .kinds();
    assert_eq!(
        kinds,
        BTreeSet::from([&ValueKind::Integer, &ValueKind::Object])
    );
}

#[test]
fn more_fields_or_types_than_are_kept_is_an_error() {
    let mut fields = String::new();
    for event in 0..400 {
        let keys: Vec<String> = (0..300).map(|key| format!("\"f{key}\":1")).collect();
        fields.push_str(
            &kiln(&format!("{{{}}}", keys.join(",")))
                .replace("Kiln Fired", &format!("Kiln {event}")),
        );
    }
    let types: String = (0..2_001)
        .map(|at| kiln("{}").replace("Fired", &at.to_string()))
        .collect();
    for (text, part) in [
        (fields, "100000 different fields"),
        (types, "2000 different detail-types"),
    ] {
        let problem = Deliveries::default()
            .read("events", text.as_bytes())
            .unwrap_err();
        assert!(
            problem.message.contains(part) && problem.help.is_some(),
            "{problem}"
        );
    }
}

#[test]
fn deep_events_stay_readable() {
    let deep = format!("{}1{}", "{\"a\":[".repeat(30), "]}".repeat(30));
    let told = quickly(&kiln(&format!("{{\"deep\":{deep}}}")));
    assert_eq!(ShapeEvidence::read(&told.write()).unwrap(), told);
    let deeper = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let (told, delivered) = read(kiln(&format!("{{\"deep\":{deeper}}}")).as_bytes());
    assert_eq!((delivered.total(), delivered.skipped), (1, 0));
    assert_eq!(ShapeEvidence::read(&told.write()).unwrap(), told);
}

#[test]
fn what_stands_too_far_down_is_counted() {
    let too_far = |detail: &str| read(kiln(detail).as_bytes()).1.kept.too_far;
    assert_eq!(too_far(r#"{"lid":[{"open":true}]}"#), 0);
    let deep = format!("{}1{}", "{\"a\":".repeat(40), "}".repeat(40));
    assert_eq!(too_far(&deep), 1);
    let long = "{\"ConditionOfTheLidOfTheKilnInTheGarden\":".repeat(28);
    assert_eq!(too_far(&format!("{long}1{}", "}".repeat(28))), 1);
}

#[test]
fn hostile_bytes_end_soon() {
    let start = std::time::Instant::now();
    let nested = |depth: usize| {
        let mut text = kiln("{}").trim_end().to_owned();
        for _ in 0..depth {
            text = format!("{{\"detail\":{}}}", text);
        }
        text
    };
    let mut quoted = kiln("{}").trim_end().to_owned();
    for _ in 0..9 {
        quoted = format!("{{\"message\":{}}}", as_string(&quoted));
    }
    for text in [
        "{\"a\":\n".repeat(100_000),
        "{\"detail\":\n".repeat(100_000),
        format!(
            "{}{}\n",
            kiln("1").trim_end().trim_end_matches("1}"),
            "{\"a\":".repeat(33)
        )
        .repeat(10_000),
        "{\"a\":[{},\n".repeat(100_000),
        "[".repeat(3_000_000),
        "{\"detail\":".repeat(300_000),
        "{\"a\":{\"a\":".repeat(500_000),
        nested(100),
        nested(3_000),
        quoted,
        "\"".repeat(1_000_001),
        "\0".repeat(6_000_000),
        "]}:,".repeat(100_000),
        format!("\"{}", "x".repeat(9_000_000)),
    ] {
        let _ = Deliveries::default().read("hostile", text.as_bytes());
    }
    let took = start.elapsed().as_secs();
    assert!(took < 60, "{took} s, unoptimised");
}

#[test]
fn random_damage_never_panics() {
    let mut dice = Dice(13);
    for _ in 0..1_000 {
        let mut bytes = (dice.event() + "\n" + &dice.event() + "\n").into_bytes();
        for _ in 0..1 + dice.roll(6) {
            let at = dice.roll(bytes.len().max(1));
            if bytes.is_empty() {
                break;
            }
            match dice.roll(3) {
                0 => bytes[at] = dice.roll(256) as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at + 1),
            }
        }
        let mut deliveries = Deliveries::default();
        let _ = deliveries.read("damaged", &bytes[..]);
        let told = deliveries.shapes();
        assert_eq!(ShapeEvidence::read(&told.write()).unwrap(), told);
    }
}

#[test]
fn gzip_of_several_members_is_read_and_a_cut_one_refused() {
    let folder = std::env::temp_dir().join(format!("deliveries-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("no name says what it is");
    let pack = |text: &str| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    let mut dice = Dice(3);
    let halves = [0, 1].map(|_| (0..400).map(|_| dice.event() + "\n").collect::<String>());
    let packed = [pack(&halves[0]), pack(&halves[1])].concat();
    std::fs::write(&path, &packed).unwrap();
    let mut deliveries = Deliveries::default();
    eventbridge_learn::input::read(&path, &mut deliveries, &|_| {}).unwrap();
    assert_eq!(deliveries.shapes(), quickly(&halves.concat()));
    for cut in [packed.len() - 5, packed.len() / 2, 30] {
        std::fs::write(&path, &packed[..cut]).unwrap();
        let problem =
            eventbridge_learn::input::read(&path, &mut Deliveries::default(), &|_| {}).unwrap_err();
        assert!(
            problem.message.contains(&format!("byte {cut}")),
            "{cut}: {problem}"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
