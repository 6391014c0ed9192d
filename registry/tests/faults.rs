//! Whatever goes wrong on the way to a registry, nothing is lost, no version is made twice, and the next run finishes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod kilns;
mod loopback;

use eventbridge_registry::api::{Call, Failure, FailureKind, Registry};
use eventbridge_registry::apply::Outcome;
use eventbridge_registry::calls::{Calls, Manners};
use eventbridge_registry::desired::Desired;
use kilns::{applied, count, exported, holds, kiln, options, planned};
use loopback::{Fault, Loopback};
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Six kilns, of which four stand already, three of them otherwise: writes of both kinds.
fn half_done() -> (Loopback, Vec<Desired>) {
    let registry = Loopback::new();
    let old: Vec<Desired> = (0..4)
        .map(|number| kiln(number, &[("Soot", "string")]))
        .collect();
    exported(&registry, &old, &options()).unwrap();
    let mut desired = kilns::kilns(6);
    desired[3] = old[3].clone();
    (registry, desired)
}

/// That all stand as they should, those that were changed in two versions, the others in one.
fn is_done(registry: &Loopback, desired: &[Desired]) {
    let contents = registry.schemas.lock().unwrap().contents();
    for (number, one) in desired.iter().enumerate() {
        let versions = &contents[&(one.registry.clone(), one.schema.clone())];
        assert_eq!(versions.last().unwrap().1, one.document.text);
        assert_eq!(
            versions.len(),
            if number < 3 { 2 } else { 1 },
            "{}",
            one.schema
        );
    }
}

#[test]
fn every_kind_of_trouble_passes_and_makes_no_version_twice() {
    use Fault::{Broken, BrokenAfter, CutAfter, CutBefore, Throttled};
    for fault in [Throttled, CutBefore, CutAfter, Broken, BrokenAfter] {
        for every in [2, 3, 5] {
            let (registry, desired) = half_done();
            registry.faults(move |number, _| match number % every {
                0 => fault,
                _ => Fault::Nothing,
            });
            let done = exported(&registry, &desired, &options()).unwrap();
            assert!(done.is_complete(), "{fault:?} {every}: {done:?}");
            is_done(&registry, &desired);
        }
    }
}

#[test]
fn every_third_call_is_throttled_and_a_hundred_schemas_stand_all_the_same() {
    let registry = Loopback::new();
    registry.faults(|number, _| match number % 3 {
        0 => Fault::Throttled,
        _ => Fault::Nothing,
    });
    let desired = kilns::kilns(100);
    assert!(
        exported(&registry, &desired, &options())
            .unwrap()
            .is_complete()
    );
    holds(&registry, &desired, 1);
}

/// A registry behind a run that is killed at its n-th request: before that is carried out, or after.
struct Killed<'r> {
    registry: &'r Loopback,
    at: usize,
    is_carried_out: bool,
    made: AtomicUsize,
}

impl Registry for Killed<'_> {
    fn call(&self, call: &Call) -> Result<Value, Failure> {
        let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
        if number == self.at && self.is_carried_out {
            drop(self.registry.call(call));
        }
        match number < self.at {
            true => self.registry.call(call),
            false => Err(Failure::of(FailureKind::Connector, "killed")), // nothing of this run comes any more
        }
    }
}

#[test]
fn a_run_that_is_killed_at_any_request_is_finished_by_the_next() {
    for is_carried_out in [false, true] {
        for at in 1..30 {
            let (registry, desired) = half_done();
            let killed = Killed {
                registry: &registry,
                at,
                is_carried_out,
                made: AtomicUsize::new(0),
            };
            let calls = Calls::new(&killed, kilns::manners());
            let names = ["kilns".to_owned()].into();
            let present =
                eventbridge_registry::present::Present::read(&calls, &names, &|_, _| true);
            if let Ok(present) = present {
                let plan = eventbridge_registry::plan::plan(&desired, &present, &options());
                let how = eventbridge_registry::apply::Options {
                    text: false,
                    keep: None,
                    max_versions: 100,
                    create_registries: true,
                    done: &|| {},
                };
                eventbridge_registry::apply::apply(&plan, &calls, how);
            }
            assert!(
                exported(&registry, &desired, &options())
                    .unwrap()
                    .is_complete()
            );
            is_done(&registry, &desired);
            assert!(
                !planned(&registry, &desired, &options()).unwrap().has_work(),
                "{at}"
            );
        }
    }
}

#[test]
fn what_appears_between_plan_and_apply_is_looked_at_again() {
    let registry = Loopback::new();
    let desired = kilns::kilns(4);
    let plan = planned(&registry, &desired, &options()).unwrap();
    let put = |number: usize, content: &str| {
        let name = &desired[number].schema;
        registry
            .schemas
            .lock()
            .unwrap()
            .put("kilns", name, "OpenApi3", content);
    };
    put(0, &desired[0].document.text);
    put(1, &kiln(1, &[("Soot", "string")]).document.text);
    put(2, &kilns::openapi("my.door", "Door Opened", &[]));
    let done = applied(&registry, &plan, &options());
    let outcomes: Vec<&Outcome> = done.outcomes.iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(*outcomes[0], Outcome::Already);
    assert_eq!(*outcomes[1], Outcome::Updated("2".to_owned()));
    assert!(
        matches!(outcomes[2], Outcome::Failed(failure) if failure.message.contains("Door Opened")),
        "{outcomes:?}"
    );
    assert_eq!(*outcomes[3], Outcome::Created);
    assert!(!done.is_complete() && done.ended.is_none());
}

