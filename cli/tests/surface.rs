//! What packages expose is kept: samples in another order, fields and events that arrive or go change nothing for those
//! who use them; what would is refused until somebody lets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const NAME: &str = "\"LidName\": \"oak\"";
const ARN: &str = "\"LidArn\": \"arn:aws:lid:eu-west-1:123456789012:lid/oak\"";
const STATUS: &str = "\"LidStatus\": \"SHUT\"";
const WEIGHT: &str = "\"Weight\": { \"Grams\": 3, \"Unit\": \"g\" }";

fn page(events: &[(&str, &[&str])]) -> String {
    let blocks = events.iter().map(|(detail_type, fields)| {
        let fields = fields.join(",\n    ");
        format!("## {detail_type}\n\n```json\n{{\n  \"source\": \"my.lid\",\n  \"detail-type\": \"{detail_type}\",\n  \"detail\": {{\n    {fields}\n  }}\n}}\n```\n\n")
    });
    format!("# Lids\n\n{}", blocks.collect::<String>())
}

struct Place(TempDir);

impl Place {
    fn with(page: &str) -> Place {
        let place = Place(TempDir::new().unwrap());
        place.learn(page);
        place.done(&["generate"]);
        place
    }

    fn learn(&self, page: &str) {
        std::fs::write(self.0.path().join("lids.md"), page).unwrap();
        self.done(&["learn", "lids.md", "--accept-loss"]);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }

    /// What the Rust package declares, without comments.
    fn declares(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (path, text) in files(&self.0.path().join("generated/rust/src")) {
            if !path.contains("pattern") {
                let code = text.lines().map(str::trim);
                let code = code.filter(|line| !line.starts_with("//"));
                // What the package is made of changes where it is no longer documented.
                let code = code.filter(|line| !line.starts_with("pub const REVISION"));
                let told = code.filter(|line| line.starts_with("pub ") || line.contains(": "));
                lines.extend(told.map(str::to_owned));
            }
        }
        assert!(!lines.is_empty());
        lines
    }
}

/// Whether all lines are there still, in their order.
fn stands_in(before: &[String], after: &[String]) -> bool {
    let mut after = after.iter();
    before.iter().all(|line| after.any(|other| other == line))
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => drop(files.insert(
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            )),
        }
    }
    files
}

#[test]
fn samples_in_another_order_change_nothing() {
    let place = Place::with(&page(&[("Lid State Change", &[NAME, ARN, STATUS, WEIGHT])]));
    let before = place.declares();
    place.learn(&page(&[("Lid State Change", &[WEIGHT, ARN, STATUS, NAME])]));
    place.done(&["generate"]);
    assert_eq!(place.declares(), before);
    let shown = place.done(&["generate", "--check"]);
    assert!(shown.status.success());
}

#[test]
fn what_arrives_comes_behind_and_is_optional() {
    let place = Place::with(&page(&[("Lid State Change", &[NAME, STATUS])]));
    let before = place.declares();
    place.learn(&page(&[
        ("Lid Shut", &[NAME]),
        ("Lid State Change", &[ARN, NAME, STATUS]),
    ]));
    place.done(&["generate"]);
    let after = place.declares();
    let of_lid = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .filter(|line| line.starts_with("pub lid_") || line.contains("fn new("))
            .collect()
    };
    assert!(
        stands_in(&of_lid(before), &of_lid(after.clone())),
        "{after:#?}"
    );
    assert!(
        after
            .iter()
            .any(|line| line.contains("arn") && line.contains("Option")),
        "{after:#?}"
    );
    let lock = std::fs::read_to_string(place.0.path().join("schemas/surface.json")).unwrap();
    assert!(
        lock.find("LidStatus").unwrap() < lock.find("LidArn").unwrap(),
        "{lock}"
    );
}

#[test]
fn what_goes_stays_until_somebody_lets_it_go() {
    let place = Place::with(&page(&[
        ("Lid State Change", &[NAME, STATUS, WEIGHT]),
        ("Lid Shut", &[WEIGHT]),
    ]));
    let before = place.declares();
    std::fs::remove_file(place.0.path().join("schemas/my.lid/samples/lids.md.json")).unwrap();
    place.learn(&page(&[("Lid State Change", &[NAME, STATUS])]));
    assert!(!place.0.path().join("schemas/my.lid/Shut.json").exists());
    place.done(&["generate"]);
    assert_eq!(place.declares(), before);
    place.done(&["generate", "--allow-breaking"]);
    assert_ne!(place.declares(), before);
    assert!(!place.declares().iter().any(|line| line.contains("Shut")));
    place.done(&["generate", "--check"]);
}

