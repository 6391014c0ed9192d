//! Rules as people keep them, of every tool, are read as that tool reads them; what cannot be known is left out aloud.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod matching;

use matching::{HOT, IS_HOT, Place, Said};
use serde_json::{Value, json};

/// What is said of the hot kiln by rules in one file.
fn said(name: &str, rules: &str, more: &[&str]) -> Said {
    let place = Place::with(&[(name, rules), ("hot.json", HOT)]);
    place.run(&[&["-r", name, "hot.json"], more].concat())
}

/// The verdict alone.
fn verdict(name: &str, rules: &str) -> String {
    let said = said(name, rules, &[]);
    let verdict = said.out.trim_end().strip_prefix("hot.json:1  ");
    verdict.unwrap_or(&said.err).to_owned()
}

#[test]
fn every_pattern_in_a_file_is_a_rule() {
    let two = format!("{{\"source\":[\"x\"]}}\n{IS_HOT}\n");
    assert_eq!(verdict("two.ndjson", &two), "two-2");
    assert_eq!(
        verdict("two.json", &format!("[{{\"source\":[\"x\"]}},{IS_HOT}]")),
        "two-2"
    );
    let lost = said("two.json", &format!("{IS_HOT} {{\"a\""), &[]);
    assert_eq!((lost.code, lost.out.as_str()), (2, "hot.json:1  two\n"));
    assert!(lost.err.contains("two.json:1:"), "{}", lost.err);
    let documents = "---\nsource: [my.kiln]\n---\nsource: [x]\n---\n";
    assert_eq!(verdict("two.yaml", documents), "two-1");
    let templates = format!(
        "{}---\n{}",
        rule("Hot", "{source: [my.kiln]}"),
        rule("Warm", "{source: [my.kiln]}")
    );
    assert_eq!(verdict("two.yaml", &templates), "Hot, Warm");
}

/// A template with one rule.
fn rule(name: &str, pattern: &str) -> String {
    format!(
        "Resources:\n  {name}:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: {pattern}\n"
    )
}

#[test]
fn rules_come_in_utf_16_with_a_mark_packed_and_on_stdin() {
    let place = Place::with(&[("hot.json", HOT)]);
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(place.folder.path().join(name), bytes).unwrap();
    let little: Vec<u8> = IS_HOT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("little.json", &[&b"\xff\xfe"[..], &little].concat());
    write("bare.json", &little);
    write(
        "marked.json",
        &[b"\xef\xbb\xbf", IS_HOT.as_bytes()].concat(),
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, IS_HOT.as_bytes()).unwrap();
    write("packed.json.gz", &packer.finish().unwrap());
    for (name, id) in [
        ("little.json", "little"),
        ("bare.json", "bare"),
        ("marked.json", "marked"),
        ("packed.json.gz", "packed"),
    ] {
        let said = place.run(&["-r", name, "hot.json"]);
        assert_eq!(
            said.out,
            format!("hot.json:1  {id}\n"),
            "{name}: {}",
            said.err
        );
    }
    let said = place.run_with(&["-r", "-", "hot.json"], "source: [my.kiln]");
    assert_eq!(said.out, "hot.json:1  stdin\n", "{}", said.err);
    for arguments in [
        &["-r", "-"][..],
        &["-r", "-", "-"],
        &["-r", "-", "-r", "-", "hot.json"],
    ] {
        let said = place.run_with(arguments, IS_HOT);
        assert!(
            said.code == 2 && said.err.contains("stdin cannot give both"),
            "{}",
            said.err
        );
    }
}

