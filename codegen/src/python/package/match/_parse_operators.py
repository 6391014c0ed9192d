# pyright: standard
"""The array behind a field of a pattern comes in; its alternatives go out, or what is
wrong with one, worded as the engine words it.
"""

from typing import Any

from ._address import address, block
from ._number import comparable
from ._operators import (
    Absent,
    AnythingBut,
    Cidr,
    Exact,
    Exists,
    Fold,
    FoldPrefix,
    FoldSuffix,
    Number,
    NumberText,
    Operator,
    Prefix,
    Range,
    SameAddress,
    Suffix,
    Wildcard,
    Word,
)
from ._tape import Num, Tape

WORDS = {True: "true", False: "false", None: "null"}

_ONLY_ONE = "Only one key allowed in match expression"
_TOO_MANY = "Too many elements in numeric expression"
_OPERATORS = "write one of prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists"
_NUMERIC = 'write ["=", 5], [">", 0], ["<=", 5] or [">=", 0, "<", 5]'
_NOTHING = "`anything-but` with an empty list matches nothing, and the service fails on a field that has only that"


class Fault(Exception):
    """What is wrong at a token of a pattern."""

    def __init__(self, token: int, message: str, help: str) -> None:
        super().__init__(message)
        self.token, self.message, self.help = token, message, help


class Alternatives:
    """What the array of a field takes."""

    __slots__ = ("_others", "_texts", "operators", "wants_absence")

    def __init__(self, operators: list[Operator]) -> None:
        self.operators = operators
        self.wants_absence = any(isinstance(operator, Absent) for operator in operators)
        self._texts = frozenset(o.text for o in operators if isinstance(o, Exact))
        self._others = [o for o in operators if not isinstance(o, Exact | Absent)]

    def takes(self, value: Any) -> bool:
        """Whether one of them takes a value of an event."""
        kind = type(value)
        if kind is str:
            if value in self._texts:
                return True
            return any(operator.takes_text(value) for operator in self._others)
        if value is None or kind is bool:
            word = WORDS[value]
            return any(operator.takes_word(word) for operator in self._others)
        if not self._others:
            return (
                isinstance(value, str) and kind is not Num and str(value) in self._texts
            )
        if isinstance(value, str) and kind is not Num:
            return self.takes(str.__str__(value))
        text = written(value)
        number = comparable(text) if text else None
        return any(operator.takes_number(text, number) for operator in self._others)


def written(value: Any) -> str:
    """A number as it would be written."""
    if isinstance(value, str):
        return value
    try:
        text = str(value)
    except (ValueError, RecursionError):  # an integer of more digits than Python writes
        return ""
    return text if text.strip("+-0123456789.eE") == "" else ""


