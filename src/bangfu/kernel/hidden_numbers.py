"""Finds numbers of persons in free text: identity numbers, bank cards and mobile phones (文字中夹带的号码).

What a notice, a reason or an answer says is written by people, and kept or printed for good. A number of a
person has no place in it, however it is written: full-width, circled, with spaces, dots or commas between, in
Chinese numerals, as spoken on the telephone (幺, 洞), or masked in its middle. Years, days, amounts, numbers
of documents, hotlines and landlines of offices stay allowed.

A refusal costs the writer one sentence, a number that slips through costs a person's peace: where a bare list
of figures cannot be told from a number, it is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bangfu.kernel.ids import OLD_ID_LENGTH

SHORTEST: Final = 7
"""Characters that the shortest text with a number has: a phone of which three and two digits and a mask are told."""
_LONGEST_WINDOW: Final = 19
_CARD_LENGTHS: Final = range(16, 20)
_LUHN: Final = 10
_LARGEST_FIGURE: Final = 9  # 十, 百 and 千 are words of amounts
_LARGEST_SIGN: Final = 99  # ㊿

_SPOKEN: Final = dict(zip("幺洞拐勾两兩○◯oOоОοΟlIІ", "10792200000000111", strict=True))
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
_MASKS: Final = frozenset("*xX×✕╳●•…■□※")
_CLOSE: Final = frozenset("./\\+|~·杠")
_MEASURES: Final = frozenset("%‰°=≈≤≥<>$¥￥")
"""Signs of amounts and shares: they end a figure as a word does."""
_BREAK, _NEAR, _APART, _MASK = "w", "-", ",", "*"
"""What stands between digits: a word; a space, dash or dot; other punctuation; a sign that hides a digit."""

_WORD: Final = r"[A-Za-z]*[A-HJ-NP-WYZa-kmnp-wyz][A-Za-z]*"
_AMOUNT: Final = r"(?<![0-9０-９,，.])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:\.[0-9０-９]{1,2})?\s?[元万亿]"
_PLAIN_SPEECH: Final = re.compile(f"{_WORD}|{_AMOUNT}")
"""Words of letters (an o or x in them is no digit), and amounts written with thousands and unit."""

_RUN: Final = re.compile(r"\d(?:[-,*]*\d)*")
_STRETCH: Final = re.compile(r"\d(?:[-*]*\d)*")
_GROUP: Final = re.compile(r"\d+")
_SINGLE_DIGITS: Final = re.compile(r"(?<!\d)\d(?:[-,*]+\d(?!\d)){14,}")
_MASKED: Final = re.compile(r"(?:\d-*){3}(?:\*-*){2,}(?:\d-*){1,3}\d|(?:\d-*){6}(?:\*-*){4,}")

_MONTH_AND_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_PHONE: Final = re.compile(r"(?:0|(?:00)?86)?1[3-9]\d{9}")
_ID: Final = re.compile(rf"[1-9]\d{{5}}(?:(?:19|20)\d\d{_MONTH_AND_DAY}\d{{3,4}}|\d\d{_MONTH_AND_DAY}\d{{3}})")
_CARD_OPENING: Final = frozenset("3456")

_YEAR: Final = r"(?:19[4-9]|20\d)\d"
_DAY: Final = rf"{_YEAR}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])"
_LANDLINE: Final = r"0(?:10|2\d|[3-9]\d\d)-*\d{7,8}|[48]00-*\d{3}-*\d{4}"
_HOTLINE: Final = r"12\d{3}|9[56]\d{3}|1[12]\d"
_OPEN: Final = re.compile(
    rf"(?:{_DAY}|{_YEAR}|{_LANDLINE}|{_HOTLINE})(?:[-,*]+(?:{_DAY}|{_YEAR}|{_LANDLINE}|{_HOTLINE}))*"
)
"""Days, years and phones of offices, and nothing else between them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text, from its first character to the one after its last."""

    start: int
    end: int


def hides_number(text: str) -> bool:
    """Tell whether a text holds a number of a person (是否夹带身份证号、银行卡号、手机号).

    text     free text as somebody wrote it
    Returns  True for 15 digits and more in a row with nothing but spaces, dashes and dots between, for a mobile
             phone, for a masked number, and for an identity number or card (told by its birth day or its check
             digit) between whose digits other punctuation stands
    """
    return len(text) >= SHORTEST and any(True for _ in _found(text))


def hidden_numbers(text: str) -> list[Passage]:
    """Return where a text holds numbers of persons, in order; passages that touch are one.

    text  free text as somebody wrote it
    """
    merged: list[Passage] = []
    for passage in sorted(_found(text), key=lambda one: one.start):
        if merged and passage.start <= merged[-1].end:
            merged[-1] = Passage(merged[-1].start, max(merged[-1].end, passage.end))
        else:
            merged.append(passage)
    return merged


def _found(text: str) -> Iterator[Passage]:
    plain, places = _plain(_PLAIN_SPEECH.sub(lambda speech: _BREAK * len(speech[0]), text))
    for start, end in _numbers(plain):
        yield Passage(places[start], places[end - 1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text as digits and the four signs between them, and for each of these its place in the text."""
    signs: list[str] = []
    places: list[int] = []
    before = ""
    for place, character in enumerate(text):
        sign = _sign(character)
        if not sign:
            continue
        kind = unicodedata.category(character) if sign.isdigit() else ""
        if kind and before and (kind == "Lo") != (before == "Lo"):
            signs.append(_NEAR)  # 十一138...: the word ends where the figure begins
            places.append(place)
        signs += sign
        places += [place] * len(sign)
        before = kind
    return "".join(signs), places


