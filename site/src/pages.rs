//! A model and the pages of its evidence come in; the files of the site go out, by path.

use crate::event_page::{self, EventPage};
use crate::index_page::{self, IndexPage};
use crate::plan::STAMP;
use crate::render::Templates;
use crate::{search, tester};
use eventbridge_catalog::model::{Model, Package};
use eventbridge_catalog::schema_set::editions::DatedPage;
use eventbridge_catalog::text::visible_json;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every page is told.
#[derive(Serialize)]
struct Told<'p, T> {
    /// From the page to the root of the site.
    root: &'static str,
    stamp: &'static str,
    package: &'p Package,
    page: &'p T,
}

/// What an event's page is told beside: who its neighbours are.
#[derive(Serialize)]
struct Beside<'p, 'm> {
    #[serde(flatten)]
    page: &'p EventPage<'m>,
    before: Option<&'p event_page::Summary<'m>>,
    after: Option<&'p event_page::Summary<'m>>,
}

/// What pages load, as it is.
const ASSETS: [(&str, &str); 6] = [
    ("assets/theme.js", include_str!("../assets/theme.js")),
    ("assets/site.css", include_str!("../assets/site.css")),
    ("assets/try.css", include_str!("../assets/try.css")),
    ("assets/site.js", include_str!("../assets/site.js")),
    ("assets/try.js", include_str!("../assets/try.js")),
    ("assets/icon.svg", include_str!("../assets/icon.svg")),
];

/// The files of the site, by their paths below its root.
///
/// # Errors
///
/// A template that is wrong: none that comes with this crate is.
pub fn pages(
    model: &Model,
    dated: &[DatedPage],
) -> Result<BTreeMap<String, String>, minijinja::Error> {
    let templates = Templates::new()?;
    let pages = event_page::pages(model, dated);
    let mut files = BTreeMap::new();
    for (path, text) in ASSETS {
        files.insert(path.to_owned(), stamped(path, text));
    }
    let search = stamped("assets/search.js", &search::data(&pages));
    files.insert("assets/search.js".to_owned(), search);
    let package = &model.package;
    let index: IndexPage<'_> = index_page::index(&pages);
    for (name, root) in [("index.html", ""), ("try.html", "")] {
        let told = Told {
            root,
            stamp: STAMP,
            package,
            page: &index,
        };
        files.insert(name.to_owned(), templates.render(name, &told)?);
    }
    for (at, page) in pages.iter().enumerate() {
        let summary = |at: Option<usize>| pages.get(at?).map(|page| &page.summary);
        let page_beside = Beside {
            page,
            before: summary(at.checked_sub(1)),
            after: summary(at.checked_add(1)),
        };
        let told = Told {
            root: "../",
            stamp: STAMP,
            package,
            page: &page_beside,
        };
        files.insert(
            page.summary.url.clone(),
            templates.render("event.html", &told)?,
        );
        let data = tester::event_data(page.event, Some(&page.sample), &page.summary.url);
        let path = format!("assets/events/{}.js", page.summary.file);
        files.insert(path.clone(), stamped(&path, &visible_json(&data)));
    }
    Ok(files)
}

/// A text with the stamp, as its kind of file has comments.
fn stamped(path: &str, text: &str) -> String {
    let text = text.trim_end();
    match path.rsplit('.').next() {
        Some("css") => format!("/* {STAMP} */\n{text}\n"),
        Some("js") => format!("// {STAMP}\n{text}\n"),
        _ => format!("{text}\n<!-- {STAMP} -->\n"),
    }
}
