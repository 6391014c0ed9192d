//! What a plan says: each way a schema may stand, names that are taken, quotas, and that an applied plan leaves nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod kilns;
mod loopback;

use eventbridge_registry::apply::Outcome;
use eventbridge_registry::desired::{Desired, Layout, Per};
use eventbridge_registry::document::Dialect;
use eventbridge_registry::plan::{self, Action, Options};
use eventbridge_registry::present::Present;
use eventbridge_registry::quota::Quotas;
use kilns::{actions, applied, count, draft4, exported, holds, kiln, options, planned};
use loopback::Loopback;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

#[test]
fn an_applied_plan_leaves_nothing_and_one_change_is_one_version() {
    let registry = Loopback::new();
    let mut desired = kilns::kilns(25);
    let first = exported(&registry, &desired, &options()).unwrap();
    assert_eq!(count(&first, |it| *it == Outcome::Created), 25);
    assert_eq!(first.registries, ["kilns"]);
    holds(&registry, &desired, 1);

    let plan = planned(&registry, &desired, &options()).unwrap();
    assert!(!plan.has_work() && plan.steps.len() == 25, "{plan:?}");

    desired[7] = kiln(7, &[("Cone", "string"), ("Heat", "integer")]);
    registry.forget();
    let second = exported(&registry, &desired, &options()).unwrap();
    assert_eq!(second.outcomes.len(), 1);
    assert_eq!(second.outcomes[0].1, Outcome::Updated("2".to_owned()));
    assert_eq!(registry.writes(), 1);
    assert!(!planned(&registry, &desired, &options()).unwrap().has_work());
}

#[test]
fn text_and_order_are_no_update_unless_asked_for() {
    let registry = Loopback::new();
    exported(&registry, &kilns::kilns(2), &options()).unwrap();
    let with = |from: &str, to: &str, number: usize| {
        let mut desired = kiln(number, &[("Cone", "string")]);
        let text = desired.document.text.replace(from, to);
        assert_ne!(text, desired.document.text);
        desired = Desired::new("kilns", &desired.schema, &text).unwrap();
        desired
    };
    let order = "\"detail-type\",\n          \"source\"";
    let other_order = "\"source\",\n          \"detail-type\"";
    let desired = [
        with("The detail.", "All that is known.", 0),
        with(order, other_order, 1),
    ];
    let plan = planned(&registry, &desired, &options()).unwrap();
    assert_eq!(actions(&plan), [&Action::Text, &Action::Order]);
    assert!(!plan.has_work());
    registry.forget();
    applied(&registry, &plan, &options());
    assert_eq!(registry.asked().len(), 0);

    let text = Options {
        text: true,
        ..options()
    };
    let done = exported(&registry, &desired, &text).unwrap();
    assert_eq!(count(&done, |it| matches!(it, Outcome::Updated(_))), 2);
    assert!(!planned(&registry, &desired, &text).unwrap().has_work());
}

#[test]
fn a_name_that_holds_another_event_is_refused_and_the_rest_is_done() {
    let registry = Loopback::new();
    let other = kilns::openapi("my.kiln", "Kiln Cracked", &[("Crack", "string")]);
    for (number, content) in [
        (0, other.as_str()),
        (1, "{\"type\": \"object\"}"),
        (2, "[1]"),
    ] {
        let name = format!("my.kiln@KilnFired{number}");
        registry
            .schemas
            .lock()
            .unwrap()
            .put("kilns", &name, "OpenApi3", content);
    }
    let desired = kilns::kilns(4);
    let before = registry.schemas.lock().unwrap().contents();
    let plan = planned(&registry, &desired, &options()).unwrap();
    let refused = |index: usize| match &plan.steps[index].action {
        Action::Refused(why) => why.clone(),
        other => panic!("{other:?}"),
    };
    assert!(
        refused(0).contains("`Kiln Cracked` of my.kiln"),
        "{}",
        refused(0)
    );
    assert!(refused(1).contains("names no event"), "{}", refused(1));
    assert!(refused(2).contains("no document"), "{}", refused(2));
    assert!(plan.has_work());
    let done = applied(&registry, &plan, &options());
    assert_eq!(count(&done, |it| *it == Outcome::Created), 1);
    let after = registry.schemas.lock().unwrap().contents();
    assert!(
        before
            .iter()
            .all(|(name, versions)| after[name] == *versions)
    );
}

