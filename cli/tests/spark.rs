//! `examples/spark`: an archive in many files, learned by Spark in partitions, gives what one machine gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../codegen/tests/tools/mod.rs"]
mod tools;

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;

const TOOL: &str = env!("CARGO_BIN_EXE_eventbridge-codegen");

/// Writes an archive of a few files, one of them without any event.
fn write_archive(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for part in 0..4 {
        let file = File::create(folder.join(format!("part-{part}.gz"))).unwrap();
        let mut file = GzEncoder::new(file, Compression::fast());
        for number in 0..part * 300 {
            let id = (number * 7_919 + part * 31) % 1_000;
            let cone = ["6", "null", "7.5", "\"six\""][(number + part) % 4];
            let status = ["Hot", "Cold", "Cracked"][number % (part + 1) % 3];
            let detail = format!(
                r#"{{"FiringName":"pot {number}","FiringStatus":"{status}","Cone":{cone},"Shelf{part}":[{{"at":{number}}}]}}"#
            );
            writeln!(file, r#"{{"version":"0","id":"{id:04}-{part}","detail-type":"Kiln Firing State Change","source":"my.kiln","detail":{detail}}}"#).unwrap();
        }
        file.finish().unwrap();
    }
}

#[test]
fn spark_gives_what_one_machine_gives() {
    let Some(python) = tools::spark() else { return };
    let place = tools::scratch("spark");
    let archive = place.join("archive");
    write_archive(&archive);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/spark/learn.py");
    let arguments = [
        script.as_path(),
        &archive,
        &place.join("spark.json"),
        Path::new("--codegen"),
        Path::new(TOOL),
    ];
    let arguments = arguments.map(|argument| argument.to_str().unwrap());
    let mut spark = python.python(&arguments);
    tools::run(
        spark
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .env("PYSPARK_SUBMIT_ARGS", "--master local[2] pyspark-shell")
            .current_dir(&place),
    );

    let mut one = Command::new(TOOL);
    tools::run(
        one.args(["learn", "--partial", "one.json", "archive"])
            .current_dir(&place),
    );
    let [spark, one] =
        ["spark.json", "one.json"].map(|name| std::fs::read_to_string(place.join(name)).unwrap());
    assert_eq!(spark, one);
    assert!(one.contains("Cracked") && one.contains("Shelf3"), "{one}");
}
