# pyright: standard
"""A value of an event comes in; whether one operator of a pattern takes it goes out.

An operator that does not say how it takes a kind of value takes none of that kind.
Printed, it says in words what it needs.
"""

import json
import re

from ._address import Address, Block, address
from ._number import shown

QUOTE = '"'
_HALF = re.compile("[\ud800-\udfff]")


def quoted(text: str) -> str:
    """Text as JSON writes it; half a character is shown as the bytes of it would be."""
    seen = _HALF.sub("\ufffd\ufffd\ufffd", text)
    return json.dumps(seen, ensure_ascii=False)


class Operator:
    """One alternative in the array of a field."""

    __slots__ = ()

    def takes_text(self, text: str) -> bool:
        """Whether it takes a string."""
        return False

    def takes_number(self, text: str, number: float | None) -> bool:
        """Whether it takes a number, as it is written and as it is compared."""
        return False

    def takes_word(self, word: str) -> bool:
        """Whether it takes `null`, `true` or `false`."""
        return False


class Exact(Operator):
    """The same string."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def takes_text(self, text: str) -> bool:
        return text == self.text

    def __str__(self) -> str:
        return quoted(self.text)


class Word(Operator):
    """`null`, `true` or `false`."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def takes_word(self, word: str) -> bool:
        return word == self.word

    def __str__(self) -> str:
        return self.word


class Number(Operator):
    """A number, however it is written."""

    __slots__ = ("number",)

    def __init__(self, number: float) -> None:
        self.number = number

    def takes_number(self, text: str, number: float | None) -> bool:
        return number == self.number

    def __str__(self) -> str:
        return shown(self.number)


class NumberText(Operator):
    """A number that is not compared: the same text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def takes_number(self, text: str, number: float | None) -> bool:
        return text == self.text

    def __str__(self) -> str:
        return self.text


class SameAddress(Operator):
    """An IP address, however it is written."""

    __slots__ = ("address",)

    def __init__(self, found: Address) -> None:
        self.address = found

    def takes_text(self, text: str) -> bool:
        return address(text) == self.address

    def __str__(self) -> str:
        return f"the address {self.address}"


class Prefix(Operator):
    """How a string starts."""

    __slots__ = ("_whole", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # The engine sees the closing quote as a last character.
        self._whole = text[:-1] if text.endswith(QUOTE) else None

    def takes_text(self, text: str) -> bool:
        return text.startswith(self.text) or text == self._whole

    def __str__(self) -> str:
        return f"a string that starts with {quoted(self.text)}"


class Suffix(Operator):
    """How a string ends."""

    __slots__ = ("_whole", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # The engine sees the opening quote as a first character.
        self._whole = text[1:] if text.startswith(QUOTE) else None

    def takes_text(self, text: str) -> bool:
        return text.endswith(self.text) or text == self._whole

    def __str__(self) -> str:
        return f"a string that ends with {quoted(self.text)}"


class Fold(Operator):
    """A string in any case: each character of the pattern allows its lower-case and its
    upper-case spelling, whole, and nothing else. So `ß` allows `SS`, and not the other
    way around.
    """

    __slots__ = ("_lower", "_spellings", "text")

    def __init__(self, text: str) -> None:
        # Half a character is three bytes that say nothing.
        halves = (c if not "\ud800" <= c <= "\udfff" else "\ufffd" * 3 for c in text)
        self.text = "".join(halves)
        self._spellings = [(c.lower(), c.upper()) for c in self.text]
        self._lower = self.text.lower() if self.text.isascii() else None

    def takes_text(self, text: str) -> bool:
        if self._lower is not None:
            return text.isascii() and text.lower() == self._lower
        return self.after(text) == len(text)

    def after(self, text: str) -> int | None:
        """Behind what a text starts with, if it starts so."""
        at = 0
        for spellings in self._spellings:
            for spelling in spellings:
                if text.startswith(spelling, at):
                    at += len(spelling)
                    break
            else:
                return None
        return at

    def before(self, text: str) -> int | None:
        """Before what a text ends with, if it ends so."""
        at = len(text)
        for spellings in reversed(self._spellings):
            for spelling in spellings:
                if text.endswith(spelling, 0, at):
                    at -= len(spelling)
                    break
            else:
                return None
        return at

    def __str__(self) -> str:
        return f"{quoted(self.text)} in any case"


class FoldPrefix(Operator):
    """How a string starts, in any case."""

    __slots__ = ("_whole", "fold")

    def __init__(self, text: str) -> None:
        self.fold = Fold(text)
        self._whole = Fold(text[:-1]) if text.endswith(QUOTE) else None

    def takes_text(self, text: str) -> bool:
        if self._whole is not None and self._whole.takes_text(text):
            return True
        return self.fold.after(text) is not None

    def __str__(self) -> str:
        return f"a string that starts with {self.fold}"


class FoldSuffix(Operator):
    """How a string ends, in any case."""

    __slots__ = ("_whole", "fold")

    def __init__(self, text: str) -> None:
        self.fold = Fold(text)
        self._whole = Fold(text[1:]) if text.startswith(QUOTE) else None

    def takes_text(self, text: str) -> bool:
        if self._whole is not None and self._whole.takes_text(text):
            return True
        return self.fold.before(text) is not None

    def __str__(self) -> str:
        return f"a string that ends with {self.fold}"


class Wildcard(Operator):
    """A text with stars in it: each stands for any characters, also none."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces

    @classmethod
    def read(cls, text: str) -> "Wildcard":
        """Reads it. Raises ValueError, worded as the engine words it."""
        pieces, at = [""], 0
        while at < len(text):
            char, following = text[at], text[at + 1 : at + 2]
            if char == "*" and following == "*":
                raise ValueError(
                    f"Consecutive wildcard characters at pos {_place(text, at)}"
                )
            if char == "*":
                pieces.append("")
            elif char == "\\":
                if following not in ("*", "\\"):
                    raise ValueError(
                        f"Invalid escape character at pos {_place(text, at)}"
                    )
                pieces[-1] += following
                at += 1
            else:
                pieces[-1] += char
            at += 1
        return cls(pieces)

    def takes_text(self, text: str) -> bool:
        first, *middle = self.pieces
        if not middle:
            return text == first
        last = middle.pop()
        end = len(text) - len(last)
        at = len(first)
        if end < at or not (text.startswith(first) and text.endswith(last)):
            return False
        # The first place for every piece is the best, so it never goes back.
        for piece in middle:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    def __str__(self) -> str:
        return f"a string like {quoted('*'.join(self.pieces))}"


