"""The matcher answers as the engine of the service does: on the transcript of that engine, where
it lies beside the repository (VECTORS names its folder, DEVIATIONS the rows where a fault of the
engine decides), and on cases of our own."""

import gzip
import json
import os
import pathlib
import sys
from typing import Any

import pytest
from sagemaker_events.match import EventError, Explanation, Pattern, PatternError, explain, matches

VECTORS = os.environ.get("VECTORS", "")
DESTROYED = {"conformance": 5, "random": 34}
"""So many verdicts differ on what went through `json.loads`: numbers, and keys that stand twice."""


def deviations() -> set[str]:
    lines = pathlib.Path(os.environ["DEVIATIONS"]).read_text("utf-8").splitlines()
    return {line.split("\t")[0] for line in lines if "\t" in line and not line.startswith("#")}


def difference(row: dict[str, Any]) -> str | None:
    accepted = row["valid"] or row.get("legacy_fallback", False)
    try:
        pattern = Pattern(row["pattern"])
    except PatternError as error:
        return f"rejected: {error}" if accepted else None
    if not accepted:
        return "accepted"
    if row.get("legacy_fallback") and not pattern.warnings:
        return "accepted without a warning"
    if "event" not in row:
        return None
    answer: bool | None
    try:
        answer = pattern.matches(row["event"])
        assert pattern.matches(row["event"].encode()) == answer
        assert bool(pattern.explain(row["event"])) == answer
    except EventError:
        answer = None
    if answer == row.get("match") or (row.get("match") is None and "event_error" not in row):
        return None
    return f"{answer}, not {row.get('match')}"


@pytest.mark.skipif(not VECTORS, reason="the transcript of the engine is not there")
@pytest.mark.parametrize("name", ["conformance", "random"])
def test_as_the_engine(name: str) -> None:
    listed = deviations()
    destroyed = 0
    with gzip.open(pathlib.Path(VECTORS) / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            assert bool(difference(row)) == (row["name"] in listed), (row, difference(row))
            if row.get("match") is not None and row["name"] not in listed:
                parsed = json.JSONDecoder().raw_decode(row["event"].lstrip())[0]
                destroyed += matches(parsed, row["pattern"]) != row["match"]
    assert destroyed == DESTROYED[name]


@pytest.mark.parametrize(
    ("pattern", "event", "answer"),
    [
        ('{"a": [{"numeric": [">", 1, "<=", 5]}]}', '{"a": 5.0}', True),
        ('{"a": [300]}', '{"a": 3.0e2}', True),
        ('{"a": [0.1]}', '{"a": 0.10000000000000001}', False),
        ('{"a": [9007199254740993]}', '{"a": 9007199254740993}', True),
        ('{"a": ["x"]}', '{"a": "x", "a": "y"} trailing', True),
        ('{"a": {"b": ["x"]}}', '{"a.b": "x"}', True),
        ('{"d": {"x": [1], "y": [2]}}', '{"d": [{"x": 1}, {"y": 2}]}', False),
        ('{"a": ["10.0.0.1"]}', '{"a": "010.0.0.1"}', True),
        ('{"a": [{"equals-ignore-case": "ß"}]}', '{"a": "SS"}', True),
        ('{"a": [{"exists": false}]}', '{"a": {}}', True),
        ('{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', '{"a": 2}', True),
    ],
)
def test_cases(pattern: str, event: str, answer: bool) -> None:
    assert matches(event, pattern) is answer


@pytest.mark.parametrize(
    "text",
    ["{} ", '{"a": 1', '{"a": NaN}', '{"a": 01}', '{"a": "\n"}', "[]", '{"a": tru}', '{"a" 1}', '{"a": "\\x"}'],
)
def test_malformed_events_are_told_with_their_place(text: str) -> None:
    if text == "{} ":
        assert not matches(text, '{"a": [1]}')
        return
    with pytest.raises(EventError) as told:
        matches(text, '{"a": [1]}')
    assert 0 <= told.value.offset <= len(text) and told.value.message


def test_deep_and_huge() -> None:
    pattern = Pattern('{"a": [{"exists": true}]}')
    with pytest.raises(EventError, match="deeper than 1000"):
        pattern.matches('{"a":' * 100_000)
    assert pattern.matches('{"b": ' + "[" * 900 + "]" * 900 + ', "a": 1}')
    with pytest.raises(EventError, match="more than 1000 digits"):
        pattern.matches('{"a": ' + "9" * 5_000 + "}")
    deep: Any = {"a": 1}
    for _ in range(100_000):
        deep = {"b": [deep]}
    assert not pattern.matches(deep)
    assert pattern.matches({"a": 10**5_000}) and not matches({"a": 10**5_000}, {"a": [1]})
    many = Pattern({"a": [{"wildcard": "*a" * 5_000 + "*b"}]})
    assert not many.matches(json.dumps({"a": "a" * 100_000}))
    nested: Any = ["x"]
    for _ in range(sys.getrecursionlimit()):
        nested = {"a": nested}
    with pytest.raises(PatternError, match="deeper than 1000"):
        Pattern(nested)


@pytest.mark.parametrize(
    ("pattern", "message", "path"),
    [
        ({"detail": {"state": "failed"}}, '"state" must be an object or an array', "detail.state"),
        ({"a": []}, "Empty arrays are not allowed", "a"),
        ({"a": [{"prefixx": "b"}]}, "Unrecognized match type prefixx", "a"),
        ({"a": [{"numeric": [">", 5, "<", 1]}]}, "Bottom must be less than top", "a"),
        ([], "Filter is not an object", ""),
        (None, "Filter is not an object", ""),
        ({"a": [float("nan")]}, "Expected a value", ""),
        ({"a": {1, 2}}, "", ""),
    ],
)
def test_what_is_no_pattern_is_told(pattern: object, message: str, path: str) -> None:
    with pytest.raises(PatternError) as told:
        Pattern(pattern)
    assert message in told.value.message
    assert told.value.path == path


@pytest.mark.parametrize(
    ("pattern", "event", "line"),
    [
        (
            {"detail": {"state": ["FAILED"]}},
            {"detail": {"state": "Failed"}},
            '`detail.state` needs "FAILED", found "Failed" (only the case differs: `equals-ignore-case` takes both)',
        ),
        (
            {"detail": {"state": ["FAILED"]}},
            {"detail": {"State": "FAILED"}},
            '`detail.state` needs "FAILED", found no value (the event spells it `detail.State`)',
        ),
        (
            {"a": [{"numeric": [">", 1]}]},
            {"a": "5"},
            '`a` needs a number > 1, found "5" (the event has a string, and `numeric` takes numbers alone)',
        ),
        (
            {"d": {"x": [1], "y": [2]}},
            {"d": [{"x": 1}, {"y": 2}]},
            "no element of the arrays satisfies `d.x`, `d.y` together",
        ),
        (
            {"a": [{"prefix": "arn:*"}]},
            {"a": "arn:x"},
            (
                '`a` needs a string that starts with "arn:*", found "arn:x" '
                "(`prefix` takes `*` for a star: `wildcard` takes what starts like it)"
            ),
        ),
    ],
)
def test_why(pattern: object, event: object, line: str) -> None:
    found = explain(event, pattern)
    assert isinstance(found, Explanation) and not found
    assert str(found) == line
    assert str(explain(json.dumps(event), pattern)) == line
