//! schemas/ through the generator into OUT_DIR; problems become cargo's errors, with file, line and column.

fn main() -> std::io::Result<()> {
    eventbridge_codegen::generate::build_script("schemas".as_ref())
}
