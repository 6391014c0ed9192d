//! Events shaped like the records of San Francisco's city lots, made up here; and eight categories of five
//! rules, each with one operator, as the engine inside EventBridge is measured by its authors.

use super::Workload;
use fastrand::Rng;
use serde_json::{Value, json};

/// A category of rules.
pub(super) struct Category {
    pub(super) name: &'static str,
    rules: fn() -> [Value; 5],
}

pub(super) const CATEGORIES: [Category; 8] = [
    Category {
        name: "exact",
        rules: || LOTS.map(|lot| property("LOT_ID", json!(lot))),
    },
    Category {
        name: "prefix",
        rules: || {
            ["AC", "BL", "DR", "FU", "RH"].map(|text| property("STREET", json!({ "prefix": text })))
        },
    },
    Category {
        name: "suffix",
        rules: || {
            ["ON", "KE", "MM", "ING", "GO"]
                .map(|text| property("STREET", json!({ "suffix": text })))
        },
    },
    Category {
        name: "wildcard",
        rules: || {
            ["143*", "2*0*1*7", "*218", "3*5*2", "00*0*01"]
                .map(|text| property("LOT_ID", json!({ "wildcard": text })))
        },
    },
    Category {
        name: "numeric",
        rules: || numeric("first"),
    },
    Category {
        name: "anything-but",
        rules: anything_but,
    },
    Category {
        name: "equals-ignore-case",
        rules: || {
            ["jefferson", "bEaCh", "HyDe", "CHESTNUT", "fulton"]
                .map(|text| property("STREET", json!({ "equals-ignore-case": text })))
        },
    },
    Category {
        name: "complex-arrays",
        rules: || numeric("coordinates"),
    },
];

const STREETS: [&str; 24] = [
    "UNKNOWN",
    "ACADIA",
    "ALABAMA",
    "BEACH",
    "BLAKE",
    "BLANCHE",
    "CHESTNUT",
    "CLAYTON",
    "DRUMM",
    "FULTON",
    "FUNSTON",
    "GENEVA",
    "HYDE",
    "IRVING",
    "JEFFERSON",
    "LAKE",
    "MASON",
    "MISSION",
    "NORIEGA",
    "RHODE ISLAND",
    "SANTIAGO",
    "TURK",
    "VALLEJO",
    "WASHINGTON",
];

/// Lots that rules ask for.
const LOTS: [&str; 5] = ["0042007", "1430022", "2607117", "3745012", "0999001"];

const KINDS: [&str; 5] = [r#""ST""#, r#""AV""#, r#""BLVD""#, r#""WY""#, r#""DR""#];

pub(super) fn workload(category: &Category, events: usize) -> Workload {
    let mut rng = Rng::with_seed(2);
    Workload {
        events: (0..events).map(|_| event(&mut rng)).collect(),
        rules: (category.rules)().iter().map(Value::to_string).collect(),
    }
}

fn property(key: &str, value: Value) -> Value {
    json!({ "properties": { key: [value] } })
}

fn numeric(place: &str) -> [Value; 5] {
    let range = |terms: Value| json!({ "x": [{ "numeric": terms }] });
    [
        json!({ "geometry": { "type": ["Polygon"], place: range(json!(["=", -122.4291636])) } }),
        json!({ "geometry": { "type": ["MultiPolygon"], place: { "z": [{ "numeric": ["=", 0] }] } } }),
        json!({ "geometry": { place: range(json!(["<", -122.47])) } }),
        json!({ "geometry": { place: range(json!([">", -122.41600944012424])) } }),
        json!({ "geometry": { place: range(json!([">", -122.46471267081272, "<", -122.4063085128395])) } }),
    ]
}

fn anything_but() -> [Value; 5] {
    [
        property("STREET", json!({ "anything-but": ["FULTON"] })),
        property("STREET", json!({ "anything-but": ["MASON"] })),
        property("ST_TYPE", json!({ "anything-but": ["ST"] })),
        json!({ "geometry": { "type": [{ "anything-but": ["Polygon"] }] } }),
        property("FROM_ST", json!({ "anything-but": ["441"] })),
    ]
}

/// One that rules ask for, or another.
fn lot(rng: &mut Rng) -> String {
    match rng.usize(..100) {
        known if known < LOTS.len() => LOTS[known].to_owned(),
        _ => format!("{:04}{:03}", rng.u16(..4_000), rng.u16(1..40)),
    }
}

/// One record; its keys stand in the order that such records have.
fn event(rng: &mut Rng) -> String {
    let lot = lot(rng);
    let (block, number) = lot.split_at(4);
    let street = STREETS[rng.usize(..STREETS.len())];
    let kind = match rng.u8(..10) {
        0 => "null",
        _ => KINDS[rng.usize(..KINDS.len())],
    };
    let shape = match rng.u8(..50) {
        0 => "MultiPolygon",
        _ => "Polygon",
    };
    let (from, to) = (rng.u16(..2_000), rng.u16(..2_000));
    let side = if rng.bool() { "E" } else { "O" };
    let points: Vec<String> = (0..rng.usize(3..8)).map(|_| point(rng)).collect();
    format!(
        r#"{{"type":"Feature","properties":{{"LOT_ID":"{lot}","BLOCK":"{block}","LOT":"{number}","FROM_ST":"{from}","TO_ST":"{to}","STREET":"{street}","ST_TYPE":{kind},"ODD_EVEN":"{side}"}},"geometry":{{"type":"{shape}","first":{},"second":{},"coordinates":[{}]}}}}"#,
        point(rng),
        point(rng),
        points.join(",")
    )
}

fn point(rng: &mut Rng) -> String {
    let (x, y) = (-122.5 + rng.f64() * 0.12, 37.7 + rng.f64() * 0.1);
    format!(r#"{{"x":{x},"y":{y},"z":0.0}}"#)
}