#[test]
fn a_disabled_rule_is_told_apart_and_is_no_match() {
    let template = rule("Off", "{source: [my.kiln]}\n      State: DISABLED");
    let printed = json!({"Rules": [{"Name": "Off", "EventPattern": IS_HOT, "State": "DISABLED"}]})
        .to_string();
    let put = json!({"Name": "Off", "EventPattern": IS_HOT, "State": "DISABLED"}).to_string();
    let terraform = format!(
        "resource \"aws_cloudwatch_event_rule\" \"Off\" {{\n  state = \"DISABLED\"\n  event_pattern = <<E\n{IS_HOT}\nE\n}}"
    );
    for (name, rules) in [
        ("a.yaml", &template),
        ("a.json", &printed),
        ("b.json", &put),
        ("a.tf", &terraform),
    ] {
        let said = said(name, rules, &["--why"]);
        let line = said.out.lines().next().unwrap();
        assert!(
            line.starts_with("hot.json:1  no rule (disabled: ") && line.ends_with("Off)"),
            "{name}: {line}"
        );
        assert!(said.out.contains("disabled; matches"), "{}", said.out);
        assert_eq!(said.code, 1);
    }
    let report = said("a.yaml", &template, &["--format", "json"]).json();
    assert_eq!(report["rules"][0]["disabled"], true);
    assert_eq!(
        (
            &report["events"][0]["matched"],
            &report["events"][0]["disabled"]
        ),
        (&json!([]), &json!(["Off"]))
    );
}

#[test]
fn yaml_is_read_as_cloudformation_reads_it_and_that_is_told_at_its_place() {
    let template = rule(
        "Odd",
        "{account: [012345670123], detail: {lid: [NO], vent: [\"NO\"]}}",
    );
    let place = Place::with(&[
        ("odd.yaml", &template),
        (
            "event.json",
            r#"{"account": 1402433619, "detail": {"lid": false, "vent": "NO"}}"#,
        ),
    ]);
    let said = place.run(&["-r", "odd.yaml", "event.json"]);
    assert_eq!(said.out, "event.json:1  Odd\n", "{}", said.err);
    for words in [
        "`012345670123` is read as 1402433619",
        "odd.yaml:5:32",
        "`NO` is read as false",
        "odd.yaml:5:62",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert_eq!(
        said.err.matches("warning:").count(),
        2,
        "what stands in quotes or elsewhere is not told"
    );
}

#[test]
fn merges_and_anchors_are_written_out() {
    let template = "x: &base {source: [my.kiln], detail-type: [Other]}\n".to_owned()
        + &rule("Hot", "{<<: *base, detail-type: [Kiln Firing]}");
    let said = said("merge.yaml", &template, &[]);
    assert_eq!(said.out, "hot.json:1  Hot\n", "{}", said.err);
    assert!(
        said.err.contains("`<<` is merged") && said.err.contains("merge.yaml:6:22"),
        "{}",
        said.err
    );
}

const FUNCTIONS: &str = r#"
Parameters:
  Source: {Type: String, Default: my.kiln}
  Both: {Type: CommaDelimitedList, Default: "my.kiln, my.door"}
  Cone: {Type: Number, Default: 6}
  Given: {Type: String}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /kiln}
Mappings: {Kilns: {eu-west-1: {source: my.kiln}}}
Conditions:
  IsThere: !Equals [!Ref AWS::Region, eu-west-1]
  IsNotThere: !Not [!Condition IsThere]
Resources:
  Ref: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref Source]}}}
  List: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: !Ref Both}}}
  Sub: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Sub "${Own}.kiln", !Sub "x${!y}"]}}}
  SubMap: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Sub ["${A}.kiln", {A: my}]]}}}
  SubText: {Type: AWS::Events::Rule, Properties: {EventPattern: !Sub '{"source":["${Source}"],"account":["${AWS::AccountId}"]}'}}
  Join: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Join [".", [my, kiln]]]}}}
  Select: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Select [0, !Split ["|", "my.kiln|x"]]]}}}
  Map: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!FindInMap [Kilns, !Ref AWS::Region, source]]}}}
  If: {Type: AWS::Events::Rule, Properties: {EventPattern: !If [IsThere, {source: [my.kiln]}, !Ref AWS::NoValue]}}
  Partition: {Type: AWS::Events::Rule, Properties: {EventPattern: {resources: [!Sub "arn:${AWS::Partition}:kiln"]}}}
  Given: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref Given]}}}
  Other: {Type: AWS::Events::Rule, Condition: IsNotThere, Properties: {EventPattern: {source: [my.kiln]}}}
  Late: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!GetAtt Kiln.Name]}}}
  Kept: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref Stored]}}}
  Fn::ForEach::Each:
    - Name
    - [my.kiln, my.door]
    - "Each${Name}": {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref Name]}}}
