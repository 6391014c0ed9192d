//! An ES module comes in, the same module as CommonJS goes out. The modules of the package say each import and each
//! export as a statement of its own that begins a line, import no defaults, and have no circles.

use super::stamp;

/// A module without its comments, which stand on lines of their own.
pub(super) fn code(text: &str) -> String {
    let lines = text.lines().filter(is_code);
    lines.map(|line| untyped(line) + "\n").collect()
}

/// A line without the types that comments within it say.
fn untyped(line: &str) -> String {
    let mut line = line.to_owned();
    while let Some(start) = line.find("/** @") {
        let Some(length) = line[start..].find("*/") else {
            break;
        };
        let mut end = start + length + "*/".len();
        end += usize::from(line[end..].starts_with(' '));
        line.replace_range(start..end, "");
    }
    line
}

/// The module, without its comments.
pub(super) fn module(text: &str) -> String {
    let mut module = Module::default();
    let mut lines = text.lines().filter(is_code);
    while let Some(line) = lines.next() {
        let mut statement = line.to_owned();
        let is_list = line.starts_with("import ") || line.starts_with("export {");
        while is_list && !statement.ends_with(';') {
            let Some(more) = lines.next() else { break };
            statement = format!("{statement} {}", more.trim());
        }
        module.statement(&statement);
    }
    module.text()
}

fn is_code(line: &&str) -> bool {
    let line = line.trim();
    let is_open = line.starts_with("/**") && (line.ends_with("*/") || !line.contains("*/"));
    let goes_on = line == "*" || line.starts_with("* ") || line.starts_with("*/");
    !(line.is_empty() || line.starts_with("//") || is_open || goes_on)
}

#[derive(Default)]
struct Module {
    lines: Vec<String>,
    exports: Vec<String>,
}

impl Module {
    fn statement(&mut self, statement: &str) {
        if let Some(rest) = statement.strip_prefix("import ") {
            let import = self.import(rest);
            self.lines.push(import);
        } else if let Some(rest) = statement.strip_prefix("export * from ") {
            self.exports.push(format!("...{}", require(rest)));
        } else if let Some(rest) = statement.strip_prefix("export {") {
            self.list(rest);
        } else if let Some(rest) = statement.strip_prefix("export ") {
            self.exports.push(declared(rest));
            self.lines.push(rest.to_owned());
        } else {
            self.lines.push(statement.to_owned());
        }
    }

    fn import(&self, rest: &str) -> String {
        match rest.split_once(" from ") {
            Some((names, from)) => {
                let names = match names.strip_prefix("* as ") {
                    Some(all) => all.to_owned(),
                    None => names.replace(" as ", ": ").replace(", }", " }"),
                };
                format!("const {names} = {};", require(from))
            }
            None => format!("{};", require(rest)),
        }
    }

    /// `{ a, b } from "./c.js";` or `{ a, b };`
    fn list(&mut self, rest: &str) {
        let (names, from) = rest.split_once('}').unwrap_or((rest, ""));
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        self.exports.extend(names.clone().map(str::to_owned));
        if let Some((_, from)) = from.split_once("from ") {
            let names = names.collect::<Vec<_>>().join(", ");
            self.lines
                .push(format!("const {{ {names} }} = {};", require(from)));
        }
    }

    fn text(self) -> String {
        let lines = self.lines.join("\n");
        let exports = match self.exports.join(",\n  ") {
            exports if exports.is_empty() => exports,
            exports => format!("module.exports = {{\n  {exports},\n}};\n"),
        };
        format!("{}\"use strict\";\n{lines}\n{exports}", stamp())
    }
}

/// What a declaration declares: the word behind `const`, `class`, `function` or `function*`.
fn declared(declaration: &str) -> String {
    let mut words = declaration.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    let is_name = |word: &&str| !["async", "class", "const", "function", ""].contains(word);
    words.find(is_name).unwrap_or_default().to_owned()
}

/// `"./a.js";` → `require("./a.js")`; CommonJS stands beside, under the same name.
fn require(from: &str) -> String {
    format!("require({})", from.trim_end_matches(';'))
}

#[cfg(test)]
mod tests {
    use super::module;
    use crate::STAMP;

    #[test]
    fn a_module_may_export_nothing() {
        let expected = format!("// {STAMP}\n\"use strict\";\nrequire(\"x\");\nrun();\n");
        assert_eq!(module("import \"x\";\n\nrun();\n"), expected);
    }

    #[test]
    fn imports_and_exports_become_those_of_commonjs() {
        let text = "// About.\n\nimport { a, b as c } from \"./x.js\";\nimport {\n  d,\n} from \"y\";\nimport \"z\";\nimport * as w from \"w\";\n\
            export * from \"./all.js\";\nexport {\n  e,\n  f,\n} from \"./g.js\";\n/** Doc. */\n\
            export const one = (x) => {\n  // why\n  return x;\n};\nexport async function two() {}\nexport { a };\n";
        let expected = format!(
            "// {STAMP}\n\"use strict\";\nconst {{ a, b: c }} = require(\"./x.js\");\nconst {{ d }} = require(\"y\");\n\
            require(\"z\");\nconst w = require(\"w\");\nconst {{ e, f }} = require(\"./g.js\");\nconst one = (x) => {{\n  return x;\n}};\n\
            async function two() {{}}\nmodule.exports = {{\n  ...require(\"./all.js\"),\n  e,\n  f,\n  one,\n  two,\n  a,\n}};\n"
        );
        assert_eq!(module(text), expected);
    }
}
