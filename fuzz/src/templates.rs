//! Files with rules: templates in JSON and YAML, Terraform, what commands print, patterns by themselves.

use eventbridge_rules::{Reading, Settings, read};

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
    let read = || read(std::slice::from_ref(&path), &[], &settings);
    let (one, other) = (read(), read());
    assert_eq!(told(&one), told(&other), "read twice, it differs");
    sound(&one);
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
