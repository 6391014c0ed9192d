# pyright: standard
"""JSON text comes in; its tokens go out, each with its place, or where it is malformed.

It goes step by step and never calls itself, so that it can be as deep as it likes. The
limits are those of the JSON parser in the engine of the service.
"""

import re
from typing import Any, NoReturn

MAX_DEPTH = 1000
MAX_DIGITS = 1000
MAX_KEY = 50_000


class EventError(ValueError):
    """Why something is no event: it is no JSON object, or it is malformed."""

    def __init__(self, message: str, offset: int = 0) -> None:
        self.message = message
        """What was wrong or missing."""
        self.offset = offset
        """Where in the text, in bytes of UTF-8 from its start."""
        super().__init__(f"{message} at byte {offset}")


class Num(str):
    """A number as it is written."""

    __slots__ = ()


class Obj(tuple[Any, ...]):
    """The members of an object, in their order, those that stand twice too."""

    __slots__ = ()


_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_SURROGATES = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_DIGITS = re.compile(r"[0-9]*")
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}


class Tape:
    """The tokens of the object that a text starts with."""

    def __init__(self, text: str, invalid_from: int | None = None) -> None:
        self.text = text
        self._invalid_from = invalid_from
        self.kinds: list[str] = []
        """The first character of each token: an opening, a quote, a letter or a digit."""
        self.starts: list[int] = []
        self.values: list[Any] = []
        """What a string, number or word says."""
        self.ends: list[int] = []
        """The first token behind one and all in it."""
        self._at = 0
        self._read()

    @classmethod
    def of_bytes(cls, data: bytes) -> "Tape":
        """Reads bytes, which may be no UTF-8 behind the object."""
        try:
            return cls(data.decode())
        except UnicodeDecodeError as error:
            return cls(data[: error.start].decode(), error.start)

    def offset(self, at: int) -> int:
        """Where a character is, in bytes."""
        return len(self.text[:at].encode("utf-8", "surrogatepass"))

    def children(self, at: int) -> list[int]:
        """The tokens of the items of an array, or of the keys and values of an object."""
        found, item = [], at + 1
        while item < self.ends[at]:
            found.append(item)
            item = self.ends[item]
        return found

    def tree(self) -> Obj:
        """What the text says, as the quick reader would give it."""
        built: list[Any] = []
        for index in range(len(self.kinds) - 1, -1, -1):
            kind = self.kinds[index]
            if kind not in "{[":
                built.append(self.values[index])
                continue
            count = len(self.children(index))
            inner = built[len(built) - count :][::-1]
            del built[len(built) - count :]
            pairs = zip(inner[::2], inner[1::2], strict=True)
            built.append(Obj(pairs) if kind == "{" else inner)
        root: Obj = built[0]
        return root

    def _fail(self, message: str, at: int | None = None) -> NoReturn:
        if at is None:
            at = self._at
            if at >= len(self.text):
                if self._invalid_from is not None:
                    raise EventError("Invalid UTF-8", self._invalid_from)
                message, at = "Unexpected end-of-input", len(self.text)
        raise EventError(message, self.offset(at))

    def _peek(self) -> str:
        return self.text[self._at : self._at + 1]

    def _skip_space(self) -> None:
        self._at = _end(_SPACE, self.text, self._at)

    def _read(self) -> None:
        self._skip_space()
        if self._peek() != "{":
            if not self._peek() and self._invalid_from is not None:
                self._fail("")
            self._fail("Event must be a JSON object", self._at)
        open_tokens: list[int] = []
        self._value(open_tokens)
        while open_tokens:
            if self.kinds[open_tokens[-1]] == "{":
                self._key()
            if not self._value(open_tokens):
                self._closings(open_tokens)

    def _token(self, kind: str, start: int, value: Any = None) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.values.append(value)
        self.ends.append(len(self.kinds))

    def _key(self) -> None:
        start = self._at
        if self._peek() != '"':
            self._fail("Expected a double quote to start a key")
        self._string()
        if (
            self._at - start > MAX_KEY // 2
            and _units(self.text[start + 1 : self._at - 1]) > MAX_KEY
        ):
            self._fail(f"Key is longer than {MAX_KEY}", start)
        self._skip_space()
        if self._peek() != ":":
            self._fail("Expected a colon behind the key")
        self._at += 1
        self._skip_space()

    def _value(self, open_tokens: list[int]) -> bool:
        """Reads a value; says whether it is an opening with something in it."""
        first = self._peek()
        if first == '"':
            self._string()
        elif first in ("{", "["):
            return self._opening(first, open_tokens)
        elif first == "-" or "0" <= first <= "9":
            self._number()
        elif first in _WORDS:
            word, value = _WORDS[first]
            if not self.text.startswith(word, self._at):
                if (
                    word.startswith(self.text[self._at :])
                    and self._invalid_from is not None
                ):
                    self._at = len(self.text)
                self._fail("Expected true, false or null")
            self._token(first, self._at, value)
            self._at += len(word)
        else:
            self._fail("Expected a value")
        return False

    def _opening(self, first: str, open_tokens: list[int]) -> bool:
        if len(open_tokens) == MAX_DEPTH:
            self._fail(f"Nesting is deeper than {MAX_DEPTH}", self._at)
        open_tokens.append(len(self.kinds))
        self._token(first, self._at)
        self._at += 1
        self._skip_space()
        if self._peek() != ("}" if first == "{" else "]"):
            return True
        self._close(open_tokens)
        return False

    def _close(self, open_tokens: list[int]) -> None:
        self.ends[open_tokens.pop()] = len(self.kinds)
        self._at += 1

    def _closings(self, open_tokens: list[int]) -> None:
        """Reads what stands behind a value: closings, then a comma."""
        while open_tokens:
            self._skip_space()
            in_object = self.kinds[open_tokens[-1]] == "{"
            if self._peek() == ",":
                self._at += 1
                self._skip_space()
                return
            if self._peek() != ("}" if in_object else "]"):
                kind = (
                    "object's closing brace" if in_object else "array's closing bracket"
                )
                self._fail(f"Expected a comma or the {kind}")
            self._close(open_tokens)

    def _string(self) -> None:
        start = self._at
        self._at += 1
        parts: list[str] = []
        while True:
            end = _end(_PLAIN, self.text, self._at)
            parts.append(self.text[self._at : end])
            self._at = end
            first = self._peek()
            if first == '"':
                break
            if first != "\\":
                self._fail("Control character in a string")
            parts.append(self._escape())
        self._at += 1
        self._token('"', start, "".join(parts))

    def _escape(self) -> str:
        pair = _SURROGATES.match(self.text, self._at)
        if pair is not None and _ESCAPE.match(self.text, self._at):
            high, low = int(pair[0][2:6], 16), int(pair[0][8:], 16)
            self._at = pair.end()
            return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
        if not _ESCAPE.match(self.text, self._at):
            self._fail_in_escape()
        letter = self.text[self._at + 1]
        if letter == "u":
            self._at += 6
            return chr(int(self.text[self._at - 4 : self._at], 16))
        self._at += 2
        return _MEANT.get(letter, letter)

    def _fail_in_escape(self) -> NoReturn:
        self._at += 1
        if self._peek() != "u":
            self._fail("Unrecognized character escape")
        self._at += 1
        while self._peek() and self._peek() in "0123456789abcdefABCDEF":
            self._at += 1
        self._fail("Expected a hex digit")

    def _number(self) -> None:
        start = self._at
        if self._peek() == "-":
            self._at += 1
        leading_zero = self._peek() == "0"
        digits = self._digits()
        if leading_zero and digits > 1:
            self._fail("Leading zeroes not allowed", self._at - digits)
        if self._peek() == ".":
            self._at += 1
            digits += self._digits()
        if self._peek() in ("e", "E"):
            self._at += 1
            if self._peek() in ("+", "-"):
                self._at += 1
            digits += self._digits()
        if digits > MAX_DIGITS:
            self._fail(f"Number has more than {MAX_DIGITS} digits", start)
        self._token("0", start, Num(self.text[start : self._at]))

    def _digits(self) -> int:
        start = self._at
        self._at = _end(_DIGITS, self.text, start)
        if self._at == start:
            self._fail("Expected a digit")
        return self._at - start


def _end(pattern: "re.Pattern[str]", text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _units(text: str) -> int:
    return len(text.encode("utf-16-be", "surrogatepass")) // 2
