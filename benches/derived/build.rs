//! The generated types come in as one file, as for any crate that renders schemas of its own.

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=../../schemas");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    match eventbridge_codegen::generate::rust_module(Path::new("../../schemas")) {
        Ok((module, _)) => std::fs::write(out.join("events.rs"), module),
        Err(problems) => {
            problems
                .iter()
                .for_each(|problem| println!("cargo::error={problem}"));
            Ok(())
        }
    }
}
