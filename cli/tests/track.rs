//! `track` against a web server on this machine: what has not changed touches nothing, what changed becomes one proposal,
//! and whatever a server does wrong is refused and leaves every byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROSE: &str = "The workshop sends an event whenever the state of one of its kilns changes. You can use these events to \
be told when a kiln is hot enough, when it has cooled down again, and when somebody opened its lid although it was \
still burning. The following sections show what such events look like and what their fields mean.";

const IN_GERMAN: &str = "Die Werkstatt sendet ein Ereignis, sobald sich der Zustand eines ihrer Brennöfen ändert. Mit diesen \
Ereignissen erfahren Sie, wann ein Ofen heiß genug ist, wann er wieder abgekühlt ist und wann jemand den Deckel \
geöffnet hat, obwohl noch gebrannt wurde. Die folgenden Abschnitte zeigen, wie solche Ereignisse aussehen.";

fn page(prose: &str, events: &[&str]) -> String {
    let sections = events.iter().map(|event| {
        format!("## {event}\n\n```json\n{{\n  \"source\": \"my.kiln\",\n  \"detail-type\": \"{event}\",\n  \"detail\": {{\n    \"KilnName\": \"a\",\n    \"Degrees\": 3\n  }}\n}}\n```\n\n")
    });
    format!("# Kilns\n\n{prose}\n\n{}", sections.collect::<String>())
}

fn old() -> String {
    page(PROSE, &["Kiln Lit", "Kiln Opened"])
}

fn new() -> String {
    page(PROSE, &["Kiln Lit", "Kiln Opened", "Kiln Sold"])
}

fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/markdown\r\nContent-Length: {}\r\n{headers}Connection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn status(line: &str, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\n{headers}Connection: close\r\n\r\n")
        .into_bytes()
}

/// A web server that gives the answers it is told to, in order, the last for ever; it notes what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn answering(answers: Vec<Vec<u8>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        thread::spawn(move || {
            let mut answers = answers.into_iter().peekable();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                notes.lock().unwrap().push(request(&mut stream));
                let answer = match answers.len() {
                    1 => answers.peek().cloned(),
                    _ => answers.next(),
                };
                match answer.unwrap_or_default() {
                    silent if silent.is_empty() => thread::sleep(Duration::from_secs(3)),
                    answer => drop(stream.write_all(&answer)),
                }
            }
        });
        Server { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        text.push(byte[0]);
    }
    String::from_utf8(text).unwrap()
}

struct Place(TempDir);

impl Place {
    /// A set that knows the old page, with its packages and a changelog.
    fn tracking(server: &Server) -> Place {
        let place = Place(TempDir::new().unwrap());
        place.write("kilns.md", &old());
        place.done(&["learn", "kilns.md", "--date", "2026-01-01"]);
        place.write(
            "schemas/package.json",
            "{\n  \"name\": \"kiln-events\",\n  \"version\": \"0.3.0\"\n}\n",
        );
        place.write(
            "CHANGELOG.md",
            "# Changelog\n\n## Unreleased\n\n## 0.3.0\n\n- The first.\n",
        );
        let url = format!("http://{}/latest/kilns.md", server.address);
        place.write(
            "schemas/pages.json",
            &format!("{{ \"pages\": [{{ \"page\": \"kilns.md\", \"url\": \"{url}\" }}] }}\n"),
        );
        place.done(&["generate"]);
        place
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.0.path().join(path), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command.args(arguments).current_dir(self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn done(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }

    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.0.path(), self.0.path(), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(root, &path, files),
            false => {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                drop(files.insert(name, std::fs::read(&path).unwrap()));
            }
        }
    }
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Is refused for a reason, and leaves every byte.
fn refused(answers: Vec<Vec<u8>>, options: &[&str], reason: &str) -> Server {
    let server = Server::answering(answers);
    let place = Place::tracking(&server);
    let before = place.tree();
    let output = place.run(&[&["track"], options].concat());
    assert_eq!(output.status.code(), Some(2), "{reason}: {}", said(&output));
    assert!(
        said(&output).contains(reason),
        "{reason}: {}",
        said(&output)
    );
    assert_eq!(place.tree(), before, "{reason}");
    server
}

#[test]
fn what_has_not_changed_touches_nothing() {
    let answers = vec![
        ok(
            "ETag: \"a\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n",
            new().as_bytes(),
        ),
        status("304 Not Modified", ""),
    ];
    let server = Server::answering(answers);
    let place = Place::tracking(&server);
    assert_eq!(place.run(&["track"]).status.code(), Some(1));
    let before = place.tree();
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "Nothing changed.\n");
    assert_eq!(place.tree(), before);
    let asked = server.asked();
    assert!(
        !asked[0].contains("if-none-match") && asked[0].starts_with("GET /latest/kilns.md "),
        "{asked:?}"
    );
    assert!(
        asked[1].to_lowercase().contains("if-none-match: \"a\""),
        "{asked:?}"
    );
    assert!(
        asked[1]
            .to_lowercase()
            .contains("if-modified-since: thu, 01 jan 2026"),
        "{asked:?}"
    );
}

