"""Names, phones and bank cards as ledgers write them."""

import re
import unicodedata
from typing import Final

from bangfu.intake.cells import LONGEST_TEXT, NOTHING, Value, read_text
from bangfu.intake.problems import Problem
from bangfu.kernel.hidden_numbers import hides_number

_DOTS: Final = re.compile(r"[·‧•・･∙⋅●.．。﹒᛫]")
_HAN: Final = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_SPACE: Final = re.compile(rf"(?<=[{_HAN}·])\s+(?=[{_HAN}·])")
_OTHER_LETTERS: Final = r"a-zA-Z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af"
_ONLY_NAME: Final = re.compile(rf"^[{_HAN}{_OTHER_LETTERS}·' \-]+$")
_NOTE: Final = re.compile(r"[（(][^（()）]*[)）]$")
_MOBILE: Final = re.compile(r"^(?:\+?0?86)?(1[3-9]\d{9})$")
_LANDLINE: Final = re.compile(r"^\(?0\d{2,3}\)?-?[2-9]\d{6,7}(?:-\d{1,6})?$|^400\d{7}$")
_BETWEEN: Final = re.compile(r"[,，、;；/\\|\s]+")
_CARD_LENGTHS: Final = range(8, 31)
_LUHN_LENGTHS: Final = range(16, 20)


def read_name(text: str) -> tuple[Value, Problem | None]:
    """Read a name (姓名): one kind of middle dot, no padding spaces between characters, no trailing remark.

    A name with digits, garbled or font-specific characters is kept, with a warning.
    """
    if text in NOTHING:
        return None, None
    if len(text) > LONGEST_TEXT:
        return None, Problem.TEXT_TOO_LONG
    name = _HAN_SPACE.sub("", _DOTS.sub("·", _NOTE.sub("", " ".join(text.split())) or text)).strip(" ·")
    return (name or None), None if _ONLY_NAME.match(name) else Problem.NAME_UNUSUAL


def read_published(text: str) -> tuple[Value, Problem | None]:
    """Read a plain text that notices print (村民小组): it holds no number of a person."""
    value, problem = read_text(text)
    return (None, Problem.TEXT_HIDES_NUMBER) if hides_number(text) else (value, problem)


def read_phone(text: str) -> tuple[Value, Problem | None]:
    """Read a phone: a mobile of 11 digits, or a landline with its area code; of several the first."""
    if text in NOTHING:
        return None, None
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part]
    whole = _phone("".join(parts))
    if whole:
        return whole, None
    phones = [phone for phone in map(_phone, parts) if phone]
    if not phones:
        return None, Problem.PHONE_UNREADABLE
    return phones[0], Problem.SEVERAL_PHONES


def _phone(part: str) -> str | None:
    part = part.strip("'\"=`")
    mobile = _MOBILE.match(part.replace("-", ""))
    if mobile:
        return mobile[1]
    return part if _LANDLINE.match(part) else None


def read_card(text: str) -> tuple[Value, Problem | None]:
    """Read a bank account: digits only; a card number whose check digit does not fit is kept, with a warning."""
    if text in NOTHING:
        return None, None
    digits = re.sub(r"[\s'\"=`-]", "", unicodedata.normalize("NFKC", text))
    if not digits.isascii() or not digits.isdigit() or len(digits) not in _CARD_LENGTHS:
        return None, Problem.CARD_UNREADABLE
    return digits, Problem.CARD_CHECK if len(digits) in _LUHN_LENGTHS and not passes_luhn(digits) else None


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit of a card number fits the others (ISO/IEC 7812-1)."""
    doubled = "".join(str(int(digit) * 2) for digit in digits[-2::-2])
    return sum(map(int, digits[-1::-2] + doubled)) % 10 == 0
