//! The pages of the project's events, of a small set and of a hostile one: HTML that needs no repair, that runs nothing but
//! the files it names, whose links lead somewhere, the same each time, and small.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/hostile_set.rs"]
#[allow(dead_code, unreachable_pub)] // each test uses a part
mod hostile_set;
#[path = "support/html.rs"]
#[allow(unreachable_pub)]
mod html;

use eventbridge_catalog::files::is_stamped;
use eventbridge_site::STAMP;
use flate2::Compression;
use flate2::write::GzEncoder;
use html::Page;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

type Files = BTreeMap<String, String>;

/// The files of a site, and its pages as a browser reads them.
struct Site {
    files: Files,
    pages: BTreeMap<String, Page>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn site(schemas: &Path) -> Files {
    let nowhere = tempfile::tempdir().unwrap();
    let planned = eventbridge_site::plan(schemas, nowhere.path()).unwrap_or_else(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", problems.join("\n"))
    });
    let changes = planned.changes.into_iter();
    changes
        .map(|change| (change.path, change.new.unwrap()))
        .collect()
}

/// Reading a page takes longer than making it: each is read once.
fn read(schemas: &Path) -> Site {
    let files = site(schemas);
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages = html.map(|(path, text)| (path.clone(), Page::read(text)));
    Site {
        pages: pages.collect(),
        files,
    }
}

fn own() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| read(&root().join("../schemas")))
}

fn hostile() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        hostile_set::write(folder.path());
        read(folder.path())
    })
}

/// What stands in every page, whatever names it shows.
fn assert_sound(Site { files, pages }: &Site) {
    for (path, page) in pages {
        assert!(page.problems.is_empty(), "{path}: {:#?}", page.problems);
        let scripts = page.elements.iter().filter(|(name, _)| name == "script");
        for (_, attributes) in scripts {
            assert!(
                attributes.iter().any(|(key, _)| key == "src"),
                "{path}: {attributes:?}"
            );
        }
        for (name, attributes) in &page.elements {
            let is_odd = |key: &str| key.starts_with("on") || key == "style" || key == "srcdoc";
            assert!(
                !attributes.iter().any(|(key, _)| is_odd(key)),
                "{path}: {name} {attributes:?}"
            );
            assert!(
                !["style", "iframe", "base", "object"].contains(&name.as_str()),
                "{path}: {name}"
            );
        }
        let headings = page.headings();
        assert_eq!(
            headings.iter().filter(|depth| **depth == 1).count(),
            1,
            "{path}"
        );
        let steps = headings.windows(2);
        for step in steps {
            assert!(step[1] <= step[0] + 1, "{path}: {headings:?}");
        }
        let ids: Vec<&str> = page.attributes("id").map(|(_, id)| id).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{path}: an id stands twice");
        assert!(
            !ids.iter().any(|id| id.contains(char::is_whitespace)),
            "{path}"
        );
    }
    for (path, text) in files {
        // What people wrote and bundled is the same in all sets.
        if !["assets/site.js", "assets/try.js"].contains(&path.as_str()) {
            hostile_set::assert_shown(path, text);
        }
        assert!(is_stamped(text, STAMP), "{path} carries no stamp");
    }
}

/// Each link of a page to the site itself leads to a file of it, and to a place in that.
fn assert_linked(Site { files, pages }: &Site) {
    for (path, page) in pages {
        let links = page.attributes("href").chain(page.attributes("src"));
        for (_, link) in links {
            if link.starts_with("https://") {
                continue;
            }
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let to = resolved(path, file);
            assert!(files.contains_key(&to), "{path}: {link} leads to {to}");
            if let Some(event) = fragment.strip_prefix("event=") {
                assert!(
                    files.contains_key(&format!("assets/events/{event}.js")),
                    "{path}: {link}"
                );
            } else if !fragment.is_empty() {
                let mut ids = pages[&to].attributes("id");
                assert!(ids.any(|(_, id)| id == fragment), "{path}: {link}");
            }
        }
    }
}