"#;

const FUNCTIONS_EVENT: &str =
    r#"{"source":"my.kiln","account":"111122223333","resources":["arn:aws-cn:kiln"]}"#;

#[test]
fn functions_are_resolved_where_the_template_or_the_call_gives_them() {
    let place = Place::with(&[("all.yaml", FUNCTIONS), ("event.json", FUNCTIONS_EVENT)]);
    let said = place.run(&[
        "-r",
        "all.yaml",
        "event.json",
        "--account",
        "111122223333",
        "--region",
        "eu-west-1",
        "--parameter",
        "Own=my",
        "--parameter",
        "Given=my.kiln",
    ]);
    let expected = "event.json:1  Ref, List, Sub, SubMap, SubText, Join, Select, Map, If, Given, Eachmy.kiln\n";
    assert_eq!(said.out, expected, "{}", said.err);
    for words in [
        "rule Other is left out: its condition `IsNotThere` does not hold",
        "rule Late is left out: `Fn::GetAtt` is known only when it is deployed",
        "rule Kept is left out: parameter `Stored` has no value here",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    let china = place.run(&["-r", "all.yaml", "event.json", "--region", "cn-north-1"]);
    assert!(
        china.out.contains("Partition") && china.out.contains("Other"),
        "{}",
        china.out
    );
}

#[test]
fn what_is_left_out_never_looks_like_no_match() {
    let template = rule("Ours", "{account: [!Ref AWS::AccountId]}");
    let left = said("a.yaml", &template, &["--why"]);
    assert_eq!(left.code, 2);
    assert!(
        left.out
            .starts_with("hot.json:1  no rule of those known, 1 left out\n  ? Ours: left out: "),
        "{}",
        left.out
    );
    assert!(left.err.contains("--account"), "{}", left.err);
    let report = said("a.yaml", &template, &["--format", "json"]).json();
    assert_eq!(report["left_out"][0]["id"], "Ours");
    assert_eq!(
        (
            &report["left_out"][0]["line"],
            &report["left_out"][0]["kind"]
        ),
        (&json!(5), &json!("rule"))
    );
    assert!(
        report["left_out"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("AWS::AccountId")
    );
    assert_eq!(
        said("a.yaml", &template, &["--account", "1"]).code,
        1,
        "now it is known"
    );
}

#[test]
fn archives_pipes_and_mappings_have_patterns_too() {
    let template = r#"{"Resources": {
      "Old": {"Type": "AWS::Events::Archive", "Properties": {"EventPattern": {"source": ["my.kiln"]}}},
      "Pipe": {"Type": "AWS::Pipes::Pipe", "Properties": {"SourceParameters": {"FilterCriteria": {"Filters": [
        {"Pattern": "{\"body\":{\"source\":[\"my.kiln\"]}}"}, {"Pattern": "{\"body\":{\"source\":[{\"wildcard\":\"x*\"}]}}"}]}}}},
      "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"Enabled": false, "FilterCriteria":
        {"Filters": [{"Pattern": "{\"body\":{\"source\":[\"my.kiln\"]}}"}]}}},
      "Fun": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"Queue": {"Type": "SQS", "Properties":
        {"FilterCriteria": {"Filters": [{"Pattern": "{\"messageId\":[\"1\"]}"}]}}}}}}
    }}"#;
    let message = json!({"Records": [{"messageId": "1", "body": HOT}]}).to_string();
    let place = Place::with(&[("all.json", template), ("message.json", &message)]);
    let said = place.run(&["-r", "all.json", "message.json"]);
    assert_eq!(
        said.out, "message.json:1  Old, Pipe/1, Fun/Queue (disabled: Mapping)\n",
        "{}",
        said.err
    );
    assert!(
        said.err.contains("Pipe/2: `wildcard` works in rules alone"),
        "{}",
        said.err
    );
    let report = place
        .run(&["-r", "all.json", "message.json", "--format", "json"])
        .json();
    let kinds: Vec<&Value> = report["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| &rule["kind"])
        .collect();
    assert_eq!(
        kinds,
        [
            "archive",
            "pipe",
            "pipe",
            "event-source-mapping",
            "event-source-mapping"
        ]
    );
}

