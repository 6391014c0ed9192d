//! What a person or a program meets at `match`: which rules match, why, what is refused, and the exit status.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod matching;

use matching::{COLD, HOT, IS_HOT, Place};
use serde_json::{Value, json};

#[test]
fn a_pattern_and_an_event() {
    let place = Place::with(&[("hot.json", HOT), ("cold.json", COLD)]);
    let said = place.run(&["--pattern", IS_HOT, "hot.json", "cold.json"]);
    assert_eq!(said.out, "hot.json:1  pattern\ncold.json:1  no rule\n");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(
        place.run(&["--pattern", IS_HOT, "cold.json"]).code,
        1,
        "nothing matches"
    );
}

#[test]
fn a_folder_of_rules_and_a_stream_of_events() {
    let place = Place::with(&[
        ("rules/hot.json", IS_HOT),
        ("rules/deep/all.json", r#"{"source":["my.kiln"]}"#),
        ("rules/readme.md", "no rule"),
    ]);
    let said = place.run_with(&["--rules", "rules"], &format!("{HOT}\n\n{COLD}\n"));
    assert_eq!(said.out, "-:1  all, hot\n-:3  all\n", "{}", said.err);
    assert_eq!(said.code, 0);
}

#[test]
fn an_event_may_stand_on_many_lines() {
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<Value>(HOT).unwrap()).unwrap();
    let place = Place::with(&[("hot.json", &pretty)]);
    assert_eq!(
        place.run(&["-p", IS_HOT, "hot.json"]).out,
        "hot.json:1  pattern\n"
    );
}

const TEMPLATE: &str = r#"{
  "Resources": {
    "Hot": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern":
      {"source": ["my.kiln"], "detail": {"status": ["Hot"]}}}},
    "Nightly": {"Type": "AWS::Events::Rule", "Properties": {"ScheduleExpression": "rate(1 day)"}},
    "Topic": {"Type": "AWS::SNS::Topic"},
    "Function": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {
      "OnHeat": {"Type": "EventBridgeRule", "Properties": {"Pattern":
        {"detail": {"degrees": [{"numeric": [">", 1000]}]}}}}}}}
  }
}"#;

const YAML: &str = "\
Resources:
  Hot:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [my.kiln]
        detail:
          status: [Hot, 'Very Hot']
          degrees: [{numeric: ['>=', 1.2e3]}]
  Ours:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        account: [!Ref AWS::AccountId]
";

#[test]
fn templates_hold_rules() {
    let place = Place::with(&[
        ("stack.json", TEMPLATE),
        ("stack.yaml", YAML),
        ("hot.json", HOT),
    ]);
    assert_eq!(
        place.run(&["-r", "stack.json", "hot.json"]).out,
        "hot.json:1  Hot, Function/OnHeat\n"
    );
    let said = place.run(&["-r", "stack.yaml", "hot.json"]);
    assert_eq!(
        (said.out.as_str(), said.code),
        ("hot.json:1  Hot\n", 0),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("Ours is left out") && said.err.contains("stack.yaml:14:19"),
        "{}",
        said.err
    );
}

#[test]
fn what_the_aws_command_line_prints_holds_rules() {
    let rule = json!({"Name": "hot", "Arn": "arn:…", "EventPattern": IS_HOT});
    let schedule = json!({"Name": "nightly", "ScheduleExpression": "rate(1 day)"});
    let list = json!({"Rules": [rule, schedule]}).to_string();
    let place = Place::with(&[
        ("one.json", &rule.to_string()),
        ("all.json", &list),
        ("hot.json", HOT),
    ]);
    assert_eq!(
        place.run(&["-r", "one.json", "hot.json"]).out,
        "hot.json:1  hot\n"
    );
    assert_eq!(
        place
            .run(&["-r", "all.json", "-r", "one.json", "hot.json"])
            .out,
        "hot.json:1  hot, one.json:hot\n"
    );
}

#[test]
fn why_names_the_field_that_failed() {
    let place = Place::with(&[("cold.json", COLD)]);
    let said = place.run(&[
        "-p",
        IS_HOT,
        "-p",
        r#"{"source":["my.kiln"]}"#,
        "--why",
        "cold.json",
    ]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines[0], "cold.json:1  pattern-2");
    assert!(lines[1].starts_with("  - pattern-1: "), "{}", said.out);
    for word in ["detail.status", "\"H\"", "\"Cold\""] {
        assert!(lines[1].contains(word), "{word}: {}", said.out);
    }
    assert!(lines[2].starts_with("  + pattern-2: "), "{}", said.out);
}

