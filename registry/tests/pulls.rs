//! What registries hold becomes files: every page, every version on request, of other accounts, and nothing of others'
//! is overwritten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod kilns;
mod loopback;

use eventbridge_registry::calls::Calls;
use eventbridge_registry::pull::{self, Options, Pulled};
use kilns::{exported, kiln, options, planned};
use loopback::Loopback;
use std::fs;
use tempfile::TempDir;

fn pulled(registry: &Loopback, options: &Options) -> Pulled {
    pull::pull(&Calls::new(registry, kilns::manners()), options).unwrap()
}

fn of(registry: &str) -> Options {
    Options {
        registries: vec![registry.to_owned()],
        ..Options::default()
    }
}

#[test]
fn all_pages_are_pulled_byte_for_byte_and_nothing_is_exported() {
    let registry = Loopback::new();
    let desired = kilns::kilns(35);
    exported(&registry, &desired, &options()).unwrap();
    registry.forget();
    let all = pulled(&registry, &of("kilns"));
    assert_eq!(all.files.len(), 35);
    for one in &desired {
        let path = format!("kilns/{}.json", one.schema);
        assert_eq!(all.files[&path], one.document.text);
    }
    assert!(
        registry
            .asked()
            .iter()
            .all(|it| ["ListSchemas", "DescribeSchema"].contains(it))
    );
    let prefix = Some("my.kiln@KilnFired1".to_owned());
    let some = pulled(
        &registry,
        &Options {
            prefix,
            ..of("kilns")
        },
    );
    assert_eq!(some.files.len(), 11);
}

#[test]
fn older_versions_are_pulled_on_request_under_names_of_their_own() {
    let registry = Loopback::new();
    for field in ["Cone", "Heat", "Soot"] {
        exported(&registry, &[kiln(0, &[(field, "string")])], &options()).unwrap();
    }
    let all = Options {
        all_versions: true,
        ..of("kilns")
    };
    let all = pulled(&registry, &all);
    let names: Vec<&str> = all.files.keys().map(String::as_str).collect();
    let own = |end: &str| format!("kilns/my.kiln@KilnFired0{end}.json");
    assert_eq!(names, [own(""), own(".v1"), own(".v2")]);
    assert!(all.files[&own("")].contains("Soot") && all.files[&own(".v1")].contains("Cone"));

    let folder = TempDir::new().unwrap();
    pull::write(folder.path(), &all).unwrap();
    let names = ["kilns".to_owned()].into();
    let present =
        eventbridge_registry::present::Present::from_folder(folder.path(), &names).unwrap();
    let desired = [kiln(0, &[("Soot", "string")])];
    let plan = eventbridge_registry::plan::plan(&desired, &present, &options());
    assert!(!plan.has_work(), "the newest counts: {plan:?}");
}

#[test]
fn registries_of_other_accounts_are_named_by_their_arn() {
    let registry = Loopback::new();
    let content = kilns::openapi("my.kiln", "Kiln Fired", &[("Cone", "string")]);
    registry.schemas.lock().unwrap().put(
        "999999999999/shared",
        "my.kiln@Fired",
        "OpenApi3",
        &content,
    );
    let arn = "arn:aws:schemas:eu-north-1:999999999999:registry/shared";
    let all = pulled(&registry, &of(arn));
    assert_eq!(
        all.files.keys().collect::<Vec<_>>(),
        ["shared/my.kiln@Fired.json"]
    );
    let log = registry.log.lock().unwrap();
    assert!(
        log[0].request.path.contains("arn%3Aaws%3Aschemas"),
        "{}",
        log[0].request.path
    );
    drop(log);
    let missing = pull::pull(&Calls::new(&registry, kilns::manners()), &of("shared"));
    assert!(missing.unwrap_err().message.contains("no registry shared"));
}

#[test]
fn what_is_masked_or_no_document_or_no_name_of_a_file_is_told_and_left_out() {
    let registry = Loopback::new();
    let sound = kilns::openapi("my.kiln", "Kiln Fired", &[("Cone", "string")]);
    let account = sound.replace("The detail.", "Of ************.");
    for (name, content) in [
        ("a", sound.as_str()),
        ("A", &sound),
        ("b", &account),
        ("c", &sound.replace("Kiln Fired", "***")),
        ("d", "no document"),
        ("../e", &sound),
        ("nul", &sound),
    ] {
        registry
            .schemas
            .lock()
            .unwrap()
            .put("kilns", name, "OpenApi3", content);
    }
    let all = pulled(&registry, &of("kilns"));
    assert_eq!(
        all.files.keys().collect::<Vec<_>>(),
        ["kilns/A.json", "kilns/b.json"]
    );
    let told: Vec<String> = all.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 6, "{told:#?}");
    for word in [
        "upper and lower case",
        "no evidence",
        "masked, so that",
        "no document",
        "no file",
    ] {
        assert!(
            told.iter().any(|told| told.contains(word)),
            "{word}: {told:#?}"
        );
    }
}

#[test]
fn files_that_somebody_changed_or_wrote_are_not_overwritten() {
    let registry = Loopback::new();
    exported(&registry, &kilns::kilns(2), &options()).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kilns/my.kiln@KilnFired0.json");
    let write = || pull::write(folder.path(), &pulled(&registry, &of("kilns")));
    assert_eq!(write().unwrap().len(), 2);
    assert_eq!(write().unwrap().len(), 0);
    exported(&registry, &[kiln(0, &[("Heat", "string")])], &options()).unwrap();
    assert_eq!(write().unwrap().len(), 1);
    fs::write(&path, "mine").unwrap();
    exported(&registry, &[kiln(0, &[("Soot", "string")])], &options()).unwrap();
    let problems = write().unwrap_err();
    assert!(
        problems[0].to_string().contains("KilnFired0"),
        "{problems:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert!(
        !planned(&registry, &[kiln(0, &[("Soot", "string")])], &options())
            .unwrap()
            .has_work()
    );
}
