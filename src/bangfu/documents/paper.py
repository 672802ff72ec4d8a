"""Public notices on paper (公示、公告): A4, for the board of a village and for the file.

A notice names people before their neighbours, so it says only what its procedure lets it say: no number of an
identity card, bank card or phone comes onto it, whoever wrote the text. The fingerprint of the audit chain at
the foot of each page ties the sheet on the board to the register of that day.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from bangfu.documents.cells import shown_width
from bangfu.documents.typesetting import forget_pages, joined, typeset
from bangfu.kernel.errors.inputs import NumberOnPaper
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import Text, day_said

PAPERS_AT_ONCE: Final = 20
"""Set together: more need 2 MB of memory each, fewer make a larger file, for each time carries its own letters."""

_TEMPLATE: Final = Path(__file__).with_name("notice.typ")
_PAGE_WIDTH: Final = 595
_MARGIN: Final = 57
_HALF_SIGN: Final = 5.5
_CELL_MARGINS: Final = 8
_WIDEST_SIGNS: Final = 28
_SHORT_TITLE_SIGNS: Final = 6
_HEX_GROUP: Final = 8
_WORD: Final = re.compile("[A-Za-z]+")

_NUMBER: Final = Text(zh="序号", en="No.")
_PERIOD: Final = Text(zh="公示时间：%(first)s至%(last)s。", en="Posted from %(first)s to %(last)s.")
_POSTED: Final = Text(zh="公告日期：%(first)s。", en="Posted on %(first)s.")
_OBJECTIONS: Final = Text(
    zh="如有异议，请在公示期内向%(where)s反映。", en="Objections are taken until then by: %(where)s."
)
_PHONE: Final = Text(zh="监督电话：%(phone)s", en="Supervision phone: %(phone)s")
_SEAL: Final = Text(zh="%(unit)s（盖章）", en="%(unit)s (seal)")
_FINGERPRINT: Final = Text(zh="审计链指纹", en="Fingerprint of the audit chain")
_PAGES: Final = (Text(zh="第", en="Page "), Text(zh="页  共", en=" of "), Text(zh="页", en=""))


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """One notice as it shall hang on the board; texts are in the language of the notice.

    kind         公示, 公告: the word above the title
    title        what is made public
    place        county, town and village (县、乡镇、村)
    opening      paragraphs before the list
    columns      titles of the columns of one block
    rows         the list: for each household a text for each column
    posted_on    day of posting
    last_on      last day for objections; None for an announcement, which takes none
    objections   who takes objections and where; empty for an announcement
    phone        the supervision phone (监督电话), of an office
    seal         the unit that signs
    fingerprint  of the county's audit chain, in hexadecimal
    number       number of the notice; empty if it has none
    closing      further paragraphs after the list
    numbered     whether the rows are counted in a column before the others (序号)
    blocks       how many blocks stand side by side, if they fit
    language     zh or en: of what the form itself says
    """

    kind: str
    title: str
    place: str
    opening: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    posted_on: date
    phone: str
    seal: str
    fingerprint: str
    last_on: date | None = None
    objections: str = ""
    number: str = ""
    closing: Sequence[str] = ()
    numbered: bool = True
    blocks: int = 2
    language: str = "zh"


def notice_pdf(paper: NoticePaper) -> bytes:
    """Return a notice as PDF; the same notice gives the same bytes.

    Raises  FontMissing, SignsMissing, NumberOnPaper
    """
    return _set([paper])


def write_notices(
    papers: Iterable[NoticePaper], path: Path, on_paper: Callable[[int], None] = lambda _count: None
) -> int:
    """Write many notices as one PDF, each on its own pages (批量打印).

    papers    at least one; they are asked for as they are set, so a generator keeps memory low
    path      the file, which is there only when all are in it
    on_paper  called with the number of notices that are set so far; what it raises stops the work
    Returns   the number of notices
    Raises    FontMissing, SignsMissing, NumberOnPaper
    """
    count = 0

    def parts() -> Iterator[bytes]:
        nonlocal count
        coming = iter(papers)
        while batch := list(islice(coming, PAPERS_AT_ONCE)):
            yield _set(batch)
            forget_pages()
            count += len(batch)
            on_paper(count)

    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(joined(parts()))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _set(papers: Sequence[NoticePaper]) -> bytes:
    for paper in papers:
        _refuse_numbers(paper)
    first = papers[0]
    day = first.posted_on
    title = f"{first.kind} {first.title}" if len(papers) == 1 else first.kind
    given = {
        "title": title,
        "day": [day.year, day.month, day.day],
        "language": first.language,
        "margin": _MARGIN,
        "papers": [_given(paper) for paper in papers],
    }
    return typeset(_TEMPLATE, given, day)


def _refuse_numbers(paper: NoticePaper) -> None:
    """Raise NumberOnPaper where any text of a notice holds a number of a person; nothing passes for being a list."""
    lines = (paper.title, paper.place, paper.objections, paper.phone, paper.seal, paper.number)
    texts = (lines, paper.opening, paper.closing, paper.columns, *paper.rows)
    if any(hides_number(text) for group in texts for text in group):
        raise NumberOnPaper(title=paper.title if not hides_number(paper.title) else paper.kind)


def _given(paper: NoticePaper) -> dict[str, object]:
    """Return what the template says for one notice."""
    columns, rows = _table(paper)
    assert all(len(row) == len(columns) for row in rows), "a row of a notice has a text for each column"
    blocks, widths = _widths(columns, rows, paper.blocks)
    signs = [int((width - _CELL_MARGINS) // _HALF_SIGN) for width in widths]

    def say(text: Text, **facts: str) -> str:
        return text.fill(facts).say(paper.language)

    return {
        "kind": _tidy(paper.kind),
        "title": _tidy(paper.title),
        "place": _tidy(" ".join(text for text in (paper.place, paper.number) if text)),
        "opening": [_tidy(words) for words in paper.opening],
        "columns": columns,
        "rows": rows,
        "lines": [
            max(-(-shown_width(text) // most) or 1 for text, most in zip(row, signs, strict=True)) for row in rows
        ],
        "blocks": blocks,
        "widths": widths,
        "closing": [_tidy(words) for words in (*paper.closing, *_standing(paper))],
        "seal": say(_SEAL, unit=_tidy(paper.seal)),
        "signed": day_said(paper.posted_on).say(paper.language),
        "footing": _tidy(f"{paper.place} {paper.kind}"),
        "pages": [text.say(paper.language) for text in _PAGES],
        "fingerprint": f"{say(_FINGERPRINT)} {' '.join(re.findall(f'.{{1,{_HEX_GROUP}}}', paper.fingerprint))}",
    }


def _table(paper: NoticePaper) -> tuple[list[str], list[list[str]]]:
    """Return the titles of the columns and the rows, counted where the notice asks for it."""
    columns = [_tidy(name) for name in paper.columns]
    rows = [[_tidy(text) for text in row] for row in paper.rows]
    if not paper.numbered:
        return columns, rows
    return [_NUMBER.say(paper.language), *columns], [[str(count), *row] for count, row in enumerate(rows, 1)]


def _standing(paper: NoticePaper) -> Iterator[str]:
    """Yield what every notice says below its list: the period, where to object, whom to call."""
    first, last = (day_said(day).say(paper.language) for day in (paper.posted_on, paper.last_on or paper.posted_on))
    yield (_PERIOD if paper.last_on else _POSTED).fill({"first": first, "last": last}).say(paper.language)
    if paper.objections:
        yield _OBJECTIONS.fill({"where": paper.objections}).say(paper.language)
    yield _PHONE.fill({"phone": paper.phone}).say(paper.language)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], blocks: int) -> tuple[int, list[float]]:
    """Return how many blocks fit side by side and the widths of a block's columns, in points."""
    wanted = [float(_signs(name, texts) * _HALF_SIGN + _CELL_MARGINS) for name, texts in _by_column(columns, rows)]
    room = float(_PAGE_WIDTH - 2 * _MARGIN)
    while blocks > 1 and sum(wanted) * blocks > room:
        blocks -= 1
    room /= blocks
    while sum(wanted) > room:
        wanted[wanted.index(max(wanted))] -= 1  # what is too wide gives way, a column of figures does not
    return blocks, [round(width * room / sum(wanted), 2) for width in wanted]


def _by_column(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    for place, name in enumerate(columns):
        yield name, [row[place] for row in rows]


def _signs(name: str, texts: Sequence[str]) -> int:
    """Return how many narrow signs wide a column wishes to be; a long title takes two lines."""
    title = shown_width(name)
    words = max((len(word) + 2 for word in _WORD.findall(name)), default=0)
    asked = title if title <= _SHORT_TITLE_SIGNS else -(-title // 4) * 2
    return min(max(asked, words, *map(shown_width, texts), 2), _WIDEST_SIGNS)


def _tidy(text: str) -> str:
    """Return a text in one line, without signs that nobody sees."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