def _place(text: str, at: int) -> int:
    """Where a character is for the engine, which counts bytes and the opening quote."""
    return len(text[:at].encode("utf-8", "replace")) + 1


class Range(Operator):
    """Numbers between two, each of which may be outside itself."""

    __slots__ = ("bottom", "open_bottom", "open_top", "top")

    def __init__(
        self,
        bottom: float | None = None,
        top: float | None = None,
        *,
        open_bottom: bool = False,
        open_top: bool = False,
    ) -> None:
        self.bottom, self.open_bottom = bottom, open_bottom
        self.top, self.open_top = top, open_top

    def takes_number(self, text: str, number: float | None) -> bool:
        if number is None:
            return False
        bottom, top = self.bottom, self.top
        if bottom is not None and not (
            number > bottom if self.open_bottom else number >= bottom
        ):
            return False
        return top is None or (number < top if self.open_top else number <= top)

    def __str__(self) -> str:
        ends = []
        if self.bottom is not None:
            ends.append(f"{'>' if self.open_bottom else '>='} {shown(self.bottom)}")
        if self.top is not None:
            ends.append(f"{'<' if self.open_top else '<='} {shown(self.top)}")
        return f"a number {' and '.join(ends)}"


class Cidr(Operator):
    """The addresses of a block."""

    __slots__ = ("block",)

    def __init__(self, block: Block) -> None:
        self.block = block

    def takes_text(self, text: str) -> bool:
        found = address(text)
        return found is not None and self.block.contains(found)

    def __str__(self) -> str:
        return f"an address in {self.block}"


class Exists(Operator):
    """Any value at all."""

    __slots__ = ()

    def takes_text(self, text: str) -> bool:
        return True

    def takes_number(self, text: str, number: float | None) -> bool:
        return True

    def takes_word(self, word: str) -> bool:
        return True

    def __str__(self) -> str:
        return "any value"


class Absent(Operator):
    """No value."""

    __slots__ = ()

    def __str__(self) -> str:
        return "no value"


class AnythingBut(Operator):
    """All others than what some operators take."""

    __slots__ = ("others", "words")

    def __init__(self, words: str, others: list[Operator]) -> None:
        self.words = words
        self.others = others

    def takes_text(self, text: str) -> bool:
        return not any(other.takes_text(text) for other in self.others)

    def takes_number(self, text: str, number: float | None) -> bool:
        return not any(other.takes_number(text, number) for other in self.others)

    def takes_word(self, word: str) -> bool:
        return True

    def __str__(self) -> str:
        shown_ = []
        for other in self.others:
            said = str(other)
            if isinstance(other, Prefix | Suffix):
                said = quoted(other.text)
            elif isinstance(other, Wildcard):
                said = quoted("*".join(other.pieces))
            elif isinstance(other, Fold):
                said = quoted(other.text)
            shown_.append(said)
        return f"anything but {self.words}{', '.join(shown_)}"
