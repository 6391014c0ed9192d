"""Measures the Python package beside its peers: `python measure.py PACKAGE EVENTS`.

PACKAGE is the folder that holds the package, compiled (`python -m compileall`), EVENTS a file with a JSON array of events.
Peers that are not installed are left out: pydantic, aws-lambda-powertools, moto, datamodel-code-generator.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

PACKAGE, EVENTS = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
sys.path.insert(0, str(PACKAGE))
TEXTS = [json.dumps(event, separators=(",", ":")) for event in json.loads(EVENTS.read_text("utf-8"))]
CPU = "import resource; u = resource.getrusage(resource.RUSAGE_SELF); print((u.ru_utime + u.ru_stime) * 1000)"


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def start(program: str, folder: pathlib.Path = PACKAGE) -> float:
    """Milliseconds of CPU that a program takes from its start, the least of nine."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", f"{program}\n{CPU}"]
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True) for _ in range(9)]
    return min(float(run.stdout.split()[-1]) for run in runs)


def rate(call: Callable[[Any], object], items: list[Any]) -> float:
    """Calls a second of CPU, the most of five."""
    best = 0.0
    for _ in range(5):
        before, done = time.process_time(), 0
        while time.process_time() - before < 0.3:
            for item in items:
                call(item)
            done += len(items)
        best = max(best, done / (time.process_time() - before))
    return best


def row(name: str, ours: str, peers: str, required: str) -> None:
    print(f"| {name} | {ours} | {peers} | {required} |")


def imports() -> None:
    row("start of Python alone", f"{start('pass'):.0f} ms", f"`typing` {start('import typing'):.0f}", "–")
    peers = [f"typing_extensions {start('import typing_extensions'):.0f}"]
    if has("pydantic"):
        peers.append(f"pydantic {start('from pydantic import TypeAdapter'):.0f}")
    if has("aws_lambda_powertools"):
        peers.append(f"Powertools' parser {start('import aws_lambda_powertools.utilities.parser'):.0f}")
    ours = start("from sagemaker_events import TrainingJobStateChangeEvent")
    row("import of one event", f"{ours:.0f} ms", ", ".join(peers), "≤ 30")
    for name in ("sagemaker_events.views import TrainingJobStateChange", "sagemaker_events.match import Pattern"):
        row(f"from {name}", f"{start(f'from {name}'):.0f} ms", "–", "–")


GENERATED = """
import importlib.util, pathlib, pydantic, sys
for path in sorted(pathlib.Path({folder!r}).glob("*.py")):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
"""


def adapters(generated: pathlib.Path | None) -> None:
    base = start("from pydantic import TypeAdapter")
    ours = start("from pydantic import TypeAdapter; from sagemaker_events.pydantic import Event; TypeAdapter(Event)")
    peers = "–"
    if generated is not None:
        peers = f"datamodel-code-generator {start(GENERATED.format(folder=str(generated))) - base:.0f}"
    row("pydantic adapter of all types, over pydantic", f"{ours - base:.0f} ms", peers, "≤ 150")


def generate(place: pathlib.Path) -> pathlib.Path:
    """Pydantic models of all schemas, as datamodel-code-generator makes them."""
    schemas, models = place / "schemas", place / "models"
    schemas.mkdir()
    for path in (PACKAGE / "sagemaker_events/schemas").glob("*.json"):
        (schemas / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", str(schemas), "--input-file-type"]
    command += ["jsonschema", "--output", str(models), "--extra-fields", "allow"]
    command += ["--output-model-type", "pydantic_v2.BaseModel"]
    subprocess.run(command, check=True, capture_output=True)
    return models


def equal(generated: pathlib.Path | None) -> None:
    from pydantic import TypeAdapter
    from sagemaker_events._index import EVENTS as INDEX
    from sagemaker_events.pydantic import Event

    adapter = TypeAdapter(Event)
    events = [json.loads(text) for text in TEXTS]
    ours = sum(adapter.dump_python(adapter.validate_python(event)) == event for event in events)
    peers = []
    if has("aws_lambda_powertools"):
        from aws_lambda_powertools.utilities.parser.models import EventBridgeModel

        count = sum(
            EventBridgeModel.model_validate(event).model_dump(mode="json", by_alias=True, exclude_unset=True) == event
            for event in events
        )
        peers.append(f"Powertools' EventBridgeModel {count}")
    if generated is not None:
        count = 0
        for event in events:
            path = generated / f"{INDEX[event['source'], event['detail-type']].name}.py"
            spec = importlib.util.spec_from_file_location(path.stem, path)
            assert spec and spec.loader
            module: Any = importlib.util.module_from_spec(spec)
            sys.modules[path.stem] = module
            spec.loader.exec_module(module)
            try:
                made = [each for each in vars(module).values() if "detail" in getattr(each, "model_fields", ())]
                whole = made[-1].model_validate(event)
                count += whole.model_dump(mode="json", by_alias=True, exclude_unset=True) == event
            except ValueError:
                pass
        peers.append(f"datamodel-code-generator {count}")
    row("events that come back equal", f"{ours} of {len(events)}", ", ".join(peers) or "–", "all")


def matcher() -> None:
    from sagemaker_events.match import Pattern

    rule = {
        "source": ["aws.sagemaker"],
        "detail-type": ["SageMaker Training Job State Change"],
        "detail": {"TrainingJobStatus": ["Failed", "Stopped"], "TrainingJobName": [{"prefix": "k"}]},
    }
    pattern = Pattern(rule)
    size = sum(map(len, TEXTS)) // len(TEXTS)
    peers = f"`json.loads` alone {rate(json.loads, TEXTS):,.0f}"
    row(f"matcher from text ({size} B), events a CPU-s", f"{rate(pattern.matches, TEXTS):,.0f}", peers, "≥ 25,000")
    events = [json.loads(text) for text in TEXTS]
    peers = "–"
    if has("moto"):
        from moto.events.models import EventPattern  # type: ignore[import-not-found, unused-ignore]

        moto = EventPattern.load(json.dumps(rule))
        peers = f"moto {rate(moto.matches_event, events):,.0f}"
    row("matcher from objects, events a CPU-s", f"{rate(pattern.matches, events):,.0f}", peers, "–")


def checkers() -> None:
    def cold(program: str) -> float:
        with tempfile.TemporaryDirectory() as place:
            (pathlib.Path(place) / "x.py").write_text(program)
            environment = {**os.environ, "MYPYPATH": str(PACKAGE)}
            before = os.times()
            subprocess.run([sys.executable, "-m", "mypy", "--strict", "x.py"], cwd=place, env=environment, check=True)
            after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    base = min(cold("") for _ in range(3))
    for name in ("import sagemaker_events", "from sagemaker_events import patterns, samples, views"):
        row(
            f"mypy, cold, over an empty file: `{name}`",
            f"{min(cold(name) for _ in range(3)) - base:.1f} s",
            "–",
            "≤ 0.8",
        )


if __name__ == "__main__":
    print("| | ours | peers | required |\n|---|---|---|---|")
    imports()
    with tempfile.TemporaryDirectory() as scratch:
        made = generate(pathlib.Path(scratch)) if has("datamodel_code_generator") else None
        if has("pydantic"):
            adapters(made)
            equal(made)
    matcher()
    if has("mypy"):
        checkers()
