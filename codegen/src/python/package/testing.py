# pyright: standard
"""For tests: rules against events, with words that tell why.

from this_package import samples
from this_package.testing import assert_matches

def test_the_rule_takes_failures():
    assert_matches(rule, samples.some_event(Status="Failed"))
"""

from ._parse import Differences, json_of, parse
from .match import Pattern, PatternError, explain

__tracebackhide__ = True


def assert_matches(pattern: object, event: object) -> None:
    """Fails when a rule's event pattern does not match an event, and says why."""
    __tracebackhide__ = True
    found = explain(event, pattern)
    if not found:
        raise AssertionError(f"the pattern does not match:\n{found}")


def assert_no_match(pattern: object, event: object) -> None:
    """Fails when a rule's event pattern matches an event that it should not."""
    __tracebackhide__ = True
    if explain(event, pattern):
        raise AssertionError(f"the pattern matches, and should not:\n{_text(pattern)}")


def assert_as_documented(event: object) -> None:
    """Fails when an event is none, or is not as its type describes it, and says where."""
    __tracebackhide__ = True
    found = parse(event)
    if isinstance(found, Differences):
        raise AssertionError(f"the event is not as documented:\n{found}")  # noqa: TRY004


def _text(pattern: object) -> str:
    return pattern.text if isinstance(pattern, Pattern) else str(json_of(pattern))


__all__ = ["PatternError", "assert_as_documented", "assert_matches", "assert_no_match"]
