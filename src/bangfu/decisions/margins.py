"""How far something stays within its limit (余量), in words: 1.87 %, at most 2 %, 0.13 points within, 14 persons."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bangfu.kernel.money import yuan
from bangfu.kernel.texts import Text
from bangfu.rules.rates import Limit, Rate, keeps, whole_margin, whole_room, whole_share

PERSONS: Final = Text(zh="人", en="persons")
HOUSEHOLDS: Final = Text(zh="户", en="households")
_UNKNOWN: Final = Text(zh="没有数据", en="no data")
_SIGNS: Final = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
_PER_CENT: Final = 100


@dataclass(frozen=True, slots=True)
class Among:
    """Of whom a rate is a share: how many, and what they are; 0 where their number is not told."""

    people: int
    unit: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """One condition as people read it.

    shown    what was found, rounded to the side that does not flatter: 2.01 %
    counted  the two counts behind it, 42 / 2,237; empty where it is no share of counted people
    limit    what it must keep to: ≤ 2 %, ≥ 8,707.20 yuan
    margin   how far it is within or beyond, in points or yuan and in people
    kept     whether the limit is kept; None without data
    """

    title: Text
    shown: Text
    counted: str
    limit: Text
    margin: Text
    kept: bool | None

    @property
    def sentence(self) -> Text:
        """Return all of it in one line."""
        beside = Text(zh=f"{self.title.zh}{self.shown.zh}", en=f"{self.title.en} {self.shown.en}")
        if self.kept is None:
            return Text(zh=f"{beside.zh}（限值{self.limit.zh}）", en=f"{beside.en} (limit {self.limit.en})")
        return Text(
            zh=f"{beside.zh}（限值{self.limit.zh}，{self.margin.zh}）",
            en=f"{beside.en} (limit {self.limit.en}, {self.margin.en})",
        )


def rate_reading(title: Text, share: Rate, limit: Limit, among: Among) -> Reading:
    """Return a rate beside its limit, in words.

    among  of whom the rate is a share, for telling the margin in people as well
    """
    sign = _same(f"{_SIGNS[limit.operator]}{_percent(limit.value, limit.of)}")
    shown, margin = whole_share(share, limit), whole_margin(share, limit)
    if shown is None or margin is None:
        return Reading(title, _UNKNOWN, "", sign, _UNKNOWN, None)
    percent = _percent(shown, limit.of)
    room = whole_room(share, limit, among.people) if among.people else None
    counted = f"{share.part:,} / {share.whole:,}" if among.people == share.whole else ""
    kept = keeps(share, limit)
    words = _margin(abs(margin) * _PER_CENT, limit.of, within=bool(kept))
    return Reading(title, _same(percent), counted, sign, _with_people(words, room, among), kept)


def amount_reading(title: Text, fen: int | None, line_fen: int) -> Reading:
    """Return an income in fen beside the line that it must reach, in words."""
    sign = _yuan(line_fen, "≥")
    if fen is None:
        return Reading(title, _UNKNOWN, "", sign, _UNKNOWN, None)
    apart = yuan(abs(fen - line_fen))
    within = fen >= line_fen
    margin = (
        Text(zh=f"余量{apart}元", en=f"{apart} yuan above")
        if within
        else Text(zh=f"还差{apart}元", en=f"{apart} yuan short")
    )
    return Reading(title, _yuan(fen), "", sign, margin, within)


def _margin(hundredths: int, of: int, *, within: bool) -> Text:
    points = _plain(Decimal(hundredths) / of)
    if within:
        return Text(zh=f"余量{points}个百分点", en=f"{points} points within")
    return Text(zh=f"超出限值{points}个百分点", en=f"{points} points beyond")


def _with_people(words: Text, room: int | None, among: Among) -> Text:
    if room is None:
        return words
    number = f"{abs(room):,}"
    people = among.unit.en.removesuffix("s") if abs(room) == 1 else among.unit.en
    return Text(
        zh=f"{words.zh}，{'合' if room >= 0 else '超'}{number}{among.unit.zh}",
        en=f"{words.en}, {number} {people}{'' if room >= 0 else ' too many'}",
    )


def _same(text: str) -> Text:
    return Text(zh=text, en=text)


def _yuan(fen: int, sign: str = "") -> Text:
    return Text(zh=f"{sign}{yuan(fen)}元", en=f"{sign}{yuan(fen)} yuan")


def _percent(part: int, of: int) -> str:
    return f"{_plain(Decimal(part) * _PER_CENT / of)}%"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
