//! The package and its subpaths come in, `package.json` goes out.

use super::{Subpath, parts};
use crate::file::STAMP;
use eventbridge_catalog::json::{self, Node, Value};
use eventbridge_catalog::model::Package;

/// The file.
pub(super) fn manifest(package: &Package, subpaths: &[Subpath<'_>]) -> String {
    let text = |text: &str| Node::string(text);
    let mut members = vec![
        ("//", text(STAMP)),
        ("name", text(&package.name)),
        ("version", text(&package.version)),
        ("description", text(&package.description)),
        ("keywords", Node::array(KEYWORDS.map(Node::string))),
        ("license", text("Apache-2.0 OR MIT")),
    ];
    members.extend(places(package));
    members.extend([
        ("type", text("commonjs")),
        ("main", text("./src/index.js")),
        ("module", text("./src/esm/index.js")),
        ("types", text("./src/index.d.ts")),
        ("exports", exports(subpaths)),
        // Compilers that know no `exports`.
        ("typesVersions", Node::object([("*", types_versions())])),
        ("files", Node::array(["schemas", "src"].map(Node::string))),
        ("sideEffects", Node::array(TEACHING.map(Node::string))),
        ("engines", Node::object([("node", text(">=18"))])),
        (
            "peerDependencies",
            Node::object(PEERS.map(|(name, version)| (name, text(version)))),
        ),
        (
            "peerDependenciesMeta",
            Node::object(PEERS.map(|(name, _)| (name, optional()))),
        ),
    ]);
    laid_out(&Node::object(members), 0) + "\n"
}

const KEYWORDS: [&str; 5] = [
    "aws",
    "eventbridge",
    "events",
    "typescript",
    "event-pattern",
];

/// Modules that do something when they are imported.
const TEACHING: [&str; 3] = ["./src/jest.js", "./src/esm/jest.js", "./src/esm/vitest.js"];

/// What subpaths of the package are for, if it is there.
const PEERS: [(&str, &str); 5] = [
    ("@jest/globals", ">=29.0.0"),
    ("aws-cdk-lib", "^2.0.0"),
    ("constructs", "^10.0.0"),
    ("vitest", ">=1.0.0"),
    ("zod", "^4.0.0"),
];

fn types_versions() -> Node {
    let places = [
        ("package.json", "./package.json"),
        ("src/*", "./src/*"),
        ("*", "./src/*.d.ts"),
    ];
    Node::object(places.map(|(path, place)| (path, Node::array([Node::string(place)]))))
}

fn optional() -> Node {
    Node::object([("optional", Node::new(Value::Bool(true)))])
}

/// Where the package's sources are kept.
fn places(package: &Package) -> Vec<(&'static str, Node)> {
    let Some(address) = &package.repository else {
        return Vec::new();
    };
    let git = match address.ends_with(".git") {
        true => format!("git+{address}"),
        false => format!("git+{address}.git"),
    };
    let repository = [("type", "git"), ("url", git.as_str())];
    vec![
        ("homepage", Node::string(format!("{address}#readme"))),
        (
            "repository",
            Node::object(repository.map(|(key, text)| (key, Node::string(text)))),
        ),
    ]
}

fn exports(subpaths: &[Subpath<'_>]) -> Node {
    let mut exports = vec![(".".to_owned(), entry("index", "index"))];
    // The events of a group are taken from all: what is not used is not bundled.
    exports.extend(
        subpaths
            .iter()
            .map(|path| (format!("./{}", path.name), entry(&path.name, "events"))),
    );
    exports.extend(parts::ENTRIES.map(|name| (format!("./{name}"), entry(name, name))));
    exports.push((
        "./schemas/*.json".to_owned(),
        Node::string("./schemas/*.json"),
    ));
    exports.push(("./package.json".to_owned(), Node::string("./package.json")));
    Node::object(exports)
}

/// Declarations and module, as ES modules and as CommonJS.
fn entry(name: &str, module: &str) -> Node {
    let condition = |folder: &str| {
        let places = [("types", name, "d.ts"), ("default", module, "js")];
        let places =
            places.map(|(key, name, end)| (key, Node::string(format!("{folder}/{name}.{end}"))));
        Node::object(places)
    };
    let import = ("import", condition("./src/esm"));
    match name {
        // Vitest itself is an ES module alone.
        "vitest" => Node::object([import]),
        _ => Node::object([import, ("require", condition("./src"))]),
    }
}

/// `esm/package.json`: what stands beside it are ES modules.
pub(super) fn of_modules() -> String {
    let members = [("//", STAMP), ("type", "module")];
    let members = members.map(|(key, text)| (key, Node::string(text)));
    laid_out(&Node::object(members), 0) + "\n"
}

/// As npm writes it: each member and each item on a line of its own.
fn laid_out(node: &Node, depth: usize) -> String {
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    let block = |open: &str, lines: Vec<String>, close: &str| {
        let lines = lines.join(&format!(",\n{inner}"));
        format!("{open}\n{inner}{lines}\n{outer}{close}")
    };
    let within = |node: &Node| laid_out(node, depth + 1);
    match &node.value {
        Value::Object(members) if !members.is_empty() => {
            let lines = members
                .iter()
                .map(|member| format!("{}: {}", json::quote(&member.key), within(&member.node)));
            block("{", lines.collect(), "}")
        }
        Value::Array(items) if !items.is_empty() => {
            block("[", items.iter().map(within).collect(), "]")
        }
        _ => json::compact(node),
    }
}
