//! What learning takes, generating takes: random evidence of awkward names becomes schemas that the main job
//! leaves as they are and that lack nothing, and packages that parse. `PIPELINE_ROUNDS` and `PIPELINE_SEED` ask
//! for more rounds, and others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dice.rs"]
mod dice;
mod hostile;
#[path = "../codegen/tests/tools/mod.rs"]
mod tools;

use dice::Dice;
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::files;
use eventbridge_codegen::generate;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::{Evidence, coverage, input};
use hostile::WORDS;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

impl Dice {
    fn pick<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.roll(words.len())]
    }

    fn name(&mut self) -> String {
        match self.roll(10) {
            0..6 => self.pick(WORDS).to_owned(),
            6..8 => self.pick(WORDS).to_owned() + self.pick(WORDS),
            _ => (0..1 + self.roll(5))
                .map(|_| self.pick(&["a", "A", "b", "B", "Z", "0", "9", "_", "-", " ", ".", "s"]))
                .collect(),
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.roll(if depth > 3 { 4 } else { 10 }) {
            0 => json!(self.pick(WORDS)),
            1 => json!(self.pick(&["Lit", "Cold", "2026-01-02T03:04:05Z", "1767323045000"])),
            2 => [json!(1), json!(2.5), json!(true), Value::Null][self.roll(4)].clone(),
            3 => json!(1_767_323_045_000_u64),
            4..7 => self.object(depth + 1),
            _ => (0..self.roll(4)).map(|_| self.value(depth + 1)).collect(),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let members = (0..self.roll(6)).map(|_| (self.name(), self.value(depth)));
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn event(&mut self, id: usize) -> Value {
        let name = self.name();
        let detail_type = match self.roll(2) {
            0 => name,
            _ => format!("Kiln {name} State Change"),
        };
        let source = match self.roll(6) {
            0 => self.name(),
            _ => self.pick(&["my.kiln", "my.lid", "my.3d", "x"]).to_owned(),
        };
        json!({
            "source": source, "detail-type": detail_type, "id": id.to_string(), "time": "2026-01-02T03:04:05Z",
            "detail": self.object(0)
        })
    }

    /// A file of events that arrived, or a page that shows them and names some values.
    fn evidence(&mut self, folder: &Path) -> std::path::PathBuf {
        let events: Vec<Value> = (0..1 + self.roll(6)).map(|id| self.event(id)).collect();
        if self.roll(2) == 0 {
            let lines = events.iter().map(|event| format!("{event}\n"));
            return written(folder.join("kiln.ndjson"), &lines.collect::<String>());
        }
        let mut page = "# Kilns\n".to_owned();
        for event in events {
            let [field, one, other] = [self.name(), self.name(), self.name()];
            page += &format!(
                "## {}\n```json\n{event:#}\n```\nThe `{field}` can be `{one}` or `{other}`.\n",
                event["detail-type"].as_str().unwrap_or_default()
            );
        }
        written(folder.join("kiln.md"), &page)
    }
}

fn written(path: std::path::PathBuf, text: &str) -> std::path::PathBuf {
    fs::write(&path, text).unwrap();
    path
}

fn is_sound(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .all(|problem| problem.severity != Severity::Error)
}

/// Learns a file into a set; whether it was taken.
fn learned(schemas: &Path, file: &Path) -> bool {
    let mut deliveries = Deliveries::default();
    let pieces = match input::read(file, &mut deliveries, &|_| {}) {
        Ok(input::Input::Page(page)) => vec![Evidence::Page(page)],
        Ok(_) => vec![Evidence::Shapes(deliveries.shapes())],
        Err(_) => return false,
    };
    let learned = eventbridge_learn::learn(schemas, &pieces);
    if !learned.is_sound() {
        return false;
    }
    files::apply(schemas, &learned.changes).unwrap();
    schemas.is_dir()
}

/// Generates the packages of a set, and looks at them; the files of Python and TypeScript.
fn generated(schemas: &Path, out: &Path) {
    let plan = generate::plan(schemas, out).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(is_sound(&plan.warnings));
    for change in &plan.changes {
        let text = change.new.as_deref().unwrap();
        hostile::assert_shown(&change.path, text);
        if change.path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", change.path));
        } else if change.path.ends_with(".json") {
            serde_json::from_str::<Value>(text).unwrap();
        }
    }
    files::apply(out, &plan.changes).unwrap();
    assert!(generate::plan(schemas, out).unwrap().changes.is_empty());
}

fn round(dice: &mut Dice, place: &Path) -> bool {
    let schemas = place.join("schemas");
    let file = dice.evidence(place);
    if !learned(&schemas, &file) {
        return false;
    }
    generated(&schemas, &place.join("out"));
    let again = eventbridge_learn::learn(&schemas, &[]);
    assert!(again.changes.is_empty(), "{:#?}", again.changes);
    for event in coverage::coverage(&schemas).unwrap() {
        assert_eq!(event.lacking, [], "{}", event.detail_type);
    }
    true
}

fn asked(name: &str, usually: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(usually, |said| said.parse().unwrap())
}

#[test]
fn what_is_learned_is_generated_and_parses() {
    let (rounds, seed) = (
        asked("PIPELINE_ROUNDS", 60),
        asked("PIPELINE_SEED", 0x0c0a_57ed),
    );
    let mut taken = 0;
    let place = tools::scratch("pipeline");
    for index in 0..rounds {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9).wrapping_add(index) | 1);
        let folder = place.join(index.to_string());
        fs::create_dir(&folder).unwrap();
        let result =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| round(&mut dice, &folder)));
        match result {
            Ok(was_taken) => taken += u64::from(was_taken),
            Err(_) => panic!(
                "round {index} of PIPELINE_SEED={seed}: see {}",
                folder.display()
            ),
        }
        // What other languages parse is enough for these.
        if index >= 20 {
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert!(taken * 2 > rounds, "{taken} of {rounds} were learned");
    others_parse(&place);
}

/// The languages' own tools parse what is left, all at once.
fn others_parse(place: &Path) {
    if let Some(python) = tools::python() {
        let program = "import pathlib, sys\n\
             for path in pathlib.Path(sys.argv[1]).rglob('*.py'):\n    compile(path.read_bytes(), path, 'exec')\n";
        let folder = place.to_str().unwrap();
        tools::run(&mut python.python(&["-W", "error", "-c", program, folder]));
    }
    if let Some(node) = tools::node() {
        let mut indexes = Vec::new();
        for folder in fs::read_dir(place).unwrap() {
            let index = folder.unwrap().path().join("out/typescript/src/index.d.ts");
            indexes.extend(index.is_file().then(|| index.display().to_string()));
        }
        let strict = [
            "--strict", "--noEmit", "--module", "node16", "--target", "es2022",
        ];
        tools::run(node.tsc(&strict).args(indexes));
    }
}