#[test]
fn what_the_registry_would_not_take_is_refused_before_anything_is_written() {
    let content = |length: usize| {
        let text = kilns::openapi("my.kiln", "Kiln Fired", &[("Cone", "string")]);
        text.clone() + &" ".repeat(length - text.chars().count())
    };
    let fits = Desired::new("kilns", "my.kiln@Fits", &content(100_000)).unwrap();
    let long = Desired::new("kilns", "my.kiln@Long", &content(100_001)).unwrap();
    let named = Desired::new("kilns", &"n".repeat(386), &content(5_000)).unwrap();
    let odd = Desired::new("kilns", "my.kiln@Öfen", &content(5_000)).unwrap();
    let nameless = Desired::new("kilns", "my.kiln@None", "{\"openapi\": \"3.0.0\"}").unwrap();
    let registry = Loopback::new();
    let desired = [fits, long, named, odd, nameless];
    let plan = planned(&registry, &desired, &options()).unwrap();
    let refused = plan
        .steps
        .iter()
        .filter(|step| matches!(step.action, Action::Refused(_)));
    assert_eq!(refused.count(), 4);
    let done = applied(&registry, &plan, &options());
    assert_eq!(count(&done, |it| *it == Outcome::Created), 1);
    assert!(done.is_complete(), "{done:?}");
}

#[test]
fn a_full_quota_is_told_before_anything_is_written() {
    let registry = Loopback::new();
    exported(&registry, &kilns::kilns(98), &options()).unwrap();
    let plan = planned(&registry, &kilns::kilns(101), &options()).unwrap();
    let told: Vec<String> = plan.problems().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("holds 98 schemas, 3 more") && told[0].contains("--registry-per"));
    let raised = Quotas {
        schemas: 101,
        ..Quotas::default()
    };
    let raised = Options {
        quotas: raised,
        ..options()
    };
    let plan = planned(&registry, &kilns::kilns(101), &raised).unwrap();
    assert_eq!(plan.problems().count(), 0);

    for number in 0..9 {
        let mut schemas = registry.schemas.lock().unwrap();
        schemas.put(&format!("other{number}"), "x", "OpenApi3", "{}");
    }
    let mut elsewhere = kiln(0, &[]);
    elsewhere.registry = "new".to_owned();
    let plan = planned(&registry, &[elsewhere], &options()).unwrap();
    let told: Vec<String> = plan.problems().map(ToString::to_string).collect();
    assert!(told[0].contains("has 10 registries, 1 more"), "{told:?}");
}

#[test]
fn versions_are_warned_of_at_eighty_and_kept_in_number_on_request() {
    let registry = Loopback::new();
    let text = |number: usize| {
        let fields = [("Cone", "string"), (&*format!("Heat{number}"), "integer")];
        kilns::openapi("my.kiln", "Kiln Fired 0", &fields)
    };
    let put = |count: usize| {
        let mut schemas = registry.schemas.lock().unwrap();
        schemas.registries.clear();
        for number in 0..count {
            schemas.put("kilns", "my.kiln@KilnFired0", "OpenApi3", &text(number));
        }
    };
    let desired = kilns::kilns(1);
    for (count, errors, warnings) in [(79, 0, 0), (80, 0, 1), (99, 0, 1), (100, 1, 0)] {
        put(count);
        let plan = planned(&registry, &desired, &options()).unwrap();
        let (found, problems) = (plan.findings.len(), plan.problems().count());
        assert_eq!(
            (problems, found - problems),
            (errors, warnings),
            "{count}: {:?}",
            plan.findings
        );
    }
    let keep = Options {
        keep: Some(20),
        ..options()
    };
    let done = exported(&registry, &desired, &keep).unwrap();
    assert!(done.is_complete(), "{done:?}");
    assert_eq!(done.trimmed, 81);
    let contents = registry.schemas.lock().unwrap().contents();
    let versions: Vec<u64> = contents
        .values()
        .next()
        .unwrap()
        .iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(versions, (82..=101).collect::<Vec<u64>>());
    assert!(!planned(&registry, &desired, &keep).unwrap().has_work());
    let fewer = Options {
        keep: Some(3),
        ..options()
    };
    assert_eq!(exported(&registry, &desired, &fewer).unwrap().trimmed, 17);
}

