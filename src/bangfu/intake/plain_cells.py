"""Cells as most people write them, read by column; what is written otherwise goes to the readers one by one.

Nothing here decides anything: a plain way of writing is one that the reader of `cells` or `contacts`
takes as it stands and without a problem, which a test holds against the readers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl


@dataclass(frozen=True, slots=True)
class Plain:
    """One plain way of writing.

    pattern  what such a cell looks like
    value    its value, from the column `text`
    """

    pattern: str
    value: Callable[[pl.Expr], pl.Expr]


def _as_written(text: pl.Expr) -> pl.Expr:
    return text


def plain_number(scale: int, largest: int) -> Plain:
    """Return plain amounts without a unit of their own.

    scale    whole stored units of one written unit: 1, 100 (two decimals at most) ... ; as many decimals as noughts
    largest  the most that is believed, in stored units; a longer number is no plain one
    """
    digits = len(str(largest // scale)) - 1
    decimals = len(str(scale)) - 1
    assert scale == 10**decimals

    def value(text: pl.Expr) -> pl.Expr:
        whole = text.str.extract(r"^(\d+)").cast(pl.Int64, strict=False) * scale
        part = text.str.extract(r"\.(\d+)$").fill_null("").str.pad_end(decimals, "0")
        return whole + part.cast(pl.Int64, strict=False).fill_null(0)

    fraction = rf"(?:\.[0-9]{{1,{decimals}}})?" if decimals else ""
    return Plain(rf"^[0-9]{{1,{digits}}}{fraction}$", value)


PLAIN_KEY: Final = Plain(r"^[0-9][0-9A-DF-Z]{2,39}$", _as_written)
"""Keys of digits and capitals; an E could be the exponent of a number that lost its digits."""
PLAIN_NAME: Final = Plain(r"^[\x{4E00}-\x{9FA5}]{2,10}$", _as_written)
PLAIN_PHONE: Final = Plain(r"^1[3-9][0-9]{9}$", _as_written)
PLAIN_YEAR: Final = Plain(r"^(?:19[0-9]{2}|20[0-9]{2})$", lambda text: text.cast(pl.Int64, strict=False))


def take_plain(cells: pl.Series, plain: Plain, words: frozenset[str]) -> tuple[pl.Series, pl.Series]:
    """Return the values of the cells written plainly, and the cells that still have to be read (null elsewhere).

    cells  cleaned texts, null where nothing is written
    words  texts that say nothing, whatever they look like
    """
    text = pl.col("text")
    at = text.str.contains(plain.pattern) & ~text.is_in(words)
    split = cells.to_frame("text").select(
        pl.when(at).then(plain.value(text)).alias("value"), pl.when(~at).then(text).alias("text")
    )
    return split["value"], split["text"]
