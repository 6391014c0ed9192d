//! Rules that are written for people's tools are taken by these: CloudFormation's linter takes the templates, and the AWS
//! CDK makes of its stacks what stands in the template of CloudFormation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod languages;

use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Language, Target, event_type, rule};
use languages::tools;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A rule of a committed event for each target, in a file each; the names are those of the targets.
fn written(language: Language, end: &str) -> (TempDir, Vec<PathBuf>) {
    let model = schema_set::load(Path::new("schemas")).unwrap();
    let catalogue = Catalogue::new(&model);
    let event = event_type(&catalogue, "SageMaker Training Job State Change").unwrap();
    let conditions = ["TrainingJobStatus=Failed,Stopped".to_owned()];
    let folder = TempDir::new().unwrap();
    let write = |target: Target| {
        let file = folder.path().join(format!("{target:?}.{end}"));
        let text = rule(event, &conditions, target, language).unwrap();
        std::fs::write(&file, text).unwrap();
        file
    };
    let files = Target::ALL.map(write).to_vec();
    (folder, files)
}

/// Runs CloudFormation's linter, if it is there.
fn lint(templates: &[PathBuf]) {
    let Some(python) = tools::generators() else {
        return;
    };
    let program = "import sys; from cfnlint.runner import main; sys.exit(main())";
    tools::run(python.python(&["-c", program]).args(templates));
}

#[test]
fn cloudformation_takes_the_rules() {
    for language in [Language::CloudFormation, Language::Sam] {
        let (_folder, templates) = written(language, "yaml");
        lint(&templates);
    }
}

#[test]
fn the_cdk_makes_the_same_of_a_rule_as_stands_in_the_template() {
    let Some(node) = tools::cdk() else { return };
    let (folder, files) = written(Language::CdkTypeScript, "ts");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut synth = std::process::Command::new("node");
    synth
        .arg(root.join("tests/cdk/synth.cjs"))
        .arg(node.modules());
    tools::run(synth.arg(folder.path()));
    let templates: Vec<PathBuf> = files
        .iter()
        .map(|file| PathBuf::from(format!("{}.json", file.display())))
        .collect();
    for template in &templates {
        let text = std::fs::read_to_string(template).unwrap();
        let template: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        let resources = template["Resources"].as_object().unwrap();
        let rules = resources
            .values()
            .filter(|it| it["Type"] == "AWS::Events::Rule");
        let patterns: Vec<&Value> = rules
            .map(|rule| &rule["Properties"]["EventPattern"])
            .collect();
        assert_eq!(patterns.len(), 1, "{text}");
        let status = &patterns[0]["detail"]["TrainingJobStatus"];
        assert_eq!(status, &serde_json::json!(["Failed", "Stopped"]));
    }
    lint(&templates);
}