#[test]
fn what_breaks_is_refused_and_leaves_every_byte() {
    let place = Place::with(&page(&[(
        "Lid State Change",
        &[NAME, STATUS, "\"Weight\": \"much\""],
    )]));
    let all = |place: &Place| {
        (
            files(&place.0.path().join("schemas")),
            files(&place.0.path().join("generated")),
        )
    };
    place.learn(&page(&[("Lid State Change", &[NAME, "\"Weight\": 3"])]));
    let before = all(&place);
    let output = place.run(&["generate"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("Change from string to integer: `Weight`"),
        "{said}"
    );
    assert!(
        !said.contains("LidStatus"),
        "what is no longer documented keeps its type: {said}"
    );
    assert!(said.contains("--allow-breaking"), "{said}");
    assert_eq!(all(&place), before);
    let output = place.done(&["generate", "--allow-breaking"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("Change from string to integer"),
        "it is told"
    );
    place.done(&["generate", "--check"]);
}

#[test]
fn a_file_of_somebody_s_own_is_not_overwritten_and_a_broken_one_is_told() {
    let place = Place::with(&page(&[("Lid State Change", &[NAME])]));
    let lock = place.0.path().join("schemas/surface.json");
    std::fs::write(&lock, "{\n  \"events\": 3\n}\n").unwrap();
    let output = place.run(&["generate"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("surface.json:2:"), "{said}");
    std::fs::write(&lock, "{\n  \"events\": {}\n}\n").unwrap();
    let output = place.run(&["generate"]);
    assert_eq!(output.status.code(), Some(2), "it carries no stamp");
    std::fs::remove_file(&lock).unwrap();
    place.done(&["generate"]);
    assert!(lock.exists());
}

#[test]
fn what_no_run_would_keep_is_told_and_nothing_is_written() {
    let place = Place::with(&page(&[("Lid Shut", &[NAME, WEIGHT])]));
    let file = place.0.path().join("schemas/surface.json");
    let sound = std::fs::read_to_string(&file).unwrap();
    for (from, to, told) in [
        (
            "\"name\": \"Shut\"",
            "\"name\": \"../../x\"",
            "names no type",
        ),
        ("\"named\": \"", "\"named\": \"Nowhere", "has no type"),
    ] {
        let damaged = sound.replacen(from, to, 1);
        assert_ne!(damaged, sound, "{from} in {sound}");
        std::fs::write(&file, damaged).unwrap();
        let before = files(place.0.path());
        let output = place.run(&["generate"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(told) && said.contains("last commit"),
            "{said}"
        );
        assert_eq!(files(place.0.path()), before);
    }
}

#[test]
fn names_of_any_script_are_kept() {
    for detail_type in ["क्षेत्र बदला", "किताब-2", "Ångström State Change", "2 Lids"]
    {
        let place = Place::with(&page(&[(detail_type, &[NAME])]));
        place.done(&["generate", "--check"]);
    }
}

#[test]
fn files_of_a_former_layout_go_where_they_carry_the_stamp() {
    let place = Place::with(&page(&[("Lid Shut", &[NAME])]));
    let folder = place.0.path().join("generated/typescript/src");
    let ours = std::fs::read_to_string(folder.join("known.js")).unwrap();
    for end in ["mjs", "cjs", "d.mts"] {
        std::fs::write(folder.join(format!("old.{end}")), &ours).unwrap();
    }
    std::fs::write(folder.join("mine.mjs"), "export const mine = 1;\n").unwrap();
    assert_eq!(place.run(&["generate", "--check"]).status.code(), Some(1));
    place.done(&["generate"]);
    let left = std::fs::read_dir(&folder).unwrap();
    let left = left.map(|it| it.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left
        .filter(|it| it.contains(".m") || it.starts_with("old"))
        .collect();
    assert_eq!(left, ["mine.mjs"]);
}

#[test]
fn what_breaks_is_let_for_the_events_that_are_named_alone() {
    let (text, number) = ("\"Weight\": \"much\"", "\"Weight\": 3");
    let of = |weight| {
        page(&[
            ("Lid State Change", &[NAME, weight]),
            ("Lid Shut", &[weight]),
        ])
    };
    let place = Place::with(&of(text));
    place.learn(&of(number));
    let output = place.run(&["generate", "--allow-breaking=Lid Shut"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("`Weight` of `Lid State Change`") && !said.contains("of `Lid Shut`"),
        "{said}"
    );
    assert!(
        said.contains("--allow-breaking=\"Lid State Change\""),
        "it says how to go on: {said}"
    );
    let output = place.run(&["generate", "--allow-breaking=Lid Sut"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("did you mean Lid Shut"), "{said}");
    // As packages call it, and by detail-type.
    let both = [
        "generate",
        "--allow-breaking=Shut",
        "--allow-breaking=Lid State Change",
    ];
    let output = place.done(&both);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        said.matches("Change from string to integer").count(),
        2,
        "{said}"
    );
    place.done(&["generate", "--check"]);
}

#[test]
fn a_role_stays_with_its_field() {
    let place = Place::with(&page(&[(
        "Lid State Change",
        &["\"Name\": \"oak\"", STATUS],
    )]));
    let role = |place: &Place| {
        let sources: String = files(&place.0.path().join("generated/rust/src"))
            .into_values()
            .collect();
        let (_, roles) = sources.split_once("Roles {").unwrap();
        roles.split('}').next().unwrap().to_owned()
    };
    let before = role(&place);
    assert!(before.contains("name: \"Name\""), "{before}");
    place.learn(&page(&[(
        "Lid State Change",
        &[NAME, "\"Name\": \"oak\"", STATUS],
    )]));
    place.done(&["generate"]);
    assert_eq!(role(&place), before);
    // Who lets it move is told.
    let output = place.done(&["generate", "--allow-breaking"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("Take the name from `LidName`, no longer from `Name`, of `Lid State Change`"),
        "{said}"
    );
    assert!(role(&place).contains("name: \"LidName\""));
}

#[test]
fn a_status_has_a_type_of_its_own_before_a_value_of_it_is_known() {
    let place = Place::with(&page(&[(
        "Lid State Change",
        &[NAME, "\"LidStatus\": \"as it is\""],
    )]));
    let has = |line: &str| place.declares().iter().any(|it| it == line);
    assert!(
        has("pub enum LidStatus {") && has("pub lid_status: LidStatus,"),
        "{:#?}",
        place.declares()
    );
    let types: String = files(&place.0.path().join("generated/typescript/src"))
        .into_values()
        .collect();
    assert!(types.contains("  LidStatus: string;"), "text as yet");
}
