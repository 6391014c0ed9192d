//! A crate's sources come in; its modules go out: what each defines, imports and names, tests apart.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::Visit;
use syn::{Attribute, Item, UseTree};

/// The modules of a crate by their path from its root.
pub(crate) struct Crate {
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
}

/// One module.
#[derive(Default)]
pub(crate) struct Module {
    /// Below the root of the workspace.
    pub(crate) file: PathBuf,
    lines: usize,
    pub(crate) defines: Vec<String>,
    /// What it imports, by the name that it has here; `*` stands for all.
    pub(crate) imports: Vec<(String, Vec<String>)>,
    /// The paths that it names.
    pub(crate) paths: Vec<Vec<String>>,
    functions: Vec<(usize, String)>,
}

impl Crate {
    /// Reads the crate whose root stands in a folder.
    pub(crate) fn read(root: &Path, folder: &Path) -> Crate {
        let mut modules = BTreeMap::new();
        let heads = ["lib.rs", "main.rs"].map(|name| folder.join(name));
        for head in heads.into_iter().filter(|head| root.join(head).is_file()) {
            read_file(root, &head, &[], &mut modules);
        }
        Crate { modules }
    }

    /// The functions, each with the number of its lines.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (usize, String)> {
        self.modules
            .values()
            .flat_map(|module| module.functions.clone())
    }

    /// The files, each with the number of its lines.
    pub(crate) fn file_lengths(&self) -> BTreeMap<String, usize> {
        let files = self.modules.values();
        files
            .map(|module| (module.file.display().to_string(), module.lines))
            .collect()
    }
}

type Modules = BTreeMap<Vec<String>, Module>;

fn read_file(root: &Path, file: &Path, path: &[String], modules: &mut Modules) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    let parsed =
        syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tests = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    read_module(root, file, path, parsed.items, modules);
    let module = modules.get_mut(path).unwrap();
    module.lines = text[..tests].lines().count();
    module.functions = function_lengths(file, &text[..tests]);
}

/// Whether a function begins in a line: `fn` stands before its parameters, and behind the place that it is public in.
fn is_head_of_function(line: &str) -> bool {
    let line = line.trim_start();
    let behind_pub = line.strip_prefix("pub(").and_then(|it| it.split_once(')'));
    let line = behind_pub.map_or(line, |(_, behind)| behind);
    let head = line.split('(').next().unwrap_or(line);
    !line.starts_with("//") && head.split_whitespace().any(|word| word == "fn")
}

/// A function ends where its indentation comes back: rustfmt has been there.
fn function_lengths(file: &Path, text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let starts = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| is_head_of_function(line));
    let measured = starts.filter_map(|(start, line)| {
        let ends = |end: &&str| end.starts_with(&format!("{}}}", " ".repeat(indent(line))));
        let length = match line.ends_with('}') || line.ends_with(';') {
            true => 1,
            false => lines[start + 1..].iter().position(ends)? + 2,
        };
        let place = format!("{}:{} {}", file.display(), start + 1, line.trim());
        Some((length, place))
    });
    measured.collect()
}

fn read_module(root: &Path, file: &Path, path: &[String], items: Vec<Item>, modules: &mut Modules) {
    let module = modules.entry(path.to_vec()).or_default();
    module.file = file.to_owned();
    let mut children = Vec::new();
    for item in items.into_iter().filter(|item| !is_test(attributes(item))) {
        match item {
            Item::Mod(child) => children.push(child),
            item => module.read(&item),
        }
    }
    for child in children {
        let name = child.ident.to_string();
        let inner = [path, std::slice::from_ref(&name)].concat();
        match child.content {
            Some((_, items)) => read_module(root, file, &inner, items, modules),
            None => read_file(root, &module_file(root, file, &name), &inner, modules),
        }
    }
}

fn module_file(root: &Path, parent: &Path, name: &str) -> PathBuf {
    let folder = match parent.file_stem().unwrap().to_str().unwrap() {
        "lib" | "main" | "mod" => parent.parent().unwrap().to_owned(),
        stem => parent.with_file_name(stem),
    };
    let file = folder.join(format!("{name}.rs"));
    if root.join(&file).is_file() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

impl Module {
    fn read(&mut self, item: &Item) {
        match item {
            Item::Use(item) => imports(&item.tree, &mut Vec::new(), &mut self.imports),
            item => {
                self.defines.extend(name_of(item));
                self.visit_item(item);
            }
        }
    }
}

impl<'a> Visit<'a> for Module {
    fn visit_path(&mut self, path: &'a syn::Path) {
        let steps = path.segments.iter().map(|step| step.ident.to_string());
        self.paths.push(steps.collect());
        syn::visit::visit_path(self, path);
    }

    /// `pub(crate)` imports nothing.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        imports(&item.tree, &mut Vec::new(), &mut self.imports);
    }
}

fn imports(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<(String, Vec<String>)>) {
    let whole = |before: &[String], last: &str| match last {
        "self" => before.to_vec(),
        last => [before, &[last.to_owned()]].concat(),
    };
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            imports(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) => {
            let path = whole(before, &name.ident.to_string());
            found.push((path.last().cloned().unwrap_or_default(), path));
        }
        UseTree::Rename(rename) => {
            let path = whole(before, &rename.ident.to_string());
            found.push((rename.rename.to_string(), path));
        }
        UseTree::Glob(_) => found.push(("*".to_owned(), before.clone())),
        UseTree::Group(group) => {
            let trees = group.items.iter();
            trees.for_each(|tree| imports(tree, before, found));
        }
    }
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => return item.ident.as_ref().map(ToString::to_string),
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is = |attr: &Attribute| {
        attr.path().is_ident("cfg")
            && attr
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is)
}
