# pyright: standard
"""A number comes in as it is written; what it is compared by goes out.

The engine compares a number only where what is written is exactly the shortest decimal
of its double, so that no two different decimals are equal: `9007199254740993` and
`0.10000000000000001` are not compared, nor is what overflows or underflows.
"""

import re
from decimal import Decimal

_PARTS = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
MOST_DIGITS = 17


def comparable(text: str) -> float | None:
    """The double of a number, if it is compared by it."""
    if len(text) <= 15 and "e" not in text and "E" not in text:
        return float(text) + 0.0
    written = _decimal(text)
    if written is None:
        return None
    if written[1] == 0:
        return 0.0
    double = float(text)
    if double in (float("inf"), float("-inf")):
        return None
    # The smallest double is 4.9e-324 in Java, which writes two digits at least.
    shortest = repr(double).replace("5e-324", "4.9e-324")
    return double if written == _decimal(shortest) else None


def _decimal(text: str) -> tuple[str, int, int] | None:
    """The sign, the digits without zeroes around them, and the power of ten."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    sign, whole, fraction, power = parts.groups()
    fraction = fraction or ""
    digits = (whole + fraction).lstrip("0")
    mantissa = digits.rstrip("0")
    if len(mantissa) > MOST_DIGITS or len(power or "") > 12:
        return None
    exponent = int(power or 0)
    if not -(2**31) <= exponent < 2**31:
        return None
    exponent += len(digits) - len(mantissa) - len(fraction)
    return (sign, int(mantissa or 0), exponent)


def shown(double: float) -> str:
    """A number as people write it: without an exponent."""
    text = format(Decimal(repr(double)), "f")
    return text.removesuffix(".0")