#[test]
fn the_same_page_without_a_word_of_its_age_touches_nothing_either() {
    let server = Server::answering(vec![ok("", old().as_bytes())]);
    let place = Place::tracking(&server);
    let before = place.tree();
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(place.tree(), before);
}

#[test]
fn what_changed_becomes_one_proposal() {
    let server = Server::answering(vec![ok("", new().as_bytes())]);
    let place = Place::tracking(&server);
    let before = place.tree();
    let dry = place.run(&["track", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(1), "{}", said(&dry));
    assert_eq!(place.tree(), before, "--dry-run");
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.lines().count() <= 20, "{text}");
    assert!(
        text.contains("- Add event `Kiln Sold` (kilns.md:"),
        "{text}"
    );
    assert!(text.contains("Version 0.3.0 → 0.3.1."), "{text}");
    let tree = place.tree();
    let file = |path: &str| String::from_utf8_lossy(&tree[path]).into_owned();
    assert!(
        file("CHANGELOG.md")
            .contains("## Unreleased\n\n### Events\n\n- Add event `Kiln Sold` (kilns.md:"),
        "{}",
        file("CHANGELOG.md")
    );
    assert!(file("schemas/package.json").contains("\"version\": \"0.3.1\""));
    assert!(file("generated/typescript/package.json").contains("0.3.1"));
    assert!(
        tree.contains_key("schemas/my.kiln/Sold.json") && tree.contains_key("schemas/surface.json")
    );
    place.done(&["generate", "--check"]);
    let again = place.run(&["track"]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert_eq!(place.tree(), tree);
}

#[test]
fn an_edition_that_moved_releases_nothing() {
    let moved = old().replace("# Kilns\n", "# Kilns\n\nNew: lids.\n");
    let server = Server::answering(vec![ok("", moved.as_bytes())]);
    let place = Place::tracking(&server);
    let before = place.tree();
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(text.lines().count(), 1, "{text}");
    let tree = place.tree();
    let changed = tree
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text));
    let changed: Vec<&String> = changed.map(|(path, _)| path).collect();
    let is_evidence = |path: &&&String| {
        path.starts_with("schemas/my.kiln/")
            || path.ends_with("evidence.json")
            || path.ends_with("README.md")
    };
    assert!(changed.iter().all(|path| is_evidence(&path)), "{changed:?}");
}

#[test]
fn redirects_of_the_host_are_followed_and_others_are_not() {
    let server = Server::answering(vec![
        status("301 Moved Permanently", "Location: /latest/dg/kilns.md\r\n"),
        ok("", new().as_bytes()),
    ]);
    let place = Place::tracking(&server);
    assert_eq!(place.run(&["track"]).status.code(), Some(1));
    assert!(
        server.asked()[1].starts_with("GET /latest/dg/kilns.md "),
        "{:?}",
        server.asked()
    );
    let elsewhere = status(
        "302 Found",
        "Location: http://elsewhere.invalid/kilns.md\r\n",
    );
    let server = refused(vec![elsewhere], &[], "leads to another host");
    assert_eq!(server.asked().len(), 1);
    refused(
        vec![status("302 Found", "Location: /latest/kilns.md\r\n")],
        &[],
        "leads on more than",
    );
}

