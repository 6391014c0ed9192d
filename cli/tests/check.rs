//! `check` on files as people have them: what it finds, where, how it is told, and what `--fix` writes.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Place(TempDir::new().unwrap());
        for (name, text) in files {
            fs::write(place.0.path().join(name), text).unwrap();
        }
        place
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args([
                "--schemas",
                concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas"),
                "check",
            ])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// `line:column code suggestion` of each finding.
    fn found(&self, file: &str) -> Vec<String> {
        let said = self.run(&[file, "--format", "json"]);
        let report: Value = serde_json::from_slice(&said.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| {
                let code = finding["code"].as_str().unwrap();
                let text = format!("{}:{} {code}", finding["line"], finding["column"]);
                match finding["suggestion"].as_str() {
                    Some(suggestion) => format!("{text} {suggestion}"),
                    None => text,
                }
            })
            .collect()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }
}

fn found(file: &str, text: &str) -> Vec<String> {
    Place::with(&[(file, text)]).found(file)
}

const TRAINING: &str = "SageMaker Training Job State Change";

fn with_detail(detail: &str) -> String {
    format!(
        "{{\"source\":[\"aws.sagemaker\"],\n\"detail-type\":[\"{TRAINING}\"],\n\"detail\":{detail}}}"
    )
}

