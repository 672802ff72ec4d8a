"""Typesetting (排版): a template and what it shall say, to PDF for archives (PDF/A-2u).

What is said reaches the template as data, so a name is never read as markup. A form for archives may hold no
sign that no font can draw; so an empty place in a list of names is an error here, not a surprise on the board.
The same template, content and fonts give the same bytes.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst
from pypdf import PdfWriter

from bangfu.kernel.errors.settings import FontMissing, SignsMissing

FAMILIES: Final[Sequence[str]] = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC")
"""Families that may carry a page of Chinese, best first; signs that they lack come from any other font."""

_STANDARD: Final = "a-2u"
_HEADER: Final = "%PDF-1.7"
_AGE_AT_WHICH_FORGOTTEN: Final = 10
"""The compiler keeps what it worked out for a document until it has set so many others."""
_UNDRAWN: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(template: Path, given: Mapping[str, object], day: date) -> bytes:
    """Return the PDF of a template.

    template  a .typ file; it reads `given` from sys.inputs and sets text in its `fonts`
    given     what the template shall say, of texts, numbers, lists and mappings
    day       the day that stands in the file, instead of the moment at which it is made
    Raises    FontMissing where no font for Chinese is installed, SignsMissing where a sign is in none
    """
    said = json.dumps({**given, "fonts": chinese_families(machine_fonts())}, ensure_ascii=False)
    try:
        return typst.compile(
            template.read_bytes(),
            font_paths=machine_fonts(),
            sys_inputs={"given": said},
            pdf_standards=_STANDARD,
            pdf_tags=False,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as problem:
        undrawn = _UNDRAWN.findall(problem.diagnostic)
        if not undrawn:
            raise
        signs = sorted({sign for text in undrawn for sign in _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text)})
        raise SignsMissing(signs="、".join(f"{sign} (U+{ord(sign):04X})" for sign in signs)) from None


@cache
def machine_fonts() -> typst.Fonts:
    """Return the fonts of this machine; they are looked up once, which takes half a second."""
    return typst.Fonts()


def chinese_families(fonts: typst.Fonts) -> list[str]:
    """Return the families for Chinese that are there, best first; raise FontMissing where there is none.

    Without one a page would be set with empty places, and nobody told.
    """
    there = set(fonts.families())
    found = [family for family in FAMILIES if family in there]
    if not found:
        raise FontMissing(fonts=", ".join(FAMILIES))
    return found


def forget_pages() -> None:
    """Let the compiler forget the pages that it set: 2 MB each, kept for a page like them that does not come."""
    compiler = typst.Compiler(font_paths=machine_fonts())
    for _ in range(_AGE_AT_WHICH_FORGOTTEN):
        compiler.compile(b"", format="svg")


def joined(parts: Iterable[bytes]) -> bytes:
    """Return the pages of several PDFs, made by `typeset`, as one file.

    parts  at least one file; its title and day become those of the whole
    """
    writer = None
    for part in parts:
        if writer is None:
            writer = PdfWriter(clone_from=io.BytesIO(part))
            writer.pdf_header = _HEADER
        else:
            writer.append(io.BytesIO(part), import_outline=False)
    assert writer is not None, "nothing to join"
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