#[test]
fn the_report_is_what_its_schema_says() {
    let place = Place::with(&[("events.ndjson", &format!("{HOT}\n{COLD}\n{{\"a\n"))]);
    let said = place.run(&["-p", IS_HOT, "--why", "--format", "json", "events.ndjson"]);
    let report = said.json();
    let schema: Value =
        serde_json::from_str(include_str!("../formats/match-report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(report["rules"][0]["id"], "pattern");
    assert_eq!(report["events"][0]["matched"], json!(["pattern"]));
    assert_eq!(
        (
            &report["events"][1]["line"],
            &report["events"][1]["matched"]
        ),
        (&json!(2), &json!([]))
    );
    assert_eq!(report["events"][1]["why"][0]["matched"], json!(false));
    assert_eq!(
        (&report["diagnostics"][0]["line"], said.code),
        (&json!(3), 2)
    );
}

#[test]
fn a_pattern_that_is_not_valid_is_refused_with_its_place() {
    let template = TEMPLATE.replace("[\"Hot\"]", "[]");
    let yaml = YAML.replace("[Hot, 'Very Hot']", "Hot");
    let place = Place::with(&[
        (
            "rule.json",
            "{\n  \"detail\": {\n    \"status\": \"Hot\"\n  }\n}",
        ),
        ("stack.json", &template),
        ("stack.yaml", &yaml),
        ("broken.yaml", "a: [1\nb: }"),
        ("hot.json", HOT),
    ]);
    for (rule, at) in [
        ("rule.json", ":3:15"),
        ("stack.json", ":4:52"),
        ("stack.yaml", ":8:19"),
        ("broken.yaml", ":2:"),
    ] {
        let said = place.run(&["-r", rule, "hot.json"]);
        assert_eq!(said.code, 2, "{rule}");
        assert!(
            said.err.contains(&format!("{rule}{at}")),
            "{rule}{at}: {}",
            said.err
        );
    }
}

#[test]
fn an_event_that_is_malformed_is_refused_with_its_place_and_the_others_go_on() {
    let place = Place::with(&[("events.ndjson", &format!("{COLD}\n{{\"a\": bad}}\n{HOT}\n"))]);
    let said = place.run(&["-p", IS_HOT, "events.ndjson"]);
    assert_eq!(
        said.out,
        "events.ndjson:1  no rule\nevents.ndjson:3  pattern\n"
    );
    assert!(
        said.code == 2 && said.err.contains("events.ndjson:2:7"),
        "{}",
        said.err
    );
}

#[test]
fn what_is_missing_is_said() {
    let place = Place::with(&[
        ("hot.json", HOT),
        ("latin.json", "{}"),
        ("empty/readme.md", ""),
    ]);
    std::fs::write(place.folder.path().join("latin.json"), b"{\"caf\xe9\":[1]}").unwrap();
    for (arguments, words) in [
        (&["-r", "nowhere.json", "hot.json"][..], "nowhere.json"),
        (&["-p", IS_HOT, "nowhere.json"], "nowhere.json"),
        (&["-r", "latin.json", "hot.json"], "latin.json:1:6"),
        (&["-r", "empty", "hot.json"], "no rule"),
        (&["hot.json"], "--rules"),
        (&["--pairs", "nowhere.ndjson"], "nowhere.ndjson"),
    ] {
        let said = place.run(arguments);
        assert!(
            said.code == 2 && said.err.contains(words),
            "{arguments:?}: {}",
            said.err
        );
    }
}

#[test]
fn pairs_are_answered_line_by_line() {
    let pair = |pattern: &str, event: &str| json!({"pattern": pattern, "event": event}).to_string();
    let lines = [
        pair(IS_HOT, HOT),
        pair(IS_HOT, COLD),
        pair(r#"{"a":[]}"#, HOT),
        pair(IS_HOT, "[]"),
        json!({"pattern": IS_HOT}).to_string(),
        r#"{"pattern":"{\"a\":[\"\ud83d\"]}","event":"{\"a\":\"?\"}"}"#.to_owned(),
    ];
    let place = Place::with(&[("pairs.ndjson", &lines.join("\n"))]);
    let said = place.run(&["--pairs", "pairs.ndjson"]);
    let verdicts: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let short: Vec<(&Value, &Value)> = verdicts
        .iter()
        .map(|verdict| (&verdict["valid"], &verdict["match"]))
        .collect();
    let (yes, no, null) = (&json!(true), &json!(false), &Value::Null);
    assert_eq!(
        short,
        [
            (yes, yes),
            (yes, no),
            (no, null),
            (yes, null),
            (yes, null),
            (yes, yes)
        ]
    );
    assert!(said.out.lines().next().unwrap() == r#"{"valid":true,"match":true,"error":null}"#);
    assert!(
        verdicts[2]["error"]
            .as_str()
            .unwrap()
            .contains("Empty arrays")
            && verdicts[3]["error"].is_string()
    );
    assert_eq!(said.code, 0);

    let said = place.run_with(
        &["--pairs", "-"],
        &format!("{}\n{{\"pattern\":3}}\n", lines[0]),
    );
    assert_eq!((said.out.lines().count(), said.code), (2, 2));
    assert!(said.err.contains(":2:"), "{}", said.err);
}

#[test]
fn help_teaches_by_example() {
    let help = Place::with(&[]).run(&["--help"]).out;
    for word in [
        "cargo codegen match --rules",
        "--why",
        "--pairs",
        "Exit status",
    ] {
        assert!(help.contains(word), "{word}");
    }
}