@lru_cache(maxsize=8192)
def _sign(character: str) -> str:
    """Return the digits that a character stands for, the sign between digits that it is, or nothing if unseen."""
    category = unicodedata.category(character)
    forms = {character, unicodedata.normalize("NFKC", character)}
    number = unicodedata.numeric(character, -1)
    most = _LARGEST_FIGURE if category == "Lo" else _LARGEST_SIGN
    spoken = forms & _SPOKEN.keys()
    if spoken:
        return _SPOKEN[spoken.pop()]
    if 0 <= number <= most and number == int(number):
        return str(int(number))
    if forms & _MASKS:
        return _MASK
    if character.isspace() or category in {"Pd", "Pc"} or forms & _CLOSE:
        return _NEAR
    if category in {"Cc", "Cf", "Mn", "Me"} or character in _BLANK_LETTERS:
        return ""
    return _APART if category[0] in "PS" and not forms & _MEASURES else _BREAK


def _numbers(plain: str) -> Iterator[tuple[int, int]]:
    for masked in _MASKED.finditer(plain):
        yield masked.span()
    for run in _RUN.finditer(plain):
        if _OPEN.fullmatch(run[0]):
            continue
        yield from (single.span() for single in _SINGLE_DIGITS.finditer(plain, *run.span()))
        for stretch in _STRETCH.finditer(plain, *run.span()):
            if sum(map(str.isdigit, stretch[0])) >= OLD_ID_LENGTH and not _OPEN.fullmatch(stretch[0]):
                yield stretch.span()
        yield from _windows(plain, *run.span())


def _windows(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what becomes a number when some neighbouring groups of digits are read as one."""
    groups = list(_GROUP.finditer(plain, start, end))
    for first, opening in enumerate(groups):
        digits = ""
        for group in groups[first:]:
            digits += group[0]
            if len(digits) > _LONGEST_WINDOW:
                break
            if _PHONE.fullmatch(digits) or _ID.fullmatch(digits) or _is_card(digits):
                yield opening.start(), group.end()


def _is_card(digits: str) -> bool:
    """Tell whether digits are a bank card's: its opening, its length, and the check digit of ISO/IEC 7812."""
    if len(digits) not in _CARD_LENGTHS or digits[0] not in _CARD_OPENING:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // _LUHN + value % _LUHN for value in doubled) % _LUHN == 0
