//! What the tool did not write it neither overwrites nor deletes: files, links, pipes and folders of others are left
//! alone or told, before anything is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    /// A folder with a set of one learned source.
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        place.write("a.ndjson", &event("Kiln Firing State Change", "Lit"));
        place.done(&["learn", "a.ndjson"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// What was said by a run that went well.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = said(&output);
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    }

    /// What was said by a run that refused, and changed nothing.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = tree(self.0.path());
        let output = self.run(arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(tree(self.0.path()), before, "{arguments:?}: {said}");
        said
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stderr) + &text(&output.stdout)
}

fn event(detail_type: &str, status: &str) -> String {
    let event = json!({
        "version": "0", "id": "77", "detail-type": detail_type, "source": "my.kiln",
        "account": "123456789012", "detail": {"FiringStatus": status}
    });
    event.to_string()
}

/// A schema as a person would write it.
fn by_hand(detail_type: &str) -> String {
    let schema = json!({
        "title": detail_type, "type": "object", "required": ["source", "detail-type", "detail"],
        "properties": {
            "source": {"const": "my.kiln"}, "detail-type": {"const": detail_type},
            "detail": {"$ref": "#/definitions/Own"}
        },
        "x-evidence": ["handbook.md:3: event"],
        "definitions": {"Own": {"type": "object", "properties": {"lid": {"type": "string"}}}}
    });
    serde_json::to_string_pretty(&schema).unwrap()
}

/// All that stands below a folder: what it is, and what it holds.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (kind, path) = (entry.file_type().unwrap(), entry.path());
        if kind.is_dir() {
            found.extend(tree(&path));
        }
        let holds = match kind.is_file() {
            true => String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned(),
            false => String::new(),
        };
        found.insert(path, format!("{kind:?} {holds}"));
    }
    found
}

#[test]
fn files_of_others_in_the_folders_of_packages_stay() {
    let place = Place::new();
    let theirs = [
        ("home/python/thesis.tex", "\\documentclass{thesis}"),
        ("home/python/.env", "TOKEN=kiln"),
        ("home/python/src/mine.py", "import this\n"),
        ("home/python/README", "mine"),
        ("home/rust/Cargo.lock", "# mine"),
        ("home/rust/LICENSE-MIT", "mine"),
        ("home/rust/src/.notes.12.new", "mine"),
        ("home/registry/openapi3/mine.json", "{}"),
        ("home/typescript/node_modules/x/index.js", "mine"),
        ("home/diary.txt", "mine"),
    ];
    theirs
        .iter()
        .for_each(|(name, text)| place.write(name, text));
    place.done(&["generate", "--out", "home"]);
    let said = place.done(&["generate", "--out", "home", "--check"]);
    assert!(said.contains("are what the schemas give"), "{said}");
    for (name, text) in theirs {
        assert_eq!(place.read(name), text, "{name}");
    }
}

#[test]
fn a_file_of_others_in_the_way_is_named_before_anything_is_written() {
    let place = Place::new();
    place.write("home/python/README.md", "# My thesis\n");
    place.write("home/rust/src/lib.rs", "fn mine() {}\n");
    let said = place.refused(&["generate", "--out", "home"]);
    assert!(said.contains("home/python/README.md"), "{said}");
    assert!(said.contains("home/rust/src/lib.rs"), "{said}");
    assert!(said.contains("move it away"), "{said}");
}

#[test]
fn a_stamped_file_that_was_edited_is_written_anew_and_one_too_many_goes() {
    let place = Place::new();
    place.done(&["generate"]);
    let library = place.read("generated/rust/src/lib.rs");
    place.write(
        "generated/rust/src/lib.rs",
        &format!("{library}\n// edited\n"),
    );
    place.write("generated/rust/src/old.rs", &library);
    place.write("generated/registry/openapi3/old.json", &{
        let folder = place.path("generated/registry/openapi3");
        let first = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
        fs::read_to_string(first.path()).unwrap()
    });
    assert_eq!(place.run(&["generate", "--check"]).status.code(), Some(1));
    place.done(&["generate"]);
    assert_eq!(place.read("generated/rust/src/lib.rs"), library);
    assert!(!place.path("generated/rust/src/old.rs").exists());
    assert!(!place.path("generated/registry/openapi3/old.json").exists());
}

