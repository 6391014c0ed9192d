# pyright: standard
"""Text comes in; the IP address, or the block of addresses, that it writes goes out.

An address is what Java takes for a literal: four decimal numbers (leading zeroes are
allowed and decimal), or eight hexadecimal groups with one `::`. An IPv6 address that
wraps an IPv4 one is that IPv4 address.
"""

import re
from typing import NamedTuple

_BEGINS = re.compile(r"[0-9a-fA-F:]")
_V4 = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+")
_GROUP = re.compile(r"0*[0-9a-fA-F]{1,4}")
_BITS = re.compile(r"[+-]?[0-9]{1,12}")
_WRAPPING = 0xFFFF_0000_0000


class Address(NamedTuple):
    """An IP address: its family and its bits."""

    is_v4: bool
    bits: int

    def __str__(self) -> str:
        from ipaddress import IPv4Address, IPv6Address

        return str(IPv4Address(self.bits) if self.is_v4 else IPv6Address(self.bits))

    def cut(self, length: int) -> int:
        """The first bits."""
        return self.bits >> ((32 if self.is_v4 else 128) - length)


def address(text: str) -> Address | None:
    """The address that a text writes; most are dismissed by their first character."""
    if not _BEGINS.match(text):
        return None
    if ":" in text:
        return _v6(text)
    return _v4(text)


def _v4(text: str) -> Address | None:
    if len(text) > 15 or not _V4.fullmatch(text):
        return None
    octets = [int(digits) for digits in text.split(".")]
    if max(octets) > 255:
        return None
    return Address(True, int.from_bytes(bytes(octets), "big"))


def _v6(text: str) -> Address | None:
    before, gap, after = text.partition("::")
    high, low = _groups(before), _groups(after)
    if high is None or low is None:
        return None
    written = len(high) + len(low)
    if written > 7 if gap else written != 8:
        return None
    groups = high + [0] * (8 - written) + low
    bits = int("".join(f"{group:04x}" for group in groups), 16)
    if bits >> 32 == _WRAPPING >> 32:
        return Address(True, bits & 0xFFFF_FFFF)
    return Address(False, bits)


def _groups(text: str) -> list[int] | None:
    if not text:
        return []
    parts = text.split(":")
    if not all(_GROUP.fullmatch(part) for part in parts):
        return None
    return [int(part, 16) for part in parts]


class Block(NamedTuple):
    """The addresses that share their first bits with one."""

    address: Address
    length: int

    def __str__(self) -> str:
        return f"{self.address}/{self.length}"

    def contains(self, other: Address) -> bool:
        """Whether an address is one of them. One of the other family never is."""
        mine = self.address
        return mine.is_v4 == other.is_v4 and mine.cut(self.length) == other.cut(
            self.length
        )


def block(text: str) -> Block:
    """Reads a block in CIDR notation.

    Raises ValueError, worded as the engine words it.
    """
    parts = text.rstrip("/").split("/")
    if len(parts) != 2:
        raise ValueError("Malformed CIDR, one '/' required")
    if not _BITS.fullmatch(parts[1]) or not -(2**31) <= int(parts[1]) < 2**31:
        raise ValueError("Malformed CIDR, mask bits must be an integer")
    length = int(parts[1])
    if length < 0:
        raise ValueError("Malformed CIDR, mask bits must not be negative")
    found = address(parts[0])
    if found is None:
        raise ValueError(f"{_how_wrong(parts[0])} IP address: {parts[0]}")
    if length >= (32 if found.is_v4 else 128):
        family, limit = ("IPv4", 32) if found.is_v4 else ("IPv6", 128)
        raise ValueError(f"{family} mask bits must be < {limit}")
    return Block(found, length)


def _how_wrong(text: str) -> str:
    looks_v6 = ":" in text and re.fullmatch(r"[0-9a-fA-F:]*", text)
    return "Invalid" if _V4.fullmatch(text) or looks_v6 else "Nonstandard"
