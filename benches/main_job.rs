//! The main job, measured: learning a page and generating all packages, beside the time that starting the
//! process takes.
//!
//! `cargo bench -p eventbridge-codegen-cli` prints medians. The page is made of the committed samples, as
//! Markdown of the real page's size; where the real pages stand beside the repository they are measured too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use divan::Bencher;
use eventbridge_catalog::schema_set as catalog;
use eventbridge_codegen as emit;
use eventbridge_learn as learn;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A page with every committed sample of one edition in a fence, under a heading.
fn page_of_samples() -> String {
    let file = root().join("schemas/aws.sagemaker/samples/en-2026-07.md.json");
    let page: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(file).expect("samples")).expect("JSON");
    let mut text = String::from("# Events\n\n");
    for sample in page["events"].as_array().into_iter().flatten() {
        let event = serde_json::to_string_pretty(&sample["event"]).expect("JSON");
        text.push_str(&format!(
            "## {}\n\n```\n{event}\n```\n\n",
            sample["detail_type"].as_str().unwrap_or_default()
        ));
    }
    text
}

fn measure_learn(bencher: Bencher<'_, '_>, name: &str, text: &str) {
    let schemas = tempfile::tempdir().expect("a folder");
    bencher.bench(|| {
        let reading = learn::reading::read(name, text).expect("a sound page");
        eventbridge_learn::learn(schemas.path(), &[reading.into()])
    });
}

#[divan::bench]
fn learn_page_of_samples(bencher: Bencher<'_, '_>) {
    measure_learn(bencher, "samples.md", &page_of_samples());
}

#[divan::bench(args = ["id-2025.txt", "en-2026-07.md", "en-2026-07.html"])]
fn learn_real_page(bencher: Bencher<'_, '_>, name: &str) {
    let Ok(text) = fs::read_to_string(root().join("../shared/pages/sagemaker").join(name)) else {
        eprintln!("skipped: {name} is not in ../shared/pages/sagemaker");
        return;
    };
    measure_learn(bencher, name, &text);
}

#[divan::bench]
fn generate_four_packages(bencher: Bencher<'_, '_>) {
    let schemas = root().join("schemas");
    bencher.bench(|| emit::packages(&catalog::load(&schemas).expect("sound schemas")));
}

#[divan::bench(args = ["rust", "typescript", "python", "registry"])]
fn generate_one_package(bencher: Bencher<'_, '_>, package: &str) {
    let model = catalog::load(&root().join("schemas")).expect("sound schemas");
    bencher.bench(|| match package {
        "rust" => emit::rust::package(&model),
        "typescript" => emit::typescript::package(&model),
        "python" => emit::python::package(&model),
        _ => emit::registry::files(&model),
    });
}

#[divan::bench(args = [&["--version"] as &[&str], &["generate", "--check"], &["learn", "--dry-run"]])]
fn whole_process(bencher: Bencher<'_, '_>, arguments: &[&str]) {
    let page = tempfile::NamedTempFile::with_suffix(".md").expect("a file");
    fs::write(page.path(), page_of_samples()).expect("written");
    let learns = arguments.first() == Some(&"learn");
    bencher.bench(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        command
            .args(arguments)
            .args(learns.then(|| page.path()))
            .current_dir(root());
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("it starts")
    });
}
