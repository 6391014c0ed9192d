//! A run that is killed, or meets a full disk or one that can only be read, leaves every file whole; it says what it
//! did not do, and the next run does it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

struct Place(TempDir);

impl Place {
    /// A folder with evidence of several events, half of which is learned.
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        for (name, kinds) in [("old.ndjson", 0..6), ("new.ndjson", 4..12)] {
            let event = |kind| {
                json!({
                    "version": "0", "id": format!("{name}-{kind}"), "source": "my.kiln",
                    "detail-type": format!("Kiln Part{kind} Change"), "account": "123456789012",
                    "detail": {"FiringName": "x", "Shelf": {"Cone": kind}, name: "x"}
                })
            };
            let events: String = kinds.map(|kind| format!("{}\n", event(kind))).collect();
            fs::write(place.path(name), events).unwrap();
        }
        place.done(&["learn", "old.ndjson"]);
        place.done(&["generate"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command.args(arguments).current_dir(self.0.path());
        command
    }

    fn done(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }

    fn tree(&self) -> Tree {
        let mut found = Tree::new();
        for folder in ["schemas", "generated"] {
            collect(self.0.path(), &self.path(folder), &mut found);
        }
        found
    }

    fn restore(&self, tree: &Tree) {
        for folder in ["schemas", "generated"] {
            fs::remove_dir_all(self.path(folder)).unwrap();
        }
        for (name, bytes) in tree {
            fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
            fs::write(self.path(name), bytes).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => collect(root, &path, found),
            false => {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                found.insert(name.into_owned(), fs::read(&path).unwrap());
            }
        }
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stderr) + &text(&output.stdout)
}

/// How many kills, spread over the time that a run takes. Each step by itself fails in the tests of the library.
const ROUNDS: u32 = 15;

/// What changes the schemas, and the packages after them.
const LEARN: &[&str] = &["learn", "new.ndjson"];

#[test]
fn killed_at_any_time_every_file_is_whole_and_the_next_run_goes_on() {
    let place = Place::new();
    for arguments in [LEARN, &[]] {
        let before = place.tree();
        let begun = Instant::now();
        place.done(arguments);
        let takes = begun.elapsed();
        let after = place.tree();
        assert_ne!(before, after);
        let mut kills = 0;
        for round in 0..ROUNDS {
            place.restore(&before);
            let mut run = place.command(arguments);
            let mut run = run
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(takes * round / ROUNDS + Duration::from_micros(50));
            kills += usize::from(run.kill().is_ok());
            run.wait().unwrap();
            for (name, bytes) in place.tree() {
                let whole = [before.get(&name), after.get(&name)].contains(&Some(&bytes));
                assert!(
                    whole || name.ends_with(".new"),
                    "{name} after {round}/{ROUNDS}"
                );
            }
            place.done(arguments);
            let now = place.tree();
            let mut names = now.keys().chain(after.keys());
            let differs = names.find(|name| now.get(*name) != after.get(*name));
            assert_eq!(differs, None, "after {round}/{ROUNDS}");
        }
        assert!(kills > 5, "{kills}");
    }
}

#[test]
fn what_killed_runs_left_is_no_content_and_goes() {
    let place = Place::new();
    let before = place.tree();
    let left = [
        "schemas/my.kiln/.Part1Change.json.77.new",
        "schemas/my.kiln/samples/.deliveries.json.77.new",
        "generated/rust/src/.lib.rs.77.new",
        "generated/python/.README.md.4294967295.new",
    ];
    let theirs = [
        "schemas/my.kiln/.mine.txt.77.new",
        "generated/rust/src/.mine.rs.77.new",
        "generated/rust/src/.lib.rs.new",
        "generated/rust/src/lib.rs.77.new",
    ];
    for name in left.into_iter().chain(theirs) {
        fs::write(place.path(name), "{ \"cut").unwrap();
    }
    place.done(&["coverage"]);
    place.done(&["generate", "--check"]);
    place.done(&["learn", "--dry-run", "old.ndjson"]);
    assert!(
        left.iter().all(|name| place.path(name).exists()),
        "these only read"
    );
    place.done(&[]);
    let mut after = place.tree();
    for name in theirs {
        assert!(after.remove(name).is_some(), "{name}");
    }
    assert_eq!(after, before);
}

/// A killed run may have made the folder of a source, and nothing in it.
#[test]
fn an_empty_folder_of_a_source_names_no_package() {
    let place = Place::new();
    fs::create_dir_all(place.path("schemas/my.other/samples")).unwrap();
    place.done(&["generate", "--check"]);
    place.done(&[]);
    place.done(&["generate", "--check"]);
}

/// Runs a script of the shell with file systems of its own, if this machine lets us.
fn in_own_mounts(place: &Place, script: &str) -> Option<Output> {
    let run = |script: &str| {
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-ec", script])
            .env("TOOL", env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .current_dir(place.0.path())
            .output()
    };
    let works = run("mount -t tmpfs none /mnt");
    if !works.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no file systems can be mounted here");
        return None;
    }
    Some(run(script).unwrap())
}

#[test]
fn a_full_disk_changes_nothing() {
    let place = Place::new();
    let script = "
        mkdir disk; mount -t tmpfs -o size=4m none disk
        cp -r schemas disk/; find disk -type f | sort | xargs cat > before
        dd if=/dev/zero of=disk/rest bs=4k 2>/dev/null || true
        $TOOL learn --schemas disk/schemas new.ndjson && exit 9 || test $? = 2
        rm disk/rest; find disk -type f | sort | xargs cat | cmp - before
        $TOOL generate --schemas disk/schemas --out disk/out
        dd if=/dev/zero of=disk/rest bs=4k 2>/dev/null || true
        rm -r disk/out/python
        dd if=/dev/zero of=disk/rest2 bs=4k count=4 2>/dev/null || true
        $TOOL generate --schemas disk/schemas --out disk/out && exit 9 || test $? = 2
        find disk -name '*.new' | grep . && exit 9
        rm disk/rest*; $TOOL generate --schemas disk/schemas --out disk/out
        $TOOL learn --schemas disk/schemas new.ndjson";
    let Some(output) = in_own_mounts(&place, script) else {
        return;
    };
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("No space left") && said.contains("Nothing was written."),
        "{said}"
    );
}