#[test]
fn an_empty_file_holds_nothing_that_could_be_lost() {
    let place = Place::new();
    place.done(&["generate"]);
    let marker = "generated/python/src/kiln_events/py.typed";
    place.write(marker, "");
    place.write("generated/python/src/kiln_events/mine.py", "");
    place.done(&["generate"]);
    assert!(!place.read(marker).is_empty());
    assert!(
        place
            .path("generated/python/src/kiln_events/mine.py")
            .exists()
    );
}

#[test]
fn schemas_and_packages_do_not_share_a_folder() {
    let place = Place::new();
    for out in [
        "schemas",
        "./schemas/",
        "schemas/my.kiln",
        "schemas/packages/new",
    ] {
        for command in [
            &["generate", "--out", out][..],
            &["generate", "--check", "--out", out],
            &["--out", out],
        ] {
            let said = place.refused(command);
            assert!(said.contains("among schemas"), "{said}");
        }
    }
    fs::create_dir(place.path("out")).unwrap();
    fs::rename(place.path("schemas"), place.path("out/rust")).unwrap();
    let said = place.refused(&["generate", "--schemas", "out/rust", "--out", "out"]);
    assert!(said.contains("among schemas"), "{said}");
    fs::rename(place.path("out/rust"), place.path("out/schemas")).unwrap();
    place.done(&["generate", "--schemas", "out/schemas", "--out", "out"]);
}

#[test]
fn schemas_written_by_hand_and_notes_stay_beside_what_is_learned() {
    let place = Place::new();
    place.write("schemas/my.kiln/Lid.json", &by_hand("Lid Opened"));
    place.write("schemas/my.kiln/notes.json", "{\"todo\": \"glaze\"}");
    place.write(
        "schemas/my.kiln/samples/mine.json",
        "{\"kind\": \"of blue\"}",
    );
    place.write("schemas/my.kiln/samples/list.json", "[1, 2]");
    place.write("b.ndjson", &event("Kiln Door State Change", "Ajar"));
    let before = tree(&place.path("schemas"));
    for command in [
        &["learn", "b.ndjson"][..],
        &[],
        &["learn", "--dry-run", "a.ndjson"],
    ] {
        let said = place.done(command);
        for name in ["notes.json", "samples/mine.json", "samples/list.json"] {
            assert!(said.contains(name), "{name}: {said}");
        }
        assert!(!said.contains("Lid.json"), "{said}");
    }
    let after = tree(&place.path("schemas"));
    let grows = ["deliveries.json", "registry-names.json"];
    for (path, holds) in before {
        let name = path.file_name().unwrap();
        assert!(
            grows.iter().any(|own| name == *own) || after.get(&path) == Some(&holds),
            "{path:?}"
        );
    }
    assert!(place.path("schemas/my.kiln/DoorStateChange.json").exists());
    let generated = place.read("generated/python/src/kiln_events/__init__.py");
    assert!(generated.contains("Lid"), "{generated}");
    let said = place.done(&["generate", "--check"]);
    assert!(said.contains("notes.json"), "{said}");
    let report = place.done(&["generate", "--check", "--format", "json"]);
    assert!(report.contains("notes.json"), "{report}");
}

#[test]
fn a_schema_by_hand_in_the_way_of_a_learned_one_is_kept() {
    let place = Place::new();
    place.write("b.ndjson", &event("Kiln Door State Change", "Ajar"));
    place.write(
        "schemas/my.kiln/DoorStateChange.json",
        &by_hand("Kiln Lid Opened"),
    );
    let mine = place.read("schemas/my.kiln/DoorStateChange.json");
    place.done(&["learn", "b.ndjson"]);
    assert!(
        place
            .path("schemas/my.kiln/KilnDoorStateChange.json")
            .exists(),
        "what is new goes out of the way"
    );
    assert_eq!(place.read("schemas/my.kiln/DoorStateChange.json"), mine);

    place.write(
        "schemas/my.kiln/Door.json",
        &by_hand("Kiln Door State Change"),
    );
    let said = place.refused(&["learn", "b.ndjson"]);
    assert!(said.contains("my.kiln/Door.json"), "{said}");
    assert!(said.contains("keep one of them"), "{said}");
}

#[test]
fn two_schemas_of_one_event_are_told() {
    let place = Place::new();
    place.write(
        "schemas/my.kiln/Again.json",
        &by_hand("Kiln Firing State Change"),
    );
    let said = place.refused(&["generate"]);
    assert!(said.contains("Kiln Firing State Change"), "{said}");
    assert!(said.contains("keep one of them"), "{said}");
}

