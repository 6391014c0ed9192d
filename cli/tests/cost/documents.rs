//! Documents of a registry, API models, and files that people write.

use super::{Files, deliveries};

fn members(count: usize, member: impl Fn(usize) -> String) -> String {
    let members: Vec<String> = (0..count).map(member).collect();
    members.join(",")
}

fn schema(source: &str, detail_type: &str, detail: &str) -> String {
    format!(
        r#"{{"type":"object","x-amazon-events-source":"{source}","x-amazon-events-detail-type":"{detail_type}","properties":{{"detail":{detail}}}}}"#
    )
}

fn document(schemas: &str) -> String {
    format!(r#"{{"openapi":"3.0.0","components":{{"schemas":{{{schemas}}}}}}}"#)
}

fn one(schemas: &str) -> Files {
    vec![("kilns.json".to_owned(), document(schemas))]
}

fn fired(detail: &str) -> String {
    format!("\"Fired\":{}", schema("my.kiln", "Kiln Fired", detail))
}

fn reference(name: &str) -> String {
    format!("{{\"$ref\":\"#/components/schemas/{name}\"}}")
}

pub(crate) fn references(count: usize) -> Files {
    let many = members(count * 4, |at| format!("\"M{at}\":{{\"type\":\"string\"}}"));
    let last = count * 4 - 1;
    let used = members(count, |at| {
        format!("\"k{at}\":{}", reference(&format!("M{}", last - at)))
    });
    one(&format!(
        "{many},{}",
        fired(&format!(
            "{{\"type\":\"object\",\"properties\":{{{used}}}}}"
        ))
    ))
}

pub(crate) fn circles(count: usize) -> Files {
    let back = |at| {
        let own = reference(&format!("C{at}"));
        format!("\"C{at}\":{{\"type\":\"object\",\"properties\":{{\"a\":{own},\"b\":{own}}}}}")
    };
    let used = members(count, |at| {
        format!("\"k{at}\":{}", reference(&format!("C{at}")))
    });
    let detail = format!("{{\"type\":\"object\",\"properties\":{{{used}}}}}");
    one(&format!("{},{}", members(count, back), fired(&detail)))
}

pub(crate) fn all_of(count: usize) -> Files {
    let parts = members(count, |at| {
        format!("{{\"type\":\"object\",\"properties\":{{\"k{at}\":{{\"type\":\"string\"}}}}}}")
    });
    one(&fired(&format!("{{\"allOf\":[{parts}]}}")))
}

pub(crate) fn events(count: usize) -> Files {
    let detail = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    one(&members(count, |at| {
        format!(
            "\"E{at}\":{}",
            schema("my.kiln", &format!("Kiln {at}"), detail)
        )
    }))
}

pub(crate) fn sources(count: usize) -> Files {
    let detail = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    one(&members(count, |at| {
        format!(
            "\"E{at}\":{}",
            schema(&format!("my.kiln{at}"), "Kiln", detail)
        )
    }))
}

pub(crate) fn folder(count: usize) -> Files {
    let file = |at| {
        let schema = schema(
            &format!("my.kiln{}", at % 50),
            &format!("Kiln {at}"),
            r#"{"type":"object"}"#,
        );
        (
            format!("registry/kiln{at}.json"),
            document(&format!("\"E\":{schema}")),
        )
    };
    (0..count).map(file).collect()
}

pub(crate) fn values(count: usize) -> Files {
    let values = members(count, |at| format!("\"HOT_{at}\""));
    let status = format!("{{\"type\":\"string\",\"enum\":[{values}]}}");
    one(&fired(&format!(
        "{{\"type\":\"object\",\"properties\":{{\"status\":{status}}}}}"
    )))
}

/// A name that nothing has, beside many names and some that are long.
pub(crate) fn dangling(count: usize) -> Files {
    let long = "x".repeat(count);
    let small = members(count, |at| format!("\"M{at}\":{{}}"));
    let many = members(10, |at| format!("\"{long}{at}\":{{}}"));
    let detail = reference(&format!("{long}y"));
    one(&format!("{small},{many},{}", fired(&detail)))
}

/// Names that nothing has, as many as there are names.
pub(crate) fn many_dangling(count: usize) -> Files {
    let small = members(count, |at| format!("\"Kiln{at}\":{{}}"));
    let used = members(count, |at| {
        format!("\"k{at}\":{}", reference(&format!("Lid{at}")))
    });
    let detail = format!("{{\"type\":\"object\",\"properties\":{{{used}}}}}");
    one(&format!("{small},{}", fired(&detail)))
}

fn model(shapes: &str, mirrors: &str, deliveries: Files) -> Files {
    let model = format!(
        r#"{{"metadata":{{"serviceId":"Kilns","apiVersion":"2026-01-01"}},"operations":{{}},"shapes":{{{shapes}}}}}"#
    );
    let mirrors = format!(r#"{{"service":"Kilns","mirrors":[{mirrors}]}}"#);
    let own = [
        ("schemas/my.kiln/mirrors.json".to_owned(), mirrors),
        ("service-2.json".to_owned(), model),
    ];
    own.into_iter().chain(deliveries).collect()
}

pub(crate) fn api_model(count: usize) -> Files {
    let shape = |at| {
        format!(
            r#""Kiln{at}":{{"type":"structure","members":{{"status":{{"shape":"Status"}},"lid":{{"shape":"Kiln{at}"}}}}}}"#
        )
    };
    let shapes = members(count, shape) + r#","Status":{"type":"string","enum":["Hot","Cold"]}"#;
    let mirror = |at| format!(r#"{{"detail_type":"Kiln {at} State Change","shape":"Kiln{at}"}}"#);
    model(&shapes, &members(count, mirror), deliveries::types(count))
}

pub(crate) fn api_circles(count: usize) -> Files {
    let inner = members(count, |at| format!("\"m{at}\":{{\"shape\":\"Lid\"}}"));
    let shapes = format!(
        r#""Kiln":{{"type":"structure","members":{{"lid":{{"shape":"Lid"}}}}}},"Lid":{{"type":"structure","members":{{"a":{{"shape":"Pot"}}}}}},"Pot":{{"type":"structure","members":{{{}}}}}"#,
        inner.replace("Lid", "Kiln")
    );
    let event = r#"{"source":"my.kiln","detail-type":"Kiln Fired","id":"7","detail":{"lid":{}}}"#;
    let mirror = r#"{"detail_type":"Kiln Fired","shape":"Kiln"}"#;
    model(
        &shapes,
        mirror,
        vec![("kilns.ndjson".to_owned(), event.to_owned())],
    )
}

pub(crate) fn corrections(count: usize) -> Files {
    let keys = members(count, |at| format!("\"k{at}\":{{\"a\":1}}"));
    let event = format!(
        r#"{{"source":"my.kiln","detail-type":"Kiln Fired","id":"7","detail":{{{keys}}}}}"#
    );
    let all = members(count, |at| {
        format!(r#"{{"fix":"map","field":"k{at}","values":"integer","reason":"seen"}}"#)
    });
    vec![
        (
            "schemas/my.kiln/corrections.json".to_owned(),
            format!("{{\"corrections\":[{all}]}}"),
        ),
        ("kilns.ndjson".to_owned(), event),
    ]
}

pub(crate) fn detail_types(count: usize) -> Files {
    let all = members(count, |at| format!("\"Kiln {at} Listed\""));
    let listed = format!(r#"{{"listed":"Kilns","detail_types":[{all}]}}"#);
    let mut files = deliveries::alike(1);
    files.push(("schemas/my.kiln/detail-types.json".to_owned(), listed));
    files
}
