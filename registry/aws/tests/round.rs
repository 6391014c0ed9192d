//! The tool, the program that talks to AWS with its SDK, and a loopback registry: the whole way and back, also where the
//! way is bad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/loopback/mod.rs"]
mod loopback;
mod place;

use loopback::{Fault, Loopback};
use place::{Place, page, said, tree};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

const KILNS: [&str; 2] = ["--registry", "kilns"];
const CREATE: [&str; 4] = ["apply", "--create-registry", "--registry", "kilns"];

#[test]
fn what_is_applied_is_there_one_change_is_one_version_and_what_is_pulled_is_learned_alike() {
    let place = Place::new();
    place.kilns(&page(3, ""));
    let said = place.done(&mut place.register(&CREATE));
    assert!(said.contains("3 created"), "{said}");
    let unchanged = |planned: &std::collections::BTreeMap<String, String>| {
        planned
            .values()
            .filter(|action| *action == "unchanged")
            .count()
    };
    place.registry.forget();
    let said = place.done(&mut place.register(&CREATE));
    assert!(said.contains("Nothing had to be written"), "{said}");
    assert_eq!(place.registry.writes(), 0);

    place.kilns(&page(3, r#""Heat": 900,"#));
    let planned = place.planned(&KILNS);
    assert_eq!((planned.len(), unchanged(&planned)), (3, 2), "{planned:?}");
    place.registry.forget();
    place.done(&mut place.register(&CREATE));
    assert_eq!(place.registry.writes(), 1);
    let contents = place.registry.schemas.lock().unwrap().contents();
    let mut versions: Vec<usize> = contents.values().map(Vec::len).collect();
    versions.sort();
    assert_eq!(versions, [1, 1, 2]);

    place.done(&mut place.register(&["pull", "kilns", "--into", "pulled"]));
    place.done(&mut place.command(&["learn", "--schemas", "a", "pulled"]));
    let documents = "generated/registry/openapi3";
    place.done(&mut place.command(&["learn", "--schemas", "b", documents]));
    assert_eq!(tree(&place.path("a")), tree(&place.path("b")));
    let from = [
        "register",
        "plan",
        "--from",
        "pulled",
        "--check",
        "--registry",
        "kilns",
    ];
    place.done(&mut place.command(&from));
}

#[test]
fn the_committed_documents_are_exported_in_both_dialects_and_their_samples_as_test_events() {
    let place = Place::new();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let (out, schemas) = (format!("{root}/generated"), format!("{root}/schemas"));
    let all = [
        "apply",
        "--all",
        "--create-registry",
        "--registry",
        "events",
    ];
    let both = [
        "--registry-per",
        "dialect",
        "--dialect",
        "openapi3,draft4",
        "--out",
        &out,
    ];
    let said = place.done(place.register(&all).args(both));
    let folder = std::path::Path::new(&out).join("registry");
    let dialects = ["openapi3", "jsonschema-draft4"].map(|dialect| tree(&folder.join(dialect)));
    let documents: usize = dialects.iter().map(|found| found.len()).sum();
    assert!(
        documents > 100 && said.contains(&format!("{documents} created")),
        "{said}"
    );
    let test = [
        "apply",
        "--create-registry",
        "--test-events",
        "notify",
        "--schemas",
        &schemas,
    ];
    let said = place.done(&mut place.register(&test));
    assert!(said.contains("1 created"), "{said}");
    place.registry.forget();
    place.done(place.register(&all).args(both));
    place.done(&mut place.register(&test));
    assert_eq!(place.registry.writes(), 0);
}

#[test]
fn an_edition_of_a_page_that_changes_evidence_alone_is_nothing_to_do() {
    let place = Place::new();
    place.kilns(&page(2, ""));
    place.done(&mut place.register(&CREATE));
    let before = tree(&place.path("schemas"));
    place.kilns(&format!(
        "# A new edition\n\nOf all kilns.\n\n{}",
        page(2, "")
    ));
    assert_ne!(tree(&place.path("schemas")), before);
    let plan = ["plan", "--check", "--registry", "kilns"];
    place.done(&mut place.register(&plan));
}

#[test]
fn trouble_on_the_wire_passes_and_makes_no_version_twice() {
    use Fault::{BrokenAfter, CutAfter, CutBefore, Throttled};
    for fault in [Throttled, CutBefore, CutAfter, BrokenAfter] {
        let place = Place::new();
        place.kilns(&page(4, ""));
        place.done(&mut place.register(&CREATE));
        place.kilns(&page(4, r#""Heat": 900,"#));
        place.registry.faults(move |number, _| match number % 3 {
            0 => fault,
            _ => Fault::Nothing,
        });
        place.done(&mut place.register(&CREATE));
        place.registry.faults(|_, _| Fault::Nothing);
        let contents = place.registry.schemas.lock().unwrap().contents();
        let versions: usize = contents.values().map(Vec::len).sum();
        assert_eq!(versions, 5, "{fault:?}");
        place.done(&mut place.register(&["plan", "--check", "--registry", "kilns"]));
    }
}

#[test]
fn a_tool_that_is_killed_at_any_request_is_finished_by_the_next() {
    for is_carried_out in [false, true] {
        let place = Place::new();
        place.kilns(&page(3, ""));
        for at in 1.. {
            place.registry.schemas.lock().unwrap().registries.clear();
            place.registry.forget();
            let (sender, receiver) = channel();
            let sender = Mutex::new(sender);
            place.registry.faults(move |number, _| {
                if number < at {
                    return Fault::Nothing;
                }
                let _ = sender.lock().unwrap().send(()); // who killed it no longer counts
                match is_carried_out && number == at {
                    true => Fault::CutAfter,
                    false => Fault::CutBefore,
                }
            });
            let mut child = place
                .register(&CREATE)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            let reached = loop {
                match receiver.recv_timeout(Duration::from_millis(20)) {
                    Ok(()) => break true,
                    Err(_) if child.try_wait().unwrap().is_some() => break false,
                    Err(_) => {}
                }
            };
            drop(child.kill());
            child.wait().unwrap();
            place.registry.faults(|_, _| Fault::Nothing);
            place.done(&mut place.register(&CREATE));
            let contents = place.registry.schemas.lock().unwrap().contents();
            assert_eq!(contents.len(), 3);
            assert!(
                contents.values().all(|versions| versions.len() == 1),
                "{at}"
            );
            if !reached {
                assert!(at > 6, "a whole run has more requests than {at}");
                break;
            }
        }
    }
}

#[test]
fn two_tools_at_once_make_one_version_of_each() {
    let mut registry = Loopback::new();
    registry.latency = Duration::from_millis(2);
    let place = Place::with(registry);
    place.kilns(&page(12, ""));
    let run = || {
        place
            .register(&CREATE)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    for run in [run(), run()] {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let contents = place.registry.schemas.lock().unwrap().contents();
    assert!(contents.len() == 12 && contents.values().all(|versions| versions.len() == 1));
}

#[test]
fn who_may_not_ask_is_told_how_to_go_on() {
    let place = Place::new();
    place.kilns(&page(1, ""));
    place.registry.faults(|_, _| Fault::Expired);
    let output = place
        .register(&["apply", "--registry", "kilns", "--profile", "default"])
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("ExpiredTokenException") && text.contains("aws sso login --profile default"),
        "{text}"
    );
    assert_eq!(place.registry.asked().len(), 1);

    let mut without = place.register(&["plan", "--registry", "kilns"]);
    without
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env("HOME", "/nowhere");
    let text = said(&without.output().unwrap());
    assert!(text.contains("aws sso login"), "{text}");
    let mut nowhere = place.register(&["plan", "--registry", "kilns"]);
    nowhere
        .env_remove("AWS_REGION")
        .env_remove("AWS_DEFAULT_REGION");
    let text = said(&nowhere.output().unwrap());
    assert!(text.contains("--region"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_profile_says_region_endpoint_and_who_asks() {
    let place = Place::new();
    place.kilns(&page(1, ""));
    let who = r#"{"Version": 1, "AccessKeyId": "AKIDPROFILE", "SecretAccessKey": "made up"}"#;
    std::fs::write(place.path("who.json"), who).unwrap();
    let config = format!(
        "[profile ci]\nregion = eu-west-3\nendpoint_url = {}\ncredential_process = cat {}\n",
        place.url,
        place.path("who.json").display()
    );
    std::fs::write(place.path("config"), config).unwrap();
    let apply = [
        "register",
        "apply",
        "--create-registry",
        "--registry",
        "kilns",
        "--profile",
        "ci",
    ];
    let mut command = place.command(&apply);
    for (name, _) in place::AWS {
        command.env_remove(name);
    }
    place.done(command.env("AWS_CONFIG_FILE", place.path("config")));
    let log = place.registry.log.lock().unwrap();
    let signed = log[0]
        .request
        .headers
        .iter()
        .find(|(name, _)| name == "authorization");
    let (_, signed) = signed.unwrap();
    assert!(
        signed.contains("AKIDPROFILE") && signed.contains("/eu-west-3/schemas/"),
        "{signed}"
    );
}

#[test]
fn a_registry_is_created_only_when_asked_for_and_quotas_end_a_run_before_it_writes() {
    let place = Place::new();
    place.kilns(&page(3, ""));
    let output = place
        .register(&["apply", "--registry", "kilns"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("--create-registry"),
        "{}",
        said(&output)
    );
    let small = place
        .register(&CREATE)
        .args(["--quota", "schemas=2"])
        .output()
        .unwrap();
    assert_eq!(small.status.code(), Some(2));
    assert!(
        said(&small).contains("Nothing was written"),
        "{}",
        said(&small)
    );
    assert_eq!(place.registry.writes(), 0);
}

#[test]
fn the_program_ends_when_nobody_speaks_to_it() {
    let place = Place::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eventbridge-registry-aws"));
    command
        .envs(place::AWS)
        .args(["--endpoint-url", &place.url]);
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    assert!(output.status.success());
    assert_eq!(
        said(&output),
        "{\"protocol\":1,\"region\":\"eu-north-1\"}\n"
    );
}