#[test]
fn what_is_deleted_between_plan_and_apply_is_created_again() {
    let (registry, desired) = half_done();
    let plan = planned(&registry, &desired, &options()).unwrap();
    let mut schemas = registry.schemas.lock().unwrap();
    schemas
        .registries
        .get_mut("kilns")
        .unwrap()
        .remove(&desired[0].schema);
    drop(schemas);
    let done = applied(&registry, &plan, &options());
    assert_eq!(count(&done, |it| *it == Outcome::Created), 3);
    assert!(done.is_complete());
}

#[test]
fn two_runs_at_once_make_one_version_of_each() {
    for _ in 0..20 {
        let (registry, desired) = half_done();
        let plans = [0, 1].map(|_| planned(&registry, &desired, &options()).unwrap());
        let done = std::thread::scope(|scope| {
            let registry = &registry;
            let run = |plan| scope.spawn(move || applied(registry, plan, &options()));
            let [first, second] = &plans;
            let runs = [run(first), run(second)];
            runs.map(|run| run.join().unwrap())
        });
        assert!(done.iter().all(|done| done.is_complete()), "{done:?}");
        is_done(&registry, &desired);
    }
}

#[test]
fn expired_credentials_end_a_run_at_once_and_the_next_goes_on() {
    let (registry, desired) = half_done();
    let plan = planned(&registry, &desired, &options()).unwrap();
    registry.forget();
    registry.faults(|number, _| match number {
        1 | 2 => Fault::Nothing,
        _ => Fault::Expired,
    });
    let done = applied(&registry, &plan, &options());
    let ended = done.ended.as_ref().unwrap();
    assert_eq!(ended.kind, FailureKind::Credentials);
    assert!(
        registry.asked().len() <= 2 + 4,
        "all in flight end, and no more are made"
    );
    registry.faults(|_, _| Fault::Nothing);
    assert!(
        exported(&registry, &desired, &options())
            .unwrap()
            .is_complete()
    );
    is_done(&registry, &desired);
}

#[test]
fn a_registry_that_is_never_reached_ends_a_run_in_bounded_time() {
    let (registry, desired) = half_done();
    registry.faults(|_, _| Fault::CutBefore);
    let failure = planned(&registry, &desired, &options()).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unreached);
    let attempts = usize::try_from(kilns::manners().attempts).unwrap();
    assert_eq!(
        registry
            .asked()
            .iter()
            .filter(|it| **it == "DescribeRegistry")
            .count(),
        attempts + 1
    );
}

#[test]
fn reading_ends_at_the_first_schema_that_is_never_answered() {
    let registry = Loopback::new();
    exported(&registry, &kilns::kilns(90), &options()).unwrap();
    for fault in [Fault::Broken, Fault::Expired] {
        registry.forget();
        registry.faults(move |_, operation| match operation {
            "DescribeSchema" => fault,
            _ => Fault::Nothing,
        });
        assert!(planned(&registry, &kilns::kilns(90), &options()).is_err());
        let asked = registry
            .asked()
            .iter()
            .filter(|it| **it == "DescribeSchema")
            .count();
        let manners = kilns::manners();
        let attempts = usize::try_from(manners.attempts).unwrap();
        assert!(asked <= manners.in_flight * attempts, "{fault:?}: {asked}");
    }
}

#[test]
fn quotas_that_the_account_has_all_the_same_are_told_of_each_schema() {
    let mut registry = Loopback::new();
    registry.limits.schemas = 3;
    let done = exported(&registry, &kilns::kilns(5), &options()).unwrap();
    assert_eq!(count(&done, |it| *it == Outcome::Created), 3);
    let told = |it: &Outcome| matches!(it, Outcome::Failed(failure) if failure.message.contains("maximum"));
    assert_eq!(count(&done, told), 2);
    assert!(done.ended.is_none() && !done.is_complete());
}

#[test]
fn calls_are_no_more_than_the_rate_and_no_more_at_once_than_asked_for() {
    let mut registry = Loopback::new();
    registry.latency = Duration::from_millis(5);
    let manners = Manners {
        rate: 50,
        in_flight: 8,
        ..Manners::default()
    };
    let calls = Calls::new(&registry, manners);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let call = Call::ListRegistries(Default::default());
                    calls.call(&call).unwrap();
                }
            });
        }
    });
    assert!(began.elapsed() >= Duration::from_secs_f64(79.0 / 50.0));
    assert!(
        registry.most_in_a_second() <= 50,
        "{}",
        registry.most_in_a_second()
    );
    assert!(registry.most_at_once() <= 8);
}
