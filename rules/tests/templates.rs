//! Rules that are written are rules that work: their patterns are clean and let their samples through, what they may do is
//! no more than their target needs, and the tools that read them take them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set;
use eventbridge_rules::{
    Catalogue, Language, Settings, Target, check, event_type, read_text, rule, sample_for,
};
use std::path::Path;

fn model() -> Model {
    schema_set::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")).unwrap()
}

fn training<'m>(catalogue: &Catalogue<'m>) -> &'m EventType {
    event_type(catalogue, "SageMaker Training Job State Change").unwrap()
}

fn conditions() -> Vec<String> {
    [
        "TrainingJobStatus=Failed,Stopped",
        "TrainingJobName^=prod-",
        "ResourceConfig.InstanceCount>=2",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn settings() -> Settings {
    Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..Settings::default()
    }
}

#[test]
fn written_rules_are_clean_and_let_their_samples_through() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    for target in Target::ALL {
        for (language, name) in [
            (Language::CloudFormation, "a.yaml"),
            (Language::Sam, "b.yaml"),
            (Language::Terraform, "c.tf"),
        ] {
            let text = rule(training(&catalogue), &conditions(), target, language).unwrap();
            let reading = read_text(name, &text, &settings());
            assert_eq!(reading.rules.len(), 1, "{text}");
            let found = check(&catalogue, &reading);
            assert!(found.is_empty(), "{target:?} {language:?}: {found:#?}");
            let event = sample_for(&catalogue, &reading.rules[0], None, &[]).unwrap();
            assert!(reading.rules[0].pattern.matches(event.as_bytes()).unwrap());
        }
    }
}

/// Every event type: names and keys of any spelling.
#[test]
fn every_event_type_has_a_rule_in_every_language() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    for event in catalogue.all() {
        for language in Language::ALL {
            let text = rule(event, &[], Target::Sqs, language).unwrap();
            let name = match language {
                Language::Terraform => "a.tf",
                Language::CloudFormation | Language::Sam => "a.yaml",
                _ => continue,
            };
            let found = check(&catalogue, &read_text(name, &text, &settings()));
            assert!(found.is_empty(), "{}: {found:#?}", event.detail_type);
        }
    }
}

#[test]
fn what_a_rule_may_do_is_what_its_target_needs() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    for (target, actions) in [
        (Target::Lambda, vec!["lambda:InvokeFunction"]),
        (
            Target::RunCommand,
            vec!["ssm:SendCommand", "ssm:SendCommand", "sts:AssumeRole"],
        ),
        (Target::Kinesis, vec!["kinesis:PutRecord", "sts:AssumeRole"]),
        (
            Target::StepFunctions,
            vec!["states:StartExecution", "sts:AssumeRole"],
        ),
        (Target::Sns, vec!["sns:Publish"]),
        (Target::Sqs, vec!["sqs:SendMessage"]),
    ] {
        for language in Language::ALL {
            let text = rule(training(&catalogue), &[], target, language).unwrap();
            let word = |line: &str| {
                line.split('"')
                    .find(|word| {
                        [
                            "lambda:", "ssm:", "kinesis:", "states:", "sns:", "sqs:", "sts:",
                        ]
                        .iter()
                        .any(|service| word.starts_with(service))
                    })
                    .map(str::to_owned)
            };
            let is_action = |line: &&str| {
                line.trim_start()
                    .trim_start_matches(['"', '-', ' '])
                    .to_ascii_lowercase()
                    .starts_with("action")
            };
            let mut found: Vec<String> = text.lines().filter(is_action).filter_map(word).collect();
            // Beside the target's, the queue of what cannot be delivered.
            let dead = found
                .iter()
                .position(|action| action == "sqs:SendMessage")
                .expect("a queue");
            found.remove(dead);
            found.sort();
            assert_eq!(found, actions, "{language:?}\n{text}");
            assert!(
                !text.contains("\"*\"") && text.contains("aws:SourceArn"),
                "{text}"
            );
            assert!(
                ["DeadLetterConfig", "dead_letter_config"]
                    .iter()
                    .any(|word| text.contains(word))
            );
            assert!(
                ["RetryPolicy", "retry_policy"]
                    .iter()
                    .any(|word| text.contains(word))
            );
        }
    }
}

/// What the provider's documentation calls required, and whether blocks may stand in a resource.
const REQUIRED: [(&str, &[&str]); 10] = [
    ("aws_cloudwatch_event_rule", &["event_pattern"]),
    (
        "aws_cloudwatch_event_target",
        &[
            "rule",
            "arn",
            "input_transformer",
            "dead_letter_config",
            "retry_policy",
        ],
    ),
    ("aws_sqs_queue", &[]),
    ("aws_sqs_queue_policy", &["queue_url", "policy"]),
    ("aws_sns_topic", &[]),
    ("aws_sns_topic_policy", &["arn", "policy"]),
    ("aws_iam_role", &["assume_role_policy"]),
    ("aws_iam_role_policy", &["role", "policy"]),
    (
        "aws_lambda_permission",
        &["action", "function_name", "principal"],
    ),
    ("aws_caller_identity", &[]),
];

#[test]
fn terraform_has_the_arguments_that_the_provider_requires() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    for target in Target::ALL {
        let text = rule(
            training(&catalogue),
            &conditions(),
            target,
            Language::Terraform,
        )
        .unwrap();
        let body: hcl_edit::structure::Body = text.parse().unwrap();
        for block in body.get_blocks("resource") {
            let kind = block.labels[0].as_str();
            let (_, required) = REQUIRED
                .iter()
                .find(|(known, _)| *known == kind)
                .expect(kind);
            for argument in *required {
                assert!(
                    block.body.has_attribute(argument) || block.body.has_blocks(argument),
                    "{kind} {argument}"
                );
            }
        }
    }
}

#[test]
fn conditions_are_typed_and_words_are_known() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    let refused = |condition: &str| {
        rule(
            training(&catalogue),
            &[condition.to_owned()],
            Target::Sqs,
            Language::Sam,
        )
        .unwrap_err()
    };
    assert_eq!(
        refused("TrainingJobStatus=Faild").help.unwrap(),
        "did you mean Failed?"
    );
    assert!(
        refused("TrainingJobStatu=Failed")
            .help
            .unwrap()
            .contains("TrainingJobStatus")
    );
    assert!(
        refused("ResourceConfig.InstanceCount=many")
            .message
            .contains("a number")
    );
    assert!(refused("TrainingJobName>5").message.contains("no number"));
    assert!(refused("nonsense").help.unwrap().contains("PATH=A,B"));
    assert!(
        event_type(&catalogue, "SageMaker Trainig Job State Change")
            .unwrap_err()
            .help
            .unwrap()
            .contains("Training Job")
    );
}
