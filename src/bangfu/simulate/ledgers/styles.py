"""The ways in which different offices keep the same ledger."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Style:
    """How one office keeps its roster and its household ledger.

    extended    the roster has sex, insurance and public posts beside the columns of the plain list (名单)
    per_head    the roster states income per head (人均纯收入)
    other_words column labels of another generation of the form
    csv         the roster is a GB18030 text file without titles
    grouped     merged group headers above the labels
    by_village  one sheet for each village
    titles      lines above the header
    totals      "" none, "end" 合计, "village" also 小计
    notes       lines below the data
    dates       birth days are real dates of the sheet, not texts
    texts       numbers of the household ledger are texts
    """

    name: str
    extended: bool
    per_head: bool
    other_words: bool = False
    csv: bool = False
    grouped: bool = False
    by_village: bool = False
    titles: int = 1
    totals: str = ""
    notes: bool = False
    dates: bool = False
    texts: bool = False


_FULL: Final = Style("full", extended=True, per_head=True, totals="end")
_GROUPED: Final = Style("grouped", extended=True, per_head=False, grouped=True, by_village=True, titles=2, dates=True)
STYLES: Final = (
    _FULL,
    _GROUPED,
    Style("export", extended=False, per_head=True, csv=True, titles=0),
    Style("notes", extended=True, per_head=False, other_words=True, titles=3, totals="village", notes=True, texts=True),
    _FULL,
    _GROUPED,
    Style("plain", extended=False, per_head=True, titles=0),
)