#[test]
fn a_server_that_fails_is_asked_again() {
    let server = Server::answering(vec![
        status("500 Internal Server Error", ""),
        ok("", new().as_bytes()),
    ]);
    let place = Place::tracking(&server);
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let server = refused(
        vec![status("503 Service Unavailable", "")],
        &[],
        "answers 503",
    );
    assert_eq!(server.asked().len(), 3);
    let server = refused(vec![status("404 Not Found", "")], &[], "answers 404");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_does_not_come_whole_is_refused() {
    let whole = ok("", new().as_bytes());
    refused(vec![whole[..whole.len() - 40].to_vec()], &[], "breaks off");
    refused(vec![Vec::new()], &["--timeout", "1"], "cannot be fetched");
    let large = format!("{}{}", new(), "kiln ".repeat(300_000));
    refused(
        vec![ok("", large.as_bytes())],
        &["--limit", "1"],
        "more than the 1 MB",
    );
}

#[test]
fn what_is_another_page_is_refused() {
    refused(
        vec![ok(
            "",
            b"<html><body><h1>Something went wrong</h1></body></html>",
        )],
        &[],
        "no event stands in it",
    );
    refused(
        vec![ok(
            "",
            page(IN_GERMAN, &["Kiln Lit", "Kiln Opened"]).as_bytes(),
        )],
        &[],
        "is written in another language (deu)",
    );
    refused(
        vec![ok("", page(PROSE, &["Kiln Lit"]).as_bytes())],
        &[],
        "it lost 1 event: `Kiln Opened`",
    );
    refused(vec![ok("", b"")], &[], "is empty");
    refused(vec![ok("", b"\xff\xfe\x00k")], &[], "is no text");
}

#[test]
fn packed_answers_are_unpacked_and_what_unpacks_beyond_the_limit_is_refused() {
    let packed = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let server = Server::answering(vec![ok("Content-Encoding: gzip\r\n", &packed(&new()))]);
    let place = Place::tracking(&server);
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let large = format!("{}{}", new(), "kiln ".repeat(300_000));
    refused(
        vec![ok("Content-Encoding: gzip\r\n", &packed(&large))],
        &["--limit", "1"],
        "more than the 1 MB",
    );
}

#[test]
fn what_a_run_left_that_was_ended_is_done_and_nothing_else() {
    let server = Server::answering(vec![ok("", old().as_bytes())]);
    let place = Place::tracking(&server);
    let left = |path: &str| {
        format!(
            "{{\"files\": [[{:?}, \"# Changelog\\n\"]]}}",
            place.0.path().join(path)
        )
    };
    place.write("schemas/.track-under-way", &left("elsewhere.md"));
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("names a file elsewhere"),
        "{}",
        said(&output)
    );
    assert!(!place.0.path().join("elsewhere.md").exists());
    place.write("schemas/.track-under-way", &left("CHANGELOG.md"));
    let output = place.run(&["track"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(place.tree()["CHANGELOG.md"], b"# Changelog\n");
    assert!(!place.0.path().join("schemas/.track-under-way").exists());
}

#[test]
fn a_saved_page_is_taken_from_its_file() {
    let server = Server::answering(vec![Vec::new()]);
    let place = Place::tracking(&server);
    place.write("saved.md", &new());
    let output = place.run(&["track", "--from", "saved.md", "--date", "2026-07-31"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(server.asked().is_empty());
    let sample = String::from_utf8_lossy(&place.tree()["schemas/my.kiln/samples/kilns.md.json"])
        .into_owned();
    assert!(sample.contains("\"date\": \"2026-07-31\""), "{sample}");
}

#[test]
fn what_breaks_is_refused_until_somebody_lets_it() {
    let retyped = new().replace("\"Degrees\": 3", "\"Degrees\": \"hot\"");
    refused(
        vec![ok("", retyped.as_bytes())],
        &[],
        "breaks those who use the packages",
    );
    let server = Server::answering(vec![ok("", retyped.as_bytes())]);
    let place = Place::tracking(&server);
    let output = place.run(&["track", "--allow-breaking"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

#[test]
fn a_run_that_is_killed_leaves_the_tree_untouched_or_whole() {
    let server = Server::answering(vec![ok("", new().as_bytes())]);
    let place = Place::tracking(&server);
    let whole = Place::tracking(&server);
    let began = Instant::now();
    assert_eq!(
        whole.run(&["track", "--date", "2026-07-31"]).status.code(),
        Some(1)
    );
    let takes = began.elapsed();
    let mut expected = whole.tree();
    let untouched = place.tree();
    expected.insert(
        "schemas/pages.json".to_owned(),
        untouched["schemas/pages.json"].clone(),
    );
    for part in 0..12 {
        let mut run = place.command(&["track", "--date", "2026-07-31"]);
        let mut run = run
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(takes * (part + 8) / 20);
        drop(run.kill());
        run.wait().unwrap();
        let found = place.tree();
        let noted = found.contains_key("schemas/.track-under-way");
        let files: BTreeMap<_, _> = found
            .into_iter()
            .filter(|(path, _)| !path.rsplit('/').next().unwrap().starts_with('.'))
            .collect();
        assert!(
            noted || files == untouched || files == expected,
            "{:?}",
            files.keys()
        );
        if noted || files == expected {
            break;
        }
    }
    let code = place.run(&["track", "--date", "2026-07-31"]).status.code();
    assert!(matches!(code, Some(0 | 1)), "{code:?}");
    let left = place.tree();
    assert!(
        left == expected,
        "{:?}",
        left.keys()
            .filter(|path| !expected.contains_key(*path))
            .collect::<Vec<_>>()
    );
}