fn resolved(path: &str, link: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    if !link.is_empty() {
        parts.pop();
    }
    for part in link.split('/').filter(|part| !part.is_empty()) {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn pages_need_no_repair_and_their_links_lead_somewhere() {
    assert_sound(own());
    assert_linked(own());
}

#[test]
fn hostile_names_and_texts_are_text() {
    assert_sound(hostile());
    assert_linked(hostile());
    // Each stands there, and as what it is.
    let keys = &hostile().pages["events/Keys.html"].text;
    for markup in hostile_set::MARKUP {
        let shown = eventbridge_catalog::text::visible(markup);
        assert!(keys.contains(&*shown), "{markup:?}");
    }
}

/// Those that people met elsewhere: they stand beside the repository.
#[test]
fn hostile_names_from_reports_are_text() {
    let file = root().join("../../shared/reports/tree/hostile.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        return eprintln!("{} is not there: nothing was tried", file.display());
    };
    let words: BTreeSet<String> = serde_json::from_str(&text).unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
    let words: BTreeSet<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let folder = tempfile::tempdir().unwrap();
    hostile_set::write_of(folder.path(), &words.into_iter().collect::<Vec<_>>());
    let site = read(folder.path());
    assert_sound(&site);
    assert_linked(&site);
}

/// What is in a page's name or text comes to no place that is taken for an address, a script or a style.
#[test]
fn policies_let_nothing_inline_run() {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
    for site in [own(), hostile()] {
        for (path, page) in &site.pages {
            let contents: Vec<_> = page.attributes("content").collect();
            assert!(contents.contains(&("meta", policy)), "{path}");
            let loaded = page.attributes("src").chain(page.attributes("href"));
            for (name, address) in
                loaded.filter(|(name, _)| ["script", "link", "img"].contains(name))
            {
                assert!(
                    resolved(path, address).starts_with("assets/"),
                    "{path}: {name} {address}"
                );
            }
        }
    }
}

#[test]
fn the_same_schemas_give_the_same_bytes() {
    assert_eq!(own().files, site(&root().join("../schemas")));
}

/// `UPDATE_GOLDEN=1` writes them.
#[test]
fn a_small_set_gives_the_golden_pages() {
    let files = site(&root().join("tests/kiln"));
    let golden = root().join("tests/golden");
    // What is the same in all sets, `assets/` has.
    let shown = files.iter().filter(|(path, _)| {
        let is_data = path.starts_with("assets/events/") || *path == "assets/search.js";
        is_data || !path.starts_with("assets/")
    });
    for (path, text) in shown {
        let file = golden.join(path);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
        }
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let lines = known.lines().zip(text.lines()).enumerate();
        let first = lines.into_iter().find(|(_, (known, now))| known != now);
        assert!(
            known == *text,
            "{path} is otherwise, first at {first:?}: UPDATE_GOLDEN=1 writes it"
        );
    }
}

fn compressed(text: &str) -> usize {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap().len()
}

/// A page with all that it loads, as a server sends it.
fn weight(files: &Files, path: &str) -> usize {
    let page = Page::read(&files[path]);
    let loaded = page.attributes("src").chain(page.attributes("href"));
    let loaded = loaded.filter(|(name, _)| ["script", "link", "img"].contains(name));
    let all: BTreeSet<String> = loaded.map(|(_, link)| resolved(path, link)).collect();
    let loaded: usize = all.iter().map(|path| compressed(&files[path])).sum();
    loaded + compressed(&files[path])
}

#[test]
fn pages_are_small() {
    let files = &own().files;
    let first = weight(files, "index.html");
    let search = compressed(&files["assets/search.js"]);
    let events = files.keys().filter(|path| path.starts_with("events/"));
    let largest = events
        .map(|path| (weight(files, path), path))
        .max()
        .unwrap();
    println!(
        "first page {first} bytes, with what search loads {}; largest of an event {largest:?}",
        first + search
    );
    assert!(first + search <= 100_000, "{first} + {search}");
    assert!(largest.0 <= 60_000, "{largest:?}");
}
