//! A page under a known name that lost something, or is another page, is refused, whatever way it was lost: exit 2, the
//! reason, and a tree of the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const PROSE: &str = "The workshop sends an event whenever the state of one of its kilns changes. You can use these events to \
be told when a kiln is hot enough, when it has cooled down again, and when somebody opened its lid although it was \
still burning. The following sections show what such events look like and what their fields mean.";

const IN_GERMAN: &str = "Die Werkstatt sendet ein Ereignis, sobald sich der Zustand eines ihrer Brennöfen ändert. Mit diesen \
Ereignissen erfahren Sie, wann ein Ofen heiß genug ist, wann er wieder abgekühlt ist und wann jemand den Deckel \
geöffnet hat, obwohl noch gebrannt wurde. Die folgenden Abschnitte zeigen, wie solche Ereignisse aussehen.";

fn section(source: &str, detail_type: &str) -> String {
    format!(
        "## {detail_type}\n\n```json\n{{\n  \"source\": \"{source}\",\n  \"detail-type\": \"{detail_type}\",\n  \"detail\": {{\n    \
         \"Name\": \"a\",\n    \"Status\": \"HOT\",\n    \"Degrees\": 3,\n    \"Shelves\": [{{ \"ShelfName\": \"b\" }}]\n  }}\n}}\n```\n\n"
    )
}

const EVENTS: [(&str, &str); 5] = [
    ("my.kiln", "Kiln Lit"),
    ("my.kiln", "Kiln Opened"),
    ("my.kiln", "Glaze Mixed"),
    ("my.kiln", "Clay Delivered"),
    ("my.lid", "Lid Shut"),
];

fn page(prose: &str, events: &[(&str, &str)]) -> String {
    let sections: String = events
        .iter()
        .map(|(source, name)| section(source, name))
        .collect();
    format!("# Kilns\n\n{prose}\n\n{sections}")
}

