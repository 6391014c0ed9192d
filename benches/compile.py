#!/usr/bin/env python3
"""What a consumer pays to compile: CPU seconds of clean debug builds, against serde with one derived struct.

    python3 benches/compile.py              the crate as it is, and sets of 18, 58 and 380 types
    python3 benches/compile.py --types      the crate as it is, alone

A set of fewer types is made of those that have most to say, one of more with copies of schemas/ under other names.
Everything is built in a temporary folder; crates come from cargo's cache. Times are those of all processes, on
however many cores, the least of --rounds.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HAND_WRITTEN = """
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "detail-type")]
    detail_type: String,
    source: String,
    account: String,
    time: String,
    region: String,
    resources: Vec<String>,
    detail: serde_json::Value,
}
fn main() {
    let event: Event = serde_json::from_reader(std::io::stdin()).unwrap();
    println!("{} {}", event.detail_type, serde_json::to_string(&event).unwrap());
}
"""

OURS = """
use sagemaker_events::Event;
fn main() {
    let event: Event = serde_json::from_reader(std::io::stdin()).unwrap();
    println!("{} {}", event.detail_type, serde_json::to_string(&event).unwrap());
}
"""

SERDE = 'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'


def consumer(folder, dependencies, program):
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "consumer"\nversion = "0.0.0"\nedition = "2024"\n'
        f"[dependencies]\n{dependencies}[workspace]\n"
    )
    (folder / "src/main.rs").write_text(program)
    shutil.copy(ROOT / "Cargo.lock", folder)
    return folder


def measured(folder, rounds):
    """CPU seconds of a clean debug build, and how many crates it compiles."""
    best = None
    for _ in range(rounds):
        shutil.rmtree(folder / "target", ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "CARGO_TARGET_DIR": str(folder / "target")}
        built = subprocess.run(
            ["cargo", "build", "--offline"], cwd=folder, env=environment, capture_output=True, text=True
        )
        if built.returncode:
            raise SystemExit(built.stderr)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = min(seconds, best or seconds)
    return best, len(re.findall(r"^ +Compiling ", built.stderr, re.M))


def types(source):
    """The schemas of events."""
    files = sorted(file for file in source.rglob("*.json") if "properties" in json.loads(file.read_text()))
    return [file for file in files if file.parent.parent == source]


def copies(source, folder, count):
    """A schema set of so many types: the longest of `source`, and copies of them whose names have a word before."""
    files = types(source)
    shutil.copytree(source, folder)
    (folder / "surface.json").unlink()  # it would keep the events that go
    for file in sorted(files, key=lambda file: (-file.stat().st_size, file.name))[count:]:
        (folder / file.relative_to(source)).unlink()
    for number in range(len(files), count):
        file, word = files[number % len(files)], f"Kind{chr(65 + number // len(files))}"
        schema = json.loads(file.read_text())
        name, text = file.stem, file.read_text()
        text = text.replace(json.dumps(schema["title"]), json.dumps(f"{word} {schema['title']}"))
        text = text.replace(f'"{name}"', f'"{word}{name}"').replace(f"#/definitions/{name}\"", f"#/definitions/{word}{name}\"")
        (folder / file.parent.name / f"{word}{name}.json").write_text(text)
    return folder


def packages(folder, count):
    """The crate of a schema set, and its features."""
    schemas = copies(ROOT / "schemas", folder / "schemas", count)
    subprocess.run(
        ["cargo", "codegen", "generate", "--schemas", str(schemas), "--out", str(folder / "generated")],
        cwd=ROOT, check=True, capture_output=True,
    )
    manifest = folder / "generated/rust/Cargo.toml"
    manifest.write_text(manifest.read_text().replace("../../runtime", str(ROOT / "runtime")))
    features = re.findall(r"^(\w[\w-]*) = \[\]$", manifest.read_text(), re.M)
    return f'path = "{folder / "generated/rust"}"', features


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--types", type=int, nargs="*", default=[18, 58, 380])
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        base, crates = measured(consumer(place / "base", SERDE, HAND_WRITTEN), arguments.rounds)
        print(f"{'':<44} {'CPU s':>6} {'ratio':>6} {'crates':>7}")
        print(f"{'serde, serde_json and one derived struct':<44} {base:>6.2f} {1:>6.2f} {crates:>7}", flush=True)
        for count in [len(types(ROOT / "schemas")), *arguments.types]:
            folder = place / str(count)
            found, features = packages(folder, count)
            few = f', default-features = false, features = ["{features[0]}"]'
            for what, more in [(f"{count} types", ""), (f"{count} types, one feature of {len(features)}", few)]:
                dependency = f'sagemaker-events = {{ {found}{more} }}\nserde_json = "1"\n'
                seconds, crates = measured(consumer(folder / f"consumer{len(more)}", dependency, OURS), arguments.rounds)
                print(f"{what:<44} {seconds:>6.2f} {seconds / base:>6.2f} {crates:>7}", flush=True)


if __name__ == "__main__":
    main()
