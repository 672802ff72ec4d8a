"""Identity numbers (公民身份号码) of GB 11643-1999, one at a time, and what ledgers do to them.

Eighteen characters: 6 of the division, 8 of the birth day, 3 of the sequence (odd: male),
1 check character. `id_columns` does the same for whole columns.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
ID_LENGTH: Final = 18
OLD_ID_LENGTH: Final = 15
"""Length of the numbers given until 1999: two digits of the year, no check character."""
_DIVISION_LENGTH: Final = 6
_LONGEST: Final = 64

_INVISIBLE: Final = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'\"`’‘“”=\-]+")
_SCIENTIFIC: Final = re.compile(r"^\d(?:\.\d+)?E\+?\d{1,2}$")
_DECIMALS: Final = re.compile(r"^(\d+)\.0+$")
_ID: Final = re.compile(r"^\d{17}[\dX]$")
_CERTIFICATE: Final = re.compile(r"^(\d{17}[\dX])([1-7])([1-4])(?:B\d)?$")
_PLACEHOLDER: Final = re.compile(r"^(?:9{6,}|0+)$")
_ABSENT: Final = frozenset(
    (
        "无",
        "没有",
        "无证",
        "无证件",
        "无身份证",
        "暂无",
        "未办",
        "未办理",
        "不详",
        "不明",
        "未知",
        "空",
        "/",
        "\\",
        "—",
        "――",
        "——",
        "NULL",
        "NA",
        "N/A",
        "#N/A",
        "NONE",
    )
)
_LIKE_X: Final = str.maketrans({"Х": "X", "х": "X", "×": "X", "χ": "X", "Χ": "X", "✕": "X", "╳": "X"})


class Finding(StrEnum):
    """What can be wrong with a number; every one leaves the person without a usable number."""

    ABSENT = "absent"
    PLACEHOLDER = "placeholder"
    SCIENTIFIC = "scientific"
    LOST_DIGITS = "lost_digits"
    MASKED = "masked"
    CHARACTERS = "characters"
    LENGTH = "length"
    BIRTH = "birth"
    FUTURE = "future"
    CHECK = "check"


class Repair(StrEnum):
    """What was mended in a number that is good now."""

    WRITING = "writing"
    OLD_FORM = "old_form"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one written number is understood, before its day and check character are looked at.

    id_no    18 characters, or None when `finding` says why not
    finding  why there is no number
    repair   what had to be mended
    kind     kind of disability (1 sight ... 7 multiple) of a certificate's number
    grade    grade of disability (1 to 4) of a certificate's number
    """

    id_no: str | None
    finding: Finding | None = None
    repair: Repair | None = None
    kind: int | None = None
    grade: int | None = None


def check_character(first17: str) -> str:
    """Return the check character that belongs to the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % len(CHECK_CHARACTERS)]


def widened(old: str) -> str:
    """Return the 18 characters of a 15-digit number: 19 before the year, the check character behind."""
    first17 = f"{old[:_DIVISION_LENGTH]}19{old[_DIVISION_LENGTH:]}"
    return first17 + check_character(first17)


def read_id(written: str) -> Reading:
    """Understand a number as ledgers write it: any width, spaces, small x, 15 digits, certificate, damage.

    written  the text of the cell
    Returns  the reading; day, future and check character are not looked at here
    """
    text = tidied(written)
    decimals = _DECIMALS.match(text)
    text = decimals[1] if decimals else text
    if _PLACEHOLDER.match(text):
        return Reading(None, Finding.PLACEHOLDER)
    if _ID.match(text):
        return Reading(text, repair=None if text == written else Repair.WRITING)
    if len(text) == OLD_ID_LENGTH and text.isdigit():
        return Reading(widened(text), repair=Repair.OLD_FORM)
    certificate = _CERTIFICATE.match(text)
    if certificate:
        return Reading(certificate[1], None, Repair.CERTIFICATE, int(certificate[2]), int(certificate[3]))
    return Reading(None, _why_unreadable(text))


def tidied(written: str) -> str:
    """Return a written number half-width, in capitals, without spaces, quotation marks and hyphens."""
    text = unicodedata.normalize("NFKC", written[:_LONGEST].translate(_LIKE_X))
    return _INVISIBLE.sub("", text).upper()


def _why_unreadable(text: str) -> Finding:
    if not text or text in _ABSENT:
        return Finding.ABSENT
    if _SCIENTIFIC.match(text):
        return Finding.SCIENTIFIC
    if "*" in text:
        return Finding.MASKED
    if set(text) <= set("0123456789X"):
        return Finding.LENGTH
    return Finding.CHARACTERS
