# pyright: standard
"""The fields of one event come in, a pattern of that event goes out."""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from ..match import Pattern


class EventPattern(Pattern):
    """An event pattern for one type of event. It is a `Pattern`: it matches and explains."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = dict(fields)
        super().__init__(self._fields)

    def to_dict(self) -> dict[str, Any]:
        """The pattern as an object: what `CfnRule(event_pattern=…)` takes."""
        made: dict[str, Any] = json.loads(self.text)
        return made

    def to_json(self) -> str:
        """The pattern as a rule needs it: JSON without blanks."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_cdk(self) -> dict[str, Any]:
        """What `aws_cdk.aws_events.EventPattern(**…)` takes.

        CDK takes values alone outside of the detail; tests such as `prefix` go there
        through its `Match`. `$or` beside the detail it does not know: raises ValueError,
        and `CfnRule(event_pattern=pattern.to_dict())` takes it.
        """
        made: dict[str, Any] = {}
        for key, value in self.to_dict().items():
            if key == "detail":
                made[key] = value
            elif isinstance(value, list) and key.replace("-", "").isidentifier():
                made[key.replace("-", "_")] = _cdk_values(value)
            else:
                message = f"CDK's EventPattern has no {key!r}: use CfnRule(event_pattern=….to_dict())"
                raise ValueError(message)
        return made


def _cdk_values(values: list[Any]) -> list[Any]:
    if all(isinstance(value, str) for value in values):
        return values
    # Type checkers that look into all of CDK take minutes.
    match = import_module("aws_cdk.aws_events").Match

    made: list[Any] = match.any_of(*(_cdk_match(match, value) for value in values))
    return made


def _cdk_match(match: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        return (
            match.exact_string(value) if isinstance(value, str) else match.null_value()
        )
    ((name, operand),) = value.items()
    plain = isinstance(operand, str)
    if name == "prefix":
        if plain:
            return match.prefix(operand)
        return match.prefix_equals_ignore_case(operand["equals-ignore-case"])
    if name == "suffix":
        if plain:
            return match.suffix(operand)
        return match.suffix_equals_ignore_case(operand["equals-ignore-case"])
    if name == "wildcard":
        return match.wildcard(operand)
    if name == "equals-ignore-case":
        return match.equals_ignore_case(operand)
    if name == "cidr":
        return match.cidr(operand)
    if name == "exists":
        return match.exists() if operand else match.does_not_exist()
    return _cdk_anything_but(match, operand)


def _cdk_anything_but(match: Any, operand: Any) -> Any:
    if not isinstance(operand, dict):
        return match.anything_but(*([operand] if isinstance(operand, str) else operand))
    ((name, inner),) = operand.items()
    values = [inner] if isinstance(inner, str) else inner
    methods = {
        "prefix": match.anything_but_prefix,
        "suffix": match.anything_but_suffix,
        "wildcard": match.anything_but_wildcard,
        "equals-ignore-case": match.anything_but_equals_ignore_case,
    }
    return methods[name](*values)


def rule(
    source: str,
    detail_type: str,
    detail: Mapping[str, Any] | None,
    any_of: Sequence[Mapping[str, Any]],
    envelope: Any,
) -> EventPattern:
    """The pattern of an event."""
    fields: dict[str, Any] = {"source": [source], "detail-type": [detail_type]}
    for key, tests in envelope.items():
        fields[key.replace("_", "-")] = tests
    if any_of:
        fields["$or"] = [
            {
                key if key == "detail" else key.replace("_", "-"): value
                for key, value in each.items()
            }
            for each in any_of
        ]
    if detail:
        fields["detail"] = detail
    return EventPattern(fields)