#[test]
fn mistakes_are_told_at_their_places_with_what_to_write() {
    for (pattern, expected) in [
        (
            r#"{"Source":["aws.sagemaker"]}"#.to_owned(),
            vec!["1:2 unknown-envelope-key source"],
        ),
        (
            r#"{"source":["aws.Sagemaker"]}"#.to_owned(),
            vec!["1:12 misspelt-source aws.sagemaker"],
        ),
        (
            r#"{"source":["aws.sagemaker"],"details":{"TrainingJobStatus":["Failed"]}}"#.to_owned(),
            vec!["1:29 unknown-envelope-key detail"],
        ),
        (
            r#"{"source":["aws.sagemaker"],"DetailType":["SageMaker Model State Change"]}"#
                .to_owned(),
            vec!["1:29 unknown-envelope-key detail-type"],
        ),
        (
            r#"{"source":["aws.sagemaker"],"detail-type":["SageMaker Modell State Change"]}"#
                .to_owned(),
            vec!["1:44 misspelt-detail-type SageMaker Model State Change"],
        ),
        (
            r#"{"source":"aws.sagemaker"}"#.to_owned(),
            vec![r#"1:11 not-an-array ["aws.sagemaker"]"#],
        ),
        (
            r#"{"account":[123456789012]}"#.to_owned(),
            vec![r#"1:13 number-for-string "123456789012""#],
        ),
        (
            with_detail(r#"{"TrainingJobStatus":["Compleeted"]}"#),
            vec!["3:32 unknown-value Completed"],
        ),
        (
            with_detail(r#"{"TrainingJobStatus":["failed"]}"#),
            vec!["3:32 value-spelling Failed"],
        ),
        (
            with_detail(r#"{"trainingJobStatus":["Failed"]}"#),
            vec!["3:11 unknown-field TrainingJobStatus"],
        ),
        (
            with_detail(r#"{"InputDataConfig":{"0":{"ChannelName":["a"]}}}"#),
            vec!["3:30 array-index"],
        ),
        (
            with_detail(r#"{"$.TrainingJobStatus":["Failed"]}"#),
            vec!["3:11 path-key"],
        ),
        (
            with_detail(r#"{"ResourceConfig":{"InstanceCount":["3"]}}"#),
            vec!["3:46 string-for-other 3"],
        ),
        (
            with_detail(r#"{"TrainingJobName":[3]}"#),
            vec![r#"3:30 number-for-string "3""#],
        ),
        (
            with_detail(r#"{"ResourceConfig":[{"exists":true}]}"#),
            vec!["3:29 exists-on-object"],
        ),
        (
            with_detail(r#"{"TrainingJobName":["prod-*"]}"#),
            vec!["3:30 literal-star"],
        ),
        (
            with_detail(r#"{"TrainingJobName":{"a":["x"]}}"#),
            vec!["3:30 not-an-object"],
        ),
        (
            with_detail(r#"{"detail-type":["x"]}"#),
            vec!["3:11 unknown-field"],
        ),
    ] {
        assert_eq!(found("rule.json", &pattern), expected, "{pattern}");
    }
}

#[test]
fn the_pattern_of_a_page_lacks_a_comma_and_names_a_key_that_no_event_has() {
    let page = r#"{ "source": ["aws.sagemaker"], "detail-type": ["SageMaker Model State Change"] "Resources" : ["arn:aws:sagemaker:us-east-1:111122223333:model/m"] }"#;
    let place = Place::with(&[("page.json", page)]);
    assert_eq!(
        place.found("page.json"),
        ["1:80 syntax ,", "1:80 unknown-envelope-key resources"]
    );
    assert_eq!(place.run(&["page.json", "--fix"]).status.code(), Some(0));
    assert_eq!(
        place.text("page.json"),
        page.replace("] \"Resources\"", "], \"resources\"")
    );
}

#[test]
fn other_sources_and_what_schemas_leave_open_are_let_be() {
    for pattern in [
        r#"{"source":["aws.s3","my.kiln"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["b"]}}}"#.to_owned(),
        r#"{"source":["aws.sagemaker","my.kiln"],"detail":{"Anything":["b"]}}"#.to_owned(),
        r#"{"source":["aws.sagemaker"],"detail-type":["SageMaker Tracking Server Created"],"detail":{"any":{"thing":[1]}}}"#.to_owned(),
        with_detail(r#"{"HyperParameters":{"any.key":["1"]},"TrainingJobStatus":[{"anything-but":["Failed"]}],"FailureReason":[null]}"#),
    ] {
        assert_eq!(found("rule.json", &pattern), [""; 0], "{pattern}");
    }
}

const SAM: &str = "Resources:
  Kiln:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Job: # kept
          Type: EventBridgeRule
          Properties:
            Pattern:
              source: [aws.sagemaker]
              detail-type:
                - SageMaker Training Job State Change
              account: [!Ref 'AWS::AccountId']
              detail:
                TrainingJobStatus: [ 'failed' ]
                ResourceConfig: {InstanceCount: ['3']}
";

const TERRAFORM: &str = "resource \"aws_cloudwatch_event_rule\" \"kiln\" {
  event_pattern = <<-EOT
    {\"source\": [\"aws.sagemaker\"],
     \"detail-type\": [\"SageMaker Endpoint State Change\"],
     \"detail\": {\"EndpointStatus\": [\"InService\"], \"EndpointNam\": [\"${var.name}\"]}}
  EOT
}
resource \"aws_cloudwatch_event_rule\" \"door\" {
  event_pattern = jsonencode({ source = [\"aws.sagemakr\"] })
}
";

#[test]
fn templates_are_checked_and_corrected_where_they_stand() {
    let printed = r#"{"Rules":[{"Name":"kiln","EventPattern":"{\"source\":[\"aws.sagemaker\"],\"detail\":{\"TrainingJobStatu\":[\"Failed\"]}}"}]}"#;
    let place = Place::with(&[
        ("sam.yaml", SAM),
        ("main.tf", TERRAFORM),
        ("rules.json", printed),
    ]);
    assert_eq!(
        place.found("sam.yaml"),
        ["15:38 value-spelling Failed", "16:50 string-for-other 3"]
    );
    assert_eq!(
        place.found("main.tf"),
        [
            "5:36 value-spelling IN_SERVICE",
            "5:50 unknown-field EndpointName",
            "9:42 misspelt-source aws.sagemaker"
        ]
    );
    assert_eq!(
        place.found("rules.json"),
        ["1:86 unknown-field TrainingJobStatus"]
    );
    let said = place.run(&[".", "--fix", "--deny", "warnings"]);
    assert_eq!(said.status.code(), Some(0), "{said:?}");
    assert_eq!(
        place.text("sam.yaml"),
        SAM.replace("failed", "Failed").replace("'3'", "3")
    );
    let terraform = TERRAFORM
        .replace("InService", "IN_SERVICE")
        .replace("EndpointNam\\", "EndpointName\\");
    let terraform = terraform
        .replace("\"EndpointNam\"", "\"EndpointName\"")
        .replace("sagemakr", "sagemaker");
    assert_eq!(place.text("main.tf"), terraform);
    assert_eq!(
        place.text("rules.json"),
        printed.replace("JobStatu\\", "JobStatus\\")
    );
}

#[test]
fn nothing_is_written_without_fix_nor_through_a_link() {
    let pattern = r#"{"Source":["aws.sagemaker"]}"#;
    let place = Place::with(&[("rule.json", pattern)]);
    assert_eq!(place.run(&["rule.json"]).status.code(), Some(1));
    assert_eq!(place.text("rule.json"), pattern);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("rule.json", place.0.path().join("link.json")).unwrap();
        assert_eq!(place.run(&["link.json", "--fix"]).status.code(), Some(2));
        assert_eq!(place.text("rule.json"), pattern);
    }
}

#[test]
fn people_ci_and_code_scanning_are_told_the_same() {
    let place = Place::with(&[(
        "rule.json",
        &with_detail(r#"{"TrainingJobStatus":["Compleeted"]}"#),
    )]);
    let said = place.run(&["rule.json"]);
    let told = String::from_utf8(said.stderr).unwrap();
    assert!(
        told.contains("^^^^^^^^^^^^") && told.contains("[unknown-value]"),
        "{told}"
    );
    assert_eq!(said.status.code(), Some(0));
    assert_eq!(
        place
            .run(&["rule.json", "--deny", "warnings"])
            .status
            .code(),
        Some(1)
    );
    let github = String::from_utf8(place.run(&["rule.json", "--format", "github"]).stdout).unwrap();
    assert!(
        github.starts_with("::warning file=rule.json,line=3,col=32,"),
        "{github}"
    );
    let sarif: Value =
        serde_json::from_slice(&place.run(&["rule.json", "--format", "sarif"]).stdout).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"unknown-value".into(), &"warning".into())
    );
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&3.into(), &32.into())
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut bomb = "a: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        bomb += &format!(
            "b{level}: &a{level} [{}]\n",
            vec![format!("*a{}", level - 1); 8].join(", ")
        );
    }
    let anchored = "x: &p {source: [aws.sagemakr]}\nResources:\n  A: {Type: AWS::Events::Rule, Properties: {EventPattern: *p}}\n  \
                    B: {Type: AWS::Events::Rule, Properties: {EventPattern: *p}}\n";
    let place = Place::with(&[
        ("bomb.yaml", &bomb),
        ("anchored.yaml", anchored),
        ("broken.yaml", "Resources:\n  A: [}\n"),
        (
            "odd.yaml",
            "Resources:\n  A: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Nope x]}}}\n",
        ),
        (
            "cut.json",
            "{\"source\":[\"aws.sagemaker\"], \"detail-type\":[\"Sage",
        ),
    ]);
    fs::write(
        place.0.path().join("latin.json"),
        b"{\"source\":[\"caf\xe9\"]}",
    )
    .unwrap();
    for (file, expected) in [
        ("bomb.yaml", "unreadable"),
        ("anchored.yaml", "1:17 misspelt-source"),
        ("broken.yaml", "2:7 unreadable"),
        ("latin.json", "1:16 unreadable"),
        ("odd.yaml", "odd-value"),
        ("cut.json", "1:45 syntax"),
        ("none.json", "1:1 unreadable"),
    ] {
        let found = place.found(file);
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{file}: {found:?}"
        );
    }
}

const TARGETS: &str = "Resources:
  Kiln:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.sagemaker], detail-type: [SageMaker Training Job State Change]}
      Targets:
        - Id: whole
          Arn: a
        - Id: part
          Arn: a
          InputPath: $.detail.TrainingJobStatus
        - Id: filled
          Arn: a
          InputTransformer:
            InputPathsMap: {name: $.detail.TrainingJobName, gone: $.detail.TrainingJobNam}
            InputTemplate: '{\"name\": <name>, \"text\": \"it is <name>\", \"rule\": <aws.events.rule-name>, \"odd\": <odd>}'
";

#[test]
fn what_targets_receive_is_shown_and_paths_that_no_event_has_are_told() {
    let event = format!(
        "{{\"source\":\"aws.sagemaker\",\"detail-type\":\"{TRAINING}\",\"detail\":{{\"TrainingJobName\":\"k\",\"TrainingJobStatus\":\"Failed\"}}}}"
    );
    let place = Place::with(&[("rules.yaml", TARGETS), ("event.json", &event)]);
    assert_eq!(
        place.found("rules.yaml"),
        [
            "15:67 unknown-path $.detail.TrainingJobName",
            "16:28 unknown-variable"
        ]
    );
    let said = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
        .args(["match", "-r", "rules.yaml", "--target", "event.json"])
        .current_dir(place.0.path())
        .output()
        .unwrap();
    let told = String::from_utf8(said.stdout).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[1], format!("  > Kiln to whole: {event}"));
    assert_eq!(lines[2], "  > Kiln to part: \"Failed\"");
    assert_eq!(
        lines[3],
        r#"  > Kiln to filled: {"name": "k", "text": "it is k", "rule": "Kiln", "odd": <odd>}"#
    );
}