#[test]
fn what_can_only_be_read_is_read() {
    let place = Place::new();
    let script = "
        mount --bind -o ro schemas schemas; mount -o remount,bind,ro schemas
        mount --bind -o ro generated generated; mount -o remount,bind,ro generated
        touch schemas/x 2>/dev/null && exit 9
        $TOOL generate --check; $TOOL coverage; $TOOL explain 'Kiln Part1 Change'
        $TOOL learn --dry-run new.ndjson; $TOOL; $TOOL generate
        $TOOL learn new.ndjson && exit 9 || test $? = 2
        $TOOL generate --out schemas2 && test -d schemas2
        $TOOL generate --out generated/new && exit 9 || test $? = 2";
    let Some(output) = in_own_mounts(&place, script) else {
        return;
    };
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("Read-only file system") && said.contains("Nothing was written."),
        "{said}"
    );
}

/// A file that another is mounted on cannot be replaced, though all before it can.
#[test]
fn what_fails_half_way_says_what_was_written_and_what_was_not() {
    let place = Place::new();
    let script = "
        mount --bind schemas/my.kiln/Part4Change.json schemas/my.kiln/Part4Change.json
        $TOOL learn new.ndjson && exit 9 || test $? = 2
        $TOOL learn --format json new.ndjson && exit 9 || test $? = 2
        $TOOL && exit 9 || test $? = 2
        find . -name '*.new' | grep . && exit 9
        umount schemas/my.kiln/Part4Change.json
        $TOOL";
    let Some(output) = in_own_mounts(&place, script) else {
        return;
    };
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("written: my.kiln/samples/deliveries.json"),
        "{said}"
    );
    assert!(
        said.contains("as before: my.kiln/Part4Change.json, "),
        "{said}"
    );
    assert!(said.contains("do it again"), "{said}");
    assert!(!said.contains("Nothing was written."), "{said}");
    let before = place.tree();
    place.done(LEARN);
    place.done(&[]);
    assert_eq!(
        place.tree(),
        before,
        "the main job went on from the evidence"
    );
}

/// The schemas were written, the packages cannot be.
#[test]
fn the_main_job_says_what_of_it_was_done() {
    let place = Place::new();
    fs::write(place.path("schemas/my.kiln/Part1Change.json"), "").unwrap();
    fs::write(place.path("generated/rust/src/lib.rs"), "mine").unwrap();
    let output = place.command(&[]).output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("generated/rust/src/lib.rs"), "{said}");
    assert!(said.contains("schemas: 1 file was written"), "{said}");
}
