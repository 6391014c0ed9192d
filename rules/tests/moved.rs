//! Rules that name what went or moved are told, in whatever they are written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::{diff, model::Model, schema_set};
use eventbridge_rules::{Settings, moved, read_text};
use std::fs;
use tempfile::TempDir;

fn schema(detail_type: &str, name: &str, properties: &str) -> String {
    format!(
        r##"{{
  "title": "{detail_type}",
  "properties": {{
    "source": {{ "const": "my.kiln" }}, "detail-type": {{ "const": "{detail_type}" }}, "detail": {{ "$ref": "#/definitions/{name}" }}
  }},
  "x-evidence": ["kilns.md:3: event"],
  "definitions": {{
    "{name}": {{ "type": "object", "properties": {{ {properties} }} }},
    "Status": {{ "type": "string", "x-known-values": VALUES, "x-evidence": [] }},
    "Pot": {{ "type": "object", "properties": {{ "Glaze": {{ "type": "string", "x-evidence": ["kilns.md:5: string red"] }} }} }}
  }}
}}"##
    )
}

const FIELDS: &str = r##""FiringStatus": { "$ref": "#/definitions/Status", "x-evidence": ["kilns.md:4: string HOT"] },
 "KilnName": { "type": "string", "x-evidence": ["kilns.md:5: string a"] }, "Pots": { "type": "array", "items": { "$ref": "#/definitions/Pot" }, "x-evidence": ["kilns.md:5: list"] }"##;

fn model(events: &[(&str, &str, &str, &str)]) -> Model {
    let set = TempDir::new().unwrap();
    fs::create_dir(set.path().join("my.kiln")).unwrap();
    for (detail_type, name, properties, values) in events {
        let text = schema(detail_type, name, properties).replace("VALUES", values);
        fs::write(set.path().join(format!("my.kiln/{name}.json")), text).unwrap();
    }
    schema_set::load(set.path()).unwrap()
}

fn told(name: &str, rule: &str) -> Vec<String> {
    let values = r#"["HOT", "COLD"]"#;
    let old = model(&[
        ("Kiln State Change", "StateChange", FIELDS, values),
        ("KilnSold", "Sold", FIELDS, values),
    ]);
    let renamed = FIELDS
        .replace("KilnName", "KilnNames")
        .replace("\"Pots\"", "\"Vessels\"");
    let new = model(&[
        ("Kiln State Change", "StateChange", &renamed, r#"["HOT"]"#),
        ("Kiln Sold", "Sold", FIELDS, values),
    ]);
    let changes = diff::diff(&old, &new);
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    };
    let reading = read_text(name, rule, &settings);
    assert!(!reading.rules.is_empty(), "{name}");
    let found = moved(&old, &changes, &reading);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_pattern_that_names_what_went_is_told_at_its_place() {
    let rule = "{\n  \"source\": [\"my.kiln\"],\n  \"detail-type\": [\"Kiln State Change\"],\n  \"detail\": {\n    \"KilnName\": [\"a\"],\n    \"FiringStatus\": [{ \"anything-but\": \"COLD\" }],\n    \"Pots\": { \"Glaze\": [\"red\"] }\n  }\n}\n";
    let told = told("rule.json", rule);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told.iter().any(|it| it.starts_with("rule.json:5:5:")
            && it.contains("Rename field `KilnName` to `KilnNames`")),
        "{told:#?}"
    );
    assert!(
        told.iter()
            .any(|it| it.starts_with("rule.json:6:40:") && it.contains("`COLD`")),
        "{told:#?}"
    );
    assert!(
        told.iter()
            .any(|it| it.starts_with("rule.json:7:5:") && it.contains("Pots")),
        "{told:#?}"
    );
}

#[test]
fn rules_in_yaml_and_terraform_are_told_too() {
    let yaml = "Resources:\n  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [my.kiln]\n        detail-type: [KilnSold]\n";
    let found = told("template.yaml", yaml);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("template.yaml:7:") && found[0].contains("`KilnSold` to `Kiln Sold`"),
        "{found:#?}"
    );
    let hcl = "resource \"aws_cloudwatch_event_rule\" \"hot\" {\n  event_pattern = jsonencode({\n    source = [\"my.kiln\"]\n    \"detail-type\" = [\"Kiln State Change\"]\n    detail = { FiringStatus = [\"COLD\"] }\n  })\n}\n";
    let found = told("main.tf", hcl);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("main.tf:5:"), "{found:#?}");
}

#[test]
fn what_did_not_move_is_not_told() {
    let rule = r#"{ "source": ["my.kiln"], "detail-type": ["Kiln State Change"], "detail": { "FiringStatus": ["HOT"] } }"#;
    assert_eq!(told("rule.json", rule), Vec::<String>::new());
    let other =
        r#"{ "source": ["my.lid"], "detail": { "KilnName": ["a"], "FiringStatus": ["COLD"] } }"#;
    assert_eq!(told("rule.json", other), Vec::<String>::new());
}