fn html(page: &str) -> String {
    let sections = page
        .replace("```json", "<pre><code>")
        .replace("```", "</code></pre>");
    let body: String = sections
        .lines()
        .map(|line| match line.strip_prefix("## ") {
            Some(heading) => format!("<h2>{heading}</h2>\n"),
            None => format!("{line}\n"),
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Kilns</title></head><body>\n<p>{body}</p>\n</body></html>\n"
    )
}

struct Place(TempDir);

impl Place {
    /// A set that knows the page.
    fn knowing(page: &str) -> Place {
        let place = Place(TempDir::new().unwrap());
        let output = place.learn(page, &[]);
        assert!(output.status.success(), "{}", said(&output));
        place
    }

    fn learn(&self, page: &str, options: &[&str]) -> Output {
        std::fs::write(self.0.path().join("kilns.md"), page).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command.args(["learn", "kilns.md"]).args(options);
        command.current_dir(self.0.path()).output().unwrap()
    }

    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.0.path().join("schemas"), &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => drop(files.insert(path.display().to_string(), std::fs::read(&path).unwrap())),
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Is refused with a reason, leaves every byte, and is learned if the caller insists, without a loss.
fn refused(place: &Place, page: &str, reason: &str) {
    let before = place.tree();
    let output = place.learn(page, &[]);
    assert_eq!(output.status.code(), Some(2), "{reason}: {}", said(&output));
    assert!(
        said(&output).contains(reason),
        "{reason}: {}",
        said(&output)
    );
    assert_eq!(place.tree(), before, "{reason}");
}

#[test]
fn a_page_that_lost_something_is_refused() {
    let whole = page(PROSE, &EVENTS);
    let place = Place::knowing(&whole);
    refused(
        &place,
        &page(PROSE, &EVENTS[..4]),
        "it tells nothing of the source my.lid any more",
    );
    refused(
        &place,
        &page(PROSE, &EVENTS[1..]),
        "it lost 1 event: `Kiln Lit`",
    );
    refused(
        &place,
        &page(IN_GERMAN, &EVENTS),
        "it is written in another language (deu, and was eng)",
    );
    let gutted = whole.replacen(
        "\"Degrees\": 3,\n    \"Shelves\": [{ \"ShelfName\": \"b\" }]",
        "\"Degrees\": 3",
        2,
    );
    refused(&place, &gutted, "it lost 4 fields of 25");
    let heading = whole.find("## Glaze Mixed").unwrap();
    refused(&place, &whole[..heading], "it tells nothing of the source");
    refused(
        &place,
        &page(PROSE, &[("my.other", "Bread Baked")]),
        "it tells of my.other, and told of my.kiln, my.lid",
    );
    let empty = whole.replacen("\"Name\": \"a\",\n    \"Status\": \"HOT\",\n    \"Degrees\": 3,\n    \"Shelves\": [{ \"ShelfName\": \"b\" }]", "", 1);
    refused(&place, &empty, "all fields of `Kiln Lit`");
}

#[test]
fn what_is_no_page_of_events_is_refused() {
    let place = Place::knowing(&page(PROSE, &EVENTS));
    let captcha = "<!DOCTYPE html>\n<html><head><title>Confirm</title></head><body><h1>Are you a person?</h1><form><input name=\"captcha\"></form></body></html>";
    for (page, reason) in [
        (
            "<html><body><h1>500 Internal Server Error</h1></body></html>",
            "no event stands in it",
        ),
        (captcha, "no event stands in it"),
        ("# Kilns\n\nThis page has moved.\n", "no event stands in it"),
        ("Access to this page is denied.\n", "no event stands in it"),
        ("", "is empty"),
    ] {
        refused(&place, page, reason);
    }
    let before = place.tree();
    for page in ["{\"message\":\"Forbidden\"}", "\u{1f}\u{8b}\u{8}\u{0}kiln"] {
        let output = place.learn(page, &[]);
        assert_eq!(output.status.code(), Some(2), "{page}: {}", said(&output));
        assert_eq!(place.tree(), before, "{page}");
    }
}

#[test]
fn html_that_is_cut_off_is_refused_even_where_all_events_stand_in_it() {
    let whole = html(&page(PROSE, &EVENTS));
    let place = Place::knowing(&whole);
    let end = whole.find("</p>\n</body>").unwrap();
    refused(
        &place,
        &whole[..end],
        "it is cut off: its HTML does not end",
    );
    let half = whole.find("<h2>Glaze Mixed").unwrap();
    refused(&place, &whole[..half], "it is cut off");
}

#[test]
fn who_insists_loses_nothing() {
    let place = Place::knowing(&page(PROSE, &EVENTS));
    let events = |place: &Place| {
        place
            .tree()
            .into_keys()
            .filter(|path| !path.contains("samples"))
            .collect::<Vec<_>>()
    };
    let before = events(&place);
    let output = place.learn(&page(PROSE, &EVENTS[1..2]), &["--accept-loss"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("it tells nothing of the source my.lid any more"),
        "{}",
        said(&output)
    );
    assert_eq!(events(&place), before);
    let lit = std::fs::read_to_string(place.0.path().join("schemas/my.kiln/KilnLit.json"));
    let lit = lit
        .or_else(|_| std::fs::read_to_string(place.0.path().join("schemas/my.kiln/Lit.json")))
        .unwrap();
    assert!(lit.contains("formerly:kilns.md: event"), "{lit}");
}

#[test]
fn what_was_mended_or_moved_is_no_loss() {
    let place = Place::knowing(&page(PROSE, &EVENTS));
    let mended = page(PROSE, &EVENTS).replace("Kiln Lit", "KilnLit");
    let output = place.learn(&mended, &[]);
    assert!(output.status.success(), "a name: {}", said(&output));
    let mut moved = EVENTS;
    moved.reverse();
    let output = place.learn(&page(PROSE, &moved).replace("Kiln Lit", "KilnLit"), &[]);
    assert!(output.status.success(), "the order: {}", said(&output));
}

#[test]
fn an_older_edition_that_is_another_page_is_refused_too() {
    let place = Place::knowing(&page(PROSE, &EVENTS));
    let dated = place.learn(&page(PROSE, &EVENTS), &["--date", "2026-07"]);
    assert!(dated.status.success(), "{}", said(&dated));
    let before = place.tree();
    let older = ["--date", "2024-07"];
    let output = place.learn("# Kilns\n\nThis page has moved.\n", &older);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(place.tree(), before);
    let output = place.learn(&page(PROSE, &EVENTS[..1]), &older);
    assert!(
        output.status.success(),
        "fewer events were documented then: {}",
        said(&output)
    );
    let output = place.learn(&page(PROSE, &EVENTS[..1]), &["--date", "2024-7"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}
