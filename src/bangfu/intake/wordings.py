"""Wordings of code lists and yes-or-no answers to their numbers. Labels decide, never bare numbers."""

import re
from typing import Final

from bangfu.intake.cells import NOTHING, Read, Value
from bangfu.intake.problems import Problem
from bangfu.kernel.texts import Text
from bangfu.params import CodeList, normal_label

DECISIVE: Final = frozenset({"exit_status", "monitored_class", "natural_change"})
"""Fields whose wording decides a standing: an unknown one rejects the row instead of counting as unknown."""
_MOST_CHOICES: Final = 12
_NUMBERED: Final = re.compile(r"^\(?\d{1,3}\)?[、.\-_:,\s]*(?=\D)")
_BARE: Final = re.compile(r"^\d{1,4}$")
_BETWEEN: Final = re.compile(r"[,;/|+、&\s]+|和|及")


def choices(codes: CodeList) -> Text:
    """Return the words that may be written, at most twelve."""
    shown = codes.entries[:_MOST_CHOICES]
    more = len(codes.entries) > _MOST_CHOICES
    chinese = "、".join(entry.label.zh for entry in shown) + ("等" if more else "")
    english = ", ".join(f"{entry.label.zh} ({entry.label.en})" for entry in shown) + (" ..." if more else "")
    return Text(zh=chinese, en=english)


def code_number(text: str, codes: CodeList, *, national: bool) -> int | None:
    """Return the number of one wording, with or without a code before it (01因病), None for an unknown one."""
    number = codes.number(text)
    if number is None and national:
        number = codes.national(text)
    if number is None:
        word = _NUMBERED.sub("", normal_label(text))
        number = codes.number(word)
    return number


def code_reader(field: str, codes: CodeList, *, national: bool) -> Read:
    """Return the reader of one wording of a list; see DECISIVE for what an unknown one means."""

    def read(text: str) -> tuple[Value, Problem | None]:
        number = code_number(text, codes, national=national)
        if number is not None:
            return number, None
        if text in NOTHING:
            return None, None
        if field in DECISIVE:
            return None, Problem.STATUS_UNKNOWN
        return None, Problem.LABEL_BARE_NUMBER if _BARE.match(normal_label(text)) else Problem.LABEL_UNKNOWN

    return read


def flags_reader(codes: CodeList, *, national: bool) -> Read:
    """Return the reader of several wordings in one cell, cut at commas, strokes, line breaks and the like."""

    def read(text: str) -> tuple[Value, Problem | None]:
        whole = code_number(text, codes, national=national)
        if whole is not None:
            return 1 << whole, None
        if text in NOTHING:
            return None, None
        mask = 0
        for part in filter(None, _BETWEEN.split(_half_width(text))):
            number = code_number(part, codes, national=national)
            if number is None:
                bare = _BARE.match(normal_label(part))
                return None, Problem.LABEL_BARE_NUMBER if bare else Problem.LABEL_UNKNOWN
            mask |= 1 << number
        return (mask, None) if mask else (None, Problem.LABEL_UNKNOWN)

    return read


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("，；／｜＋＆", ",;/|+&"))


def answer_reader(answers: CodeList) -> Read:
    """Return the reader of yes-or-no cells: 1 yes, 0 no."""

    def read(text: str) -> tuple[Value, Problem | None]:
        number = answers.number(text)
        if number is None:
            number = answers.number(_NUMBERED.sub("", normal_label(text)))
        return (number, None) if number is not None else (None, Problem.ANSWER_UNKNOWN)

    return read


def mark_reader(bit: int, answers: CodeList) -> Read:
    """Return the reader of a column of its own for one code: anything written but a no sets the code."""

    def read(text: str) -> tuple[Value, Problem | None]:
        return (0 if answers.number(text) == 0 else 1 << bit), None

    return read