#[test]
fn what_is_put_in_otherwise_than_it_looks_is_told() {
    let template = "Parameters: {Cone: {Type: Number, Default: 6}}\n".to_owned()
        + &rule(
            "Odd",
            "{source: [\"${AWS::AccountId}\"], detail: {cone: [!Ref Cone]}}",
        );
    let said = said("a.yaml", &template, &[]);
    for words in [
        "put in by `Fn::Sub` alone",
        "a.yaml:6:31",
        "parameter `Cone` is put in as the string \"6\"",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
}

#[test]
fn filters_may_be_chosen_by_conditions() {
    let template = "\
Conditions: {IsOn: !Equals [a, a]}
Resources:
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      SourceParameters:
        FilterCriteria: !If
          - IsOn
          - Filters:
              - !If [IsOn, {Pattern: '{\"source\":[\"my.kiln\"]}'}, !Ref AWS::NoValue]
          - !Ref AWS::NoValue
  Late:
    Type: AWS::Pipes::Pipe
    Properties: {SourceParameters: {FilterCriteria: !If [Unknown, {Filters: []}, !Ref AWS::NoValue]}}
";
    let said = said("a.yaml", template, &[]);
    assert_eq!(said.out, "hot.json:1  Pipe\n", "{}", said.err);
    assert!(
        said.err
            .contains("rule Late is left out: there is no condition `Unknown`"),
        "{}",
        said.err
    );
}

#[test]
fn what_events_start_functions_and_state_machines() {
    let template = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Events:
        Hot: {Type: EventBridgeRule, Properties: {Pattern: {source: [my.kiln]}}}
        Off: {Type: CloudWatchEvent, Properties: {Enabled: false, Pattern: {source: [my.kiln]}}}
";
    assert_eq!(
        verdict("a.yaml", template),
        "Machine/Hot (disabled: Machine/Off)"
    );
}

#[test]
fn a_serverless_file_is_read_with_its_variables_and_as_yaml_1_2() {
    let file = "\
service: kilns
provider: {name: aws}
custom: {source: my.kiln}
functions:
  fire:
    events:
      - eventBridge: {pattern: {source: ['${self:custom.source}']}}
      - eventBridge: {pattern: {source: ['${opt:source, \"my.kiln\"}']}}
      - eventBridge: {pattern: {source: ['${env:SOURCE}']}}
      - eventBridge: {pattern: {detail: {status: [NO]}}}
      - sqs: {arn: x, filterPatterns: [{body: {door: [oak]}}]}
resources:
  Resources:
    More: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [my.kiln]}}}
";
    let said = said("serverless.yml", file, &[]);
    assert_eq!(
        said.out, "hot.json:1  fire/1, fire/2, More\n",
        "{}",
        said.err
    );
    assert!(
        said.err
            .contains("rule fire/3 is left out: `${env:SOURCE}` is not known here"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("`NO`"), "{}", said.err);
}

const TERRAFORM: &str = r#"
variable "source" { default = "my.kiln" }
locals { status = ["Hot", upper("hot")] }
resource "aws_cloudwatch_event_rule" "written" {
  event_pattern = jsonencode({ source = [var.source], "detail" = { status = local.status } })
}
resource "aws_cloudwatch_event_rule" "text" {
  event_pattern = <<-END
    {"source": ["${var.source}"]}
  END
}
resource "aws_cloudwatch_event_rule" "other" {
  event_pattern = jsonencode({ source = [aws_kiln.hot.name] })
}
resource "aws_cloudwatch_event_rule" "nightly" { schedule_expression = "rate(1 day)" }
resource "aws_pipes_pipe" "pipe" {
  source_parameters {
    filter_criteria {
      filter { pattern = jsonencode({ source = ["my.kiln"] }) }
    }
  }
}
module "more" { source = "./more" }
module "bus" {
  source = "kilns/bus"
  rules = {
    hot = { event_pattern = jsonencode({ source = [var.source] }) }
    off = { event_pattern = jsonencode({ source = [var.source] }), state = "DISABLED" }
  }
}
"#;