#[test]
fn what_is_orphaned_goes_only_by_name_and_others_schemas_stay() {
    let registry = Loopback::new();
    exported(&registry, &kilns::kilns(3), &options()).unwrap();
    let foreign = kilns::openapi("my.door", "Door Opened", &[]).replace(kilns::STAMP, "Mine.");
    registry
        .schemas
        .lock()
        .unwrap()
        .put("kilns", "my.door@Opened", "OpenApi3", &foreign);
    let desired = kilns::kilns(1);
    let plan = planned(&registry, &desired, &options()).unwrap();
    assert_eq!(
        actions(&plan),
        [&Action::Unchanged, &Action::Orphaned, &Action::Orphaned]
    );
    assert!(!plan.has_work());
    assert_eq!(plan.registries[0].others, 1);

    for name in ["my.door@Opened", "my.kiln@KilnFired0", "my.kiln@Typo"] {
        let wrong = Options {
            prune: vec![name.to_owned()],
            ..options()
        };
        let plan = planned(&registry, &desired, &wrong).unwrap();
        assert_eq!(plan.problems().count(), 1, "{name}");
    }
    let prune = vec!["kilns/my.kiln@KilnFired2".to_owned()];
    let done = exported(&registry, &desired, &Options { prune, ..options() }).unwrap();
    assert_eq!(count(&done, |it| *it == Outcome::Deleted), 1);
    let left = registry.schemas.lock().unwrap().contents();
    let left: Vec<&str> = left.keys().map(|(_, name)| name.as_str()).collect();
    assert_eq!(
        left,
        ["my.door@Opened", "my.kiln@KilnFired0", "my.kiln@KilnFired1"]
    );
}

#[test]
fn events_that_are_known_by_name_alone_are_exported_on_request_and_never_called_orphaned() {
    let folder = TempDir::new().unwrap();
    let own = folder.path().join("openapi3");
    fs::create_dir(&own).unwrap();
    for (name, fields) in [("Fired", &[("Cone", "string")][..]), ("Named", &[])] {
        let text = kilns::openapi("my.kiln", &format!("Kiln {name}"), fields);
        fs::write(own.join(format!("my.kiln@Kiln{name}.json")), text).unwrap();
    }
    let mut layout = Layout {
        registry: "kilns".to_owned(),
        per: Vec::new(),
        dialects: vec![Dialect::OpenApi3],
        all: false,
    };
    let registry = Loopback::new();
    let some = layout.read(folder.path()).unwrap();
    assert_eq!(
        planned(&registry, &some, &options()).unwrap().steps.len(),
        1
    );
    layout.all = true;
    let all = layout.read(folder.path()).unwrap();
    exported(&registry, &all, &options()).unwrap();
    let plan = planned(&registry, &some, &options()).unwrap();
    assert_eq!(actions(&plan), [&Action::Unchanged]);
}

#[test]
fn each_source_and_dialect_may_have_a_registry() {
    let folder = TempDir::new().unwrap();
    for source in ["my.kiln", "my.door"] {
        let openapi = kilns::openapi(source, "Opened", &[("By", "string")]);
        for (dialect, text) in [
            ("openapi3", openapi),
            ("jsonschema-draft4", draft4(source, "Opened")),
        ] {
            let own = folder.path().join(dialect);
            fs::create_dir_all(&own).unwrap();
            fs::write(own.join(format!("{source}@Opened.json")), text).unwrap();
        }
    }
    let mut layout = Layout {
        registry: "events".to_owned(),
        per: vec![Per::Source, Per::Dialect],
        dialects: Dialect::ALL.to_vec(),
        all: false,
    };
    let desired = layout.read(folder.path()).unwrap();
    let names: BTreeSet<&str> = desired.iter().map(|one| one.registry.as_str()).collect();
    let expected = [
        "my.door-draft4",
        "my.door-openapi3",
        "my.kiln-draft4",
        "my.kiln-openapi3",
    ];
    assert_eq!(
        names,
        expected
            .map(|name| format!("events-{name}"))
            .iter()
            .map(String::as_str)
            .collect()
    );
    assert!(desired.iter().all(|one| one.document.identity.is_some()));
    let registry = Loopback::new();
    assert!(
        exported(&registry, &desired, &options())
            .unwrap()
            .is_complete()
    );
    assert!(!planned(&registry, &desired, &options()).unwrap().has_work());
    layout.per = vec![Per::Source];
    let problems = layout.read(folder.path()).unwrap_err();
    assert!(
        problems[0].to_string().contains("--registry-per dialect"),
        "{problems:?}"
    );
}

