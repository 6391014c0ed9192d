//! What pages say of events comes in; the data that the search goes through goes out, as a script of one call.

use crate::event_page::EventPage;
use crate::fields::Row;
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::text::visible_json;

/// `assets/search.js`
pub(crate) fn data(pages: &[EventPage<'_>]) -> String {
    let lines = pages.iter().map(|page| json::compact(&entry(page)));
    let lines: Vec<String> = lines.map(|line| visible_json(&line).into_owned()).collect();
    format!("catalogue.search([\n{}\n]);\n", lines.join(",\n"))
}

/// One event: what it is, and its fields, each with its path, its fragment and its values.
fn entry(page: &EventPage<'_>) -> Node {
    let summary = &page.summary;
    let values = |row: &Row| Node::array(row.values.iter().map(|it| Node::string(&*it.value)));
    let field = |row: &Row| {
        Node::array([
            Node::string(&*row.path),
            Node::string(&*row.id),
            values(row),
        ])
    };
    Node::object([
        ("name", Node::string(summary.name)),
        ("detailType", Node::string(summary.detail_type)),
        ("source", Node::string(summary.source)),
        ("group", Node::string(&*summary.group)),
        ("url", Node::string(&*summary.url)),
        ("text", Node::string(summary.text.unwrap_or_default())),
        ("fields", Node::array(page.rows.iter().map(field))),
    ])
}
