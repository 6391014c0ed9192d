//! Invariant 9: samples and corrections give the committed schemas, schemas give `generated/`, extra and
//! missing files included.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::files::Change;
use eventbridge_codegen::generate;
use eventbridge_learn::api_model::mirrors::MirrorsFile;
use eventbridge_learn::corrections::CorrectionsFile;
use eventbridge_learn::descriptions::DescriptionsFile;
use eventbridge_learn::detail_types::DetailTypesFile;
use std::path::Path;

#[test]
fn samples_and_corrections_give_the_schemas() {
    let learned = eventbridge_learn::learn(Path::new("schemas"), &[]);
    assert!(learned.is_sound(), "{:#?}", learned.diagnostics);
    assert_fresh("schemas", &learned.changes);
    assert_eq!(learned.events.len(), 60);
}

#[test]
fn schemas_give_the_packages() {
    let generated =
        generate::plan(Path::new("schemas"), Path::new("generated")).expect("sound schemas");
    assert_fresh("generated", &generated.changes);
    assert_fresh("schemas", &generated.surface);
}

#[test]
fn editors_are_told_what_people_may_write() {
    for (name, schema) in [
        ("corrections", schemars::schema_for!(CorrectionsFile)),
        ("mirrors", schemars::schema_for!(MirrorsFile)),
        ("detail-types", schemars::schema_for!(DetailTypesFile)),
        ("descriptions", schemars::schema_for!(DescriptionsFile)),
    ] {
        let schema = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let file = format!("schemas/{name}.schema.json");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &schema).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == schema,
            "{file} is stale: UPDATE_GOLDEN=1 cargo test --test freshness"
        );
    }
}

fn assert_fresh(folder: &str, changes: &[Change]) {
    let Some(first) = changes.first() else { return };
    let line = first.first_difference();
    let show = |text: &Option<String>| match text {
        Some(text) => text
            .lines()
            .nth(line - 1)
            .unwrap_or("(end of file)")
            .to_owned(),
        None => "(no such file)".to_owned(),
    };
    panic!(
        "{} files below {folder}/ are stale, the first at {folder}/{}:{line}\n  is:        {}\n  should be: {}\nrun: cargo codegen",
        changes.len(),
        first.path,
        show(&first.old),
        show(&first.new)
    );
}