#[test]
fn answers_of_describe_schema_stand_for_a_registry_also_with_masked_accounts() {
    let folder = TempDir::new().unwrap();
    let desired = kilns::kilns(4);
    let answer = |one: &Desired, registry: &str, content: &str, version: &str| {
        serde_json::json!({
            "Content": content, "SchemaArn": format!("arn:aws:schemas:eu-north-1:***:schema/{registry}/{}", one.schema),
            "SchemaName": one.schema, "SchemaVersion": version, "Type": "OpenApi3", "Tags": {},
        })
        .to_string()
    };
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let old = kiln(0, &[("Soot", "string")]);
    write(
        "a.json",
        &answer(&desired[0], "kilns", &desired[0].document.text, "12"),
    );
    write(
        "b.json",
        &answer(&desired[0], "kilns", &old.document.text, "9"),
    );
    write(
        "c.json",
        &answer(&desired[1], "elsewhere", &desired[1].document.text, "1"),
    );
    write("my.kiln@KilnFired2.json", &kiln(2, &[]).document.text);
    let masked = desired[3].document.text.replace("\"my.kiln\"", "\"***\"");
    write("d.json", &answer(&desired[3], "kilns", &masked, "1"));
    let names = BTreeSet::from(["kilns".to_owned()]);
    let present = Present::from_folder(folder.path(), &names).unwrap();
    let plan = plan::plan(&desired, &present, &options());
    let actions = actions(&plan);
    assert_eq!(actions[..2], [&Action::Unchanged, &Action::Create]);
    assert!(
        matches!(actions[2], Action::Update(found) if found[0].to_string() == "+ Detail.Cone"),
        "{actions:?}"
    );
    assert!(
        matches!(actions[3], Action::Refused(why) if why.contains("masked")),
        "{actions:?}"
    );
    write("e.json", "{\"Content\": 3, \"SchemaName\": []}");
    let problems = Present::from_folder(folder.path(), &names).unwrap_err();
    assert!(problems[0].to_string().contains("e.json"), "{problems:?}");
}

#[test]
fn a_document_in_another_dialect_is_an_update_that_says_so() {
    let registry = Loopback::new();
    exported(&registry, &[kiln(0, &[])], &options()).unwrap();
    let other = draft4("my.kiln", "Kiln Fired 0");
    let desired = Desired::new("kilns", "my.kiln@KilnFired0", &other).unwrap();
    let plan = planned(&registry, std::slice::from_ref(&desired), &options()).unwrap();
    let Action::Update(found) = &plan.steps[0].action else {
        panic!("{plan:?}")
    };
    assert_eq!(found[0].to_string(), "~ Type: OpenApi3 → JSONSchemaDraft4");
    applied(&registry, &plan, &options());
    assert!(
        !planned(&registry, &[desired], &options())
            .unwrap()
            .has_work()
    );
}

#[test]
fn a_registry_of_another_account_is_planned_for_by_its_arn() {
    let folder = TempDir::new().unwrap();
    let own = folder.path().join("openapi3");
    fs::create_dir(&own).unwrap();
    let text = kilns::openapi("my.kiln", "Kiln Fired", &[("Cone", "string")]);
    fs::write(own.join("my.kiln@KilnFired.json"), &text).unwrap();
    let layout = Layout {
        registry: "arn:aws:schemas:eu-north-1:999999999999:registry/shared".to_owned(),
        per: Vec::new(),
        dialects: vec![Dialect::OpenApi3],
        all: false,
    };
    let desired = layout.read(folder.path()).unwrap();
    let registry = Loopback::new();
    let mut schemas = registry.schemas.lock().unwrap();
    schemas.put("999999999999/shared", "my.kiln@Other", "OpenApi3", &text);
    drop(schemas);
    assert!(
        exported(&registry, &desired, &options())
            .unwrap()
            .registries
            .is_empty()
    );
    let contents = registry.schemas.lock().unwrap().contents();
    assert_eq!(contents.len(), 2);
    let names = BTreeSet::from([layout.registry]);
    let present = Present::from_folder(&own, &names).unwrap();
    assert!(!plan::plan(&desired, &present, &options()).has_work());
}