class Reader:
    """Reads alternatives from the tokens of a pattern."""

    def __init__(self, tape: Tape, with_or: bool, warnings: list[str]) -> None:
        self.tape = tape
        self.with_or = with_or
        """Whether it is the newer reader, which knows more forms of `anything-but`."""
        self.warnings = warnings

    def alternatives(self, at: int) -> Alternatives:
        """The alternatives of the array at a token."""
        operators = [self._alternative(item) for item in self.tape.children(at)]
        if not operators:
            help = 'list at least one value; for a field that must not be there, write [{"exists": false}]'
            raise Fault(at, "Empty arrays are not allowed", help)
        kept = [
            o for o in operators if not (isinstance(o, AnythingBut) and not o.others)
        ]
        if len(kept) < len(operators):
            self.warnings.append(_NOTHING)
        return Alternatives(kept)

    def _kind(self, at: int) -> str:
        return self.tape.kinds[at]

    def _alternative(self, at: int) -> Operator:
        kind, value = self.tape.kinds[at], self.tape.values[at]
        if kind == "{":
            return self._expression(at)
        if kind == '"':
            found = address(value)
            return Exact(value) if found is None else SameAddress(found)
        if kind == "0":
            number = comparable(value)
            return NumberText(value) if number is None else Number(number)
        if kind == "[":
            message = "Match value must be String, number, true, false, or null"
            help = "arrays of the event are looked into by themselves: list the values without inner brackets"
            raise Fault(at, message, help)
        return Word(WORDS[value])

    def _first_member(self, at: int, nothing: str) -> tuple[str, int]:
        if at + 1 == self.tape.ends[at]:
            raise Fault(at, nothing, _OPERATORS)
        return self.tape.values[at + 1], at + 2

    def _nothing_more(self, at: int, several: str) -> None:
        # The engine looks once it has read the first member, so what is wrong with that is
        # told first.
        if self.tape.ends[at + 2] != self.tape.ends[at]:
            raise Fault(at, several, "write each operator into an object of its own")

    def _expression(self, at: int) -> Operator:
        name, value = self._first_member(at, "Match expression name not found")
        operator = self._operator(name, at, value)
        several = _TOO_MANY if name in ("numeric", "anything-but") else _ONLY_ONE
        self._nothing_more(at, several)
        return operator

    def _operator(self, name: str, at: int, value: int) -> Operator:
        is_object = self._kind(value) == "{"
        if name == "exactly":
            return Exact(self._text("exact", value))
        if name == "prefix":
            return (
                FoldPrefix(self._inner("Prefix", value))
                if is_object
                else Prefix(self._text(name, value))
            )
        if name == "suffix":
            return (
                FoldSuffix(self._inner("Suffix", value))
                if is_object
                else Suffix(self._text(name, value))
            )
        if name == "equals-ignore-case":
            return Fold(self._text(name, value))
        if name == "wildcard":
            return self._wildcard(self._text(name, value), value)
        if name == "numeric":
            return self._numeric(value)
        if name == "cidr":
            return self._cidr(value)
        if name == "exists":
            return self._exists(value)
        if name == "anything-but":
            return self._anything_but(value)
        raise Fault(at + 1, f"Unrecognized match type {name}", _OPERATORS)

    def _text(self, operator: str, at: int) -> str:
        if self._kind(at) != '"':
            raise Fault(
                at, f"{operator} match pattern must be a string", "write one string"
            )
        text: str = self.tape.values[at]
        return text

    def _inner(self, name: str, at: int) -> str:
        inner, value = self._first_member(at, f"{name} expression name not found")
        if inner != "equals-ignore-case":
            help = "only equals-ignore-case can stand here, with one string"
            raise Fault(at + 1, f"Unsupported prefix pattern: {inner}", help)
        text = self._text(inner, value)
        self._nothing_more(at, _ONLY_ONE)
        return text

    def _wildcard(self, text: str, at: int) -> Wildcard:
        try:
            return Wildcard.read(text)
        except ValueError as error:
            help = "write * for any characters, \\\\* for a star and \\\\\\\\ for a backslash"
            raise Fault(at, str(error), help) from None

    def _cidr(self, at: int) -> Operator:
        try:
            return Cidr(block(self._text("prefix", at)))
        except ValueError as error:
            help = (
                "write an address, a slash and the number of leading bits, as in 10.0.0.0/24; "
                "for one address write it as a plain string"
            )
            raise Fault(at, str(error), help) from None

    def _exists(self, at: int) -> Operator:
        if self._kind(at) not in ("t", "f"):
            message = "exists match pattern must be either true or false."
            raise Fault(at, message, "write true or false without quotes")
        return Exists() if self.tape.values[at] else Absent()

    def _numeric(self, at: int) -> Operator:
        if self._kind(at) != "[":
            raise Fault(at, "Value of numeric must be an array.", _NUMERIC)
        items = self.tape.children(at)
        if not items or self._kind(items[0]) != '"':
            shown = self._shown(items[0]) if items else "]"
            raise Fault(at, f"Invalid member in numeric match: {shown}", _NUMERIC)
        sign, rest = self.tape.values[items[0]], items[1:]
        if sign == "=":
            return Number(self._last_bound("equals", rest, at))
        if sign in ("<", "<="):
            return Range(top=self._last_bound(sign, rest, at), open_top=sign == "<")
        if sign in (">", ">="):
            return self._range_from(sign, rest, at)
        raise Fault(at, f"Unrecognized numeric range operator: {sign}", _NUMERIC)

    def _shown(self, at: int) -> str:
        kind, value = self._kind(at), self.tape.values[at]
        if kind == "0":
            return str(value)
        return WORDS[value] if kind in ("t", "f", "n") else kind

    def _last_bound(self, sign: str, rest: list[int], at: int) -> float:
        self._must_be_number(sign, rest[:1], at)
        if len(rest) != 1:
            raise Fault(at, _TOO_MANY, _NUMERIC)
        return self._bound(rest[0])

    def _range_from(self, sign: str, rest: list[int], at: int) -> Operator:
        self._must_be_number(sign, rest[:1], at)
        top = self._top(rest[1:], at) if len(rest) > 1 else None
        bottom = self._bound(rest[0])
        if top is None:
            return Range(bottom, open_bottom=sign == ">")
        limit = self._bound(top[0])
        if bottom >= limit:
            help = "the first number must be less than the second"
            raise Fault(at, "Bottom must be less than top", help)
        return Range(bottom, limit, open_bottom=sign == ">", open_top=top[1])

    def _top(self, rest: list[int], at: int) -> tuple[int, bool]:
        if self._kind(rest[0]) != '"':
            raise Fault(
                at, f"Bad value in numeric range: {self._shown(rest[0])}", _NUMERIC
            )
        sign = self.tape.values[rest[0]]
        if sign not in ("<", "<="):
            raise Fault(at, f"Bad numeric range operator: {sign}", _NUMERIC)
        self._must_be_number(sign, rest[1:2], at)
        if len(rest) != 2:
            raise Fault(at, "Too many terms in numeric range expression", _NUMERIC)
        return rest[1], sign == "<"

    def _must_be_number(self, sign: str, item: list[int], at: int) -> None:
        if not item or self._kind(item[0]) != "0":
            raise Fault((item or [at])[0], f"Value of {sign} must be numeric", _NUMERIC)

    def _bound(self, at: int) -> float:
        text = self.tape.values[at]
        number = comparable(text)
        if number is None:
            help = "write a number that a double holds exactly as written"
            raise Fault(at, f"Cannot compare number : {text}", help)
        return number

    def _anything_but(self, at: int) -> AnythingBut:
        if self._kind(at) != "{":
            return self._excluded_values(at)
        name, value = self._first_member(at, "Anything-But expression name not found")
        known = name == "equals-ignore-case"
        if name in ("prefix", "suffix"):
            known = self.with_or or self._kind(value) == '"'
        elif name == "wildcard":
            known = self.with_or
        if not known:
            help = "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard"
            raise Fault(at + 1, f"Unsupported anything-but pattern: {name}", help)
        excluded = self._excluded_by(name, value)
        self._nothing_more(at, _TOO_MANY)
        return excluded

    def _excluded_by(self, name: str, value: int) -> AnythingBut:
        items = self._excluded_items(value)
        if name == "equals-ignore-case":
            message = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported."
            folds: list[Operator] = [Fold(text) for text in self._texts(items, message)]
            return AnythingBut("in any case ", folds)
        if name == "wildcard":
            texts = self._texts(items, "wildcard match pattern must be a string")
            return AnythingBut(
                "what is like ", [self._wildcard(text, value) for text in texts]
            )
        texts = self._texts(items, "prefix/suffix match pattern must be a string")
        if "" in texts:
            help = "every string starts and ends with the empty string: leave it out"
            raise Fault(items[texts.index("")], "Null prefix/suffix not allowed", help)
        if name == "prefix":
            return AnythingBut("what starts with ", [Prefix(text) for text in texts])
        return AnythingBut("what ends with ", [Suffix(text) for text in texts])

    def _excluded_items(self, at: int) -> list[int]:
        if self._kind(at) == "[":
            return self.tape.children(at)
        if self._kind(at) in ('"', "0"):
            return [at]
        message = (
            "Value of anything-but must be an array or single string/number value."
        )
        raise Fault(at, message, "write a string, a number, or a list of either")

    def _texts(self, items: list[int], message: str) -> list[str]:
        for item in items:
            if self._kind(item) != '"':
                raise Fault(item, message, "list strings only")
        return [self.tape.values[item] for item in items]

    def _excluded_values(self, at: int) -> AnythingBut:
        items = self._excluded_items(at)
        for item in items:
            if self._kind(item) not in ('"', "0"):
                message = (
                    "Inside anything but list, start|null|boolean is not supported."
                )
                raise Fault(item, message, "list strings or numbers")
        kinds = {self._kind(item) for item in items}
        if len(kinds) != 1:
            message = "Inside anything but list, either all values are number or string, mixed type is not supported"
            raise Fault(at, message, "list strings only or numbers only, at least one")
        if kinds == {"0"}:
            return AnythingBut("", [Number(self._bound(item)) for item in items])
        return AnythingBut("", [Exact(self.tape.values[item]) for item in items])
