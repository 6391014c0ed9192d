//! Ten pages of made-up services in the forms in which AWS's references are written, in English, German and Japanese,
//! as Markdown, HTML and plain text: every event, field, kind and value is found, and none is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod summary;

use eventbridge_learn::{Evidence, learn};
use std::path::Path;
use summary::{events_in, learn_into, page};

/// Each page with the events that a careful reader finds in it.
const PAGES: [(&str, &[&str]); 10] = [
    (
        "lockers.md",
        &[
            "Locker Battery Low: {}",
            "Locker Opened: {lockerId: string, state: [OPEN, AJAR, BROKEN], openedAt: instant(integer-millis), attempts: number, door: {side: [LEFT, RIGHT], forced: boolean}, tags: list of string, weight: integer}",
            "Locker Shut: {}",
        ],
    ),
    (
        "ferries.html",
        &[
            "Ferry Departure: {ferry-name: string, phase: [BOARDING, UNDERWAY, MOORED], departed-at: instant(integer-seconds), crew: list of {role: [PILOT, COOK], years: integer, on-duty: boolean}, delay-reason: [FOG, ICE, CREW]}",
            "Ferry Trip Cancelled: {ferry-name: string, refund: number, warned: boolean}",
        ],
    ),
    (
        "bakery.md",
        &[
            "Bakery Oven Change: {ofenId: string, zustand: [heizt, backt, kalt], grad: integer, brot: {sorte: [ROGGEN, WEIZEN, DINKEL], gramm: number}, gemeldetAm: instant(integer-seconds), sauber: boolean}",
        ],
    ),
    (
        "looms.md",
        &[
            "Loom State Change: {loomName: string, loomStatus: [IDLE, WEAVING, BROKEN], startedAt: instant(rfc3339), threadCount: integer, failureReason: string when loomStatus is BROKEN}",
        ],
    ),
    (
        "tramways.txt",
        &[
            "Tram Door Change: {tram-id: string, door: [open, shut], blocked: boolean}",
            "Tram State Change: {tram-id: string, tram-state: [rolling, waiting, parked], stops: integer, left-at: instant(integer-millis)}",
        ],
    ),
    (
        "orchards.txt",
        &[
            "Orchard Harvest: {garten-id: string, frucht: [APFEL, BIRNE], reife: [unreif, reif, faul]}",
        ],
    ),
    (
        "lighthouse.html",
        &[
            "Lighthouse Lamp Change: {lampId: string, color: [RED, WHITE, GREEN], beam: {width: number, mode: [FIXED, FLASHING]}, lit: boolean}",
        ],
    ),
    (
        "beehives.md",
        &[
            "Hive Swarm: {hiveId: string, mood: [CALM, ANGRY, ASLEEP], weather: {sky: [CLEAR, CLOUDY, RAIN, SNOW], windSpeed: number}, combs: list of {side: [LEFT, RIGHT], full: boolean, honeyGrams: integer}, queenAge: integer, stingReason: string when mood is ANGRY}",
        ],
    ),
    (
        "quarries.md",
        &[
            "Quarry Blast Fired: {blastId: string, charge: number, at: instant(), rock: [GRANITE, MARBLE], settings: {}, witnesses: list of string}",
            "Quarry Blast Planned: {blastId: string, charge: number, at: instant(), rock: [GRANITE, MARBLE], settings: {}, witnesses: list of string}",
            "Quarry Lift lowered: {liftId: string, level: integer}",
            "Quarry Lift raised: {liftId: string, level: integer}",
        ],
    ),
    (
        "kites.html",
        &[
            "Kite Landed: {}",
            "Kite Launched: {kiteId: string, shape: [DELTA, BOX], line: {length: integer, material: [NYLON, SILK]}, windSpeed: number}",
        ],
    ),
];

fn evidence(name: &str) -> Evidence {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/templates")
        .join(name);
    Evidence::Page(page(name, &std::fs::read_to_string(file).unwrap()))
}

#[test]
fn all_that_is_there_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for (name, known) in PAGES {
        let folder = tempfile::tempdir().unwrap();
        learn_into(folder.path(), evidence(name));
        let found = events_in(folder.path());
        if found != known {
            wrong.push(format!("{name}\n  found {found:#?}\n  known {known:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_pages_changes_nothing_and_a_second_run_neither() {
    let all = || PAGES.iter().map(|(name, _)| evidence(name));
    let learned = |pieces: Vec<Evidence>| {
        let folder = tempfile::tempdir().unwrap();
        for piece in pieces {
            learn_into(folder.path(), piece);
        }
        for (name, _) in PAGES {
            let again = learn(folder.path(), &[evidence(name)]);
            assert!(again.changes.is_empty(), "{name}: {:?}", again.changes);
        }
        let files = eventbridge_learn::input::files(folder.path()).unwrap();
        let texts = files.into_iter().map(|file| {
            let name = file.strip_prefix(folder.path()).unwrap().to_owned();
            (name, std::fs::read_to_string(&file).unwrap())
        });
        texts.collect::<Vec<_>>()
    };
    let forward = learned(all().collect());
    assert!(
        forward == learned(all().rev().collect()),
        "the order of pages changes files"
    );
    let folder = tempfile::tempdir().unwrap();
    let together = learn(folder.path(), &all().collect::<Vec<_>>());
    let texts = together
        .changes
        .iter()
        .filter_map(|change| Some((change.path.clone().into(), change.new.clone()?)));
    let mut texts: Vec<(std::path::PathBuf, String)> = texts.collect();
    texts.sort();
    assert!(forward == texts, "pages learned together give other files");
}
