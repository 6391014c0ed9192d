#!/usr/bin/env python3
"""What a consumer's program weighs: a handler that reads an event and tells its name and status, as a stripped release
binary, beside the same with `aws_lambda_events`.

    python3 benches/size.py                 the default profile, and LTO with one codegen unit and panic = "abort"
    python3 benches/size.py --functions 30  and the largest functions of ours, by name

Everything is built in a temporary folder, or in --folder, where a second run goes on; crates come from cargo's cache
or from the registry.
"""

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OURS = """
use sagemaker_events::Event;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let event: Event = serde_json::from_reader(std::io::stdin())?;
    println!("{:?} {:?}", event.name(), event.status());
    Ok(())
}
"""

TYPED = """
use sagemaker_events::{Detail, Event};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let event: Event = serde_json::from_reader(std::io::stdin())?;
    if let Detail::TrainingJobStateChange(job) = &event.detail {
        println!("{} {}", job.training_job_name, job.training_job_status);
    }
    Ok(())
}
"""

ONE_TYPE = """
use sagemaker_events::EventOf;
use sagemaker_events::training_job::TrainingJobStateChange;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let event: EventOf<TrainingJobStateChange> = serde_json::from_reader(std::io::stdin())?;
    println!("{} {}", event.detail.training_job_name, event.detail.training_job_status);
    Ok(())
}
"""

THEIRS = """
use aws_lambda_events::event::eventbridge::EventBridgeEvent;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let event: EventBridgeEvent = serde_json::from_reader(std::io::stdin())?;
    let detail = &event.detail;
    println!("{:?} {:?}", detail["TrainingJobName"].as_str(), detail["TrainingJobStatus"].as_str());
    Ok(())
}
"""

SMALL = "[profile.release]\nstrip = false\nlto = true\ncodegen-units = 1\npanic = \"abort\"\n"
PLAIN = "[profile.release]\nstrip = false\n"

JSON = 'serde_json = "1"\n'
EVENTS = f'sagemaker-events = {{ path = "{ROOT / "generated/rust"}"%s }}\n'
FEW = ', default-features = false, features = ["training-job"]'
LAMBDA = 'aws_lambda_events = { version = "1", default-features = false, features = ["eventbridge"] }\n'

PROGRAMS = {
    "aws_lambda_events": (THEIRS, LAMBDA + JSON),
    "sagemaker-events": (OURS, EVENTS % "" + JSON),
    "sagemaker-events, a typed detail": (TYPED, EVENTS % "" + JSON),
    "sagemaker-events, one feature": (TYPED, EVENTS % FEW + JSON),
    "sagemaker-events, EventOf": (ONE_TYPE, EVENTS % "" + JSON),
}


def built(folder, program, dependencies, profile, environment):
    """The program's path."""
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "handler"\nversion = "0.0.0"\nedition = "2024"\n'
        f"[dependencies]\n{dependencies}{profile}[workspace]\n"
    )
    (folder / "src/main.rs").write_text(program)
    run = subprocess.run(["cargo", "build", "--release"], cwd=folder, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    return Path(environment["CARGO_TARGET_DIR"]) / "release/handler"


def stripped(program):
    """Bytes without symbols."""
    copy = program.with_suffix(".stripped")
    subprocess.run(["strip", "-o", copy, program], check=True)
    return copy.stat().st_size


def kind(name):
    """What a function is an instance of."""
    name = re.sub(r"::h[0-9a-f]{16}$", "", name)
    for known in ["drop_in_place", "ReadField", "WriteField", "Object", "Deserialize", "Serialize", "Debug", "clone"]:
        if known in name:
            return known
    return name.split("::")[0].lstrip("<")


def functions(program, count):
    """The largest functions, and what they come to by kind."""
    told = subprocess.run(
        ["nm", "--print-size", "--size-sort", "--reverse-sort", "--demangle", program],
        capture_output=True, text=True, check=True,
    )
    found = [line.split(maxsplit=3) for line in told.stdout.splitlines()]
    found = [(int(size, 16), name) for _, size, letter, name in (line for line in found if len(line) == 4) if letter in "tT"]
    for size, name in found[:count]:
        print(f"    {size:>8} {name[:120]}")
    kinds = Counter()
    for size, name in found:
        kinds[kind(name)] += size
    for name, size in kinds.most_common(12):
        print(f"    {size:>8} all {name[:100]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--functions", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", default="", help="programs whose names begin so")
    parser.add_argument("--small", action="store_true", help="without the default profile")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        place = arguments.folder or Path(place)
        for title, profile in [("LTO, one codegen unit, abort", SMALL), ("default profile", PLAIN)][: 1 if arguments.small else 2]:
            base = None
            print(f"{title:<44} {'bytes':>9} {'ratio':>6}")
            for name, (program, dependencies) in PROGRAMS.items():
                if not name.startswith(arguments.only):
                    continue
                target = place / ("small" if profile == SMALL else "default")
                environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
                path = built(place / "handler", program, dependencies, profile, environment)
                size = stripped(path)
                base = base or size
                print(f"{name:<44} {size:>9} {size / base:>6.2f}", flush=True)
                if arguments.functions and "aws" not in name:
                    functions(path, arguments.functions)


if __name__ == "__main__":
    main()