#[test]
fn a_learned_schema_that_was_edited_or_is_too_many_is_mended() {
    let place = Place::new();
    let name = "schemas/my.kiln/FiringStateChange.json";
    let schema = place.read(name);
    place.write(name, &schema.replace("string", "number"));
    place.write("schemas/my.kiln/Old.json", &schema.replace("Firing", "Old"));
    place.done(&[]);
    assert_eq!(place.read(name), schema);
    assert!(!place.path("schemas/my.kiln/Old.json").exists());
}

/// Sets that were learned before schemas carried a stamp.
#[test]
fn a_learned_schema_without_a_stamp_gets_one() {
    let place = Place::new();
    let name = "schemas/my.kiln/FiringStateChange.json";
    let schema = place.read(name);
    let lines = schema.lines().filter(|line| !line.contains("$comment"));
    let old: String = lines.map(|line| format!("{line}\n")).collect();
    assert_ne!(old, schema);
    place.write(name, &old);
    place.write("b.ndjson", &event("Kiln Firing State Change", "Cold"));
    place.done(&["learn", "b.ndjson"]);
    assert!(place.read(name).contains("$comment"));
}

#[test]
fn partial_takes_the_place_of_nothing_but_what_it_saved() {
    let place = Place::new();
    let input = place.read("a.ndjson");
    place.write("mine.txt", "mine");
    place.write("b.ndjson", &input);
    for file in [
        "a.ndjson",
        "./a.ndjson",
        "mine.txt",
        "b.ndjson",
        "schemas/my.kiln/samples/deliveries.json",
        "schemas/new.json",
        "schemas",
    ] {
        let said = place.refused(&["learn", "--partial", file, "a.ndjson"]);
        assert!(said.contains(file), "{file}: {said}");
    }
    fs::create_dir(place.path("archive")).unwrap();
    fs::hard_link(place.path("a.ndjson"), place.path("archive/same.ndjson")).unwrap();
    place.refused(&["learn", "--partial", "a.ndjson", "archive"]);

    place.write("empty.json", "");
    place.write(".empty.json.77.new", "{\"ki");
    place.write(".mine.json.77.new", "mine");
    place.done(&["learn", "--partial", "empty.json", "a.ndjson"]);
    assert!(!place.path(".empty.json.77.new").exists());
    assert!(place.path(".mine.json.77.new").exists());
    let saved = place.read("empty.json");
    assert!(saved.contains("Kiln Firing State Change"), "{saved}");
    place.write("b.ndjson", &event("Kiln Door State Change", "Ajar"));
    place.done(&["learn", "--partial", "empty.json", "b.ndjson"]);
    assert!(place.read("empty.json").contains("Kiln Door State Change"));
    place.done(&["learn", "empty.json"]);
    place.refused(&["learn", "--partial", "empty.json", "empty.json", "a.ndjson"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

    #[test]
    fn nothing_is_written_or_deleted_through_links() {
        let place = Place::new();
        place.write("victim/src/lib.rs", "// theirs\n");
        fs::create_dir(place.path("out")).unwrap();
        symlink("../victim", place.path("out/rust")).unwrap();
        let said = place.refused(&["generate", "--out", "out"]);
        assert!(said.contains("out/rust"), "{said}");
        assert!(said.contains("is a link"), "{said}");
        assert_eq!(said.matches("is a link").count(), 1, "once: {said}");

        fs::remove_file(place.path("out/rust")).unwrap();
        place.done(&["generate", "--out", "out"]);
        place.write("there.rs", &place.read("out/rust/src/detail.rs"));
        fs::remove_file(place.path("out/rust/src/detail.rs")).unwrap();
        symlink("../../../there.rs", place.path("out/rust/src/detail.rs")).unwrap();
        symlink("../../../there.rs", place.path("out/rust/src/old.rs")).unwrap();
        place.done(&["generate", "--out", "out"]); // what is right is not written
        place.write("there.rs", "// theirs\n");
        let said = place.refused(&["generate", "--out", "out"]);
        assert!(said.contains("out/rust/src/detail.rs"), "{said}");
        assert!(!said.contains("old.rs"), "beside ours: {said}");
    }

    #[test]
    fn links_among_schemas_are_told() {
        let place = Place::new();
        place.write("b.ndjson", &event("Kiln Door State Change", "Ajar"));
        for name in [
            "schemas/my.kiln/samples",
            "schemas/my.kiln",
            "schemas/my.kiln/samples/deliveries.json",
        ] {
            let away = place.path("away");
            fs::rename(place.path(name), &away).unwrap();
            symlink(&away, place.path(name)).unwrap();
            let said = place.refused(&["learn", "b.ndjson"]);
            assert!(said.contains("is a link"), "{name}: {said}");
            place.done(&["generate"]);
            fs::remove_file(place.path(name)).unwrap();
            fs::rename(&away, place.path(name)).unwrap();
        }
    }

    #[test]
    fn folders_and_pipes_in_the_way_are_told() {
        let place = Place::new();
        fs::create_dir_all(place.path("out/rust/src/lib.rs")).unwrap();
        let said = place.refused(&["generate", "--out", "out"]);
        assert!(
            said.contains("out/rust/src/lib.rs") && said.contains("is a folder"),
            "{said}"
        );
        fs::remove_dir_all(place.path("out")).unwrap();
        place.write("out/rust/src", "a file");
        let said = place.refused(&["generate", "--out", "out"]);
        assert!(said.contains("is no folder"), "{said}");
        fs::remove_file(place.path("out/rust/src")).unwrap();
        fs::create_dir(place.path("out/rust/src")).unwrap();
        pipe(&place.path("out/rust/src/lib.rs"));
        let said = place.refused(&["generate", "--out", "out"]);
        assert!(said.contains("is no regular file"), "{said}");
        place.write("file", "a file");
        place.refused(&["generate", "--out", "file"]);

        for name in ["schemas/my.kiln/corrections.json", "schemas/package.json"] {
            pipe(&place.path(name));
            let said = place.refused(&[]);
            assert!(said.contains(name), "{said}");
            fs::remove_file(place.path(name)).unwrap();
        }
        pipe(&place.path("schemas/my.kiln/DoorStateChange.json"));
        place.write("b.ndjson", &event("Kiln Door State Change", "Ajar"));
        let said = place.refused(&["learn", "b.ndjson"]);
        assert!(said.contains("is no regular file"), "{said}");
    }

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn partial_writes_to_pipes_and_devices_and_leaves_them() {
        let place = Place::new();
        place.done(&["learn", "--partial", "/dev/null", "a.ndjson"]);
        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
        let output = place.run(&["learn", "--partial", "/dev/stdout", "a.ndjson"]);
        let shapes = String::from_utf8(output.stdout).unwrap();
        assert!(
            shapes.starts_with("{") && shapes.ends_with("}\n"),
            "{shapes}"
        );

        pipe(&place.path("pipe"));
        let mut tool = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
            .args(["learn", "--partial", "pipe", "a.ndjson"])
            .current_dir(place.0.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let read = fs::read_to_string(place.path("pipe")).unwrap();
        assert!(tool.wait().unwrap().success());
        assert_eq!(read, shapes);
        assert!(
            fs::metadata(place.path("pipe"))
                .unwrap()
                .file_type()
                .is_fifo()
        );

        place.write("there.json", &shapes.replace("77", "78"));
        symlink("there.json", place.path("link.json")).unwrap();
        let said = place.refused(&["learn", "--partial", "link.json", "a.ndjson"]);
        assert!(
            said.contains("link.json") && said.contains("is a link"),
            "{said}"
        );
    }

    #[test]
    fn modes_stay_as_they_were() {
        let place = Place::new();
        place.done(&["generate"]);
        place.done(&["learn", "--partial", "saved.json", "a.ndjson"]);
        place.write("b.ndjson", &event("Kiln Firing State Change", "Cold"));
        let names = [
            "generated/rust/src/lib.rs",
            "schemas/my.kiln/samples/deliveries.json",
            "saved.json",
        ];
        for name in names {
            fs::set_permissions(place.path(name), fs::Permissions::from_mode(0o640)).unwrap();
        }
        let library = place.read("generated/rust/src/lib.rs");
        place.write("generated/rust/src/lib.rs", &(library + "\n"));
        place.done(&["generate"]);
        place.done(&["learn", "b.ndjson"]);
        place.done(&["learn", "--partial", "saved.json", "b.ndjson"]);
        for name in names {
            let mode = fs::metadata(place.path(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o640, "{name}");
        }
    }
}