#[test]
fn terraform_is_read_where_it_needs_no_deployment() {
    let said = said("main.tf", TERRAFORM, &[]);
    let expected = "hot.json:1  aws_cloudwatch_event_rule.written, aws_cloudwatch_event_rule.text, aws_pipes_pipe.pipe, module.bus.hot (disabled: module.bus.off)\n";
    assert_eq!(said.out, expected, "{}", said.err);
    for words in [
        "rule aws_cloudwatch_event_rule.other is left out: `aws_kiln.hot.name` is known only when it is applied",
        "main.tf:13:42",
        "module `more` is not followed",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    let bad = "resource \"aws_cloudwatch_event_rule\" \"x\" {\n  event_pattern = jsonencode({ source = \"x\" })\n}";
    let refused = self::said("bad.tf", bad, &[]);
    assert!(
        refused.code == 2 && refused.err.contains("bad.tf:2:41"),
        "{}",
        refused.err
    );
    assert!(
        self::said("bad.tf", "resource {", &[])
            .err
            .contains("this is no Terraform")
    );
}

#[test]
fn variables_of_a_terraform_module_stand_in_any_of_its_files() {
    let place = Place::with(&[
        (
            "kilns/rules.tf",
            "resource \"aws_cloudwatch_event_rule\" \"hot\" {\n  event_pattern = jsonencode({ source = [var.source] })\n}",
        ),
        (
            "kilns/variables.tf",
            "variable \"source\" {\n  default = \"x\"\n}",
        ),
        ("hot.json", HOT),
    ]);
    assert_eq!(place.run(&["-r", "kilns", "hot.json"]).code, 1);
    let said = place.run(&[
        "-r",
        "kilns/rules.tf",
        "--parameter",
        "source=my.kiln",
        "hot.json",
    ]);
    assert_eq!(
        said.out, "hot.json:1  aws_cloudwatch_event_rule.hot\n",
        "{}",
        said.err
    );
}

#[test]
fn plans_and_states_of_terraform_are_read() {
    let resource = |values: Value| {
        json!({"address": "module.a.aws_cloudwatch_event_rule.hot", "mode": "managed",
        "type": "aws_cloudwatch_event_rule", "name": "hot", "values": values})
    };
    let plan = |values: Value| {
        json!({"planned_values": {"root_module": {"child_modules": [{"resources": [resource(values)]}]}},
        "resource_changes": [{"address": "module.a.aws_cloudwatch_event_rule.hot",
            "change": {"after_unknown": {"event_pattern": true}}}]}).to_string()
    };
    let known = plan(json!({"event_pattern": IS_HOT}));
    assert_eq!(
        verdict("plan.json", &known),
        "module.a.aws_cloudwatch_event_rule.hot"
    );
    let later = said("plan.json", &plan(json!({"name": "hot"})), &[]);
    assert!(
        later.code == 2 && later.err.contains("known only when the plan is applied"),
        "{}",
        later.err
    );
    let state = json!({"version": 4, "resources": [{"type": "aws_cloudwatch_event_rule", "name": "hot",
        "instances": [{"attributes": {"event_pattern": IS_HOT, "is_enabled": false}}]}]});
    assert_eq!(
        verdict("a.tfstate", &state.to_string()),
        "no rule (disabled: aws_cloudwatch_event_rule.hot)"
    );
}

#[test]
fn of_a_folder_what_holds_no_rules_is_listed_and_in_nobodys_way() {
    let place = Place::with(&[
        (
            "cdk.out/manifest.json",
            r#"{"version": "36.0.0", "artifacts": {}}"#,
        ),
        (
            "cdk.out/Kiln.assets.json",
            r#"{"version": "36.0.0", "files": {}}"#,
        ),
        ("cdk.out/cdk.out", "{}"),
        (
            "cdk.out/Kiln.template.json",
            r#"{"Resources": {"Hot": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["my.kiln"]}}}}}"#,
        ),
        ("cdk.out/tsconfig.json", "{ // no JSON\n \"files\": []}"),
        ("bad/rule.json", r#"{"source": "my.kiln"}"#),
        ("hot.json", HOT),
    ]);
    let said = place.run(&["-r", "cdk.out", "hot.json"]);
    assert_eq!(
        (said.out.as_str(), said.code),
        ("hot.json:1  Hot\n", 0),
        "{}",
        said.err
    );
    assert!(
        said.err.starts_with("note: cdk.out: no rule stands in ")
            && said.err.contains("manifest.json"),
        "{}",
        said.err
    );
    let bad = place.run(&["-r", "bad", "hot.json"]);
    assert!(
        bad.code == 2 && bad.err.contains("must be an object or an array"),
        "a bad pattern is still one: {}",
        bad.err
    );
    let event = place.run(&["-r", "hot.json", "hot.json"]);
    assert!(
        event.code == 2 && event.err.contains("this is an event, not a pattern"),
        "{}",
        event.err
    );
}

#[test]
fn what_the_service_refuses_is_warned_of() {
    let complex = rule("Many", "{source: [{wildcard: \"*:*:*:*:*:kiln-bus/*\"}]}");
    let said = said("a.yaml", &complex, &[]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("Rule is too complex") && said.err.contains("a.yaml:5:21"),
        "{}",
        said.err
    );
}

#[test]
fn hostile_files_end_in_an_error() {
    let mut laughs = "a: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    let mut merges = "a0: &a0 {k: 1}\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        laughs += &format!(
            "b{level}: &a{level} [{}]\n",
            vec![format!("*a{before}"); 8].join(", ")
        );
    }
    for level in 1..2000 {
        merges += &format!("a{level}: &a{level} {{<<: *a{}, k{level}: 1}}\n", level - 1);
    }
    let loops = rule("R", "{}").replace(
        "  R:",
        "  Fn::ForEach::A: [I, [a, b], {Fn::ForEach::B: [J, 1, {}]}]\n  R:",
    );
    // Two gigabytes, once each value stands in each place of the text.
    let long_loop = rule("R", "{}").replace(
        "  R:",
        &format!(
            "  Fn::ForEach::A: [I, [{}], {{\"K${{I}}\": {{Description: \"{}\"}}}}]\n  R:",
            (0..1_000)
                .map(|at| format!("\"{at:0100}\""))
                .collect::<Vec<_>>()
                .join(", "),
            "${I}".repeat(20_000)
        ),
    );
    let circle =
        "Conditions: {A: !Not [!Condition A]}\n".to_owned() + &rule("R", "!If [A, {}, {}]");
    let local = "locals { a = local.a }\nresource \"aws_cloudwatch_event_rule\" \"x\" { event_pattern = local.a }";
    for (name, text) in [
        ("laughs.yaml", laughs.as_str()),
        ("merges.yaml", &merges),
        ("deep.yaml", &"[".repeat(100_000)),
        ("deep.json", &"{\"a\":".repeat(100_000)),
        ("deep.tf", &format!("a = {}", "[".repeat(100_000))),
        ("strings.json", &"\"\" ".repeat(1000)),
        ("loops.yaml", &loops),
        ("long_loop.yaml", &long_loop),
        ("circle.yaml", &circle),
        ("local.tf", local),
        ("empty.json", ""),
        ("empty.yaml", "---\n"),
        ("nul.json", "\0\0\0"),
    ] {
        let said = said(name, text, &[]);
        assert!(
            said.code == 2 && !said.err.is_empty(),
            "{name}: {} {}",
            said.code,
            said.err
        );
        assert!(said.err.len() < 30_000, "{name}");
    }
}
