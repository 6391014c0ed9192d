"""Rows with what the Rust engine says of them; fails where this engine says otherwise."""

import json
import pathlib
import sys
from typing import Any

from sagemaker_events.match import PatternError, explain

ROWS = [
    json.loads(line)
    for line in pathlib.Path("rows.ndjson").read_text("utf-8").splitlines()
]


def said(row: dict[str, Any]) -> str:
    try:
        why = explain(row.get("event") or "{}", row["pattern"])
        unmet = [
            each if row["hints"] else each._replace(hint=None) for each in why.unmet
        ]
        return str(why._replace(unmet=tuple(unmet)))
    except PatternError as error:
        return str(error)


OTHER = [row for row in ROWS if said(row) != row["said"]]
for row in OTHER[:20]:
    print(
        f"{row['name']}\n  pattern {row['pattern']}\n  event   {row.get('event')}\n"
        f"  Rust    {row['said']}\n  here    {said(row)}"
    )
print(f"Python: {len(ROWS)} rows, {len(OTHER)} said otherwise")
sys.exit(bool(OTHER))
