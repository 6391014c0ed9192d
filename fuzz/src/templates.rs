//! Files with rules: templates in JSON and YAML, Terraform, what commands print, patterns by themselves.

use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_rules::{Catalogue, Reading, Settings, check, fixed, read};
use std::sync::OnceLock;

/// How the files end.
const EXTENSIONS: [&str; 4] = ["json", "yaml", "tf", "ndjson"];

/// A file with rules: what is found in it is a pattern at a place in it, what is not is told with a reason, and never
/// nothing at all.
pub fn templates(data: &[u8]) {
    // The first byte of what stands in the corpus says what it is; any of it is read as anything.
    let data = data.get(1..).unwrap_or_default();
    EXTENSIONS
        .iter()
        .for_each(|extension| template(data, extension));
}

fn template(data: &[u8], extension: &str) {
    let folder = tempfile::tempdir().expect("a place for files");
    let path = folder.path().join("kiln").with_extension(extension);
    std::fs::write(&path, data).expect("a file can be written");
    let settings = Settings {
        parameters: [("Kiln".to_owned(), "celadon".to_owned())].into(),
        account: Some("111122223333".to_owned()),
        region: None,
        ..Settings::default()
    };
    let read_again = || read(std::slice::from_ref(&path), &[], &settings);
    let (one, other) = (read_again(), read_again());
    assert_eq!(told(&one), told(&other), "read twice, it differs");
    sound(&one);
    checked(&path, settings);
}

/// Checking ends, places are in the file, and what is certain can be written into it.
fn checked(path: &std::path::PathBuf, settings: Settings) {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    let Some(model) = MODEL.get_or_init(|| schema_set::load("schemas".as_ref()).ok()) else {
        return;
    };
    let settings = Settings {
        with_placeholders: true,
        keeps_sources: true,
        ..settings
    };
    let reading = read(std::slice::from_ref(path), &[], &settings);
    let findings = check(&Catalogue::new(model), &reading);
    for source in &reading.sources {
        let lines = source.text.lines().count().max(1) + 1;
        assert!(
            findings
                .iter()
                .all(|it| it.place.line <= lines && !it.message.is_empty())
        );
        let (text, count) = fixed(&source.text, &findings);
        assert_eq!(
            count == 0,
            text == source.text,
            "a correction changes something"
        );
    }
}

/// All that a reading says.
fn told(reading: &Reading) -> Vec<String> {
    let rules = reading.rules.iter().map(|rule| {
        let (id, pattern) = (&rule.id, rule.pattern.as_str());
        format!("{id} {:?} {:?} {pattern}", rule.kind, rule.place)
    });
    let left_out = reading.left_out.iter().map(|one| {
        let (id, reason) = (&one.id, &one.reason);
        format!("{id} {:?} {:?} {reason}", one.kind, one.place)
    });
    let problems = reading.diagnostics.iter().map(|it| format!("{it:?}"));
    rules.chain(left_out).chain(problems).collect()
}

fn sound(reading: &Reading) {
    assert!(
        !reading.rules.is_empty()
            || !reading.left_out.is_empty()
            || !reading.diagnostics.is_empty(),
        "nothing was found, and nobody is told"
    );
    assert!(reading.left_out.iter().all(|one| !one.reason.is_empty()));
    assert!(reading.diagnostics.iter().all(|it| !it.message.is_empty()));
    let rules = reading.rules.iter().map(|rule| &rule.id);
    let mut ids: Vec<&String> = rules
        .chain(reading.left_out.iter().map(|one| &one.id))
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "two rules have one name");
    for rule in &reading.rules {
        let again = eventbridge_patterns::Pattern::parse(rule.pattern.as_str());
        assert!(again.is_ok(), "{} is no pattern when read again", rule.id);
    }
}
