# pyright: standard
"""JSON text comes in, what it says goes out, as the engine of the service reads it.

Nothing is rounded and nothing is lost on the way: an object is a row of its members,
so that keys that stand twice are both seen, and a number stays as it is written.
"""

import re
from json import JSONDecoder
from typing import Any, NoReturn

from ._tape import MAX_DEPTH, MAX_DIGITS, MAX_KEY, Num, Obj, Tape


def _number(text: str) -> Num:
    if len(text) >= MAX_DIGITS:
        raise ValueError("it may have too many digits")
    return Num(text)


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


_decoder: Any = JSONDecoder(
    object_pairs_hook=Obj,
    parse_float=_number,
    parse_int=_number,
    parse_constant=_constant,
)
_scan = _decoder.scan_once
_SPACE = re.compile(r"[ \t\n\r]*")


def read(text: str | bytes | bytearray) -> Obj:
    """The members of the object that a text starts with; what follows it is not read.

    What the quick reader of the standard library does not take is read step by step.
    """
    if not isinstance(text, str):
        data = bytes(text)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return Tape.of_bytes(data).tree()
    elif not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Tape.of_bytes(text.encode("utf-8", "surrogatepass")).tree()
    # What nests too deep and keys that are too long are rare: the other reader counts.
    if len(text) <= MAX_KEY and text.count("{") + text.count("[") <= MAX_DEPTH:
        try:
            return _read_object(text)
        except (ValueError, RecursionError, StopIteration):
            pass
    return Tape(text).tree()


def _read_object(text: str) -> Obj:
    start = _SPACE.match(text)
    at = start.end() if start else 0
    if text[at : at + 1] != "{":
        raise ValueError("no object")
    members: Obj = _scan(text, at)[0]
    return members
